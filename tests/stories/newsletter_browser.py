#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Newsletters as people see them: the HTML of an issue with logo and accent, of its preview, of the question whether somebody wants
it, and each page of a newsletter, in a headless Chromium: axe-core finds nothing, nothing scrolls sideways, nothing is fetched.
STORY_ALL=1 looks at each on phone and desktop, light and dark; STORY_PICTURES=FOLDER keeps pictures."""
import base64
import os
import re

import browser
import fp
from newsletter_files import png

EDITOR = "Anna Redaktion <anna@amt.example>"
READER = "Rita Leser <rita@example.net>"
ALL = bool(os.environ.get("STORY_ALL") or os.environ.get("STORY_PICTURES"))
WIDTHS = {"phone": 320, "desktop": 1280} # WCAG 2.1, 1.4.10
WAYS = [("phone", False), ("phone", True), ("desktop", False), ("desktop", True)]
ISSUE = """# Zwei neue Ideen für unsere Wege

Guten Tag,

im Februar kamen die ersten Ideen zur neuen Mobilität. **Vielen Dank** an alle, die geschrieben haben.

## Neue Ideen

{{neue_ideen}}

## Eine Stimme aus dem Forum

> Auf dem Weg von Bottrop nach Hagen komme ich durch mehrere Tarifgebiete. Wer das nicht auswendig kennt, kauft schnell das
> falsche Ticket.

## So geht es weiter

1. Bis 31. März sammeln wir Ideen.
2. Im April antwortet das Ministerium auf jede.

- Mehr steht [im Überblick](https://beteiligung.example.org/) der Foren.

**[Lesen und mitreden](https://beteiligung.example.org/forum/mobilitaet)**
"""


def see(story, chromium, url, name, count, is_mail):
    """axe, width and what is fetched, in every way."""
    found, wide, fetched = [], [], []
    for size, dark in WAYS if ALL else (WAYS[0], WAYS[3]):
        page = chromium.open(url, width=WIDTHS[size], dark=dark)
        found += page.axe()
        wide += [size] if page.is_too_wide() else []
        fetched += [one for one in page.requests() if one.split("/", 3)[:3] != url.split("/", 3)[:3]]
        if os.environ.get("STORY_PICTURES"):
            page.picture(os.path.join(os.environ["STORY_PICTURES"], f"{name}-{size}-{'dark' if dark else 'light'}.png"))
        page.close()
        count.append(name)
    story.equal((found, wide, fetched), ([], [], []), f"{name}: axe, width, {'nothing fetched' if is_mail else 'only from us'}")


def see_mail(story, chromium, gateway, sent, name, count):
    """The HTML part as a mail program shows it: what lies in the mail is put in its place."""
    html = sent.message.get_body(preferencelist=("html",)).get_content()
    for part in sent.message.walk():
        if part["Content-ID"]:
            inside = "data:image/png;base64," + base64.b64encode(part.get_content()).decode()
            html = html.replace("cid:" + part["Content-ID"].strip("<>"), inside)
    path = gateway.path(name + ".html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(html)
    see(story, chromium, "file://" + path, name, count, True)


def main():
    why = browser.why_not() or browser.axe_why_not()
    if why:
        fp.skip(why)
    with fp.Story("newsletter_browser") as story:
        sink, port = fp.Sink(), fp.free_port()
        gateway = fp.Gateway(story, relay_port=sink.port, page={"accent": "#7A1FA2"}, initiative={"logo_text": "Land der Ideen"},
                             web={"listen": f"inet:127.0.0.1:{port}", "url": f"https://{fp.DOMAIN}"})
        with open(gateway.path("logo.png"), "wb") as file:
            file.write(png(300, 100))
        with open(gateway.config, encoding="utf-8") as file:
            text = file.read()
        with open(gateway.config, "w", encoding="utf-8") as file:
            file.write(text.replace("[initiative]\n", f"[initiative]\nlogo = {gateway.path('logo.png')}\n"))
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", "paul@example.net", "--role", "member", "--delivery", "none")
        gateway.must("newsletter", "add", "neues", "--title", "Neues aus der Ruhr-Konferenz", "--release", "one")
        gateway.must("newsletter", "editor", "add", "neues", "anna@amt.example")
        gateway.start()
        here, count = f"http://127.0.0.1:{port}", []
        gateway.write("Paul <paul@example.net>", f"mobilitaet@{fp.DOMAIN}", "Ein Ticket für alle", "Ein einziges Ticket für das ganze Ruhrgebiet.", dmarc="pass")
        gateway.write(READER, f"neues+abo@{fp.DOMAIN}", "x", "x", dmarc="pass")
        question = sink.wait("rita@example.net")
        confirm = re.search(rf"https://{fp.DOMAIN}(/c/[\w-]+)", question.text).group(1)
        with browser.Browser() as chromium:
            see_mail(story, chromium, gateway, question, "mail-question", count)
            see(story, chromium, here + confirm, "page-confirm", count, False)
            page = chromium.open(here + confirm, width=360)
            page.press("form button")
            story.equal(page.axe(), [], "pressed: the page that says so")
            page.close()
            fp.wait_for(lambda: [s for s in gateway.rows("newsletter", "subscriber", "list", "neues") if s["state"] == "active"])
            gateway.write(EDITOR, f"neues@{fp.DOMAIN}", "Zwei neue Ideen für unsere Wege", ISSUE, dmarc="pass")
            preview = fp.wait_for(lambda: [m for m in sink.to("anna@amt.example") if "prüfen" in m.subject])[0]
            see_mail(story, chromium, gateway, preview, "mail-preview", count)
            gateway.respond(preview.message, EDITOR, "FREI", dmarc="pass")
            issue = fp.wait_for(lambda: [m for m in sink.to("rita@example.net") if "Zwei neue" in m.subject])[0]
            see_mail(story, chromium, gateway, issue, "mail-issue", count)
            leave = re.search(rf"https://{fp.DOMAIN}(/u/[\w-]+)", issue.text).group(1)
            for path, name in (("/abo/neues", "page-order"), (leave, "page-leave"), ("/newsletter/neues", "page-list"), ("/newsletter/neues/1", "page-issue")):
                see(story, chromium, here + path, name, count, False)
            page = chromium.open(here + leave, width=360)
            story.ok("#7a1fa2" in page.run("getComputedStyle(document.documentElement).getPropertyValue('--accent')"), "the accent of the mails is the pages'")
            page.press("form button")
            story.equal(page.axe(), [], "unsubscribed: the page that says so")
            page.close()
        fp.diag(f"axe: {len(count)} views of {len(set(count))} mails and pages")


main()

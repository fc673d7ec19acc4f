#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day at the desk in a headless Chromium, by keyboard: logging in by the mailed link, a text published, one refused, an idea led on, an
official answer by two persons, a proposal, a complaint, a newsletter released. Beside it the public pages. axe-core finds nothing on any of them, on a phone in
the dark and on a desk in the light (STORY_ALL=1: all four); nothing scrolls sideways at 320 px, with text at 200 %, or loads anything from elsewhere;
Tab reaches every control, and one sees where one is; on paper there is no navigation and no form. STORY_PICTURES=FOLDER keeps pictures."""
import contextlib
import os
import re
import sqlite3

import browser
import fp
from webpeer import Web

ALL = bool(os.environ.get("STORY_ALL"))
WAYS = [("phone", True), ("desktop", False), ("phone", False), ("desktop", True)][:4 if ALL else 2]
CONTROLS = ("[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex=\"0\"]')]"
            ".filter(e => e.tabIndex >= 0 && (e.checkVisibility ? e.checkVisibility({contentVisibilityAuto: true}) : e.offsetParent)"
            " && !(e.type === 'radio' && !e.checked)).length")
MONA, LEA, OLAF, ANNA, BERT, NADJA = (f"{name}@example.net" for name in ("mona", "lea", "olaf", "anna", "bert", "nadja"))
TEXT = "Guten Tag,\nim Ehrenamt fehlt ein Ausweis.\n\n> Ein Zitat\n\n- Museum\n- Bad\n\nhttps://example.org/ausweis\nViele Grüße"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": f"http://127.0.0.1:{port}"},
                         initiative={"imprint": "Amt\\nStraße 1\\n45127 Essen"})
    gateway.must("init")
    gateway.must("forum", "add", "ehrenamt", "--title", "Ehrenamt und Engagement", "--moderation", "none", "--ministry", "Staatskanzlei")
    gateway.must("forum", "add", "sport", "--title", "Das Ruhrgebiet in Bewegung", "--moderation", "none")
    for person, role in ((MONA, "moderator"), (LEA, "lead"), (OLAF, "office"), (NADJA, "member")):
        gateway.must("member", "add", "ehrenamt", person, "--role", role, "--delivery", "none")
    gateway.must("newsletter", "add", "neues", "--title", "Neues aus der Ruhr-Konferenz")
    for editor in (ANNA, BERT):
        gateway.must("newsletter", "editor", "add", "neues", editor)
    gateway.start()
    return gateway


def read(gateway, sql):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def write(gateway, to, title, text, sql, n):
    gateway.write(NADJA, f"{to}@{fp.DOMAIN}", title, text, dmarc="pass")
    fp.wait_for(lambda: read(gateway, sql)[0][0] >= n)


def fill_forums(gateway):
    for n, title in enumerate(("Ein Ausweis für alle Freiwilligen", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"), 1):
        write(gateway, "ehrenamt", title, TEXT, "SELECT count(*) FROM idea", n)
    for n in range(2):
        write(gateway, "idee-1", "Re: Ausweis [idee-1]", f"Gern, Nummer {n}!", "SELECT count(*) FROM post WHERE idea_id = 1", n + 2)
    gateway.must("idea", "state", "2", "not_pursued", "--reason", "Dafür ist der Bund zuständig.")
    gateway.must("forum", "set", "ehrenamt", "--moderation", "pre")
    for n, title in enumerate(("Ausweis auch für die Feuerwehr", "Kaufen Sie jetzt", "Mehr Museen")):
        write(gateway, "ehrenamt", title, TEXT, "SELECT count(*) FROM hold WHERE kind = 'review'", n + 1)
    gateway.write(ANNA, f"neues@{fp.DOMAIN}", "Zwei neue Ideen für das Ehrenamt", "# Zwei neue Ideen\n\nGuten Tag,\n\n## Neu\n\n{{neue_ideen}}\n\n> Ein Zitat.\n", dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT 1 FROM issue"))


class Looker:
    def __init__(self, story, chromium, here):
        self.story, self.chromium, self.here, self.runs = story, chromium, here, 0
        self.page = chromium.open(here + "/impressum", width=1280)

    def go(self, path):
        self.page.go(self.here + path)

    def look(self, name, walks=False):
        """The page that is there, in every way; with all that can be unfolded unfolded."""
        page, found, wide = self.page, [], []
        strangers = [one for one in page.requests() if not one.startswith(self.here)]
        complaints = [one for one in page.complaints() if "status of 4" not in one]
        page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        for size, dark in WAYS:
            page.look(browser.SIZES[size], dark=dark)
            found += page.axe()
            self.runs += 1
            wide += [size] if page.is_too_wide() else []
            if os.environ.get("STORY_PICTURES"):
                page.picture(os.path.join(os.environ["STORY_PICTURES"], f"{name}-{size}-{'dark' if dark else 'light'}.png"))
        if walks:
            self.walk(name)
        page.look(320)
        wide += ["320"] if page.is_too_wide() else []
        page.look(1280)
        page.run("document.documentElement.style.fontSize = '200%'")
        wide += ["200 %"] if page.is_too_wide() else []
        page.run("document.documentElement.style.fontSize = ''")
        self.story.equal((found, wide, strangers, complaints), ([], [], [], []), f"{name}: axe, width, requests, policy")

    def walk(self, name):
        controls, stops = self.page.run(CONTROLS), self.page.stops()
        again = [i for i, stop in enumerate(stops) if i and stop[1] == stops[0][1]]
        stops = stops[:again[0]] if again else stops  # behind the last control some Chromiums begin anew
        self.story.ok(stops and stops[0][1] in ("Zum Inhalt", "Skip to content"), f"{name}: the skip link comes first", str(stops[:1]))
        self.story.ok(all(outline and seen for _, _, outline, seen in stops), f"{name}: every stop of Tab has an outline and is in view", str(stops))
        self.story.equal(len(stops), controls, f"{name}: Tab reaches every control")

    def print(self, name):
        self.page.call("Emulation.setEmulatedMedia", media="print")
        left = self.page.run("[...document.querySelectorAll('nav, form, .skip')].filter(e => getComputedStyle(e).display !== 'none').length")
        ground = self.page.run("getComputedStyle(document.body).backgroundColor")
        self.page.call("Emulation.setEmulatedMedia", media="")
        self.story.equal((left, ground), (0, "rgb(255, 255, 255)"), f"{name}: on paper no navigation and no form, on white")


def log_in(looker, sink, address, name=None):
    looker.go("/schreibtisch")
    if name:
        looker.look(name, walks=True)
    looker.page.run(f"document.querySelector('#website').value = ''; new Promise(r => setTimeout(r, {fp.limit('LIMIT_FORM_LEAST_S') * 1000 + 200}))", wait=True)
    looker.page.fill("#address", address)
    seen = len(sink.to(address))
    looker.page.press("main form button")
    path = fp.wait_for(lambda: next((p for p in (link_in_any(m.text) for m in sink.to(address)[seen:]) if p), None))
    looker.go(path)
    if name:
        looker.look(name + "-open")
    looker.page.press("main form button")


def link_in_any(text):
    found = re.search(r"http://127\.0\.0\.1:\d+((?:/en)?/s/[\w-]+)", text)
    return found.group(1) if found else None


def log_out(looker):
    looker.page.press("footer form button")


def moderating(story, gateway, sink, looker):
    log_in(looker, sink, MONA, "desk-login")
    story.equal(looker.page.text("h1"), "3 Texte warten", "logged in by keyboard, what waits is there")
    looker.look("desk", walks=True)
    looker.page.press("ol.list a")
    looker.look("desk-held", walks=True)
    story.has(looker.page.text("aside"), "Ein Ausweis für alle Freiwilligen", "a similar idea stands beside the text")
    looker.page.press("button[value=release]")
    story.equal(looker.page.text("h1"), "Der Text ist veröffentlicht", "published")
    looker.look("desk-decided")
    looker.page.press("main a.button")
    looker.page.run("document.querySelector('details').open = true")
    looker.page.press("button[value=reject]")
    if looker.page.run("document.title").startswith("Fehler"):
        looker.look("desk-held-wrong", walks=True)
    story.equal(read(gateway, "SELECT count(*) FROM hold WHERE kind = 'review' AND state = 'open'"), [(2,)], "without a reason nothing is refused")
    looker.go("/schreibtisch/ideen")
    looker.look("desk-ideas", walks=True)
    looker.page.fill("#nummer", "1")
    looker.page.press("main form button")
    looker.look("desk-idea", walks=True)
    looker.page.run("document.querySelectorAll('details').forEach(d => d.open = true); document.querySelector('#state').value = 'assigned'")
    looker.page.press("button[value=state]")
    story.has(looker.page.text(), "zugeordnet (jetzt)", "an idea led on")
    looker.look("desk-idea-done")
    log_out(looker)


def answering(story, gateway, sink, looker):
    log_in(looker, sink, OLAF)
    looker.go("/schreibtisch/idee/1")
    looker.look("desk-idea-office")
    looker.page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    looker.page.fill("#answer-text", "Den Ausweis gibt es ab Mai.\n\nSie bekommen ihn im Rathaus.")
    looker.page.press("button[value=answer]")
    hold = read(gateway, "SELECT id FROM hold WHERE kind = 'second'")[0][0]
    looker.go(f"/schreibtisch/h/{hold}")
    looker.look("desk-official-mine")
    judging(story, gateway, sink, looker)
    log_out(looker)
    log_in(looker, sink, LEA)
    looker.go(f"/schreibtisch/h/{hold}")
    looker.look("desk-official", walks=True)
    looker.page.press("button[value=release]")
    story.equal(looker.page.text("h1"), "Die offizielle Antwort ist veröffentlicht", "an official answer by two persons")
    proposing(story, looker)
    log_out(looker)


def proposing(story, looker):
    looker.go("/schreibtisch/idee/1")
    looker.page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    looker.page.fill("#title", "Ausweise für alle, die helfen")
    looker.page.fill("#words", "Das Land gibt einen Ausweis aus.")
    looker.page.press("button[value=propose]")
    story.equal(looker.page.text("h1"), "Ausweise für alle, die helfen", "a proposal is made of an idea")
    looker.look("desk-proposal", walks=True)
    looker.page.run("document.querySelectorAll('details').forEach(d => d.open = true)")
    looker.page.fill("#number", "99")
    looker.page.press("button[value=plus]")
    looker.look("desk-proposal-wrong")
    looker.go("/schreibtisch/vorschlaege")
    looker.look("desk-proposals", walks=True)


def judging(story, gateway, sink, looker):
    """The author of a refused text complains; the office decides."""
    hold = read(gateway, "SELECT id FROM hold WHERE kind = 'review' AND state = 'open'")[0][0]
    gateway.must("hold", "reject", str(hold), "Das ist Werbung.")
    refusal = fp.wait_for(lambda: next((m for m in sink.to(NADJA) if "Das ist Werbung." in m.text), None))
    gateway.respond(refusal.message, NADJA, "BESCHWERDE: Das ist keine.", dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT 1 FROM remark"))
    looker.go(f"/schreibtisch/h/{hold}")
    looker.look("desk-complaint", walks=True)
    looker.page.press("button[value=release]")
    story.equal(looker.page.text("h1"), "Der Text ist veröffentlicht", "a complaint is granted")


def sending(story, gateway, sink, looker):
    log_in(looker, sink, BERT)
    story.equal(looker.page.text("h1"), "Ihre Newsletter", "an editor comes to the newsletters")
    looker.look("desk-letters")
    looker.page.press("ul.list a")
    looker.look("desk-letter", walks=True)
    looker.page.press("button[value=release]")
    story.has(looker.page.text(), "Freigegeben", "and releases")
    looker.go("/schreibtisch/newsletter/neues/1/mail")
    story.equal((looker.page.complaints(), looker.page.run("document.scripts.length")), ([], 0), "the mail itself is shown in its sandbox")
    looker.go("/schreibtisch/h/1")
    looker.look("desk-no-role")
    log_out(looker)


def main():
    why = browser.why_not() or browser.axe_why_not()
    if why:
        fp.skip(why)
    with fp.Story("desk_browser") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        fp.wait_for(Web(port).is_there)
        fill_forums(gateway)
        with browser.Browser() as chromium:
            looker = Looker(story, chromium, f"http://127.0.0.1:{port}")
            moderating(story, gateway, sink, looker)
            answering(story, gateway, sink, looker)
            sending(story, gateway, sink, looker)
            for path, name in (("/", "start"), ("/forum/ehrenamt", "forum"), ("/idee/1", "idea"), ("/idee/2", "idea-not-pursued"), ("/mitmachen", "take-part"),
                               ("/auswertung", "numbers"), ("/suche?q=Ausweis", "search"), ("/newsletter/neues/1", "newsletter-issue"), ("/barrierefreiheit", "accessibility")):
                looker.go(path)
                looker.look(name, walks=name in ("start", "idea"))
                if name == "idea":
                    story.has(looker.page.text(), "Den Ausweis gibt es ab Mai.", "the public page has the official answer")
                    looker.print(name)
        fp.diag(f"axe: {looker.runs} pages looked at")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

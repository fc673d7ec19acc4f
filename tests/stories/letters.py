#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Newsletters on the page: whoever did not order one reads its issues there, as they were sent; drafts, lists of members and issues to
some of them are not there; what was taken back is in no issue any more. The files have the same."""
import os
from xml.etree import ElementTree

from fp import DOMAIN, Gateway, Sink, Story, free_port, wait_for
from webpeer import URL, Web

EVIL = "<script>alert(1)</script>"
FORUM = f"mobilitaet@{DOMAIN}"
ISSUE = f"""# Zwölf Ideen & ein Termin

Guten Tag, {EVIL}

im Februar kamen die ersten Ideen. **Danke!** Siehe [die Seite](https://example.org/a?b=1&c=2).

## 1. Neue Ideen

{{{{neue_ideen}}}}

### Termine

1. Öffentliches Gespräch
2. [x](javascript:alert(1))

> Ein Zitat

**[Jetzt mitmachen](https://example.org/mitmachen)**
"""
ATOM = "{http://www.w3.org/2005/Atom}"


def send(gateway, name, text, *more):
    path = gateway.path("issue.md")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    number = gateway.must("newsletter", "draft", name, path, *more).strip()
    gateway.must("newsletter", "release", name, number)
    wait_for(lambda: [i for i in gateway.rows("newsletter", "issue", "list", name) if str(i["number"]) == number and i["state"] in ("sent", "sending")])
    return number


def file_of(gateway, name):
    try:
        with open(gateway.path("pages/" + name), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def main():
    with Story("letters") as story:
        sink = Sink()
        story.at_end(sink.close)
        port = free_port()
        gateway = Gateway(story, sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
        with open(gateway.config, "a", encoding="utf-8") as file:
            file.write(f"[page]\npublish = {gateway.path('pages')}\n")
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Mobilität", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", "erika@example.net", "--role", "member", "--delivery", "none")
        gateway.must("newsletter", "add", "neues", "--title", "Neues & mehr", "--release", "one")
        gateway.must("newsletter", "add", "intern", "--title", "Intern", "--members-only", "--release", "one")
        gateway.must("newsletter", "subscriber", "add", "intern", "erika@example.net")
        with open(gateway.path("people"), "w", encoding="utf-8") as file:
            file.write("leser@example.org\n")
        gateway.must("newsletter", "subscriber", "import", "neues", gateway.path("people"), "--consent", "Messe 2026")
        gateway.start()
        web = Web(port)
        wait_for(web.is_there)
        story.has(web.get("/newsletter/neues")[2], "Noch keine.", "before the first issue the page says so")
        story.has(web.get("/newsletter/neues")[2], f"neues+abo@<wbr>{DOMAIN}", "and how to order")
        story.has(web.get("/")[2], '<a href="/newsletter/neues">Neues &amp; mehr</a>', "the start page names it")
        story.lacks(web.get("/")[2], "intern", "but not that of members")
        gateway.write("erika@example.net", FORUM, "Ein Ticket für alle", "Ein Ticket.", dmarc="pass")
        wait_for(lambda: web.get("/idee/1")[0] == 200)
        send(gateway, "neues", ISSUE)
        send(gateway, "intern", "# Nur für Mitglieder\n\nGeheim.\n")
        mail = sink.wait("leser@example.org")
        story.equal(mail.message["List-Archive"], f"<{URL}/newsletter/neues>", "an issue says where all of them are")
        story.equal(sink.wait("erika@example.net").message["List-Archive"], None, "one of members does not")
        wait_for(lambda: web.get("/newsletter/neues/1")[0] == 200)
        page = web.get("/newsletter/neues/1")[2]
        for part, what in (("<h1>Zwölf Ideen &amp; ein Termin</h1>", "its title"), ("<strong>Danke!</strong>", "bold words"),
                           ('<a href="https://example.org/a?b=1&amp;c=2">die Seite</a>', "links"), ("<h2>1. Neue Ideen</h2>", "headings"),
                           ("<li>Öffentliches Gespräch</li>", "numbered lists"), ("<blockquote><p>Ein Zitat</p></blockquote>", "quotes"),
                           ('<a class="button" href="https://example.org/mitmachen">Jetzt mitmachen</a>', "buttons"),
                           ("Ein Ticket für alle", "the ideas of its block"), ('<a href="/idee/1">', "which lead to their pages"), ("so, wie es heute ist", "with the sentence about them")):
            story.has(page, part, f"an issue can be read: {what}")
        story.lacks(page, "<script", "what is HTML in it is left out")
        story.lacks(page, 'href="javascript', "and a link that is none")
        story.has(web.get("/en/newsletter/neues/1")[2], '<article lang="de">', "in an English page it says that it is German")
        story.has(web.get("/newsletter/neues")[2], '<a class="idea-title" href="/newsletter/neues/1">Zwölf Ideen &amp; ein Termin</a>', "the list has it")
        story.has(web.get("/")[2], "Ausgabe 1: Zwölf Ideen &amp; ein Termin", "the start page, too")
        path = gateway.path("draft.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write("# Entwurf\n\nNoch geheim.\n")
        gateway.must("newsletter", "draft", "neues", path)
        story.equal(send(gateway, "neues", "# Dritte\n\nText.\n"), "3", "one more goes out, after a draft")
        wait_for(lambda: web.get("/newsletter/neues/3")[0] == 200)
        story.has(web.get("/newsletter/neues/3")[2], '<a rel="prev" href="/newsletter/neues/1">', "it leads to the one before")
        send(gateway, "neues", "# Für wenige\n\nText.\n", "--forum", "mobilitaet")
        story.equal([web.get("/newsletter/" + path)[0] for path in ("neues/2", "neues/4", "neues/9", "neues/x", "intern", "intern/1", "intern/atom.xml", "nichts")],
                    [404] * 8, "drafts, issues to some, and lists of members are not there")
        feed = ElementTree.fromstring(web.get("/newsletter/neues/atom.xml")[2])
        story.equal([(one.findtext(ATOM + "title"), one.find(ATOM + "link").get("href")) for one in feed.findall(ATOM + "entry")],
                    [("Dritte", f"{URL}/newsletter/neues/3"), ("Zwölf Ideen & ein Termin", f"{URL}/newsletter/neues/1")], "the feed: newest first")
        story.ok(all(feed.findtext(ATOM + name) for name in ("id", "title", "updated")), "with what RFC 4287 asks for")
        sitemap = web.get("/sitemap.xml")[2]
        story.ok(f"{URL}/newsletter/neues/3<" in sitemap and "neues/2<" not in sitemap and "intern" not in sitemap, "the sitemap has what is there")
        wait_for(lambda: "Dritte" in file_of(gateway, "newsletter/neues.html"))
        for name, path in (("newsletter/neues.html", "/newsletter/neues"), ("newsletter/neues/1.html", "/newsletter/neues/1"),
                           ("newsletter/neues/3.html", "/newsletter/neues/3"), ("newsletter/neues/atom.xml", "/newsletter/neues/atom.xml"),
                           ("en/newsletter/neues/1.html", "/en/newsletter/neues/1")):
            story.ok(wait_for(lambda name=name, path=path: file_of(gateway, name) == web.get(path)[2]), f"{name} is the same")
        story.ok(not os.path.exists(gateway.path("pages/newsletter/intern.html")), "and there is none for members")
        post = gateway.rows("idea", "show", "1")[0]["posts"][0]["post"]
        gateway.must("post", "remove", str(post), "--reason", "Kein Beitrag.")
        story.lacks(web.get("/newsletter/neues/1")[2], "Ein Ticket für alle", "an idea that was removed is in no issue")
        story.ok(wait_for(lambda: "Ein Ticket für alle" not in file_of(gateway, "newsletter/neues/1.html")), "nor in its file")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

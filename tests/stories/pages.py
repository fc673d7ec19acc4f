#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The public pages: what comes by mail stands there at once, for everybody, and nothing else does. An idea, its discussion, its
life; no address in any byte; what was taken back is gone; what is inner is not there; whatever somebody writes stays text."""
import contextlib
import csv
import io
import json
import mailbox
import re
import sqlite3
from email.header import decode_header, make_header
from email.utils import parseaddr
from xml.etree import ElementTree

import fp
from webpeer import URL, Web

ERIKA = "Erika Beispiel <erika.kanarienvogel@example.net>"
MAX = "Max Muster <max.kanarienvogel@example.org>"
EVIL = "<script>alert(1)</script>"
CANARY = "kanarienvogel"
FORUM = f"mobilitaet@{fp.DOMAIN}"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität & mehr", "--moderation", "none")
    gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
    for person in (ERIKA, MAX):
        gateway.must("member", "add", "mobilitaet", person[person.index("<") + 1:-1], "--role", "member", "--delivery", "none")
    gateway.start()
    return gateway


def posts(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]


def write(gateway, person, to, subject, text, number, n_posts):
    gateway.write(person, to, subject, text, dmarc="pass")
    fp.wait_for(lambda: len(posts(gateway, number)) == n_posts if gateway.run("idea", "show", str(number)).returncode == 0 else False)


def reads(story, gateway, web):
    story.has(web.get("/")[2], "Noch keine", "before anything came the start page says how to begin")
    write(gateway, ERIKA, FORUM, "Ein Ticket für alle", "Ein Ticket für das ganze Ruhrgebiet.\n\nSiehe https://example.org/tarif?a=1&b=2", 1, 1)
    page = web.get("/idee/1")[2]
    story.has(page, '<h1 id="titel" class="idea-title">Ein Ticket für alle</h1>', "an idea that came by mail has its page")
    story.has(page, '<a href="https://example.org/tarif?a=1&amp;b=2" rel="nofollow ugc noopener">', "a link in it is one, and marked")
    story.has(page, f"idee-1@<wbr>{fp.DOMAIN}", "the address to write to stands there")
    story.has(page, "?subject=Re%3A%20Ein%20Ticket%20f%C3%BCr%20alle%20%5Bidee-1%5D", "with the subject by which the answer is found")
    write(gateway, MAX, f"idee-1@{fp.DOMAIN}", "Re: Ein Ticket für alle [idee-1]", "Volle Zustimmung!", 1, 2)
    page = web.get("/idee/1")[2]
    story.has(page, 'id="post-2"', "an answer is there at once")
    story.has(page, "Mitglied im Forum", "a member's is marked")
    story.has(page, "Diskussion: 1 Beitrag", "and counted")
    story.lacks(page, "Ohne Namen</h3>\n<p class=\"meta\"><a href=\"#post-1\"", "the idea itself is no answer")
    story.has(web.get("/")[2], "Ein Ticket für alle", "the start page lists it")
    story.has(web.get("/forum/mobilitaet")[2], "Neue Mobilität &amp; mehr", "its forum has a page")
    story.has(web.get("/en/idee/1")[2], "Where it stands", "in English, too")
    story.has(web.get("/idee/1", Accept_Language="en")[2], '<html lang="en">', "as the browser wishes")


def lives(story, gateway, web):
    gateway.must("idea", "state", "1", "in_deliberation", "--reason", "Die Fachleute sprechen darüber & prüfen.")
    page = web.get("/idee/1")[2]
    story.has(page, "in Beratung", "its state is a word")
    story.has(page, "Die Fachleute sprechen darüber &amp; prüfen.", "with the reason")
    story.has(page, 'aria-current="step"', "and the history ends with now")


def is_kept(story, web):
    """A page that is kept is the same whatever stands behind it in the query, and who has it already is told so."""
    _, headers, plain = web.get("/idee/1")
    story.ok(web.get("/idee/1?x=1&fbclid=2")[2] == plain, "a query that says nothing changes nothing")
    for i in range(2):
        status, _, body = web.get("/idee/1", If_None_Match=headers["etag"])
        story.ok(status == 304 and not body, "who has it gets no copy", status)
    story.ok(web.get("/idee/1", If_None_Match='"x"')[2] == plain, "who has another one gets it")
    story.ok(web.get("/forum/mobilitaet?vor=1")[2] != web.get("/forum/mobilitaet")[2], "a query that is read is heard")


def is_made_of_parts(story, gateway, web):
    """A post's part of the page is kept by what it was made from: another name, another role, another page."""
    before = web.get("/idee/1")[2]
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        writer, = db.execute("SELECT person_id FROM post WHERE idea_id = 1 AND number = 2").fetchone()
        role, = db.execute("SELECT role FROM member WHERE person_id = ?", (writer,)).fetchone()
        for name, now in (("Maxi <M.>", "reader"), (None, role)):
            with db:
                db.execute("UPDATE person SET public_name = ? WHERE id = ?", (name, writer))
                db.execute("UPDATE member SET role = ? WHERE person_id = ?", (now, writer))
            page = web.get("/idee/1")[2]
            story.ok(("<bdi>Maxi &lt;M.&gt;</bdi>" in page) == (name is not None), f"the name is {name}")
            story.ok(("Mitglied im Forum" in page) == (name is None), f"the role is {now}")
    story.ok(page == before, "and as it was, when it is again as it was")


def is_found(story, gateway, web):
    """By words of the text, the beginning of a word, a phrase, a title; nothing of what the world may not read."""
    gateway.find_all()
    story.has(web.get("/suche")[2], 'type="search"', "before anybody asked there is the form")
    story.lacks(web.get("/suche")[2], "Nichts gefunden", "and no answer")
    page = web.get("/suche?q=ruhrgeb")[2]
    story.has(page, "<mark>Ruhrgebiet</mark>", "the beginning of a word finds it, marked in its passage")
    story.has(page, 'href="/idee/1#post-1"', "with the post's place")
    story.has(web.get("/suche?q=zustimmung")[2], 'href="/idee/1#post-2"', "answers are found, too")
    story.has(web.get("/suche?q=TICKET")[2], "Im Titel", "and titles")
    story.has(web.get("/suche?q=%22Volle%20Zustimmung%22")[2], "<mark>Volle Zustimmung</mark>", "a phrase as it stands")
    story.has(web.get("/suche?q=%22Zustimmung%20Volle%22")[2], "Nichts gefunden", "not turned round")
    story.has(web.get("/suche?q=ticket&forum=energie")[2], "Nichts gefunden", "only in the forum that was chosen")
    story.has(web.get("/en/suche?q=ticket&forum=mobilitaet")[2], "In titles", "in English")
    for words, what in (("Tickets", "in another form"), ("zustimmungen", "in the plural"), ("RUHRGEBIETE", "in capitals")):
        story.lacks(web.get("/suche?q=" + words)[2], "Nichts gefunden", f"a word {what}")
    for query, found in (("stand=in_deliberation", True), ("stand=done", False), ("sprache=de", True), ("sprache=tr", False), ("von=2020-01-01", True),
                         ("von=2099-01-01", False), ("bis=2020-01-01", False), ("bis=31.12.2099", True), ("stand=quatsch&von=quatsch", True)):
        page = web.get("/suche?q=ruhrgebiet&" + query)[2]
        story.equal("<mark>" in page, found, f"{query}: {'found' if found else 'not'}")
    page = web.get("/suche?q=ruhrgebiet&stand=in_deliberation&von=2020-01-01")[2]
    story.ok('<option value="in_deliberation" selected>' in page and 'value="2020-01-01"' in page and "<details open>" in page, "what was chosen stays chosen")
    long = "ticket ".ljust(fp.limit("LIMIT_FIND_CHARS"))
    story.has(web.get("/suche?q=" + (long + "nirgends").replace(" ", "%20"))[2], "Im Titel", "what comes after the limit is not looked at")
    story.lacks(web.get("/suche?q=" + (long[:-9] + " nirgends").replace(" ", "%20"))[2], "Im Titel", "and what comes before it is")
    for evil in ("%22", "*", "NEAR(", "a%20OR%20b", "%3Cscript%3Ealert(1)%3C/script%3E", "text:x", "%27%3B--", "%00", "x" * 3000):
        status, _, body = web.get("/suche?q=" + evil)
        story.ok(status in (200, 400), f"{evil[:20]}: nothing breaks", status)
        story.lacks(body, "<script", f"{evil[:20]}: and it stays text")


ATOM = "{http://www.w3.org/2005/Atom}"


def is_exported(story, gateway, web):
    """What programs read: Atom, mbox, CSV, JSON, robots and sitemap; whole, in order, and without an address of anybody."""
    feed = ElementTree.fromstring(web.get("/atom.xml")[2])
    entries = feed.findall(ATOM + "entry")
    story.equal([one.findtext(ATOM + "title") for one in entries], ["Antwort zu: Ein Ticket für alle", "Ein Ticket für alle"], "the feed: newest first")
    story.equal([one.findtext(ATOM + "id") for one in entries], [f"tag:{fp.DOMAIN},2026:idee/1/{n}" for n in (2, 1)], "ids that stay")
    for element in (feed, *entries):
        story.ok(all(element.findtext(ATOM + name) for name in ("id", "title", "updated")), "what RFC 4287 asks for is there", element.findtext(ATOM + "id"))
    story.equal(entries[1].find(ATOM + "link").get("href"), f"{URL}/idee/1#post-1", "absolute links")
    story.has(entries[1].findtext(ATOM + "content"), "a=1&b=2", "the text as it is")
    story.equal(web.get("/atom.xml")[1]["content-type"], "application/atom+xml; charset=utf-8", "it says that it is Atom")
    for path, n in (("/forum/mobilitaet/atom.xml", 2), ("/forum/energie/atom.xml", 0), ("/idee/1/atom.xml", 2)):
        story.equal(len(ElementTree.fromstring(web.get(path)[2]).findall(ATOM + "entry")), n, f"{path}: {n} entries")
    for page, path in (("/", "/atom.xml"), ("/idee/1", "/idee/1/atom.xml"), ("/forum/mobilitaet", "/forum/mobilitaet/atom.xml")):
        story.has(web.get(page)[2], f'<link rel="alternate" type="application/atom+xml" href="{path}">', f"{page} names its feed")
        story.has(web.get(page)[2], f'<link rel="canonical" href="{URL}{page}">', f"{page} names its address")
        story.has(web.get("/en" + page)[2], f'<link rel="canonical" href="{URL}/en{page}">', f"/en{page} as well")
    with open(gateway.path("idea.mbox"), "w", encoding="utf-8") as file:
        file.write(web.get("/idee/1/mbox")[2])
    mails = list(mailbox.mbox(gateway.path("idea.mbox"), factory=None))
    story.equal([str(make_header(decode_header(mail["Subject"]))) for mail in mails], ["Ein Ticket für alle", "Re: Ein Ticket für alle"], "the mbox has both")
    story.equal((mails[1]["In-Reply-To"], {parseaddr(mail["From"])[1] for mail in mails}), (mails[0]["Message-ID"], {f"idee-1@{fp.DOMAIN}"}),
                "in their order, from the idea's address")
    story.has(web.get("/daten/")[2], "So zählen wir", "the data say how they are counted")
    rows = list(csv.reader(io.StringIO(web.get("/daten/ideen.csv")[2].removeprefix("\ufeff")), delimiter=";"))
    story.ok(web.get("/daten/ideen.csv")[2].startswith("\ufeffnummer;"), "CSV begins with a byte order mark")
    story.equal((rows[1][0:4], rows[1][6]), (["1", "Ein Ticket für alle", "mobilitaet", "in_deliberation"], "2"), "and has the idea")
    ideas = json.loads(web.get("/daten/ideen.json")[2])["ideas"]
    story.equal((ideas[0]["number"], ideas[0]["title"], ideas[0]["posts"]), (1, "Ein Ticket für alle", 2), "so has JSON")
    story.has(web.get("/robots.txt")[2], "Disallow: /c/\nDisallow: /p/\n", "search engines leave tokens alone")
    story.has(web.get("/robots.txt")[2], f"Sitemap: {URL}/sitemap.xml", "and find the sitemap")
    story.has(web.get("/sitemap.xml")[2], f"<loc>{URL}/idee/1</loc>", "with the idea")
    for path in ("/idee/99/atom.xml", "/idee/x/mbox", "/forum/niemand/atom.xml"):
        story.equal(web.get(path)[0], 404, f"{path}: there is none")


def stays_text(story, gateway, web):
    write(gateway, ERIKA, FORUM, f"{EVIL} & \"Zitat\"", f"{EVIL}\n<img src=x onerror=alert(1)>\njavascript:alert(1)\n{{{{operator}}}}", 2, 1)
    for path in ("/", "/idee/2", "/forum/mobilitaet", "/suche?q=alert"):
        page = web.get(path)[2]
        story.lacks(page, "<script", f"{path}: what somebody wrote is no script")
        story.lacks(page, "<img", f"{path}: nor a picture")
    for path in ("/atom.xml", "/idee/2/atom.xml"):
        story.equal(ElementTree.fromstring(web.get(path)[2]).find(ATOM + "entry").findtext(ATOM + "title"), f'{EVIL} & "Zitat"', f"{path}: a title, as text")
    story.equal([one["title"] for one in json.loads(web.get("/daten/ideen.json")[2])["ideas"]], [f'{EVIL} & "Zitat"', "Ein Ticket für alle"], "JSON, too")
    story.has(web.get("/idee/2")[2], "{{operator}}", "nor a template")


def goes(story, gateway, web):
    gateway.must("post", "remove", str(posts(gateway, 1)[1]["post"]), "--reason", "Steht schon da.")
    page = web.get("/idee/1")[2]
    story.has(page, "Beitrag 2 wurde entfernt.", "a post that was removed leaves a stub")
    story.lacks(page, "Volle Zustimmung", "without its text")
    gateway.must("post", "remove", str(posts(gateway, 2)[0]["post"]), "--reason", "Kein Beitrag.")
    story.equal(web.get("/idee/2")[0], 410, "an idea that was removed is gone")
    story.lacks(web.get("/idee/2")[2], "Zitat", "with its title")
    for path in ("/", "/atom.xml", "/forum/mobilitaet/atom.xml", "/daten/ideen.csv", "/daten/ideen.json"):
        story.lacks(web.get(path)[2], "Zitat", f"{path}: as well")
    for path in ("/atom.xml", "/idee/1/atom.xml", "/idee/1/mbox"):
        story.lacks(web.get(path)[2], "Volle Zustimmung", f"{path}: and the post that was removed")
    story.equal((web.get("/idee/2/atom.xml")[0], web.get("/idee/2/mbox")[0]), (410, 410), "its feed and mbox are gone, too")
    story.lacks(web.get("/sitemap.xml")[2], "/idee/2<", "and the sitemap forgets it")
    story.has(web.get("/suche?q=zustimmung")[2], "Nichts gefunden", "what was removed is found no more")
    story.lacks(web.get("/suche?q=onerror")[2], "post-1", "nor is an idea that is gone")
    for path in ("/idee/99", "/idee/0", "/idee/x", "/idee/1x", "/forum/niemand", "/idee/99999999999999999999"):
        story.equal(web.get(path)[0], 404, f"{path}: there is none")
    story.equal(web.get("/forum/MOBILITAET")[0], 301, "a forum in capitals is the same one")


def as_if(gateway, web, change):
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute(change)
    gateway.start()
    fp.wait_for(web.is_there)


def is_proposed(story, gateway, web):
    """A proposal has its page, with the ideas that it came from; it is none of the ideas, and nobody's."""
    write(gateway, MAX, FORUM, "Ein Automat in vier Sprachen", "Auch auf Türkisch.", 3, 1)
    story.equal(web.get("/vorschlag/1")[0], 404, "before it was made there is none")
    story.lacks(web.get("/")[2], "/vorschlag/", "nor a list of them")
    gateway.must("proposal", "add", "mobilitaet", "--title", "Tarif & Automat", "--from", "1,3", "--text", "Ein Tarif, ein Automat.", "--public")
    discussion = json.loads(gateway.must("proposal", "show", "1", "--json"))["idea"]
    as_if(gateway, web, "UPDATE person SET public_name = CASE id WHEN (SELECT author_id FROM idea WHERE id = 1) THEN 'Erika B.' ELSE 'Max M.' END")
    page = web.get("/vorschlag/1")[2]
    story.has(page, '<h1 class="idea-title">Tarif &amp; Automat</h1>', "a proposal has its page")
    story.has(page, '<span aria-hidden="true">◕</span> ' + "Projektvorschlag", "its state is a word with a sign")
    for number, title in ((1, "Ein Ticket für alle"), (3, "Ein Automat in vier Sprachen")):
        story.has(page, f'<a class="idea-title" href="/idee/{number}">{title}</a>', f"it came from idea {number}")
        story.has(web.get(f"/idee/{number}")[2], '<a href="/vorschlag/1">Vorschlag 1: Tarif &amp; Automat</a>', f"and idea {number} leads there")
    story.equal([page.count(f"<bdi>{name}</bdi>") for name in ("Erika B.", "Max M.")], [1, 1], "each author stands at their idea alone")
    story.has(page, 'aria-current="step"', "the history is there")
    story.has(page, '<div class="words full" id="post-1">\n<p>Ein Tarif, ein Automat.</p>', "and what it says")
    story.has(page, f"vorschlag-1@<wbr>{fp.DOMAIN}", "and the address to write to")
    story.has(page, f"mailto:vorschlag-1@{fp.DOMAIN}?subject=Re%3A%20Tarif%20%26%20Automat%20%5Bvorschlag-1%5D", "as a link with a subject")
    write(gateway, MAX, f"vorschlag-1@{fp.DOMAIN}", "Re: Tarif", "Kurzstrecken bleiben billig.", discussion, 2)
    page = web.get("/vorschlag/1")[2]
    story.has(page, "Kurzstrecken bleiben billig.", "its discussion is a thread on it")
    story.has(page, "Diskussion: 1 Beitrag", "and counted")
    story.has(web.get("/en/vorschlag/1")[2], "What the proposal came from", "in English, too")
    start = web.get("/")[2]
    story.has(start, '<a class="idea-title" href="/vorschlag/1">Tarif &amp; Automat</a>', "the start page lists it")
    gateway.find_all()
    page = web.get("/suche?q=Kurzstrecke")[2]
    story.has(page, 'href="/vorschlag/1#post-2"', "what is written about it is found, at the proposal")
    story.has(page, '<p class="meta">Vorschlag 1, Beitrag 2', "and called one")
    story.has(web.get("/suche?q=tarife+automaten")[2], '<a class="idea-title" href="/vorschlag/1">Tarif &amp; Automat</a>', "and its title, in other forms of the words")
    entries = ElementTree.fromstring(web.get("/vorschlag/1/atom.xml")[2]).findall(ATOM + "entry")
    story.equal([one.find(ATOM + "link").get("href") for one in entries], [f"{URL}/vorschlag/1#post-2", f"{URL}/vorschlag/1#post-1"], "its feed")
    story.has(web.get("/vorschlag/1")[2], 'href="/vorschlag/1/atom.xml"', "to which its page leads")
    for path in ("/", "/forum/mobilitaet", "/suche?q=Automat", "/suche?q=Kurzstrecken", "/atom.xml", "/forum/mobilitaet/atom.xml",
                 "/daten/ideen.csv", "/daten/ideen.json", "/sitemap.xml"):
        story.lacks(web.get(path)[2], f"idee/{discussion}", f"{path}: among the ideas it is none")
    story.equal([one["number"] for one in json.loads(web.get("/daten/ideen.json")[2])["ideas"]], [3, 1], "nor in the data")
    story.has(web.get("/sitemap.xml")[2], f"<loc>{URL}/vorschlag/1</loc>", "the sitemap has its page")
    status, headers, _ = web.get(f"/idee/{discussion}")
    story.equal((status, headers["location"]), (301, "/vorschlag/1"), "the discussion's number leads to it")
    for path in ("/vorschlag/9", "/vorschlag/0", "/vorschlag/x", f"/vorschlag/{2 ** 64}"):
        story.equal(web.get(path)[0], 404, f"{path}: there is none")


def stays_inner(story, gateway, web):
    """As if one of its ideas had been written for the members alone."""
    discussion = json.loads(gateway.must("proposal", "show", "1", "--json"))["idea"]
    as_if(gateway, web, "UPDATE idea SET ring = 'members' WHERE id = 3")
    paths = ("/vorschlag/1", "/idee/3", f"/idee/{discussion}", f"/idee/{discussion}/atom.xml", f"/idee/{discussion}/mbox")
    story.equal([web.get(path)[0] for path in paths], [404] * 5, "a proposal of inner ideas is not there")
    for path in ("/", "/idee/1", "/sitemap.xml"):
        story.lacks(web.get(path)[2], "vorschlag/1", f"{path}: and not named")


def crawl(story, web):
    """Every link of ours leads somewhere, and no byte has an address of a person."""
    seen, todo = set(), ["/", "/en/", "/atom.xml", "/sitemap.xml", "/robots.txt"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        status, headers, body = web.get(path)
        if not story.ok(status in (200, 301, 410), f"{path} leads somewhere", status):
            continue
        story.lacks(body, CANARY, f"{path}: no address of anybody")
        for attribute in re.findall(r'href="(/[^"#]*)', body):
            todo.append(attribute.replace("&amp;", "&"))
        if headers.get("content-type", "").startswith("text/html"):
            ids = set(re.findall(r' id="([^"]+)"', body))
            story.equal(sorted(set(re.findall(r'href="#([^"]+)"', body)) - ids), [], f"{path}: every place it points to is there")
    story.ok(len(seen) >= 16, "all kinds of pages were met", sorted(seen))


def large(story, gateway, web):
    """Megabytes that somebody writes hide nothing that others wrote."""
    text = ("Ein <langes> Wort und noch eines. " * 4 + "\n") * 8000
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        names = [row[1] for row in db.execute("PRAGMA table_info(post)")]
        row = dict(zip(names, db.execute("SELECT * FROM post WHERE idea_id = 1 AND number = 1").fetchone()))
        for n in range(9):
            new = {**row, "id": None, "number": 11 + n, "kind": "reply", "parent_id": None, "message_id": None,
                   "published": db.execute("SELECT max(published) + 1 FROM post").fetchone()[0], "text": text if n < 8 else "Kurz und gut."}
            db.execute(f"INSERT INTO post ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [new[name] for name in names])
    status, _, body = web.get("/idee/1")
    story.equal(status, 200, "a discussion of many megabytes has a page")
    story.ok(1000000 < len(body) < fp.limit("LIMIT_PAGE_WORDS_BYTES"), "about as large as it may be", len(body))
    story.has(body, "Kurz und gut.", "what has room stands there")
    story.has(body, "Für diesen Text hat die Seite keinen Platz mehr", "of what has none it says where it is")
    story.ok(web.get("/idee/1/mbox")[2].count("Ein <langes>") == 4 * 8 * 8000, "there it is whole")
    most = fp.limit("LIMIT_PAGE_POSTS")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        for n in (most, most + 1, most + 2, 2 * most + 1):
            above = db.execute("SELECT id FROM post WHERE idea_id = 1 AND number = ?", (most,)).fetchone() if n > most else None
            new = {**row, "id": None, "number": n, "kind": "reply", "parent_id": above[0] if above else None, "message_id": None,
                   "published": db.execute("SELECT max(published) + 1 FROM post").fetchone()[0], "text": f"Das ist Nummer {n}."}
            db.execute(f"INSERT INTO post ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [new[name] for name in names])
        db.execute("UPDATE idea SET last_number = ? WHERE id = 1", (2 * most + 1,))
    body = web.get("/idee/1")[2]
    story.ok(f"Das ist Nummer {most}." in body and f"Das ist Nummer {most + 1}." not in body, "a page of a discussion has so many numbers")
    story.has(body, f'<li id="post-{most + 1}"><a href="/idee/1/seite/2#post-{most + 1}">', "and leads to the posts on the next ones, each by its old address")
    body = web.get("/idee/1/seite/2")[2]
    story.ok(f"Das ist Nummer {most + 2}." in body and f"Das ist Nummer {most}." not in body, "which are there")
    story.has(body, f'href="/idee/1#post-{most}"', "an answer leads back to what it answers")
    story.has(body, '<a href="/idee/1/seite/2" aria-current="page">Seite 2</a>', "it says which page it is")
    story.has(web.get("/en/idee/1/seite/3")[2], f"Das ist Nummer {2 * most + 1}.", "the last one, in English")
    story.equal([web.get("/idee/1/seite/" + k)[0] for k in ("1", "4", "0", "x", "-2")] + [web.get("/vorschlag/1/seite/2")[0]], [404] * 6, "and no more")
    crawl(story, web)
    status, _, body = web.get("/atom.xml")
    story.ok(status == 200 and len(body) < 2 * fp.limit("LIMIT_FEED_WORDS_BYTES"), "a feed stays small", len(body))
    status, _, body = web.get("/idee/1/atom.xml")
    story.ok(status == 200 and len(body) < 2 * fp.limit("LIMIT_FEED_WORDS_BYTES"), "of an idea, too", len(body))


def is_edited(story, gateway, web, sink):
    """Who corrects a text that somebody answered says so to its readers; before that nobody read anything else."""
    write(gateway, ERIKA, FORUM, "Ein Brunnen am Markt", "Am Markt felt ein Brunnen.", 1, len(posts(gateway, 1)))
    fp.wait_for(lambda: [i for i in gateway.rows("idea", "list") if i["title"] == "Ein Brunnen am Markt"])
    number = [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Ein Brunnen am Markt"][0]

    def correct(person, post, text):
        with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
            row = db.execute("SELECT id FROM post WHERE idea_id = ? AND number = ?", (number, post)).fetchone()[0]
        bare = person[person.index("<") + 1:-1]
        gateway.write(person, gateway.own_address(number, bare, row), "Re: Brunnen", "NEU: " + text, dmarc="pass")
        fp.wait_for(lambda: [p for p in posts(gateway, number) if p["text"] == text])
        return posts(gateway, number)[post - 1]

    first = correct(ERIKA, 1, "Am Markt fehlt ein Brunnen.")
    story.ok(first["edited_at"] is not None and "geändert am" not in web.get(f"/idee/{number}")[2], "a text that nobody answered is corrected quietly", first)
    write(gateway, MAX, f"idee-{number}@{fp.DOMAIN}", f"Re: x [idee-{number}]", "Gerne mit Trinkwasser!", number, 2)
    story.lacks(web.get(f"/idee/{number}")[2], "geändert am", "an answer alone changes nothing")
    correct(ERIKA, 1, "Am Markt fehlt ein großer Brunnen.")
    page = web.get(f"/idee/{number}")[2]
    story.ok(page.count("geändert am <time") == 1 and "großer Brunnen" in page, "one that was answered says that it was changed, and when")
    story.has(web.get(f"/en/idee/{number}")[2], "changed on <time", "in English, too")
    mbox = web.get(f"/idee/{number}/mbox")[2]
    story.equal(len(re.findall(r"^\[Geändert am .* 20\d\d\]$", mbox, re.M)), 1, "so does the mbox")
    correct(MAX, 2, "Gerne mit Trinkwasser und Bank!")
    write(gateway, ERIKA, f"idee-{number}@{fp.DOMAIN}", f"Re: x [idee-{number}]", "Die Bänke brauchen Schatten.", number, 3)
    correct(MAX, 2, "Gerne mit Trinkwasser und zwei Bänken!")
    story.ok(web.get(f"/idee/{number}")[2].count("geändert am <time") == 2, "and so does a contribution", posts(gateway, number))
    gateway.write(MAX, f"hilfe@{fp.DOMAIN}", "", f"verlauf {number}", dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(MAX[MAX.index("<") + 1:-1]) if "zwei Bänken" in m.text and "Geändert" in m.text])
    story.equal(told and told[0].text.count("Geändert am "), 2, "and VERLAUF")


def main():
    with fp.Story("pages") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        reads(story, gateway, web)
        lives(story, gateway, web)
        is_kept(story, web)
        is_made_of_parts(story, gateway, web)
        is_found(story, gateway, web)
        is_exported(story, gateway, web)
        stays_text(story, gateway, web)
        goes(story, gateway, web)
        is_proposed(story, gateway, web)
        crawl(story, web)
        large(story, gateway, web)
        stays_inner(story, gateway, web)
        is_edited(story, gateway, web, sink)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

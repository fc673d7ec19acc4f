#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Newsletters at the desk: editors see their drafts as subscribers will, with what the linter found; they release, give a time, test, stop
and resume with the functions that the words in a mail call. Who wrote a draft does not release it; the second editor is told what
the first did; an editor of one newsletter does nothing to another, staff of a forum nothing to any."""
import contextlib
import re
import sqlite3

import fp
from deskpeer import TOKEN, log_in, press, shown_token
from webpeer import URL, Web, settle

ANNA, BERT, CARLA, MONA = "anna@amt.example", "bert@amt.example", "carla@amt.example", "mona@example.net"
EVIL = "<script>alert(1)</script>"
TEXT = f"""# Drei neue Ideen

Guten Tag, {EVIL}

hier steht ALLES IN GROSSBUCHSTABEN UND NOCH MEHR.

[hier klicken](javascript:alert(1)) und ![](https://tracker.example/pixel.png) und {{{{operator}}}}
"""


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL},
                         initiative={"imprint": "Amt\\nStraße 1\\n45127 Essen"})
    gateway.must("init")
    gateway.must("forum", "add", "verkehr", "--title", "Verkehr")
    gateway.must("member", "add", "verkehr", MONA, "--role", "lead", "--delivery", "none")
    for name in ("neues", "anderes"):
        gateway.must("newsletter", "add", name, "--title", f"Brief {name} & mehr")
    for name, person in (("neues", ANNA), ("neues", BERT), ("anderes", CARLA)):
        gateway.must("newsletter", "editor", "add", name, person)
    gateway.start()
    return gateway


def read(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


def issue(gateway, number=1):
    return read(gateway, "SELECT state, released_by, release_at FROM issue WHERE list_id = 1 AND number = ?", number)[0]


def draft(gateway, subject, number):
    gateway.write(ANNA, f"neues@{fp.DOMAIN}", subject, TEXT, dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT 1 FROM issue WHERE number = ?", number))


def showing(story, gateway, web, cookies):
    path = "/schreibtisch/newsletter/neues/1"
    story.equal(web.get("/schreibtisch", Cookie=cookies[BERT])[1].get("location"), "/schreibtisch/newsletter", "who only edits is led to the newsletters")
    page = web.get("/schreibtisch/newsletter", Cookie=cookies[BERT])[2]
    story.has(page, f'href="{path}">Ausgabe 1: Post &lt;b&gt;im März&lt;/b&gt;</a>', "the draft is listed")
    story.lacks(page, "anderes", "and nothing of another newsletter")
    page = web.get(path, Cookie=cookies[BERT])[2]
    story.has(page, "<strong>Nur Großbuchstaben:</strong>", "what the linter found stands there")
    story.has(page, "<strong>Bild aus dem Netz, es wird weggelassen:</strong>", "all of it")
    story.has(page, "Empfängerinnen und Empfänger: 0", "how many get it")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("INSERT INTO issue_file (issue_id, name, type, n_bytes, content) SELECT id, '<b>plan</b>.pdf', 'application/pdf', 250000, x'00' FROM issue WHERE number = 1")
    page = web.get(path, Cookie=cookies[BERT])[2]
    story.has(page, "<li>&lt;b&gt;plan&lt;/b&gt;.pdf, 250 kB</li>", "which files go along")
    story.has(page, "Anhang mit mehr als 200 kB", "and what the linter says of them")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("DELETE FROM issue_file")
    story.has(page, 'value="release"', "the other editor may release it")
    story.lacks(web.get(path, Cookie=cookies[ANNA])[2], 'value="release"', "who wrote it may not")
    story.has(web.get(path, Cookie=cookies[ANNA])[2], "Jemand anderes aus der Redaktion gibt ihn frei", "and is told who does")
    status, headers, mail = web.get(f"{path}/mail", Cookie=cookies[BERT])
    story.equal((status, headers["cache-control"]), (200, "no-store"), "the mail itself")
    policy = headers["content-security-policy"]
    story.ok("sandbox" in policy and "default-src 'none'" in policy and "allow-scripts" not in policy and "'self'" not in policy, "in a sandbox that runs and loads nothing", policy)
    story.ok("ALLES IN GROSSBUCHSTABEN" in mail and "style=" in mail and "<script" not in mail and "tracker.example" not in mail and
             "javascript:" not in mail, "as subscribers get it", mail)
    for shown in (page, web.get("/schreibtisch/newsletter", Cookie=cookies[BERT])[2], web.get("/en" + path, Cookie=cookies[BERT])[2]):
        story.ok("<script" not in shown and "<b>" not in shown and "default-src 'none'; style-src 'self'" in web.get(path, Cookie=cookies[BERT])[1]["content-security-policy"],
                 "what editors write stays text on the page")


def keeping_out(story, gateway, web, cookies):
    path = "/schreibtisch/newsletter/neues/1"
    before = issue(gateway), read(gateway, "SELECT count(*) FROM event")[0][0]
    for person in (CARLA, MONA):
        token = re.search(TOKEN, web.get("/schreibtisch", Cookie=cookies[person])[2] or web.get("/schreibtisch/newsletter", Cookie=cookies[person])[2]).group(1)
        story.equal([web.get(p, Cookie=cookies[person])[0] for p in (path, f"{path}/mail", "/schreibtisch/newsletter/nichts/1")], [403] * 3, f"{person} does not read it")
        story.equal([web.post(path, f"answer={a}&token={token}", Cookie=cookies[person])[0] for a in ("release", "stop", "resume", "test")], [403] * 4, "nor does anything to it")
    story.equal(web.get("/schreibtisch/newsletter", Cookie=cookies[MONA])[0], 403, "a forum's lead has no newsletters")
    story.equal([web.get(p, Cookie=cookies[BERT])[0] for p in ("/schreibtisch/newsletter/neues/2", "/schreibtisch/newsletter/neues/x", "/schreibtisch/ideen", "/schreibtisch/idee/1")],
                [404, 404, 403, 404], "an editor has no ideas")
    story.equal([web.post(path, body, Cookie=cookies[BERT])[0] for body in ("answer=release", "answer=release&token=x")], [400, 400], "a form of nobody's is nothing")
    story.equal(press(web, path, cookie=cookies[BERT], answer="remove")[0], 400, "nor a word that no button has")
    story.equal([web.get(path)[1].get("location"), web.post(path, "answer=release")[1].get("location")], ["/schreibtisch"] * 2, "nor without session")
    story.equal((press(web, path, cookie=cookies[BERT], answer="release", at="gestern")[0], press(web, path, cookie=cookies[BERT], answer="stop")[0],
                 press(web, path, cookie=cookies[BERT], answer="resume")[0]), (422, 409, 409), "a time that is none; nothing to stop, nothing to resume")
    token = re.search(TOKEN, web.get(path, Cookie=cookies[ANNA])[2]).group(1)
    status, _, page = web.post(path, f"answer=release&token={token}", Cookie=cookies[ANNA])
    story.equal((status, "Jemand anderes aus der Redaktion" in page), (409, True), "who wrote it releases nothing by a form of their own making")
    story.equal((issue(gateway), read(gateway, "SELECT count(*) FROM event")[0][0]), before, "all that changed nothing")


def deciding(story, gateway, sink, web, cookies):
    path = "/schreibtisch/newsletter/neues/1"
    count = len(sink.to(BERT))
    story.equal(press(web, path, cookie=cookies[BERT], answer="test")[0], 200, "a test")
    story.ok(fp.wait_for(lambda: any("GROSSBUCHSTABEN" in m.text for m in sink.to(BERT)[count:])), "goes to whoever pressed")
    status, _, page = press(web, path, cookie=cookies[BERT], answer="release", at="am 3.3.2035 um 7")
    story.equal((status, issue(gateway)[0]), (200, "released"), "released for a time")
    story.has(page, "3. März 2035, 7:00 Uhr", "which is said")
    gateway.must("newsletter", "editor", "add", "neues", "dora@amt.example")
    token = re.search(TOKEN, web.get(path, Cookie=cookies[ANNA])[2]).group(1)
    status, _, page = web.post(path, f"answer=release&token={token}", Cookie=cookies[ANNA])
    story.equal((status, "Jemand hat die Ausgabe vor Ihnen freigegeben. Stand jetzt: freigegeben" in page), (409, True), "the second is told what the first did")
    story.equal((press(web, path, cookie=cookies[ANNA], answer="stop")[0], issue(gateway)[0]), (200, "stopped"), "any editor stops it")
    story.equal((press(web, path, cookie=cookies[BERT], answer="resume")[0], issue(gateway)[0] in ("released", "sending")), (200, True), "and lets it go on")
    draft(gateway, "Zweite", 2)
    status, _, page = press(web, "/schreibtisch/newsletter/neues/2", cookie=cookies[BERT], answer="release")
    story.equal((status, issue(gateway, 2)[1]), (200, read(gateway, "SELECT id FROM editor WHERE address = ?", BERT)[0][0]), "released now, by this editor")
    kinds = [k for k, in read(gateway, "SELECT kind FROM event WHERE actor = 'page' AND kind LIKE 'issue.%' ORDER BY id")]
    story.equal(kinds, ["issue.tested", "issue.released", "issue.stopped", "issue.resumed", "issue.released"], "the journal has it all")
    gateway.must("newsletter", "editor", "remove", "neues", BERT)
    story.equal((web.get(path, Cookie=cookies[BERT])[0], web.get("/schreibtisch", Cookie=cookies[BERT])[0]), (403, 403), "who edits no more does nothing more")


def main():
    with fp.Story("desk_newsletter") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        draft(gateway, "Post <b>im März</b>", 1)
        settle(gateway)
        token = shown_token(web)
        cookies = {person: log_in(gateway, sink, web, token, person) for person in (ANNA, BERT, CARLA, MONA)}
        showing(story, gateway, web, cookies)
        keeping_out(story, gateway, web, cookies)
        deciding(story, gateway, sink, web, cookies)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Official answers at the desk: somebody of the office drafts, another person releases or refuses, and only what went this way gets
the frame of an official answer. By button as by mail: the same lines in the journal, the same mails."""
import contextlib
import html
import re
import sqlite3
import urllib.parse

import fp
from deskpeer import log_in, press, shown_token
from webpeer import URL, Web, h1

PEOPLE = {"mona": "moderator", "lea": "lead", "olaf": "office", "otto": "office"}
EVIL = "</textarea><script>alert(1)</script> & Co."


def of(name):
    return f"{name}@example.net"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    for forum in ("verkehr", "energie"):
        gateway.must("forum", "add", forum, "--title", forum.title(), "--moderation", "none", "--ministry", f"Ministerium für {forum.title()}")
    for name, role in PEOPLE.items():
        gateway.must("member", "add", "verkehr", of(name), "--role", role, "--delivery", "each" if name == "olaf" else "none")
    gateway.must("member", "add", "energie", of("emil"), "--role", "office", "--delivery", "none")
    gateway.must("member", "add", "verkehr", of("nadja"), "--role", "member", "--delivery", "none")
    gateway.start()
    for number, title in ((1, "Radwege"), (2, "Gehwege")):
        gateway.write(of("nadja"), f"verkehr@{fp.DOMAIN}", title, f"{title} fehlen.", dmarc="pass")
        fp.wait_for(lambda n=number: len(gateway.rows("idea", "list")) == n)
    return gateway


def read(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


def waiting(gateway):
    return [number for number, in read(gateway, "SELECT id FROM hold WHERE kind = 'second' AND state = 'open' ORDER BY id")]


def traces(gateway, number):
    return ([kind for kind, in read(gateway, "SELECT kind FROM event WHERE idea_id = ? AND kind NOT LIKE 'idea.%' ORDER BY id", number)],
            sorted(read(gateway, "SELECT purpose, person_id FROM notice WHERE idea_id = ? AND purpose LIKE '%second%' OR idea_id = ? AND purpose LIKE 'official%'", number, number)))


def drafting(story, gateway, web, cookies):
    path = "/schreibtisch/idee/1"
    offered = {name: re.findall(r'<button name="answer" value="(answer|note)"', web.get(path, Cookie=cookies[name])[2]) for name in PEOPLE}
    story.equal(offered, {"mona": ["note"], "lea": ["note"], "olaf": ["answer"], "otto": ["answer"]}, "an office answers, the moderation notes")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', web.get(path, Cookie=cookies["mona"])[2]))
    body = urllib.parse.urlencode({**hidden, "answer": "answer", "text": "Wir bauen."})
    story.equal((web.post(path, body, Cookie=cookies["mona"])[0], waiting(gateway)), (403, []), "a moderator drafts nothing, whatever form they send")
    for text, to in (("", ""), (" \r\n ", ""), ("x" * (fp.limit("LIMIT_OFFICIAL_CHARS") + 1), ""), ("Gut.", "99"), ("Gut.", "x")):
        status, _, page = press(web, path, cookie=cookies["olaf"], answer="answer", text=text, to=to)
        story.equal((status, waiting(gateway), "Getan wurde nichts" in page), (422, [], True), f"{text[:5]!r} to {to!r} is no answer")
    page = press(web, path, cookie=cookies["olaf"], answer="answer", text=EVIL, to="99")[2]
    story.has(page, html.escape(EVIL, quote=False) + "</textarea>", "what was typed stays, as text")
    page = web.get(path, Cookie=cookies["olaf"])[2]
    form = urllib.parse.urlencode({**dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)), "answer": "answer", "text": EVIL})
    story.equal([web.post(path, form, Cookie=cookies["olaf"])[0] for _ in range(2)], [200, 409], "a draft; pressed twice it is one")
    story.equal(len(waiting(gateway)), 1, "which waits")
    story.lacks(web.get("/idee/1")[2], "Co.", "and nobody else reads it")
    return f"/schreibtisch/h/{waiting(gateway)[0]}"


def deciding(story, gateway, sink, web, cookies, path):
    story.has(web.get("/schreibtisch", Cookie=cookies["lea"])[2], "Offizielle Antwort zu Idee 1, braucht eine zweite Person", "a lead finds it at the desk")
    story.equal([web.get(path, Cookie=cookies[name])[0] for name in ("mona", "emil", "otto", "lea", "olaf")], [403, 403, 200, 200, 200], "who could release it reads it")
    page = web.get(path, Cookie=cookies["otto"])[2]
    story.ok("Ministerium für Verkehr" in page and html.escape(EVIL, quote=False) in page and "<script" not in page, "as it will stand", page)
    page = web.get(path, Cookie=cookies["olaf"])[2]
    story.ok('value="release"' not in page and 'value="back"' in page, "who wrote it may only take it back", page)
    story.equal((press(web, path, cookie=cookies["olaf"], answer="release")[0], waiting(gateway) != []), (409, True), "nor release it by a form of their own making")
    story.equal((press(web, path, cookie=cookies["lea"], answer="back")[0], press(web, path, cookie=cookies["lea"], answer="reject", reason=" ")[0]), (403, 422),
                "the second person does not take it back, and refuses with a reason only")
    story.equal(web.post(path, "answer=release&token=x", Cookie=cookies["lea"])[0], 400, "a form of nobody's is nothing")
    story.equal(web.post(path, "answer=release")[1].get("location"), "/schreibtisch", "nor without session")
    count = len(sink.to(of("olaf")))
    status, _, page = press(web, path, cookie=cookies["lea"], answer="reject", reason="Bitte ohne & Co.")
    story.equal((status, h1(page), waiting(gateway)), (200, "Die offizielle Antwort erscheint nicht", []), "refused")
    story.ok(fp.wait_for(lambda: any("Bitte ohne & Co." in m.text for m in sink.to(of("olaf"))[count:])), "its writer is told why")
    story.equal(web.post(path, "answer=release&token=x", Cookie=cookies["otto"])[0], 409, "who comes second is told")


def releasing(story, gateway, sink, web, cookies):
    """By button on idea 1, by mail on idea 2."""
    post = next(mail for mail in sink.to(of("olaf")) if "Gehwege" in mail.subject)
    gateway.respond(post.message, of("olaf"), "ANTWORT: Wir bauen Gehwege.", dmarc="pass")
    fp.wait_for(lambda: waiting(gateway))
    question = fp.wait_for(lambda: next((m for m in sink.to(of("otto")) if "Gehwege" in m.text and "zweite Person" in m.text), None))
    gateway.respond(question.message, of("otto"), "FREI", dmarc="pass")
    fp.wait_for(lambda: not waiting(gateway))
    press(web, "/schreibtisch/idee/1", cookie=cookies["olaf"], answer="answer", text="Wir bauen Radwege.\n\nBis Mai.")
    path = f"/schreibtisch/h/{waiting(gateway)[0]}"
    theirs = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', web.get(path, Cookie=cookies["otto"])[2]))
    status, _, page = press(web, path, cookie=cookies["lea"], answer="release")
    story.equal((status, h1(page)), (200, "Die offizielle Antwort ist veröffentlicht"), "released by another person")
    page = web.get("/idee/1")[2]
    story.ok('class="post official"' in page and "Wir bauen Radwege." in page, "it stands there in its frame", page)
    story.has(page, '>Ministerium für Verkehr <span class="role">Offizielle Antwort</span>', "in the name of the ministry, not of nobody")
    story.equal(traces(gateway, 1)[0][-2:], traces(gateway, 2)[0][-2:], "the journal says what it says of one by mail")
    story.equal(set(traces(gateway, 2)[1]) - set(traces(gateway, 1)[1]), set(), "the same people get the same mails")
    status, _, page = web.post(path, urllib.parse.urlencode({**theirs, "answer": "reject", "reason": "Nein."}), Cookie=cookies["otto"])
    story.equal((status, h1(page), "Jemand anderes hat vor Ihnen entschieden" in page), (409, "Die offizielle Antwort ist veröffentlicht", True), "the second is told what the first did")
    story.equal(press(web, "/schreibtisch/idee/1", cookie=cookies["mona"], answer="note", text="Bitte bleiben Sie sachlich. " + EVIL, to="1")[0], 200, "a note of the moderation")
    page = web.get("/idee/1")[2]
    story.ok('class="post note"' in page and "Bitte bleiben Sie sachlich." in page and "<script" not in page, "is there at once, as one", page)
    press(web, "/schreibtisch/idee/1", cookie=cookies["olaf"], answer="answer", text="Noch etwas.")
    path = f"/schreibtisch/h/{waiting(gateway)[0]}"
    status, _, page = press(web, path, cookie=cookies["olaf"], answer="back")
    story.equal((status, h1(page), waiting(gateway)), (200, "Der Entwurf ist zurückgezogen", []), "its writer takes a draft back")
    two_persons(story, gateway, web, cookies)
    moved(story, gateway, sink, web, cookies)
    gateway.must("member", "remove", "verkehr", of("lea"))
    story.equal(web.get(path, Cookie=cookies["lea"])[0], 403, "who leads no more reads it no more")


def two_persons(story, gateway, web, cookies):
    """A step that two must decide waits like an answer."""
    page = web.get("/schreibtisch/idee/2", Cookie=cookies["olaf"])[2]
    story.has(page, '<option value="done">umgesetzt (braucht einen Grund) (braucht eine zweite Person)</option>', "the office is told what a step needs")
    status, _, page = press(web, "/schreibtisch/idee/2", cookie=cookies["olaf"], answer="state", state="done", reason="Gebaut & fertig.")
    story.equal((status, "Das wartet jetzt auf eine zweite Person" in page), (200, True), "it waits for a second person")
    path = f"/schreibtisch/h/{waiting(gateway)[0]}"
    story.equal(read(gateway, "SELECT state FROM idea WHERE id = 2"), [("published",)], "and until then nothing changes")
    story.has(web.get("/schreibtisch", Cookie=cookies["lea"])[2], "Neuer Stand für Idee 2, braucht eine zweite Person", "which finds it at the desk")
    page = web.get(path, Cookie=cookies["lea"])[2]
    story.ok("umgesetzt</span>" in page and "Gebaut &amp; fertig." in page and 'value="release"' in page, "with the reason", page)
    story.equal((press(web, path, cookie=cookies["olaf"], answer="release")[0], press(web, path, cookie=cookies["mona"], answer="release")[0]), (409, 403), "not by who asked, nor by the moderation")
    status, _, page = press(web, path, cookie=cookies["lea"], answer="release")
    story.equal((status, h1(page), read(gateway, "SELECT state FROM idea WHERE id = 2")), (200, "Der neue Stand gilt", [("done",)]), "released, it is done")


def moved(story, gateway, sink, web, cookies):
    """While a step waits its idea goes to another forum, whose people decide now."""
    count = len(sink.to(of("lea")))
    press(web, "/schreibtisch/idee/1", cookie=cookies["olaf"], answer="state", state="done", reason="Gebaut.")
    path, number = f"/schreibtisch/h/{waiting(gateway)[0]}", waiting(gateway)
    question = fp.wait_for(lambda: next((m for m in sink.to(of("lea"))[count:] if "FREI" in m.text), None))
    gateway.must("idea", "move", "1", "energie", "--reason", "Passt besser.")
    gateway.respond(question.message, of("lea"), "FREI", dmarc="pass")
    story.equal((read(gateway, "SELECT state FROM idea WHERE id = 1"), waiting(gateway)), ([("published",)], number),
                "who leads the forum that it left releases no step any more, by mail")
    story.equal([press(web, path, cookie=cookies[name], answer="release")[0] for name in ("lea", "otto")], [403, 403], "nor at the desk")
    story.has(web.get("/schreibtisch", Cookie=cookies["emil"])[2], path, "it waits at the desk of the other forum's office")
    press(web, path, cookie=cookies["emil"], answer="release")
    story.equal((waiting(gateway), read(gateway, "SELECT state FROM idea WHERE id = 1")), ([], [("published",)]),
                "and is no step, for who asked for it leads nothing there")


def main():
    with fp.Story("desk_official") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        token = shown_token(web)
        cookies = {name: log_in(gateway, sink, web, token, of(name)) for name in (*PEOPLE, "emil")}
        path = drafting(story, gateway, web, cookies)
        deciding(story, gateway, sink, web, cookies, path)
        releasing(story, gateway, sink, web, cookies)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a moderator may do to a held text beside releasing it, at the desk: ask its author, refuse it with a reason from the list, hand it to
another forum. The same functions as FRAGEN, ABLEHNEN and NACH by mail; whose forum it is not any more decides no more."""
import contextlib
import html
import re
import sqlite3

import fp
from deskpeer import log_in, press, shown_token
from webpeer import URL, Web, h1

MONA, EMIL, NADJA = "mona@example.net", "emil@example.net", "nadja@example.net"
EVIL = "Wo genau?\n</textarea><script>alert(1)</script>"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    for forum in ("kultur", "energie"):
        gateway.must("forum", "add", forum, "--title", forum.title(), "--moderation", "pre")
        gateway.must("member", "add", forum, NADJA, "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "kultur", MONA, "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "energie", EMIL, "--role", "lead", "--delivery", "none")
    gateway.start()
    for number, title in enumerate(("Proberäume", "Werbung", "Strom vom Dach"), 1):
        gateway.write(NADJA, f"kultur@{fp.DOMAIN}", title, f"{title} im ganzen Revier.", dmarc="pass")
        fp.wait_for(lambda n=number: len(holds(gateway)) == n)
    return gateway


def read(gateway, sql):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def holds(gateway):
    return [number for number, in read(gateway, "SELECT id FROM hold WHERE kind = 'review' AND state = 'open' ORDER BY id")]


def asking(story, gateway, sink, web, mona, path):
    story.equal([press(web, path, cookie=mona, answer="ask", question=q)[0] for q in ("", " \r\n", "x" * (fp.limit("LIMIT_REASON_CHARS") + 1))], [422] * 3, "a question says something")
    before = len(sink.to(NADJA))
    status, _, page = press(web, path, cookie=mona, answer="ask", question=EVIL)
    story.equal((status, "Ihre Frage ist unterwegs" in page, "<script" in page), (200, True, False), "a question is asked")
    question = fp.wait_for(lambda: next((m for m in sink.to(NADJA)[before:] if "Wo genau?" in m.text), None))
    story.ok(question, "its author gets it by mail")
    gateway.respond(question.message, NADJA, "In Herne & Bochum <b>.", dmarc="pass")
    fp.wait_for(lambda: len(read(gateway, "SELECT 1 FROM remark")) == 2)
    page = web.get(path, Cookie=mona)[2]
    story.ok("Wo genau?" in page and html.escape("In Herne & Bochum <b>.") in page and "<script" not in page, "question and answer stand beside the text", page)
    story.lacks(web.get("/")[2], "Herne", "and nothing of it is public")


def refusing(story, gateway, sink, web, mona, path):
    page = web.get(path, Cookie=mona)[2]
    codes = re.findall(r'<option value="(\w+)">', re.search(r'<select id="code".*?</select>', page, re.S).group(0))
    story.ok(len(codes) == 12 and "unentschieden" not in codes, "the list of reasons is there, without the one that is time's", str(codes))
    story.equal([press(web, path, cookie=mona, answer="reject", code=c, reason="")[0] for c in ("", "nicht_zustaendig")], [422, 422], "one that needs words of its own needs them")
    before = len(sink.to(NADJA))
    status, _, page = press(web, path, cookie=mona, answer="reject", code="werbung_partei", reason="Bitte ohne die Firma.")
    story.equal((status, h1(page)), (200, "Der Text erscheint nicht"), "refused with a reason of the list")
    story.ok(fp.wait_for(lambda: any("Bitte ohne die Firma." in m.text and "Werbung" in m.text for m in sink.to(NADJA)[before:])), "its author reads it in words")


def handing_on(story, gateway, web, mona, emil, path):
    story.equal([press(web, path, cookie=mona, answer="move", forum=f)[0] for f in ("", "nichts", "kultur")], [422, 422, 409], "only to another forum")
    status, _, page = press(web, path, cookie=mona, answer="move", forum="energie")
    story.equal((status, h1(page)), (200, "Der Text ist jetzt in einem anderen Forum"), "handed on")
    story.equal([web.get(path, Cookie=c)[0] for c in (mona, emil)], [403, 200], "there others decide")
    story.equal(press(web, path, cookie=mona, answer="release")[0], 403, "whatever form comes from here")
    story.equal((press(web, path, cookie=emil, answer="release")[0], "Strom vom Dach" in web.get("/forum/energie")[2]), (200, True), "and they do")
    kinds = [kind for kind, in read(gateway, "SELECT kind FROM event WHERE actor = 'page' AND kind LIKE 'hold.%' ORDER BY id")]
    story.equal(kinds, ["hold.asked-author", "hold.rejected", "hold.moved", "hold.released"], "the journal has it all")


def main():
    with fp.Story("desk_review") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        token = shown_token(web)
        mona, emil = (log_in(gateway, sink, web, token, person) for person in (MONA, EMIL))
        first, second, third = (f"/schreibtisch/h/{number}" for number in holds(gateway))
        asking(story, gateway, sink, web, mona, first)
        refusing(story, gateway, sink, web, mona, second)
        handing_on(story, gateway, web, mona, emil, third)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

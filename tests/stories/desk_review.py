#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a moderator may do to a held text beside releasing it, at the desk: ask its author, refuse it with a reason from the list, hand it to
another forum; and who had no part in refusing it decides about its author's complaint. The same functions as FRAGEN, ABLEHNEN, NACH, FREI and
BLEIBT by mail; whose forum it is not any more, or whose own text it is, decides nothing."""
import contextlib
import html
import re
import sqlite3
import urllib.parse

import fp
from deskpeer import TOKEN, log_in, press, shown_token
from webpeer import URL, Web, h1

MONA, EMIL, NADJA, OLAF = "mona@example.net", "emil@example.net", "nadja@example.net", "olaf@example.net"
EVIL = "Wo genau?\n</textarea><script>alert(1)</script>"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    for forum in ("kultur", "energie"):
        gateway.must("forum", "add", forum, "--title", forum.title(), "--moderation", "pre")
        gateway.must("member", "add", forum, NADJA, "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "kultur", MONA, "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "kultur", OLAF, "--role", "office", "--delivery", "none")
    gateway.must("member", "add", "energie", EMIL, "--role", "lead", "--delivery", "none")
    gateway.start()
    for number, title in enumerate(("Proberäume", "Werbung", "Strom vom Dach", "Kleine Bühnen"), 1):
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
    story.equal(len(codes), 12, "the list of reasons is there")
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


def complain(gateway, sink, text, n):
    """The author answers the last refusal."""
    refusal = [m for m in sink.to(NADJA) if "Bitte ohne die Firma." in m.text][-1]
    gateway.respond(refusal.message, NADJA, f"BESCHWERDE\n{text}", dmarc="pass")
    fp.wait_for(lambda: len(read(gateway, "SELECT 1 FROM remark WHERE kind = 'complaint'")) == n)


def complaining(story, gateway, sink, web, mona, olaf, emil, path):
    story.equal(web.get(path, Cookie=olaf)[0], 403, "an office does not read what was refused")
    complain(gateway, sink, "Da steht keine Firma. <script>alert(2)</script>", 1)
    page = web.get("/schreibtisch", Cookie=olaf)[2]
    story.ok(f'href="{path}"' in page and "Beschwerde über eine Ablehnung" in page, "a complaint waits for the office", page)
    story.lacks(web.get("/schreibtisch", Cookie=mona)[2], "Beschwerde", "not for who refused it")
    status, _, page = web.get(path, Cookie=mona)
    story.equal((status, "Dagegen liegt eine Beschwerde vor" in page, "<form method=\"post\" action=\"/schreibtisch/h" in page), (200, True, False), "who is told how it stands")
    page = web.get(path, Cookie=olaf)[2]
    story.ok("Werbung im ganzen Revier." in page and "Bitte ohne die Firma." in page and "Da steht keine Firma. &lt;script&gt;" in page and "<script" not in page,
             "text, reason and complaint are read together", page)
    form = {"answer": "release"}
    story.equal([press(web, path, cookie=c, **form)[0] for c in (mona, emil)], [409, 403], "others' forms do nothing")
    story.equal([press(web, path, cookie=olaf, answer="stands", text="x" * (fp.limit("LIMIT_REASON_CHARS") + 1))[0], press(web, path, cookie=olaf, answer="x")[0]], [422, 400], "nor wrong ones")
    before = len(sink.to(NADJA))
    status, _, page = press(web, path, cookie=olaf, answer="stands", text="Der Name steht im dritten Satz.")
    story.equal((status, h1(page)), (200, "Es bleibt bei der Ablehnung"), "it stands")
    story.ok(fp.wait_for(lambda: any("Der Name steht im dritten Satz." in m.text for m in sink.to(NADJA)[before:])), "its author hears why")
    story.equal((press(web, path, cookie=olaf, answer="release")[0], read(gateway, "SELECT count(*) FROM hold WHERE next = 'complaint'")), (409, [(0,)]), "and it is decided once")


def granting(story, gateway, sink, web, mona, olaf, path):
    press(web, path, cookie=mona, answer="reject", code="werbung_partei", reason="Bitte ohne die Firma.")
    fp.wait_for(lambda: len([m for m in sink.to(NADJA) if "Bitte ohne die Firma." in m.text]) == 2)
    complain(gateway, sink, "Da steht wirklich keine.", 2)
    status, _, page = press(web, path, cookie=olaf, answer="release")
    story.equal((status, h1(page), "Kleine Bühnen" in web.get("/forum/kultur")[2]), (200, "Der Text ist veröffentlicht", True), "the other one is granted: the text is published")
    kinds = [row for row in read(gateway, "SELECT kind, detail FROM event WHERE actor = 'page' AND kind LIKE 'complaint.%' ORDER BY id")]
    story.equal(kinds, [("complaint.decided", "result=stands"), ("complaint.decided", "result=published")], "the journal has both, as by mail")


def own(story, gateway, sink, web, token):
    """Who wrote it moderates there meanwhile."""
    gateway.write(NADJA, f"kultur@{fp.DOMAIN}", "Mein eigener", "Mein eigener Text im Revier.", dmarc="pass")
    path = f"/schreibtisch/h/{fp.wait_for(lambda: holds(gateway) or None)[-1]}"
    gateway.must("member", "add", "kultur", NADJA, "--role", "moderator", "--delivery", "none")
    nadja = log_in(gateway, sink, web, token, NADJA)
    story.has(web.get(path, Cookie=nadja)[2], "Der Text ist von Ihnen.", "a moderator's own text is for somebody else")
    token = re.search(TOKEN, web.get("/schreibtisch", Cookie=nadja)[2]).group(1)
    story.equal([web.post(path, urllib.parse.urlencode({"token": token, "answer": answer, "forum": "energie", "reason": "Nein, danke.", "question": "Was?"}), Cookie=nadja)[0]
                 for answer in ("release", "reject", "move", "ask")], [403] * 4, "whatever form comes")
    story.equal(read(gateway, f"SELECT state, forum_id FROM hold WHERE id = {path.rsplit('/', 1)[1]}"), [("open", 1)], "it waits")


def main():
    with fp.Story("desk_review") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        token = shown_token(web)
        mona, emil, olaf = (log_in(gateway, sink, web, token, person) for person in (MONA, EMIL, OLAF))
        first, second, third, fourth = (f"/schreibtisch/h/{number}" for number in holds(gateway))
        asking(story, gateway, sink, web, mona, first)
        refusing(story, gateway, sink, web, mona, second)
        handing_on(story, gateway, web, mona, emil, third)
        complaining(story, gateway, sink, web, mona, olaf, emil, second)
        granting(story, gateway, sink, web, mona, olaf, fourth)
        own(story, gateway, sink, web, token)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

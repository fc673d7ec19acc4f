#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ideas at the desk: who is staff of a forum finds its ideas and makes the steps that are their role's, as by mail: the same rows, the
same line in the journal. Whoever comes second is told what the first did; a form from elsewhere, of another forum's staff or of
nobody does nothing."""
import contextlib
import html
import re
import time
import urllib.parse

import fp
from deskpeer import EVIL, TOKEN, log_in, of, press, read, set_up, shown_token, write
from webpeer import Web, h1, settle, state


def traces(gateway, number):
    """What a step leaves: history, journal, mails; without what names the one that it was made to."""
    return (read(gateway, "SELECT from_state, to_state, by, reason FROM step WHERE idea_id = ? ORDER BY id", number)[1:],
            [row for row in read(gateway, "SELECT kind, detail FROM event WHERE idea_id = ? ORDER BY id", number) if not row[0].endswith(".published")],
            sorted(read(gateway, "SELECT purpose, person_id FROM notice WHERE idea_id = ? AND purpose = 'news'", number)))


def choices(page, name):
    inside = re.search(rf'<select id="{name}".*?</select>', page, re.S)
    return re.findall(r'<option value="(\w+)"', inside.group(0)) if inside else []


def finding(story, web, cookies, first):
    page = web.get("/schreibtisch/ideen", Cookie=cookies["mona"])[2]
    story.has(page, f'href="/schreibtisch/idee/{first}"', "staff finds the ideas of their forum")
    story.lacks(page, "Strom vom Dach", "and none of another forum")
    story.equal(web.get(f"/schreibtisch/ideen?nummer={first}", Cookie=cookies["mona"])[1].get("location"), f"/schreibtisch/idee/{first}", "or goes there by number")
    for typed in ("99", "x", "-1", "3", "%22%3E%3Cscript%3E"):
        status, _, page = web.get(f"/schreibtisch/ideen?nummer={typed}", Cookie=cookies["mona"])
        story.equal((status, "<script>" in page), (404, False), f"number {typed}: said, and what was typed stays text")
    story.equal([web.get("/schreibtisch", Cookie=cookies["olaf"])[0], web.get("/schreibtisch/ideen", Cookie=cookies["olaf"])[0]], [200, 200],
                "an office has a desk, too")


def by_role(story, web, cookies, number):
    offered = {name: choices(web.get(f"/schreibtisch/idee/{number}", Cookie=cookies[name])[2], "state") for name in ("mona", "lea", "olaf")}
    story.equal(offered, {"mona": ["assigned", "forwarded"], "lea": ["assigned", "forwarded", "in_deliberation", "not_pursued"],
                          "olaf": ["assigned", "forwarded", "in_deliberation", "proposal", "done", "not_pursued"]}, "each role is offered its own steps")
    page = web.get(f"/schreibtisch/idee/{number}", Cookie=cookies["olaf"])[2]
    story.ok('value="move"' in page and 'value="merge"' not in page, "an office moves, and does not merge")


def refusing(story, gateway, web, cookies, number):
    path = f"/schreibtisch/idee/{number}"
    settle(gateway)
    before = state(gateway)
    page = web.get(path, Cookie=cookies["mona"])[2]
    token, seen = re.search(TOKEN, page).group(1), re.search(r'name="seen" value="([\d-]+)"', page).group(1)
    form = {"token": token, "seen": seen, "answer": "state", "state": "assigned"}
    post = lambda cookie, **other: web.post(path, urllib.parse.urlencode({**form, **other}), **({"Cookie": cookie} if cookie else {}))
    story.equal((post(None)[0], post(None)[1].get("location")), (303, "/schreibtisch"), "without session nothing is done")
    story.equal(post(cookies["lea"])[0], 400, "nor with another session's token")
    story.equal([post(cookies["mona"], token=t)[0] for t in ("", "x", token[:-1] + ("0" if token[-1] != "0" else "1"))], [400] * 3, "nor without it")
    story.equal(post(cookies["mona"], answer="burn")[0], 400, "nor by a word that no button has")
    theirs = re.search(TOKEN, web.get("/schreibtisch", Cookie=cookies["emil"])[2]).group(1)
    story.equal((post(cookies["emil"], token=theirs)[0], web.get(path, Cookie=cookies["emil"])[0]), (403, 403), "another forum's lead does not decide here")
    for answer, more in (("move", {"forum": "energie"}), ("merge", {"number": "3"}), ("unmerge", {})):
        story.equal(post(cookies["emil"], token=theirs, answer=answer, **more)[0], 403, f"not by {answer} either")
    office = re.search(TOKEN, web.get("/schreibtisch", Cookie=cookies["olaf"])[2]).group(1)
    story.equal(post(cookies["olaf"], token=office, answer="merge", number="2")[0], 403, "an office does not merge, whatever form it sends")
    story.equal(post(cookies["mona"], state="not_pursued", reason="Weil.")[0], 409, "a step that is another role's")
    story.equal([post(cookies["mona"], state=s)[0] for s in ("", "x", "published", "removed", "merged")], [422, 422, 409, 409, 409], "a state that is none")
    status, _, page = post(cookies["mona"], state="forwarded", reason=" \r\n")
    story.equal((status, 'id="state-reason-e"' in page, 'value="forwarded" selected' in page), (422, True, True), "a reason is needed: said at the field")
    story.equal(post(cookies["mona"], state="forwarded", reason="x" * (fp.limit("LIMIT_REASON_CHARS") + 1))[0], 422, "and no endless one")
    story.equal([post(cookies["mona"], answer="merge", number=n)[0] for n in ("", "99", "x", str(number))], [422, 422, 422, 409], "no such idea to merge with")
    story.equal([post(cookies["mona"], answer="move", forum=f)[0] for f in ("", "nichts", "verkehr")], [422, 422, 409], "no such forum to move to")
    for bad in EVIL:
        page = post(cookies["mona"], answer="merge", number="99", reason=bad, forum=bad, state=bad)[2]
        written = html.escape(bad, quote=True).replace("&#x27;", "&#39;")
        story.ok(written in page and (written == bad or bad not in page), f"{bad!r} comes back as text", page)
    story.equal(state(gateway), before, "all that changed nothing")


def same_as_mail(story, gateway, sink, web, cookies, first, second):
    """STAND by mail on FIRST, by button on SECOND."""
    post = next(mail for mail in sink.to(of("lea")) if f"Re: " not in mail.message["Subject"] and "Radwege" in mail.message["Subject"])
    gateway.respond(post.message, of("lea"), "STAND nicht weiterverfolgt: Das ist schon gebaut.", dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT 1 FROM idea WHERE id = ? AND state = 'not_pursued'", first))
    status, _, page = press(web, f"/schreibtisch/idee/{second}", cookie=cookies["lea"], answer="state", state="not_pursued", reason="Das ist schon gebaut.")
    story.equal((status, "Getan</h2>" in page), (200, True), "a button makes the step")
    story.equal(traces(gateway, second), traces(gateway, first), "history, journal and mails are the ones of the mail command")
    story.has(web.get(f"/idee/{second}")[2], "Das ist schon gebaut.", "the public page tells it with its reason")
    status, _, page = press(web, f"/schreibtisch/idee/{second}", cookie=cookies["lea"], answer="state", state="in_deliberation", reason=EVIL[1])
    story.equal(status, 200, "and back, with a reason")
    for path in (f"/idee/{second}", f"/en/idee/{second}"):
        story.has(web.get(path)[2], html.escape(EVIL[1]), "which stays text wherever it stands")


def together(story, gateway, web, cookies, number):
    """Two of the staff look at one idea; the second presses a button that was true a moment ago."""
    path = f"/schreibtisch/idee/{number}"
    page = web.get(path, Cookie=cookies["lea"])[2]
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    story.equal(press(web, path, cookie=cookies["mona"], answer="state", state="assigned")[0], 200, "the first one assigns it")
    before = traces(gateway, number)
    body = urllib.parse.urlencode({**form, "answer": "state", "state": "not_pursued", "reason": "Nein."})
    status, _, page = web.post(path, body, Cookie=cookies["lea"])
    story.equal((status, traces(gateway, number)), (409, before), "the second one's form does nothing")
    story.has(page, "Inzwischen ist hier etwas anderes geschehen", "and says why")
    story.has(page, ">zugeordnet (jetzt)</b>", "shows what happened")
    story.has(page, "Nein.</textarea>", "and keeps what was written")


def moving(story, gateway, web, cookies, first, second):
    status, _, page = press(web, f"/schreibtisch/idee/{first}", cookie=cookies["mona"], answer="merge", number=str(second), reason="Dasselbe.")
    story.equal((status, "Wieder trennen" in page), (200, True), "merged, and can be separated")
    story.has(web.get(f"/idee/{first}")[2], f"Geht weiter mit <a href=\"/idee/{second}\">", "the public page says so")
    story.equal(press(web, f"/schreibtisch/idee/{first}", cookie=cookies["mona"], answer="unmerge")[0], 200, "separated again")
    story.equal(read(gateway, "SELECT state, merged_into FROM idea WHERE id = ?", first), [("assigned", None)], "it is what it was")
    status, _, page = press(web, f"/schreibtisch/idee/{first}", cookie=cookies["mona"], answer="move", forum="energie")
    story.equal((status, "<form method=\"post\" action=\"/schreibtisch/idee" in page), (200, False), "moved, and from now on others decide")
    story.equal([web.get(f"/schreibtisch/idee/{first}", Cookie=cookies[name])[0] for name in ("mona", "emil")], [403, 200], "the other forum's lead does")
    kinds = [kind for kind, in read(gateway, "SELECT kind FROM event WHERE actor = 'page' ORDER BY id") if kind.startswith("idea.")]
    story.equal(kinds[-3:], ["idea.merged", "idea.unmerged", "idea.moved"], "the journal has it all")
    story.equal({row for row in read(gateway, "SELECT person_id IS NOT NULL FROM event WHERE actor = 'page' AND kind LIKE 'idea.%'")}, {(1,)},
                "and by whom")


def removing(story, gateway, sink, web, cookies, number):
    """A contribution, then the idea, out of the world with a reason."""
    path = f"/schreibtisch/idee/{number}"
    gateway.write(of("nadja"), f"idee-{number}@{fp.DOMAIN}", "Re: etwas", "Kaufen Sie unsere Seilbahnen.", dmarc="pass")
    gateway.write(of("mona"), f"idee-{number}@{fp.DOMAIN}", "Re: etwas", "Von der Moderatorin selbst.", dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT count(*) FROM post WHERE idea_id = ?", number) == [(3,)])
    story.equal(press(web, path, cookie=cookies["olaf"], answer="answer", text="Das Amt sagt: nein.")[0], 200, "an office answers")
    hold = read(gateway, "SELECT max(id) FROM hold WHERE kind = 'second'")[0][0]
    press(web, f"/schreibtisch/h/{hold}", cookie=cookies["lea"], answer="release")
    offered = {name: 'value="remove"' in web.get(path, Cookie=cookies[name])[2] for name in ("mona", "lea", "olaf")}
    story.equal(offered, {"mona": True, "lea": False, "olaf": True}, "who moderates and the office may remove")
    numbers = dict((kind, n) for kind, n in read(gateway, "SELECT CASE WHEN text LIKE 'Kaufen%' THEN 'bad' WHEN text LIKE 'Von der%' THEN 'own' ELSE kind END, number FROM post WHERE idea_id = ?", number))
    remove = lambda name, **fields: press(web, path, cookie=cookies[name], answer="remove", **fields)
    before = read(gateway, "SELECT number, state FROM post WHERE idea_id = ?", number)
    story.equal([remove("mona", post="99", reason="Werbung.")[0], remove("mona", post="x", reason="Werbung.")[0], remove("mona", post=numbers["bad"], reason=" ")[0],
                 remove("mona", post=numbers["bad"], reason="x" * (fp.limit("LIMIT_REASON_CHARS") + 1))[0]], [422, 422, 422, 422], "only what is there, with a reason")
    story.equal([remove("lea", post=numbers["bad"], reason="Werbung.")[0], remove("mona", post=numbers["official"], reason="Falsch.")[0], remove("mona", post=numbers["own"], reason="Weg.")[0]],
                [409, 409, 409], "not by a lead; an office's answer not by a moderator; nobody's own")
    theirs = re.search(TOKEN, web.get("/schreibtisch", Cookie=cookies["emil"])[2]).group(1)
    story.equal(web.post(path, urllib.parse.urlencode({"token": theirs, "answer": "remove", "post": "", "reason": "Weg."}), Cookie=cookies["emil"])[0], 403, "nor by another forum's")
    story.equal(read(gateway, "SELECT number, state FROM post WHERE idea_id = ?", number), before, "all that removed nothing")
    seen = len(sink.to(of("nadja")))
    status, _, page = remove("mona", post=numbers["bad"], reason=EVIL[1])
    story.equal((status, "Der Text ist entfernt." in page), (200, True), "a contribution is removed")
    public = web.get(f"/idee/{number}")[2]
    story.ok(html.escape(EVIL[1]) in public and "Seilbahnen" not in public, "its place says why", public)
    story.ok(fp.wait_for(lambda: any("Wir haben Ihren Text entfernt" in m.text for m in sink.to(of("nadja"))[seen:])), "its author hears")
    story.equal(remove("olaf", post=numbers["bad"], reason="Noch einmal.")[0], 409, "once")
    story.equal(remove("olaf", post="", reason="Persönliche Angaben.")[0], 200, "the whole idea")
    story.equal([web.get(f"/idee/{number}{rest}")[0] for rest in ("", "/atom.xml", "/mbox")], [410] * 3, "is gone for everybody")
    story.lacks("".join(web.get(one)[2] for one in ("/", "/sitemap.xml", "/atom.xml", "/daten/ideen.csv", "/suche?q=Seilbahnen")), f"/idee/{number}<", "and in no list")
    story.equal(read(gateway, "SELECT kind, person_id = (SELECT person_id FROM address WHERE address = ?) FROM event WHERE actor = 'page' AND kind LIKE '%.removed' ORDER BY id", of("olaf")),
                [("post.removed", 0), ("idea.removed", 1)], "the journal says who")


def beside(story, gateway, sink, web, cookies):
    """A held text: similar ideas beside it, the way to the one before and the one behind."""
    gateway.must("forum", "set", "verkehr", "--moderation", "pre")
    for n, title in enumerate(("Mehr Radwege an Schulen", "Zweitens", "Drittens")):
        gateway.write(of("nadja"), f"verkehr@{fp.DOMAIN}", title, f"Sichere Radwege zu allen Schulen im Revier fehlen. {n * 'Solarzellen nicht. '}Nummer {n}.", dmarc="pass")
        fp.wait_for(lambda: read(gateway, "SELECT count(*) FROM hold WHERE kind = 'review' AND state = 'open'")[0][0] == n + 1)
    paths = re.findall(r'href="(/schreibtisch/h/\d+)"', web.get("/schreibtisch", Cookie=cookies["mona"])[2])
    pages = [web.get(path, Cookie=cookies["mona"])[2] for path in paths]
    story.has(pages[0], "Idee 1: Sichere Radwege", "a similar idea stands beside it")
    story.lacks(pages[1], "Strom vom Dach", "and not one that has a single word of it")
    links = [re.findall(r'rel="(prev|next)" href="([^"]+)"', page) for page in pages]
    story.equal(links, [[("next", paths[1])], [("prev", paths[0]), ("next", paths[2])], [("prev", paths[1])]], "one goes from text to text")
    story.has(pages[1], "· 2 von 3", "and knows where one is")
    story.equal([web.get(path, Cookie=cookies["olaf"])[0] for path in paths], [403] * 3, "an office reads no held text")
    story.has(h1(web.get("/schreibtisch", Cookie=cookies["olaf"])[2]), "0 Texte", "nor is told of it")
    body = press(web, paths[0], cookie=cookies["mona"], answer="release")[2]
    story.has(body, f'<a class="button" href="{paths[1]}">', "after a decision the next text is one step away")


def main():
    with fp.Story("desk_ideas") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        first = write(gateway, "verkehr", "Sichere Radwege", "Radwege zu allen Schulen im Revier.")
        second = write(gateway, "verkehr", "Breite Gehwege", "Gehwege sind zu schmal.")
        third = write(gateway, "energie", "Strom vom Dach", "Solarzellen auf jedes Dach.")
        fp.wait_for(lambda: len(sink.to(of("lea"))) >= 2)
        token = shown_token(web)
        cookies = {name: log_in(gateway, sink, web, token, of(name)) for name in ("mona", "lea", "olaf", "emil")}
        settle(gateway)
        count = len(sink.to(of("rudi")))
        story.equal((web.post("/schreibtisch", urllib.parse.urlencode({"token": token, "website": "", "address": of("rudi")}))[0],
                     time.sleep(0.3), len(sink.to(of("rudi")))), (200, None, count), "a reader gets no link")
        finding(story, web, cookies, first)
        by_role(story, web, cookies, first)
        refusing(story, gateway, web, cookies, first)
        same_as_mail(story, gateway, sink, web, cookies, first, second)
        fourth = write(gateway, "verkehr", "Bänke im Park", "Mehr Bänke.")
        together(story, gateway, web, cookies, fourth)
        moving(story, gateway, web, cookies, fourth, second)
        removing(story, gateway, sink, web, cookies, write(gateway, "verkehr", "Eine Seilbahn", "Über die Ruhr."))
        beside(story, gateway, sink, web, cookies)
        story.equal(third, 3, "numbers as they came")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proposals at the desk: who leads a forum makes one of ideas, changes it, makes it public, and with a second person leads it on, as by
mail: the same rows, the same lines in the journal. A draft is known to nobody else; forms from elsewhere do nothing."""
import contextlib
import html
import re
import urllib.parse

import fp
from deskpeer import EVIL, TOKEN, log_in, of, press, read, set_up, shown_token, write
from webpeer import Web, settle, state


def making(story, gateway, web, cookies):
    path = "/schreibtisch/idee/1"
    page = web.get(path, Cookie=cookies["lea"])[2]
    story.has(page, 'name="numbers" required aria-describedby="numbers-h" value="1"', "the page of an idea offers to make a proposal of it")
    story.lacks(web.get(path, Cookie=cookies["mona"])[2], 'value="propose"', "not to a moderator")
    settle(gateway)
    before = state(gateway)
    make = lambda **more: press(web, path, cookie=cookies["lea"], answer="propose", **more)
    story.equal(make(title=" ", numbers="1")[0], 422, "without a title there is none")
    story.equal(make(title="x" * (fp.limit("LIMIT_TITLE_CHARS") + 1), numbers="1")[0], 422, "nor with an endless one")
    story.equal(make(title="Radwege", text="x" * (fp.limit("LIMIT_OFFICIAL_CHARS") + 1), numbers="1")[0], 422, "nor with an endless text")
    for numbers in ("", "99", "x", "1, 5", "-"):
        status, _, page = make(title="Radwege", text="Wir schlagen vor.", numbers=numbers)
        story.equal((status, "Wir schlagen vor.</textarea>" in page, 'value="Radwege"' in page), (422, True, True), f"{numbers!r} are no ideas for it: said, and nothing is lost")
    story.equal({re.sub(r"<input[^>]*>|<time.*?</time>", "", make(title="Radwege", numbers=n)[2]) for n in ("5", "99")}.__len__(), 1,
                "an inner idea of another forum and none at all are answered alike")
    story.equal(press(web, path, cookie=cookies["mona"], answer="propose", title="Radwege", numbers="1")[0], 403, "a moderator's form does nothing")
    theirs = re.search(TOKEN, web.get("/schreibtisch", Cookie=cookies["emil"])[2]).group(1)
    form = urllib.parse.urlencode({"token": theirs, "answer": "propose", "title": "Radwege", "numbers": "1"})
    story.equal(web.post(path, form, Cookie=cookies["lea"])[0], 400, "nor one with somebody else's token")
    story.equal(web.post(path, form)[0], 303, "nor one without session")
    story.equal(state(gateway), before, "all that changed nothing")
    many = ", ".join(str(n) for n in range(1000, 1000 + fp.limit("LIMIT_DESK_IDEAS")))
    story.equal(make(title="Radwege", numbers=many + ", 1")[0], 422, "of endless numbers the first ones are looked at")
    status, headers, _ = make(title="Radwege & Schulen", text=f"Wir schlagen vor:\n\n{EVIL[0]}", numbers="1 und 2")
    story.equal((status, headers.get("location")), (303, "/schreibtisch/vorschlag/1"), "made of two ideas")


def drafting(story, gateway, sink, web, cookies):
    path = "/schreibtisch/vorschlag/1"
    page = web.get(path, Cookie=cookies["lea"])[2]
    story.ok("Entwurf, nur für Mitglieder" in page and html.escape(EVIL[0]) in page and EVIL[0] not in page, "the draft says that it is one, and its text stays text")
    story.has(web.get("/schreibtisch/vorschlaege", Cookie=cookies["olaf"])[2], f'href="{path}">Radwege &amp; Schulen', "who is staff there finds it")
    story.equal([web.get(path, Cookie=cookies[name])[0] for name in ("olaf", "emil")] + [web.get(path)[0]], [200, 404, 303], "nobody else does")
    story.lacks(web.get("/schreibtisch/vorschlaege", Cookie=cookies["emil"])[2], "Radwege", "nor in a list")
    public = [web.get(one) for one in ("/vorschlag/1", "/", "/sitemap.xml", "/atom.xml", "/daten/ideen.csv", "/suche?q=Schulen", "/idee/1", "/auswertung")]
    story.equal((public[0][0], [page for _, _, page in public if "Radwege &amp; Schulen" in page or "Radwege & Schulen" in page]), (404, []), "the world knows nothing of it")
    discussion = read(gateway, "SELECT idea_id FROM proposal WHERE id = 1")[0][0]
    story.equal([web.get(f"/schreibtisch/idee/{discussion}", Cookie=cookies[name])[0] for name in ("lea", "emil")], [303, 404], "its discussion's number leads there, or nowhere")
    change = lambda answer, **more: press(web, path, cookie=cookies["lea"], answer=answer, **more)
    story.equal([change("plus", number=n)[0] for n in ("4", "99", "x", "1", "5")], [200, 422, 422, 422, 422], "an idea is taken in, once")
    story.equal([change("minus", number=n, reason="Passt nicht.")[0] for n in ("2", "2", "4", "1")], [200, 422, 200, 409], "taken out, and the last one stays")
    story.equal([change("title", title=t)[0] for t in ("", EVIL[1])], [422, 200], "another title")
    story.equal([change("field", field=f)[0] for f in ("mobil", "nichts", "")], [200, 422, 422], "a field of action")
    page = change("title", title="Sichere Wege")[2]
    story.ok(html.escape(EVIL[1]) not in page and "Dient: Mobil &amp; sicher" in page, "both are shown")
    story.equal(press(web, path, cookie=cookies["mona"], answer="title", title="Meiner")[0], 403, "a moderator changes nothing")
    story.equal([row[0] for row in read(gateway, "SELECT kind FROM event WHERE actor = 'page' AND kind LIKE 'proposal.%' ORDER BY id")],
                ["proposal.added"] + ["proposal.changed"] * 6, "the journal has each of them")


def leading(story, gateway, sink, web, cookies):
    path = "/schreibtisch/vorschlag/1"
    page = web.get(path, Cookie=cookies["lea"])[2]
    story.equal(re.findall(r'<option value="(\w+)"', re.search(r'<select id="state".*?</select>', page, re.S).group(0)), ["proposal", "not_pursued"], "a lead makes it public, or drops it")
    old = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    status, _, page = press(web, path, cookie=cookies["lea"], answer="state", state="proposal")
    shown = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    story.ok(status == 200 and "So wird der Vorschlag öffentlich" in page and "<strong>Sichere Wege</strong>" in page and page.count("Wir schlagen vor:") == 2, "what becomes public is shown first")
    story.equal((web.get("/vorschlag/1")[0], read(gateway, "SELECT state FROM idea WHERE id = 1")), (404, [("published",)]), "and is not public yet")
    gateway.must("proposal", "set", "1", "--title", "Sichere Wege, überall")
    yes = lambda: web.post(path, urllib.parse.urlencode({**shown, "answer": "state"}), Cookie=cookies["lea"])
    page = yes()[2]
    story.ok("<strong>Sichere Wege, überall</strong>" in page and web.get("/vorschlag/1")[0] == 404, "a yes to what is another text meanwhile shows that one")
    gateway.must("proposal", "set", "1", "--title", "Sichere Wege")
    status, _, page = yes()
    story.equal((status, "Öffentliche Seite des Vorschlags" in page, web.get("/vorschlag/1")[0]), (200, True, 200), "public")
    story.equal(read(gateway, "SELECT state FROM idea WHERE id = 1"), [("proposal",)], "its idea goes with it")
    story.equal(web.post(path, urllib.parse.urlencode({**old, "answer": "state", "state": "not_pursued", "reason": "Nein."}), Cookie=cookies["lea"])[0], 409,
                "a form from before does nothing")
    status, _, page = press(web, path, cookie=cookies["olaf"], answer="state", state="adopted", reason="Der Rat hat es beschlossen.")
    story.equal((status, "wartet jetzt auf eine zweite Person" in page), (200, True), "what two decide waits")
    waiting = web.get("/schreibtisch", Cookie=cookies["lea"])[2]
    story.has(waiting, "Neuer Stand für Vorschlag 1, braucht eine zweite Person", "and is named")
    hold = re.search(r'href="(/schreibtisch/h/\d+)"', waiting).group(1)
    story.has(web.get(hold, Cookie=cookies["lea"])[2], 'href="/schreibtisch/vorschlag/1">Vorschlag 1: Sichere Wege', "its page leads to the proposal")
    story.equal(press(web, hold, cookie=cookies["lea"], answer="release")[0], 200, "another person releases it")
    story.has(web.get("/vorschlag/1")[2], "Der Rat hat es beschlossen.", "the public page says so")
    story.equal(press(web, path, cookie=cookies["olaf"], answer="answer", text="Das Amt beginnt im Mai.")[0], 200, "an office drafts an answer to a proposal")
    story.equal(press(web, path, cookie=cookies["mona"], answer="note", text="Bitte beim Thema bleiben.")[0], 200, "a moderator notes something")
    story.has(web.get("/vorschlag/1")[2], "Bitte beim Thema bleiben.", "which is public at once")


def as_by_mail(story, gateway, sink, web, cookies):
    """VORSCHLAG AUS by mail, and by button: the same rows."""
    post = next(mail for mail in sink.to(of("lea")) if "Nummer 3" in mail.text)
    seen = len(sink.to(of("lea")))
    gateway.respond(post.message, of("lea"), "VORSCHLAG AUS 4: Bänke überall\nÜberall soll es Bänke geben.", dmarc="pass")
    question = fp.wait_for(lambda: next((m for m in sink.to(of("lea"))[seen:] if "Bänke überall" in m.text), None))
    gateway.respond(question.message, of("lea"), "JA", dmarc="pass")
    fp.wait_for(lambda: read(gateway, "SELECT 1 FROM proposal WHERE id = 2"))
    press(web, "/schreibtisch/idee/2", cookie=cookies["lea"], answer="propose", title="Bänke überall", text="Überall soll es Bänke geben.", numbers="2")
    rows = lambda n: (read(gateway, "SELECT i.forum_id, i.author_id, i.title, i.state, i.ring, p.kind, p.state, p.text, p.person_id FROM proposal r JOIN idea i ON i.id = r.idea_id "
                                    "JOIN post p ON p.idea_id = i.id WHERE r.id = ?", n),
                      read(gateway, "SELECT e.kind, replace(replace(e.detail, 'proposal=' || r.id, ''), 'ideas=' || x.idea_id, 'ideas=its own') FROM proposal r "
                                    "JOIN proposal_idea x ON x.proposal_id = r.id JOIN event e ON e.idea_id = r.idea_id WHERE r.id = ? ORDER BY e.id", n))
    story.equal(rows(3), rows(2), "a button makes what the mail makes")


def main():
    with fp.Story("desk_proposals") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        gateway.must("field", "add", "mobil", "--title", "Mobil & sicher")
        write(gateway, "verkehr", "Sichere Radwege", "Nummer 1 zu allen Schulen im Revier.")
        write(gateway, "verkehr", "Breite Gehwege", "Nummer 2: Gehwege sind zu schmal.")
        write(gateway, "energie", "Strom vom Dach", "Nummer 0: Solarzellen auf jedes Dach.")
        write(gateway, "verkehr", "Bänke im Park", "Nummer 3: Mehr Bänke.")
        gateway.inner_idea(sink, of("nadja"), "energie", "Innerer Strom", "Was nur die Mitglieder wissen.")
        fp.wait_for(lambda: len(sink.to(of("lea"))) >= 3)
        token = shown_token(web)
        cookies = {name: log_in(gateway, sink, web, token, of(name)) for name in ("mona", "lea", "olaf", "emil")}
        making(story, gateway, web, cookies)
        drafting(story, gateway, sink, web, cookies)
        leading(story, gateway, sink, web, cookies)
        as_by_mail(story, gateway, sink, web, cookies)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

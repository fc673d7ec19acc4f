# SPDX-License-Identifier: GPL-3.0-or-later
"""The last chapter of play.py: what becomes of an idea. Citizens' ideas are discussed and supported, two that want the same are merged, the
ministry answers one and extends the phase, the forum makes a proposal of two, two persons decide what binds, and who had the idea hears what became of it. All by mail, once the
roles are given."""
import contextlib
import datetime
import json
import sqlite3

import fp

LEAD, EXPERT, OFFICE, SECOND = "p09", "p11", "s03", "s04"
ANSWER = "Ein einheitlicher Tarif ist möglich, wenn die Verkehrsverbünde gemeinsam rechnen. Das Forum macht daraus einen Vorschlag."
PROPOSAL = "Ein Tarif Ruhr, auch nachts"


def proposal(demo):
    return json.loads(demo.gateway.must("proposal", "show", "1", "--json"))


def newest(demo):
    """The number of the idea that came last."""
    return max(idea["number"] for idea in demo.gateway.rows("idea", "list"))


def news_go_out(demo):
    """What happens to ideas within ten minutes is told in one mail, and then nothing for an hour; the story does not wait for them."""
    print("    (an hour is skipped)")
    demo.gateway.stop()
    with contextlib.closing(sqlite3.connect(demo.gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET due_at = unixepoch() - 1 WHERE state = 'due' AND purpose = 'news'")
        db.execute("UPDATE notice SET sent_at = sent_at - 3600 WHERE purpose IN ('news', 'news-many')")
    demo.gateway.start()
    demo.gateway.settle()
    demo.outbox.show_new()


def ideas_are_discussed(demo):
    demo.say("13. Who decides in this forum: somebody leads it, and two persons of ministries are its office")
    for words in (("set", LEAD, "--role", "lead"), ("set", OFFICE, "--delivery", "each"),
                  ("add", SECOND, "--role", "office", "--delivery", "none")):
        command = ("member", words[0], "mobilitaet", demo.people[words[1]]["address"], *words[2:])
        print(f"    forumpost {' '.join(command)}")
        demo.gateway.must(*command)
    demo.say("14. Two more citizens have ideas; an expert answers one of them, from the mail that he got")
    night, fare, ticket = demo.idea(4), demo.idea(9), demo.idea(1)
    demo.write("p07", night["forum"], night["title"], night["text"], dmarc="pass", expected=["p07", EXPERT, LEAD, OFFICE])
    demo.night = newest(demo)
    demo.respond(EXPERT, night["replies"][1]["text"], notice=demo.told(EXPERT, night["title"]), dmarc="pass", expected=["p07"])
    demo.write("p02", fare["forum"], fare["title"], fare["text"], dmarc="pass", expected=["p02", OFFICE])
    demo.fare = newest(demo)
    demo.say("15. A newcomer agrees with the first idea, in English, and supports it with two signs")
    demo.write("p05", "idee-1", "One ticket", ticket["replies"][1]["text"], expected=["p05"])
    demo.respond("p05", "YES", expected=["p05", "p01", OFFICE])
    demo.respond("p05", "+1", dmarc="pass", expected=["p05"])


def two_become_one(demo):
    demo.say("16. Two ideas want the same: who leads the forum merges one into the other, after a question; its author stays named, and hears of it")
    demo.respond(LEAD, "ZUSAMMENFÜHREN MIT 1", notice=demo.told(LEAD, demo.idea(9)["title"]), dmarc="pass", expected=[LEAD])
    demo.respond(LEAD, "JA", notice=demo.told(LEAD, "Sollen wir das tun?"), dmarc="pass", expected=[LEAD])
    merged = json.loads(demo.gateway.must("idea", "show", str(demo.fare), "--json"))
    demo.expect((merged["state"], merged["merged_into"]) == ("merged", 1), "the second idea goes on with the first")


def phase_is_extended(demo):
    phase = next(p for p in demo.gateway.rows("phase", "list") if p["name"] == "zuhoeren")
    until = datetime.date.fromisoformat(phase["to"]) + datetime.timedelta(days=10)
    demo.say("18. The first phase shall be longer: the ministry says so by mail, and is asked once")
    demo.write(OFFICE, "hilfe", "", f"PHASE zuhoeren bis {until.day}.{until.month}.{until.year}", dmarc="pass", expected=[OFFICE])
    demo.respond(OFFICE, "JA", notice=demo.told(OFFICE, "Sollen wir das tun?"), dmarc="pass", expected=[OFFICE])
    now = next(p for p in demo.gateway.rows("phase", "list") if p["name"] == "zuhoeren")
    demo.expect(now["to"] == until.isoformat(), "the phase ends ten days later")


def office_answers(demo):
    demo.say("17. The ministry answers the idea: its text waits until a second person says FREI")
    post = demo.told(OFFICE, "fare zones")
    demo.respond(OFFICE, f"ANTWORT: {ANSWER}", notice=post, dmarc="pass", expected=[SECOND])
    demo.respond(SECOND, "FREI", dmarc="pass", expected=["p01"])
    demo.told("p01", "Offizielle Antwort zu", ANSWER[:30])


def proposal_is_made(demo):
    demo.say("19. Who leads the forum makes a proposal of two ideas, at first for its members alone, then for everybody")
    text = "Ein Tarif für Bus und Bahn im ganzen Ruhrgebiet, mit Rufbus in der Nacht."
    demo.respond(LEAD, f"VORSCHLAG 1, {demo.night}: {PROPOSAL}\n\n{text}",
                 notice=demo.told(LEAD, "fare zones"), dmarc="pass", expected=[LEAD])
    demo.respond(LEAD, "JA", notice=demo.last(LEAD), dmarc="pass", expected=[LEAD, EXPERT])
    demo.expect(proposal(demo)["ideas"] == [1, demo.night], "the proposal has its two ideas")
    demo.respond(LEAD, "STAND VORGESCHLAGEN", notice=demo.told(LEAD, f"Vorschlag 1: {PROPOSAL}"), dmarc="pass", expected=[LEAD])
    demo.respond(LEAD, "JA", notice=demo.told(LEAD, "So wird der Vorschlag öffentlich"), dmarc="pass", expected=[LEAD])
    demo.expect(proposal(demo)["state"] == "proposed", "the proposal is public")
    news_go_out(demo)
    for citizen in ("p01", "p02", "p07"):
        demo.told(citizen, f"vorschlag-1@{fp.DOMAIN}")


def two_decide(demo):
    demo.say("20. A citizen asks; the ministry adopts the proposal, begins and is done. What binds it needs the second person's FREI")
    demo.write("p01", "vorschlag-1", PROPOSAL, "Das freut mich. Ab wann gilt der Tarif?", dmarc="pass", expected=["p01", OFFICE])
    post = demo.told(OFFICE, "Ab wann gilt der Tarif?")
    for word, state, by_two in (("BESCHLOSSEN", "adopted", True), ("IN UMSETZUNG", "in_progress", False),
                                ("UMGESETZT: Der Tarif gilt, und der Rufbus fährt.", "done", True)):
        demo.respond(OFFICE, f"STAND {word}", notice=post, dmarc="pass", expected=[SECOND] if by_two else [OFFICE])
        if by_two:
            demo.expect(proposal(demo)["state"] != state, "nothing is decided by one alone")
            demo.respond(SECOND, "FREI", dmarc="pass", expected=[OFFICE])
        demo.expect(proposal(demo)["state"] == state, f"the proposal is {state}")


def citizen_hears(demo):
    demo.say("21. And who wrote the first mail of this story hears what became of it")
    news_go_out(demo)
    heard = demo.told("p01", demo.idea(1)["title"], "Der Tarif gilt, und der Rufbus fährt.")
    print(f"    {heard['Subject']}")
    demo.quote(heard, 16)
    states = {idea["number"]: idea["state"] for idea in demo.gateway.rows("idea", "list")}
    demo.expect([states[number] for number in (1, demo.night, demo.fare)] == ["done", "done", "merged"], "what a proposal was made of is done with it")


ACTS = (ideas_are_discussed, two_become_one, office_answers, phase_is_extended, proposal_is_made, two_decide, citizen_hears)

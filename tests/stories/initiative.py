#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An initiative lived by mail alone, from the first idea to a proposal that is done: a citizen writes and says JA, others answer and
support, a member reads the day in one mail and answers that, the office answers with two persons, who leads the forum makes a proposal of three ideas, its
members discuss the draft, two persons decide it, it is built, and everybody whose idea it was made of hears each step."""
import contextlib
import json
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika.beispiel@example.org>"
MAX = "Max Muster <max.muster@example.net>"
AYSE = "Ayşe Örnek <ayse.ornek@example.com>"
JAN = "Jan Przykład <jan.przyklad@example.org>"
INGRID = "Dr. Ingrid Vorlage <ingrid.vorlage@example.net>"
LEAD = "Leitung Neue Mobilität <leitung@vm.example.org>"
OFFICE = "Fachreferat Verkehr <fachreferat@vm.example.org>"
OFFICE2 = "Zweite Person <zweite@vm.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
PROPOSAL = f"vorschlag-1@{fp.DOMAIN}"
TOGETHER_S = fp.limit("LIMIT_NEWS_TOGETHER_S")


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "Ministerium für Verkehr", "--moderation", "none")
    for person, role, delivery in ((LEAD, "lead", "each"), (OFFICE, "office", "each"), (OFFICE2, "office", "none"), (INGRID, "member", "each")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", role, "--delivery", delivery)
    gateway.start()
    return gateway


def idea(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def proposal(gateway):
    return json.loads(gateway.must("proposal", "show", "1", "--json"))


def told(sink, person, words, seconds=3):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject], seconds)
    return found[-1] if found else None


def news_go_out(gateway):
    """What is told together is told."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET sent_at = sent_at - 3600 WHERE purpose IN ('news', 'news-many')")
        db.execute("UPDATE notice SET due_at = unixepoch() - 1 WHERE state = 'due' AND purpose = 'news'")
    gateway.start()


def three_ideas_come(story, gateway, sink):
    ideas = ((ERIKA, "Ein Ticket für das ganze Ruhrgebiet", "Ein einziges, einfaches Ticket für das ganze Ruhrgebiet, bitte.", "JA\nNAME: Erika Beispiel"),
             (AYSE, "Bilet otomatı Türkçe de olsun", "Otomat Türkçe de konuşsun.", "Evet"),
             (JAN, "Jeden bilet także dla rowerów", "Bilet powinien obejmować także rower.", "TAK"))
    for number, (person, title, text, yes) in enumerate(ideas, 1):
        gateway.write(person, FORUM, title, text)
        question = sink.wait(bare(person))
        story.ok(question is not None and text in question.text, f"{bare(person)} writes and is asked with exactly the text that will be public")
        gateway.respond(question.message, person, yes)
        story.ok(fp.wait_for(lambda: [i for i in gateway.rows("idea", "list") if i["number"] == number]), "and says yes")
    story.equal([i["state"] for i in gateway.rows("idea", "list")], ["published"] * 3, "three ideas in three languages are public")


def they_are_discussed(story, gateway, sink):
    gateway.write(MAX, f"idee-1@{fp.DOMAIN}", "Re: Ein Ticket", "Gilt das Ticket auch im Nachtbus?")
    question = sink.wait(bare(MAX))
    gateway.respond(question.message, MAX, "JA")
    answered = told(sink, ERIKA, "auch im Nachtbus")
    story.ok(answered is not None, "a stranger's answer is confirmed, too, and the author reads it")
    gateway.respond(answered.message, ERIKA, "Ja, rund um die Uhr.", dmarc="pass")
    receipt = told(sink, MAX, "rund um die Uhr")
    story.ok(receipt is not None, "her answer reaches who asked")
    gateway.respond(receipt.message, MAX, "+1", dmarc="pass")
    story.equal(fp.wait_for(lambda: idea(gateway, 1)["supporters"]), 1, "who then supports the idea, with two signs")
    post = told(sink, INGRID, "rund um die Uhr")
    gateway.respond(post.message, INGRID, "Das Geld dafür ist da.", dmarc="pass")
    story.equal([p["text"] for p in fp.wait_for(lambda: idea(gateway, 1)["posts"][3:])], ["Das Geld dafür ist da."], "a member answers from her mailbox")


def the_lead_takes_them_on(story, gateway, sink):
    for words in ("einfaches Ticket", "Otomat", "obejmować także rower"):
        gateway.respond(told(sink, LEAD, words).message, LEAD, "STAND IN BERATUNG", dmarc="pass")
    story.equal(fp.wait_for(lambda: [i["state"] for i in gateway.rows("idea", "list")] == ["in_deliberation"] * 3), True, "the forum deliberates on all three")


def the_office_answers(story, gateway, sink):
    gateway.respond(told(sink, OFFICE, "einfaches Ticket").message, OFFICE, "ANTWORT: Wir wollen einen Tarif für alle.\n\nEr gilt ab 2028.", dmarc="pass")
    asked = told(sink, OFFICE2, "Eine offizielle Antwort wartet")
    gateway.respond(asked.message, OFFICE2, "FREI", dmarc="pass")
    for person in (ERIKA, MAX, INGRID):
        mail = told(sink, person, "Offizielle Antwort zu")
        story.ok(mail is not None and "Ministerium für Verkehr" in mail.text, f"{bare(person)} reads the office's answer, which two persons gave")


def a_draft_is_discussed_inside(story, gateway, sink):
    post = told(sink, LEAD, "einfaches Ticket")
    gateway.respond(post.message, LEAD, "VORSCHLAG 1, 2: Ein Tarif Ruhr\n\nEin Tarif für Bus und Bahn, mit Automaten in vier Sprachen.", dmarc="pass")
    gateway.respond(told(sink, LEAD, "Sollen wir das tun?").message, LEAD, "JA", dmarc="pass")
    made = told(sink, LEAD, "Vorschlag 1: Ein Tarif Ruhr")
    story.ok(made is not None and "Entwurf" in made.text, "who leads the forum makes a proposal of two ideas, which is a draft")
    story.equal((proposal(gateway)["state"], proposal(gateway)["ideas"]), ("draft", [1, 2]), "with a number of its own")
    inner = told(sink, INGRID, "Automaten in vier Sprachen")
    story.ok(inner is not None, "members read it")
    gateway.respond(inner.message, INGRID, "Und die Fahrräder?", dmarc="pass")
    story.ok(told(sink, LEAD, "Und die Fahrräder?") is not None, "and discuss it among themselves")
    gateway.respond(made.message, LEAD, "PLUS 3", dmarc="pass")
    story.equal(fp.wait_for(lambda: proposal(gateway)["ideas"] == [1, 2, 3]), True, "so a third idea becomes part of it")
    story.equal(gateway.write(MAX, PROPOSAL, "x", "Was ist das?")[0], 550, "nobody else knows of it")
    story.equal([idea(gateway, n)["state"] for n in (1, 2, 3)], ["in_deliberation"] * 3, "nor do the ideas show it")
    return made


def it_becomes_public(story, gateway, sink, made):
    gateway.respond(made.message, LEAD, "STAND VORGESCHLAGEN", dmarc="pass")
    asked = told(sink, LEAD, "So wird der Vorschlag öffentlich")
    words = " ".join(asked.text.replace("> ", "").split()) if asked else ""
    story.ok("Ein Tarif für Bus und Bahn, mit Automaten in vier Sprachen." in words and proposal(gateway)["state"] == "draft",
             "whoever proposes a draft reads first how it will stand", asked and asked.text)
    title = proposal(gateway)["title"]
    gateway.must("proposal", "set", "1", "--title", "Ein Tarif für alle")
    gateway.respond(asked.message, LEAD, "JA", dmarc="pass")
    asked = told(sink, LEAD, "Der Text hat sich geändert")
    words = " ".join(asked.text.split()) if asked else ""
    story.ok("Ein Tarif für alle" in words and "So wird der Vorschlag öffentlich" in words and proposal(gateway)["state"] == "draft",
             "a yes to what is another text meanwhile is none: they read that one first", words)
    gateway.must("proposal", "set", "1", "--title", title)
    gateway.must("proposal", "set", "1", "--title", "Ein Tarif für alle")
    gateway.respond(asked.message, LEAD, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: proposal(gateway)["state"] == "proposed"), True, "the draft becomes public")
    gateway.must("proposal", "set", "1", "--title", title)
    public = proposal(gateway)["idea"]
    story.lacks(json.dumps(idea(gateway, public), ensure_ascii=False), "Und die Fahrräder?", "without what the members said")
    news_go_out(gateway)
    for person in (ERIKA, AYSE, JAN, MAX):
        mail = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if PROPOSAL in m.text])
        story.ok(mail, f"{bare(person)} hears that it is part of proposal 1")
    gateway.write(MAX, PROPOSAL, "Ein Tarif Ruhr", "Endlich! Wann?", dmarc="pass")
    mail = told(sink, OFFICE, "Endlich! Wann?")
    story.ok(str(mail.subject).endswith("[vorschlag-1]"), "its mails bear its own number", mail.subject)
    story.equal([p["text"] for p in fp.wait_for(lambda: idea(gateway, public)["posts"][1:])], ["Endlich! Wann?"], "its address takes contributions")
    before = proposal(gateway)["supporters"]
    gateway.write(AYSE, PROPOSAL, "Re: Ein Tarif Ruhr", "destekliyorum", dmarc="pass")
    story.equal(fp.wait_for(lambda: proposal(gateway)["supporters"] == before + 1), True, "and support, in Turkish")
    return public


def a_hand_cannot_lead_its_ideas(story, gateway, sink):
    gateway.respond(told(sink, OFFICE, "Otomat").message, OFFICE, "STAND BESCHLOSSEN", dmarc="pass")
    story.ok(told(sink, OFFICE, "Teil des Vorschlags 1") is not None, "an idea of it is not led by hand")
    story.equal(gateway.run("idea", "state", "2", "not_pursued", "--reason", "Nein.").returncode, 77, "nor at the command line")
    story.equal(idea(gateway, 2)["state"], "proposal", "it stays where its proposal is")


def two_persons_decide(story, gateway, sink, public):
    post = told(sink, OFFICE, "Endlich! Wann?")
    for state, word, reason, by_two in (("adopted", "BESCHLOSSEN", "", True), ("in_progress", "IN UMSETZUNG", "", False),
                                        ("done", "UMGESETZT", ": Der Tarif gilt.", True)):
        gateway.respond(post.message, OFFICE, f"STAND {word}{reason}", dmarc="pass")
        if by_two:
            asked = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE2)) if "Zustimmen?" in m.subject][0 if state == "adopted" else 1:])
            story.ok(asked, f"{state}: a second person is asked")
            story.ok(proposal(gateway)["state"] != state, "before whom nothing is decided")
            gateway.respond(asked[-1].message, OFFICE2, "FREI", dmarc="pass")
        story.equal(fp.wait_for(lambda: proposal(gateway)["state"] == state), True, f"the proposal is {state}")
        story.equal([idea(gateway, n)["state"] for n in (1, 2, 3)], [state] * 3, "and so are its three ideas")
    events = [e for e in gateway.rows("event", "list") if e["kind"] == "proposal.done"]
    story.ok(len(events) == 1 and "second=" in events[0]["detail"], "the journal names both who decided", events)
    news_go_out(gateway)
    for person in (ERIKA, AYSE, JAN, MAX):
        mail = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if "Der Tarif gilt." in m.text])
        story.ok(mail, f"{bare(person)} hears what became of it")


def main():
    with fp.Story("initiative") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        three_ideas_come(story, gateway, sink)
        they_are_discussed(story, gateway, sink)
        the_lead_takes_them_on(story, gateway, sink)
        the_office_answers(story, gateway, sink)
        made = a_draft_is_discussed_inside(story, gateway, sink)
        public = it_becomes_public(story, gateway, sink, made)
        a_hand_cannot_lead_its_ideas(story, gateway, sink)
        two_persons_decide(story, gateway, sink, public)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What those who lead a forum do by mail: several words in one mail, all or nothing, with one answer; a dry run; one JA where nothing proves
that it was them, or where it weighs more; two at once, of whom the second hears what the first did."""
import contextlib
import datetime
import json
import re
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
SECOND = "Karl Zweiter <karl@ministerium.example.org>"
OFFICE = "Olga Amt <olga.amt@ministerium.example.org>"
MODERATOR = "Moritz <moritz@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
HELP = f"hilfe@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    for name, title in (("mobilitaet", "Neue Mobilität"), ("energie", "Energie")):
        gateway.must("forum", "add", name, "--title", title, "--moderation", "none")
    for person, role in ((LEAD, "lead"), (SECOND, "lead"), (OFFICE, "office"), (MODERATOR, "moderator")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", role, "--delivery", "each")
    for person in (ERIKA, FRITZ):
        for forum in ("mobilitaet", "energie"):
            gateway.must("member", "add", forum, bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    for n, title in enumerate(("Mehr Radwege", "Nachtbus", "Radwege an Schulen", "Ein Tarif"), 1):
        gateway.write(ERIKA, FORUM, title, f"{title}: bitte bald in der ganzen Stadt.", dmarc="pass")
        fp.wait_for(lambda: len(gateway.rows("idea", "list")) == n)
    return gateway


def show(gateway, number, *more):
    return json.loads(gateway.must("idea", "show", str(number), *more, "--json"))


def states(gateway, *numbers):
    return [show(gateway, n)["state"] for n in numbers]


def mails(sink, person, words):
    return [m for m in sink.to(bare(person)) if words in m.subject or words in " ".join(m.text.split())]


def mail_to(sink, person, words, count=1):
    found = fp.wait_for(lambda: mails(sink, person, words)[count - 1:])
    return found[0] if found else None


def post_of(sink, person, title):
    return mail_to(sink, person, f"{title}: bitte bald")


def after(sink, person, act):
    """The mail that comes to PERSON after ACT, beside posts and news; what is still on its way from before is none of it."""
    sink.settle()
    before = len(sink.to(bare(person)))
    act()
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person))[before:] if not str(m.message["Feedback-ID"]).startswith(("post:", "news:"))])
    return found[0] if found else None


def several_in_one_mail(story, gateway, sink):
    post = post_of(sink, LEAD, "Mehr Radwege")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD, "Guten Tag,\n\nzuordnen\nstand in Beratung\nfrist 3.5.2030\n\nViele Grüße\nLena Leitung", dmarc="pass"))
    story.has(told.subject, "Ihre Anweisung", "three words in one mail have one answer")
    story.equal(told.text.count("Erledigt."), 3, "which goes through each")
    idea = show(gateway, 1)
    story.equal((idea["state"], idea["deadline"]), ("in_deliberation", "2030-05-03"), "and all are done, in their order")
    story.equal([h["to"] for h in idea["history"]][1:], ["assigned", "in_deliberation", "deadline:2030-05-03"], "each a step of its own")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD,
                 "stand nicht weiterverfolgt: Das entscheidet der Bund.\nstand umgesetzt\nverschieben nach nirgendwo", dmarc="pass"))
    story.has(told.subject, "Nicht ausgeführt", "one mistake, and the answer says that nothing was done")
    story.has(told.text, "Verstanden. Noch nicht ausgeführt.", "what was understood")
    story.has(" ".join(told.text.split()), "von diesem Stand aus nicht möglich", "what was not")
    story.equal(states(gateway, 1), ["in_deliberation"], "nothing half done")
    story.equal(len(show(gateway, 1)["history"]), 4, "and no step stays of it")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD, "probe\nfrist 9.5.2030\nstand nicht weiterverfolgt: Das entscheidet der Bund.", dmarc="pass"))
    story.ok("Probe" in told.subject and "Verstanden." in told.text, "a dry run says what would be done")
    story.equal((show(gateway, 1)["deadline"], states(gateway, 1)), ("2030-05-03", ["in_deliberation"]), "and does nothing")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD, "frist 3.5.2020", dmarc="pass"))
    story.ok("Dieser Tag ist vorbei." in told.text and show(gateway, 1)["deadline"] == "2030-05-03", "FRIST on a day that is over: why, and nothing is changed", told.text)
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD, "zuordnen\nfrist 3.5.2020", dmarc="pass"))
    story.has(told.text, "Dieser Tag ist vorbei.", "among several lines, too")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD, "frist keine", dmarc="pass"))
    story.equal((show(gateway, 1)["deadline"], show(gateway, 1)["history"][-1]["to"]), (None, "deadline:none"), "FRIST keine: no day is said any more")
    told = after(sink, LEAD, lambda: gateway.respond(post.message, LEAD,
                 "frist 4.5.2030\nstand nicht weiterverfolgt: Das entscheidet der Bund.\n\nEr prüft es bis Mai.\n\nMfG\nLena Leitung", dmarc="pass"))
    story.equal(show(gateway, 1)["history"][-1]["reason"], "Das entscheidet der Bund.\n\nEr prüft es bis Mai.", "the last one's text goes on below, without name and greeting")


def asked_at_help(story, gateway, sink):
    """Nothing there proves that it was them: one JA for all."""
    text = "zuordnen 2\nstand 4 in Beratung\n2 frist 1.6.2030"
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", text, dmarc="pass"))
    story.has(asked.subject, "Sollen wir das tun?", "without a token of their own they are asked first")
    story.ok("Nachtbus" in asked.text and "Ein Tarif" in asked.text, "with what was understood, and which ideas those are")
    story.equal(states(gateway, 2, 4), ["published", "published"], "until then nothing is done")
    gateway.respond(asked.message, FRITZ, "JA", dmarc="pass")
    gateway.settle()
    story.equal(states(gateway, 2, 4), ["published", "published"], "somebody else's JA does nothing")
    told = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "JA", dmarc="pass"))
    story.equal(states(gateway, 2, 4) + [show(gateway, 2)["deadline"]], ["assigned", "in_deliberation", "2030-06-01"], "their JA does all of it")
    story.equal(told.text.count("Erledigt."), 3, "with one answer")
    told = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "JA", dmarc="pass"))
    story.ok(told is not None and len(show(gateway, 2)["history"]) == 3, "a second JA does nothing twice")
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", "stand 2 in Beratung", dmarc="pass"))
    gateway.respond(asked.message, LEAD, "NEIN", dmarc="pass")
    gateway.settle()
    story.equal(states(gateway, 2), ["assigned"], "NEIN: nothing")
    at = len(sink.to(bare(LEAD)))
    gateway.write(LEAD, HELP, "", "stand 2 in Beratung", dmarc="fail")
    gateway.settle()
    story.equal((states(gateway, 2), len(sink.to(bare(LEAD)))), (["assigned"], at), "in somebody's name: neither done nor asked")
    told = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", "stand 2 in Beratung\nstand 99 in Beratung", dmarc="pass"))
    story.has(" ".join(told.text.split()), "Diese Idee gibt es nicht", "a mistake is told at once, without a question")
    told = after(sink, FRITZ, lambda: gateway.write(FRITZ, HELP, "", "stand 2 in Beratung", dmarc="pass"))
    story.ok(states(gateway, 2) == ["assigned"] and "nicht verstanden" in told.text, "to who leads nothing they are no words")
    told = after(sink, MODERATOR, lambda: gateway.write(MODERATOR, HELP, "", "stand 2 in Beratung", dmarc="pass"))
    story.ok(states(gateway, 2) == ["assigned"], "nor may a moderator do what is the lead's")
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", "frist 3 7.7.2030\n2 frist 8.7.2030", dmarc="pass"))
    gateway.must("member", "set", "mobilitaet", bare(LEAD), "--role", "member")
    told = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "JA", dmarc="pass"))
    story.ok("Unsere Frage bleibt offen." in " ".join(told.text.split()) and [show(gateway, n)["deadline"] for n in (3, 2)] == [None, "2030-06-01"], "a JA of which nothing can be done: nothing is, and the question stays open", told.text)
    gateway.must("member", "set", "mobilitaet", bare(LEAD), "--role", "lead")
    told = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "JA", dmarc="pass"))
    story.equal(([show(gateway, n)["deadline"] for n in (3, 2)], told.text.count("Erledigt.")), (["2030-07-07", "2030-07-08"], 2), "once it can be done a JA does it")
    kinds = [e["kind"] for e in gateway.rows("event", "list")]
    story.ok({"command.asked", "command.done", "command.refused", "wish.declined"} <= set(kinds), "the journal knows all of it")


def with_a_forum(story, gateway, sink):
    """ZUORDNEN energie: moved first, then assigned there."""
    gateway.write(ERIKA, FORUM, "Solarbänke", "Solarbänke: bitte bald in der ganzen Stadt.", dmarc="pass")
    post = post_of(sink, MODERATOR, "Solarbänke")
    number = [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Solarbänke"][0]
    gateway.respond(post.message, MODERATOR, "zuordnen energie", dmarc="pass")
    fp.wait_for(lambda: show(gateway, number)["state"] == "assigned")
    story.equal((show(gateway, number)["forum"], states(gateway, number)), ("energie", ["assigned"]), "ZUORDNEN with a forum moves the idea there first")


def weighs_more(story, gateway, sink):
    """A merge is asked about even with a token."""
    post = post_of(sink, MODERATOR, "Radwege an Schulen")
    asked = after(sink, MODERATOR, lambda: gateway.respond(post.message, MODERATOR, "zusammenführen mit 2", dmarc="pass"))
    story.ok("Sollen wir das tun?" in asked.subject and states(gateway, 3) == ["published"], "a merge is asked about")
    gateway.respond(asked.message, MODERATOR, "Ja, aber erst morgen.", dmarc="pass")
    gateway.settle()
    story.equal(states(gateway, 3), ["published"], "a sentence is no yes")
    gateway.respond(asked.message, MODERATOR, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: show(gateway, 3)["merged_into"]), 2, "JA: done")
    asked = after(sink, MODERATOR, lambda: gateway.write(MODERATOR, HELP, "", "trennen 3\nidee 4 zusammenführen mit 2", dmarc="pass"))
    gateway.must("member", "remove", "mobilitaet", bare(MODERATOR))
    gateway.respond(asked.message, MODERATOR, "JA", dmarc="pass")
    gateway.settle()
    story.equal(states(gateway, 3, 4), ["merged", "in_deliberation"], "the role is asked for again when the yes comes")
    gateway.must("member", "add", "mobilitaet", bare(MODERATOR), "--role", "moderator", "--delivery", "each")


def two_at_once(story, gateway, sink):
    """Both answer the same mail; the second is told."""
    first, second = post_of(sink, LEAD, "Ein Tarif"), post_of(sink, SECOND, "Ein Tarif")
    gateway.respond(first.message, LEAD, "stand nicht weiterverfolgt: Zu teuer.", dmarc="pass")
    fp.wait_for(lambda: states(gateway, 4) == ["not_pursued"])
    asked = after(sink, SECOND, lambda: gateway.respond(second.message, SECOND, "stand in Beratung: Wir prüfen weiter.\nfrist 1.7.2030", dmarc="pass"))
    story.has(asked.subject, "Etwas hat sich geändert", "the second of two is told that something changed")
    flat = " ".join(asked.text.split())
    story.ok("Leitung" in flat and "nicht weiterverfolgt" in flat and re.search(r"\d:\d\d Uhr", flat), "who did what when, by role")
    story.lacks(asked.text, "Lena", "and by no name")
    story.equal((states(gateway, 4), show(gateway, 4)["deadline"]), (["not_pursued"], None), "nothing of theirs is done, not half of it")
    gateway.respond(asked.message, SECOND, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: states(gateway, 4) == ["in_deliberation"]), "JA does it all the same")
    gateway.respond(first.message, LEAD, "stand umgesetzt", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "bleibt bei diesem Stand: in Beratung") is not None, "what cannot be done anyway is told as that")
    gateway.respond(first.message, LEAD, "stand nicht weiterverfolgt: Doch nicht.", dmarc="pass")
    asked = mail_to(sink, LEAD, "Etwas hat sich geändert")
    story.ok(asked is not None, "and now the first one is told")


def in_one_second(gateway, mails):
    """Each of MAILS (notice, writer, text) in a session of its own; their last bytes are sent before any of them is answered."""
    waiting = []
    for notice, writer, text in mails:
        client, to = fp.Client(gateway.door), fp.address_of(notice["Reply-To"] or notice["From"])
        for line in (f"MAIL FROM:<{bare(writer)}>", f"RCPT TO:<{to}>", "DATA"):
            client.command(line)
        client.send(fp.found(fp.trace(fp.answer(notice, writer, text)), writer, "pass").replace(b"\r\n", b"\n").replace(b"\n.", b"\n..").replace(b"\n", b"\r\n"))
        waiting.append(client)
    for client in waiting:
        client.send(b"\r\n.\r\n")
    codes = [client.reply()[0] for client in waiting]
    for client in waiting:
        client.quit()
    return codes


def two_clerks(story, gateway, sink):
    """Both were asked, both say JA in the same second, to orders that contradict each other: one is done, and the other one hears of it."""
    gateway.write(ERIKA, FORUM, "Zwei Ämter", "Zwei Ämter entscheiden über diesen Weg.", dmarc="pass")
    post_of(sink, LEAD, "Zwei Ämter")

    def questions(person):
        return [m for m in sink.to(bare(person)) if "Sollen wir das tun?" in m.subject]

    number = [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Zwei Ämter"][0]
    for said in (("stand {} in Beratung", "stand {} nicht weiterverfolgt: Zu teuer."), ("frist {} 1.7.2030", "frist {} 2.7.2030"), ("verschieben {} nach energie", "verschieben {} nach energie")):
        before = len(show(gateway, number)["history"])
        asked = []
        for person, words in zip((LEAD, SECOND), said):
            so_far = len(questions(person))
            gateway.write(person, HELP, "", words.format(number), dmarc="pass")
            asked.append(fp.wait_for(lambda person=person, so_far=so_far: next(iter(questions(person)[so_far:]), None)))
        story.ok(all(asked), f"{said[0]} | {said[1]}: both are asked")
        if not all(asked):
            continue
        seen = {person: len(sink.to(bare(person))) for person in (LEAD, SECOND)}
        story.equal(in_one_second(gateway, [(a.message, person, "JA") for a, person in zip(asked, (LEAD, SECOND))]), [250, 250], "both say JA in one second")
        gateway.settle()
        new = [h["to"] for h in show(gateway, number)["history"][before:]]
        story.ok(len(new) == 1 or (len(new) == 2 and sum(to.startswith("moved:") for to in new) == 1), "one is done, once", new)
        told = {person: [m for m in sink.to(bare(person))[seen[person]:] if not str(m.message["Feedback-ID"]).startswith(("post:", "news:"))] for person in seen}
        later = [person for person in told if any("Etwas hat sich geändert" in m.subject or "Unverändert" in m.subject or "Nicht ausgeführt" in m.subject or "bleibt bei" in m.text for m in told[person])]
        story.ok(len(later) == 1 and all(len(t) == 1 for t in told.values()), "each has one answer, and the second hears what the first did", {p: [(m.subject, m.text[:400]) for m in t] for p, t in told.items()})


def addresses_that_order(story, gateway, sink):
    """For people who do not like commands: the address says what, the mail why."""
    to = f"idee-2+beraten@{fp.DOMAIN}"
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, to, "AW: Nachtbus", "Guten Tag,\n\nbitte übernehmen.\n\nViele Grüße\nLena Leitung", dmarc="pass"))
    story.ok("Sollen wir das tun?" in asked.subject and "Nachtbus" in asked.text, "+beraten: asked first, since the address is everybody's")
    gateway.respond(asked.message, LEAD, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: states(gateway, 2) == ["in_deliberation"]), "JA: in deliberation")
    told = after(sink, OFFICE, lambda: gateway.write(OFFICE, f"idee-2+erledigt@{fp.DOMAIN}", "x", "", dmarc="pass"))
    story.has(" ".join(told.text.split()), "braucht eine Begründung", "+erledigt without a word of why: it needs one")
    asked = after(sink, OFFICE, lambda: gateway.write(OFFICE, f"idee-2+erledigt@{fp.DOMAIN}", "x", "stand in Beratung\n\nDer Bus fährt seit Mai.", dmarc="pass"))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    second = mail_to(sink, LEAD, "Ein Schritt braucht Ihre Zustimmung")
    story.ok(second is not None and "Der Bus fährt seit Mai." in second.text and "stand in Beratung" in second.text,
             "+erledigt: a second person reads all that was written there as the reason, and no word of it is a command")
    gateway.respond(second.message, LEAD, "FREI", dmarc="pass")
    story.ok(fp.wait_for(lambda: states(gateway, 2) == ["done"]), "and decides")
    story.equal(len([p for p in show(gateway, 2)["posts"] if p["idea"] == 2]), 1, "nothing of it is a contribution")
    told = after(sink, FRITZ, lambda: gateway.write(FRITZ, f"idee-4+erledigt@{fp.DOMAIN}", "x", "Das ist doch längst erledigt.", dmarc="pass"))
    story.ok(told is not None and states(gateway, 4) != ["done"] and len(show(gateway, 4)["posts"]) == 1, "from anybody else it is neither an order nor public")
    gateway.write(LEAD, f"idee-1+beraten@{fp.DOMAIN}", "x", "Doch.", dmarc="fail")
    gateway.write(LEAD, f"idee-1+beraten@{fp.DOMAIN}", "x", "Doch.", dmarc="pass", Auto_Submitted="auto-replied")
    gateway.settle()
    story.equal(states(gateway, 1), ["not_pursued"], "nor from a forged sender or a machine")
    story.equal(gateway.write(LEAD, f"idee-4+erledigtt@{fp.DOMAIN}", "x", "x", dmarc="pass")[0], 550, "a slip of the hand is no address")


def to_the_author(story, gateway, sink):
    """idee-N+autor: to the author alone, and back to who wrote; neither sees the other's address, nothing is public."""
    to, number = f"idee-4+autor@{fp.DOMAIN}", 4
    before = (len(show(gateway, number)["posts"]), len(show(gateway, number)["history"]))
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, to, "AW: Ein Tarif", f"Guten Tag,\n\nwelche Linie meinen Sie? Gern an {bare(LEAD)} oder 0201 883344.\n\nViele Grüße\nLena Leitung", dmarc="pass"))
    story.ok("Sollen wir das tun?" in asked.subject and "+autor" in asked.text, "+autor: asked first, since the address is everybody's", asked.text)
    gateway.respond(asked.message, LEAD, "JA", dmarc="pass")
    letter = mail_to(sink, ERIKA, "welche Linie meinen Sie?")
    story.ok(letter is not None and "Eine Nachricht zu Ihrer Idee" in letter.subject, "JA: its author reads it")
    for what in (bare(LEAD), "Lena", "883344"):
        story.lacks(letter.message.as_string() + letter.text, what, f"without {what}")
    story.ok(mail_to(sink, LEAD, "Ihr Brief ist unterwegs") is not None, "and who wrote is told how it reads")
    answered = after(sink, LEAD, lambda: gateway.respond(letter.message, ERIKA, f"Die Linie 7 am Nordpark. Meine Adresse: {bare(ERIKA)}\n\nErika", dmarc="pass"))
    story.ok("Die Linie 7 am Nordpark." in answered.text and "Antwort auf Ihren Brief" in answered.subject, "the answer goes to who wrote", answered.text)
    story.lacks(answered.message.as_string() + answered.text, bare(ERIKA), "without the author's address")
    again = after(sink, ERIKA, lambda: gateway.respond(answered.message, LEAD, "Danke, das hilft!", dmarc="pass"))
    story.ok("Danke, das hilft!" in again.text, "and an answer to that goes to the author again, without a question")
    gateway.respond(again.message, FRITZ, "Ich war es.", dmarc="pass")
    gateway.settle()
    story.equal([m for p in (LEAD, SECOND, OFFICE, MODERATOR) for m in mails(sink, p, "Ich war es.")], [], "somebody else's answer is nobody's")
    gateway.must("member", "remove", "mobilitaet", bare(LEAD))
    told = after(sink, SECOND, lambda: gateway.respond(again.message, ERIKA, "Noch etwas: auch die Linie 9.", dmarc="pass"))
    story.ok(told is not None and "auch die Linie 9" in told.text and not mails(sink, LEAD, "auch die Linie 9"), "where who wrote has left, the others who lead the forum read it")
    gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "each")
    story.equal((len(show(gateway, number)["posts"]), len(show(gateway, number)["history"])), before, "nothing of it stands at the idea")
    story.equal([k for k in (e["kind"] for e in gateway.rows("event", "list")) if k.startswith("letter.")],
                ["letter.sent", "letter.answered", "letter.sent", "letter.answered"], "the journal knows of each, and no words")
    told = after(sink, FRITZ, lambda: gateway.write(FRITZ, to, "x", "Rufen Sie mich an!", dmarc="pass"))
    gateway.write(LEAD, to, "x", "Gefälscht.", dmarc="fail")
    gateway.write(LEAD, to, "x", "Ich bin verreist.", dmarc="pass", Auto_Submitted="auto-replied")
    gateway.settle()
    story.equal([m for w in ("Rufen Sie mich an!", "Gefälscht.", "Ich bin verreist.") for m in mails(sink, ERIKA, w)], [],
                "from anybody else, in somebody's name or from a machine it goes nowhere")
    story.ok(told is not None and "Rufen Sie mich an!" not in json.dumps(show(gateway, number)), "and who has no such right hears so")
    told = after(sink, LEAD, lambda: gateway.write(LEAD, to, "x", "", dmarc="pass"))
    story.has(" ".join(told.text.split()), "kein neuer Text", "an empty one is not sent")
    gateway.write(FRITZ, FORUM, "Kurz da", "Kurz da: bitte bald in der ganzen Stadt.", dmarc="pass")
    number = fp.wait_for(lambda: next((i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Kurz da"), None))
    gateway.must("idea", "withdraw", str(number))
    told = after(sink, LEAD, lambda: gateway.write(LEAD, f"idee-{number}+author@{fp.DOMAIN}", "x", "Schade!", dmarc="pass"))
    gateway.settle()
    story.equal(mails(sink, FRITZ, "Schade!"), [], "whoever took their idea back is left alone")
    story.ok(told is not None and "zurückgezogen oder entfernt" in told.text, "and who wrote hears why", told and told.text)
    story.equal(gateway.write(LEAD, f"vorschlag-1+autor@{fp.DOMAIN}", "x", "x", dmarc="pass")[0], 550, "a proposal has no such address")
    actions = next(c for c in gateway.rows("command", "list") if c["command"] == "letter")
    story.equal((actions["addresses"], actions["where"], actions["trust"]), (["+autor", "+author"], ["action"], "T3/JA"), "`command list` tells of it")


def sql(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        return db.execute(statement, parameters).fetchall()


def not_there(mail):
    """What a mail server says that knows nobody of that name."""
    return (f"From: MAILER-DAEMON@mx.example.net\r\nTo: {mail.sender}\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
            f"Message-ID: <{len(mail.text)}.gone@mx.example.net>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
            f"--B\r\nContent-Type: text/plain\r\n\r\nNobody has that address.\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
            f"Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {bare(ERIKA)}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
            "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--B--\r\n").encode()


def own_data(gateway, sink, person):
    """MEINE DATEN: the mail, flat, and its file."""
    asked = after(sink, person, lambda: gateway.write(person, HELP, "", "meine daten", dmarc="pass"))
    told = after(sink, person, lambda: gateway.respond(asked.message, person, "JA", dmarc="pass"))
    return " ".join(told.text.split()), [json.loads(p.get_content()) for p in told.message.walk() if p.get_content_type() == "application/json"][0]


def letters_of_a_day(story, gateway, sink):
    """So many letters to one author, by one writer, so many answers a day; over it the words come back. Both find theirs in MEINE DATEN."""
    to, most = f"idee-2+autor@{fp.DOMAIN}", fp.limit("LIMIT_LETTERS_OF_IDEA")
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, to, "x", "Brief Nummer 1.", dmarc="pass"))
    sent = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "JA", dmarc="pass"))
    for n in range(2, most + 1):
        gateway.respond(sent.message, LEAD, f"Brief Nummer {n}.", dmarc="pass")
        gateway.settle()
    letter = mail_to(sink, ERIKA, f"Brief Nummer {most}.")
    story.ok(letter is not None, f"an author gets {most} letters a day about an idea")
    told = after(sink, LEAD, lambda: gateway.respond(sent.message, LEAD, "Und noch ein Brief.", dmarc="pass"))
    story.ok("heute schon viele Briefe" in " ".join(told.text.split()) and "Und noch ein Brief." in told.text, "of one more its writer hears, with the words", told.text)
    answered = [after(sink, LEAD, lambda: gateway.respond(letter.message, ERIKA, f"Antwort Nummer {n}.", dmarc="pass")) for n in range(1, most + 1)]
    story.ok(all(f"Antwort Nummer {n}." in m.text for n, m in enumerate(answered, 1)), f"and {most} answers go back")
    told = after(sink, ERIKA, lambda: gateway.respond(letter.message, ERIKA, "Noch eine Antwort.", dmarc="pass"))
    gateway.settle()
    story.ok("Noch eine Antwort." in told.text and not mails(sink, LEAD, "Noch eine Antwort."), "one more comes back to the author", told.text)
    story.equal(mails(sink, ERIKA, "Und noch ein Brief."), [], "none of it went on")
    sql(gateway, "UPDATE remark SET at = at - 86400")
    gateway.respond(sent.message, LEAD, "Am nächsten Tag.", dmarc="pass")
    letter = mail_to(sink, ERIKA, "Am nächsten Tag.")
    story.ok(letter is not None, "a day later letters go again")
    data, file = own_data(gateway, sink, ERIKA)
    story.ok("Ein Brief nur an Sie, Idee 2" in data and "Brief Nummer 1." in data and "Ihre Antwort auf einen Brief, Idee 2" in data, "the author reads in MEINE DATEN what was written to them, and their answers", data)
    story.equal([(l["is_own"], l["text"], l["idea"]) for l in file["letters"] if "Nummer 1." in l["text"]], [(False, "Brief Nummer 1.", 2), (True, "Antwort Nummer 1.", 2)], "the file has them")
    story.ok(not file.get("letters_written") and "letter" not in [h["kind"] for h in file.get("holds", [])] and "Antwort Nummer 1." not in [r["text"] for r in file.get("remarks", [])], "each once")
    data, file = own_data(gateway, sink, LEAD)
    story.ok("Ihr Brief an die Autorin oder den Autor, Idee 2" in data and "Brief Nummer 1." in data and "Antwort Nummer" not in data, "who wrote them has them, and not what the author said", data)
    story.equal([l["text"] for l in file["letters_written"] if l["idea"] == 2][0], "Brief Nummer 1.", "so has the file")
    held = json.loads(gateway.must("person", "show", bare(ERIKA), "--json"))
    story.ok("Brief Nummer 1." in [l["text"] for l in held["letters"]] and "Brief Nummer 1." in gateway.must("person", "show", bare(LEAD)), "`person show` tells of them")
    sql(gateway,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO remark (hold_id, at, kind, person_id, text) "
        "SELECT (SELECT min(hold_id) FROM remark WHERE kind = 'letter'), unixepoch(), 'letter', (SELECT person_id FROM address WHERE address = ?), 'voll' FROM n",
        fp.limit("LIMIT_LETTERS_OF_WRITER") - 1, bare(LEAD))
    told = after(sink, LEAD, lambda: gateway.respond(sent.message, LEAD, "Brief an viele.", dmarc="pass"))
    story.ok("sehr viele Briefe geschrieben" in " ".join(told.text.split()) and "Brief an viele." in told.text, "who writes to everybody has an end as well", told.text)
    sql(gateway, "DELETE FROM remark WHERE text = 'voll'")
    returned = after(sink, LEAD, lambda: gateway.deliver("", letter.sender, not_there(letter)))
    story.ok(returned is not None and "Nicht angekommen" in returned.subject and "Am nächsten Tag." in returned.text and "konnte nicht zugestellt werden" in " ".join(returned.text.split()),
             "a letter that comes back: who wrote it hears so, with the words", returned and returned.text)
    story.lacks(returned.text + returned.message.as_string(), bare(ERIKA), "and not the address")
    at = len(sink.to(bare(LEAD)))
    gateway.deliver("", letter.sender, not_there(letter).replace(b".gone@", b".again@"))
    gateway.settle()
    story.equal(len(sink.to(bare(LEAD))), at, "once")
    sql(gateway, "UPDATE address SET suspended_at = 1 WHERE address = ?", bare(ERIKA))
    told = after(sink, LEAD, lambda: gateway.respond(sent.message, LEAD, "Sind Sie noch da?", dmarc="pass"))
    story.ok("können die Autorin oder den Autor nicht erreichen" in " ".join(told.text.split()) and "Sind Sie noch da?" in told.text, "to an address that takes no mail any more none is written", told.text)
    sql(gateway, "UPDATE address SET suspended_at = NULL WHERE address = ?", bare(ERIKA))


def removed(story, gateway, sink):
    """The post that is answered goes, with a reason by word; another moderator brings it back."""
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "Kaufen Sie Räder bei Rad-Meier.", dmarc="pass")
    held = fp.wait_for(lambda: [h["hold"] for h in gateway.rows("hold", "list") if "late" in h["why"]]) # the idea is not pursued
    gateway.must("hold", "release", str(held[0]))
    told = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "bei Rad-Meier" in m.text and "moderation+" not in str(m.message["Reply-To"])])
    post = told[0] # and not the question about it, if that had left
    told = after(sink, LEAD, lambda: gateway.write(LEAD, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "ENTFERNEN: Frau M. wird hier beleidigt.", dmarc="pass"))
    story.ok(told is not None and len(show(gateway, 1)["posts"]) == 2, "who leads and may not remove is told so, and the reason is no contribution")
    asked = after(sink, MODERATOR, lambda: gateway.write(MODERATOR, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "HINWEIS: Bitte freundlich bleiben.", dmarc="pass"))
    gateway.respond(asked.message, MODERATOR, "NEIN", dmarc="pass")
    story.equal(([e["detail"] for e in gateway.rows("event", "list") if e["kind"] == "store.trouble"], len(show(gateway, 1)["posts"])), ([], 2), "a note to the idea's plain address is asked about, and its mail is done with")
    told = after(sink, MODERATOR, lambda: gateway.respond(post.message, MODERATOR, "ENTFERNEN", dmarc="pass"))
    story.ok(told is not None and len(show(gateway, 1)["posts"]) == 2, "without a reason nothing is removed")
    asked = after(sink, MODERATOR, lambda: gateway.respond(post.message, MODERATOR, "entfernen werbung: Bitte ohne die Firma.", dmarc="pass"))
    gateway.respond(asked.message, MODERATOR, "JA", dmarc="pass")
    told = mail_to(sink, FRITZ, "Wir haben Ihren Text entfernt")
    flat = " ".join(told.text.split())
    story.ok("wirbt" in flat.lower() or "werb" in flat.lower(), "its author reads the sentence of that reason", flat)
    story.has(flat, "Bitte ohne die Firma.", "and the moderator's own words")
    story.has(flat, "Sie sind anderer Meinung?", "and how to complain")
    story.lacks(flat, "Moritz", "and not who did it")
    story.lacks(flat, bare(MODERATOR), "nor an address")
    story.equal([p["text"] for p in show(gateway, 1)["posts"] if p["state"] == "published"][1:], [], "nobody else reads it any more")
    event = [e for e in gateway.rows("event", "list") if e["kind"] == "post.removed"][-1]
    story.ok("werbung" not in json.dumps(event), "the journal keeps no words", event)
    asked = after(sink, OFFICE, lambda: gateway.write(OFFICE, HELP, "", "wiederherstellen 1/2: Die Firma ist hier wichtig.", dmarc="pass"))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: [p for p in show(gateway, 1)["posts"] if p["number"] == 2 and p["state"] == "published"]), "the office brings a contribution back, by its number")
    asked = after(sink, MODERATOR, lambda: gateway.write(MODERATOR, HELP, "", "entfernen 4 themenfremd", dmarc="pass"))
    gateway.respond(asked.message, MODERATOR, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: states(gateway, 4) == ["removed"]), "an idea, by its number, at hilfe@")
    step = show(gateway, 4)["history"][-1]
    story.equal((step["to"], step["by"], step["code"], step["reason"]), ("removed", "moderator", "themenfremd", None),
                "its history says in which role, and why by its code")
    told = after(sink, MODERATOR, lambda: gateway.write(MODERATOR, HELP, "", "wiederherstellen 4: War ein Versehen.", dmarc="pass"))
    story.ok(told is not None and "Sollen wir" not in told.subject and states(gateway, 4) == ["removed"], "who removed it does not bring it back")
    asked = after(sink, OFFICE, lambda: gateway.write(OFFICE, HELP, "", "wiederherstellen 4: War ein Versehen.", dmarc="pass"))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: states(gateway, 4) == ["in_deliberation"]), "somebody else does, with a reason: it is what it was")
    told = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", "entfernen 4 themenfremd", dmarc="pass"))
    story.ok(states(gateway, 4) == ["in_deliberation"] and "nicht die Rolle" in " ".join(told.text.split()), "a lead does not remove")


def holds_of(gateway):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        return [{"hold": n} for n, in db.execute("SELECT id FROM hold WHERE why = 'ring'")]


def wrong_title(story, gateway, sink, said):
    """A new idea whose title has the members' words, or is the title of one of theirs."""
    titles = lambda: [i["title"] for i in gateway.rows("idea", "list") if i["ring"] == "public"]
    before = titles()
    gateway.inner_idea(sink, LEAD, "mobilitaet", "Der Tunnel kommt", "Unter uns gesagt ist er beschlossen.")
    for subject, shown in ((f"Hört: {said}", "Hört: […]"), ("Der Tunnel kommt", "Ganz offen gesagt.")):
        asked = after(sink, LEAD, lambda: gateway.write(LEAD, FORUM, subject, "Ganz offen gesagt.", dmarc="pass"))
        story.ok(asked is not None and "nur Mitglieder" in " ".join(asked.text.split()), f"{subject}: the members' words in a title: its author is asked", asked and asked.subject)
        again = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "ÖFFENTLICH", dmarc="pass"))
        story.ok(again is not None and shown in again.text and subject not in again.text and titles() == before, f"{subject}: ÖFFENTLICH asks once more, without them", again and again.text)
        gateway.respond(again.message, LEAD, "NEIN", dmarc="pass")
    gateway.settle()
    story.equal(titles(), before, "and nothing of it is public")


def wrong_address(story, gateway, sink, inner):
    """What answers a mail among members, and went to everybody's address, waits until its author said that it is meant for everybody."""
    public = f"idee-1@{fp.DOMAIN}"
    said = "Das Geld fehlt, aber sagt es noch keinem."
    passed_on = f"\n\nAm 3. Februar 2026 um 09:00 schrieb Forum:\n> {said}\n"
    ways = (("its Message-ID", "Re: Geld", {"In-Reply-To": inner.message["Message-ID"]}, ""), ("its subject", "Re: " + inner.subject, {}, ""),
            ("members in Cc", "Geld", {"Cc": f"idee-1+intern@{fp.DOMAIN}"}, ""), ("References alone", "Geld", {"References": inner.message["Message-ID"]}, ""),
            ("six words of it in a row", "Geld", {}, f" Man hört: „{said}“"), ("what it quotes", "Zum Geld", {}, passed_on))
    before = len(json.loads(gateway.must("idea", "show", "1", "--json"))["posts"])
    for n, (what, subject, headers, more) in enumerate(ways):
        words = f"Der Minister weiß noch nichts, Nummer {n}."
        asked = after(sink, LEAD, lambda: gateway.write(LEAD, public, subject, words + more, dmarc="pass", **headers))
        story.ok(asked is not None and "nur Mitglieder" in " ".join(asked.text.split()) and words in asked.text,
                 f"a wrong answer is seen by {what}, and its author asked", asked and asked.subject)
        gateway.respond(asked.message, LEAD, "NEIN", dmarc="pass")
    gateway.settle()
    public_posts = lambda: [p["text"] for p in json.loads(gateway.must("idea", "show", "1", "--json"))["posts"]]
    story.equal(len(public_posts()), before, "and nothing of it got out")
    wrong = lambda words: after(sink, LEAD, lambda: gateway.write(LEAD, public, "Re: Geld", words, dmarc="pass", **{"In-Reply-To": inner.message["Message-ID"]}))
    asked = wrong("Das bleibt doch besser unter uns.")
    story.has(asked.text, "INTERN", "a member is offered their ring")
    gateway.respond(asked.message, LEAD, "Intern", dmarc="pass")
    story.ok(mail_to(sink, SECOND, "Das bleibt doch besser unter uns.") is not None, "INTERN: it stays among the members, who read it")
    story.equal(len(public_posts()), before, "and nobody else")
    hold = json.loads(gateway.must("hold", "show", str(max(h["hold"] for h in holds_of(gateway))), "--json"))
    story.equal((hold["ring"], hold["state"], hold["idea"] != 1), ("members", "confirmed", True), "what is kept of the question says so, too")
    wrong_title(story, gateway, sink, said)
    asked = wrong(f"Ganz offen: Wir bauen. {said} Mehr dazu im Mai.")
    again = after(sink, LEAD, lambda: gateway.respond(asked.message, LEAD, "Öffentlich", dmarc="pass"))
    story.ok(again is not None and "Ganz offen: Wir bauen. […]" in " ".join(again.text.split()) and "keinem" not in again.text and len(public_posts()) == before,
             "ÖFFENTLICH: what it has of the members' words is taken out, and its author sees it again", again and again.text)
    gateway.respond(again.message, LEAD, "ÖFFENTLICH", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(public_posts()) == before + 1) and "Ganz offen: Wir bauen. […]" in public_posts()[-1] and "keinem" not in public_posts()[-1],
             "and once more: everybody reads it without them", public_posts()[-1])
    gateway.settle()
    left = "Gerd <gerd@amt.example>"
    for way, act in (("left", ("member", "remove", "mobilitaet", bare(left))), ("only reads now", ("member", "set", "mobilitaet", bare(left), "--role", "reader"))):
        gateway.must("member", "add", "mobilitaet", bare(left), "--role", "member", "--delivery", "none")
        gateway.must(*act)
        asked = after(sink, left, lambda: gateway.write(left, public, "Geld", f"Es hieß dort: {said} Das {way}.", dmarc="pass"))
        story.ok(asked is not None and "nur Mitglieder" in " ".join(asked.text.split()), f"who {way} is asked about the members' words as well", asked and asked.subject)
        story.lacks(asked.text, "INTERN", "and is offered no ring that is not theirs")
        told = after(sink, left, lambda: gateway.respond(asked.message, left, "INTERN", dmarc="pass"))
        story.equal(told and told.subject, "Nur für Mitglieder dieses Forums", "who asks for it all the same is told so, and it waits")
        gateway.respond(asked.message, left, "NEIN", dmarc="pass")
    gateway.settle()
    gateway.must("member", "remove", "mobilitaet", bare(left))
    story.equal(len(public_posts()), before + 1, "and nothing of that got out either")


def among_members(story, gateway, sink):
    """idee-N+intern: what members say about a public idea stays with them."""
    to = f"idee-1+intern@{fp.DOMAIN}"
    asked = after(sink, LEAD, lambda: gateway.write(LEAD, to, "Re: Mehr Radwege", "Das Geld fehlt, aber sagt es noch keinem.", dmarc="pass"))
    story.ok(asked is not None and "Das Geld fehlt" in asked.text, "+intern: without a token of their own a member is asked")
    gateway.respond(asked.message, LEAD, "JA", dmarc="pass")
    inner = mail_to(sink, SECOND, "Das Geld fehlt")
    story.ok(inner is not None and "intern" in inner.subject.lower(), "members read it, and see that it is inner", inner and inner.subject)
    gateway.respond(inner.message, SECOND, "Ich frage nach.", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "Ich frage nach.") is not None, "and answer there")
    wrong_address(story, gateway, sink, inner)
    asked = after(sink, OFFICE, lambda: gateway.write(OFFICE, to, "x", "Wir auch.", dmarc="pass"))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "Wir auch.") is not None, "the same address leads to the same discussion")
    inners = {i["number"]: i["title"] for i in gateway.rows("idea", "list") if i["ring"] == "members"}
    story.equal(sorted(inners.values()), ["Der Tunnel kommt", "Mehr Radwege"], "which is one, and the operator sees what it is called")
    for n in inners:
        texts = {a: [p["text"] for p in json.loads(gateway.must("idea", "show", str(n), *a, "--json"))["posts"]] for a in ((), ("--all",))}
        story.ok(texts[()] == [] and texts[("--all",)] and "gesagt" not in gateway.must("idea", "show", str(n)), f"{n}: what they said is shown with --all alone", texts)
    story.has(json.dumps(show(gateway, 1, "--all"), ensure_ascii=False), "Das Geld fehlt", "as it is at the public idea")
    gateway.write(FRITZ, to, "x", "Was sagt ihr da?", dmarc="pass")
    gateway.settle()
    for person in (FRITZ, ERIKA):
        story.equal([m for m in sink.to(bare(person)) if "Das Geld fehlt" in m.text or "Ich frage nach" in m.text], [], f"{bare(person)} hears nothing of it")
    story.lacks(json.dumps(show(gateway, 1)), "Das Geld fehlt", "nor is it at the public idea")
    story.equal(gateway.write(FRITZ, f"idee-99+intern@{fp.DOMAIN}", "x", "x", dmarc="pass")[0], 550, "of an idea that is none there is no such address")


def rcpts(gateway, n, *words):
    """What RCPT says to idee-N+WORD@."""
    client = fp.Client(gateway.door)
    client.command("MAIL FROM:<x@example.com>")
    codes = [client.command(f"RCPT TO:<idee-{n}+{word}@{fp.DOMAIN}>")[0] for word in words]
    client.quit()
    return codes


def second_ring(story, gateway, sink, n, people):
    """3.5.3: of an idea in two forums each ring has an address of its own, and nobody gets by it into the other's."""
    gateway.must("forum", "add", "wolken", "--title", "Wolken", "--moderation", "none")
    gateway.must("forum", "alias", "add", "energie", "strom-und-1-2-waerme")
    good = ("intern-energie", "INTERN-Energie", "members-energie", "intern-strom-und-1-2-waerme", "intern-energle", "intern-mobilitaet", "intern")
    bad = ("intern-wolken", "intern-nebel", "intern-7-311-0123456789abcdef", "intern-energie-7-311-0123456789abcdef", "energie-intern", "folgen-energie+intern")
    story.equal(dict(zip(good + bad, rcpts(gateway, n, *good, *bad))), {**dict.fromkeys(good, 250), **dict.fromkeys(bad, 550)},
                "+intern-FORUM: by name and other name, upper case and with a slip of the hand; of another forum, or none: 550")
    heard = lambda who, words: len(mails(sink, people.get(who, who), words))
    for words, to in (("Berta für Energie.", "intern-energie"), ("Berta für Mobilität.", "intern-mobilitaet"), ("Berta ohne Namen.", "intern"),
                      ("Berta bei Strom.", "intern-strom-und-1-2-waerme")):
        asked = after(sink, people["both"], lambda: gateway.write(people["both"], f"idee-{n}+{to}@{fp.DOMAIN}", "Unter uns", words, dmarc="pass"))
        story.ok(asked is not None and "bestätigen" in asked.subject, f"{to}: without a token of her own she is asked", asked and asked.subject)
        gateway.respond(asked.message, people["both"], "JA", dmarc="pass")
        gateway.settle()
        is_energy = to not in ("intern", "intern-mobilitaet")
        story.equal([heard("there", words), heard(SECOND, words)], [1, 0] if is_energy else [0, 1],
                    f"{to}: {'the second forum reads it, home does not' if is_energy else 'home reads it, the second forum does not'}")
    inner = mails(sink, people["there"], "Berta für Energie.")[0]
    reply = inner.message["Reply-To"] or inner.message["From"]
    story.ok(re.search(r"idee-\d+\+intern-\d+-\d+-\w{16}@", reply) is not None, "a mail among members is answered at an address that says so", reply)
    story.has(inner.text, f"idee-{n}+intern-energie@{fp.DOMAIN}", "and names the address of its own ring")
    story.has(mails(sink, SECOND, "Berta für Mobilität.")[0].text, f"idee-{n}+intern-mobilitaet@{fp.DOMAIN}", "as the other forum's does of theirs")
    gateway.respond(inner.message, people["there"], "Theo antwortet.", dmarc="pass")
    gateway.settle()
    story.equal([heard("both", "Theo antwortet."), heard(SECOND, "Theo antwortet.")], [1, 0], "its answer stays there, unasked")
    own = gateway.own_address(n, bare(people["both"])).replace("+", "+intern-energie-")
    gateway.write(people["both"], own, "Unter uns", "Mit Namen und Nummer.", dmarc="pass")
    gateway.settle()
    story.equal([heard("there", "Mit Namen und Nummer."), heard(SECOND, "Mit Namen und Nummer.")], [1, 0], "the name of the forum before a token of one's own: unasked")
    for person, forum in ((SECOND, "energie"), (people["there"], "mobilitaet"), (FRITZ, "energie")):
        at = len(sink.to(bare(person)))
        gateway.write(person, f"idee-{n}+intern-{forum}@{fp.DOMAIN}", "Unter uns", "Ich lese doch mit, oder?", dmarc="pass")
        gateway.settle()
        story.equal([m.subject for m in sink.to(bare(person))[at:]], ["Nur für Mitglieder dieses Forums"], f"{bare(person)} has no part in that of {forum}")
    story.equal([heard(who, "Ich lese doch mit") for who in ("both", LEAD, OFFICE)], [0, 0, 0], "and nobody hears it")


def in_two_forums(story, gateway, sink):
    """3.5.2: shown in a second forum, whose members read, answer and talk among themselves; its home alone leads it."""
    gateway.write(ERIKA, FORUM, "Ein Netz", "Ein Netz: bitte bald in der ganzen Stadt.", dmarc="pass")
    n = fp.wait_for(lambda: next((i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Ein Netz"), None))
    inner_before = {i["number"] for i in gateway.rows("idea", "list") if i["ring"] == "members"}
    people = {"daily": "Dora Doppelt <dora@example.org>", "there": "Theo Dort <theo@example.org>", "both": "Berta Beide <berta@example.org>",
              "lead": "Ede Leiter <ede@ministerium.example.org>"}
    for forum, person, role, delivery in (("energie", "there", "member", "each"), ("mobilitaet", "both", "member", "each"), ("energie", "both", "member", "each"),
                                          ("energie", "lead", "lead", "none"), ("mobilitaet", "daily", "member", "weekly"), ("energie", "daily", "member", "daily")):
        gateway.must("member", "add", forum, bare(people[person]), "--role", role, "--delivery", delivery)
    told = after(sink, LEAD, lambda: gateway.respond(post_of(sink, LEAD, "Ein Netz").message, LEAD, "auch energie", dmarc="pass"))
    story.has(" ".join(told.text.split()), "auch im Forum „Energie“", "AUCH: shown in a second forum")
    story.equal(show(gateway, n)["forums"], ["mobilitaet", "energie"], "its home comes first")
    story.has(gateway.must("idea", "show", str(n)), "Neue Mobilität and Energie, published", "for people, too")
    story.ok(n in [i["number"] for i in gateway.rows("idea", "list", "--forum", "energie")], "the other forum lists it")
    before = {p: len(sink.to(bare(a))) for p, a in people.items()}
    gateway.write(FRITZ, f"idee-{n}@{fp.DOMAIN}", "Re: Ein Netz", "Auch für den Nachtbus, bitte.", dmarc="pass")
    for person in ("there", "both"):
        story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(people[person]))[before[person]:] if "Nachtbus, bitte" in m.text]), f"who is {person} is told of what is written there")
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(people["both"]))[before["both"]:] if "Nachtbus, bitte" in m.text]), 1, "once, however many of its forums somebody is in")
    when = (datetime.datetime.now().astimezone() + datetime.timedelta(days=8)).isoformat(timespec="seconds")
    made = gateway.must("digest", "run", "--now", when)
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(people["daily"])) if "Nachtbus, bitte" in m.text]), 1, f"daily here and weekly there: once, in the daily one ({made})")
    post = next(m for m in sink.to(bare(people["there"])) if "Nachtbus, bitte" in m.text)
    gateway.respond(post.message, people["there"], "Das gilt für Strom genauso.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Strom genauso" in json.dumps(show(gateway, n), ensure_ascii=False)), "a member of the second forum answers")
    story.equal(mails(sink, people["there"], "Strom genauso"), [], "as a member: nothing asks or thanks them")
    lead = sink.to(bare(people["lead"]))
    gateway.write(people["lead"], f"idee-{n}@{fp.DOMAIN}", "Re: Ein Netz", "stand in Beratung", dmarc="pass")
    gateway.settle()
    story.equal(show(gateway, n)["state"], "published", f"who leads the second forum leads it nowhere ({len(lead)})")
    for person, forum in (("there", "energie"), (SECOND, "mobilitaet")):
        address = people.get(person, person)
        gateway.write(address, f"idee-{n}+intern@{fp.DOMAIN}", "Unter uns", f"Nur für {forum}: das wird teuer.", dmarc="pass")
    fp.wait_for(lambda: len([i for i in gateway.rows("idea", "list") if i["ring"] == "members" and i["number"] not in inner_before]) == 2)
    gateway.settle()
    inner = [(i["forum"], i["forums"]) for i in gateway.rows("idea", "list") if i["ring"] == "members" and i["number"] not in inner_before]
    story.equal(sorted(inner), [("energie", ["energie"]), ("mobilitaet", ["mobilitaet"])], "each forum has its own discussion among members")
    story.equal([len(mails(sink, people["there"], f"Nur für {f}")) for f in ("mobilitaet",)], [0], "which the other's members do not hear")
    second_ring(story, gateway, sink, n, people)
    gateway.must("idea", "move", str(n), "energie", "--not-also")
    story.equal(rcpts(gateway, n, "intern-energie", "intern-mobilitaet", "intern"), [550, 250, 250], "of a forum that it is shown in no more there is no such address")
    story.equal(show(gateway, n)["forums"], ["mobilitaet"], "NICHT AUCH at the command line: only at home")
    story.equal([h["to"] for h in show(gateway, n)["history"]][1:], ["also:energie", "not-also:energie"], "its history says both")
    story.equal([e["kind"] for e in gateway.rows("event", "list") if e["kind"].startswith("idea.forum-")], ["idea.forum-added", "idea.forum-removed"], "and the journal")
    before = len(sink.to(bare(people["there"])))
    gateway.write(FRITZ, f"idee-{n}@{fp.DOMAIN}", "Re: Ein Netz", "Zweite Zugabe, bitte.", dmarc="pass")
    fp.wait_for(lambda: mails(sink, people["both"], "Zweite Zugabe"))
    gateway.settle()
    story.equal([m for m in sink.to(bare(people["there"]))[before:] if "Zweite Zugabe" in m.text and not m.message["Feedback-ID"].startswith("post")], [], "who only read it there")
    gateway.write(LEAD, f"idee-{n}@{fp.DOMAIN}", "Re: Ein Netz", "Auch gut.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Auch gut." in json.dumps(show(gateway, n))), "a word that names no forum is text")


def not_their_word(story, gateway, sink):
    """Case 20 and 1.2.4: a word that is not its writer's, or does not stand alone, is text, and the receipt explains; case 8: STOPP, too."""
    for person, words, part in ((LEAD, "Antwort: Wir bauen das 2027.", "gilt in diesem Forum nur von: Fachreferat"), (OFFICE, "Hinweis: Bitte sachlich bleiben.", "nur von: Leitung, Moderation"),
                                (FRITZ, "Stopp dem Autoverkehr!", "gilt dieses Wort nur, wenn es allein")):
        before = len(sink.to(bare(person)))
        gateway.write(person, f"idee-3@{fp.DOMAIN}", "Re: Radwege an Schulen", words, dmarc="pass")
        for hold in [h["hold"] for h in gateway.rows("hold", "list") if "late" in h["why"]]: # the idea is over: what others write is read first
            gateway.must("hold", "release", str(hold))
        found = fp.wait_for(lambda: next((p for p in show(gateway, 3)["posts"] if p["text"] == words), None))
        story.equal(found and (found["kind"], found["ministry"]), ("reply", None), f"{words} is a contribution like any, with the word in it")
        told = fp.wait_for(lambda: [m for m in sink.to(bare(person))[before:] if part in " ".join(m.text.split())])
        story.ok(told, f"{words} and its receipt explains the word", [m.text for m in sink.to(bare(person))[before:]])
    gateway.write(SECOND, f"idee-3@{fp.DOMAIN}", "Re: Radwege an Schulen", "Das sehe ich genauso.", dmarc="pass")
    fp.wait_for(lambda: "genauso" in json.dumps(show(gateway, 3)))
    gateway.settle()
    story.equal([m.subject for m in sink.to(bare(SECOND)) if "veröffentlicht" in m.subject], [], "whose text begins with no such word gets no receipt as a member")


def too_many_questions(story, gateway, sink):
    most = fp.limit("LIMIT_ORDERS_ASKED")
    found = []
    for n in range(most + 1):
        gateway.write(OFFICE, HELP, "", f"frist 4 {1 + n % 28}.8.2030", dmarc="pass")
        if n < 2:
            found.append(mail_to(sink, OFFICE, f"frist 4 {1 + n}.8.2030"))
    first, second = found
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        days = db.execute("SELECT DISTINCT (expires_at - created_at - 1) / 86400 FROM wish WHERE kind = 'order'").fetchall()
    story.equal(days, [(fp.limit("LIMIT_COMMAND_DAYS"),)], "a JA to such words has three days, to the end of the last")
    gateway.respond(first.message, OFFICE, "JA", dmarc="pass")
    gateway.settle()
    story.equal(show(gateway, 4)["deadline"], "2030-07-01", "of many questions that nobody answers the oldest is over")
    gateway.respond(second.message, OFFICE, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: show(gateway, 4)["deadline"] != "2030-07-01") and show(gateway, 4)["deadline"], "2030-08-02", "the others are not")


def a_day_of_work(story, gateway, sink):
    """Whoever leads a forum has more answers a day than others, and a mistake is told however many they were."""
    most, of_others = fp.limit("LIMIT_TRANSCRIPTS_STAFF"), fp.limit("LIMIT_TRANSCRIPTS_PER_DAY")

    def fill(n):
        with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
            mailbox, have = db.execute("SELECT mailbox, count(*) FROM notice WHERE purpose = 'commands' AND person_id = "
                                       "(SELECT person_id FROM address WHERE address = ?) GROUP BY mailbox", (bare(LEAD),)).fetchone()
            db.executemany("INSERT INTO notice (stream, purpose, address, due_at, mailbox, state) VALUES (0, 'commands', 'x@example.org', unixepoch(), ?, 'sent')",
                           [(mailbox,)] * (n - have))

    fill(of_others + 1)
    told = after(sink, LEAD, lambda: gateway.write(LEAD, HELP, "", "status 2", dmarc="pass"))
    story.ok(told is not None and "Nachtbus" in told.text, "whoever leads a forum is answered more often than others")
    fill(most)
    at = len(sink.to(bare(LEAD)))
    for _ in range(2):
        gateway.write(LEAD, HELP, "", "status 3", dmarc="pass")
        gateway.settle()
    story.equal([m.subject for m in sink.to(bare(LEAD))[at:]], ["Für heute war das unsere letzte Antwort"], "until that has an end, too: one sentence says so, once")


def main():
    with fp.Story("staff") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        sink.settle = gateway.settle
        several_in_one_mail(story, gateway, sink)
        asked_at_help(story, gateway, sink)
        weighs_more(story, gateway, sink)
        with_a_forum(story, gateway, sink)
        two_at_once(story, gateway, sink)
        two_clerks(story, gateway, sink)
        addresses_that_order(story, gateway, sink)
        to_the_author(story, gateway, sink)
        letters_of_a_day(story, gateway, sink)
        removed(story, gateway, sink)
        among_members(story, gateway, sink)
        in_two_forums(story, gateway, sink)
        not_their_word(story, gateway, sink)
        too_many_questions(story, gateway, sink)
        a_day_of_work(story, gateway, sink)


main()

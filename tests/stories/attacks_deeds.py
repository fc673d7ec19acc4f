#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks on the moment of the deed: leaked tokens, Message-IDs as tokens, a yes after the rules have changed, machines and
pictures that say JA, addresses tried out, two who decide at once. Each is a mail in; what counts is what is public
afterwards and what goes out."""
import email.message
import email.policy
import json
import re
import sqlite3
import threading

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
INNER = f"mobilitaet+intern@{fp.DOMAIN}"
CHECKED = f"gesundheit@{fp.DOMAIN}"
ANNA, BERT = "Anna <anna@example.org>", "Bert <bert@example.com>"
MODERATOR = "Büro <buero@example.org>"
MALLORY = "Mallory <mallory@example.net>"
SECRET = "Standort Zeche Morgenröte"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink, **sections):
    gateway = fp.Gateway(story, relay_port=sink.port, **sections)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "gesundheit", "--title", "Gesundheit", "--moderation", "pre")
    for who in (ANNA, BERT):
        gateway.must("member", "add", "mobilitaet", bare(who), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "gesundheit", bare(MODERATOR), "--role", "moderator", "--delivery", "none")
    gateway.start()
    return gateway


def posts(gateway, number, *more):
    return [p["text"] for p in json.loads(gateway.must("idea", "show", str(number), "--json", *more))["posts"]]


def ideas(gateway):
    return {i["title"]: i for i in gateway.rows("idea", "list", "--all")}


def set_state(gateway, idea, state):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("UPDATE idea SET state = ? WHERE id = ?", (state, idea))
    db.close()


def question_of(gateway, sink, person, to, subject, text, **options):
    """The question that a mail brings to its author."""
    gateway.write(person, to, subject, text, **options)
    return fp.wait_for(lambda: [m for m in sink.to(bare(person))
                                if str(m.message["Reply-To"]).startswith("ja+") and text in m.text])[-1].message


def publish(gateway, sink, person, to, subject, text, inner=False):
    """The number of a new idea."""
    if inner:
        gateway.respond(question_of(gateway, sink, person, to, subject, text, dmarc="pass"), person, "JA")
    else:
        gateway.write(person, to, subject, text, dmarc="pass")
    return fp.wait_for(lambda: ideas(gateway).get(subject))["number"]


def last_verdict(gateway):
    """Of the newest mail: verdict and rule."""
    keys = [e["message"] for e in gateway.rows("event", "list") if e["message"]]
    return json.loads(gateway.must("explain", keys[-1], "--json"))["verdicts"][-1]


def moderators_token(story, gateway, sink):
    """7: the address of a decision has leaked (a forwarded mail, a screenshot)."""
    gateway.write(ANNA, CHECKED, "Pillenwerbung", "Kaufen Sie Pillen.", dmarc="pass")
    gateway.respond(sink.wait(bare(ANNA)).message, ANNA, "JA")
    asked = sink.wait(bare(MODERATOR)).message
    idea = [h for h in gateway.rows("hold", "list") if h["kind"] == "review"][0]["idea"]
    for what, options in {"dmarc=fail": {"dmarc": "fail"}, "no proof at all": {}}.items():
        gateway.respond(asked, MODERATOR, "frei", **options)
        story.equal(posts(gateway, idea), [], f"a leaked moderator's token with {what} releases nothing")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "konnten Ihre Entscheidung nicht prüfen" in m.text])
    story.equal(len(told), 1, "the moderator hears of it, once")
    story.has(str(told[0].message["Reply-To"]), "moderation+", "and can answer")
    for _ in range(2):
        gateway.respond(asked, MALLORY, "frei", dmarc="pass")
    story.equal(posts(gateway, idea), [], "nor does somebody else with a proof of their own")
    told_of_misuse = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "nur Sie haben" in m.subject])
    story.equal(len(told_of_misuse), 1, "the moderator hears that the address is in other hands, once a day")
    story.lacks(told_of_misuse[0].data.decode(), "mallory", "but not whose")
    gateway.respond(asked, MODERATOR, "frei")
    data = fp.mail(MODERATOR, CHECKED, "AW: x", "frei", In_Reply_To=asked["Message-ID"])
    gateway.deliver(bare(MODERATOR), CHECKED, fp.found(fp.trace(data), MODERATOR, "pass"))
    story.equal(posts(gateway, idea), [], "the Message-ID of the notice, with proof, is no token")
    gateway.must("member", "set", "gesundheit", bare(MODERATOR), "--role", "member")
    gateway.respond(asked, MODERATOR, "frei", dmarc="pass")
    said = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "nicht angenommen" in m.subject and "die Rolle nicht mehr" in " ".join(m.text.split())])
    story.ok(said and "anderen Adresse" not in " ".join(said[0].text.split()), "whose role was taken decides nothing, and is told that, and of no other address", said)
    gateway.must("member", "set", "gesundheit", bare(MODERATOR), "--role", "moderator")
    gateway.respond(told[0].message, MODERATOR, "ablehnen: Das ist Werbung.", dmarc="pass")
    story.equal([h for h in gateway.rows("hold", "list") if h["kind"] == "review"], [], "token and proof together decide")


def by_message_id(story, gateway, sink):
    """7: In-Reply-To of somebody's question, sent to the forum."""
    question = question_of(gateway, sink, MALLORY, FORUM, "Radwege", "Mehr Radwege.")
    data = fp.mail(MALLORY, FORUM, "AW: x", "JA", In_Reply_To=question["Message-ID"])
    gateway.deliver(bare(MALLORY), FORUM, fp.trace(data))
    story.lacks(ideas(gateway), "Radwege", "a Message-ID without proof confirms nothing")
    again = fp.trace(data.replace(b"Message-ID: <", b"Message-ID: <2"))
    gateway.deliver(bare(MALLORY), FORUM, fp.found(again, MALLORY, "pass"))
    story.ok(fp.wait_for(lambda: "Radwege" in ideas(gateway)), "the proved author's JA to the forum's address is heard")
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(MALLORY)) if "ist veröffentlicht" in m.subject])[-1].message
    data = fp.mail("Nora <nora@example.net>", FORUM, "x", "Noch eine Frage.", In_Reply_To=receipt["Message-ID"],
                   References=receipt["Message-ID"])
    gateway.deliver("nora@example.net", FORUM, fp.trace(data))
    story.has(sink.wait("nora@example.net").text, "Radwege", "it threads: a stranger's mail goes to that discussion")
    gateway.deliver(bare(ANNA), FORUM, fp.trace(fp.mail(ANNA, FORUM, "x", "STOPP", In_Reply_To=receipt["Message-ID"])))
    story.ok(not [m for m in sink.to(bare(ANNA)) if "keine Nachrichten mehr" in m.text], "and stops nothing without proof")


def after_the_yes(story, gateway, sink):
    """A question that is answered already takes no words: they come back; NEIN and LÖSCHEN still mean the text; STOPP its mails. Nobody
    proves From here but by having been asked."""
    paula = "Paula <paula@example.net>"
    question = question_of(gateway, sink, paula, FORUM, "Ein Brunnen", "Ein Brunnen auf dem Markt.")
    gateway.respond(question, paula, "Das mit dem Brunnen war ich.")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(paula)) if "nicht eindeutig" in m.subject]),
             "who was asked hears that the answer was not understood, though nothing proves From")
    gateway.respond(question, paula, "JA")
    n = fp.wait_for(lambda: ideas(gateway).get("Ein Brunnen"))["number"]
    gateway.respond(question, paula, "JA\nUnd bitte mit Bänken.", dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(paula)) if "schon beantwortet" in m.subject])
    story.ok(told and "mit Bänken" in told[0].text, "what is said after the yes comes back to its author", told)
    story.ok(told and "noch ist nichts geschehen" not in " ".join(told[0].text.split()).lower(), "who is not told that nothing happened")
    gateway.respond(question, paula, "NEIN")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(paula)) if "zurückziehen?" in m.subject])
    story.ok(asked and posts(gateway, n), "NEIN after the yes: whether the text shall go is asked", asked)
    gateway.respond(question, paula, "STOPP", dmarc="pass")
    gateway.write(BERT, f"idee-{n}@{fp.DOMAIN}", "AW", "Schöner Brunnen.", dmarc="pass")
    fp.wait_for(lambda: len(posts(gateway, n)) == 2)
    gateway.settle()
    story.equal([m.subject for m in sink.to(bare(paula)) if "Schöner" in m.text], [], "STOPP after the yes: no more mails about it")
    gateway.respond(question, paula, "löschen", dmarc="pass")
    story.ok(fp.wait_for(lambda: ideas(gateway).get("Ein Brunnen") is None), "LÖSCHEN after the yes, proved: it is gone")
    gateway.respond(question, paula, "NEIN", dmarc="pass")
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(paula)) if "zurückziehen?" in m.subject]), 1, "and once more is no new question")


def nothing_asked(story, gateway, sink):
    """Who answers JA to everything: to a mail that asked nothing, or to a forum, that is no contribution and no idea."""
    otto = "Oswin <oswin@example.net>"
    gateway.respond(question_of(gateway, sink, otto, FORUM, "Ein Zaun", "Ein Zaun am Teich."), otto, "JA")
    n = fp.wait_for(lambda: ideas(gateway).get("Ein Zaun"))["number"]
    gateway.settle()
    receipt = [m for m in sink.to(bare(otto)) if "ist veröffentlicht" in m.subject][-1].message
    before = set(ideas(gateway))
    gateway.respond(receipt, otto, "JA\n\nMit freundlichen Grüßen\nOswin")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(otto)) if "Worauf antworten" in m.subject])
    story.ok(told and len(posts(gateway, n)) == 1, "JA to a receipt, with nothing that proves From: no post, and its author hears", told)
    for subject, text in (("AW: Bitte bestätigen Sie Ihre Idee", "Ja, das bin ich."), ("JA", ""), ("NEIN", "NEIN"), ("AW: " + receipt["Subject"], "Ja!!")):
        gateway.write(otto, FORUM, subject, text, dmarc="pass")
        story.equal(last_verdict(gateway)["verdict"], "refused", f"to the forum, {subject!r} and {text!r}: refused")
    gateway.write(otto, f"hilfe@{fp.DOMAIN}", "", "meine daten", dmarc="pass")
    other = fp.wait_for(lambda: [m for m in sink.to(bare(otto)) if "Ihre Daten sehen?" in m.subject])[0].message
    gateway.settle()
    most, n_before = fp.limit("LIMIT_REPLIES_PER_DAY"), len(sink.to(bare(otto)))
    for i in range(most + 1):
        gateway.respond(other, otto, f"Vielleicht schon, Nummer {i}.", dmarc="pass")
    gateway.settle()
    story.equal(len(sink.to(bare(otto))) - n_before, most, "who proves to be asked and misunderstands is answered each time, up to five times a day")
    gateway.respond(receipt, otto, "Ja, und ein Tor dazu.", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(posts(gateway, n)) == 2), "with words it is a contribution")
    gateway.write(BERT, f"idee-{n}@{fp.DOMAIN}", "AW: Ein Zaun", "Soll er hoch sein?", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(otto)) if "hoch sein" in m.text])[-1].message
    gateway.respond(asked, otto, "Ja.", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(posts(gateway, n)) == 4), "and below what somebody else asks it is one alone")
    story.equal(set(ideas(gateway)), before, "no idea is called JA")


def rules_at_the_deed(story, gateway, sink):
    """8: what was allowed when the mail came is not when its author says yes."""
    question = question_of(gateway, sink, BERT, INNER, SECRET, "Nur für uns.", dmarc="pass")
    gateway.must("member", "remove", "mobilitaet", bare(BERT))
    gateway.respond(question, BERT, "JA", dmarc="pass")
    story.lacks(ideas(gateway), SECRET, "JA after leaving the forum publishes nothing into the members' ring")
    story.has(last_verdict(gateway)["reason"], "members-only", "the rule is named")
    gateway.must("member", "add", "mobilitaet", bare(BERT), "--role", "member", "--delivery", "none")
    gateway.respond(question, BERT, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: SECRET in ideas(gateway)), "a member again, the same JA counts")

    number = publish(gateway, sink, ANNA, FORUM, "Bank am Kanal", "Eine Bank am Kanal.")
    for state, after in (("removed", "published"), ("withdrawn", "published")):
        question = question_of(gateway, sink, f"Leser <leser-{state}@example.net>", f"idee-{number}@{fp.DOMAIN}", "AW", f"Gute Idee ({state}).")
        set_state(gateway, number, state)
        gateway.respond(question, f"Leser <leser-{state}@example.net>", "JA", dmarc="pass")
        story.equal(len(posts(gateway, number)), 1 if state == "removed" else 2, f"JA for a reply to an idea that is {state} publishes nothing")
        story.has(last_verdict(gateway)["reason"], "idea-not-open", f"the rule is named ({state})")
        set_state(gateway, number, after)
        gateway.respond(question, f"Leser <leser-{state}@example.net>", "JA", dmarc="pass")
        fp.wait_for(lambda: len(posts(gateway, number)) == (2 if state == "removed" else 3))
    question = question_of(gateway, sink, "Spät <spaet@example.net>", FORUM, "Zu spät", "Noch eine Idee.")
    gateway.must("forum", "close", "mobilitaet")
    gateway.respond(question, "Spät <spaet@example.net>", "JA", dmarc="pass")
    story.lacks(ideas(gateway), "Zu spät", "JA after the forum was closed publishes nothing")
    told = fp.wait_for(lambda: [m for m in sink.to("spaet@example.net") if "nimmt seit" in m.text])
    story.ok(told, "its author is told")
    gateway.must("forum", "open", "mobilitaet")


def release_at_the_deed(story, gateway, sink):
    """8: a moderator releases a reply to an idea that was removed meanwhile, by mail and at the desk."""
    number = publish_checked(gateway, sink, "Hausärzte", "Mehr Hausärzte.")
    n = len(sink.to(bare(MODERATOR)))
    gateway.write(ANNA, f"idee-{number}@{fp.DOMAIN}", "AW", "Und Hebammen.", dmarc="pass")
    asked = sink.wait(bare(MODERATOR), n + 1).message
    hold = [h for h in gateway.rows("hold", "list") if h["kind"] == "review"][-1]["hold"]
    set_state(gateway, number, "removed")
    gateway.respond(asked, MODERATOR, "frei", dmarc="pass")
    story.equal(posts(gateway, number), ["Mehr Hausärzte."], "frei for a reply to a removed idea publishes nothing")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "kann nicht mehr erscheinen" in m.text])
    story.ok(told, "the moderator is told, and may reject it")
    done = gateway.run("hold", "release", str(hold))
    story.ok(done.returncode != 0 and "not public" in done.stderr, "the desk refuses the same", done.stdout, done.stderr)
    story.equal(posts(gateway, number), ["Mehr Hausärzte."], "and publishes nothing")
    set_state(gateway, number, "published")
    gateway.must("hold", "release", str(hold))
    story.equal(posts(gateway, number), ["Mehr Hausärzte.", "Und Hebammen."], "once it is open again the release works")
    done = gateway.run("hold", "release", str(hold))
    story.ok(done.returncode != 0 and "decided before" in done.stderr, "a second release at the desk says that it was decided", done.stderr)
    story.equal(len(posts(gateway, number)), 2, "and doubles nothing")


def publish_checked(gateway, sink, subject, text):
    n = len(sink.to(bare(MODERATOR)))
    gateway.write(ANNA, CHECKED, subject, text, dmarc="pass")
    gateway.respond(sink.wait(bare(MODERATOR), n + 1).message, MODERATOR, "frei", dmarc="pass")
    return fp.wait_for(lambda: ideas(gateway).get(subject) if ideas(gateway).get(subject, {}).get("posts") else None)["number"]


def questions_at_their_turn(story, gateway, sink):
    """8: a question that waited its turn is no longer asked once its answer would be refused."""
    who = "Wartet <wartet@example.net>"
    number = publish(gateway, sink, ANNA, FORUM, "Rutsche im Freibad", "Eine Rutsche im Freibad.")
    question = question_of(gateway, sink, who, FORUM, "Steg am See", "Ein Steg am See.")
    gateway.write(who, f"idee-{number}@{fp.DOMAIN}", "AW", "Mit Rutschmatten, bitte.")
    waiting = [h for h in gateway.rows("hold", "list") if h["idea"] == number]
    story.equal(len(waiting), 1, "a second question to an unproved address waits")
    set_state(gateway, number, "removed")
    gateway.respond(question, who, "JA")
    story.ok(fp.wait_for(lambda: "Steg am See" in ideas(gateway)), "the first one is answered")
    gateway.must("clock", "--once")
    story.equal([h for h in gateway.rows("hold", "list") if h["idea"] == number], [], "the other is given up, since its idea was removed")
    events = [e for e in gateway.rows("event", "list") if e["kind"] == "hold.expired"]
    story.ok(events and events[-1]["detail"] == "idea-not-open", "the journal says why", events[-1:])
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(who)) if "ist veröffentlicht" in m.subject]), "the author hears of the first")
    story.equal([m for m in sink.to(bare(who)) if "Rutsche" in m.text + m.subject], [], "and nothing of the removed one")


def nothing_is_named(story, gateway, sink):
    """9: numbers tried out, STOPP to what one may not read, slips of the hand in an extension."""
    inner = publish(gateway, sink, ANNA, INNER, "Streik am Montag", "Nur für Mitglieder.", inner=True)
    n = len(sink.to(bare(MODERATOR)))
    gateway.write(ANNA, CHECKED, "Noch geheim", "Wird geprüft.", dmarc="pass")
    sink.wait(bare(MODERATOR), n + 1)
    reviewed = [h for h in gateway.rows("hold", "list") if h["kind"] == "review"][-1]["idea"]
    gateway.settle()
    before = len(sink.mails)
    answers = {}
    for name, number in {"inner": inner, "in review": reviewed, "absent": 4711}.items():
        for text in ("STOPP", "Hallo?", "HILFE"):
            answers.setdefault(name, []).append(
                [str(part).replace(str(number), "N") for part in
                 gateway.write("Probe <probe@example.net>", f"idee-{number}@{fp.DOMAIN}", "x", text, dmarc="pass")])
    story.equal(answers["inner"], answers["absent"], "an inner idea answers like one that is not there")
    story.equal(answers["in review"], answers["absent"], "so does one that waits for review")
    story.equal(answers["absent"][0][0], "550", "with 550")
    story.equal(gateway.write(ANNA, f"idee-{reviewed}@{fp.DOMAIN}", "x", "STOPP", dmarc="pass")[0], 550, "whoever asks")
    told = [m for m in sink.mails[before:] if "Streik" in m.text + m.subject or "geheim" in m.text + m.subject]
    story.equal(told, [], "no mail names them")
    address = inner_address(gateway, sink, inner)
    gateway.write("Probe <probe@example.net>", address, "x", "STOPP", dmarc="pass")
    gateway.write("Probe <probe@example.net>", address, "x", "Darf ich mitreden?", dmarc="pass")
    told = fp.wait_for(lambda: sink.to("probe@example.net"))
    story.ok(told and not [m for m in sink.to("probe@example.net") if "Streik" in m.subject + m.text],
             "who holds a member's answer address is not told the title either", *[m.text for m in told or []])
    for to in (f"mobilitaet+intren@{fp.DOMAIN}", f"mobilitaet+@{fp.DOMAIN}", f"idee-1+intern@{fp.DOMAIN}", f"idee-1+erledigt@{fp.DOMAIN}"):
        story.equal(gateway.write(ANNA, to, "Vertraulich", "Vertraulich.", dmarc="pass")[0], 550, f"550 for {to.split('@')[0]}")
    done = gateway.run("deliver", "-f", bare(ANNA), "-r", f"mobilitaet+intren@{fp.DOMAIN}", data=fp.mail(ANNA, FORUM, "V", "V.").decode())
    story.equal(done.returncode, 67, "the pipe says EX_NOUSER")


def inner_address(gateway, sink, number):
    """The answer address that a member was given for an inner idea."""
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if f"idee-{number}+" in str(m.message["Reply-To"])])[-1]
    return fp.address_of(receipt.message["Reply-To"])


def with_html(sender, to, html):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, "AW"
    message["Message-ID"] = email.utils.make_msgid(domain="client.example.net")
    message.set_content(html, subtype="html")
    return fp.trace(message.as_bytes())


def with_file(sender, to, text):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, "AW"
    message["Message-ID"] = email.utils.make_msgid(domain="client.example.net")
    message.set_content("")
    message.add_attachment(text, filename="antwort.txt")
    return fp.trace(message.as_bytes())


def not_a_person(story, gateway, sink):
    """10: what says JA without a person."""
    who = "Otto <otto@example.net>"
    question = question_of(gateway, sink, who, FORUM, "Ohne Ja", "Ein Platz am Fluss.")
    to = fp.address_of(question["Reply-To"])
    gateway.deliver("", to, fp.trace(fp.mail(who, to, "AW", "JA")))
    story.lacks(ideas(gateway), "Ohne Ja", "a null envelope sender confirms nothing")
    for name, headers in {"List-Id": {"List_Id": "<l.example.net>"}, "Precedence: list": {"Precedence": "list"},
                          "Precedence: bulk": {"Precedence": "bulk"}, "List-Unsubscribe": {"List_Unsubscribe": "<mailto:x@example.net>"},
                          "Return-Path: <>": {"Return_Path": "<>"}}.items():
        gateway.deliver(bare(who), to, fp.trace(fp.mail(who, to, "AW: x", "JA", In_Reply_To=question["Message-ID"], **headers)))
        story.lacks(ideas(gateway), "Ohne Ja", f"{name} confirms nothing")
    gateway.deliver(bare(who), to, with_html(who, to, '<html><body><img src="cid:1" alt="JA"></body></html>'))
    story.lacks(ideas(gateway), "Ohne Ja", "an image called JA confirms nothing")
    gateway.deliver(bare(who), to, with_html(who, to, '<html><body><div><img alt="JA"></div><p>Ich bin im Urlaub.</p></body></html>'))
    story.lacks(ideas(gateway), "Ohne Ja", "nor one above other words")
    gateway.deliver(bare(who), to, with_file(who, to, "JA\n"))
    story.lacks(ideas(gateway), "Ohne Ja", "a text attachment confirms nothing")
    gateway.deliver(bare(who), to, with_html(who, to, '<html><body><p>JA</p><p><img alt="Logo der Firma"></p></body></html>'))
    story.ok(fp.wait_for(lambda: "Ohne Ja" in ideas(gateway)), "a person's JA above a picture does")
    before = len(gateway.rows("idea", "list"))
    gateway.deliver("", FORUM, fp.found(fp.trace(fp.mail(ANNA, FORUM, "Von niemandem", "Ich bin bis Montag nicht da.")), ANNA, "pass"))
    story.equal(len(gateway.rows("idea", "list")), before, "a member's post from <> is a machine's")
    for sender, verdict in ((["-f", ""], "ignore"), ([], "post")):
        data = fp.found(fp.trace(fp.mail(ANNA, FORUM, f"Durch die Röhre {verdict}", "Ein Text durch die Röhre.")), ANNA, "pass")
        gateway.must("deliver", "-r", FORUM, *sender, data=data.decode())
        story.equal(last_verdict(gateway)["verdict"], verdict, f"the pipe, {'null path' if sender else 'no sender said'}: {verdict}")
    number = ideas(gateway)["Ohne Ja"]["number"]
    said = lambda: [p["text"] for p in json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]]
    for n, headers in enumerate(({"Precedence": "bulk"}, {"Precedence": "junk"}, {"Precedence": "list"}, {"X_Precedence": "bulk"}, {"List_Id": "<l.example.net>"}, {"Mailing_List": "x"})):
        gateway.settle()
        before = len(sink.to(bare(who)))
        gateway.write(who, f"idee-{number}@{fp.DOMAIN}", "Re: Ohne Ja", f"Am Fluss ist es schön, sagt Nummer {n}.", dmarc="pass", In_Reply_To=question["Message-ID"], **headers)
        gateway.settle()
        story.equal((len(sink.to(bare(who))) - before, any(f"Nummer {n}." in t for t in said())), (0, True), f"{headers}: words spread by a program count, and nobody answers them")
    answer = fp.wait_for(lambda: [m for m in sink.to(bare(who)) if f"idee-{number}+" in str(m.message["Reply-To"])])[-1].message
    to = fp.address_of(answer["Reply-To"])
    gateway.deliver(bare(who), to, with_html(who, to, '<html><body><img alt="STOPP"></body></html>'))
    gateway.deliver("", to, fp.trace(fp.mail(who, to, "AW", "STOPP")))
    gateway.write(ANNA, f"idee-{number}@{fp.DOMAIN}", "x", "Ein Zwischenruf.", dmarc="pass")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(who)) if "Zwischenruf" in m.text]), "none of them stops anything")


def names_of(gateway, number):
    return [p["person"] for p in json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]]


def under_false_names(story, gateway, sink):
    """11: a name that looks like an office, the moderation, a forum or somebody else is shown nowhere."""
    gateway.must("member", "add", "gesundheit", "leitung@example.org", "--role", "lead", "--delivery", "none", "--name", "Renate Probe")
    wishes = {"Ministerium für Verkehr": "amtliche", "Moderation": "amtliche", "M\u0456nisterium": "verschiedenen Schriften",
              "Neue Mobilität": "amtliche", "Staatskanzlei": "amtliche", "Bezirksregierung Arnsberg": "amtliche",
              "Erika\u200b B.": "nicht sieht", "\u202eakirE": "nicht sieht", "renate probe": "verwechseln",
              "erika@example.org": "Adresse"}
    for i, (name, why) in enumerate(wishes.items()):
        who = f"Wer <wer-{i}@example.net>"
        question = question_of(gateway, sink, who, FORUM, f"Idee {i} zum Namen", f"Vorschlag Nummer {i} eines Menschen.")
        gateway.respond(question, who, f"JA\nNAME: {name}")
        number = fp.wait_for(lambda: ideas(gateway).get(f"Idee {i} zum Namen"))["number"]
        story.equal(names_of(gateway, number), [None], f"a text is published, but not under the name {name!r}")
        asked = fp.wait_for(lambda: [m for m in sink.to(bare(who)) if "anderen Namen" in m.subject])
        story.ok(asked and why in asked[0].text, "its author is asked for another one and told why", *[m.text for m in asked or []])
    shown = [m for m in sink.mails if any(name in str(m.message["From"]) for name in ("Ministerium", "Staatskanzlei", "Bezirksregierung"))]
    story.equal(shown, [], "no mail goes out under such a name")
    gateway.respond(asked[0].message, who, "NAME: Redaktion")
    story.equal(names_of(gateway, number), [None], "a second such name is not shown either")
    gateway.respond(asked[0].message, who, "NAME: Erika B.")
    story.equal(fp.wait_for(lambda: names_of(gateway, number) == ["Erika B."] and names_of(gateway, number)), ["Erika B."], "another name is")
    other = "Zweite <zweite@example.net>"
    question = question_of(gateway, sink, other, f"idee-{number}@{fp.DOMAIN}", "AW", "Ich auch, ganz bestimmt.")
    gateway.respond(question, other, "JA\nNAME: ERIKA B")
    fp.wait_for(lambda: len(names_of(gateway, number)) == 2)
    story.equal(names_of(gateway, number), ["Erika B.", None], "nobody speaks in a discussion under a name that somebody has there")
    gateway.respond(asked[0].message, "Fremd <fremd@example.com>", "NAME: Mallory", dmarc="pass")
    story.equal(names_of(gateway, number)[0], "Erika B.", "nobody else changes a name")
    done = gateway.run("person", "set", bare(ANNA), "--name", "M\u0456nisterium")
    story.ok(done.returncode != 0 and "several scripts" in done.stderr, "the desk takes no mixed scripts", done.stderr)
    gateway.must("person", "set", bare(MODERATOR), "--name", "Moderation (Demo)")


def all_at_once(story, gateway, sink):
    """8: the same yes by several doors at the same moment is one post."""
    who = "Viele <viele@example.net>"
    question = question_of(gateway, sink, who, FORUM, "Einmal genügt", "Ein Brunnen auf dem Markt.")
    to = fp.address_of(question["Reply-To"])
    mails = [fp.trace(fp.mail(who, to, "AW: x", "JA", In_Reply_To=question["Message-ID"])) for _ in range(8)]
    doors = [threading.Thread(target=gateway.deliver, args=(bare(who), to, data)) if i % 2 else
             threading.Thread(target=gateway.run, args=("deliver", "-f", bare(who), "-r", to), kwargs={"data": data.decode()})
             for i, data in enumerate(mails)]
    for door in doors:
        door.start()
    for door in doors:
        door.join()
    titles = [i["title"] for i in gateway.rows("idea", "list")]
    story.equal(titles.count("Einmal genügt"), 1, "eight times JA by two doors at once is one idea")
    receipts = [m for m in sink.to(bare(who)) if "ist veröffentlicht" in m.subject]
    story.equal(len(fp.wait_for(lambda: receipts or [m for m in sink.to(bare(who)) if "ist veröffentlicht" in m.subject])), 1, "and one receipt")


def nothing_proved(story, sink):
    """Without authserv_id the token and the right From decide, as before; a Message-ID never does."""
    gateway = set_up(story, sink, intake={"authserv_id": ""})
    n = len(sink.to(bare(MODERATOR)))
    gateway.respond(question_of(gateway, sink, ANNA, CHECKED, "Ohne Beweis", "Eine Rampe am Eingang."), ANNA, "JA")
    asked = sink.wait(bare(MODERATOR), n + 1).message
    number = ideas(gateway)["Ohne Beweis"]["number"]
    gateway.deliver(bare(MODERATOR), CHECKED, fp.trace(fp.mail(MODERATOR, CHECKED, "AW: x", "frei", In_Reply_To=asked["Message-ID"])))
    story.equal(posts(gateway, number), [], "where nothing can be proved a Message-ID still decides nothing")
    gateway.respond(asked, MODERATOR, "frei")
    story.equal(fp.wait_for(lambda: posts(gateway, number)), ["Eine Rampe am Eingang."], "the token does")


with fp.Story("attacks on deeds") as story:
    sink = fp.Sink()
    gateway = set_up(story, sink, initiative={"protected_names": "Bezirksregierung Arnsberg, Land NRW"})
    moderators_token(story, gateway, sink)
    by_message_id(story, gateway, sink)
    after_the_yes(story, gateway, sink)
    nothing_asked(story, gateway, sink)
    rules_at_the_deed(story, gateway, sink)
    release_at_the_deed(story, gateway, sink)
    questions_at_their_turn(story, gateway, sink)
    nothing_is_named(story, gateway, sink)
    not_a_person(story, gateway, sink)
    under_false_names(story, gateway, sink)
    all_at_once(story, gateway, sink)
    nothing_proved(story, sink)

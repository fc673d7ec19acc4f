#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong where people take part by mail, each as mails in and mails out: an address that was given to somebody else, a program that
answers while its owner is away, two who command at once, a command with a mistake, hundreds of mails in one victim's name, and sentences that
begin with a word that could be a command. GOES_WRONG_FORGED=500 sends so many."""
import contextlib
import json
import os

import fp

ERIKA = "Erika <erika@example.net>"
MALLORY = "Mallory <mallory@example.com>"
LEAD = "Leitung <leitung@amt.example.com>"
OFFICE = "Referat <referat@amt.example.com>"
NEW = "Nora Neu <nora@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
IDEA = f"idee-1@{fp.DOMAIN}"
N_FORGED = int(os.environ.get("GOES_WRONG_FORGED", "60"))


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person, role in ((ERIKA, "member"), (LEAD, "lead"), (OFFICE, "office")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", role, "--delivery", "each")
    gateway.start()
    gateway.write(LEAD, FORUM, "Nachtbus", "Ein Bus nach Mitternacht.", dmarc="pass")
    return gateway


def told(sink, person, words, seconds=None):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject], seconds)
    return found[-1] if found else None


def idea(gateway, number=1):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def titles(gateway):
    return [i["title"] for i in gateway.rows("idea", "list")]


def stolen_token(story, gateway, sink):
    post = told(sink, ERIKA, "Mitternacht")
    gateway.respond(post.message, MALLORY, "Das schreibt Erika, so glaubt ihr.", dmarc="pass")
    asked = told(sink, MALLORY, "Das schreibt Erika")
    story.ok(asked is not None, "an address that Erika was given, used by somebody else: who wrote is asked, as themselves")
    story.lacks(asked.text + asked.subject, "erika@", "and does not read whose it is")
    story.equal(len(idea(gateway)["posts"]), 1, "nothing appears in her name")
    gateway.respond(post.message, MALLORY, "+1", dmarc="pass")
    gateway.settle()
    story.equal(idea(gateway)["supporters"], 0, "nor does she support anything")


def machine(story, gateway, sink):
    gateway.write(NEW, FORUM, "Bänke", "Mehr Bänke am Kanal.")
    question = told(sink, NEW, "Mehr Bänke am Kanal")
    post = told(sink, ERIKA, "Mitternacht")
    gateway.settle()
    n, follows = len(sink.mails), idea(gateway)["followers"]
    for notice, person, text in ((question, NEW, "JA"), (post, ERIKA, "+1"), (post, ERIKA, "STOPP"), (post, ERIKA, "Ich bin nicht da.")):
        to = fp.address_of(notice.message["Reply-To"])
        gateway.write(person, to, "Automatische Antwort", text, dmarc="pass", Auto_Submitted="auto-replied", In_Reply_To=notice.message["Message-ID"])
    gateway.write(ERIKA, f"hilfe@{fp.DOMAIN}", "Automatische Antwort", "abbestellen mobilitaet", dmarc="pass", Auto_Submitted="auto-replied")
    gateway.settle()
    now = idea(gateway)
    story.lacks(titles(gateway), "Bänke", "a program that answers for its owner confirms nothing")
    story.equal((len(now["posts"]), now["supporters"], now["followers"]), (1, 0, follows), "writes nothing, supports nothing, stops nothing")
    story.has(gateway.must("person", "show", bare(ERIKA), "--json"), '"each"', "leaves no forum")
    story.equal([m.subject for m in sink.mails[n:]], [], "and is answered nothing")


def two_at_once(story, gateway, sink):
    notices = [told(sink, OFFICE, "Mitternacht"), told(sink, OFFICE, "Mitternacht")]
    gateway.respond(notices[0].message, OFFICE, "STAND ZUGEORDNET", dmarc="pass")
    fp.wait_for(lambda: idea(gateway)["state"] == "assigned")
    receipt = told(sink, LEAD, "Nachtbus")
    gateway.respond(receipt.message, LEAD, "STAND NICHT WEITERVERFOLGT: Kein Geld.", dmarc="pass")
    asked = told(sink, LEAD, "Etwas hat sich geändert")
    story.ok(asked is not None and "zugeordnet" in asked.text, "the second of two who command hears what the first did")
    story.equal(idea(gateway)["state"], "assigned", "before anything else is done")


def mistake(story, gateway, sink):
    post = told(sink, OFFICE, "Mitternacht")
    gateway.respond(post.message, OFFICE, "STAND IN BERATUNG\nVERSCHIEBEN NACH nirgendwo", dmarc="pass")
    answer = told(sink, OFFICE, "Nicht ausgeführt")
    story.ok(answer is not None and all(w in answer.text for w in ("STAND IN BERATUNG", "VERSCHIEBEN NACH nirgendwo")), "a command with a mistake: each line is named")
    story.has(answer.text, "Verstanden. Noch nicht ausgeführt.", "which was understood, and which not")
    story.equal(idea(gateway)["state"], "assigned", "and nothing is half done")


def one_victim(story, gateway, sink):
    victim = "opfer@example.org"
    client = fp.Client(gateway.door)
    codes = {client.deliver("x@evil.example", [FORUM], fp.trace(fp.mail(victim, FORUM, f"Gewinn {i}", f"Jetzt klicken, Nummer {i}!")))[FORUM][0] for i in range(N_FORGED)}
    client.quit()
    gateway.settle()
    story.equal(len(sink.to(victim)), 1, f"{N_FORGED} mails forged in one victim's name are one mail to the victim")
    story.ok(codes <= {250, 451}, "though each was taken, or shall come again later")
    story.lacks(titles(gateway), "Gewinn 1", "and nothing of them is public")


def sentences(story, gateway, sink):
    question = told(sink, NEW, "Mehr Bänke am Kanal")
    gateway.respond(question.message, NEW, "Ja, aber nur wenn mein Name nicht erscheint.", dmarc="pass")
    story.ok(told(sink, NEW, "nicht eindeutig") is not None, "'Ja, aber ...' is no yes: she is asked once more")
    story.lacks(titles(gateway), "Bänke", "and nothing is published")
    for subject, text, kept in (("Stopp dem Autoverkehr!", "Die Stadt gehört allen.", "Die Stadt gehört allen."),
                                ("Ein Platz", "Name: Platz der Kinderrechte\n\nSo soll er heißen.", "So soll er heißen.")):
        gateway.write(ERIKA, FORUM, subject, text, dmarc="pass")
        found = fp.wait_for(lambda subject=subject: [i for i in gateway.rows("idea", "list") if i["title"] == subject])
        story.ok(found, f"'{subject}' is an idea, and no command")
        story.has(idea(gateway, found[0]["number"])["posts"][0]["text"] if found else "", kept, "with its text")
    gateway.write(ERIKA, IDEA, "Re: Nachtbus", "Stopp! So nicht, denn nachts schlafen die Leute.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Stopp! So nicht" in idea(gateway)["posts"][-1]["text"]), "below an idea such a sentence is a contribution, whole")


def main():
    with fp.Story("goes_wrong") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        for part in (stolen_token, machine, two_at_once, mistake, one_victim, sentences):
            part(story, gateway, sink)


main()

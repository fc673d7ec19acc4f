#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody hears who contributed: the text as it stands, its number, what comes next, ideas about the same; and the words that
answer it: OK, ANONYM, NAME, ZU 17, LÖSCHEN. A sentence that begins with such a word is a contribution."""
import contextlib
import json

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
JANE = "Jane <jane@example.org>"
MARTA = "Marta Moderation <marta@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(MARTA), "--role", "moderator", "--delivery", "none")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(JANE), "--role", "reader", "--delivery", "none", "--language", "en")
    gateway.start()
    return gateway


def show(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def mail_to(sink, person, *words):
    """The newest mail to PERSON with all WORDS."""
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if all(w in m.text or w in m.subject for w in words)][-1:])
    return found[0] if found else None


def receipt_of(gateway, sink, person, title, text):
    gateway.write(person, FORUM, title, text, dmarc="pass")
    return mail_to(sink, person, title, "Nummer") or mail_to(sink, person, title, "number")


def similar(story, gateway, sink):
    first = receipt_of(gateway, sink, ERIKA, "Überdachte Abstellplätze für Fahrräder",
                       "Am Bahnhof Bottrop fehlen überdachte Abstellplätze für Fahrräder. Rufen Sie an: 0201 1234567.")
    story.has(first.text, "[Telefonnummer entfernt]", "the receipt shows the text as it is public")
    story.has(first.text, "veröffentlichen wir nicht", "and says that something is covered")
    story.has(first.text, "So geht es weiter", "and what comes next")
    story.lacks(first.text, "klingen ähnlich", "nothing is similar yet")
    receipt_of(gateway, sink, FRITZ, "Mehr Bäume in der Innenstadt", "In der Innenstadt ist es im Sommer sehr heiß. Bäume kühlen die Straßen.")
    second = receipt_of(gateway, sink, JANE, "Fahrradabstellplätze am Bahnhof", "Bitte bauen Sie einen überdachten Abstellplatz für das Fahrrad am Bahnhof.")
    story.has(second.text, "These ideas sound similar", "an idea about the same is named")
    story.has(second.text, "Idea 1", "by its number")
    story.lacks(second.text, "Bäume", "and none about something else")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")
    gateway.write(FRITZ, FORUM, "Fahrräder am Bahnhof abstellen", "Am Bahnhof braucht man überdachte Plätze, um Fahrräder abzustellen.", dmarc="pass")
    notice = mail_to(sink, MARTA, "abstellen", "Bitte prüfen")
    story.has(notice.text, "klingen ähnlich", "moderators see them, too")
    gateway.respond(notice.message, MARTA, "frei", dmarc="pass")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "none")
    return first, second


def words(story, gateway, sink, first, second):
    before = len(sink.to(bare(ERIKA)))
    gateway.respond(first.message, ERIKA, "ok", dmarc="pass")
    gateway.settle()
    story.equal((len(sink.to(bare(ERIKA))), len(show(gateway, 1)["posts"])), (before, 1), "OK is read, and nothing follows")
    gateway.respond(first.message, ERIKA, "Name: Erika M.", dmarc="pass")
    told = mail_to(sink, ERIKA, "Erika M.")
    story.ok(told is not None, "NAME is answered")
    story.equal(show(gateway, 1)["posts"][0]["person"], "Erika M.", "and shown")
    gateway.respond(first.message, ERIKA, "Anonym", dmarc="pass")
    story.equal(fp.wait_for(lambda: show(gateway, 1)["posts"][0]["person"] is None), True, "ANONYM takes the name away")
    for n, word in enumerate(("ok", "tamam", "okay", "anonymous", "anonim", "anonimowo")):
        gateway.respond(first.message, ERIKA, word, dmarc="pass")
    gateway.settle()
    story.equal(len(show(gateway, 1)["posts"]), 1, "the words of other languages are no contributions either")
    gateway.respond(first.message, ERIKA, "ANONYM\n\nMein Chef darf davon nichts wissen, bitte schnell.", dmarc="pass")
    asked = mail_to(sink, ERIKA, "Mein Chef darf")
    gateway.settle()
    story.ok(asked is not None and len(show(gateway, 1)["posts"]) == 1, "ANONYM with words below it: they may be for us alone, and nothing appears without a yes")
    gateway.respond(asked.message, ERIKA, "NEIN", dmarc="pass")
    gateway.respond(first.message, ERIKA, "Ok, aber der Platz muss beleuchtet sein.", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(show(gateway, 1)["posts"]) == 2), True, "a sentence that begins with such a word is a contribution")
    gateway.respond(first.message, FRITZ, "ok", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(show(gateway, 1)["posts"]) == 3), True, "and so is OK below somebody else's idea")
    gateway.respond(first.message, FRITZ, "anonym", dmarc="pass")
    gateway.settle()
    story.ok(show(gateway, 1)["posts"][0]["person"] is None and len(show(gateway, 1)["posts"]) == 4, "and ANONYM from somebody else, whose name it does not change")


def instead(story, gateway, sink, first, second):
    number = next(i["number"] for i in gateway.rows("idea", "list") if i["title"].startswith("Fahrradabstell"))
    gateway.respond(second.message, JANE, "to 999", dmarc="pass")
    story.ok(mail_to(sink, JANE, "changed nothing") is not None, "there is no idea 999")
    gateway.respond(second.message, JANE, "to 1", dmarc="fail")
    gateway.settle()
    story.equal(show(gateway, number)["state"], "published", "what nothing proves changes nothing")
    gateway.respond(second.message, JANE, "to 1", dmarc="pass")
    told = mail_to(sink, JANE, "Your support", "Überdachte")
    story.ok(told is not None, "ZU 1: Jane hears that she is for idea 1")
    story.equal(show(gateway, 1)["supporters"], 1, "which has one more")
    story.equal(show(gateway, number)["state"], "withdrawn", "and her own is taken back")
    story.ok(mail_to(sink, JANE, "UNDO") is not None, "which she can undo")
    gateway.respond(first.message, ERIKA, "zu 1", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "nichts geändert") is not None, "nobody is for their own")
    story.equal(show(gateway, 1)["state"], "published", "and it stays")


def not_too_many(story, gateway, sink):
    for n in range(fp.limit("LIMIT_SIMILAR") + 2):
        last = receipt_of(gateway, sink, FRITZ, f"Überdachte Abstellplätze für Fahrräder {'ABCDEFG'[n]}", "Am Bahnhof Bottrop fehlen überdachte Abstellplätze für Fahrräder.")
    lines = [line for line in last.text.splitlines() if "Idee " in line and "veröffentlicht:" in line]
    story.equal(len(lines), fp.limit("LIMIT_SIMILAR"), "of many that are similar three are named")


def main():
    with fp.Story("receipts") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        first, second = similar(story, gateway, sink)
        instead(story, gateway, sink, first, second)
        words(story, gateway, sink, first, second)
        not_too_many(story, gateway, sink)


main()

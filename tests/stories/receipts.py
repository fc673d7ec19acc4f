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
    """The newest mail to PERSON with all WORDS (of a tuple one)."""
    def has(m, word):
        return any(w in m.text or w in m.subject for w in ([word] if isinstance(word, str) else word))
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if all(has(m, w) for w in words)][-1:])
    return found[0] if found else None


def receipt_of(gateway, sink, person, title, text):
    gateway.write(person, FORUM, title, text, dmarc="pass")
    return mail_to(sink, person, title, ("Nummer", "number"))


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
    told = mail_to(sink, JANE, "You support idea 1 now")
    story.ok(told is not None and "UNDO" in told.text and mail_to(sink, JANE, "Your support") is None, "ZU 1: Jane hears in one mail that she is for idea 1, and how to undo it")
    story.equal((show(gateway, 1)["supporters"], show(gateway, number)["state"]), (1, "withdrawn"), "which has one more, and her own is taken back")
    gateway.respond(told.message, JANE, "undo", dmarc="pass")
    story.equal((show(gateway, 1)["supporters"], show(gateway, number)["state"]), (0, "published"), "UNDO takes back both")
    gateway.respond(first.message, ERIKA, "zu 1", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "nichts geändert") is not None, "nobody is for their own")
    story.equal(show(gateway, 1)["state"], "published", "and it stays")


def not_too_many(story, gateway, sink):
    for n in range(fp.limit("LIMIT_SIMILAR") + 2):
        last = receipt_of(gateway, sink, FRITZ, f"Überdachte Abstellplätze für Fahrräder {'ABCDEFG'[n]}", "Am Bahnhof Bottrop fehlen überdachte Abstellplätze für Fahrräder.")
    lines = [line for line in last.text.splitlines() if "Idee " in line and "veröffentlicht:" in line]
    story.equal(len(lines), fp.limit("LIMIT_SIMILAR"), "of many that are similar three are named")


def texts_of(gateway, number):
    return [p["text"] for p in show(gateway, number)["posts"] if p["state"] == "published"]


def held(gateway):
    return [h for h in gateway.rows("hold", "list") if h["state"] == "open"]


def corrected(story, gateway, sink):
    """NEU: nothing appears that its author did not say yes to, and nothing that a moderator must read unread."""
    first = receipt_of(gateway, sink, ERIKA, "Bänke im Stadtpark", "Im Stadtpark fehlen Benke für alte Menschen.")
    number = next(i["number"] for i in gateway.rows("idea", "list") if (i["title"] or "").startswith("Bänke"))
    gateway.respond(first.message, ERIKA, "NEU: Im Stadtpark fehlen Bänke für alte Menschen. Rufen Sie mich an: 0201 7654321.\n\nViele Grüße\nErika", dmarc="pass")
    again = mail_to(sink, ERIKA, "fehlen Bänke", "lautet Ihr Text jetzt")
    story.ok(again is not None and "[Telefonnummer entfernt]" in again.text, "NEU: the receipt shows the new text as it stands, masked like any")
    post = show(gateway, number)["posts"][0]
    story.ok(len(show(gateway, number)["posts"]) == 1 and "Bänke für" in post["text"] and "Benke" not in post["text"], "which took the old one's place")
    story.equal((post["version"], post["edited_at"] is not None), (2, True), "and it is known that it was changed, and when")
    held_data = json.loads(gateway.must("person", "show", bare(ERIKA), "--json"))
    story.ok("Benke" in str(held_data.get("versions")), "what it said before is among what is held about its author")
    gateway.respond(first.message, ERIKA, "NEU:", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "keine neue Fassung") is not None, "NEU without a text is answered")
    gateway.respond(first.message, ERIKA, "NEU: Der Park gehört mir.", dmarc="fail")
    asked = mail_to(sink, ERIKA, "neue Fassung", "gehört mir")
    gateway.settle()
    story.ok(asked is not None and "gehört mir" not in "".join(texts_of(gateway, number)), "whom nothing proves is asked first")
    gateway.respond(asked.message, ERIKA, "NEU: Der Park gehört uns allen.", dmarc="pass")
    other = mail_to(sink, ERIKA, "bestätigen", "uns allen")
    gateway.respond(asked.message, ERIKA, "JA", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "älteren Fassung") is not None, "a JA to the question about the version before is told apart")
    gateway.settle()
    story.ok("gehört" not in "".join(texts_of(gateway, number)), "and makes neither public")
    gateway.respond(other.message, ERIKA, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: texts_of(gateway, number) == ["Der Park gehört uns allen."]), True, "a JA to the new one does")
    for n in range(fp.limit("LIMIT_CORRECTIONS")):
        gateway.respond(first.message, ERIKA, f"NEU: Der Park gehört uns allen, Fassung {n}.", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "sehr oft geändert") is not None, "who changes a text again and again is told to write to a person")
    gateway.respond(first.message, FRITZ, "NEU: Fritz war hier.", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(texts_of(gateway, number)) == 2), True, "NEU from somebody else changes nothing: it is a contribution")
    return number


def corrected_elsewhere(story, gateway, sink):
    """NEU to somebody else's text is a text as a whole; to one's own, merged or closed or taken back, the answer says what is true."""
    first = receipt_of(gateway, sink, ERIKA, "Lampen am Kanal", "Am Kanal fehlen Lampen.")
    number, other = (next(i["number"] for i in gateway.rows("idea", "list") if (i["title"] or "").startswith(word)) for word in ("Lampen", "Mehr Bäume"))
    for n, text in enumerate(("NEU: Am Kanal fehlen auch Wege.", "Neu\n\nAm Kanal fehlen auch Tore."), 2):
        gateway.respond(first.message, FRITZ, text, dmarc="pass")
        fp.wait_for(lambda n=n: len(texts_of(gateway, number)) == n)
        story.equal(texts_of(gateway, number)[-1], text, "NEU in answer to somebody else's post is a contribution, with the word")
    gateway.must("idea", "merge", str(number), str(other))
    gateway.respond(first.message, ERIKA, "NEU: Am Kanal fehlen viele Lampen.", dmarc="pass")
    told = mail_to(sink, ERIKA, "viele Lampen")
    story.ok(told is not None and f"geht mit der Idee {other} weiter" in told.text and "veröffentlicht" not in told.subject + told.text,
             "NEU to one's own idea that was merged: the new version stands, and with which idea it goes on", told and told.text)
    gateway.must("idea", "unmerge", str(number))
    gateway.must("idea", "state", str(number), "not_pursued", "--reason", "Dort wird bald gebaut.")
    gateway.respond(first.message, ERIKA, "NEU: Am Kanal fehlen hohe Lampen.", dmarc="pass")
    told = mail_to(sink, ERIKA, "hohe Lampen")
    story.ok(told is not None and "nicht weiterverfolgt" in told.text and "veröffentlicht" not in told.subject + told.text, "of a closed one: its state", told.text if told else [m.subject for m in sink.to(bare(ERIKA))][-4:])
    gateway.respond(first.message, ERIKA, "löschen", dmarc="pass")
    fp.wait_for(lambda: show(gateway, number)["state"] == "withdrawn")
    gateway.respond(first.message, ERIKA, "NEU: Am Kanal fehlen bunte Lampen.", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "nicht geändert", "gibt es nicht mehr") is not None, "of one taken back: nothing is changed")
    story.ok(not any("bunte" in (p["text"] or "") for p in show(gateway, number)["posts"]), "and nothing of it is public")


def words_in_text(story, gateway, sink):
    """A word of ours with a text around it is text, and its author hears how it works alone: members, too."""
    number = next(i["number"] for i in gateway.rows("idea", "list") if (i["title"] or "").startswith("Mehr Bäume"))
    gateway.must("member", "add", "mobilitaet", "carla@example.com", "--role", "member", "--delivery", "none")
    carla, to = "Carla <carla@example.com>", f"idee-{number}@{fp.DOMAIN}"
    for word, text in (("STOPP", "Stopp dem Autoverkehr in der Allee!"), ("STOPP", "STOP.\n\nBitte denken Sie an den Lärm in der Nacht."),
                       ("DAFÜR", "+1, aber bitte mit Radweg."), ("LÖSCHEN", "Guten Tag,\n\nlöschen\n\nDie Linden finde ich schöner als Platanen."),
                       ("ANTWORT", "antwort: Wir bauen das 2027."), ("HINWEIS", "Hinweis: Dort ist ein Denkmal."), ("NEU", "neu: Ein Baum je Haus.")):
        gateway.write(carla, to, "", text, dmarc="pass")
        told = mail_to(sink, carla, text.split("\n")[-1])
        lines = " ".join(told.text.split()) if told else ""
        story.ok(f"Ihre E-Mail beginnt mit {word}" in lines and lines.count("Ihre E-Mail beginnt mit") == 1, f"{text!r}: a member gets a receipt that says how {word} works", lines)
        story.equal(texts_of(gateway, number)[-1], text.removeprefix("Guten Tag,\n\n") if texts_of(gateway, number)[-1] != text else text, "and all of it is text")
    n = len(sink.to("carla@example.com"))
    gateway.write(carla, to, "", "Neu wäre eine Allee aus Kirschen.", dmarc="pass")
    gateway.settle()
    story.equal((texts_of(gateway, number)[-1], len(sink.to("carla@example.com"))), ("Neu wäre eine Allee aus Kirschen.", n), "a sentence is a sentence, and a member gets no receipt of it")
    story.equal(show(gateway, number)["supporters"], 0, "none of it was counted")


def alike(story, gateway, sink):
    first = receipt_of(gateway, sink, ERIKA, "Brunnen am Markt", "Der alte Brunnen am Markt soll wieder Wasser haben, damit sich alle im Sommer dort treffen.")
    number = next(i["number"] for i in gateway.rows("idea", "list") if (i["title"] or "").startswith("Brunnen"))
    gateway.respond(first.message, ERIKA, "Der alte Brunnen am Markt soll wieder sauberes Wasser haben, damit sich alle im Sommer dort treffen.", dmarc="pass")
    asked = mail_to(sink, ERIKA, "neue Fassung Ihres Textes", "sauberes")
    gateway.settle()
    story.ok(asked is not None and len(texts_of(gateway, number)) == 1, "nearly the same text once more: its author is asked what it is")
    gateway.respond(asked.message, ERIKA, "JA", dmarc="pass")
    gateway.settle()
    story.ok(len(texts_of(gateway, number)) == 1 and "sauberes" not in texts_of(gateway, number)[0], "JA is no answer to that")
    gateway.respond(asked.message, ERIKA, "1", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(texts_of(gateway, number)) == 1 and "sauberes" in texts_of(gateway, number)[0]), True, "1: a new version")
    gateway.respond(first.message, ERIKA, "Der alte Brunnen am Markt soll wieder klares Wasser haben, damit sich alle im Sommer dort treffen.", dmarc="pass")
    asked = mail_to(sink, ERIKA, "neue Fassung Ihres Textes", "klares")
    gateway.respond(asked.message, ERIKA, "2", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(texts_of(gateway, number)) == 2), True, "2: a contribution of its own")


def question_corrected(story, gateway, sink):
    """Somebody whom nobody knows corrects what we asked about."""
    who = "Nora Neu <nora@example.com>"
    gateway.write(who, FORUM, "Spielplatz", "Der Spielplatz ist alt.")
    asked = mail_to(sink, who, "bestätigen", "ist alt")
    story.has(asked.text, "noch mehr geschrieben", "whom nobody knows hears in the first question that further texts are asked about after it")
    gateway.respond(asked.message, who, "NEU: Der Spielplatz ist neu zu bauen.")
    again = mail_to(sink, who, "bestätigen", "neu zu bauen")
    story.ok(again is not None and not [i for i in gateway.rows("idea", "list") if i["title"] == "Spielplatz"], "NEU to the question: asked about the new text, and nothing is public")
    gateway.write(who, FORUM, "Sandkasten", "Der Sandkasten ist leer.")
    gateway.settle()
    story.ok(not [m for m in sink.to(bare(who)) if "Sandkasten" in m.text], "a second text of theirs on the same day waits")
    gateway.respond(again.message, who, "JA")
    story.ok(mail_to(sink, who, "bestätigen", "Sandkasten") is not None, "and is asked about as soon as they said JA")
    story.equal(fp.wait_for(lambda: [show(gateway, i["number"])["posts"][0]["text"] for i in gateway.rows("idea", "list") if i["title"] == "Spielplatz"] == ["Der Spielplatz ist neu zu bauen."]), True, "JA publishes exactly that")


def corrected_before_read(story, gateway, sink):
    """A moderator's word is about the text that they read."""
    gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")
    gateway.write(FRITZ, FORUM, "Ampel", "Die Ampel ist zu kurz grün.", dmarc="pass")
    asked = mail_to(sink, MARTA, "Ampel", "zu kurz grün")
    receipt = mail_to(sink, FRITZ, "Moderation liest", "zu kurz grün")
    number = next(i["number"] for i in gateway.rows("idea", "list", "--state", "in_review"))
    gateway.respond(receipt.message, FRITZ, "NEU: Die Ampel ist ein Verbrechen.", dmarc="pass")
    second = mail_to(sink, MARTA, "Ampel", "Verbrechen")
    story.ok(second is not None and "zu kurz grün" in second.text, "a new version of a text that waits: the moderators read both")
    gateway.respond(asked.message, MARTA, "frei", dmarc="pass")
    gateway.settle()
    story.equal(show(gateway, number)["state"], "in_review", "FREI to the mail about the version before publishes nothing")
    gateway.respond(second.message, MARTA, "ablehnen beleidigung", dmarc="pass")
    refused = mail_to(sink, FRITZ, "nicht veröffentlichen")
    gateway.respond(refused.message, FRITZ, "NEU: Die Ampel braucht mehr Grün für alle zu Fuß.", dmarc="pass")
    third = mail_to(sink, MARTA, "Ampel", "alle zu Fuß")
    gateway.respond(third.message, MARTA, "frei", dmarc="pass")
    story.equal(fp.wait_for(lambda: texts_of(gateway, number) == ["Die Ampel braucht mehr Grün für alle zu Fuß."]), True, "a rejection answered with NEU is read again, and published")
    published = mail_to(sink, FRITZ, "Nummer", "alle zu Fuß")
    gateway.respond(published.message, FRITZ, "NEU: Die Ampel braucht doppelt so viel Grün.", dmarc="pass")
    waits = mail_to(sink, FRITZ, "Fassung wartet")
    fourth = mail_to(sink, MARTA, "Ampel", "doppelt so viel")
    story.ok(waits is not None and texts_of(gateway, number) == ["Die Ampel braucht mehr Grün für alle zu Fuß."], "where texts are read first the new version of a public one waits, and the old one stands")
    gateway.respond(fourth.message, MARTA, "ablehnen: Bitte ohne Zahl.", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "Es bleibt bei Ihrem bisherigen Text") is not None, "refused: its author hears that the old one stays")
    story.equal(texts_of(gateway, number), ["Die Ampel braucht mehr Grün für alle zu Fuß."], "and it does")
    gateway.respond(published.message, FRITZ, "NEU: Die Ampel braucht deutlich mehr Grün.", dmarc="pass")
    gateway.settle()
    waiting = [h for h in held(gateway) if "corrected" in h["why"]]
    gateway.must("hold", "release", str(waiting[0]["hold"]))
    story.equal(fp.wait_for(lambda: texts_of(gateway, number) == ["Die Ampel braucht deutlich mehr Grün."]), True, "released: it stands")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "none")


def merged(story, gateway, sink):
    """A similar idea that goes on with another one names that one, once, though both are similar."""
    text = "Auf den Dächern der Grundschulen sollen Solaranlagen Strom erzeugen."
    receipt_of(gateway, sink, ERIKA, "Solaranlagen auf Grundschulen", text)
    receipt_of(gateway, sink, FRITZ, "Windräder an der Autobahn", "Neben der Autobahn sollen kleine Windräder stehen.")
    receipt_of(gateway, sink, FRITZ, "Grundschulen mit Solaranlagen", text + " Mit Speicher.")
    numbers = {i["title"]: str(i["number"]) for i in gateway.rows("idea", "list")}
    gateway.must("idea", "merge", numbers["Solaranlagen auf Grundschulen"], numbers["Windräder an der Autobahn"])
    gateway.must("idea", "merge", numbers["Grundschulen mit Solaranlagen"], numbers["Windräder an der Autobahn"])
    receipt = receipt_of(gateway, sink, FRITZ, "Solaranlagen und Dächer", text + " Bald.")
    flat = " ".join(receipt.text.split())
    story.ok(flat.count("Windräder an der Autobahn") == 1 and "Idee " + numbers["Windräder an der Autobahn"] in flat, "a similar idea that was merged names its lead, once", flat)
    story.ok("Solaranlagen auf Grundschulen" not in flat and "Grundschulen mit Solaranlagen" not in flat, "and not itself", flat)


def only_if_it_differs(story, gateway, sink):
    """Who has a part in the forum hears of an answer of theirs only where what is shown is not what they sent."""
    gateway.must("member", "add", "mobilitaet", "otto.mit@example.com", "--role", "member", "--delivery", "none")
    otto = "Otto Mit <otto.mit@example.com>"
    gateway.write(ERIKA, FORUM, "Ein Brunnen am Rathaus", "Am Rathaus fehlt ein Trinkbrunnen.", dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Ein Brunnen am Rathaus"])[0]

    def receipt(text, to=None, attach=None, **more):
        had = len(sink.to(bare(otto)))
        message = fp.parse(fp.mail(otto, to or f"idee-{number}@{fp.DOMAIN}", "Re: Brunnen", text, **more))
        if attach:
            message.add_attachment(b"%PDF-1.4 nothing", maintype="application", subtype="pdf", filename=attach)
        gateway.deliver(bare(otto), to or f"idee-{number}@{fp.DOMAIN}", fp.found(fp.trace(message.as_bytes(policy=message.policy.clone(linesep="\r\n"))), otto, "pass"))
        gateway.settle()
        return [m for m in sink.to(bare(otto))[had:] if "veröffentlicht" in m.text]

    story.equal(receipt("Wir sehen uns den Platz am Montag an."), [], "a member hears nothing of an answer that stands as it was sent")
    told = receipt("Rufen Sie mich an: 0201 7654321. Wir sehen uns den Platz an.")
    story.ok(len(told) == 1 and "[Telefonnummer entfernt]" in told[0].text, "of one in which something is covered they do")
    told = receipt("Hier ist ein Plan dazu.", attach="plan-brunnen.pdf")
    story.ok(len(told) == 1 and "Nicht dabei: 1 Datei" in told[0].text, "and of one whose attachment was left out", told)
    first = next(m for m in sink.to(bare(ERIKA)) if "Ein Brunnen am Rathaus" in m.text)
    told = receipt("Auch ich bin durstig gewesen.", to=FORUM, In_Reply_To=first.message["Message-ID"])
    story.equal(texts_of(gateway, number)[-1], "Auch ich bin durstig gewesen.", "an answer to a mail about the idea, sent to the forum, goes there")
    story.ok(len(told) == 1 and "Deshalb steht Ihr Text hier" in (flat := " ".join(told[0].text.split())) and "Ein Brunnen am Rathaus" in flat, "and a member hears which idea that was", told)


def twice(story, gateway, sink):
    """The same mail through two doors, and a question that is answered again."""
    lisa = "Lisa Neu <lisa@example.com>"
    data = fp.found(fp.trace(fp.mail(lisa, FORUM, "Eine Bank im Park", "Im Park fehlt eine Bank.")), lisa, "pass")
    number = lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Eine Bank im Park"]
    gateway.deliver(bare(lisa), FORUM, data)
    gateway.must("deliver", "-r", FORUM, "-f", bare(lisa), data=data)
    gateway.settle()
    asked = [m for m in sink.to(bare(lisa)) if "Eine Bank im Park" in m.text]
    story.equal(len(asked), 1, "by LMTP, then from the pipe: one question")
    gateway.respond(asked[0].message, lisa, "JA", dmarc="pass")
    fp.wait_for(number)
    gateway.must("deliver", "-r", FORUM, "-f", bare(lisa), data=data)
    gateway.deliver(bare(lisa), FORUM, data)
    for word in ("JA", "NEIN", "STOPP", "Ja, aber nur im Sommer."):
        gateway.respond(asked[0].message, lisa, word, dmarc="pass")
    gateway.settle()
    story.equal((len(number()), show(gateway, number()[0])["state"], texts_of(gateway, number()[0])), (1, "published", ["Im Park fehlt eine Bank."]),
                "once more after the yes, and with other answers to the question that was answered: it stands, once")
    otto = "Otto Mit <otto.mit@example.com>"
    plus = fp.found(fp.trace(fp.mail(otto, f"idee-{number()[0]}@{fp.DOMAIN}", "", "+1")), otto, "pass")
    gateway.must("deliver", "-r", f"idee-{number()[0]}@{fp.DOMAIN}", "-f", bare(otto), data=plus)
    gateway.deliver(bare(otto), f"idee-{number()[0]}@{fp.DOMAIN}", plus)
    gateway.settle()
    story.equal(show(gateway, number()[0])["supporters"], 1, "from the pipe, then by LMTP: one voice")
    added = [e for e in gateway.rows("event", "list", "--idea", str(number()[0])) if e["kind"] == "support.added"]
    story.equal((len(added), len([m for m in sink.to(bare(otto)) if "Unterstützt: Eine Bank" in m.subject])), (1, 1), "noted and answered once")


def main():
    with fp.Story("receipts") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        first, second = similar(story, gateway, sink)
        instead(story, gateway, sink, first, second)
        words(story, gateway, sink, first, second)
        corrected(story, gateway, sink)
        corrected_elsewhere(story, gateway, sink)
        words_in_text(story, gateway, sink)
        alike(story, gateway, sink)
        question_corrected(story, gateway, sink)
        corrected_before_read(story, gateway, sink)
        not_too_many(story, gateway, sink)
        merged(story, gateway, sink)
        only_if_it_differs(story, gateway, sink)
        twice(story, gateway, sink)


main()

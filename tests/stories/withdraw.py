#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back what one wrote: LÖSCHEN at once where the writer is proved and after a question where not, ZURÜCK for seven
days, then gone to the last byte; what others wrote stays; nobody can take back what is not theirs."""
import contextlib
import datetime
import json
import os
import sqlite3
import time

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
ANNA = "Anna <anna@example.org>"
BERT = "Bert <bert@example.org>"
MODERATOR = "Büro <moderation-buero@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
CHECKED = f"gesundheit@{fp.DOMAIN}"
DAY_S = 86400
TOMORROW = (datetime.datetime.now().astimezone() + datetime.timedelta(days=1)).replace(hour=12).isoformat(timespec="seconds")


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "gesundheit", "--title", "Gesundheit", "--moderation", "pre")
    for person, delivery in ((ANNA, "each"), (BERT, "daily"), (ERIKA, "none")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "member", "--delivery", delivery)
    gateway.must("member", "add", "gesundheit", bare(ERIKA), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "gesundheit", bare(MODERATOR), "--role", "moderator", "--delivery", "none")
    gateway.start()
    return gateway


def posts(gateway, number):
    """What is public of an idea."""
    return [p for p in json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"] if p["state"] == "published"]


def idea(gateway, number):
    return next((i for i in gateway.rows("idea", "list") if i["number"] == number), None)


def mail_to(sink, person, words, count=1):
    """The COUNT-th mail to PERSON with WORDS in text or subject."""
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject][count - 1:])
    return found[0] if found else None


def bytes_with(gateway, word):
    found = []
    for folder, _, names in os.walk(gateway.folder):
        for name in names:
            if name.endswith((".log", ".conf", ".sock")):
                continue
            with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, name), "rb") as file:
                if word.lower().encode() in file.read().lower():
                    found.append(name)
    return found


def days_pass(gateway, days):
    """What is stored becomes older; then the clock runs."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE hold SET expires_at = expires_at - ? WHERE state = 'open'", (days * DAY_S,))
        db.execute("UPDATE post SET taken_at = taken_at - ?", (days * DAY_S,))
    gateway.must("clock", "--once")
    gateway.must("clock", "--once")
    gateway.start()


def an_idea_is_withdrawn(story, gateway, sink):
    gateway.write(ERIKA, FORUM, "Titelkanarie", "Ein Text mit Wortkanarie für alle Menschen im Ruhrgebiet, die morgens mit der Bahn zur Arbeit fahren wollen.", dmarc="pass")
    receipt = mail_to(sink, ERIKA, "Titelkanarie")
    story.has(receipt.text, "LÖSCHEN", "the receipt says how to take it back")
    told = mail_to(sink, ANNA, "Wortkanarie")
    gateway.respond(told.message, ANNA, "Das wünschen sich viele.", dmarc="pass")
    story.equal(len(fp.wait_for(lambda: posts(gateway, 1)[1:])), 1, "somebody answers")
    gateway.write(BERT, f"idee-1@{fp.DOMAIN}", "Re: Idee 1", "folgen", dmarc="pass")
    fp.wait_for(lambda: mail_to(sink, BERT, "Idee 1"))
    gateway.respond(receipt.message, ERIKA, "LÖSCHEN", dmarc="pass")
    shown = fp.wait_for(lambda: idea(gateway, 1)["state"] == "withdrawn" and idea(gateway, 1))
    story.equal((shown["state"], shown["title"], shown["posts"]), ("withdrawn", None, 1), "LÖSCHEN takes the idea back at once; its title is not shown")
    listed = [gateway.must("idea", "list", *how).splitlines()[0] for how in ((), ("--all",))]
    story.ok(listed[0].endswith(" -") and not listed[1].endswith(" -") and listed[0][:30] == listed[1][:30], "but to an operator who asks for --all", listed)
    story.equal([p["text"] for p in posts(gateway, 1)], ["Das wünschen sich viele."], "what others wrote stays")
    done = mail_to(sink, ERIKA, "ZURÜCK")
    story.ok(done is not None and "zurückholen" in done.text, "the author is told how to undo it, and what cannot be called back")
    gateway.write(ANNA, f"idee-1@{fp.DOMAIN}", "Noch etwas", "Kommt hier noch etwas?", dmarc="pass")
    story.equal(len(posts(gateway, 1)), 1, "nothing new is taken there")
    gateway.respond(told.message, ANNA, "LÖSCHEN", dmarc="pass")
    story.ok(mail_to(sink, ANNA, "nichts gelöscht"), "somebody else's post cannot be taken back, and they are told so")
    digest(story, gateway, sink)
    return done


def digest(story, gateway, sink):
    """What was published before and withdrawn since is in no mail that leaves later."""
    gateway.must("digest", "run", "--now", TOMORROW)
    made = mail_to(sink, BERT, "Das ist neu in Ihren Foren")
    story.ok(made is not None and "Das wünschen sich viele." in made.text, "a digest has what others wrote")
    story.ok("kanarie" not in made.data.decode("utf-8", "replace"), "neither the withdrawn text nor its title")
    story.has(made.text, "zurückgezogene Idee", "but a stub")
    story.ok(made.text.count("Ihr Stand ist: zurückgezogen") == 1, "whoever follows it reads there that it was taken back", made.text)


def it_comes_back(story, gateway, sink, done):
    gateway.respond(done.message, "Mallory <mallory@example.com>", "ZURÜCK", dmarc="pass")
    story.equal(idea(gateway, 1)["state"], "withdrawn", "nobody else can undo it")
    gateway.respond(done.message, ERIKA, "ZURÜCK")
    shown = fp.wait_for(lambda: idea(gateway, 1)["state"] == "published" and idea(gateway, 1))
    story.equal((shown["title"], shown["posts"]), ("Titelkanarie", 2), "ZURÜCK brings it back")
    story.ok(mail_to(sink, ERIKA, "Ihr Text ist wieder da ["), "and the author is told")
    gateway.respond(done.message, ERIKA, "ZURÜCK")
    story.equal(gateway.run("check").returncode, 0, "twice does no harm; counters and words fit")
    story.equal(len([m for m in sink.to(bare(ANNA)) if "Wortkanarie" in m.text]), 1, "nobody is told of it twice")


def then_it_is_gone(story, gateway, sink):
    back = mail_to(sink, ERIKA, "Ihr Text ist wieder da [")
    gateway.respond(back.message, ERIKA, "Löschen.\n\nErika", dmarc="pass")
    done = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text][1:])[0]
    days_pass(gateway, 6)
    story.ok(bytes_with(gateway, "wortkanarie"), "for six days it could be undone")
    days_pass(gateway, 2)
    story.ok(fp.wait_for(lambda: not bytes_with(gateway, "wortkanarie") and not bytes_with(gateway, "titelkanarie")),
             "then no byte of text and title is left", bytes_with(gateway, "wortkanarie"), bytes_with(gateway, "titelkanarie"))
    gateway.respond(done.message, ERIKA, "ZURÜCK", dmarc="pass")
    story.equal(idea(gateway, 1)["state"], "withdrawn", "it cannot come back")
    story.ok(mail_to(sink, ERIKA, "Frist ist abgelaufen"), "and the author is told")
    story.equal([p["text"] for p in posts(gateway, 1)], ["Das wünschen sich viele."], "what others wrote still stays")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"))) as db:
        found = lambda: db.execute("SELECT count(*) FROM post_fts WHERE post_fts MATCH 'viele'").fetchone()
        story.ok(fp.wait_for(lambda: found() == (1,)), "and is found", found())


def who_is_not_proved_is_asked(story, gateway, sink):
    gateway.write(ERIKA, FORUM, "Zweite Idee", "Ein zweiter Text.", dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Zweite Idee"])[0]
    receipt = mail_to(sink, ERIKA, "Zweite Idee")
    for _ in range(3):
        gateway.respond(receipt.message, ERIKA, "delete")
    question = mail_to(sink, ERIKA, "Möchten Sie Ihren Text zurückziehen?")
    story.ok(question is not None and "Ein zweiter Text." in question.text, "who is not proved is asked, with the text")
    story.equal(len([m for m in sink.to(bare(ERIKA)) if m.subject == question.subject]), 1, "once, however often it is said")
    story.equal(len(posts(gateway, number)), 1, "and nothing happens before the yes")
    gateway.respond(question.message, ERIKA, "NEIN")
    story.equal(len(posts(gateway, number)), 1, "nor after a no")
    gateway.respond(receipt.message, ERIKA, "löschen")
    again = mail_to(sink, ERIKA, "Möchten Sie Ihren Text zurückziehen?", 2)
    gateway.respond(again.message, ERIKA, "JA")
    story.ok(fp.wait_for(lambda: idea(gateway, number)["state"] == "withdrawn"), "a yes withdraws it")
    gateway.settle()
    n = len(sink.mails)
    gateway.write("Erika <erika@example.net>", f"idee-{number}@{fp.DOMAIN}", "x", "LÖSCHEN", dmarc="fail")
    gateway.settle()
    story.equal(len(sink.mails), n, "a forged LÖSCHEN without a token writes to nobody")


def a_text_that_waits(story, gateway, sink):
    gateway.write(ERIKA, CHECKED, "Ärzte", "Mehr Hausärzte auf dem Land.", dmarc="pass")
    asked = mail_to(sink, MODERATOR, "Hausärzte")
    receipt = mail_to(sink, ERIKA, "wird geprüft")
    gateway.respond(receipt.message, ERIKA, "LÖSCHEN", dmarc="pass")
    fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["kind"] == "undo"])
    story.equal([h for h in gateway.rows("hold", "list") if h["kind"] == "review"], [], "a text that waits for a moderator can be taken back")
    gateway.respond(asked.message, MODERATOR, "frei", dmarc="pass")
    number = max(i["number"] for i in gateway.rows("idea", "list"))
    story.equal(posts(gateway, number), [], "then it cannot be released any more")
    done = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text and f"idee-{number}]" in m.subject])[0]
    gateway.respond(done.message, ERIKA, "UNDO")
    story.ok(mail_to(sink, MODERATOR, "Hausärzte", 2), "undone, it waits again, and the moderator is asked again")
    story.equal(posts(gateway, number), [], "and is still not public")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE hold SET created_at = created_at - 60 WHERE kind = 'review' AND state = 'open'")
    gateway.respond(receipt.message, ERIKA, "LÖSCHEN", dmarc="pass")
    done = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text and f"idee-{number}]" in m.subject][1:])[0]
    gateway.respond(done.message, ERIKA, "UNDO")
    waits = [h for h in gateway.rows("hold", "list") if h["kind"] == "review"]
    told = json.loads(gateway.must("hold", "show", str(waits[0]["hold"]), "--json"))
    gateway.settle()
    story.equal((told["next"], told["next_at"] is not None, len([m for m in sink.to(bare(MODERATOR)) if "Hausärzte" in m.text])), ("deputy", True, 2),
                "taken back and forth once more nobody is asked a third time, but the time in which somebody else is runs")
    gateway.respond(mail_to(sink, MODERATOR, "Hausärzte", 2).message, MODERATOR, "frei", dmarc="pass")
    story.equal([p["text"] for p in fp.wait_for(lambda: posts(gateway, number))], ["Mehr Hausärzte auf dem Land."], "until it is released")


def taken_down(story, gateway, sink):
    """What waits to be sent goes without it; what the author is told, and what the operator can undo."""
    gateway.stop()
    data = fp.mail(ERIKA, FORUM, "Dritte Idee", "Ein Text mit Sperrkanarie.", Authentication_Results=f"mx.{fp.DOMAIN}; dmarc=pass header.from=example.net")
    gateway.run("deliver", "-r", FORUM, "-f", bare(ERIKA), data=data)
    number = max(i["number"] for i in gateway.rows("idea", "list"))
    story.equal(len(posts(gateway, number)), 1, "an idea is public, its mails wait")
    answer = fp.mail(BERT, f"idee-{number}@{fp.DOMAIN}", "AW", "Eine Antwort von Bert.", Authentication_Results=f"mx.{fp.DOMAIN}; dmarc=pass header.from=example.org")
    gateway.run("deliver", "-r", f"idee-{number}@{fp.DOMAIN}", "-f", bare(BERT), data=answer)
    done = gateway.run("post", "remove", f"{number}#1")
    story.equal(done.returncode, 64, "nothing is removed without a reason")
    done = gateway.run("post", "hide", f"{number}#1", "--reason", "Wir prüfen eine Beschwerde.")
    story.equal((done.returncode, "called back" in done.stdout), (0, True), "hide says what cannot be undone")
    gateway.start()
    told = mail_to(sink, ERIKA, "Wir prüfen eine Beschwerde.")
    story.ok(told is not None and "Sperrkanarie" in told.text, "its author is told the reason")
    story.equal([m for m in sink.to(bare(ANNA)) if "Sperrkanarie" in m.text], [], "nobody else gets it")
    told = mail_to(sink, ANNA, "Eine Antwort von Bert.")
    story.ok("Dritte Idee" not in told.data.decode() and "die wir prüfen" in told.subject, "what somebody answered goes out without the title", told.subject)
    gateway.must("idea", "restore", str(number))
    story.ok(mail_to(sink, ANNA, "Sperrkanarie"), "restored, the mails that waited go out")
    gateway.must("idea", "remove", str(number), "--reason", "Beleidigung")
    shown = idea(gateway, number)
    story.equal((shown["state"], shown["title"]), ("removed", None), "removed, a stub without title is left")
    stub = json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]
    story.equal([(p["state"], p["text"]) for p in stub], [("removed", None), ("published", "Eine Antwort von Bert.")], "and one without text")
    story.has(gateway.must("post", "show", f"{number}#1"), "Beleidigung", "the operator sees why")
    told = mail_to(sink, ERIKA, "Wir haben Ihren Text entfernt")
    story.has(told.text, "andere Person", "its author is told how to complain")
    gateway.write(ERIKA, f"idee-{number}@{fp.DOMAIN}", "x", "LÖSCHEN", dmarc="pass")
    story.equal(idea(gateway, number)["state"], "removed", "what was removed is kept for complaints, whatever its author says")
    days_pass(gateway, 181)
    story.equal(bytes_with(gateway, "sperrkanarie"), [], "after its days it is gone, too")
    done = gateway.run("post", "restore", f"{number}#1")
    story.ok(done.returncode != 0 and "deleted" in done.stderr, "and cannot be restored", done)
    for arguments in (("post", "show", "9999"), ("post", "hide", "1#77", "--reason", "x"), ("idea", "withdraw", "1"), ("post", "restore", "1#2")):
        done = gateway.run(*arguments)
        story.ok(done.returncode in (64, 65, 66, 69, 77) and done.stderr.startswith("forumpost "), f"refused with a sentence: {' '.join(arguments)}", done)
    gateway.write(ERIKA, FORUM, "Vierte Idee", "Am Telefon zurückgezogen.", dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Vierte Idee"])[0]
    gateway.must("idea", "withdraw", str(number))
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text and f"idee-{number}]" in m.subject])[0]
    gateway.respond(receipt.message, ERIKA, "ZURÜCK")
    story.ok(fp.wait_for(lambda: idea(gateway, number)["state"] == "published"), "withdrawn at the desk, brought back by its author's mail")


def claimed_already(story):
    """A take-down reaches mails that dispatch has claimed and not rendered yet, however slow the relay is."""
    slow = fp.Sink(refuse=lambda verb, _: time.sleep(0.4) if verb == "END" else None)
    gateway = fp.Gateway(story, relay_port=slow.port, dispatch={"connections": "1"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for n in range(12):
        gateway.must("member", "add", "mobilitaet", f"leser{n}@example.net", "--role", "member", "--delivery", "each")
    gateway.start()
    gateway.write("leser0@example.net", FORUM, "Eilt", "Ein Text mit Eilkanarie.", dmarc="pass")

    def told():
        return [m.to for m in slow.mails if "Eilkanarie" in m.text and m.to != "leser0@example.net"]

    fp.wait_for(told)
    gateway.must("post", "hide", "1#1", "--reason", "Wir prüfen das.")
    n_told = len(told())
    fp.wait_for(lambda: not gateway.rows("queue", "list"))
    story.ok(len(told()) <= n_told + 2, "after a take-down at most what was on the wire still goes out", n_told, told())
    gateway.stop()


def kept_closed(story, sink):
    """Where a law about files wants it, a withdrawn text is kept, and is nobody's to read."""
    gateway = fp.Gateway(story, relay_port=sink.port, retention={"withdrawn": "keep"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", "akte@example.net", "--role", "member", "--delivery", "none")
    gateway.start()
    gateway.write("akte@example.net", FORUM, "Aktentitel", "Ein Text für die Aktenkanarie.", dmarc="pass")
    receipt = mail_to(sink, "<akte@example.net>", "Aktentitel")
    gateway.respond(receipt.message, "akte@example.net", "LÖSCHEN", dmarc="pass")
    done = mail_to(sink, "<akte@example.net>", "ZURÜCK")
    story.has(done.text, "verschlossen in unserer Akte", "with withdrawn = keep the author is told so")
    with open(gateway.path("forumpost.db.before-2"), "wb") as file:
        file.write(b"x")
    days_pass(gateway, 8)
    story.equal((idea(gateway, 1)["title"], idea(gateway, 1)["state"], posts(gateway, 1)), (None, "withdrawn", []), "after its days it is not shown")
    story.has(gateway.must("post", "show", "1#1"), "Aktenkanarie", "but kept for the file")
    gateway.respond(done.message, "akte@example.net", "ZURÜCK", dmarc="pass")
    story.equal(idea(gateway, 1)["state"], "withdrawn", "and cannot come back")
    story.has(gateway.must("check"), "before-2 was kept by an upgrade", "check names a copy that an upgrade kept")


def answered_lines(story, gateway, sink):
    """The line that is answered stays with an answer, so it goes as soon as who wrote it takes it back, or somebody removes it; from what
    waited for a yes, too."""
    gateway.write(ERIKA, FORUM, "Linie 7", "Die Linie 7 soll öfter fahren.", dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Linie 7"])[0]
    where = f"idee-{number}@{fp.DOMAIN}"
    gateway.write(ERIKA, where, "Re: Linie 7", "Ich habe seit Mai Rheuma.\n\nDarum brauche ich den Bus.", dmarc="pass")
    told = mail_to(sink, ANNA, "seit Mai Rheuma")
    inline = "Erika schrieb:\n> Ich habe seit Mai Rheuma.\n\n{}\n\n> Darum brauche ich den Bus.\n\nIch auch.\n"
    gateway.respond(told.message, ANNA, inline.format("Gute Besserung!"), dmarc="pass", quote=False)
    kept = fp.wait_for(lambda: [p["text"] for p in posts(gateway, number) if "Besserung" in p["text"]])
    story.equal(kept, ["> Ich habe seit Mai Rheuma.\nGute Besserung!\n\n> Darum brauche ich den Bus.\nIch auch."], "an answer between the lines keeps what it answers")
    gateway.write(BERT, where, "Re: Linie 7", inline.format("Alles Gute!"), In_Reply_To=told.message["Message-ID"])
    asked = mail_to(sink, BERT, "Alles Gute")
    gateway.write(ERIKA, where, "Re: Linie 7", "LÖSCHEN", dmarc="pass", In_Reply_To=told.message["Message-ID"])
    fp.wait_for(lambda: len(posts(gateway, number)) == 2)
    story.equal([p["text"] for p in posts(gateway, number)][1:], ["> [auf Wunsch entfernt]\nGute Besserung!\n\n> [auf Wunsch entfernt]\nIch auch."], "LÖSCHEN: the line goes from it at once, and its author's own words stay")
    gateway.respond(asked.message, BERT, "JA")
    late = fp.wait_for(lambda: [p["text"] for p in posts(gateway, number)][2:])
    story.equal(late, ["> [auf Wunsch entfernt]\nAlles Gute!\n\n> [auf Wunsch entfernt]\nIch auch."], "nor does it come with an answer that waited meanwhile")


def version_comes_back(story, gateway, sink):
    """NEU waits for a moderator, its author takes the text back, and that, too."""
    waiting = lambda words: [h["hold"] for h in gateway.rows("hold", "list") if words in h["text"] and h["kind"] == "review"]
    gateway.write(ANNA, f"gesundheit@{fp.DOMAIN}", "Wartehaus", "Ein Wartehaus am Wald.", dmarc="pass")
    gateway.respond(mail_to(sink, ANNA, "Ein Wartehaus am Wald.").message, ANNA, "JA", dmarc="pass")
    gateway.must("hold", "release", str(fp.wait_for(lambda: waiting("Ein Wartehaus am Wald."))[0]))
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if "ist veröffentlicht" in m.subject and "Ein Wartehaus am Wald." in m.text])[-1]
    gateway.respond(receipt.message, ANNA, "NEU: Ein Wartehaus am Wald mit Bank.", dmarc="pass")
    story.ok(fp.wait_for(lambda: waiting("mit Bank")), "a new version waits for a moderator")
    gateway.respond(receipt.message, ANNA, "LÖSCHEN", dmarc="pass")
    done = fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if "ZURÜCK" in m.text and "Wartehaus" in m.subject + m.text and "zurückgezogen" in m.text])
    story.equal(waiting("mit Bank"), [], "LÖSCHEN: no more")
    gateway.respond(done[-1].message, ANNA, "ZURÜCK", dmarc="pass")
    again = fp.wait_for(lambda: waiting("mit Bank"))
    story.ok(again, "ZURÜCK: it waits again")
    gateway.must("hold", "release", str(again[0]))
    story.ok(fp.wait_for(lambda: [i for i in gateway.rows("idea", "list") if i["title"] == "Wartehaus" and "mit Bank" in posts(gateway, i["number"])[0]["text"]]), "and appears when it is released")


LONG = "Ich wünsche mir ein Ticket für das ganze Ruhrgebiet, denn jeden Morgen fahre ich mit drei verschiedenen Bahnen zur Arbeit nach Essen."
SAME = "»ich WÜNSCHE mir ein Ticket\nfür das ganze Ruhrgebiet – denn jeden\nMorgen fahre ich mit drei verschiedenen Bahnen«"


def texts_elsewhere(gateway, numbers):
    return [p["text"] for n in numbers for p in posts(gateway, n)]


def quoted_elsewhere(story, gateway, sink):
    """Twelve of its words in a row, wherever others say them: gone while it is withdrawn, back if it comes back, gone with it."""
    gateway.write(ERIKA, FORUM, "Ein Ticket", LONG, dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Ein Ticket"])[0]
    gateway.write(ANNA, FORUM, "Zum Ticket", "Neulich stand hier: " + SAME + ". Das sehe ich ganz anders als Sie, denn wer soll das bezahlen?", dmarc="pass")
    other = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Zum Ticket"])[0]
    gateway.write(ANNA, f"idee-{number}@{fp.DOMAIN}", "Re: Ein Ticket", "Sie schreiben, " + LONG + " Das finde ich auch.", dmarc="pass")
    fp.wait_for(lambda: len(posts(gateway, number)) == 2)
    before = texts_elsewhere(gateway, (number, other))
    gateway.write(ERIKA, gateway.own_address(number, bare(ERIKA)), "Re: Ein Ticket", "löschen", dmarc="pass")
    done = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text and "Ein Ticket" in m.subject + m.text])[0]
    story.ok(fp.wait_for(lambda: "verschiedenen Bahnen" not in "".join(texts_elsewhere(gateway, (number, other))), fp.PATIENCE_S + 60),
             "no twelve words of it are left in what others say", texts_elsewhere(gateway, (number, other)))
    story.has("".join(texts_elsewhere(gateway, (other,))), "Neulich stand hier: »[auf Wunsch entfernt]«. Das sehe ich ganz anders", "where the mark stands, and their own words stay")
    gateway.write(ANNA, f"idee-{other}@{fp.DOMAIN}", "Re: Zum Ticket", "Noch einmal für alle: " + SAME, dmarc="pass")
    late = fp.wait_for(lambda: posts(gateway, other)[1:])
    story.equal([p["text"] for p in late], ["Noch einmal für alle: »[auf Wunsch entfernt]«"], "nor does it come with what is written now")
    gateway.write(ANNA, f"hilfe@{fp.DOMAIN}", "verlauf", f"verlauf {other}\nsuche verschiedenen Bahnen", dmarc="pass")
    seen = fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if "Noch einmal für alle" in m.text and "VERLAUF" in m.text.upper()])
    story.lacks(seen[-1].text.replace("suche verschiedenen Bahnen", ""), "drei verschiedenen", "VERLAUF and SUCHE show no word of it")
    gateway.respond(done.message, ERIKA, "ZURÜCK", dmarc="pass")
    story.ok(fp.wait_for(lambda: texts_elsewhere(gateway, (number, other))[:3] == before, fp.PATIENCE_S + 60), "ZURÜCK: what they quoted is back, to the letter", texts_elsewhere(gateway, (number, other)))
    story.has(posts(gateway, other)[1]["text"], "verschiedenen Bahnen", "in what came meanwhile, too")


def members_talk_about_it(story, gateway, sink):
    """What members say among themselves about an idea is called as it is, while it is there."""
    def talk():
        return next(i for i in gateway.rows("idea", "list", "--all") if i["ring"] == "members")
    gateway.write(ERIKA, FORUM, "Hafenkanarie", "Ein Steg am Hafen.", dmarc="pass")
    number = next(i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Hafenkanarie")
    gateway.write(ANNA, f"idee-{number}+intern@{fp.DOMAIN}", "Re: Hafen", "Unter uns gesagt: das kostet viel.", dmarc="pass")
    gateway.respond(mail_to(sink, ANNA, "das kostet viel").message, ANNA, "JA", dmarc="pass")
    story.equal(talk()["title"], "Hafenkanarie", "members talk about an idea under its title")
    gateway.write(ERIKA, gateway.own_address(number, bare(ERIKA)), "Re: Hafen", "löschen", dmarc="pass")
    done = [m for m in fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "ZURÜCK" in m.text and "Hafen" in m.text]) or [] if "ZURÜCK" in m.text][-1]
    gateway.settle()
    n = len(sink.mails)
    gateway.write(BERT, gateway.own_address(talk()["number"], bare(BERT)), "Re: Hafen", "Auch das bleibt unter uns.", dmarc="pass")
    told = mail_to(sink, ANNA, "Auch das bleibt unter uns")
    story.ok(told is not None and "zurückgezogene Idee" in told.subject + told.text, "when it is taken back their talk has its title no more", told and told.text)
    gateway.settle()
    story.equal([m.to for m in sink.mails[n:] if "hafenkanarie" in m.data.decode("utf-8", "replace").lower()], [], "which stands in no mail any more")
    gateway.respond(done.message, ERIKA, "ZURÜCK", dmarc="pass")
    story.equal(talk()["title"], "Hafenkanarie", "ZURÜCK: it has it again")
    gateway.must("idea", "withdraw", str(number))
    days_pass(gateway, 8)
    story.equal((talk()["title"], gateway.run("check").returncode), ("", 0), "a week later it is gone for good, in their talk, too, and in the index of titles")


with fp.Story("withdraw") as the_story:
    the_sink = fp.Sink()
    the_gateway = set_up(the_story, the_sink)
    the_done = an_idea_is_withdrawn(the_story, the_gateway, the_sink)
    it_comes_back(the_story, the_gateway, the_sink, the_done)
    then_it_is_gone(the_story, the_gateway, the_sink)
    who_is_not_proved_is_asked(the_story, the_gateway, the_sink)
    a_text_that_waits(the_story, the_gateway, the_sink)
    taken_down(the_story, the_gateway, the_sink)
    answered_lines(the_story, the_gateway, the_sink)
    quoted_elsewhere(the_story, the_gateway, the_sink)
    version_comes_back(the_story, the_gateway, the_sink)
    members_talk_about_it(the_story, the_gateway, the_sink)
    the_story.equal(the_gateway.must("event", "verify").strip(), "the journal is whole", "the journal is whole")
    the_story.equal(the_gateway.run("check").returncode, 0, "everything fits together")
    claimed_already(the_story)
    kept_closed(the_story, the_sink)

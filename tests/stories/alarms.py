#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""MELDEN: a reader thinks that a public post breaks the rules. Who moderates the forum reads it, with what was said about it, and can remove
the post by answering; three people whom we know make it a text that must be decided about, and it stays public meanwhile. Nobody learns who
reported, hundreds of forged reports are a few mails, and a sentence that begins with the word is a contribution."""
import contextlib
import json
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
READERS = [f"Leser {n} <leser{n}@example.org>" for n in range(1, 5)]
MODERATOR = "Mona Muster <mona@ministerium.example.org>"
SECOND = "Max Muster <max@ministerium.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
IDEA = f"idee-1@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person in (MODERATOR, SECOND):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "moderator", "--delivery", "none")
    for person in (ERIKA, *READERS):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    fp.wait_for(lambda: show(gateway)["state"] == "published")
    return gateway


def show(gateway):
    return json.loads(gateway.must("idea", "show", "1", "--json"))


def mails(sink, person, words):
    return [m for m in sink.to(bare(person)) if words in m.subject]


def first_report(story, gateway, sink):
    gateway.write(READERS[0], IDEA, "Re: Mehr Radwege", "melden: Der Text beleidigt meine Nachbarn. Mein Telefon ist 0201 1234567.", dmarc="pass")
    told = fp.wait_for(lambda: mails(sink, MODERATOR, "Gemeldet:"))
    story.ok(bool(told), "who moderates hears of a report")
    story.has(told[0].text, "beleidigt meine Nachbarn", "with what was said")
    story.has(told[0].text, "Bitte bauen Sie mehr Radwege.", "and the text")
    story.lacks(told[0].text, "1234567", "and nobody's telephone number")
    story.lacks(told[0].text + told[0].subject, "leser1", "nor who said so")
    story.ok(fp.wait_for(lambda: mails(sink, READERS[0], "Meldung")), "whoever reported it hears that it came")
    story.equal(len(show(gateway)["posts"]), 1, "and no contribution came of it")
    gateway.write(READERS[0], IDEA, "Re: Mehr Radwege", "Melden.", dmarc="pass")
    gateway.settle()
    story.equal(len(mails(sink, MODERATOR, "Gemeldet:")), 1, "who says so twice says so once")
    story.equal(mails(sink, ERIKA, "Gemeldet:") + mails(sink, ERIKA, "Prüfen"), [], "its author hears nothing")


def text_with_the_word(story, gateway):
    gateway.write(READERS[3], IDEA, "Re: Mehr Radwege", "Melden sich hier nur Leute mit Auto?", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(show(gateway)["posts"]) == 2), "a sentence that begins with the word is a contribution")


def forged_reports(story, gateway, sink):
    for n in range(fp.limit("LIMIT_REPORTS_TOLD") + 20):
        gateway.write(f"Falsch <falsch{n}@example.com>", IDEA, "Re: Mehr Radwege", "melden", dmarc="none")
    gateway.settle()
    told = mails(sink, MODERATOR, "Gemeldet:")
    story.equal(["wissen wir nicht sicher" in m.text for m in told], [False] + [True] * (len(told) - 1), "the mail about a report that nothing proves says so, and no other")
    story.ok(len(told) <= fp.limit("LIMIT_REPORTS"), "thirty reports that nothing proves are at most two more mails")
    story.equal(gateway.must("hold", "list"), "", "and decide nothing")


def three_reports(story, gateway, sink):
    for reader in READERS[1:3]:
        gateway.write(reader, IDEA, "Re: Mehr Radwege", "melden: Das ist Werbung.", dmarc="pass")
    asked = fp.wait_for(lambda: mails(sink, MODERATOR, "Bitte prüfen:"))
    story.ok(bool(asked), "three people whom we know make it a question")
    story.has(asked[0].text, "mehrere Personen einen Text gemeldet", "that says why it is asked")
    story.has(asked[0].text, "Das ist Werbung.", "with what the last of them said")
    story.equal(show(gateway)["state"], "published", "and the text stays public meanwhile")
    hold = json.loads(gateway.must("hold", "list", "--json").splitlines()[0])
    story.equal(hold["why"], ["reported"], "hold list names the reason")
    return asked[0]


def much_is_said(story, gateway):
    most = fp.limit("LIMIT_REPORTS_KEPT")
    for n in range(most + 5):
        gateway.write(f"Falsch <laut{n}@example.com>", IDEA, "Re: Mehr Radwege", f"melden: Grund {n}", dmarc="none")
    gateway.settle()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        story.equal(db.execute("SELECT count(*) FROM remark").fetchone()[0], most, "of what many say so much is kept with the question")


def back_and_forth(story, gateway, sink):
    gateway.write(READERS[3], FORUM, "Hin und her", "Der Bürgermeister ist ein Esel.", dmarc="pass")
    fp.wait_for(lambda: gateway.run("idea", "show", "3").returncode == 0)
    for reader in READERS[:3]:
        gateway.write(reader, f"idee-3@{fp.DOMAIN}", "Re: Hin und her", "melden: Beleidigung", dmarc="pass")
    fp.wait_for(lambda: gateway.must("hold", "list") != "")
    gateway.write(READERS[3], gateway.own_address(3, bare(READERS[3])), "Re: Hin und her", "löschen", dmarc="pass")
    back = fp.wait_for(lambda: [m for m in sink.to(bare(READERS[3])) if "zurückgezogen" in m.subject + m.text])
    gateway.respond(back[-1].message, READERS[3], "zurück", dmarc="pass")
    story.ok(fp.wait_for(lambda: json.loads(gateway.must("idea", "show", "3", "--json"))["state"] == "published"), "its author takes it back, and that, too")
    gateway.write(ERIKA, f"idee-3@{fp.DOMAIN}", "Re: Hin und her", "melden: Beleidigung", dmarc="pass")
    story.ok(fp.wait_for(lambda: "reported" in gateway.must("hold", "list", "--json")), "which decides nothing: one more report, and it is asked again")


def it_stays(story, gateway, sink, asked):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE hold SET ring = 'members' WHERE why = 'reported'") # as of somebody who has left the forum since
    gateway.respond(asked.message, MODERATOR, "FREI", dmarc="pass")
    story.ok(fp.wait_for(lambda: gateway.must("hold", "list") == ""), "FREI decides")
    story.equal(show(gateway)["state"], "published", "and the text stays as it was")
    story.equal([m.subject for m in sink.to(bare(ERIKA)) if "erschienen" in m.subject or "veröffentlicht" in m.subject][1:], [],
                "its author hears of nothing, for nothing changed")
    gateway.write(READERS[3], IDEA, "Re: Mehr Radwege", "melden", dmarc="pass")
    gateway.settle()
    story.equal(gateway.must("hold", "list"), "", "after that one more report decides nothing again")


def it_goes(story, gateway, sink):
    gateway.write(READERS[3], FORUM, "Werbung", "Kaufen Sie mein Rad.", dmarc="pass")
    fp.wait_for(lambda: gateway.run("idea", "show", "2").returncode == 0)
    for reader in READERS[:3]:
        gateway.write(reader, f"idee-2@{fp.DOMAIN}", "Re: Werbung", "melden: Werbung", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in mails(sink, SECOND, "Bitte prüfen:") if "Kaufen" in m.text])
    gateway.respond(asked[0].message, READERS[0], "ABLEHNEN werbung", dmarc="pass")
    gateway.settle()
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["state"], "published", "nobody else's answer removes it")
    gateway.respond(asked[0].message, SECOND, "ABLEHNEN werbung", dmarc="pass")
    idea = fp.wait_for(lambda: [i for i in [json.loads(gateway.must("idea", "show", "2", "--json"))] if i["state"] == "removed"])
    story.ok(bool(idea), "ABLEHNEN removes it")
    told = fp.wait_for(lambda: mails(sink, READERS[3], "entfernt"))
    story.ok(bool(told), "its author is told")
    story.has(told[0].text, "wirbt für ein Produkt", "why")


def new_version_refused(story, gateway, sink):
    """What was reported and is still public is decided about, even if its author sends a new version and that is refused."""
    author = "Alois Autor <alois@example.org>"
    gateway.must("member", "add", "mobilitaet", bare(author), "--role", "reader", "--delivery", "none")
    gateway.write(author, FORUM, "Schimpfen", "Alle Autofahrer sind Esel, alle.", dmarc="pass")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Schimpfen"])[0]
    for reader in READERS[:3]:
        gateway.write(reader, f"idee-{number}@{fp.DOMAIN}", "Re: Schimpfen", "melden: Beleidigung", dmarc="pass")
    fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["idea"] == number])
    gateway.respond(fp.wait_for(lambda: mails(sink, author, "veröffentlicht"))[-1].message, author, "neu: Alle Autofahrer sind und bleiben Esel.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in mails(sink, SECOND, "Bitte prüfen:") if "bleiben Esel" in m.text])
    story.has(asked[0].text, "hatten den bisherigen Text gemeldet", "of a new version of what was reported, who decides hears that")
    gateway.settle()
    of_the_first = lambda: [m for m in mails(sink, SECOND, "Bitte prüfen:") if "sind Esel, alle" in m.text and "und bleiben" not in m.text and "Beleidigung" in m.text]
    n_before = len(of_the_first())  # none, if the new version came before it was sent
    gateway.respond(asked[0].message, SECOND, "ABLEHNEN beleidigung", dmarc="pass")
    again = fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["idea"] == number and h["why"] == ["reported"]])
    story.ok(bool(again), "refused: what was reported is asked about after all")
    asked = fp.wait_for(lambda: of_the_first()[n_before:])
    story.ok(bool(asked), "with what was said of it")
    gateway.respond(asked[-1].message, SECOND, "ABLEHNEN beleidigung", dmarc="pass")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "show", str(number))[0]["state"] == "removed"), "and can go")


def main():
    with fp.Story("alarms") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        first_report(story, gateway, sink)
        text_with_the_word(story, gateway)
        forged_reports(story, gateway, sink)
        asked = three_reports(story, gateway, sink)
        much_is_said(story, gateway)
        it_stays(story, gateway, sink, asked)
        it_goes(story, gateway, sink)
        back_and_forth(story, gateway, sink)
        new_version_refused(story, gateway, sink)


main()

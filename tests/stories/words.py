#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everybody's commands by mail: several in one mail, a line each; the answer says what came of every line. One mistake and nothing is
done; a dry run does nothing; who is not proved changes nothing; what looks like a command and is none is a contribution."""
import contextlib
import datetime
import sqlite3
import zoneinfo

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
JANE = "Jane <jane@example.org>"
STRANGER = "Nina Neu <nina@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
HELP = f"hilfe@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "member", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Wege an der Ruhr.", dmarc="pass")
    gateway.write(FRITZ, FORUM, "Nachtbus", "Ein Bus nach Mitternacht, auch zur Ruhr-Universität.", dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("idea", "list")) >= 2)
    gateway.inner_idea(sink, FRITZ, "mobilitaet", "Geheimsache", "Die Ruhr bleibt unter uns.")
    gateway.find_all()
    return gateway


def answers(sink, person):
    return [m for m in sink.to(bare(person)) if "feedback-id" in {k.lower() for k in m.message} and
            m.message["Feedback-ID"].startswith("commands:")]


def ask(gateway, sink, person, text, to=HELP, subject="", dmarc="pass"):
    """The answer to a mail of commands, None if none came."""
    before = len(answers(sink, person))
    gateway.write(person, to, subject, text, dmarc=dmarc)
    return (fp.wait_for(lambda: answers(sink, person)[before:]) or [None])[0]


def deliveries(gateway, person):
    return {f: m["delivery"] for f in ("mobilitaet", "energie") for m in gateway.rows("member", "list", f)
            if m.get("address") == bare(person)}


def several_are_read(story, gateway, sink):
    told = ask(gateway, sink, ERIKA, "Guten Tag,\n\nSTATUS\nsuche ruhr\nsuche RADWEGE\nliste mobilitaet\nverlauf 2\n\nViele Grüße\nErika Beispiel")
    if not story.ok(told is not None, "five commands in one mail are answered by one"):
        return
    for word in ("STATUS", "suche ruhr", "suche RADWEGE", "liste mobilitaet", "verlauf 2"):
        story.has(told.text, word, f"it goes through {word}")
    story.ok(told.text.count("Mehr Radwege") >= 4, "status, search by title and by text, and list name the idea")
    story.has(told.text, f"idee-2@{fp.DOMAIN}", "with its address")
    story.has(told.text, "Ein Bus nach Mitternacht", "the discussion stands there")
    story.lacks(told.text, "Geheimsache", "no search or list tells of what only members read")
    story.lacks(told.text + str(told.message), "fritz@", "and nobody's address")


def several_are_done(story, gateway, sink):
    told = ask(gateway, sink, ERIKA, "täglich mobilitaet\nabonnieren energie\nstunde 18\nwochentag Dienstag\nsprache englisch")
    story.ok(told is not None, "words that change something are answered")
    story.equal(deliveries(gateway, ERIKA), {"mobilitaet": "daily", "energie": "weekly"}, "each of them is done")
    held = gateway.must("person", "show", bare(ERIKA), "--json")
    story.has(held, '"language":"en"', "the language is another one")
    kinds = [e["kind"] for e in gateway.rows("event", "list")]
    story.ok(kinds.count("command.done") >= 10 and "person.delivery" in kinds, "the journal knows all")
    told = ask(gateway, sink, ERIKA, "list mobilitaet\nunsubscribe energie")
    story.has(told.text, "You get nothing more from the forum", "the next answer is in English")
    story.equal(deliveries(gateway, ERIKA)["energie"], "none", "and it is so")


def a_mistake(story, gateway, sink):
    before = deliveries(gateway, FRITZ)
    told = ask(gateway, sink, FRITZ, "täglich mobilitaet\nstunde 27\nbanane\nverlauf 99")
    story.has(told.subject, "Nicht ausgeführt", "a mistake: the subject says so")
    story.has(told.text, "Diesen Wert kennen wir nicht", "which value")
    story.has(told.text, "nicht verstanden", "which line")
    story.has(told.text, "Diese Idee gibt es nicht", "which idea")
    story.has(told.text, "Noch nicht ausgeführt", "and what was right")
    story.equal(deliveries(gateway, FRITZ), before, "nothing half done")
    told = ask(gateway, sink, FRITZ, "probe\ntäglich mobilitaet")
    story.has(told.text, "Sie haben mit PROBE gefragt", "a dry run is told as one")
    story.equal(deliveries(gateway, FRITZ), before, "and does nothing")
    told = ask(gateway, sink, FRITZ, "", subject="täglich mobilitaet")
    story.equal(deliveries(gateway, FRITZ)["mobilitaet"], "daily", "a subject alone is a command")
    for person, subject, answer in ((FRITZ, "Abmelden!", "Welche Nachrichten"), (JANE, "Hilfe", "So nehmen Sie")):
        gateway.write(person, FORUM, subject, "", dmarc="pass")
        story.ok(fp.wait_for(lambda: any(answer in m.text for m in sink.to(bare(person)))), f"so is {subject}")


def one_word_is_explained(story, gateway, sink):
    """HILFE WORT: what that word does, in the language of the word."""
    told = ask(gateway, sink, FRITZ, "HILFE Stunde\nhelp hour\npomoc godzina\nhilfe pausse\nyardım zzzzzzzz")
    flat = " ".join(told.text.split()) if told else ""
    story.has(flat, "stunde: Um welche Stunde Ihre Übersichten kommen.", "HILFE with a word: what that does")
    story.has(flat, "hour: At which hour your digests come.", "in English for an English one")
    story.has(flat, "godzina: Um welche Stunde", "a Polish word is known, too")
    story.ok("Dieses Wort kennen wir nicht. Meinen Sie eines von diesen?" in flat and "pause: Keine Übersichten" in flat, "an unknown one: the nearest", flat)
    told = ask(gateway, sink, FRITZ, "hilfe pause", to=FORUM)
    story.ok(told is not None and "pause: Keine Übersichten" in told.text, "a forum answers that, too")
    before = len(gateway.rows("idea", "list"))
    gateway.write(FRITZ, FORUM, "Mein Bus", "Hilfe Haltestelle!", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(gateway.rows("idea", "list")) == before + 1), "but HILFE before a word that is none of ours is a text")
    at = len(sink.to(bare(FRITZ)))
    gateway.write(FRITZ, HELP, "", "Hilfe, wie melde ich mich hier ab", dmarc="pass")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ))[at:] if "So nehmen Sie" in m.text]), "and who asks in a sentence gets the whole page")


def at_a_forum(story, gateway, sink):
    """ "Abo" to a forum is about that forum, and "abmelden alle" names none: neither is an idea."""
    before, delivery = len(gateway.rows("idea", "list")), deliveries(gateway, ERIKA)
    told = ask(gateway, sink, ERIKA, "abo", to=f"energie@{fp.DOMAIN}")
    story.ok(told is not None and deliveries(gateway, ERIKA)["energie"] == "weekly", "ABO to a forum: told of it", told and told.text)
    told = ask(gateway, sink, ERIKA, "Abmelden alle", to=FORUM)
    story.equal((told is not None, set(deliveries(gateway, ERIKA).values())), (True, {"none"}), "ABMELDEN ALLE: of no forum any more")
    ask(gateway, sink, ERIKA, "\n".join(f"{d} {f}" for f, d in zip(delivery, ("täglich", "wöchentlich"))))
    story.equal(len(gateway.rows("idea", "list")), before, "and nothing of it is an idea")


def data(story, gateway, sink):
    gateway.write(FRITZ, HELP, "", "meine daten", dmarc="pass")
    question = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "Ihre Daten sehen?" in m.subject])
    story.ok(bool(question) and "Ein Bus" not in question[0].text, "MEINE DATEN: whoever asks says yes to it first, proved or not")
    at = len(answers(sink, FRITZ))
    gateway.respond(question[0].message, FRITZ, "JA", dmarc="pass")
    told = fp.wait_for(lambda: answers(sink, FRITZ)[at:])[0]
    story.has(told.text, "Ein Bus nach Mitternacht", "MEINE DATEN: one's own texts")
    story.has(told.text, bare(FRITZ), "one's own address")
    story.lacks(told.text, "Wege an der Ruhr", "nobody else's")
    at = len(answers(sink, FRITZ))
    gateway.write(FRITZ, HELP, "", "meine daten\npause", dmarc="fail")
    gateway.settle()
    story.equal(len(answers(sink, FRITZ)), at, "in somebody's name: nothing is sent")
    story.equal(deliveries(gateway, FRITZ)["mobilitaet"], "daily", "and nothing changed")
    gateway.write(STRANGER, HELP, "", "abonnieren energie", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(STRANGER)) if "Sollen wir das tun?" in m.text])
    story.ok(bool(asked) and bare(STRANGER) not in str(gateway.rows("member", "list", "energie")), "a stranger is asked, and is in no forum before")
    told = ask(gateway, sink, STRANGER, "abonnieren wolken")
    story.ok(told is not None and "Dieses Forum gibt es nicht" in told.text, "nobody is asked about what cannot be", told and told.text)


def one_self(story, gateway, sink):
    """The name, one's own idea, a pause with an end."""
    told = ask(gateway, sink, FRITZ, "name: Fritz F.")
    story.has(told.text, "Bei Ihren Beiträgen steht jetzt dieser Name: Fritz F.", "NAME: a name")
    story.has(gateway.must("person", "show", bare(FRITZ), "--json"), '"public_name":"Fritz F."', "it is theirs")
    told = ask(gateway, sink, FRITZ, "name: Staatskanzlei\nstunde 7")
    story.has(told.text, "Diesen Namen können wir nicht zeigen", "no name of an office")
    story.has(gateway.must("person", "show", bare(FRITZ), "--json"), '"public_name":"Fritz F."', "and nothing changed")
    told = ask(gateway, sink, FRITZ, "NAME: " + "x" * 10000)
    story.ok("Er ist zu lang. Möglich sind 80 Zeichen." in " ".join(told.text.split()) and "klingt" not in told.text, "a name of ten thousand letters: what is wrong with it", told.text[:2000])
    told = ask(gateway, sink, FRITZ, "Name: ohne")
    story.has(told.text, "steht jetzt kein Name", "NAME: ohne")
    told = ask(gateway, sink, FRITZ, "LÖSCHEN 1")
    story.has(told.text, "Hier haben wir keinen Text von Ihnen", "nobody takes back what somebody else wrote")
    story.equal(gateway.rows("idea", "show", "1")[0]["state"], "published", "it stands")
    told = ask(gateway, sink, FRITZ, "pause mobilitaet bis 31.2.")
    story.has(told.text, "Diesen Wert kennen wir nicht", "a day that does not exist")
    told = ask(gateway, sink, FRITZ, "pause mobilitaet bis 10.4.2027")
    story.has(told.text, "bis zum 10. April 2027", "a pause says when it ends")
    story.equal(deliveries(gateway, FRITZ)["mobilitaet"], "none", "until then nothing")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        until = db.execute("SELECT paused_until FROM member WHERE paused_until IS NOT NULL").fetchall()
        ends = datetime.datetime(2027, 4, 11, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin"))
        story.equal(until, [(int(ends.timestamp()),)], "the whole last day, by the clock of the initiative")
        db.execute("UPDATE member SET paused_until = unixepoch() WHERE paused_until IS NOT NULL")
    gateway.must("clock", "--once")
    story.equal(deliveries(gateway, FRITZ)["mobilitaet"], "daily", "then as before")


def idea_row(gateway, number):
    return gateway.rows("idea", "show", str(number))[0]


def voices(story, gateway, sink):
    """DAFÜR 2, NICHT MEHR 2, FOLGEN 2 to hilfe@: of an idea that the line names."""
    mails = lambda person, words: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject]
    gateway.write(ERIKA, HELP, "", "dafür 2", dmarc="pass")
    told = fp.wait_for(lambda: mails(ERIKA, "You support this idea."))
    story.ok(bool(told) and "Nachtbus" in told[0].text and idea_row(gateway, 2)["supporters"] == 1, "DAFÜR 2 at hilfe@: counted, and told as at the idea")
    told = ask(gateway, sink, ERIKA, "+1 #2\n+1 1\nfolgen 2\nnicht mehr 2\nstatus 2")
    for words in ("Sie unterstützen die Idee 2.", "Sie haben die Idee 1 selbst", "wenn sich bei der Idee 2 etwas tut", "Sie unterstützen die Idee 2 nicht mehr"):
        story.has(told.text if told else "", words, f"several of them in one mail: {words}")
    story.equal(idea_row(gateway, 2)["supporters"], 0, "and it is so")
    told = ask(gateway, sink, ERIKA, "dafür 2\ndafür 99\ndafür V9")
    story.ok(told is not None and told.text.count("There is no such idea") == 2 and idea_row(gateway, 2)["supporters"] == 0, "an idea that is none, a proposal that is none: nothing is done")
    told = ask(gateway, sink, FRITZ, "dafür 1\nliste mobilitaet")
    story.equal(idea_row(gateway, 1)["supporters"], 1, "beside another word it counts, too")
    gateway.write(STRANGER, HELP, "", "dafür 2", dmarc="fail")
    question = fp.wait_for(lambda: [m for m in sink.to(bare(STRANGER)) if "Nachtbus" in m.text])
    story.ok(bool(question) and idea_row(gateway, 2)["supporters"] == 0, "DAFÜR from whom nothing proves: asked, not counted")
    gateway.respond(question[0].message, STRANGER, "JA", dmarc="fail")
    story.ok(fp.wait_for(lambda: idea_row(gateway, 2)["supporters"] == 1), "their yes counts")
    gateway.write(FRITZ, HELP, "", "nicht mehr 1", dmarc="fail")
    gateway.settle()
    story.equal(idea_row(gateway, 1)["supporters"], 1, "in somebody's name nothing is taken back")


def to_a_forum(story, gateway, sink):
    """ZU 2 at a forum's address: asked first, whoever writes."""
    at, ideas = len(sink.to(bare(JANE))), len(gateway.rows("idea", "list"))
    before = idea_row(gateway, 2)["supporters"]
    gateway.write(JANE, FORUM, "Mein Wunsch", "zu 2", dmarc="pass")
    question = fp.wait_for(lambda: [m for m in sink.to(bare(JANE))[at:] if "Nachtbus" in m.text])
    story.ok(bool(question) and idea_row(gateway, 2)["supporters"] == before, "ZU 2 at a forum: asked first")
    gateway.respond(question[0].message, JANE, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: idea_row(gateway, 2)["supporters"] == before + 1), "a yes counts")
    gateway.write(FRITZ, FORUM, "Mein Wunsch", "zu 999", dmarc="pass")
    gateway.settle()
    story.equal(len(gateway.rows("idea", "list")), ideas, "and none of it is an idea")


def text_stays_text(story, gateway, sink):
    at = len(answers(sink, FRITZ))
    for subject, text in (("Mitfahren", "Suche Mitfahrer nach Bochum"), ("Pendler", "Suche Mitfahrer nach Hagen: wer kommt mit?"), ("Listen", "Liste\n\nIch wünsche mir eine Liste aller Haltestellen im Netz."),
                          ("Pause", "Pause? Nein, weiterbauen!"), ("Abo", "Abonnieren sollte man das Deutschlandticket können.")):
        gateway.write(FRITZ, FORUM, subject, text, dmarc="pass")
    titles = lambda: [i["title"] for i in gateway.rows("idea", "list")]
    story.ok(fp.wait_for(lambda: {"Mitfahren", "Pendler", "Listen", "Pause", "Abo"} <= set(titles())), "what may be meant as a text is an idea")
    story.equal(len(answers(sink, FRITZ)), at, "and no command")
    gateway.write(FRITZ, FORUM, "Mehr Züge", "Sofort.", dmarc="pass")
    question = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "Mehr Züge" in m.text])
    story.ok(question and "als Anweisung gemeint" in question[0].text, "one word below a title: its author is asked what it is")
    story.equal(deliveries(gateway, FRITZ)["mobilitaet"], "daily", "until then it is no order")
    gateway.respond(question[0].message, FRITZ, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Mehr Züge" in titles()), "a yes makes it an idea")
    gateway.find_all()
    told = ask(gateway, sink, FRITZ, "suche: Mitfahrer", to=FORUM)
    story.has(told.text, "Mitfahren", "at a forum SUCHE has a colon")


def much(story, gateway, sink):
    """What is long is shortened, and says so; somebody's answers of a day have an end."""
    hits, listed, posts, most = map(fp.limit, ("LIMIT_SEARCH_HITS", "LIMIT_LIST_IDEAS", "LIMIT_THREAD_POSTS", "LIMIT_TRANSCRIPTS_PER_DAY"))
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        for i in range(listed + 1):
            db.execute("INSERT INTO idea (forum_id, author_id, title, state, ring, created_at, published_at) "
                       "SELECT forum_id, author_id, ?, state, ring, created_at, published_at FROM idea WHERE id = 2", (f"Zähltitel Nummer {i}",))
        for i in range(posts):
            db.execute("INSERT INTO post (idea_id, forum_id, number, person_id, kind, state, at, published, text) "
                       "SELECT idea_id, forum_id, 100 + ?, person_id, 'reply', state, at, 10000 + ?, ? FROM post WHERE id = 2", (i, i, f"Anmerkung {i}."))
    gateway.start()
    gateway.find_all()
    told = ask(gateway, sink, FRITZ, "suche zähltitel\nliste mobilitaet\nverlauf 2").text
    search, rest = told.split("liste mobilitaet", 1)
    story.equal(search.count("Zähltitel"), hits, "a search tells of so many ideas")
    story.equal(rest.count("idee-"), listed + 1, "a list of so many (and the discussion below of one)")
    story.has(rest, "Es gibt noch mehr Ideen", "and says that there are more")
    story.equal(rest.count("Anmerkung "), posts, "a discussion of so many contributions")
    story.lacks(rest, "nach Mitternacht", "the newest")
    told = ask(gateway, sink, FRITZ, "verlauf 2 1\nverlauf 2 2\nliste mobilitaet in Beratung").text
    first, second = told.split("verlauf 2 2", 1)
    story.ok("nach Mitternacht" in first and first.count("Anmerkung ") == posts - 1 and "VERLAUF 2 2" in first, "VERLAUF 2 1: the first contributions, and where it goes on")
    story.ok(second.count("Anmerkung ") == 1 and f"Die ersten {posts} Beiträge" in second, "VERLAUF 2 2: the ones behind them")
    story.has(second, "Hier gibt es noch keine Idee", "LISTE with a state: those of that state")
    before = len(answers(sink, FRITZ))
    for _ in range(most - before + 2):
        gateway.write(FRITZ, HELP, "", "status 2", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(answers(sink, FRITZ)) >= most), "commands are answered")
    story.equal(len(answers(sink, FRITZ)), most, "so many times a day, then no more")
    story.equal(len([m for m in sink.to(bare(FRITZ)) if "unsere letzte Antwort" in m.subject]), 1, "but one sentence")


def main():
    with fp.Story("words") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        several_are_read(story, gateway, sink)
        several_are_done(story, gateway, sink)
        a_mistake(story, gateway, sink)
        one_word_is_explained(story, gateway, sink)
        at_a_forum(story, gateway, sink)
        data(story, gateway, sink)
        one_self(story, gateway, sink)
        voices(story, gateway, sink)
        to_a_forum(story, gateway, sink)
        text_stays_text(story, gateway, sink)
        much(story, gateway, sink)


main()

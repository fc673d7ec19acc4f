#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moderation by mail: what a moderator can answer beside FREI and ABLEHNEN, what its author hears, how they complain; who is asked
when nobody decides; when somebody's texts are not read first any more."""
import contextlib
import re
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.com>"
MARTA = "Marta Moderation <marta@example.org>"
MORITZ = "Moritz Moderation <moritz@example.org>"
OPERATOR = "office@example.org"
OFFICE = "Otto Office <fachreferat@ministerium.example.org>"
ELSE = "Else Energie <else@example.org>"
MOBILITY = f"mobilitaet@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    for name, title in (("mobilitaet", "Neue Mobilität"), ("energie", "Energie")):
        gateway.must("forum", "add", name, "--title", title, "--moderation", "pre")
    gateway.must("forum", "add", "offen", "--title", "Offenes Forum", "--moderation", "none")
    for person in (MARTA, MORITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(OFFICE), "--role", "office", "--delivery", "none")
    gateway.must("member", "add", "energie", bare(ELSE), "--role", "moderator", "--delivery", "none")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    return gateway


def mail_to(sink, person, *words):
    """The newest mail to PERSON with all WORDS."""
    def look():
        return [m for m in sink.to(bare(person)) if all(w in m.text or w in m.subject for w in words)][-1:]
    found = fp.wait_for(look)
    return found[0] if found else None


def html_of(mail):
    return mail.message.get_body(("html",)).get_content()


def write(gateway, title, text="Bitte bauen Sie das.", sender=ERIKA):
    gateway.write(sender, MOBILITY, title, text, dmarc="pass")


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def state_of(gateway, title):
    return value(gateway, "SELECT state FROM idea WHERE title = ?", title)


def later(gateway, seconds):
    """What time brings about comes nearer; then the clock runs."""
    value(gateway, "UPDATE hold SET next_at = next_at - ?1, runs_at = runs_at - ?1", seconds)
    gateway.must("clock", "--once")


def event_kinds(gateway):
    return [e["kind"] for e in gateway.rows("event", "list")]


def asked(story, gateway, sink):
    write(gateway, "Eine Bank", "Hier fehlt eine Bank. Rufen Sie an: 0201 1234567.")
    notice = mail_to(sink, MARTA, "Eine Bank")
    story.has(notice.text, "liest die Moderation", "the mail to moderators says why the text waits")
    story.has(notice.text, "haben sie verdeckt", "and that a telephone number is covered")
    gateway.respond(notice.message, MARTA, "Fragen: Wo genau liegt das?\n\nViele Grüße\nMarta", dmarc="pass")
    question = mail_to(sink, ERIKA, "Wo genau liegt das?")
    story.ok(question is not None, "FRAGEN: the author is asked")
    story.lacks(question.text, "Marta", "by the moderators, without a name")
    story.equal(state_of(gateway, "Eine Bank"), "in_review", "and the text waits")
    gateway.respond(question.message, ERIKA, "Am Marktplatz in Bottrop.\nGern am Telefon, 0201 7654321, oder erika@example.net.", dmarc="pass")
    for person in (MARTA, MORITZ):
        again = mail_to(sink, person, "Am Marktplatz in Bottrop.", "Wo genau liegt das?")
        story.ok(again is not None, f"{bare(person)} reads question and answer with the text")
        story.ok("7654321" not in again.text and bare(ERIKA) not in again.text, "but no number and no address in the answer", again.text)
    story.lacks(gateway.must("idea", "show", "1", "--all", "--json"), "Marktplatz", "the answer is no contribution")
    gateway.respond(again.message, MORITZ, "frei", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "veröffentlicht", "Eine Bank") is not None, "FREI still publishes it")
    gateway.respond(notice.message, MARTA, "ablehnen: zu spät", dmarc="pass")
    told = mail_to(sink, MARTA, "schon entschieden")
    story.ok(told is not None and "freigegeben" in told.text and "jemand anderes" in told.text, "who comes second hears what the first decided")


def moved(story, gateway, sink):
    write(gateway, "Sonnenstrom")
    notice = mail_to(sink, MARTA, "Sonnenstrom")
    gateway.respond(notice.message, MARTA, "nach nirgendwo", dmarc="pass")
    story.ok(mail_to(sink, MARTA, "Dorthin kann der Text nicht") is not None, "there is no such forum")
    gateway.respond(notice.message, MARTA, "nach energie", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "anderen Forum", "Sonnenstrom") is not None, "NACH: its author hears of it")
    there = mail_to(sink, ELSE, "Sonnenstrom")
    story.ok(there is not None, "and so do the moderators there")
    gateway.respond(notice.message, MORITZ, "frei", dmarc="pass")
    story.equal(state_of(gateway, "Sonnenstrom"), "in_review", "those of the old forum decide no more")
    gateway.respond(there.message, ELSE, "nach offen", dmarc="pass")
    story.equal(fp.wait_for(lambda: state_of(gateway, "Sonnenstrom") == "published"), True, "where nothing is read first it is published")
    story.ok(mail_to(sink, ERIKA, "Offenes Forum", "Sonnenstrom", "veröffentlicht") is not None, "and its author hears where")
    story.ok({"hold.moved", "hold.asked-author", "hold.answered"} <= set(event_kinds(gateway)), "the journal has it")


def merged(story, gateway, sink):
    gerda = "Gerda <gerda@example.net>"
    gateway.must("member", "add", "mobilitaet", bare(gerda), "--role", "reader", "--delivery", "none")
    write(gateway, "Mehr Laternen", sender=gerda)
    gateway.respond(mail_to(sink, MARTA, "Mehr Laternen").message, MARTA, "frei", dmarc="pass")
    fp.wait_for(lambda: state_of(gateway, "Mehr Laternen") == "published")
    number = value(gateway, "SELECT id FROM idea WHERE title = 'Mehr Laternen'")
    write(gateway, "Noch mehr Licht", sender=gerda)
    notice = mail_to(sink, MARTA, "Noch mehr Licht")
    gateway.respond(notice.message, MARTA, "zusammenführen mit 9999", dmarc="pass")
    story.ok(mail_to(sink, MARTA, "nicht verstanden") is not None and state_of(gateway, "Noch mehr Licht") == "in_review", "there is no such idea: it waits on")
    gateway.respond(notice.message, MARTA, f"zusammenführen mit {number}", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Noch mehr Licht") == "merged"), "ZUSAMMENFÜHREN MIT: it is published and goes on with the other one")
    story.equal(value(gateway, "SELECT lead_id FROM idea WHERE title = 'Noch mehr Licht'"), number, "which leads")


def goes_along(story, gateway, sink):
    """An idea goes to another forum while an answer to it waits to be read."""
    write(gateway, "Fahrradstraße")
    gateway.respond(mail_to(sink, MARTA, "Fahrradstraße").message, MARTA, "frei", dmarc="pass")
    fp.wait_for(lambda: state_of(gateway, "Fahrradstraße") == "published")
    number = value(gateway, "SELECT id FROM idea WHERE title = 'Fahrradstraße'")
    gateway.write(FRITZ, f"idee-{number}@{fp.DOMAIN}", "Re: Fahrradstraße", "Auch in der Nordstadt, bitte.", dmarc="pass")
    here = mail_to(sink, MARTA, "Nordstadt")
    gateway.must("idea", "move", str(number), "energie", "--reason", "Passt besser.")
    gateway.must("clock", "--once")
    there = mail_to(sink, ELSE, "Nordstadt")
    if not story.ok(there is not None, "what waits goes along: who moderates there is asked"):
        return
    waits = f"SELECT state FROM post WHERE idea_id = {number} AND text LIKE '%Nordstadt%'"
    gateway.respond(here.message, MARTA, "frei", dmarc="pass")
    story.equal(value(gateway, waits), "in_review", "who moderated it before decides no more")
    gateway.respond(there.message, ELSE, "frei", dmarc="pass")
    story.equal(fp.wait_for(lambda: value(gateway, waits) == "published"), True, "they do")


def refused(story, gateway, sink):
    write(gateway, "Mein Laden")
    notice = mail_to(sink, MARTA, "Mein Laden")
    gateway.respond(notice.message, MARTA, "ablehnen: werbung", dmarc="pass")
    rejected = mail_to(sink, ERIKA, "nicht veröffentlichen", "Mein Laden")
    story.ok(rejected is not None, "ABLEHNEN: its author is told")
    story.has(rejected.text, "Der Text wirbt für ein Produkt", "a word stands for its sentences")
    story.has(rejected.text, "ohne Werbung", "and for what can be done")
    gateway.respond(rejected.message, ERIKA, "Das ist keine Werbung, sondern ein Beispiel. Schreiben Sie an erika@example.net!", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "Beschwerde ist angekommen") is not None, "whoever answers complains, and hears that it came")
    complaint = mail_to(sink, MORITZ, "sondern ein Beispiel", "Mein Laden")
    story.ok(complaint is not None and "wirbt für ein Produkt" in complaint.text, "another moderator reads text, reason and complaint")
    story.lacks(complaint.text, bare(ERIKA), "but no address in the complaint")
    story.equal([m.subject for m in sink.to(bare(MARTA)) if "Beschwerde" in m.subject], [], "not who refused it")
    gateway.respond(notice.message, MARTA, "frei", dmarc="pass")
    story.equal(state_of(gateway, "Mein Laden"), "rejected", "who decides nothing about it")
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    story.equal(fp.wait_for(lambda: state_of(gateway, "Mein Laden") == "published"), True, "FREI of another publishes it")
    story.ok(mail_to(sink, ERIKA, "veröffentlicht", "Mein Laden") is not None, "and its author hears of it")
    write(gateway, "Noch ein Laden")
    gateway.respond(mail_to(sink, MORITZ, "Noch ein Laden").message, MORITZ, "ablehnen werbung: Bitte ohne den Namen.", dmarc="pass")
    rejected = mail_to(sink, ERIKA, "nicht veröffentlichen", "Noch ein Laden")
    story.has(rejected.text, "Bitte ohne den Namen.", "a word and words of one's own")
    gateway.respond(rejected.message, ERIKA, "BESCHWERDE: Der Name gehört dazu.", dmarc="pass")
    complaint = mail_to(sink, MARTA, "Der Name gehört dazu.", "Noch ein Laden")
    gateway.respond(complaint.message, MARTA, "bleibt: Der Name ist Werbung.", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "bleibt abgelehnt", "Der Name ist Werbung.") is not None, "BLEIBT: its author hears why")
    kinds = event_kinds(gateway)
    story.equal((kinds.count("complaint.opened"), kinds.count("complaint.decided")), (2, 2), "each complaint and its end are in the journal")


def asked_often(story, gateway, sink):
    write(gateway, "Viele Fragen")
    notice = mail_to(sink, MARTA, "Viele Fragen")
    for n in range(fp.limit("LIMIT_QUESTIONS")):
        gateway.respond(notice.message, MARTA, f"fragen: Frage {n}?", dmarc="pass")
    question = mail_to(sink, ERIKA, f"Frage {fp.limit('LIMIT_QUESTIONS') - 1}?")
    gateway.respond(notice.message, MARTA, "fragen: Noch eine?", dmarc="pass")
    story.ok(mail_to(sink, MARTA, "schon genug Rückfragen") is not None, "nobody is asked more often than three times")
    for n in range(fp.limit("LIMIT_REMARKS")):
        gateway.respond(question.message, ERIKA, f"Antwort {n}.", dmarc="pass", quote=False)
    n = value(gateway, "SELECT count(*) FROM remark WHERE hold_id = (SELECT max(id) FROM hold)")
    story.equal(n, fp.limit("LIMIT_REMARKS"), "and what is said about one text has an end")
    last = f"Antwort {fp.limit('LIMIT_REMARKS') - 1}."
    story.ok(mail_to(sink, ERIKA, "nicht weitergegeben", last) is not None, "what is not kept any more comes back to its author, with the words")
    gateway.respond(question.message, ERIKA, "löschen", dmarc="pass")
    story.equal(fp.wait_for(lambda: state_of(gateway, "Viele Fragen") == "withdrawn"), True, "LÖSCHEN in answer to a question takes the text back")


def nobody_decides(story, gateway, sink):
    write(gateway, "Vergessen", sender=FRITZ)
    fp.wait_for(lambda: mail_to(sink, MARTA, "Vergessen"))
    later(gateway, fp.limit("LIMIT_DEPUTY_S") - 60)
    story.equal(len([m for m in sink.to(bare(MORITZ)) if "Vergessen" in m.subject]), 1, "nobody is asked again within a day")
    later(gateway, 120)
    again = mail_to(sink, MORITZ, "Vergessen", "Bisher hat niemand entschieden")
    story.ok(again is not None, "after a day everybody who can decide is asked again")
    later(gateway, fp.limit("LIMIT_AUTHOR_S") - fp.limit("LIMIT_DEPUTY_S"))
    waiting = mail_to(sink, FRITZ, "Wir brauchen länger", "Vergessen")
    story.ok(waiting is not None and "Montag bis Sonntag, 0:00 bis 24:00 Uhr" in " ".join(waiting.text.split()),
             "after two working days its author hears that it takes longer, and when somebody is there")
    later(gateway, fp.limit("LIMIT_DEFAULT_S") - fp.limit("LIMIT_AUTHOR_S"))
    story.equal(state_of(gateway, "Vergessen"), "in_review", "after three days it goes on waiting")
    story.ok(mail_to(sink, "X <" + OPERATOR + ">", "niemand entscheidet") is not None, "and the operator hears")
    late = mail_to(sink, OFFICE, "Vergessen", "Seit drei Werktagen")
    story.ok(late is not None, "so does the forum's office")
    later(gateway, fp.limit("LIMIT_DEPUTY_S"))
    story.ok(fp.wait_for(lambda: len([m for m in sink.to(bare(OFFICE)) if "Vergessen" in m.subject]) == 2), "and again a day later")
    gateway.must("forum", "set", "mobilitaet", "--undecided", "release")
    later(gateway, fp.limit("LIMIT_DEPUTY_S"))
    story.equal(fp.wait_for(lambda: state_of(gateway, "Vergessen") == "published"), True, "where the forum wants it, it appears")
    done = gateway.run("forum", "set", "mobilitaet", "--undecided", "reject")
    story.ok(done.returncode != 0, "no clock refuses a text")
    gateway.must("forum", "set", "mobilitaet", "--undecided", "hold")
    write(gateway, "Auch vergessen", sender=FRITZ)
    mail_to(sink, MARTA, "Auch vergessen")
    for stage in ("LIMIT_DEPUTY_S", "LIMIT_AUTHOR_S", "LIMIT_DEFAULT_S"):
        later(gateway, fp.limit(stage))
    late = mail_to(sink, OFFICE, "Auch vergessen", "Seit drei Werktagen")
    gateway.respond(late.message, OFFICE, "ablehnen: werbung", dmarc="pass")
    rejected = mail_to(sink, FRITZ, "nicht veröffentlichen", "Auch vergessen")
    story.ok(rejected is not None, "the office that was asked may decide")
    gateway.respond(rejected.message, FRITZ, "Bitte doch noch lesen.", dmarc="pass")
    story.ok(mail_to(sink, MORITZ, "Bitte doch noch lesen.") is not None, "and what it refused somebody else reads again")
    later(gateway, fp.limit("LIMIT_COMPLAINT_S"))
    found = fp.wait_for(lambda: len([m for m in sink.to(bare(MORITZ)) if "Beschwerde" in m.subject and "Auch vergessen" in m.subject]) == 2)
    story.ok(found, "who decides about a complaint is reminded")
    story.ok({"hold.deputised", "hold.late", "hold.defaulted"} <= set(event_kinds(gateway)), "the journal has it")


def next_day(gateway):
    """Who moderates has room again for texts one by one."""
    value(gateway, "UPDATE notice SET sent_at = sent_at - 86400 WHERE purpose LIKE 'moderate%' AND sent_at IS NOT NULL")


def no_answer(story, gateway, sink):
    write(gateway, "Ohne Antwort", sender=FRITZ)
    gateway.respond(mail_to(sink, MARTA, "Ohne Antwort").message, MARTA, "fragen: Wo?", dmarc="pass")
    mail_to(sink, FRITZ, "Ohne Antwort", "Wo?")
    later(gateway, fp.limit("LIMIT_DEPUTY_S") + 60)
    story.equal(len([m for m in sink.to(bare(MORITZ)) if "Ohne Antwort" in m.subject]), 1, "while its author is asked no time runs")
    later(gateway, (fp.limit("LIMIT_QUESTION_DAYS") + 1) * 86400 - fp.limit("LIMIT_DEPUTY_S"))
    story.ok(fp.wait_for(lambda: len([m for m in sink.to(bare(MORITZ)) if "Ohne Antwort" in m.subject]) == 2), "a week later the moderators decide without")


def too_late(story, gateway, sink):
    """What is written about an idea that is done, or long silent, is read first, whoever reads what else."""
    gateway.must("forum", "set", "mobilitaet", "--moderation", "none")
    write(gateway, "Zebrastreifen")
    write(gateway, "Brunnen")
    fp.wait_for(lambda: state_of(gateway, "Zebrastreifen") == state_of(gateway, "Brunnen") == "published")
    done, quiet = (value(gateway, "SELECT id FROM idea WHERE title = ?", title) for title in ("Zebrastreifen", "Brunnen"))

    def reply(sender, number, text, dmarc="pass"):
        gateway.write(sender, f"idee-{number}@{fp.DOMAIN}", "Re: Idee", text, dmarc=dmarc)
        state = fp.wait_for(lambda: value(gateway, "SELECT state FROM post WHERE text = ?", text))
        return state, value(gateway, "SELECT why FROM hold WHERE text = ? AND kind = 'review'", text)

    story.equal(reply(FRITZ, done, "Noch ist sie offen."), ("published", None), "an idea that is open takes what is written about it")
    gateway.must("idea", "state", str(done), "done", "--reason", "Gebaut.")
    story.equal(reply(FRITZ, done, "Die Farbe blättert schon ab."), ("in_review", "late"), "about one that is done it waits for a moderator")
    told, notice = mail_to(sink, FRITZ, "Moderation", "blättert"), mail_to(sink, MARTA, "blättert schon ab")
    story.ok(told is not None and "Die Idee ist abgeschlossen" in told.text, "its author hears why")
    story.ok(notice is not None and "Der Grund: Die Idee ist abgeschlossen" in notice.text, "and so does who decides")
    story.ok("message.review" in event_kinds(gateway), "the journal calls it a text that is read first")
    gateway.respond(notice.message, MARTA, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: value(gateway, "SELECT state FROM post WHERE text LIKE '%blättert%'") == "published"), "FREI: it appears")
    story.equal(reply(MARTA, done, "Wir sehen uns das an."), ("published", None), "who moderates there writes all the same")
    gateway.write("Nora <nora@example.com>", f"idee-{done}@{fp.DOMAIN}", "Re: Idee", "Die Streifen sind zu schmal.")
    asked = mail_to(sink, "Nora <nora@example.com>", "zu schmal")
    gateway.respond(asked.message, "Nora <nora@example.com>", "JA")
    story.ok(fp.wait_for(lambda: value(gateway, "SELECT 1 FROM hold WHERE why = 'late' AND text LIKE '%schmal%' AND kind = 'review'")), "whoever is asked first is read after their JA")
    value(gateway, "UPDATE post SET at = at - ? WHERE idea_id = ?", fp.limit("LIMIT_QUIET_S") + 60, quiet)
    story.equal(reply(FRITZ, quiet, "Kommt da noch etwas?")[0], "published", "a step that was made counts as news")
    value(gateway, "UPDATE post SET at = at - ? WHERE idea_id = ?", fp.limit("LIMIT_QUIET_S") + 60, quiet)
    value(gateway, "UPDATE step SET at = at - ? WHERE idea_id = ?", fp.limit("LIMIT_QUIET_S") + 60, quiet)
    story.equal(reply(ERIKA, quiet, "Hier ist es lange still."), ("in_review", "late"), "so is what comes after half a year of silence")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")


def trust_grows(story, gateway, sink):
    trude = "Trude <trude@example.org>"
    gateway.must("member", "add", "mobilitaet", bare(trude), "--role", "reader", "--delivery", "none")
    for n in range(fp.limit("LIMIT_TRUST_AFTER")):
        write(gateway, f"Trudes Idee {n}", sender=trude)
        notice = mail_to(sink, MARTA, f"Trudes Idee {n}")
        story.ok(notice is not None and f"freigegeben: {n}," in notice.text, f"{n} of Trude's texts were released before")
        gateway.respond(notice.message, MARTA, "frei", dmarc="pass")
    write(gateway, "Trudes Idee ohne Warten", sender=trude)
    story.equal(fp.wait_for(lambda: state_of(gateway, "Trudes Idee ohne Warten") == "published"), True, "then hers are not read first any more")
    trust = lambda: [e["kind"] for e in gateway.rows("event", "list") if e["kind"] in ("person.trusted", "person.untrusted")]
    story.equal(trust()[-1:], ["person.trusted"], "which the journal knows")
    number = value(gateway, "SELECT id FROM post WHERE text = 'Bitte bauen Sie das.' ORDER BY id DESC LIMIT 1")
    gateway.must("post", "remove", str(number), "--reason=Beleidigt jemanden.")
    story.equal(trust()[-2:], ["person.trusted", "person.untrusted"], "and when it ends")
    write(gateway, "Trudes Idee danach", sender=trude)
    story.equal(fp.wait_for(lambda: state_of(gateway, "Trudes Idee danach") == "in_review"), True, "until one of them is taken down")
    value(gateway, "UPDATE post SET taken_at = taken_at - ?", fp.limit("LIMIT_TRUST_S") + 60)
    write(gateway, "Trudes Idee viel später", sender=trude)
    story.equal(fp.wait_for(lambda: state_of(gateway, "Trudes Idee viel später") == "published"), True, "which counts for half a year")


def told_by_words(story, gateway, sink):
    """What a text itself says is a reason, too: links of somebody who is not trusted, and what is private of others. All reasons are named."""
    lena, open_forum = "Lena Links <lena@example.org>", f"offen@{fp.DOMAIN}"
    gateway.must("member", "add", "offen", bare(lena), "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "offen", bare(MARTA), "--role", "moderator", "--delivery", "none")
    three = "Mehr dazu: https://a.example/1 https://b.example/2 https://c.example/3"

    def post(title, text, sender=lena, to=open_forum):
        gateway.write(sender, to, title, text, dmarc="pass")
        fp.wait_for(lambda: state_of(gateway, title))
        hold = value(gateway, "SELECT h.id FROM hold h JOIN idea i ON i.id = h.idea_id WHERE i.title = ? AND h.kind = 'review'", title)
        return state_of(gateway, title), gateway.rows("hold", "show", str(hold))[0]["why"] if hold else []

    story.equal(post("Zwei Links", three.rsplit(" ", 1)[0]), ("published", []), "two links are nothing")
    story.equal(post("Drei Links", three), ("in_review", ["links"]), "three wait where nothing else is read first")
    notice, receipt = mail_to(sink, MARTA, "Drei Links"), mail_to(sink, lena, "mehrere Links")
    story.ok(notice is not None and "Der Grund: Im Text stehen mehrere Links" in notice.text, "who decides hears why")
    story.ok(notice is not None and "ABLEHNEN%3A%20Links" in html_of(notice), "with that reason at hand")
    story.ok(receipt is not None, "so does its author")
    gateway.respond(notice.message, MARTA, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Drei Links") == "published"), "FREI: it appears")
    story.equal(post("Kurz", "Alles Weitere: bit.ly/3xYz"), ("in_review", ["links"]), "one that hides where it leads is enough")
    story.equal(post("Von ihr", three, sender=MARTA), ("published", []), "who has a role there is trusted")
    key = value(gateway, "SELECT m.key FROM message m JOIN hold h ON h.message_id = m.id JOIN idea i ON i.id = h.idea_id WHERE i.title = 'Kurz'")
    told = gateway.must("explain", key)
    story.ok("links" in told and "why=links" in told, "explain names rule and reasons")
    for n in range(fp.limit("LIMIT_TRUST_AFTER") - 1):
        title = "Kurz" if n == 0 else f"Links {n}"
        if n > 0:
            post(title, three)
        gateway.respond(mail_to(sink, MARTA, title).message, MARTA, "frei", dmarc="pass")
        fp.wait_for(lambda title=title: state_of(gateway, title) == "published")
    story.equal(post("Vertraut", three), ("published", []), "after as many that were released hers wait no more")
    story.equal(post("Der Nachbar", "Mein Nachbar wohnt in der Lindenstraße 12, 45127 Essen, und heizt mit Müll."), ("in_review", ["personal"]),
                "what is others' waits, whoever is trusted")
    notice, receipt = mail_to(sink, MARTA, "Der Nachbar"), mail_to(sink, lena, "persönliche Angaben über andere")
    story.ok(notice is not None and "Der Grund: Im Text stehen persönliche Angaben über andere" in notice.text, "who decides hears why")
    story.ok(notice is not None and "Lindenstraße" not in notice.text and "ABLEHNEN%3A%20Personendaten" in html_of(notice), "and not what")
    story.ok(receipt is not None, "so does its author")
    story.equal(post("Die Eigene", "Ich wohne in der Lindenstraße 12, 45127 Essen.\n\nMehr Busse bitte.\n\nViele Grüße\nLena Links\nLindenstraße 12\n45127 Essen\nTel. 0201 4711882"),
                ("published", []), "their own address and their signature are no reason")
    both = "Frau Klein ist dement, das steht überall. " + three
    story.equal(post("Beides", both, sender=FRITZ, to=MOBILITY), ("in_review", ["personal", "links", "forum"]), "of several reasons each is named")
    notice = mail_to(sink, MARTA, "Beides")
    story.ok(notice is not None and all(w in notice.text for w in ("Dafür gibt es mehrere Gründe", "- In diesem Forum liest", "- Im Text stehen mehrere Links", "von jemandem mit Namen")),
             "in the mail, too")
    gateway.write("Nele <nele@example.com>", open_forum, "Von Nele", "Herr Krause, 0201 4711882, ruft nie zurück.")
    asked = mail_to(sink, "Nele <nele@example.com>", "ruft nie zurück")
    gateway.respond(asked.message, "Nele <nele@example.com>", "JA")
    story.ok(fp.wait_for(lambda: value(gateway, "SELECT 1 FROM hold WHERE why = 'personal' AND text LIKE '%ruft nie%' AND kind = 'review'")),
             "whoever is asked first is read after their JA")
    number = value(gateway, "SELECT id FROM idea WHERE title = 'Zwei Links'")
    receipt = mail_to(sink, lena, "Zwei Links")
    gateway.respond(receipt.message, lena, "neu: Mehr dazu weiß Frau Klein, 0201 4711882.", dmarc="pass")
    found = fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if "corrected" in h["why"]])
    story.equal(found and found[0]["why"], ["corrected", "personal"], "a new version waits for the same reason")


def listed(story, gateway, sink):
    """More texts than one person is asked about singly in a day: one mail lists all that waits, and its answer decides a line each. What is
    not understood does nothing; a bare word is for none of them; nobody else's answer counts."""
    leni = "Leni Liste <leni@example.org>"
    gateway.must("forum", "add", "wohnen", "--title", "Wohnen", "--moderation", "pre")
    gateway.must("member", "add", "wohnen", bare(leni), "--role", "moderator", "--delivery", "none")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "wohnen", bare(person), "--role", "reader", "--delivery", "none")
    titles = [f"Wohnung {n}" for n in range(4)]
    n_before = fp.limit("LIMIT_MODERATE_A_DAY") - 1
    value(gateway, "INSERT INTO notice (stream, purpose, person_id, state, due_at, sent_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                   "SELECT 0, 'moderate', (SELECT person_id FROM address WHERE address = ?), 'sent', unixepoch() - 60, unixepoch() - 60 FROM n", n_before, bare(leni))
    for sender, title in zip((ERIKA, FRITZ, ERIKA, FRITZ), titles):
        gateway.write(sender, f"wohnen@{fp.DOMAIN}", title, f"Bitte {title} bauen.", dmarc="pass")
        gateway.settle()
    alone = [m.subject for m in sink.to(bare(leni)) if "Bitte prüfen" in m.subject]
    story.equal(len(alone), 1, f"text number {n_before + 1} of a day is a mail of its own")
    first = mail_to(sink, leni, "auf Ihre Entscheidung", "Wohnung 1")
    story.ok(first is not None and "Wohnung 0" in first.text, "the next one is in a list of all that waits", first and first.text)
    later = "SELECT due_at - unixepoch() FROM notice WHERE purpose = 'moderate-list' AND state = 'due'"
    story.ok(0 < (value(gateway, later) or 0) <= fp.limit("LIMIT_MODERATE_LIST_S"), "the next list comes two hours later", value(gateway, later))
    value(gateway, "UPDATE notice SET due_at = unixepoch() WHERE purpose = 'moderate-list' AND state = 'due'")
    second = mail_to(sink, leni, "4 Texte warten", "Wohnung 3")
    story.ok(second is not None and all(t in second.text for t in titles), "with all four", second and second.text)
    state = "SELECT i.state FROM idea i WHERE i.title = ?"
    states = lambda: [value(gateway, state, t) for t in titles]
    numbers = [value(gateway, "SELECT h.id FROM hold h JOIN idea i ON i.id = h.idea_id WHERE i.title = ?", t) for t in titles]
    story.ok(all(f"{n}. {t}" in second.text for n, t in zip(numbers, titles)), "each with its number", numbers)
    for answer, why in (("frei", "a bare word"), (f"{numbers[0]} frei\n{numbers[1]} vielleicht", "one line that is no word"), (f"{numbers[0]} frei\n99999 frei", "a number that is none"),
                        (f"{numbers[0]} frei\n{numbers[1]} ablehnen", "a refusal without a reason")):
        n = len(sink.to(bare(leni)))
        gateway.respond(second.message, leni, answer, dmarc="pass")
        again = fp.wait_for(lambda: [m for m in sink.to(bare(leni))[n:] if "nicht ganz verstanden" in " ".join(m.text.split())])
        story.ok(again and states() == ["in_review"] * 4, f"{why}: nothing is done, the list comes again", states())
    gateway.respond(second.message, ELSE, f"{numbers[0]} frei", dmarc="pass")
    gateway.respond(second.message, leni, f"{numbers[0]} frei") # nobody proves that she wrote
    gateway.settle()
    story.equal(states(), ["in_review"] * 4, "in other hands, or without proof, it decides nothing")
    other = gateway.rows("hold", "list")
    foreign = [h["hold"] for h in other if h.get("forum") != "wohnen" and h["kind"] == "review"][:1]
    gateway.respond(second.message, leni, f"{numbers[0]} FREI\n#{numbers[1]}: ablehnen: Das gibt es dort\nschon lange.\n\nViele Grüße\nLeni", dmarc="pass")
    story.ok(fp.wait_for(lambda: states() == ["published", "rejected", "in_review", "in_review"]), "a line each: released, refused, and two wait on", states())
    told = mail_to(sink, FRITZ, "Das gibt es dort")
    said = " ".join(told.text.split()) if told else ""
    story.ok("Das gibt es dort" in said and "schon lange." in said and "Leni" not in said, "the reason goes to its author, whole, without the closing", said)
    if foreign:
        gateway.respond(second.message, leni, f"{foreign[0]} frei", dmarc="pass")
        gateway.settle()
        story.equal(value(gateway, "SELECT state FROM hold WHERE id = ?", foreign[0]), "open", "a number of another forum is none of hers")
    address = next(a for a in re.findall(r"moderation\+\S+@\S+", second.text) if f"+{numbers[2]}-" in a)
    gateway.write(leni, address, "Re: Liste", "FREI", dmarc="pass")
    story.equal(fp.wait_for(lambda: states()[2] == "published"), True, "one word to the address of one text decides that one")
    n = len(sink.to(bare(leni)))
    gateway.respond(second.message, leni, f"{numbers[0]} ablehnen: Doch nicht.", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(sink.to(bare(leni))) > n) and states()[0] == "published", "what is decided is decided, and she hears it")


def main():
    with fp.Story("moderation") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        asked(story, gateway, sink)
        moved(story, gateway, sink)
        merged(story, gateway, sink)
        goes_along(story, gateway, sink)
        refused(story, gateway, sink)
        asked_often(story, gateway, sink)
        next_day(gateway)
        nobody_decides(story, gateway, sink)
        no_answer(story, gateway, sink)
        next_day(gateway)
        too_late(story, gateway, sink)
        trust_grows(story, gateway, sink)
        told_by_words(story, gateway, sink)
        listed(story, gateway, sink)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody looks like an office: a From that is called like one, or like somebody who leads a forum, and a line that begins like an official
answer are read before they appear, at every door, and the moderator reads why; such a name is shown nowhere. What is official comes from
a role and a second person alone."""
import contextlib
import sqlite3

import fp

ERIKA = "erika@example.net"
FRITZ = "fritz@example.com"
MARTA = "Marta Moderation <marta@example.org>"
LENA = "Lena Beispielfrau <lena@ministerium.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def state_of(gateway, words):
    return value(gateway, "SELECT state FROM post WHERE text LIKE ?", f"%{words}%")


def why_of(gateway, words):
    return fp.wait_for(lambda: value(gateway, "SELECT h.why FROM hold h JOIN post p ON p.id = h.post_id WHERE h.kind = 'review' AND p.text LIKE ? "
                                              "ORDER BY h.id DESC", f"%{words}%"), 5)


def asked(sink, words):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(MARTA)) if "Bitte prüfen" in m.subject and words in m.text])
    return found[-1] if found else None


def names(story, gateway, sink):
    for n, name in enumerate(("Ministerium für Verkehr", "M\u0456n\u0456sterium", "Mini\u200bsterium", "L e n a  Beispielfrau", "Neue Mobilität"), 1):
        words = f"Wir bauen Straße {n}."
        gateway.write(f'"{name}" <{ERIKA}>', FORUM, f"Straße {n}", words, dmarc="pass")
        story.equal((why_of(gateway, words), state_of(gateway, words)), ("name", "in_review"), f"an idea from “{name}” is read first")
    mail = asked(sink, "Wir bauen Straße 1.")
    story.ok(mail is not None and "wie eine Behörde" in " ".join(mail.text.split()), "and whoever moderates reads why", mail and mail.text)
    for name in ("Erika Beispiel", "Erika Minsterberg", "Wolf O. Rummel"):
        words = f"Bitte eine Bank, {name[:9]}"
        gateway.write(f"{name} <{ERIKA}>", FORUM, "Eine Bank", words, dmarc="pass")
        story.equal(fp.wait_for(lambda w=words: state_of(gateway, w)), "published", f"one from {name} appears")
    gateway.write(LENA, FORUM, "Von der Leitung", "Wir laden Sie ein.", dmarc="pass")
    story.equal(fp.wait_for(lambda: state_of(gateway, "Wir laden Sie ein.")), "published", "who leads a forum is called as she is called")
    gateway.write(f'"Staatskanzlei" <{ERIKA}>', f"idee-6@{fp.DOMAIN}", "Re: Eine Bank", "Die Bank kommt.", dmarc="pass")
    story.equal((why_of(gateway, "Die Bank kommt."), state_of(gateway, "Die Bank kommt.")), ("name", "in_review"), "so does a contribution")


def confirmed(story, gateway, sink):
    """Without proof its author is asked first; the name is remembered over the yes."""
    who = '"Ihre Moderation" <neu@example.net>'
    gateway.write(who, FORUM, "Ein Brunnen", "Ein Brunnen auf dem Platz.", dmarc="fail")
    question = sink.wait("neu@example.net")
    gateway.respond(question.message, who, "JA\nNAME: Ministerium für Brunnen", dmarc="pass")
    story.equal((why_of(gateway, "Ein Brunnen auf"), state_of(gateway, "Ein Brunnen auf")), ("name", "in_review"), "also after a yes by mail")
    story.ok(fp.wait_for(lambda: [m for m in sink.to("neu@example.net") if "Name" in m.subject]), "who asks for such a name is told that it is not shown")
    story.equal(value(gateway, "SELECT count(*) FROM person WHERE public_name LIKE '%Ministerium%'"), 0, "and has none")
    gateway.write(who, f"hilfe@{fp.DOMAIN}", "", "NAME: F0rum-Team", dmarc="pass")
    fp.wait_for(lambda: len(sink.to("neu@example.net")) >= 3)
    story.equal(value(gateway, "SELECT count(*) FROM person WHERE public_name LIKE '%rum%'"), 0, "nor by a word to hilfe@")


def forwarded(story, gateway, sink):
    """A mail that a moderator passes on: its From is nobody's proof, but whose name it is is seen."""
    text = "Zur Information.\n\n---------- Forwarded message ---------\nFrom: Ministerium f\u00fcr Verkehr <vera@example.com>\n" \
           f"Date: Mon, 1 Mar 2027 at 10:00\nSubject: Die Umgehung\nTo: <{bare(MARTA)}>\n\nDie Umgehung wird noch dieses Jahr gebaut."
    gateway.write(MARTA, FORUM, "Fwd: Die Umgehung", text, dmarc="pass")
    question = sink.wait("vera@example.com")
    if story.ok(question is not None, "who is said to have written is asked"):
        gateway.respond(question.message, "vera@example.com", "JA", dmarc="pass")
        story.equal((why_of(gateway, "Die Umgehung wird"), state_of(gateway, "Die Umgehung wird")), ("name", "in_review"), "an office's name in a forwarded mail: read first")


def discussions(story, gateway, sink):
    """A name stands beside all texts of somebody, so it must be nobody else's in any of their discussions."""
    gateway.write(f"Fritz <{FRITZ}>", f"idee-6@{fp.DOMAIN}", "Re: Eine Bank", "Zwei Bänke sind besser als eine.", dmarc="pass")
    gateway.write(f"Fritz <{FRITZ}>", f"hilfe@{fp.DOMAIN}", "", "NAME: Fritz Frohmut", dmarc="pass")
    fp.wait_for(lambda: value(gateway, "SELECT count(*) FROM person WHERE public_name = 'Fritz Frohmut'"))
    gateway.write(f"Erika <{ERIKA}>", f"idee-6@{fp.DOMAIN}", "Re: Eine Bank", "Eine genügt vollauf, finde ich.", dmarc="pass")
    fp.wait_for(lambda: state_of(gateway, "Eine genügt"))
    n = len(sink.to(ERIKA))
    gateway.write(f"Erika <{ERIKA}>", f"hilfe@{fp.DOMAIN}", "", "NAME: Fr\u0456tz  Frohmut", dmarc="pass")
    gateway.write(f"Erika <{ERIKA}>", f"hilfe@{fp.DOMAIN}", "", "NAME: Fritz Frohmut", dmarc="pass")
    fp.wait_for(lambda: len(sink.to(ERIKA)) > n)
    gateway.settle()
    story.equal(value(gateway, "SELECT count(*) FROM person WHERE public_name LIKE 'Fr%tz%Frohmut'"), 1, "a word to hilfe@ gives nobody the name of somebody in the same discussion")


def marks(story, gateway, sink):
    for n, (title, text) in enumerate((("Offizielle Antwort: Brücke 1", "Brücke 1 wird gebaut."), ("Brücke 2", "Guten Tag,\n\n*Offizielle Antwort*\nBrücke 2 wird gebaut."),
                                       ("Brücke 3", "Off\u0456zielle Antwort des Ministeriums: Brücke 3 wird gebaut.")), 1):
        gateway.write(f"Fritz <{FRITZ}>", FORUM, title, text, dmarc="pass")
        words = f"Brücke {n} wird"
        story.equal((why_of(gateway, words), state_of(gateway, words)), ("impostor", "in_review"), f"held: {title} / {text[:30]!r}")
    mail = asked(sink, "Brücke 2 wird")
    story.ok(mail is not None and "wie eine offizielle Antwort" in " ".join(mail.text.split()), "whoever moderates reads why")
    gateway.write(LENA, FORUM, "Offizielle Antwort", "Offizielle Antwort: Brücke 4 wird gebaut.", dmarc="pass")
    story.equal(why_of(gateway, "Brücke 4"), "impostor", "from who leads the forum, too: an answer is official by ANTWORT and a second person")
    gateway.must("forum", "set", "mobilitaet", "--undecided", "release")
    value(gateway, "UPDATE hold SET next = 'default', next_at = 1 WHERE state = 'open' AND kind = 'review'")
    gateway.must("clock", "--once")
    story.equal(state_of(gateway, "Brücke 1 wird"), "in_review", "time alone lets none of them out")
    story.equal(value(gateway, "SELECT count(*) FROM post WHERE kind = 'official'"), 0, "and nothing of it is official")
    receipt = fp.wait_for(lambda: [m for m in sink.to(ERIKA) if "Eine Bank" in m.text and "NEU" in m.text])
    gateway.respond(receipt[0].message, f"Erika <{ERIKA}>", "NEU: Offizielle Antwort: Die Bank steht schon.", dmarc="pass")
    fp.wait_for(lambda: value(gateway, "SELECT count(*) FROM hold WHERE why = 'corrected' AND state = 'open'"))
    story.equal(value(gateway, "SELECT count(*) FROM post WHERE state = 'published' AND text LIKE '%steht schon%'"), 0, "nor does a new version get in so")


def by_command_line(story, gateway):
    done = gateway.run("person", "set", ERIKA, "--name", "Ministerium für Alles")
    story.ok(done.returncode != 0 and "role" in done.stderr, "at the command line, too, only staff is called like an office", done)
    done = gateway.run("member", "add", "mobilitaet", "import@example.org", "--name", "Moderati0n")
    story.ok(done.returncode != 0, "nor is a new member")
    gateway.must("member", "add", "mobilitaet", "referat@ministerium.example.org", "--role", "office", "--name", "Fachreferat im Ministerium")
    gateway.must("person", "set", "referat@ministerium.example.org", "--name", "Referat 3, Ministerium")


def main():
    with fp.Story("impostors") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = fp.Gateway(story, relay_port=sink.port)
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", bare(MARTA), "--role", "moderator", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", bare(LENA), "--role", "lead", "--delivery", "none", "--name", "Lena Beispielfrau")
        for person in (ERIKA, FRITZ):
            gateway.must("member", "add", "mobilitaet", person, "--role", "reader", "--delivery", "none")
        gateway.start()
        names(story, gateway, sink)
        confirmed(story, gateway, sink)
        discussions(story, gateway, sink)
        forwarded(story, gateway, sink)
        marks(story, gateway, sink)
        by_command_line(story, gateway)


main()

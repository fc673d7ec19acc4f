#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The moderators' rota: who has duty is asked first, by the command line or by their own word by mail; who is away is not; where nobody
has duty everybody is; deputies and the forum's own word come in time all the same; nobody decides about a text of their own."""
import contextlib
import hashlib
import hmac
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
MARTA = "Marta Moderation <marta@example.org>"
MORITZ = "Moritz Moderation <moritz@example.org>"
MONA = "Mona Moderation <mona@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
HELP = f"hilfe@{fp.DOMAIN}"
DAY_S = 86400


def bare(person):
    return person[person.index("<") + 1:-1]


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def asked_about(sink, title):
    """Who was sent that text so far, to be checked."""
    return sorted(bare(p) for p in (MARTA, MORITZ, MONA) for m in sink.to(bare(p)) if "Bitte prüfen: " + title in m.subject)


def ask(gateway, sink, title, sender=ERIKA):
    gateway.write(sender, FORUM, title, f"Bitte bauen Sie das: {title}.", dmarc="pass")
    fp.wait_for(lambda: asked_about(sink, title))
    gateway.settle()
    return asked_about(sink, title)


def told(sink, person, words):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text])
    return found[-1] if found else None


def later(gateway, title, seconds):
    value(gateway, "UPDATE hold SET next_at = next_at - ?1, runs_at = runs_at - ?1 WHERE state = 'open' AND post_id = (SELECT p.id FROM post p JOIN idea i ON "
                   "i.id = p.idea_id WHERE i.title = ?2)", seconds, title)
    gateway.must("clock", "--once")
    gateway.settle()


def rota(gateway):
    return [(r["kind"], r["from"], r["to"]) for r in gateway.rows("duty", "list", "mobilitaet")]


def by_mail(story, gateway, sink):
    story.equal(ask(gateway, sink, "Ohne Plan"), [bare(MARTA), bare(MONA), bare(MORITZ)], "without a rota everybody who moderates is asked")
    gateway.write(MARTA, FORUM, "Dienst", "DIENST AN", dmarc="fail")
    gateway.write(ERIKA, HELP, "", "DIENST AN", dmarc="pass")
    story.ok(told(sink, ERIKA, "Hier moderieren Sie kein Forum") is not None, "who moderates nothing has no duty")
    story.equal(rota(gateway), [], "nor has somebody in a moderator's name")
    gateway.write(MARTA, FORUM, "", "DIENST AN\n\nViele Grüße\nMarta", dmarc="pass")
    answer = told(sink, MARTA, "kommen jetzt zuerst zu Ihnen")
    story.ok(answer is not None and "DIENST AUS" in answer.text, "DIENST AN: she hears what that means")
    story.equal(ask(gateway, sink, "Mit Dienst"), [bare(MARTA)], "then only who has duty is asked")
    gateway.write(MARTA, HELP, "", "URLAUB BIS 31.12.2019", dmarc="pass")
    story.ok(told(sink, MARTA, "Dieser Tag ist vorbei"), "URLAUB BIS a day that is over: she hears that, and is not away")
    gateway.write(MARTA, HELP, "", "PAUSE BIS 3.5.2020", dmarc="pass")
    story.ok(fp.wait_for(lambda: sum("Dieser Tag ist vorbei" in " ".join(m.text.split()) for m in sink.to(bare(MARTA))) == 2), "PAUSE alike")
    gateway.write(MARTA, HELP, "", "URLAUB BIS 31.12.2099", dmarc="pass")
    story.ok(told(sink, MARTA, "31.12.2099") or told(sink, MARTA, "31. Dezember 2099"), "URLAUB BIS: she hears until when")
    gateway.must("clock", "--once")
    gateway.settle()
    story.equal(asked_about(sink, "Mit Dienst"), [bare(MARTA), bare(MONA), bare(MORITZ)], "what lay with her alone goes to the others at once")
    story.equal(asked_about(sink, "Ohne Plan"), [bare(MARTA), bare(MONA), bare(MORITZ)], "what others were asked, too, does not")
    story.equal(ask(gateway, sink, "Im Urlaub"), [bare(MONA), bare(MORITZ)], "while she is away the others are asked")
    gateway.write(MARTA, HELP, "", "URLAUB AUS\nDIENST AUS", dmarc="pass")
    story.ok(told(sink, MARTA, "Willkommen zurück") is not None, "URLAUB AUS, DIENST AUS: two words in one mail")
    story.equal(rota(gateway), [], "nobody has duty, nobody is away")
    story.equal(ask(gateway, sink, "Wieder alle"), [bare(MARTA), bare(MONA), bare(MORITZ)], "so everybody is asked")
    kinds = [e["detail"].split()[0] for e in gateway.rows("event", "list") if e["kind"] == "duty.changed"]
    story.equal(kinds, ["what=on", "what=away", "what=not-away", "what=not-on"], "each change is a line of the journal")


def by_command_line(story, gateway, sink):
    done = gateway.run("duty", "set", "mobilitaet", bare(ERIKA), "--from", "2026-01-01")
    story.ok(done.returncode != 0 and "does not moderate" in done.stderr, "duty set: only of somebody who moderates", done.stderr)
    gateway.must("duty", "set", "mobilitaet", bare(MARTA), "--from", "2026-01-01", "--to", "2099-01-07")
    gateway.must("duty", "set", "mobilitaet", bare(MONA), "--from", "2099-01-15", "--to", "2099-01-21")
    gateway.must("duty", "set", "mobilitaet", bare(MORITZ), "--from", "2099-01-08", "--to", "2099-01-14")
    story.equal(rota(gateway), [("on", "2026-01-01", "2099-01-07"), ("on", "2099-01-08", "2099-01-14"), ("on", "2099-01-15", "2099-01-21")],
                "duty list has them by day")
    story.lacks(gateway.must("duty", "list", "--json"), "@", "without an address")
    gateway.write(MONA, f"hilfe@{fp.DOMAIN}", "", "meine daten", dmarc="pass")
    gateway.respond(fp.wait_for(lambda: [m for m in sink.to(bare(MONA)) if "Ihre Daten sehen?" in m.subject])[0].message, MONA, "JA", dmarc="pass")
    data = fp.wait_for(lambda: [m for m in sink.to(bare(MONA)) if "im Dienst" in " ".join(m.text.split())])
    story.ok(bool(data), "MEINE DATEN says when somebody has duty")
    story.equal(ask(gateway, sink, "Nach Plan"), [bare(MARTA)], "a week has its moderator")
    later(gateway, "Nach Plan", fp.limit("LIMIT_DEPUTY_S") - 60)
    story.equal(asked_about(sink, "Nach Plan"), [bare(MARTA)], "for a day")
    later(gateway, "Nach Plan", 120)
    story.equal(asked_about(sink, "Nach Plan"), [bare(MARTA), bare(MORITZ)], "then whoever has duty next is asked, too")
    first = [m for m in sink.to(bare(MARTA)) if "Nach Plan" in m.subject][0]
    gateway.respond(first.message, MARTA, "fragen: Wo denn?", dmarc="pass")
    question = told(sink, ERIKA, "Wo denn?")
    gateway.must("duty", "set", "mobilitaet", bare(MARTA), "--from", "2026-01-01", "--away")
    gateway.respond(question.message, ERIKA, "Am Bahnhof.", dmarc="pass")
    fp.wait_for(lambda: len([m for m in sink.to(bare(MORITZ)) if "Am Bahnhof." in m.text]) == 1)
    gateway.settle()
    got = sorted(p for p in (MARTA, MORITZ, MONA) if [m for m in sink.to(bare(p)) if "Am Bahnhof." in m.text])
    story.equal(got, sorted([MARTA, MONA, MORITZ]), "the author's answer goes to who asked and to who is there")
    gateway.must("forum", "set", "mobilitaet", "--undecided", "release")
    later(gateway, "Nach Plan", fp.limit("LIMIT_AUTHOR_S") - fp.limit("LIMIT_DEPUTY_S"))
    later(gateway, "Nach Plan", fp.limit("LIMIT_DEFAULT_S"))
    story.equal(value(gateway, "SELECT state FROM idea WHERE title = 'Nach Plan'"), "published", "after three days the forum's word decides")
    gateway.must("duty", "remove", "mobilitaet", bare(MARTA), "--away")
    done = gateway.run("duty", "remove", "mobilitaet", bare(MARTA), "--away")
    story.ok(done.returncode != 0, "what is not there cannot be removed")


def own_text(story, gateway, sink):
    """Marta has duty and writes so much that even hers waits."""
    for n in range(fp.limit("LIMIT_POSTS_PER_HOUR") + 1):
        gateway.write(MARTA, FORUM, f"Martas Idee {n}", f"Das {n}. Bauwerk bitte.", dmarc="pass")
    last = f"Martas Idee {fp.limit('LIMIT_POSTS_PER_HOUR')}"
    fp.wait_for(lambda: asked_about(sink, last))
    gateway.settle()
    story.equal(asked_about(sink, last), [bare(MONA), bare(MORITZ)], "about a text of who has duty the others are asked")
    number = value(gateway, "SELECT max(id) FROM hold")
    person, key = value(gateway, "SELECT person_id FROM address WHERE address = ?", bare(MARTA)), value(gateway, "SELECT token_key FROM installation")
    gateway.write(MARTA, own_token(key, number, person), "Re: Bitte prüfen", "frei", dmarc="pass")
    story.ok(told(sink, MARTA, "dieser Text ist von Ihnen") is not None, "and even with a token of her own she releases nothing of hers")
    story.equal(value(gateway, "SELECT state FROM hold WHERE id = ?", number), "open", "it goes on waiting")
    gateway.must("person", "erase", bare(MORITZ), "--reason", "Antrag")
    story.equal([r for r in gateway.rows("duty", "list") if r["from"] == "2099-01-08"], [], "who is erased has no duty any more")


def nobody_reached(story, gateway, sink):
    """The addresses of all who moderate were switched off after failures: a mail to them would be dropped."""
    value(gateway, "UPDATE address SET suspended_at = 1 WHERE person_id IN (SELECT person_id FROM member WHERE role = 'moderator')")
    gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "pre")
    for person in (MARTA, MONA):
        gateway.must("member", "add", "energie", bare(person), "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "energie", bare(ERIKA), "--role", "reader", "--delivery", "none")
    gateway.write(ERIKA, f"energie@{fp.DOMAIN}", "Unerreichbar", "Bitte bauen Sie das: Unerreichbar.", dmarc="pass")
    waits = "SELECT count(*) FROM notice WHERE purpose = 'operator-unmoderated'"
    story.ok(fp.wait_for(lambda: value(gateway, waits)), "where nobody who moderates can be reached the operator hears of it")
    value(gateway, "UPDATE address SET suspended_at = NULL WHERE address = ?", bare(MONA))
    later(gateway, "Unerreichbar", fp.limit("LIMIT_DEPUTY_S") + 60)
    story.equal(asked_about(sink, "Unerreichbar"), [bare(MONA)], "and who can be reached again is asked a day later")


def own_token(key, hold, person):
    """The address that a mail about HOLD to PERSON would have had (route.h)."""
    digest = hmac.new(key, f"moderate:{hold}:{person}".encode(), hashlib.sha256).digest()
    bits = "".join(f"{byte:08b}" for byte in digest)
    mac = "".join("0123456789abcdefghjkmnpqrstvwxyz"[int(bits[i * 5:i * 5 + 5], 2)] for i in range(16))
    return f"moderation+{hold}-{person}-{mac}@{fp.DOMAIN}"


def main():
    with fp.Story("rota") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = fp.Gateway(story, relay_port=sink.port)
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "pre")
        for person in (MARTA, MORITZ, MONA):
            gateway.must("member", "add", "mobilitaet", bare(person), "--role", "moderator", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "reader", "--delivery", "none")
        gateway.start()
        by_mail(story, gateway, sink)
        by_command_line(story, gateway, sink)
        own_text(story, gateway, sink)
        nobody_reached(story, gateway, sink)


main()

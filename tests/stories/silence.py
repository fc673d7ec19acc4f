#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence is visible: once nothing was heard of an idea for long its author is told so, once; and once a week who leads the forum hears which
ideas wait, with an address for each that takes their word."""
import contextlib
import datetime
import json
import re
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
DAY_S = 86400
SILENT = "Noch nichts Neues zu Ihrer Idee"


def bare(person):
    return person[person.index("<") + 1:-1]


def noon_zone():
    """A zone in which it is about noon, whenever this runs."""
    off = 12 - datetime.datetime.now(datetime.timezone.utc).hour
    return f"Etc/GMT{-off:+d}" if off else "Etc/GMT", datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=off))).isoweekday()


def days_pass(gateway, days):
    """As if all that is there had happened so long ago."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE idea SET published_at = published_at - ?", (days * DAY_S,))
        db.execute("UPDATE step SET at = at - ?", (days * DAY_S,))
        db.execute("UPDATE notice SET due_at = due_at - ?, sent_at = sent_at - ? WHERE state = 'sent'", (days * DAY_S, days * DAY_S))
    gateway.start()


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def morning(gateway):
    """What waits for seven o'clock is due."""
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        return db.execute("UPDATE notice SET due_at = unixepoch() WHERE purpose = 'silence' AND state = 'due'").rowcount


def heard(gateway, sink, n):
    """What authors heard of silence, N mails once the morning came."""
    fp.wait_for(lambda: morning(gateway) > 0, 5)
    fp.wait_for(lambda: morning(gateway) == 0 and len(mails(sink, ERIKA, SILENT, 0)) >= n)
    gateway.settle()
    return mails(sink, ERIKA, SILENT, 0)


def mails(sink, person, words, seconds=5):
    fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text], seconds)
    return [m for m in sink.to(bare(person)) if words in m.text]


def nothing_waits(story, gateway, sink):
    """Who leads a forum where nothing waits hears so, once a month at most."""
    quiet = "LIMIT_NOTHING_WAITS_S"
    told = mails(sink, LEAD, "wartet zurzeit nichts")
    story.equal([m.subject for m in told], ["In Ihrem Forum wartet nichts"], "who leads a forum where nothing waits hears that")
    for seconds, n in ((fp.limit(quiet) - 60, 1), (120, 2)):
        gateway.stop()
        value(gateway, "UPDATE notice SET due_at = due_at - ? WHERE purpose = 'weekly-office'", seconds)
        gateway.start()
        gateway.must("clock", "--once")
        gateway.settle()
        story.equal(len(mails(sink, LEAD, "wartet zurzeit nichts", 0)), n, ("not again within the month", "and after it once more")[n - 1])


def main():
    zone, today = noon_zone()
    with fp.Story("silence") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = fp.Gateway(story, relay_port=sink.port, silence={"office_weekday": str(today)},
                             initiative={"timezone": zone})
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "reader", "--delivery", "none")
        gateway.start()
        for n in range(fp.limit("LIMIT_WAITING_SHOWN") + 1):
            gateway.write(ERIKA, FORUM, f"Radweg Nummer {n}", f"Bitte den Radweg Nummer {n}.", dmarc="pass")
        story.equal(fp.wait_for(lambda: len(gateway.rows("idea", "list")) == fp.limit("LIMIT_WAITING_SHOWN") + 1), True, "ideas come")
        gateway.settle()
        nothing_waits(story, gateway, sink)
        days_pass(gateway, 20)
        weekly = mails(sink, LEAD, "Diese Ideen warten")
        story.equal(len(weekly), 1, "who leads the forum hears what waits, in one mail")
        story.equal(len(re.findall(r"Veröffentlicht vor 20 Tagen", weekly[0].text)), fp.limit("LIMIT_WAITING_SHOWN"), "the oldest of them")
        story.equal((morning(gateway), mails(sink, ERIKA, SILENT, 0)), (0, []), "its author is not told yet")
        address = re.search(r"idee-1\+\S+@\S+", weekly[0].text).group(0)
        gateway.write(LEAD, address, "Re: x", "STAND IN BERATUNG", dmarc="pass")
        story.equal(fp.wait_for(lambda: json.loads(gateway.must("idea", "show", "1", "--json"))["state"] == "in_deliberation"), True,
                    "one word to the idea's address in that mail takes it on")
        for by in ("author", "moderator", "gateway", "timer"): # none is a sign: a month later the author hears all the same
            value(gateway, "INSERT INTO step (idea_id, at, from_state, to_state, by) SELECT 2, unixepoch() + 11 * 86400, 'published', 'assigned', ?", by)
        days_pass(gateway, 11)
        waiting = "SELECT count(*) FROM notice WHERE purpose = 'silence' AND state = 'due'"
        fp.wait_for(lambda: value(gateway, waiting))
        story.equal((value(gateway, waiting), mails(sink, ERIKA, SILENT, 0)), (fp.limit("LIMIT_SILENCES"), []), "after 31 days the author is to hear it in the morning")
        story.equal(value(gateway, "SELECT count(*) FROM notice WHERE purpose = 'silence' AND idea_id = 2"), 1, "a step by nobody of those who lead is no sign")
        answered = value(gateway, "SELECT min(idea_id) FROM notice WHERE purpose = 'silence'")
        gateway.must("idea", "deadline", str(answered), "2099-05-03")
        told = heard(gateway, sink, fp.limit("LIMIT_SILENCES") - 1)
        story.equal(len(told), fp.limit("LIMIT_SILENCES") - 1, "of an idea to which something happened before that nothing is said")
        story.ok([e for e in gateway.rows("event", "list") if e["kind"] == "notice.dropped" and e["detail"] == "why=heard" and e["idea"] == answered],
                 "and the journal says why")
        gateway.stop()
        gateway.start()
        told = heard(gateway, sink, fp.limit("LIMIT_SILENCES"))
        story.ok(len(told) == fp.limit("LIMIT_SILENCES") and not [m for m in told if "Idee 1 " in m.text],
                 "of three ideas in a month they hear, and not of the one that was taken on", len(told))
        days_pass(gateway, fp.limit("LIMIT_SILENCE_S") // DAY_S + 1)
        gateway.settle()
        again = heard(gateway, sink, 2 * fp.limit("LIMIT_SILENCES"))
        story.equal((len(again), len({m.subject for m in again})), (2 * fp.limit("LIMIT_SILENCES"),) * 2, "a month later of three others: once a silence")
        gateway.must("phase", "add", "vorbei", "--from", "2020-01-01", "--to", "2020-02-01", "--allows", "idea,reply")
        days_pass(gateway, fp.limit("LIMIT_SILENCE_S") // DAY_S + 1)
        gateway.settle()
        story.equal((morning(gateway), len(mails(sink, ERIKA, SILENT, 1))), (0, 2 * fp.limit("LIMIT_SILENCES")), "while no phase runs nothing is to be heard")
        median_and_orders(story, gateway, sink)


def median_and_orders(story, gateway, sink):
    """Six ideas had a first sign after three days; then some lines of the weekly mail's answer."""
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE idea SET published_at = published_at + ?", (40 * DAY_S,)) # of the last 90 days
        db.execute("INSERT INTO step (idea_id, at, from_state, to_state, by) SELECT id, published_at + ?, 'published', 'deadline:3.5.', 'lead' "
                   "FROM idea WHERE id BETWEEN 2 AND 7", (3 * DAY_S,))
        db.execute("UPDATE idea SET deadline_at = unixepoch() + 9 * 86400 WHERE id = 3")
    before = len(mails(sink, LEAD, "Diese Ideen warten"))
    days_pass(gateway, 7)
    fp.wait_for(lambda: len(mails(sink, LEAD, "Diese Ideen warten", 0)) > before)
    weekly = mails(sink, LEAD, "Diese Ideen warten", 0)[-1]
    flat = " ".join(weekly.text.split())
    story.ok("ersten Reaktion dauert es hier 3 Tage (Median aus" in flat, "the weekly mail says how long the first sign takes", flat[:900])
    story.ok("Fristen in den nächsten zwei Wochen" in flat and "Idee 3 „Radweg Nummer 2“:" in flat, "and which deadlines come", flat[:1500])
    story.lacks(flat, "offiziellen Antwort:", "and nothing of answers, of which there are too few")
    gateway.respond(weekly.message, LEAD, "9 beraten\n10 nicht weiterverfolgt: Zu teuer.", dmarc="pass", quote=False)
    asked = mails(sink, LEAD, "9 beraten")
    story.ok(asked, "its answer may be orders, a line each: asked once")
    if asked:
        gateway.respond(asked[-1].message, LEAD, "JA", dmarc="pass")
    daily_actions(story, gateway, sink)
    states = fp.wait_for(lambda: [json.loads(gateway.must("idea", "show", n, "--json"))["state"] for n in ("9", "10")] == ["in_deliberation", "not_pursued"])
    story.equal(states, True, "and done after the yes")


def daily_actions(story, gateway, sink):
    """What who leads did stands in one mail a day to who is of an office."""
    office = "Otto Office <otto@ministerium.example.org>"
    gateway.must("member", "add", "mobilitaet", bare(office), "--role", "office", "--delivery", "none")
    fp.wait_for(lambda: [e for e in gateway.rows("event", "list") if e["kind"] == "idea.not_pursued"])
    for _ in range(2):
        gateway.must("clock", "--once")
        gateway.settle()
    told = mails(sink, office, "seit gestern")
    flat = " ".join(told[-1].text.split()) if told else ""
    story.ok(len(told) == 1 and "nicht weiterverfolgt, Idee 10" in flat, "the office reads once a day what those who lead did", flat or len(told))
    central = "Gerda Geschäft <gerda@zentrale.example.org>"
    gateway.must("member", "add", "--all", bare(central), "--role", "office", "--delivery", "none")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET due_at = due_at - 90000 WHERE purpose = 'daily-actions'")
    gateway.must("clock", "--once")
    story.ok(mails(sink, central, "seit gestern"), "once somebody is of the office of the initiative they read it")
    gateway.settle()
    story.equal(len(mails(sink, office, "seit gestern")), 1, "and the offices of the forums no more")


main()

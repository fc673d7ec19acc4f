#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phases: what is taken when. A closed one still takes the mail and says what happens with it; commands, STOPP and official answers are
always taken; another end is told to everybody who takes part, by command line as by mail, and who wrote too late is asked whether their text
shall appear after all. The second in which the last byte came is what counts, at each door."""
import contextlib
import datetime
import json
import signal
import sqlite3
import subprocess
import time

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
OFFICE = "Olga Amt <olga.amt@ministerium.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
GRACE = 15 # minutes, as they are set without a setting


def bare(person):
    return person[person.index("<") + 1:-1]


def day(n):
    return (datetime.date.today() + datetime.timedelta(days=n)).isoformat()


def mail_to(sink, person, words, seconds=None):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject], seconds)
    return found[-1] if found else None


def change(gateway, sql, *values):
    """What only time does."""
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        return db.execute(sql, values).rowcount


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    for name in ("mobilitaet", "energie"):
        gateway.must("forum", "add", name, "--title", name.title(), "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(OFFICE), "--role", "office", "--delivery", "each")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "list")), "without any phase everything is taken")
    return gateway


def phases_are_made(story, gateway):
    gateway.must("phase", "add", "zuhoeren", "--title", "Zuhören", "--from", day(-30), "--to", day(-2), "--allows", "idea,reply,support")
    gateway.must("phase", "add", "beraten", "--title", "Beraten", "--from", day(-1), "--to", day(20), "--allows", "reply,inner")
    gateway.must("phase", "add", "naechste", "--title", "Zweite Runde", "--from", day(40), "--to", "none", "--allows", "idea")
    rows = gateway.rows("phase", "list")
    story.equal([(r["name"], r["from"], r["to"], r["open"], r["allows"], r["extended"]) for r in rows],
                [("zuhoeren", day(-30), day(-2), False, ["idea", "reply", "support"], 0), ("beraten", day(-1), day(20), True, ["reply", "inner"], 0),
                 ("naechste", day(40), None, False, ["idea"], 0)], "three phases")
    for wrong, code in ((("--from", "2026-02-30"), 65), (("--to", day(-31)), 65), (("--allows", "votes"), 65)):
        story.equal(gateway.run("phase", "change", "zuhoeren", *wrong).returncode, code, f"refused: {' '.join(wrong)}")
    story.equal(gateway.run("phase", "change", "nix", "--to", "none").returncode, 66, "one that is not there")


def a_closed_phase_takes_the_mail(story, gateway, sink):
    story.equal(gateway.write(FRITZ, FORUM, "Noch eine Idee", "Mehr Bänke, bitte.", dmarc="pass")[0], 250, "a text out of its time is taken by mail")
    told = mail_to(sink, FRITZ, "Zur Zeit nehmen wir")
    story.ok(told is not None and "Zuhören" in told.text and "Zweite Runde" in told.text, "its author hears what ended and what comes")
    story.equal(len(gateway.rows("idea", "list")), 1, "and it is not published")
    gateway.write(FRITZ, FORUM, "Und noch eine", "Mehr Schatten, bitte.", dmarc="pass")
    again = mail_to(sink, FRITZ, "Mehr Schatten")
    story.ok("Mehr Bänke" in told.text and again is not None and "Zuhören" in again.text, "and has their words back, of the second text on that day, too")
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "Ja, überall!", dmarc="pass")
    posts = fp.wait_for(lambda: json.loads(gateway.must("idea", "show", "1", "--json"))["posts"][1:])
    story.equal([p["text"] for p in posts], ["Ja, überall!"], "what the open phase allows is published")
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "+1", dmarc="pass")
    gateway.settle()
    story.equal(json.loads(gateway.must("idea", "show", "1", "--json"))["supporters"], 0, "support is not counted, either")
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "x", "folgen", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "folgen") is not None, "commands are always taken")
    gateway.write(FRITZ, f"energie@{fp.DOMAIN}", "Sonne", "Mehr Sonne.", dmarc="pass")
    story.equal(len(gateway.rows("idea", "list")), 1, "a phase of the whole initiative is every forum's")


def another_end_is_told(story, gateway, sink):
    gateway.must("phase", "change", "zuhoeren", "--to", day(5))
    gateway.settle()
    story.ok(mail_to(sink, ERIKA, "Neuer Termin: Zuhören", 0) is None, "that it is extended waits for the morning: it may be changed again")
    change(gateway, "UPDATE notice SET due_at = unixepoch() WHERE purpose = 'phase-changed' AND state = 'due'")
    for person in (ERIKA, FRITZ, OFFICE):
        story.ok(mail_to(sink, person, "Neuer Termin: Zuhören") is not None, f"{bare(person)} hears of it")
    story.equal(gateway.rows("phase", "list")[0]["extended"], 1, "it was extended once")


def who_was_late_is_asked(story, gateway, sink):
    """Three texts were refused since; each is asked about, in a mail of its own."""
    late = lambda part: next((m for m in sink.to(bare(FRITZ)) if m.subject.startswith("Verlängert") and part in m.text), None)
    asked = {part: fp.wait_for(lambda part=part: late(part)) for part in ("Mehr Bänke", "Mehr Schatten", "Mehr Sonne")}
    story.ok(all(asked.values()), "who wrote too late is asked for each text")
    story.ok("Zuhören" in asked["Mehr Bänke"].text and all(w not in asked["Mehr Bänke"].text for w in ("Schatten", "Sonne")), "which says what takes it now")
    gateway.respond(asked["Mehr Bänke"].message, FRITZ, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: [i for i in gateway.rows("idea", "list") if i["title"] == "Noch eine Idee"]), "JA takes the text as it was")
    story.ok(mail_to(sink, FRITZ, "ist veröffentlicht") is not None, "with its receipt")
    gateway.respond(asked["Mehr Schatten"].message, FRITZ, "NEIN", dmarc="pass")
    story.ok(fp.wait_for(lambda: not [h for h in gateway.rows("hold", "list") if h["title"] == "Und noch eine"]), "NEIN deletes it")
    gateway.must("forum", "set", "energie", "--moderation", "pre")
    gateway.respond(asked["Mehr Sonne"].message, FRITZ, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["title"] == "Sonne" and h["kind"] == "review"]),
             "where moderators read first they read this one first")


def by_mail(story, gateway, sink):
    post = mail_to(sink, OFFICE, "mehr Radwege")
    end = datetime.date.today() + datetime.timedelta(days=9)
    gateway.respond(post.message, OFFICE, f"PHASE zuhoeren bis {end.day}.{end.month}.{end.year}", dmarc="pass")
    gateway.respond(mail_to(sink, OFFICE, "Sollen wir das tun?").message, OFFICE, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: gateway.rows("phase", "list")[0]["to"] == day(9)), True, "the office sets another end by mail")
    gateway.respond(post.message, OFFICE, "PHASE nix bis 3.3.", dmarc="pass")
    story.ok(mail_to(sink, OFFICE, "Eine solche Phase gibt es nicht") is not None, "of a phase that is none it hears so")


def one_is_made(story, gateway, sink):
    """PHASE with two days makes one; the second of two who say something about it hears what the first did."""
    post = mail_to(sink, OFFICE, "mehr Radwege")
    first, last = (datetime.date.today() + datetime.timedelta(days=n) for n in (60, 90))
    order = f"PHASE Rückmeldung-2 {first.day}.{first.month}. bis {last.day}.{last.month}.{last.year} erlaubt Antworten, Rückmeldungen"
    gateway.settle()
    n = len(sink.to(bare(OFFICE)))
    gateway.respond(post.message, OFFICE, order, dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE))[n:] if "Sollen wir das tun?" in m.subject])[0]
    story.equal(len(gateway.rows("phase", "list")), 3, "a new phase is asked about first")
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    row = fp.wait_for(lambda: next((r for r in gateway.rows("phase", "list") if r["name"].startswith("ruckmeldung")), None)) or {}
    story.equal((row.get("from"), row.get("to"), row.get("allows"), row.get("forum")), (first.isoformat(), last.isoformat(), ["reply", "feedback"], None),
                "JA: there it is, with its days and what it allows, for the whole initiative")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE)) if "Antworten, Rückmeldungen zu Vorschlägen." in " ".join(m.text.split())])
    story.ok(told and "Die Phase steht" in told[0].text, "and who said so reads what it is")
    gateway.settle()
    n = len(sink.to(bare(OFFICE)))
    gateway.respond(post.message, OFFICE, f"Phase {row.get('name')} bis {last.day}.{last.month}.{last.year + 1}", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE))[n:] if "Sollen wir das tun?" in m.subject])[0]
    gateway.must("phase", "change", row.get("name"), "--allows", "reply")
    gateway.settle()
    n = len(sink.to(bare(OFFICE)))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    changed = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE))[n:] if "Etwas hat sich geändert" in m.subject])
    flat = " ".join(changed[0].text.split()) if changed else ""
    story.ok("Betreiber" in flat and "nehmen wir: Antworten." in flat, "somebody else changed it meanwhile: they hear who, and what it is now", flat)
    story.equal(next(r["to"] for r in gateway.rows("phase", "list") if r["name"] == row["name"]), last.isoformat(), "and nothing of theirs is done")
    gateway.respond(changed[0].message, OFFICE, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: next(r["to"] for r in gateway.rows("phase", "list") if r["name"] == row["name"]) == last.replace(year=last.year + 1).isoformat()),
             "JA does it all the same")
    events = [e for e in gateway.rows("event", "list") if e["kind"].startswith("phase.") and f"name={row['name']} " in e["detail"]]
    story.equal([e["kind"] for e in events], ["phase.added", "phase.changed", "phase.changed"], "the journal has each")
    story.has(events[1]["detail"], "allowed=reply,feedback", "with what it was")
    gateway.respond(post.message, OFFICE, "Phase zwei erlaubt uns keine Ideen mehr.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "erlaubt uns keine" in gateway.must("idea", "show", "1", "--json")), "a sentence about a phase is a contribution")


def with_title_and_forum(story, gateway, sink):
    """All that the command line can say: a forum, titles, no end. The question shows the whole phase as it will stand."""
    post = mail_to(sink, OFFICE, "mehr Radwege")
    rows = lambda: {r["name"]: r for r in gateway.rows("phase", "list")}
    def asked_for(text):
        gateway.settle()
        n = len(sink.to(bare(OFFICE)))
        gateway.respond(post.message, OFFICE, text, dmarc="pass")
        return fp.wait_for(lambda: sink.to(bare(OFFICE))[n:])[0]
    first = datetime.date.today() + datetime.timedelta(days=70)
    start = f"{first.day}.{first.month}.{first.year}"
    asked = asked_for(f"PHASE abschluss ab {start} ohne Ende erlaubt Ideen, intern im Forum mobilitaet: <b>Zum Schluss</b> & Dank\nPHASE abschluss Titel Englisch: The end")
    flat = " ".join(asked.text.split())
    for part in ("So steht die Phase dann", "Name: abschluss", "Titel (Deutsch): <b>Zum Schluss</b> & Dank", "Titel (English): The end", "ohne Ende", "Ideen, was Mitglieder unter sich schreiben", "Forum „Mobilitaet“"):
        story.has(flat, part, f"the question shows {part}")
    story.ok("abschluss" not in rows(), "before there is one")
    html = next(p.get_content() for p in asked.message.walk() if p.get_content_type() == "text/html")
    story.ok("<b>Zum Schluss</b>" not in html and "&lt;b&gt;Zum Schluss" in html, "whose title stays text", html)
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    made = fp.wait_for(lambda: rows().get("abschluss")) or {}
    story.equal([made.get(k) for k in ("title", "forum", "from", "to", "allows")], ["<b>Zum Schluss</b> & Dank", "mobilitaet", first.isoformat(), None, ["idea", "inner"]], "JA makes it")
    asked = asked_for("PHASE abschluss bis 31.12.2099 im Forum alle")
    flat = " ".join(asked.text.split())
    story.ok("alle Foren" in flat and "31. Dezember 2099" in flat and "Titel (English): The end" in flat and "Ideen, was Mitglieder" in flat, "of a change it shows what stays, too", flat)
    gateway.must("phase", "change", "abschluss", "--title", "Anders")
    gateway.settle()
    n = len(sink.to(bare(OFFICE)))
    gateway.respond(asked.message, OFFICE, "JA", dmarc="pass")
    changed = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE))[n:] if "Etwas hat sich geändert" in m.subject])
    story.ok(changed and rows()["abschluss"]["forum"] == "mobilitaet", "another title meanwhile, and they hear that first")
    gateway.respond(changed[0].message, OFFICE, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: rows()["abschluss"]["forum"] is None and rows()["abschluss"]["to"] == "2099-12-31"), "JA to that does it")
    for wrong, why in ((f"PHASE abschluss bis 3.5.2020", "Dieser Tag ist vorbei"), (f"PHASE neu {start} bis 1.1.2027", "Der letzte Tag liegt nicht vor dem ersten"),
                       (f"PHASE abschluss ab {start} im Forum nirgends", "Dieses Forum gibt es nicht"), ("PHASE abschluss Titel Klingonisch: x", "In dieser Sprache schreiben wir hier nicht"),
                       ("PHASE abschluss Titel: " + "x" * 10000, "Dieser Titel geht nicht"), ("PHASE abschluss Titel: Neu\u202eegasnu", "Dieser Titel geht nicht"),
                       (f"PHASE 7runde {start} ohne Ende", "So kann keine Phase heißen"), (f"PHASE abschluss ab {start} im Forum energie", "gehört zu einem anderen Forum"),
                       ("PHASE nix Titel: x", "Eine solche Phase gibt es nicht")):
        told = asked_for(wrong)
        story.ok(why in " ".join(told.text.split()) and "Sollen wir" not in told.subject, f"{wrong[:60]!r}: {why}", told.subject, told.text[:600])
    told = asked_for("status 1\nPHASE abschluss bis 3.5.2020")
    story.ok("Nicht ausgeführt" in told.subject and "Dieser Tag ist vorbei" in told.text, "among several lines alike", told.text)
    story.equal((rows()["abschluss"]["to"], rows()["abschluss"]["title"]), ("2099-12-31", "Anders"), "nothing of that is done")
    for title, code in (("x" * 10000, 65), ("Neu\u202eegasnu", 65), ("zwei\nZeilen", 65), ("", 65)):
        story.equal(gateway.run("phase", "change", "abschluss", "--title", title).returncode, code, f"the command line refuses {title[:12]!r}, too")
    story.equal(gateway.run("phase", "add", "ab-schluss", "--from", day(1), "--to", "none", "--allows", "idea").returncode, 77, "and a name that could be mistaken for another one")


def the_last_byte_counts(story, gateway):
    """The phase ends while a mail is on its way in: what counts is its last byte, over LMTP and by pipe alike."""
    change(gateway, "UPDATE phase SET to_at = unixepoch() + 2 - ?, journaled = 3 WHERE name = 'zuhoeren'", 60 * GRACE)
    mails = {door: fp.found(fp.mail(FRITZ, FORUM, f"Durch {door}", f"Langsam durch {door}."), FRITZ, "pass") for door in ("LMTP", "deliver")}
    pipe = subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "deliver", "-f", bare(FRITZ), "-r", FORUM], stdin=subprocess.PIPE)
    pipe.stdin.write(mails["deliver"][:50])
    pipe.stdin.flush()
    client = fp.Client(gateway.door)
    for line in (f"MAIL FROM:<{bare(FRITZ)}>", f"RCPT TO:<{FORUM}>", "DATA"):
        client.command(line)
    client.send(mails["LMTP"][:50])
    time.sleep(3)
    client.send(mails["LMTP"][50:] + b"\r\n.\r\n")
    client.reply()
    client.quit()
    pipe.stdin.write(mails["deliver"][50:])
    pipe.stdin.close()
    story.equal(pipe.wait(), 0, "both are taken")
    late = fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["title"].startswith("Durch ")][1:]) and gateway.rows("hold", "list")
    story.equal(sorted(h["title"] for h in late or [] if h["waits"] == "phase"), ["Durch LMTP", "Durch deliver"], "and were late")


def one_ends_while_nothing_runs(story, gateway, sink):
    """The next start says so in the journal, once, and to the operator, however it ended."""
    kinds = lambda: [e["kind"] for e in gateway.rows("event", "list") if e["kind"] in ("phase.opened", "phase.closed") and "name=beraten " in e["detail"]]
    story.equal(fp.wait_for(kinds), ["phase.opened"], "a phase that began stands in the journal")
    gateway.stop(signal.SIGKILL)
    change(gateway, "UPDATE phase SET to_at = unixepoch() - 1800 WHERE name = 'beraten'")
    change(gateway, "UPDATE notice SET due_at = due_at - 7200 WHERE address = ?", fp.OPERATOR) # who hears at most once an hour
    gateway.start()
    fp.wait_for(lambda: kinds()[1:])
    told = mail_to(sink, f"x <{fp.OPERATOR}>", "forumpost phase change beraten --to")
    story.ok(told is not None and "lief forumpost nicht" in told.text, "of an end that nobody saw the operator hears, and what extends the phase")
    gateway.stop(signal.SIGKILL)
    gateway.start()
    gateway.must("clock", "--once")
    story.equal(kinds(), ["phase.opened", "phase.closed"], "the journal has both, once, however often it is started")


def one_office_is_named(story, gateway, sink):
    """The initiative's office is another one than the forum's: phases are its own."""
    central = "Gerda Geschäft <gerda@zentrale.example.org>"
    gateway.must("member", "add", "--all", bare(central), "--role", "office", "--delivery", "each")
    post, end = mail_to(sink, OFFICE, "mehr Radwege"), datetime.date.today() + datetime.timedelta(days=19)
    order = f"PHASE zuhoeren bis {end.day}.{end.month}.{end.year}"
    was = gateway.rows("phase", "list")[0]["to"]
    gateway.respond(post.message, OFFICE, order, dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE)) if "nicht die Rolle" in " ".join(m.text.split())])
    story.ok(told and gateway.rows("phase", "list")[0]["to"] == was, "once it is named, no other office changes a phase, and hears why", told)
    gateway.write(central, f"hilfe@{fp.DOMAIN}", "x", order, dmarc="pass")
    gateway.respond(mail_to(sink, central, "Sollen wir das tun?").message, central, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: gateway.rows("phase", "list")[0]["to"] == day(19)), True, "it does")
    gateway.must("forum", "add", "spaeter", "--title", "Später", "--moderation", "none")
    story.equal([(m["address"], m["role"]) for m in gateway.rows("member", "list", "spaeter")], [(bare(central), "office")], "in a forum that is made since it is the office, too")


def main():
    with fp.Story("phases") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        phases_are_made(story, gateway)
        a_closed_phase_takes_the_mail(story, gateway, sink)
        another_end_is_told(story, gateway, sink)
        who_was_late_is_asked(story, gateway, sink)
        by_mail(story, gateway, sink)
        one_is_made(story, gateway, sink)
        with_title_and_forum(story, gateway, sink)
        one_office_is_named(story, gateway, sink)
        the_last_byte_counts(story, gateway)
        one_ends_while_nothing_runs(story, gateway, sink)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is promised in writing: texts that nobody confirmed or that somebody disowned are gone, to the last byte of
database, write-ahead log and spool; so is what was refused or ignored once its time is over."""
import contextlib
import os
import sqlite3
import time

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
ANNA = "Anna <anna@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
DAY_S = 86400


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "gesundheit", "--title", "Gesundheit", "--moderation", "pre")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")
    gateway.start()
    return gateway


def where(gateway, word):
    """The files in which WORD occurs in any case; mails on the disk are searched decoded, too, for they are plain here."""
    found = []
    for folder, _, names in os.walk(gateway.folder):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith((".log", ".conf", ".sock")):
                continue
            with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
                data = file.read().lower()
                if word.lower().encode() in data:
                    found.append(f"{os.path.relpath(path, gateway.folder)} at {data.index(word.lower().encode())}")
    return found


def is_gone(gateway, *words):
    """Waits: what a deletion leaves behind is the clock's work, within seconds."""
    return fp.wait_for(lambda: not any(where(gateway, word) for word in words), fp.PATIENCE_S + 60)


def gone(story, gateway, words, what):
    story.ok(is_gone(gateway, *words.values()), what, *[f"{kind} {word}: {where(gateway, word)}" for kind, word in words.items()])


def database(gateway):
    return contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30))


def later(gateway, sql, *arguments):
    """Time passes: a test cannot wait for days, so what is stored becomes older."""
    with database(gateway) as db, db:
        db.execute("PRAGMA secure_delete = ON")
        db.execute(sql, arguments)


def canaries(tag):
    return {"text": f"Textkanarie{tag}", "subject": f"Betreffkanarie{tag}", "address": f"adresskanarie{tag}@example.net"}


def ask(gateway, sink, words, filler="", **headers):
    code, text = gateway.write(f"K. {words['address'].split('@')[0]} <{words['address']}>", FORUM, words["subject"],
                               f"Ein {words['text']} für alle.\n{filler}", **headers)
    assert code == 250, text
    return sink.wait(words["address"]), text.split()[-1]


def large():
    return "\n".join(f"Zeile {i} von sehr vielen, damit die Mail in eine Datei kommt." for i in range(4000))


def disowned(story, gateway, sink):
    words = canaries("eins")
    question, key = ask(gateway, sink, words, large())
    story.ok(where(gateway, words["text"]) and os.listdir(gateway.path("spool/blob")), "a text waits, its mail in a file")
    gateway.respond(question.message, f"<{words['address']}>", "Was soll das?")
    gateway.respond(question.message, f"<{words['address']}>", "STOPP")
    with database(gateway) as db:
        story.equal(db.execute("SELECT text, title, address FROM hold").fetchall(), [("", "", "")], "STOPP deletes it in the same moment")
        story.equal(db.execute("SELECT count(*) FROM message_raw").fetchone(), (0,), "and the mails about it")
    gone(story, gateway, words, "soon after STOPP no byte of text, subject and address is left")
    story.equal(os.listdir(gateway.path("spool/blob")), [], "nor its file")
    story.equal(gateway.run("explain", key).returncode, 0, "what became of the mail can still be told")
    n = len(sink.to(words["address"]))
    gateway.respond(question.message, f"<{words['address']}>", "JA")
    story.equal(gateway.rows("idea", "list"), [], "a late JA publishes nothing")
    story.ok(len(sink.to(words["address"])) <= n + 1, "and is answered at most once")


def copies(story, gateway, sink):
    """A mail server that did not hear our 250 sends the mail again, also after it was deleted."""
    words = canaries("zwei")
    data = fp.trace(fp.mail(words["address"], FORUM, words["subject"], f"Ein {words['text']}.", Message_ID="<kanarie@example.net>"))
    gateway.deliver(words["address"], FORUM, data)
    question = sink.wait(words["address"])
    gateway.respond(question.message, words["address"], "STOPP")
    gateway.deliver(words["address"], FORUM, data)
    story.equal([h["kind"] for h in gateway.rows("hold", "list")], [], "a second copy of what was disowned asks nobody again")
    gone(story, gateway, words, "and leaves nothing behind")


def expired(story, gateway, sink):
    words = canaries("drei")
    question, _ = ask(gateway, sink, words, large())
    gateway.respond(question.message, f"<{words['address']}>", "Vielleicht später.")
    report = (f"From: MAILER-DAEMON@example.net\r\nTo: {question.sender}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
              "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNot delivered.\r\n"
              "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
              f"Final-Recipient: rfc822; {words['address']}\r\nAction: failed\r\nStatus: 4.4.7\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n")
    gateway.deliver("", question.sender, report.encode() + question.data + b"\r\n--b--\r\n")
    story.ok(gateway.run("check").returncode == 0, "check finds nothing overdue")
    gateway.stop()
    later(gateway, "UPDATE hold SET expires_at = expires_at - ? WHERE state = 'open'", 8 * DAY_S + 7200)
    done = gateway.run("check")
    story.ok(done.returncode != 0 and "clock --once" in done.stdout, "check counts what is overdue and says what to do", done.stdout)
    gateway.start()
    gone(story, gateway, words, "after the deadline no byte of text, subject and address is left, nor of a report that quotes it")
    story.equal(os.listdir(gateway.path("spool/blob")), [], "nor its file")
    story.ok("overdue" in gateway.must("check"), "nothing is overdue any more")


def of_no_use(story, gateway, sink):
    words = canaries("vier")
    gateway.write(words["address"], f"idee-99@{fp.DOMAIN}", words["subject"], f"Ein {words['text']}.")
    gateway.write(words["address"], FORUM, words["subject"], " \n", dmarc="pass")
    gateway.deliver("", FORUM, fp.mail(words["address"], FORUM, f"Automatische Antwort: {words['subject']}", f"Kein {words['text']}.", Auto_Submitted="auto-replied"))
    gateway.write(words["address"], f"postmaster@{fp.DOMAIN}", words["subject"], f"Ein {words['text']} für den Betreiber.")
    story.ok(sink.wait("office@example.org") is not None, "a mail to the operator is passed on")
    sink.wait(words["address"])
    later(gateway, "UPDATE message SET received_at = received_at - ? WHERE from_address = ?", 15 * DAY_S, words["address"])
    later(gateway, "UPDATE notice SET due_at = due_at - ? WHERE state = 'sent'", 15 * DAY_S)
    gone(story, gateway, words, "refused, ignored and passed on mails are deleted after their days, with our answers to them")


def left_by_a_crash(story, gateway):
    folder = gateway.path("spool/blob")
    names = {"a" * 64: 7200, "b" * 64: 60, "c" * 64 + ".Ab3xYz": 7200, "d" * 64 + ".Ab3xYz": 60, "README": 7200}
    for name, age in names.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"x")
        os.utime(os.path.join(folder, name), (time.time() - age,) * 2)
    gateway.stop()
    gateway.must("clock", "--once")
    story.equal(sorted(os.listdir(folder)), sorted(["b" * 64, "d" * 64 + ".Ab3xYz", "README"]),
                "files that a crash left are swept; young ones and others' are left alone")
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join(folder, name))
    gateway.start()


def proof_is_kept(story, gateway, sink):
    gateway.write(ERIKA, FORUM, "Ein Beweis", "Ein Text mit Beweiskanarie.", dmarc="pass")
    question = sink.wait("erika@example.net")
    gateway.respond(question.message, ERIKA, "JA")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "list")), "a text is confirmed")
    later(gateway, "UPDATE message SET received_at = received_at - ?", 100 * DAY_S)
    time.sleep(1)
    gateway.stop()
    gateway.must("clock", "--once")
    with database(gateway) as db:
        story.equal(db.execute("SELECT count(*) FROM message_raw").fetchone(), (2,), "after 100 days mail and yes are there, as proof")
        story.equal(db.execute("SELECT text FROM hold WHERE state = 'confirmed'").fetchall(), [("",)], "the text is kept once, in its post")
    later(gateway, "UPDATE message SET received_at = received_at - ?", 100 * DAY_S)
    gateway.must("clock", "--once")
    with database(gateway) as db:
        story.equal(db.execute("SELECT count(*) FROM message_raw").fetchone(), (0,), "after 200 days they are not; the text is")
    story.has(gateway.must("idea", "show", "1"), "Beweiskanarie", "and public")
    gateway.start()


def records_end(story, gateway):
    later(gateway, "UPDATE notice SET due_at = due_at - ? WHERE state = 'due'", DAY_S)  # what came back would go out once more
    gateway.settle()
    gateway.stop()
    later(gateway, "UPDATE message SET received_at = received_at - ?", 400 * DAY_S)
    later(gateway, "UPDATE notice SET due_at = due_at - ? WHERE state <> 'due'", 400 * DAY_S)
    gateway.must("clock", "--once")
    with database(gateway) as db:
        story.equal([db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("verdict", "notice", "post")], [0, 0, 1],
                    "after a year verdicts and notices are gone, the posts are not")
    story.equal(gateway.must("event", "verify").strip(), "the journal is whole", "the journal stays")
    story.equal(gateway.run("check").returncode, 0, "and everything fits together")
    gateway.start()


with fp.Story("promises") as the_story:
    the_sink = fp.Sink()
    the_gateway = set_up(the_story, the_sink)
    disowned(the_story, the_gateway, the_sink)
    copies(the_story, the_gateway, the_sink)
    expired(the_story, the_gateway, the_sink)
    of_no_use(the_story, the_gateway, the_sink)
    left_by_a_crash(the_story, the_gateway)
    proof_is_kept(the_story, the_gateway, the_sink)
    records_end(the_story, the_gateway)
    the_story.equal(the_gateway.must("event", "verify").strip(), "the journal is whole", "the journal is whole")

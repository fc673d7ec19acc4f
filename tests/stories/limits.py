#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits that only the whole program can hit: one less passes, one more does not, and nothing is lost."""
import contextlib
import json
import os
import re
import sqlite3
import threading

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
ANNA = "Anna <anna@example.org>"


def set_up(story, sink, **sections):
    gateway = fp.Gateway(story, relay_port=sink.port, **sections)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")
    gateway.start()
    return gateway


def database(gateway):
    return contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30))


def one(gateway, sql, *arguments):
    with database(gateway) as db:
        return db.execute(sql, arguments).fetchone()[0]


def titles(gateway):
    return [idea["title"] for idea in gateway.rows("idea", "list")]


def received_fields(story, gateway):
    most = fp.limit("LIMIT_RECEIVED_FIELDS")
    for n in (most, most + 1):
        data = fp.mail(ANNA, FORUM, f"Mit {n}", "Ein Text.")
        field = b"Received: from a.example.net by b.example.net; Mon, 2 Mar 2026 08:00:00 +0100\r\n"
        gateway.deliver("anna@example.org", FORUM, fp.found(field * n + data, ANNA, "pass"))
    story.ok(fp.wait_for(lambda: f"Mit {most}" in titles(gateway)), f"a mail may have passed {most} servers")
    story.lacks(str(titles(gateway)), f"Mit {most + 1}", "one more is a loop")


def message_ids(story, gateway, sink):
    most = fp.limit("LIMIT_ID_BYTES")
    for n in (most, most + 10):
        name = "<" + "x" * (n - len("@example.org")) + "@example.org>"
        data = fp.mail(ANNA, FORUM, f"Kennung {n}", "Ein Text.", Message_ID="<kurz@example.org>")
        data = fp.found(fp.trace(re.sub(rb"(?m)^Message-ID:.*\r\n", b"", data)), ANNA, "pass").replace(
            b"Subject:", b"Message-ID: " + name.encode() + b"\r\nSubject:", 1)
        story.equal(gateway.deliver("anna@example.org", FORUM, data)[FORUM][0], 250, f"a Message-ID of {n} bytes is taken")
    story.ok(fp.wait_for(lambda: {f"Kennung {most}", f"Kennung {most + 10}"} <= set(titles(gateway))), "and its mail is public")
    story.ok(one(gateway, "SELECT max(length(message_id)) FROM message") <= most, "of a longer one not more is kept")


def references(story, gateway, sink):
    most = fp.limit("LIMIT_REFERENCES_OUT")
    told = fp.wait_for(lambda: sink.to("anna@example.org"))[-1]
    data = fp.answer(told.message, ANNA, "Eine Antwort.")
    many = b"References: " + b"\r\n ".join(b"<r%d@example.org>" % i for i in range(3 * most)) + b"\r\n"
    data = re.sub(rb"(?s)References: .*?\r\n(?! )", many, data, count=1)
    gateway.deliver("anna@example.org", fp.address_of(told.message["Reply-To"] or told.message["From"]), fp.found(fp.trace(data), ANNA, "pass"))
    fp.wait_for(lambda: one(gateway, "SELECT count(*) FROM notice WHERE state IN ('due', 'claimed')") == 0)
    counts = [len((sent.message["References"] or "").split()) for sent in sink.mails]
    story.ok(max(counts) <= most, f"our mails name at most {most} others", max(counts))


def at_the_desk(story, gateway):
    reason, path, address = fp.limit("LIMIT_REASON_CHARS"), fp.limit("LIMIT_PATH_CHARS"), fp.limit("LIMIT_SMTP_ADDRESS_BYTES")
    story.equal(gateway.run("hold", "reject", "1", "x" * (reason + 1)).returncode, 65, f"a reason has at most {reason} characters")
    story.equal(gateway.run("backup", "/tmp/" + "x" * path).returncode, 65, f"a folder's name at most {path}")
    too_long = "a@" + ".".join(["x" * 60] * 6) + ".example"
    story.ok(len(too_long) > address and gateway.run("member", "add", "mobilitaet", too_long).returncode == 65, f"an address at most {address} bytes")
    login = fp.limit("LIMIT_LOGIN_BYTES")
    for n in (login, login + 1):
        os.environ["SUDO_USER"] = "l" * n
        gateway.must("forum", "set", "mobilitaet", "--title", f"Mobilität {n}")
    del os.environ["SUDO_USER"]
    actors = [event.get("actor") or "" for event in gateway.rows("event", "list")]
    story.ok(any("l" * login in actor for actor in actors) and not any("l" * (login + 1) in actor for actor in actors),
             f"the journal keeps a login of at most {login} bytes", actors[-3:])


def configuration(story, gateway):
    most = fp.limit("LIMIT_CONF_BYTES")
    with open(gateway.config, encoding="utf-8") as file:
        text = file.read()
    for n, code in ((most, 0), (most + 1, 78)):
        path = gateway.path(f"conf-{n}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "#" * (n - len(text.encode()) - 1) + "\n")
        command = [fp.FORUMPOST, "-c", path, "forum", "list"]
        story.equal(fp.subprocess.run(command, capture_output=True, check=False).returncode, code, f"a configuration of {n} bytes")


def delivery_reports(story, gateway, sink):
    """What a server said about a recipient is cut, and a report is read up to a size."""
    most, looked_at = fp.limit("LIMIT_DIAGNOSTIC_BYTES"), fp.limit("LIMIT_REPORT_BYTES")
    head = ("From: MAILER-DAEMON@example.net\r\nTo: x@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNot delivered.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n")
    tail = "\r\n--b--\r\n"
    said = "Diagnostic-Code: smtp; 550 5.1.1 " + "Wort " * most + "\r\n"
    far = "Final-Recipient: rfc822; p@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n" + "X-Filler: y\r\n" * (looked_at // 10) + \
        "\r\nFinal-Recipient: rfc822; zu-weit@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    for name, body in (("said", "Final-Recipient: rfc822; p@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n" + said), ("far", far)):
        with open(gateway.path(name), "w", encoding="utf-8") as file:
            file.write(head + body + tail)
        found = json.loads(gateway.must("inspect", gateway.path(name), "--json"))
        if name == "said":
            text = json.dumps(found)
            story.ok("p@example.com" in text and text.count("Wort") < most, "of what a server said a part is kept", text.count("Wort"))
        else:
            story.lacks(json.dumps(found), "zu-weit@example.com", "what lies beyond the limit of a report is not looked at")


def bounces(story, gateway, sink):
    """Soft bounces: a point a day; beyond the limit nothing more is sent."""
    points = fp.limit("LIMIT_BOUNCE_POINTS")
    gateway.must("member", "add", "mobilitaet", "weich@example.com", "--role", "member", "--delivery", "each")
    for n in range(points + 1):
        told_before = len(sink.to("weich@example.com"))
        gateway.write(ANNA, FORUM, f"Weich {n}", "Ein Text.", dmarc="pass")
        notice = fp.wait_for(lambda count=told_before: sink.to("weich@example.com")[count:], 5)
        if not notice:
            break
        report = ("From: MAILER-DAEMON@example.com\r\nTo: x\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nfull\r\n--b\r\n"
                  "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; weich@example.com\r\n"
                  "Action: failed\r\nStatus: 5.2.2\r\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n\r\n--b--\r\n")
        gateway.deliver("", notice[0].sender, report.encode())
        with database(gateway) as db, db: # the next day
            db.execute("UPDATE trouble SET bounced_at = bounced_at - 90000 WHERE address = 'weich@example.com'")
    story.equal((n, len(sink.to("weich@example.com"))), (points, points), f"after {points} bounces on as many days nothing more is sent there")


def long_digest_entry(story, gateway, sink):
    most = fp.limit("LIMIT_DIGEST_ENTRY_CHARS")
    gateway.must("member", "add", "mobilitaet", "tag@example.org", "--role", "member", "--delivery", "daily")
    gateway.write(ANNA, FORUM, "Lang", "Anfang. " + "Viele Wörter sagen wenig. " * (most // 20) + "ENDE", dmarc="pass")
    fp.wait_for(lambda: "Lang" in titles(gateway))
    with database(gateway) as db, db:
        db.execute("UPDATE member SET told_since = told_since - 90000")
    gateway.must("digest", "run", "--now", "2030-01-01T07:30:00+01:00")
    digest = sink.wait("tag@example.org")
    entry = digest.text[digest.text.index("Anfang."):] if digest else ""
    shown, _, rest = entry.partition("(Hier ist der Text gekürzt.")
    story.ok(0 < len(shown) < most * 1.1 and "ENDE" not in entry and "VERLAUF" in rest, f"a digest shows {most} characters of a post, and says how to read the rest", len(shown))


def many_at_once(story):
    """More mails end at the same time than share a commit, and more notices are due than are claimed at once."""
    sessions, claimed = fp.limit("LIMIT_GROUP_MESSAGES") + 16, fp.limit("LIMIT_NOTICE_CLAIM")
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for i in range(4):
        gateway.must("member", "add", "mobilitaet", f"m{i}@example.org", "--role", "member", "--delivery", "each")
    gateway.start()
    for i in range(4):
        gateway.write(f"m{i}@example.org", FORUM, f"Vorher {i}", "Ein Text.", dmarc="pass")
    clients, barrier, codes = [fp.Client(gateway.door) for _ in range(sessions)], threading.Barrier(sessions), []

    def send(number, client):
        sender = f"n{number}@example.net"
        data = fp.found(fp.trace(fp.mail(sender, FORUM, f"Gleichzeitig {number}", "Ein Text.")), sender, "pass")
        barrier.wait()
        codes.append(client.deliver(sender, [FORUM], data)[FORUM][0])

    threads = [threading.Thread(target=send, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    story.equal(codes, [250] * sessions, f"{sessions} mails that end at once are all kept")
    story.ok(fp.wait_for(lambda: len({sent.to for sent in sink.mails if sent.to.startswith("n")}) == sessions), "and each author is asked")
    gateway.stop()
    fp.owe(gateway, [f"viele{i}@example.net" for i in range(claimed + 50)], due_in=-60)
    gateway.start()
    story.ok(fp.wait_for(lambda: len({sent.to for sent in sink.mails if sent.to.startswith("viele")}) == claimed + 50), f"more than {claimed} notices that are due are all sent")
    gateway.stop()


def tries(story):
    """A relay that says later, again and again."""
    most, longest = fp.limit("LIMIT_NOTICE_TRIES"), fp.limit("LIMIT_BACKOFF_MAX_S")
    sink = fp.Sink(refuse=lambda verb, argument: "451 4.7.1 later" if verb == "RCPT" and "spaeter" in argument else None)
    gateway = set_up(story, sink)
    gateway.stop()
    for name, n in (("oft", most - 2), ("letztes", most - 1)):
        fp.owe(gateway, [f"{name}@spaeter.example"], due_in=-60, n_tries=n)
    gateway.start()
    state = "SELECT state FROM notice WHERE address = ?"
    fp.wait_for(lambda: one(gateway, state, "letztes@spaeter.example") == "failed" and
                one(gateway, "SELECT n_tries FROM notice WHERE address = 'oft@spaeter.example'") == most - 1)
    story.equal(one(gateway, state, "letztes@spaeter.example"), "failed", f"after {most} tries a notice is given up")
    wait_s = one(gateway, "SELECT due_at - unixepoch() FROM notice WHERE address = 'oft@spaeter.example'")
    story.ok(longest - 60 < wait_s <= longest, f"before that the pause grows to {longest} s", wait_s)
    gateway.stop()


with fp.Story("limits") as story:
    the_sink = fp.Sink()
    the_gateway = set_up(story, the_sink)
    received_fields(story, the_gateway)
    message_ids(story, the_gateway, the_sink)
    at_the_desk(story, the_gateway)
    configuration(story, the_gateway)
    delivery_reports(story, the_gateway, the_sink)
    bounces(story, the_gateway, the_sink)
    references(story, the_gateway, the_sink)
    long_digest_entry(story, the_gateway, the_sink)
    the_gateway.stop()
    many_at_once(story)
    tries(story)

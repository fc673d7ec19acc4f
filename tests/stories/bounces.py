# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes back. Reports that a real Postfix makes count against the right person and nobody else; hard and soft ones, those
that are the way's or our own fault, complaints; a probe before somebody is switched off, and what was missed afterwards; how
the operator sees each report and takes it back; forged, late, huge and very many reports."""
import os
import sqlite3
import subprocess
import time

import fp
import mta

ERIKA = "Erika Beispiel <erika@example.net>"
FORUM = f"mobilitaet@{fp.DOMAIN}"


def report(to, said, status="5.1.1", action="failed", code="550", about=None, extra=b""):
    """A delivery report about ABOUT's mail, to the envelope sender TO, as Postfix writes it."""
    about = about or "somebody@example.net"
    return (f"From: MAILER-DAEMON@mx.example.net (Mail Delivery System)\r\nTo: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
            f"Auto-Submitted: auto-replied\r\nMessage-ID: <{time.monotonic_ns()}@mx.example.net>\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
            f"--B\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you that your message could not be delivered.\r\n\r\n"
            f"<{about}>: host mx.example.net[192.0.2.1] said: {code} {status} {said}\r\n\r\n"
            f"--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.{fp.DOMAIN}\r\n\r\n"
            f"Final-Recipient: rfc822; {about}\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {code} {status} {said}\r\n\r\n"
            "--B\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Ihre Idee\r\n\r\n").encode() + extra + b"\r\n--B--\r\n"


def complaint(to):
    return (f"From: fbl@provider.example\r\nTo: {to}\r\nSubject: complaint\r\nMessage-ID: <{time.monotonic_ns()}@provider.example>\r\n"
            'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary="B"\r\n\r\n'
            "--B\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n\r\n--B\r\nContent-Type: message/feedback-report\r\n\r\n"
            "Feedback-Type: abuse\r\nUser-Agent: Loop/1.0\r\nVersion: 1\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n"
            f"From: {FORUM}\r\nSubject: Ihre Idee\r\n\r\nText\r\n\r\n--B--\r\n").encode()


class World:
    """A forum with members who read every post, and a sink that takes all mail."""

    def __init__(self, story, members):
        self.story, self.sink = story, fp.Sink()
        self.gateway = fp.Gateway(story, relay_port=self.sink.port)
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        for address in members:
            self.gateway.must("member", "add", "mobilitaet", address, "--role", "member", "--delivery", "each")
        self.gateway.must("member", "add", "mobilitaet", "erika@example.net", "--role", "member", "--delivery", "none")
        self.gateway.start()
        self.n_posts = 0

    def post(self, title="Brücken"):
        self.n_posts += 1
        self.gateway.write(ERIKA, FORUM, f"{title} {self.n_posts}", f"Mehr {title}, Nummer {self.n_posts}.", dmarc="pass")

    def mail_to(self, address, count=1):
        return self.sink.wait(address, count)

    def back(self, mail, data):
        """A report about MAIL comes in."""
        return self.gateway.deliver("", mail.sender, data)

    def sql(self, text, *values):
        with sqlite3.connect(self.gateway.path("forumpost.db"), timeout=30) as db:
            return db.execute(text, values).fetchall()

    def bounces(self):
        return self.gateway.rows("bounce", "list")

    def off(self):
        return {p["address"] for p in self.gateway.rows("person", "list") if p["suspended"]}

    def settle(self):
        """Everything that is due by time."""
        self.gateway.must("clock", "--once")

    def drained(self):
        return fp.wait_for(lambda: not self.sql("SELECT 1 FROM notice WHERE state = 'claimed' OR state = 'due' AND due_at <= ?", int(time.time())))


def kinds(story):
    world = World(story, ["anna@example.net", "bert@example.net", "carla@example.net", "dora@example.net"])
    world.post()
    mails = {who: world.mail_to(f"{who}@example.net") for who in ("anna", "bert", "carla", "dora")}
    world.drained()
    world.back(mails["anna"], report(mails["anna"].sender, "no such user", about="anna@example.net"))
    world.back(mails["bert"], report(mails["bert"].sender, "mailbox full", status="5.2.2", code="552", about="bert@example.net"))
    world.back(mails["carla"], report(mails["carla"].sender, "spam", status="5.7.1", code="554", about="carla@example.net"))
    world.back(mails["dora"], report(mails["dora"].sender, "try later", status="4.4.1", code="451", action="delayed"))
    rows = {row["address"].split("@")[0]: (row["kind"], row["deed"], row["status"]) for row in world.bounces() if row["address"]}
    story.equal(rows["anna"], ("hard", "paused", "5.1.1"), "there is no such mailbox: paused, until a probe has been out")
    story.equal(rows["bert"], ("soft", "counted", "5.2.2"), "a full mailbox: a point")
    story.equal(rows["carla"], ("policy", "noted", "5.7.1"), "what they think of our mail counts nothing against its reader")
    story.ok("dora" not in rows, "a delay is no bounce")
    story.equal(world.off(), {"anna@example.net"}, "only who is not there gets nothing more")
    world.back(mails["bert"], report(mails["bert"].sender, "mailbox full", status="5.2.2", code="552"))
    story.equal([r["deed"] for r in world.bounces() if r["address"] == "bert@example.net"], ["noted", "counted"], "one point a day at most")
    number = next(r["bounce"] for r in world.bounces() if r["address"] == "anna@example.net")
    shown = world.gateway.must("bounce", "show", str(number))
    story.has(shown, "Diagnostic-Code: smtp; 550 5.1.1 no such user", "the operator sees the report as it came")
    story.has(world.gateway.must("bounce", "list"), "paused; a probe goes out", "and what was made of it")
    late(story, world, mails["bert"])
    human(story, world, mails["carla"])
    complained(story, world, mails["dora"])
    huge(story, world, mails["carla"])
    return world


def late(story, world, mail):
    before = len(world.bounces())
    notice = world.sql("SELECT max(id) FROM notice WHERE purpose = 'post' AND person_id = (SELECT person_id FROM address WHERE address = ?)",
                       mail.to)[0][0]
    sent = world.sql("SELECT sent_at FROM notice WHERE id = ?", notice)[0][0]
    world.sql("UPDATE notice SET sent_at = ? WHERE id = ?", sent - fp.limit("LIMIT_BOUNCE_TOKEN_S") - 60, notice)
    world.back(mail, report(mail.sender, "no such user"))
    story.equal((world.bounces()[0]["deed"], len(world.bounces())), ("late", before + 1), "a report about a mail of three weeks ago counts nothing")
    world.sql("UPDATE notice SET sent_at = ? WHERE id = ?", sent, notice)
    forged = mail.sender.replace("@", "x@")
    story.equal(world.gateway.deliver("", forged, report(forged, "no such user"))[forged][0], 550, "an address that we never gave out is refused")
    story.equal(len(world.bounces()), before + 1, "and counts nothing")


def human(story, world, mail):
    before = len(world.sql("SELECT id FROM report WHERE purpose = 'operator-mail'"))
    told = len(world.sink.to("office@example.org"))
    data = fp.mail("Karl Amt <karl@amt.example>", mail.sender, "Frage", "Ich bin für Carla zuständig, bitte rufen Sie mich an.")
    world.gateway.deliver("karl@amt.example", mail.sender, data)
    heard = len(world.sql("SELECT id FROM report WHERE purpose = 'operator-mail'")) > before or len(world.sink.to("office@example.org")) > told
    posts = world.sql("SELECT count(*) FROM post")[0][0]
    questions = world.sql("SELECT count(*) FROM hold WHERE address = 'karl@amt.example'")[0][0]
    story.ok(heard or questions == 1, "a person who answers to such an address is heard: by staff, or asked as for any answer",
             posts, questions)
    story.equal([r for r in world.bounces() if r["address"] == "karl@amt.example"], [], "and is no bounce")


def complained(story, world, mail):
    world.back(mail, complaint(mail.sender))
    story.equal((world.bounces()[0]["kind"], world.bounces()[0]["deed"]), ("complaint", "stopped"), "a complaint is one")
    before = len(world.sink.to(mail.to))
    world.post()
    world.mail_to("carla@example.net", 2)
    world.drained()
    story.equal(len(world.sink.to(mail.to)), before, "nothing unasked is sent any more, at once")
    world.gateway.write(f"Dora <{mail.to}>", f"hilfe@{fp.DOMAIN}", "HILFE", "HILFE", dmarc="pass")
    story.ok(world.mail_to(mail.to, before + 1), "but who asks gets an answer")
    story.has(world.gateway.must("person", "show", mail.to), "omplain", "person show says so")
    world.gateway.must("bounce", "undo", mail.to)
    story.ok(fp.wait_for(lambda: any("verpasst" in m.subject for m in world.sink.to(mail.to))), "taken back: what was missed is told",
             [m.subject for m in world.sink.to(mail.to)])


def huge(story, world, mail):
    data = report(mail.sender, "spam", status="5.7.1", code="554", extra=b"X" * 60 + b"\r\n" + b"lots of it\r\n" * 60000)
    world.back(mail, data)
    row = world.bounces()[0]
    shown = world.gateway.must("bounce", "show", str(row["bounce"]))
    story.ok(len(shown) <= fp.limit("LIMIT_BOUNCE_KEEP_BYTES") + 1000 and "Diagnostic-Code: smtp; 554" in shown,
             f"of a report of {len(data)} bytes its beginning is kept ({len(shown)})")
    world.gateway.must("clock", "--once")
    blobs = [name for _, _, names in os.walk(world.gateway.path("spool/blob")) for name in names]
    story.equal(blobs, [], "the rest does not lie in the spool")
    story.equal([f for f in world.gateway.rows("check") if f["outcome"] == "bad" and f["aspect"] in ("rows", "deletion")], [],
                "and check finds nothing amiss")


def probes(story, world):
    """Anna is paused. Her probe comes back: off. Emil's does not: he hears what he missed."""
    gateway = world.gateway
    world.sql("UPDATE trouble SET probe_at = ? WHERE address = 'anna@example.net'", int(time.time()) - 1)
    world.settle()
    probe = fp.wait_for(lambda: next((m for m in world.sink.to("anna@example.net") if "Erreichen" in m.subject), None))
    story.ok(probe, "a day later a small mail asks whether somebody reads it")
    world.back(probe, report(probe.sender, "no such user"))
    story.equal((world.bounces()[0]["deed"], world.off()), ("off", {"anna@example.net"}), "it comes back: switched off")
    world.settle()
    story.equal(world.sql("SELECT probe_at FROM trouble WHERE address = 'anna@example.net'"), [(None,)], "and never asked again")
    gateway.must("member", "add", "mobilitaet", "emil@example.com", "--role", "member", "--delivery", "each")
    world.post("Radwege")
    mail = world.mail_to("emil@example.com")
    world.drained()
    world.back(mail, report(mail.sender, "no such user"))
    world.post("Haltestellen")
    world.mail_to("bert@example.net", world.n_posts)
    world.drained()
    story.equal([m.subject for m in world.sink.to("emil@example.com")][1:], [], "while paused nothing is sent to him")
    for _ in range(2):
        world.sql("UPDATE trouble SET probe_at = ? WHERE address = 'emil@example.com'", int(time.time()) - 1)
        world.settle()
    world.drained()
    missed = fp.wait_for(lambda: next((m for m in world.sink.to("emil@example.com") if "verpasst" in m.subject), None))
    story.ok(missed and "Haltestellen" in missed.text, "his probe stays: he is told what he missed", world.sink.to("emil@example.com"))
    story.ok("emil@example.com" not in world.off(), "and is written to again")
    world.post("Aufzüge")
    story.ok(fp.wait_for(lambda: any("Aufzüge" in m.text for m in world.sink.to("emil@example.com"))), "as before")
    gateway.must("bounce", "undo", "anna@example.net")
    story.equal(world.off(), set(), "the operator takes it back for anna")
    story.ok(all(r["undone_at"] for r in world.bounces() if r["address"] == "anna@example.net"), "and her reports say so")
    story.equal(gateway.run("bounce", "undo", "nobody@example.net").returncode, 66, "of a stranger there is nothing to take back")


def infrastructure(story):
    """A provider that does not speak to us: nobody is switched off, the domain waits, the operator hears its own words."""
    world = World(story, ["anna@gmx.example", "bert@gmx.example", "carla@example.net", "dora@gmx.example", "emil@gmx.example"])
    world.post()
    mail = world.mail_to("anna@gmx.example")
    world.mail_to("bert@gmx.example"), world.mail_to("carla@example.net")
    world.drained()
    said = "IP=192.0.2.9 bad reputation (BL), please contact tosa@rx.gmx.example"
    others = [world.mail_to("dora@gmx.example"), world.mail_to("emil@gmx.example")]

    def refused(of, address):
        world.back(of, report(of.sender, said, status="5.7.1", code="554", about=address).replace(b"said: 554", b"refused to talk to me: 554"))
    refused(others[0], "dora@gmx.example")
    refused(others[0], "dora@gmx.example")
    refused(others[1], "emil@gmx.example")
    story.equal(world.sql("SELECT * FROM destination"), [], "reports about fewer people are no reason to wait: anybody can write one")
    refused(mail, "anna@gmx.example")
    row = world.bounces()[0]
    story.equal((row["kind"], row["deed"], world.off()), ("infrastructure", "noted", set()), "D-01: a refusal at the banner switches nobody off")
    world.settle()
    told = fp.wait_for(lambda: next((m for m in world.sink.to("office@example.org") if "nimmt unsere" in m.subject), None))
    story.ok(told and "bad reputation (BL)" in told.text and "gmx.example" in told.text, "the operator is told in the provider's own words",
             told and told.text)
    until = world.sql("SELECT paused_until FROM destination WHERE domain = 'gmx.example'")[0][0]
    story.equal(world.sql("SELECT state, due_at FROM notice WHERE purpose = 'post' AND person_id = (SELECT person_id FROM address "
                          "WHERE address = 'anna@gmx.example')"), [("due", until)], "her mail is not lost: it goes again when the pause is over")
    n_before = len(world.sink.to("bert@gmx.example"))
    world.post()
    world.mail_to("carla@example.net", 2)
    fp.wait_for(lambda: world.sql("SELECT count(*) FROM notice WHERE state = 'due' AND due_at >= ?", until)[0][0] >= 3)
    story.equal(len(world.sink.to("bert@gmx.example")), n_before, "meanwhile nothing is sent to the domain")
    story.equal(world.sql("SELECT DISTINCT n_tries FROM notice WHERE state = 'due' AND person_id = (SELECT person_id FROM address "
                          "WHERE address = 'bert@gmx.example')"), [(0,)], "what waits was not tried")
    refusals(story, world)
    world.sql("UPDATE destination SET paused_until = 1")
    world.sql("UPDATE notice SET due_at = ? WHERE state = 'due'", int(time.time()))
    story.ok(world.mail_to("anna@gmx.example", 3) and world.mail_to("bert@gmx.example", n_before + 1), "then all of it goes out")


def refusals(story, world):
    """What a domain thinks of one person's mails pauses nothing; long words are cut."""
    carla = world.mail_to("carla@example.net")
    for _ in range(2 * fp.limit("LIMIT_DOMAIN_REFUSALS")):
        world.back(carla, report(carla.sender, "content rejected as spam " + "for ever " * 100, status="5.7.1", code="554", about="carla@example.net"))
    story.equal(world.bounces()[0]["kind"], "policy", "a mail that is called spam is this mail's matter")
    story.equal(len(world.bounces()[0]["said"]), fp.limit("LIMIT_BOUNCE_SAID_CHARS"), "of endless words the beginning is kept")
    story.equal(world.sql("SELECT 1 FROM destination WHERE domain = 'example.net'"), [], "however often one person's mails are refused, others' go on")
    notice = world.sql("SELECT n.id FROM notice n JOIN address a ON a.person_id = n.person_id WHERE a.address = 'carla@example.net' AND n.purpose = 'post' "
                       "ORDER BY n.id")[0][0]
    world.sql("UPDATE notice SET n_tries = ? WHERE id = ?", fp.limit("LIMIT_BOUNCE_RESENDS"), notice)
    world.back(carla, report(carla.sender, "your IP has a bad reputation", status="5.7.1", code="554", about="carla@example.net"))
    story.equal(world.sql("SELECT state FROM notice WHERE id = ?", notice), [("sent",)], "a mail goes out again a few times and not for ever")


def ceiling(story):
    """A server that suddenly knows nobody: twenty are believed a day, then it is the server that errs."""
    most = fp.limit("LIMIT_BOUNCE_DOMAIN_DAY")
    world = World(story, [f"m{i}@big.example" for i in range(most + 5)])
    world.post()
    mails = [world.mail_to(f"m{i}@big.example") for i in range(most + 5)]
    world.drained()
    began = time.monotonic()
    for mail in mails:
        world.back(mail, report(mail.sender, "no such user"))
    fp.diag(f"{len(mails)} reports, one after the other: {time.monotonic() - began:.2f} s")
    deeds = [row["deed"] for row in world.bounces()]
    story.equal((deeds.count("paused"), deeds.count("spared"), len(world.off())), (most, 5, most), "a ceiling for a domain and day")
    story.ok(world.sql("SELECT 1 FROM destination WHERE domain = 'big.example'"), "beyond it the domain is paused")


def newsletter(story):
    """Reports about an issue: they count against its reader, who is written to again when that is taken back; a run to mailboxes
    that are not there stops."""
    sink, most = fp.Sink(), fp.limit("LIMIT_RUN_LAST") * 2 // 100
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("newsletter", "add", "neues", "--title", "Neues", "--release", "one")
    gateway.must("newsletter", "editor", "add", "neues", "anna@amt.example")
    readers = ["dora@one.example"] + [f"m{i}@host{i}.example" for i in range(most + 2)]
    with open(gateway.path("readers.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(readers))
    with open(gateway.path("issue.md"), "w", encoding="utf-8") as file:
        file.write("# Rundbrief\n\nText.\n")
    gateway.must("newsletter", "subscriber", "import", "neues", gateway.path("readers.txt"), "--consent", "Messe 2026")
    gateway.start()
    state = lambda address: next(s["state"] for s in gateway.rows("newsletter", "subscriber", "list", "neues") if s["address"] == address)
    issue = lambda n: next(i for i in gateway.rows("newsletter", "issue", "list", "neues") if i["number"] == n)
    got = lambda address: [m for m in sink.to(address) if m.subject == "Rundbrief"]

    def send():
        number = gateway.must("newsletter", "draft", "neues", gateway.path("issue.md")).strip()
        gateway.must("newsletter", "release", "neues", number)
        return int(number)

    send()
    fp.wait_for(lambda: issue(1)["state"] == "sent")
    back = lambda address, make: gateway.deliver("", got(address)[-1].sender, make(got(address)[-1].sender))
    gone = lambda to: report(to, "no such user")
    back("dora@one.example", complaint)
    story.equal(state("dora@one.example"), "suspended", "D-03: a complaint about an issue suspends its subscription")
    back(readers[1], gone)
    story.equal(state(readers[1]), "suspended", "so does a mailbox that is not there")
    record = {address: [(c["what"], c["by"]) for c in gateway.rows("consent", "show", address)][-1] for address in readers[:2]}
    story.equal(record, {"dora@one.example": ("suspended", "complaint"), readers[1]: ("suspended", "bounce")}, "and the record says which it was")
    send()
    fp.wait_for(lambda: issue(2)["state"] == "sent")
    story.equal([len(got(a)) for a in readers[:3]], [1, 1, 2], "the next issue goes to neither")
    for address in readers[:2]:
        gateway.must("bounce", "undo", address)
    story.ok(fp.wait_for(lambda: len(got(readers[1])) == 3), "whose mailbox is there after all gets the issue that came back and the one that was missed")
    story.ok(fp.wait_for(lambda: len(got("dora@one.example")) == 2), "who complained by mistake only the one that was missed")
    story.ok(fp.wait_for(lambda: issue(2)["sent"] == issue(2)["recipients"] == len(readers)), "and the figures count them", issue(2))
    story.equal((state("dora@one.example"), state(readers[1])), ("active", "active"), "taken back: both are in again")
    story.equal([(c["what"], c["by"]) for c in gateway.rows("consent", "show", readers[1])][-1], ("revived", "operator"), "which is recorded")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db: # one mail waits: the run is not over
        waiting = db.execute("SELECT id FROM notice WHERE purpose = 'newsletter' AND issue_id = 2 ORDER BY subscription_id").fetchone()[0]
        db.execute("UPDATE notice SET state = 'due', due_at = ? WHERE id = ?", (int(time.time()) + 3600, waiting))
        db.execute("UPDATE issue SET n_sent = n_sent - 1 WHERE number = 2")
    of_issue_2 = lambda address: [m for m in got(address) if "Ausgabe 2" in m.text][-1].sender
    for address in readers[1:most + 1]:
        gateway.deliver("", of_issue_2(address), gone(of_issue_2(address)))
    story.equal(issue(2)["state"], "sending", f"{most} of {fp.limit('LIMIT_RUN_LAST')} mailboxes that are not there are borne")
    gateway.deliver("", of_issue_2(readers[most + 1]), gone(of_issue_2(readers[most + 1])))
    story.equal(issue(2)["state"], "stopped", "D-02: with one more the run stops by itself")
    told = [fp.wait_for(lambda who=who, words=words: [m for m in sink.to(who) if words in m.subject])
            for who, words in (("anna@amt.example", "Von selbst angehalten"), ("office@example.org", "Ein Newsletter hat sich angehalten"))]
    story.ok(told[0] and told[1], "editors and the operator are told")
    story.has(told[1][0].text if told[1] else "", "neues 2: Rundbrief", "of which issue")
    back("dora@one.example", complaint)
    n_before = len(sink.to("dora@one.example"))
    gateway.write("Dora <dora@one.example>", f"neues+abo@{fp.DOMAIN}", "Doch", "Ich möchte ihn wieder.")
    gateway.settle()
    story.equal((state("dora@one.example"), len(sink.to("dora@one.example"))), ("suspended", n_before),
                "an order in her name changes nothing, and asks her nothing")
    gateway.write("Dora <dora@one.example>", f"neues+abo@{fp.DOMAIN}", "Doch", "Ich möchte ihn wieder.", dmarc="pass")
    question = fp.wait_for(lambda: [m for m in sink.to("dora@one.example") if "bestätigen" in m.subject])[0]
    time.sleep(1.1) # the yes is later than the complaint
    gateway.respond(question.message, "Dora <dora@one.example>", "JA", dmarc="pass")
    fp.wait_for(lambda: state("dora@one.example") == "active")
    before = len(got("dora@one.example"))
    send()
    story.ok(fp.wait_for(lambda: len(got("dora@one.example")) > before), "who complained and then says yes anew gets the next issue")
    probed_subscriber(story, gateway, sink, got, send)
    late_reports(story, gateway, sink, most)


def late_reports(story, gateway, sink, most):
    """What comes back about one issue says nothing about the next."""
    def sql(text, *values):
        with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
            return db.execute(text, values).fetchall()
    gateway.must("newsletter", "add", "zwei", "--title", "Zwei", "--release", "one")
    readers = [f"z{i}@zhost{i}.example" for i in range(most + 4)]
    with open(gateway.path("zwei.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(readers))
    gateway.must("newsletter", "subscriber", "import", "zwei", gateway.path("zwei.txt"), "--consent", "Messe 2026")
    rows = lambda: gateway.rows("newsletter", "issue", "list", "zwei")
    for n, title in ((1, "Erste"), (2, "Letzte")):
        with open(gateway.path("zwei.md"), "w", encoding="utf-8") as file:
            file.write(f"# {title}\n\nText.\n")
        gateway.must("newsletter", "draft", "zwei", gateway.path("zwei.md"))
        gateway.must("newsletter", "release", "zwei", str(n))
        fp.wait_for(lambda n=n: [i["sent"] for i in rows() if i["number"] == n] == [len(readers)])
    sender = lambda address, title: next(m.sender for m in sink.to(address) if m.subject == title)
    waiting = sql("SELECT id FROM notice WHERE purpose = 'newsletter' ORDER BY id DESC LIMIT 1")[0][0] # one mail waits: the run is not over
    sql("UPDATE notice SET state = 'due', due_at = ? WHERE id = ?", int(time.time()) + 3600, waiting)
    sql("UPDATE issue SET n_sent = n_sent - 1 WHERE subject = 'Letzte'")
    for address in readers[:-1]:
        gateway.deliver("", sender(address, "Erste"), report(sender(address, "Erste"), "no such user"))
    gateway.deliver("", sender(readers[0], "Letzte"), report(sender(readers[0], "Letzte"), "no such user"))
    story.equal([i["state"] for i in rows()], ["sent", "sending"], f"{len(readers) - 1} late reports about one issue do not stop the next")


def probed_subscriber(story, gateway, sink, got, send):
    """A subscriber whom we know by nothing else: the probe stays, and the issue that came back goes out again."""
    def sql(text, *values):
        with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
            return db.execute(text, values).fetchall()
    address = "paula@host-p.example"
    time.sleep(1.1) # the issues before began earlier than she subscribed
    with open(gateway.path("paula.txt"), "w", encoding="utf-8") as file:
        file.write(address + "\n")
    gateway.must("newsletter", "subscriber", "import", "neues", gateway.path("paula.txt"), "--consent", "Messe 2026")
    send()
    first = fp.wait_for(lambda: got(address))[-1]
    gateway.deliver("", first.sender, report(first.sender, "no such user"))
    story.equal(sql("SELECT state FROM subscription WHERE address = ?", address), [("suspended",)], "a subscriber's mailbox is not there")
    for _ in range(2):
        sql("UPDATE trouble SET probe_at = ? WHERE address = ?", int(time.time()) - 1, address)
        gateway.must("clock", "--once")
        fp.wait_for(lambda: [m for m in sink.to(address) if "Erreichen" in m.subject])
    story.ok(fp.wait_for(lambda: sql("SELECT state FROM subscription WHERE address = ?", address) == [("active",)]), "the probe stays: active again")
    story.ok(fp.wait_for(lambda: len(got(address)) == 2), "and the issue that came back is sent again", [m.subject for m in sink.to(address)])


def with_postfix(story):
    """Both directions: our mail out, Postfix's own report back."""
    mta.MASTER += mta.documented("bounces.master.cf") # the lane of their own that doc/postfix.md gives them
    postfix = mta.Postfix(story, ["erika@example.net", "anna@example.org"], extra=mta.documented("bounces.main.cf"),
                          files={"forumpost-bounces": mta.documented("bounces.map")})
    gateway = fp.Gateway(story, relay=f"inet:127.0.0.1:{postfix.inside}", intake={"listen": f"unix:{postfix.socket}", "authserv_hops": "1"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for address in ("anna@example.org", "gone@example.org"):
        gateway.must("member", "add", "mobilitaet", address, "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "erika@example.net", "--role", "member", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Brücken", "Mehr Brücken.", dmarc="pass")
    story.ok(postfix.wait("anna@example.org"), "Postfix delivers what can be delivered", postfix.maillog()[-2000:])
    rows = fp.wait_for(lambda: gateway.rows("bounce", "list"))
    story.equal([(r["address"], r["kind"], r["deed"]) for r in rows or []], [("gone@example.org", "hard", "paused")],
                "the report that Postfix makes counts against the right person")
    story.equal({p["address"] for p in gateway.rows("person", "list") if p["suspended"]}, {"gone@example.org"}, "and nobody else")
    lane = subprocess.run(["postmap", "-c", postfix.folder, "-q", f"bounce-forum+2-abc@{fp.DOMAIN}", f"regexp:{postfix.folder}/forumpost-bounces"],
                          capture_output=True, text=True, check=False).stdout.strip()
    story.equal((lane, "postfix/lmtp" in postfix.maillog()), ("bounces:unix:forumpost/lmtp.sock", True), "it came by the lane of reports")
    story.has(gateway.must("bounce", "show", str(rows[0]["bounce"])), "Mail Delivery System", "its report can be read")
    gateway.must("person", "erase", "gone@example.org", "--reason", "Wunsch")
    story.equal([(r["address"], r["said"], r["report"]) for r in gateway.rows("bounce", "list")][0][:2], (None, None),
                "an erasure takes the address out of what was reported")
    story.ok(gateway.run("bounce", "show", str(rows[0]["bounce"])).returncode != 0, "and the report itself")


with fp.Story("bounces") as story:
    probes(story, kinds(story))
    infrastructure(story)
    ceiling(story)
    newsletter(story)
    with_postfix(story)

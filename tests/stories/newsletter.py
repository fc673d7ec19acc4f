#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newsletter from its editor's mail to the readers' mailboxes: draft, preview, release by another editor, subscribing with
two yeses, leaving at once by every way, stop and resume, a kill in the middle. NEWSLETTER_READERS sets the size of the run that
is killed (400; 2,000 take longer than a story should)."""
import contextlib
import datetime
import email.utils
import math
import os
import re
import signal
import sqlite3
import time
import zoneinfo

import fp

EDITOR = "Anna Redaktion <anna@amt.example>"
OTHER = "Bert Redaktion <bert@amt.example>"
READER = "Erika Beispiel <erika@example.net>"
STRANGER = "Zoe <zoe@example.net>"
LIST = f"neues@{fp.DOMAIN}"
N = int(os.environ.get("NEWSLETTER_READERS", "400"))
TEXT = """# Drei neue Ideen

Guten Tag,

im Februar kamen die ersten Ideen. **Vielen Dank!**

## Neue Ideen

{{neue_ideen}}

> Ein Ticket für alle.

**[Lesen und mitreden](https://beteiligung.example.org/idee/1)**

Mehr steht [im Überblick](https://beteiligung.example.org/ueber) der Foren.
"""


def bare(person):
    return email.utils.parseaddr(person)[1]


def html_of(sent):
    part = sent.message.get_body(preferencelist=("html",))
    return part.get_content() if part is not None else ""


def mail_to(sink, person, words, count=1, seconds=None):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.subject or words in m.text][count - 1:], seconds)
    return found[0] if found else None


def issues(gateway, name="neues"):
    return gateway.rows("newsletter", "issue", "list", name)


def subscriber(gateway, person, name="neues"):
    return next((s for s in gateway.rows("newsletter", "subscriber", "list", name) if s["address"] == bare(person)), None)


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("newsletter", "add", "neues", "--title", "Neues aus der Ruhr-Konferenz")
    for editor in (EDITOR, OTHER):
        gateway.must("newsletter", "editor", "add", "neues", bare(editor))
    gateway.start()
    return gateway


def names(story, gateway):
    done = gateway.run("newsletter", "add", "mobilitaet", "--title", "M")
    story.ok(done.returncode != 0 and "forum" in done.stderr, "a newsletter named like a forum is refused")
    done = gateway.run("forum", "add", "neues", "--title", "N")
    story.ok(done.returncode != 0 and "newsletter" in done.stderr, "and a forum named like a newsletter", done.stderr)
    done = gateway.run("newsletter", "subscriber", "import", "neues", "/dev/null")
    story.ok(done.returncode != 0 and "consent" in done.stderr, "an import without proof is refused")
    wrong = "\ufeffgut@example.net\n" + "kaputt@@x\n" * 30 + "auch@example.net; xx\n"
    done = gateway.run("newsletter", "subscriber", "import", "neues", write(gateway, "wrong.txt", wrong), "--consent", "Messe")
    story.ok(done.returncode == 65 and "31 lines" in done.stderr and "line 2:" in done.stderr and "and 11 more" in done.stderr and
             gateway.rows("newsletter", "subscriber", "list", "neues") == [], "an import with wrong lines names all of them, and nobody is in", done.stderr)
    done = gateway.run("newsletter", "draft", "neues", write(gateway, "large.md", "# x\n" + "a" * fp.limit("LIMIT_ISSUE_BYTES")))
    story.ok(done.returncode != 0 and "larger" in done.stderr, "an issue beyond LIMIT_ISSUE_BYTES is refused")
    story.equal(gateway.write(READER, f"mobilitaet+abonniert@{fp.DOMAIN}", "x", "x")[0], 550, "what a forum does not know behind its + is no address")


def subscribing(story, gateway, sink):
    story.equal(gateway.write(READER, f"neues+abo@{fp.DOMAIN}", "Hallo", "Ich möchte das lesen", dmarc="pass")[0], 250, "any mail to +abo is taken")
    question = mail_to(sink, READER, "bestätigen")
    story.ok(question is not None and subscriber(gateway, READER) is None, "one question comes back, and nobody is in yet")
    story.lacks(question.text, "Idee", "the question has no news")
    story.equal(question.message["List-Id"], None, "and no List-* field")
    data = fp.mail(READER, str(question.message["Reply-To"]), "Abwesend: Bestellung", "JA", Auto_Submitted="auto-replied",
                   In_Reply_To=question.message["Message-ID"])
    gateway.deliver(bare(READER), fp.address_of(question.message["Reply-To"]), fp.trace(data))
    story.equal(subscriber(gateway, READER), None, "a machine's yes is none")
    gateway.respond(question.message, STRANGER, "JA", dmarc="pass")
    story.equal(subscriber(gateway, READER), None, "nor is somebody else's")
    gateway.respond(question.message, READER, "JA", dmarc="pass")
    row = fp.wait_for(lambda: subscriber(gateway, READER))
    story.equal((row["state"], row["by"]), ("active", "mail"), "L-25: the owner's JA makes it, without any account")
    story.ok(mail_to(sink, READER, "Sie erhalten den Newsletter"), "which is said")
    record = gateway.rows("consent", "show", bare(READER))
    story.equal([r["what"] for r in record], ["asked", "confirmed"], "L-03, L-20: the record has request and yes")
    story.ok("JA" in (record[0]["wording"] or "") and "Neues aus der Ruhr-Konferenz" in record[0]["wording"], "the question word for word", record)
    story.ok(all(r["message"] and "dmarc=pass" in r["authentication"] for r in record), "both mails, and who sent them", record)
    page = gateway.must("consent", "show", bare(READER))
    story.has(page, "the owner of the address said yes", "and on one page for people")


def by_the_days_end(story, gateway, sink):
    """A question can be answered until its last day ends, not until the hour at which it was asked."""
    late = "Lara <lara@example.net>"
    gateway.write(late, f"neues+abo@{fp.DOMAIN}", "", "", dmarc="pass")
    question = mail_to(sink, late, "", 1)
    if not story.ok(question is not None, "a question"):
        return
    days = fp.limit("LIMIT_SUBSCRIBE_DAYS")
    for ago, is_in, what in ((days + 1, False, "the day after is too late"), (days, True, "at the first second of the seventh day before, JA is in time all of today")):
        zone = zoneinfo.ZoneInfo("Europe/Berlin")
        asked = datetime.datetime.combine(datetime.datetime.now(zone).date() - datetime.timedelta(days=ago), datetime.time(0, 0, 1), zone)
        with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=20)) as db, db:
            db.execute("UPDATE subscription SET asked_at = ? WHERE address = ?", (int(asked.timestamp()), bare(late)))
        gateway.respond(question.message, late, "JA", dmarc="pass")
        gateway.settle()
        row = subscriber(gateway, late)
        story.equal(row is not None and row["state"] == "active", is_in, what)


def forged(story, gateway, sink):
    for n in range(int(os.environ.get("NEWSLETTER_FORGED", "500"))):
        if n == 0:
            client = fp.Client(gateway.door)
        data = fp.trace(fp.mail("Opfer <opfer@example.net>", f"neues+abo@{fp.DOMAIN}", f"x {n}", f"bitte {n}"))
        client.deliver("boese@example.org", [f"neues+abo@{fp.DOMAIN}"], data)
    client.quit()
    story.ok(sink.wait("opfer@example.net") is not None, "a victim of 500 forged orders")
    gateway.must("newsletter", "list")
    time.sleep(0.5)
    story.equal(len(sink.to("opfer@example.net")), 1, "L-21: gets one mail")


def an_issue(story, gateway, sink):
    gateway.must("newsletter", "subscriber", "import", "neues", write(gateway, "more.txt", "jan@example.net\nmia@example.net, en\n"), "--consent",
                 "Liste der Auftaktveranstaltung vom 3.2.2026, Unterschriften im Ordner 7")
    member = "Paul <paul@example.net>"
    gateway.must("member", "add", "mobilitaet", bare(member), "--role", "member", "--delivery", "none")
    gateway.write(member, f"mobilitaet@{fp.DOMAIN}", "Ein Ticket für alle", "Ein einziges Ticket für das ganze Ruhrgebiet wäre gut.", dmarc="pass")
    fp.wait_for(lambda: gateway.rows("idea", "list"))
    story.equal(gateway.write(EDITOR, LIST, "Drei neue Ideen", TEXT, dmarc="pass")[0], 250, "an editor mails a draft")
    preview = mail_to(sink, EDITOR, "Bitte prüfen")
    exact = mail_to(sink, EDITOR, "Drei neue Ideen", 1)
    story.ok(preview and exact, "back come the preview and the mail itself")
    other = mail_to(sink, OTHER, "Bitte prüfen")
    story.has(preview.text, "3 Empfängerinnen", "the preview says how many get it")
    story.ok("Sprache de: 2" in preview.text and "Sprache en: 1" in preview.text, "by language")
    story.has(preview.text, "Ein Ticket für alle", "the block is filled in")
    gateway.respond(preview.message, EDITOR, "FREI", dmarc="pass")
    story.ok(mail_to(sink, EDITOR, "Jemand anderes muss freigeben"), "who wrote it cannot release it")
    gateway.respond(other.message, OTHER, "FREI")
    story.equal(issues(gateway)[0]["state"], "draft", "nor can whose From is not proved")
    gateway.respond(other.message, OTHER, "FREI", dmarc="pass")
    got = mail_to(sink, READER, "Drei neue Ideen")
    story.ok(got is not None, "another editor's FREI sends it")
    gateway.respond(other.message, OTHER, "FREI", dmarc="pass")
    story.ok(mail_to(sink, OTHER, "war schon freigegeben"), "released twice: the second hears that it is running")
    story.ok(fp.wait_for(lambda: issues(gateway)[0]["state"] == "sent"), "the issue is sent", issues(gateway))
    story.equal([issues(gateway)[0][k] for k in ("recipients", "sent", "failed")], [3, 3, 0], "to three")
    headers_are_right(story, got)
    story.ok("Ausgabe 1" in got.text and "Issue 1" in sink.to("mia@example.net")[0].text, "in each one's language")
    both_parts(story, got)
    return got


def headers_are_right(story, sent):
    m = sent.message
    story.equal(m["List-Id"], f"Neues aus der Ruhr-Konferenz <neues.{fp.DOMAIN}>", "List-Id")
    story.equal(m["List-Post"], "NO", "List-Post: NO")
    story.has(m["List-Unsubscribe"], "abbestellen+", "List-Unsubscribe names an address of this reader's own")
    story.has(m["List-Subscribe"], "neues+abo@", "List-Subscribe")
    story.equal((m["Auto-Submitted"], m["Precedence"], m["Content-Language"]), ("auto-generated", None, "de"), "Auto-Submitted, no Precedence, Content-Language")
    story.has(m["Feedback-ID"], "newsletter:", "Feedback-ID")
    story.ok(m["List-Help"] and m["List-Owner"], "List-Help, List-Owner")
    twice = [k for k in set(m.keys()) if len(m.get_all(k)) > 1]
    story.equal(twice, [], "every field once")


def both_parts(story, sent):
    html = html_of(sent)
    story.ok("<h1" in html and "<blockquote" in html and "Lesen und mitreden</a>" in html, "the HTML has heading, frame, button")
    story.ok("src=" not in html and "url(" not in html and len(html) < 60000, "nothing remote, under 60 kB", len(html))
    story.has(sent.text.replace("\r", ""), "Lesen und mitreden:\nhttps://beteiligung.example.org/idee/1", "plain text has the address below")
    words = set(re.findall(r"\w{4,}", re.sub(r"<style.*?</style>|<[^>]+>|https?://\S+", " ", html, flags=re.S)))
    plain = set(re.findall(r"\w{4,}", re.sub(r"https?://\S+", " ", sent.text)))
    story.equal(sorted(plain - words), [], "and no word that the HTML lacks")


def leaving(story, gateway, sink, got):
    jan, mia = "jan@example.net", "mia@example.net"
    gateway.respond(got.message, READER, "STOPP", dmarc="pass")
    story.ok(fp.wait_for(lambda: subscriber(gateway, READER)["state"] == "unsubscribed"), "L-22: STOPP as an answer to an issue ends it")
    goodbye = mail_to(sink, READER, "abgemeldet")
    story.ok(goodbye, "which is said once")
    gateway.respond(goodbye.message, READER, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: subscriber(gateway, READER)["state"] == "active"), "and undone by answering JA")
    button = re.search(r"<mailto:([^?>]+)", sink.to(jan)[0].message["List-Unsubscribe"]).group(1)
    gateway.write(f"Jan <{jan}>", button, "STOPP", "irgendwas")
    story.ok(fp.wait_for(lambda: subscriber(gateway, f"<{jan}>")["state"] == "unsubscribed"), "the mail program's own button ends it")
    gateway.write(f"Mia <{mia}>", f"neues+abmelden@{fp.DOMAIN}", "weg", "bitte")
    story.ok(fp.wait_for(lambda: subscriber(gateway, f"<{mia}>")["state"] == "unsubscribed"), "any mail to +abmelden ends it")
    gateway.must("newsletter", "subscriber", "import", "neues", gateway.path("more.txt"), "--consent", "noch einmal")
    story.equal(subscriber(gateway, f"<{jan}>")["state"], "unsubscribed", "who left stays away, whatever an old list says")
    number = gateway.must("newsletter", "draft", "neues", write(gateway, "two.md", "# Zweite\n\nText.\n")).strip()
    gateway.must("newsletter", "release", "neues", number)
    story.ok(mail_to(sink, READER, "Zweite"), "the next issue comes to who is in")
    story.equal([m.subject for m in sink.to(jan) if m.subject == "Zweite"], [], "and not to who left")
    gateway.must("newsletter", "editor", "remove", "neues", bare(EDITOR))
    preview = mail_to(sink, EDITOR, "Bitte prüfen")
    gateway.respond(preview.message, EDITOR, "STOPP", dmarc="pass")
    gateway.must("person", "erase", "mia@example.net", "--reason", "Antrag")
    story.equal((subscriber(gateway, f"<{mia}>"), gateway.run("consent", "show", mia).returncode != 0), (None, True), "an erasure leaves nothing of it")
    story.ok(mail_to(sink, EDITOR, "nicht annehmen"), "an editor who was removed decides nothing any more")


def write(gateway, name, text):
    with open(gateway.path(name), "w", encoding="utf-8") as file:
        file.write(text)
    return gateway.path(name)


class Gate:
    """An MTA that takes mails up to a number and lets the next ones wait: however fast the run is, it can be met in its middle."""

    def __init__(self):
        self.sink, self.most = fp.Sink(refuse=self.hold), math.inf

    def hold(self, verb, _):
        while verb == "END" and len(self.sink.mails) >= self.most and self.sink.is_open:
            time.sleep(0.01)


def killed_in_the_middle(story, gateway, gate):
    """Stopped, resumed, killed: each reader once, with one Message-ID."""
    sink = gate.sink
    gateway.must("newsletter", "add", "gross", "--title", "Groß", "--release", "one")
    people = [f"leser{n}@example.net" for n in range(N)]
    gateway.must("newsletter", "subscriber", "import", "gross", write(gateway, "many.txt", "\n".join(people)), "--consent", "Messe 2026")
    number = gateway.must("newsletter", "draft", "gross", write(gateway, "many.md", "# Rundbrief\n\nText für alle.\n")).strip()
    start = time.monotonic()
    gate.most = len(sink.mails) + N // 10
    gateway.must("newsletter", "release", "gross", number)
    took = lambda: [m for m in list(sink.mails) if m.subject == "Rundbrief"]
    fp.wait_for(lambda: len(took()) >= N // 10)
    gateway.must("newsletter", "stop", "gross", number)
    gate.most = math.inf
    time.sleep(1)
    stopped_at = len(took())
    time.sleep(0.5)
    story.ok(len(took()) == stopped_at < N, f"stopped: nothing more goes out ({stopped_at} of {N})")
    gate.most = len(sink.mails) + (N - stopped_at) // 2
    gateway.must("newsletter", "resume", "gross", number)
    fp.wait_for(lambda: len(sink.mails) >= gate.most)
    gateway.stop(signal.SIGKILL)
    at_kill = len(took())
    gate.most = math.inf
    gateway.start()
    fp.wait_for(lambda: issues(gateway, "gross")[0]["state"] == "sent", 20 * fp.PATIENCE_S)
    fp.diag(f"{N} mails in {time.monotonic() - start:.1f} s with a stop and a kill at {at_kill}")
    ids, doubled = {}, 0
    for sent in took():
        doubled += sent.to in ids
        ids.setdefault(sent.to, set()).add(sent.message["Message-ID"])
    story.equal(sorted(set(people) - set(ids)), [], "every reader has it")
    in_flight = 2 * 100 + 100 # connections, and results that were not written yet
    story.ok(doubled <= in_flight, f"twice at most what was in flight ({doubled})")
    story.equal([p for p, seen in ids.items() if len(seen) > 1], [], "and then under the same Message-ID")
    row = issues(gateway, "gross")[0]
    story.equal((row["recipients"], row["sent"]), (N, N), "the figures agree")


def main():
    with fp.Story("newsletter") as story:
        gate = Gate()
        sink = gate.sink
        gateway = set_up(story, sink)
        names(story, gateway)
        subscribing(story, gateway, sink)
        forged(story, gateway, sink)
        got = an_issue(story, gateway, sink)
        leaving(story, gateway, sink, got)
        by_the_days_end(story, gateway, sink)
        killed_in_the_middle(story, gateway, gate)


if __name__ == "__main__":
    main()

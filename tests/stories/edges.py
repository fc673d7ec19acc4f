#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sixteen mails that every participation meets sooner or later, as the demo initiative lists them (e01-e16): an absence note, a mail that
comes back, broken letters, hidden text, somebody who calls himself a ministry, a forged proof, 30 megabytes, a phone number of somebody
else, the same mail twice. Of each is told what the citizen, the moderator and the clerk see of it."""
import contextlib
import datetime
import email.utils
import json
import zoneinfo

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
STRANGER = "Nina Neu <nina@example.com>"
MODERATOR = "Mona Moderation <moderation@amt.example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
OTHER = f"energie@{fp.DOMAIN}"


def bare(person):
    return email.utils.parseaddr(person)[1]


def raw(*lines, body=b""):
    head = ["Date: " + email.utils.format_datetime(email.utils.localtime()), "MIME-Version: 1.0", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class World:
    def __init__(self, story, sink):
        self.story, self.sink = story, sink
        self.gateway = g = fp.Gateway(story, relay_port=sink.port)
        g.must("init")
        g.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "Ministerium für Verkehr", "--moderation", "none")
        g.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
        g.must("forum", "add", "kultur", "--title", "Kultur", "--moderation", "pre")
        g.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "member", "--delivery", "daily")
        g.must("member", "add", "mobilitaet", bare(FRITZ), "--role", "reader", "--delivery", "none")
        g.must("member", "add", "kultur", bare(FRITZ), "--role", "reader", "--delivery", "none")
        g.must("member", "add", "kultur", bare(MODERATOR), "--role", "moderator", "--delivery", "none")
        g.start()
        g.write(FRITZ, FORUM, "Nachtbus", "Ein Bus nach Mitternacht, auch zur Universität.", dmarc="pass")
        fp.wait_for(lambda: self.ideas())

    def ideas(self):
        return [i["title"] for i in self.gateway.rows("idea", "list")]

    def posts(self, idea=1):
        return json.loads(self.gateway.must("idea", "show", str(idea), "--json"))["posts"]

    def deliver(self, person, to, data, dmarc="pass"):
        return self.gateway.deliver(bare(person), to, fp.found(fp.trace(data), person, dmarc))

    def verdicts(self):
        return [e["kind"] for e in self.gateway.rows("event", "list") if e["kind"].startswith("message.")]

    def mail_to(self, person, words, count=1):
        found = fp.wait_for(lambda: [m for m in self.sink.to(bare(person)) if words in m.text or words in str(m.subject)][count - 1:])
        return found[0] if found else None

    def silence(self, what, do):
        """DO makes no mail leave."""
        self.gateway.settle()
        before = len(self.sink.mails)
        do()
        self.gateway.settle()
        self.story.equal([m.subject for m in self.sink.mails[before:]], [], what)


def machines(story, w):
    today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")) + datetime.timedelta(days=1)
    w.gateway.must("digest", "run", "--now", today.replace(hour=23, minute=0, second=0, microsecond=0).isoformat())
    digest = w.mail_to(ERIKA, "Nachtbus")
    if story.ok(digest is not None, "e01: Erika has the digest"):
        away = fp.mail(ERIKA, fp.address_of(digest.message["Reply-To"]), "Automatische Antwort: Abwesenheit", "Ich bin bis Montag nicht da.",
                       Auto_Submitted="auto-replied", In_Reply_To=digest.message["Message-ID"])
        w.silence("e01: her absence note is answered by nobody", lambda: w.deliver(ERIKA, [fp.address_of(digest.message["Reply-To"])], away))
        story.equal((w.verdicts()[-1], len(w.posts())), ("message.ignore", 1), "e01: it is counted, and no contribution")
    w.gateway.write(STRANGER, FORUM, "Bänke", "Mehr Bänke im Park.", dmarc="pass")
    question = w.mail_to(STRANGER, "Ist diese Idee von Ihnen?")
    away = fp.mail(STRANGER, fp.address_of(question.message["Reply-To"]), "Abwesend", "Ja, ich bin ab Montag wieder da.", Auto_Submitted="auto-replied")
    w.silence("e02: nor is one to a question", lambda: w.deliver(STRANGER, [fp.address_of(question.message["Reply-To"])], away))
    story.lacks(w.ideas(), "Bänke", "e02: it confirms nothing")
    report = raw("From: Mail Delivery System <mailer-daemon@example.com>", f"To: {question.sender}", "Subject: Undelivered",
                 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
                 body=b"--b\r\n\r\nHello\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
                      b"Final-Recipient: rfc822; nina@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b--\r\n")
    w.silence("e03: a mail that came back is answered by nobody", lambda: w.gateway.deliver("", [question.sender], fp.trace(report)))
    story.equal(w.verdicts()[-1], "message.bounce", "e03: it is counted")


def broken_letters(story, w):
    w.deliver(FRITZ, [FORUM], raw(f"From: {FRITZ}", f"To: {FORUM}", "Subject: Brücke", "Message-ID: <e04@example.org>",
                                  "Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: 8bit",
                                  body="Die Brücke über die Ruhr ist gesperrt, bitte öffnen Sie sie.".encode("latin-1")))
    story.ok(fp.wait_for(lambda: "Brücke" in w.ideas()), "e04: letters that were declared wrongly come in")
    story.has(w.posts(len(w.ideas()))[0]["text"], "Brücke über die Ruhr", "e04: and are read as they were meant")
    page = ('<html><body><p>Mehr Bäume an der Straße.</p><p style="color:#ffffff;background:#ffffff">Kauft Pillen</p>'
            "<script>alert('x')</script></body></html>")
    w.deliver(FRITZ, [FORUM], raw(f"From: {FRITZ}", f"To: {FORUM}", "Subject: Mehr Grün", "Message-ID: <e05@example.org>",
                                  "Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", body=page.encode()))
    story.ok(fp.wait_for(lambda: "Mehr Grün" in w.ideas()), "e05: a mail that is only HTML comes in")
    text = w.posts(len(w.ideas()))[0]["text"]
    story.equal(text, "Mehr Bäume an der Straße.", "e05: what is seen is its text: no tag, no script, nothing white on white")


def impostors(story, w):
    ministry = '"Ministerium fuer Verkehr NRW" <x@example.com>'
    w.gateway.write(ministry, FORUM, "Amtliche Mitteilung", "Wir bauen das nicht.", dmarc="pass")
    question = w.mail_to(ministry, "Ist diese Idee von Ihnen?")
    w.gateway.respond(question.message, ministry, "JA\nNAME: Ministerium für Verkehr NRW", dmarc="pass")
    held = fp.wait_for(lambda: [h for h in w.gateway.rows("hold", "list") if h["kind"] == "review"])
    story.equal((len(held or []), w.posts(len(w.ideas()))), (1, []),
                "e06: what comes from somebody who calls himself a ministry is read by a person first")
    w.gateway.must("hold", "release", str(held[-1]["hold"]) if held else "0")
    post = w.posts(len(w.ideas()))[0]
    story.equal((post["person"], post["kind"]), (None, "idea"), "e06: who calls himself a ministry stands there without a name and without a mark")
    other = w.mail_to(ministry, "Name")
    story.ok(other is not None, "e06: and is asked for another name")
    homograph = "Staatskanzlei <staatskanzlei@xn--exmple-4nf.example>"
    w.gateway.write(homograph, FORUM, "Mitteilung", "Wir bauen auch das nicht.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in w.sink.mails if "xn--exmple-4nf" in m.to or "ex\u0430mple" in m.to])
    words = " ".join(asked[0].text.split()).replace("Staatskanzlei (Demo)", "") if asked else "Staatskanzlei"
    story.lacks(words, "Staatskanzlei", "e07: a look-alike domain is asked like anybody, and is no office")
    story.lacks(w.ideas(), "Mitteilung", "e07: nothing of it is public")
    w.gateway.write(FRITZ, FORUM, "Im falschen Namen", "Das stammt nicht von Fritz.", dmarc="fail")
    story.ok(w.mail_to(FRITZ, "Im falschen Namen") is not None, "e08: From is right, the proof failed: its owner is asked")
    w.gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Nachtbus", "+1", dmarc="fail")
    story.equal(json.loads(w.gateway.must("idea", "show", "1", "--json"))["supporters"], 0, "e08: and a voice in his name does not count")
    forged = f"Authentication-Results: mx.{fp.DOMAIN}; dmarc=pass header.from=example.net\r\n".encode() + fp.mail(ERIKA, FORUM, "Mit falschem Stempel", "Das stammt nicht von Erika.")
    w.gateway.deliver("x@example.com", [FORUM], fp.trace(forged))
    w.gateway.settle()
    story.lacks(w.ideas(), "Mit falschem Stempel", "e09: a proof that the mail brought along itself proves nothing")


def too_much(story, w):
    huge = raw(f"From: {FRITZ}", f"To: {FORUM}", "Subject: Groß", "Message-ID: <e10@example.org>", 'Content-Type: multipart/mixed; boundary="b"',
               body=b"--b\r\n\r\nBitte lesen.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                    (b"A" * 76 + b"\r\n") * (30 * 1024 * 1024 // 78 + 1) + b"--b--\r\n")
    code, text = w.deliver(FRITZ, [FORUM], huge)[FORUM]
    story.equal((code, "5.3.4" in text), (552, True), "e10: thirty megabytes are refused in the dialogue")
    story.lacks(w.ideas(), "Groß", "e10: and nothing is kept")
    tnef = raw(f"From: {FRITZ}", f"To: {FORUM}", "Subject: winmail", "Message-ID: <e11@example.org>", "Content-Type: application/ms-tnef; name=winmail.dat",
               "Content-Transfer-Encoding: base64", body=b"eJ8+IgAAAAAAAAAA\r\n")
    w.deliver(FRITZ, [FORUM], tnef)
    answer = w.mail_to(FRITZ, "Bitte schreiben Sie Ihren Text in die E-Mail")
    story.ok(answer is not None, "e11: a winmail.dat alone: its sender is told that there was no text in it")
    story.lacks(w.ideas(), "winmail", "e11: and it is no idea")


def answers(story, w):
    quote = "\n".join("> " + line for line in ["Ein Bus nach Mitternacht, auch zur Universität.", "Rufen Sie Herrn Meier an: 0201 1234567"])
    w.gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Nachtbus", f"Einverstanden. Auch unter 0201 7654321 zu erreichen.\n\nAm 3. Februar 2026 schrieb Karl:\n{quote}", dmarc="pass")
    posts = fp.wait_for(lambda: w.posts()[1:])
    story.lacks(posts[0]["text"], "1234567", "e12: the quote is cut, with somebody else's number in it")
    story.lacks(posts[0]["text"], "7654321", "e12: and a number in one's own words is masked")
    story.has(posts[0]["text"], "Einverstanden.", "e12: the answer stands")
    n = len(w.posts())
    for _ in range(2):
        w.gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Nachtbus", "Das kam zweimal an.", dmarc="pass", Message_ID="<e13@example.org>")
    fp.wait_for(lambda: len(w.posts()) > n)
    story.equal(len(w.posts()), n + 1, "e13: the same mail twice is one contribution")
    w.deliver(FRITZ, [FORUM], raw(f"From: {FRITZ}", f"To: {FORUM}", "Subject: =?utf-8?q?Ampel=0D=0ABcc:_opfer@example.com?=", "Message-ID: <e14@example.org>",
                                  "Content-Type: text/plain; charset=utf-8", body=b"Eine Ampel an der Schule, bitte."))
    receipt = w.mail_to(FRITZ, "Eine Ampel an der Schule")
    story.ok(receipt is not None and receipt.message["Bcc"] is None and "opfer@example.com" not in receipt.recipients, "e14: a line break in a subject makes no header of ours")
    story.ok(any(t.startswith("Ampel") and "\n" not in t and "\r" not in t for t in w.ideas()), "e14: the title is one line")


def late_and_double(story, w):
    w.gateway.must("forum", "close", "energie")
    for text in ("Mehr Solardächer auf Schulen.", "Und auf Rathäusern."):
        w.gateway.write(FRITZ, OTHER, "Zu spät", text, dmarc="pass")
        w.gateway.write("Zoe <zoe@example.com>", OTHER, "Zu spät", text, dmarc="none")
    w.gateway.settle()
    def late():
        return [m for m in w.sink.to(bare(FRITZ)) if "geschlossen" in m.text or "beendet" in m.text]
    fp.wait_for(lambda: len(late()) >= 2)
    told = sorted(late(), key=lambda m: "Rathäusern" in m.text)
    story.ok(len(told) == 2 and "Schulen" in told[0].text and "Rathäusern" in told[1].text, "e15: who writes after the end is told so, and has each text back", [m.text for m in told])
    story.ok(len(w.sink.to("zoe@example.com")) <= 1 and "Schulen" not in "".join(m.text for m in w.sink.to("zoe@example.com")), "e15: whom nothing proves once a day at most, without a text that somebody else may have written")
    story.lacks(w.ideas(), "Zu spät", "e15: and nothing appears")
    w.gateway.must("forum", "add", "heimat", "--title", "Heimat", "--moderation", "none")
    both = [FORUM, f"heimat@{fp.DOMAIN}"]
    w.deliver(FRITZ, both[::-1], fp.mail(FRITZ, FORUM, "Kulturbus", "Ein Bus zu den Museen, abends.", Cc=both[1], Message_ID="<e16@example.org>"))
    fp.wait_for(lambda: "Kulturbus" in w.ideas())
    w.gateway.settle()
    story.equal(w.ideas().count("Kulturbus"), 1, "e16: a mail to two forums is one idea")
    receipt = w.mail_to(FRITZ, "Kulturbus")
    story.has(" ".join(receipt.text.split()), "ging auch an das Forum „Heimat“. Dort steht die Idee auch", "e16: which stands in both, and its author hears so")
    idea = next(i for i in w.gateway.rows("idea", "list") if i["title"] == "Kulturbus")
    story.equal((idea["forum"], idea["forums"]), ("mobilitaet", ["mobilitaet", "heimat"]), "e16: its home is the one in To")
    three = [FORUM, f"kultur@{fp.DOMAIN}", both[1]]
    w.deliver(FRITZ, three, fp.mail(FRITZ, ", ".join(three), "Museumsbus", "Ein Bus zu allen Museen."))
    third = fp.wait_for(lambda: next((i for i in w.gateway.rows("idea", "list") if i["title"] == "Museumsbus"), None))
    story.equal(third["forums"], ["mobilitaet", "kultur", "heimat"][:fp.limit("LIMIT_FORUMS_OF_A_MAIL")], "e16: of more the first two")
    story.equal(third["state"], "in_review", "e16: and where one of them reads first, nobody gets past that through the other")
    key = next(e["message"] for e in w.gateway.rows("event", "list") if e["kind"] == "hold.opened" and e["idea"] == third["number"])
    said = [v["verdict"] for v in json.loads(w.gateway.must("explain", key, "--json"))["verdicts"]]
    story.equal(sorted(said), ["duplicate", "duplicate", "review"], "e16: and explain calls it so")
    story.has(" ".join(w.mail_to(FRITZ, "Museumsbus").text.split()), "Forum „Heimat“. Dort steht der Text nicht", "e16: where it does not stand is said, too")


def main():
    with fp.Story("edges") as story, contextlib.closing(fp.Sink()) as sink:
        w = World(story, sink)
        for part in (machines, broken_letters, impostors, too_much, answers, late_and_double):
            part(story, w)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes along with mails: an editor's files with the issue (by mail and from the command line), told in the preview and counted
by the linter; what is too large is told, never cut; a citizen's mail as it came with what the operator must answer. And the words
that an editor answers a preview with."""
import binascii
import email
import email.policy
import email.utils
import os
import re
import struct
import zlib

import fp

EDITOR = "Anna Redaktion <anna@amt.example>"
LIST = f"neues@{fp.DOMAIN}"
CONTACT = "office@example.org"
READER = "leser@example.net"
TEXT = "# Das Programm\n\nGuten Tag,\n\ndas Programm liegt bei.\n"
PDF = bytes(range(256)) * 40


def with_files(subject, text, files, to=LIST, sender=EDITOR):
    """FILES: (name, type, bytes, how): attachment, or a picture inside."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = email.utils.format_datetime(email.utils.localtime())
    message["Message-ID"] = email.utils.make_msgid(domain="client.example.net")
    message.set_content(text)
    for name, kind, content, how in files:
        main, sub = kind.split("/")
        if how == "inside":
            message.add_attachment(content, main, sub, filename=name, disposition="inline", cid="<bild@amt.example>")
        else:
            message.add_attachment(content, main, sub, filename=name)
    return message.as_bytes()


def send(gateway, data, sender="anna@amt.example", to=LIST):
    return gateway.deliver(sender, to, fp.found(fp.trace(data), sender, "pass"))


def files_of(sent):
    return {part.get_filename(): part.get_content() for part in sent.message.iter_attachments()} if sent is not None else {}


def issues(gateway):
    return gateway.rows("newsletter", "issue", "list", "neues")


def mail_to(sink, address, words, count=1):
    found = fp.wait_for(lambda: [m for m in sink.to(address) if words in m.subject or words in m.text][count - 1:])
    return found[0] if found else None


def png(width, height):
    """A grey picture."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + b"\x60" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def looks(story, gateway, sink):
    """[initiative] logo, logo_text and [page] accent."""
    exact = [m for m in sink.to(READER) if "Das Programm" in m.subject][0]
    html_part = exact.message.get_body(preferencelist=("html",))
    html = html_part.get_content()
    story.ok(re.search(r'<img src="cid:logo" alt="Land &quot;NRW&quot;" width="96" height="32"', html), "the logo stands in the head, with its words", html[-300:])
    related = next(p for p in exact.message.walk() if p.get_content_type() == "multipart/related")
    inside = [p for p in related.iter_parts() if p.get_content_type() == "image/png"]
    story.equal((len(inside), inside[0]["Content-ID"], inside[0].get_content()), (1, "<logo>", png(300, 100)), "and lies in the mail itself")
    story.ok("#7a1fa2" in html and "#0b5563" not in html, "in the initiative's colour")
    story.equal(re.findall(r'(?:src|href)="(?!cid:|mailto:|https://example.org/imprint)[^"]*', html), [], "nothing else is fetched")
    gateway.write("Neu <neu@example.net>", f"neues+abo@{fp.DOMAIN}", "x", "x", dmarc="pass")
    question = mail_to(sink, "neu@example.net", "bestätigen")
    story.ok(question is not None and b"cid:" not in question.data, "a question whether somebody wants it has no logo")
    done = gateway.run("check")
    story.has(done.stdout, "logo", "`check` looks at it")
    with open(gateway.path("logo.png"), "wb") as file:
        file.write(b"GIF89a" + bytes(100))
    done = gateway.run("check")
    story.ok("is no PNG file" in done.stdout, "and says what is wrong with another file", done.stdout)
    with open(gateway.path("logo.png"), "wb") as file:
        file.write(png(300, 100) + bytes(fp.limit("LIMIT_LOGO_BYTES")))
    story.has(gateway.run("check").stdout, "at most", "or with one over LIMIT_LOGO_BYTES")


def by_mail(story, gateway, sink):
    send(gateway, with_files("Das Programm", TEXT, [("Maßnahmen für Köln.pdf", "application/pdf", PDF, ""),
                                                    ("image001.png", "image/png", b"\x89PNG" + bytes(100), "inside")]))
    preview = mail_to(sink, "anna@amt.example", "Bitte prüfen")
    story.ok(preview is not None, "a draft with a file gives a preview")
    story.has(preview.text, "Maßnahmen für Köln.pdf, 10 kB", "which names file and size")
    story.lacks(preview.text, "image001", "and loses no word about a picture of the mail's own form")
    story.lacks(preview.text, "Anhang ist größer", "a small file is no finding")
    story.equal(files_of(preview), {"Maßnahmen für Köln.pdf": PDF}, "it lies beside the preview, byte by byte")
    exact = mail_to(sink, "anna@amt.example", "Das Programm", 2)
    story.equal(files_of(exact), {"Maßnahmen für Köln.pdf": PDF}, "and with the mail as readers get it")
    story.equal([p.get_content_type() for p in exact.message.iter_parts()], ["multipart/alternative", "application/pdf"],
                "beside both forms of the words")
    gateway.respond(preview.message, EDITOR, "FREI", dmarc="pass")
    got = mail_to(sink, READER, "Das Programm")
    story.equal(files_of(got), {"Maßnahmen für Köln.pdf": PDF}, "a reader gets it")
    story.ok(all(len(line) <= 998 for line in got.data.split(b"\r\n")) and got.data.isascii(), "in lines that every relay lets pass")


def not_by_itself(story, gateway, sink):
    """A file that an old program wrote into the text lies nowhere by itself: it does not go along, and the preview says so."""
    inside = "begin 644 plan.txt\n" + binascii.b2a_uu(b"Der Plan.\n" * 3).decode() + "`\nend\n"
    gateway.write(EDITOR, LIST, "Mit Plan", "# Mit Plan\n\nText.\n\n" + inside, dmarc="pass")
    preview = mail_to(sink, "anna@amt.example", "Bitte prüfen: Mit Plan")
    story.ok(preview is not None and "Nicht angehängt" in preview.text and "plan.txt" in preview.text, "a file that cannot go along is named in the preview",
             preview and preview.text)
    story.equal(files_of(preview), {}, "and does not go along")


def framed(story, gateway, sink):
    """What stands behind ">" in an editor's own mail are somebody's words that the issue frames: nothing of them is taken for a quote.
    The signature stays out, and in an answer a quote is a quote."""
    text = ("# Stimmen\n\nGuten Tag,\n\n> Auf dem Weg von Bottrop nach Hagen\n> komme ich durch mehrere Tarifgebiete.\n> Das ist teuer.\n\n"
            "So weit.\n\n> Noch eine Stimme.\n> Von Jan.\n\n-- \nAnna Redaktion\nTel. 0211 123456\n")
    gateway.write(EDITOR, LIST, "Stimmen", text, dmarc="pass")
    exact = fp.wait_for(lambda: [m for m in sink.to("anna@amt.example") if m.subject == "Stimmen"])[0]
    html = exact.message.get_body(preferencelist=("html",)).get_content()
    story.ok("Tarifgebiete" in exact.text and "Von Jan." in exact.text and html.count("<blockquote") == 2, "whole paragraphs behind > are framed", exact.text)
    story.lacks(exact.text, "0211", "and the editor's signature stays out")
    gateway.write(EDITOR, LIST, "Re: Stimmen", "# Neu\n\nEin neuer Text.\n\n> alt, sehr alt\n> noch älter\n> uralt\n", dmarc="pass",
                  In_Reply_To=exact.message["Message-ID"], References=exact.message["Message-ID"])
    again = fp.wait_for(lambda: [m for m in sink.to("anna@amt.example") if "Ein neuer Text." in m.text and "prüfen" not in m.subject])[0]
    story.lacks(again.text, "uralt", "in an answer a quote is a quote")


def by_command(story, gateway, sink):
    for name, n in (("plan.pdf", 250_000), ("karte.png", 100)):
        with open(gateway.path(name), "wb") as file:
            file.write(os.urandom(n))
    with open(gateway.path("two.md"), "w", encoding="utf-8") as file:
        file.write("# Zweite Ausgabe\n\nText.\n")
    number = gateway.must("newsletter", "draft", "neues", gateway.path("two.md"), "--attach", gateway.path("plan.pdf"), "--attach",
                          gateway.path("karte.png")).strip()
    preview = mail_to(sink, "anna@amt.example", "Bitte prüfen: Zweite")
    story.ok(re.search(r"mehr als 200 kB[^\n]*plan.pdf", preview.text.replace("\r", "")), "a file over 200 kB is a finding", preview.text)
    gateway.must("newsletter", "release", "neues", number)
    got = mail_to(sink, READER, "Zweite")
    wanted = {name: open(gateway.path(name), "rb").read() for name in ("plan.pdf", "karte.png")}
    story.equal(files_of(got), wanted, "both files come with the issue")
    many = [word for n in range(fp.limit("LIMIT_ISSUE_FILES") + 1) for word in ("--attach", gateway.path("karte.png"))]
    done = gateway.run("newsletter", "draft", "neues", gateway.path("two.md"), *many)
    story.ok(done.returncode != 0 and "at most" in done.stderr, "more than LIMIT_ISSUE_FILES are refused", done.stderr)
    done = gateway.run("newsletter", "draft", "neues", gateway.path("two.md"), "--attach", gateway.path("none.pdf"))
    story.ok(done.returncode != 0 and "none.pdf" in done.stderr, "and so is a file that is not there", done.stderr)


def too_large(story, gateway, sink):
    n_before = len(issues(gateway))
    send(gateway, with_files("Dicke Datei", TEXT, [("film.zip", "application/zip", bytes(fp.limit("LIMIT_ISSUE_FILES_BYTES") + 1), "")]))
    told = mail_to(sink, "anna@amt.example", "Zu groß für eine Ausgabe")
    story.ok(told is not None and "Dicke Datei" in told.text and "3000 kB" in told.text, "files beyond LIMIT_ISSUE_FILES_BYTES: the editor hears")
    send(gateway, with_files("Langer Text", "Wort. " * (fp.limit("LIMIT_ISSUE_BYTES") // 6 + 1), []))
    story.ok(mail_to(sink, "anna@amt.example", "Langer Text") is not None, "a text beyond LIMIT_ISSUE_BYTES, too: nothing is cut")
    gateway.write(EDITOR, LIST, "Re: Ausgabe", "FREI", dmarc="pass")
    story.ok(mail_to(sink, "anna@amt.example", "Welche Ausgabe") is not None, "FREI in a mail of its own is no issue, but a question")
    story.equal(len(issues(gateway)), n_before, "none of them is a draft")


def originals(story, gateway, sink):
    text = "Guten Tag, wo finde ich das? Grüße aus Köln"
    data = with_files("Eine Frage", text, [("foto.jpg", "image/jpeg", PDF, "")], to=f"postmaster@{fp.DOMAIN}", sender="Erika <erika@example.net>")
    raw = fp.trace(data.replace(b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: 8bit"))
    gateway.deliver("erika@example.net", f"postmaster@{fp.DOMAIN}", raw)
    told = mail_to(sink, CONTACT, "Eine Frage")
    part = next((p for p in told.message.iter_attachments() if p.get_content_type() == "message/rfc822"), None) if told else None
    story.ok(part is not None, "a citizen's question comes with the mail as it came")
    inner = part.get_payload(0)
    story.equal((inner["Subject"], inner["From"]), ("Eine Frage", "Erika <erika@example.net>"), "its fields")
    story.equal(next(inner.iter_attachments()).get_content(), PDF, "and its picture")
    story.ok(told.data.count(b"X-Forumpost-Loop") == 1, "our own fields stand once, outside")


def answers(story, gateway, sink):
    """What an editor may answer to a preview: a time, TEST, STOPP, WEITER."""
    gateway.write(EDITOR, LIST, "Dritte Ausgabe", "# Dritte\n\nText.\n", dmarc="pass")
    preview = mail_to(sink, "anna@amt.example", "Bitte prüfen: Dritte")
    gateway.respond(preview.message, EDITOR, "am 3.3. um 7", dmarc="pass")
    said = mail_to(sink, "anna@amt.example", "3. März")
    row = issues(gateway)[-1]
    story.ok(said is not None and "7" in said.text, "a time: what was understood is said", said and said.text)
    local = row["release_at"]
    story.ok(row["state"] == "released" and re.search(r"-03-03T0[67]:00", local), "and it waits until then", row)
    before = len([m for m in sink.to("anna@amt.example") if m.subject.startswith("Dritte")])
    gateway.respond(preview.message, EDITOR, "TEST", dmarc="pass")
    story.ok(mail_to(sink, "anna@amt.example", "Dritte Ausgabe", 2) and
             fp.wait_for(lambda: len([m for m in sink.to("anna@amt.example") if m.subject.startswith("Dritte")]) > before), "TEST sends it to the editor")
    gateway.respond(preview.message, EDITOR, "STOPP", dmarc="pass")
    story.ok(fp.wait_for(lambda: issues(gateway)[-1]["state"] == "stopped"), "STOPP halts it")
    story.equal([m.subject for m in sink.to(READER) if "Dritte" in m.subject], [], "nobody has it yet")
    gateway.respond(preview.message, EDITOR, "WEITER", dmarc="pass")
    going_on = mail_to(sink, "anna@amt.example", "wie vorher")
    story.ok(going_on is not None and "3. März" in going_on.text, "WEITER before its time says that the time stays", going_on and going_on.text)
    gateway.settle()
    row = issues(gateway)[-1]
    story.equal((row["state"], row["release_at"], [m.subject for m in sink.to(READER) if "Dritte" in m.subject]), ("released", local, []), "and it does")
    gateway.respond(preview.message, EDITOR, "am 4.3. um 8 Uhr 30", dmarc="pass")
    story.ok(mail_to(sink, "anna@amt.example", "4. März") is not None and re.search(r"-03-04T0[78]:30", issues(gateway)[-1]["release_at"]),
             "another time moves it", issues(gateway)[-1])
    for n, wrong in enumerate(("am 99.99.", "Freigabe erteilt, danke!", "OK", "am 3.3.2020 um 7"), 1):
        gateway.respond(preview.message, EDITOR, wrong, dmarc="pass")
        story.ok(mail_to(sink, "anna@amt.example", "nicht verstanden", n) is not None, f"each answer that is none is asked about: {wrong}")
    gateway.respond(preview.message, EDITOR, "STOPP", dmarc="pass")
    fp.wait_for(lambda: issues(gateway)[-1]["state"] == "stopped")
    gateway.respond(preview.message, EDITOR, "FREI", dmarc="pass")
    story.ok(mail_to(sink, READER, "Dritte") is not None, "FREI of one that was stopped lets it go on, at once")
    for n, late in enumerate(("STOPP", "WEITER", "am 5.3. um 9"), 1):
        fp.wait_for(lambda: issues(gateway)[-1]["sent"] == 1)
        gateway.respond(preview.message, EDITOR, late, dmarc="pass")
        story.ok(fp.wait_for(lambda n=n: len([m for m in sink.to("anna@amt.example") if "versendet" in m.text and
                                              m.subject.startswith(("Nichts geändert: Dritte", "Schon freigegeben: Dritte"))]) == n), f"{late} to one that is out changes nothing, and is said")
    gateway.settle()
    story.equal((issues(gateway)[-1]["state"], len([m for m in sink.to(READER) if "Dritte" in m.subject])), ("sent", 1), "its reader has it once")


def main():
    with fp.Story("newsletter_files") as story:
        sink = fp.Sink()
        gateway = fp.Gateway(story, relay_port=sink.port, initiative={"contact": CONTACT, "logo_text": 'Land "NRW"'}, page={"accent": "#7A1FA2"})
        with open(gateway.path("logo.png"), "wb") as file:
            file.write(png(300, 100))
        with open(gateway.config, encoding="utf-8") as file:
            text = file.read()
        with open(gateway.config, "w", encoding="utf-8") as file:
            file.write(text.replace("[initiative]\n", f"[initiative]\nlogo = {gateway.path('logo.png')}\n"))
        gateway.must("init")
        gateway.must("newsletter", "add", "neues", "--title", "Neues", "--release", "one")
        gateway.must("newsletter", "editor", "add", "neues", "anna@amt.example")
        with open(gateway.path("people.txt"), "w", encoding="utf-8") as file:
            file.write(READER + "\n")
        gateway.must("newsletter", "subscriber", "import", "neues", gateway.path("people.txt"), "--consent", "Messe 2026")
        gateway.start()
        by_mail(story, gateway, sink)
        not_by_itself(story, gateway, sink)
        framed(story, gateway, sink)
        by_command(story, gateway, sink)
        too_large(story, gateway, sink)
        originals(story, gateway, sink)
        answers(story, gateway, sink)
        looks(story, gateway, sink)


if __name__ == "__main__":
    main()

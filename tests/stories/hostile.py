# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails made to cost their reader as much as can be: floods, nesting, what is quadratic somewhere. MAILS is a table of
names and makers; each mail is as large as the gateway takes, or as large as its kind can usefully be."""
import base64
import itertools
import struct

MOST = 25 * 1024 * 1024
DELIVERY_REPORT = b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
BOUNCE = b"Return-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\n"


def whole(fields, body=b"x"):
    """One part: FIELDS with their ends, and a body. Cut to what is taken."""
    return (b"From: Eve <eve@example.net>\r\nTo: mobilitaet@beteiligung.example.org\r\nMessage-ID: <%d@example.net>\r\n"
            % len(body) + fields + b"\r\n" + body)[:MOST]


def plain(body, fields=b""):
    return whole(fields + b"Content-Type: text/plain; charset=utf-8\r\n", body)


def html(body):
    return whole(b"Content-Type: text/html; charset=utf-8\r\n", body)


def field(name, value):
    return whole(name + b": " + value + b"\r\n")


def parts(fields, n=90, body=b"x"):
    """N parts of the same FIELDS (without the last line end) and body."""
    part = b"--b\r\n" + fields + b"\r\n\r\n" + body + b"\r\n"
    return whole(b'Content-Type: multipart/mixed; boundary="b"\r\n', part * n + b"--b--\r\n")


def nested(n, fields, line):
    """N multiparts, one in the other, and the last one's body of LINE."""
    inner = b"".join(b"%s\r\n\r\n--b%d\r\n" % (fields.replace(b"%", b"%d" % i), i) for i in range(n))
    return (b"From: eve@example.net\r\n" + inner + line * (22000000 // len(line)))[:MOST]


def colliding(n):
    """N words with the same value under the hash that GLib gives to texts."""
    return [b"".join(word) for word in itertools.islice(itertools.product((b"ar", b"c0"), repeat=12), n)]


def attribute(level, kind, data):
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xffff)


def tnef(n, rest=b""):
    """A winmail.dat with N files."""
    one = attribute(2, 0x00069002, b"\x01\0" + b"\0" * 12) + attribute(2, 0x00018010, b"a.txt\0") + \
        attribute(2, 0x0006800f, b"xxxx") + rest
    return struct.pack("<IH", 0x223e9f78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x00010000)) + one * n


def tnef_properties(n):
    return attribute(2, 0x00069005, struct.pack("<I", n) + b"".join(
        struct.pack("<HHI", 3, 0x4000 + i % 0x3000, i) for i in range(n)))


def winmail(data, encoding=b"binary"):
    return whole(b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: " + encoding + b"\r\n", data)


def many(form, n, between=b""):
    return between.join(form % i for i in range(n))


WORDS = b";".join(word + b"=1" for word in colliding(4096))
TYPE = b"Content-Type: text/plain; "
UU = b"begin 644 a\r\n#0V%T\r\nend\r\n"
YENC = b"=ybegin line=128 size=1 name=a\r\nk\r\n=yend size=1\r\n"


def everything():
    """All budgets at once: header, parts, delimiters, text in a slow charset, HTML of many attributes, files."""
    tag = b"<p " + many(b"a%d", 999, b" ") + b">x"
    pieces = [TYPE + WORDS[:60000] + b"\r\nX-A: " + many(b"=?cp%d?q?=FF?=", 3000, b" ") + b"\r\n\r\nx"] * 12
    pieces += [b"Content-Type: text/html\r\n\r\n" + tag * 90] * 4
    pieces += [b"Content-Type: text/plain; charset=big5-hkscs\r\n\r\n" + b"\xff" * 1500000] * 6
    pieces += [b"Content-Type: application/ms-tnef\r\n\r\n" + tnef(300)]
    pieces += [b"Content-Type: multipart/mixed; boundary=zz\r\n\r\n" + b"--x\n" * 1500000]
    return whole(b'Content-Type: multipart/mixed; boundary="b"\r\n', b"".join(b"--b\r\n%s\r\n" % p for p in pieces) + b"--b--")


MAILS = {
    # fields with parameters
    "parameters that collide": lambda: whole(b"Content-Type: text/plain;" + WORDS + b"\r\n"),
    "parameters that collide, in each part": lambda: parts(TYPE + WORDS + b"\r\nContent-Disposition: attachment;" + WORDS, 100),
    "continued parameters": lambda: parts(b"Content-Disposition: attachment; " + many(b"filename*%d*=a%%20", 14000, b";")[:250000]),
    "continued parameters of many names": lambda: parts(b"Content-Disposition: attachment; " + many(b"f%d*=utf-8''a", 15000, b";")[:250000]),
    "percent codes": lambda: parts(b"Content-Disposition: attachment; " + many(b"filename*%d*=", 200, b"%41" * 400 + b";")[:250000]),
    "comments in a type": lambda: parts(TYPE + b"(" * 240000),
    "comments that do not end": lambda: parts(TYPE + b"a(;" * 80000),
    "brackets in a value": lambda: parts(TYPE + b"a=" + b" (" * 100000 + b")"),
    "semicolons": lambda: parts(TYPE + b";" * 250000),
    "equals signs": lambda: parts(TYPE + b"=" * 250000),
    "slashes in a type": lambda: parts(b"Content-Type: " + b"/ " * 120000),
    "a long name of a file": lambda: parts(b'Content-Disposition: attachment; filename="' + b"/\\" * 120000 + b'"'),
    "encoded words in a name": lambda: parts(b'Content-Disposition: attachment; filename="' + b"=?utf-8?q?a?= " * 17000 + b'"'),
    # files in texts
    "uuencoded files": lambda: plain(UU * 80000),
    "uuencoded files in each part": lambda: parts(TYPE, 499, b"begin 644 a\nend\n" * 3000),
    "uuencoded files without an end": lambda: parts(TYPE, 499, b"begin 644 a\n" + (b"M" + b"A" * 60 + b"\n") * 700),
    "yEnc files": lambda: plain(YENC * 35000),
    "yEnc files in each part": lambda: parts(TYPE, 499, b"=ybegin name=a\n=yend\n" * 2300),
    "yEnc files without an end": lambda: parts(TYPE, 499, b"=ybegin name=a\n" * 12 + b"A" * 45000),
    "a winmail.dat of files": lambda: winmail(tnef(400000)),
    "a winmail.dat of files, encoded": lambda: winmail(base64.encodebytes(tnef(200000)), b"base64"),
    "a winmail.dat of properties": lambda: winmail(tnef(20000, tnef_properties(100))),
    "a winmail.dat of attributes": lambda: winmail(tnef(490) + attribute(2, 0x00018010, b"b.txt\0") * 1400000),
    "a winmail.dat in each part": lambda: parts(
        b"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64", 499, base64.encodebytes(tnef(600))[:48000]),
    # header
    "fields": lambda: parts(many(b"X-%d: =?utf-8?q?a?=", 900, b"\r\n"), 499),
    "encoded words": lambda: field(b"Subject", b"=?utf-8?q?a?= " * 18000),
    "encoded words that do not end": lambda: parts(b"X-A: " + b"=?u?q?" * 40000 + b"?="),
    "encoded words in a slow charset": lambda: parts(b"X-A: " + b"=?iso-2022-jp?q?a?= x " * 10000),
    "encoded words in all charsets": lambda: parts(b"X-A: " + many(b"=?cp%d?q?=FF?=", 12000, b" ")),
    "raw bytes in a header": lambda: parts(b"X-A: " + b"\xe4=?" * 60000),
    "folded lines": lambda: whole(b"X-A: a\r\n" + b" a\r\n" * 999999),
    "lines that are no fields": lambda: whole(b"junk line\r\nX: y\r\n" * 400),
    "one line": lambda: b"x" * 24000000,
    "references": lambda: field(b"References", many(b"<%d@e>", 25000, b" ")),
    "references, twice two": lambda: field(b"References", b"<1@e> <2@e> " * 20000),
    "references that do not end": lambda: field(b"References", b"<" * 250000),
    "addresses": lambda: field(b"Cc", many(b"a%d@e.net", 20000, b",")),
    "addresses: commas": lambda: field(b"Cc", b"aa, " * 60000 + b"<a@b>"),
    "addresses: quotes": lambda: field(b"Cc", b'"a" ' * 60000),
    "addresses: quotes that do not end": lambda: field(b"Cc", b'a"\\"' * 60000),
    "addresses: colons": lambda: field(b"Cc", b":" * 240000),
    "addresses: groups": lambda: field(b"Cc", b"g:;" * 80000),
    "addresses: comments": lambda: field(b"Cc", b"(" * 240000),
    "addresses: angles": lambda: field(b"Cc", b"<" * 240000),
    "addresses: a long name": lambda: field(b"Cc", (b"a" * 200 + b", ") * 1100 + b"<a@b>"),
    "addresses: IDN": lambda: field(b"Cc", many(b"a@xn--mller-kva%d.xn--mller-kva.de", 6000, b",")),
    "addresses in many fields": lambda: whole((b"Cc: " + many(b"a%d@e.net", 20, b",") + b"\r\n") * 900),
    "results of authentication": lambda: whole(
        (b"Authentication-Results: mx.beteiligung.example.org; " + b"dkim=pass header.d=x;" * 12 + b"\r\n") * 700),
    "comments in results": lambda: field(b"Authentication-Results", b"mx.beteiligung.example.org; " + b"dmarc=pass (" * 20000),
    "trace": lambda: whole((b"Received: a\r\nDelivered-To: a@xn--mller-kva.de\r\n") * 450),
    "dates": lambda: whole(b"Date: " + b"(" * 240000 + b"\r\n" + b"Date: x\r\n" * 800),
    # structure
    "delimiters": lambda: whole(b'Content-Type: multipart/mixed; boundary="b"\r\n', b"--b\r\n" * 4000000),
    "nearly delimiters": lambda: whole(b'Content-Type: multipart/mixed; boundary="b"\r\n', b"--bx\n" * 4500000),
    "delimiters and blanks": lambda: whole(b'Content-Type: multipart/mixed; boundary="b"\r\n', (b"--b" + b" " * 1000 + b"x\n") * 20000),
    "nested multiparts": lambda: nested(19, b'Content-Type: multipart/mixed; boundary="b%"', b"--x\n"),
    "nested multiparts without boundaries": lambda: nested(19, b"Content-Type: multipart/mixed", b"--x\n"),
    "nested alternatives": lambda: nested(19, b'Content-Type: multipart/alternative; boundary="b%"', b" "),
    "parts that are multiparts": lambda: parts(b"Content-Type: multipart/mixed; boundary=zz", 499, b"--x\n" * 11000),
    "nested mails": lambda: whole(b"Content-Type: message/rfc822\r\n\r\n" * 40, b"x\r\n" * 7000000),
    "nested encoded mails": lambda: whole(
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" * 19, b"a\r\n" * 7500000),
    "attachments": lambda: parts(b"Content-Type: application/x\r\nContent-Disposition: attachment; filename=a", 499, b"x" * 49000),
    # encodings and charsets
    "base64": lambda: whole(TYPE + b"\r\nContent-Transfer-Encoding: base64\r\n", b"A" * 24000000),
    "soft line breaks": lambda: parts(TYPE + b"\r\nContent-Transfer-Encoding: quoted-printable", 499, (b"=" + b" " * 900) * 50),
    "a charset that fails": lambda: parts(TYPE + b"charset=big5-hkscs", 499, b"\xff" * 48000),
    "a charset of pairs": lambda: parts(TYPE + b"charset=tscii", 11, b"\xaa\xff" * 1000000),
    "UTF-16": lambda: parts(TYPE + b"charset=utf-16", 11, b"\xd8\xff" * 1000000),
    "UTF-7": lambda: whole(TYPE + b"charset=utf-7\r\n", b"+AAA-" * 400000),
    "no UTF-8": lambda: parts(TYPE + b"charset=utf-8", 11, b"\xe4" * 2000000),
    "NUL": lambda: plain(b"\0" * 2000000),
    # HTML
    "HTML: open elements": lambda: html(b"<b><i>" * 80000),
    "HTML: end tags of nothing": lambda: html(b"<b>" * 80000 + b"</i>" * 60000),
    "HTML: ends of paragraphs": lambda: html(b"<div>" * 50000 + b"</p>" * 60000),
    "HTML: ends that are hidden": lambda: html(b"<i><div>" + b"<b>" * 80000 + b"</i>" * 60000),
    "HTML: tables": lambda: html(b"<table>" * 70000),
    "HTML: lists": lambda: html(b"<ul><li>" * 60000),
    "HTML: attributes": lambda: html(b"<p " + many(b"a%d=1", 60000, b" ") + b">x"),
    "HTML: attributes in each part": lambda: parts(b"Content-Type: text/html", 48, (b"<p " + many(b"a%d", 999, b" ") + b">x") * 100),
    "HTML: names": lambda: html(many(b"<a%d>", 70000)),
    "HTML: parts": lambda: parts(b"Content-Type: text/html", 48, b"<b><i><u>" * 55000),
    "HTML: styles": lambda: html((b'<p style="' + b"a:b;" * 20000 + b'">x') * 6),
    "HTML: classes": lambda: html((b'<div class="' + b"a " * 100 + b'">x') * 2400),
    "HTML: entities": lambda: html(b"&xxxxxx" * 70000),
    "HTML: comments": lambda: html(b"<!--" * 120000),
    "HTML: doctypes": lambda: html(b"<!DOCTYPE " * 50000),
    "HTML: scripts": lambda: html(b"<script>" + b"</" * 240000),
    "HTML: attributes that do not end": lambda: html(b"<p a='" * 80000),
    "HTML: quotes": lambda: html(b"<blockquote>" * 20 + b"x<br>" * 100000),
    "HTML: attributions": lambda: html((b"<div class=gmail_attr>" + b"a<br>" * 300 + b"</div><blockquote>x</blockquote>") * 300),
    # text
    "flowed": lambda: whole(b"Content-Type: text/plain; format=flowed\r\n", b"> x \r\n" * 350000),
    "flowed quotes": lambda: whole(b"Content-Type: text/plain; format=flowed\r\n", (b">" * 1000 + b" x \n" + b">" * 999 + b" x\n") * 1000),
    "text: attributions": lambda: plain(b"a wrote:\r\n" * 200000),
    "text: long attributions": lambda: plain((b"Am 1. 2. 2026 um 12:00 schrieb a a a a <a@b.c> " * 12 + b":\r\n") * 3500),
    "text: heads": lambda: plain(b"Von: a@b\r\n" * 200000),
    "text: heads that go on": lambda: plain(b"Von: a\r\nAn: b;\r\n" + b"c@d;\r\n" * 300000),
    "text: rules": lambda: plain((b"-- \r\n" + b"a\r\n" * 60) * 10000),
    "text: quotes": lambda: plain(b"> Am 1.1.2026 schrieb a <a@b>:\r\na\r\n" * 55000),
    "text: forwards": lambda: plain(b"-------- Weitergeleitete Nachricht --------\r\nVon: a\r\nAn: b\r\nBetreff: c\r\n\r\n" * 22000),
    "text: links": lambda: plain(b"http://x " * 220000),
    "text: adverts": lambda: plain((b"sent from my " + b"<http://" * 80000 + b"\r\n") * 3),
    "text: signatures": lambda: plain(b"Mit freundlichen Gruessen\r\nAnna\r\nTel 1\r\n\r\n" * 45000),
    "text: PGP": lambda: plain(b"-----BEGIN PGP SIGNED MESSAGE-----\r\n" * 50000),
    "text: marks on letters": lambda: plain(b"a" + "\u0301".encode() * 999990),
    "text: one line": lambda: plain(b"a " * 1000000),
    "text: many parts": lambda: parts(TYPE, 499, b"a wrote:\r\n" * 4800),
    # machines
    "a report on many": lambda: whole(
        DELIVERY_REPORT, b"--b\r\n\r\nx\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
        many(b"Final-Recipient: rfc822; a%d@b\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n", 300000)[:20000000] + b"--b--"),
    "many reports": lambda: whole(
        DELIVERY_REPORT, (b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
                          b"Final-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" * 700) * 490),
    "a bounce in words": lambda: plain(b"550-5.1.1 <a@b.c> user unknown\r\n\r\n" * 60000, BOUNCE),
    "a bounce of addresses": lambda: plain(b"a@b.c " * 340000, BOUNCE),
    "a bounce of angles": lambda: plain(b"<" * 2000000, BOUNCE),
    "a calendar": lambda: whole(b"Content-Type: text/calendar\r\n", b"BEGIN:VCALENDAR\r\n" * 120000),
    "everything at once": everything,
}

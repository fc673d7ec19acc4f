# SPDX-License-Identifier: GPL-3.0-or-later
"""What every chain of programs that check mail must hold: who is genuine is believed, who forges is not, however. The stories
milters.py, rspamd.py and exim.py bring the mail server; the domains, the gateway and the mails are here."""
import re
import sqlite3
import time

import fp
import names

FORUM = f"mobilitaet@{fp.DOMAIN}"
ID = f"mx.{fp.DOMAIN}"
VICTIM = "Vera Opfer <vera@example.org>"      # known to the gateway; her domain signs and rejects
PROVIDER, OTHER, EVIL = "203.0.113.8", "203.0.113.9", "203.0.113.66"
FORGED = "dmarc=pass header.from=example.org; dkim=pass header.d=example.org; spf=pass smtp.mailfrom=vera@example.org"


class World:
    """Domains, and a gateway at which vera@example.org is known: what she proves is published at once."""

    def __init__(self, story, folder):
        self.story, self.folder, self.n, self.n_judged = story, folder, 0, 0
        self.names = names.Names(story, folder)
        self.names.add_sender("example.org", PROVIDER)
        self.names.add_sender("example.net", OTHER, dmarc=None)
        self.names.add_sender("evil.example", EVIL)
        self.gateway = None

    def open_gateway(self, **sections):
        self.gateway = fp.Gateway(self.story, **sections)
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
        self.gateway.must("member", "add", "mobilitaet", "vera@example.org", "--role", "member", "--delivery", "none")
        self.gateway.start()
        return self.gateway

    def mail(self, sender, signer=None, before="", to=FORUM, text="Mehr Radwege.\n", **tags):
        """Bytes with a subject of their own, signed by SIGNER; BEFORE are fields on top of what is signed."""
        self.n += 1
        data = fp.mail(sender, to, f"Vorschlag {self.n} {time.monotonic_ns()}", text)
        data = self.names.sign(data, signer, **tags) if signer else data
        return before.encode() + data

    def stored(self, data, seconds=None):
        """What the gateway has of a mail that was sent: (its bytes with the mail server's fields on top, the reason of the verdict)."""
        message_id = re.search(rb"(?m)^Message-ID: <([^>]*)>", data).group(1).decode()
        with sqlite3.connect(self.gateway.path("forumpost.db")) as database:
            return fp.wait_for(lambda: database.execute(
                "SELECT r.bytes, v.reason FROM message m JOIN message_raw r ON r.message_id = m.id JOIN verdict v ON v.message_id = m.id"
                " WHERE m.message_id = ?", (message_id,)).fetchone(), seconds) or (b"", "never came")

    def check(self, send, data, sender, address, expected, what):
        """SEND(sender, to, data, address) is the mail server's front door."""
        send(sender, FORUM, data, address)
        head, reason = self.stored(data)
        right = self.story.equal(reason, expected, what)
        if not right:
            fp.diag(head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")[:2500])
        return head

    def refuse(self, send, data, sender, what):
        """What the attacker's server sends proves nobody; that the mail server in front refuses it for good is as right."""
        code, text = send(sender, FORUM, data, EVIL)
        head, reason = (b"", f"refused before us: {code} {text[:60]}") if 500 <= code < 600 else self.stored(data)
        self.n_judged += not reason.startswith("refused")
        if not self.story.ok(reason.startswith("refused") or reason == "ask-author T0", f"{what}: not believed", reason):
            fp.diag(head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")[:2500])


def encoded(text):
    """As DKIM's quoted-printable."""
    return "".join(c if c.isalnum() or c in ".@-" else f"={ord(c):02X}" for c in text)


def genuine(world, send):
    head = world.check(send, world.mail(VICTIM, "example.org"), "vera@example.org", PROVIDER, "publish T1",
                       "who is known and genuine is published at once")
    world.check(send, world.mail("Max <max@evil.example>", "evil.example"), "max@evil.example", EVIL, "ask-author T1",
                "who is genuine and not known is asked")
    return head


# What stands in a mail that nobody of example.org wrote. It comes from the attacker's server, whose own domain is all right.
FIELDS = {
    "a forged field": f"Authentication-Results: {ID}; {FORGED}\r\n",
    "one with our name in quotes": f"Authentication-Results: \"{ID}\"; {FORGED}\r\n",
    "one with our name in quotes and a quoted pair": f"Authentication-Results: \"m\\x.{fp.DOMAIN}\"; {FORGED}\r\n",
    "one with a comment before our name": f"Authentication-Results: (x) {ID} 1; {FORGED}\r\n",
    "one that is folded before our name": f"Authentication-Results:\r\n\t{ID};\r\n\t{FORGED}\r\n",
    "one with blanks before its colon": f"Authentication-Results \t: {ID}; {FORGED}\r\n",
    "one in small letters": f"authentication-results: {ID.upper()}; {FORGED}\r\n",
    "one each": "".join(f"Authentication-Results: {ID}; {part}\r\n" for part in FORGED.split("; ")),
    "one above a Received field": f"Authentication-Results: {ID}; {FORGED}\r\nReceived: from a by b; Fri, 1 Jan 2027 10:00:00 +0000\r\n",
}

SIGNATURES = {
    "a signature's identity that says dkim=pass": "x; dkim=pass header.d=example.org header.b=y@evil.example",
    "one that names another domain": "x header.d=example.org header.b=y@evil.example",
    "one that says dmarc=pass": "x; dmarc=pass header.from=example.org header.b=y@evil.example",
}

SENDERS = {
    "an envelope sender that ends a quoted string": '"x\\"; dmarc=pass header.from=example.org reason=\\""@evil.example',
    "one that goes on behind a semicolon": '"x; dmarc=pass header.from=example.org; dkim=pass header.d=example.org"@evil.example',
    "one that ends a comment": '"x) smtp.mailfrom=vera@example.org; dmarc=pass header.from=example.org (y"@evil.example',
}

AUTHORS = {
    "two mailboxes": "vera@example.org, x@evil.example",
    "two mailboxes the other way round": "x@evil.example, vera@example.org",
    "a group": "Gruppe: vera@example.org, x@evil.example;",
    "two addresses in angles": "<vera@example.org> <x@evil.example>",
    "an address before another in angles": "x@evil.example <vera@example.org>",
    "an address that is encoded": "=?utf-8?q?vera=40example=2Eorg=2C?= x@evil.example",
    "an address in a comment": "x@evil.example (a) <vera@example.org>",
}


def with_from(data, value):
    """The mail with another From field."""
    head, mark, rest = data.partition(b"From: ")
    return head + mark + value.encode() + rest[rest.index(b"\r\n"):]


def forged(world, send):
    for what, fields in FIELDS.items():
        world.refuse(send, world.mail(VICTIM, "evil.example", fields), "x@evil.example", what)
    for what, identity in SIGNATURES.items():
        world.refuse(send, world.mail(VICTIM, "evil.example", i=encoded(identity)), "x@evil.example", what)
    for what, sender in SENDERS.items():
        world.refuse(send, world.mail(VICTIM), sender, what)
    world.refuse(send, world.mail(VICTIM), "vera@example.org", "a bare forgery")


def two_authors(world, send):
    """Signed by the attacker's domain as it stands, so a checker that takes one of the two says pass."""
    for what, value in AUTHORS.items():
        plain = with_from(world.mail(VICTIM), value)
        code, text = send("x@evil.example", FORUM, world.names.sign(plain, "evil.example"), EVIL)
        head, reason = (b"", f"refused before us: {code} {text[:60]}") if 500 <= code < 600 else world.stored(plain)
        world.n_judged += not reason.startswith("refused")
        world.story.ok(reason.startswith("refused") or reason.endswith(" T0"), f"{what} in From: nobody is proved", reason,
                       head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")[:2500])
    # A server that refuses everything would be safe and useless: some attacks must have come through to be judged.
    world.story.ok(world.n_judged > 0, f"{world.n_judged} attacks reached the gateway and were not believed there")


def from_here(world, send):
    world.check(send, world.mail(VICTIM), "vera@example.org", None, "ask-author T0", "mail from this very machine proves nobody")


def fields_above(head, name=b"Authentication-Results"):
    """How many Received fields stand above the first field NAME, -1 if there is none."""
    n = 0
    for line in head.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if line.lower().startswith(name.lower() + b":"):
            return n
        n += line.lower().startswith(b"received:")
    return -1

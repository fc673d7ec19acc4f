#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An attacker who wants to be published, or answered, as somebody whom the gateway knows: forged results in every shape and place, From
fields that two programs read differently, results that sit in other people's words. By LMTP and by the pipe, at a gateway that
believes a mail server, at one that believes a server which writes below its Received field, and at one that believes nobody."""
import re

import fp
import proof

FORUM, ID, VICTIM = proof.FORUM, proof.ID, proof.VICTIM
PASS = "dmarc=pass header.from=example.org"

# The whole field is our mail server's: its words are what counts. {field: is Vera proved}
RESULTS = {
    f"{ID}; {PASS}": True,
    f"{ID} 1; spf=fail smtp.mailfrom=x@evil.example; {PASS}": True,
    f"\"{ID}\" (our own (server)); {PASS} (p=reject; dmarc=fail)": True,
    f"{ID}; dmarc=pass (p=none) header.from=EXAMPLE.ORG": True,
    f"{ID}; dmarc=pass": True,
    f"{ID}; dkim=pass header.d=example.org header.b=ab/c+d": True, # it knows no DMARC
    f"{ID}; dmarc=fail header.from=example.org; {PASS}": False,
    f"{ID}; {PASS}; dmarc=fail header.from=example.org": False,
    f"{ID}; dmarc=none; dkim=pass header.d=example.org": False,
    f"{ID}; dmarc=pass header.from=evil.example": False,
    f"{ID}; dmarc=pass header.from=evil.example header.from=example.org": False,
    f"{ID}; dmarc=pass header.from=org": False,
    f"{ID}; spf=pass smtp.mailfrom=vera@example.org": False,
    f"{ID}; dkim=pass header.d=evil.example header.i=@example.org": False,
    f"{ID}; dkim=pass header.d=mail.example.org": False,
    f"{ID}; spf=pass smtp.mailfrom=\"a\\\"; {PASS}; \\\"\"@evil.example": False,
    f"{ID}; spf=pass smtp.mailfrom=\"a; {PASS}\"@evil.example; dmarc=none": False,
    f"{ID}; spf=pass (domain of a; {PASS}) smtp.mailfrom=evil.example": False,
    f"{ID}; none; {PASS}": False,
    f"{ID}; {PASS}; dkim": False,
    f"{ID}; {PASS}; spf=pass smtp.mailfrom=\"a": False,
    f"{ID}; {PASS} (": False,
    f"{ID} {PASS}": False,
    f"{ID} 2; {PASS}": False,
    f"{ID}.evil.example; {PASS}": False,
    f"evil.example ({ID}); {PASS}": False,
    f"\"m\\x.{fp.DOMAIN}\"; {PASS}": False,
    f"; {PASS}": False,
    f"\"\"; {PASS}": False,
}

NOBODY = ["\"\"", ");", "()", "() \"\"", ";", "", "\" \"", "(", "\"\\\"\"", "x"]


class Case:
    """Mails to one gateway; each has a subject of its own."""

    def __init__(self, story, what, **intake):
        self.story, self.what, self.n = story, what, 0
        self.sink = fp.Sink()
        story.at_end(self.sink.close)
        self.gateway = fp.Gateway(story, relay_port=self.sink.port, intake=intake)
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
        self.gateway.must("member", "add", "mobilitaet", "vera@example.org", "--role", "member", "--delivery", "none")
        self.gateway.start()

    def bytes(self, above="", below="", author=VICTIM, to=FORUM, text="Mehr Radwege.\n"):
        """ABOVE and BELOW the Received field of our own mail server."""
        self.n += 1
        data = proof.with_from(fp.mail(VICTIM, to, f"Vorschlag {self.n}", text), author)
        return above.encode() + fp.trace(below.encode() + data)

    def rule(self):
        """Of the mail that came last: rule and trust."""
        return [e["detail"] for e in self.gateway.rows("event", "list") if e["kind"].startswith("message.")][-1]

    def lmtp(self, data, sender="x@evil.example", to=FORUM):
        self.gateway.deliver(sender, [to], data)
        return self.rule()

    def pipe(self, data, sender="x@evil.example", to=FORUM):
        self.gateway.must("deliver", "-r", to, "-f", sender, data=data)
        return self.rule()

    def expect(self, data, is_proved, what, **options):
        expected = "publish T1" if is_proved else "ask-author T0"
        self.story.equal(self.lmtp(data, **options), expected, f"{self.what}: {what}")


def results(case):
    for field, is_proved in RESULTS.items():
        case.expect(case.bytes(f"Authentication-Results: {field}\r\n"), is_proved, field)
    several = {
        "three fields of ours count together": ([PASS, "spf=fail smtp.mailfrom=x@evil.example", "dkim=none"], True),
        "a bad one among them is not outvoted": ([PASS, "dmarc=fail header.from=example.org"], False),
        "nor is it if it stands first": (["dmarc=fail header.from=example.org", PASS], False),
    }
    for what, (parts, is_proved) in several.items():
        case.expect(case.bytes("".join(f"Authentication-Results: {ID}; {part}\r\n" for part in parts)), is_proved, what)
    case.expect(case.bytes(f"Authentication-Results:\r\n\t{ID};\r\n\tdmarc=pass\r\n\t (x)\r\n\theader.from=example.org\r\n"), True, "a folded field")


def authors(case):
    for what, author in {**proof.AUTHORS, "a comment inside the address": "vera(x)@example.org", "a route": "<@evil.example:vera@example.org>",
                         "a second From field": "vera@example.org\r\nFrom: x@evil.example",
                         "an encoded word alone": "=?utf-8?q?vera=40example=2Eorg?="}.items():
        for found in (PASS, "dmarc=pass", "dmarc=pass header.from=evil.example"):
            got = case.lmtp(case.bytes(f"Authentication-Results: {ID}; {found}\r\n", author=author))
            case.story.ok(not got.startswith("publish") and "T1" not in got, f"{case.what}: {what} in From, {found}: nobody is proved", got)
    for author in ("vera@example.org", "Vera <VERA@Example.ORG>", "=?utf-8?q?V=C3=A9ra_=3Cx=40evil=2Eexample=3E?= <vera@example.org>"):
        case.expect(case.bytes(f"Authentication-Results: {ID}; {PASS}\r\n", author=author), True, f"From: {author} is one mailbox")


def places(case, hops):
    for what, fields in proof.FIELDS.items():
        if hops == 0:
            case.expect(case.bytes(below=fields), False, f"{what} from outside")
    below = f"Authentication-Results: {ID}; {PASS}\r\n"
    more = "Received: from a by b; Fri, 1 Jan 2027 10:00:00 +0000\r\n"
    case.expect(case.bytes(below=below), hops >= 1, "a field below one Received field")
    case.expect(case.bytes(below=more + below), hops >= 2, "below two")
    case.expect(case.bytes(below=f"X-Line: x\r\nno field at all\r\n{below}"), False, "behind a line that is no field")
    case.expect(case.bytes() + b"\r\n" + below.encode(), False, "in the text")


def written_by_senders(case):
    for what, identity in proof.SIGNATURES.items():
        above = f"Authentication-Results: {ID}; dkim=pass header.d=evil.example header.i={identity}; {PASS}\r\n"
        below = f"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=s1; i={proof.encoded(identity)}; h=From; bh=x; b=y\r\n"
        case.expect(case.bytes(above, below), False, f"{what}")
    for what, sender in proof.SENDERS.items():
        case.expect(case.bytes(f"Authentication-Results: {ID}; {PASS}\r\n"), False, what, sender=sender)


def pipe(case):
    """The same words at the other door."""
    good = case.bytes(f"Authentication-Results: {ID}; {PASS}\r\n")
    case.story.equal(case.pipe(good), "publish T1", f"{case.what}: by the pipe, who is proved is published")
    for what, data in (("a forged field", case.bytes(below=proof.FIELDS["a forged field"])),
                       ("dmarc=fail beside pass", case.bytes(f"Authentication-Results: {ID}; dmarc=fail; {PASS}\r\n")),
                       ("two mailboxes", case.bytes(f"Authentication-Results: {ID}; {PASS}\r\n", author=proof.AUTHORS["two mailboxes"]))):
        case.story.equal(case.pipe(data), "ask-author T0", f"{case.what}: by the pipe, {what} is not believed")


def answers(case):
    """Whom we write to: From only if its own domain was proved."""
    to = f"hilfe@{fp.DOMAIN}"
    rows = [("a", "spf=pass smtp.mailfrom=x@evil.example", False), ("b", "spf=pass smtp.mailfrom=b@example.org", True),
            ("c", "dkim=pass header.d=evil.example; dmarc=none", False), ("d", "dkim=pass header.d=example.org; dmarc=none", True),
            ("f", "dmarc=pass header.from=evil.example; spf=pass smtp.mailfrom=evil.example", False),
            ("g", "spf=pass smtp.helo=example.org", False), ("h", "spf=pass smtp.mailfrom=example.org; spf=fail smtp.mailfrom=example.org", False),
            ("z", "dmarc=pass header.from=example.org", True)]
    for who, found, _ in rows:
        data = case.bytes(f"Authentication-Results: {ID}; {found}\r\n", author=f"{who}@example.org", to=to, text="hilfe\n")
        case.lmtp(data, to=to)
    case.sink.wait(f"{rows[-1][0]}@example.org")
    for who, found, is_answered in rows:
        case.story.equal(len(case.sink.to(f"{who}@example.org")), int(is_answered), f"{case.what}: help, {found}: {'an' if is_answered else 'no'} answer")


def nobody(case):
    for word in NOBODY:
        case.expect(case.bytes(f"Authentication-Results: {word}; {PASS}\r\n"), False, f"the id {word!r}")
    case.expect(case.bytes(f"Authentication-Results: {ID}; {PASS}\r\n"), False, "an id of somebody")


with fp.Story("attacks_trust") as the_story:
    on_top = Case(the_story, "on top")
    results(on_top)
    authors(on_top)
    places(on_top, 0)
    written_by_senders(on_top)
    pipe(on_top)
    answers(on_top)
    public = {i["title"] for i in on_top.gateway.rows("idea", "list")}
    the_story.ok(public and all(re.fullmatch(r"Vorschlag \d+", title) for title in public), "what is public is what was proved")
    the_story.equal(on_top.gateway.stop(), 0, "serve ends cleanly")
    under_one = Case(the_story, "below one", authserv_hops="1")
    places(under_one, 1)
    under_one.gateway.stop()
    believes_nobody = Case(the_story, "nobody", authserv_id="", authserv_hops="20")
    nobody(believes_nobody)
    believes_nobody.gateway.stop()

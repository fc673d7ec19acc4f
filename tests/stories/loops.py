# SPDX-License-Identifier: GPL-3.0-or-later
"""Two gateways, each a member of the other's forum: whatever one of them sends, the other must neither post nor answer,
so that it stops after at most two mails. A mail server between them passes everything on at once."""
import threading
import time

import fp

DOMAINS = ("nord.example.org", "sued.example.org")
FORUMS = tuple(f"mobilitaet@{domain}" for domain in DOMAINS)
QUIET_S = 6


class Between(fp.Sink):
    """Takes mail from both and delivers what is for one of them by LMTP, in the order it came."""

    def __init__(self):
        super().__init__()
        self.gateways, self.passed = {}, []
        threading.Thread(target=self.pass_on, daemon=True).start()

    def pass_on(self):
        at = 0
        while self.is_open:
            if at == len(self.mails):
                time.sleep(0.02)
                continue
            sent, at = self.mails[at], at + 1
            gateway = self.gateways.get(sent.to.rpartition("@")[2])
            if gateway is not None:
                data = f"Return-Path: <{sent.sender}>\r\nReceived: from between by between; Mon, 2 Feb 2026 09:00:00 +0100\r\n"
                answer = gateway.deliver(sent.sender, sent.to, data.encode() + sent.data)
                self.passed.append((sent, answer))


def settle(between):
    """Waits until nothing has been passed on for a while."""
    n, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET_S:
        if len(between.mails) != n:
            n, since = len(between.mails), time.monotonic()
        if n > 50:
            return
        time.sleep(0.1)


def posts(gateway):
    return sum(idea["posts"] for idea in gateway.rows("idea", "list"))


with fp.Story("loops") as story:
    story.may_be_told("mobilitaet@sued.example.org", "a forum of the other gateway, nobody's")
    story.may_be_told("mobilitaet@nord.example.org", "likewise")
    between = Between()
    story.at_end(between.close)
    gateways = []
    for domain, other in zip(DOMAINS, reversed(FORUMS)):
        gateway = fp.Gateway(story, relay_port=between.port, initiative={"domain": domain}, intake={"authserv_id": f"mx.{domain}"})
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", f"Mobilität {domain}", "--ministry", "VM", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", other, "--role", "member", "--delivery", "each")
        gateway.must("member", "add", "mobilitaet", "anna@example.net", "--role", "member", "--delivery", "each")
        gateway.start()
        between.gateways[domain] = gateway
        gateways.append(gateway)
    nord, sued = gateways

    data = fp.mail("Anna <anna@example.net>", FORUMS[0], "Radweg", "Der Radweg an der B1 endet im Nichts.\n",
                   Authentication_Results=f"mx.{DOMAINS[0]}; dmarc=pass header.from=example.net")
    story.equal(nord.deliver("anna@example.net", FORUMS[0], data)[FORUMS[0]][0], 250, "a member writes to one of the two")
    story.ok(fp.wait_for(lambda: between.passed), "which tells the other")
    settle(between)
    story.ok(1 <= len(between.passed) <= 2, "and there it ends", [(sent.to, sent.subject) for sent, _ in between.passed][:10])
    story.equal({code for _, answers in between.passed for code, _ in answers.values()}, {250}, "what came was taken, not bounced")
    story.equal((posts(nord), posts(sued)), (1, 0), "one post, and none made from it")
    verdicts = [event["kind"] for event in sued.rows("event", "list")]
    story.ok(any(kind.startswith("message.") for kind in verdicts) and "message.post" not in verdicts, "the other says in its journal what it made of it", verdicts)

    # The same with a stripped header, as some list servers leave it: no trace of ours but the text and the addresses.
    n_before = len(between.passed)
    stripped = fp.mail(FORUMS[0], FORUMS[1], "Radweg", "Der Radweg an der B1 endet im Nichts.\n", Message_ID="<x1@nord.example.org>")
    story.equal(sued.deliver(f"b@{DOMAINS[0]}", FORUMS[1], stripped)[FORUMS[1]][0], 250, "a mail from a forum without its marks is taken")
    settle(between)
    story.ok(len(between.passed) - n_before <= 2, "and it, too, ends after at most two mails",
             [(sent.to, sent.subject) for sent, _ in between.passed[n_before:]][:10])
    for gateway in gateways:
        story.equal(gateway.stop(), 0, "serve ends in order")

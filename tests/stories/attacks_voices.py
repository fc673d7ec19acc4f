#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks on what is counted and on whose name it stands: supports that were taken out and come back by another spelling or another idea
of the group, mailboxes that a merge brings together, people who call themselves organisations."""
import datetime
import json

import fp

ERIKA, FRITZ, JANE = "Erika <erika@example.net>", "Fritz <fritz@example.org>", "Jane <jane@example.org>"
PLUS = "Jane <jane+zwei@example.org>"
FORUM, HELP = f"mobilitaet@{fp.DOMAIN}", f"hilfe@{fp.DOMAIN}"
IDEAS = [None, f"idee-1@{fp.DOMAIN}", f"idee-2@{fp.DOMAIN}"]


def bare(person):
    return person[person.index("<") + 1:-1]


def flat(mail):
    return " ".join(mail.text.split())


class World:
    def __init__(self, story, sink):
        self.story, self.sink = story, sink
        self.gateway = fp.Gateway(story, relay_port=sink.port)
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        for person in (ERIKA, FRITZ, JANE):
            self.gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
        self.gateway.start()

    def idea(self, number):
        return json.loads(self.gateway.must("idea", "show", str(number), "--json"))

    def says(self, person, to, text, dmarc="pass"):
        """What the answer to it says."""
        n = len(self.sink.to(bare(person)))
        self.gateway.write(person, to, "Re", text, dmarc=dmarc)
        self.gateway.settle()
        new = self.sink.to(bare(person))[n:]
        return " ".join(flat(m) for m in new)

    def counts(self, number=1):
        shown = self.idea(number)
        return shown["supporters"], shown["organisations"], shown["supporters_annulled"]


def annulled(w):
    """What the operator took out stays out, and nobody is told that it counts."""
    w.says(JANE, IDEAS[1], "dafür")
    w.says(FRITZ, IDEAS[1], "dafür")
    w.gateway.must("idea", "annul", "1", bare(JANE), "--reason", "Doppelt")
    w.story.equal(w.counts(), (1, 0, 1), "one of two supports is taken out")
    for to, text in ((IDEAS[1], "dafür"), (IDEAS[1].replace("@", "+dafuer@"), ""), (HELP, "dafür 1")):
        said = w.says(JANE, to, text)
        w.story.ok("aus der Zählung genommen" in said and "Sie unterstützen" not in said, f"by {to.split('@')[0]} it does not come back, and she is told so", said)
    done = w.gateway.run("idea", "support", "1", bare(JANE))
    w.story.ok(done.returncode == 77 and "annulled" in done.stderr, "nor by the operator's own word", done)
    w.says(JANE, IDEAS[1], "nicht mehr")
    w.says(JANE, IDEAS[1], "dafür")
    w.story.equal(w.counts(), (1, 0, 1), "nor after NICHT MEHR")
    w.gateway.write(PLUS, IDEAS[1], "Re", "dafür", dmarc="pass")
    asked = w.sink.wait(bare(PLUS))
    w.gateway.respond(asked.message, PLUS, "JA", dmarc="pass")
    w.gateway.settle()
    w.story.equal(w.counts(), (1, 0, 1), "nor from another spelling of the same mailbox")
    w.story.has(flat(w.sink.to(bare(PLUS))[-1]), "aus der Zählung genommen", "which is told the same")


def merged(w):
    """One mailbox has one voice in a group of ideas, however they came together."""
    w.says(PLUS, IDEAS[2], "dafür")
    w.story.equal(w.counts(2), (1, 0, 0), "at another idea she may count")
    w.gateway.must("idea", "merge", "2", "1")
    w.story.equal(w.counts(), (2, 0, 1), "the group has whom each has")
    w.says(PLUS, IDEAS[2], "nicht mehr")
    said = w.says(PLUS, IDEAS[2], "dafür")
    w.story.ok("aus der Zählung" in said and w.counts() == (1, 0, 1), "whose voice was taken out of the lead gives none by the idea beside it", said)
    w.gateway.must("idea", "unmerge", "2")
    w.says(PLUS, IDEAS[2], "dafür")
    w.story.equal(w.counts(2), (1, 0, 0), "which has its own again")
    w.gateway.write(ERIKA, FORUM, "Noch ein Weg", "Noch ein Weg am Kanal.", dmarc="pass")
    third = f"idee-3@{fp.DOMAIN}"
    w.says(JANE, third, "dafür")
    w.gateway.must("idea", "merge", "3", "2")
    w.story.equal((w.counts(2), w.counts(3)), ((1, 0, 0), (1, 0, 0)), "two spellings of one mailbox in two ideas are one voice when these are merged")
    w.gateway.must("idea", "unmerge", "3")
    w.story.equal((w.counts(2), w.counts(3)), ((1, 0, 0), (1, 0, 0)), "and one each when they part")


def names(w):
    """The mark behind an organisation's name is given by us, once, and to nobody else."""
    w.says(FRITZ, HELP, "ORGANISATION: Radverein Essen (Organisation)")
    n = len(w.sink.to(bare(FRITZ)))
    w.gateway.respond(w.sink.to(bare(FRITZ))[-1].message, FRITZ, "JA", dmarc="pass")
    w.gateway.settle()
    said = " ".join(flat(m) for m in w.sink.to(bare(FRITZ))[n:])
    w.story.ok("Name: Radverein Essen (Organisation) Unterstützungen" in said, "an organisation's name has the mark once, and the answer says what it means", said)
    w.story.equal(w.counts()[:2], (0, 1), "its support is counted apart")
    for name in ("Fritz (Organisation)", "Fritz (0rganisation)", "Fritz ( ORGANISATION )", "Fritz (Orgаnisation)"):
        said = w.says(FRITZ, HELP, f"NAME: {name}")
        w.story.has(said, "können wir nicht zeigen", f"no person is called {name}")
    w.story.equal(w.counts()[:2], (0, 1), "and it is what it was")
    said = w.says(FRITZ, HELP, "NAME: Fritz (Organisationstalent)")
    w.story.ok("jetzt dieser Name: Fritz" in said and w.counts()[:2] == (1, 0), "a name that only holds the word is one", said)


def day(n):
    return (datetime.date.today() + datetime.timedelta(days=n)).isoformat()


def phases(w):
    """What a question promised is true: a yes in time counts for what was written in time."""
    w.gateway.must("phase", "add", "sammeln", "--title", "Sammeln", "--from", day(-9), "--to", day(3), "--allows", "support")
    before = w.counts()[0]
    late, early = "Lara <lara@example.com>", "Enno <enno@example.com>"
    w.gateway.write(early, IDEAS[1], "Re", "dafür")
    asked = w.sink.wait(bare(early))
    w.gateway.must("phase", "change", "sammeln", "--to", day(-1))
    w.gateway.respond(asked.message, early, "JA")
    w.gateway.settle()
    w.story.equal(w.counts()[0], before + 1, "a support that came in time counts when its author says yes after the end")
    w.story.has(flat(w.sink.to(bare(early))[-1]), "Sie unterstützen diese Idee", "who is told so")
    w.gateway.must("member", "add", "mobilitaet", bare(late), "--role", "reader", "--delivery", "none")
    said = w.says(late, HELP, "dafür 1")
    w.story.ok("Zur Zeit nehmen wir keine Unterstützungen auf" in said and w.counts()[0] == before + 1, "one that comes after the end does not, and why is said", said)
    n, stranger = len(w.sink.mails), "Sina <sina@example.com>"
    for to, text in ((IDEAS[1], "dafür"), (IDEAS[1].replace("@", "+dafuer@"), ""), (HELP, "dafür 1"), (FORUM, "zu 1")):
        w.gateway.write(stranger, to, "Re", text, dmarc="pass")
        w.gateway.write("Otto <otto@example.com>", to, "Re", text)
    w.gateway.settle()
    told = w.sink.mails[n:]
    w.story.equal(([m.subject for m in told if "ja+" in str(m.message["Reply-To"])], w.sink.to("otto@example.com")), ([], []), "nobody is asked for a yes that could not count")
    w.story.ok([m for m in told if m.to == bare(stranger) and "ur Zeit nehmen wir keine Unterstützungen auf" in flat(m)], "and who proves to have asked is told why", told)
    w.gateway.must("phase", "change", "sammeln", "--to", day(3))


def main():
    with fp.Story("attacks_voices") as story:
        sink = fp.Sink()
        story.at_end(sink.close)
        world = World(story, sink)
        world.gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
        world.gateway.write(ERIKA, FORUM, "Mehr Bänke", "Bitte stellen Sie Bänke auf.", dmarc="pass")
        annulled(world)
        merged(world)
        names(world)
        phases(world)
        story.equal(world.gateway.stop(), 0, "serve ends in order")


main()

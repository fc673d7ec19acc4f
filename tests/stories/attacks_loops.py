#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A ticket system that answers every mail of ours as a person would: from its own address, with proof, without any mark, with a fresh
subject and other words each time. It reads, it moderates, it belongs to an office. What goes to it and back must come to an end by itself."""
import collections
import json

import fp

ERIKA, TICKET = "Erika <erika@example.net>", "Poststelle <poststelle@example.com>"
FORUM, HELP = f"mobilitaet@{fp.DOMAIN}", f"hilfe@{fp.DOMAIN}"
ADDRESS = TICKET[TICKET.index("<") + 1:-1]
CHAIN, UNCLEAR = fp.limit("LIMIT_OWN_CHAIN"), fp.limit("LIMIT_ANSWERS_OF_HOLD")
MOST = 60 # so many rounds are an endless loop


class Desk:
    """A gateway with a ticket system that has ROLE; the forum's texts are read first if MODERATION says so."""

    def __init__(self, story, role, moderation="none"):
        self.sink, self.n = fp.Sink(), 0
        story.at_end(self.sink.close)
        self.gateway = fp.Gateway(story, relay_port=self.sink.port)
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", moderation)
        for who, their in ((ERIKA[7:-1], "reader"), (ADDRESS, role)):
            self.gateway.must("member", "add", "mobilitaet", who, "--role", their, "--delivery", "each")
        self.gateway.start()

    def settle(self, text):
        """It answers with TEXT what came, and what comes of that, until nothing does. {purpose: how many it got}"""
        for _ in range(MOST):
            self.gateway.settle()
            new = self.sink.to(ADDRESS)[self.n:]
            if not new:
                break
            for mail in new:
                self.n += 1
                to = fp.address_of(mail.message["Reply-To"] or mail.message["From"])
                self.gateway.write(TICKET, to, f"[#{1000 + self.n}] Neuer Eingang", text.format(n=1000 + self.n), dmarc="pass")
        with fp.contextlib.closing(fp.sqlite3.connect(f"file:{self.gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
            found = db.execute("SELECT purpose FROM notice WHERE state = 'sent' AND person_id = (SELECT person_id FROM address WHERE address = ?)", (ADDRESS,))
            return collections.Counter(purpose for purpose, in found)

    def states(self, number):
        """Of the contributions below an idea."""
        return [p["state"] for p in json.loads(self.gateway.must("idea", "show", str(number), "--all", "--json"))["posts"]]


def alike(story):
    """The same words with another number: a new version of its own text? It is asked that, and asked again."""
    desk = Desk(story, "reader")
    desk.gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    got = desk.settle("Hallo, das haben wir bekommen und sehen es uns in Ruhe an, Nummer {n}.")
    story.ok(desk.n < MOST and got["ask-kind"] <= 1 + fp.limit("LIMIT_REPLIES_PER_DAY"), "an answer to each question comes to an end", got)
    story.equal(desk.gateway.stop(), 0, "serve ends in order")


def different(story):
    """A word and a number: each is a contribution, whose receipt it answers."""
    desk = Desk(story, "reader")
    desk.gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    got = desk.settle("Fall {n}")
    states = desk.states(1)
    story.equal(states.count("published"), 1 + CHAIN, f"of what answers its own receipts {CHAIN} appear")
    waiting = [h for h in desk.gateway.rows("hold", "list") if h["kind"] == "review"]
    story.ok(waiting and all(h["why"] == ["rate"] for h in waiting), "a moderator looks at the rest first", waiting[:2])
    story.ok(desk.n < 4 * CHAIN, "and the mails to it come to an end", got)
    desk.gateway.write(ERIKA, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "Das finde ich auch.", dmarc="pass")
    before = desk.n
    desk.settle("Fall {n}")
    story.ok(desk.n - before < 4 * CHAIN, "also when somebody else writes there", desk.n - before)
    story.equal(desk.gateway.stop(), 0, "serve ends in order")


def moderates(story):
    """As a moderator it is asked about a text, and answers that."""
    desk = Desk(story, "moderator", "pre")
    for n in range(2):
        desk.gateway.write(ERIKA, FORUM, f"Mehr Radwege {n}", f"Bitte bauen Sie mehr Radwege, Teil {n}.", dmarc="pass")
    got = desk.settle("Hallo, das haben wir bekommen und sehen es uns in Ruhe an, Nummer {n}.")
    story.equal((got["moderate"], got["error-moderation-unclear"]), (2, 2 * UNCLEAR), f"what it says is unclear {UNCLEAR} times about each text, and no more that day")
    story.equal({h["state"] for h in desk.gateway.rows("hold", "list")}, {"open"}, "and decides nothing")
    story.equal(desk.gateway.stop(), 0, "serve ends in order")


def main():
    with fp.Story("attacks_loops") as story:
        alike(story)
        different(story)
        moderates(story)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that one person was given, in other hands: an answer to a forwarded mail of ours, of every kind that has such an address. Whoever writes
is asked as the stranger they are; the owner is asked whether it was them, now and then, and who leads a forum at once. Neither is told the
other's address."""
import contextlib
import datetime
import json
import re
import sqlite3

import fp
import webpeer

ERIKA = "Erika <erika@example.net>"
MOD = "Mona <mona@example.org>"
CLEO = "Cleo <cleo@example.org>"
FRIEND = "Franz <freund@example.com>"
OTHER = "Uta <uta@example.com>"
DORA = "Dora <dora@example.net>"
VERA = "Vera <vera@example.com>"
LENA = "Lena <lena@example.net>"
FORUM, HELP = f"mobilitaet@{fp.DOMAIN}", f"hilfe@{fp.DOMAIN}"
INNER = f"mobilitaet+intern@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


class World:
    def __init__(self, story, port):
        self.story, self.sink = story, fp.Sink()
        story.at_end(self.sink.close)
        self.gateway = fp.Gateway(story, relay_port=self.sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
        g = self.gateway
        g.must("init")
        g.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
        g.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "reader", "--delivery", "each")
        g.must("member", "add", "mobilitaet", bare(MOD), "--role", "moderator", "--delivery", "none")
        g.must("member", "add", "mobilitaet", bare(CLEO), "--role", "member", "--delivery", "each")
        g.start()

    def subjects(self, person):
        return [m.subject for m in self.sink.to(bare(person))]

    def mail(self, person, words, count=1):
        found = fp.wait_for(lambda: [m for m in self.sink.to(bare(person)) if words in m.subject][count - 1:])
        return found[0] if found else None

    def n_asked(self, person):
        self.gateway.settle()
        return len([s for s in self.subjects(person) if s in ("Waren Sie das?", "Jemand hat eine Adresse benutzt, die nur Sie haben")])

    def age(self, what, limit):
        with contextlib.closing(sqlite3.connect(self.gateway.path("forumpost.db"), timeout=60)) as db, db:
            db.execute(f"UPDATE {what}", (fp.limit(limit),))

    def misused(self):
        return len([e for e in self.gateway.rows("event", "list") if e["kind"] == "token.misused"])


def entry(w):
    """The mail about a post, forwarded: its answer is the friend's own, and they are asked."""
    w.gateway.write(CLEO, FORUM, "Mehr Bänke", "Am Fluss fehlen Bänke für alte Leute.", dmarc="pass")
    post = w.mail(ERIKA, "Mehr Bänke")
    w.gateway.respond(post.message, FRIEND, "Ich bin ein Freund und finde das auch gut.", dmarc="fail")
    w.story.equal((w.n_asked(ERIKA), w.misused()), (0, 1), "an answer that nothing proves: the owner of the address is not bothered")
    w.gateway.respond(post.message, FRIEND, "Bänke mit Lehne wären noch besser für uns alle.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in w.sink.to(bare(FRIEND)) if "mit Lehne" in m.text])
    w.story.ok(bool(asked), "the friend is asked as a stranger", *w.subjects(FRIEND))
    question = w.mail(ERIKA, "Waren Sie das?")
    if not w.story.ok(question is not None, "and the owner once whether it was them"):
        return None
    w.story.lacks(question.text + str(question.message), "Lehne", "without a word of it")
    w.story.equal(json.loads(w.gateway.must("idea", "show", "1", "--json"))["posts"][1:], [], "nothing is public, not even as the owner's")
    w.gateway.respond(post.message, FRIEND, "STOPP", dmarc="pass")
    w.gateway.respond(post.message, FRIEND, "+1", dmarc="pass")
    w.gateway.respond(post.message, OTHER, "Ich auch, und zwar sehr gern.", dmarc="pass")
    w.story.equal(w.n_asked(ERIKA), 1, "not again within 30 days")
    w.story.equal(json.loads(w.gateway.must("idea", "show", "1", "--json"))["supporters"], 0, "nor is anything counted in the owner's name")
    w.gateway.write(CLEO, f"idee-1@{fp.DOMAIN}", "Re: Mehr Bänke", "Aus Holz, bitte, und im Schatten.", dmarc="pass")
    w.story.ok(w.mail(ERIKA, "Mehr Bänke", 2) is not None, "and the owner goes on being told")
    return question


def yes_and_no(w, question):
    """The owner's yes asks the other address; only its own yes makes it theirs."""
    w.gateway.respond(question.message, FRIEND, "JA", dmarc="pass")
    w.gateway.settle()
    w.story.equal([s for s in w.subjects(FRIEND) if "Ihre Adresse?" in s], [], "the other one's yes to the owner's question is none")
    w.gateway.respond(question.message, ERIKA, "JA", dmarc="pass")
    theirs = w.mail(FRIEND, "Ihre Adresse?")
    w.story.ok(theirs is not None, "the owner's asks the other address")
    w.gateway.respond(theirs.message, FRIEND, "Ja", dmarc="pass")
    w.story.ok(w.mail(FRIEND, "Adresse gilt") is not None, "whose yes makes them one person")
    post = w.mail(ERIKA, "Mehr Bänke")
    n = w.misused()
    w.gateway.respond(post.message, FRIEND, "Jetzt schreibe ich von meiner zweiten Adresse.", dmarc="pass")
    fp.wait_for(lambda: len(json.loads(w.gateway.must("idea", "show", "1", "--json"))["posts"]) == 3)
    w.story.equal((len(json.loads(w.gateway.must("idea", "show", "1", "--json"))["posts"]), w.misused()), (3, n),
                  "then it is the owner's own address, and no stranger's")


def moderation(w):
    """A decision by somebody else: the moderator hears at once, and says yes or no."""
    w.gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")
    w.gateway.write("Nina <nina@example.com>", FORUM, "Nachtbus", "Ein Bus nach Mitternacht.", dmarc="pass")
    asked = w.mail("Nina <nina@example.com>", "")
    w.gateway.respond(asked.message, "Nina <nina@example.com>", "JA")
    text = w.mail(MOD, "Nachtbus")
    w.gateway.respond(text.message, OTHER, "frei", dmarc="fail")
    told = w.mail(MOD, "Jemand hat eine Adresse benutzt")
    if not w.story.ok(told is not None, "FREI by somebody else, not even proved: the moderator hears at once"):
        return
    w.gateway.respond(text.message, OTHER, "frei", dmarc="pass")
    w.story.equal(w.n_asked(MOD), 1, "at most one mail a day")
    w.story.equal(json.loads(w.gateway.must("idea", "show", "2", "--all", "--json"))["state"], "in_review", "and the text waits")
    w.age("notice SET due_at = due_at - ? WHERE purpose = 'token-misused'", "LIMIT_MISUSED_EVERY_S")
    w.gateway.respond(text.message, OTHER, "ablehnen: Quatsch", dmarc="pass")
    told = w.mail(MOD, "Jemand hat eine Adresse benutzt", 2)
    w.story.ok(told is not None, "the day after another one")
    w.gateway.respond(told.message, MOD, "Nein!", dmarc="pass")
    w.story.ok(w.mail(MOD, "Danke") is not None, "NEIN: the operator is told")
    report = fp.wait_for(lambda: [m for m in w.sink.to(fp.OPERATOR) if "fremden Händen" in m.subject])
    w.story.ok(bool(report), "who can look at it")
    w.gateway.must("forum", "set", "mobilitaet", "--moderation", "none")


def questions(w):
    """frage+: the answer to a question about oneself, from another address."""
    w.gateway.write(CLEO, HELP, "", "meine daten", dmarc="fail")
    question = w.mail(CLEO, "Ihre Daten sehen?")
    w.gateway.respond(question.message, OTHER, "JA", dmarc="pass")
    w.story.ok(w.mail(OTHER, "anderen Adresse") is not None, "a question about oneself, answered from elsewhere: that is no yes")
    asked = w.mail(CLEO, "Waren Sie das?")
    w.story.ok(asked is not None, "and its owner is asked")
    w.gateway.respond(asked.message, CLEO, "NEIN", dmarc="pass")
    w.gateway.settle()
    w.story.equal([s for s in w.subjects(OTHER) if "Ihre Adresse?" in s], [], "a no asks nobody")


def leaving(w):
    """List-Unsubscribe of a forwarded mail: it ends what it says, its owner hears, and is asked."""
    w.gateway.must("member", "add", "mobilitaet", bare(LENA), "--role", "reader", "--delivery", "each")
    w.gateway.write(CLEO, FORUM, "Radwege", "Mehr davon.", dmarc="pass")
    post = w.mail(LENA, "Radwege")
    to = re.search(r"mailto:([^?>]+)", post.message["List-Unsubscribe"]).group(1)
    w.gateway.write(VERA, to, "unsubscribe", "", dmarc="pass")
    w.story.ok(fp.wait_for(lambda: len(w.subjects(LENA)) > 1), "the owner hears that it ended", *w.subjects(LENA))
    w.story.ok(w.mail(LENA, "Waren Sie das?") is not None, "and is asked whether it was them")
    w.story.equal(w.subjects(VERA), [], "the other one hears nothing of it")


def inner(w):
    """The address of an inner discussion in a stranger's hands."""
    w.gateway.must("member", "add", "mobilitaet", "ida@example.org", "--role", "member", "--delivery", "each")
    w.gateway.write(CLEO, INNER, "Geheimplan", "Das bleibt unter uns, bitte.", dmarc="pass")
    asked = w.mail(CLEO, "bestätigen")
    w.gateway.respond(asked.message, CLEO, "JA", dmarc="pass")
    post = w.mail("Ida <ida@example.org>", "Geheimplan")
    w.gateway.respond(post.message, OTHER, "Aha, so ist das also.", dmarc="pass")
    w.story.ok(w.mail("Ida <ida@example.org>", "Jemand hat eine Adresse benutzt") is not None, "an inner address: its owner hears at once")
    w.gateway.settle()
    w.story.ok(not any("Geheim" in m.subject + m.text for m in w.sink.to(bare(OTHER))), "and the stranger reads no title")


def digests(w):
    """A digest, forwarded and answered; and 30 days later once more."""
    w.gateway.must("member", "add", "mobilitaet", bare(DORA), "--role", "reader", "--delivery", "daily")
    w.gateway.write(CLEO, FORUM, "Busspur", "Eine Busspur auf der Allee.", dmarc="pass")
    w.gateway.write(CLEO, FORUM, "Fahrradparken", "Bügel vor die Schule.", dmarc="pass")
    tomorrow = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).strftime("%Y-%m-%d") + "T06:30:00Z"
    w.gateway.must("digest", "run", "--now", tomorrow)
    digest = w.mail(DORA, "")
    w.gateway.respond(digest.message, VERA, "Das ist alles schön und gut, aber wer soll das bezahlen?", dmarc="pass")
    w.story.ok(w.mail(DORA, "Waren Sie das?") is not None, "a digest in other hands: its owner is asked", *w.subjects(DORA))
    w.gateway.settle()
    w.story.equal(len(w.subjects(DORA)), 2, "and hears nothing else of what the other one wrote")
    asked = w.mail(VERA, "")
    w.story.ok(asked is not None and "bezahlen" in asked.text, "who wrote is asked or told what is to become of their words", *w.subjects(VERA))
    w.gateway.respond(digest.message, VERA, "Und noch etwas, wozu auch immer.", dmarc="pass")
    w.story.equal(w.n_asked(DORA), 1, "once")
    w.age("notice SET due_at = due_at - ? WHERE purpose = 'ask-second-address'", "LIMIT_SECOND_EVERY_S")
    w.gateway.respond(digest.message, OTHER, "Wozu das alles, frage ich mich.", dmarc="pass")
    asked = w.mail(DORA, "Waren Sie das?", 2)
    w.story.ok(asked is not None, "and after 30 days again")
    w.age("wish SET expires_at = expires_at - 86400 * (1 + ?) WHERE kind = 'writer'", "LIMIT_WRITER_DAYS")
    w.gateway.respond(asked.message, DORA, "Ja", dmarc="pass")
    w.story.ok(w.mail(DORA, "schon erledigt") is not None, "a yes that comes too late is none", *w.subjects(DORA))


def machines(w):
    n = w.misused()
    post = w.mail(ERIKA, "Mehr Bänke")
    data = fp.answer(post.message, OTHER, "Ich bin im Urlaub.")
    to = fp.address_of(post.message["Reply-To"] or post.message["From"])
    w.gateway.deliver(bare(OTHER), to, fp.found(fp.trace(b"Auto-Submitted: auto-replied\r\n" + data), OTHER, "pass"))
    w.gateway.deliver("", to, fp.found(fp.trace(data.replace(b"Urlaub", b"Amt")), OTHER, "pass"))
    w.story.equal(w.misused(), n, "what a machine writes there is nobody's misuse")


def pages(w, web):
    """Links are no names: whoever opens one reads nobody's address."""
    post = w.mail(LENA, "Radwege")
    for kind in ("p", "u"):
        path = webpeer.link_in(post.text, kind) if f"/{kind}/" in post.text else None
        if path:
            w.story.lacks(web.get(path)[2], "lena@", f"/{kind}: the page of a forwarded link does not name its owner's address")


def main():
    with fp.Story("tokens") as story:
        port = fp.free_port()
        w = World(story, port)
        question = entry(w)
        machines(w)
        if question is not None:
            yes_and_no(w, question)
        moderation(w)
        questions(w)
        leaving(w)
        inner(w)
        digests(w)
        pages(w, webpeer.Web(port))
        story.equal(w.gateway.stop(), 0, "serve ends cleanly")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking part with little: the number of the contribution that is answered; a click on a thumb, which counts and is none; an answer to
what we said, which is no idea before its author says so; LÖSCHEN below somebody else's words."""
import contextlib
import json

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
OTTO = "Otto <otto@example.org>"
MONI = "Moni <moni@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
IDEA = f"idee-1@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(FRITZ), "--role", "reader", "--delivery", "each")
    for person in (ERIKA, OTTO):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(MONI), "--role", "moderator", "--delivery", "none")
    gateway.start()
    return gateway


def show(gateway, number=1):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def counts(gateway, number=1):
    idea = show(gateway, number)
    return idea["supporters"], len(idea["posts"])


def mail_to(sink, person, words, count=1):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject][count - 1:])
    return found[0] if found else None


def zu_number(story, gateway, sink):
    """The number at the head of an answer says which contribution is meant, whatever mail was answered."""
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    post = mail_to(sink, FRITZ, "Bitte bauen Sie mehr Radwege")
    gateway.write(OTTO, IDEA, "x", "Mit Bänken am Weg.", dmarc="pass")
    fp.wait_for(lambda: len(show(gateway)["posts"]) == 2)
    gateway.respond(post.message, FRITZ, "Guten Tag,\n\nzu 2: Gern mit Dach.", dmarc="pass")
    story.equal([(p["number"], p["parent"], p["text"]) for p in fp.wait_for(lambda: show(gateway)["posts"][2:])],
                [(3, 2, "Guten Tag,\n\nzu 2: Gern mit Dach.")], "it stands below that one, with every word")
    gateway.respond(post.message, FRITZ, "zu 9: Gibt es nicht.", dmarc="pass")
    story.equal([(p["number"], p["parent"]) for p in fp.wait_for(lambda: show(gateway)["posts"][3:])], [(4, 1)], "a number that is none says nothing")
    gateway.respond(post.message, FRITZ, "zu 1: Ja.\n\nzu 2: Nein.", dmarc="pass")
    story.equal([(p["number"], p["parent"], p["text"]) for p in fp.wait_for(lambda: show(gateway)["posts"][4:])],
                [(5, 1, "zu 1: Ja.\n\nzu 2: Nein.")], "two numbers say nothing either, and nothing is lost")
    return post


def a_click(story, gateway, post):
    """Gmail's own part, from Otto; a sad face is nothing; and one that nothing proves neither."""
    def click(emoji, dmarc):
        data = (f"From: {OTTO}\r\nTo: {IDEA}\r\nSubject: Re: Mehr Radwege\r\nMessage-ID: <click-{ord(emoji)}-{dmarc}@example.org>\r\n"
                f"In-Reply-To: {post.message['Message-ID']}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{emoji}\r\n\r\nOtto reacted via Gmail\r\n"
                "--b\r\nContent-Type: text/vnd.google.email-reaction+json; charset=utf-8\r\n\r\n"
                f'{{"emoji": "{emoji}", "version": 1}}\r\n--b--\r\n').encode()
        return gateway.deliver(bare(OTTO), IDEA, fp.found(fp.trace(data), OTTO, dmarc))[IDEA][0]
    before = counts(gateway)
    story.equal(click("😢", "pass"), 250, "a sad face is taken")
    story.equal(click("👍", "fail"), 250, "so is a thumb that nobody proves")
    story.equal(counts(gateway), before, "neither counts")
    story.equal(click("👍", "pass"), 250, "a proved one is taken")
    story.equal(counts(gateway), (before[0] + 1, before[1]), "a thumb of somebody we know counts, and is no contribution")


def an_answer_to_us(story, gateway, sink):
    """ "So nehmen Sie teil" is answered: is that an idea? Its author says so, and it is called by what it says."""
    n = len(gateway.rows("idea", "list"))
    gateway.write(OTTO, FORUM, "Hilfe", "Hilfe", dmarc="pass")
    gateway.respond(mail_to(sink, OTTO, "So nehmen Sie teil").message, OTTO, "Guten Tag,\n\nbitte mehr Bänke am Fluss.", dmarc="pass")
    asked = mail_to(sink, OTTO, "mehr Bänke am Fluss")
    story.ok(asked is not None and "Ist diese Idee von Ihnen?" in asked.text and len(gateway.rows("idea", "list")) == n, "an answer to what we said is asked about")
    gateway.respond(asked.message, OTTO, "JA", dmarc="pass")
    story.equal(fp.wait_for(lambda: [i["title"] for i in gateway.rows("idea", "list")][n:]), ["bitte mehr Bänke am Fluss."], "and is called by what it says")


def delete_of_others(story, gateway, sink):
    """LÖSCHEN below somebody else's words: nothing goes, and the answer takes the words that were meant."""
    at = len(gateway.rows("event", "list"))
    for person in (OTTO, MONI):
        gateway.write(person, IDEA, "AW: Mehr Radwege", "LÖSCHEN", dmarc="pass")
    told, moderator = mail_to(sink, OTTO, "Wir haben nichts gelöscht"), mail_to(sink, MONI, "Wir haben nichts gelöscht")
    story.ok(moderator is not None and "ENTFERNEN: Grund" in moderator.text and "ENTFERNEN" not in told.text, "who moderates is told their own word, nobody else")
    gateway.respond(told.message, OTTO, "MELDEN: Das ist Werbung.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "post.reported" in [e["kind"] for e in gateway.rows("event", "list")[at:]]), "MELDEN in answer to that goes to who moderates")
    gateway.respond(told.message, OTTO, "STOPP", dmarc="pass")
    story.ok(fp.wait_for(lambda: "follow.stopped" in [e["kind"] for e in gateway.rows("event", "list")[at:]]) and show(gateway)["state"] == "published",
             "STOPP ends the mails, and the idea stands")


def main():
    with fp.Story("part") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        post = zu_number(story, gateway, sink)
        a_click(story, gateway, post)
        an_answer_to_us(story, gateway, sink)
        delete_of_others(story, gateway, sink)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that say what is wanted: be told of an idea, be told no more, be for it, get a forum or no more of it; with and without a token of
one's own. What is written there besides is a contribution only where somebody is for the idea; elsewhere it is kept and not published, and
the answer says so. Every other word behind the + is refused at once."""
import json
import re

import fp

ERIKA = "Erika <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
NINA = "Nina <nina@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def at(word, idea=1):
    return f"idee-{idea}+{word}@{fp.DOMAIN}"


def mail_to(sink, person, words, count=1):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.subject][count - 1:])
    return found[0] if found else None


def idea(gateway, number=1):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def rcpt(story, gateway):
    client = fp.Client(gateway.door)
    client.command("MAIL FROM:<x@example.com>")
    for word, code in (("folgen", 250), ("follow", 250), ("stopp", 250), ("stop", 250), ("dafuer", 250), ("support", 250), ("erledigt", 250), ("done", 250),
                       ("beraten", 250), ("antwort", 250), ("answer", 250), ("weiter", 250), ("intern", 250), ("folgenn", 550), ("dagegen", 550), ("abo", 550),
                       ("", 550)):
        got = client.command(f"RCPT TO:<{at(word)}>")
        story.ok(got[0] == code and (code == 250 or "5.1.1" in got[1]), f"idee-1+{word}@: {code}", got)
    for word, code in (("abo", 250), ("subscribe", 250), ("abmelden", 250), ("unsubscribe", 250), ("intern", 250), ("folgen", 550)):
        story.equal(client.command(f"RCPT TO:<mobilitaet+{word}@{fp.DOMAIN}>")[0], code, f"mobilitaet+{word}@: {code}")
    story.equal(client.command(f"RCPT TO:<wolken+abo@{fp.DOMAIN}>")[0], 550, "of no forum: 550")
    client.quit()


def voices(story, gateway, sink):
    gateway.write(FRITZ, at("folgen"), "", "", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "Sie folgen") is not None, "+folgen: told of it")
    gateway.write(FRITZ, at("stopp"), "hallo", "Das wird mir zu viel.", dmarc="pass")
    stopped = mail_to(sink, FRITZ, "keine Nachrichten mehr")
    story.ok(stopped is not None and "bewahren wir auf" in stopped.text, "+stopp: no more, and what was written besides is kept and not published")
    story.equal(len(idea(gateway)["posts"]), 1, "indeed it is not")
    gateway.write(FRITZ, at("dafuer"), "", "+1\n\nViele Grüße\nFritz", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "Unterstütz") is not None or idea(gateway)["supporters"] == 1, "+dafuer with the word itself: counted", sink.to(bare(FRITZ)))
    story.equal((idea(gateway)["supporters"], len(idea(gateway)["posts"])), (1, 1), "and no contribution")
    gateway.must("member", "add", "mobilitaet", "paula@example.net", "--role", "reader", "--delivery", "none")
    gateway.write("Paula <paula@example.net>", at("support"), "", "Aus Holz wären sie am schönsten.", dmarc="pass")
    fp.wait_for(lambda: len(idea(gateway)["posts"]) == 2)
    story.equal((idea(gateway)["supporters"], [p["text"] for p in idea(gateway)["posts"][1:]]), (2, ["Aus Holz wären sie am schönsten."]),
                "+support with words: counted, and the words are a contribution")
    gateway.write(NINA, at("dafuer"), "", "Und im Schatten, bitte.", dmarc="pass")
    gateway.settle()
    asked = sink.to(bare(NINA))
    story.ok(len(asked) == 1 and "im Schatten" in asked[0].text and "unterstützen Sie auch die Idee" in asked[0].text,
             "from a stranger: one question about both", asked)
    story.equal((idea(gateway)["supporters"], len(idea(gateway)["posts"])), (2, 2), "and nothing is public before")
    gateway.write(NINA, at("dafuer"), "", "+1", dmarc="pass")
    gateway.settle()
    story.equal(len(sink.to(bare(NINA))), 1, "the word alone, once more, is no second question")
    gateway.respond(asked[0].message, NINA, "JA", dmarc="pass")
    fp.wait_for(lambda: len(idea(gateway)["posts"]) == 3)
    story.equal((idea(gateway)["supporters"], [p["text"] for p in idea(gateway)["posts"][2:]]), (3, ["Und im Schatten, bitte."]), "JA does both")
    followers = idea(gateway)["followers"]
    gateway.write("Olga <olga@example.com>", at("folgen"), "", "Ich möchte mehr wissen.", dmarc="fail")
    gateway.settle()
    story.equal((len(sink.to("olga@example.com")), idea(gateway)["followers"]), (1, followers), "in somebody's name: they are asked, and not told of it before")


def tokens(story, gateway, sink):
    gateway.must("member", "add", "mobilitaet", bare(FRITZ), "--role", "reader", "--delivery", "each")
    gateway.write(FRITZ, at("folgen"), "", "", dmarc="pass")
    gateway.write(ERIKA, f"idee-1@{fp.DOMAIN}", "Re: Mehr Bänke", "Und Papierkörbe daneben.", dmarc="pass")
    post = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "Papierkörbe" in m.text])
    if not story.ok(bool(post), "a post is told"):
        return
    to = re.search(r"mailto:([^?>]+)", post[0].message["List-Unsubscribe"]).group(1)
    story.ok(re.fullmatch(rf"idee-1\+stopp-\d+-\w{{16}}@{fp.DOMAIN}", to) is not None, "List-Unsubscribe names the idea, the word and a token", to)
    n = len([e for e in gateway.rows("event", "list") if e["kind"] == "follow.stopped"])
    gateway.deliver("other@elsewhere.example", to, fp.trace(fp.mail("other@elsewhere.example", to, "unsubscribe", "Remove me")))
    story.equal(len([e for e in gateway.rows("event", "list") if e["kind"] == "follow.stopped"]), n + 1, "whatever a program writes there, from any address: it ends")
    own = gateway.own_address(1, bare(FRITZ))
    n = len([m for m in sink.to(bare(FRITZ)) if "Sie folgen" in m.subject])
    gateway.write(FRITZ, own.replace("idee-1+", "idee-1+folgen-"), "", "", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "Sie folgen", n + 1) is not None, "a word before one's own token: the same")


def forums(story, gateway, sink):
    gateway.write(ERIKA, f"mobilitaet+abo@{fp.DOMAIN}", "Hallo", "Ich freue mich auf die Nachrichten.", dmarc="pass")
    told = mail_to(sink, ERIKA, "Ihre Anweisung")
    story.ok(told is not None and "bewahren wir auf" in told.text, "FORUM+abo@: done, and what was written besides is kept", told and told.text)
    story.ok(any(m["address"] == bare(ERIKA) for m in gateway.rows("member", "list", "mobilitaet")), "they are in")
    gateway.write(ERIKA, f"mobilitaet+abmelden@{fp.DOMAIN}", "", "", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "Ihre Anweisung", 2) is not None, "FORUM+abmelden@: done")
    story.equal([m["delivery"] for m in gateway.rows("member", "list", "mobilitaet") if m["address"] == bare(ERIKA)], ["none"], "and gets nothing more")
    story.equal(len(gateway.rows("idea", "list")), 1, "no idea came of any of it")


def main():
    with fp.Story("addresses") as story:
        sink = fp.Sink()
        story.at_end(sink.close)
        gateway = fp.Gateway(story, relay_port=sink.port)
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        gateway.must("forum", "add", "sport", "--title", "Sport", "--moderation", "none")
        gateway.must("member", "add", "sport", bare(ERIKA), "--role", "reader", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", bare(FRITZ), "--role", "reader", "--delivery", "none")
        gateway.start()
        gateway.write(ERIKA, FORUM, "Mehr Bänke", "Am Fluss fehlen Bänke.", dmarc="pass")
        asked = sink.wait(bare(ERIKA))
        if asked is not None and "bestätigen" in asked.subject:
            gateway.respond(asked.message, ERIKA, "JA", dmarc="pass")
        fp.wait_for(lambda: gateway.rows("idea", "list"))
        rcpt(story, gateway)
        voices(story, gateway, sink)
        tokens(story, gateway, sink)
        forums(story, gateway, sink)
        story.equal(gateway.stop(), 0, "serve ends cleanly")


main()

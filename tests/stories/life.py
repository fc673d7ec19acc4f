#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of contributions, each said as a mail in and a mail out: asked, confirmed, published, answered, moderated,
stopped; machines, duplicates, other addresses; and that nobody's address gets out."""
import json
import os
import re
import signal

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
MEHMET = "Mehmet <mehmet@example.com>"
ANNA = "Anna <anna@example.org>"
MODERATOR = "Büro <moderation-buero@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
CHECKED = f"gesundheit@{fp.DOMAIN}"
TEXT = "Guten Tag,\n\nein Ticket für das ganze Ruhrgebiet, bitte.\n\nErika"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.must("forum", "add", "gesundheit", "--title", "Gesundheit", "--moderation", "pre")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "gesundheit", "moderation-buero@example.org", "--role", "moderator", "--delivery", "none")
    gateway.start()
    return gateway


def posts(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]


def a_citizen_writes(story, gateway, sink):
    code, text = gateway.write(ERIKA, FORUM, "Ein Ticket", TEXT)
    story.equal(code, 250, "a citizen's mail is taken")
    question = sink.wait(bare(ERIKA))
    story.ok(question is not None, "she is asked")
    story.has(question.text, "ein Ticket für das ganze Ruhrgebiet, bitte.", "the question shows the text that will be public")
    story.equal(gateway.rows("idea", "list"), [], "nothing is public before her yes")
    story.equal(question.message["Auto-Submitted"], "auto-replied", "the question says that a machine wrote it")
    story.equal(len(question.recipients), 1, "one recipient")
    gateway.respond(question.message, ERIKA, "Ja, ich bin ab Montag wieder im Büro.", quote=False)
    story.equal(gateway.rows("idea", "list"), [], "a yes inside a sentence is no yes")
    story.equal(gateway.respond(question.message, ERIKA, "JA\nNAME: Erika B.")[0], 250, "she answers JA")
    ideas = fp.wait_for(lambda: gateway.rows("idea", "list"))
    story.equal([(i["number"], i["forum"], i["title"], i["state"], i["posts"]) for i in ideas],
                [(1, "mobilitaet", "Ein Ticket", "published", 1)], "the idea is public under its number")
    story.equal([(p["person"], p["kind"], p["text"]) for p in posts(gateway, 1)], [("Erika B.", "idea", TEXT)],
                "with her words and the name that she chose")
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if f"idee-1@{fp.DOMAIN}" in m.text])
    story.ok(receipt, "she gets a receipt with the idea's address")
    gateway.respond(question.message, ERIKA, "JA")
    story.equal(len(gateway.rows("idea", "list")), 1, "a second yes changes nothing")


def others_answer(story, gateway, sink):
    told = sink.wait(bare(ANNA))
    story.ok(told is not None and TEXT.splitlines()[2] in told.text, "a member with delivery each is told")
    story.equal(gateway.respond(told.message, ANNA, "Das wünschen sich viele.", dmarc="pass")[0], 250, "her answer is taken")
    story.equal([(p["number"], p["parent"], p["text"]) for p in fp.wait_for(lambda: posts(gateway, 1)[1:])],
                [(2, 1, "Das wünschen sich viele.")], "and stands below the idea, without what she quoted")
    heard = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "wünschen sich viele" in m.text])
    story.ok(heard, "the author hears of it")
    gateway.write(MEHMET, f"idee-1@{fp.DOMAIN}", "ganz anderer Betreff", "Auch für Studierende?")
    question = sink.wait(bare(MEHMET))
    story.equal(len(posts(gateway, 1)), 2, "a stranger's answer waits for his yes")
    gateway.respond(question.message, MEHMET, "evet")
    story.equal([p["text"] for p in fp.wait_for(lambda: posts(gateway, 1)[2:])], ["Auch für Studierende?"],
                "his yes in Turkish puts it into the discussion")
    third = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "Studierende" in m.text])[0]
    gateway.respond(third.message, ERIKA, "Ja, auch für sie.", dmarc="pass")
    story.equal([(p["number"], p["parent"]) for p in fp.wait_for(lambda: posts(gateway, 1)[3:])], [(4, 3)],
                "a known, proved person is not asked again; the parent is the post she answered")
    return third


def answers_between_lines(story, gateway, sink, third):
    """Some programs quote without any mark; what people write between our lines must arrive, and our lines must not."""
    gateway.write(ERIKA, f"idee-1@{fp.DOMAIN}", "x", "Erstens braucht es eine einzige App für alle Verkehrsbetriebe im Land.\n\n"
                  "Zweitens soll der Automat auch Bargeld nehmen, denn nicht jeder hat eine Karte.", dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if "Zweitens" in m.text])[0]
    body = ("\n\n-----Ursprüngliche Nachricht-----\nVon: Forum <" + fp.address_of(told.message["From"]) + ">\nGesendet: Montag, 2. März 2026 08:00\n"
            "An: Anna\nBetreff: Ein Ticket\n\nErstens braucht es eine einzige App für alle Verkehrsbetriebe im Land.\n"
            "Die gibt es doch schon bei uns.\nZweitens soll der Automat auch Bargeld nehmen, denn nicht jeder hat eine Karte.\n"
            "Da stimme ich ganz zu.\n")
    before = len(posts(gateway, 1))
    gateway.respond(told.message, ANNA, body, dmarc="pass", quote=False)
    text = fp.wait_for(lambda: posts(gateway, 1)[before:])[0]["text"]
    story.equal(text, "> Erstens braucht es eine einzige App für alle Verkehrsbetriebe im Land.\nDie gibt es doch schon bei uns.\n\n"
                "> Zweitens soll der Automat auch Bargeld nehmen, denn nicht jeder hat eine Karte.\nDa stimme ich ganz zu.",
                "answers between unmarked lines of ours arrive, each with the line that it answers")


def forged_and_foreign(story, gateway, sink, third):
    before = len(posts(gateway, 1))
    gateway.respond(third.message, "Mallory <mallory@example.com>", "Ich bin Erika.", dmarc="pass")
    gateway.respond(third.message, ERIKA, "Gefälscht.", dmarc="fail")
    story.equal(len(posts(gateway, 1)), before, "a token from a wrong sender or with a forged From publishes nothing")
    story.ok(sink.wait("mallory@example.com") is not None, "who holds somebody's token is asked like a stranger")
    story.equal(gateway.write(ERIKA, f"nix@{fp.DOMAIN}", "x", "x")[0], 550, "an unknown forum is refused at RCPT")
    story.equal(gateway.write(ERIKA, "x@elsewhere.example", "x", "x")[0], 550, "so is a foreign domain")
    story.equal(gateway.write(ERIKA, f"ja+1-0000000000000000@{fp.DOMAIN}", "x", "JA")[0], 550, "so is a forged token")


def machines(story, gateway, sink):
    gateway.settle()
    n_mails, before = len(sink.mails), len(gateway.rows("idea", "list"))
    for name, headers in {"auto": {"Auto_Submitted": "auto-replied"}, "list": {"List_Id": "<x.example.net>", "Precedence": "list"}}.items():
        gateway.write(f"{name}@example.net", FORUM, "Automatische Antwort: Abwesenheit", "Ich bin nicht da.", dmarc="pass", **headers)
    gateway.deliver("", FORUM, fp.mail("MAILER-DAEMON@example.net", FORUM, "Undelivered Mail Returned to Sender",
                                       "<x@example.com>: host mx said: 550 5.1.1 User unknown"))
    gateway.settle()
    verdicts = [e["kind"] for e in gateway.rows("event", "list")][-3:]
    story.equal(verdicts, ["message.ignore"] * 3, "machines' mails are kept and ignored")
    story.equal((len(sink.mails), len(gateway.rows("idea", "list"))), (n_mails, before), "not answered, not posted")


def duplicates(story, gateway):
    data = fp.mail(ANNA, FORUM, "Radwege", "Mehr Radwege.", Message_ID="<rad@example.org>",
                   Authentication_Results=f"mx.{fp.DOMAIN}; dmarc=pass header.from=example.org")
    for to in ([FORUM], [FORUM], [f"gesundheit@{fp.DOMAIN}", FORUM]):
        gateway.deliver(bare(ANNA), to, data)
    story.equal([i["title"] for i in gateway.rows("idea", "list")].count("Radwege"), 1, "the same mail three times is one idea")
    changed = data.replace(b"Mehr Radwege.", b"Bessere Radwege.")
    gateway.deliver(bare(ANNA), [FORUM], changed)
    story.equal([i["title"] for i in gateway.rows("idea", "list")].count("Radwege"), 2, "the same Message-ID with other words is kept")
    story.has(json.dumps(gateway.rows("event", "list")), "same-id-other-content", "and flagged")


def moderation(story, gateway, sink):
    gateway.write(ANNA, CHECKED, "Hausärzte", "Mehr Hausärzte auf dem Land.", dmarc="pass")
    gateway.respond([m for m in fp.wait_for(lambda: [m for m in sink.to(bare(ANNA)) if "Hausärzte" in m.text])][0].message, ANNA, "JA")
    asked = sink.wait(bare(MODERATOR))
    story.ok(asked is not None and "Mehr Hausärzte" in asked.text, "a moderator is shown the post")
    number = gateway.rows("hold", "list")
    review = [h for h in number if h["kind"] == "review"]
    story.equal([h["forum"] for h in review], ["gesundheit"], "it stands in hold list")
    idea = review[0]["idea"]
    story.equal(posts(gateway, idea), [], "and is not public")
    gateway.respond(asked.message, MODERATOR, "ablehnen", dmarc="pass")
    story.equal(posts(gateway, idea), [], "a rejection without a reason decides nothing")
    gateway.respond(asked.message, "Fremde <fremde@example.com>", "frei", dmarc="pass")
    story.equal(posts(gateway, idea), [], "somebody else's frei decides nothing")
    gateway.respond(asked.message, MODERATOR, "frei", dmarc="fail")
    story.equal(posts(gateway, idea), [], "nor does a moderator's frei that was not proved")
    gateway.respond(asked.message, MODERATOR, "frei", dmarc="pass")
    story.equal([p["text"] for p in fp.wait_for(lambda: posts(gateway, idea))], ["Mehr Hausärzte auf dem Land."], "frei publishes it")
    gateway.write(ERIKA, f"idee-{idea}@{fp.DOMAIN}", "AW", "Kaufen Sie bei mir!", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(MODERATOR)) if "Kaufen Sie" in m.text])[0]
    for _ in range(2):
        gateway.respond(asked.message, MODERATOR, "ablehnen: Das ist Werbung.", dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "Das ist Werbung." in m.text])
    story.equal(len(told), 1, "a rejected author is told the reason, once")
    story.equal(len(posts(gateway, idea)), 1, "and the post stays unseen")


def stopping(story, gateway, sink):
    last = [m for m in sink.to(bare(MEHMET))][-1]
    gateway.respond(last.message, MEHMET, "STOPP")
    before = len([m for m in sink.to(bare(MEHMET)) if "Zwischenruf" in m.text])
    gateway.write(ANNA, f"idee-1@{fp.DOMAIN}", "x", "Ein Zwischenruf.", dmarc="pass")
    fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "Zwischenruf" in m.text])
    story.ok(gateway.settle(), "all who are told have been told")
    story.equal(len([m for m in sink.to(bare(MEHMET)) if "Zwischenruf" in m.text]), before, "after STOPP nothing more comes")


def nothing_leaks(story, gateway, sink):
    people = {bare(p) for p in (ERIKA, MEHMET, ANNA, MODERATOR)}
    leaks = [(sent.to, other) for sent in sink.mails for other in people - set(sent.recipients) if other.encode() in sent.data]
    story.equal(leaks, [], "no mail holds anybody else's address")
    story.equal([s for s in sink.mails if len(s.recipients) != 1], [], "every mail has one recipient")
    shown = gateway.must("idea", "list") + gateway.must("idea", "list", "--json") + gateway.must("idea", "show", "1", "--json") + \
        gateway.must("queue", "list", "--state", "sent", "--json") + gateway.log_from().decode()
    story.equal([p for p in people if p in shown], [], "nor does a list or the log")
    ids = [sent.message["Message-ID"] for sent in sink.mails]
    story.ok(all(re.fullmatch(rf"<[a-z0-9-]+@{re.escape(fp.DOMAIN)}>", i.strip()) for i in ids), "Message-IDs are ours")
    story.ok(all(sent.sender.endswith("@" + fp.DOMAIN) and sent.sender.startswith(("bounce+", "bounce-forum+")) for sent in sink.mails),
             "envelope senders name the notice")
    story.equal(gateway.must("event", "verify").strip(), "the journal is whole", "the journal is whole")


def starting_at_once(story, gateway):
    """The old one's duties may still be finishing what was in flight when the new one starts."""
    os.kill(gateway.process.pid, signal.SIGKILL)
    gateway.process.wait()
    gateway.start()
    story.equal(gateway.write(ERIKA, FORUM, "Nach dem Absturz", "Noch eine Idee.", dmarc="pass")[0], 250,
                "a serve started at once after kill -9 of the one before takes mail")


with fp.Story("life") as story:
    sink = fp.Sink()
    gateway = set_up(story, sink)
    a_citizen_writes(story, gateway, sink)
    third = others_answer(story, gateway, sink)
    answers_between_lines(story, gateway, sink, third)
    forged_and_foreign(story, gateway, sink, third)
    machines(story, gateway, sink)
    duplicates(story, gateway)
    moderation(story, gateway, sink)
    stopping(story, gateway, sink)
    nothing_leaks(story, gateway, sink)
    starting_at_once(story, gateway)

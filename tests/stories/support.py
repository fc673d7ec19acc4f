#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Being for an idea, and following it, by mail: one word; each person counts once; who is not proved is asked, and not more than once; the answer says how
many are for it, and that the number is not representative; what goes on behind the word is a contribution."""
import contextlib
import json

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
JANE = "Jane <jane@example.org>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
STRANGER = "Karl <karl@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
IDEA = f"idee-1@{fp.DOMAIN}"
IDEA2 = f"idee-2@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "none")
    for person in (ERIKA, FRITZ, JANE):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    fp.wait_for(lambda: show(gateway)["state"] == "published")
    return gateway


def show(gateway):
    return json.loads(gateway.must("idea", "show", "1", "--json"))


def mail_to(sink, person, words, count=1, title=""):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if (words in m.text or words in m.subject) and title in m.text][count - 1:])
    return found[0] if found else None


def counts(gateway):
    idea = show(gateway)
    return idea["supporters"], idea["followers"], len(idea["posts"])


def one_is_for_it(story, gateway, sink):
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "+1\n\nViele Grüße\nFritz", dmarc="pass")
    answer = mail_to(sink, FRITZ, "Ihre Unterstützung")
    story.ok(answer is not None, "+1 is answered")
    story.has(answer.text, "Eine Person unterstützt die Idee.", "with how many are for it")
    story.has(answer.text, "nicht repräsentativ", "and what that number is not")
    story.equal(counts(gateway), (1, 2, 1), "one is for it and follows it, and no contribution came of it")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "Dafür!", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "Jede Person zählt einmal", 2) is not None, "who says it again is answered again")
    story.equal(counts(gateway), (1, 2, 1), "and counts once")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "+1, aber bitte an Schulen.", dmarc="pass")
    story.equal(fp.wait_for(lambda: counts(gateway)[2] == 2), True, "+1 with more behind it is a contribution")
    return answer


def who_does_not_count(story, gateway, sink):
    gateway.write(ERIKA, IDEA, "Re: Mehr Radwege", "unterstützen", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "selbst geschrieben") is not None, "its author does not count")
    gateway.write(LEAD, IDEA, "Re: Mehr Radwege", "dafür", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "betreuen dieses Forum") is not None, "nor who leads the forum")
    gateway.write(JANE, IDEA, "Re: Mehr Radwege", "folgen", dmarc="fail")
    story.equal(counts(gateway)[:2], (1, 2), "and what came in somebody's name does not do anything either")
    asked = mail_to(sink, JANE, "in Ihrem Namen kam eine E-Mail")
    story.ok(asked is not None and "Mehr Radwege" in asked.text, "that person is asked, and about which idea", asked and asked.text)
    gateway.respond(asked.message, JANE, "NEIN", dmarc="pass")
    gateway.settle()
    story.equal(counts(gateway)[1], 2, "and NEIN ends it")


def strangers(story, gateway, sink):
    before = counts(gateway)
    gateway.write(STRANGER, IDEA, "Re: Mehr Radwege", "support", dmarc="pass")
    question = mail_to(sink, STRANGER, "Unterstützen Sie diese Idee?")
    story.ok(question is not None, "a stranger is asked whether that was them")
    story.equal(counts(gateway), before, "and does not count before")
    gateway.write(STRANGER, IDEA, "Re: Mehr Radwege", "+1", dmarc="fail")
    gateway.write(STRANGER, IDEA, "Re: Mehr Radwege", "dafür", dmarc="pass")
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(STRANGER)) if "bestätigen" in m.subject]), 1, "about one idea once a day")
    gateway.respond(question.message, STRANGER, "JA\nNAME: Karl", dmarc="pass")
    answer = mail_to(sink, STRANGER, "Ihre Unterstützung")
    story.ok(answer is not None and "Sie unterstützen diese Idee." in answer.text, "JA counts it, and says so")
    story.equal(counts(gateway), (before[0] + 1, before[1] + 1, before[2]), "one more is for it and follows it, and nothing was written")
    gateway.write(STRANGER.replace("karl@", "karl+2@"), IDEA, "Re: Mehr Radwege", "+1", dmarc="pass")
    again = mail_to(sink, STRANGER.replace("karl@", "karl+2@"), "Unterstützen Sie diese Idee?")
    if again is not None:
        gateway.respond(again.message, STRANGER.replace("karl@", "karl+2@"), "JA", dmarc="pass")
        gateway.settle()
    story.equal(counts(gateway)[0], before[0] + 1, "another address of the same mailbox is no second person")
    gateway.deliver(bare(FRITZ), [IDEA2], fp.found(fp.trace(fp.mail(FRITZ, JANE, "Ein Dach", "+1", Cc=IDEA2)), FRITZ, "pass"))
    question = mail_to(sink, FRITZ, "Unterstützen Sie diese Idee?", title="Ein Dach")
    story.ok(question is not None, "who had us in Cc only is asked")
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["supporters"], 0, "and does not count before")


def asked_to(sink, person):
    return [m for m in sink.to(bare(person)) if "Sollen wir das tun?" in m.text]


def asked_first(story, gateway, sink):
    """FOLGEN, NICHT MEHR, ZU 2 and the same with numbers, from people whom nothing proves: one question, and JA does it."""
    nele, before = "Nele <nele@example.com>", show(gateway)
    gateway.write(nele, f"hilfe@{fp.DOMAIN}", "", "Folgen 1\ndafür 2\nabonnieren mobilitaet", dmarc="pass")
    asked = mail_to(sink, nele, "Sollen wir das tun?")
    story.ok(asked is not None and all(w in asked.text for w in ("Folgen 1", "dafür 2", "abonnieren mobilitaet", "Mehr Radwege")),
             "three words of a stranger are one question", asked and asked.text)
    story.equal((counts(gateway), len(sink.to(bare(nele)))), ((before["supporters"], before["followers"], len(before["posts"])), 1), "and nothing is done before")
    gateway.deliver("x@example.com", [asked.message["Reply-To"] or asked.message["From"]],
                    fp.found(fp.trace(fp.mail("Fremd <x@example.com>", nele, "Re: x", "JA")), "x@example.com", "pass"))
    gateway.settle()
    story.equal(counts(gateway)[1], before["followers"], "somebody else's JA does not either")
    gateway.respond(asked.message, nele, "JA", dmarc="fail")
    done = mail_to(sink, nele, "Das haben wir getan")
    story.ok(done is not None, "their JA does, since only they were asked, and is answered once", sink.to(bare(nele)))
    story.equal(counts(gateway)[1], before["followers"] + 1, "they follow the one")
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["supporters"], 1, "are for the other")
    story.ok(any(m["address"] == bare(nele) and m["role"] == "reader" for m in gateway.rows("member", "list", "mobilitaet")), "and get the forum's news")
    gateway.respond(asked.message, nele, "JA", dmarc="fail")
    gateway.settle()
    story.equal(counts(gateway)[1], before["followers"] + 1, "a second JA does nothing")
    for words, count in (("Nicht mehr 2", 0), ("dafür 2", None)):
        gateway.write(nele, f"hilfe@{fp.DOMAIN}", "", words, dmarc="fail")
        gateway.settle()
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["supporters"], 1, "what comes in their name later is asked again, not done")
    n = len(asked_to(sink, nele))
    gateway.write(nele, f"hilfe@{fp.DOMAIN}", "", "probe\nfolgen 2", dmarc="fail")
    gateway.settle()
    story.equal(len(asked_to(sink, nele)), n, "a probe asks nothing")


def one_idea_for_another(story, gateway, sink):
    """ZU 2 in answer to a receipt, from whom nothing proves: both or nothing, after JA."""
    otto = "Otto <otto@example.org>"
    gateway.must("member", "add", "mobilitaet", bare(otto), "--role", "reader", "--delivery", "none")
    gateway.write(otto, FORUM, "Noch ein Dach", "Ein Dach für Räder.", dmarc="pass")
    receipt = mail_to(sink, otto, "ist veröffentlicht")
    number = max(i["number"] for i in gateway.rows("idea", "list"))
    gateway.respond(receipt.message, otto, "zu 2", dmarc="fail")
    asked = mail_to(sink, otto, "Sollen wir das tun?")
    state = lambda n: json.loads(gateway.must("idea", "show", str(n), "--json"))
    story.ok(asked is not None and state(number)["state"] == "published", "ZU 2 that nothing proves is asked, and the idea stays", sink.to(bare(otto)))
    before = state(2)["supporters"]
    gateway.respond(asked.message, otto, "JA", dmarc="fail")
    fp.wait_for(lambda: state(number)["state"] == "withdrawn")
    story.equal((state(number)["state"], state(2)["supporters"]), ("withdrawn", before + 1), "JA takes it back and counts them there")
    gateway.write(otto, IDEA2, "Re: Ein Dach", "nicht mehr", dmarc="fail")
    gateway.settle()
    story.equal((len(asked_to(sink, otto)), state(2)["supporters"]), (1, before + 1), "a second question that day has to wait")
    gateway.write(otto, IDEA2, "Re: Ein Dach", "nicht mehr", dmarc="pass")
    fp.wait_for(lambda: state(2)["supporters"] == before)
    story.equal(state(2)["supporters"], before, "with proof it needs no question")


def bombed(story, gateway, sink):
    """Somebody writes in Vera's name, 60 times."""
    victim = "Vera <vera@example.com>"
    for n in range(20):
        gateway.write(victim, f"hilfe@{fp.DOMAIN}", "", f"folgen {1 + n % 2}\nsuche: www.kasino{n}.example", dmarc="fail")
    gateway.settle()
    story.equal(len(sink.to(bare(victim))), 1, "twenty forged orders in one name are one mail to that person")
    story.ok("www." not in sink.to(bare(victim))[0].text, "with no link in it", sink.to(bare(victim))[0].text)
    for n in range(30):
        gateway.write(victim, IDEA, "Re: Mehr Radwege", "+1", dmarc="fail")
        gateway.write(victim, IDEA2, "Re: Ein Dach", "dafür", dmarc="fail")
    gateway.settle()
    story.equal(len(sink.to(bare(victim))), 1, "sixty forged +1 in one name are one mail to that person")


def taken_back(story, gateway, sink, answer):
    gateway.respond(answer.message, FRITZ, "NICHT MEHR", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "nicht mehr. Wir haben") is not None, "NICHT MEHR takes it back")
    story.equal(counts(gateway)[0], 1, "one less is for it")


def followed(story, gateway, sink):
    before = counts(gateway)[1]
    gateway.write(JANE, IDEA, "Re: Mehr Radwege", "folgen", dmarc="pass")
    answer = mail_to(sink, JANE, "Sie folgen jetzt")
    story.ok(answer is not None, "FOLGEN is answered")
    story.equal(counts(gateway)[1], before + 1, "one more follows")
    gateway.respond(answer.message, JANE, "Stumm", dmarc="pass")
    story.ok(mail_to(sink, JANE, "keine Nachrichten mehr") is not None, "STUMM is answered")
    story.equal(counts(gateway)[1], before, "one less does")
    gateway.write(JANE, IDEA, "Re: Mehr Radwege", "abonnieren", dmarc="pass")
    story.equal(fp.wait_for(lambda: counts(gateway)[1] == before + 1), True, "who follows again is told again")


def very_many(story, gateway, sink):
    most = fp.limit("LIMIT_SUPPORTS_HOUR")
    before = json.loads(gateway.must("idea", "show", "2", "--json"))["supporters"]
    for n in range(most + 2):
        gateway.must("member", "add", "mobilitaet", f"viele{n}@example.org", "--role", "reader", "--delivery", "none")
        gateway.must("idea", "support", "2", f"viele{n}@example.org")
    journal = [e["kind"] for e in gateway.rows("event", "list", "--idea", "2")]
    story.equal(journal.count("support.flagged"), 1, "very many for one idea within an hour are noted once")
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["supporters"], before + most + 2, "and all of them count")


def organisations(story, gateway, sink):
    before = counts(gateway)
    gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", "organisation: Radverein Essen", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "Radverein Essen" in m.text and "JA" in m.text])
    story.ok(bool(asked) and not any("Organisation" in (p["person"] or "") for p in show(gateway)["posts"]), "ORGANISATION: proved or not, its writer is asked", asked)
    gateway.respond(asked[0].message, FRITZ, "JA", dmarc="pass")
    gateway.settle()
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "Dafür!", dmarc="pass")
    answer = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "Dazu kommt eine Organisation." in m.text])
    story.ok(bool(answer), "an organisation is counted beside the persons")
    story.equal(counts(gateway)[0], before[0], "and not among them")
    other = "Petra <petra@verein.example.org>"
    gateway.must("member", "add", "mobilitaet", bare(other), "--role", "reader", "--delivery", "none")
    gateway.write(other, f"hilfe@{fp.DOMAIN}", "", "organisation: RADVEREIN  Éssen", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(other)) if "RADVEREIN" in m.text and "JA" in m.text])
    gateway.respond(asked[0].message, other, "JA", dmarc="pass")
    gateway.settle()
    gateway.write(other, IDEA, "Re: Mehr Radwege", "Dafür!", dmarc="pass")
    gateway.settle()
    story.equal((show(gateway)["organisations"], counts(gateway)[0]), (1, before[0]), "two people of one organisation are one, however they write its name")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "Wir helfen gern mit.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Radverein Essen (Organisation)" in [p["person"] for p in show(gateway)["posts"]]),
             "its name says what it is")
    gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", "name: Fritz F.", dmarc="pass")
    story.ok(fp.wait_for(lambda: counts(gateway)[0] == before[0] + 1), "NAME makes a person of it again")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "nicht mehr", dmarc="pass")
    fp.wait_for(lambda: counts(gateway)[0] == before[0])


def at_the_command_line(story, gateway, sink):
    gateway.must("idea", "support", "1", bare(JANE))
    story.equal(counts(gateway)[0], 2, "`idea support` counts a person")
    story.equal(gateway.run("idea", "support", "1", bare(JANE)).returncode, 77, "once")
    story.equal(gateway.run("idea", "support", "1", bare(ERIKA)).returncode, 77, "not its author")
    story.equal(gateway.run("idea", "support", "1", "niemand@example.org").returncode, 66, "nobody whom we do not know")
    story.equal(gateway.run("idea", "annul", "1", bare(FRITZ), "--reason", "Testperson").returncode, 0, "`idea annul` takes a support out")
    before = counts(gateway)[0]
    story.equal(show(gateway)["supporters_annulled"], 1, "and says how many it took")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "dafür", dmarc="pass")
    gateway.settle()
    story.equal(counts(gateway)[0], before, "which does not come back")
    gateway.must("idea", "state", "1", "done", "--reason", "Gebaut.")
    gateway.write(FRITZ, IDEA, "Re: Mehr Radwege", "dafür", dmarc="pass")
    story.ok(mail_to(sink, FRITZ, "kann man jetzt nicht unterstützen") is not None, "what is done takes no support")
    journal = [e["kind"] for e in gateway.rows("event", "list", "--idea", "1")]
    story.ok({"support.added", "support.withdrawn", "follow.started"} <= set(journal), "the journal knows")


def main():
    with fp.Story("support") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        answer = one_is_for_it(story, gateway, sink)
        who_does_not_count(story, gateway, sink)
        gateway.write(ERIKA, FORUM, "Ein Dach", "Bitte ein Dach.", dmarc="pass")
        fp.wait_for(lambda: len(gateway.rows("idea", "list")) == 2)
        strangers(story, gateway, sink)
        asked_first(story, gateway, sink)
        one_idea_for_another(story, gateway, sink)
        bombed(story, gateway, sink)
        taken_back(story, gateway, sink, answer)
        followed(story, gateway, sink)
        organisations(story, gateway, sink)
        very_many(story, gateway, sink)
        at_the_command_line(story, gateway, sink)


main()

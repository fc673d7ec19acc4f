#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people read and how they get out again: every way to end mails, who is asked what, what is said of what was left
out, and that each sentence we write is true."""
import email
import email.policy
import email.utils
import json
import re
import urllib.parse

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
ANNA = "Anna <anna@example.org>"
DORA = "Dora <dora@example.com>"
MOBILITY = f"mobilitaet@{fp.DOMAIN}"
HEALTH = f"gesundheit@{fp.DOMAIN}"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    for name, title in (("mobilitaet", "Neue Mobilität"), ("gesundheit", "Gesundheit")):
        gateway.must("forum", "add", name, "--title", title, "--moderation", "none")
        for person, delivery in ((ANNA, "each"), (DORA, "daily")):
            gateway.must("member", "add", name, bare(person), "--role", "member", "--delivery", delivery)
    gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "reader", "--delivery", "none")
    gateway.start()
    return gateway


def ideas(gateway):
    return [i["title"] for i in gateway.rows("idea", "list")]


def delivery(gateway, forum, person):
    return {m["address"]: m["delivery"] for m in gateway.rows("member", "list", forum)}[bare(person)]


def newest(sink, person, part, n_before=0):
    """The newest mail to PERSON with PART in its text or subject that is not one of the first N_BEFORE."""
    def look():
        found = [m for m in sink.to(bare(person))[n_before:] if part in m.text or part in m.subject]
        return found[-1] if found else None
    return fp.wait_for(look)


def digest_for(gateway, sink, person):
    """Makes digests as if a day had passed."""
    before = len(sink.to(bare(person)))
    gateway.must("digest", "run", "--now", tomorrow())
    gateway.settle()
    return newest(sink, person, "", before)


DAYS = [0]


def tomorrow():
    DAYS[0] += 1
    import datetime
    return (datetime.datetime.now().astimezone() + datetime.timedelta(days=DAYS[0])).replace(hour=12, minute=0).isoformat(timespec="seconds")


def unsubscribe_address(sent):
    return re.search(r"<mailto:([^?>]+)", "".join(sent.message["List-Unsubscribe"].split())).group(1)


def stop_is_never_published(story, gateway, sink):
    gateway.write(ERIKA, MOBILITY, "Radwege", "Mehr Radwege, bitte.", dmarc="pass")
    told = sink.wait(bare(ANNA))
    gateway.write(ANNA, MOBILITY, "Stopp dem Autoverkehr!", "Stopp dem Autoverkehr in der Altstadt!", dmarc="pass")
    before = len(fp.wait_for(lambda: len(ideas(gateway)) > 1 and ideas(gateway)))
    story.equal(before, 2, "a sentence that begins with the word is an idea")
    for words in ("ABMELDEN", "unsubscribe", "Bitte keine Mails mehr.", "Guten Tag,\n\nbitte austragen.\n\nMfG\nAnna"):
        gateway.write(ANNA, MOBILITY, "Abmeldung", words, dmarc="pass")
        gateway.write(ANNA, f"idee-1@{fp.DOMAIN}", "Abmeldung", words)
    shown = json.loads(gateway.must("idea", "show", "1", "--json"))["posts"]
    story.equal((len(ideas(gateway)), len(shown)), (before, 1), "ABMELDEN, unsubscribe, a short sentence: never published")
    return told


def which(story, gateway, sink):
    question = newest(sink, ANNA, "Welche Nachrichten")
    story.ok(question is not None, "STOPP to a forum is asked: what?")
    addresses = re.findall(r"(?m)^(?:stopp\+|idee-\d+\+stopp-)\S+", question.text)
    story.equal(len(addresses), 3, "with an address for the idea, the forum and everything: " + " ".join(addresses))
    story.equal(delivery(gateway, "mobilitaet", ANNA), "each", "nothing is switched off before the answer")
    gateway.respond(question.message, ANNA, "FORUM")
    story.equal((delivery(gateway, "mobilitaet", ANNA), delivery(gateway, "gesundheit", ANNA)), ("none", "each"),
                "FORUM ends this forum's mails and no other's")
    story.ok(newest(sink, ANNA, "nichts mehr aus diesem Forum"), "and says so")
    gateway.deliver(bare(ANNA), addresses[-1], fp.mail(ANNA, addresses[-1], "x", "irgendwas"))
    story.equal(delivery(gateway, "gesundheit", ANNA), "none", "the last address ends everything, whatever is written there")
    story.ok(newest(sink, ANNA, "zu keiner Idee und aus keinem Forum"), "and says so")
    gateway.settle()
    n_before = len(sink.to(bare(ANNA)))
    gateway.write(ERIKA, MOBILITY, "Noch eine", "Noch eine Idee.", dmarc="pass")
    gateway.write(ERIKA, "idee-1@" + fp.DOMAIN, "x", "Noch ein Beitrag.", dmarc="pass")
    gateway.settle()
    story.equal(len(sink.to(bare(ANNA))), n_before, "after that nothing comes any more")


def one_step_from_a_post(story, gateway, sink, told):
    """The button of the mail program: it writes what it likes, also into the body."""
    for person in (ANNA,):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "member", "--delivery", "each")
    before = len(json.loads(gateway.must("idea", "show", "1", "--json"))["posts"])
    to = unsubscribe_address(told)
    gateway.deliver(bare(ANNA), to, fp.mail(ANNA, to, "unsubscribe", "This message was automatically generated by Gmail."))
    story.equal(len(json.loads(gateway.must("idea", "show", "1", "--json"))["posts"]), before,
                "what a mail program's unsubscribe button writes is not published")
    story.equal(delivery(gateway, "mobilitaet", ANNA), "each", "at a post it ends this idea only")


def digests(story, gateway, sink):
    digest = digest_for(gateway, sink, DORA)
    story.ok(digest is not None and digest.message["List-Unsubscribe"], "a digest has List-Unsubscribe")
    n_ideas = len(ideas(gateway))
    n_before = len(sink.to(bare(DORA)))
    gateway.respond(digest.message, DORA, "Das finde ich alles sehr gut.", dmarc="pass")
    asked = newest(sink, DORA, "Zu welcher Idee", n_before)
    story.ok(asked is not None, "an answer to a digest of several ideas is asked: which one?")
    story.has(asked.text, "Das finde ich alles sehr gut.", "with her own words, so that nothing is lost")
    gateway.respond(asked.message, DORA, "2", dmarc="pass")
    fp.wait_for(lambda: "sehr gut" in gateway.must("idea", "show", "2"))
    story.has(gateway.must("idea", "show", "2"), "sehr gut", "and the number alone says which")
    story.equal([h for h in gateway.rows("hold", "list")], [], "nothing of it waits anywhere")
    gateway.respond(digest.message, DORA, "STOPP")
    asked = newest(sink, DORA, "Welche Nachrichten", n_before)
    story.ok(asked is not None, "STOPP to a digest is asked: what?")
    story.equal(delivery(gateway, "mobilitaet", DORA), "daily", "and switches nothing off yet")
    to = unsubscribe_address(digest)
    story.ok(to.startswith("stopp+"), "the digest's own List-Unsubscribe")
    gateway.deliver("somewhere@else.example", to, fp.mail("Other <somewhere@else.example>", to, "unsubscribe", ""))
    story.equal((delivery(gateway, "mobilitaet", DORA), delivery(gateway, "gesundheit", DORA)), ("none", "none"),
                "ends all digests in one step, from any address, with an empty mail")
    story.equal(len(ideas(gateway)), n_ideas, "and nothing of all this became an idea")
    operator = [m for m in sink.to("office@example.org")]
    story.equal(operator, [], "the operator was not troubled")


def a_digest_of_one_discussion(story, gateway, sink):
    gateway.must("member", "add", "gesundheit", bare(DORA), "--role", "member", "--delivery", "daily")
    gateway.must("digest", "run", "--now", tomorrow())
    gateway.write(ERIKA, HEALTH, "Hausärzte", "Mehr Hausärzte auf dem Land.", dmarc="pass")
    question = newest(sink, ERIKA, "Hausärzte")
    if question is not None and (question.message["Reply-To"] or "").startswith("ja+"):
        gateway.respond(question.message, ERIKA, "JA")
    number = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Hausärzte"])[0]
    digest = digest_for(gateway, sink, DORA)
    gateway.respond(digest.message, DORA, "Bei uns auf dem Dorf fehlt einer.", dmarc="pass")
    story.has(gateway.must("idea", "show", str(number)), "fehlt einer", "an answer to a digest of one discussion stands in it")


def the_operator_answers(story, gateway, sink):
    n_before = len(sink.to("office@example.org"))
    gateway.write(ERIKA, f"postmaster@{fp.DOMAIN}", "Frage zu meinen Daten", "Was wissen Sie über mich?", dmarc="pass")
    told = fp.wait_for(lambda: sink.to("office@example.org")[n_before:])[0]
    story.equal(fp.address_of(told.message["Reply-To"]), bare(ERIKA), "the operator's answer goes to who wrote")
    key = re.search(r"forumpost message show (\S+)", told.text).group(1)
    shown = gateway.must("message", "show", key)
    story.ok(bare(ERIKA) in shown and "Was wissen Sie über mich?" in shown, "the command that the mail names shows who wrote what", shown)


def with_file(sender, to, subject, text, *files, **headers):
    """A mail with attachments: (type, name, bytes)."""
    message = email.message_from_bytes(fp.mail(sender, to, subject, text, **headers), policy=email.policy.SMTP)
    for kind, name, data in files:
        major, minor = kind.split("/")
        message.add_attachment(data, maintype=major, subtype=minor, filename=name)
    return message.as_bytes()


def proved(data):
    return fp.found(fp.trace(data), ERIKA, "pass")


PICTURE, PAPER = ("image/jpeg", "foto.jpg", b"\xff\xd8" + bytes(50000)), ("application/pdf", "plan.pdf", b"%PDF-1.4")


def left_out(story, gateway, sink):
    """Author and readers hear what did not become part of the text."""
    gateway.must("member", "add", "mobilitaet", bare(ANNA), "--role", "member", "--delivery", "each")
    n_before, n_anna = len(sink.to(bare(ERIKA))), len(sink.to(bare(ANNA)))
    gateway.deliver(bare(ERIKA), MOBILITY, proved(with_file(ERIKA, MOBILITY, "Schlaglöcher", "Siehe Foto.", PICTURE, PICTURE, PAPER)))
    receipt = newest(sink, ERIKA, "Siehe Foto.", n_before)
    story.has(receipt.text, "Nicht dabei: 2 Bilder und 1 Datei.", "the author is told of pictures and files that are not shown")
    told = newest(sink, ANNA, "Siehe Foto.", n_anna)
    story.has(told.text, "Nicht veröffentlicht: 2 Bilder und 1 Datei", "so are the readers")
    n_before = len(sink.to(bare(ERIKA)))
    gateway.deliver(bare(ERIKA), MOBILITY, proved(with_file(ERIKA, MOBILITY, "Noch ein Foto", "", PICTURE)))
    asked = newest(sink, ERIKA, "in die E-Mail", n_before)
    story.ok(asked is not None and "1 Bild" in asked.text and "leer" not in asked.text, "a mail with only a picture is told what to do", asked)
    gateway.deliver("fremd@example.com", MOBILITY, fp.trace(with_file("Fremd <fremd@example.com>", MOBILITY, "Brunnen", "Ein Brunnen.", PAPER)))
    story.has(sink.wait("fremd@example.com").text, "Nicht dabei: 1 Datei.", "who is asked first is told, too")


def contact_lines(story, gateway, sink):
    text = "Mehr Bänke am Fluss!\n\nViele Grüße\nKarla Muster\nMusterstr. 3\n44135 Dortmund\nTel. 0231 123456"
    gateway.write("Karla Muster <karla@example.com>", MOBILITY, "Bänke", text)
    question = sink.wait("karla@example.com")
    story.ok("Musterstr" not in question.text and "0231" not in question.text, "street and telephone below the name are not published")
    story.has(question.text, "Adresse, Telefonnummer", "and the author is told")
    words = " ".join(question.text.split())
    story.has(words, "In Ihrem Text steht „Karla Muster“", "a name that stays in the text is named")
    story.lacks(words, "veröffentlichen wir nur, wenn Sie es wünschen", "and no sentence promises the contrary")
    gateway.write("niemand@example.com", MOBILITY, "Bänke", "Noch mehr Bänke, bitte.")
    story.has(" ".join(sink.wait("niemand@example.com").text.split()), "Ihren Namen veröffentlichen wir nur, wenn Sie es wünschen", "without one it stands there, and is true")


def copies(story, gateway, sink):
    """A known, proved author who wrote to somebody else, with us in Cc or Bcc, is asked first."""
    before = len(ideas(gateway))
    for n, headers in enumerate(({"Cc": MOBILITY}, {})):
        n_before = len(sink.to(bare(ERIKA)))
        gateway.deliver(bare(ERIKA), MOBILITY, proved(fp.mail(ERIKA, "Chef <chef@example.net>", f"Vertraulich {n}", f"Nur für Sie {n}.", **headers)))
        question = newest(sink, ERIKA, f"Nur für Sie {n}.", n_before)
        story.ok(question is not None and question.message["Reply-To"].startswith("ja+"), "a copy is asked about: " + ("Cc" if headers else "Bcc"))
        gateway.respond(question.message, ERIKA, "NEIN", dmarc="pass")
    story.equal(len(ideas(gateway)), before, "and not published before a yes")


def corrected(story, gateway, sink):
    """What a question promises: NEIN, then the right text at once."""
    gateway.write("Ute <ute@example.com>", MOBILITY, "Brücken", "Mehr Brüken.")
    question = sink.wait("ute@example.com")
    gateway.respond(question.message, "Ute <ute@example.com>", "NEIN")
    gateway.write("Ute <ute@example.com>", MOBILITY, "Brücken", "Mehr Brücken.")
    again = sink.wait("ute@example.com", 2)
    story.ok(again is not None and "Mehr Brücken." in again.text, "after NEIN the right text is asked about at once")
    gateway.write("Ute <ute@example.com>", MOBILITY, "Brücken", "Noch mehr Brücken.")
    gateway.write("Vera <vera@example.com>", MOBILITY, "Tunnel", "Tunnel.")
    sink.wait("vera@example.com")
    story.equal(len(sink.to("ute@example.com")), 2, "but no more than that")


def moderation(story, gateway, sink):
    gateway.must("forum", "add", "kunst", "--title", "Kunst", "--moderation", "pre")
    gateway.must("forum", "add", "alt", "--title", "Altes Forum")
    gateway.must("forum", "close", "alt")
    gateway.must("member", "add", "kunst", "buero@example.org", "--role", "moderator", "--delivery", "none")
    gateway.write(ERIKA, f"kunst@{fp.DOMAIN}", "Werbung", "Kaufen Sie Bilder!", dmarc="pass")
    asked = sink.wait("buero@example.org")
    n_before = len(sink.to(bare(ERIKA)))
    gateway.respond(asked.message, "Büro <buero@example.org>", "ABLEHNEN: Das ist Werbung.", dmarc="pass")
    rejected = newest(sink, ERIKA, "Das ist Werbung.", n_before)
    story.has(rejected.text, "Kaufen Sie Bilder!", "a rejected author sees the own text")
    gateway.respond(rejected.message, ERIKA, "Das sehe ich anders.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "complaint.opened" in [event["kind"] for event in gateway.rows("event", "list")]),
             "and an answer is a complaint, which somebody else decides about")
    gateway.respond(asked.message, "Büro <buero@example.org>", "FREI", dmarc="pass")
    again = fp.wait_for(lambda: [m for m in sink.to("buero@example.org") if "schon entschieden" in m.subject])[0]
    words = " ".join(again.text.split())
    story.ok("Er ist abgelehnt." in words and "Das ist Werbung." in words and "Entschieden haben Sie selbst." in words,
             "a moderator's second answer says what was decided, why, and by whom", again.text)
    gateway.write("Wer <wer@example.com>", f"hilfe@{fp.DOMAIN}", "x", "HILFE", dmarc="pass")
    help_text = sink.wait("wer@example.com").text
    story.ok("Neue Mobilität" in help_text and "Altes Forum" not in help_text, "help lists open forums only")


def two_forums(story, gateway, sink):
    n_before = len(sink.to(bare(ERIKA)))
    data = fp.mail(ERIKA, f"{HEALTH}, {MOBILITY}", "Krankenfahrten", "Busse zum Krankenhaus.")
    gateway.deliver(bare(ERIKA), [MOBILITY, HEALTH], proved(data))
    made = [i for i in gateway.rows("idea", "list") if i["title"] == "Krankenfahrten"]
    story.equal([i["forum"] for i in made], ["gesundheit"], "a mail to two forums is one idea, in the forum named first")
    receipt = newest(sink, ERIKA, "Krankenhaus", n_before)
    story.ok("auch an das Forum „Neue Mobilität“. Dort steht die Idee" in " ".join(receipt.text.split()),
             "its author is told that it stands in the other, too", receipt.text)


def every_mail(story, sink):
    """What holds for every mail of this story."""
    story.equal([s for s in sink.mails if "Ruhr-Konferenz" not in str(s.message["From"])], [], "every mail names the initiative in From")
    story.equal([s for s in sink.mails if not s.text.startswith("Ruhr-Konferenz")], [], "and in its first line")
    story.equal([s for s in sink.mails if "{{" in s.text], [], "and no placeholder is left")


def international_names(story, gateway, sink):
    """One mailbox, written either way, is one person; mail to it leaves in ASCII; what we cannot write is not their fault."""
    gateway.must("member", "add", "mobilitaet", "josé@xn--mnchen-3ya.example", "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "anna@münchen.example", "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "anna@xn--mnchen-3ya.example", "--role", "member", "--delivery", "each")
    members = [m["address"] for m in gateway.rows("member", "list", "mobilitaet")]
    story.equal(len([m for m in members if m.startswith("anna@m") or m.startswith("anna@xn")]), 1, "entered either way is one person")
    gateway.write(ERIKA, MOBILITY, "Brücken", "Mehr Brücken.", dmarc="pass")
    sent = sink.wait("anna@xn--mnchen-3ya.example")
    story.ok(sent is not None, "anna@münchen.example is written to by the name that every mail server knows")
    gateway.respond(sent.message, "Anna <anna@xn--mnchen-3ya.example>", "Und Tunnel.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Und Tunnel." in gateway.must("idea", "show", str(gateway.rows("idea", "list")[-1]["number"]))),
             "and answers as that person")
    story.equal(sink.to("josé@münchen.example") + sink.to("josé@xn--mnchen-3ya.example") != [], True, "a local part that needs SMTPUTF8 gets it")


def our_own_faults(story):
    """A relay without SMTPUTF8, a next hop that dislikes our syntax, a block list: nobody is switched off for that."""
    replies = {"anna@": "553 5.1.3 Bad destination mailbox address syntax", "dora@": "550 5.6.7 SMTPUTF8 required", "emil@": "550 5.1.1 no such user",
               "fritz@": "550 5.1.8 bad sender"}
    sink = fp.Sink(refuse=lambda verb, argument: next((r for who, r in replies.items() if verb == "RCPT" and who in argument), None))
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for who in ("anna", "dora", "emil", "fritz", "erika"):
        gateway.must("member", "add", "mobilitaet", f"{who}@example.net", "--role", "member", "--delivery", "each")
    gateway.start()
    gateway.write(ERIKA, MOBILITY, "Brücken", "Mehr Brücken.", dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("queue", "list", "--state", "failed")) >= 4)
    off = {p["address"].split("@")[0] for p in gateway.rows("person", "list") if p["suspended"]}
    story.equal(off, {"emil"}, "only who is not there is switched off, never for a fault of ours")


with fp.Story("texts") as story:
    sink = fp.Sink()
    gateway = set_up(story, sink)
    told = stop_is_never_published(story, gateway, sink)
    which(story, gateway, sink)
    one_step_from_a_post(story, gateway, sink, told)
    digests(story, gateway, sink)
    a_digest_of_one_discussion(story, gateway, sink)
    the_operator_answers(story, gateway, sink)
    left_out(story, gateway, sink)
    contact_lines(story, gateway, sink)
    copies(story, gateway, sink)
    two_forums(story, gateway, sink)
    corrected(story, gateway, sink)
    moderation(story, gateway, sink)
    international_names(story, gateway, sink)
    every_mail(story, sink)
    our_own_faults(story)

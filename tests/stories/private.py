#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is nobody's business, and what nobody wrote: contact data below and inside a text, a mail that holds nothing but our own
words or somebody else's, and a moderator's signature below a reason."""
import fp

ANNA, BERT, MARA = "Anna <anna@example.com>", "Bert <bert@example.com>", "Mara <mara@example.com>"
IDEA = "Der Nachtbus soll jede halbe Stunde durch Altendorf fahren, auch am Wochenende und in den Ferien.\n"


def outgoing(sink, but_to=""):
    return "\n".join(f"{m.subject}\n{m.text}" for m in sink.mails if m.to != but_to)


def posts(gateway):
    return sum(idea["posts"] for idea in gateway.rows("idea", "list"))


def masked(story, gateway, sink):
    text = IDEA + "\nFragen? 0201 5550123 oder anna@example.com. Im Notfall 112.\n\nViele Grüße aus Essen\nAnna Muster\nWaldweg 12\n45127 Essen\n"
    gateway.write(ANNA, f"mobilitaet@{fp.DOMAIN}", "Nachtbus 0170 5550124", text, dmarc="pass")
    told, receipt = sink.wait("bert@example.com"), sink.wait("anna@example.com")
    story.has(" ".join(told.text.replace("> ", "").split()), "[Telefonnummer entfernt] oder [E-Mail-Adresse entfernt]. Im Notfall 112.", "numbers and addresses in a text are masked, 112 is not")
    for private in ("5550123", "5550124", "anna@", "Waldweg", "45127"):
        story.lacks(outgoing(sink), private, f"nobody reads {private}")
    story.has(told.subject, "[Telefonnummer entfernt]", "not in a title either")
    story.has(" ".join(receipt.text.split()), "Soll eine solche Angabe stehen bleiben", "its author is told, and how to have one back")
    return told


def nothing_new(story, gateway, sink, told):
    n = posts(gateway)
    head = f"\n\nVon: Anna <{told.message['Reply-To']}>\nGesendet: Freitag, 27. November 2026 09:01\nAn: bert@example.com\nBetreff: {told.subject}\n\n"
    quote = "\n".join(f"> {line}" for line in told.text.splitlines())
    for name, text in (("below a head, without marks", head + told.text), ("marked, below a line of Thunderbird", "Am 27.11.26 um 09:01 schrieb Anna:\n" + quote),
                       ("without head or marks", told.text)):
        gateway.respond(told.message, BERT, text, dmarc="pass", quote=False)
        last = [event for event in gateway.rows("event", "list") if event["kind"].startswith("message.")][-1]
        story.has(str(last), "empty T", f"only our own words, {name}: taken for an empty mail")
        story.equal(posts(gateway), n, "and nothing is published")
    story.ok(fp.wait_for(lambda: any(m.subject == "In Ihrer E-Mail war kein Text" for m in sink.to("bert@example.com"))), "its author is told, once")
    gateway.respond(told.message, BERT, "Siehe unten." + head + told.text.replace("Fragen?", "\nIch bin dafür, mit Licht.\n\nFragen?"), dmarc="pass", quote=False)
    reply = sink.wait("anna@example.com", 2)
    story.has(reply.text, "Ich bin dafür, mit Licht.", "an answer between our lines is found")
    for ours in ("Neue Idee", "STOPP.\n\nIch"):
        story.lacks(reply.text.split("--")[0].replace("Neuer Beitrag", ""), ours, f"and nothing of ours is in it: {ours!r}")


def reason(story, gateway, sink):
    gateway.write(ANNA, f"essen@{fp.DOMAIN}", "Bank", "Eine Bank am Kanal.\n", dmarc="pass")
    question = sink.wait("mara@example.com")
    gateway.respond(question.message, MARA, "ablehnen: Das ist doppelt.\n\nGruß\nMara Muster\nZimmer 4\nDurchwahl 0211 5550125\nmara@example.com\n", dmarc="pass")
    n = len(sink.to("anna@example.com"))
    fp.wait_for(lambda: any("doppelt" in m.text for m in sink.to("anna@example.com")))
    told = [m for m in sink.to("anna@example.com") if "doppelt" in m.text]
    if story.ok(told, "the author hears the reason", n):
        for private in ("5550125", "mara@", "Mara"):
            story.lacks(told[0].text, private, f"without {private}")


with fp.Story("private") as the_story:
    the_sink = fp.Sink()
    the_story.at_end(the_sink.close)
    with_gateway = fp.Gateway(the_story, relay_port=the_sink.port)
    with_gateway.must("init")
    with_gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    with_gateway.must("forum", "add", "essen", "--title", "Essen", "--ministry", "VM", "--moderation", "pre")
    for who in ("anna@example.com", "bert@example.com"):
        with_gateway.must("member", "add", "mobilitaet", who, "--role", "member", "--delivery", "each")
    with_gateway.must("member", "add", "essen", "anna@example.com", "--role", "member", "--delivery", "each")
    with_gateway.must("member", "add", "essen", "mara@example.com", "--role", "moderator", "--delivery", "each")
    with_gateway.start()
    the_notice = masked(the_story, with_gateway, the_sink)
    nothing_new(the_story, with_gateway, the_sink, the_notice)
    reason(the_story, with_gateway, the_sink)
    the_story.equal(with_gateway.stop(), 0, "serve ends in order")

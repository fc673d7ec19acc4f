#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An office passes on what a citizen wrote to it. The words are the citizen's, who is asked; the office's own words stay inside; and
nobody else can make us ask anybody."""
import contextlib
import email.message
import json

import fp

OFFICE = "Olga Office <olga@ministerium.example.org>"
LEAD = "Lars Lead <lars@gmx.example>"
MARTA = "Marta Moderation <marta@example.org>"
READER = "Rita Reader <rita@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
NOTE = "Liebe Kolleginnen, Frau Bittermann hat schon dreimal angerufen."
WORDS = "Am Bahnhof fehlt ein Aufzug. Mit dem Kinderwagen komme ich nicht zum Gleis."

OUTLOOK = f"""{NOTE}

Von: Berta Bittermann <{{who}}>
Gesendet: Montag, 2. März 2026 10:14
An: Poststelle <poststelle@ministerium.example.org>
Betreff: Aufzug am Bahnhof

{WORDS}
"""
OUTLOOK_EN = f"""{NOTE}

From: Berta Bittermann <{{who}}>
Sent: Monday, March 2, 2026 10:14 AM
To: Poststelle <poststelle@ministerium.example.org>
Subject: Aufzug am Bahnhof

{WORDS}
"""
THUNDERBIRD = f"""{NOTE}


-------- Weitergeleitete Nachricht --------
Betreff: 	Aufzug am Bahnhof
Datum: 	Mon, 2 Mar 2026 10:14:00 +0100
Von: 	Berta Bittermann <{{who}}>
An: 	poststelle@ministerium.example.org


{WORDS}
"""
GMAIL = f"""{NOTE}

---------- Forwarded message ---------
Von: Berta Bittermann <{{who}}>
Date: Mo., 2. März 2026 um 10:14 Uhr
Subject: Aufzug am Bahnhof
To: <poststelle@ministerium.example.org>


{WORDS}
"""
APPLE = f"""{NOTE}

> Anfang der weitergeleiteten Nachricht:
>
> Von: Berta Bittermann <{{who}}>
> Betreff: Aufzug am Bahnhof
> Datum: 2. März 2026 um 10:14:00 MEZ
> An: poststelle@ministerium.example.org
>
> {WORDS}
"""
GMX = f"""{NOTE}

Gesendet: Montag, 02. März 2026 um 10:14 Uhr
Von: "Berta Bittermann" <{{who}}>
An: poststelle@ministerium.example.org
Betreff: Aufzug am Bahnhof

{WORDS}
"""
FORMS = {"outlook": ("WG: Aufzug am Bahnhof", OUTLOOK), "outlook-en": ("FW: Aufzug am Bahnhof", OUTLOOK_EN),
         "thunderbird": ("Fwd: Aufzug am Bahnhof", THUNDERBIRD), "gmail": ("Fwd: Aufzug am Bahnhof", GMAIL),
         "apple": ("Fwd: Aufzug am Bahnhof", APPLE), "gmx": ("Fw: Aufzug am Bahnhof", GMX)}


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person, role in ((OFFICE, "office"), (LEAD, "lead"), (MARTA, "moderator"), (READER, "reader")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", role, "--delivery", "none")
    gateway.start()
    return gateway


def ideas(gateway):
    return [i for i in gateway.rows("idea", "list")]


def show(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def mail_to(sink, address, *words):
    found = fp.wait_for(lambda: [m for m in sink.to(address) if all(w in m.text or w in m.subject for w in words)][-1:])
    return found[0] if found else None


def every_form(story, gateway, sink):
    for name, (subject, text) in FORMS.items():
        who = f"berta-{name}@example.com"
        gateway.write(OFFICE, FORUM, subject, text.format(who=who), dmarc="pass")
        asked = mail_to(sink, who, "Darf Ihre E-Mail ins Forum")
        story.ok(asked is not None and "Kinderwagen" in asked.text and "Aufzug am Bahnhof" in asked.text, f"{name}: who wrote it is asked, with their words")
        story.ok(asked is not None and "dreimal" not in asked.text and "ministerium" not in str(asked.message), f"{name}: and sees nothing of what the office wrote above")
        story.equal(ideas(gateway), [], f"{name}: nothing is public meanwhile, and nothing is the office's own")
    story.equal(len([m for m in sink.to(bare(OFFICE)) if "Wir fragen die Person" in m.text]), len(FORMS), "the office hears each time that they are asked")
    who = "berta-outlook@example.com"
    asked = mail_to(sink, who, "Darf Ihre E-Mail")
    gateway.respond(asked.message, f"Berta <{who}>", "JA")
    story.equal(fp.wait_for(lambda: [i["title"] for i in ideas(gateway)] == ["Aufzug am Bahnhof"]), True, "JA: an idea, under the citizen's own subject")
    text = show(gateway, ideas(gateway)[0]["number"])["posts"][0]["text"]
    story.ok("Kinderwagen" in text and "dreimal" not in text, "with the citizen's words alone")
    receipt = mail_to(sink, who, "Nummer")
    story.ok(receipt is not None and "dreimal" not in receipt.text, "whose receipt goes to the citizen")
    who = "berta-gmail@example.com"
    gateway.respond(mail_to(sink, who, "Darf Ihre E-Mail").message, f"Berta <{who}>", "NEIN")
    over = mail_to(sink, bare(OFFICE), "kommt nicht ins Forum")
    story.ok(over is not None and "Kinderwagen" not in over.text and who not in over.text, "NEIN: the text is deleted, and the office hears no more than that")


def attached(story, gateway, sink):
    inner = email.message.EmailMessage()
    inner["From"] = "Anton Anlage <anton@example.com>"
    inner["To"] = "poststelle@ministerium.example.org"
    inner["Subject"] = "Radweg an der B1"
    inner["Date"] = "Mon, 02 Mar 2026 10:14:00 +0100"
    inner["Message-ID"] = "<inner-1@example.com>"
    inner.set_content("Der Radweg an der B1 endet mitten im Feld.")
    outer = email.message.EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = OFFICE, FORUM, "WG: Radweg an der B1"
    outer["Date"], outer["Message-ID"] = "Mon, 02 Mar 2026 11:14:00 +0100", "<outer-1@ministerium.example.org>"
    outer.set_content("Bitte aufnehmen. Der Herr ist etwas schwierig.")
    outer.add_attachment(inner)
    gateway.deliver(bare(OFFICE), FORUM, fp.found(fp.trace(outer.as_bytes()), OFFICE, "pass"))
    asked = mail_to(sink, "anton@example.com", "Darf Ihre E-Mail", "mitten im Feld")
    story.ok(asked is not None and "schwierig" not in asked.text, "attached: who wrote it is asked, with their words alone")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")
    gateway.respond(asked.message, "Anton <anton@example.com>", "NEU: Der Radweg an der B1 endet mitten im Feld, bei Kilometer 3.")
    asked = mail_to(sink, "anton@example.com", "Darf Ihre E-Mail", "Kilometer 3")
    gateway.respond(asked.message, "Anton <anton@example.com>", "JA")
    notice = mail_to(sink, bare(MARTA), "Radweg an der B1")
    story.ok(notice is not None and "schwierig" in notice.text, "where texts are read first, moderators see what the office wrote above")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "none")


def chains(story, gateway, sink):
    chain = f"""Zur Aufnahme.

Von: Lars Lead <{bare(LEAD)}>
Gesendet: Montag, 2. März 2026 12:00
An: Olga Office <{bare(OFFICE)}>
Betreff: WG: Buswartehaus

Kannst du das aufnehmen? Aber nicht meine Worte hier.

Von: Karl Kette <karl@example.com>
Gesendet: Montag, 2. März 2026 10:14
An: Lars Lead <{bare(LEAD)}>
Betreff: Buswartehaus

Das Buswartehaus braucht ein Dach.
"""
    gateway.write(OFFICE, FORUM, "WG: WG: Buswartehaus", chain, dmarc="pass")
    asked = mail_to(sink, "karl@example.com", "Darf Ihre E-Mail", "ein Dach")
    story.ok(asked is not None and "meine Worte" not in asked.text, "passed on twice: the citizen's words, not a colleague's")
    gateway.write(OFFICE, FORUM, "WG: Ampel", "Von: Karla Kein-Name\nGesendet: Montag, 2. März 2026 10:14\nAn: Poststelle\nBetreff: Ampel\n\nDie Ampel ist zu kurz.\n", dmarc="pass")
    story.ok(mail_to(sink, bare(OFFICE), "nicht erkennen", "von:") is not None, "no address: the office is asked for it")
    gateway.write(OFFICE, FORUM, "WG: Ampel", "von: karla@example.com\n\nVon: Karla Kein-Name\nGesendet: Montag, 2. März 2026 10:14\nAn: Poststelle\nBetreff: Ampel\n\nDie Ampel ist zu kurz.\n", dmarc="pass")
    story.ok(mail_to(sink, "karla@example.com", "Darf Ihre E-Mail", "zu kurz") is not None, "and says so in the first line")
    trick = OUTLOOK.replace("Berta Bittermann <{who}>", '"victim@example.net" <attacker@example.com>')
    gateway.write(OFFICE, FORUM, "WG: Aufzug", trick, dmarc="pass")
    gateway.settle()
    story.equal((sink.to("victim@example.net"), sink.to("attacker@example.com")), ([], []), "two addresses beside each other: nobody is asked")


def enemies(story, gateway, sink):
    before = len(ideas(gateway))
    gateway.write(OFFICE, FORUM, "WG: Aufzug", OUTLOOK.format(who="victim1@example.net"), dmarc="fail")
    gateway.write(READER, FORUM, "WG: Aufzug", OUTLOOK.format(who="victim2@example.net"), dmarc="pass")
    gateway.write("Eve <eve@example.com>", FORUM, "WG: Aufzug", OUTLOOK.format(who="victim3@example.net"), dmarc="pass")
    gateway.settle()
    story.equal([sink.to(f"victim{n}@example.net") for n in (1, 2, 3)], [[], [], []], "in an office's name without proof, by a reader, by a stranger: nobody is asked")
    texts = "".join(p["text"] or "" for i in ideas(gateway)[before:] for p in show(gateway, i["number"])["posts"])
    story.lacks(texts, "Kinderwagen", "and nobody's words but the writer's own can appear")
    gateway.write(OFFICE, FORUM, "WG: Noch etwas", OUTLOOK.format(who=f"mobilitaet@{fp.DOMAIN}"), dmarc="pass")
    gateway.settle()
    story.equal(sink.to(FORUM), [], "our own mail passed on to us: nobody is asked")
    for n in range(3):
        gateway.write(OFFICE, FORUM, f"WG: Aufzug {n}", OUTLOOK.format(who="victim4@example.net").replace("Aufzug", f"Aufzug {n}"), dmarc="pass")
    gateway.settle()
    story.equal(len(sink.to("victim4@example.net")), 1, "many in one person's name: one question a day")
    who, n_open = "berta-doppelt@example.com", len(gateway.rows("hold", "list"))
    for sender in (OFFICE, LEAD):
        gateway.write(sender, FORUM, "WG: Aufzug am Bahnhof", OUTLOOK.format(who=who), dmarc="pass")
    gateway.settle()
    told = [m for m in sink.to(bare(LEAD)) if "schon gefragt" in " ".join(m.text.split())]
    story.ok(told and "niemand gefragt" not in " ".join(told[0].text.split()), "a colleague passes on the same mail: they hear that its writer is asked already", sink.to(bare(LEAD)))
    story.equal(len(gateway.rows("hold", "list")), n_open + 1, "and no second question waits for its turn")


def machines(story, gateway, sink):
    for who in ("noreply@shop.example", "MAILER-DAEMON@mx.example.net", "liste-bounces@lists.example"):
        gateway.write(OFFICE, FORUM, f"WG: Aufzug {who[:5]}", OUTLOOK.format(who=who), dmarc="pass")
    for n, (name, value) in enumerate((("List-Id", "<liste.lists.example>"), ("Auto-Submitted", "auto-replied"))):
        inner, outer = email.message.EmailMessage(), email.message.EmailMessage()
        inner["From"], inner["Subject"], inner[name] = f"Paula Programm <paula{n}@example.com>", "Radweg", value
        inner.set_content("Der Radweg endet im Feld.")
        outer["From"], outer["To"], outer["Subject"], outer["Message-ID"] = OFFICE, FORUM, "WG: Radweg", f"<outer-m{n}@ministerium.example.org>"
        outer.set_content("Bitte.")
        outer.add_attachment(inner)
        gateway.deliver(bare(OFFICE), FORUM, fp.found(fp.trace(outer.as_bytes()), OFFICE, "pass"))
    gateway.settle()
    asked = [m.to for m in sink.mails if "Darf Ihre" in m.subject and m.to.split("@")[0] in ("noreply", "mailer-daemon", "liste-bounces", "paula0", "paula1")]
    story.equal(asked, [], "what a program or a list wrote is passed on: nobody is asked there")
    story.equal(len([m for m in sink.to(bare(OFFICE)) if "Mailingliste" in m.text]), 5, "and the office hears so")


def notes(story, gateway, sink):
    who = "berta-note@example.com"
    gateway.must("forum", "set", "mobilitaet", "--moderation", "pre")
    gateway.write(OFFICE, FORUM, "WG: Bank", OUTLOOK.format(who=who).replace("dreimal angerufen.", f"dreimal angerufen: 0201 7654321.\nvon: {who}").replace("Aufzug am", "Bank am"), dmarc="pass")
    gateway.respond(mail_to(sink, who, "Darf Ihre E-Mail").message, f"Berta <{who}>", "JA")
    notice = mail_to(sink, bare(MARTA), "Bank am Bahnhof", "dreimal")
    story.ok(notice is not None and who not in notice.text and "7654321" not in notice.text, "moderators read what the office wrote above, and nobody's address or number in it")
    gateway.write(MARTA, FORUM, "WG: Bank", THUNDERBIRD.replace(NOTE, "von: victim5@example.net").replace("Berta Bittermann <{who}>", str(notice.message["From"])).replace(WORDS, notice.text), dmarc="pass")
    gateway.settle()
    story.equal(sink.to("victim5@example.net"), [], "our own mail to a moderator, passed on in somebody's name: nobody is sent it")
    gateway.must("forum", "set", "mobilitaet", "--moderation", "none")


def to_an_idea(story, gateway, sink):
    number = ideas(gateway)[0]["number"]
    before = len(show(gateway, number)["posts"])
    gateway.write(OFFICE, f"idee-{number}@{fp.DOMAIN}", "WG: Dazu", OUTLOOK.format(who="dora@example.com").replace("Aufzug am Bahnhof", "Dazu"), dmarc="pass")
    asked = mail_to(sink, "dora@example.com", "Darf Ihre E-Mail")
    story.ok(asked is not None and len(show(gateway, number)["posts"]) == before, "to an idea: the citizen is asked, and the office's words are no contribution")
    gateway.respond(asked.message, "Dora <dora@example.com>", "JA")
    story.equal(fp.wait_for(lambda: len(show(gateway, number)["posts"]) == before + 1), True, "whose contribution it is then")


def out_of_its_phase(story, gateway, sink):
    """Between phases the citizen's words are kept, like any text that came too late; the office hears so, and nobody is asked."""
    gateway.must("phase", "add", "vorbei", "--from", "2020-01-01", "--to", "2020-02-01", "--allows", "idea,reply")
    gateway.write(OFFICE, FORUM, "WG: Aufzug", OUTLOOK.format(who="late@example.com"), dmarc="pass")
    told = mail_to(sink, bare(OFFICE), "Wir bewahren die E-Mail auf")
    story.ok(told is not None and "von: name" not in told.text, "between phases: the office hears that it is kept")
    kept = [h for h in gateway.rows("hold", "list") if h["waits"] == "phase"]
    story.ok(len(kept) == 1 and "Kinderwagen" in kept[0]["text"] and "dreimal" not in kept[0]["text"], "and the citizen's words wait", kept)
    gateway.must("phase", "change", "vorbei", "--to", "none")
    gateway.settle()
    story.equal(sink.to("late@example.com"), [], "nobody is asked whom nothing proves to have written")


def main():
    with fp.Story("forwards") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        every_form(story, gateway, sink)
        attached(story, gateway, sink)
        chains(story, gateway, sink)
        machines(story, gateway, sink)
        notes(story, gateway, sink)
        to_an_idea(story, gateway, sink)
        enemies(story, gateway, sink)
        out_of_its_phase(story, gateway, sink)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers to a digest, as people write them: an expert on the tram answers three ideas from Outlook; a text that nothing
assigns is asked about, and a number assigns it; a whole digest quoted below is never posted; a digest that was forwarded makes
nobody its owner."""
import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import threading
import time

import fp

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "5"))
SEED = int(os.environ.get("CRASH_SEED", str(random.randrange(10**6))))

ERIKA = "Erika Beispiel <erika@example.net>"
DORA = "Dora <dora@example.com>"
STRANGER = "Fred Fremd <fred@fremd.example>"
MOBILITY = f"mobilitaet@{fp.DOMAIN}"
TITLES = {"Radweg nach Bochum": "Zwischen Essen und Bochum fehlt ein Radweg, der auch für Kinder sicher ist.",
          "Mehr Busse am Abend": "Nach acht Uhr fährt kein Bus mehr in die Dörfer, und wer kein Auto hat, bleibt daheim.",
          "Treffpunkt im Bahnhof": "Im alten Bahnhof könnte ein Treffpunkt für alle entstehen, mit Werkstatt und Küche.",
          "Altes Stellwerk": "Ein Stellwerk als Museum wäre etwas, das es weit und breit noch nicht gibt."}


def bare(person):
    return person[person.index("<") + 1:-1]


def tomorrow(day):
    import datetime
    return (datetime.datetime.now().astimezone() + datetime.timedelta(days=day)).replace(hour=12, minute=0).isoformat(timespec="seconds")


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(DORA), "--role", "member", "--delivery", "daily")
    gateway.start()
    for title, text in TITLES.items():
        gateway.write(ERIKA, MOBILITY, title, text, dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("idea", "list")) == len(TITLES))
    gateway.must("digest", "run", "--now", tomorrow(1))
    return gateway, sink.wait(bare(DORA))


def number_of(digest, title):
    return re.search(rf"(?m)^(\d+)\. {title} ?\r?$", digest.text).group(1)


def posts(gateway, title):
    """What stands below the idea TITLE, but for the idea itself."""
    number = next(i["number"] for i in gateway.rows("idea", "list") if i["title"] == title)
    return [p["text"] for p in json.loads(gateway.must("idea", "show", str(number), "--json"))["posts"]][1:]


def all_posts(gateway):
    return {title: found for title in TITLES if (found := posts(gateway, title))}


def newest(sink, person, part, n_before=0):
    def look():
        found = [m for m in sink.to(bare(person))[n_before:] if part in m.text or part in m.subject]
        return found[-1] if found else None
    return fp.wait_for(look)


def outlook(digest, sender, text, to=None):
    """What Outlook makes of an answer: a head, and the mail below it without a mark."""
    head = f"\n\nVon: Ruhr-Konferenz (Demo) <{fp.address_of(digest.message['From'])}>\nGesendet: Dienstag, 3. März 2026 07:00\n" \
           f"An: {bare(sender)}\nBetreff: {digest.subject}\n\n"
    to = to or fp.address_of(digest.message["Reply-To"])
    return to, fp.mail(sender, to, f"AW: {digest.subject}", text + head + digest.text, In_Reply_To=digest.message["Message-ID"],
                       References=digest.message["Message-ID"])


def three_answers(story, gateway, sink, digest):
    a, b, c = (number_of(digest, title) for title in ("Radweg nach Bochum", "Mehr Busse am Abend", "Altes Stellwerk"))
    n_before = len(sink.to(bare(DORA)))
    to, data = outlook(digest, DORA, f"Guten Tag,\n\nzu {a}: Gern, aber breiter.\n\nzu {b}: Nach zehn braucht ihn niemand.\n"
                       f"zu {c}: Museum?\nDas wäre schön!\n\nViele Grüße aus der Straßenbahn\nDora")
    code, _ = gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))[to]
    story.equal(code, 250, "three answers from Outlook, the whole digest below")
    fp.wait_for(lambda: len(all_posts(gateway)) == 3)
    story.equal(all_posts(gateway), {"Radweg nach Bochum": ["Guten Tag,\n\nGern, aber breiter."], "Mehr Busse am Abend": ["Nach zehn braucht ihn niemand."],
                                     "Altes Stellwerk": ["Museum?\nDas wäre schön!\n\nViele Grüße aus der Straßenbahn\nDora"]}, "stand below their three ideas, and no word of the digest")
    receipt = newest(sink, DORA, "aus Ihrer E-Mail geworden", n_before)
    story.ok(receipt is not None and all(title in receipt.text for title in all_posts(gateway)), "one mail says what went where", sink.to(bare(DORA)))
    gateway.settle()
    story.equal(len(sink.to(bare(DORA))), n_before + 1, "and only one")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        kinds = database.execute("SELECT kind, reason FROM verdict WHERE message_id = (SELECT max(id) FROM message)").fetchall()
    story.equal(kinds, [("post", "digest-answer T1")], "the mail has one verdict")


def asked_and_answered(story, gateway, sink, digest):
    before, n_before = all_posts(gateway), len(sink.to(bare(DORA)))
    gateway.respond(digest.message, DORA, "Das wünsche ich mir seit Jahren.\nWann geht es los?", dmarc="pass")
    asked = newest(sink, DORA, "Zu welcher Idee", n_before)
    story.ok(asked is not None and all(f"{number_of(digest, title)}. {title}" in asked.text for title in TITLES), "what nothing assigns is asked about, with a numbered list",
             asked and asked.text)
    story.ok("Das wünsche ich mir seit Jahren." in asked.text and all_posts(gateway) == before, "nothing is lost, nothing is posted")
    gateway.respond(asked.message, DORA, "vielleicht", dmarc="pass")
    story.equal(all_posts(gateway), before, "another word posts nothing")
    wanted = "Treffpunkt im Bahnhof"
    gateway.respond(asked.message, DORA, number_of(digest, wanted), dmarc="pass")
    fp.wait_for(lambda: posts(gateway, wanted))
    story.equal(posts(gateway, wanted), ["Das wünsche ich mir seit Jahren.\nWann geht es los?"], "the number back posts the text as it was, there")
    story.ok(newest(sink, DORA, wanted, n_before), "and a mail says so")
    gateway.respond(asked.message, DORA, number_of(digest, wanted), dmarc="pass")
    story.equal(len(posts(gateway, wanted)), 1, "twice is once")


def beside_the_number(story, gateway, sink, digest):
    """More than the number: nobody said that it is to be public, and it is not lost."""
    n_before, title = len(sink.to(bare(DORA))), "Treffpunkt im Bahnhof"
    gateway.respond(digest.message, DORA, "So etwas fehlt uns hier seit Langem.", dmarc="pass")
    asked = newest(sink, DORA, "Zu welcher Idee", n_before)
    gateway.respond(asked.message, DORA, f"{number_of(digest, title)}\n\nUnd bitte eine Rampe für Rollstühle.", dmarc="pass")
    told = newest(sink, DORA, "Rampe", n_before)
    story.equal(posts(gateway, title)[-1], "So etwas fehlt uns hier seit Langem.", "a number and more: the number counts")
    story.has(told.text.replace("\r", ""), "Nicht erschienen. Ihr Text:\n\n> Und bitte eine Rampe für Rollstühle.", "and its author has back what stood below it")
    gateway.respond(digest.message, DORA, "So etwas fehlt uns überall seit Langem.", dmarc="pass")
    asked = newest(sink, DORA, "überall", n_before)
    gateway.respond(asked.message, DORA, f"Zu {number_of(digest, title)}:\nNoch einmal, mit anderen Worten.", dmarc="pass")
    fp.wait_for(lambda: posts(gateway, title)[2:])
    story.equal(posts(gateway, title)[-1], "Noch einmal, mit anderen Worten.", "a number that names what follows: that is the answer")
    gateway.respond(asked.message, DORA, "KEINE", dmarc="pass")


def several_or_never(story, gateway, sink, digest):
    """Two numbers post it twice, "alle" nowhere; and what is never answered comes back."""
    n_before, before = len(sink.to(bare(DORA))), all_posts(gateway)
    gateway.respond(digest.message, DORA, "Danke.\nDas ist falsch.", dmarc="pass")
    asked = newest(sink, DORA, "Das ist falsch.", n_before)
    story.ok(asked is not None and "Zu welcher Idee" in asked.subject, "thanks with a sentence below them are asked about")
    gateway.respond(asked.message, DORA, "alle", dmarc="pass")
    gateway.settle()
    story.equal(all_posts(gateway), before, '"alle" posts nothing')
    chosen = ("Radweg nach Bochum", "Mehr Busse am Abend")
    gateway.respond(asked.message, DORA, " ".join(number_of(digest, title) for title in chosen), dmarc="pass")
    fp.wait_for(lambda: all(len(posts(gateway, title)) > len(before.get(title, [])) for title in chosen))
    story.equal([posts(gateway, title)[-1] for title in chosen], ["Danke.\nDas ist falsch."] * 2, "two numbers: below both, with each word")
    gateway.respond(digest.message, DORA, "Das dauert alles zu lange hier.", dmarc="pass")
    newest(sink, DORA, "Das dauert alles zu lange", n_before)
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as database, database:
        database.execute("UPDATE hold SET expires_at = unixepoch() - 1 WHERE state = 'open' AND kind = 'entry'")
    gateway.run("clock", "--once")
    back = fp.wait_for(lambda: [m for m in sink.to(bare(DORA)) if "nicht erschienen" in m.subject and "zu lange" in m.text])
    story.ok(back, "whoever never says which one has their text back")
    story.equal([h for h in gateway.rows("hold", "list")], [], "and it waits no longer")


def some_clear_some_not(story, gateway, sink, digest):
    n_before, a = len(sink.to(bare(DORA))), number_of(digest, "Radweg nach Bochum")
    gateway.respond(digest.message, DORA, f"Insgesamt eine gute Sammlung.\n\nzu {a}: Und Licht, bitte.", dmarc="pass")
    asked = newest(sink, DORA, "Zu welcher Idee", n_before)
    story.ok(posts(gateway, "Radweg nach Bochum")[-1] == "Und Licht, bitte.", "what is clear is posted")
    story.ok(asked is not None and "gute Sammlung" in asked.text and "Und Licht" not in asked.text.split("Antworten Sie")[0], "the rest is asked about")
    gateway.respond(asked.message, DORA, "KEINE", dmarc="pass")
    story.equal([h for h in gateway.rows("hold", "list")], [], "KEINE drops it")
    story.lacks(json.dumps(all_posts(gateway)), "Sammlung", "and it stands nowhere")


def nothing_new(story, gateway, sink, digest):
    before = all_posts(gateway)
    gateway.respond(digest.message, DORA, "", dmarc="pass")
    to, data = outlook(digest, DORA, "")
    gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
    story.equal(all_posts(gateway), before, "a quoted digest alone is no contribution, with marks and without")


def between(story, gateway, sink, digest):
    """Thunderbird: answers below what they answer."""
    quoted = "\n".join(f"> {line}" for line in digest.text.splitlines())
    for title, words in (("Radweg nach Bochum", "Dazwischen: ja."), ("Altes Stellwerk", "Dazwischen: nein.")):
        last = TITLES[title].split()[-1]
        at = quoted.index("\n", quoted.index(last))
        quoted = quoted[:at] + f"\n\n{words}\n" + quoted[at:]
    gateway.respond(digest.message, DORA, "Am 03.03.26 um 07:00 schrieb Forum:\n" + quoted, dmarc="pass", quote=False)
    story.equal((posts(gateway, "Radweg nach Bochum")[-1], posts(gateway, "Altes Stellwerk")[-1]), ("Dazwischen: ja.", "Dazwischen: nein."),
                "answers between the entries go to the entries above them")


def to_its_from(story, gateway, sink, digest):
    """A program that passes over Reply-To."""
    to, title = fp.address_of(digest.message["From"]), "Treffpunkt im Bahnhof"
    n_ideas, before = len(gateway.rows("idea", "list")), posts(gateway, title)
    data = fp.mail(DORA, to, f"AW: {digest.subject}", f"zu {number_of(digest, title)}: An den Absender.",
                   In_Reply_To=digest.message["Message-ID"])
    gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
    story.equal(posts(gateway, title), [*before, "An den Absender."], "an answer to the digest's own From goes to its entry, too")
    story.equal(len(gateway.rows("idea", "list")), n_ideas, "and is no new idea")


def stranger(story, gateway, sink, digest):
    before, n_before = all_posts(gateway), len(sink.to(bare(DORA)))
    gateway.respond(digest.message, STRANGER, f"zu {number_of(digest, 'Radweg nach Bochum')}: Von mir.", dmarc="pass")
    question = sink.wait(bare(STRANGER))
    story.ok(question is not None and "Von mir." in question.text, "who was forwarded a digest is asked like any stranger", sink.to(bare(STRANGER)))
    story.equal(all_posts(gateway), before, "and nothing is posted as its owner")
    gateway.respond(question.message, STRANGER, "JA", dmarc="pass")
    story.equal(posts(gateway, "Radweg nach Bochum")[-1], "Von mir.", "but as their own after their yes")
    before = all_posts(gateway)
    gateway.respond(digest.message, "Gast <gast@gast.example>", "Mein Geheimnis, zu nichts davon.", dmarc="fail")
    asked = sink.wait("gast@gast.example")
    story.ok(asked is not None and "Geheimnis" in asked.text, "whom nothing proves and whose answer is unclear is asked, too")
    gateway.settle()
    story.ok(not [m for m in sink.to(bare(DORA))[n_before:] if "Geheimnis" in m.text], "and whose digest it was does not read it")
    gateway.respond(digest.message, "Gabi <gabi@gast.example>", f"Erst einmal: Das ist viel.\n\nzu {number_of(digest, 'Radweg nach Bochum')}: Mit Beleuchtung.", dmarc="fail")
    question = newest(sink, "Gabi <gabi@gast.example>", "Mit Beleuchtung")
    story.ok(question is not None and all_posts(gateway) == before, "one unclear sentence does not take the clear ones along: they are asked about")
    gateway.respond(question.message, "Gabi <gabi@gast.example>", "JA")
    story.equal(fp.wait_for(lambda: posts(gateway, "Radweg nach Bochum")[-1] == "Mit Beleuchtung."), True, "and stand there after a JA")


def sent_twice(story, gateway, sink, digest):
    """The program lost the connection and sends the mail once more, as a new one."""
    words = f"zu {number_of(digest, 'Altes Stellwerk')}: Zweimal gesendet."
    for _ in range(2):
        gateway.respond(digest.message, DORA, words, dmarc="pass")
    told = newest(sink, DORA, "heute schon geschickt")
    story.ok(told is not None, "the same answers under another Message-ID are known, and their author hears so")
    story.equal(posts(gateway, "Altes Stellwerk").count("Zweimal gesendet."), 1, "and each of them stands once")


def orders(story):
    """A digest of one idea: a word of ours is an order about the digest, whatever else would stand below that idea."""
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port, web={"url": "https://beteiligung.example.org"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(DORA), "--role", "member", "--delivery", "daily")
    gateway.start()
    title, text = next(iter(TITLES.items()))
    gateway.write(ERIKA, MOBILITY, title, text, dmarc="pass")
    fp.wait_for(lambda: gateway.rows("idea", "list"))
    gateway.must("digest", "run", "--now", tomorrow(1))
    digest = sink.wait(bare(DORA))
    story.has(digest.text.replace("\r", ""), "Idee 1 im Forum „Neue Mobilität“:\nhttps://beteiligung.example.org/idee/1\n", "the idea's page stands in the digest")
    story.has(digest.text, "WÖCHENTLICH, TÄGLICH, SOFORT, PAUSE", "and which words change it")
    for word, delivery, part in (("Wöchentlich, bitte", "weekly", "einmal in der Woche"), ("PAUSE", "none", "keine Übersichten mehr"), ("Stunde 18", "none", "um 18 Uhr"),
                                 ("keine Übersicht mehr", "none", "Welche Nachrichten")):
        n_before = len(sink.to(bare(DORA)))
        gateway.respond(digest.message, DORA, word, dmarc="pass")
        story.ok(newest(sink, DORA, part, n_before) is not None, f"{word}: answered", [m.text for m in sink.to(bare(DORA))[n_before:]])
        story.equal([m["delivery"] for m in gateway.rows("member", "list", "mobilitaet") if m["address"] == bare(DORA)], [delivery], f"{word}: done")
    story.equal(posts(gateway, title), [], "and none of these words was published")
    n_before = len(sink.to(bare(DORA)))
    gateway.must("digest", "run", "--now", tomorrow(2))
    gateway.settle()
    story.equal(len(sink.to(bare(DORA))), n_before, "nothing new: no digest")


def at_an_entry(story, gateway, sink, digest):
    """Sent to the own address of one idea, in answer to the digest, with answers to others in it."""
    titles = ("Mehr Busse am Abend", "Treffpunkt im Bahnhof")
    ideas = {i["title"]: i["number"] for i in gateway.rows("idea", "list")}
    to = gateway.own_address(ideas[titles[0]], bare(DORA))
    text = f"Das ist zum Bus.\n\nzu {number_of(digest, titles[1])}: Und das zum Treffpunkt."
    data = fp.mail(DORA, to, f"AW: {digest.subject}", text, In_Reply_To=digest.message["Message-ID"])
    gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
    story.equal(posts(gateway, titles[0])[-1], "Das ist zum Bus.", "at the address of one entry: what names none is that one's")
    story.equal(posts(gateway, titles[1])[-1], "Und das zum Treffpunkt.", "and what names another goes there")
    data = fp.mail(DORA, to, "Re: Bus", f"zu {number_of(digest, titles[1])}: Ohne die Übersicht.")
    gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
    gateway.settle()
    story.ok("Ohne die Übersicht" not in posts(gateway, titles[1])[-1], "where the digest is not answered such a number is no entry of it")


def deliver_until_taken(gateway, to, data):
    """As a mail server: again and again, until it is answered 250."""
    for _ in range(200):
        with contextlib.suppress(OSError, ValueError, AttributeError, KeyError):
            if gateway.deliver(bare(DORA), to, data)[to][0] == 250:
                return
        time.sleep(0.05)
    raise RuntimeError("never taken")


def killed(story, gateway, sink, digest):
    """kill -9 while a mail with three answers and an unclear line comes in: all of it once, or it comes again."""
    dice, kills = random.Random(SEED), 0
    a, b, c = (number_of(digest, title) for title in ("Radweg nach Bochum", "Mehr Busse am Abend", "Altes Stellwerk"))
    for n in range(ROUNDS):
        text = f"zu {a}: Runde {n} zum Rad.\n\nzu {b}: Runde {n} zum Bus.\n\nzu {c}: Runde {n} zum Werk.\n\nzu 99: Runde {n} zu nichts."
        to = fp.address_of(digest.message["Reply-To"])
        data = fp.found(fp.trace(fp.mail(DORA, to, f"AW: {digest.subject}", text, In_Reply_To=digest.message["Message-ID"],
                                         Message_ID=f"<runde-{n}@example.com>")), DORA, "pass")
        sender = threading.Thread(target=deliver_until_taken, args=(gateway, to, data))
        sender.start()
        time.sleep(dice.uniform(0, 0.03))
        kills += sender.is_alive()
        gateway.stop(signal.SIGKILL)
        gateway.start()
        sender.join()
    fp.diag(f"seed {SEED}: {ROUNDS} mails of three answers, {kills} killed while they were on their way")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as database:  # in any state: who writes so much is read first
        found = [row[0] for row in database.execute("SELECT text FROM post WHERE text LIKE 'Runde %'")]
    story.equal(sorted(found), sorted(f"Runde {n} zum {word}." for n in range(ROUNDS) for word in ("Rad", "Bus", "Werk")), "kill -9: each answer is there exactly once")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as database:
        asked = [row[0] for row in database.execute("SELECT text FROM hold WHERE kind = 'entry' AND text LIKE '%zu nichts.'")]
        owed = database.execute("SELECT count(*) FROM notice n JOIN hold h ON h.id = n.hold_id WHERE n.purpose = 'ask-entry' AND h.text LIKE '%zu nichts.'").fetchone()[0]
    story.equal((len(asked), owed), (ROUNDS, ROUNDS), "and about the unclear line of each its author is asked once")


def only_one(story):
    """A digest of one discussion: its number needs not be named, and is no word of the contribution; thanks are none."""
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(DORA), "--role", "member", "--delivery", "daily")
    gateway.start()
    title = "Radweg nach Bochum"
    gateway.write(ERIKA, MOBILITY, title, TITLES[title], dmarc="pass")
    fp.wait_for(lambda: gateway.rows("idea", "list"))
    gateway.must("digest", "run", "--now", tomorrow(1))
    digest = sink.wait(bare(DORA))
    gateway.respond(digest.message, DORA, "Guten Tag,\n\nvielen Dank!\n\nViele Grüße\nDora", dmarc="pass")
    gateway.respond(digest.message, DORA, "zu 1: Gern mit Beleuchtung.", dmarc="pass")
    gateway.respond(digest.message, DORA, "zu 1: Mit Licht.\n\nzu 2: Mit Bank.", dmarc="pass")
    gateway.write(DORA, f"idee-1@{fp.DOMAIN}", "Re: Radweg", "Danke!", dmarc="pass")
    story.equal(fp.wait_for(lambda: len(posts(gateway, title)) == 2) and posts(gateway, title),
                ["Gern mit Beleuchtung.", "zu 1: Mit Licht.\n\nzu 2: Mit Bank."], "of one discussion the number goes, points stay, thanks are no contribution")
    story.ok("nicht veröffentlicht" in newest(sink, DORA, "kein Text").text, "and who thanked hears that it is not public")
    gateway.stop()


INNER = {"Vorlage Radweg": "Unter uns gesagt reicht das Geld im Haushalt nur für die Hälfte des Radwegs nach Bochum.",
         "Vorlage Stellwerk": "Das Denkmalamt hat uns vertraulich geschrieben, dass es das alte Stellwerk nicht unter Schutz stellt."}


def by_ring(gateway):
    """What DORA wrote: {idea's title: (ring, her words without the lines that she answers)}, the newest of each."""
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True, timeout=60)) as db:
        rows = db.execute("SELECT i.title, i.ring, p.text FROM post p JOIN idea i ON i.id = p.idea_id JOIN address a ON a.person_id = p.person_id "
                          "WHERE a.address = ? AND p.state = 'published' ORDER BY p.id", (bare(DORA),)).fetchall()
    return {title: (ring, "\n".join(line for line in text.splitlines() if not line.startswith(">")).strip()) for title, ring, text in rows}


def both_rings(story):
    """A digest with what everybody and what only members may read: each answer goes where its entry stands, however it is named."""
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(ERIKA), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", bare(DORA), "--role", "member", "--delivery", "daily")
    gateway.start()
    for title, text in {**TITLES, **INNER}.items():
        gateway.write(ERIKA, f"mobilitaet+intern@{fp.DOMAIN}" if title in INNER else MOBILITY, title, text, dmarc="pass")
    for title in INNER:
        gateway.respond(newest(sink, ERIKA, title).message, ERIKA, "JA", dmarc="pass")
    gateway.settle()
    gateway.must("digest", "run", "--now", tomorrow(1))
    digest = sink.wait(bare(DORA))
    ring = {**dict.fromkeys(TITLES, "public"), **dict.fromkeys(INNER, "members")}
    if not story.equal(sorted(t for t in ring if re.search(rf"(?m)^\d+\. {t} ?\r?$", digest.text)), sorted(ring), "a digest has entries of both rings"):
        return
    own = {}
    for number, address in re.findall(r"(?s)\n(\d+)\. [^\n]*\n(?:(?!\n\d+\. ).)*?(idee-\d+\+\S+@\S+)", digest.text):
        own[number] = address
    words = {title: f"Meine Antwort zu {title}." for title in ring}
    expected = {title: (ring[title], words[title]) for title in ring}
    to, data = outlook(digest, DORA, "\n\n".join(f"zu {number_of(digest, t)}: {words[t]}" for t in ring))
    gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
    gateway.settle()
    story.equal(by_ring(gateway), expected, "answered by number, above the whole of it without a mark, each goes into its ring")
    for mark, program in (("> ", "with marks"), ("", "without")):
        words = {title: f"Dazwischen {program} zu {title}, und das meine ich." for title in ring}
        quoted = "\n".join(mark + line for line in digest.text.splitlines())
        for title, text in {**TITLES, **INNER}.items():
            at = quoted.index("\n", quoted.index(text.split()[-1], quoted.index(text[:20])))
            quoted = quoted[:at] + f"\n\n{words[title]}\n" + quoted[at:]
        gateway.respond(digest.message, DORA, "Am 03.03.26 um 07:00 schrieb Forum:\n" + quoted, dmarc="pass", quote=False)
        gateway.settle()
        story.equal(by_ring(gateway), {title: (ring[title], words[title]) for title in ring}, f"so do answers between the entries, quoted {program}")
    for title in ring:
        words = f"An die Adresse von {title}, mit dem Ganzen darunter."
        to, data = outlook(digest, DORA, words, own[number_of(digest, title)])
        gateway.deliver(bare(DORA), to, fp.found(fp.trace(data), DORA, "pass"))
        expected[title] = (ring[title], words)
    gateway.settle()
    story.equal(by_ring(gateway), expected, "and what is sent to an entry's own address")
    title = "Vorlage Radweg"
    gateway.respond(digest.message, DORA, f"{title}: Mit dem Titel davor.", dmarc="pass", quote=False)
    gateway.settle()
    story.equal(by_ring(gateway)[title], ("members", "Mit dem Titel davor."), "and what begins with the title")
    gateway.stop()


def where_they_stand(story, gateway, sink):
    """Who reads digests is told there what happened to ideas, not by a mail of its own; authors are told at once."""
    n_dora, title = len(sink.to(bare(DORA))), "Treffpunkt im Bahnhof"
    number = next(i["number"] for i in gateway.rows("idea", "list") if i["title"] == title)
    gateway.must("idea", "state", str(number), "in_deliberation")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as database, database:
        database.execute("UPDATE notice SET due_at = unixepoch() WHERE state = 'due' AND purpose = 'news'")
    story.ok(newest(sink, ERIKA, "in Beratung"), "its author is told at once that an idea is deliberated")
    gateway.settle()
    gateway.write(ERIKA, f"idee-{number}@{fp.DOMAIN}", f"Re: {title}", "Es gibt schon einen Raum dafür.", dmarc="pass")
    gateway.settle()
    story.equal(len(sink.to(bare(DORA))), n_dora, "who follows it and reads digests is not")
    gateway.must("digest", "run", "--now", tomorrow(2))
    digest = newest(sink, DORA, "in Beratung", n_dora)
    story.ok(digest is not None and "Neuer Stand" in digest.text and title in digest.text, "but finds it in the next digest", digest and digest.text)
    story.ok("Es gibt schon einen Raum" in digest.text, "with what was written to it", digest.text)
    story.equal(len(set(re.findall(rf"(?m)^(?:#* )?(\d+)\. {title}", digest.text))), 1, "as one entry")
    gateway.must("digest", "run", "--now", tomorrow(3))
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(DORA))[n_dora:] if "in Beratung" in m.text]), 1, "once")
    entry = re.search(rf"(?m)^(\d+)\. {title} ?\r?$", digest.text).group(1)
    gateway.respond(digest.message, DORA, f"zu {entry}: Endlich kommt das dran.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Endlich kommt das dran." in posts(gateway, title)), "and its number takes an answer", posts(gateway, title))


def forgotten(story, gateway, sink, digest):
    """After two months nobody knows any more what stood in a digest; a later one was made meanwhile."""
    title, n_before, before = "Radweg nach Bochum", len(sink.to(bare(DORA))), all_posts(gateway)
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        database.execute("UPDATE digest SET made_at = made_at - ?", (fp.limit("LIMIT_DIGEST_KEEP_S") + 3 * 86400,))
        database.execute("INSERT INTO digest (person_id, delivery, from_post, to_post, made_at) SELECT person_id, delivery, max(to_post) + 1,"
                         " max(to_post) + 2, unixepoch() FROM digest GROUP BY person_id, delivery")
        database.execute("UPDATE hold SET digest_id = NULL")
    gateway.must("clock", "--once")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        story.equal(database.execute("SELECT count(*) FROM digest d WHERE made_at < unixepoch() - 86400 AND NOT EXISTS (SELECT 1 FROM notice n "
                                     "WHERE n.digest_id = d.id AND n.state = 'due')").fetchone()[0], 0, "old digests are forgotten, but what is still to be sent")
    gateway.respond(digest.message, DORA, f"zu {number_of(digest, title)}: Nach zwei Monaten.", dmarc="pass")
    told = newest(sink, DORA, "zu alt", n_before)
    story.ok(told is not None and "Nach zwei Monaten." in told.text, "an answer to one comes back to its author, whole", sink.to(bare(DORA))[n_before:])
    ideas = len(gateway.rows("idea", "list"))
    _, to_forum = outlook(digest, DORA, "Das war im Forum gemeint, nach zwei Monaten.", to=MOBILITY)
    gateway.deliver(bare(DORA), MOBILITY, fp.found(fp.trace(to_forum), DORA, "pass"))
    told = newest(sink, DORA, "im Forum gemeint", n_before)
    story.ok(told is not None and "zu alt" in told.text, "so does a second one that day, sent to the forum's address", sink.to(bare(DORA))[n_before:])
    story.equal(len(gateway.rows("idea", "list")), ideas, "which is no new idea that is called like a digest")
    story.equal(all_posts(gateway), before, "and is posted nowhere")


def very_many(story):
    """As many entries as one mail may answer are all answered; with one more all of it is asked about, and nothing is posted."""
    most = fp.limit("LIMIT_DIGEST_ANSWERS")
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person, delivery in ((ERIKA, "none"), (DORA, "daily")):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "member", "--delivery", delivery)
    gateway.start()
    names = [f"Haltestelle {chr(97 + n)}" for n in range(most + 1)]
    for title in names:
        gateway.write(ERIKA, MOBILITY, title, f"An der {title} fehlt ein Dach.", dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("idea", "list")) == len(names))
    gateway.must("digest", "run", "--now", tomorrow(1))
    digest = sink.wait(bare(DORA))
    below = lambda: [text for title in names for text in posts(gateway, title)]
    gateway.respond(digest.message, DORA, "\n\n".join(f"zu {n + 1}: Antwort Nummer {n + 1} dazu." for n in range(most + 1)), dmarc="pass")
    asked = newest(sink, DORA, "Zu welcher Idee")
    gateway.settle()
    story.ok(asked is not None and below() == [], f"{most + 1} entries answered at once: all of it is asked about, and nothing is posted", below())
    story.ok(all(f"Antwort Nummer {n + 1} dazu." in asked.text for n in range(most // 2)), "with the words")
    gateway.respond(digest.message, DORA, "\n\n".join(f"zu {n + 1}: Wort Nummer {n + 1} dazu." for n in range(most)), dmarc="pass")
    fp.wait_for(lambda: len(below()) == most)
    story.equal(sorted(below()), sorted(f"Wort Nummer {n + 1} dazu." for n in range(most)), f"{most}: each to its own")
    gateway.stop()
    sink.close()


def main():
    with fp.Story("digests") as story:
        very_many(story)
        orders(story)
        only_one(story)
        both_rings(story)
        sink = fp.Sink()
        gateway, digest = set_up(story, sink)
        story.ok(digest is not None and digest.message["Reply-To"], "a digest of four ideas")
        three_answers(story, gateway, sink, digest)
        asked_and_answered(story, gateway, sink, digest)
        beside_the_number(story, gateway, sink, digest)
        several_or_never(story, gateway, sink, digest)
        some_clear_some_not(story, gateway, sink, digest)
        nothing_new(story, gateway, sink, digest)
        between(story, gateway, sink, digest)
        to_its_from(story, gateway, sink, digest)
        stranger(story, gateway, sink, digest)
        sent_twice(story, gateway, sink, digest)
        at_an_entry(story, gateway, sink, digest)
        where_they_stand(story, gateway, sink)
        story.equal(sink.to("office@example.org"), [], "the operator was not troubled")
        killed(story, gateway, sink, digest)
        forgotten(story, gateway, sink, digest)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From ideas to a proposal that is done: it has a number, an address and a discussion of its own; everybody whose idea it is made of,
and who follows or supports one, hears what becomes of it."""
import contextlib
import json
import os
import pty
import sqlite3
import subprocess

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
JANE = "Jane <jane@example.org>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
PROPOSAL = f"vorschlag-1@{fp.DOMAIN}"
TOGETHER_S = fp.limit("LIMIT_NEWS_TOGETHER_S")


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    for name in ("mobilitaet", "energie"):
        gateway.must("forum", "add", name, "--title", name.title(), "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "none")
    for person in (ERIKA, FRITZ, JANE):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    gateway.write(FRITZ, FORUM, "Radwege an Schulen", "Radwege vor allem an Schulen.", dmarc="pass")
    gateway.write(JANE, f"idee-2@{fp.DOMAIN}", "Re: Radwege an Schulen", "+1", dmarc="pass")
    story.equal(fp.wait_for(lambda: idea(gateway, 2)["supporters"]), 1, "two ideas, and one is for the second")
    return gateway


def idea(gateway, number, *more):
    return json.loads(gateway.must("idea", "show", str(number), *more, "--json"))


def proposal(gateway):
    return json.loads(gateway.must("proposal", "show", "1", "--json"))


def time_passes(gateway):
    """What is told together is told."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET sent_at = sent_at - 3600 WHERE purpose IN ('news', 'news-many')")
        db.execute("UPDATE notice SET due_at = due_at - ? WHERE state = 'due' AND purpose = 'news'", (TOGETHER_S,))
    gateway.start()


def news(sink, person, words):
    return fp.wait_for(lambda: [m for m in sink.to(bare(person)) if "Neues zu" in m.subject and words in m.text])


def it_is_made(story, gateway, sink):
    gateway.must("proposal", "add", "mobilitaet", "--title", "Radwegenetz", "--from", "1,2", "--public")
    made = proposal(gateway)
    story.equal((made["title"], made["state"], made["ideas"], made["address"]), ("Radwegenetz", "proposed", [1, 2], PROPOSAL), "it is there")
    story.equal([(idea(gateway, n)["state"], idea(gateway, n)["proposal"]) for n in (1, 2)], [("proposal", 1)] * 2, "its ideas are part of it")
    story.equal(gateway.run("proposal", "add", "mobilitaet", "--title", "Noch eins", "--from", "99").returncode, 66, "of ideas that are there")
    story.equal(len(gateway.rows("proposal", "list")), 1, "what was refused left nothing behind")
    time_passes(gateway)
    for person, what in ((ERIKA, "who wrote an idea"), (FRITZ, "who wrote the other"), (JANE, "who is for one")):
        told = news(sink, person, "Teil des Vorschlags 1")
        story.ok(told and PROPOSAL in told[0].text, f"{what} hears of it, with its address")


def it_is_discussed(story, gateway, sink):
    gateway.write(JANE, PROPOSAL, "Radwegenetz", "Bitte auch Abstellplätze.", dmarc="pass")
    discussion = proposal(gateway)["idea"]
    posts = fp.wait_for(lambda: idea(gateway, discussion)["posts"])
    story.equal([p["text"] for p in posts or []], ["Bitte auch Abstellplätze."], "its address takes contributions")
    gateway.write(JANE, f"proposal-1@{fp.DOMAIN}", "Radwegenetz", "support", dmarc="pass")
    story.equal(fp.wait_for(lambda: proposal(gateway)["supporters"]), 1, "and support, by its English name too")
    gateway.settle()
    flat = " ".join(" ".join(m.text.split()) for m in sink.to(bare(JANE)))
    story.ok("Vorschlag 1 " in flat and f"Idee {discussion} " not in flat, "in mails about it it is called a proposal, by its own number", flat)
    reply = gateway.write(JANE, f"vorschlag-9@{fp.DOMAIN}", "x", "Gibt es das?", dmarc="pass")
    story.ok("550" in str(reply), "a proposal that is none is no address")


def it_is_led(story, gateway, sink):
    story.equal(gateway.run("proposal", "state", "1", "done").returncode, 77, "one step after the other")
    story.equal(gateway.run("proposal", "state", "1", "not_pursued").returncode, 77, "an end needs its reason")
    story.equal(gateway.run("proposal", "state", "1", "published").returncode, 65, "a state that is none of proposals")
    gateway.must("idea", "withdraw", "2")
    for state in ("adopted", "in_progress", "done"):
        gateway.must("proposal", "state", "1", state, "--reason", f"Grund {state}")
    story.equal((proposal(gateway)["state"], idea(gateway, 1)["state"], idea(gateway, 2)["state"]), ("done", "done", "withdrawn"),
                "its ideas go along; what its author withdrew stays so")
    story.equal([h["to"] for h in proposal(gateway)["history"]], ["proposed", "adopted", "in_progress", "done"], "its history tells it")
    time_passes(gateway)
    told = news(sink, ERIKA, "Grund done")
    story.ok(told and "Grund adopted" in told[-1].text, "whose idea it was hears what became of it, once")
    story.ok(news(sink, JANE, "Grund done"), "and who discusses it")


def in_several(story, gateway, sink):
    """3.2: the furthest living one counts; taking an idea in or out is told; by hand nobody steps what is led (invariant 21)."""
    number, beside = write_ideas(gateway, "Laternen", "Uferweg")
    light = propose(gateway, "Lichtplan", (number,), "--public", "--text", "Lichtplan: was wir vorschlagen.")
    canal = propose(gateway, "Kanalplan", (number, beside), "--public", "--text", "Kanalplan: was wir vorschlagen.")
    made = [int(light), int(canal)]
    story.equal((idea(gateway, number)["state"], idea(gateway, number)["proposals"], idea(gateway, number)["proposal"]), ("proposal", made, made[0]), "an idea is part of two proposals")
    done = gateway.run("proposal", "set", light, "--add", str(number))
    story.ok(done.returncode == 77 and f"part of proposal {light}" in done.stderr, "of each once", done)
    gateway.must("proposal", "state", canal, "adopted")
    story.equal((idea(gateway, number)["state"], idea(gateway, number)["proposal"]), ("adopted", made[1]), "it stands where the furthest stands")
    refused = gateway.run("idea", "state", str(number), "in_progress")
    story.ok(refused.returncode == 77 and f"proposal {canal}" in refused.stderr, "by hand it is not stepped on, and the proposal is named", refused)
    for to in ("done", "in_deliberation", "forwarded"):
        refused = gateway.run("idea", "state", str(number), to, "--reason", "Schon geschehen.")
        story.ok(refused.returncode == 77 and f"proposal {canal}" in refused.stderr, f"wherever it would go ({to})", refused)
    gateway.must("proposal", "state", canal, "not_pursued", "--reason", "Kein Geld.")
    story.equal((idea(gateway, number)["state"], idea(gateway, number)["proposal"]), ("proposal", made[0]), "what comes to nothing leaves it to the other one")
    gateway.must("proposal", "state", canal, "proposed", "--reason", "Doch.")
    time_passes(gateway)
    gateway.must("proposal", "set", canal, "--drop", str(number), "--reason", "Gehört nicht hierher.")
    story.equal((idea(gateway, number)["state"], idea(gateway, number)["proposals"]), ("proposal", [made[0]]), "taken out of one it stays in the other")
    time_passes(gateway)
    told = news(sink, ERIKA, f"nicht mehr zum Vorschlag {canal}")
    story.ok(told and "Gehört nicht hierher." in told[0].text, "and its author hears of that, with the reason")
    return light, number


def proposal_of(gateway, number):
    return json.loads(gateway.must("proposal", "show", str(number), "--json"))


def a_stub_is_told(story, gateway, sink, light, public):
    """By its own number: what it is; not what it says, nor what its members make of it."""
    for person, words in ((JANE, "wird überarbeitet"), (LEAD, "Entwurf")):
        gateway.settle()
        before = len(sink.to(bare(person)))
        gateway.write(person, f"hilfe@{fp.DOMAIN}", "x", f"status V{light}\nverlauf V{light}", dmarc="pass")
        told = fp.wait_for(lambda: sink.to(bare(person))[before:])
        flat = " ".join(told[0].text.split()) if told else ""
        story.ok(f"- V{light}: " in flat and f"Stand: {words}" in flat and f"- {public}: " not in flat and "keine Idee" not in flat,
                 f"STATUS V{light} says to {bare(person)}: {words}", flat)
        story.equal("Lichtplan" in flat, person is LEAD, "its title and words are its members' alone")
    gateway.settle()
    before = len(sink.to(bare(JANE)))
    gateway.write(JANE, f"hilfe@{fp.DOMAIN}", "x", f"dafür V{light}", dmarc="pass")
    told = fp.wait_for(lambda: sink.to(bare(JANE))[before:])
    flat = " ".join(told[0].text.split()) if told else ""
    story.ok("kann man jetzt nicht unterstützen" in flat and "wird überarbeitet" in flat, "who would support it hears the same", flat)


def public_by_word(story, gateway, light):
    """Members' words become everybody's with a yes at the terminal, and whoever says it has read them; a script is not asked."""
    story.equal(gateway.run("proposal", "state", light, "adopted").returncode, 77, "a step that lacks its reason shows nothing")
    for said, code in (("nein\n", 77), ("ja\n", 0)):
        here, there = pty.openpty()
        done = subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "proposal", "state", light, "proposed"], stdin=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        os.write(here, said.encode())
        _, err = done.communicate()
        os.close(here)
        os.close(there)
        story.ok(done.returncode == code and "Lichtplan 2\n\nLichtplan: was wir vorschlagen." in err and "Shall everybody read this?" in err, f"at a terminal it shows the text and asks, and {said.strip()} is heeded", done.returncode, err)
        story.equal(proposal_of(gateway, light)["state"], "proposed" if code == 0 else "draft", "as was said")


def a_draft_again(story, gateway, sink, light, number):
    """Step 32: its text leaves the public view, its ideas go their own way, and it comes back as what it was."""
    public = proposal_of(gateway, light)["idea"]
    gateway.write(JANE, f"vorschlag-{light}@{fp.DOMAIN}", "Lichtplan", "Bitte warmes Licht.", dmarc="pass")
    fp.wait_for(lambda: len(idea(gateway, public)["posts"]) == 2)
    story.equal(gateway.run("proposal", "state", light, "draft").returncode, 77, "back to a draft needs a reason")
    gateway.must("proposal", "state", light, "draft", "--reason", "Die Kosten fehlen.")
    now = proposal_of(gateway, light)
    story.equal((now["state"], idea(gateway, number)["state"], idea(gateway, number)["proposal"]), ("draft", "in_deliberation", None), "a draft again: its idea is in deliberation")
    refused = gateway.write(JANE, f"vorschlag-{light}@{fp.DOMAIN}", "Lichtplan", "Und Bänke.", dmarc="pass")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(JANE)) if "nimmt keine Texte an" in " ".join(m.text.split())])
    story.ok(told and f"Vorschlag {light} wird gerade überarbeitet" in " ".join(told[0].text.split()), f"it takes nothing from outside, and says why ({refused})", told and told[0].text)
    a_stub_is_told(story, gateway, sink, light, public)
    time_passes(gateway)
    told = news(sink, ERIKA, "Die Kosten fehlen.")
    story.ok(told and f"Vorschlag {light}, zu dem sie gehört, wird überarbeitet" in " ".join(told[0].text.split()), "whose idea it was hears why", told and told[0].text)
    flat = fp.wait_for(lambda: [t for t in (" ".join(m.text.split()) for m in sink.to(bare(JANE)) if "Neues zu" in m.subject) if f"bei dem Vorschlag {light}" in t and "wird überarbeitet" in t])
    story.ok(flat and "Die Kosten fehlen." in flat[0] and "Lichtplan" not in flat[0] and "zurückgezogen" not in flat[0], "and who follows the proposal, without its title", flat)
    gateway.write(LEAD, f"vorschlag-{light}+intern@{fp.DOMAIN}", "Lichtplan", "Unter uns: rund 40.000 Euro.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(LEAD)) if "bestätigen" in m.subject])
    gateway.respond(asked[0].message, LEAD, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: "rund 40.000" in json.dumps(idea(gateway, now["idea"], "--all"))), "its members discuss it at its inner address")
    told = gateway.write(JANE, f"vorschlag-{light}+intern@{fp.DOMAIN}", "Lichtplan", "Ich will auch mitreden.", dmarc="pass")
    gateway.settle()
    story.lacks(json.dumps(idea(gateway, now["idea"], "--all")), "auch mitreden", f"where nobody else gets in ({told})")
    gateway.must("proposal", "set", light, "--title", "Lichtplan 2")
    public_by_word(story, gateway, light)
    back = proposal_of(gateway, light)
    story.equal((back["state"], back["title"], back["idea"], idea(gateway, number)["state"]), ("proposed", "Lichtplan 2", public, "proposal"), "it is back in its own discussion, as it is now")
    story.equal(len(idea(gateway, public)["posts"]), 2, "with what was said there")


# participation.md 10, field by field; keys are only added.
CONTRACT = {
    "idea list": "number ref forum forums title state ring posts supporters proposal",
    "idea show": "number ref forum forums title state ring supporters proposal address created_at published_at language author organisation supporters_own organisations "
                 "supporters_annulled followers merged_into merged merged_at proposals fields deadline first_official_at similar reason reason_code forwarded_to history posts",
    "history": "at from to by by_second reason code proposal message",
    "posts": "number ring idea parent person organisation at kind state ministry version edited_at masked text",
    "proposal list": "number forum title state ideas supporters",
    "proposal show": "number forum title state ideas supporters address text fields goals created_at published_at decided_at done_at followers organisations reason deadline history posts",
}


def says_what_it_must(story, gateway):
    whole, made = idea(gateway, 1), proposal(gateway)
    shown = {"idea list": gateway.rows("idea", "list")[0], "idea show": whole, "history": whole["history"][-1], "posts": whole["posts"][0],
             "proposal list": gateway.rows("proposal", "list")[0], "proposal show": made}
    for what, fields in CONTRACT.items():
        story.equal(sorted(set(fields.split()) - set(shown[what])), [], f"{what} says all that the contract names")
    story.equal({h["message"] for h in whole["history"]} | {h["proposal"] for h in whole["history"]}, {None, 1}, "which proposal an idea went along with; the mail behind a step only with --all")
    story.ok(json.loads(gateway.must("idea", "show", "1", "--all", "--json"))["history"][0]["message"], "and then it does")
    story.ok(made["text"] is None and made["decided_at"] and made["done_at"] and made["reason"] == "Grund done", "a proposal says when it was decided and done, and why", made)


def taken_back_is_told(story, gateway, sink):
    """Steps 23-26: who follows an idea hears the next morning that it was taken back or removed, without its words; the office does, if a proposal is made of it."""
    office = "Olga Amt <olga.amt@ministerium.example.org>"
    gateway.must("member", "add", "mobilitaet", bare(office), "--role", "office", "--delivery", "none")
    one, two, three = write_ideas(gateway, "Kanariengelb", "Zebrastreifen", "Wieder da")
    for number in (one, two, three):
        gateway.write(JANE, f"idee-{number}@{fp.DOMAIN}", "x", "folgen", dmarc="pass")
    fp.wait_for(lambda: [idea(gateway, n)["followers"] for n in (one, two, three)] == [2] * 3)
    propose(gateway, "Farben", (one,), "--public")
    time_passes(gateway)
    fp.wait_for(lambda: [m for m in sink.to(bare(JANE)) if "Kanariengelb" in m.text and "Teil des Vorschlags" in m.text])
    gateway.settle()
    before = {p: len(sink.to(bare(p))) for p in (JANE, office, ERIKA)}
    gateway.must("idea", "withdraw", str(one))
    gateway.must("idea", "remove", str(two), "--reason", "werbung")
    gateway.must("idea", "remove", str(three), "--reason", "Ein Versehen.")
    gateway.must("idea", "restore", str(three), "--reason", "Doch nicht.")
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        mornings = db.execute("SELECT count(*) FROM notice WHERE state = 'due' AND purpose = 'news' AND due_at > unixepoch() + ?", (TOGETHER_S + 60,)).fetchone()[0]
        db.execute("UPDATE notice SET sent_at = sent_at - 7200 WHERE purpose IN ('news', 'news-many')")
        db.execute("UPDATE notice SET due_at = unixepoch() - 1 WHERE state = 'due' AND purpose = 'news'")
    gateway.start()
    def told(person):
        return " ".join(" ".join(m.text.split()) + m.subject for m in sink.to(bare(person))[before[person]:])
    story.ok(fp.wait_for(lambda: "zurückgezogen" in told(JANE) and "entfernt" in told(JANE)), "who follows them hears that one was taken back and one removed", told(JANE))
    story.ok(fp.wait_for(lambda: "zurückgezogen" in told(office)), "the office that one is missing from a proposal", told(office))
    gateway.settle()
    story.ok("Kanariengelb" not in told(JANE) + told(office) and "Zebrastreifen" not in told(JANE), "without their words", [m.text for p in (JANE, office) for m in sink.to(bare(p))[before[p]:] if "Kanarien" in m.text + m.subject or "Zebra" in m.text + m.subject])
    story.lacks(told(JANE), f"Idee {three} ", "what was undone before is told to nobody")
    story.ok(mornings >= 2, f"and not before the next morning ({mornings})")


def an_inner_idea_stays(story, gateway):
    """As if it had been written for the members alone."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE idea SET ring = 'members' WHERE id = 1")
    story.equal(gateway.run("idea", "move", "1", "energie").returncode, 77, "an inner idea does not go to other members")
    story.equal(idea(gateway, 1)["forum"], "mobilitaet", "and stands where it stood")


def a_draft_keeps_its_words(story, gateway):
    """A draft that came without a text: what its members said of it is not its text when it becomes public."""
    gateway.write(ERIKA, FORUM, "Bänke", "Bitte mehr Bänke.", dmarc="pass")
    number = fp.wait_for(lambda: next((i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Bänke"), None))
    gateway.must("proposal", "add", "mobilitaet", "--title", "Bankprogramm", "--from", str(number))
    made = gateway.rows("proposal", "list")[-1]["number"]
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        draft = db.execute("SELECT max(id) FROM idea WHERE ring = 'members'").fetchone()[0]
    gateway.write(LEAD, gateway.own_address(draft, bare(LEAD)), "Re: Bankprogramm", "Intern: das Geld reicht nicht.", dmarc="pass")
    fp.wait_for(lambda: idea_posts(gateway, draft) == 1)
    gateway.must("proposal", "state", str(made), "adopted", "--reason", "So beschlossen.")
    public = gateway.must("proposal", "show", str(made), "--json")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        outside = [row[0] for row in db.execute("SELECT p.text FROM post p JOIN idea i ON i.id = p.idea_id WHERE i.ring = 'public'")]
    story.lacks(public + "".join(outside), "das Geld reicht nicht", "what members said of a draft is not its public text")


def what_comes_back_catches_up(story, gateway):
    """An idea was taken down while its proposal went on: brought back, it stands where that stands."""
    for title in ("Brunnen", "Wasser"):
        gateway.write(ERIKA, FORUM, title, f"Bitte mehr {title}.", dmarc="pass")
    one, two = fp.wait_for(lambda: [i["number"] for i in gateway.rows("idea", "list") if i["title"] in ("Brunnen", "Wasser")][1:] and
                           sorted(i["number"] for i in gateway.rows("idea", "list") if i["title"] in ("Brunnen", "Wasser")))
    gateway.must("proposal", "add", "mobilitaet", "--title", "Wasserplan", "--from", f"{one},{two}", "--public")
    made = str(gateway.rows("proposal", "list")[-1]["number"])
    gateway.must("idea", "remove", str(two), "--reason", "Ein Versehen.")
    for state in ("adopted", "in_progress"):
        gateway.must("proposal", "state", made, state, "--reason", "So beschlossen.")
    gateway.must("idea", "restore", str(two), "--reason", "Ein Irrtum.")
    story.equal((idea(gateway, one)["state"], idea(gateway, two)["state"]), ("in_progress", "in_progress"), "what comes back goes where its proposal went")


def write_ideas(gateway, *titles):
    """Their numbers."""
    for title in titles:
        gateway.write(ERIKA, FORUM, title, f"Bitte denken Sie an {title}.", dmarc="pass")
    def numbers():
        return {i["title"]: i["number"] for i in gateway.rows("idea", "list")}
    fp.wait_for(lambda: set(titles) <= set(numbers()))
    return [numbers()[title] for title in titles]


def propose(gateway, title, numbers, *options):
    gateway.must("proposal", "add", "mobilitaet", "--title", title, "--from", ",".join(map(str, numbers)), *options)
    return str(gateway.rows("proposal", "list")[-1]["number"])


def lead(gateway, made, *states):
    for state in states:
        gateway.must("proposal", "state", made, state, "--reason", "So beschlossen.")


def a_draft_takes_all_its_ideas(story, gateway):
    """While a proposal is a draft each of its ideas goes its own way; once it is public they all stand where it stands."""
    numbers = write_ideas(gateway, "Ampel", "Brücke", "Furt", "Steg")
    made = propose(gateway, "Übergänge", numbers)
    for number, state in zip(numbers, ("not_pursued", "forwarded", "done")):
        gateway.must("idea", "state", str(number), state, "--reason", "Das war vorher.")
    lead(gateway, made, "proposed")
    story.equal([idea(gateway, n)["state"] for n in numbers], ["proposal"] * 4, "a draft that becomes public takes all its ideas along")
    reasons = [[h.get("reason") for h in idea(gateway, n)["history"] if h["to"] == "proposal"] for n in numbers]
    story.equal(reasons, [["Übergänge"]] * 3 + [[None]], "who had read that it was over reads for which proposal it goes on")
    lead(gateway, made, "adopted")
    story.equal([idea(gateway, n)["state"] for n in numbers], ["adopted"] * 4, "and they go on with it")


def what_comes_back_is_not_ahead(story, gateway):
    """An idea was taken down while its proposal came to nothing, and began again."""
    one, two = write_ideas(gateway, "Fähre", "Seilbahn")
    made = propose(gateway, "Über den Fluss", (one, two), "--public")
    gateway.must("idea", "remove", str(two), "--reason", "Ein Versehen.")
    lead(gateway, made, "not_pursued")
    gateway.must("idea", "restore", str(two), "--reason", "Ein Irrtum.")
    story.equal(idea(gateway, two)["state"], "not_pursued", "what comes back to a proposal that came to nothing is not pursued either")
    lead(gateway, made, "proposed", "adopted")
    gateway.must("idea", "remove", str(two), "--reason", "Noch ein Versehen.")
    lead(gateway, made, "not_pursued", "proposed")
    gateway.must("idea", "restore", str(two), "--reason", "Ein Irrtum.")
    story.equal([idea(gateway, n)["state"] for n in (one, two)], ["proposal"] * 2, "nor is it ahead of one that began again")


def its_discussion_comes_back(story, gateway):
    """A proposal was taken down, and its ideas were led by hand meanwhile: it comes back, and they are its own again."""
    one, two = write_ideas(gateway, "Bank", "Tisch")
    made = propose(gateway, "Rastplätze", (one, two), "--public", "--text", "Bänke und Tische an jedem Weg.")
    lead(gateway, made, "adopted")
    discussion = next(p["idea"] for p in gateway.rows("proposal", "list") if str(p["number"]) == made)
    gateway.must("idea", "remove", str(discussion), "--reason", "Ein Versehen.")
    gateway.must("idea", "state", str(two), "not_pursued", "--reason", "Ohne Vorschlag kein Tisch.")
    gateway.must("idea", "restore", str(discussion), "--reason", "Ein Irrtum.")
    story.equal([idea(gateway, n)["state"] for n in (one, two)], ["adopted"] * 2, "a proposal that comes back takes its ideas along")


def idea_posts(gateway, number):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        return db.execute("SELECT n_posts FROM idea WHERE id = ?", (number,)).fetchone()[0]


def main():
    with fp.Story("proposals") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        it_is_made(story, gateway, sink)
        it_is_discussed(story, gateway, sink)
        it_is_led(story, gateway, sink)
        light, number = in_several(story, gateway, sink)
        a_draft_again(story, gateway, sink, light, number)
        says_what_it_must(story, gateway)
        a_draft_keeps_its_words(story, gateway)
        taken_back_is_told(story, gateway, sink)
        what_comes_back_catches_up(story, gateway)
        a_draft_takes_all_its_ideas(story, gateway)
        what_comes_back_is_not_ahead(story, gateway)
        its_discussion_comes_back(story, gateway)
        an_inner_idea_stays(story, gateway)


main()

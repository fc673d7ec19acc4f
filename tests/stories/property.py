#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random life: ideas, replies, support, following, withdrawing and undoing, moving, merging, steps, taking down, erasures, in whatever
order chance has it, by mail and by command line. After each stretch what must always be true is looked up: each post has one
discussion and one number, each count its persons, each mail one verdict a recipient, the journal is whole, and no word from within
and none that was taken back stands in anything public or in a mail to somebody else. PROPERTY_STEPS and PROPERTY_SEED choose."""
import collections
import contextlib
import json
import os
import random
import re
import sqlite3
import time

import fp
import webpeer

STEPS = int(os.environ.get("PROPERTY_STEPS", "200"))
SEED = int(os.environ.get("PROPERTY_SEED", "0")) or int(time.time())
STRETCH = max(50, STEPS // 20)
FORUMS = ("mobilitaet", "energie")
READERS = [f"leserin{i}@example.org" for i in range(12)]
MEMBERS = [f"mitglied{i}@example.net" for i in range(4)]
STAFF = {"leitung@amt.example.com": "lead", "moderation@amt.example.com": "moderator"}
STATES = ("assigned", "in_deliberation", "forwarded", "not_pursued", "proposal", "adopted", "in_progress", "done", "published")
OPEN = "state IN ('published', 'assigned', 'in_deliberation')"
WEEK_S = 7 * 86400


class World:
    """Who acts, what they wrote: each text has a word that stands nowhere else."""

    def __init__(self, gateway, sink, chance):
        self.gateway, self.sink, self.chance = gateway, sink, chance
        self.done, self.n_mails, self.n_words = collections.Counter(), 0, 0
        self.inner, self.gone_people = {}, set()
        self.client = fp.Client(gateway.door)

    def open(self):
        db = sqlite3.connect(f"file:{self.gateway.path('forumpost.db')}?mode=ro", uri=True, timeout=60)
        db.row_factory = sqlite3.Row
        return db

    def rows(self, sql, *values):
        with contextlib.closing(self.open()) as db:
            return db.execute(sql, values).fetchall()

    def word(self, inner=False):
        self.n_words += 1
        word = ("innen" if inner else "aussen") + "".join(self.chance.choice("bcdfgklmnprstvw") + self.chance.choice("aeiou") for _ in range(5)) + str(self.n_words)
        return word

    def idea(self, where="ring = 'public'"):
        """Mostly one of the newest, so that things meet."""
        found = self.rows(f"SELECT id, forum_id FROM idea WHERE {where} ORDER BY id DESC LIMIT 12")
        return self.chance.choice(found)["id"] if found else None

    def mail(self, person, to, subject, text, **headers):
        data = fp.found(fp.trace(fp.mail(person, to, subject, text, **headers)), person, "pass")
        self.n_mails += self.client.deliver(person, [to], data)[to][0] == 250

    def door(self, *arguments):
        return self.gateway.run(*arguments).returncode == 0

    # ---- what may happen
    def new_idea(self):
        to = self.chance.choice(FORUMS)
        self.mail(self.chance.choice(READERS + MEMBERS), f"{to}@{fp.DOMAIN}", f"Idee {self.word()}", f"Wir brauchen {self.word()} und mehr davon.")

    def inner_idea(self):
        word, person = self.word(True), self.chance.choice(MEMBERS)
        self.inner[word] = person
        self.mail(person, f"mobilitaet+intern@{fp.DOMAIN}", f"Unter uns {word}", f"Das bleibt unter uns: {word}.")
        notice = next((m for m in reversed(self.sink.to(person)) if word in m.text), None) or fp.wait_for(
            lambda: next((m for m in reversed(self.sink.to(person)) if word in m.text), None), 2)
        if notice is not None: # without a token of theirs a member is asked first
            self.n_mails += self.gateway.respond(notice.message, person, "JA", dmarc="pass")[0] == 250

    def reply(self):
        idea = self.idea()
        if idea:
            self.mail(self.chance.choice(READERS + MEMBERS), f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", f"Dazu meine ich {self.word()}, und zwar bald.")

    def inner_reply(self):
        idea, word, person = self.idea("ring = 'members'"), self.word(True), self.chance.choice(MEMBERS)
        if idea:
            self.inner[word] = person
            self.mail(person, self.gateway.own_address(idea, person), "Re: Unter uns", f"Auch intern: {word}.")

    def command(self, *words):
        idea = self.idea()
        if idea:
            self.mail(self.chance.choice(READERS + MEMBERS), f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", self.chance.choice(words))

    def support(self):
        self.command("+1", "dafür", "support")

    def unsupport(self):
        self.command("nicht mehr dafür")

    def follow(self):
        self.command("folgen", "stumm", "follow")

    def withdraw(self):
        found = self.rows("SELECT i.id, a.address FROM idea i JOIN address a ON a.person_id = i.author_id WHERE i.ring = 'public' ORDER BY random() LIMIT 1")
        for row in found:
            self.mail(row["address"], f"hilfe@{fp.DOMAIN}", "", f"löschen {row['id']}")

    def undo(self):
        told = [m for m in self.sink.mails[-400:] if m.subject and "zurückgezogen" in m.subject.lower() and m.message["Reply-To"]]
        if told:
            m = self.chance.choice(told)
            self.n_mails += self.gateway.respond(m.message, m.to, "zurück", dmarc="pass")[0] == 250

    def staff_command(self):
        person, idea = self.chance.choice(list(STAFF)), self.idea(f"ring = 'public' AND {OPEN}")
        other = self.idea(f"ring = 'public' AND {OPEN}")
        words = self.chance.choice((f"stand {self.chance.choice(('in Beratung', 'zugeordnet', 'nicht weiterverfolgt: zu teuer'))}",
                                    f"zusammenführen mit {other}", "trennen", f"verschieben nach {self.chance.choice(FORUMS)}"))
        if idea:
            self.mail(person, self.gateway.own_address(idea, person), "Re: Idee", words)

    def step(self):
        idea = self.idea("1 = 1")
        return idea and self.door("idea", "state", str(idea), self.chance.choice(STATES), "--reason", "Es ist so beschlossen.")

    def merge(self):
        one, two = (self.idea(self.chance.choice((OPEN, OPEN, OPEN, "1 = 1"))) for _ in range(2))
        return one and self.door("idea", "merge", str(one), str(two))

    def unmerge(self):
        merged = self.idea("merged_into IS NOT NULL")
        return merged and self.door("idea", "unmerge", str(merged))

    def move(self):
        idea = self.idea(self.chance.choice((OPEN, OPEN, "1 = 1")))
        return idea and self.door("idea", "move", str(idea), self.chance.choice(FORUMS))

    def remove(self):
        idea = self.idea("1 = 1")
        return idea and self.door("idea", "remove", str(idea), "--reason", "Das verstieß gegen die Regeln.")

    def remove_post(self):
        found = self.rows("SELECT id FROM post ORDER BY random() LIMIT 1")
        return found and self.door("post", self.chance.choice(("remove", "hide")), str(found[0][0]), "--reason", "Das verstieß gegen die Regeln.")

    def restore(self):
        found = self.rows("SELECT id FROM post WHERE taken_at IS NOT NULL ORDER BY random() LIMIT 1")
        return found and self.door("post", "restore", str(found[0][0]))

    def propose(self):
        ideas = {self.idea("state IN ('published', 'assigned', 'in_deliberation')") for _ in range(2)} - {None}
        return ideas and self.door("proposal", "add", self.chance.choice(FORUMS), "--title", f"Vorschlag {self.word()}", "--from", ",".join(map(str, ideas)))

    def step_proposal(self):
        found = self.rows("SELECT id FROM proposal ORDER BY random() LIMIT 1")
        return found and self.door("proposal", "state", str(found[0][0]), self.chance.choice(("adopted", "in_progress", "done", "not_pursued")), "--reason", "So beschlossen.")

    def erase(self):
        person = self.chance.choice(READERS[:4])
        return self.door("person", "erase", person, "--reason", "auf Wunsch")

    def again(self):
        """The same mail twice."""
        idea, key = self.idea(), f"<doppelt{self.n_words}@client.example.net>"
        self.n_words += 1
        for _ in range(2 if idea else 0):
            self.mail(READERS[5], f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", "Noch einmal dasselbe, weil der Server zweimal schickt.", Message_ID=key)

    def chaos(self):
        weights = {"new_idea": 14, "reply": 16, "support": 14, "unsupport": 4, "follow": 5, "inner_idea": 1, "inner_reply": 4, "withdraw": 3,
                   "undo": 2, "staff_command": 6, "step": 6, "merge": 5, "unmerge": 3, "move": 4, "remove": 2, "remove_post": 3, "restore": 4,
                   "propose": 2, "step_proposal": 2, "erase": 1, "again": 2}
        name = self.chance.choices(list(weights), list(weights.values()))[0]
        result = getattr(self, name)()
        self.done[name if result is not False else f"{name} (refused)"] += 1


# ---- what must be true
def structure(w):
    """Of posts, numbers and counts."""
    yield "each post stands in one discussion and in its forum", w.rows(
        "SELECT p.id FROM post p LEFT JOIN idea i ON i.id = p.idea_id WHERE i.id IS NULL OR p.forum_id <> i.forum_id")
    yield "each post has a number of its own, not above the last", w.rows(
        "SELECT p.id FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.number < 1 OR p.number > i.last_number")
    yield "an answer stands in the discussion of what it answers", w.rows(
        "SELECT p.id FROM post p JOIN post q ON q.id = p.parent_id WHERE q.idea_id <> p.idea_id")
    yield "n_posts counts what is published", w.rows(
        "SELECT i.id, i.n_posts FROM idea i WHERE i.n_posts <> (SELECT count(*) FROM post p WHERE p.idea_id = i.id AND p.state = 'published')")
    yield "what is published has a place, what is not has none", w.rows(
        "SELECT id FROM post WHERE (state = 'published') <> (published IS NOT NULL)")
    yield "a group is a lead and what names it", w.rows(
        "SELECT i.id FROM idea i JOIN idea l ON l.id = i.lead_id WHERE l.lead_id IS NOT NULL OR l.merged_into IS NOT NULL OR i.lead_id = i.id")
    yield "what is merged has a lead, and only that", w.rows(
        "SELECT id FROM idea WHERE (merged_into IS NOT NULL) <> (lead_id IS NOT NULL)")
    yield "an idea that is merged goes on with another one, and no other does", w.rows(
        "SELECT id, state FROM idea WHERE state = 'merged' AND merged_into IS NULL")
    yield "an idea's state is what its last step says", w.rows(
        "SELECT i.id, i.state, s.to_state FROM idea i JOIN step s ON s.id = (SELECT max(id) FROM step t WHERE t.idea_id = i.id "
        "AND t.to_state NOT LIKE 'moved:%' AND t.to_state NOT LIKE 'merged:%' AND t.to_state NOT IN ('unmerged', 'restored')) "
        "WHERE i.state <> s.to_state AND NOT EXISTS (SELECT 1 FROM step u WHERE u.idea_id = i.id AND u.id > s.id AND u.to_state NOT LIKE 'moved:%')")
    yield "who is erased has nothing left", w.rows(
        "SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL AND (EXISTS (SELECT 1 FROM support s WHERE s.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM follow f WHERE f.person_id = p.id) OR EXISTS (SELECT 1 FROM address a WHERE a.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM post q WHERE q.person_id = p.id AND q.text <> ''))")


def verdicts(w):
    yield "each mail has one verdict a recipient", w.rows(
        "SELECT message_id, recipient FROM verdict WHERE kind <> 'duplicate' GROUP BY message_id, recipient HAVING count(*) > 1")
    yield "no mail is without", w.rows("SELECT id FROM message m WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = m.id)")
    taken = w.rows("SELECT (SELECT count(*) FROM event WHERE kind IN ('message.post', 'message.review', 'message.confirm', 'message.accepted', "
                   "'message.refused', 'message.ignore', 'message.operator', 'message.duplicate', 'message.bounce', 'message.set-aside'))")[0][0]
    yield "each mail that was taken is in the journal once", [] if taken == w.n_mails else [(taken, w.n_mails)]


def counts(w):
    """What the door says against the rows, each person once in a group."""
    wrong = []
    for row in w.rows("SELECT id, coalesce(lead_id, id) AS lead FROM idea WHERE published_at IS NOT NULL ORDER BY id DESC LIMIT 15"):
        told = json.loads(w.gateway.must("idea", "show", str(row["id"]), "--json"))
        people = w.rows("SELECT DISTINCT s.person_id FROM support s JOIN idea g ON g.id = s.idea_id WHERE s.ended_at IS NULL AND (g.id = ? OR g.lead_id = ?)",
                        row["lead"], row["lead"])
        followers = w.rows("SELECT DISTINCT f.person_id FROM idea_follower f WHERE f.idea_id = ?", row["id"])
        if told["supporters"] != len(people) or told["followers"] != len(followers):
            wrong.append((row["id"], told["supporters"], len(people), told["followers"], len(followers)))
    yield "supporters and followers are persons, each once", wrong


def public_bytes(w, web):
    found = {}
    for path in ["/", "/atom.xml", "/daten/ideen.csv", "/daten/ideen.json", "/sitemap.xml", "/suche?q=innen", *(f"/forum/{f}" for f in FORUMS)]:
        found[path] = web.get(path)
    for row in w.rows("SELECT id FROM idea ORDER BY id DESC LIMIT 10"):
        for path in (f"/idee/{row['id']}", f"/idee/{row['id']}/mbox"):
            found[path] = web.get(path)
    return {path: answer[2] if isinstance(answer[2], bytes) else str(answer[2]).encode() for path, answer in found.items()}


def privacy(w, web, mails_seen):
    pages = public_bytes(w, web)
    inner = [word for word in w.inner if any(word.encode() in page for page in pages.values())]
    yield "no word from within stands in a page, a feed, an mbox or the data", inner
    gone = {row["text"] for row in w.rows("SELECT text FROM post WHERE state IN ('withdrawn', 'removed', 'hidden', 'rejected') AND text <> ''")}
    words = {word for text in gone for word in re.findall(r"aussen\w+", text)}
    kept = {word for row in w.rows("SELECT text FROM post WHERE state = 'published'") for word in re.findall(r"aussen\w+", row["text"])}
    yield "nor does what was taken back", [word for word in words - kept if any(word.encode() in page for page in pages.values())]
    everybody = READERS + MEMBERS + list(STAFF)
    yield "nor anybody's address", [(person, path) for person in everybody for path, page in pages.items() if person.encode() in page]
    fresh = w.sink.mails[mails_seen:]
    inside = set(MEMBERS) | set(STAFF)
    yield "no mail tells somebody outside a word from within", [(m.to, word) for m in fresh if m.to not in inside for word in re.findall(r"innen\w{10}\d+", m.text) if word in w.inner]
    yield "no mail tells anybody's address to somebody else", [(m.to, person) for m in fresh for person in everybody if person not in m.recipients and person.encode() in m.data]


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
    gateway.must("init")
    for forum in FORUMS:
        gateway.must("forum", "add", forum, "--title", forum.capitalize(), "--moderation", "none")
        for person in READERS:
            gateway.must("member", "add", forum, person, "--role", "reader", "--delivery", "none")
        for person, role in STAFF.items():
            gateway.must("member", "add", forum, person, "--role", role, "--delivery", "none")
    for person in MEMBERS:
        gateway.must("member", "add", "mobilitaet", person, "--role", "member", "--delivery", "each")
    gateway.start()
    return gateway


def check(w, web, mails_seen):
    wrong = {}
    for look in (structure(w), verdicts(w), counts(w), privacy(w, web, mails_seen)):
        for what, rows in look:
            wrong.setdefault(what, [])
            wrong[what] += [tuple(r) if isinstance(r, sqlite3.Row) else r for r in rows]
    done = w.gateway.run("event", "verify")
    wrong["the journal is whole"] = [] if done.returncode == 0 else [done.stdout + done.stderr]
    return wrong


def main():
    port = fp.free_port()
    with fp.Story("property") as story, contextlib.closing(fp.Sink()) as sink:
        fp.diag(f"PROPERTY_SEED={SEED} PROPERTY_STEPS={STEPS}")
        gateway = set_up(story, sink, port)
        web = webpeer.Web(port)
        w = World(gateway, sink, random.Random(SEED))
        wrong, mails_seen = {}, 0
        for _ in range(2):
            w.inner_idea()
        for step in range(1, STEPS + 1):
            w.chaos()
            if step % STRETCH == 0 or step == STEPS:
                for what, rows in check(w, web, mails_seen).items():
                    if rows and not wrong.get(what):
                        fp.diag(f"step {step}: {what}: {rows[:5]}")
                    wrong[what] = wrong.get(what, []) + rows
                mails_seen = len(sink.mails)
        w.client.quit()
        for what, rows in wrong.items():
            story.equal(rows[:5], [], what)
        ideas, posts, events = w.rows("SELECT (SELECT count(*) FROM idea), (SELECT count(*) FROM post), (SELECT count(*) FROM event)")[0]
        fp.diag(f"figure: {STEPS} steps, {w.n_mails} mails in, {len(sink.mails)} out, {ideas} ideas, {posts} posts, {events} lines of the journal")
        fp.diag(f"figure: {dict(sorted(w.done.items()))}")


main()

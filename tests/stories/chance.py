# SPDX-License-Identifier: GPL-3.0-or-later
"""A life that chance writes: ideas, replies, answers to digests, support, following, withdrawing and undoing, moving, merging, steps, proposals,
official answers, moderation, corrections, reports, passages taken out, organisations, everybody's words at hilfe@, phases that end and begin
again, machines, wrong commands, taking down, erasures, two writers at once, kill -9 while mails come, a clock that is put back, in both rings
and in whatever order chance has it, by mail and by command line. A seed tells the same life again, but for what time does to it."""
import collections
import contextlib
import datetime
import os
import re
import signal
import sqlite3
import subprocess
import threading
import time

import deeds_of_chance
import fp
import strangers
import truths

FORUMS = (*truths.FORUMS, "kultur") # where a moderator reads first
DAILY = "taeglich@example.org"
OFFICE = "referat@amt.example.com"
MONA = "moderation@amt.example.com"
STEPS = int(os.environ.get("PROPERTY_STEPS", "60"))
READERS = [f"leserin{i}@example.org" for i in range(12 + STEPS // 40)] # who writes more than thirty times an hour is only read later
MEMBERS = [f"mitglied{i}@example.net" for i in range(4)]
LEAD = "leitung@amt.example.com"
STAFF = {LEAD: "lead", MONA: "moderator", OFFICE: "office"}
STATES = ("assigned", "in_deliberation", "forwarded", "not_pursued", "proposal", "adopted", "in_progress", "done", "published")
OPEN = "state IN ('published', 'assigned', 'in_deliberation')"
WEEK_S = 7 * 86400


def day(n, hour=12):
    """N days from now, at HOUR of the local day."""
    return (datetime.datetime.now().astimezone() + datetime.timedelta(days=n)).replace(hour=hour, minute=0)


class World(strangers.Strangers, deeds_of_chance.Deeds):
    """Who acts, what they wrote: each text has a word that stands nowhere else. KILLS: in which share of the steps the gateway is killed."""

    PROMISES = ("what is refused at a door changes nothing", "a machine's mail changes nothing", "a mail with one wrong command changes nothing",
                "merging and taking it apart leaves posts, supports and followers as they were", "nothing is taken while no phase allows it",
                "an answer to a digest becomes exactly its author's words, where they belong", "an official answer is public after the second person's word, not before",
                "an address that was given is taken for ever", "and leads to its idea, whatever became of that", "whoever only knows a Message-ID of ours changes nothing", "a reaction is no contribution", *strangers.PROMISES)

    def __init__(self, gateway, sink, chance, kills=0):
        self.gateway, self.sink, self.chance = gateway, sink, chance
        self.done, self.spent, self.n_mails, self.n_words = collections.Counter(), collections.Counter(), 0, 0
        self.inner, self.author_of, self.numbers, self.hashes = {}, {}, {}, {}
        self.private = {} # words of letters, and who may read them beside those who lead
        self.gone, self.taken_out = {}, {} # words that were taken back, and passages: each with its post
        self.broken = {what: [] for what in self.PROMISES}
        self.forums, self.readers, self.open = FORUMS, READERS, OPEN
        self.everybody, self.members, self.staff = READERS + MEMBERS + list(STAFF) + [DAILY], MEMBERS, STAFF
        self.unproved, self.long, self.first, self.answered = {}, {}, {}, set() # words of who proves nothing; of long texts, with those, and with their first posts; mails that were answered
        self.n_digests = self.n_unanswered = self.n_kills = self.n_clocks = 0
        self.kills, self.killer, self.is_killing_doors = kills, None, False
        self.rows_of_each_step = truths.Watch(1 + STEPS // 2000) # a long life has large tables
        self.client = fp.Client(gateway.door)
        self.db = sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True, timeout=60, isolation_level=None, cached_statements=500)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA mmap_size = 268435456")

    @contextlib.contextmanager
    def snapshot(self):
        """All that is looked up meanwhile is of one instant."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    def rows(self, sql, *values):
        return self.db.execute(sql, values[0] if values and isinstance(values[0], dict) else values).fetchall()

    def quiet(self, seconds=5):
        """Until nothing is owed that could go out now: who waits for a mail after that waits in vain."""
        def is_quiet():
            self.live_on()
            return not self.rows("SELECT 1 FROM notice WHERE state = 'claimed' UNION ALL SELECT 1 FROM notice WHERE state = 'due' AND due_at <= ? LIMIT 1", int(time.time()))
        return fp.wait_for(is_quiet, seconds)

    def one(self, sql):
        """One row in a list, or none: by this run's chance, so that a seed tells the same life again."""
        found = self.rows(sql)
        return [self.chance.choice(found)] if found else []

    def word(self, inner=False):
        self.n_words += 1
        word = ("innen" if inner else "aussen") + "".join(self.chance.choice("bcdfgklmnprstvw") + self.chance.choice("aeiou") for _ in range(5)) + str(self.n_words)
        return word

    def idea(self, where="ring = 'public'"):
        """Mostly one of the newest, so that things meet."""
        found = self.rows(f"SELECT id, forum_id FROM idea WHERE {where} ORDER BY id DESC LIMIT 12")
        return self.chance.choice(found)["id"] if found else None

    def note_author(self, person, text):
        """Whose word it is: who said it first. Whoever quotes it, as an answer to a digest does, does not make it theirs."""
        for word in re.findall(r"aussen\w+", text):
            self.author_of.setdefault(word, person)

    def mail(self, person, to, subject, text, dmarc="pass", **headers):
        self.note_author(person, f"{subject} {text}")
        self.send(person, to, fp.found(fp.trace(fp.mail(strangers.called(person), to, subject, text, **headers)), person, dmarc))

    def respond(self, notice, person, text, dmarc="pass", **options):
        self.note_author(person, text)
        self.answered.add(notice)
        data = fp.answer(notice.message, strangers.called(person), text, **options)
        self.send(person, fp.address_of(notice.message["Reply-To"] or notice.message["From"]), fp.found(fp.trace(data), person, dmarc))

    def send(self, person, to, data, envelope=None):
        """As a mail server does: once more, until somebody answers."""
        while True:
            try:
                self.n_mails += self.client.deliver(person if envelope is None else envelope, [to], data)[to][0] == 250
                return
            except (OSError, ValueError, AttributeError, IndexError):
                if self.killer is None:
                    raise
                self.n_unanswered += 1
                self.live_on(True)

    # ---- kill -9, between any two statements
    def die_soon(self):
        self.killer = threading.Timer(self.chance.random() * 0.08, lambda: self.gateway.stop(signal.SIGKILL))
        self.is_killing_doors = True
        self.killer.start()

    def live_on(self, is_dead=False):
        """Who was killed is started again."""
        if self.killer is None or (not is_dead and self.killer.is_alive()):
            return
        self.killer.join()
        self.killer, self.n_kills = None, self.n_kills + 1
        self.gateway.start()
        self.client = fp.Client(self.gateway.door)

    def live_again(self):
        while self.killer is not None:
            self.live_on(True)
        self.is_killing_doors = False

    def run(self, *arguments):
        """A door; it may be killed as well, and nobody knows then what it did."""
        if not self.is_killing_doors or self.chance.random() < 0.5:
            return self.gateway.run(*arguments).returncode
        with subprocess.Popen([fp.FORUMPOST, "-c", self.gateway.config, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as door:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return door.wait(self.chance.random() * 0.04)
            door.kill()
        return None

    def state(self):
        """All that a mail or a door may change, but for the mail itself."""
        with self.snapshot():
            return {(n, *row) for n, sql in enumerate((
                "SELECT id, state, forum_id, merged_into, lead_id, title, n_posts FROM idea", "SELECT id, state, text, number FROM post",
                "SELECT * FROM support", "SELECT * FROM follow", "SELECT count(*) FROM step", "SELECT id, state FROM hold", "SELECT * FROM member",
                "SELECT * FROM proposal_idea", "SELECT name, forum_id, from_at, to_at, allows, n_changes FROM phase", "SELECT id, erased_at, public_name, language FROM person",
                "SELECT count(*) FROM address", "SELECT count(*) FROM version", "SELECT id FROM wish", "SELECT count(*) FROM duty")) for row in self.db.execute(sql)}

    def unchanged(self, what, before, may_come=lambda row: False, by=None):
        now = self.state()
        wrong = [row for row in now - before if not may_come(row)] + list(before - now)
        if wrong:
            self.broken[what].append((by, *wrong[:3]))

    def door(self, *arguments):
        before = self.state() if self.chance.random() < 0.1 else None
        code = self.run(*arguments)
        if before is not None and code:
            self.unchanged("what is refused at a door changes nothing", before)
        return code == 0

    @staticmethod
    def day(n):
        return day(n).date().isoformat()

    # ---- what may happen
    def new_idea(self):
        to, person = self.chance.choice(FORUMS), self.chance.choice(READERS + MEMBERS)
        text = self.long_text() if self.chance.random() < 0.3 else f"Wir brauchen {self.word()} und mehr davon."
        self.mail(person, f"{to}@{fp.DOMAIN}", f"Idee {self.word()}", text)
        for row in self.rows("SELECT id FROM post WHERE text = ? ORDER BY id LIMIT 1", text) if len(text) > 100 else ():
            self.first.update((word, row["id"]) for word in re.findall(r"aussen\w+", text))

    def inner_idea(self):
        word, person = self.word(True), self.chance.choice(MEMBERS)
        self.inner[word] = person
        self.mail(person, f"mobilitaet+intern@{fp.DOMAIN}", f"Unter uns {word}", f"Das bleibt unter uns: {word}.")
        self.quiet()
        notice = next((m for m in reversed(self.sink.to(person)[-30:]) if word in m.text), None)
        if notice is not None: # without a token of theirs a member is asked first
            self.respond(notice, person, "JA")

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
        for row in self.one("SELECT i.id, a.address FROM idea i JOIN address a ON a.person_id = i.author_id WHERE i.ring = 'public' ORDER BY i.id, a.address"):
            self.mail(row["address"], f"hilfe@{fp.DOMAIN}", "", f"löschen {row['id']}")

    def undo(self):
        told = [m for m in self.sink.mails[-400:] if m.field("Feedback-ID").startswith("withdrawn")]
        if told:
            m = self.chance.choice(told)
            self.respond(m, m.to, "zurück")

    def staff_command(self):
        person, idea = self.chance.choice(list(STAFF)), self.idea(f"ring = 'public' AND {OPEN}")
        other = self.idea(f"ring = 'public' AND {OPEN}")
        words = self.chance.choice((f"stand {self.chance.choice(('in Beratung', 'zugeordnet', 'nicht weiterverfolgt: zu teuer'))}",
                                    f"zusammenführen mit {other}", "trennen", f"verschieben nach {self.chance.choice(FORUMS)}",
                                    f"auch in {self.chance.choice(FORUMS)}", f"nicht auch in {self.chance.choice(FORUMS)}"))
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
        found = self.one("SELECT id FROM post ORDER BY id")
        return found and self.door("post", self.chance.choice(("remove", "hide")), str(found[0][0]), "--reason", "Das verstieß gegen die Regeln.")

    def restore(self):
        found = self.one("SELECT id FROM post WHERE taken_at IS NOT NULL ORDER BY id")
        return found and self.door("post", "restore", str(found[0][0]), "--reason", "Es war ein Irrtum.")

    def propose(self):
        ideas = {self.idea("state IN ('published', 'assigned', 'in_deliberation')") for _ in range(2)} - {None}
        return ideas and self.door("proposal", "add", self.chance.choice(FORUMS), "--title", f"Vorschlag {self.word()}", "--from", ",".join(map(str, ideas)), *self.chance.choice(((), ("--public"))))

    def change_proposal(self):
        found, idea = self.one("SELECT id FROM proposal ORDER BY id"), self.idea(f"ring = 'public' AND {OPEN}")
        if not found or not idea:
            return False
        old = self.one(f"SELECT idea_id FROM proposal_idea WHERE proposal_id = {found[0][0]} ORDER BY idea_id")
        how = self.chance.choice((("--add", str(idea)), ("--drop", str(old[0][0] if old else idea), "--reason", "Das ist ein anderes Thema.")))
        return self.door("proposal", "set", str(found[0][0]), *how)

    def step_proposal(self):
        found = self.one("SELECT id FROM proposal ORDER BY id")
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

    def wrong_block(self):
        idea = self.idea(f"ring = 'public' AND {OPEN}")
        if idea:
            before = self.state()
            self.mail(LEAD, self.gateway.own_address(idea, LEAD), "Re: Idee", self.chance.choice((
                "zuordnen\nzusammenführen mit 999999", "stand in Beratung\nverschieben nach nirgendwo")))
            self.unchanged("a mail with one wrong command changes nothing", before)

    def there_and_back(self):
        one, two = (self.idea(f"ring = 'public' AND {OPEN} AND lead_id IS NULL AND NOT EXISTS (SELECT 1 FROM idea m WHERE m.lead_id = idea.id)") for _ in range(2))
        if not one or one == two:
            return False
        def rows():
            return [tuple(r) for sql in ("SELECT id, number, idea_id, state FROM post WHERE idea_id IN (?, ?)", "SELECT idea_id, person_id FROM support "
                    "WHERE ended_at IS NULL AND idea_id IN (?, ?)", "SELECT * FROM follow WHERE idea_id IN (?, ?)", "SELECT id, state FROM idea WHERE id IN (?, ?)")
                    for r in self.rows(sql, one, two)]
        before = rows()
        done = self.run("idea", "merge", str(one), str(two)) == 0 and self.run("idea", "unmerge", str(one)) == 0
        if done and rows() != before:
            self.broken["merging and taking it apart leaves posts, supports and followers as they were"].append((one, two, set(rows()) ^ set(before)))
        return done

    # ---- answers to digests
    def digest(self):
        """Somebody answers entries of a digest: by number, above a quote that has no mark; below each, in a quote that has; or so that
        nobody can say which is meant."""
        n = len(self.sink.to(DAILY))
        self.n_digests += 1
        self.run("digest", "run", "--now", day(self.n_digests).isoformat(timespec="seconds"))
        def digests():
            """Not every mail with a list is one: a question that only takes a number has one as well."""
            return [m for m in self.sink.to(DAILY)[n:] if re.search(r": (ein neuer Beitrag|\d+ neue Beiträge)$", m.subject) and re.search(r"(?m)^1\. ", m.text)]
        self.quiet()
        sent = next(iter(digests()), None)
        numbers = list(dict.fromkeys(re.findall(r"(?m)^(\d+)\. ", sent.text)))[:2] if sent else []
        return bool(numbers) and self.chance.choice((self.by_number, self.by_number, self.below_each, self.unclear))(sent, numbers)

    def by_number(self, sent, numbers):
        parts = {number: f"Dazu {self.word()}, denn das ist wichtig." for number in numbers}
        head = f"\n\nVon: Konferenz <{fp.address_of(sent.message['From'])}>\nGesendet: Dienstag, 3. März 2026 07:00\nAn: {DAILY}\nBetreff: {sent.subject}\n\n"
        self.respond(sent, DAILY, "\n\n".join(f"zu {n}: {words}" for n, words in parts.items()) + head + sent.text, quote=False)
        self.judge_answer(sent, parts)
        return True

    def below_each(self, sent, numbers):
        """Each answer stands below the words of an entry: those that say where to answer it end it."""
        parts, number, lines = {}, None, ["Am 3. März 2026 schrieb Konferenz:"]
        for line in sent.text.splitlines():
            named = re.match(r"(\d+)\. ", line)
            number = named.group(1) if named else number
            lines.append("> " + line)
            if number in numbers and number not in parts and re.match(r"idee-\d+\+", line):
                parts[number] = f"Hierzu {self.word()}, und zwar ganz und gar."
                lines += ["", parts[number], ""]
        if parts:
            self.respond(sent, DAILY, "\n".join(lines), quote=False)
            self.judge_answer(sent, parts)
        return bool(parts)

    def unclear(self, sent, numbers):
        """It is asked about, and the answer to that is a number."""
        words = f"Allgemein {self.word()}, das fehlt mir überall."
        if len(numbers) < 2:
            return False
        self.respond(sent, DAILY, words + f"\n\nVon: Konferenz\nGesendet: Dienstag\nAn: {DAILY}\nBetreff: {sent.subject}\n\n" + sent.text, quote=False)
        what = "an answer to a digest becomes exactly its author's words, where they belong"
        held = [row["text"] for row in self.rows("SELECT text FROM hold WHERE kind = 'entry' AND state = 'open' ORDER BY id DESC LIMIT 1")]
        if held != [words]:
            self.broken[what].append((words, held))
        self.quiet()
        asked = next((m for m in reversed(self.sink.to(DAILY)[-30:]) if words.split()[1] in m.text), None)
        if asked is None:
            return False
        self.respond(asked, DAILY, numbers[-1])
        self.judge_answer(sent, {numbers[-1]: words})
        return True

    def judge_answer(self, sent, parts):
        what = "an answer to a digest becomes exactly its author's words, where they belong"
        texts = ["\n".join(line for line in row["text"].splitlines() if not line.startswith(">")).strip() for row in self.rows(
            "SELECT p.text FROM post p JOIN address a ON a.person_id = p.person_id WHERE a.address = ? ORDER BY p.id DESC LIMIT 40", DAILY)]
        held = [row["text"] for row in self.rows("SELECT text FROM hold WHERE kind IN ('entry', 'confirm') AND state = 'open'")]
        verdict = [tuple(row) for row in self.rows("SELECT kind, reason FROM verdict ORDER BY message_id DESC LIMIT 1")]
        self.broken[what] += [(words, verdict) for words in parts.values() if words not in texts and not any(words in h for h in held)
                              and self.is_open_entry(sent, words, parts)]
        self.broken[what] += [text for text in texts if any(words in text for words in parts.values()) and text not in parts.values()]

    def is_open_entry(self, sent, words, parts):
        """An idea that was closed since the digest takes no more."""
        number = next(n for n, w in parts.items() if w == words)
        title = re.search(rf"(?m)^{number}\. (.*?) ?\r?$", sent.text).group(1)
        return bool(self.rows(f"SELECT 1 FROM idea WHERE title = ? AND {OPEN} AND lead_id IS NULL", title))

    def official(self):
        what, idea, word = "an official answer is public after the second person's word, not before", self.idea(f"ring = 'public' AND {OPEN}"), self.word()
        if not idea:
            return False
        self.mail(OFFICE, self.gateway.own_address(idea, OFFICE), "Re: Idee", f"antwort:\nWir prüfen {word} bis Mai.")
        def public():
            return [row["id"] for row in self.rows("SELECT id FROM post WHERE kind = 'official' AND state = 'published' AND text LIKE ?", f"%{word}%")]
        self.broken[what] += public()
        self.quiet()
        asked = next((m for m in reversed(self.sink.to(LEAD)[-30:]) if word in m.text), None)
        if asked is None:
            return False
        self.respond(asked, LEAD, "FREI")
        if not public() and self.rows(f"SELECT 1 FROM idea WHERE id = ? AND {OPEN}", idea):
            self.broken[what].append((idea, word))
        return True

    # ---- moderation, corrections, words of everybody
    def newest(self, person, sign, n=6):
        """One of the newest mails to PERSON with SIGN in their purpose."""
        found = [m for m in self.sink.to(person)[-60:] if m.field("Feedback-ID").startswith(sign)]
        found = ([m for m in found if m not in self.answered] or found)[-n:] # whoever answers twice is rare
        return self.chance.choice(found) if found else None

    def moderate(self):
        m = self.newest(MONA, "moderate")
        if m is None:
            return False
        self.respond(m, MONA, self.chance.choice(("FREI", "FREI", "FREI", "ABLEHNEN werbung_partei", "ABLEHNEN: Das ist Werbung.", "NACH energie", "ok",
                                                  "FRAGEN: Wo genau ist das?")))
        return True

    def complain(self):
        person = self.chance.choice(READERS)
        m = self.newest(person, "rejected")
        return m is not None and (self.respond(m, person, "BESCHWERDE: Das war keine Werbung.") or True)

    def correct(self):
        person = self.chance.choice(READERS)
        m = self.newest(person, "receipt-published")
        return m is not None and (self.respond(m, person, f"neu:\nWir brauchen {self.word()}, und zwar genau das.") or True)

    def at_help(self):
        idea = self.idea() or 1
        self.mail(self.chance.choice(READERS), f"hilfe@{fp.DOMAIN}", "", self.chance.choice((
            "täglich energie", "wöchentlich energie", "pause", "stunde 8", "sprache en", "sprache de", "abonnieren kultur", "abbestellen kultur", "status",
            "liste energie", f"verlauf {idea}", "suche: aussen", "name: Karla K.", "name: ohne", "name: Moderation", "name: Staatskanzlei NRW", f"organisation: Verein {self.chance.randrange(9)}", f"organisation: Verein {self.chance.randrange(9)}", "anonym", "meine daten", f"status {idea}\nstunde 9",
            "probe\npause", "stunde 99", "hilfe", "alles löschen")))

    def also(self):
        idea = self.idea(f"ring = 'public' AND {OPEN}")
        return idea and self.door("idea", "move", str(idea), self.chance.choice(FORUMS), self.chance.choice(("--also", "--not-also")))

    def deadline(self):
        idea = self.idea(f"ring = 'public' AND {OPEN}")
        return idea and self.door("idea", "deadline", str(idea), self.chance.choice((day(9).date().isoformat(), "none", "2099-01-01")))

    def old_token(self):
        """An address that somebody was given long ago still leads to its idea, and a Message-ID of ours alone lets nobody do anything."""
        m = self.newest(self.chance.choice(READERS), "post", 40)
        token = m and re.match(r"idee-(\d+)\+", fp.address_of(m.message["Reply-To"]))
        if not token:
            return False
        code = self.client_says(f"RCPT TO:<{fp.address_of(m.message['Reply-To'])}>")
        if code != 250:
            self.broken["an address that was given is taken for ever"].append((token.group(1), code))
        before = self.state()
        self.mail("fremd@example.com", fp.address_of(m.message["From"]), "Re: x", "NICHT MEHR", In_Reply_To=m.message["Message-ID"])
        self.unchanged("whoever only knows a Message-ID of ours changes nothing", before)
        return True

    def client_says(self, line):
        self.live_again()
        self.client.command("MAIL FROM:<neu@example.org>")
        code = self.client.command(line)[0]
        self.client.command("RSET")
        return code

    def answer_old(self):
        """Who was told of an idea before it was moved, merged or taken apart answers that mail: their words go to that idea."""
        what = "and leads to its idea, whatever became of that"
        for row in self.one("SELECT DISTINCT idea_id FROM step WHERE to_state LIKE 'moved:%' OR to_state = 'merged' OR from_state = 'merged' ORDER BY idea_id"):
            idea, sign = row["idea_id"], f"idee-{row['idea_id']}+"
            told = [m for m in self.sink.mails[-2000:] if sign in m.field("Reply-To") and m.to in READERS + MEMBERS]
            if not told:
                return False
            m, word = self.chance.choice(told), self.word()
            self.respond(m, m.to, f"Auf die alte Mail: {word}.")
            found = self.rows("SELECT idea_id FROM post WHERE text LIKE :w UNION ALL SELECT idea_id FROM hold WHERE text LIKE :w", {"w": f"%{word}%"})
            takes = self.rows("SELECT 1 FROM idea i JOIN idea l ON l.id = coalesce(i.lead_id, i.id) WHERE i.id = ? AND i.state NOT IN ('withdrawn', 'removed', "
                              "'in_review', 'rejected') AND l.state NOT IN ('withdrawn', 'removed', 'in_review', 'rejected') AND EXISTS "
                              "(SELECT 1 FROM address a WHERE a.address = ?)", idea, m.to)
            if {r["idea_id"] for r in found} != {idea} and (found or takes):
                self.broken[what].append((idea, m.to, [tuple(r) for r in found]))
            return True
        return False

    # ---- who looks after it
    def a_post(self):
        return self.one(f"SELECT id, idea_id, person_id, text FROM (SELECT p.* FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.state = 'published' "
                        "AND i.ring = 'public' AND p.kind IN ('idea', 'reply') ORDER BY p.id DESC LIMIT 20) ORDER BY id")

    def report(self):
        for row in self.a_post():
            person = self.chance.choice(READERS)
            self.mail(person, self.gateway.own_address(row["idea_id"], person, row["id"]), "Re: Idee", self.chance.choice(("melden", "melden: Das ist Werbung.", "report")))

    def redact(self):
        """A passage goes, and stands nowhere from then on."""
        for row in self.a_post():
            person, words = self.chance.choice((MONA, LEAD)), re.findall(r"aussen\w+", row["text"])
            if not words:
                return False
            self.mail(person, self.gateway.own_address(row["idea_id"], person, row["id"]), "Re: Idee", f'schwärzen: "{words[0]}" personendaten')
            if words[0] not in self.rows("SELECT text FROM post WHERE id = ?", row["id"])[0]["text"]:
                self.taken_out[words[0]] = row["id"]
                return True
        return False

    # ---- what goes wrong
    def two_writers(self):
        """Two at once, each with a door of their own: nothing is lost, nothing counts twice."""
        self.live_again()
        idea = self.idea(f"ring = 'public' AND {OPEN}")
        if not idea:
            return False
        words = self.chance.choice((("stand in Beratung", "stand zugeordnet"), ("+1", "+1"), ("verschieben nach energie", "stand in Beratung")))
        who = [LEAD, MONA] if words[0] != "+1" else self.chance.sample(READERS, 2)
        to = [self.gateway.own_address(idea, person) if words[0] != "+1" else f"idee-{idea}@{fp.DOMAIN}" for person in who]
        taken = []
        def write(i):
            data = fp.found(fp.trace(fp.mail(who[i], to[i], "Re: Idee", words[i])), who[i], "pass")
            taken.append(self.gateway.deliver(who[i], [to[i]], data)[to[i]][0] == 250)
        threads = [threading.Thread(target=write, args=(i,)) for i in range(2)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.n_mails += sum(taken)
        return True

    def clock_put_back(self):
        """What is stored lies in the future, as after a clock that ran fast was put right."""
        s = self.chance.choice((60, 3600, 90000))
        with contextlib.closing(sqlite3.connect(self.gateway.path("forumpost.db"), timeout=60)) as db, db:
            self.n_clocks += 1
            for table, column in (("message", "received_at"), ("step", "at"), ("notice", "sent_at"), ("hold", "created_at"), ("support", "at")):
                db.execute(f"UPDATE {table} SET {column} = {column} + ? WHERE {column} IS NOT NULL", (s,))
        return True

    def chaos(self):
        weights = {"new_idea": 14, "reply": 16, "support": 14, "unsupport": 4, "follow": 5, "inner_idea": 1, "inner_reply": 4, "withdraw": 3,
                   "undo": 2, "staff_command": 6, "step": 6, "merge": 5, "unmerge": 3, "move": 4, "remove": 2, "remove_post": 3, "restore": 4,
                   "propose": 2, "step_proposal": 2, "change_proposal": 2, "erase": 1, "again": 2, "machine": 2, "wrong_block": 2, "there_and_back": 1, "out_of_phase": 0.3,
                   "digest": 1, "official": 1, "moderate": 8, "complain": 1, "correct": 2, "at_help": 4, "also": 1, "deadline": 1, "old_token": 1,
                   "answer_old": 3, "report": 2, "redact": 2, "two_writers": 1, "clock_put_back": 0.2, "stranger": 4, "forged": 3, "say_yes": 6,
                   "quote": 2, "own_mail_back": 0.5, "inner_talk": 1, "letter": 1, "judge_complaint": 1, "duty": 0.5, "pass_on": 1, "reaction": 2, "two_decide": 1,
                   "many_orders": 1}
        name = self.chance.choices(list(weights), list(weights.values()))[0]
        self.last = name
        if self.chance.random() < self.kills:
            self.die_soon()
        began = time.monotonic()
        result = getattr(self, name)()
        self.live_again()
        self.spent[name] += time.monotonic() - began
        self.done[name if result is not False else f"{name} (refused)"] += 1

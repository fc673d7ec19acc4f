#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of every kind of work at each of its commits, before it and behind it, and at some statements between (kill_points.c): a question
and the yes to it, a deed and its mail, merging, steps of proposals, an official answer of two persons, moderation, passages taken out, words
that are hidden in what others say, deletions, an erasure, digests and answers to them, posts of the inner ring, sending. Then what comes after
a kill: the mail server sends the mail again, the operator says it again, the clock ticks. What is there then is what would be there had nobody
killed anything, row by row, and all that must always be true (truths.py) is. crash.py kills at any moment under load.

KILLS_ALL=1 tries each statement that writes, not some."""
import collections
import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile

import fp
import truths
import truths_whole

ANNA, BERT, CARLA, DORA = (f"{name}@example.org" for name in ("anna", "bert", "carla", "dora"))
LEAD, OFFICE, SECOND, MONA = (f"{name}@amt.example.com" for name in ("leitung", "referat", "zweite", "moderation"))
STRANGER = "fremd@fremd.example"
MOBILITY, HEALTH = f"mobilitaet@{fp.DOMAIN}", f"gesundheit@{fp.DOMAIN}"
ALL = bool(os.environ.get("KILLS_ALL"))
MOST_COMMITS = 1000 if ALL else 6
N_WRITES = 1000000 if ALL else 1
DAY_S = 86400
LONG = ("Wir brauchen endlich ein Ticket, das in allen Städten an Rhein und Ruhr gilt, ohne Zonen und ohne Zuschlag, damit niemand mehr vor dem "
        "Automaten steht und rätselt, welcher Preis heute wohl der richtige für die Fahrt zur Arbeit ist.")
# Rows that a kill may make more of: mails that came twice, and when something was.
APART = ("message", "message_raw", "verdict", "event", "sqlite_sequence", "announcement")
NO_MATTER = ("at", "told_since", "words") # times, and what has salt
NUMBERS = ("notice", "report", "step") # whose number says only what came first


class World:
    def __init__(self, story, sink):
        # No disk: a process that is killed leaves what the kernel has, and nobody pulls a plug here.
        folder = tempfile.mkdtemp(prefix="forumpost-kills-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        story.at_end(lambda: shutil.rmtree(folder))
        self.gateway, self.sink, self.n_mails, self.n_kills = fp.Gateway(story, relay_port=sink.port, folder=folder), sink, 0, 0
        self.numbers, self.db = {}, None # for truths.py
        self.saved = self.gateway.path("saved")
        g = self.gateway
        g.must("init")
        for forum, moderation in (("mobilitaet", "none"), ("gesundheit", "pre")):
            g.must("forum", "add", forum, "--title", forum.title(), "--moderation", moderation)
            for person in (ANNA, BERT, CARLA):
                g.must("member", "add", forum, person, "--role", "member", "--delivery", "none")
            g.must("member", "add", forum, DORA, "--role", "reader", "--delivery", "daily")
            for person, role in ((LEAD, "lead"), (OFFICE, "office"), (SECOND, "office"), (MONA, "moderator")):
                g.must("member", "add", forum, person, "--role", role, "--delivery", "none")

    # ---- what is there
    def rows(self, sql, *values):
        if self.db is None:
            self.db = sqlite3.connect(f"file:{self.gateway.path('forumpost.db')}?mode=ro", uri=True, timeout=60, isolation_level=None)
            self.db.row_factory = sqlite3.Row
        return self.db.execute(sql, values).fetchall()

    def close(self):
        """Before the file is another one."""
        if self.db is not None:
            self.db.close()
        self.db = None

    def one(self, sql, *values):
        return self.rows(sql, *values)[0][0]

    def dump(self):
        """Every row, but for times and for what the same mail leaves that comes twice."""
        found = collections.Counter()
        tables = [row["name"] for row in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%'") if row["name"] not in APART]
        for table in tables:
            for row in self.rows(f"SELECT * FROM {table}"):
                found[table, *((name, hash(row[name]) if isinstance(row[name], bytes) else row[name]) for name in row.keys()
                               if name not in NO_MATTER and not name.endswith("_at") and not (name == "id" and table in NUMBERS))] += 1
        for row in self.rows("SELECT kind, idea_id, post_id, hold_id, person_id, detail FROM event WHERE kind NOT LIKE 'message.%'"):
            found["event", *tuple(row)] += 1
        for row in self.rows("SELECT m.message_id, v.recipient, v.kind, v.reason FROM verdict v JOIN message m ON m.id = v.message_id WHERE v.kind <> 'duplicate'"):
            found["verdict", *tuple(row)] += 1
        for folder, _, files in os.walk(self.gateway.path("spool")):
            found.update(("file", os.path.basename(folder), name) for name in files)
        return found

    def save(self):
        self.close() # whoever closes a file loses all locks on it
        shutil.rmtree(self.saved, ignore_errors=True)
        os.mkdir(self.saved)
        for name in os.listdir(self.gateway.folder):
            if name.startswith("forumpost.db"):
                shutil.copy(self.gateway.path(name), self.saved)
        shutil.copytree(self.gateway.path("spool"), os.path.join(self.saved, "spool"))

    def bring_back(self):
        self.close()
        for name in os.listdir(self.gateway.folder):
            if name.startswith("forumpost.db"):
                os.remove(self.gateway.path(name))
        shutil.rmtree(self.gateway.path("spool"))
        shutil.copytree(os.path.join(self.saved, "spool"), self.gateway.path("spool"))
        for name in os.listdir(self.saved):
            if name.startswith("forumpost.db"):
                shutil.copy(os.path.join(self.saved, name), self.gateway.folder)

    # ---- what is done
    def run(self, call, **environment):
        arguments, data = call
        return subprocess.run([os.environ["FORUMPOST_CRASH"], "-c", self.gateway.config, *arguments], input=data or b"", capture_output=True, timeout=120, check=False,
                              env={**os.environ, **environment})

    def must(self, *arguments):
        return self.gateway.must(*arguments)

    def mail(self, person, to, subject, text, dmarc="pass", **headers):
        self.n_mails += 1
        data = fp.mail(person, to, subject, text, Message_ID=f"<m{self.n_mails}@client.example.net>", **headers)
        return ("deliver", "-r", to, "-f", person), fp.found(fp.trace(data), person, dmarc)

    def answer(self, sign, person, text, dmarc="pass", quote=True):
        """To the newest mail to PERSON of the purpose SIGN."""
        def find():
            self.must("dispatch", "--once") # a mail that could not leave just now is tried again
            return [m for m in self.sink.to(person) if m.field("Feedback-ID").startswith(sign)]
        asked = fp.wait_for(find)[-1]
        to = fp.address_of(asked.message["Reply-To"] or asked.message["From"])
        return ("deliver", "-r", to, "-f", person), fp.found(fp.trace(fp.answer(asked.message, person, text, quote=quote)), person, dmarc)

    def write(self, *mail, **how):
        done = self.run(self.mail(*mail, **how))
        if done.returncode != 0:
            raise RuntimeError(f"{mail}: {done.returncode} {done.stderr}")

    def days_pass(self, days):
        with contextlib.closing(sqlite3.connect(self.gateway.path("forumpost.db"), timeout=60)) as db, db:
            for table, column in [(t[0], c[1]) for t in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%'").fetchall()
                                  for c in db.execute(f"PRAGMA table_info({t[0]})").fetchall() if (c[1].endswith("_at") or c[1] == "at") and t[0] not in ("event", "announcement")]:
                db.execute(f"UPDATE {table} SET {column} = {column} - ? WHERE {column} > 0", (days * DAY_S,))

    def settle(self):
        """What time brings about after a kill."""
        self.must("clock", "--once")

    def wrong(self):
        """What must always be true, and is not."""
        self.numbers = {}
        looks = (truths.structure(self), truths.history(self), truths.deciders(self))
        return [(what, [tuple(row) if isinstance(row, sqlite3.Row) else row for row in rows][:2]) for look in looks for what, rows in look if rows]


def some(n, most):
    """1 to N, or so many of them that lie apart, the first and the last among them."""
    return list(range(1, n + 1)) if n <= most else sorted({1 + i * (n - 1) // max(most - 1, 1) for i in range(most)})


def points(w, call):
    """Where it can be killed; it is done once, unharmed."""
    count = w.gateway.path("count")
    done = w.run(call, FORUMPOST_KILL_COUNT=count)
    if done.returncode != 0:
        raise RuntimeError(f"{call[0]}: {done.returncode} {done.stderr.decode()}")
    with open(count, encoding="utf-8") as file:
        commits, writes = map(int, file.read().split())
    middle = some(writes, N_WRITES) if ALL else [(writes + 1) // 2] * (commits > 2) # of one transaction it is the same as before its commit
    return [f"commit {i}" for i in some(commits, MOST_COMMITS)] + [f"write {i}" for i in middle], done


def kill_at_each(story, w, what, call, is_enough=lambda w: True, looks_first=False):
    """CALL, killed at each of its places and then repeated (LOOKS_FIRST: if it is not done), comes to what it comes to unharmed."""
    w.save()
    places, _ = points(w, call)
    w.settle()
    expected, wrong = w.dump(), w.wrong()
    story.ok(is_enough(w) and not wrong and len(places) > 1, f"{what}: unharmed", wrong, places, [tuple(row) for row in w.rows("SELECT kind, detail FROM event ORDER BY id DESC LIMIT 4")])
    bad = []
    for place in places:
        w.bring_back()
        killed = w.run(call, FORUMPOST_KILL=place)
        if killed.returncode != -9:
            bad.append((place, "was not killed", killed.returncode))
            continue
        w.n_kills += 1
        between = w.wrong()
        if not looks_first or not is_enough(w):
            w.run(call)
        w.settle()
        now = w.dump()
        if now != expected or between or w.wrong():
            bad.append((place, between, w.wrong(), "more", list(now - expected)[:4], "less", list(expected - now)[:4]))
    story.equal(bad[:2], [], f"{what}: killed at {len(places)} places, and nothing is lost or done twice")


def people_take_part(story, w):
    kill_at_each(story, w, "an idea of who is known", w.mail(ANNA, MOBILITY, "Ein Ticket", LONG), lambda w: w.one("SELECT count(*) FROM post") == 1)
    kill_at_each(story, w, "an idea of a stranger, who is asked", w.mail(STRANGER, MOBILITY, "Bänke", "Am Fluss fehlen Bänke.", dmarc=None),
                 lambda w: w.one("SELECT count(*) FROM hold WHERE state = 'open'") == 1)
    kill_at_each(story, w, "their yes", w.answer("confirm", STRANGER, "JA", dmarc=None), lambda w: w.one("SELECT count(*) FROM post") == 2)
    w.write(BERT, MOBILITY, "Zum Ticket", "Neulich stand hier: " + LONG + " Das sehe ich anders.")
    kill_at_each(story, w, "a reply", w.mail(BERT, f"idee-1@{fp.DOMAIN}", "Re: Ein Ticket", "Sie schreiben: " + LONG + "\n\nDas finde ich auch."))
    kill_at_each(story, w, "a voice", w.mail(CARLA, f"idee-1@{fp.DOMAIN}", "Re: Ein Ticket", "+1"), lambda w: w.one("SELECT count(*) FROM support") == 1)
    kill_at_each(story, w, "a mail whose bytes are a file", w.mail(CARLA, f"idee-2@{fp.DOMAIN}", "Re: Bänke", "Bänke aus Holz.\n\n-- \n" + "Carla vom Fluss\n" * 9000),
                 lambda w: len(os.listdir(w.gateway.path("spool/blob"))) == 1)
    w.write(BERT, f"mobilitaet+intern@{fp.DOMAIN}", "Unter uns", "Das bleibt unter uns.")
    w.settle()
    kill_at_each(story, w, "the yes to an inner idea", w.answer("confirm", BERT, "JA"), lambda w: w.one("SELECT count(*) FROM idea WHERE ring = 'members'") == 1)
    kill_at_each(story, w, "an inner post", w.mail(CARLA, w.gateway.own_address(w.one("SELECT max(id) FROM idea WHERE ring = 'members'"), CARLA), "Re: Unter uns", "Auch intern."),
                 lambda w: w.one("SELECT count(*) FROM post p JOIN idea i ON i.id = p.idea_id WHERE i.ring = 'members'") == 2)


def digests_are_answered(story, w):
    import datetime
    tomorrow = (datetime.datetime.now().astimezone() + datetime.timedelta(days=1)).replace(hour=12, minute=0).isoformat(timespec="seconds")
    kill_at_each(story, w, "a run of digests", (("digest", "run", "--now", tomorrow), None), lambda w: w.one("SELECT count(*) FROM digest d JOIN address a ON a.person_id = d.person_id WHERE a.address = ?", DORA) >= 1)
    call = w.answer("digest", DORA, "zu 1: Mit Kindern fährt man gern umsonst.\n\nzu 2: Bitte mit Lehne und im Schatten.\n")
    kill_at_each(story, w, "an answer to two entries of one", call, lambda w: w.one("SELECT count(*) FROM post p JOIN address a ON a.person_id = p.person_id WHERE a.address = ?", DORA) == 2)


def staff_lead(story, w):
    kill_at_each(story, w, "merging at the command line", (("idea", "merge", "3", "2"), None), lambda w: w.one("SELECT state FROM idea WHERE id = 3") == "merged")
    kill_at_each(story, w, "and taking apart", (("idea", "unmerge", "3"), None), lambda w: w.one("SELECT state FROM idea WHERE id = 3") == "published")
    w.write(LEAD, w.gateway.own_address(3, LEAD), "Re: Idee", "zusammenführen mit 2")
    kill_at_each(story, w, "the yes to merging by mail", w.answer("confirm-command", LEAD, "JA"), lambda w: w.one("SELECT state FROM idea WHERE id = 3") == "merged")
    kill_at_each(story, w, "a step, and its mails", w.mail(LEAD, w.gateway.own_address(1, LEAD), "Re: Idee", "stand in Beratung"),
                 lambda w: w.one("SELECT state FROM idea WHERE id = 1") == "in_deliberation")
    kill_at_each(story, w, "an official answer, of which another person is asked", w.mail(OFFICE, w.gateway.own_address(1, OFFICE), "Re: Idee", "antwort:\nWir prüfen das bis Mai."),
                 lambda w: w.one("SELECT count(*) FROM hold WHERE kind = 'second' AND state = 'open'") == 1)
    kill_at_each(story, w, "who releases it", w.answer("release-second", SECOND, "FREI"), lambda w: w.one("SELECT count(*) FROM post WHERE kind = 'official'") == 1)
    kill_at_each(story, w, "a proposal", (("proposal", "add", "mobilitaet", "--title", "Ein Ticket für alle", "--text", "Es kommt.", "--from", "1,2", "--public"), None),
                 lambda w: w.one("SELECT count(*) FROM proposal_idea") == 2, looks_first=True)
    kill_at_each(story, w, "its step, and those of its ideas", (("proposal", "state", "1", "adopted", "--reason", "Beschlossen."), None),
                 lambda w: w.one("SELECT count(*) FROM idea WHERE state = 'adopted'") >= 3)
    kill_at_each(story, w, "a phase", (("phase", "add", "alles", "--title", "Alles", "--from", "2020-01-01", "--to", "none", "--allows", "idea,reply,support,feedback,inner"), None))


def moderators_decide(story, w):
    w.write(ANNA, HEALTH, "Hausärzte", "Mehr Hausärzte auf dem Land, sagt Frau Beispiel.")
    w.write(BERT, HEALTH, "Werbung", "Kaufen Sie meine Pillen.")
    w.settle()
    kill_at_each(story, w, "a refusal", w.answer("moderate", MONA, "ABLEHNEN werbung_partei"), lambda w: w.one("SELECT count(*) FROM post WHERE state = 'rejected'") == 1)
    kill_at_each(story, w, "a complaint", w.answer("rejected", BERT, "BESCHWERDE: Das war keine."), lambda w: w.one("SELECT count(*) FROM remark WHERE kind = 'complaint'") == 1)
    w.must("hold", "release", str(w.one("SELECT h.id FROM hold h JOIN post p ON p.id = h.post_id WHERE h.kind = 'review' AND p.text LIKE 'Mehr Haus%'")))
    idea, post = w.rows("SELECT idea_id, id FROM post WHERE text LIKE 'Mehr Haus%'")[0]
    kill_at_each(story, w, "a passage that is taken out", w.mail(MONA, w.gateway.own_address(idea, MONA, post), "Re: Idee", 'schwärzen: "sagt Frau Beispiel" personendaten'),
                 lambda w: w.one("SELECT count(*) FROM post WHERE text LIKE '%Beispiel%'") == 0)


def words_go(story, w):
    quoting = "SELECT count(*) FROM post WHERE text LIKE '%ohne Zonen und ohne Zuschlag%' AND state = 'published'"
    w.write(CARLA, f"idee-2@{fp.DOMAIN}", "Re: Bänke", "Anderswo stand: " + LONG)
    before = w.one(quoting)
    kill_at_each(story, w, "an idea that is taken back, which others quote", w.mail(ANNA, w.gateway.own_address(1, ANNA), "Re: Ein Ticket", "löschen"),
                 lambda w: w.one(quoting) == 0 and before == 4)
    kill_at_each(story, w, "its way back", w.answer("withdrawn", ANNA, "ZURÜCK"), lambda w: w.one(quoting) == 4)
    w.must("idea", "withdraw", "1")
    kill_at_each(story, w, "the clock that looks for its words", (("clock", "--once"), None), lambda w: w.one("SELECT count(*) FROM unsaid WHERE pass < 9") == 0)
    w.days_pass(8)
    kill_at_each(story, w, "the clock that deletes them, a week later", (("clock", "--once"), None),
                 lambda w: w.one("SELECT count(*) FROM post WHERE text LIKE '%ohne Zonen%'") == 0 and w.one("SELECT count(*) FROM whole") == 0)
    kill_at_each(story, w, "an erasure", (("person", "erase", BERT, "--reason", "auf Wunsch"), None), lambda w: w.one("SELECT count(*) FROM address WHERE address = ?", BERT) == 0)


def mails_go_out(story, w):
    """Sent and not yet noted: it is sent once more, as the same mail."""
    w.must("dispatch", "--once")
    w.write(CARLA, f"idee-2@{fp.DOMAIN}", "Re: Bänke", "Noch eine Antwort.")
    w.write(ANNA, HEALTH, "Noch eine", "Mehr Pflege auf dem Land.")
    w.save()
    began = len(w.sink.mails)
    places, _ = points(w, (("dispatch", "--once"), None))
    expected, n = w.dump(), len(w.sink.mails) - began
    bad, most = [], 0
    for place in places:
        w.bring_back()
        began = len(w.sink.mails)
        if w.run((("dispatch", "--once"), None), FORUMPOST_KILL=place).returncode != -9:
            continue # how many commits there are is a matter of time here
        w.n_kills += 1
        w.days_pass(1) # what was claimed is tried again after a while
        w.must("dispatch", "--once")
        fresh = collections.Counter((m.to, m.field("Message-ID")) for m in w.sink.mails[began:])
        most = max(most, max(fresh.values(), default=0))
        states = [tuple(row) for row in w.rows("SELECT state, count(*) FROM notice WHERE due_at <= unixepoch() GROUP BY state")]
        if len(fresh) < n or w.rows("SELECT 1 FROM notice WHERE state IN ('claimed', 'due') AND due_at <= unixepoch()"):
            bad.append((place, len(fresh), n, states))
    story.ok(n >= 2 and len(places) > 2, "sending: unharmed", n, places, len(expected))
    story.equal((bad[:2], most <= 2), ([], True), f"sending: killed at {len(places)} places, each mail goes out, at most once more and as the same")


def looks(copy, listed):
    """All that rows alone answer; what they answer is written down: a copy is broken and mended meanwhile."""
    watch = truths.Watch()
    found = []
    for look in (truths.structure(copy), truths.history(copy), truths.deciders(copy), truths.lines(copy), truths.rows_of_mails(copy), truths.told(copy, watch.purposes),
                 truths.who_is_known(copy), watch.decisions(copy), truths_whole.authors(copy), watch.steps(copy), watch.replay(copy), truths_whole.all_of(copy, listed)):
        found += [(what, list(rows)) for what, rows in look]
    return found


def truths_can_fail(story, w):
    """Whatever is asked of every life is asked of this one, then each row that a sentence is about is broken by hand, and it says so."""
    w.must("dispatch", "--once")
    copy = w.gateway.path("copy.db")
    with contextlib.closing(sqlite3.connect(w.gateway.path("forumpost.db"))) as db, contextlib.closing(sqlite3.connect(copy)) as to:
        db.backup(to)
    unnoticed = truths_whole.self_test(truths_whole.Copy(copy), looks, truths_whole.listed_of(w.gateway))
    story.equal(unnoticed, [], f"{len(truths_whole.BREAKS)} truths, each broken by hand, and each says so")


def main():
    if not os.environ.get("FORUMPOST_CRASH"):
        fp.skip("FORUMPOST_CRASH is not set")
    with fp.Story("kills") as story, contextlib.closing(fp.Sink()) as sink:
        w = World(story, sink)
        people_take_part(story, w)
        digests_are_answered(story, w)
        staff_lead(story, w)
        moderators_decide(story, w)
        words_go(story, w)
        mails_go_out(story, w)
        truths_can_fail(story, w)
        fp.diag(f"figure: {w.n_kills} times killed, {w.n_mails} mails")


main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 of every kind of process at random moments under load: ideas, and meanwhile words of staff, merges and official answers that a
second person releases (newsletter.py kills in the middle of an issue). The mail server's side is played as one would behave: a mail that
is not answered 250 is sent again. At the end every mail is there exactly once, what must always be true is (truths.py), and notices were
sent again only where they were in flight, with the same Message-ID. Prints what was counted.

CRASH_ROUNDS and CRASH_SEED in the environment make it longer, or the same once more."""
import collections
import contextlib
import os
import random
import re
import signal
import sqlite3
import threading
import time

import fp
import truths

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "60"))
SEED = int(os.environ.get("CRASH_SEED", str(random.randrange(10**6))))
FORUM = f"mobilitaet@{fp.DOMAIN}"
LEAD, OFFICE = "leitung@amt.example.com", "referat@amt.example.com"
READERS = ("anna@example.net", "bert@example.net")
N_SENDERS, N_SESSIONS, PAUSE_S = 120, 6, 0.1
IN_FLIGHT = 52  # one on each connection, and the answers of 20 ms, 50 at most, that are recorded together


class Load:
    """Sessions that send ideas, each until it is answered 250."""

    def __init__(self, gateway):
        self.gateway, self.is_on, self.lock = gateway, True, threading.Lock()
        self.n_made, self.n_again, self.taken = 0, 0, []
        self.threads = [threading.Thread(target=self.run) for _ in range(N_SESSIONS)]
        for thread in self.threads:
            thread.start()

    def next(self):
        with self.lock:
            self.n_made += 1
            return self.n_made

    def run(self):
        client = None
        while self.is_on:
            number = self.next()
            sender = f"p{number % N_SENDERS}@example.net"
            data = fp.mail(f"P <{sender}>", FORUM, f"Idee {number}", f"Vorschlag {number}: ein Radweg.\n",
                           Message_ID=f"<m{number}@client.example.net>",
                           Authentication_Results=f"mx.{fp.DOMAIN}; dmarc=pass header.from=example.net")
            while True:
                try:
                    client = client or fp.Client(self.gateway.door, timeout=30)
                    code, text = client.deliver(sender, [FORUM], data)[FORUM]
                except (OSError, ValueError, AttributeError):
                    client, code, text = None, 0, "gone"
                if code == 250:
                    break
                if code >= 500:
                    raise RuntimeError(f"mail {number}: {code} {text}")
                with self.lock:
                    self.n_again += 1
                time.sleep(0.1)
            with self.lock:
                self.taken.append(number)
            time.sleep(PAUSE_S)

    def stop(self):
        self.is_on = False
        for thread in self.threads:
            thread.join()


class Staff:
    """One thread in which those who lead the forum write and command, each mail until it is answered 250."""

    def __init__(self, gateway, sink, seed):
        self.gateway, self.sink, self.dice, self.is_on = gateway, sink, random.Random(seed), True
        self.n_mails, self.n_merged, self.released, self.numbers = 0, 0, set(), {}
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def rows(self, sql, *values):
        with contextlib.closing(sqlite3.connect(f"file:{self.gateway.path('forumpost.db')}?mode=ro", uri=True, timeout=60)) as database:
            database.row_factory = sqlite3.Row
            return database.execute(sql, values).fetchall()

    def send(self, person, to, text):
        self.n_mails += 1
        data = fp.found(fp.mail(person, to, "Re: Idee", text, Message_ID=f"<amt{self.n_mails}@client.example.net>"), person, "pass")
        while True:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                if self.gateway.deliver(person, [to], data)[to][0] == 250:
                    return
            time.sleep(0.1)

    def act(self):
        ideas = [row["id"] for row in self.rows("SELECT id FROM idea WHERE state IN ('published', 'assigned', 'in_deliberation') ORDER BY id DESC LIMIT 20")]
        asked = [m for m in self.sink.to(LEAD) if "Prüfung" in m.text and m.message["Message-ID"] not in self.released]
        if asked:
            self.released.add(asked[0].message["Message-ID"])
            self.send(LEAD, fp.address_of(asked[0].message["Reply-To"] or asked[0].message["From"]), "FREI")
        elif len(ideas) > 1:
            one, two = self.dice.sample(ideas, 2)
            kind = self.dice.choice(("word", "word", "official", "merge", "unmerge"))
            if kind == "word":
                self.send(LEAD, self.gateway.own_address(one, LEAD), self.dice.choice(("zuordnen", "stand in Beratung", "stand nicht weiterverfolgt: zu teuer")))
            elif kind == "official":
                self.send(OFFICE, self.gateway.own_address(one, OFFICE), f"antwort:\nVorschlag: die Prüfung {self.n_mails} läuft bis Mai.")
            elif kind == "merge":
                self.n_merged += self.gateway.run("idea", "merge", str(one), str(two)).returncode == 0
            else:
                for row in self.rows("SELECT id FROM idea WHERE merged_into IS NOT NULL ORDER BY id DESC LIMIT 1"):
                    self.gateway.run("idea", "unmerge", str(row["id"]))

    def run(self):
        while self.is_on:
            with contextlib.suppress(sqlite3.Error):
                self.act()
            time.sleep(PAUSE_S)

    def stop(self):
        self.is_on = False
        self.thread.join()


def family(gateway):
    """{pid: what it is} of serve and all below it."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                name, rest = re.search(r"\((.*)\) (.*)", file.read()).groups()
            if rest.split()[2] != str(gateway.process.pid) or rest[0] == "Z":
                continue
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                words = file.read().split(b"\0")[:-1]
            if words:  # it has none while it comes to life
                found[int(entry)] = name if name.startswith("fp-") else words[-1].decode()
    return found


def kill_one(gateway, dice, kills):
    processes = family(gateway)
    kind = dice.choice(sorted(set(processes.values())) + ["all"])
    kills[kind] += 1
    if kind == "all":
        gateway.stop(signal.SIGKILL)
        gateway.start()
        return
    pid = dice.choice([pid for pid, what in processes.items() if what == kind])
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if kind == "serve":
        # As a service manager does: what is left of the group goes, then the service starts anew.
        old = gateway.process.pid
        gateway.process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(old, signal.SIGKILL)
        gateway.start()


def is_quiet(gateway):
    return not [notice for notice in gateway.rows("queue", "list") if not fp.is_later(notice["due_at"])]


with fp.Story("crash") as story:
    dice, kills = random.Random(SEED), collections.Counter()
    fp.diag(f"seed {SEED}, {ROUNDS} rounds")
    # A receiver that takes its time, so that there is something in flight when dispatch dies.
    delay_s = [0.03]
    sink = fp.Sink(refuse=lambda verb, _: time.sleep(delay_s[0]) if verb == "END" else None)
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    for reader in READERS:
        gateway.must("member", "add", "mobilitaet", reader, "--role", "reader", "--delivery", "each")
    for n in range(N_SENDERS):
        gateway.must("member", "add", "mobilitaet", f"p{n}@example.net", "--role", "member", "--delivery", "none")
    for person, role in ((LEAD, "lead"), (OFFICE, "office")):
        gateway.must("member", "add", "mobilitaet", person, "--role", role, "--delivery", "none")
    gateway.start()

    load, staff = Load(gateway), Staff(gateway, sink, SEED)
    story.at_end(load.stop)
    story.at_end(staff.stop)
    for _ in range(ROUNDS):
        time.sleep(dice.uniform(0.02, 0.8))
        kill_one(gateway, dice, kills)
    staff.stop()
    load.stop()
    delay_s[0] = 0
    # A mail whose reader was killed twice looks deadly: it is kept, and retry brings it back.
    set_aside = gateway.rows("retry")
    if set_aside:
        gateway.must("retry", "--all")
    # Beyond twenty a day a reader is told together, in the morning.
    fp.wait_for(lambda: is_quiet(gateway), 120)
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as database, database:
        database.execute("UPDATE announcement SET at = at - 86400")
        database.execute("UPDATE notice SET due_at = unixepoch() WHERE purpose = 'digest-late' AND state = 'due'")
    gateway.must("clock", "--once")
    story.ok(fp.wait_for(lambda: is_quiet(gateway), 120), "the queue runs empty", gateway.rows("queue", "list")[:3])
    staff.gateway = gateway
    for look in (truths.structure(staff), truths.history(staff)):
        for what, rows in look:
            story.equal([tuple(row) if isinstance(row, sqlite3.Row) else row for row in rows][:3], [], what)
    words = staff.rows("SELECT m.message_id, count(*) AS n FROM message m JOIN verdict v ON v.message_id = m.id WHERE m.from_address IN (?, ?) "
                       "AND v.kind <> 'duplicate' GROUP BY m.message_id", LEAD, OFFICE)
    officials = staff.rows("SELECT count(*) AS n FROM post WHERE kind = 'official'")[0]["n"]
    fp.diag(f"{staff.n_mails} mails of staff, {staff.n_merged} merges, {officials} official answers by two persons")
    story.equal((len(words), {row["n"] for row in words}), (staff.n_mails, {1}), "every word of staff has one verdict")
    story.equal(staff.rows("SELECT text, count(*) AS n FROM post WHERE kind = 'official' GROUP BY text HAVING n > 1"), [], "no official answer stands twice")
    story.equal(gateway.stop(), 0, "serve ends in order after all that")

    expected = {f"Idee {number}" for number in load.taken}
    titles = collections.Counter(idea["title"] for idea in gateway.rows("idea", "list"))
    fp.diag(f"{sum(kills.values())} kills: " + ", ".join(f"{kind} {n}" for kind, n in sorted(kills.items())))
    fp.diag(f"{len(load.taken)} mails answered 250, {load.n_again} deliveries repeated by the mail server, "
            f"{sum(titles.values())} ideas, {len(set_aside)} set aside and retried")
    story.equal(sum(kills.values()), ROUNDS, f"killed {ROUNDS} times")
    story.ok(len(load.taken) > 5 * ROUNDS, "under load", len(load.taken))
    story.equal(sorted(expected - set(titles)), [], "every mail that was answered 250 is there")
    story.equal(sorted(set(titles) - expected), [], "and no other")
    story.equal([title for title, n in titles.items() if n > 1], [], "each exactly once")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"))) as database:
        story.equal(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], "the database is sound")
        public = database.execute("SELECT count(*) FROM post WHERE published IS NOT NULL").fetchone()
        story.equal(database.execute("SELECT count(*) FROM post_fts WHERE post_fts MATCH 'vorschlag'").fetchone(), public, "every text is found by its words")
        database.execute("INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)")

    n_sent = len(sink.mails)
    n_again = n_sent - len({(sent.to, sent.message["Message-ID"]) for sent in sink.mails})
    deaths = kills["dispatch"] + kills["serve"] + kills["all"]
    fp.diag(f"{n_sent} notices sent, {n_again} of them again")
    ids = collections.defaultdict(set)  # (reader, title) -> Message-IDs
    for sent in sink.mails:
        is_alone = re.search(r"Idee \d+", sent.subject or "")
        # Titles, not the numbers of ideas ("Idee 241 im Forum"): a title's number is the sender's, and mails overtake each other.
        for title in set(re.findall(r"Idee \d+\b(?!\s+im\s+Forum)", sent.subject if is_alone else sent.text)) if sent.to in READERS and "Prüfung" not in sent.text else ():
            ids[sent.to, title].add(sent.message["Message-ID"])
    # A digest of many names those that matter and counts the rest: told is what lies in the range of one that was sent.
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"))) as database:
        counted = set(database.execute(
            "SELECT DISTINCT a.address, i.title FROM digest d JOIN notice n ON n.digest_id = d.id AND n.state = 'sent' "
            "JOIN address a ON a.person_id = d.person_id JOIN post p ON p.published > d.from_post AND p.published <= d.to_post "
            "JOIN idea i ON i.id = p.idea_id UNION "
            "SELECT DISTINCT a.address, i.title FROM notice j JOIN notice n ON n.digest_id = j.digest_id AND n.purpose = 'digest-late' AND n.state = 'sent' "
            "JOIN address a ON a.person_id = j.person_id JOIN idea i ON i.id = j.idea_id WHERE j.purpose = 'post'"))
    fp.diag(f"{len(set(ids))} named to readers, {len(counted - set(ids))} counted in a digest")
    story.equal(sorted({(reader, title) for reader in READERS for title in expected} - set(ids) - counted)[:5], [],
                "every reader was told of every idea, by its name or in a digest's count")
    story.equal([key for key, found in ids.items() if len(found) > 1], [], "what was sent again had the same Message-ID")
    story.ok(n_again <= deaths * IN_FLIGHT, f"at most what was in flight was sent again: {n_again} by {deaths} deaths")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step of life.def, and every one that it has not: from each state of an idea and of a proposal each role tries each way to lead it on, by
mail (a second person and JA where asked) and at the command line. What comes of it is what the table says, read here from its own rows: done,
with one line in the history and one in the journal that name role and state; or nothing at all. STEPS=7 tries every seventh only, as is done
where sanitizers make each command slow."""
import collections
import concurrent.futures
import contextlib
import os
import re
import sqlite3

import fp
import steps_texts

AUTHORS, MEMBER = [f"autorin{i}@example.org" for i in range(16)], "mitglied@example.net" # beyond thirty an hour a writer is read first
STAFF = {"moderator": "moderation@amt.example.com", "lead": "leitung@amt.example.com", "office": "referat@amt.example.com"}
SECOND, OTHER_MODERATOR = "zweite@amt.example.com", "vertretung@amt.example.com"
DEPUTY = "stellvertretung@amt.example.com"
# Where nobody moderates, and where nobody leads either.
# Whoever moderates hears of thirty texts a day: each part of this story has moderators of its own.
OF_ANSWERS, OF_REVIEWS, ALSO_OF_REVIEWS = (f"moderation{n}@amt.example.com" for n in (2, 3, 4))
STAFF_OF = {"offen": (*STAFF.items(), ("office", SECOND), ("moderator", OTHER_MODERATOR), ("moderator", OF_ANSWERS)),
            steps_texts.ANSWERS: (("moderator", OF_ANSWERS), ("lead", STAFF["lead"]), ("office", STAFF["office"])),
            "gelesen": (("moderator", OF_REVIEWS), ("moderator", ALSO_OF_REVIEWS), ("lead", STAFF["lead"]), ("office", STAFF["office"])),
            "geleitet": (("lead", STAFF["lead"]), ("lead", DEPUTY), ("office", STAFF["office"])), "verwaltet": (("office", STAFF["office"]), ("office", SECOND))}
WHO = {"author": None, "member": MEMBER, **STAFF} # each idea has an author of its own
WHY = "Weil es so beschlossen ist."
HELP = f"hilfe@{fp.DOMAIN}"
EVERY = int(os.environ.get("STEPS", "0")) or (9 if os.environ.get("SANITIZERS") else 1)
PERSONS = {"author", "moderator", "lead", "office"}


# ---- The table, as it stands
class Row:
    def __init__(self, fields, is_proposal, names):
        self.was, self.to = states(fields[0], names), states(fields[1], names).pop()
        self.who = {who.lower() for who in re.findall(r"BY\((\w+)\)", fields[2])}
        self.flags = {flag for flag in ("by_word", "needs_reason", "needs_second") if f".{flag} = true" in ", ".join(fields[3:])}
        self.is_proposal, self.n_done = is_proposal, 0

    def way(self):
        return "proposal" if self.is_proposal else "idea", "|".join(sorted(self.was)), self.to

    def __repr__(self):
        return f"{'proposal' if self.is_proposal else 'idea'}: {'|'.join(sorted(self.was))} -> {self.to} by {'|'.join(sorted(self.who))}"


def states(text, names):
    return {state for part in re.split(r"[|()]|\bIN\b", text.replace("IDEA_", "").replace("LIFE_", "")) if part.strip()
            for state in names.get(part.strip(), {part.strip().lower()})}


def read_table():
    with open(f"{fp.TOP}/src/forum/life.def", encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    names, rows = {}, []
    for name, what in re.findall(r"(?m)^#define (\w+) +(.*)$", text):
        names[name] = states(what, names)
    for is_proposal, body in re.findall(r"(?m)^(PROPOSAL_)?STEP\((.*)\) *$", re.sub(r",\s*\n\s*", ", ", text)):
        rows.append(Row([field.strip() for field in body.split(",")], bool(is_proposal), names))
    words = {state.lower(): said.split("|")[0] for state, said in re.findall(r'CALLED\((\w+), "([^"]*)"\)', text)}
    return rows, words


ROWS, CALLED = read_table()
OF = {kind: [row for row in ROWS if row.is_proposal == (kind == "proposal")] for kind in ("idea", "proposal")}
STATES = {kind: sorted(set().union(*(row.was for row in rows)) - {"new"}) for kind, rows in OF.items()}


def way(kind, was, to, who, has_reason=True, is_word=True):
    """The row by which WHO leads it there, whatever else it needs; None: there is none."""
    for row in ROWS:
        may = who in row.who or (who == "operator" and row.who & PERSONS)
        if row.is_proposal == (kind == "proposal") and was in row.was and row.to == to and may and (has_reason or "needs_reason" not in row.flags) \
                and ("by_word" in row.flags) == is_word:
            return row
    return None


# ---- Ideas and proposals in each state, which the command line brings there
class Thing:
    """An idea, or a proposal; WAS: the row's state, HOW: "hidden" is in review as well."""

    def __init__(self, kind, number, how):
        self.kind, self.number, self.how, self.was, self.idea = kind, number, how, "in_review" if how in ("hidden", "waits") else how, number


class Try:
    """WHO does WHAT to a thing, which leads to TO; ROW: by which row it is done, None: it is refused."""

    def __init__(self, thing, who, what, to, row):
        self.thing, self.who, self.what, self.to, self.row = thing, who, what, to, row

    def __repr__(self):
        return f"{self.thing.kind} {self.thing.number} ({self.thing.how}): {self.who}: {self.what}"


class World:
    def __init__(self, story, sink):
        self.gateway, self.sink, self.pool = fp.Gateway(story, relay_port=sink.port), sink, concurrent.futures.ThreadPoolExecutor(2)
        self.n_mails = self.n_calls = self.n_ideas = 0
        self.others = (("office", SECOND), ("moderator", OTHER_MODERATOR), ("lead", DEPUTY), ("moderator", ALSO_OF_REVIEWS))
        self.free, self.shared, self.own, self.help = collections.defaultdict(list), {}, {}, HELP
        g = self.gateway
        g.must("init")
        for forum in ("offen", "geprueft", steps_texts.ANSWERS, *steps_texts.READ_FIRST):
            g.must("forum", "add", forum, "--title", forum.title(), "--moderation", "none" if forum == "offen" else "pre")
            readers = AUTHORS + (steps_texts.WRITERS if forum in ("offen", steps_texts.ANSWERS) else [])
            staff = (*STAFF.items(), ("office", SECOND), ("moderator", OTHER_MODERATOR))
            for role, person in (*(("reader", person) for person in readers), ("member", MEMBER), *STAFF_OF.get(forum, staff)):
                g.must("member", "add", forum, person, "--role", role, "--delivery", "none")
        g.start()
        self.db = sqlite3.connect(f"file:{g.path('forumpost.db')}?mode=ro", uri=True, timeout=60, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        story.at_end(self.db.close)

    def rows(self, sql, *values):
        return self.db.execute(sql, values).fetchall()

    def dump(self):
        """Every row that a refused step may not change: not the mail itself, its answer, its line, and the question whose address it came from; nor what the clock
        alone moves."""
        tables = [row["name"] for row in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite_%' AND name NOT IN "
                                                   "('message', 'message_raw', 'verdict', 'notice', 'event', 'mailbox', 'indexed', 'leftover', 'unsaid', 'digest_cut')")]
        return {(table, *tuple(row)) for table in tables for row in self.rows(f"SELECT * FROM {table}" + " WHERE kind <> 'writer'" * (table == "wish"))} | {
            ("event", row["id"], row["kind"]) for row in self.rows("SELECT id, kind FROM event WHERE kind NOT LIKE 'message.%' AND kind NOT IN ('command.refused', 'token.misused')")}

    def changed(self, before):
        now = self.dump()
        return sorted(now ^ before, key=str)[:6]

    def answer_all(self, sign, word):
        return answer(self, sign, word)

    def look(self, since):
        """What is there now, and what was written about each idea since then: (from, to, by, second) and (kind, detail)."""
        self.states = {("idea", row["id"]): row["state"] for row in self.rows("SELECT id, state FROM idea")}
        self.discussions = {row["id"]: row["idea_id"] for row in self.rows("SELECT id, idea_id FROM proposal")}
        self.states.update({("proposal", row["id"]): row["state"] for row in self.rows(
            "SELECT p.id, CASE WHEN i.ring = 'members' AND i.state = 'proposal' THEN 'draft' ELSE i.state END AS state FROM proposal p JOIN idea i ON i.id = p.idea_id")})
        self.steps, self.events = collections.defaultdict(list), collections.defaultdict(list)
        for row in self.rows("SELECT idea_id, from_state, to_state, by, by_second FROM step WHERE id > ? ORDER BY id", since[0]):
            self.steps[row["idea_id"]].append(tuple(row)[1:])
        for row in self.rows("SELECT idea_id, kind, detail FROM event WHERE id > ? AND (kind LIKE 'idea.%' OR kind LIKE 'proposal.%' OR kind IN ('hold.released', "
                             "'hold.rejected')) ORDER BY id", since[1]):
            self.events[row["idea_id"]].append(tuple(row)[1:])

    def own_address(self, idea, person):
        if (idea, person) not in self.own:
            self.own[idea, person] = self.gateway.own_address(idea, person)
        return self.own[idea, person]

    def send(self, mails):
        """(sender, to, subject, text) of each, in eight sessions at once."""
        def session(some):
            client = fp.Client(self.gateway.door)
            for n, (sender, to, subject, text) in some:
                data = (f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{n}@client.example.net>\r\nMIME-Version: 1.0\r\n"
                        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n").encode()
                code, said = client.deliver(sender, [to], fp.found(fp.trace(data), sender, "pass"))[to]
                if code != 250:
                    raise RuntimeError(f"{sender} to {to}: {code} {said}")
            client.quit()
        numbered = list(enumerate(mails, self.n_mails))
        self.n_mails += len(mails)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            list(pool.map(session, [numbered[i::8] for i in range(8)]))

    def new_ideas(self, n, forum="offen"):
        last = self.rows("SELECT coalesce(max(id), 0) FROM idea")[0][0]
        self.send([(AUTHORS[(self.n_ideas + i) % len(AUTHORS)], f"{forum}@{fp.DOMAIN}", f"Idee {self.n_ideas + i}", f"Wir brauchen {self.n_ideas + i} davon.") for i in range(n)])
        self.n_ideas += n
        return [row["id"] for row in self.rows("SELECT id FROM idea WHERE id > ? ORDER BY id", last)]

    def call(self, lists):
        """Commands, each list of them in its order, and two lists at a time. What came of each."""
        self.n_calls += sum(map(len, lists))
        return list(self.pool.map(lambda calls: [self.gateway.run(*call) for call in calls], lists))

    def make(self, wanted):
        """WANTED[kind, how] things."""
        n_waiting = sum(n for (_, how), n in wanted.items() if how in ("waits", "rejected"))
        ideas, waiting, made, calls = self.new_ideas(sum(wanted.values()) - n_waiting + 1), self.new_ideas(n_waiting, "geprueft"), [], []
        self.lead = ideas.pop()
        holds = {row["idea_id"]: row["id"] for row in self.rows("SELECT id, idea_id FROM hold WHERE kind = 'review'")}
        for (kind, how), n in wanted.items():
            for _ in range(n):
                number = waiting.pop() if how in ("waits", "rejected") else ideas.pop()
                made.append((kind, how, number))
                calls.append([("hold", "reject", str(holds[number]), "sonstiges: Nein.")] if how == "rejected" else []
                             if how == "waits" else idea_calls(number, how, self.lead) if kind == "idea" else [])
        proposals = [(how, number) for kind, how, number in made if kind == "proposal"]
        for i, (how, number) in enumerate(proposals, 1): # their numbers are the order in which they are made
            done = self.gateway.must("proposal", "add", "offen", "--title", f"Vorschlag {i}", "--text", f"Es wird {i}.", "--from", str(number), *([] if how == "draft" else ["--public"]))
            made[made.index(("proposal", how, number))] = ("proposal", how, int(re.search(r"\d+", done).group()))
        discussion = {row["id"]: row["idea_id"] for row in self.rows("SELECT id, idea_id FROM proposal")}
        calls += [proposal_calls(number, how, discussion[number]) for kind, how, number in made if kind == "proposal"]
        self.n_calls += len(proposals)
        refused = [done for all_done in self.call(calls) for done in all_done if done.returncode != 0]
        if refused:
            raise RuntimeError(f"not all could be brought into their states: {refused[:3]}")
        for kind, how, number in made:
            thing = Thing(kind, number, how)
            thing.idea = discussion[number] if kind == "proposal" else number
            self.free[kind, how].append(thing)


def path(kind, to):
    """The shortest row of words that the table has from where things begin."""
    ways, seen = [("published" if kind == "idea" else "proposal", [])], set()
    while ways:
        state, steps = ways.pop(0)
        if state == to:
            return steps
        seen.add(state)
        ways += [(row.to, [*steps, row.to]) for row in ROWS if row.is_proposal == (kind == "proposal") and state in row.was and "by_word" in row.flags
                 and row.to not in seen and row.who & PERSONS]
    raise KeyError(to)


def idea_calls(number, how, lead):
    n = str(number)
    own = {"merged": ("idea", "merge", n, str(lead)), "withdrawn": ("idea", "withdraw", n), "removed": ("idea", "remove", n, "--reason", WHY),
           "hidden": ("post", "hide", f"{n}#1", "--reason", WHY)}
    return [own[how]] if how in own else [("idea", "state", n, to, "--reason", WHY) for to in path("idea", how)]


def proposal_calls(number, how, discussion):
    own = {"withdrawn": ("idea", "withdraw", str(discussion)), "removed": ("idea", "remove", str(discussion), "--reason", WHY), "hidden": ("post", "hide", f"{discussion}#1", "--reason", WHY), "draft": None}
    if how in own:
        return [own[how]] if own[how] else []
    return [("proposal", "state", str(number), to, "--reason", WHY) for to in path("proposal", how)]


HOWS = {"idea": ("published", "assigned", "in_deliberation", "forwarded", "not_pursued", "proposal", "adopted", "in_progress", "done", "merged", "withdrawn",
                 "removed", "hidden", "waits", "rejected"),
        "proposal": ("draft", "proposal", "adopted", "in_progress", "done", "not_pursued", "removed", "hidden", "withdrawn")}
BEFORE = {"idea": "published", "proposal": "proposal"} # where what is merged, withdrawn, removed or hidden here was


# Nobody commands these: only an erasure withdraws what is removed, only a proposal that came by mail has a mail that undoes its withdrawal, and
# what was rejected comes back by a new version of it (receipts.py) or a complaint that was right (complaints.py).
ELSEWHERE = {("idea", "removed", "withdrawn"), ("proposal", "removed", "withdrawn"), ("proposal", "withdrawn", "before"), ("idea", "rejected", "in_review"),
             ("idea", "rejected", "published")}


# ---- What may be tried
def expect(kind, how, who, to, door, **what):
    """The row that grants it."""
    was = "in_review" if how in ("hidden", "waits") else how
    if how == "draft" and to in ("removed", "in_review", "withdrawn"):
        was = "proposal" # to who takes it down a draft is what its members discuss
    if how == "waits" and to == "before":
        return None # it was nothing before
    if door == "mail" and was == "in_review" and to == "removed":
        return None # what is not public is refused there, not removed
    if (kind, was, to) in ELSEWHERE and to != "before":
        return None
    return way(kind, was, to, who, **what)


def tries(kind, how, who, door):
    """(what, to, row) of all that WHO may think of."""
    for to in CALLED:
        if to == how or (kind == "idea" and to == "draft" and door == "cli"):
            continue
        row = expect(kind, how, who, to, door)
        yield "state", to, row
        if row is not None and "needs_reason" in row.flags:
            yield "bare state", to, expect(kind, how, who, to, door, has_reason=False)
    for what, to in (("merge", "merged"), ("unmerge", "before"), ("withdraw", "withdrawn"), ("remove", "removed"), ("restore", "before"), ("undo", "before"),
                     ("hide", "in_review"), ("release", "published"), ("reject", "rejected")):
        fits = {"unmerge": how == "merged", "undo": how == "withdrawn", "restore": how in ("removed", "hidden"), "release": how == "waits",
                "reject": how == "waits"}.get(what, True)
        if kind == "proposal" and (what not in ("withdraw", "remove", "restore", "hide") or (what == "withdraw" and door == "mail")):
            continue # LÖSCHEN is of ideas, and who entered a proposal at the command line has no mail that undoes it
        if (what == "hide" and (door == "mail" or how == "waits")) or (door == "cli" and what == "undo") or (what in ("undo", "release", "reject") and not fits):
            continue # no mail says so; there is nothing to answer
        row = expect(kind, how, who, to, door, is_word=False) if fits else None
        if what in ("release", "reject") and door == "mail" and who != "moderator":
            continue # only who was asked
        yield what, to, row


def plan(door):
    """Every try there is, and how many things it takes: one for each that is done, and one of each kind that stays as it is."""
    all_of, wanted, n = [], collections.Counter(), 0
    for kind, hows in HOWS.items():
        for how in hows:
            wanted[kind, how] += 1
            for who in ("operator",) if door == "cli" else WHO:
                for what, to, row in tries(kind, how, who, door):
                    n += 1
                    if n % EVERY:
                        continue
                    all_of.append((kind, how, who, what, to, row))
                    wanted[kind, how] += row is not None
    return all_of, wanted


def take(w, planned):
    out = []
    for kind, how, who, what, to, row in planned:
        key = kind, how
        if row is None and key not in w.shared:
            w.shared[key] = w.free[key].pop()
        out.append(Try(w.free[key].pop() if row is not None else w.shared[key], who, what, to, row))
    w.shared = {}
    return out


# ---- By mail
def person_of(w, t):
    return WHO[t.who] or w.rows("SELECT a.address FROM idea i JOIN address a ON a.person_id = i.author_id WHERE i.id = ?", t.thing.idea)[0][0]


def question_of(w, t):
    """Where the mail is answered that tells of the withdrawal, or asks a moderator."""
    sign, to = ("withdrawn:", None) if t.what == "undo" else ("moderate:", STAFF["moderator"])
    return next(fp.address_of(m.message["Reply-To"]) for m in w.sink.mails if m.field("Feedback-ID").startswith(sign) and to in (None, m.to)
                and f"[idee-{t.thing.idea}]" in m.subject + m.text)


def as_mail(w, t):
    """Staff write to the address that is theirs alone, others to hilfe@."""
    person, n = person_of(w, t), f"V{t.thing.number}" if t.thing.kind == "proposal" else str(t.thing.number)
    own = t.who in STAFF
    to = w.own_address(t.thing.idea, person) if own else HELP
    name = "" if own else f" {n}"
    if t.what in ("state", "bare state"):
        return person, to, "Re: Idee", f"stand{name} {CALLED[t.to]}" + (f": {WHY}" if t.what == "state" else "")
    if t.what == "merge":
        return person, to, "Re: Idee", f"zusammenführen{name} mit {w.lead}"
    if t.what == "unmerge":
        return person, to, "Re: Idee", f"trennen{name}"
    if t.what in ("undo", "release", "reject"):
        return person, question_of(w, t), "Re: Idee", {"undo": "ZURÜCK", "release": "FREI", "reject": "ABLEHNEN werbung"}[t.what]
    return person, HELP, "", {"withdraw": f"löschen {n}", "remove": f"entfernen {n} werbung", "restore": f"wiederherstellen {n}: {WHY}"}[t.what]


def answer(w, sign, word, by=None):
    """WORD to each such question."""
    found = [m for m in w.sink.mails if m.field("Feedback-ID").startswith(sign + ":") and by in (None, m.to)]
    w.send([(m.to, fp.address_of(m.message["Reply-To"]), f"Re: {m.subject}", word) for m in found])
    return len(found)


# ---- At the command line
def as_call(w, t):
    n, discussion = str(t.thing.number), str(t.thing.idea)
    if t.what in ("state", "bare state"):
        return (t.thing.kind, "state", n, t.to, *(("--reason", WHY) if t.what == "state" else ()))
    if t.what in ("release", "reject"):
        hold = str(w.rows("SELECT id FROM hold WHERE kind = 'review' AND idea_id = ?", t.thing.idea)[0][0])
        return ("hold", "release", hold) if t.what == "release" else ("hold", "reject", hold, "sonstiges: Nein.")
    if t.what == "hide":
        return ("post", "hide", f"{discussion}#1", "--reason", WHY)
    return ("idea", t.what, discussion, *((str(w.lead),) if t.what == "merge" else ()), *(("--reason", WHY) if t.what in ("remove", "restore") else ()))


# ---- What came of it
KINDS = {"merge": "merged", "unmerge": "unmerged", "withdraw": "withdrawn", "remove": "removed", "restore": "restored", "undo": "restored", "hide": "hidden",
         "release": "published", "reject": "rejected"}


def judge(w, t):
    """What is wrong; None: nothing."""
    now = w.states[t.thing.kind, t.thing.number]
    ideas = {t.thing.idea, w.discussions[t.thing.number] if t.thing.kind == "proposal" else t.thing.idea}
    steps, events = [step for idea in ideas for step in w.steps[idea]], [event for idea in ideas for event in w.events[idea]]
    if t.row is None:
        return (now, steps, events) if now != t.thing.was or steps or [e for e in events if not e[0].startswith("hold.")] else None
    to = BEFORE[t.thing.kind] if t.row.to == "before" else t.row.to
    t.row.n_done += 1
    word = KINDS.get(t.what, to)
    told = [e for e in events if e[0].split(".")[1] == ("proposed" if t.thing.how == "draft" and word == "proposal" else word)]
    second = "office" if "needs_second" in t.row.flags and t.who != "operator" else None
    by = "author" if t.what == "withdraw" else t.who # for whom the operator does it
    made = [s for s in steps if s[1] == to and s[2] == by and s[3] == second]
    is_said = len(told) == 1 and (t.what not in ("state", "bare state") or t.thing.kind == "proposal" or f"from={t.thing.was} by={by}" in told[0][1])
    if to == "draft":
        made = made[-1:] # its members' discussion says so, as what the public knew
    if t.thing.how == "draft" and to in ("proposal", "adopted"): # it begins in public
        made = [s for s in steps if s[1] == to]
    return None if now == to and len(made) == 1 and is_said else (now, to, steps, events)


def report(story, w, door, all_of, since, codes=None):
    w.look(since)
    wrong = [(t, why) for t in all_of for why in [judge(w, t)] if why]
    done = [t for t in all_of if t.row]
    story.equal([f"{t}: {why}" for t, why in wrong if t.row][:8], [], f"{door}: {len(done)} steps of the table are made, each with one line of history and journal")
    story.equal([f"{t}: {why}" for t, why in wrong if not t.row][:8], [], f"{door}: {len(all_of) - len(done)} that are not in it, or not theirs, change nothing")
    if codes:
        story.equal([str(t) for t, code in zip(all_of, codes) if (code == 0) != (t.row is not None)][:8], [], f"{door}: and each is told by its exit code")


def marks(w):
    return tuple(w.rows("SELECT (SELECT max(id) FROM step), (SELECT max(id) FROM event)")[0])


def at_the_command_line(story, w):
    planned, wanted = plan("cli")
    w.make(wanted)
    all_of, since = take(w, planned), marks(w)
    refused, before = [t for t in all_of if t.row is None], w.dump()
    codes = dict(zip(refused, [done[0].returncode for done in w.call([[as_call(w, t)] for t in refused])]))
    story.equal(w.changed(before), [], "command line: what is refused leaves no row changed")
    granted = [t for t in all_of if t.row is not None]
    codes.update(zip(granted, [done[0].returncode for done in w.call([[as_call(w, t)] for t in granted])]))
    codes = [codes[t] for t in all_of]
    report(story, w, "command line", all_of, since, codes)


def by_mail(story, w):
    planned, wanted = plan("mail")
    w.make(wanted)
    w.gateway.settle()
    all_of, since = take(w, planned), marks(w)
    before = w.dump()
    w.send([as_mail(w, t) for t in all_of if t.row is None])
    w.gateway.settle()
    story.equal(w.changed(before), [], "mail: what is refused leaves no row changed but the line that says so")
    w.send([as_mail(w, t) for t in all_of if t.row is not None])
    w.gateway.settle()
    n_asked = answer(w, "confirm-command", "JA")
    w.gateway.settle()
    n_second = answer(w, "step-second", "FREI", SECOND)
    w.gateway.settle()
    report(story, w, "mail", all_of, since)
    fp.diag(f"figure: {n_asked} were asked JA, {n_second} times a second person")


def main():
    with fp.Story("steps") as story, contextlib.closing(fp.Sink()) as sink:
        w = World(story, sink)
        at_the_command_line(story, w)
        by_mail(story, w)
        steps_texts.replies_at_the_desk(story, w)
        steps_texts.replies_by_mail(story, w, {**WHO, "moderator": OF_ANSWERS})
        steps_texts.reviews(story, w, {**STAFF, "moderator": OF_REVIEWS})
        untried = [row for row in ROWS if not row.n_done and row.who & (PERSONS | {"operator"}) and row.way() not in ELSEWHERE]
        story.equal([str(row) for row in untried if EVERY == 1], [], "every row that somebody may make was made")
        fp.diag(f"figure: {len(ROWS)} rows, {w.n_mails} mails in, {len(sink.mails)} out, {w.n_calls} commands, {w.n_ideas} ideas")


main()

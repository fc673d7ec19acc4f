# SPDX-License-Identifier: GPL-3.0-or-later
"""What truths.py leaves out: with which trust each deed was done, in which phase each text was taken, what each author hears of each step, every
idea's figures and the whole index of words, what becomes of each mail that we owe and of each question. And how each of all these sentences is
broken by hand (BREAKS): a check that cannot fail says nothing (self_test)."""
import collections
import contextlib
import json
import re
import sqlite3
import time

# ---- 3: with which trust
LEAST = {"author": 1, "moderator": 3, "lead": 3, "office": 3} # what somebody does at once; a yes to our question is T2, and enough for anything
DECISIONS = {"hold.released": 3, "hold.rejected": 3, "hold.moved": 3, "hold.asked-author": 3, "post.official": 3, "post.redacted": 3, "post.note": 3,
             "hold.confirmed": 2, "support.added": 1}


def least_of(row):
    """The least trust of a line of the journal; None: no person's deed."""
    by = re.search(r"\bby=(\w+)", row["detail"] or "")
    if row["kind"].startswith(("idea.", "proposal.")):
        return LEAST.get(by.group(1)) if by else None
    if row["kind"] in DECISIONS and row["person_id"] == row["author_id"] and row["kind"].startswith("hold.") and row["kind"] != "hold.confirmed":
        return LEAST["author"] # who takes back or corrects what waits
    return DECISIONS.get(row["kind"])


def trust(w, event=0):
    """The line of the mail that said so comes last of all lines that the mail brings about: it has the rule and the trust."""
    wrong, waiting = [], []
    for row in w.rows("SELECT e.id, e.kind, e.detail, e.person_id, e.actor, p.person_id AS author_id FROM event e LEFT JOIN post p ON p.id = e.post_id WHERE e.id > ? ORDER BY e.id", event):
        if row["kind"].startswith("message."):
            had = re.search(r"([\w-]+) T(\d)$", row["detail"] or "")
            if had:
                theirs = [one for one in waiting if row["person_id"] in (None, one[2])] # who says yes may be nobody known until then
                wrong += [(*one, row["detail"]) for one in theirs if int(had.group(2)) < (2 if had.group(1) == "wish-answer" else one[3])]
                waiting = [one for one in waiting if one not in theirs]
        elif row["actor"] is None and row["person_id"] is not None and (least := least_of(row)) is not None:
            second = re.search(r"\bsecond=(\d+)", row["detail"] or "") # whose word it was
            waiting.append((row["id"], row["kind"], int(second.group(1)) if second else row["person_id"], least))
    yield "each deed was done with the trust that it needs", wrong
    yield "and by a mail, at a door or on a page", waiting


# ---- 18: in which phase
TAKEN = ("publish", "review", "ask-author", "late", "support")


def allowed(phases, day):
    return {kind for first, last, kinds in phases.values() if first <= day and last >= day for kind in kinds}


def phases(w):
    """The journal alone says which phases there were when a mail came, and what each took."""
    known, wrong, refused = {}, [], []
    names = {row["name"]: row["forum_id"] for row in w.rows("SELECT name, forum_id FROM phase")}
    parts = {row[0] for row in w.rows("SELECT idea_id FROM proposal UNION SELECT public_id FROM proposal WHERE public_id IS NOT NULL")}
    for row in w.rows("SELECT e.id, e.kind, e.detail, e.idea_id, m.received_at, p.kind AS post, i.ring, h.idea_id AS held_idea, h.ring AS held_ring, h.yes FROM event e "
                      "LEFT JOIN message m ON m.id = e.message_id LEFT JOIN post p ON p.id = e.post_id LEFT JOIN hold h ON h.id = e.hold_id "
                      "LEFT JOIN idea i ON i.id = coalesce(e.idea_id, h.idea_id) WHERE e.kind LIKE 'phase.%' OR e.kind LIKE 'message.%' ORDER BY e.id"):
        said = dict(part.split("=", 1) for part in (row["detail"] or "").split(" ") if "=" in part)
        if row["kind"] in ("phase.added", "phase.changed"):
            if names.get(said["name"]) is None: # of the whole initiative
                known[said["name"]] = said["from"], "9999" if said["to"] == "open" else said["to"], said["allows"].split(",")
            continue
        rule = (row["detail"] or "").split(" ")[0]
        if not known or row["received_at"] is None or rule not in (*TAKEN, "phase"):
            continue
        may = allowed(known, time.strftime("%Y-%m-%d", time.localtime(row["received_at"])))
        idea = row["idea_id"] or row["held_idea"]
        kind = "inner" if "members" in (row["ring"], row["held_ring"]) else "feedback" if idea in parts else "support" if rule == "support" or row["yes"] == "voice" \
            else "idea" if row["post"] == "idea" or (row["post"] is None and idea is None) else "reply"
        if rule == "phase":
            refused += [(row["id"], sorted(may))] * (may >= {"idea", "reply", "support", "feedback", "inner"})
        elif row["kind"] in ("message.post", "message.review", "message.confirm", "message.accepted"):
            wrong += [(row["id"], row["detail"], kind, sorted(may))] * (kind not in may)
    yield "each text and each voice came in a phase that takes it", wrong
    yield "and none was refused as late while all is taken", refused


# ---- 15: what an author hears
NEWS = ("news", "news-many", "news-digest")
TOLD = ("assigned", "in_deliberation", "forwarded", "not_pursued", "proposal", "adopted", "in_progress", "done", "merged", "unmerged")
BACK = ("withdrawn", "removed", "in_review", "merged")


def promised(row):
    """The mails of which the author of an idea is owed one about that step; () none."""
    was, to = row["from_state"], row["to_state"]
    if to == "removed":
        return ("removed",)
    if was == "removed":
        return ("restored",) if to not in ("withdrawn", "unmerged") else ()
    if to == "rejected":
        return ("rejected",)
    if to == "withdrawn":
        return ("withdrawn", "transcript", "commands") if row["by"] == "author" else ()
    if to == "published" and was is None:
        return ("receipt-published-idea",)
    if to == "published" and was == "in_review" and row["by"] in ("moderator", "lead", "office"):
        return ("receipt-published-idea",)
    if to == "in_review" and was is None:
        return ("receipt-review-idea", "receipt-review-many")
    if to == "in_review" and row["by"] == "operator":
        return ("hidden",)
    if to.startswith("moved:") and was == "in_review": # a moderator who cannot decide
        return ("receipt-moved", "receipt-published-idea") # there it is read first, or not
    if to.startswith(("moved:", "deadline:")) or (to in TOLD and (was not in BACK or was == "merged")):
        return NEWS
    return ()


def authors(w, step=0, notice=0):
    """STEP and NOTICE: the last ones that were looked at. What waits already takes a step along, so a mail that is due will do."""
    missing = []
    for row in w.rows("SELECT s.*, i.author_id FROM step s JOIN idea i ON i.id = s.idea_id JOIN person p ON p.id = i.author_id WHERE s.id > ? AND i.ring = 'public' AND p.erased_at IS NULL "
                      "AND NOT EXISTS (SELECT 1 FROM proposal x WHERE x.idea_id = i.id OR x.inner_id = i.id OR x.public_id = i.id)", step):
        purposes = promised(row)
        if to_silence(w, row, purposes): # whoever writes more than there are answers a day
            continue
        if not purposes or (purposes == NEWS and (row["person_id"] == row["author_id"] or does_not_want(w, row))):
            continue
        if not w.rows(f"SELECT 1 FROM notice n JOIN idea g ON g.id = n.idea_id JOIN idea i ON coalesce(g.lead_id, g.id) = coalesce(i.lead_id, i.id) OR g.id = i.id WHERE n.person_id = ? AND i.id = ? "
                      f"AND n.purpose IN ({','.join('?' * len(purposes))}) AND (n.id > ? OR n.state IN ('due', 'claimed')) LIMIT 1",
                      row["author_id"], row["idea_id"], *purposes, notice):
            missing.append((row["idea_id"], row["from_state"], row["to_state"], row["by"], row["author_id"]))
    yield "the author is owed a mail about each step that promises one", missing


def to_silence(w, row, purposes):
    return "receipt-review-idea" in purposes and w.rows("SELECT 1 FROM hold WHERE idea_id = ? AND kind = 'review' AND (why = 'rate' OR also LIKE '%rate%')", row["idea_id"])


def does_not_want(w, row):
    """STOPP at the idea, or at the one that it goes on with; or it is not public."""
    return w.rows("SELECT 1 FROM idea i JOIN follow f ON f.idea_id IN (i.id, i.lead_id) AND f.person_id = :author AND f.stopped_at IS NOT NULL WHERE i.id = :idea "
                  "UNION ALL SELECT 1 FROM idea WHERE id = :idea AND published_at IS NULL "
                  "UNION ALL SELECT 1 FROM address WHERE person_id = :author AND suspended_at IS NOT NULL", {"idea": row["idea_id"], "author": row["author_id"]})


# ---- 5 and 6: figures, and the index of words
def supporters(w):
    """{idea: (persons, organisations)} of its whole group, each mailbox once, and {idea: own}."""
    leads = {row["id"]: row["lead"] for row in w.rows("SELECT id, coalesce(lead_id, id) AS lead FROM idea")}
    groups, own = collections.defaultdict(dict), collections.defaultdict(set)
    for row in w.rows("SELECT s.idea_id, s.person_id, s.mailbox, p.is_organisation FROM support s JOIN person p ON p.id = s.person_id WHERE s.ended_at IS NULL ORDER BY s.person_id"):
        if not row["is_organisation"]:
            own[row["idea_id"]].add(row["person_id"])
        groups[leads[row["idea_id"]]].setdefault(row["mailbox"] or f"person {row['person_id']}", row)
    counted = {lead: (sum(not row["is_organisation"] for row in some.values()), sum(row["is_organisation"] for row in some.values())) for lead, some in groups.items()}
    return {idea: counted.get(lead, (0, 0)) for idea, lead in leads.items()}, own, leads


def figures(w, listed=None):
    """LISTED: what `idea list --all --json` says; then each figure of it is compared."""
    counted, own, leads = supporters(w)
    of_group = collections.Counter()
    for idea, lead in leads.items():
        of_group[lead] += len(own[idea])
    if listed is not None:
        yield "each idea's supporters are the persons of its group, each once", [(one["number"], one["supporters"], counted[one["number"]][0]) for one in listed
                                                                            if one["supporters"] != counted[one["number"]][0]]
        posts = {row["id"]: row["n"] for row in w.rows("SELECT i.id, (SELECT count(*) FROM post p WHERE p.idea_id = i.id AND p.state = 'published') AS n FROM idea i")}
        yield "each idea's posts are those that are published", [(one["number"], one["posts"], posts[one["number"]]) for one in listed if one["posts"] != posts[one["number"]]]
    yield "a group's supporters are never more than its ideas' together", [(lead, counted[lead], n) for lead, n in of_group.items() if counted[lead][0] > n]
    follows = collections.defaultdict(set)
    stopped = {tuple(row) for row in w.rows("SELECT idea_id, person_id FROM follow WHERE stopped_at IS NOT NULL")}
    for row in w.rows("SELECT idea_id, person_id FROM follow WHERE stopped_at IS NULL"):
        follows[leads[row["idea_id"]]].add(row["person_id"])
    expected = {(idea, person) for idea, lead in leads.items() for person in follows[lead] if (idea, person) not in stopped and (lead, person) not in stopped}
    yield "followers are those of the group who did not stop", list(expected ^ {tuple(row) for row in w.rows("SELECT DISTINCT idea_id, person_id FROM idea_follower")})[:5]
    yield "nobody follows or supports who has no address", w.rows(
        "SELECT idea_id, person_id FROM follow f WHERE stopped_at IS NULL AND NOT EXISTS (SELECT 1 FROM address a WHERE a.person_id = f.person_id) UNION ALL "
        "SELECT idea_id, person_id FROM support s WHERE ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM address a WHERE a.person_id = s.person_id)")


def index(w):
    """Every word of every text: those that are made up (chance.py) name their texts."""
    w.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of USING fts5vocab(main, post_fts, instance)")
    found = {(row["doc"], row["term"]) for row in w.rows("SELECT doc, term FROM temp.words_of WHERE term >= 'aussen' AND term < 'ausseo' UNION ALL "
                                                         "SELECT doc, term FROM temp.words_of WHERE term >= 'innen' AND term < 'inneo'")}
    place = w.rows("SELECT place FROM indexed")[0][0]
    public = {(row["id"], word) for row in w.rows("SELECT id, text FROM post WHERE state = 'published' AND published <= ?", place) for word in re.findall(r"(?:aussen|innen)[a-z]+\d+", row["text"])}
    yield "what is published is in the index of words, and nothing else", sorted(found ^ public)[:5]


# ---- 16 and 17: what is owed, and what waits
def owed(w, notice=0):
    yield "what could not be sent is in the journal", w.rows(
        "SELECT n.id, n.purpose FROM notice n WHERE n.id > ? AND n.state = 'failed' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.notice_id = n.id AND e.kind LIKE 'notice.%') "
        "AND NOT EXISTS (SELECT 1 FROM bounce b WHERE b.notice_id = n.id)", notice)
    yield "what was sent says when, and what was not does not", w.rows("SELECT id, state FROM notice WHERE id > ? AND (state = 'sent') <> (sent_at IS NOT NULL)", notice)


def waits(w, late_s=300):
    """What the clock does about each question comes in time."""
    now = int(time.time())
    yield "whatever happens next to what waits is still to come", w.rows(
        "SELECT id, kind, next, next_at, ask_at, expires_at FROM hold WHERE state = 'open' AND (expires_at < :late OR (next_at IS NOT NULL AND next_at < :late))", {"late": now - late_s})
    yield "who waits for an answer was asked, or it is known when they will be", w.rows(
        "SELECT id, kind, waits FROM hold WHERE state = 'open' AND kind IN ('confirm', 'review', 'entry') AND asked_at IS NULL AND ask_at IS NULL AND waits = 'none'")


def all_of(w, listed=None):
    for look in (trust(w), phases(w), figures(w, listed), index(w), owed(w), waits(w)):
        yield from look


# ---- That each of them can fail
FIRST_OPEN = "(SELECT min(id) FROM idea WHERE state IN ('published', 'assigned', 'in_deliberation') AND lead_id IS NULL)"
A_POST = "(SELECT min(id) FROM post WHERE state = 'published')"
BREAKS = (
    ("each post stands in one discussion and in its forum", f"UPDATE post SET forum_id = forum_id + 1 WHERE id = {A_POST}"),
    ("each post has a number of its own, not above the last", f"UPDATE idea SET last_number = 0 WHERE id = {FIRST_OPEN}"),
    ("which it keeps for ever, and nobody else gets it", f"UPDATE post SET number = number + 1000 WHERE id = {A_POST}"),
    ("an answer stands in the discussion of what it answers", f"UPDATE post SET parent_id = (SELECT id FROM post WHERE idea_id <> (SELECT idea_id FROM post WHERE id = {A_POST})) WHERE id = {A_POST}"),
    ("n_posts counts what is published", f"UPDATE idea SET n_posts = n_posts + 1 WHERE id = {FIRST_OPEN}"),
    ("what is published has a place, what is not has none", f"UPDATE post SET published = NULL WHERE id = {A_POST}"),
    ("a group is a lead and what names it", f"UPDATE idea SET lead_id = id WHERE id = {FIRST_OPEN}"),
    ("what is merged has a lead, and only that", f"UPDATE idea SET lead_id = (SELECT max(id) FROM idea) WHERE id = {FIRST_OPEN}"),
    ("an idea that is merged goes on with another one, and no other does", f"UPDATE idea SET state = 'merged' WHERE id = {FIRST_OPEN}"),
    ("an idea's state is what its last step says", f"UPDATE idea SET state = 'done' WHERE id = {FIRST_OPEN}"),
    ("an idea's forum is where its last move went", f"INSERT INTO step (idea_id, at, from_state, to_state, by) SELECT {FIRST_OPEN}, 1, 'published', 'moved:' || name, 'lead' FROM forum "
                                                    f"WHERE id <> (SELECT forum_id FROM idea WHERE id = {FIRST_OPEN}) LIMIT 1"),
    ("what needs a reason has one", f"INSERT INTO step (idea_id, at, from_state, to_state, by, person_id) SELECT {FIRST_OPEN}, 1, 'published', 'not_pursued', 'lead', min(id) FROM person"),
    ("an official answer has two persons, or the operator's word", "UPDATE event SET detail = NULL WHERE kind = 'post.official'"),
    ("what waits has an instant at which something happens", "UPDATE hold SET state = 'open', expires_at = NULL, next_at = NULL, ask_at = NULL WHERE id = 1"),
    ("an idea in proposals that live, and what goes on with it, is where the furthest of them is", "UPDATE idea SET state = 'published' WHERE state = 'adopted' AND id NOT IN (SELECT idea_id FROM proposal)"),
    ("who is erased has nothing left", f"UPDATE person SET erased_at = 1 WHERE id = (SELECT person_id FROM post WHERE id = {A_POST})"),
    ("nothing that waited is decided twice", "INSERT INTO event (at, kind, hold_id, hash) SELECT at, kind, hold_id, x'00' FROM event WHERE kind IN ('hold.released', 'hold.confirmed', 'hold.rejected') LIMIT 1"),
    ("no line of it is ever written anew", "UPDATE event SET hash = x'01' WHERE id = 2"),
    ("no mail is without", "DELETE FROM verdict WHERE message_id = (SELECT max(message_id) FROM verdict)"),
    ("what is refused or taken down has a code that there is", f"UPDATE post SET state = 'rejected' WHERE id = {A_POST}; UPDATE hold SET kind = 'review', state = 'rejected', code = 'so', "
                                                               "post_id = (SELECT id FROM post WHERE state = 'rejected') WHERE id = 1"),
    ("nobody decides about a text of their own", "UPDATE event SET person_id = (SELECT p.person_id FROM post p WHERE p.id = event.post_id) WHERE kind IN ('hold.released', 'hold.rejected')"),
    ("an official answer is the word of two", "UPDATE event SET detail = 'second=' || person_id WHERE kind = 'post.official'"),
    ("and both are of those who may", "DELETE FROM member WHERE role = 'office'"),
    ("nobody supports their own idea", f"INSERT OR REPLACE INTO support (idea_id, person_id, at, how) SELECT id, author_id, 1, 'mail' FROM idea WHERE id = {FIRST_OPEN}"),
    ("what was dropped says why", "UPDATE notice SET state = 'dropped', last_reply = NULL WHERE id = 1"),
    ("every mail that we owe is one that there is", "UPDATE notice SET purpose = 'wish-me-luck' WHERE id = 1"),
    ("nothing is public that nobody proved to have written", "DELETE FROM event WHERE kind = 'hold.confirmed'"),
    ("nobody has the name of an office", "UPDATE person SET public_name = 'Moderation' WHERE id = 1"),
    ("every step is one that there is, by somebody who may make it", f"INSERT INTO step (idea_id, at, from_state, to_state, by) VALUES ({FIRST_OPEN}, 1, 'published', 'done', 'author')"),
    ("the journal alone says in which state an idea is", f"UPDATE idea SET state = 'forwarded' WHERE id = {FIRST_OPEN}"),
    ("and in which forum", "INSERT INTO event (at, kind, idea_id, detail, hash) SELECT 1, 'idea.moved', id, 'to=nirgends', x'00' FROM idea WHERE id = " + FIRST_OPEN),
    ("and of which ideas a proposal is made", "DELETE FROM proposal_idea WHERE idea_id = (SELECT max(idea_id) FROM proposal_idea)"),
    ("and with which it goes on", f"UPDATE idea SET merged_into = (SELECT max(id) FROM idea) WHERE id = {FIRST_OPEN}"),
    ("each deed was done with the trust that it needs", "UPDATE event SET detail = replace(detail, ' T3', ' T1') WHERE kind = 'message.accepted'"),
    ("and by a mail, at a door or on a page", "INSERT INTO event (at, kind, person_id, idea_id, detail, hash) SELECT 1, 'idea.assigned', min(id), 1, 'from=published by=lead', x'00' FROM person"),
    ("each text and each voice came in a phase that takes it", "UPDATE event SET detail = replace(detail, 'idea,reply', 'inner') WHERE kind = 'phase.added'"),
    ("and none was refused as late while all is taken", "UPDATE event SET detail = 'phase T1' WHERE id = (SELECT max(id) FROM event WHERE kind LIKE 'message.%' AND detail LIKE 'publish%')"),
    ("the author is owed a mail about each step that promises one", "DELETE FROM notice WHERE purpose IN ('receipt-published-idea', 'news')"),
    ("a group's supporters are never more than its ideas' together", None),
    ("each idea's supporters are the persons of its group, each once", "UPDATE support SET ended_at = 1 WHERE ended_at IS NULL"),
    ("each idea's posts are those that are published", f"UPDATE post SET state = 'removed' WHERE id = {A_POST}"),
    ("followers are those of the group who did not stop", None),
    ("nobody follows or supports who has no address", "DELETE FROM address WHERE person_id = (SELECT person_id FROM follow WHERE stopped_at IS NULL LIMIT 1)"),
    ("what is published is in the index of words, and nothing else", f"UPDATE post SET text = text || ' aussenbabebi99999' WHERE id = {A_POST}"),
    ("what could not be sent is in the journal", "UPDATE notice SET state = 'failed' WHERE id = 1"),
    ("what was sent says when, and what was not does not", "UPDATE notice SET sent_at = NULL WHERE state = 'sent'"),
    ("whatever happens next to what waits is still to come", "UPDATE hold SET state = 'open', expires_at = 1 WHERE id = 1"),
    ("who waits for an answer was asked, or it is known when they will be", "UPDATE hold SET state = 'open', kind = 'review', asked_at = NULL, ask_at = NULL, waits = 'none' WHERE id = 1"),
)


class Copy:
    """Somebody's database, taken in hand; what the looks of truths.py need of a World."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA foreign_keys = OFF")
        self.db.execute("PRAGMA ignore_check_constraints = ON")
        self.numbers, self.hashes = {}, {}

    def rows(self, sql, *values):
        return self.db.execute(sql, values[0] if values and isinstance(values[0], dict) else values).fetchall()

    @contextlib.contextmanager
    def broken(self, sql):
        self.db.execute("BEGIN")
        try:
            yield min(self.db.execute(one).rowcount for one in sql.split(";"))
        finally:
            self.db.execute("ROLLBACK")


def self_test(copy, looks, listed):
    """(sentence, why) of each of BREAKS that nobody notices. LOOKS(copy): all sentences that rows alone answer."""
    sound = {what for what, rows in looks(copy, listed) if rows}
    unnoticed = [(what, "wrong from the beginning") for what in sound]
    for what, sql in BREAKS:
        if sql is None:
            continue
        with copy.broken(sql) as n:
            said = [rows for sentence, rows in looks(copy, listed) if sentence == what and rows]
            if not n or not said:
                unnoticed.append((what, f"{n} rows broken, and nobody says so"))
    return unnoticed


def listed_of(gateway):
    return [json.loads(line) for line in gateway.must("idea", "list", "--all", "--json").splitlines()]

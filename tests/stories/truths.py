# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be true after any life (property.py): each function yields (sentence, what contradicts it) of a World; Watch asks the rows after
each step. What is read in mails and pages: truths_words.py. Not asked here: every step by every role (steps.py)."""
import collections
import json
import re
import time

import fp
import truths_whole
import truths_words

FORUMS = ("mobilitaet", "energie")
IN_FLIGHT = 52 # mails
RECENT = 400 # notices
SETTLED_S = 120 # a mail may be between two processes for so long


def structure(w):
    """Posts, numbers, groups, states."""
    yield "each post stands in one discussion and in its forum", w.rows(
        "SELECT p.id FROM post p LEFT JOIN idea i ON i.id = p.idea_id WHERE i.id IS NULL OR p.forum_id <> i.forum_id")
    yield "each post has a number of its own, not above the last", w.rows(
        "SELECT p.id FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.number < 1 OR p.number > i.last_number")
    now = {row["id"]: (row["idea_id"], row["number"]) for row in w.rows("SELECT id, idea_id, number FROM post")}
    yield "which it keeps for ever, and nobody else gets it", [(post, where, now.get(post)) for post, where in w.numbers.items() if now.get(post) != where]
    w.numbers = now
    yield "an answer stands in the discussion of what it answers", w.rows(
        "SELECT p.id FROM post p JOIN post q ON q.id = p.parent_id WHERE q.idea_id <> p.idea_id")
    yield "each post came with one mail or was entered by hand", w.rows(
        "SELECT p.id FROM post p WHERE p.message_id IS NULL AND p.kind <> 'idea' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.post_id = p.id "
        "AND (e.actor IS NOT NULL OR e.detail LIKE '%by=%'))")
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
    yield "and with one that is there", w.rows(
        "SELECT i.id, l.id, l.state FROM idea i JOIN idea l ON l.id = i.lead_id WHERE i.state = 'merged' AND l.state IN ('withdrawn', 'removed')")


def history(w, event=0):
    """Steps, reasons, persons behind decisions; the journal from EVENT on, for nothing in it changes."""
    yield "an idea's state is what its last step says", w.rows(
        "SELECT i.id, i.state, s.to_state FROM idea i JOIN step s ON s.id = (SELECT max(id) FROM step t WHERE t.idea_id = i.id "
        "AND t.to_state NOT LIKE '%:%' AND t.to_state NOT IN ('unmerged', 'restored')) "
        "WHERE i.state <> s.to_state AND NOT EXISTS (SELECT 1 FROM step u WHERE u.idea_id = i.id AND u.id > s.id AND u.to_state NOT LIKE 'moved:%' AND u.to_state NOT LIKE '%also:%')")
    yield "an idea's forum is where its last move went", w.rows(
        "SELECT i.id, f.name, s.to_state FROM idea i JOIN forum f ON f.id = i.forum_id JOIN step s ON s.id = (SELECT max(id) FROM step t "
        "WHERE t.idea_id = i.id AND t.to_state LIKE 'moved:%') WHERE s.to_state <> 'moved:' || f.name")
    yield "what needs a reason has one", w.rows(
        "SELECT id, idea_id, to_state FROM step WHERE to_state IN ('not_pursued', 'forwarded', 'removed', 'rejected') AND coalesce(reason, '') = '' "
        "AND person_id IS NOT NULL AND from_state NOT IN ('withdrawn', 'removed', 'merged', 'in_review')")
    yield "an official answer has two persons, or the operator's word", w.rows(
        "SELECT id, detail FROM event WHERE id > ? AND kind = 'post.official' AND coalesce(detail, '') NOT LIKE '%second=%' AND actor IS NULL", event)
    yield "what waits has an instant at which something happens", w.rows(
        "SELECT id, kind FROM hold WHERE state = 'open' AND expires_at IS NULL AND next_at IS NULL AND ask_at IS NULL")
    yield "an idea in proposals that live, and what goes on with it, is where the furthest of them is", w.rows(
        "SELECT l.id, l.state, max(instr('proposal adopted in_progress done', d.state)) AS far FROM proposal_idea x JOIN idea i ON i.id = x.idea_id "
        "JOIN idea l ON l.id = coalesce(i.lead_id, i.id) JOIN proposal p ON p.id = x.proposal_id JOIN idea d ON d.id = p.idea_id WHERE d.ring = 'public' "
        "AND d.state IN ('proposal', 'adopted', 'in_progress', 'done') AND l.state NOT IN ('withdrawn', 'removed', 'hidden', 'in_review', 'rejected') "
        "GROUP BY l.id HAVING instr('proposal adopted in_progress done', l.state) <> far")
    yield "and what only a proposal made one is none without it", w.rows(
        "SELECT i.id FROM idea i JOIN step s ON s.id = (SELECT max(id) FROM step t WHERE t.idea_id = i.id AND t.to_state = 'proposal') WHERE i.state = 'proposal' "
        "AND s.by = 'gateway' AND s.proposal_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM proposal x WHERE x.idea_id = i.id OR x.inner_id = i.id OR x.public_id = i.id) "
        "AND NOT EXISTS (SELECT 1 FROM idea g JOIN proposal_idea x ON x.idea_id = g.id JOIN proposal p ON p.id = x.proposal_id JOIN idea d ON d.id = p.idea_id "
        "WHERE coalesce(g.lead_id, g.id) = i.id AND d.ring = 'public' AND d.state IN ('proposal', 'adopted', 'in_progress', 'done'))")
    yield "who is erased has nothing left", w.rows(
        "SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL AND (EXISTS (SELECT 1 FROM support s WHERE s.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM follow f WHERE f.person_id = p.id) OR EXISTS (SELECT 1 FROM address a WHERE a.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM post q WHERE q.person_id = p.id AND q.text <> ''))")


def lines(w):
    yield "nothing that waited is decided twice", w.rows(
        "SELECT hold_id, count(*) FROM event WHERE kind IN ('hold.confirmed', 'hold.released', 'hold.rejected', 'hold.disowned') "
        "AND hold_id IS NOT NULL GROUP BY hold_id HAVING count(*) > 1 + (SELECT count(*) FROM event c WHERE c.hold_id = event.hold_id AND c.kind = 'complaint.decided' AND c.detail NOT LIKE 'result=stands%')")
    now = {row["id"]: row["hash"] for row in w.rows("SELECT id, hash FROM event")}
    yield "no line of it is ever written anew", [line for line, h in w.hashes.items() if now.get(line) != h]
    w.hashes = now


def journal(w):
    yield from lines(w)
    done = w.gateway.run("event", "verify")
    yield "the journal is whole", [] if done.returncode == 0 else [done.stdout + done.stderr]


def rows_of_mails(w):
    yield "each mail has one verdict a recipient", w.rows(
        "SELECT message_id, recipient FROM verdict WHERE kind <> 'duplicate' GROUP BY message_id, recipient HAVING count(*) > 1")
    yield "no mail is without", w.rows("SELECT id FROM message m WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = m.id)")
    yield "the same mail twice is one contribution", w.rows(
        "SELECT m.message_id, count(*) FROM post p JOIN message m ON m.id = p.message_id WHERE m.message_id IS NOT NULL " # a digest has many answers
        "AND NOT EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = m.id AND v.recipient LIKE 'uebersicht+%') "
        "GROUP BY m.message_id, p.idea_id HAVING count(*) > 1")


def verdicts(w):
    yield from rows_of_mails(w)
    taken = w.rows("SELECT (SELECT count(*) FROM event WHERE kind IN ('message.post', 'message.review', 'message.confirm', 'message.accepted', "
                   "'message.refused', 'message.ignore', 'message.operator', 'message.duplicate', 'message.bounce', 'message.set-aside'))")[0][0]
    unanswered = getattr(w, "n_unanswered", 0) # a kill -9 came between the commit and the 250
    yield "each mail that was taken is in the journal once", [] if w.n_mails <= taken <= w.n_mails + unanswered else [(taken, w.n_mails, unanswered)]


# Every step that an idea may make: to -> (from, by) of each way there. The operator may what anybody may.
OPEN = ("published", "assigned", "in_deliberation")
LED = OPEN + ("proposal", "adopted", "in_progress", "done", "not_pursued", "forwarded")
PUBLIC = LED + ("merged",)
ANY = ("author", "moderator", "lead", "office", "operator", "timer", "gateway")
LIFE = {
    "published": [((None,), ("gateway",)), (("in_review",), ("moderator", "lead", "office", "timer", "gateway")),
                  (("rejected",), ("moderator", "lead", "office"))],
    "in_review": [((None,), ("gateway",)), (("rejected",), ("author",)), (PUBLIC, ("operator",))],
    "rejected": [(("in_review",), ("moderator", "lead", "office"))],
    "assigned": [(("published",), ("moderator", "lead", "office")), (("in_deliberation",), ("gateway",))],
    "in_deliberation": [(("published", "assigned"), ("lead", "office")), (("not_pursued", "forwarded", "done"), ("lead", "office")), (("proposal",), ("gateway",))],
    "forwarded": [(OPEN, ("moderator", "lead", "office"))],
    "not_pursued": [(OPEN, ("lead", "office")), (("proposal", "adopted", "in_progress"), ("gateway", "office"))],
    "proposal": [((None,), ("gateway",)), (OPEN, ("gateway", "office")), (LED, ("gateway",)), (("not_pursued",), ("office",))],
    "adopted": [(OPEN + ("proposal",), ("gateway", "office")), (("in_progress",), ("office",)), (LED, ("gateway",))],
    "in_progress": [(("adopted", "done"), ("gateway", "office")), (LED, ("gateway",))],
    "done": [(OPEN + ("in_progress",), ("office",)), (LED, ("gateway",))],
    "merged": [(OPEN + ("not_pursued",), ("moderator", "lead"))],
    "withdrawn": [(("in_review", "rejected") + PUBLIC, ("author",)), (("removed",), ("operator",))],
    "removed": [(("in_review",) + PUBLIC, ("moderator", "office"))],
}
HOUR_S, DAY_S = 3600, 86400
CEILINGS = [(("news", "news-many"), HOUR_S, 1), (("news", "news-many"), DAY_S, fp.limit("LIMIT_NEWS_A_DAY")),
            (("post",), DAY_S, fp.limit("LIMIT_POSTS_A_DAY")), (("moderate", "moderate-deputy", "moderate-late", "moderate-answer"), DAY_S, fp.limit("LIMIT_MODERATE_A_DAY")), (("moderate-list",), HOUR_S, 2 * (len(FORUMS) + 1)),
            (("commands", "transcript"), DAY_S, fp.limit("LIMIT_TRANSCRIPTS_STAFF")), (("silence",), 30 * DAY_S, 3), (("review-many",), HOUR_S, 6 * (len(FORUMS) + 1))]
BACK = ("withdrawn", "removed", "in_review", "merged") # from there to what it was before
CODES = {"beleidigung", "diskriminierung", "gewalt_straftat", "personendaten", "werbung_partei", "themenfremd", "mehrfach", "urheberrecht",
         "unverstaendlich", "links", "falsche_identitaet", "nicht_zustaendig", "sonstiges"}


def is_step(row, inner):
    """Is the row of table step one that LIFE has? ANY way back, and what is no state (moved:, merged:, ...) is asked elsewhere."""
    if ":" in row["to_state"] or row["to_state"] in ("unmerged", "restored", "draft", "proposed") or row["from_state"] in BACK:
        return row["by"] in ANY
    ways = LIFE.get(row["to_state"], [])
    return any(row["from_state"] in froms and (row["by"] in by or row["by"] == "operator") for froms, by in ways) or row["idea_id"] in inner


class Watch:
    """The rows, after each step: those that are new; and all of them, where a statement finds what is wrong, after every EVERY-th."""

    def __init__(self, every=1):
        self.every, self.n, self.whole = every, 0, 0 # the last line of the journal when all was looked at
        self.step = self.event = self.answer = self.mail = self.notice = 0
        self.decided = collections.Counter()
        self.seen, self.came = set(), collections.defaultdict(list)
        self.states, self.forums, self.into, self.version, self.made_of = {}, {}, {}, None, collections.defaultdict(set)
        with open(f"{fp.TOP}/src/forum/purpose.def", encoding="utf-8") as file:
            self.purposes = set(re.findall(r'(?m)^PURPOSE\(\w+, "([a-z-]+)"', file.read()))

    def look(self, w):
        version = w.rows("PRAGMA data_version")[0][0]
        if version == self.version:
            return # nobody wrote anything since
        self.version = version
        with w.snapshot():
            yield from self.look_at(w)

    def look_at(self, w):
        event, notice = w.rows("SELECT (SELECT coalesce(max(id), 0) FROM event), (SELECT coalesce(max(id), 0) FROM notice)")[0]
        self.n += 1
        if self.n % self.every == 0:
            yield from structure(w)
            yield from history(w, self.whole)
            yield from deciders(w, self.whole)
            self.whole = event
        yield from self.decisions(w)
        yield from truths_whole.authors(w, self.step, self.notice)
        yield from self.steps(w)
        yield from truths_whole.trust(w, self.event)
        self.notice = notice
        yield from self.replay(w)
        yield from told(w, self.purposes, notice - RECENT)
        yield from who_is_known(w, self.event)
        self.event = event
        yield from self.digests(w)
        yield from self.ceilings(w)
        truths_words.came_back(w)

    def steps(self, w):
        rows = w.rows("SELECT s.*, i.author_id, i.ring FROM step s JOIN idea i ON i.id = s.idea_id WHERE s.id > ? ORDER BY s.id", self.step)
        proposals = {row[0] for row in w.rows("SELECT idea_id FROM proposal UNION SELECT inner_id FROM proposal WHERE inner_id IS NOT NULL")}
        yield "every step is one that there is, by somebody who may make it", [
            (row["idea_id"], row["from_state"], row["to_state"], row["by"]) for row in rows if not is_step(row, proposals)]
        self.step = rows[-1]["id"] if rows else self.step

    def decisions(self, w):
        for row in w.rows("SELECT hold_id FROM event WHERE id > ? AND kind IN ('hold.confirmed', 'hold.released', 'hold.rejected', 'hold.disowned') "
                          "AND hold_id IS NOT NULL", self.event):
            self.decided[row["hold_id"]] += 1
        for row in w.rows("SELECT hold_id FROM event WHERE id > ? AND kind = 'complaint.decided' AND detail NOT LIKE 'result=stands%'", self.event): # its author complained, and was right
            self.decided[row["hold_id"]] -= 1
        yield "nothing that waited is decided twice", [hold for hold, n in self.decided.items() if n > 1]

    def digests(self, w):
        """Where the answers to a digest went, and that nothing of it is among them."""
        elsewhere, ours = [], []
        for row in w.rows("SELECT DISTINCT message_id, recipient FROM verdict WHERE message_id > ? AND recipient LIKE 'uebersicht+%' AND kind <> 'duplicate' "
                          "ORDER BY message_id", self.answer):
            self.answer = row["message_id"]
            notice = int(re.match(r"uebersicht\+(\d+)", row["recipient"]).group(1))
            entries = w.rows("SELECT d.entries FROM notice n JOIN digest d ON d.id = n.digest_id WHERE n.id = ?", notice)
            shown = [int(post) for _, post in re.findall(r"(\d+):(\d+)", entries[0]["entries"] or "")] if entries else []
            ideas = {r["idea_id"] for r in w.rows(f"SELECT idea_id FROM post WHERE id IN ({','.join(map(str, shown)) or 0})")}
            sent = next((m for m in reversed(w.sink.mails) if m.field("Message-ID").startswith(f"<notice-{notice}-")), None)
            for post in w.rows("SELECT id, idea_id, text FROM post WHERE message_id = ?", row["message_id"]):
                elsewhere += [(row["message_id"], post["idea_id"])] * (post["idea_id"] not in ideas)
                own = "\n".join(line for line in post["text"].splitlines() if not line.startswith(">"))
                ours += [(row["message_id"], run) for run in runs(own) & runs(sent.text if sent else "")]
        yield "an answer to a digest stands at entries of that digest alone", elsewhere
        yield "and has no six words of it but the lines that it answers", ours

    def ceilings(self, w):
        """How many mails of a kind somebody got within any hour and day, by when they came."""
        wrong = []
        for m in w.sink.mails[self.mail:]:
            self.mail += 1
            key, purpose = m.field("Message-ID"), m.field("Feedback-ID").split(":")[0]
            if key in self.seen: # what was under way when it was killed
                continue
            self.seen.add(key)
            for kinds, seconds, most in CEILINGS:
                if purpose in kinds and not (purpose == "moderate-list" and self.is_answer(w, key)):
                    came = self.came[m.to, kinds[0], seconds]
                    came[:] = [at for at in came if at > m.at - seconds] + [m.at]
                    # Whoever puts the clock back makes each of them begin anew.
                    wrong += [(m.to, purpose, len(came), seconds)] * (len(came) > (most * (1 + w.n_clocks)))
        yield "nobody gets more mails of a kind than within its ceiling", wrong[:3]

    @staticmethod
    def is_answer(w, key):
        """A list that a moderator gets because their answer to one was unclear is an answer, as a transcript is."""
        return w.rows("SELECT 1 FROM notice WHERE id = ? AND detail IS NOT NULL", int(re.match(r"<notice-(\d+)-", key).group(1)))

    def replay(self, w):
        """The journal alone says where each idea stands, in which forum, and with which it goes on."""
        for row in w.rows("SELECT e.id, e.kind, e.idea_id, e.detail, p.kind AS post FROM event e LEFT JOIN post p ON p.id = e.post_id "
                          "WHERE e.id > ? AND e.idea_id IS NOT NULL ORDER BY e.id", self.event):
            idea, word = row["idea_id"], row["kind"].split(".")[1]
            said = dict(part.split("=", 1) for part in (row["detail"] or "").split(" ") if "=" in part)
            is_refused = row["kind"] == "hold.rejected" and row["post"] == "idea" and said.get("why") not in ("corrected", "reported")
            if row["kind"] == "hold.moved":
                self.forums.pop(idea, None) # before it was public
            if not is_refused and not row["kind"].startswith(("idea.", "proposal.")):
                continue
            self.lead(idea, word, said)
            self.part(row["kind"], said)
            if word == "moved":
                self.forums[idea] = said["to"]
            elif word == "hidden":
                self.states[idea] = "in_review"
            elif word in ("restored", "unmerged"):
                self.states[idea] = said["to"]
            elif word in LIFE:
                self.states[idea] = word
        # Of who is erased one line says all: what was theirs is withdrawn.
        rows = {row["id"]: row for row in w.rows("SELECT i.id, i.state, i.merged_into, f.name AS forum FROM idea i JOIN person p ON p.id = i.author_id "
                                                 "JOIN forum f ON f.id = i.forum_id WHERE p.erased_at IS NULL")}
        yield "the journal alone says in which state an idea is", [(i, s, rows[i]["state"]) for i, s in self.states.items() if i in rows and rows[i]["state"] != s][:5]
        yield "and in which forum", [(i, f, rows[i]["forum"]) for i, f in self.forums.items() if i in rows and rows[i]["forum"] != f][:5]
        parts = collections.defaultdict(set)
        for row in w.rows("SELECT proposal_id, idea_id FROM proposal_idea"):
            parts[row["proposal_id"]].add(row["idea_id"])
        yield "and of which ideas a proposal is made", [(p, ideas, parts[p]) for p, ideas in self.made_of.items() if parts[p] != ideas][:5]
        yield "and with which it goes on", [(i, row["merged_into"], self.into.get(i)) for i, row in rows.items() if row["merged_into"] != self.into.get(i)][:5]

    def part(self, kind, said):
        if kind == "proposal.added":
            self.made_of[int(said["proposal"])] = {int(idea) for idea in said["ideas"].split(",")}
        elif kind == "proposal.changed" and "idea" in said:
            self.made_of[int(said["proposal"])].add(int(said["idea"]))
        elif kind == "proposal.changed" and "without" in said:
            self.made_of[int(said["proposal"])].discard(int(said["without"]))

    def lead(self, idea, word, said):
        """Who led a group and is gone hands it over to the oldest, with which the others go on."""
        if word == "merged":
            self.into[idea] = int(said["into"])
        elif word == "unmerged":
            was = self.into.pop(idea, None)
            if said["by"] == "gateway":
                while was in self.into: # it was merged into one that was merged later: the end of that chain is gone
                    was = self.into[was]
                self.into.update({other: idea for other, lead in self.into.items() if lead == was})


def runs(text, n=6):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i:i + n]) for i in range(len(words) - n + 1)}


def deciders(w, event=0):
    yield "what is refused or taken down has a code that there is", [tuple(row) for row in w.rows(
        "SELECT h.id, h.code FROM hold h JOIN post p ON p.id = h.post_id WHERE h.state = 'rejected' AND h.kind = 'review' AND p.state = 'rejected'") if row["code"] not in CODES]
    yield "nobody decides about a text of their own", w.rows( # who corrects it or takes it back ends the question, and decides nothing
        "SELECT e.id, e.kind, e.hold_id FROM event e JOIN post p ON p.id = e.post_id WHERE e.id > ? AND e.kind IN ('hold.released', 'hold.rejected', "
        "'post.official') AND e.actor IS NULL AND e.person_id = p.person_id AND (e.kind <> 'post.official' OR coalesce(e.detail, '') NOT LIKE '%second=%')", event)
    yield "an official answer is the word of two", [tuple(row) for row in w.rows(
        "SELECT id, person_id, detail FROM event WHERE id > ? AND kind = 'post.official' AND person_id IS NOT NULL", event)
        if re.search(r"second=(\d+)", row["detail"] or "") and int(re.search(r"second=(\d+)", row["detail"]).group(1)) == row["person_id"]]
    able = {row[0] for row in w.rows("SELECT person_id FROM member WHERE role IN ('office', 'lead')")}
    yield "and both are of those who may", [tuple(row) for row in w.rows("SELECT id, person_id, detail FROM event WHERE id > ? AND kind = 'post.official' "
                                                                         "AND person_id IS NOT NULL", event)
                                            if {row["person_id"], *map(int, re.findall(r"second=(\d+)", row["detail"] or ""))} - able]
    yield "nobody supports their own idea", w.rows(
        "SELECT s.idea_id FROM support s JOIN idea i ON i.id = s.idea_id WHERE s.person_id = i.author_id AND s.ended_at IS NULL")


def told(w, purposes, notice=0):
    """Of notices from that one on: after each step the newest, after each stretch all."""
    yield "nobody is told of a post twice", w.rows(
        "SELECT person_id, post_id FROM notice WHERE id > ? AND purpose = 'post' AND state <> 'dropped' GROUP BY person_id, post_id HAVING count(*) > 1", notice)
    yield "who made a step is not told of it alone", w.rows(
        "SELECT n.id, n.person_id FROM notice n JOIN step s ON s.id = CAST(n.detail AS INTEGER) JOIN idea i ON i.id = s.idea_id WHERE n.purpose = 'news' "
        "AND n.state IN ('due', 'claimed') AND s.person_id = n.person_id AND NOT EXISTS (SELECT 1 FROM step t JOIN idea g ON g.id = t.idea_id "
        "WHERE t.id > s.id AND coalesce(g.lead_id, g.id) = coalesce(i.lead_id, i.id) AND t.person_id IS NOT n.person_id)")
    yield "at most one mail of news to a person waits for an idea", w.rows(
        "SELECT person_id, idea_id FROM notice WHERE purpose = 'news' AND state = 'due' GROUP BY person_id, idea_id HAVING count(*) > 1")
    yield "what was dropped says why", w.rows("SELECT id, purpose FROM notice WHERE id > ? AND state = 'dropped' AND coalesce(last_reply, '') = ''", notice)
    yield "every mail that we owe is one that there is", [row[0] for row in w.rows("SELECT DISTINCT purpose FROM notice WHERE id > ?", notice) if row[0] not in purposes]


def who_is_known(w, event=0):
    """Of whom nothing was proved nothing is public, and nothing counts, before they said yes to our question."""
    yield "nothing is public that nobody proved to have written", w.rows(
        "SELECT p.id, m.from_address FROM event v CROSS JOIN post p ON p.id = v.post_id CROSS JOIN message m ON m.id = p.message_id WHERE v.id > ? AND m.standing <> 2 "
        "AND p.published IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event e WHERE e.kind IN ('hold.confirmed', 'hold.chosen') AND e.post_id = p.id)", event)
    yield "and nobody's voice counts", w.rows(
        "SELECT v.idea_id, a.address FROM event v CROSS JOIN address a ON a.person_id = v.person_id WHERE v.id > ? AND v.kind = 'support.added' AND a.address LIKE "
        "'%@fremd.example' AND NOT EXISTS (SELECT 1 FROM event e WHERE e.kind = 'hold.confirmed' AND e.person_id = a.person_id)", event)
    yield "nobody has the name of an office", w.rows(
        "SELECT id, public_name FROM person WHERE public_name LIKE '%Moderation%' OR public_name LIKE '%Staatskanzlei%' OR public_name LIKE '%anari%'")


def waiting(w):
    """Whoever must decide was sent the question, or the list of what waits says why they were not."""
    asked = {row["hold_id"] for row in w.rows("SELECT DISTINCT hold_id FROM notice WHERE hold_id IS NOT NULL AND state IN ('due', 'claimed', 'sent')")}
    asked |= {row["id"] for row in w.rows("SELECT h.id FROM hold h JOIN idea i ON i.id = h.idea_id WHERE h.state = 'open' AND i.state IN "
                                          "('in_review', 'rejected', 'withdrawn', 'removed')")} # a yes would be refused; they are asked when it is back
    shown = {h["hold"]: h for h in w.gateway.rows("hold", "list")}
    open_ones = {row["id"]: row["kind"] for row in w.rows("SELECT id, kind FROM hold WHERE state = 'open'")}
    yield "what waits stands in the list of what waits", [(i, kind) for i, kind in open_ones.items() if i not in shown]
    yield "and somebody was asked about it, or it says why not", [(i, kind, shown[i]) for i, kind in open_ones.items() if i in shown and i not in asked
                                                                  and not shown[i]["waits"] and not shown[i]["why"]]
    yield "with somebody who is to answer", [(i, kind, shown[i]) for i, kind in open_ones.items() if i in shown and not shown[i]["asked"] and not shown[i]["waits"]]


def counts(w):
    """What the door says against the rows, each person once in a group."""
    wrong, own, names = [], [], []
    for row in w.rows("SELECT id, coalesce(lead_id, id) AS lead FROM idea WHERE published_at IS NOT NULL ORDER BY id DESC LIMIT 15"):
        told = json.loads(w.gateway.must("idea", "show", str(row["id"]), "--json"))
        people, organisations = (w.rows("SELECT DISTINCT s.person_id, p.public_name FROM support s JOIN idea g ON g.id = s.idea_id JOIN person p ON p.id = s.person_id "
                                        "WHERE s.ended_at IS NULL AND (g.id = ? OR g.lead_id = ?) AND p.is_organisation = ?", row["lead"], row["lead"], n) for n in (0, 1))
        followers = w.rows("SELECT DISTINCT f.person_id FROM idea_follower f WHERE f.idea_id = ?", row["id"])
        shown = (told["supporters"], told["organisations"], told["followers"])
        n_named = len({(r["public_name"] or str(r["person_id"])).casefold() for r in organisations}) # two people of one are one
        if shown != (len(people), n_named, len(followers)):
            wrong.append((row["id"], shown, len(people), n_named, len(followers)))
        mine = {r[0] for r in w.rows("SELECT DISTINCT s.person_id FROM support s JOIN person p ON p.id = s.person_id WHERE s.ended_at IS NULL AND s.idea_id = ? "
                                     "AND NOT p.is_organisation", row["id"])}
        own += [(row["id"], told["supporters_own"], len(mine))] * (told["supporters_own"] != len(mine) or not mine <= {r[0] for r in people})
        called = {r["number"]: (r["public_name"], bool(r["is_organisation"])) for r in w.rows(
            "SELECT q.number, p.public_name, p.is_organisation FROM post q JOIN person p ON p.id = q.person_id WHERE q.idea_id = ?", row["id"])}
        names += [(row["id"], post["number"], post["person"], called[post["number"]]) for post in told["posts"]
                  if post["idea"] == row["id"] and post["person"] not in (None, called[post["number"]][0])]
    yield "an idea's own supporters are some of its group's", own
    yield "a post shows the name that its author has chosen, or none", names
    yield "supporters and followers are persons, each once, and organisations are counted apart", wrong


def outbox(w):
    w.gateway.settle()
    yield "every mail that we owe is sent, dropped, failed or not yet due", w.rows(
        "SELECT id, purpose, state FROM notice WHERE (state = 'claimed' AND claimed_at < ?) OR (state = 'due' AND due_at < ?)",
        int(time.time()) - SETTLED_S, int(time.time()) - SETTLED_S)
    twice = [key for key, n in collections.Counter((m.to, m.field("Message-ID")) for m in w.sink.mails).items() if n > 1]
    may_be = IN_FLIGHT * getattr(w, "n_kills", 0) # what was under way when it was killed is sent once more, as the same mail
    yield "no mail came to anybody twice", twice if len(twice) > may_be else []


def addresses(w):
    """Old addresses are taken, whatever became of the idea."""
    refused = []
    client = fp.Client(w.gateway.door)
    for row in w.rows("SELECT id FROM idea WHERE ring = 'public' AND published_at IS NOT NULL ORDER BY random() LIMIT 5"):
        client.command("MAIL FROM:<neu@example.org>")
        if client.command(f"RCPT TO:<idee-{row['id']}@{fp.DOMAIN}>")[0] != 250:
            refused.append(row["id"])
        client.command("RSET")
    client.quit()
    yield "an idea's address is taken for ever", refused


def all_of(w, web, mails_seen):
    for look in (outbox(w), truths_whole.all_of(w, truths_whole.listed_of(w.gateway)), structure(w), history(w), deciders(w), told(w, w.rows_of_each_step.purposes), journal(w), verdicts(w), counts(w), waiting(w), who_is_known(w),
                 truths_words.all_of(w, web, mails_seen), addresses(w)):
        yield from look
    yield from ((what, w.broken[what]) for what in w.PROMISES)

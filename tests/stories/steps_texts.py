# SPDX-License-Identifier: GPL-3.0-or-later
"""What life.def does not lead, beside its steps (steps.py): a contribution that is taken down, taken back, let through or refused, from each of its
states by each role; and what waits for a moderator, refused or let through by whoever is asked about it where nobody moderates, and what comes of
a refusal by its author: a new version, a complaint."""
import re

import fp

WRITERS = [f"antwort{i}@example.org" for i in range(8)]
WHY = "Weil es so beschlossen ist."
# Forums that read first: who is in them, whom they ask, and whom about a complaint.
ANSWERS = "antworten" # where answers are read first
READ_FIRST = {"gelesen": ("moderator", "moderator"), "geleitet": ("lead", "lead"), "verwaltet": ("office", "office")}
# (what, from) -> (to, who may by mail). Whoever sits at the command line may take down and bring back, and takes nothing back for others.
REPLY = {
    ("remove", "published"): ("removed", {"moderator", "office"}), ("restore", "removed"): ("published", {"moderator", "office"}),
    ("withdraw", "published"): ("withdrawn", {"author"}), ("withdraw", "in_review"): ("withdrawn", {"author"}), ("withdraw", "rejected"): ("withdrawn", {"author"}), ("withdraw", "hidden"): ("withdrawn", {"author"}),
    ("undo", "withdrawn"): ("published", {"author"}), ("release", "in_review"): ("published", {"moderator"}), ("reject", "in_review"): ("rejected", {"moderator"}),
}
AT_THE_DESK = {("remove", "published"): "removed", ("remove", "hidden"): "removed", ("remove", "in_review"): "removed", ("hide", "published"): "hidden",
               ("restore", "hidden"): "published", ("restore", "removed"): "published", ("release", "in_review"): "published", ("reject", "in_review"): "rejected"}
STATES = ("published", "in_review", "hidden", "removed", "withdrawn", "rejected")
MAILS = ("remove", "restore", "withdraw", "undo", "release", "reject")
KINDS = {"remove": "post.removed", "restore": "post.restored", "withdraw": "post.withdrawn", "undo": "post.restored", "hide": "post.hidden",
         "release": "hold.released", "reject": "hold.rejected"}


class Reply:
    def __init__(self, number, writer, state):
        self.number, self.writer, self.state = number, writer, state

    def __repr__(self):
        return f"{self.number}/2 ({self.state})"


def make(w, states):
    """A contribution in each of STATES, each below an idea of its own."""
    opened = w.new_ideas(len([s for s in states if s not in ("in_review", "rejected")]))
    read_first = w.new_ideas(len(states) - len(opened), ANSWERS)
    holds = {row["idea_id"]: str(row["id"]) for row in w.rows("SELECT id, idea_id FROM hold WHERE kind = 'review' AND state = 'open'")}
    w.call([[("hold", "release", holds[number])] for number in read_first])
    made = [Reply(read_first.pop() if state in ("in_review", "rejected") else opened.pop(), WRITERS[n % len(WRITERS)], state) for n, state in enumerate(states)]
    w.send([(r.writer, f"idee-{r.number}@{fp.DOMAIN}", "Re: Idee", f"Dazu meine ich {r.number}.") for r in made])
    holds = {row["idea_id"]: str(row["id"]) for row in w.rows("SELECT h.id, h.idea_id FROM hold h WHERE h.kind = 'review' AND h.state = 'open'")}
    own = {"hidden": lambda r: ("post", "hide", f"{r.number}#2", "--reason", WHY), "removed": lambda r: ("post", "remove", f"{r.number}#2", "--reason", WHY),
           "rejected": lambda r: ("hold", "reject", holds[r.number], "sonstiges: Nein.")}
    w.call([[own[r.state](r)] for r in made if r.state in own])
    w.send([(r.writer, w.help, "", f"löschen {r.number}/2") for r in made if r.state == "withdrawn"])
    w.gateway.settle()
    return made


def look(w):
    return {row["idea_id"]: (row["state"], row["id"]) for row in w.rows("SELECT id, idea_id, state FROM post WHERE number = 2")}


def judge(w, tried, since):
    """[(try, what came of it)] that is wrong."""
    now, told = look(w), {}
    for row in w.rows("SELECT post_id, kind FROM event WHERE id > ? AND (kind LIKE 'post.%' OR kind IN ('hold.released', 'hold.rejected'))", since):
        told.setdefault(row["post_id"], []).append(row["kind"])
    wrong = []
    for reply, who, what, to in tried:
        state, post = now[reply.number]
        kinds = told.get(post, [])
        fits = state == (to or reply.state) and (KINDS[what] in kinds if to else not kinds)
        wrong += [(reply, who, what, to, state, kinds)] * (not fits)
    return wrong


def question_of(w, reply, sign, to):
    return next((fp.address_of(m.message["Reply-To"]) for m in reversed(w.sink.mails) if m.field("Feedback-ID").startswith(sign) and m.to == to
                 and re.search(rf"idee-{reply.number}\b", m.field("Subject") + m.text)), None)


def as_mail(w, reply, who, what, people):
    person = reply.writer if who == "author" else people[who]
    asked = {"undo": ("withdrawn:", reply.writer), "release": ("moderate:", people["moderator"]), "reject": ("moderate:", people["moderator"])}.get(what)
    if asked:
        to = question_of(w, reply, *asked)
        return to and (person, to, "Re: Idee", {"undo": "ZURÜCK", "release": "FREI", "reject": "ABLEHNEN werbung"}[what])
    return person, w.help, "", {"withdraw": f"löschen {reply.number}/2", "remove": f"entfernen {reply.number}/2 werbung",
                                "restore": f"wiederherstellen {reply.number}/2: {WHY}"}[what]


def replies_by_mail(story, w, people):
    wanted = [(state, who, what, REPLY[what, state][0] if who in REPLY.get((what, state), (None, ()))[1] else None)
              for state in STATES for who in people for what in MAILS if (what, state) in REPLY or what not in ("undo", "release", "reject")]
    made = make(w, [state for state, _, _, to in wanted if to] + list(STATES))
    shared = {r.state: r for r in made[-len(STATES):]}
    own = iter(made)
    tried = [(next(own) if to else shared[state], who, what, to) for state, who, what, to in wanted]
    since = w.rows("SELECT max(id) FROM event")[0][0]
    mails = [as_mail(w, reply, who, what, people) for reply, who, what, _ in tried]
    story.equal([t[:3] for t, m in zip(tried, mails) if not m and t[3]], [], "who may undo or decide has a mail that says how")
    w.send([m for m in mails if m])
    w.gateway.settle()
    w.answer_all("confirm-command", "JA")
    w.gateway.settle()
    story.equal(judge(w, tried, since)[:8], [], f"by mail: {len([t for t in tried if t[3]])} contributions go where their row says, {len([t for t in tried if not t[3]])} tries "
                "of others, or from elsewhere, change nothing")


def replies_at_the_desk(story, w):
    wanted = [(state, what, AT_THE_DESK.get((what, state))) for state in STATES for what in ("remove", "hide", "restore", "release", "reject")
              if (what not in ("release", "reject") or state == "in_review") and (what, state) != ("hide", "in_review")]
    made = make(w, [state for state, _, to in wanted if to] + list(STATES))
    shared = {r.state: r for r in made[-len(STATES):]}
    own = iter(made)
    tried = [(next(own) if to else shared[state], "operator", what, to) for state, what, to in wanted]
    holds = {row["idea_id"]: str(row["id"]) for row in w.rows("SELECT id, idea_id FROM hold WHERE kind = 'review' AND state = 'open'")}
    since = w.rows("SELECT max(id) FROM event")[0][0]
    codes = w.call([[("hold", what, holds[r.number], *(("sonstiges: Nein.",) if what == "reject" else ()))] if what in ("release", "reject")
                    else [("post", what, f"{r.number}#2", "--reason", WHY)] for r, _, what, _ in tried])
    story.equal(judge(w, tried, since)[:8], [], f"command line: {len([t for t in tried if t[3]])} contributions go where their row says, "
                f"{len([t for t in tried if not t[3]])} stay")
    story.equal([t for t, done in zip(tried, codes) if (done[0].returncode == 0) != (t[3] is not None)], [], "and the exit code tells which")


# ---- What waits where nobody moderates, and what comes of a refusal
def last_step(w, number):
    row = w.rows("SELECT s.from_state, s.to_state, s.by, i.state FROM step s JOIN idea i ON i.id = s.idea_id WHERE s.idea_id = ? ORDER BY s.id DESC LIMIT 1", number)[0]
    return tuple(row)


def reviews(story, w, staff):
    """Five ideas in each forum that reads first: let through, refused, refused and written anew, refused and complained of with and without success."""
    for forum, (asked, judge_of_it) in READ_FIRST.items():
        numbers = w.new_ideas(5, forum)
        authors = {n: w.rows("SELECT a.address FROM idea i JOIN address a ON a.person_id = i.author_id WHERE i.id = ?", n)[0][0] for n in numbers}
        w.gateway.settle()
        def mails_about(sign, number, forbidden=()):
            return [m for m in w.sink.mails if m.field("Feedback-ID").startswith(sign) and m.to not in forbidden and re.search(rf"idee-{number}\b", m.field("Subject") + m.text)]
        def respond(m, words):
            return m.to, fp.address_of(m.message["Reply-To"]), f"Re: {m.subject}", words
        questions = {n: mails_about("moderate", n)[0] for n in numbers}
        role = {address: name for name, address in (*staff.items(), *w.others)}
        story.equal({role.get(m.to) for m in questions.values()}, {asked}, f"{forum}: the {asked} is asked")
        others = [person for name, person in staff.items() if name != asked]
        before = w.dump()
        w.send([(person, fp.address_of(questions[numbers[0]].message["Reply-To"]), "Re: x", words) for person in others for words in ("FREI", "ABLEHNEN werbung", f"NACH {forum}")])
        w.gateway.settle()
        story.equal(w.changed(before), [], f"{forum}: whoever was not asked decides nothing, with the address of who was")
        w.send([respond(questions[numbers[0]], "FREI")] + [respond(questions[n], "ABLEHNEN werbung") for n in numbers[1:]])
        w.gateway.settle()
        story.equal([last_step(w, n)[:2] for n in numbers], [("in_review", "published")] + [("in_review", "rejected")] * 4, f"{forum}: their words do it")
        story.equal([last_step(w, n)[2] for n in numbers], [asked] * 5, f"{forum}: as what they are")
        rejected = {n: next(m for m in mails_about("rejected", n) if m.to == authors[n]) for n in numbers[1:]}
        w.send([respond(rejected[numbers[2]], "neu:\nWir brauchen das ohne Werbung."), respond(rejected[numbers[3]], "BESCHWERDE: Das war keine Werbung."),
                respond(rejected[numbers[4]], "BESCHWERDE: Das war nie Werbung.")])
        w.gateway.settle()
        story.equal(last_step(w, numbers[2])[:3], ("rejected", "in_review", "author"), f"{forum}: a new version is its author's step")
        about = [next(iter(mails_about("complaint", n, {authors[n], questions[n].to})), None) for n in numbers[3:]]
        story.ok(all(about), f"{forum}: somebody else is asked about a complaint", [m.to for m in about if m])
        if all(about):
            w.send([respond(about[0], "FREI"), respond(about[1], "BLEIBT: Doch, das ist Werbung.")])
            w.gateway.settle()
            step = last_step(w, numbers[3])
            story.equal(step[:3], ("rejected", "published", judge_of_it), f"{forum}: who complained and was right is published, by another {judge_of_it}")
            story.equal(last_step(w, numbers[4])[1], "rejected", f"{forum}: who was not stays where they are")

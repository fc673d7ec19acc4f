# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be true after any life (property.py): each function yields (sentence, what contradicts it) of a World. Not asked here: what a
kill -9 leaves (crash.py), ceilings of mails (attacks_flood.py), every step by every role (test_life), what time steps back (promises.py)."""
import collections
import json
import re
import time

import fp

FORUMS = ("mobilitaet", "energie")
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


def history(w):
    """Steps, reasons, persons behind decisions."""
    yield "an idea's state is what its last step says", w.rows(
        "SELECT i.id, i.state, s.to_state FROM idea i JOIN step s ON s.id = (SELECT max(id) FROM step t WHERE t.idea_id = i.id "
        "AND t.to_state NOT LIKE 'moved:%' AND t.to_state NOT LIKE 'merged:%' AND t.to_state NOT IN ('unmerged', 'restored')) "
        "WHERE i.state <> s.to_state AND NOT EXISTS (SELECT 1 FROM step u WHERE u.idea_id = i.id AND u.id > s.id AND u.to_state NOT LIKE 'moved:%')")
    yield "an idea's forum is where its last move went", w.rows(
        "SELECT i.id, f.name, s.to_state FROM idea i JOIN forum f ON f.id = i.forum_id JOIN step s ON s.id = (SELECT max(id) FROM step t "
        "WHERE t.idea_id = i.id AND t.to_state LIKE 'moved:%') WHERE s.to_state <> 'moved:' || f.name")
    yield "what needs a reason has one", w.rows(
        "SELECT id, idea_id, to_state FROM step WHERE to_state IN ('not_pursued', 'forwarded', 'removed', 'rejected') AND coalesce(reason, '') = '' "
        "AND person_id IS NOT NULL AND from_state NOT IN ('withdrawn', 'removed', 'merged', 'in_review')")
    yield "an official answer has two persons, or the operator's word", w.rows(
        "SELECT id, detail FROM event WHERE kind = 'post.official' AND detail NOT LIKE '%second=%' AND actor IS NULL")
    yield "nothing that waited is decided twice", w.rows(
        "SELECT hold_id, count(*) FROM event WHERE kind IN ('hold.confirmed', 'hold.released', 'hold.rejected', 'hold.disowned') "
        "AND hold_id IS NOT NULL GROUP BY hold_id HAVING count(*) > 1")
    yield "what waits has an instant at which something happens", w.rows(
        "SELECT id, kind FROM hold WHERE state = 'open' AND expires_at IS NULL AND next_at IS NULL AND ask_at IS NULL")
    yield "an idea in a proposal that lives goes where that goes", w.rows(
        "SELECT i.id, i.state, d.state FROM proposal_idea x JOIN idea i ON i.id = x.idea_id JOIN proposal p ON p.id = x.proposal_id "
        "JOIN idea d ON d.id = p.idea_id WHERE d.ring = 'public' AND d.state IN ('proposal', 'adopted', 'in_progress', 'done') AND i.state <> d.state "
        "AND i.state NOT IN ('withdrawn', 'removed', 'hidden', 'in_review', 'rejected', 'merged')")
    yield "who is erased has nothing left", w.rows(
        "SELECT p.id FROM person p WHERE p.erased_at IS NOT NULL AND (EXISTS (SELECT 1 FROM support s WHERE s.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM follow f WHERE f.person_id = p.id) OR EXISTS (SELECT 1 FROM address a WHERE a.person_id = p.id) "
        "OR EXISTS (SELECT 1 FROM post q WHERE q.person_id = p.id AND q.text <> ''))")
    done = w.gateway.run("event", "verify")
    yield "the journal is whole", [] if done.returncode == 0 else [done.stdout + done.stderr]


def verdicts(w):
    yield "each mail has one verdict a recipient", w.rows(
        "SELECT message_id, recipient FROM verdict WHERE kind <> 'duplicate' GROUP BY message_id, recipient HAVING count(*) > 1")
    yield "no mail is without", w.rows("SELECT id FROM message m WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.message_id = m.id)")
    taken = w.rows("SELECT (SELECT count(*) FROM event WHERE kind IN ('message.post', 'message.review', 'message.confirm', 'message.accepted', "
                   "'message.refused', 'message.ignore', 'message.operator', 'message.duplicate', 'message.bounce', 'message.set-aside'))")[0][0]
    yield "each mail that was taken is in the journal once", [] if taken == w.n_mails else [(taken, w.n_mails)]
    yield "the same mail twice is one contribution", w.rows(
        "SELECT m.message_id, count(*) FROM post p JOIN message m ON m.id = p.message_id WHERE m.message_id IS NOT NULL "
        "GROUP BY m.message_id, p.idea_id HAVING count(*) > 1")


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


def outbox(w):
    w.gateway.settle()
    yield "every mail that we owe is sent, dropped, failed or not yet due", w.rows(
        "SELECT id, purpose, state FROM notice WHERE (state = 'claimed' AND claimed_at < ?) OR (state = 'due' AND due_at < ?)",
        int(time.time()) - SETTLED_S, int(time.time()) - SETTLED_S)
    yield "no mail came to anybody twice", [key for key, n in collections.Counter(
        (m.to, m.message["Message-ID"]) for m in w.sink.mails).items() if n > 1]


def public_bytes(w, web):
    found = {}
    for path in ["/", "/atom.xml", "/daten/ideen.csv", "/daten/ideen.json", "/sitemap.xml", "/suche?q=innen", *(f"/forum/{f}" for f in FORUMS)]:
        found[path] = web.get(path)
    for row in w.rows("SELECT id FROM idea ORDER BY id DESC LIMIT 10"):
        for path in (f"/idee/{row['id']}", f"/idee/{row['id']}/mbox"):
            found[path] = web.get(path)
    return {path: answer[2] if isinstance(answer[2], bytes) else str(answer[2]).encode() for path, answer in found.items()}


def words_in_state(w, condition):
    return {word for row in w.rows(f"SELECT text FROM post WHERE {condition}") for word in re.findall(r"aussen\w+", row["text"])}


def privacy(w, web, mails_seen):
    pages, everybody = public_bytes(w, web), w.everybody
    yield "no word from within stands in a page, a feed, an mbox or the data", [word for word in w.inner if any(word.encode() in page for page in pages.values())]
    kept = words_in_state(w, "state = 'published'")
    gone = words_in_state(w, "state IN ('withdrawn', 'removed', 'hidden', 'rejected') AND text <> ''") - kept
    yield "nor does what was taken back", [word for word in gone if any(word.encode() in page for page in pages.values())]
    yield "nor anybody's address", [(person, path) for person in everybody for path, page in pages.items() if person.encode() in page]
    told = {command: w.gateway.must(*command, "--json") for command in (("idea", "list"), ("proposal", "list"), ("phase", "list"), ("command", "list"))}
    for row in w.rows("SELECT id FROM idea ORDER BY id DESC LIMIT 5"):
        told["show", row["id"]] = w.gateway.must("idea", "show", str(row["id"]), "--json")
    yield "nor anybody's own link or address of ours", [path for path, page in pages.items() if path.startswith(("/idee/", "/forum/"))
                                                        and re.search(rb"/p/\d+-\d+-[0-9a-z]{16}|\+\d+-\d+-[0-9a-z]{16}@", page)]
    yield "nor what the doors tell in JSON", [(person, key) for person in everybody for key, text in told.items() if person in text]
    fresh = w.sink.mails[mails_seen:]
    inside = set(w.members) | set(w.staff)
    yield "no mail tells somebody outside a word from within", [(m.to, word) for m in fresh if m.to not in inside
                                                                for word in re.findall(r"innen\w{10}\d+", m.text) if word in w.inner]
    yield "no mail tells anybody's address to somebody else", [(m.to, person) for m in fresh for person in everybody
                                                              if person not in m.recipients and person.encode() in m.data]
    stale = w.gone & gone # was gone before these mails were made, and is
    yield "no mail tells what was taken back before", [(m.to, m.subject, word) for m in fresh for word in set(re.findall(r"aussen\w+", m.text)) & stale
                                                       if m.to not in w.staff and w.author_of.get(word) != m.to]
    w.gone = gone


def found(w, web):
    """The search knows what is public, and nothing else."""
    rows = w.rows("SELECT p.text FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.state = 'published' AND i.ring = 'public' "
                  "AND i.state NOT IN ('withdrawn', 'removed', 'hidden') AND p.kind <> 'official' ORDER BY p.id DESC LIMIT 4")
    lost = []
    for word in [word for row in rows for word in re.findall(r"aussen\w+", row["text"])][:4]:
        if not fp.wait_for(lambda: word in str(web.get(f"/suche?q={word}")[2]).split("</form>")[-1], 5):
            lost.append(word)
    yield "what is public is found", lost
    yield "what is not is not found", [word for word in list(w.gone)[:4] if "/idee/" in str(web.get(f"/suche?q={word}")[2]).split("</form>")[-1]]


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
    for look in (outbox(w), structure(w), history(w), verdicts(w), counts(w), privacy(w, web, mails_seen), found(w, web), addresses(w)):
        yield from look
    yield from ((what, w.broken[what]) for what in w.PROMISES)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may read what: every page, every mail and what the doors tell in JSON, against what is public, what is said within, what nobody has read
yet and what was taken back (truths.py says the rest)."""
import re

import fp
import strangers
import truths

GONE = "state IN ('withdrawn', 'removed', 'hidden', 'rejected') AND text <> ''"
UNREAD = "published IS NULL AND taken_place IS NULL AND state IN ('in_review', 'rejected')"
WORD = re.compile(r"(?:aussen|innen)\w+")


def read(mail):
    """What somebody may read in it, in whichever part."""
    if not hasattr(mail, "words"):
        parts = [str(mail.subject)] + [part.get_content() for part in mail.message.walk() if part.get_content_maintype() == "text"]
        mail.all_text = "\n".join(part if isinstance(part, str) else part.decode("utf-8", "replace") for part in parts)
        mail.words = set(WORD.findall(mail.all_text)) | set(WORD.findall(mail.data.decode("utf-8", "replace")))
    return mail


def public_pages(w, web):
    found = {}
    for path in ["/", "/atom.xml", "/daten/ideen.csv", "/daten/ideen.json", "/sitemap.xml", "/suche?q=innen", *(f"/forum/{f}" for f in truths.FORUMS)]:
        found[path] = web.get(path)
    for row in w.rows("SELECT id FROM idea ORDER BY id DESC LIMIT 10"):
        for path in (f"/idee/{row['id']}", f"/idee/{row['id']}/mbox"):
            found[path] = web.get(path)
    return {path: answer[2] for path, answer in found.items()}


def words_in_posts(w, condition):
    return {word: row["id"] for row in w.rows(f"SELECT id, text FROM post WHERE {condition}") for word in re.findall(r"aussen\w+", row["text"])}


def titles(w, condition):
    """Words of titles; the numbers of ideas stand below nought, so that they are none of posts."""
    return {word: -row["id"] for row in w.rows(f"SELECT id, title FROM idea WHERE {condition}") for word in re.findall(r"aussen\w+", row["title"])}


def came_back(w):
    """What is public again for a while may be told again."""
    if w.gone:
        ids = {row["id"] for row in w.rows(f"SELECT id FROM post WHERE {GONE}")} | {-row["id"] for row in w.rows(
            "SELECT id FROM idea WHERE state IN ('withdrawn', 'removed')")}
        w.gone = {word: post for word, post in w.gone.items() if post in ids or w.taken_out.get(word) == post}
    for word, post in list(w.taken_out.items()):
        if word in w.rows("SELECT text FROM post WHERE id = ?", post)[0]["text"]: # a complaint was right
            del w.taken_out[word]
            w.gone.pop(word, None)


def gone_now(w):
    kept = words_in_posts(w, "state = 'published'")
    gone = {**words_in_posts(w, GONE), **titles(w, "state IN ('withdrawn', 'removed')"), **w.taken_out}
    return {word: post for word, post in gone.items() if word not in kept}


def unread_now(w):
    """What waits for its author or a moderator, was refused before anybody could read it, or is the title of a draft."""
    words = set(words_in_posts(w, UNREAD)) | set(titles(w, "published_at IS NULL AND state IN ('in_review', 'rejected')"))
    for row in w.rows("SELECT title, text FROM hold WHERE state = 'open' AND kind IN ('confirm', 'review', 'entry', 'second') AND text <> ''"):
        words |= set(re.findall(r"aussen\w+", f"{row['title']} {row['text']}"))
    words |= set(titles(w, "ring = 'members' AND id IN (SELECT idea_id FROM proposal WHERE public_id IS NULL)"))
    return words - set(words_in_posts(w, "state = 'published' OR taken_place IS NOT NULL")) - set(titles(w, "published_at IS NOT NULL AND ring = 'public'"))


def in_pages(w, pages, gone, unread):
    words = {path: set(WORD.findall(page)) for path, page in pages.items()}
    def where(some):
        return [(path, word) for path, found in words.items() for word in found & set(some)]
    yield "no word from within stands in a page, a feed, an mbox or the data", where(w.inner)
    yield "nor one of a letter", where(w.private)
    yield "nor does what was taken back", where(gone)
    yield "nor what nobody has let through yet", where(unread)
    yield "nor anybody's address", [(person, path) for person in w.everybody for path, page in pages.items() if person in page]
    yield "nor what their mail program calls them", [path for path, page in pages.items() if strangers.SENDER in page]
    yield "nor anybody's own link or address of ours", [path for path, page in pages.items() if path.startswith(("/idee/", "/forum/"))
                                                        and re.search(r"/p/\d+-\d+-[0-9a-z]{16}|\+\d+-\d+-[0-9a-z]{16}@", page)]


def in_mails(w, fresh, gone, unread):
    inside = set(w.members) | set(w.staff)
    fresh = [read(m) for m in fresh]
    yield "no mail tells somebody outside a word from within", [(m.to, word) for m in fresh if m.to not in inside for word in m.words & set(w.inner)]
    yield "a letter is read by the author whom it goes to, and by who leads, alone", [(m.to, word) for m in fresh for word in m.words & set(w.private)
                                                                          if m.to not in w.private[word] and m.to not in w.staff]
    yield "no mail tells anybody's address to somebody else", [(m.to, person) for m in fresh for person in m.addresses() & set(w.everybody)
                                                              if person not in m.recipients]
    yield "nor what their mail program calls them", [(m.to, m.subject) for m in fresh if strangers.SENDER in m.all_text.replace(
        strangers.called(m.to).split(" <")[0], "")]
    def told(some):
        return [(m.to, m.subject, word) for m in fresh for word in m.words & some if m.to not in w.staff and w.author_of.get(word) != m.to]
    yield "no mail tells what was taken back before", told(w.gone.keys() & gone.keys()) # was gone before these mails were made, and ever since
    yield "nor what nobody has let through yet", [(to, subject, word) for to, subject, word in told(unread) if word in w.author_of or to not in inside]


def in_answers(w):
    """Twelve words in a row of what was taken back stand in no answer to it; but what others say in their own words goes when the text does."""
    posts = {row["id"]: row for row in w.rows("SELECT id, idea_id, state, text, forgotten_at FROM post WHERE length(text) > 100 OR id IN (SELECT post_id FROM event "
                                              "WHERE kind = 'post.deleted')")}
    quotes = []
    for row in posts.values():
        for word in set(re.findall(r"aussen\w+", row["text"])) & w.long.keys():
            first = posts.get(w.first.setdefault(word, row["id"]))
            if row["state"] == "published" and first is not None and first["id"] != row["id"] and first["state"] in ("withdrawn", "removed", "rejected"):
                text = row["text"] if first["forgotten_at"] else quoted(row["text"])
                quotes += [(row["id"], row["idea_id"], word, text[:100])] * bool(truths.runs(text, 12) & truths.runs(w.long[word], 12))
    yield "no answer quotes twelve words of what was taken back", quotes


def quoted(text):
    return "\n".join(line for line in text.splitlines() if line.startswith(">"))


def in_json(w):
    told = {command: w.gateway.must(*command, "--json") for command in (("idea", "list"), ("proposal", "list"), ("phase", "list"), ("command", "list"))}
    for row in w.rows("SELECT id FROM idea ORDER BY id DESC LIMIT 5"):
        told["show", row["id"]] = w.gateway.must("idea", "show", str(row["id"]), "--json")
    yield "nor what the doors tell in JSON", [(person, key) for person in (*w.everybody, strangers.SENDER) for key, text in told.items() if person in text]


def found(w, web, gone, unread):
    """The search knows what is public, and nothing else."""
    def is_found(word):
        return "/idee/" in web.get(f"/suche?q={word}")[2].split("</form>")[-1]
    rows = w.rows("SELECT p.text FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.state = 'published' AND i.ring = 'public' "
                  "AND i.state NOT IN ('withdrawn', 'removed', 'in_review', 'rejected') AND p.kind <> 'official' ORDER BY p.id DESC LIMIT 4")
    words = [word for row in rows for word in re.findall(r"aussen\w+", row["text"])][:4]
    yield "what is public is found", [word for word in words if not fp.wait_for(lambda: word in web.get(f"/suche?q={word}")[2].split("</form>")[-1], 5)]
    yield "what is not is not found", [word for some in (gone, unread, w.inner) for word in list(some)[-4:] if is_found(word)]


def all_of(w, web, mails_seen):
    gone, unread = gone_now(w), unread_now(w)
    for look in (in_pages(w, public_pages(w, web), gone, unread), in_json(w), in_mails(w, w.sink.mails[mails_seen:], gone, unread), in_answers(w), found(w, web, gone, unread)):
        yield from look
    w.gone = gone

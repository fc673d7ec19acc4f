#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""News of several ideas for one person are one mail, not more than one an hour; each step is told once, also if the gateway is killed
meanwhile. Who answers that mail with a number is read below that idea, who answers without is asked which one is meant."""
import contextlib
import re
import signal
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz Folger <fritz@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
TITLES = ("Mehr Radwege", "Eine Bank am Markt", "Busse am Abend")


def bare(person):
    return person[person.index("<") + 1:-1]


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    for n, title in enumerate(TITLES, 1):
        gateway.write((ERIKA, FRITZ, ERIKA)[n - 1], FORUM, title, f"Bitte: {title}.", dmarc="pass")
        fp.wait_for(lambda n=n: len(gateway.rows("idea", "list")) == n)
        gateway.write(FRITZ, f"idee-{n}@{fp.DOMAIN}", f"Re: {title}", "folgen", dmarc="pass")
    return gateway


def news(sink, person):
    return [m for m in sink.to(bare(person)) if re.search("(?i)neues zu", m.subject)]


def ten_minutes(gateway):
    value(gateway, "UPDATE notice SET due_at = due_at - ? WHERE state = 'due' AND purpose = 'news'", fp.limit("LIMIT_NEWS_TOGETHER_S"))


def one_mail(story, gateway, sink):
    gateway.must("idea", "state", "1", "assigned")
    gateway.must("idea", "state", "2", "in_deliberation")
    gateway.must("idea", "state", "3", "not_pursued", "--reason", "Dafür ist der Bund zuständig.")
    ten_minutes(gateway)
    fp.wait_for(lambda: news(sink, FRITZ) and news(sink, ERIKA))
    gateway.settle()
    told = news(sink, FRITZ)
    story.equal(len(told), 1, "whoever follows three ideas gets one mail")
    story.has(told[0].subject, "3 Ideen", "that says of how many")
    story.ok(re.search(r"1\. Eine Bank am Markt.*2\. Mehr Radwege.*3\. Busse am Abend", told[0].text, re.S), "their own first", told[0].text)
    story.ok("in Beratung" in told[0].text and "Dafür ist der Bund zuständig." in told[0].text, "with what happened to each and why")
    story.has(told[0].message["List-Unsubscribe"], "mailto:", "and a way not to get it")
    story.equal(len(news(sink, ERIKA)), 1, "so does the author of two of them")
    story.ok([e for e in gateway.rows("event", "list") if e["kind"] == "notice.joined" and e["detail"].endswith("n=3")], "the journal says that they are one")
    return told[0]


def answered(story, gateway, mail, sink):
    gateway.respond(mail.message, FRITZ, "zu 2: Bitte auch an der Schule.", dmarc="pass")
    post = "SELECT idea_id FROM post WHERE text LIKE ? AND state = 'published'"
    story.equal(fp.wait_for(lambda: value(gateway, post, "%an der Schule%")), 1, "an answer with its number goes to that idea")
    story.equal(value(gateway, "SELECT count(*) FROM post WHERE text LIKE '%zuständig%' OR text LIKE '%Neuer Stand%'"), 0, "and quotes nothing of the mail")
    n = value(gateway, "SELECT count(*) FROM post")
    gateway.respond(mail.message, FRITZ, "Das ist ein guter Vorschlag.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if "1" in m.text and "Das ist ein guter Vorschlag." in m.text])
    story.ok(asked and all(t in asked[-1].text for t in TITLES), "one without is asked back, with the list", [m.subject for m in sink.to(bare(FRITZ))])
    story.equal(value(gateway, "SELECT count(*) FROM post"), n, "and posted nowhere meanwhile")
    gateway.respond(asked[-1].message, FRITZ, "1", dmarc="pass")
    story.equal(fp.wait_for(lambda: value(gateway, post, "%Das ist ein guter Vorschlag.%")), 2, "until a number answers")


def killed(story, gateway, sink):
    """Killed with the mail claimed and not sent: the relay takes nothing meanwhile."""
    value(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose IN ('news', 'news-many') AND sent_at IS NOT NULL", fp.limit("LIMIT_NEWS_EVERY_S"))
    sink.refuse = lambda verb, argument: "451 4.3.0 later" if verb in ("MAIL", "RCPT", "DATA") else None
    gateway.must("idea", "state", "1", "in_deliberation")
    gateway.must("idea", "state", "2", "not_pursued", "--reason", "Zu teuer.")
    ten_minutes(gateway)
    joined = "SELECT count(*) FROM notice WHERE purpose = 'news-many' AND state IN ('due', 'claimed')"
    fp.wait_for(lambda: value(gateway, joined))
    gateway.stop(signal.SIGKILL)
    n_rows = value(gateway, "SELECT count(*) FROM notice WHERE purpose = 'news' AND state = 'due' AND person_id = (SELECT person_id FROM address WHERE address = ?)",
                   bare(FRITZ))
    story.equal(n_rows, 0, "what is told together waits no more by itself")
    sink.refuse = None
    value(gateway, "UPDATE notice SET due_at = 1, claimed_at = claimed_at WHERE purpose = 'news-many' AND state = 'due'")
    gateway.start()
    fp.wait_for(lambda: len(news(sink, FRITZ)) == 2)
    gateway.settle()
    told = news(sink, FRITZ)
    story.equal((len(told), "2 Ideen" in told[-1].subject), (2, True), "after a kill each step is told once")
    gateway.must("idea", "state", "1", "not_pursued", "--reason", "Zu schmal.")
    ten_minutes(gateway)
    later = "SELECT count(*) FROM notice WHERE purpose = 'news' AND state = 'due' AND due_at > unixepoch() + 1800 AND person_id = (SELECT person_id FROM address WHERE address = ?)"
    fp.wait_for(lambda: value(gateway, later, bare(FRITZ)) == 1)
    gateway.settle()
    story.equal(len(news(sink, FRITZ)), 2, "within the hour there is no further one")


def nothing_left(story, gateway, sink):
    value(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose IN ('news', 'news-many') AND sent_at IS NOT NULL", fp.limit("LIMIT_NEWS_EVERY_S"))
    gateway.must("idea", "state", "2", "in_deliberation", "--reason", "Doch nicht zu teuer.")
    gateway.must("idea", "state", "3", "in_deliberation", "--reason", "Doch zuständig.")
    gateway.must("idea", "remove", "1", "--reason", "Beleidigung")
    before = len(news(sink, FRITZ))
    gateway.write(FRITZ, f"idee-3@{fp.DOMAIN}", "Re: " + TITLES[2], "stopp", dmarc="pass")
    fp.wait_for(lambda: value(gateway, "SELECT 1 FROM follow WHERE idea_id = 3 AND stopped_at IS NOT NULL"))
    value(gateway, "UPDATE notice SET due_at = 1 WHERE state = 'due' AND purpose = 'news'")
    gateway.settle()
    got = [m for m in news(sink, FRITZ)[before:]]
    story.ok(got and not [m for m in got if "Mehr Radwege" in m.text], "what is not public any more when the mail leaves is not in it", [m.text for m in got])
    story.ok(not [m for m in got if "Doch zuständig." in m.text], "nor what its reader stopped meanwhile", [m.text for m in got])


def undone(story, gateway, sink):
    """What was undone before its mail left is told by none; what else happened is."""
    value(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose IN ('news', 'news-many') AND sent_at IS NOT NULL", 2 * 86400)
    gateway.must("forum", "add", "energie", "--title", "Energiewende", "--moderation", "none")
    gateway.must("idea", "deadline", "2", "2099-05-03")
    gateway.must("idea", "deadline", "3", "2099-05-03")
    value(gateway, "UPDATE notice SET due_at = 1 WHERE state = 'due' AND purpose = 'news'")
    gateway.settle()
    value(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose IN ('news', 'news-many') AND sent_at IS NOT NULL", 2 * 86400)
    before = len(news(sink, FRITZ))
    for number in ("2", "3"):
        gateway.must("idea", "move", number, "energie")
        gateway.must("idea", "deadline", number, "2099-06-04")
        gateway.must("idea", "move", number, "mobilitaet")
        gateway.must("idea", "deadline", number, "2099-05-03")
    gateway.must("idea", "state", "2", "not_pursued", "--reason", "Kein Platz.")
    ten_minutes(gateway)
    gateway.settle()
    told = news(sink, FRITZ)[before:]
    story.equal(len(told), 1, "what was undone is told by no mail")
    story.ok(told and "Kein Platz." in told[0].text and "Energiewende" not in told[0].text and "2099" not in told[0].text,
             "what else happened is, without it", told and told[0].text)
    value(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose IN ('news', 'news-many') AND sent_at IS NOT NULL", 2 * 86400)
    gateway.must("idea", "move", "3", "energie")
    gateway.must("idea", "move", "3", "mobilitaet")
    ten_minutes(gateway)
    gateway.settle()
    story.ok([e for e in gateway.rows("event", "list") if e["kind"] == "notice.dropped" and e["detail"] == "why=undone"], "the journal says why")


def posts(story, gateway, sink):
    """Of one idea a reader gets so many posts an hour, each a mail; the others are one mail in the morning, which can be answered by number."""
    reader, most = "lisa@example.org", fp.limit("LIMIT_POSTS_OF_IDEA")
    gateway.must("member", "add", "mobilitaet", reader, "--role", "member", "--delivery", "each")
    value(gateway, "DELETE FROM announcement")
    for n in range(most + 2):
        gateway.write(FRITZ, f"idee-3@{fp.DOMAIN}", "Re: " + TITLES[2], f"Beitrag Nummer {n}.", dmarc="pass")
        gateway.settle()
    told = sink.to(reader)
    story.equal([m.text.count("Beitrag Nummer") for m in told], [1] * most, f"of {most + 2} posts in an hour the first {most} are mails of their own")
    waits = "SELECT count(*) FROM notice n JOIN digest d ON d.id = n.digest_id WHERE n.purpose = 'digest-late' AND n.state = 'due' AND n.due_at > unixepoch()" \
            " AND n.person_id = (SELECT person_id FROM address WHERE address = ?)"
    story.equal(value(gateway, waits, reader), 1, "the others wait, in one")
    gateway.write(FRITZ, FORUM, "Noch etwas", "Bitte Bänke im Park.", dmarc="pass")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(reader) if "Bänke im Park" in m.text]), "of another idea the reader hears at once")
    gateway.settle()
    value(gateway, "UPDATE notice SET due_at = 1 WHERE purpose = 'digest-late' AND state = 'due'")
    digest = fp.wait_for(lambda: [m for m in sink.to(reader) if f"Beitrag Nummer {most}." in m.text])
    story.ok(digest and f"Beitrag Nummer {most + 1}." in digest[0].text and "Beitrag Nummer 0." not in digest[0].text,
             "the mail in the morning has both of them and none that was told", digest)
    story.has(" ".join(digest[0].text.split()), "zusammen, weil es mehr waren, als wir einzeln schicken", "and says why they come together")
    gateway.respond(digest[0].message, f"Lisa <{reader}>", "zu 1: Das meine ich auch.", dmarc="pass")
    story.equal(fp.wait_for(lambda: value(gateway, "SELECT idea_id FROM post WHERE text = 'Das meine ich auch.' AND state = 'published'")), 3,
                "and an answer with its number goes to that idea")
    hidden_meanwhile(story, gateway, sink, reader)


def hidden_meanwhile(story, gateway, sink, reader):
    """What is hidden while the morning's mail leaves, and comes back, is told after all, and once: of two that wait, and of one alone, whose
    mail is not sent at all."""
    number = lambda text: value(gateway, "SELECT number FROM post WHERE text = ?", text)
    texts = lambda words: [m for m in sink.to(reader) if words in m.text]
    def leave():
        value(gateway, "UPDATE notice SET due_at = unixepoch() WHERE purpose = 'digest-late' AND state = 'due'")
        gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", "status 3", dmarc="pass") # whose answer wakes who sends mails
    for others in (("Es bleibt eins.",), ()):
        words = f"Versteckt neben {len(others)}."
        for text in (words, *others):
            gateway.write(FRITZ, f"idee-3@{fp.DOMAIN}", "Re: " + TITLES[2], text, dmarc="pass")
            gateway.settle()
        hide = lambda words=words: gateway.must("post", "hide", f"3#{number(words)}", "--reason", "Wird geprüft.")
        back = lambda words=words: gateway.must("post", "restore", f"3#{number(words)}")
        hide()
        leave()
        story.ok(fp.wait_for(lambda: value(gateway, "SELECT count(*) FROM notice WHERE purpose = 'digest-late' AND state IN ('due', 'claimed')") == 0), "the morning's mail has left, or needs not")
        gateway.settle()
        story.equal((len(texts(words)), [len(texts(o)) for o in others]), (0, [1] * len(others)), "what is hidden is in no mail")
        back()
        gateway.settle()
        leave()
        story.equal(len(fp.wait_for(lambda words=words: texts(words)) or []), 1, "back again it is told")
        hide()
        back()
        gateway.settle()
        leave()
        gateway.settle()
        story.equal((len(texts(words)), [len(texts(o)) for o in others]), (1, [1] * len(others)), "once")


def main():
    with fp.Story("together") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        answered(story, gateway, one_mail(story, gateway, sink), sink)
        killed(story, gateway, sink)
        nothing_left(story, gateway, sink)
        undone(story, gateway, sink)
        posts(story, gateway, sink)


main()

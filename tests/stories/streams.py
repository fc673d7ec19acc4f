# SPDX-License-Identifier: GPL-3.0-or-later
"""Three streams: a question overtakes 20,000 newsletters, counted and not timed; each stream has its own envelope sender, its
rate, and if wanted its relay, whose failure holds up nobody else; each domain its rate, its back-off and its pause."""
import os
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
N = int(os.environ.get("STREAMS_BACKLOG", "20000"))


def notices(gateway, what):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        return db.execute(f"SELECT {what} FROM notice WHERE purpose = 'help' ORDER BY id").fetchall()


def gateway_with(story, port, **dispatch):
    gateway = fp.Gateway(story, relay_port=port, dispatch=dispatch)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    return gateway


def a_question_overtakes(story):
    sink = fp.Sink()
    gateway = gateway_with(story, sink.port)
    fp.owe(gateway, [f"p{i}@example.net" for i in range(N)], stream=2)
    gateway.start()
    fp.wait_for(lambda: len(sink.mails) > 100)
    gateway.write(ERIKA, FORUM, "Brücken", "Mehr Brücken.")
    before = len(sink.mails)
    question = sink.wait("erika@example.net")
    place = next((i for i, mail in enumerate(sink.mails) if mail.to == "erika@example.net"), None)
    most = 2 * fp.limit("LIMIT_NOTICE_CLAIM") # those that were claimed, and those that were claimed while it was written
    story.ok(question and place - before <= most, f"D-05: of {N} newsletters {place - before if place else None} come before a question, at most {most} may")
    story.ok(len(sink.mails) < N, "most of them still wait")
    story.has(question.sender, "bounce+", "a question has the envelope sender of questions")
    news = next(mail for mail in sink.mails if mail.to != "erika@example.net")
    story.ok(news.sender.startswith("bounce-news+"), "a newsletter has its own", news.sender)
    story.has(question.message["Feedback-ID"], f":transactional:{fp.DOMAIN}", "providers can tell the streams apart")
    story.has(news.message["Feedback-ID"], f":bulk:{fp.DOMAIN}", "by Feedback-ID")
    gateway.stop()
    sink.close()


def relays(story):
    """Newsletters go through a relay that is not there."""
    sink = fp.Sink()
    gateway = gateway_with(story, sink.port, bulk_relay=f"inet:127.0.0.1:{fp.free_port()}")
    fp.owe(gateway, ["a@example.net"] * 5, stream=2)
    fp.owe(gateway, ["b@example.net"], stream=0)
    fp.owe(gateway, ["c@example.net"], stream=1)
    done = gateway.run("dispatch", "--once")
    story.equal((sorted(mail.to for mail in sink.mails), done.returncode), (["b@example.net", "c@example.net"], 75),
                "a relay for newsletters that is away holds up nobody else, and it is said")
    story.equal({row for row in notices(gateway, "stream, state, n_tries") if row[0] == 2}, {(2, "due", 0)}, "what it was to get waits")
    forum, bulk = fp.Sink(), fp.Sink()
    gateway = gateway_with(story, sink.port, forum_relay=f"inet:127.0.0.1:{forum.port}", bulk_relay=f"inet:127.0.0.1:{bulk.port}")
    for stream in (0, 1, 2):
        fp.owe(gateway, [f"s{stream}@example.net"], stream=stream)
    gateway.must("dispatch", "--once")
    story.equal(([mail.to for mail in sink.mails[2:]], [mail.to for mail in forum.mails], [mail.to for mail in bulk.mails]),
                (["s0@example.net"], ["s1@example.net"], ["s2@example.net"]), "each stream has its relay")
    for one in (sink, forum, bulk):
        one.close()


def rates(story):
    sink = fp.Sink()
    gateway = gateway_with(story, sink.port, bulk_per_minute="60")
    fp.owe(gateway, [f"p{i}@example.net" for i in range(30)], stream=2)
    fp.owe(gateway, [f"q{i}@example.net" for i in range(30)], stream=0)
    gateway.must("dispatch", "--once")
    sent = [mail.to[0] for mail in sink.mails]
    story.ok(sent.count("q") == 30 and 1 <= sent.count("p") < 10, f"newsletters have a rate, questions do not ({sent.count('p')}, {sent.count('q')})")
    sink.close()
    sink = fp.Sink()
    gateway = gateway_with(story, sink.port, domain_per_minute="60")
    fp.owe(gateway, [f"p{i}@{domain}.example" for i in range(20) for domain in ("eins", "zwei")], stream=1)
    gateway.must("dispatch", "--once")
    got = {domain: sum(mail.to.endswith(f"@{domain}.example") for mail in sink.mails) for domain in ("eins", "zwei")}
    story.ok(all(1 <= n < 10 for n in got.values()), f"each domain has its rate ({got})")
    story.equal({row for row in notices(gateway, "state, n_tries, due_at > strftime('%s') - 1") if row[0] == "due"}, {("due", 0, 1)},
                "the rest has its turn later, and was not tried")
    sink.close()


def back_off(story):
    """A domain that puts off one mail after the other is left in peace; another one is not held up."""
    most = fp.limit("LIMIT_DOMAIN_DEFERRALS")
    tried = []

    def refuse(verb, argument):
        if verb == "RCPT" and "@slow.example" in argument:
            tried.append(argument)
            return "450 4.7.1 try again later, too many"
        return None

    sink = fp.Sink(refuse=refuse)
    gateway = gateway_with(story, sink.port, connections="1")
    fp.owe(gateway, [f"p{i}@slow.example" for i in range(40)] + ["fast@example.net"], stream=1)
    gateway.must("dispatch", "--once")
    story.ok(most <= len(tried) <= most + 2, f"D-02: after {most} times 450 the domain is left in peace ({len(tried)} tries for 40 mails)")
    story.equal([mail.to for mail in sink.mails], ["fast@example.net"], "another domain's mail goes")
    story.ok(all(row == ("due", 0) for row in notices(gateway, "state, n_tries")[most + 2:40]), "what was not tried is not counted as tried")
    sink.close()


with fp.Story("streams") as story:
    a_question_overtakes(story)
    relays(story)
    rates(story)
    back_off(story)

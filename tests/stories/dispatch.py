# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of mails we owe when the relay is away, busy, refuses, is slow, and when dispatch is stopped or killed
in the middle: nothing is lost, and at most what was in flight comes twice, under the same Message-ID."""
import collections
import signal
import sqlite3
import subprocess
import time

import fp

EX_TEMPFAIL = 75
UNRECORDED = 50 + 2  # results that may wait for their record, and one mail more on each connection


def numbered(n):
    return [f"p{i}@example.net" for i in range(n)]


def states(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        return dict(db.execute("SELECT state, count(*) FROM notice GROUP BY state"))


def row(gateway, address):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT * FROM notice WHERE address = ?", (address,)).fetchone()


def make_due(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("UPDATE notice SET due_at = due_at - 100000 WHERE state = 'due'")


def house(story, refuse=None):
    sink = fp.Sink(refuse)
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    return gateway, sink


def start(gateway):
    return subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "dispatch"], stderr=subprocess.DEVNULL)


def slowly(seconds):
    def refuse(verb, _):
        if verb == "END":
            time.sleep(seconds)
    return refuse


with fp.Story("dispatch") as story:
    # The relay is away
    gateway = fp.Gateway(story, relay_port=fp.free_port())
    gateway.must("init")
    story.equal(gateway.run("dispatch", "--once").returncode, 0, "with nothing due nobody looks for the relay")
    fp.owe(gateway, numbered(1), stream=1)
    done = gateway.run("dispatch", "--once")
    story.equal(done.returncode, EX_TEMPFAIL, "with the relay away --once ends with 75")
    story.has(done.stderr, "Connection refused", "and says why")
    story.equal((row(gateway, "p0@example.net")["state"], row(gateway, "p0@example.net")["n_tries"]), ("due", 0),
                "that costs no try")

    # It takes everything
    gateway, sink = house(story)
    fp.owe(gateway, numbered(3), stream=1)
    gateway.must("dispatch", "--once")
    story.equal(states(gateway), {"sent": 3}, "with the relay there everything is sent")
    story.equal(row(gateway, "p1@example.net")["last_reply"], "250 2.0.0 Ok: queued", "its answer is kept")
    gateway.must("dispatch", "--once")
    story.equal(len(sink.mails), 3, "once")
    story.equal(len({sent.sender for sent in sink.mails}), 3, "each with an envelope sender of its own")

    # It refuses: for now, one address for good, our sender
    refusals = {"TO:<p0@example.net>": "450 4.2.1 greylisted", "TO:<p1@example.net>": "550 5.1.1 no such user"}
    gateway, sink = house(story, lambda verb, argument: refusals.get(argument) if verb == "RCPT" else None)
    fp.owe(gateway, numbered(3), stream=1)
    before = int(time.time())
    gateway.must("dispatch", "--once")
    later, never = row(gateway, "p0@example.net"), row(gateway, "p1@example.net")
    story.equal((later["state"], later["n_tries"], later["last_reply"]), ("due", 1, "450 4.2.1 greylisted"), "a 4xx is put off")
    story.ok(later["due_at"] >= before + 10, "for some seconds", later["due_at"] - before)
    story.equal((never["state"], never["last_reply"]), ("failed", "550 5.1.1 no such user"), "a 5xx ends it")
    story.equal(row(gateway, "p2@example.net")["state"], "sent", "the one behind them is sent")
    story.ok(any(event["kind"] == "notice.failed" for event in gateway.rows("event", "list")), "the failure is an event")
    story.ok(any("no such user" in fp.text_of(sent.message) for sent in sink.to("office@example.org")), "and told to the operator")
    make_due(gateway)
    gateway.must("dispatch", "--once")
    story.ok(row(gateway, "p0@example.net")["due_at"] >= int(time.time()) + 15, "the second pause is longer")
    refusals.clear()
    make_due(gateway)
    gateway.must("dispatch", "--once")
    story.equal(row(gateway, "p0@example.net")["state"], "sent", "in the end it is taken")
    story.equal((len(sink.to("p0@example.net")), len(sink.to("p1@example.net"))), (1, 0), "once, and the refused one never")

    # It hangs up in the middle of a mail
    calls = collections.Counter()

    def hang_up(verb, argument):
        calls[verb] += 1
        if verb == "END" and calls["END"] == 3:
            raise OSError("gone")

    gateway, sink = house(story, hang_up)
    fp.owe(gateway, numbered(10), stream=1)
    gateway.must("dispatch", "--once")
    make_due(gateway)
    gateway.must("dispatch", "--once")
    story.equal(states(gateway), {"sent": 10}, "a connection that breaks loses nothing")
    story.equal(len(sink.mails), 10, "and repeats nothing that was answered")

    # SIGTERM
    gateway, sink = house(story, slowly(0.02))
    fp.owe(gateway, numbered(500), stream=1)
    process = start(gateway)
    fp.wait_for(lambda: len(sink.mails) > 40)
    process.send_signal(signal.SIGTERM)
    story.equal(process.wait(30), 0, "SIGTERM ends dispatch in order")
    left = states(gateway)
    story.equal(left.get("sent"), len(sink.mails), "what was sent is recorded")
    story.ok(0 < left.get("due", 0) < 500 and "claimed" not in left, "the rest is due as before", left)

    # kill -9, several times
    for _ in range(4):
        process = start(gateway)
        before = len(sink.mails)
        fp.wait_for(lambda: len(sink.mails) > before + 30)
        process.kill()
        process.wait()
    sink.refuse = None
    time.sleep(0.2)
    gateway.must("dispatch", "--once")
    story.equal(states(gateway), {"sent": 500}, "after four kills everything is sent")
    ids = collections.defaultdict(set)
    for sent in sink.mails:
        ids[sent.recipients[0]].add(sent.message["Message-ID"])
    story.equal(len(ids), 500, "everybody has it")
    story.ok(all(len(of_one) == 1 for of_one in ids.values()), "what came twice has the same Message-ID",
             [of_one for of_one in ids.values() if len(of_one) > 1][:3])
    story.ok(len(sink.mails) - 500 <= 4 * UNRECORDED, "only what was in flight came twice", len(sink.mails) - 500)

    # Something urgent
    gateway, sink = house(story, slowly(0.05))
    fp.owe(gateway, numbered(2000), stream=2)
    process = start(gateway)
    fp.wait_for(lambda: len(sink.mails) > 20)
    fp.owe(gateway, ["urgent0@example.net"], stream=0)
    begun = time.monotonic()
    story.ok(sink.wait("urgent0@example.net"), "a confirmation overtakes")
    took = time.monotonic() - begun
    fp.diag(f"after {took:.2f} s")
    story.ok(len(sink.mails) < 1900, "while the others still wait", len(sink.mails))
    process.terminate()
    process.wait()

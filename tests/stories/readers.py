# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails that take their reader down: by a crash, a forbidden call, endless computing, growth. Each is kept, named,
reported, and does not concern the mails beside it; after an upgrade it is read. The first program is built with
readers that obey X-Forumpost-Test and with short limits, the upgrade is the real one."""
import contextlib
import os
import sqlite3
import threading

import fp

BAD = {"crash": "crashed", "forbidden": "forbidden", "hang": "reading took", "grow": ""}
if os.environ.get("SANITIZERS") == "yes":
    # ASan needs address space without limit, and system calls that are forbidden otherwise.
    del BAD["grow"], BAD["forbidden"]
FORUM = f"mobilitaet@{fp.DOMAIN}"


def mail(number, **headers):
    return fp.mail(f"B{number} <b{number}@example.net>", FORUM, f"Idee {number}", f"Der Radweg {number} endet.\n",
                   **headers)


def deliver_beside(gateway, bad, answers):
    """The bad mails and ten good ones beside each, in sessions of their own, all at once."""
    def one(number, data):
        answers[number] = gateway.deliver(f"b{number}@example.net", FORUM, data)[FORUM]

    jobs = [(f"{kind}-{n}", mail(f"{kind}-{n}")) for kind in bad for n in range(10)]
    jobs += [(kind, mail(kind, X_Forumpost_Test=kind)) for kind in bad]
    threads = [threading.Thread(target=one, args=job) for job in sorted(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def failed_files(gateway):
    return sorted(name for name in os.listdir(gateway.path("spool/failed")) if name.endswith(".eml"))


with fp.Story("readers") as story:
    real, fp.FORUMPOST = fp.FORUMPOST, os.environ["FORUMPOST_CRASH"]
    sink = fp.Sink()
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.start()

    answers = {}
    deliver_beside(gateway, BAD, answers)
    story.equal({code for code, _ in answers.values()}, {250}, "every mail is answered 250, the deadly ones as well")
    story.equal(len(answers), 11 * len(BAD), "and every one is answered")
    holds = {hold["title"] for hold in gateway.rows("hold", "list")}
    story.equal(holds, {f"Idee {kind}-{n}" for kind in BAD for n in range(10)}, "the mails beside them are held for their authors")

    set_aside = gateway.rows("retry")
    story.equal(len(set_aside), len(BAD), "the deadly ones are set aside, one by one")
    story.equal(len(failed_files(gateway)), len(BAD), "with their bytes in spool/failed")
    for kind, words in BAD.items():
        mine = [row for row in set_aside if row["sender"] == f"b{kind}@example.net"]
        story.ok(len(mine) == 1 and words in mine[0]["reason"], f"{kind}: the reason says what happened", mine)
        with open(gateway.path(f"spool/failed/{mine[0]['message']}.eml"), "rb") as file:
            story.ok(f"Der Radweg {kind} endet.".encode() in file.read(), f"{kind}: the mail is all there")
        events = gateway.rows("event", "list", "--message", mine[0]["message"])
        story.ok(any(event["kind"] == "message.set-aside" for event in events), f"{kind}: the journal names it", events)
    story.ok(sink.wait("office@example.org") is not None, "the operator hears of the first at once")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET due_at = due_at - 3600") # an hour passes
    gateway.must("clock", "--once")
    sink.wait("office@example.org", 2)
    told = sink.to("office@example.org")
    story.equal((len(told), [row["message"] for row in set_aside if row["message"] not in "".join(m.text for m in told)]), (2, []),
                "and of the others in one mail an hour later, which names each")

    done = gateway.run("retry", "--all")
    story.ok(done.returncode != 0 and "still cannot be read" in done.stderr, "retry before the upgrade fails", done.stderr)
    story.equal(len(gateway.rows("retry")), len(BAD), "and loses nothing")
    story.equal(gateway.stop(), 0, "serve ends in order")

    fp.FORUMPOST = real
    gateway.start()
    first = gateway.rows("retry")[0]["message"]
    out = gateway.must("retry", first)
    story.ok(first in out and "confirm" in out, "retry of one after the upgrade says what it led to", out)
    gateway.must("retry", "--all")
    story.equal(gateway.rows("retry"), [], "after retry --all nothing is set aside any more")
    story.equal(failed_files(gateway), [], "nor in the spool")
    holds = [hold["title"] for hold in gateway.rows("hold", "list")]
    story.equal(sorted(holds), sorted([f"Idee {kind}-{n}" for kind in BAD for n in range(10)] + [f"Idee {kind}" for kind in BAD]),
                "every mail is there exactly once")
    story.ok(gateway.run("retry", "../../etc").returncode != 0, "retry does not take a path for an id")
    story.equal(gateway.stop(), 0, "serve ends in order again")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The database is locked by somebody else for longer than the gateway waits: 451, nothing is lost, the service goes
on. And one database has one serve: the second says so and ends."""
import sqlite3
import subprocess
import threading
import time

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
EX_CONFIG = 78


def mail(number):
    return fp.mail(f"B{number} <b{number}@example.net>", FORUM, f"Idee {number}", f"Der Radweg {number} endet.\n",
                   Message_ID=f"<{number}@client.example.net>")


def deliver(gateway, number):
    return gateway.deliver(f"b{number}@example.net", FORUM, mail(number))[FORUM]


def titles(gateway):
    return sorted(hold["title"] for hold in gateway.rows("hold", "list"))


with fp.Story("locked") as story:
    sink = fp.Sink()
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.start()
    story.equal(deliver(gateway, 1)[0], 250, "a mail is taken")

    other = sqlite3.connect(gateway.path("forumpost.db"), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    answers = {}
    threads = [threading.Thread(target=lambda n=n: answers.update({n: deliver(gateway, n)})) for n in (2, 3)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    story.equal({code for code, _ in answers.values()}, {451}, "while the database is locked: 451")
    story.ok(time.monotonic() - began >= 4, "not before the time that is allowed for it", time.monotonic() - began)
    story.ok(gateway.process.poll() is None, "the service goes on")
    client = fp.Client(gateway.door)
    client.command("MAIL FROM:<b4@example.net>")
    story.equal(client.command(f"RCPT TO:<{FORUM}>")[0], 250, "and still answers about recipients")
    story.equal(client.command(f"RCPT TO:<keiner@{fp.DOMAIN}>")[0], 550, "for better or worse")
    client.quit()
    story.has(gateway.log_from().decode(), "mail.later", "a line in the log says so")
    other.execute("ROLLBACK")
    other.close()

    story.equal([deliver(gateway, n)[0] for n in (2, 3)], [250, 250], "the mail server comes again, and it is taken")
    story.equal(titles(gateway), ["Idee 1", "Idee 2", "Idee 3"], "each once")
    story.ok(any(event["kind"] == "store.trouble" for event in gateway.rows("event", "list")), "the journal tells of the trouble")

    second = subprocess.run([fp.FORUMPOST, "-c", gateway.config, "serve"], capture_output=True, text=True, timeout=30, check=False)
    story.equal(second.returncode, EX_CONFIG, "a second serve on the same database ends")
    story.ok(str(gateway.process.pid) in second.stderr, "and says who has it", second.stderr)
    story.equal(deliver(gateway, 5)[0], 250, "the first one does not mind")
    story.equal(gateway.stop(), 0, "serve ends in order")

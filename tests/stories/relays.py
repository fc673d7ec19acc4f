# SPDX-License-Identifier: GPL-3.0-or-later
"""Dispatch against Postfix's own test server smtp-sink in all its moods: with and without PIPELINING and ESMTP, slow,
refusing each command for now or for good, hanging up after each. On TCP and on a unix socket."""
import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
import time

import fp

SINK = shutil.which("smtp-sink", path="/usr/sbin:/usr/local/sbin:/usr/bin")
N = 12


def owe(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.executemany("INSERT INTO notice (stream, purpose, address, due_at) VALUES (1, 'help', ?, ?)",
                       [(f"p{i}@example.net", int(time.time())) for i in range(N)])


def states(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        return dict(db.execute("SELECT state, count(*) FROM notice WHERE purpose = 'help' GROUP BY state"))


def run_sink(story, where, options):
    as_root = ["-u", pwd.getpwnam("nobody").pw_name] if os.geteuid() == 0 else []
    process = subprocess.Popen([SINK, *as_root, *options, where, "20"], stderr=subprocess.DEVNULL)
    story.at_end(process.kill)
    return process


def try_mood(story, options, expected, why, socket=None):
    port = fp.free_port()
    gateway = fp.Gateway(story, relay=socket or f"inet:127.0.0.1:{port}")
    gateway.must("init")
    owe(gateway)
    process = run_sink(story, socket or f"127.0.0.1:{port}", options)
    for _ in range(50):  # the sink says nowhere that it listens
        done = gateway.run("dispatch", "--once")
        if "cannot connect" not in done.stderr:
            break
        time.sleep(0.1)
    story.equal(states(gateway), expected, f"smtp-sink {' '.join(options) or 'as it is'}: {why}")
    process.kill()
    process.wait()


if SINK is None:
    fp.skip("smtp-sink (of the package postfix) is not installed")

ALL_SENT = {"sent": N}
with fp.Story("relays") as story:
    try_mood(story, [], ALL_SENT, "all is sent")
    try_mood(story, ["-p"], ALL_SENT, "without PIPELINING")
    try_mood(story, ["-e"], ALL_SENT, "without ESMTP")
    try_mood(story, ["-w", "1", "-m", "4"], ALL_SENT, "slow after DATA")
    try_mood(story, ["-r", "RCPT"], {"due": N}, "recipients are refused for now")
    try_mood(story, ["-f", "RCPT"], {"failed": N}, "recipients are refused for good")
    try_mood(story, ["-p", "-f", "RCPT"], {"failed": N}, "the same without PIPELINING")
    try_mood(story, ["-f", "MAIL"], {"due": N}, "the sender is refused: not the recipients' fault")
    try_mood(story, ["-r", "."], {"due": N}, "the content is refused for now")
    try_mood(story, ["-f", "."], {"failed": N}, "the content is refused for good")
    try_mood(story, ["-q", "RCPT"], {"due": N}, "it hangs up at each recipient")
    try_mood(story, ["-q", "."], {"due": N}, "it hangs up after each mail")
    try_mood(story, ["-f", "EHLO"], ALL_SENT, "EHLO is refused, HELO is not")
    folder = tempfile.mkdtemp(prefix="forumpost-relays-")
    story.at_end(lambda: shutil.rmtree(folder))
    os.chmod(folder, 0o777)
    try_mood(story, [], ALL_SENT, "on a unix socket", f"unix:{folder}/sink")

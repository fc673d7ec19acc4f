# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk is full: 451 for what cannot be kept, whether it belongs into the database or the spool; the service goes
on; with room again everything is taken, and what was answered 250 is there exactly once. Needs to mount a small tmpfs."""
import contextlib
import os
import sqlite3
import subprocess
import tempfile
import time

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
DISK_BYTES = 6 * 1024 * 1024


def mail(number, n_bytes=0):
    text = f"Der Radweg {number} endet.\n" + "Lange Begründung, Zeile um Zeile um Zeile.\n" * (n_bytes // 44)
    return fp.mail(f"B{number} <b{number}@example.net>", FORUM, f"Idee {number}", text,
                   Message_ID=f"<{number}@client.example.net>")


def deliver(gateway, number, n_bytes=0):
    return gateway.deliver(f"b{number}@example.net", FORUM, mail(number, n_bytes))[FORUM][0]


def until_refused(gateway, numbers, n_bytes, taken):
    """Delivers until the answer is not 250; the number that got 451, or None."""
    for number in numbers:
        code = deliver(gateway, number, n_bytes)
        if code != 250:
            return number if code == 451 else None
        taken.append(number)
    return None


def fill(path):
    with open(path, "wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass


def mount(story):
    folder = tempfile.mkdtemp(prefix="forumpost-full-")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        os.rmdir(folder)
        fp.skip("mounting a small tmpfs is not permitted here: " + " ".join(done.stderr.split()))
    story.at_end(lambda: os.rmdir(folder))
    story.at_end(lambda: subprocess.run(["umount", "-l", folder], check=False))
    return folder


story = fp.Story("full")
disk = mount(story)
with story:
    sink = fp.Sink()
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port,
                         storage={"low_water_mb": "0", "database": os.path.join(disk, "forumpost.db"), "spool": os.path.join(disk, "spool")})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.start()
    story.equal(deliver(gateway, 0), 250, "a mail is taken")
    time.sleep(0.3)
    log_bytes = os.path.getsize(os.path.join(disk, "forumpost.db-wal"))
    story.ok(log_bytes < 4120 * 512, "on so small a disk the log is not made longer ahead of need (LIMIT_WAL_ROOM_BYTES)", log_bytes)
    taken = [0]

    refused = [until_refused(gateway, range(1, 400), 40000, taken)]
    story.ok(refused[0], "mails that fill the disk end in 451")
    story.ok(gateway.process.poll() is None, "the service goes on")

    filler = os.path.join(disk, "filler")
    fill(filler)
    # The write-ahead log still has room of its own, for a while.
    refused.append(until_refused(gateway, range(1000, 3000), 0, taken))
    story.ok(refused[1], "full to the last byte: 451 for small mails, too")
    story.equal(deliver(gateway, 5000, 300000), 451, "and for one that would go into the spool")
    story.ok(gateway.process.poll() is None, "the service still goes on")
    client = fp.Client(gateway.door)
    client.command("MAIL FROM:<b@example.net>")
    story.equal(client.command(f"RCPT TO:<{FORUM}>")[0], 250, "and answers about recipients")
    client.quit()
    story.has(gateway.log_from().decode(), "mail.later", "a line in the log says so")

    os.unlink(filler)
    subprocess.run(["mount", "-o", f"remount,size={8 * DISK_BYTES}", disk], check=True)
    for number, n_bytes in ((refused[0], 40000), (refused[1], 0), (5000, 300000)):
        story.equal(deliver(gateway, number, n_bytes), 250, f"with room again mail {number} is taken")
        taken.append(number)
    story.equal(sorted(hold["title"] for hold in gateway.rows("hold", "list")), sorted(f"Idee {n}" for n in taken),
                "what was answered 250 is there exactly once, and nothing else")
    story.ok(any(event["kind"] == "store.trouble" for event in gateway.rows("event", "list")), "the journal tells of the trouble")
    story.equal(gateway.stop(), 0, "serve ends in order")
    with contextlib.closing(sqlite3.connect(os.path.join(disk, "forumpost.db"))) as database:
        story.equal(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], "the database is sound")

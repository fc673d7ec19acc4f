# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup under load, the machine lost, everything put back elsewhere: what was answered 250 before the backup began is
there, what people were sent afterwards means nothing else later, and a plain copy of the file would have lost it all."""
import glob
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
VALUE, ABSENT, RULE, CONFIG = 65, 66, 77, 78


class Load:
    """People who write all the time, until they are told to stop: small mails, large ones, some that kill their reader."""

    def __init__(self, gateway, n_writers=4):
        self.gateway, self.answered, self.goes_on, self.lock = gateway, [], True, threading.Lock()
        self.threads = [threading.Thread(target=self.write, args=(w,)) for w in range(n_writers)]
        for thread in self.threads:
            thread.start()

    def write(self, writer):
        n = 0
        while self.goes_on:
            n += 1
            name = f"b{writer}-{n}"
            text = f"Idee von {name}.\n" + ("Lange Begründung, Zeile um Zeile.\n" * 6000 if n % 5 == 0 else "")
            headers = {"X_Forumpost_Test": "crash"} if writer == 0 and n == 7 else {}
            try:
                code, said = self.gateway.deliver(f"{name}@example.net", FORUM, fp.trace(fp.mail(f"{name}@example.net", FORUM, name, text, **headers)))[FORUM]
            except OSError:
                return
            if code == 250:
                with self.lock:
                    self.answered.append(said.split()[-1])

    def so_far(self):
        with self.lock:
            return list(self.answered)

    def stop(self):
        self.goes_on = False
        for thread in self.threads:
            thread.join()


def begin(story, sink):
    # Readers that obey X-Forumpost-Test, so that one mail is set aside.
    real, fp.FORUMPOST = fp.FORUMPOST, os.environ["FORUMPOST_CRASH"]
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")
    gateway.start()
    fp.FORUMPOST = real
    return gateway


def under_load(story, gateway, folder):
    load = Load(gateway)
    fp.wait_for(lambda: len(load.so_far()) > 60 and os.listdir(gateway.path("spool/failed")))
    plain = gateway.path("plain.db")
    before = load.so_far()
    shutil.copy(gateway.path("forumpost.db"), plain)
    began = time.monotonic()
    report = gateway.rows("backup", folder)[0]
    took = time.monotonic() - began
    fp.wait_for(lambda: len(load.so_far()) > len(before) + 20)
    load.stop()
    story.ok(report["blobs"] > 0 and report["set_aside"] == 1 and report["bytes"] > 1e6, "backup reports large mails and what was set aside", report)
    fp.diag(f"{len(before)} mails before the backup, {len(load.answered)} in all, backup took {took:.2f} s, {report['bytes']} bytes")
    return before, load.answered, plain


def is_a_folder_to_keep(story, gateway, folder):
    story.equal(sorted(os.listdir(folder)), ["BACKUP", "forumpost.conf", "forumpost.db", "spool"], "the folder holds one file of the database")
    story.equal(oct(os.stat(folder).st_mode & 0o077 | os.stat(os.path.join(folder, "forumpost.db")).st_mode & 0o077), "0o0", "for nobody else to read")
    story.equal(glob.glob(folder + ".part*"), [], "no part is left beside it")
    was = {name: os.stat(os.path.join(folder, name)).st_mtime_ns for name in os.listdir(folder)}
    done = gateway.run("backup", folder)
    story.ok(done.returncode == RULE and "overwrites nothing" in done.stderr, "a folder that is there is left alone", done)
    os.mkdir(gateway.path("empty"))
    story.equal(gateway.run("backup", gateway.path("empty")).returncode, RULE, "an empty one as well")
    story.equal({name: os.stat(os.path.join(folder, name)).st_mtime_ns for name in os.listdir(folder)}, was, "and stays as it was")
    done = gateway.run("backup", gateway.path("nowhere/at/all"))
    story.ok(done.returncode == ABSENT and "make it first" in done.stderr, "a folder that cannot be made is said", done)


def plain_copy_loses(story, plain, before):
    try:
        with sqlite3.connect(plain) as database:
            n = database.execute("SELECT count(*) FROM message").fetchone()[0]
    except sqlite3.DatabaseError:
        n = 0
    story.ok(n < len(before), f"a plain copy of the file has {n} of {len(before)} mails", n)


def elsewhere(story, sink, folder, **sections):
    gateway = fp.Gateway(story, relay_port=sink.port, **sections)
    done = gateway.run("restore", folder, "--json")
    story.ok(done.returncode == 0, "restored elsewhere", done)
    return gateway


def everything_is_there(story, gateway, before):
    rows = [line for line in gateway.run("check").stdout.splitlines() if " rows " in line]
    story.ok(len(rows) == 1 and rows[0].startswith("ok"), "check is content with the restored rows and large mails", rows)
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        keys = {key for key, in database.execute("SELECT key FROM message")}
    story.equal([key for key in before if key not in keys], [], f"all {len(before)} mails that were answered 250 before the backup began")
    set_aside = gateway.rows("retry")
    story.equal(len(set_aside), 1, "the mail that was set aside can be put through")
    gateway.must("retry", "--all")
    retried = next(event for event in gateway.rows("event", "list") if event["kind"] == "message.retried")
    story.ok(retried["actor"].startswith("operator "), "and the journal names who did", retried)
    kinds = [event["kind"] for event in gateway.rows("event", "list")]
    story.ok("backup.started" in kinds and "backup.restored" in kinds, "the journal tells of both")
    story.equal(gateway.rows("event", "verify")[0]["whole"], True, "and its chain is whole")
    story.equal(sorted(n for n in os.listdir(gateway.folder) if "restoring" in n), [], "nothing is left of the making")
    done = gateway.run("restore", gateway.path("nowhere"))
    story.equal(done.returncode, ABSENT, "a backup that is not there is said")


def database_files(gateway):
    return [gateway.path(name) for name in os.listdir(gateway.folder) if name.startswith("forumpost.db") and not name.endswith((".lock", ".away"))]


def damaged(story, sink, folder):
    """Every part of a backup that is missing or changed is noticed, and then there is no database."""
    def without_blob(copy):
        os.unlink(glob.glob(os.path.join(copy, "spool/blob/*"))[0])

    def changed_blob(copy):
        with open(glob.glob(os.path.join(copy, "spool/blob/*"))[0], "r+b") as file:
            file.write(b"X")

    def changed_database(copy):
        with open(os.path.join(copy, "forumpost.db"), "r+b") as file:
            file.seek(5000)
            file.write(b"X")

    def without_manifest(copy):
        os.unlink(os.path.join(copy, "BACKUP"))

    for damage, code in ((without_blob, CONFIG), (changed_blob, CONFIG), (changed_database, CONFIG), (without_manifest, VALUE)):
        gateway = fp.Gateway(story, relay_port=sink.port)
        copy = gateway.path("copy")
        shutil.copytree(folder, copy)
        damage(copy)
        done = gateway.run("restore", copy)
        story.ok(done.returncode == code and len(done.stderr) > 30 and not database_files(gateway),
                 f"a damaged backup is refused: {damage.__name__}", done, os.listdir(gateway.folder))


def interrupted(story, sink, gateway):
    """Killed at any moment: either there is no folder of that name, or a whole backup."""
    whole, none = [], 0
    for n in range(12):
        folder = gateway.path(f"killed-{n}")
        process = subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "backup", folder], stdout=subprocess.DEVNULL)
        time.sleep(n * 0.008)
        process.kill()
        process.wait()
        if os.path.exists(folder):
            whole.append(folder)
        else:
            none += 1
    gateway.must("backup", gateway.path("after"))
    results = [elsewhere(story, sink, folder).run("check").stdout for folder in [*whole[:2], gateway.path("after")]]
    story.ok(none > 0 and all(re.search(r"(?m)^ok +rows ", text) for text in results), f"killed 12 times: {none} without a folder, the others whole", results)


def damaged_spool(story, gateway):
    """What cannot be copied whole is no backup."""
    blob = glob.glob(gateway.path("spool/blob/*"))[0]
    with open(blob, "r+b") as file:
        first = file.read(1)
        file.seek(0)
        file.write(b"X" if first != b"X" else b"Y")
    done = gateway.run("backup", gateway.path("damaged"))
    story.ok(done.returncode == CONFIG and os.path.basename(blob) in done.stderr, "a large mail that is damaged is named", done)
    os.unlink(blob)
    done = gateway.run("backup", gateway.path("damaged"))
    story.ok(done.returncode == CONFIG and "forumpost check" in done.stderr, "one that is missing as well", done)
    story.equal([n for n in os.listdir(gateway.folder) if n.startswith("damaged")], [], "and nothing is left")


def nothing_is_overwritten(story, gateway, folder):
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        n = database.execute("SELECT count(*) FROM event").fetchone()[0]
    done = gateway.run("restore", folder)
    story.ok(done.returncode == RULE and "move it away" in done.stderr, "a database that is there is left alone", done)
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        story.equal(database.execute("SELECT count(*) FROM event").fetchone()[0], n, "and untouched")
    gateway.start()
    for name in database_files(gateway):
        os.rename(name, name + ".away")
    done = gateway.run("restore", folder)
    story.ok(done.returncode == CONFIG and "stop the gateway first" in done.stderr, "beside a gateway that still runs on it: refused", done)
    gateway.stop(signal.SIGKILL)
    for name in glob.glob(gateway.path("*.away")):
        os.rename(name, name[:-len(".away")])


def idea(gateway, sink, who, title):
    """Somebody's idea, confirmed: what they were asked, and the idea's number."""
    n = len(sink.to(who))
    gateway.write(who, FORUM, title, f"{title}, bitte.\n")
    question = sink.wait(who, n + 1)
    gateway.respond(question.message, who, "JA")
    receipt = sink.wait(who, n + 2)
    assert receipt, f"no receipt for {title}"
    return question, max(i["number"] for i in gateway.rows("idea", "list"))


def lost_time(story, sink):
    """What was given out between the backup and the loss is not given to anybody else."""
    old = fp.Gateway(story, relay_port=sink.port)
    old.must("init")
    old.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    old.start()
    _, first = idea(old, sink, "anna@example.net", "Mehr Busse")
    old.write("eva@example.net", FORUM, "Mehr Bahnen", "Mehr Bahnen, bitte.\n")
    waiting = sink.wait("eva@example.net")
    folder = old.path("backup")
    old.must("backup", folder)
    lost_question, lost_number = idea(old, sink, "max@example.net", "Mehr Fähren")
    old.write("ina@example.net", FORUM, "Mehr Brücken", "Mehr Brücken, bitte.\n")
    lost_open = sink.wait("ina@example.net")
    lost_people = {p["person"] for p in old.rows("person", "list")}
    old.stop(signal.SIGKILL)
    lost_ids = {m["Message-ID"] for m in [sent.message for sent in sink.mails]}
    n_before = len(sink.mails)

    new = elsewhere(story, sink, folder)
    new.start()
    _, next_number = idea(new, sink, "neu@example.net", "Mehr Stege")
    story.ok(next_number >= first + 1000 and next_number > lost_number, f"new ideas go on behind the lost ones: {first}, {lost_number}, {next_number}")
    code, _ = new.respond(lost_open.message, "ina@example.net", "JA")
    fp.wait_for(lambda: False, 1)
    story.ok(code in (250, 550) and all(i["title"] != "Mehr Brücken" for i in new.rows("idea", "list")), "a question that is lost confirms nothing", code)
    holds = {h["hold"] for h in new.rows("hold", "list")}
    new.write("uwe@example.net", FORUM, "Mehr Wege", "Mehr Wege, bitte.\n")
    story.ok(sink.wait("uwe@example.net"), "people are asked as ever")
    fresh = {h["hold"] for h in new.rows("hold", "list")} - holds
    story.ok(min(fresh) > 1000000, "the numbers of holds go on behind a gap", fresh)
    story.ok(max(p["person"] for p in new.rows("person", "list")) > max(lost_people), "those of people, too")
    new_ids = [sent.message["Message-ID"] for sent in sink.mails[n_before:] if "anna" not in sent.to and "eva" not in sent.to]
    story.equal([i for i in new_ids if i in lost_ids], [], "no new mail has the Message-ID of one that was lost")
    new.respond(waiting.message, "eva@example.net", "JA")
    story.ok(fp.wait_for(lambda: any(i["title"] == "Mehr Bahnen" for i in new.rows("idea", "list"))), "a question of before the backup is answered as ever")
    new.stop()
    done = fp.Gateway(story, relay_port=sink.port).run("restore", folder, "--next-idea", str(first))
    story.equal(done.returncode, VALUE, "a next number that was given already is refused")


def owed_mails(story):
    """What was owed at the backup goes out again, as the same mail; --drop-news leaves out what is only news."""
    sinks = [fp.Sink() for _ in range(3)]
    for sink in sinks:
        story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=9)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")

    def relay_to(other, port):
        with open(other.config, encoding="utf-8") as file:
            text = file.read()
        with open(other.config, "w", encoding="utf-8") as file:
            file.write("\n".join(f"relay = inet:127.0.0.1:{port}" if line.startswith("relay") else line for line in text.splitlines()) + "\n")

    relay_to(gateway, sinks[0].port)
    gateway.start()
    gateway.write("max@example.net", FORUM, "Mehr Busse", "Mehr Busse, bitte.\n", dmarc="pass")
    question = sinks[0].wait("max@example.net")
    gateway.stop()
    gateway.must("deliver", "-r", fp.address_of(question.message["Reply-To"]), "-f", "max@example.net",
                 data=fp.trace(fp.answer(question.message, "max@example.net", "JA")))
    owed = {(n["notice"], n["stream"]) for n in gateway.rows("queue", "list")}
    story.ok({stream for _, stream in owed} == {"transactional", "forum"}, "a receipt and a piece of news are owed", owed)
    folder = gateway.path("backup")
    gateway.must("backup", folder)
    gateway.must("dispatch", "--once")
    sent = {s.to: s.message["Message-ID"] for s in sinks[0].mails[1:]}
    again = elsewhere(story, sinks[1], folder)
    again.must("dispatch", "--once")
    story.equal({s.to: s.message["Message-ID"] for s in sinks[1].mails}, sent, "what was owed is sent again, with the same Message-ID")
    quiet = fp.Gateway(story, relay_port=sinks[2].port)
    report = quiet.rows("restore", folder, "--drop-news")[0]
    quiet.must("dispatch", "--once")
    story.equal((report["dropped"], [s.to for s in sinks[2].mails]), (1, ["max@example.net"]), "--drop-news: the receipt goes out, the news does not")


with fp.Story("backup") as the_story:
    the_sink = fp.Sink()
    the_story.at_end(the_sink.close)
    the_gateway = begin(the_story, the_sink)
    the_folder = os.path.join(the_gateway.folder, "2026-03-02")
    the_before, the_all, the_plain = under_load(the_story, the_gateway, the_folder)
    is_a_folder_to_keep(the_story, the_gateway, the_folder)
    the_gateway.stop(signal.SIGKILL)
    kept = the_folder + ".kept"
    os.rename(the_folder, kept)
    plain_copy_loses(the_story, the_plain, the_before)
    the_new = elsewhere(the_story, the_sink, kept)
    everything_is_there(the_story, the_new, the_before)
    nothing_is_overwritten(the_story, the_new, kept)
    damaged(the_story, the_sink, kept)
    interrupted(the_story, the_sink, the_new)
    damaged_spool(the_story, the_new)
    lost_time(the_story, the_sink)
    owed_mails(the_story)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails that are made to keep the readers busy. Each mail of hostile.py is read within what a mail may cost; while one
comes every second, other people's mails go through; and the pipe door and the operator's tools read in processes without
rights like everybody else. The figures are printed; what is asserted does not depend on the machine's speed.

    ATTACK_S=60 FORUMPOST=... FORUMPOST_CRASH=... python3 attacks_readers.py    longer, and with another program"""
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import fp
import hostile

FORUM = f"mobilitaet@{fp.DOMAIN}"
PROOF = f"Authentication-Results: mx.{fp.DOMAIN}; dmarc=pass header.from=example.org\r\n".encode()
ATTACK_S = float(os.environ.get("ATTACK_S", "6"))
CPU_S = 3  # what a mail may cost, and the second that the kernel's limit is late
WITH_SANITIZERS = os.environ.get("SANITIZERS") == "yes"


# ---- what each mail costs ----

def cost_of(path):
    """CPU seconds of `inspect`, and its exit code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        code = subprocess.run([fp.FORUMPOST, "inspect", "--json", path], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False, timeout=60).returncode
    except subprocess.TimeoutExpired:
        code = "a minute was not enough"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, code


def try_costs(story):
    costs = []
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        for name, make in hostile.MAILS.items():
            data = make()
            file.seek(0)
            file.truncate()
            file.write(data)
            file.flush()
            cpu_s, code = cost_of(file.name)
            costs.append((cpu_s, name, len(data), code))
    for cpu_s, name, n_bytes, code in sorted(costs, reverse=True)[:6]:
        fp.diag(f"{cpu_s:6.2f} s of CPU time: {name} ({n_bytes / 1e6:.1f} MB)")
    worst = [(name, round(cpu_s, 1), code) for cpu_s, name, _, code in costs if code != 0 or cpu_s > CPU_S]
    story.equal(worst, [], f"each of {len(costs)} hostile mails is read, and within what a mail may cost")


# ---- the others' mails meanwhile ----

class Load:
    """People who write small mails, one after the other, until stop(); notes how long each answer took. Our mail server has
    proved where they come from, so that no quota of the unproved is used up for them."""

    def __init__(self, gateway, n_people):
        self.gateway, self.waits, self.refused = gateway, [], []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(i,)) for i in range(n_people)]
        for thread in self.threads:
            thread.start()

    def write(self, person):
        client, sender, n = fp.Client(self.gateway.door), f"p{person}@example.org", 0
        while not self.is_over.wait(0.1):
            n += 1
            data = PROOF + fp.trace(fp.mail(sender, FORUM, f"Radweg {person}-{n}", f"Der Radweg {person}-{n} endet.\n"))
            since = time.monotonic()
            code, text = client.deliver(sender, [FORUM], data)[FORUM]
            self.waits.append(time.monotonic() - since)
            if code != 250:
                self.refused.append((code, text))
        client.quit()

    def stop(self):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def say(self, name):
        waits = sorted(self.waits)
        fp.diag(f"{name}: {len(waits)} small mails, wait median {statistics.median(waits) * 1000:.0f} ms, "
                f"99 % {waits[len(waits) * 99 // 100] * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms")


def flood(gateway, make, seconds):
    """One hostile mail a second, each in a session of its own: codes of the answers."""
    codes, threads = [], []

    def one(i):
        sender = f"eve{i}@example.net" if i % 2 else "eve@example.net"
        codes.append(gateway.deliver(sender, FORUM, make(i))[FORUM][0])

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        threads.append(threading.Thread(target=one, args=(len(threads),)))
        threads[-1].start()
        time.sleep(1)
    return codes, threads


def try_flood(story, gateway, name, make):
    load = Load(gateway, 4)
    codes, threads = flood(gateway, make, ATTACK_S)
    load.stop()
    load.say(name)
    for thread in threads:
        thread.join()
    story.equal(load.refused[:3], [], f"{name}: everybody else's mails are taken")
    story.ok(len(codes) == len(threads) and all(code == 250 or 400 <= code < 500 for code in codes),
             f"{name}: the hostile ones are kept, or shall come again", codes)
    titles = {hold["title"] for hold in gateway.rows("hold", "list")}
    story.ok(len([title for title in titles if title.startswith("Radweg")]) > 0, f"{name}: and are there", titles)


def deadly(kind):
    def make(i):
        return fp.mail("eve@example.net", FORUM, f"{kind} {i}", "Was diese Mail will, sagt ihr Kopf. " * 3 + "\n", X_Forumpost_Test=kind)
    return make


def open_gateway(story):
    sink = fp.Sink()
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    return gateway


def try_floods(story):
    gateway = open_gateway(story)
    gateway.start()
    load = Load(gateway, 4)
    time.sleep(min(ATTACK_S, 3))
    load.stop()
    load.say("no attack")
    colliding = hostile.parts(hostile.TYPE + hostile.WORDS, 60)
    try_flood(story, gateway, "parameters that collide, 6 MB", lambda i: colliding)
    files = hostile.parts(hostile.TYPE, 100, b"begin 644 a\nend\n" * 2000)
    try_flood(story, gateway, "200,000 files, 3 MB", lambda i: files)
    story.equal(gateway.stop(), 0, "serve ends in order")


def try_endless(story):
    """With readers that never come to an end with such a mail, whatever it is."""
    real, fp.FORUMPOST = fp.FORUMPOST, os.environ["FORUMPOST_CRASH"]
    gateway = open_gateway(story)
    gateway.start()
    try_flood(story, gateway, "mails that are never read to their end", deadly("hang"))
    story.equal(gateway.stop(), 0, "serve ends in order")
    fp.FORUMPOST = real


# ---- whoever reads has no rights ----

def try_deliver(story):
    real, fp.FORUMPOST = fp.FORUMPOST, os.environ["FORUMPOST_CRASH"]
    gateway = open_gateway(story)
    kinds = ["crash", "hang"] + ([] if WITH_SANITIZERS else ["forbidden", "grow"])
    for kind in kinds:
        done = gateway.run("deliver", "-r", FORUM, "-f", "eve@example.net", data=fp.trace(deadly(kind)(0)))
        story.equal(done.returncode, 0, f"deliver: a mail that makes its reader {kind} is taken")
    story.equal(sorted(row["sender"] for row in gateway.rows("retry")), ["eve@example.net"] * len(kinds),
                "deliver: and set aside, with its sender")
    story.equal(gateway.rows("hold", "list"), [], "deliver: nothing of it was believed")
    fp.FORUMPOST = real
    gateway.must("retry", "--all")
    story.equal((gateway.rows("retry"), len(gateway.rows("hold", "list"))), ([], len(kinds)),
                "deliver: after an upgrade each is put through")


def status_of(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return dict(re.findall(r"(?m)^(\w+):\s+(.*)$", file.read()))


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def try_inspect(story):
    """It waits for the rest of a mail: whoever waits has given up its rights already."""
    process = subprocess.Popen([fp.FORUMPOST, "inspect", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(b"Subject: Radweg\n")
    process.stdin.flush()
    child = fp.wait_for(lambda: [c for c in children_of(process.pid) if status_of(c).get("Seccomp") == "2"])
    story.ok(child and status_of(child[0]).get("NoNewPrivs") == "1", "inspect: the process that reads is confined", child)
    out, _ = process.communicate(b"\nDer Radweg endet.\n")
    story.ok(b"Radweg" in out and process.returncode == 0, "inspect: and what it says arrives", out)


with fp.Story("attacks_readers") as story:
    if not WITH_SANITIZERS:  # which make everything slower, each thing by another factor
        try_costs(story)
    try_floods(story)
    try_endless(story)
    try_deliver(story)
    try_inspect(story)

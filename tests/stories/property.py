#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random life (chance.py), and what must be true after each step and each stretch of it (truths.py, truths_whole.py). The check lives the life of
seed 41, sixty steps long; PROPERTY_STEPS and PROPERTY_SEED choose another: PROPERTY_STEPS=10000 takes some twenty minutes. PROPERTY_KILLS is the share of steps in which the gateway, or a command, is killed with -9."""
import contextlib
import os
import random
import sqlite3
import time

import chance
import deeds_of_chance
import fp
import truths
import webpeer

STEPS = chance.STEPS
KILLS = float(os.environ.get("PROPERTY_KILLS", "0.05"))
SEED = int(os.environ.get("PROPERTY_SEED", "41")) or int(time.time()) # the check plays the same life each time; 0: another one
STRETCH = max(50, STEPS // 20)


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
    gateway.must("init")
    for forum in chance.FORUMS:
        gateway.must("forum", "add", forum, "--title", forum.capitalize(), "--moderation", "pre" if forum == "kultur" else "none")
        for person in chance.READERS:
            gateway.must("member", "add", forum, person, "--role", "reader", "--delivery", "none")
        for person, role in chance.STAFF.items():
            gateway.must("member", "add", forum, person, "--role", role, "--delivery", "none")
    for person in chance.MEMBERS:
        gateway.must("member", "add", "mobilitaet", person, "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", chance.DAILY, "--role", "reader", "--delivery", "daily")
    gateway.must("member", "add", "mobilitaet", deeds_of_chance.GONE, "--role", "reader", "--delivery", "each")
    gateway.must("phase", "add", "alles", "--title", "Alles", "--from", chance.day(-30).date().isoformat(), "--to", "none", "--allows",
                 "idea,reply,support,feedback,inner")
    gateway.start()
    return gateway


def note(wrong, what, rows, when):
    rows = [tuple(r) if isinstance(r, sqlite3.Row) else r for r in rows]
    if rows and not wrong.get(what):
        fp.diag(f"{when}: {what}: {rows[:5]}")
    wrong[what] = (wrong.get(what, []) + rows)[:50]


def main():
    port = fp.free_port()
    with fp.Story("property") as story, contextlib.closing(fp.Sink(refuse=deeds_of_chance.refuses)) as sink:
        fp.diag(f"PROPERTY_SEED={SEED} PROPERTY_STEPS={STEPS} PROPERTY_KILLS={KILLS}")
        gateway = set_up(story, sink, port)
        web = webpeer.Web(port)
        w = chance.World(gateway, sink, random.Random(SEED), KILLS)
        wrong, mails_seen, began = {}, 0, time.monotonic()
        for _ in range(2):
            w.inner_idea()
        for step in range(1, STEPS + 1):
            w.chaos()
            looked = time.monotonic()
            for what, rows in w.rows_of_each_step.look(w):
                note(wrong, what, rows, f"step {step} ({w.last})")
            w.spent["looking"] += time.monotonic() - looked
            if step % STRETCH == 0 or step == STEPS:
                fp.diag(f"step {step}, {time.monotonic() - began:.0f} s; most: {', '.join(f'{what} {s:.1f}' for what, s in w.spent.most_common(6))}")
                w.spent.clear()
                for what, rows in truths.all_of(w, web, mails_seen):
                    note(wrong, what, rows, f"step {step}")
                mails_seen = len(sink.mails)
        w.client.quit()
        for what, rows in wrong.items():
            story.equal(rows[:5], [], what)
        if story.n_failed:
            fp.diag(f"the same life again, but for what time and kill -9 do to it: PROPERTY_SEED={SEED} PROPERTY_STEPS={STEPS} PROPERTY_KILLS={KILLS} "
                    "python3 tests/stories/property.py")
        ideas, posts, events = w.rows("SELECT (SELECT count(*) FROM idea), (SELECT count(*) FROM post), (SELECT count(*) FROM event)")[0]
        fp.diag(f"figure: {STEPS} steps, {w.n_mails} mails in, {len(sink.mails)} out, {ideas} ideas, {posts} posts, {events} lines of the journal, "
                f"{w.n_kills} times killed")
        supports, merges, removals = w.rows("SELECT (SELECT count(*) FROM event WHERE kind = 'support.added'), (SELECT count(*) FROM event WHERE kind = 'idea.merged'), "
                                            "(SELECT count(*) FROM event WHERE kind IN ('idea.removed', 'post.removed'))")[0]
        fp.diag(f"figure: {supports} voices, {merges} merges, {removals} removals")
        fp.diag(f"figure: {dict(sorted(w.done.items()))}")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo that quickstart plays (demo/play.py) comes to its end as it says, up to the citizen who hears what became of her idea."""
import os
import subprocess
import sys
import tempfile

import fp


def play(folder):
    script = os.path.join(fp.TOP, "demo", "play.py")
    return subprocess.run([sys.executable, script, "--forumpost", fp.FORUMPOST, "--folder", os.path.join(folder, "demo"), "--once"],
                          capture_output=True, text=True, timeout=20 * fp.PATIENCE_S, check=False)


def main():
    with fp.Story("demo") as story, tempfile.TemporaryDirectory(prefix="forumpost-story-") as folder:
        done = play(folder)
        story.ok(done.returncode == 0, "all steps of the demo are as expected",
                 *[line for line in done.stdout.splitlines() if "NOT AS EXPECTED" in line], done.stderr)
        for words, what in (("journal: post.official", "the ministry answers"), ("journal: support.added", "an idea is supported"),
                            ("journal: idea.merged", "two ideas become one"), ("journal: phase.changed", "a phase is extended"),
                            ("journal: proposal.proposed", "ideas become a proposal"), ("journal: proposal.done", "which is done"),
                            ("Ein Ticket für das ganze Ruhrgebiet: umgesetzt", "whose idea it was hears it")):
            story.has(done.stdout, words, what)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTML part of a mail of every purpose, as a browser shows it: axe-core finds nothing, nothing scrolls sideways on the smallest phone,
nothing is fetched. Every fifth is seen in one way, in turn phone and desktop, light and dark; with STORY_ALL=1 each German one, with
STORY_ALL=2 all languages in all ways.
STORY_PICTURES names a folder for pictures."""
import os
import subprocess

import browser
import fp

ALL = int(os.environ.get("STORY_ALL", "0"))
WAYS = [(320, False), (320, True), (1000, False), (1000, True)]
RENDERER = os.path.join(os.path.dirname(os.path.abspath(os.environ["FORUMPOST"])), "tests", "unit", "flow", "test_render")


def written(folder):
    """{name: path} of a mail of each purpose in each language, from the unit test's small world."""
    subprocess.run([RENDERER, "-p", "/render/every-purpose"], check=True, capture_output=True, env={**os.environ, "FORUMPOST_TEST_MAILS": folder})
    return {name[:-5]: os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".html")}


def see(page, found, name, width, dark):
    way = f"{name} at {width}{' dark' if dark else ''}"
    found += [f"{way}: {one}" for one in page.axe()]
    found += [f"{way} scrolls sideways"] if page.is_too_wide() else []
    found += [f"{way} asks for {one}" for one in page.requests() if not one.startswith("file:")]
    if os.environ.get("STORY_PICTURES"):
        page.picture(os.path.join(os.environ["STORY_PICTURES"], f"{name}-{width}-{'dark' if dark else 'light'}.png"))


def main():
    why = browser.why_not() or browser.axe_why_not() or (None if os.path.exists(RENDERER) else "the unit tests are not built")
    if why:
        fp.skip(why)
    with fp.Story("mails_browser") as story:
        folder = fp.Gateway(story).folder
        mails, found, n_seen = written(folder), [], 0
        story.ok(len(mails) > 150, f"{len(mails)} mails, one of each purpose and language")
        with browser.Browser() as chromium:
            german = [name for name in mails if name.endswith(".de")]
            for i, name in enumerate(mails if ALL == 2 else german if ALL else german[::5]):
                for width, dark in WAYS if ALL == 2 else [WAYS[i % len(WAYS)]]:
                    page = chromium.open("file://" + mails[name], width=width, dark=dark)
                    see(page, found, name, width, dark)
                    page.close()
                    n_seen += 1
        story.equal(found, [], f"{n_seen} views: no finding of axe, none too wide, nothing fetched")


main()

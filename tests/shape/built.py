#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers that the build makes are there before whoever includes them is compiled, in a fresh tree and whatever is made first
(`make forumpost`, `make fuzzers`): each object whose source reaches one names it as a prerequisite. One TAP line a header."""
import os
import re
import subprocess
import sys

import csource

MADE_BY_CHECK = ("tests/unit/", "tests/stories/") # which makes all of BUILT_SOURCES first


def database(folder):
    """{target: set of prerequisites} as make knows them in a fresh tree: without what compilers have found out since."""
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    with open(os.path.join(folder, "Makefile"), encoding="utf-8") as file:
        fresh = "".join(line for line in file if not line.rstrip().endswith("# am--include-marker"))
    said = subprocess.run(["make", "-pnq", "-C", folder, "-f", "-", "Makefile"], input=fresh, capture_output=True, text=True,
                          check=False, env=environment).stdout
    found = {}
    for line in said.splitlines():
        match = re.match(r"(\S+\.o): (.*)", line)
        if match:
            found.setdefault(match.group(1), set()).update(match.group(2).split())
    return found


def made(folder):
    text = open(os.path.join(folder, "Makefile"), encoding="utf-8").read()
    return [word for word in re.search(r"(?m)^BUILT_SOURCES = ((?:.*\\\n)*.*)", text).group(1).split() if word.endswith((".h", ".inc"))]


def reached(top, path, seen):
    """Every header that PATH includes, itself or through others."""
    if path in seen:
        return seen
    seen.add(path)
    try:
        text = open(os.path.join(top, path), encoding="utf-8").read()
    except OSError:
        return seen # made by the build
    for _, name, is_system in csource.includes(text):
        if not is_system:
            beside = os.path.join(os.path.dirname(path), name)
            reached(top, beside if os.path.exists(os.path.join(top, beside)) else "src/" + name, seen)
    return seen


def source_of(top, prerequisites):
    for word in prerequisites:
        if word.endswith(".c"):
            return os.path.relpath(os.path.realpath(word), top) if os.path.isabs(word) else re.sub(r"^(\.\./)+", "", word)
    return None


def main(top, folder):
    targets = database(folder)
    headers = made(folder)
    print(f"1..{len(headers) + 1}")
    n_seen = 0
    for number, header in enumerate(headers, 1):
        lacking = []
        for target, prerequisites in targets.items():
            source = source_of(top, prerequisites)
            if source is None or source.startswith(MADE_BY_CHECK) or header not in reached(top, source, set()):
                continue
            n_seen += 1
            if header not in prerequisites:
                lacking.append(target)
        for target in lacking:
            print(f"# {target} is compiled before {header} is made: name it as $(..._OBJECTS): | {header}")
        print(f"{'not ok' if lacking else 'ok'} {number} - {header}")
    print(f"{'ok' if n_seen >= len(headers) > 0 else 'not ok'} {len(headers) + 1} - {n_seen} objects include {len(headers)} of them")


if __name__ == "__main__":
    main(os.path.realpath(os.environ.get("top_srcdir") or sys.argv[1]), os.environ.get("top_builddir") or sys.argv[2])

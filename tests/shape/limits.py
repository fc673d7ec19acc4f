#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every limit of base/limits.h is used, and a test hits it: one that names it, or, where a test sets a smaller one through
a parameter, the check that the list tests/shape/limits says. One TAP line a limit."""
import os
import re
import sys


def texts(*folders):
    for folder in folders:
        for path, _, names in os.walk(folder):
            for name in sorted(names):
                if not name.endswith((".c", ".h", ".py", ".def", ".lmtp", ".in", ".awk", ".am", ".mk")):
                    continue
                with open(os.path.join(path, name), encoding="utf-8", errors="replace") as file:
                    yield os.path.join(path, name), file.read()


def words(pairs):
    found = set()
    for _, text in pairs:
        found |= set(re.findall(r"\bLIMIT_[A-Z0-9_]+\b", text))
    return found


def listed(top):
    """{limit: (file, what stands there)} of the list; a line is LIMIT FILE TEXT."""
    entries = {}
    with open(os.path.join(top, "tests/shape/limits"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                limit, path, text = line.rstrip("\n").split(" ", 2)
                entries[limit] = (path, text)
    return entries


def trouble(top, limit, used, tested, entries):
    if limit not in used:
        return "nothing uses it"
    if limit in tested:
        return "is in the list though a test names it" if limit in entries else None
    if limit not in entries:
        return "no test names it, and tests/shape/limits does not say which one hits it"
    path, text = entries[limit]
    if path == "-":
        return None
    try:
        with open(os.path.join(top, path), encoding="utf-8", errors="replace") as file:
            return None if text in file.read() else f"{path} does not contain: {text}"
    except OSError as error:
        return str(error)


def main(top):
    with open(os.path.join(top, "src/base/limits.h"), encoding="utf-8") as file:
        limits = re.findall(r"(?m)^#define (LIMIT_[A-Z0-9_]+)", file.read())
    used = words((path, text) for path, text in texts(os.path.join(top, "src")) if not path.endswith("base/limits.h"))
    tested = words(texts(os.path.join(top, "tests")))
    entries = listed(top)
    print(f"1..{len(limits) + 1}")
    for number, limit in enumerate(limits, 1):
        why = "is defined twice" if limit in limits[:number - 1] else trouble(top, limit, used, tested, entries)
        if why:
            print(f"# {limit}: {why}")
        print(f"{'not ok' if why else 'ok'} {number} - {limit}")
    gone = sorted(set(entries) - set(limits))
    print(f"{'not ok' if gone else 'ok'} {len(limits) + 1} - the list names no limit that is gone: {' '.join(gone)}")


if __name__ == "__main__":
    main(os.environ.get("top_srcdir") or sys.argv[1])

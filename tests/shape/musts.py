#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""doc/musts.md: every demand has its row, every row names tests that are there, and each of them bears the id; prints TAP."""
import os
import re

TOP = os.environ.get("top_srcdir", ".")
WANTED = [f"L-{n:02d}" for n in (1, 2, 3, 4, 6, 8, 9, 16, *range(20, 26))] + [f"A-{n:02d}" for n in (*range(1, 7), 9, 10)] + [f"D-{n:02d}" for n in range(1, 7)]


def read(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        return file.read()


def complaints(ident, rows):
    if ident not in rows:
        return ["it has no row"]
    files = [name.strip() for name in rows[ident].split(",")]
    wrong = [f"{name} is not there" for name in files if not os.path.isfile(os.path.join(TOP, name))]
    return wrong + [f"{name} does not bear it" for name in files if not wrong and not re.search(rf"\b{ident}\b", read(name))]


ROWS = dict(re.findall(r"(?m)^\| ([LAD]-\d\d) \|[^|]*\| ([^|]*?) \|$", read("doc", "musts.md")))
idents = sorted(set(WANTED) | set(ROWS) | set(re.findall(r"\b[LAD]-\d\d\b", read("tests", "stories", "musts.py"))))
for number, ident in enumerate(idents, 1):
    found = complaints(ident, ROWS)
    for line in found:
        print(f"# {line}")
    print(f"{'not ' if found else ''}ok {number} - {ident}")
print(f"1..{len(idents)}")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of the sources as TAP: layers, length of functions and files, banned calls, what a file opens with.
A complaint names file, line and what to do; notes (`#`) are what to look at next."""
import glob
import os
import re
import sys

import csource
import layers

LONGEST_FUNCTION, LONG_FUNCTION = 80, 60
LONGEST_FILE, LONG_FILE = 650, 400
BANNED = re.compile(r"(?<![\w.>])(strcpy|strcat|sprintf|vsprintf|strncpy|strtok|atoi|atol|gets|localtime|gmtime|system|popen|alloca|rand)\s*\(")
STATE_ALLOWED = re.compile(r"cmd/|base/(log|clock|hash)\.c$|store/sqlite/memory\.c$")


def length_complaints(path, text):
    complaints, notes, lengths = [], [], []
    for function in csource.functions(text):
        lengths.append(function.n_lines)
        said = f"{path}:{function.first}: {function.name}() has {function.n_lines} lines"
        if function.n_lines > LONGEST_FUNCTION:
            complaints.append(said + f"; {LONGEST_FUNCTION} is the most")
        elif function.n_lines > LONG_FUNCTION:
            notes.append(said)
    n_lines = text.count("\n")
    if path.endswith(".def"):
        return complaints, notes, lengths  # a table of data
    if n_lines > LONGEST_FILE:
        complaints.append(f"{path}: {n_lines} lines; split it by what it is for")
    elif n_lines > LONG_FILE:
        notes.append(f"{path}: {n_lines} lines")
    return complaints, notes, lengths


def call_complaints(path, text):
    complaints = []
    for number, line in enumerate(csource.blank(text).split("\n"), 1):
        match = BANNED.search(line)
        if match:
            complaints.append(f"{path}:{number}: {match.group(1)}() is banned; GLib has a safe one")
        if re.search(r"\bg_str_hash\b", line) and path.startswith("src/"):
            complaints.append(f"{path}:{number}: g_str_hash has no key; strangers choose words: hash_text of base/hash.h")
        if re.search(r"\bgoto\b", line):
            complaints.append(f"{path}:{number}: goto; let g_autoptr free by scope")
    return complaints


def purpose_complaints(path, text, words):
    """The words of forum/purpose.def stand nowhere else; those of one word mean other things, too."""
    if not path.startswith("src/") or path.endswith("forum/purpose.def"):
        return []
    complaints = []
    for number, line in enumerate(text.split("\n"), 1):
        for word in re.findall(r"[\"']([a-z]+(?:-[a-z]+)+)[\"']", line):
            if word in words:
                complaints.append(f"{path}:{number}: \"{word}\" is the name of a mail; ask forum/purpose.def for it")
        if re.search(r"(strcmp|str_equal|prefix|suffix)\w*\([^;]*purpose", line):
            complaints.append(f"{path}:{number}: a mail is known by its enum purpose; what it is like says its row")
    return complaints


def purpose_places(top, texts):
    return sorted("src/" + path for path in texts) + sorted(glob.glob("src/store/sql/*.sql", root_dir=top))


# What PostgreSQL would not take, or would take for something else.
SQLITE_ONLY = re.compile(r"\bPRAGMA\b|\bsqlite_|\bpost_fts\b|\btitle_fts\b|\browid\b|\bINDEXED BY\b|\bOR (IGNORE|REPLACE)\b|\bCROSS JOIN \w+( \w+)? (ON|INDEXED)\b|"
                         r"\bIMMEDIATE\b|\bGLOB\b|\bMATCH\b|\bifnull\(|\bAUTOINCREMENT\b|\bdatetime\(|\bstrftime\(")


def of_several(statement):
    """min() or max() of several values, which others call least() and greatest()."""
    for match in re.finditer(r"\b(min|max)\(", statement):
        depth = 1
        for letter in statement[match.end():]:
            depth += (letter == "(") - (letter == ")")
            if depth == 0:
                break
            if depth == 1 and letter == ",":
                return match.group()
    return None


def engine_complaints(path, text):
    """A statement that only SQLite understands says so: `-- engine: sqlite`."""
    complaints = []
    for block in re.split(r"(?m)^(?=-- name: )", text)[1:]:
        name = block.split("\n")[0].removeprefix("-- name: ")
        code = "\n".join(line for line in block.split("\n") if not line.startswith("--"))
        found = SQLITE_ONLY.search(code)
        word = found.group() if found else of_several(code)
        if word and "\n-- engine: sqlite\n" not in block:
            complaints.append(f"{path}: {name}: '{word}' is SQLite's alone; say `-- engine: sqlite`")
    return complaints


def sqlite_complaints(path, text):
    """Nothing of SQLite has a name outside the folder of its engine."""
    if path.startswith("store/sqlite/") or not path.endswith((".c", ".h")):
        return []
    return [f"{path}:{number}: {match.group()} belongs to store/sqlite/"
            for number, line in enumerate(csource.blank(text).split("\n"), 1)
            for match in [re.search(r"\b(sqlite3\w*|SQLITE_\w+)", line)] if match]


def opening_complaints(path, text):
    lines = text.split("\n")
    start = 1 if lines[0].startswith("#!") else 0
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(lines[: start + 2]):
        return [f"{path}:1: the SPDX line is missing"]
    if path.endswith((".c", ".h", ".def")):
        comment = text[: text.find("*/")].split("\n") if text.startswith("/* SPDX") else []
        if sum(len(line.strip(" */")) > 0 for line in comment) < 2:
            return [f"{path}:1: the opening comment does not say what the file is for"]
    return []


def state_complaints(path, text):
    if STATE_ALLOWED.match(path) or not path.endswith(".c"):
        return []
    return [f"{path}:{line}: mutable state: {code}" for line, code in csource.mutable_state(text) if not is_made_once(code, text)]


def is_made_once(code, text):
    """A table that the first thread makes and nobody changes after: GLib's gate keeps it."""
    name = re.match(r"static gsize (\w+)", code)
    return name is not None and f"g_once_init_enter(&{name[1]}" in text


def switch_complaints(path, text, words):
    return [f"{path}:{line}: default: in a switch over an enum hides the forgotten case"
            for line, labels, has_default in csource.switches(text)
            if has_default and labels and all(label in words for label in labels)]


def flag_complaints(path, text):
    """Of flags that are set together each has a bit of its own."""
    complaints = []
    for of_one in csource.flags(text):
        owner = {}
        for line, name, bit in of_one:
            if bit in owner:
                complaints.append(f"{path}:{line}: {name} has the bit of {owner[bit]}; take one that is free")
            owner.setdefault(bit, name)
    return complaints


def guard_complaints(path, text):
    if path.endswith(".h") and "#pragma once" not in text:
        return [f"{path}: #pragma once is missing"]
    return []


# Which argument names what happened, of each function that writes a line of the log.
EVENT_NAMES = {"log_event": 2, "log_notice": 1, "log_failure": 1, "report": 1}
EVENT_NAME = re.compile(r"[a-z]+\.[a-z]+(-[a-z]+)*")


def event_complaints(path, text):
    """Lines of the log and of the journal are named THING.WHAT."""
    names = [(line, literal) for call, place in EVENT_NAMES.items() for line, arguments in csource.calls(text, call)
             if len(arguments) > place for literal in re.findall(r'"([^"]*)"', arguments[place])]
    names += [(text[: match.start()].count("\n") + 1, match.group(1))
              for match in re.finditer(r'struct event[^;]*?\.kind = (?:\(char \*\))?"([^"]*)"', text)]
    return [f"{path}:{line}: '{name}' is not THING.WHAT in lower case" for line, name in names if not EVENT_NAME.fullmatch(name)]


def report(number, name, complaints):
    for complaint in complaints:
        print(f"# {complaint}")
    print(f"{'not ok' if complaints else 'ok'} {number} - {name}")


def scripts(top):
    """Everything beside C that must carry the SPDX line."""
    found = []
    for folder in ("src", "tests", "bench", "templates", "demo", "man", "doc", "debian", "systemd"):
        for here, _, names in os.walk(os.path.join(top, folder)):
            found += [os.path.join(here, name) for name in names
                      if name.endswith((".c", ".h", ".def", ".py", ".sh", ".awk", ".sql", ".1", ".5", ".8"))]
    found += [os.path.join(top, name) for name in ("autogen.sh", "quickstart", "configure.ac", "Makefile.am")]
    return sorted(os.path.relpath(path, top) for path in found if os.path.exists(path))


def shadow_complaints(path):
    """Python looks beside a script first: a file with the name of a module of Python's own takes its place for all its neighbours."""
    name = os.path.basename(path).removesuffix(".py")
    if not path.endswith(".py") or name not in sys.stdlib_module_names:
        return []
    return [f"{path}: Python's own `{name}` cannot be imported beside it; call it something else"]


def test_sources(top):
    """C of the tests and the benchmarks: held to the same words, not to the layers."""
    found = []
    for folder in ("tests", "bench"):
        for here, _, names in os.walk(os.path.join(top, folder)):
            found += [os.path.relpath(os.path.join(here, name), top) for name in names if name.endswith(".c")]
    return sorted(found)


def main(top):
    src = os.path.join(top, "src")
    texts = {path: layers.read(src, path) for path in layers.sources(src)}
    other = {path: layers.read(top, path) for path in test_sources(top)}
    everything = {**{"src/" + path: text for path, text in texts.items()}, **other}
    words = set().union(*(csource.enum_words(text) for text in texts.values()))
    mails = set(re.findall(r'^PURPOSE\(\w+, "([a-z-]+)"', layers.read(src, "forum/purpose.def"), re.M))
    long, notes, lengths = [], [], []
    for path, text in everything.items():
        of_file = length_complaints(path, text)
        long += of_file[0]
        notes += of_file[1]
        if path in ("src/" + p for p in texts):
            lengths += of_file[2]
    checks = [
        ("includes only point down, a library's headers stay in one folder", layers.survey(src)[0]),
        ("no files call each other in a circle", layers.circle_complaints(src, "")),
        (f"no function over {LONGEST_FUNCTION} lines, no file over {LONGEST_FILE}", long),
        ("no banned call, no goto", [c for p, t in everything.items() for c in call_complaints(p, t)]),
        ("no state outside the doors, the log, the clock, the key of hashes and SQLite's memory, but what is made once", [c for p, t in texts.items() for c in state_complaints(p, t)]),
        ("no default: in a switch over an enum", [c for p, t in texts.items() for c in switch_complaints(p, t, words)]),
        ("no two flags of an enumeration share a bit", [c for p, t in everything.items() for c in flag_complaints(p, t)]),
        ("lines of the log and of the journal are named in one style", [c for p, t in texts.items() for c in event_complaints(p, t)]),
        ("the name of a mail stands in forum/purpose.def alone",
         [c for p in purpose_places(top, texts) for c in purpose_complaints(p, layers.read(top, p), mails)]),
        ("a statement that only SQLite understands is marked",
         [c for p in glob.glob("src/store/sql/*.sql", root_dir=top) for c in engine_complaints(p, layers.read(top, p))]),
        ("no name of SQLite outside store/sqlite/", [c for p, t in texts.items() for c in sqlite_complaints(p, t)]),
        ("every story is in a list, or no check runs it",
         [f"{p}: not named in tests/stories/local.mk" for p in sorted(glob.glob("tests/stories/*.py", root_dir=top))
          if p not in layers.read(top, "tests/stories/local.mk")]),
        ("each header guards itself", [c for p, t in texts.items() for c in guard_complaints(p, t)]),
        ("each file carries the licence and says what it is for",
         [c for p in scripts(top) for c in opening_complaints(p, layers.read(top, p))]),
        ("no script has the name of a module of Python's own", [c for p in scripts(top) for c in shadow_complaints(p)]),
    ]
    print(f"1..{len(checks)}")
    for number, (name, complaints) in enumerate(checks, 1):
        report(number, name, complaints)
    lengths.sort()
    if lengths:
        print(f"# {len(lengths)} functions: median {lengths[len(lengths) // 2]}, "
              f"p99 {lengths[len(lengths) * 99 // 100]}, longest {lengths[-1]} lines")
    for note in notes:
        print(f"# long: {note}")


if __name__ == "__main__":
    main(os.environ.get("top_srcdir") or sys.argv[1])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape tests can fail: each check is shown code that breaks its rule, and code that only looks like it."""
import calls
import csource
import layers
import shape

HEAD = "/* SPDX-License-Identifier: GPL-3.0-or-later\n *\n * What it is for.\n */\n"
ORDER = layers.Layers("# order\nbase:gnutls/ | \nmail:gmime/ | wire:libetpan/\nforum:\ncmd:json-glib/\n")
BESIDE = layers.Layers("store:\n    store/.\n    store/sqlite:sqlite3.h\nflow:\n")
WINGS = layers.Layers("mail:gmime/\n    mail/word\n    mail/html:libxml/ | contact\n    mail/kind\nforum:\n")
LONG = "static int f(int a)\n{\n" + "    a++;\n" * 80 + "    return a;\n}\n"


def lengths(text):
    return [f.n_lines for f in csource.functions(text)]


CASES = [
    ("downward include", ORDER.complaint("forum", "mail/x.h", False) is None),
    ("upward include", ORDER.complaint("mail", "forum/x.h", False) is not None),
    ("sideways include", ORDER.complaint("mail", "wire/x.h", False) is not None),
    ("include without folder", ORDER.complaint("mail", "x.h", False) is not None),
    ("library in its folder", ORDER.complaint("mail", "gmime/gmime.h", True) is None),
    ("library elsewhere", ORDER.complaint("forum", "gmime/gmime.h", True) is not None),
    ("library of nobody", ORDER.complaint("forum", "openssl/ssl.h", True) is not None),
    ("wing below", WINGS.complaint("mail/kind", "mail/word/x.h", False) is None),
    ("wing above", WINGS.complaint("mail/word", "mail/kind/x.h", False) is not None),
    ("wing beside", WINGS.complaint("mail/html", "mail/contact/x.h", False) is not None),
    ("a wing's own header", WINGS.complaint("mail/html", "mail/html/x.h", False) is None),
    ("wing from above its folder", WINGS.complaint("forum", "mail/kind/x.h", False) is None),
    ("wing looks above its folder", WINGS.complaint("mail/kind", "forum/x.h", False) is not None),
    ("library of a wing", WINGS.complaint("mail/html", "libxml/x.h", True) is None),
    ("library of the whole folder", WINGS.complaint("mail/html", "gmime/x.h", True) is None),
    ("library of another wing", WINGS.complaint("mail/word", "libxml/x.h", True) is not None),
    ("file beside the wings", WINGS.misplaced("mail/x.c") is not None and WINGS.misplaced("mail/word/x.c") is None),
    ("file in no wing", WINGS.misplaced("mail/else/x.c") is not None),
    ("file beside a wing", BESIDE.place("store/a.c") == "store/." and BESIDE.misplaced("store/a.c") is None),
    ("library of a wing from beside it", BESIDE.complaint("store/.", "sqlite3.h", True) is not None),
    ("library in its wing", BESIDE.complaint("store/sqlite", "sqlite3.h", True) is None),
    ("wing looks beside itself", BESIDE.complaint("store/sqlite", "store/a.h", False) is None),
    ("wing from beside it", BESIDE.complaint("store/.", "store/sqlite/a.h", False) is not None),
    ("from above into a folder with a wing", BESIDE.complaint("flow", "store/a.h", False) is None),
    ("SQLite without its mark", shape.engine_complaints("a.sql", "-- name: a\nSELECT 1 FROM a CROSS JOIN b ON b.x = a.x\n") != []),
    ("SQLite's greatest without its mark", shape.engine_complaints("a.sql", "-- name: a\nSELECT max(coalesce(a, 0),\n 2) FROM b\n") != []),
    ("SQLite with its mark", shape.engine_complaints("a.sql", "-- name: a\n-- engine: sqlite\nPRAGMA x\n") == []),
    ("the SQL of all", shape.engine_complaints("a.sql", "-- name: a\nSELECT max(coalesce(a, 0)), 1 FROM b CROSS JOIN c\n") == []),
    ("SQLite's name outside", shape.sqlite_complaints("store/a.c", "int a = SQLITE_OK;\n") != []),
    ("SQLite's name in a comment", shape.sqlite_complaints("store/a.c", "/* sqlite3_step */\n") == []),
    ("SQLite's name in its folder", shape.sqlite_complaints("store/sqlite/a.c", "int a = SQLITE_OK;\n") == []),
    ("circle of calls", layers.circles(layers.calls({"a.c": "int f(int a)\n{\n g(a);\n}\n", "b.c": "int g(int a)\n{\n f(a);\n}\n"}))
     == [("a.c", "b.c")]),
    ("calls in one direction", layers.circles(layers.calls({"a.c": "int f(int a)\n{\n g(a);\n}\n", "b.c": "int g(int a)\n{\n}\n"})) == []),
    ("static functions of one name", layers.circles(layers.calls(
        {"a.c": "static int g(int a)\n{\n}\nint f(int a)\n{\n g(a);\n}\n", "b.c": "static int f(int a)\n{\n}\n"})) == []),
    ("a function declared twice", calls.doubled({"a.h": "void set(int a);\nvoid get(void);\n", "b.h": "void set(char *a);\n"}) == {"set": ["a.h", "b.h"]}),
    ("C library", ORDER.complaint("forum", "string.h", True) is None),
    ("function of 84 lines", lengths(LONG) == [84]),
    ("long function is refused", len(shape.length_complaints("a.c", LONG)[0]) == 1),
    ("braces in literals", lengths('void f(void)\n{\n    g("}{", \'{\');\n    /* } */\n}\n') == [5]),
    ("table is no function", lengths("static const struct a t[] = {\n{1},\n};\n") == []),
    ("attribute after the list", lengths("int g(int a) G_GNUC_PURE;\nint f(void)\n{\n}\n") == [3]),
    ("macro before a function", lengths("G_DEFINE_AUTOPTR_CLEANUP_FUNC(t, t_free)\n\nint f(void)\n{\n}\n") == [3]),
    ("banned call", shape.call_complaints("a.c", "x = atoi(y);") != []),
    ("banned word in a text", shape.call_complaints("a.c", '/* atoi() */ f("system(");') == []),
    ("like a banned call", shape.call_complaints("a.c", "g_string_sprintf(a); p->system(1);") == []),
    ("hash without a key", shape.call_complaints("src/mail/a.c", "g_hash_table_new(g_str_hash, g_str_equal);") != []),
    ("goto", shape.call_complaints("a.c", "if (a)\n  goto out;") != []),
    ("state at file level", csource.mutable_state("static int n;\n") != []),
    ("state with a value", csource.mutable_state("static struct a *list = NULL;\n") != []),
    ("pointer to const is state", csource.mutable_state("static const char *name;\n") != []),
    ("state in a function", csource.mutable_state("int f(void)\n{\n    static int n = 0;\n    return n++;\n}\n") != []),
    ("constant", csource.mutable_state("static const char *const names[] = {\"a\"};\nstatic const int n = 1;\n") == []),
    ("constant in a function", csource.mutable_state("int f(void)\n{\n    static const struct a t[] = {{1}};\n}\n") == []),
    ("unnamed struct in a function", csource.mutable_state("int f(void)\n{\n    static const struct {\n int *a;\n } t[] = {{0}};\n}\n") == []),
    ("types and prototypes", csource.mutable_state("struct a {\n int b;\n};\nenum e { A };\nstatic int f(int a);\ntypedef int t;\n") == []),
    ("state allowed in the log", shape.state_complaints("base/log.c", "static int n;\n") == []),
    ("state refused elsewhere", shape.state_complaints("flow/log.c", "static int n;\n") != []),
    ("enum words", csource.enum_words("enum e {\n    A_ONE = 1, /* x */\n    A_TWO\n};\n") == {"A_ONE", "A_TWO"}),
    ("default over an enum", shape.switch_complaints("a.c", "switch (e) {\ncase A_ONE:\n default:\n}", {"A_ONE"}) != []),
    ("default over characters", shape.switch_complaints("a.c", "switch (c) {\ncase 'a':\n default:\n}", {"A_ONE"}) == []),
    ("inner default", len(shape.switch_complaints(
        "a.c", "switch (e) {\ncase A_ONE: {\n switch (c) { case 1: default: }\n}\n}", {"A_ONE"})) == 0),
    ("script with the name of Python's own", shape.shadow_complaints("tests/stories/numbers.py") != []),
    ("script with a name of its own", shape.shadow_complaints("tests/stories/figures.py") == []
     and shape.shadow_complaints("src/numbers.c") == []),
    ("two flags on one bit", len(shape.flag_complaints(
        "a.h", "enum e {\n    A = 1 << 3, /* x */\n    B = 1 << 4,\n    C = 1U << 3\n};\n")) == 1),
    ("which line and whose bit", shape.flag_complaints("a.h", "enum {\n A = 1 << 3,\n\n B = 1 << 3,\n};\n")
     == ["a.h:4: B has the bit of A; take one that is free"]),
    ("flags of two enumerations", shape.flag_complaints("a.h", "enum e { A = 1 << 3 };\nenum f { B = 1 << 3, C = 1 << 4 };\n") == []),
    ("a flag in a comment", shape.flag_complaints("a.h", "enum e { A = 1 << 3, /* B = 1 << 3, */ C = A };\n") == []),
    ("name of a line", shape.event_complaints("a.c", 'log_event(LEVEL, f(a, b), "mail.set-aside", "why", x);') == []),
    ("name without a thing", shape.event_complaints("a.c", 'log_event(LEVEL, NULL, "reader-died", "why", x);') != []),
    ("name that is chosen", len(shape.event_complaints("a.c", 'log_notice(a, is_last ? "notice.gone" : "gone", n);')) == 1),
    ("name of an event", shape.event_complaints("a.c", 'struct event ev = {.at = 1, .kind = (char *)"Forum added"};') != []),
    ("name of a mail in C", shape.purpose_complaints("src/flow/a.c", 'f("error-empty");', {"error-empty"}) != []),
    ("name of a mail in SQL", shape.purpose_complaints("src/store/a.sql", "= 'error-empty'", {"error-empty"}) != []),
    ("name of a mail in its table", shape.purpose_complaints("src/forum/purpose.def", '"error-empty"', {"error-empty"}) == []),
    ("mail known by its beginning", shape.purpose_complaints("src/flow/a.c", 'g_str_has_prefix(n->purpose, "x")', set()) != []),
    ("function that nobody calls", calls.unused({"a/a.h": "int a_do(int x);\n", "a/a.c": "int a_do(int x)\n{\n    return x;\n}\n"}) == {"a_do": "a/a.h"}),
    ("function that a macro calls", calls.unused({"a/a.h": "int a_do(int x);\n", "a/a.c": "#define A a_do(1)\nint a_do(int x)\n{\n    return x;\n}\n"}) == {}),
    ("function that a comment names", calls.unused({"a/a.h": "int a_do(int x); /* a_do() */\n"}) == {"a_do": "a/a.h"}),
    ("good opening", shape.opening_complaints("a.c", HEAD) == []),
    ("opening without purpose", shape.opening_complaints("a.c", "/* SPDX-License-Identifier: GPL-3.0-or-later */\nint a;\n") != []),
    ("no licence", shape.opening_complaints("a.sh", "#!/bin/sh\necho\n") != []),
    ("script's licence", shape.opening_complaints("a.sh", "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n") == []),
    ("unguarded header", shape.guard_complaints("a.h", "int f(void);\n") != []),
]

print(f"1..{len(CASES)}")
for number, (name, is_right) in enumerate(CASES, 1):
    print(f"{'ok' if is_right else 'not ok'} {number} - {name}")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a header offers is used: every function that a header of src/ declares is named somewhere in src/ beside its declaration and
its definition, or stands in tests/shape/seams with a reason; what only tests call is told as a note. Macros that make functions are not seen through."""
import collections
import os
import re
import sys

import csource
import layers


def plain(text):
    return csource.without_directives(csource.blank(text))


def declared(text):
    """Names of the functions that a header declares."""
    code = re.sub(r"(?m)^G_DEFINE_\w+\([^()]*\);?", "", plain(text))
    return re.findall(r"(?m)^[a-z][\w \*]*?\b([a-z]\w+)\([^;{]*\)[^;{]*;", code)


def unused(texts):
    """{name: header} of what nobody calls; TEXTS is {path: text} of the sources."""
    n_times = collections.Counter()
    for text in texts.values():
        # Calls in macros count, so directives stay; comments do not.
        n_times.update(re.findall(r"\b[a-z]\w+\b", csource.blank(text)))
    defined = {f.name for path, text in texts.items() if path.endswith(".c") for f in csource.functions(text)}
    return {name: path for path, text in texts.items() if path.endswith(".h") for name in declared(text)
            if n_times[name] <= (2 if name in defined else 1)}


def doubled(texts):
    """{name: [header]} of what headers declare more than once. An archive is linked without a word when two of its files define the same
    function and only one of them is wanted for something else: then half of the callers get the other one."""
    places = collections.defaultdict(list)
    for path, text in texts.items():
        if path.endswith(".h"):
            for name in declared(text):
                places[name].append(path)
    return {name: paths for name, paths in places.items() if len(paths) > 1}


def tested(top):
    """Every word of the tests in C."""
    words = set()
    for folder in ("tests", "bench"):
        for here, _, names in os.walk(os.path.join(top, folder)):
            for name in names:
                if name.endswith(".c"):
                    words |= set(re.findall(r"\b[a-z]\w+\b", csource.blank(layers.read(here, name))))
    return words


def seams(top):
    with open(os.path.join(top, "tests/shape/seams"), encoding="utf-8") as file:
        return {line.split()[0] for line in file if line.strip() and not line.startswith("#") and len(line.split()) > 3}


def main(top):
    src = os.path.join(top, "src")
    texts = {path: layers.read(src, path) for path in layers.sources(src)}
    found = unused(texts)
    allowed = seams(top)
    tests = tested(top)
    complaints = [f"{path}: {name}() is called by nobody; take it away" for name, path in sorted(found.items())
                  if name not in allowed and name not in tests]
    twice = [f"{' and '.join(paths)}: {name}() is declared twice; two functions cannot have one name" for name, paths in sorted(doubled(texts).items())]
    print("1..2")
    for name in sorted(set(found) & tests - allowed):
        print(f"# {found[name]}: only tests call {name}(); take it away, use it, or say in tests/shape/seams why it is there")
    for complaint in complaints + twice:
        print(f"# {complaint}")
    print(f"{'not ok' if complaints else 'ok'} 1 - no function of a header is without who calls it")
    print(f"{'not ok' if twice else 'ok'} 2 - no function is declared twice")


if __name__ == "__main__":
    main(os.environ.get("top_srcdir") or sys.argv[1])

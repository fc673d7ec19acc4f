#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the layers: reads src/LAYERS, finds the includes that break it, draws the graph.

layers.py SRC          the graph as text, with the number of includes behind each arrow
layers.py --dot SRC    the same for graphviz
Exit code 1 if an include points upward."""
import os
import re
import sys

import csource

# What any folder may include beside what src/LAYERS gives to one: GLib, the C library, POSIX and Linux.
COMMON = re.compile(r"(glib|gio|gmodule|glib-unix|glib-object)(\.h|/)|"
                    r"(assert|ctype|errno|fcntl|float|inttypes|limits|locale|math|netdb|poll|pwd|grp|sched|signal|stdarg|stdbool|"
                    r"stddef|stdint|stdio|stdlib|string|strings|sysexits|syslog|termios|time|unistd|wchar|dirent|getopt|spawn|"
                    r"iconv|malloc|ftw)\.h$|"
                    r"(sys|netinet|arpa|linux|sanitizer)/")


class Layers:
    """src/LAYERS: the rank of each folder, and whose a third-party header is."""

    def __init__(self, text):
        self.rank, self.owner = {}, {}
        self.rows = []
        lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
        for number, line in enumerate(lines):
            row = []
            for group in line.split("|"):
                folder, _, headers = group.strip().partition(":")
                self.rank[folder] = number
                row.append(folder)
                for header in headers.split():
                    self.owner[header] = folder
            self.rows.append(row)

    def owner_of(self, header):
        for prefix, folder in self.owner.items():
            if header == prefix or (prefix.endswith("/") and header.startswith(prefix)):
                return folder
        return None

    def complaint(self, folder, name, is_system):
        """Why FOLDER may not include NAME, or None."""
        if is_system:
            owner = self.owner_of(name)
            if owner is not None and owner != folder:
                return f"<{name}> belongs to {owner}/ alone"
            if owner is None and not COMMON.match(name):
                return f"<{name}> belongs to no folder; give it to one in src/LAYERS"
            return None
        if name == "config.h":
            return None
        other = name.split("/")[0] if "/" in name else None
        if other not in self.rank:
            return f'"{name}" names no folder of src/LAYERS'
        if other != folder and self.rank[other] >= self.rank[folder]:
            return f'"{name}": {folder}/ may not look into {other}/'
        return None


def sources(src):
    """Paths below SRC of everything that is compiled, in order."""
    found = []
    for folder, _, names in sorted(os.walk(src)):
        found += [os.path.join(folder, name) for name in sorted(names) if name.endswith((".c", ".h", ".def", ".inc"))]
    return [os.path.relpath(path, src) for path in found]


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def survey(src):
    """(complaints, arrows): arrows maps (folder, folder) to the number of includes."""
    layers = Layers(read(src, "LAYERS"))
    complaints, arrows = [], {}
    for path in sources(src):
        folder = path.split("/")[0]
        if folder not in layers.rank:
            complaints.append(f"{path}: {folder}/ is not in src/LAYERS")
            continue
        for line, name, is_system in csource.includes(read(src, path)):
            complaint = layers.complaint(folder, name, is_system)
            if complaint:
                complaints.append(f"{path}:{line}: {complaint}")
            elif not is_system and "/" in name and name.split("/")[0] != folder:
                arrow = (folder, name.split("/")[0])
                arrows[arrow] = arrows.get(arrow, 0) + 1
    return complaints, arrows


def draw(src, as_dot):
    layers = Layers(read(src, "LAYERS"))
    complaints, arrows = survey(src)
    if as_dot:
        print("digraph layers {\n  rankdir = TB; node [shape = box];")
        for row in layers.rows:
            print("  { rank = same; " + " ".join(f"{folder};" for folder in row) + " }")
        for (here, there), count in sorted(arrows.items()):
            print(f'  {here} -> {there} [label = "{count}"];')
        print("}")
    else:
        for row in reversed(layers.rows):
            for folder in row:
                own = [header for header, owner in layers.owner.items() if owner == folder]
                n_files = sum(path.startswith(folder + "/") for path in sources(src))
                down = "  ".join(f"{there} {count}" for (here, there), count in
                                 sorted(arrows.items(), key=lambda a: -layers.rank[a[0][1]]) if here == folder)
                print(f"{folder:6} {n_files:3} files   -> {down or '(nothing)'}")
                if own:
                    print(f"{'':18}alone: {' '.join(own)}")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--dot"]
    sys.exit(draw(arguments[0], "--dot" in sys.argv))

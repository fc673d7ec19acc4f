#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the layers and of the wings inside them: reads src/LAYERS, finds the includes that break it, draws the graph.

layers.py SRC          the graph as text, with the number of includes behind each arrow
layers.py --dot SRC    the same for graphviz
layers.py              below $top_srcdir, as a test (TAP)
Exit code 1 if an include points upward or to the side."""
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
    """src/LAYERS: the rank of each folder and of each wing ("mail/word"), and whose a third-party header is."""

    def __init__(self, text):
        self.rank, self.owner = {}, {}
        self.rows, self.wings = [], {}
        for line in text.split("\n"):
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith(" "):
                top, _, rest = line.strip().partition("/")
                rows = self.wings.setdefault(top, [])
                rows.append(self.take(rest, len(rows), top + "/"))
            else:
                self.rows.append(self.take(line, len(self.rows), ""))

    def take(self, line, number, prefix):
        row = []
        for group in line.split("|"):
            folder, _, headers = group.strip().partition(":")
            row.append(prefix + folder.strip())
            self.rank[row[-1]] = number
            for header in headers.split():
                self.owner[header] = row[-1]
        return row

    def owner_of(self, header):
        for prefix, folder in self.owner.items():
            if header == prefix or (prefix.endswith("/") and header.startswith(prefix)):
                return folder
        return None

    def place(self, path):
        """The wing or the folder in which the file of that path is; None: in none that is known."""
        parts = path.split("/")
        wing = "/".join(parts[:2])
        if len(parts) > 2 and wing in self.rank:
            return wing
        if len(parts) == 2 and parts[0] + "/." in self.rank:
            return parts[0] + "/."
        return parts[0] if parts[0] in self.rank and len(parts) > 1 else None

    def complaint(self, here, name, is_system):
        """Why a file of the folder or wing HERE may not include NAME, or None."""
        if is_system:
            owner = self.owner_of(name)
            if owner is not None and not (here + "/").startswith(owner + "/"):
                return f"<{name}> belongs to {owner}/ alone"
            if owner is None and not COMMON.match(name):
                return f"<{name}> belongs to no folder; give it to one in src/LAYERS"
            return None
        if name == "config.h":
            return None
        there = self.place(name)
        if there is None:
            return f'"{name}" names no folder of src/LAYERS'
        if there.split("/")[0] != here.split("/")[0]:
            here, there = here.split("/")[0], there.split("/")[0]
        if there != here and self.rank[there] >= self.rank[here] and ("/" in here) == ("/" in there):
            return f'"{name}": {here}/ may not look into {there}/'
        return None

    def misplaced(self, path):
        """Why a file may not lie at PATH, or None: a folder with wings has nothing beside them."""
        place = self.place(path)
        if place is None:
            return f"{path}: {path.split('/')[0]}/ is not in src/LAYERS"
        if place in self.wings:
            return f"{path}: {place}/ has wings (src/LAYERS); put it into one"
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
    """(complaints, arrows): arrows maps (place, place) to the number of includes; inside a folder between its wings, else
    between folders."""
    layers = Layers(read(src, "LAYERS"))
    complaints, arrows = [], {}
    for path in sources(src):
        if layers.misplaced(path):
            complaints.append(layers.misplaced(path))
            continue
        here = layers.place(path)
        for line, name, is_system in csource.includes(read(src, path)):
            complaint = layers.complaint(here, name, is_system)
            if complaint:
                complaints.append(f"{path}:{line}: {complaint}")
            elif not is_system and "/" in name:
                there = layers.place(name)
                is_inside = here.split("/")[0] == there.split("/")[0]
                arrow = (here, there) if is_inside else (here.split("/")[0], there.split("/")[0])
                if arrow[0] != arrow[1]:
                    arrows[arrow] = arrows.get(arrow, 0) + 1
    return complaints, arrows


def calls(texts):
    """{path: paths of the files whose functions it names}; TEXTS: {path: text} of .c files. What a .c file calls its header
    need not show: a header may declare what several files hold."""
    owner = {function.name: path for path, text in texts.items() for function in csource.functions(text)
             if not re.search(r"\bstatic\b", function.head)}
    found = {}
    for path, text in texts.items():
        named = set(re.findall(r"\b[a-z]\w*(?=\s*\()", csource.blank(text)))
        found[path] = {owner[name] for name in named if name in owner} - {path}
    return found


def circles(graph):
    """The sets of files that reach each other, each sorted."""

    def reach(start):
        seen, left = set(), [start]
        while left:
            new = graph.get(left.pop(), set()) - seen
            seen |= new
            left += new
        return seen

    reached = {path: reach(path) for path in graph}
    return sorted({tuple(sorted(other for other in there if path in reached[other])) for path, there in reached.items() if path in there})


def circle_complaints(src, folder):
    texts = {path: read(src, path) for path in sources(src) if path.endswith(".c") and path.startswith(folder)}
    return [f"files that call each other in a circle: {' '.join(circle)}" for circle in circles(calls(texts))]


def draw_dot(layers, arrows):
    print("digraph layers {\n  rankdir = TB; node [shape = box];")
    for row in layers.rows + [row for rows in layers.wings.values() for row in rows]:
        print("  { rank = same; " + " ".join(f'"{folder}";' for folder in row) + " }")
    for (here, there), count in sorted(arrows.items()):
        print(f'  "{here}" -> "{there}" [label = "{count}"];')
    print("}")


def draw_row(layers, arrows, folder, paths, indent):
    own = [header for header, owner in layers.owner.items() if owner == folder]
    n_files = sum(path.startswith(folder + "/") for path in paths)
    down = "  ".join(f"{there.split('/')[-1]} {count}" for (here, there), count in
                     sorted(arrows.items(), key=lambda a: -layers.rank[a[0][1]]) if here == folder)
    name = folder.split("/")[-1]
    print(f"{indent}{name:{10 - len(indent)}} {n_files:3} files   -> {down or '(nothing)'}")
    if own:
        print(f"{'':22}alone: {' '.join(own)}")


def draw(src, as_dot):
    layers = Layers(read(src, "LAYERS"))
    complaints, arrows = survey(src)
    if as_dot:
        draw_dot(layers, arrows)
    else:
        paths = sources(src)
        for folder in (folder for row in reversed(layers.rows) for folder in row):
            draw_row(layers, arrows, folder, paths, "")
            for wing in (wing for row in reversed(layers.wings.get(folder, [])) for wing in row):
                draw_row(layers, arrows, wing, paths, "  ")
        told = circle_complaints(src, "")
        print(f"circles: {len(told)}", *told, sep="\n  ")
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


def test(src):
    """What shape.py says of it, as a test by itself."""
    complaints, _ = survey(src)
    for complaint in complaints:
        print(f"# {complaint}")
    print(f"{'not ok' if complaints else 'ok'} 1 - includes point downward\n1..1")
    return 0


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--dot"]
    sys.exit(draw(arguments[0], "--dot" in sys.argv) if arguments else test(os.path.join(os.environ.get("top_srcdir", "."), "src")))

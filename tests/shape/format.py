#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every C file of the tree stands as .clang-format says. Other versions of clang-format break lines elsewhere, so with another one, or none,
this is skipped. One TAP line a folder."""
import collections
import os
import re
import shutil
import subprocess
import sys

VERSION = 14


def main():
    top = os.environ.get("top_srcdir", ".")
    program = shutil.which(f"clang-format-{VERSION}") or shutil.which("clang-format")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout if program else ""
    found = re.search(r"version (\d+)", said)
    if found is None or int(found.group(1)) != VERSION:
        print(f"1..0 # SKIP clang-format {VERSION} is not here")
        return 0
    folders = collections.defaultdict(list)
    for root in ("src", "tests", "bench"):
        for folder, _, names in os.walk(os.path.join(top, root)):
            folders[os.path.relpath(folder, top)] += [os.path.join(folder, n) for n in names if n.endswith((".c", ".h"))]
    folders = {name: sorted(files) for name, files in sorted(folders.items()) if files}
    n_wrong = 0
    for number, (name, files) in enumerate(folders.items(), 1):
        done = subprocess.run([program, "--style=file", "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False)
        for line in sorted(set(re.findall(r"(?m)^(\S+?:\d+):\d+: error", done.stderr)))[:5]:
            print(f"# {line}: clang-format -i {os.path.relpath(line.rsplit(':', 1)[0], top)}")
        print(f"{'ok' if done.returncode == 0 else 'not ok'} {number} - {name} stands as .clang-format says")
        n_wrong += done.returncode != 0
    print(f"1..{len(folders)}")
    return 1 if n_wrong else 0


sys.exit(main())

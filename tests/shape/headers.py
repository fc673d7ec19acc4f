#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header of src/ compiles alone, so that it can be included first, and is named where a release finds it: one TAP line a header.
HEADER_CC is the compiler with all flags; make check sets it."""
import glob
import os
import re
import shlex
import subprocess
import sys

import layers


def main(top):
    command = shlex.split(os.environ.get("HEADER_CC", ""))
    src = os.path.join(top, "src")
    headers = [path for path in layers.sources(src) if path.endswith(".h")]
    if not command:
        print("1..0 # SKIP HEADER_CC is not set: run it through make check")
        return
    named = "".join(open(path, encoding="utf-8").read() for path in glob.glob(os.path.join(src, "*", "local.mk")))
    print(f"1..{len(headers)}")
    for number, path in enumerate(headers, 1):
        run = subprocess.run(command + ["-Wno-unused-function", "-fsyntax-only", "-x", "c", "-"],
                             input=f'#include "{path}"\n#include "{path}"\n', text=True, capture_output=True, check=False)
        is_named = re.search(rf"src/{re.escape(path)}\s", named) is not None
        for line in run.stderr.splitlines()[:6] + ([] if is_named else ["in no local.mk: it would be missing in a release"]):
            print(f"# {line}")
        print(f"{'ok' if is_named and run.returncode == 0 else 'not ok'} {number} - {path}")


if __name__ == "__main__":
    main(os.environ.get("top_srcdir") or sys.argv[1])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header of src/ compiles alone, so that it can be included first: one TAP line a header.
HEADER_CC is the compiler with all flags; make check sets it."""
import os
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
    print(f"1..{len(headers)}")
    for number, path in enumerate(headers, 1):
        run = subprocess.run(command + ["-Wno-unused-function", "-fsyntax-only", "-x", "c", "-"],
                             input=f'#include "{path}"\n#include "{path}"\n', text=True, capture_output=True, check=False)
        if run.returncode != 0:
            for line in run.stderr.splitlines()[:6]:
                print(f"# {line}")
        print(f"{'not ok' if run.returncode else 'ok'} {number} - {path}")


if __name__ == "__main__":
    main(os.environ.get("top_srcdir") or sys.argv[1])

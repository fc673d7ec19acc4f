#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Golden mails: each NAME.eml is read with `forumpost inspect --json`, and each key of NAME.json must come out equal.
Only what a mail is there to show is in its .json. `golden.py --show NAME.eml KEY...` prints the lines for a new one."""
import json
import os
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
FORUMPOST = os.environ.get("FORUMPOST", "forumpost")


def inspect(paths):
    done = subprocess.run([FORUMPOST, "inspect", "--json", *paths], capture_output=True, check=False, timeout=60)
    if done.returncode != 0:
        print(f"Bail out! inspect ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
        sys.exit(1)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def show(path, keys):
    record = inspect([path])[0]
    print(json.dumps({key: record.get(key) for key in keys}, ensure_ascii=False, indent=1))


def differences(wanted, got):
    return [f"{key}: expected {json.dumps(value, ensure_ascii=False)}, got {json.dumps(got.get(key), ensure_ascii=False)}"
            for key, value in wanted.items() if got.get(key) != value]


def main():
    names = sorted(name[:-4] for name in os.listdir(FOLDER) if name.endswith(".eml"))
    stray = [name for name in os.listdir(FOLDER) if name.endswith(".json") and name[:-5] not in names]
    records = inspect([os.path.join(FOLDER, name + ".eml") for name in names])
    print(f"1..{len(names) + 1}")
    for n, (name, got) in enumerate(zip(names, records, strict=True), 1):
        try:
            with open(os.path.join(FOLDER, name + ".json"), encoding="utf-8") as file:
                wrong = differences(json.load(file), got)
        except (OSError, ValueError) as error:
            wrong = [str(error)]
        for line in wrong:
            print(f"# {line}")
        print(f"{'not ok' if wrong else 'ok'} {n} - {name}")
    print(f"{'not ok' if stray else 'ok'} {len(names) + 1} - each .json has its mail {' '.join(stray)}".rstrip())


if __name__ == "__main__":
    if len(sys.argv) > 2 and sys.argv[1] == "--show":
        show(sys.argv[2], sys.argv[3:])
    else:
        main()

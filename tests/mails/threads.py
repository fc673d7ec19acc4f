#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`forumpost inspect --threads`: mailboxes as programs write them, told as "id parent root" a line, and what many
messages cost in memory."""
import json
import os
import resource
import subprocess
import sys
import tempfile

FORUMPOST = os.environ.get("FORUMPOST", "forumpost")
FROM = b"From a@b.example Mon Jun  3 10:00:00 2024\n"

CASES = [
    ("an answer, with its body's From escaped or not",
     FROM + b"Message-ID: <1@x>\n\n>From here on\nFrom there too\n\n" + FROM + b"References: <1@x>\nMessage-ID: <2@x>\n\nyes\n",
     ["1@x - 1@x", "2@x 1@x 1@x"]),
    ("CRLF, folded and wrongly written fields",
     (FROM + b"MESSAGE-id : <1@x>\n\n\n" + FROM + b"Message-Id: <2@x>\nReferences: <0@x>\n <1@x>\n\nyes\n").replace(b"\n", b"\r\n"),
     ["1@x - 1@x", "2@x 1@x 1@x"]),
    ("a mail that nobody has", FROM + b"Message-ID: <2@x>\nIn-Reply-To: Your mail <1@x> of Monday\n\nyes\n",
     ["2@x 1@x 1@x", "?1@x - 1@x"]),
    ("fields in the body do not count", FROM + b"Message-ID: <1@x>\n\nReferences: <0@x>\n", ["1@x - 1@x"]),
    ("no id; quotes and backslashes", FROM + b"Subject: x\n\n\n" + FROM + b'Message-ID: <"a\\b"@x>\n\n', ["- - -", '"a\\b"@x - "a\\b"@x']),
    ("a file that is one mail", b"Message-ID: <1@x>\n\ntext\n", ["1@x - 1@x"]),
    ("a line of a megabyte, NUL bytes, no end",
     FROM + b"X: " + b"x" * 1000000 + b"\nMessage-ID: <1@x>\n\n" + b"y" * 1000000 + b"\0\n\n" + FROM + b"Message-ID: <2@x>",
     ["1@x - 1@x", "2@x - 2@x"]),
    ("nothing", b"", []),
]


def threads(path):
    done = subprocess.run([FORUMPOST, "inspect", "--threads", path], capture_output=True, check=False, timeout=120)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, [f"{'?' if line.get('missing') else ''}{line['message_id'] or '-'} {line['parent'] or '-'} "
                             f"{line['root'] or '-'}" for line in lines]


def check(number, name, is_right, got):
    if not is_right:
        print(f"# got {got}")
    print(f"{'ok' if is_right else 'not ok'} {number} - {name}")
    return is_right


def many(file, n):
    """A chain of N messages, then N that answer its end in a hostile order."""
    for i in range(n):
        file.write(FROM + b"Message-ID: <%d@chain.example.net>\nReferences: <%d@chain.example.net>\n\nx\n\n" % (i, i - 1))
    for i in range(n):
        file.write(FROM + b"Message-ID: <%d@late.example.net>\nReferences: <%d@late.example.net>\n\nx\n\n" % (i, i + 1))


def main():
    print(f"1..{len(CASES) + 2}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "box")
        for number, (name, content, wanted) in enumerate(CASES, 1):
            with open(path, "wb") as file:
                file.write(content)
            got = threads(path)
            check(number, name, got == (0, wanted), got)
        code, lines = threads(os.path.join(folder, "absent"))
        check(len(CASES) + 1, "a file that is not there: 66", code == 66 and not lines, code)
        with open(path, "wb") as file:
            many(file, 100000)
        code, lines = threads(path)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        is_small = peak < 64 or os.environ.get("SANITIZERS") == "yes"
        check(len(CASES) + 2, f"200,000 messages, chains in both orders, within 64 MB ({peak} MB)",
              code == 0 and len(lines) == 200002 and is_small, (code, len(lines), peak))


if __name__ == "__main__":
    sys.exit(main())

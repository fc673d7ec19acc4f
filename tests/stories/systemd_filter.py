#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit's list of system calls as systemd expands it, put round the whole program with libseccomp: every duty and the
readers, who load a filter of their own inside it, live under it. Needs no right."""
import ctypes
import os
import re
import shutil
import stat
import subprocess

import fp

UNIT = os.path.join(fp.TOP, "systemd", "forumpost.service.in")
FORUM = f"mobilitaet@{fp.DOMAIN}"
KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000

WRAPPER = """#!/bin/sh
exec python3 -B {script} --under-filter "$@"
"""


def words_of(key):
    with open(UNIT, encoding="utf-8") as file:
        return re.search(rf"(?m)^{key}=(.*)$", file.read()).group(1).split()


def expand(group):
    """The calls of a group, groups in it included; None if this systemd does not know it."""
    done = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None
    found = set()
    for line in done.stdout.splitlines()[1:]:
        word = line.strip()
        if word.startswith("@"):
            found |= expand(word)
        elif word and not word.startswith("#"):
            found.add(word)
    return found


def under_filter(arguments):
    """In the child: nothing but these calls from now on, as systemd does it."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    held = library.seccomp_init(KILL_PROCESS)
    for name in os.environ.pop("UNIT_CALLS").split():
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            library.seccomp_rule_add(held, ALLOW, number, 0)
    if library.seccomp_load(held) != 0:
        raise RuntimeError("seccomp_load failed")
    os.execv(arguments[0], arguments)


def main(story):
    calls = set()
    for word in words_of("SystemCallFilter"):
        group = expand(word) if word.startswith("@") else {word}
        story.ok(group is not None, f"SystemCallFilter={word} is known to this systemd")
        calls |= group or set()
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    wrapper = gateway.path("forumpost-under-filter")
    with open(wrapper, "w", encoding="utf-8") as file:
        file.write(WRAPPER.format(script=os.path.abspath(__file__)))
    os.chmod(wrapper, stat.S_IRWXU)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    os.environ["UNIT_CALLS"], os.environ["UNIT_PROGRAM"] = " ".join(sorted(calls)), fp.FORUMPOST
    fp.FORUMPOST = wrapper
    gateway.start()
    code, text = gateway.write("Neu <neu@example.net>", FORUM, "Mehr Radwege", "Bitte mehr Radwege.", dmarc="pass")
    story.equal(code, 250, f"under {len(calls)} calls a mail is read and kept")
    question = sink.wait("neu@example.net")
    story.ok(question is not None, "and the question is sent", gateway.log_from().decode()[-2000:])
    if question is not None:
        gateway.respond(question.message, "Neu <neu@example.net>", "JA", dmarc="pass")
        story.ok(sink.wait("neu@example.net", 2) is not None, "and the yes is understood")
    story.lacks(gateway.log_from().decode(), "duty.ended", "no duty was killed")
    story.equal(gateway.stop(), 0, "serve ends in order")


if __name__ == "__main__":
    import sys
    if sys.argv[1:2] == ["--under-filter"]:
        under_filter([os.environ["UNIT_PROGRAM"], *sys.argv[2:]])
    if not shutil.which("systemd-analyze"):
        fp.skip("systemd-analyze is not installed (package systemd)")
    if os.environ.get("SANITIZERS"):
        fp.skip("sanitizers need more calls than the program")
    with fp.Story("systemd_filter") as the_story:
        main(the_story)

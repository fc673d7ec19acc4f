#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGHUP while mail goes on: templates, words and the level of the log are read again, what is broken changes nothing
and is said, no process ends, no reader, no mail."""
import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import time

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
TEMPLATES = os.environ.get("FORUMPOST_TEMPLATES") or os.path.join(fp.TOP, "templates")


class World:
    def __init__(self, story):
        self.story, self.sink, self.n = story, fp.Sink(), 0
        self.gateway = fp.Gateway(story, relay_port=self.sink.port)
        self.templates = self.gateway.path("templates")
        shutil.copytree(TEMPLATES, self.templates)
        os.environ["FORUMPOST_TEMPLATES"] = self.templates
        self.gateway.must("init")
        self.gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
        self.gateway.start()

    def change(self, name, old, new):
        """In a template, or in the configuration (NAME None). Returns what undoes it."""
        path = self.gateway.config if name is None else os.path.join(self.templates, name)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if old not in text:
            raise RuntimeError(f"{old!r} is not in {path}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))

        def undo():
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return undo

    def hang_up(self, expected, count):
        """SIGHUP to serve; what it and its duties say from then on, once EXPECTED stands there COUNT times."""
        at = os.path.getsize(self.gateway.log)
        self.gateway.process.send_signal(signal.SIGHUP)
        fp.wait_for(lambda: len(re.findall(expected, self.gateway.log_from(at))) >= count)
        return self.gateway.log_from(at).decode()

    def question(self):
        """Somebody new writes; the question that they get."""
        self.n += 1
        who = f"neu{self.n}@example.net"
        self.gateway.write(f"Neu <{who}>", FORUM, "Mehr Radwege", "Bitte mehr Radwege bauen.", dmarc="pass")
        return self.sink.wait(who)


def processes(gateway):
    """Everything below serve: {pid: name}."""
    found, ask = {}, [gateway.process.pid]
    while ask:
        pid = ask.pop()
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
                found[pid] = file.read().strip()
            with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as file:
                ask += [int(child) for child in file.read().split()]
    return found


def duty(gateway, name):
    for pid in processes(gateway):
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            if file.read().split(b"\0")[-2] == name.encode():
                return pid
    raise RuntimeError(f"there is no {name}")


def words_change(story, world):
    before = processes(world.gateway)
    first = world.question()
    world.change("de/confirm-idea.txt", "Subject: ", "Subject: Neu gefasst: ")
    story.lacks(world.question().subject, "Neu gefasst", "a changed template waits for SIGHUP")
    said = world.hang_up(rb"reload\.done", 4)
    story.equal(sorted(re.findall(r"reload\.done process=(\w+)", said)), ["clock", "dispatch", "intake", "serve"],
                "serve and its three duties read again")
    story.equal(world.question().subject, "Neu gefasst: " + first.subject, "the next mail has the new words")
    world.change("de/words", "month_1 = ", "month_1 = Neu-")
    for month in range(2, 13):
        world.change("de/words", f"month_{month} = ", f"month_{month} = Neu-")
    world.hang_up(rb"reload\.done", 4)
    story.has(world.question().text, "Neu-", "the words beside the templates are read again")
    story.equal(processes(world.gateway), before, "no process ended, no reader either")


def broken_sets_change_nothing(story, world):
    good = world.question().subject
    for name, old, new, says in (
            ("de/confirm-idea.txt", "{{>_footer}}", "{{#forum_title}}{{>_footer}}", "template de/confirm-idea, line"),
            ("de/confirm-idea.txt", "Subject: Neu gefasst: ", "Subject: {{idea_titel}} ", "{{idea_titel}}"),
            ("de/confirm-idea.txt", "{{>_footer}}", "{{>_fuss}}", "{{>_fuss}}"),
            ("de/post.txt", "Subject: ", "Betreff: ", "its first line must be"),
            ("de/words", "month_1 = ", "month_1 ", "words of de, line")):
        undo = world.change(name, old, new)
        said = world.hang_up(rb"reload\.refused", 1)
        story.has(said, "reload.refused process=dispatch why=", f"{says}: refused")
        story.has(said, says, "and the sentence says where")
        story.equal(world.question().subject, good, "the old set goes on")
        undo()
    os.rename(os.path.join(world.templates, "de", "post.txt"), os.path.join(world.templates, "de", "gone"))
    story.has(world.hang_up(rb"reload\.refused", 1), "there is no template for post in de", "a missing text is refused")
    os.rename(os.path.join(world.templates, "de", "gone"), os.path.join(world.templates, "de", "post.txt"))
    os.rename(world.templates, world.templates + ".away")
    story.has(world.hang_up(rb"reload\.refused", 1), "the templates cannot be read", "so is a missing folder")
    story.equal(world.question().subject, good, "and mail goes on")
    os.rename(world.templates + ".away", world.templates)


def level_changes(story, world):
    with open(world.gateway.config, "a", encoding="utf-8") as file:
        file.write("[log]\nlevel = error\n")
    world.gateway.process.send_signal(signal.SIGHUP)

    def is_silent():
        at = os.path.getsize(world.gateway.log)
        world.question()
        return os.path.getsize(world.gateway.log) == at
    story.ok(fp.wait_for(is_silent), "level = error silences the verdicts of intake and the sent of dispatch")
    world.change(None, "level = error", "level = verbose")
    said = world.hang_up(rb"reload\.refused", 4)
    story.equal(len(re.findall(r'reload\.refused .*\[log\] level', said)), 4, "an unfit configuration is refused by all")
    world.change(None, "level = verbose", "level = info")
    story.has(world.hang_up(rb"reload\.done", 4), "reload.done", "and level = info brings the lines back")
    undo = world.change(None, "readers = 2", "readers = 3")
    story.has(world.hang_up(rb"needs-restart", 4), 'reload.needs-restart process=intake setting="[intake] readers"',
              "any other change is named: it takes a new start")
    undo()


def mail_goes_on(story, world):
    before = processes(world.gateway)
    n_before, n = len(world.sink.mails), 40
    for i in range(n):
        os.killpg(world.gateway.process.pid, signal.SIGHUP)  # all of them, the readers as well
        code, _ = world.gateway.write(f"Viele <viele{i}@example.net>", FORUM, f"Idee {i}", "Ein Text.", dmarc="pass")
        if code != 250:
            story.ok(False, "a mail is taken between two SIGHUP", code)
            return
    fp.wait_for(lambda: len(world.sink.mails) >= n_before + n)
    story.equal(len(world.sink.mails), n_before + n, f"{n} mails between {n} SIGHUP to every process: each asked about, once")
    story.equal(processes(world.gateway), before, "with the same processes as before")


def newborn_hears(story, world):
    at = os.path.getsize(world.gateway.log)
    os.kill(duty(world.gateway, "dispatch"), signal.SIGKILL)
    for _ in range(10):  # it is started again after a second
        world.gateway.process.send_signal(signal.SIGHUP)
        time.sleep(0.05)
    said = fp.wait_for(lambda: re.search(rb"reload\.done process=dispatch", world.gateway.log_from(at)))
    story.ok(said, "a duty that was being born when SIGHUP came hears of it", world.gateway.log_from(at).decode()[-2000:])
    story.equal(len(re.findall(rb"duty\.ended", world.gateway.log_from(at))), 1, "and was not killed by it")


def terminal_goes(story, world):
    story.equal(world.gateway.stop(), 0, "serve ends in order")
    master, slave = pty.openpty()
    with open(world.gateway.log, "ab") as log:
        at = log.tell()
        serve = subprocess.Popen(["setsid", "--ctty", fp.FORUMPOST, "-c", world.gateway.config, "serve"], stdin=slave,
                                 stdout=log, stderr=log)
    os.close(slave)
    story.at_end(serve.kill)
    fp.wait_for(lambda: b"ready:" in world.gateway.log_from(at))
    os.close(master)
    try:
        code = serve.wait(timeout=fp.PATIENCE_S)
    except subprocess.TimeoutExpired:
        code = None
    story.equal(code, 0, "serve on a terminal ends in order when its terminal is closed")


with fp.Story("reload") as the_story:
    the_world = World(the_story)
    words_change(the_story, the_world)
    broken_sets_change_nothing(the_story, the_world)
    level_changes(the_story, the_world)
    mail_goes_on(the_story, the_world)
    newborn_hears(the_story, the_world)
    terminal_goes(the_story, the_world)

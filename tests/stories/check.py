#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""forumpost check, typed by root about a service that has a user of its own: what root makes belongs to the service,
every path is tried with the service's rights, absence and permission are told apart, each complaint says what to do."""
import os
import shutil
import stat
import subprocess

import fp

SERVICE = "nobody"


class World:
    def __init__(self, story):
        self.sink = fp.Sink()
        self.gateway = fp.Gateway(story, relay_port=self.sink.port, intake={"socket_mode": "0660"})
        self.templates = self.gateway.path("templates")
        shutil.copytree(os.path.join(fp.TOP, "templates"), self.templates)
        os.environ["FORUMPOST_TEMPLATES"] = self.templates
        shutil.chown(self.gateway.folder, SERVICE)
        os.chmod(self.gateway.config, 0o644)

    def check(self):
        """{aspect: [(outcome, text), ...]} and the exit code."""
        done = self.gateway.run("check")
        found = {}
        for line in done.stdout.splitlines():
            outcome, aspect, text = line.split(None, 2)
            found.setdefault(aspect, []).append((outcome, text))
        return found, done.returncode

    def bad(self, story, aspect, part, code, what):
        found, got = self.check()
        lines = found.get(aspect, [])
        story.ok(any(outcome == "BAD" and part in text for outcome, text in lines), what, f"no {part!r} in {lines}")
        story.equal(got, code, f"exit {code}")


def owners(folder):
    found = {}
    for here, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(here, name)
            found[os.path.relpath(path, folder)] = os.lstat(path).st_uid
    return found


def root_leaves_nothing(story, world):
    gateway = world.gateway
    before = set(owners(gateway.folder))
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("dispatch", "--once")
    gateway.must("clock", "--once")
    big = fp.mail("A <a@example.net>", f"mobilitaet@{fp.DOMAIN}", "Groß", "x" * 70 + "\n" + ("y" * 70 + "\n") * 3000)
    done = gateway.run("deliver", "-r", f"mobilitaet@{fp.DOMAIN}", "-f", "a@example.net", data=big)
    story.equal(done.returncode, 0, "root delivers a large mail")
    uid = fp.os.stat(gateway.folder).st_uid
    made = {name: owner for name, owner in owners(gateway.folder).items() if name not in before}
    story.ok(any(name.startswith("spool/blob/") for name in made), "a blob was made")
    story.equal({name for name, owner in made.items() if owner != uid}, set(),
                "init, dispatch, clock and deliver as root: every file belongs to the owner of the folder")


def all_is_well(story, world):
    found, code = world.check()
    story.equal((code, [line for lines in found.values() for line in lines if line[0] == "BAD"]), (0, []), "nothing is bad")
    said = found["configuration"][0][1]
    story.ok("initiative.domain" in said and "storage.database" in said and "digest.hour" not in said,
             "the settings that the file gives are named, the others are not", said)
    story.has(found["user"][0][1], SERVICE, "it was tried as the service's user")
    story.has(found["listen"][0][1], "nobody listens there now", "it says that the gateway does not run")
    world.gateway.start()
    world.bad(story, "listen", "was `forumpost serve` started as root?", 77, "a gateway that root started")
    shutil.chown(world.gateway.path("lmtp.sock"), SERVICE)
    found, code = world.check()
    story.equal((code, found["listen"][0][0]), (0, "ok"), "and one that is the service's")
    world.gateway.stop()


def paths(story, world):
    gateway = world.gateway
    at = gateway.path
    os.chown(at("forumpost.db"), 0, 0)
    world.bad(story, "database", "is there, but may not be written by nobody: permission denied (root:root, mode 0600)", 77,
              "a database that is root's: permission, whose, which mode")
    shutil.chown(at("forumpost.db"), SERVICE)
    os.rename(at("forumpost.db"), at("away"))
    world.bad(story, "database", "is not there; `forumpost init` makes it", 78, "a missing database: absence")
    os.rename(at("away"), at("forumpost.db"))
    lock = at("forumpost.db.intake.lock")
    with open(lock, "w", encoding="utf-8"):
        os.chmod(lock, 0o600)
        os.chown(lock, 0, 0)
    world.bad(story, "database", "intake.lock is there, but may not be written", 77, "a lock file that is somebody else's")
    os.unlink(lock)
    os.chmod(at("spool"), 0)
    os.chown(at("spool"), 0, 0)
    world.bad(story, "spool", "spool is there, but may not be written", 77, "a spool that is forbidden")
    shutil.chown(at("spool"), SERVICE)
    os.chmod(at("spool"), 0o750)
    shutil.rmtree(at("spool/failed"))
    world.bad(story, "spool", "spool/failed is not there; `forumpost init` makes it", 78, "a folder of the spool that is missing")
    gateway.must("init")
    os.chmod(gateway.folder, 0o700)
    os.chown(gateway.folder, 0, 0)
    world.bad(story, "spool", f"{gateway.folder} may not be entered", 77, "a folder on the way that may not be entered is named")
    shutil.chown(gateway.folder, SERVICE)
    os.chmod(gateway.folder, 0o755)
    os.chmod(gateway.config, 0o600)
    os.chown(gateway.config, 0, 0)
    world.bad(story, "configuration", "may not be read by nobody", 77, "a configuration that only root can read")
    os.chmod(gateway.config, 0o644)


def with_listen(world, listen):
    """A second configuration beside the first."""
    path = world.gateway.path("other.conf")
    with open(world.gateway.config, encoding="utf-8") as file:
        lines = [f"listen = {listen}" if line.startswith("listen") else line.rstrip("\n") for line in file]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    done = subprocess.run([fp.FORUMPOST, "-c", path, "check"], capture_output=True, text=True, check=False)
    return "\n".join(line for line in done.stdout.splitlines() if line.split()[1] in ("listen", "deliverers")), done.returncode


def door(story, world):
    folder = world.gateway.path("socket")
    said, code = with_listen(world, f"unix:{folder}/lmtp.sock")
    story.ok(code == 78 and f"install -d -o {SERVICE} -g GROUP -m 2750 {folder}" in said, "a missing folder of the socket: the line to type",
             said)
    os.mkdir(folder, 0o755)
    said, code = with_listen(world, f"unix:{folder}/lmtp.sock")
    story.ok(code == 77 and f"may not make the socket in {folder}" in said, "a folder that is root's", said)
    shutil.chown(folder, SERVICE, "mail")
    os.chmod(folder, 0o750 | stat.S_ISGID)
    said, code = with_listen(world, f"unix:{folder}/lmtp.sock")
    story.ok(code == 0 and "the group mail can deliver" in said, "who can deliver is said", said)
    for listen in ("inet:0.0.0.0:8024", "inet:[::]:8024", "inet:192.0.2.1:8024"):
        said, code = with_listen(world, listen)
        story.ok(code == 78 and "is open to other machines" in said, f"{listen} is refused", said)
    said, code = with_listen(world, "inet:127.0.0.1:8024")
    story.ok(code == 0 and "every user of this machine can deliver" in said, "what loopback means is said", said)
    said, code = with_listen(world, f"inet:127.0.0.1:{fp.free_port()}")
    story.has(said, "nobody listens there now", "a free port is nobody's")


def way_out(story, world):
    """What a mail server answers about a recipient; no mail is sent."""
    own, contact = f"hilfe@{fp.DOMAIN}", "office@example.org"
    n_mails = len(world.sink.mails)
    for who, reply, code, outcome in ((contact, "554 5.7.1 Relay access denied", 78, "BAD"), (own, "550 5.1.1 User unknown", 78, "BAD"),
                                      (contact, "450 4.2.0 Greylisted", 0, "note")):
        world.sink.refuse = lambda verb, argument, who=who, reply=reply: reply if verb == "RCPT" and who in argument else None
        found, got = world.check()
        story.ok(got == code and any(o == outcome and who in text and reply in text for o, text in found["relay"]),
                 f"{reply}: {outcome}", found["relay"])
    world.sink.refuse = None
    found, got = world.check()
    story.equal((got, [o for o, _ in found["relay"]]), (0, ["ok"] * 3), "greeting, the contact, our own domain")
    story.equal(len(world.sink.mails), n_mails, "no mail was sent for it")


def templates(story, world):
    path = os.path.join(world.templates, "de", "post.txt")
    with open(path, "a", encoding="utf-8") as file:
        file.write("{{idea_titel}}\n")
    world.bad(story, "templates", "de/post: nothing is ever put in for {{idea_titel}}", 78, "an unknown placeholder")
    os.unlink(path)
    world.bad(story, "templates", "in de there is no text for: post", 78, "a mail without a text in the first language")
    shutil.copy(os.path.join(fp.TOP, "templates", "de", "post.txt"), path)
    os.unlink(os.path.join(world.templates, "en", "post.txt"))
    found, code = world.check()
    story.ok(code == 0 and ("note", "in en there is no text for: post; they go out in de") in found["templates"],
             "in another language it is only said", found["templates"])
    os.chmod(os.path.join(world.templates, "de"), 0o700)
    os.chown(os.path.join(world.templates, "de"), 0, 0)
    found, code = world.check()
    story.ok(code == 78 and found["templates"][0][0] == "BAD", "a folder of texts that the service cannot read", found["templates"])
    os.chmod(os.path.join(world.templates, "de"), 0o755)


def space(story, world):
    small = world.gateway.path("small")
    os.mkdir(small)
    for low, says in (("500", "less than [storage] low_water_mb: no mail is taken"), ("0", "MiB free")):
        small_disk(story, world, small, low, says)


def small_disk(story, world, small, low, says):
    script = ('mount -t tmpfs -o size=8m tmpfs "$1" && cp "$2" "$1/c.conf" && sed -i "s|^database.*|database = $1/f.db\\nlow_water_mb = $4|" "$1/c.conf" && '
              'chown nobody "$1" && "$3" -c "$1/c.conf" init && "$3" -c "$1/c.conf" check')
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script, "sh", small, world.gateway.config, fp.FORUMPOST, low],
                          capture_output=True, text=True, check=False)
    if "ready" not in done.stdout:
        fp.diag(f"skipped: no mount here: {done.stderr}")
        return
    line = [line for line in done.stdout.splitlines() if "f.db" in line and " space " in line]
    story.ok(done.returncode == 75 and line and line[0].startswith("BAD") and says in line[0],
             f"too little room is a fault (low_water_mb = {low})", done.stdout)


def a_contact_of_our_own(story, world):
    """Nobody would hear the operator's mails: check says so, and everything else works on."""
    gateway = fp.Gateway(story, relay_port=world.sink.port, initiative={"contact": f"kontakt@{fp.DOMAIN}"})
    gateway.must("init")
    done = gateway.run("check")
    lines = [line for line in done.stdout.splitlines() if line.startswith("BAD") and " contact " in line]
    story.ok(done.returncode == 78 and lines and "at the initiative's own domain" in lines[0], "a contact at our own domain is refused by check", done.stdout)
    gateway.start()
    story.equal(gateway.stop(), 0, "and stops no gateway that ran with it before")


def whose_word(story, world):
    """What [intake] says about Authentication-Results."""
    rows = [({"authserv_id": ""}, "authserv_id", "note", "no From is believed"),
            ({"authserv_id": fp.DOMAIN.upper()}, "authserv_id", "note", "which everybody can guess"),
            ({"authserv_id": f"\"mx.{fp.DOMAIN}\""}, "authserv_id", "BAD", "write the bare name"),
            ({"authserv_hops": "1"}, "authserv_hops", "note", "must take away"),
            ({}, "authserv_", None, None)]
    for settings, aspect, outcome, part in rows:
        done = fp.Gateway(story, relay_port=world.sink.port, intake=settings).run("check")
        lines = [line for line in done.stdout.splitlines() if f" {aspect}" in line]
        story.ok(not lines if outcome is None else len(lines) == 1 and lines[0].startswith(outcome) and part in lines[0],
                 f"{settings or 'a name of its own'}: {part or 'nothing to say'}", done.stdout)


if os.geteuid() != 0:
    fp.skip("only root can try as somebody else")
with fp.Story("check") as the_story:
    the_world = World(the_story)
    root_leaves_nothing(the_story, the_world)
    all_is_well(the_story, the_world)
    paths(the_story, the_world)
    door(the_story, the_world)
    way_out(the_story, the_world)
    templates(the_story, the_world)
    space(the_story, the_world)
    a_contact_of_our_own(the_story, the_world)
    whose_word(the_story, the_world)

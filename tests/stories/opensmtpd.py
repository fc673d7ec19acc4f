#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OpenSMTPD with filter-rspamd and rspamd, and the lines of doc/opensmtpd.md, in a network of its own where the world has
addresses: a citizen's idea, the question, her yes; what the filter writes; forged fields. The programs may be the system's, or
their unpacked packages lie below $FORUMPOST_OPENSMTPD (OpenSMTPD and Postfix cannot be installed together)."""
import fcntl
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

import checker
import fp
import mta
import proof

ROOT = os.environ.get("FORUMPOST_OPENSMTPD", "/")
PROGRAM, LIBEXEC = os.path.join(ROOT, "usr/sbin/smtpd"), os.path.join(ROOT, "usr/libexec/opensmtpd")
HERE = "203.0.113.1"
WORLD = [HERE, proof.PROVIDER, proof.OTHER, proof.EVIL]
SIOCSIFADDR, SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8916, 0x8913, 0x8914, 1


# ---- a network and files of our own ----

def bring_up(name, address):
    """An address on the loopback interface; no program of the system is needed for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = name.encode().ljust(16, b"\0")
        fcntl.ioctl(control, SIOCSIFADDR, request + struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(address)))
        flags = struct.unpack_from("=H", fcntl.ioctl(control, SIOCGIFFLAGS, request + bytes(16)), 16)[0]
        fcntl.ioctl(control, SIOCSIFFLAGS, request + struct.pack("=H14x", flags | IFF_UP))


def enter():
    """The same story once more, in namespaces of its own."""
    if os.environ.get("FORUMPOST_INSIDE"):
        return
    if os.geteuid() != 0 or not shutil.which("unshare"):
        fp.skip("a network of our own needs root and unshare")
    if not os.access(PROGRAM, os.X_OK) or not os.access(os.path.join(LIBEXEC, "filter-rspamd"), os.X_OK):
        fp.skip("OpenSMTPD is not installed (packages opensmtpd, opensmtpd-filter-rspamd)")
    if not checker.is_installed():
        fp.skip("rspamd is not installed (package rspamd)")
    if subprocess.run(["unshare", "-nm", "true"], capture_output=True, check=False).returncode != 0:
        fp.skip("no network namespace can be made here")
    os.environ["FORUMPOST_INSIDE"] = "yes"
    os.execvp("unshare", ["unshare", "-nm", sys.executable, *sys.argv])


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def furnish(folder):
    """OpenSMTPD has its places compiled in; its accounts come with its package."""
    for name in ("/var/spool", "/var/lib", "/run"):
        mount("-t", "tmpfs", "forumpost", name)
    for name in ("/var/spool/smtpd", "/var/lib/opensmtpd/empty"):
        os.makedirs(name)
    os.chmod("/var/spool/smtpd", 0o711)
    if ROOT != "/":
        mount("-t", "tmpfs", "forumpost", "/usr/libexec")
        shutil.copytree(LIBEXEC, "/usr/libexec/opensmtpd")
    accounts = {"passwd": [f"{name}:x:{n}:{n}::/nonexistent:/usr/sbin/nologin\n" for name, n in (("opensmtpd", 981), ("opensmtpq", 982))],
                "group": [f"{name}:x:{n}:\n" for name, n in (("opensmtpd", 981), ("opensmtpq", 982))]}
    for name, lines in accounts.items():
        with open(f"/etc/{name}", encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text + "".join(line for line in lines if line.split(":")[0] + ":" not in text))
        mount("--bind", os.path.join(folder, name), f"/etc/{name}")


# ---- the mail server ----

class Smtpd:
    def __init__(self, world, door):
        self.log = os.path.join(world.folder, "smtpd.log")
        config = os.path.join(world.folder, "smtpd.conf")
        lines = re.search(r"<<'EOF'\n(.*?)EOF\n", mta.documented("sh join", "opensmtpd"), re.S).group(1)
        aliases = os.path.join(world.folder, "aliases")
        with open(aliases, "w", encoding="utf-8"):
            pass
        # Everybody's mail server is on this machine here, so ours takes its own addresses only.
        listen = mta.documented("smtpd.conf-filter", "opensmtpd").replace("0.0.0.0", HERE) + "listen on 127.0.0.1\n"
        for there, here in (("listen on 0.0.0.0\n", listen), ("/run/forumpost/lmtp.sock", door),
                            ("= forumpost }", "= nobody }"), ("/etc/aliases", aliases)):
            if there not in lines:
                raise RuntimeError(f"doc/opensmtpd.md has no {there!r} any more")
            lines = lines.replace(there, here)
        with open(config, "w", encoding="utf-8") as file:
            file.write(lines)
        world.names.start(PROGRAM, "-d", "-f", config, log=self.log)
        if not fp.wait_for(self.answers):
            raise RuntimeError(f"smtpd does not start: {self.said()}")

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return file.read()[-3000:]

    @staticmethod
    def answers():
        try:
            socket.create_connection((HERE, 25), 1).close()
            return True
        except OSError:
            return False

    @staticmethod
    def send(sender, to, data, address=None):
        client = fp.Client((HERE, 25), hello="client.example.net", source=address or proof.OTHER)
        try:
            bare = sender if '"@' in sender else fp.email.utils.parseaddr(sender)[1]
            return client.deliver(bare, [to], data)[to]
        finally:
            client.quit()


def the_whole_way(story, world, smtpd, mailboxes):
    """Out through OpenSMTPD, too."""
    data = world.mail("Nora <nora@example.net>", "example.net", text="Mehr Bänke im Park.\n")
    story.equal(smtpd.send("nora@example.net", proof.FORUM, data, proof.OTHER)[0], 250, "a citizen's idea is taken")
    question = mailboxes.wait("nora@example.net")
    if not story.ok(question is not None, "the question comes to her mail server", smtpd.said()):
        return
    yes = world.names.sign(fp.answer(question.message, "Nora <nora@example.net>", "JA"), "example.net")
    smtpd.send("nora@example.net", fp.address_of(question.message["Reply-To"]), yes, proof.OTHER)
    receipt = mailboxes.wait("nora@example.net", 2)
    story.ok(receipt is not None and "idee-" in receipt.text, "her yes publishes it, and a receipt comes", smtpd.said())


def what_it_writes(story, head):
    top = head.partition(b"\r\n\r\n")[0].decode()
    fields = re.findall(r"(?m)^Authentication-Results: ([^\r]*(?:\r\n[ \t][^\r]*)*)", top)
    story.equal([sorted(re.findall(r"\b(dmarc|spf|dkim)=", field)) for field in fields], [["dkim", "dmarc", "spf"]], "the filter writes one field")
    story.ok(fields and fields[0].startswith(proof.ID), "with the listener's hostname", fields)
    story.equal(proof.fields_above(head), 0, "on top of OpenSMTPD's own Received field")


def down(story, world, rspamd, smtpd):
    rspamd.stop()
    for what, fields in proof.FIELDS.items():
        data = world.mail(proof.VICTIM, "evil.example", fields)
        code, text = smtpd.send("x@evil.example", proof.FORUM, data, proof.EVIL)
        if code == 250:
            story.equal(world.stored(data)[1], "ask-author T0", f"rspamd down: {what} is not believed")
        else:
            story.ok(400 <= code < 500, f"rspamd down: {what} waits at its sender ({code} {text})")
    rspamd.start()
    world.check(smtpd.send, world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "publish T1",
                "up again: genuine mail is believed again")


enter()
with fp.Story("opensmtpd") as the_story:
    bring_up("lo", "127.0.0.1")
    for number, own in enumerate(WORLD):
        bring_up(f"lo:{number + 1}", own)
    the_folder = tempfile.mkdtemp(prefix="forumpost-opensmtpd-")
    os.chmod(the_folder, 0o755)
    the_story.at_end(lambda: shutil.rmtree(the_folder, ignore_errors=True))
    furnish(the_folder)
    the_world = proof.World(the_story, the_folder)
    the_rspamd = checker.Rspamd(the_world, normal="bind_socket = \"127.0.0.1:11333\";\n")
    the_rspamd.start()
    the_mailboxes = fp.Sink(where=(proof.OTHER, 25))
    the_story.at_end(the_mailboxes.close)
    the_gateway = the_world.open_gateway(relay="inet:127.0.0.1:25")
    the_smtpd = Smtpd(the_world, the_gateway.door)
    what_it_writes(the_story, proof.genuine(the_world, the_smtpd.send))
    the_whole_way(the_story, the_world, the_smtpd, the_mailboxes)
    proof.forged(the_world, the_smtpd.send)
    proof.two_authors(the_world, the_smtpd.send)
    down(the_story, the_world, the_rspamd, the_smtpd)
    the_story.equal(the_gateway.stop(), 0, "serve ends cleanly")

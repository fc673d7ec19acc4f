#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenDKIM and OpenDMARC behind a real Postfix, with the lines of doc/postfix.md: what they write, where it stands, and what
becomes of forged fields while both work, while either is down, and while both are."""
import os
import re
import shutil
import socket
import subprocess
import tempfile

import fp
import mta
import names
import proof

ADD = {"opendkim.conf": "Syslog no\nRequireSafeKeys no\nUserID opendkim\nNameservers {names}\nPidFile {folder}/opendkim.pid\n",
       "opendmarc.conf": "Syslog no\nUserID opendmarc\nPidFile {folder}/opendmarc.pid\n"
                         "PublicSuffixList /usr/share/publicsuffix/public_suffix_list.dat\n"}


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Milters:
    """The two programs with the doc's configuration, on ports of our own."""

    def __init__(self, world):
        self.world, self.ports, self.running = world, {"8891": fp.free_port(), "8893": fp.free_port()}, {}
        for name, more in ADD.items():
            text = self.local(mta.documented(name)) + more.format(names=world.names.address, folder=world.folder)
            with open(os.path.join(world.folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run(["opendkim-genkey", "-b", "2048", "-d", fp.DOMAIN, "-s", "mail", "-D", world.folder], check=True, capture_output=True)
        shutil.chown(os.path.join(world.folder, "mail.private"), "opendkim", "opendkim")

    def local(self, text):
        for there, here in self.ports.items():
            text = text.replace(there, str(here))
        return text.replace("/etc/dkimkeys", self.world.folder)

    def start(self, name):
        option = "-x" if name == "opendkim" else "-c"
        log = os.path.join(self.world.folder, name + ".log")
        self.running[name] = self.world.names.start(name, "-f", option, os.path.join(self.world.folder, name + ".conf"), log=log)
        port = self.ports["8891" if name == "opendkim" else "8893"]
        if not fp.wait_for(lambda: answers(port)):
            with open(log, encoding="utf-8") as file:
                raise RuntimeError(f"{name} does not start: {file.read()}")

    def stop(self, name):
        names.stop(self.running[name])


def what_they_write(story, world, head):
    top = head.partition(b"\r\n\r\n")[0].decode()
    fields = re.findall(r"(?m)^Authentication-Results: ([^\r]*(?:\r\n[ \t][^\r]*)*)", top)
    story.equal([re.findall(r"\b(dmarc|spf|dkim)=", field) for field in fields], [["dmarc"], ["spf"], ["dkim"]],
                "they write three fields: dmarc, spf, dkim")
    story.ok(all(field.startswith(proof.ID) for field in fields), "each with the name that the doc sets", fields)
    story.equal(proof.fields_above(head), 0, "on top of Postfix's own Received field")


def what_we_send(story, world, postfix):
    """A genuine stranger gets an answer at her address; somebody else's SPF pass makes us write to nobody."""
    help_address = f"hilfe@{fp.DOMAIN}"
    send = postfix.send
    send("x@evil.example", help_address, world.mail("Anna <anna@example.org>", "evil.example", to=help_address, text="hilfe\n"), proof.EVIL)
    data = world.mail("Nora <nora@example.net>", "example.net", to=help_address, text="hilfe\n")
    send("nora@example.net", help_address, data, proof.OTHER)
    answer = postfix.wait("nora@example.net")
    if story.ok(answer is not None, "hilfe from a domain without DMARC, but with SPF and DKIM of its own, is answered", postfix.maillog()[-2000:]):
        signature = str(answer["DKIM-Signature"] or "")
        story.ok(re.search(r"\bd=" + re.escape(fp.DOMAIN), signature), "our own mail is signed on its way out", answer.as_string()[:1500])
    story.equal(len(postfix.mailbox("anna@example.org")), 0, "hilfe in her name, with SPF pass for the attacker's domain, is not")


def down(story, world, milters, send):
    every = "".join(proof.FIELDS.values())
    cases = [("opendmarc", ["opendmarc"], "publish T1"), ("opendkim", ["opendkim"], "publish T1"),
             ("both", ["opendkim", "opendmarc"], "ask-author T0")]
    for what, stopped, genuine in cases:
        for name in stopped:
            milters.stop(name)
        world.check(send, world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, genuine,
                    f"{what} down: genuine mail goes on with what is left")
        for fields in (proof.FIELDS["a forged field"], every):
            world.check(send, world.mail(proof.VICTIM, "evil.example", fields), "x@evil.example", proof.EVIL, "ask-author T0",
                        f"{what} down: mail goes on, and a forged field is not believed")
        for what_else, identity in proof.SIGNATURES.items():
            world.check(send, world.mail(proof.VICTIM, "evil.example", i=proof.encoded(identity)), "x@evil.example", proof.EVIL,
                        "ask-author T0", f"{what} down: nor is {what_else}")
        for name in stopped:
            milters.start(name)
    world.check(send, world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "publish T1",
                "up again: genuine mail is believed again")


with fp.Story("milters") as the_story:
    for program in ("opendkim", "opendmarc", "opendkim-genkey"):
        if not shutil.which(program, path="/usr/sbin:/usr/bin"):
            fp.skip(f"{program} is not installed (packages opendkim, opendkim-tools, opendmarc)")
    the_folder = tempfile.mkdtemp(prefix="forumpost-milters-")
    os.chmod(the_folder, 0o755)
    the_story.at_end(lambda: shutil.rmtree(the_folder, ignore_errors=True))
    the_world = proof.World(the_story, the_folder)
    the_milters = Milters(the_world)
    the_milters.start("opendkim")
    the_milters.start("opendmarc")
    the_postfix = mta.Postfix(the_story, ["vera@example.org", "anna@example.org", "nora@example.net"],
                              extra=mta.documented("main.cf-results") + the_milters.local(mta.documented("main.cf-opendkim")),
                              files={"header_checks": mta.documented("header_checks")})
    the_world.open_gateway(relay=f"inet:127.0.0.1:{the_postfix.inside}", intake={"listen": f"unix:{the_postfix.socket}"})
    the_head = proof.genuine(the_world, the_postfix.send)
    what_they_write(the_story, the_world, the_head)
    proof.forged(the_world, the_postfix.send)
    proof.two_authors(the_world, the_postfix.send)
    proof.from_here(the_world, the_postfix.send)
    what_we_send(the_story, the_world, the_postfix)
    down(the_story, the_world, the_milters, the_postfix.send)
    the_story.equal(the_world.gateway.stop(), 0, "serve ends cleanly")

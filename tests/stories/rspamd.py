#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rspamd behind a real Postfix, with the lines of doc/postfix.md: what it writes and where, what becomes of forged fields while it
works and while it is down, and that it signs what we send."""
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

CONFIG = "/etc/rspamd/rspamd.conf"
START_S = 180 # it compiles its patterns first


class Rspamd:
    """The real one with its own configuration, the doc's file in local.d, and ports and a name server of this story."""

    def __init__(self, world):
        self.world, self.port, self.process = world, fp.free_port(), None
        self.folder = os.path.join(world.folder, "rspamd")
        for name in ("local.d", "run", "db/dkim", "log"):
            os.makedirs(os.path.join(self.folder, name))
        files = {
            "options.inc": f"dns {{ nameserver = [\"{world.names.address}\"]; timeout = 1s; retransmits = 2; }}\n",
            "worker-proxy.inc": f"bind_socket = \"127.0.0.1:{self.port}\";\nupstream \"local\" {{ default = yes; self_scan = yes; }}\n",
            "worker-normal.inc": "enabled = false;\n",
            "worker-controller.inc": f"bind_socket = \"127.0.0.1:{fp.free_port()}\";\n",
            "logging.inc": "type = \"console\";\n",
            "milter_headers.conf": mta.documented("rspamd-milter_headers"),
            "dkim_signing.conf": mta.documented("rspamd-dkim_signing").replace("/var/lib/rspamd", os.path.join(self.folder, "db")),
        }
        for name, text in files.items():
            with open(os.path.join(self.folder, "local.d", name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run(["rspamadm", "dkim_keygen", "-b", "2048", "-d", fp.DOMAIN, "-s", "dkim", "-k",
                        os.path.join(self.folder, f"db/dkim/{fp.DOMAIN}.dkim.key")], check=True, capture_output=True)
        subprocess.run(["chown", "-R", "_rspamd:", self.folder], check=True)

    def start(self):
        places = {"LOCAL_CONFDIR": "", "RUNDIR": "run", "DBDIR": "db", "LOGDIR": "log"}
        log = os.path.join(self.world.folder, "rspamd.log")
        self.process = self.world.names.start(
            "rspamd", "-f", "-c", CONFIG, "-u", "_rspamd", "-g", "_rspamd",
            *(f"--var={name}={os.path.join(self.folder, place)}" for name, place in places.items()), log=log)
        if not fp.wait_for(self.answers, START_S):
            with open(log, encoding="utf-8", errors="replace") as file:
                raise RuntimeError(f"rspamd does not start: {file.read()[-3000:]}")

    def stop(self):
        names.stop(self.process)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def local(self, text):
        return text.replace("11332", str(self.port))


def what_it_writes(story, head):
    top = head.partition(b"\r\n\r\n")[0].decode()
    fields = re.findall(r"(?m)^Authentication-Results: ([^\r]*(?:\r\n[ \t][^\r]*)*)", top)
    story.equal([sorted(re.findall(r"\b(dmarc|spf|dkim)=", field)) for field in fields], [["dkim", "dmarc", "spf"]], "it writes one field")
    story.ok(fields and fields[0].startswith(proof.ID), "which bears Postfix's myhostname", fields)
    story.equal(proof.fields_above(head), 1, "below Postfix's own Received field")


def what_we_send(story, world, postfix):
    help_address = f"hilfe@{fp.DOMAIN}"
    postfix.send("x@evil.example", help_address, world.mail("Anna <anna@example.org>", "evil.example", to=help_address, text="hilfe\n"), proof.EVIL)
    sender = proof.SENDERS["one that ends a comment"]
    postfix.send(sender, help_address, world.mail(proof.VICTIM, to=help_address, text="hilfe\n"), proof.EVIL)
    data = world.mail("Nora <nora@example.net>", "example.net", to=help_address, text="hilfe\n")
    postfix.send("nora@example.net", help_address, data, proof.OTHER)
    answer = postfix.wait("nora@example.net")
    if story.ok(answer is not None, "hilfe from a domain without DMARC, but with SPF and DKIM of its own, is answered", postfix.maillog()[-2000:]):
        signature = str(answer["DKIM-Signature"] or "")
        story.ok(re.search(r"\bd=" + re.escape(fp.DOMAIN), signature), "our own mail is signed on its way out", answer.as_string()[:1500])
    helped = [m for who in ("anna@example.org", "vera@example.org") for m in postfix.mailbox(who) if "hilfe" in str(m["From"])]
    story.equal(len(helped), 0, "hilfe in somebody's name, with SPF pass for the attacker's domain, is not")


with fp.Story("rspamd") as the_story:
    if not shutil.which("rspamd") or not os.path.exists(CONFIG):
        fp.skip("rspamd is not installed (package rspamd)")
    the_folder = tempfile.mkdtemp(prefix="forumpost-rspamd-")
    os.chmod(the_folder, 0o755)
    the_story.at_end(lambda: shutil.rmtree(the_folder, ignore_errors=True))
    the_world = proof.World(the_story, the_folder)
    the_rspamd = Rspamd(the_world)
    the_rspamd.start()
    the_postfix = mta.Postfix(the_story, ["vera@example.org", "anna@example.org", "nora@example.net"],
                              extra=mta.documented("main.cf-results") + the_rspamd.local(mta.documented("main.cf-rspamd")),
                              files={"header_checks": mta.documented("header_checks")})
    the_world.open_gateway(relay=f"inet:127.0.0.1:{the_postfix.inside}",
                           intake={"listen": f"unix:{the_postfix.socket}", "authserv_hops": "1"})
    what_it_writes(the_story, proof.genuine(the_world, the_postfix.send))
    proof.forged(the_world, the_postfix.send)
    proof.two_authors(the_world, the_postfix.send)
    what_we_send(the_story, the_world, the_postfix)
    the_rspamd.stop()
    for name, fields in proof.FIELDS.items():
        the_world.check(the_postfix.send, the_world.mail(proof.VICTIM, "evil.example", fields), "x@evil.example", proof.EVIL, "ask-author T0",
                        f"down: mail goes on, and {name} is not believed")
    the_rspamd.start()
    the_world.check(the_postfix.send, the_world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "publish T1",
                    "up again: genuine mail is believed again")
    the_story.equal(the_world.gateway.stop(), 0, "serve ends cleanly")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rspamd behind a real Postfix, with the lines of doc/postfix.md: what it writes and where, what becomes of forged fields while it
works and while it is down, and that it signs what we send."""
import os
import re
import shutil
import tempfile

import checker
import fp
import mta
import proof

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
    the_folder = tempfile.mkdtemp(prefix="forumpost-rspamd-")
    os.chmod(the_folder, 0o755)
    the_story.at_end(lambda: shutil.rmtree(the_folder, ignore_errors=True))
    the_world = proof.World(the_story, the_folder)
    the_rspamd = checker.Rspamd(the_world)
    the_rspamd.start()
    the_postfix = mta.Postfix(the_story, ["vera@example.org", "anna@example.org", "nora@example.net"],
                              extra=mta.documented("main.cf-results") + the_rspamd.local(mta.documented("main.cf-rspamd")),
                              files={"header_checks": mta.documented("header_checks")})
    the_world.open_gateway(relay=f"inet:127.0.0.1:{the_postfix.inside}",
                           intake={"listen": f"unix:{the_postfix.socket}", "authserv_hops": "1"})
    what_it_writes(the_story, proof.genuine(the_world, the_postfix.send))
    proof.forged(the_world, the_postfix.send)
    proof.two_authors(the_world, the_postfix.send)
    proof.from_here(the_world, the_postfix.send)
    what_we_send(the_story, the_world, the_postfix)
    the_rspamd.stop()
    the_world.check(the_postfix.send, the_world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "ask-author T0",
                    "down: the author of genuine mail is asked")
    for name, fields in proof.FIELDS.items():
        the_world.check(the_postfix.send, the_world.mail(proof.VICTIM, "evil.example", fields), "x@evil.example", proof.EVIL, "ask-author T0",
                        f"down: mail goes on, and {name} is not believed")
    the_rspamd.start()
    the_world.check(the_postfix.send, the_world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "publish T1",
                    "up again: genuine mail is believed again")
    the_story.equal(the_world.gateway.stop(), 0, "serve ends cleanly")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Exim with Debian's configuration and the lines of doc/exim.md: what it writes about mails, what becomes of forged fields,
and that an unknown forum is refused where the doc says so. The program may be the system's, or its unpacked packages lie below
$FORUMPOST_EXIM (Exim and Postfix cannot be installed together)."""
import os
import re
import shutil
import stat
import subprocess
import tempfile

import fp
import mta
import names
import proof

ROOT = os.environ.get("FORUMPOST_EXIM", "/")
PROGRAM = os.path.join(ROOT, "usr/sbin/exim4")
DEBCONF = """\
dc_eximconfig_configtype='internet'
dc_other_hostnames=''
dc_local_interfaces='127.0.0.1'
dc_readhost=''
dc_relay_domains='{domain}'
dc_minimaldns='false'
dc_relay_nets=''
dc_smarthost=''
CFILEMODE='644'
dc_use_split_config='{split}'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
"""
OWN = """\
SPOOLDIR = {folder}/spool
log_file_path = {folder}/log/%slog
primary_hostname = mx.{domain}
smtp_enforce_sync = false
"""


def blocks():
    """{file below /etc/exim4: text} of the doc."""
    with open(os.path.join(fp.TOP, "doc", "exim.md"), encoding="utf-8") as file:
        return dict(re.findall(r"```exim:(\S+)\n(.*?)```", file.read(), re.S))


class Exim:
    """One configuration in a folder of its own. CHANGES are made in the doc's text: {there: here}."""

    def __init__(self, world, changes, split=True, tcp=False):
        self.world, self.n = world, 0
        self.folder = tempfile.mkdtemp(prefix="exim-", dir=world.folder)
        os.chmod(self.folder, 0o755)
        self.etc, self.config = os.path.join(self.folder, "exim4"), os.path.join(self.folder, "exim.conf")
        shutil.copytree(os.path.join(ROOT, "etc/exim4"), self.etc)
        for name in ("spool", "log"):
            os.mkdir(os.path.join(self.folder, name))
        self.accounts()
        files = {name: text for name, text in blocks().items() if not name.endswith(".tcp")}
        if tcp:
            files |= {"conf.d/transport/30_forumpost": blocks()["conf.d/transport/30_forumpost.tcp"]}
            files["forumpost_rcpt"] += blocks()["forumpost_rcpt.tcp"]
        for there, here in {**changes, "/etc/exim4": self.etc}.items():
            files = {name: text.replace(there, here) for name, text in files.items()}
        files = files if split else self.unsplit(files)
        files["conf.d/main/000_forumpost" if split else "exim4.conf.localmacros"] += OWN.format(folder=self.folder, domain=fp.DOMAIN)
        self.write(files)
        self.write({"update-exim4.conf.conf": DEBCONF.format(domain=fp.DOMAIN, split="true" if split else "false")})
        self.generate()

    def write(self, files):
        for name, text in files.items():
            with open(os.path.join(self.etc, name), "w", encoding="utf-8") as file:
                file.write(text)

    def unsplit(self, files):
        """As the doc says for the other configuration."""
        with open(os.path.join(self.etc, "exim4.conf.template"), encoding="utf-8") as file:
            template = file.read()
        for part in ("router", "transport"):
            [text] = [text for name, text in files.items() if name.startswith(f"conf.d/{part}/")]
            template = re.sub(rf"(?m)^begin {part}s\n", lambda found, text=text: found.group(0) + "\n" + text, template, count=1)
        return {"exim4.conf.template": template, "exim4.conf.localmacros": files["conf.d/main/000_forumpost"],
                "forumpost_rcpt": files["forumpost_rcpt"], "forumpost_data": files["forumpost_data"]}

    def accounts(self):
        """Exim wants its user to be there, which only its package makes."""
        for name, line in (("passwd", "Debian-exim:x:987:987::/nonexistent:/usr/sbin/nologin\n"), ("group", "Debian-exim:x:987:\n")):
            with open(f"/etc/{name}", encoding="utf-8") as file:
                text = file.read()
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text if "Debian-exim:" in text else text + line)

    def run(self, *arguments, data=None):
        script = ('mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/group" /etc/group && '
                  'chown -R Debian-exim: "$1/spool" "$1/log" && shift && exec "$@"')
        return subprocess.run(self.world.names.inside("sh", "-c", script, "sh", self.folder, *arguments), input=data, capture_output=True,
                              check=False, timeout=120)

    def generate(self):
        """With Debian's own script, told where this Exim and its files lie."""
        with open(os.path.join(ROOT, "usr/sbin/update-exim4.conf"), encoding="utf-8") as file:
            script = file.read().replace('"/etc/exim4/', '"${UPEX4C_confdir}/').replace('EXIM="/usr/sbin/exim4"', f'EXIM="{PROGRAM}"')
        path = os.path.join(self.folder, "update-exim4.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        done = self.run(path, "-d", self.etc, "-o", self.config)
        if done.returncode != 0 or not os.path.exists(self.config):
            raise RuntimeError(f"update-exim4.conf: {done.stdout}{done.stderr}")
        with open(self.config, encoding="utf-8") as file:
            text = file.read().replace("/usr/sbin/exim4", PROGRAM)
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(text)

    def exim(self, *arguments, data=None):
        done = self.run(PROGRAM, "-C", self.config, *arguments, data=data)
        return (done.stdout + done.stderr).decode("utf-8", "replace")

    def send(self, sender, to, data, address=None):
        """Somebody's mail comes in from ADDRESS; delivery is over when this returns: Exim's last word, (250, ...) or a refusal."""
        stuffed = data.replace(b"\r\n.", b"\r\n..")
        bare = sender if '"@' in sender else fp.email.utils.parseaddr(sender)[1]
        talk = f"EHLO client.example.net\r\nMAIL FROM:<{bare}>\r\nRCPT TO:<{to}>\r\nDATA\r\n".encode() + stuffed + b"\r\n.\r\nQUIT\r\n"
        said = self.exim("-bs", "-odf", "-oMa", address or proof.EVIL, data=talk)
        replies = [(int(code), text) for code, text in re.findall(r"(?m)^(\d{3}) (.*)", said)]
        refused = [reply for reply in replies if reply[0] >= 400]
        taken = [reply for reply in replies if reply[1].startswith("OK id=")]
        return (refused + taken + [(0, said)])[0]

    def log(self):
        with open(os.path.join(self.folder, "log", "mainlog"), encoding="utf-8", errors="replace") as file:
            return file.read()


def what_it_writes(story, head, has_spf):
    top = head.partition(b"\r\n\r\n")[0].decode()
    fields = re.findall(r"(?m)^Authentication-Results: ([^\r]*(?:\r\n[ \t][^\r]*)*)", top)
    methods = ["dkim", "spf"] if has_spf else ["dkim"]
    story.equal([sorted(re.findall(r"\b(dmarc|spf|dkim)=", field)) for field in fields], [methods], "it writes one field, and knows no DMARC")
    story.ok(fields and fields[0].startswith(proof.ID), "with the name that the doc sets", fields)
    story.equal(proof.fields_above(head), 0, "on top of its own Received field")


def unknown_forums(story, world):
    """Over TCP Exim asks ahead."""
    port = fp.free_port()
    gateway = world.open_gateway(relay="inet:127.0.0.1:9", intake={"listen": f"inet:127.0.0.1:{port}"})
    exim = Exim(world, {"8024": str(port)}, tcp=True)
    nobody = f"gibtsnicht@{fp.DOMAIN}"
    said = exim.send("vera@example.org", nobody, world.mail(proof.VICTIM, to=nobody), proof.PROVIDER)
    story.equal(said[0], 550, "with the lines for TCP an unknown forum is refused inside the dialogue")
    world.check(exim.send, world.mail(proof.VICTIM, "example.org"), "vera@example.org", proof.PROVIDER, "publish T1", "and a known one is not")
    gateway.stop()


with fp.Story("exim") as the_story:
    if not os.access(PROGRAM, os.X_OK) or not os.path.isdir(os.path.join(ROOT, "etc/exim4/conf.d")):
        fp.skip("Exim is not installed (package exim4-daemon-heavy)")
    the_folder = tempfile.mkdtemp(prefix="forumpost-exim-")
    os.chmod(the_folder, 0o755)
    the_story.at_end(lambda: shutil.rmtree(the_folder, ignore_errors=True))
    the_world = proof.World(the_story, the_folder)
    the_gateway = the_world.open_gateway(relay="inet:127.0.0.1:9")
    the_changes = {"/run/forumpost/lmtp.sock": the_gateway.door}
    the_exim = Exim(the_world, the_changes)
    the_about = the_exim.exim("-bV")
    the_story.ok("Exim version" in the_about, "Exim takes Debian's configuration with the doc's lines", the_about)
    the_story.has(the_exim.exim("-bt", proof.FORUM), "router = forumpost", "a forum's address goes to the gateway")
    the_story.has(Exim(the_world, the_changes, split=False).exim("-bt", proof.FORUM), "router = forumpost", "in the unsplit configuration, too")
    the_story.at_end(lambda: fp.diag(the_exim.log()[-3000:]) if the_story.n_failed else None)
    the_head = proof.genuine(the_world, the_exim.send)
    what_it_writes(the_story, the_head, " SPF " in the_about)
    proof.forged(the_world, the_exim.send)
    proof.two_authors(the_world, the_exim.send)
    the_story.equal(the_gateway.stop(), 0, "serve ends cleanly")
    unknown_forums(the_story, the_world)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Postfix on loopback ports with its own configuration, queue and mailboxes, so that a story can go the whole way:
from a citizen's mail client to a mailbox. The lines that join it to the gateway are taken from doc/postfix.md."""
import email.utils
import glob
import os
import re
import shutil
import smtplib
import subprocess
import tempfile

import fp

DAEMONS = "/usr/lib/postfix/sbin"

MASTER = """\
127.0.0.1:{outside} inet n - n - - smtpd
  -o syslog_name=outside -o mynetworks= -o smtpd_authorized_xclient_hosts=127.0.0.1 {stamped}
127.0.0.1:{inside} inet n - n - - smtpd
  -o syslog_name=inside -o smtpd_recipient_restrictions=permit_mynetworks,reject -o smtpd_reject_unlisted_recipient=no
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
stamp unix n - n - 0 cleanup
  -o header_checks=regexp:{folder}/stamp
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.{domain}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
smtputf8_enable = yes
biff = no
minimal_backoff_time = 2s
maximal_backoff_time = 5s
queue_run_delay = 2s
address_verify_poll_delay = 1s
default_transport = error:there is no way out of this test
virtual_mailbox_domains = example.net, example.org, example.com
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_transport = virtual
"""


def documented(language, name="postfix"):
    """The block of that name in doc/NAME.md."""
    with open(os.path.join(fp.TOP, "doc", name + ".md"), encoding="utf-8") as file:
        return re.search(r"```" + re.escape(language) + r"\n(.*?)```", file.read(), re.S).group(1)


class Postfix:
    """`outside` is the port for people's mail, `inside` the one for the gateway's. MAILBOXES
    are all the addresses of example.net, .org and .com that there are. Mail of addresses in AUTHENTIC
    (patterns) gets a passing Authentication-Results field below Postfix's own Received field, as rspamd would write it:
    the gateway wants authserv_hops = 1. EXTRA are lines for main.cf, FILES further files {name: text}; where the lines say
    /etc/postfix, the folder of this Postfix is meant."""

    def __init__(self, story, mailboxes, authentic=(), extra="", files=None):
        if os.geteuid() != 0:
            fp.skip("a Postfix of our own needs root")
        if not os.path.exists("/usr/sbin/postfix"):
            fp.skip("Postfix is not installed (package postfix)")
        self.folder = tempfile.mkdtemp(prefix="forumpost-postfix-")
        os.chmod(self.folder, 0o755)
        story.at_end(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        for name in ("queue", "data", "mail", "queue/forumpost"):
            os.mkdir(os.path.join(self.folder, name), 0o755)
        shutil.chown(os.path.join(self.folder, "data"), "postfix")
        shutil.chown(os.path.join(self.folder, "mail"), 65534, 65534)
        self.outside, self.inside = fp.free_port(), fp.free_port()
        self.socket = os.path.join(self.folder, "queue", "forumpost", "lmtp.sock")
        self.write(mailboxes, authentic, extra, files or {})
        self.postfix("start")
        story.at_end(lambda: self.postfix("stop"))
        if not fp.wait_for(self.answers):
            raise RuntimeError(f"Postfix does not answer:\n{self.maillog()}")

    def write(self, mailboxes, authentic, extra, more):
        facts = {"folder": self.folder, "domain": fp.DOMAIN, "daemons": DAEMONS, "outside": self.outside, "inside": self.inside,
                 "stamped": "-o cleanup_service_name=stamp" if authentic else ""}
        files = {
            "main.cf": MAIN.format(**facts) + documented("main.cf") + documented("restrictions") +
            extra.replace("/etc/postfix", self.folder),
            "master.cf": MASTER.format(**facts),
            "mailboxes": "".join(f"{address} {address.split('@')[0]}/\n" for address in mailboxes),
            "stamp": f"/^Authentication-Results:.*mx\\.{fp.DOMAIN}/ IGNORE\n" + "".join(
                f"/^From:.*{who.replace('.', '[.]')}/ PREPEND Authentication-Results: mx.{fp.DOMAIN}; "
                f"dmarc=pass header.from={who.rsplit('@')[-1]}\n" for who in authentic),
            **more,
        }
        for name, text in files.items():
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def postfix(self, verb):
        done = subprocess.run(["postfix", "-c", self.folder, verb], capture_output=True, text=True, check=False, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"postfix {verb}: {done.stdout}{done.stderr}{self.maillog()}")

    def answers(self):
        try:
            with smtplib.SMTP("127.0.0.1", self.outside, timeout=5) as client:
                return client.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def maillog(self):
        try:
            with open(os.path.join(self.folder, "maillog"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def send(self, sender, to, data, address=None):
        """Somebody's mail comes in from the world (from ADDRESS, if given): the reply of the dialogue, (250, ...) or the refusal.
        SENDER may have a name; a local part in quotes goes into the envelope as it is."""
        client = fp.Client(("127.0.0.1", self.outside), hello="client.example.net")
        if address:
            client.command(f"XCLIENT ADDR={address} NAME=[UNAVAILABLE]")
            client.command("EHLO client.example.net")
        try:
            bare = sender if '"@' in sender else email.utils.parseaddr(sender)[1]
            return client.deliver(bare, [to], data)[to]
        finally:
            client.quit()

    def mailbox(self, address):
        """What lies in a person's mailbox, oldest first, parsed."""
        found = []
        for path in glob.glob(os.path.join(self.folder, "mail", address.split("@")[0], "new", "*")):
            with open(path, "rb") as file:
                found.append((os.stat(path).st_mtime_ns, path, fp.parse(file.read())))
        return [message for _, _, message in sorted(found, key=lambda f: f[:2])]

    def wait(self, address, count=1, seconds=None):
        """The COUNT-th mail in the mailbox, or None if it does not come."""
        fp.wait_for(lambda: len(self.mailbox(address)) >= count, seconds)
        box = self.mailbox(address)
        return box[count - 1] if len(box) >= count else None

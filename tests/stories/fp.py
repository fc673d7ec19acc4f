# SPDX-License-Identifier: GPL-3.0-or-later
"""What every story needs: TAP, a gateway in a folder of its own, clients and servers that speak LMTP and SMTP.
Standard library only. A story reads: make a Gateway, let people write, look at what went out and what is stored."""
import contextlib
import datetime
import email
import email.header
import email.message
import email.policy
import functools
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback

FORUMPOST = os.environ.get("FORUMPOST", os.path.join(os.getcwd(), "forumpost"))
TOP = os.environ.get("top_srcdir", os.path.join(os.path.dirname(__file__), "..", ".."))
DOMAIN = "beteiligung.example.org"
# Sanitizers and busy machines make everything slower; a story waits this long for what must happen at once.
PATIENCE_S = float(os.environ.get("STORY_PATIENCE_S", "30"))


OPERATOR = "office@example.org"
# Who wrote to a gateway or is in a forum, and every mail server that took mails: of this one story, for its canary.
PEOPLE, SINKS = set(), []


# ---- TAP ----

class Story:
    """One script, numbered checks. Use as `with Story("name") as story:`; an exception is a failed check."""

    def __init__(self, name):
        self.name, self.n, self.n_failed = name, 0, 0
        self.closers, self.told = [], {}

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None and kind is not SystemExit:
            self.ok(False, f"{self.name} ran to its end")
            for line in traceback.format_exception(kind, value, trace):
                diag(line)
        if self.n > 0:
            self.nobody_is_told_an_address()
        for close in reversed(self.closers):
            with contextlib.suppress(Exception):
                close()
        if kind is not SystemExit or self.n > 0: # skip() has said its own plan
            print(f"1..{self.n}", flush=True)
        return kind is not SystemExit

    def may_be_told(self, address, why):
        """ADDRESS may stand in mails to others, for the reason that is given."""
        self.told[address.lower()] = why

    def nobody_is_told_an_address(self):
        """At the end of every story: in no mail that any Sink took stands the address of somebody else who wrote or is a member. Whoever
        runs the gateway may read who asks for their data or writes to the operator."""
        found = {f"{person} in the mail to {sent.to}: {sent.subject}" for sink in SINKS for sent in sink.mails for person in sent.addresses() & PEOPLE
                 if person not in self.told and person not in map(str.lower, sent.recipients) and OPERATOR not in sent.recipients}
        if any(sink.mails for sink in SINKS):
            self.equal(sorted(found)[:5], [], "in no mail stands anybody else's address")

    def at_end(self, close):
        self.closers.append(close)

    def ok(self, is_right, what, *why):
        self.n += 1
        if not is_right:
            self.n_failed += 1
            for line in why:
                diag(line)
        print(f"{'ok' if is_right else 'not ok'} {self.n} - {what}", flush=True)
        return is_right

    def equal(self, got, expected, what):
        return self.ok(got == expected, what, f"got      {got!r}", f"expected {expected!r}")

    def has(self, text, part, what):
        return self.ok(part in text, what, f"no {part!r} in {text!r}")

    def lacks(self, text, part, what):
        return self.ok(part not in text, what, f"{part!r} is in {text!r}")


def skip(why):
    """Ends the script as skipped; call it before the first check."""
    print(f"1..0 # SKIP {why}", flush=True)
    sys.exit(0)


def diag(text):
    for line in str(text).splitlines():
        print(f"# {line}", flush=True)


def wait_for(look, seconds=None):
    """The first true value of LOOK, or its last value when the time is over."""
    end = time.monotonic() + (PATIENCE_S if seconds is None else seconds)
    while True:
        value = look()
        if value or time.monotonic() > end:
            if not value and seconds is None: # the story goes on: whoever wants it faster looks for these lines
                caller = sys._getframe(1)
                diag(f"waited {PATIENCE_S:.0f} s in vain: {os.path.basename(caller.f_code.co_filename)}:{caller.f_lineno}")
            return value
        time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def limit(name):
    """The value of a limit of base/limits.h, so that a story hits it where it is."""
    with open(os.path.join(TOP, "src/base/limits.h"), encoding="utf-8") as file:
        text = re.search(rf"(?m)^#define {name}\s+([^/\n]+)", file.read().replace("\\\n", " ")).group(1)
    return eval(re.sub(r"(?<=\d)[UL]+", "", text), {}) # a product of numbers


# ---- mails ----

def mail(sender, to, subject, text, **headers):
    """The bytes of a mail as a client would send it, CRLF at line ends. Header names with _ for -."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = email.utils.format_datetime(email.utils.localtime())
    message["Message-ID"] = headers.pop("Message_ID", None) or email.utils.make_msgid(domain="client.example.net")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text, cte="8bit")
    return message.as_bytes()


def answer(notice, sender, text, quote=True):
    """What a client sends when its user answers the mail NOTICE: to Reply-To or From, threaded, quoted below."""
    to = notice["Reply-To"] or notice["From"]
    subject = notice["Subject"]
    body = text
    if quote:
        body += "\n\nAm 3. Februar 2026 um 09:00 schrieb Forum:\n" + "".join(
            f"> {line}\n" for line in text_of(notice).splitlines())
    references = " ".join(filter(None, [notice["References"], notice["Message-ID"]]))
    return mail(sender, str(to), subject if subject.startswith(("Re:", "AW:")) else f"AW: {subject}", body,
                In_Reply_To=notice["Message-ID"], References=" ".join(references.split()))


def parse(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def text_of(message):
    part = message.get_body(preferencelist=("plain", "html"))
    return part.get_content() if part is not None else ""


def address_of(header):
    """The bare address of a From, To or Reply-To header."""
    return header.addresses[0].addr_spec


# ---- protocols ----

class Client:
    """One LMTP or SMTP session, a line at a time; replies are (code, text)."""

    def __init__(self, where, hello=None, timeout=60, source=None):
        if isinstance(where, str):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(timeout)
            self.socket.connect(where)
        else:
            self.socket = socket.create_connection(where, timeout=timeout, source_address=(source, 0) if source else None)
        self.file = self.socket.makefile("rb")
        self.greeting = self.reply()
        self.is_lmtp = hello is None
        self.hello = self.command("LHLO client.example.net" if hello is None else f"EHLO {hello}")

    def reply(self):
        lines = []
        while True:
            line = self.file.readline().decode("utf-8", "replace").rstrip("\r\n")
            if not line:
                raise ConnectionError(f"the server hung up after {lines!r}")
            lines.append(line[4:])
            if line[3:4] != "-":
                return int(line[:3]), "\n".join(lines)

    def send(self, data):
        self.socket.sendall(data)

    def command(self, line):
        self.send(line.encode() + b"\r\n")
        return self.reply()

    def deliver(self, sender, recipients, data):
        """{recipient: (code, text)} of one whole transaction."""
        note_person(sender)
        answers, taken = {}, []
        code, text = self.command(f"MAIL FROM:<{sender}>")
        if code != 250:
            return {recipient: (code, text) for recipient in recipients}
        for recipient in recipients:
            answers[recipient] = self.command(f"RCPT TO:<{recipient}>")
            if answers[recipient][0] == 250:
                taken.append(recipient)
        if not taken:
            self.command("RSET")
            return answers
        code, text = self.command("DATA")
        if code != 354:
            return {**answers, **{recipient: (code, text) for recipient in taken}}
        lines = data.replace(b"\r\n", b"\n").split(b"\n")
        if lines and not lines[-1]:
            lines.pop()
        self.send(b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines) + b".\r\n")
        if self.is_lmtp:
            for recipient in taken:
                answers[recipient] = self.reply()
        else:
            answers.update(dict.fromkeys(taken, self.reply()))
        return answers

    def quit(self):
        with contextlib.suppress(OSError):
            self.command("QUIT")
        self.close()

    def close(self):
        self.file.close()
        self.socket.close()


class Sent:
    """One mail that a Sink took: envelope, bytes, parsed message."""

    def __init__(self, sender, recipients, data):
        self.sender, self.recipients, self.data, self.at = sender, recipients, data, time.time()

    # Of thousands of mails most are only counted.
    @functools.cached_property
    def message(self):
        return parse(self.data)

    def field(self, name):
        """A field as it stands, on one line; "" if there is none. Of thousands of mails none is parsed for that."""
        if not hasattr(self, "fields"):
            head = re.sub(rb"\r?\n[ \t]+", b" ", self.data.replace(b"\r\n", b"\n").partition(b"\n\n")[0]).decode("utf-8", "replace")
            self.fields = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in reversed(head.split("\n"))}
        return self.fields.get(name.lower(), "")

    @functools.cached_property
    def text(self):
        return text_of(self.message)

    @functools.cached_property
    def subject(self):
        return self.message["Subject"]

    def addresses(self):
        """Every address in it, in its bytes as in what they mean, lower case."""
        parts = [self.data.decode("utf-8", "replace"), *(str(email.header.make_header(email.header.decode_header(value)))
                                                         for _, value in self.message.raw_items() if "=?" in value)]
        for part in self.message.walk():
            if part.get_content_maintype() == "text":
                with contextlib.suppress(LookupError, ValueError):
                    parts.append(part.get_content())
        return {found.lower() for text in parts for found in re.findall(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", text)}

    @property
    def to(self):
        return self.recipients[0]

    def __repr__(self):
        return f"<to {self.to}: {self.subject}>"


class Sink:
    """An MTA that takes everything and remembers it. `refuse(verb, argument)` may return a reply line instead."""

    def __init__(self, refuse=None, where=("127.0.0.1", 0)):
        self.mails, self.refuse, self.lock = [], refuse, threading.Lock()
        SINKS.append(self)
        self.listener = socket.create_server(where)
        self.port = self.listener.getsockname()[1]
        self.is_open = True
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while self.is_open:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def close(self):
        self.is_open = False
        self.listener.close()

    def talk(self, connection):
        with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):
            connection.sendall(b"220 sink.example.net ESMTP\r\n")
            sender, recipients = None, []
            for raw in lines:
                line = raw.decode("utf-8", "replace").rstrip("\r\n")
                verb, _, argument = line.partition(" ")
                verb = verb.upper()
                refusal = self.refuse(verb, argument) if self.refuse else None
                if refusal:
                    reply = refusal
                elif verb in ("EHLO", "HELO"):
                    reply = "250-sink.example.net\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE 30000000"
                elif verb == "MAIL":
                    sender, recipients, reply = path_of(argument), [], "250 2.1.0 Ok"
                elif verb == "RCPT":
                    recipients.append(path_of(argument))
                    reply = "250 2.1.5 Ok"
                elif verb == "DATA" and recipients:
                    connection.sendall(b"354 go on\r\n")
                    data = self.take(lines)
                    refusal = self.refuse("END", sender) if self.refuse else None
                    if not refusal:
                        with self.lock:
                            self.mails.append(Sent(sender, recipients, data))
                    reply, recipients = refusal or "250 2.0.0 Ok: queued", []
                elif verb == "DATA":
                    reply = "503 5.5.1 no recipient"
                elif verb == "QUIT":
                    connection.sendall(b"221 2.0.0 Bye\r\n")
                    return
                else:
                    reply = "250 2.0.0 Ok"
                connection.sendall(reply.encode() + b"\r\n")

    @staticmethod
    def take(lines):
        data = []
        for line in lines:
            if line == b".\r\n":
                return b"".join(data)
            data.append(line[1:] if line.startswith(b".") else line)
        raise ConnectionError("hung up in the middle of a mail: it was never sent")

    def to(self, address):
        """Mails to ADDRESS so far, oldest first."""
        with self.lock:
            return [sent for sent in self.mails if address in sent.recipients]

    def wait(self, address, count=1, seconds=None):
        """The COUNT-th mail to ADDRESS, or None if it does not come."""
        found = wait_for(lambda: len(self.to(address)) >= count, seconds)
        return self.to(address)[count - 1] if found else None


def note_person(address):
    if "@" in address and not address.lower().endswith("@" + DOMAIN) and " " not in address:
        PEOPLE.add(address.lower())


def path_of(argument):
    return argument[argument.find("<") + 1: argument.find(">")]


# ---- the gateway ----

def owe(gateway, addresses, stream=0, due_in=0, n_tries=0):
    """An answer to each of ADDRESSES, owed since now or from DUE_IN seconds on. A queue of thousands, or one that has been tried
    for days, is written here as the gateway writes it, since no story has the time to fill it by mail."""
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.executemany("INSERT INTO notice (stream, purpose, address, due_at, n_tries) VALUES (?, 'help', ?, ?, ?)",
                       [(stream, address, int(time.time()) + due_in, n_tries) for address in addresses])


class Gateway:
    """forumpost with a database, a spool and a configuration in a new folder; everything is gone at the end, unless
    FOLDER says where it shall stay."""

    def __init__(self, story, relay_port=None, relay=None, folder=None, **sections):
        self.folder = folder or tempfile.mkdtemp(prefix="forumpost-story-")
        os.chmod(self.folder, 0o755)
        if folder is None:
            story.at_end(self.remove)
        story.at_end(self.stop)
        self.config, self.log = self.path("forumpost.conf"), self.path("serve.log")
        listen = sections.get("intake", {}).get("listen", "unix:" + self.path("lmtp.sock"))
        kind, _, where = listen.partition(":")
        self.door = where if kind == "unix" else tuple([where.rsplit(":", 1)[0], int(where.rsplit(":", 1)[1])])
        self.process = None
        settings = {
            "initiative": {"title": "Ruhr-Konferenz (Demo)", "domain": DOMAIN, "timezone": "Europe/Berlin", "languages": "de, en",
                           "operator": "Staatskanzlei (Demo)", "contact": OPERATOR, "imprint": "https://example.org/imprint"},
            "storage": {"database": self.path("forumpost.db"), "spool": self.path("spool")},
            # A story moves its deadlines, whatever day it is.
            "moderation": {"hours": "Mo-So 0-24"},
            "silence": {"office_weekday": str((datetime.datetime.now().isoweekday() + 2) % 7 + 1)}, # not today, nor tomorrow
            "intake": {"listen": listen, "socket_mode": "0666", "authserv_id": f"mx.{DOMAIN}", "readers": "2"},
            "dispatch": {"relay": relay or f"inet:127.0.0.1:{relay_port or 9}", "connections": "2"},
        }
        for section, keys in sections.items():
            settings.setdefault(section, {}).update(keys)
        with open(self.config, "w", encoding="utf-8") as file:
            for section, keys in settings.items():
                file.write(f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items()) + "\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *arguments, data=None, timeout=120):
        """One command of forumpost: a CompletedProcess with text."""
        if arguments[:2] == ("member", "add"):
            note_person(arguments[3])
        return subprocess.run([FORUMPOST, "-c", self.config, *arguments], input=data, capture_output=True,
                              timeout=timeout, check=False, **({} if isinstance(data, bytes) else {"text": True}))

    def must(self, *arguments, data=None):
        """The same, and its standard output; any failure ends the story."""
        done = self.run(*arguments, data=data)
        if done.returncode != 0:
            raise RuntimeError(f"forumpost {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def rows(self, *arguments):
        """What a command prints with --json: one object a line."""
        return [json.loads(line) for line in self.must(*arguments, "--json").splitlines()]

    def start(self):
        """forumpost serve; comes back when it says that it is ready."""
        with open(self.log, "ab") as log:
            at = log.tell()
            self.process = subprocess.Popen([FORUMPOST, "-c", self.config, "serve"], stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, start_new_session=True)
        if not wait_for(lambda: self.process.poll() is not None or re.search(rb"(?m)^ready", self.log_from(at))) \
                or self.process.poll() is not None:
            raise RuntimeError("serve did not get ready:\n" + self.log_from(at).decode("utf-8", "replace"))

    def settle(self):
        """Until nothing is owed any more that could go out now: only then is it said who was told nothing."""
        return wait_for(lambda: not [n for n in self.rows("queue", "list") if n["state"] == "claimed" or not is_later(n["due_at"])])

    def inner_idea(self, sink, person, forum, title, text):
        """A discussion among the members of FORUM, who are asked before it begins."""
        address = email.utils.parseaddr(person)[1]
        self.write(person, f"{forum}+intern@{DOMAIN}", title, text, dmarc="pass")
        asked = wait_for(lambda: [m for m in sink.to(address) if text in " ".join(m.text.split())])
        self.respond(asked[-1].message, person, "JA", dmarc="pass")
        def is_there():
            with contextlib.closing(sqlite3.connect(f"file:{self.path('forumpost.db')}?mode=ro", uri=True)) as db:
                return db.execute("SELECT 1 FROM idea WHERE title = ? AND ring = 'members'", (title,)).fetchone()
        return wait_for(is_there)

    def log_from(self, at=0):
        with open(self.log, "rb") as log:
            log.seek(at)
            return log.read()

    def stop(self, how=signal.SIGTERM):
        """Ends serve and gives its exit code; with SIGKILL everything below it dies as well."""
        if self.process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            if how == signal.SIGKILL:
                os.killpg(self.process.pid, how)
            else:
                self.process.send_signal(how)
        try:
            code = self.process.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait()
        self.process = None
        return code

    def remove(self):
        if os.environ.get("STORY_KEEP"):
            diag(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def deliver(self, sender, recipients, data):
        """By LMTP, as the mail server would: {recipient: (code, text)}."""
        client = Client(self.door)
        try:
            return client.deliver(sender, [recipients] if isinstance(recipients, str) else recipients, data)
        finally:
            client.quit()

    def write(self, sender, to, subject, text, dmarc=None, **headers):
        """A person writes a mail; DMARC is what our own mail server found. The reply to the (one) recipient."""
        bare = email.utils.parseaddr(sender)[1]
        return self.deliver(bare, to, found(trace(mail(sender, to, subject, text, **headers)), sender, dmarc))[to]

    def find_all(self):
        """Until the words of all that is public, and of all titles, are in their index, which happens beside the commit."""
        def is_done():
            with contextlib.closing(sqlite3.connect(f"file:{self.path('forumpost.db')}?mode=ro", uri=True, timeout=60)) as db:
                return db.execute("SELECT place >= coalesce((SELECT max(published) FROM post), 0) "
                                  "AND idea >= coalesce((SELECT max(id) FROM idea), 0) FROM indexed").fetchone()[0]
        wait_for(is_done)

    def own_address(self, idea, person, post=0):
        """The address under IDEA, or of one POST there, that PERSON alone was given (route.h)."""
        with contextlib.closing(sqlite3.connect(f"file:{self.path('forumpost.db')}?mode=ro", uri=True, timeout=60)) as db:
            key = db.execute("SELECT token_key FROM installation").fetchone()[0]
            found = db.execute("SELECT person_id FROM address WHERE address = ?", (person,)).fetchone()
        if found is None:
            return f"idee-{idea}@{DOMAIN}"
        digest = hmac.new(key, f"reply:{idea}:{found[0]}:{post}".encode(), hashlib.sha256).digest()
        bits = "".join(f"{byte:08b}" for byte in digest)
        mac = "".join("0123456789abcdefghjkmnpqrstvwxyz"[int(bits[i * 5:i * 5 + 5], 2)] for i in range(16))
        return f"idee-{idea}+{found[0]}-{post}-{mac}@{DOMAIN}"

    def respond(self, notice, sender, text, dmarc=None, **options):
        """A person answers the mail NOTICE that they got."""
        data = answer(notice, sender, text, **options)
        to = address_of(notice["Reply-To"] or notice["From"])
        return self.deliver(email.utils.parseaddr(sender)[1], to, found(trace(data), sender, dmarc))[to]


def is_later(when):
    return datetime.datetime.fromisoformat(when.replace("Z", "+00:00")).timestamp() > time.time()


def found(data, sender, dmarc, domain=DOMAIN):
    """With what our own mail server found out about SENDER's domain, on top of everything, as OpenDMARC writes it; as it is if
    DMARC is None."""
    if not dmarc:
        return data
    return f"Authentication-Results: mx.{domain}; dmarc={dmarc} header.from={sender.rsplit('@')[-1].rstrip('>')}\r\n".encode() + data


def trace(data):
    """With the Received field that a mail server puts on top."""
    return b"Received: from client.example.net (client.example.net [192.0.2.7])\r\n\tby mx." + DOMAIN.encode() + \
        b" (Postfix) with ESMTPS id 1\r\n" + data

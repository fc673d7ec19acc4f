# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending through a provider: TLS at once and STARTTLS, a password and a token, refusals. Relays that cannot prove their name
(another name, an expired or a home-made certificate, STARTTLS taken out or answered with injected words) see neither a mail
nor the password, and no mail is lost by any of it."""
import base64
import contextlib
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess

import fp

SECRET = "geheim-Größe 9"
TOKEN = "ya29.token-of-today"


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Authority:
    """Makes certificates, good ones and others."""

    def __init__(self, folder):
        self.folder = folder
        os.mkdir(folder)
        self.ca = self.path("ca.pem")
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.path("ca.key"),
                "-out", self.ca, "-subj", "/CN=Test CA", "-days", "30")

    def path(self, name):
        return os.path.join(self.folder, name)

    def make(self, name, host, days=30):
        """A context for a server that says it is HOST; DAYS < 0: it has expired."""
        key, request, extra, out = (self.path(name + end) for end in (".key", ".csr", ".ext", ".pem"))
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request,
                "-subj", f"/CN={host}")
        with open(extra, "w", encoding="utf-8") as file:
            file.write(f"subjectAltName = DNS:{host}\n")
        if days < 0: # x509 has no date for the past: the authority signs by a clock of its own
            openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", self.path("ca.key"), "-CAcreateserial", "-out", out,
                    "-extfile", extra, "-days", str(days))
        else:
            openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", self.path("ca.key"), "-CAcreateserial", "-out", out,
                    "-extfile", extra, "-days", str(days))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(out, key)
        return context


class Provider(fp.Sink):
    """A Sink that wants TLS (at once, or after STARTTLS) and a login. HEARD is every line that came, in the clear or not;
    LOGINS what was said to log in."""

    def __init__(self, context, at_once, login=None, strips=False, injects=False, **more):
        self.context, self.at_once, self.login, self.strips, self.injects = context, at_once, login, strips, injects
        self.heard, self.logins, self.n_connections, self.extensions = [], [], 0, "SMTPUTF8"
        super().__init__(**more)

    def talk(self, connection):
        self.n_connections += 1
        with contextlib.suppress(OSError):
            if self.at_once:
                connection = self.context.wrap_socket(connection, server_side=True)
            elif not self.start_tls(connection):
                return
            else:
                connection = self.context.wrap_socket(connection, server_side=True)
            self.serve(connection)
        connection.close()

    def start_tls(self, connection):
        """The part in the clear; True when TLS shall begin."""
        connection.sendall(b"220 smtp.provider.example ESMTP\r\n")
        lines = connection.makefile("rb", buffering=0)
        for raw in lines:
            line = raw.decode().rstrip("\r\n")
            self.heard.append(line)
            if line.upper().startswith("EHLO"):
                offer = b"" if self.strips else b"250-STARTTLS\r\n"
                connection.sendall(b"250-smtp.provider.example\r\n" + offer + b"250-AUTH PLAIN XOAUTH2\r\n250 8BITMIME\r\n")
            elif line.upper() == "STARTTLS":
                connection.sendall(b"220 2.0.0 go ahead\r\n" + (b"250-injected\r\n250 AUTH PLAIN\r\n" if self.injects else b""))
                return True
            elif line.upper() == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return False
            else:
                connection.sendall(b"530 5.7.0 Must issue a STARTTLS command first\r\n")
        return False

    def serve(self, connection):
        lines = connection.makefile("rb")
        is_in, sender, recipients = self.login is None, None, []
        if self.at_once:
            connection.sendall(b"220 smtp.provider.example ESMTP\r\n")
        for raw in lines:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            self.heard.append(line)
            verb, _, argument = line.partition(" ")
            refusal = self.refuse(verb.upper(), argument) if self.refuse else None
            if refusal:
                reply = refusal
            elif verb == "EHLO":
                reply = f"250-smtp.provider.example\r\n250-AUTH PLAIN XOAUTH2\r\n250-SIZE 30000000\r\n250 {self.extensions}"
            elif verb == "AUTH":
                mechanism, _, first = argument.partition(" ")
                if not first:
                    connection.sendall(b"334 \r\n")
                    first = lines.readline().decode().strip()
                said = base64.b64decode(first).decode()
                self.logins.append((mechanism, said))
                is_in = said == self.login
                reply = "235 2.7.0 welcome" if is_in else "535 5.7.8 Username and Password not accepted"
            elif verb == "NOOP":
                reply = "250 2.0.0 Ok"
            elif verb == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            elif not is_in:
                reply = "530 5.7.0 Authentication required"
            elif verb == "MAIL":
                sender, recipients, reply = fp.path_of(argument), [], "250 2.1.0 Ok"
            elif verb == "RCPT":
                recipients.append(fp.path_of(argument))
                reply = "250 2.1.5 Ok"
            elif verb == "DATA":
                connection.sendall(b"354 go on\r\n")
                data = self.take(lines)
                reply = self.refuse("END", sender) if self.refuse else None
                if not reply:
                    with self.lock:
                        self.mails.append(fp.Sent(sender, recipients, data))
                    reply = "250 2.0.0 Ok: queued"
            else:
                reply = "250 2.0.0 Ok"
            connection.sendall(reply.encode() + b"\r\n")


def secret_file(gateway, text, mode=0o600):
    path = gateway.path("relay.secret")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    os.chmod(path, mode)
    return path


def gateway_for(story, authority, url, **more):
    gateway = fp.Gateway(story, relay=url, dispatch={"relay_ca_file": authority.ca, "relay_password_file": "relay.secret", **more})
    secret_file(gateway, SECRET)
    gateway.must("init")
    return gateway


def notices(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        return db.execute("SELECT state, n_tries, coalesce(last_reply, '') FROM notice WHERE purpose = 'help' ORDER BY id").fetchall()


def states(gateway):
    return [row[0] for row in notices(gateway)]


def plain(user, secret):
    return f"\0{user}\0{secret}"


def sends(story, authority, good):
    for at_once, scheme in ((True, "smtps"), (False, "smtp")):
        relay = Provider(good, at_once, plain("forum@kunde.example", SECRET))
        gateway = gateway_for(story, authority, f"{scheme}://forum@kunde.example@localhost:{relay.port}")
        fp.owe(gateway, [f"p{i}@example.net" for i in range(7)])
        done = gateway.run("dispatch", "--once")
        story.equal((done.returncode, len(relay.mails), states(gateway)), (0, 7, ["sent"] * 7),
                    f"{scheme}: seven mails go out with user and password")
        story.equal({login for login in relay.logins}, {("PLAIN", plain("forum@kunde.example", SECRET))}, f"{scheme}: by AUTH PLAIN")
        story.ok(relay.n_connections <= 2, f"{scheme}: over the connections that were allowed ({relay.n_connections})")
        story.ok(all(mail.sender.startswith("bounce") and mail.sender.endswith("@" + fp.DOMAIN) for mail in relay.mails),
                 f"{scheme}: each with an envelope sender of its own", [mail.sender for mail in relay.mails])
        story.has(relay.heard, "EHLO " + fp.DOMAIN, f"{scheme}: greeted by the name of [dispatch] hello")
        story.has(gateway.must("check"), "is let in", f"{scheme}: check says that it works")
        relay.close()


def tokens(story, authority, good):
    wanted = f"user=forum@kunde.example\1auth=Bearer {TOKEN}\1\1"
    relay = Provider(good, True, wanted)
    gateway = gateway_for(story, authority, f"smtps://forum%40kunde.example@localhost:{relay.port}", relay_login="xoauth2")
    secret_file(gateway, "yesterday's token")
    fp.owe(gateway, ["p@example.net"])
    done = gateway.run("dispatch", "--once")
    story.equal((done.returncode, relay.mails), (75, []), "an old token: nothing goes out, and it can be tried again")
    story.has(done.stderr, "535 5.7.8" if "535 5.7.8" in done.stderr else "535", "and the provider's words are told")
    story.equal(notices(gateway)[0][:2], ("due", 0), "the mail waits as if it had not been tried")
    secret_file(gateway, TOKEN)
    story.equal((gateway.run("dispatch", "--once").returncode, len(relay.mails)), (0, 1), "the new token in the file is used")
    story.equal(relay.logins[-1], ("XOAUTH2", wanted), "by AUTH XOAUTH2")
    relay.close()


def never(story, authority, contexts):
    """Whoever cannot prove the name hears nothing."""
    cases = [("a certificate for another name", Provider(contexts["other"], True, None), "smtps", "does not prove its name"),
             ("the same after STARTTLS", Provider(contexts["other"], False, None), "smtp", "does not prove its name"),
             ("an expired certificate", Provider(contexts["old"], True, None), "smtps", "does not prove its name"),
             ("a certificate of an authority that is not believed", Provider(contexts["own"], True, None), "smtps",
              "does not prove its name"),
             ("STARTTLS taken out", Provider(contexts["good"], False, None, strips=True), "smtp", "no STARTTLS"),
             ("words injected behind STARTTLS", Provider(contexts["good"], False, None, injects=True), "smtp", "")]
    for what, relay, scheme, says in cases:
        gateway = gateway_for(story, authority, f"{scheme}://forum@localhost:{relay.port}")
        fp.owe(gateway, ["p@example.net"])
        done = gateway.run("dispatch", "--once")
        story.equal((done.returncode, relay.mails, relay.logins), (75, [], []), f"{what}: nothing is sent, no password said")
        story.has(done.stderr, says, f"{what}: said why")
        story.ok(not any(line.upper().startswith(("AUTH", "MAIL", "RCPT")) for line in relay.heard), f"{what}: not even begun",
                 relay.heard)
        story.equal(notices(gateway)[0][:2], ("due", 0), f"{what}: the mail waits, no try is counted")
        checked = gateway.run("check")
        story.ok(checked.returncode != 0 and says in checked.stdout, f"{what}: check says so", checked.stdout)
        relay.close()


def refusals(story, authority, good):
    def refuse(verb, argument):
        if verb == "RCPT" and "nobody@" in argument:
            return "550 5.1.1 no such user"
        if verb == "RCPT" and "later@" in argument:
            return "450 4.2.0 greylisted"
        if verb == "END" and not refuse.has_refused:
            refuse.has_refused = True
            return "554 5.6.0 content refused"
        return None

    refuse.has_refused = True
    relay = Provider(good, True, plain("forum", SECRET), refuse=refuse)
    gateway = gateway_for(story, authority, f"smtps://forum@localhost:{relay.port}", connections="1")
    fp.owe(gateway, ["nobody@example.net", "later@example.net", "good@example.net", "jörg@example.net"])
    gateway.run("dispatch", "--once")
    rows = notices(gateway)
    story.equal([row[0] for row in rows], ["failed", "due", "sent", "sent"], "one refused, one put off, two taken")
    story.has(rows[0][2], "550 5.1.1 no such user", "the reason is the provider's")
    story.equal((rows[1][1], rows[1][2][:9]), (1, "450 4.2.0"), "what is put off is tried again later")
    story.ok(any("MAIL FROM" in line and "SMTPUTF8" in line for line in relay.heard), "an address with umlauts goes by SMTPUTF8")
    relay.extensions, before = "8BITMIME", len(relay.mails)
    fp.owe(gateway, ["jürgen@example.net"])
    gateway.run("dispatch", "--once")
    story.equal((notices(gateway)[-1][0], notices(gateway)[-1][2][:7], len(relay.mails)), ("failed", "0 5.6.7", before),
                "and not at all where the provider has none")
    refuse.has_refused = False
    fp.owe(gateway, ["content@example.net"])
    gateway.run("dispatch", "--once")
    story.equal(notices(gateway)[-1][0], "failed", "a content that is refused after the dot is not sent again")
    relay.close()


def secrets(story, authority, good):
    relay = Provider(good, True, plain("forum", SECRET))
    gateway = gateway_for(story, authority, f"smtps://forum@localhost:{relay.port}")
    fp.owe(gateway, ["p@example.net"])
    for mode in (0o644, 0o660, 0o622):
        os.chmod(gateway.path("relay.secret"), mode)
        done = gateway.run("dispatch", "--once")
        story.ok(done.returncode == 75 and "chmod 0640" in done.stderr and not relay.heard, f"a password file of mode {mode:o} is refused",
                 done.stderr)
    os.remove(gateway.path("relay.secret"))
    story.has(gateway.run("check").stdout, "relay.secret: No such file", "check says when it is not there")
    secret_file(gateway, SECRET, 0o640)
    story.equal(gateway.run("dispatch", "--once").returncode, 0, "a group may read it")
    story.lacks(gateway.run("event", "list").stdout + gateway.run("check").stdout, SECRET, "it is shown nowhere")
    relay.close()


def running(story, authority, good):
    """As a service: a relay that comes back, mails that come while it is there, and an end in order."""
    port = fp.free_port()
    gateway = gateway_for(story, authority, f"smtps://forum@localhost:{port}")
    gateway.start()
    fp.owe(gateway, ["p0@example.net"])
    fp.wait_for(lambda: b"relay.away" in gateway.log_from())
    relay = Provider(good, True, plain("forum", SECRET), where=("127.0.0.1", port))
    story.ok(relay.wait("p0@example.net"), "a relay that comes back gets what waited")
    fp.owe(gateway, [f"q{i}@example.net" for i in range(60)])
    story.ok(fp.wait_for(lambda: len(relay.mails) == 61), "what comes later goes over the same connections",
             len(relay.mails), gateway.log_from().decode()[-2000:])
    story.ok(relay.n_connections <= 4, f"few connections for 61 mails ({relay.n_connections})")
    story.equal(gateway.stop(), 0, "ends in order")
    relay.close()


with fp.Story("provider") as story:
    if shutil.which("openssl") is None:
        fp.skip("openssl is not installed")
    folder = os.path.join(fp.Gateway(story).folder, "tls")
    authority = Authority(folder)
    stranger = Authority(folder + "-stranger")
    contexts = {"good": authority.make("good", "localhost"), "other": authority.make("other", "mail.example.org"),
                "old": authority.make("old", "localhost", days=-1), "own": stranger.make("own", "localhost")}
    sends(story, authority, contexts["good"])
    tokens(story, authority, contexts["good"])
    never(story, authority, contexts)
    refusals(story, authority, contexts["good"])
    secrets(story, authority, contexts["good"])
    running(story, authority, contexts["good"])

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""News to other servers: what happens reaches Mastodon and a webhook, each thing once and in order, signed; a receiver that is down for
a day gets everything later; redirects, private addresses behind a name and certificates that prove nothing are refused; what was
taken back before is not told."""
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
import urllib.parse

import fp
from webpeer import URL

SECRET, TOKEN = "geheim-Größe 9", "token-of-the-account"
FORUM = f"mobilitaet@{fp.DOMAIN}"
ERIKA = "Erika Kanarienvogel <erika@example.net>"


class Receiver:
    """A web server that remembers what it got; `answer` is a status, a (status, headers) or None: it hangs up without a word."""

    def __init__(self, context=None):
        self.got, self.answer = [], 200
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.got.append((self.path, dict(self.headers.items()), body))
                if outer.answer is None:
                    self.close_connection = True
                    return
                status, headers = outer.answer if isinstance(outer.answer, tuple) else (outer.answer, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def take(self):
        got, self.got = self.got, []
        return got


class Town:
    def __init__(self, story):
        self.story, self.number = story, 0
        self.mastodon, self.hook = Receiver(), Receiver()
        for receiver in (self.mastodon, self.hook):
            story.at_end(receiver.close)
        self.sink = fp.Sink()
        story.at_end(self.sink.close)
        self.gateway = fp.Gateway(story, self.sink.port, web={"url": URL})
        for name, text in (("token", TOKEN), ("secret", SECRET)):
            with open(self.gateway.path(name), "w", encoding="utf-8") as file:
                file.write(text + "\n")
            os.chmod(self.gateway.path(name), 0o600)
        with open(self.gateway.config, encoding="utf-8") as file:
            self.plain = file.read()
        self.configure(f"http://127.0.0.1:{self.hook.port}/hook?x=1")

    def configure(self, hook, more=""):
        with open(self.gateway.config, "w", encoding="utf-8") as file:
            file.write(f"{self.plain}\n[news]\nmastodon = http://127.0.0.1:{self.mastodon.port}\ntoken_file = {self.gateway.path('token')}\n"
                       f"webhook = {hook}\nsecret_file = {self.gateway.path('secret')}\n{more}")

    def tick(self):
        done = self.gateway.run("clock", "--once")
        self.story.ok(done.returncode == 0, "the clock ticks", done.stderr)
        return done.stderr

    def idea(self, title, person=ERIKA):
        self.number += 1
        data = fp.found(fp.trace(fp.mail(person, FORUM, title, "Bitte mehr davon.")), person, "pass")
        self.gateway.run("deliver", "-r", FORUM, "-f", person[person.index("<") + 1:-1], data=data)
        return self.number

    def rows(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.gateway.path("forumpost.db"), timeout=30)) as db, db:
            return db.execute(sql, values).fetchall()

    def later(self):
        """It is time for the next try."""
        self.rows("UPDATE channel SET try_at = 0")


def titles(got):
    return [json.loads(body)["title"] for _, _, body in got]


def is_told(town):
    story, gateway = town.story, town.gateway
    town.idea("Vor der Zeit")
    town.tick()
    story.equal((town.mastodon.got, town.hook.got), ([], []), "a channel begins with what happens after it was set up")
    number = town.idea("Ein Ticket & mehr")
    town.tick()
    (path, headers, body), = town.mastodon.take()
    status = urllib.parse.parse_qs(body.decode())
    story.equal((path, headers["Authorization"]), ("/api/v1/statuses", f"Bearer {TOKEN}"), "Mastodon is told, with the account's token")
    story.equal(status["status"], [f"Neue Idee {number} im Forum „Mobilität“:\nEin Ticket & mehr\n\n{URL}/idee/{number}"], "in the template's words, and where it is")
    story.equal((status["visibility"], status["language"]), (["public"], ["de"]), "for everybody, in its language")
    (path, headers, body), = town.hook.take()
    item = json.loads(body)
    story.equal((path, item["kind"], item["number"], item["title"], item["url"]), ("/hook?x=1", "idea", number, "Neue Idee: Ein Ticket & mehr", f"{URL}/idee/{number}"),
                "the webhook gets JSON")
    expected = hmac.new(SECRET.encode(), headers["X-Forumpost-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
    story.equal(headers["X-Forumpost-Signature"], "sha256=" + expected, "signed over time and body")
    story.ok(abs(int(headers["X-Forumpost-Timestamp"]) - time.time()) < 600, "at that time")
    story.ok(headers["Idempotency-Key"].endswith(f"-{item['id']}"), "with a key of its own")
    story.lacks(body.decode() + str(status), "Kanarien", "nobody's name goes out")
    town.tick()
    story.equal((town.mastodon.got, town.hook.got), ([], []), "once")
    gateway.must("proposal", "add", "mobilitaet", "--title", "Der Tarif", "--from", str(number), "--public")
    town.number += 1
    path = gateway.path("answer.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write("Wir prüfen das.\n")
    gateway.must("idea", "answer", str(number), path, "--by", "amt@example.org")
    hold = town.rows("SELECT id FROM hold WHERE kind = 'second' AND state = 'open'")[0][0]
    gateway.must("hold", "release", str(hold), "--as", "leitung@example.org")
    town.tick()
    story.equal([(json.loads(body)["kind"], json.loads(body)["url"]) for _, _, body in town.hook.take()],
                [("proposal", f"{URL}/vorschlag/1"), ("official", f"{URL}/idee/{number}#post-2")], "a proposal and an official answer, in order")
    town.mastodon.take()
    for name, title in (("neues", "# Ausgabe eins"), ("intern", "# Geheim")):
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{title}\n\nText.\n")
        gateway.must("newsletter", "draft", name, path)
        gateway.must("newsletter", "release", name, "1")
    gateway.run("dispatch", "--once")
    gateway.run("dispatch", "--once")
    town.tick()
    story.equal([(json.loads(body)["kind"], json.loads(body)["title"], json.loads(body)["url"]) for _, _, body in town.hook.take()],
                [("issue", "Ausgabe eins", f"{URL}/newsletter/neues/1")], "an issue that was sent, and none of members")
    town.mastodon.take()


def is_down(town):
    """For a day; Mastodon does not wait for it."""
    story = town.story
    town.hook.answer = 503
    for title in ("Eins", "Zwei", "Drei"):
        town.idea(title)
    said = town.tick()
    story.has(said, "it answered 503", "what a receiver that is down said is in the log")
    story.equal((titles(town.hook.take()), len(town.mastodon.take())), (["Neue Idee: Eins"], 3), "only the first one was tried, and another channel has all")
    town.tick()
    story.equal(town.hook.got, [], "not again at once")
    pauses = []
    for _ in range(10):
        town.later()
        town.tick()
        pauses.append(town.rows("SELECT try_at - unixepoch() FROM channel WHERE name = 'webhook'")[0][0])
    longest = fp.limit("LIMIT_BACKOFF_MAX_S")
    # A second may pass between the try and the look at it.
    story.ok(all(a <= b + 1 for a, b in zip(pauses, pauses[1:])) and longest - 60 < pauses[-1] <= longest, "pauses grow, up to hours", pauses)
    keys = {headers["Idempotency-Key"] for _, headers, _ in town.hook.got}
    story.equal((set(titles(town.hook.take())), len(keys)), ({"Neue Idee: Eins"}, 1), "always the first one, with one key")
    post = town.gateway.rows("idea", "show", str(town.number - 1))[0]["posts"][0]["post"]
    town.gateway.must("post", "remove", str(post), "--reason", "Kein Beitrag.")
    town.hook.answer = 200
    town.later()
    town.tick()
    story.equal(titles(town.hook.take()), ["Neue Idee: Eins", "Neue Idee: Drei"], "back again: all that is still public, in order, once")
    town.hook.answer = None
    town.idea("Vier")
    town.tick()
    first = town.hook.take()
    town.hook.answer = 200
    town.later()
    town.tick()
    second = town.hook.take()
    story.equal((titles(first), titles(second)), (["Neue Idee: Vier"], ["Neue Idee: Vier"]), "who hung up is told again")
    story.equal(first[0][1]["Idempotency-Key"], second[0][1]["Idempotency-Key"], "under the same key")
    town.hook.answer = 422
    town.idea("Fünf")
    town.tick()
    town.hook.answer = 200
    town.idea("Sechs")
    town.tick()
    story.equal(titles(town.hook.take()), ["Neue Idee: Fünf", "Neue Idee: Sechs"], "what it will never take holds up nothing")
    town.hook.answer = (200, {"Content-Length": str(fp.limit("LIMIT_NEWS_ANSWER_BYTES") + 1)})
    most = fp.limit("LIMIT_NEWS_A_TICK")
    for n in range(most + 1):
        town.idea(f"Viele {n}", f"Person {n % 2} <p{n % 2}@example.org>")
    town.tick()
    story.equal(titles(town.hook.take()), [f"Neue Idee: Viele {n}" for n in range(most)], "an answer that is too long is not read; so many at once")
    town.tick()
    story.equal(titles(town.hook.take()), [f"Neue Idee: Viele {most}"], "and the rest at the next turn")
    town.hook.answer = 200


def is_redirected(town):
    story, other = town.story, Receiver()
    story.at_end(other.close)
    town.hook.answer = (302, {"Location": f"http://127.0.0.1:{other.port}/secret"})
    town.idea("Sieben")
    said = town.tick()
    story.equal((len(town.hook.take()), other.got), (1, []), "a redirect is not followed")
    story.has(said, "it answered 302", "and is a failure")
    town.hook.answer = 200
    town.later()
    town.tick()
    story.equal(titles(town.hook.take()), ["Neue Idee: Sieben"], "it is told when that is over")
    name = socket.gethostname()
    try:
        inner = all(one[4][0].startswith(("127.", "10.", "172.", "192.168.", "::1", "fe80", "fd")) for one in socket.getaddrinfo(name, None))
    except OSError:
        inner = False
    if inner and name != "localhost":
        town.configure(f"https://{name}:{town.hook.port}/hook")
        town.idea("Acht")
        town.later()
        story.has(town.tick(), "private address", "a name that leads to a private address is refused")
        story.equal(town.hook.got, [], "and not connected to")
    else:
        fp.diag(f"{name} leads nowhere private: not tried")


def is_proved(town):
    """The certificate must prove the name."""
    story = town.story
    if not shutil.which("openssl"):
        fp.diag("openssl is not installed: certificates not tried")
        return
    key, cert = town.gateway.path("key.pem"), town.gateway.path("cert.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", cert,
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "30"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    receiver = Receiver(context)
    story.at_end(receiver.close)
    town.configure(f"https://localhost:{receiver.port}/hook")
    town.idea("Neun")
    town.later()
    town.tick()
    story.equal(receiver.got, [], "a certificate that nobody vouches for: nothing is sent")
    town.configure(f"https://localhost:{receiver.port}/hook", f"ca_file = {cert}\n")
    town.later()
    town.tick()
    story.equal(titles(receiver.take())[-1:], ["Neue Idee: Neun"], "with ca_file it is, and how it hangs up does not matter")


def main():
    with fp.Story("news") as story:
        town = Town(story)
        gateway = town.gateway
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Mobilität", "--moderation", "none")
        gateway.must("member", "add", "mobilitaet", "erika@example.net", "--role", "member", "--delivery", "none")
        for person in ("p0@example.org", "p1@example.org"):
            gateway.must("member", "add", "mobilitaet", person, "--role", "member", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", "amt@example.org", "--role", "office", "--delivery", "none")
        gateway.must("member", "add", "mobilitaet", "leitung@example.org", "--role", "lead", "--delivery", "none")
        gateway.must("newsletter", "add", "neues", "--title", "Neues", "--release", "one")
        gateway.must("newsletter", "add", "intern", "--title", "Intern", "--members-only", "--release", "one")
        is_told(town)
        is_down(town)
        is_redirected(town)
        is_proved(town)
        told = [line for line in gateway.must("event", "list").splitlines() if "news.told" in line]
        story.ok(len(told) >= 12, "the journal says what was told", told)
        story.lacks(gateway.must("event", "list") + gateway.must("queue", "list"), TOKEN, "the token stands nowhere")
        for wrong, why in (("http://example.org/x", "http to elsewhere"), ("https://a:b@example.org/", "a password in it"), ("nonsense", "no address")):
            town.configure(wrong)
            story.equal(gateway.run("clock", "--once").returncode, 78, f"{why} is refused as a webhook")


main()

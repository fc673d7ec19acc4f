# SPDX-License-Identifier: GPL-3.0-or-later
"""Dispatch against Postfix's own test server smtp-sink in all its moods: with and without PIPELINING and ESMTP, slow,
refusing each command for now or for good, hanging up after each. On TCP and on a unix socket. Then relays of our own that
hang in the middle: one connection that hangs must cost the others nothing, and no relay keeps us from ending."""
import contextlib
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import threading
import time

import fp

SINK = shutil.which("smtp-sink", path="/usr/sbin:/usr/local/sbin:/usr/bin")
N = 12


def states(gateway):
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        return dict(db.execute("SELECT state, count(*) FROM notice WHERE purpose = 'help' GROUP BY state"))


def run_sink(story, where, options):
    as_root = ["-u", pwd.getpwnam("nobody").pw_name] if os.geteuid() == 0 else []
    process = subprocess.Popen([SINK, *as_root, *options, where, "20"], stderr=subprocess.DEVNULL)
    story.at_end(process.kill)
    return process


def try_mood(story, options, expected, why, socket=None):
    port = fp.free_port()
    gateway = fp.Gateway(story, relay=socket or f"inet:127.0.0.1:{port}")
    gateway.must("init")
    fp.owe(gateway, [f"p{i}@example.net" for i in range(N)], stream=1)
    process = run_sink(story, socket or f"127.0.0.1:{port}", options)
    for _ in range(50):  # the sink says nowhere that it listens
        done = gateway.run("dispatch", "--once")
        if "cannot connect" not in done.stderr:
            break
        time.sleep(0.1)
    story.equal(states(gateway), expected, f"smtp-sink {' '.join(options) or 'as it is'}: {why}")
    process.kill()
    process.wait()


class Hanging(fp.Sink):
    """A Sink whose first connections hang as HOW says, and whose later ones are in order. They read little ahead, and take segments as
    short as a modem's: on the loopback the kernel would keep megabytes for whoever sends."""

    def __init__(self, how, n_hanging):
        self.how, self.n_hanging, self.n_seen, self.is_over = how, n_hanging, 0, threading.Event()
        super().__init__()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)

    def talk(self, connection):
        with self.lock:
            self.n_seen += 1
            hangs = self.n_seen <= self.n_hanging
        if hangs:
            with contextlib.suppress(OSError):
                self.how(self, connection)
            connection.close()
        else:
            super().talk(connection)

    def close(self):
        self.is_over.set()
        super().close()


def greet_for_ever(sink, connection):
    while not sink.is_over.wait(0.2):
        connection.sendall(b"220-and another thing\r\n")


def never_greet(sink, connection):
    del connection
    sink.is_over.wait()


def stop_reading(sink, connection):
    lines = connection.makefile("rb")
    connection.sendall(b"220 sink.example.net ESMTP\r\n")
    for line in lines:
        is_data = line.startswith(b"DATA")
        connection.sendall(b"354 go on\r\n" if is_data else b"250 2.0.0 Ok\r\n")
        if is_data:
            sink.is_over.wait()
            return


def owe_large(gateway, n):
    """N questions whose text is larger than what a socket takes over: the authors are asked with what they wrote."""
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    text = "Der Radweg an der Brücke endet im Nichts, und das seit Jahren.\n" * 4000
    for i in range(n):
        mail = fp.mail(f"p{i}@example.net", f"mobilitaet@{fp.DOMAIN}", f"Radweg {i}", text)
        proof = f"Authentication-Results: mx.{fp.DOMAIN}; dmarc=pass header.from=example.net\r\n".encode()
        done = gateway.run("deliver", "-r", f"mobilitaet@{fp.DOMAIN}", "-f", f"p{i}@example.net", data=proof + fp.trace(mail))
        if done.returncode != 0:
            raise RuntimeError(f"deliver: exit {done.returncode}")


def try_hanging(story, how, n_hanging, n_sent, why):
    """Of N large mails N_SENT get through beside the connections that hang; SIGTERM ends dispatch all the same; then
    the rest is sent, once."""
    n = 4
    sink = Hanging(how, n_hanging)
    story.at_end(sink.close)
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    owe_large(gateway, n)
    process = subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "dispatch"], stderr=subprocess.DEVNULL)
    story.at_end(process.kill)
    fp.wait_for(lambda: sink.n_seen > 0 and len(sink.mails) >= n_sent)
    story.equal(len(sink.mails), n_sent, f"{why}: what goes over other connections is sent meanwhile")
    process.send_signal(signal.SIGTERM)
    try:
        code = process.wait(timeout=fp.PATIENCE_S / 2)
    except subprocess.TimeoutExpired:
        code = "it goes on"
    story.equal(code, 0, f"{why}: SIGTERM ends dispatch in order")
    sink.n_hanging = 0
    sink.is_over.set()
    gateway.must("dispatch", "--once")
    story.equal(sorted(sent.to for sent in sink.mails), [f"p{i}@example.net" for i in range(n)],
                f"{why}: afterwards each mail has been sent once")


if SINK is None:
    fp.skip("smtp-sink (of the package postfix) is not installed")

ALL_SENT = {"sent": N}
with fp.Story("relays") as story:
    try_mood(story, [], ALL_SENT, "all is sent")
    try_mood(story, ["-p"], ALL_SENT, "without PIPELINING")
    try_mood(story, ["-e"], ALL_SENT, "without ESMTP")
    try_mood(story, ["-w", "1", "-m", "4"], ALL_SENT, "slow after DATA")
    try_mood(story, ["-r", "RCPT"], {"due": N}, "recipients are refused for now")
    try_mood(story, ["-f", "RCPT"], {"failed": N}, "recipients are refused for good")
    try_mood(story, ["-p", "-f", "RCPT"], {"failed": N}, "the same without PIPELINING")
    try_mood(story, ["-f", "MAIL"], {"due": N}, "the sender is refused: not the recipients' fault")
    try_mood(story, ["-r", "."], {"due": N}, "the content is refused for now")
    try_mood(story, ["-f", "."], {"failed": N}, "the content is refused for good")
    try_mood(story, ["-q", "RCPT"], {"due": N}, "it hangs up at each recipient")
    try_mood(story, ["-q", "."], {"due": N}, "it hangs up after each mail")
    try_mood(story, ["-f", "EHLO"], ALL_SENT, "EHLO is refused, HELO is not")
    folder = tempfile.mkdtemp(prefix="forumpost-relays-")
    story.at_end(lambda: shutil.rmtree(folder))
    os.chmod(folder, 0o777)
    try_mood(story, [], ALL_SENT, "on a unix socket", f"unix:{folder}/sink")
    try_hanging(story, greet_for_ever, 1, 4, "a connection whose banner never ends")
    try_hanging(story, never_greet, 1, 4, "a connection that is never greeted")
    try_hanging(story, stop_reading, 1, 3, "a connection that stops reading")
    try_hanging(story, stop_reading, 2, 0, "all connections stop reading")
    try_hanging(story, greet_for_ever, 2, 0, "all banners never end")

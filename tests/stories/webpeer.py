# SPDX-License-Identifier: GPL-3.0-or-later
"""The web process spoken to byte by byte, for the stories about pages."""
import hashlib
import re
import socket
import sqlite3

from fp import DOMAIN, wait_for

URL = f"https://{DOMAIN}"


class Web:
    """The web process of a Gateway, spoken to as a proxy would; replies are (status, headers, body)."""

    def __init__(self, port):
        self.port = port

    def ask(self, method, path, body=None, **headers):
        data = b"" if body is None else body.encode() if isinstance(body, str) else body
        if body is not None:
            headers.setdefault("Content_Type", "application/x-www-form-urlencoded")
            headers["Content_Length"] = str(len(data))
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"Host": DOMAIN, **headers}.items())
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as peer:
            peer.sendall(f"{method} {path} HTTP/1.1\r\n{head}Connection: close\r\n\r\n".encode() + data)
            answer = b"".join(iter(lambda: peer.recv(65536), b""))
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        return (int(lines[0].split()[1]), {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])},
                body.decode("utf-8", "replace"))

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **headers)

    def press(self, path, **fields):
        """What a browser sends for the form on the page."""
        token = re.search(r'name="token" value="(\w+)"', self.get(path)[2]).group(1)
        return self.post(path, "&".join([f"token={token}"] + [f"{name}={value}" for name, value in fields.items()]))

    def is_there(self):
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False



def h1(body):
    return re.search(r"<h1[^>]*>(.*?)</h1>", body).group(1)


def link_in(text, kind):
    found = re.search(rf"{URL}((?:/en)?/{kind}/[\w-]+)", text)
    return found.group(1) if found else None


def state(gateway):
    """Everything that could change, as one short word each: rows of the journal, holds, members ..."""
    with sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True) as db:
        return {table: hashlib.sha256(repr(db.execute(f"SELECT * FROM {table}").fetchall()).encode()).hexdigest()[:12]
                for table in ("event", "hold", "member", "follow", "notice", "person", "post", "idea", "message")}


def settle(gateway):
    """What is owed is sent."""
    wait_for(lambda: not any(gateway.rows("queue", "list", "--state", word) for word in ("due", "claimed")))

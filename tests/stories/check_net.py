# SPDX-License-Identifier: GPL-3.0-or-later
"""forumpost check looks at the net: against a name server and a page of this story, each record right, missing and wrong; what
is then said to do; nothing at all where nobody answers, and nothing for names that are nobody's."""
import email.utils
import http.server
import ipaddress
import socket
import struct
import threading
import time

import fp

A, PTR, MX, TXT, AAAA = 1, 12, 15, 16, 28
DOMAIN = "beteiligung.gemeinde.de"
GOOD = {
    (DOMAIN, MX): [(10, "mx.gemeinde.de")],
    (DOMAIN, TXT): ["v=spf1 mx -all", "some-site-verification=1"],
    ("mx.gemeinde.de", A): ["192.0.2.25"],
    ("mx.gemeinde.de", AAAA): ["2001:db8::25"],
    ("25.2.0.192.in-addr.arpa", PTR): ["mx.gemeinde.de"],
    ("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", PTR): ["mx.gemeinde.de"],
    ("fp._domainkey." + DOMAIN, TXT): ["v=DKIM1; k=rsa; p=" + "A" * 300],
    ("_dmarc.gemeinde.de", TXT): ["v=DMARC1; p=quarantine"],
}


def labels(name):
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


def data_of(kind, value):
    if kind in (A, AAAA):
        return ipaddress.ip_address(value).packed
    if kind == MX:
        return struct.pack(">H", value[0]) + labels(value[1])
    if kind == PTR:
        return labels(value)
    pieces = [value[at:at + 255].encode() for at in range(0, len(value), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


class NameServer:
    """Answers from RECORDS {(name, type): [value]}; SILENT: to nobody."""

    def __init__(self):
        self.records, self.is_silent, self.asked = dict(GOOD), False, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, sender = self.socket.recvfrom(4096)
            if not self.is_silent:
                self.socket.sendto(self.answer(query), sender)

    def answer(self, query):
        at, parts = 12, []
        while query[at]:
            parts.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        name = ".".join(parts).lower()
        self.asked.append((name, kind))
        values = self.records.get((name, kind), [])
        known = any(who == name or who.endswith("." + name) for who, _ in self.records)
        head = query[:2] + struct.pack(">HHHHH", 0x8180 | (0 if known else 3), 1, len(values), 0, 0) + query[12:at + 5]
        return head + b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
                               for data in (data_of(kind, value) for value in values))


class Page(http.server.BaseHTTPRequestHandler):
    status, offset = 200, 0

    def do_GET(self):
        self.send_response_only(Page.status)
        self.send_header("Date", email.utils.formatdate(time.time() + Page.offset, usegmt=True))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


class Relay(fp.Sink):
    def __init__(self):
        super().__init__(refuse=lambda verb, _: None)

    def talk(self, connection):
        connection.sendall(b"220 mx.gemeinde.de ESMTP\r\n")
        for line in connection.makefile("rb"):
            connection.sendall(b"250 mx.gemeinde.de\r\n")
            if line.upper().startswith(b"QUIT"):
                break
        connection.close()


def look(gateway, server, *more):
    rows = gateway.run("check", "--json", *(("--nameserver", f"127.0.0.1:{server.port}") if server else ()), *more)
    found = {}
    for line in rows.stdout.splitlines():
        row = fp.json.loads(line)
        found.setdefault(row["aspect"], []).append((row["outcome"], row["text"]))
    return rows.returncode, found


def cases(story, gateway, server):
    """Each record missing or wrong: the aspect that is bad (or a note), and what is said."""
    table = [
        ({(DOMAIN, MX): []}, "mx", "bad", "IN MX 10"),
        ({(DOMAIN, MX): [(0, "")]}, "mx", "bad", "takes no mail"),
        ({(DOMAIN, MX): [(10, "nowhere.gemeinde.de")]}, "mx", "bad", "has no address"),
        ({(DOMAIN, TXT): []}, "spf", "bad", '"v=spf1 mx -all"'),
        ({(DOMAIN, TXT): ["v=spf1 mx -all", "v=spf1 a -all"]}, "spf", "bad", "2 SPF records"),
        ({(DOMAIN, TXT): ["v=spf1 +all"]}, "spf", "bad", "lets everybody"),
        ({("fp._domainkey." + DOMAIN, TXT): []}, "dkim", "bad", "no key at fp._domainkey"),
        ({("fp._domainkey." + DOMAIN, TXT): ["v=DKIM1; p="]}, "dkim", "bad", "taken back"),
        ({("fp._domainkey." + DOMAIN, TXT): ["v=DKIM1; t=y; p=AAAA"]}, "dkim", "note", "only a test"),
        ({("_dmarc.gemeinde.de", TXT): []}, "dmarc", "bad", f"_dmarc.{DOMAIN}. IN TXT"),
        ({("_dmarc.gemeinde.de", TXT): ["v=DMARC1; p=none"]}, "dmarc", "note", "p=quarantine"),
        ({("mx.gemeinde.de", A): [], ("mx.gemeinde.de", AAAA): []}, "host", "bad", "has no address"),
        ({("25.2.0.192.in-addr.arpa", PTR): []}, "host", "bad", "does not have this name (PTR)"),
        ({("25.2.0.192.in-addr.arpa", PTR): ["host-25.provider.example"]}, "host", "bad", "does not have this name (PTR)"),
    ]
    for records, aspect, outcome, says in table:
        server.records = {**GOOD, **records}
        code, found = look(gateway, server)
        story.ok(any(o == outcome and says in text for o, text in found[aspect]) and (outcome == "note" or code != 0),
                 f"{aspect}: {says}", code, found.get(aspect))
    server.records = dict(GOOD)


with fp.Story("check_net") as story:
    server, relay = NameServer(), Relay()
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    imprint = f"http://127.0.0.1:{web.server_port}/imprint"
    gateway = fp.Gateway(story, relay_port=relay.port, initiative={"domain": DOMAIN, "imprint": imprint}, dispatch={"dkim_selector": "fp"})
    gateway.must("init")
    code, found = look(gateway, server)
    story.equal(({a: {o for o, _ in found[a]} for a in ("mx", "spf", "dkim", "dmarc", "host", "imprint")}, code),
                ({a: {"ok"} for a in ("mx", "spf", "dkim", "dmarc", "host", "imprint")}, 0), "all is well")
    story.equal(len(found["host"]), 2, "D-01: both addresses of the host are looked at, forwards and back")
    story.ok(found["clock"][0][0] in ("ok", "note"), "the clock is looked at")
    cases(story, gateway, server)
    Page.status = 404
    code, found = look(gateway, server)
    story.ok(found["imprint"][0][0] == "bad" and "404" in found["imprint"][0][1] and code != 0, "an imprint that is not there", found["imprint"])
    Page.status, Page.offset = 200, -3600
    code, found = look(gateway, server)
    story.ok(found["clock"][0][0] == "bad" and "ahead" in found["clock"][0][1], "a clock that is an hour ahead", found["clock"])
    server.is_silent = True
    code, found = look(gateway, server)
    story.ok(code == 0 and found["net"][0][0] == "note" and "no name server answers" in found["net"][0][1] and "mx" not in found,
             "without a network that is said, and nothing is called bad", code, found)
    demo = fp.Gateway(story, relay_port=relay.port)
    demo.must("init")
    code, found = look(demo, None)
    story.ok(code == 0 and "examples and tests" in found["net"][0][1], "names that are nobody's are not looked up", found)
    story.equal(demo.run("check", "--nameserver", "nonsense").returncode, 65, "a name server must be an address")

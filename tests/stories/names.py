# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs that check mail ask the world for: a name server on a loopback address of its own, domains with SPF, DKIM
and DMARC records, and mails signed as their owners would. Programs started with Names.start() see this name server alone."""
import base64
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import threading

import fp

A, SOA, MX, TXT = 1, 6, 15, 16
SELECTOR = "s1"
SIGNED = ("From", "To", "Subject", "Date", "Message-ID")


class Names:
    """Knows nothing until told: add(), add_sender(). Skips the story where it cannot be had."""

    def __init__(self, story, folder):
        for program in ("openssl", "unshare", "mount"):
            if not shutil.which(program):
                fp.skip(f"{program} is not installed")
        self.folder, self.records = folder, {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.address = self.bind()
        story.at_end(self.socket.close)
        self.resolv_conf, self.key = os.path.join(folder, "resolv.conf"), os.path.join(folder, "dkim.key")
        with open(self.resolv_conf, "w", encoding="utf-8") as file:
            file.write(f"nameserver {self.address}\n")
        self.openssl("genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.key)
        threading.Thread(target=self.serve, daemon=True).start()
        self.story = story
        tried = subprocess.run(self.inside("true"), capture_output=True, text=True, check=False)
        if tried.returncode != 0:
            fp.skip(f"no mount namespace can be made here: {tried.stderr.strip()}")

    def bind(self):
        for last in range(70, 250):
            try:
                self.socket.bind((f"127.0.0.{last}", 53))
                return f"127.0.0.{last}"
            except PermissionError:
                fp.skip("a name server of our own needs root")
            except OSError:
                continue
        fp.skip("no loopback address has port 53 free")
        return None

    def openssl(self, *arguments, data=None):
        return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout

    # ---- who exists ----

    def add(self, name, kind, *values):
        self.records.setdefault((name.lower(), kind), []).extend(values)

    def add_sender(self, domain, address, dmarc="reject"):
        """A domain that sends from ADDRESS, signs, and says what shall become of mail that does neither; DMARC None: nothing."""
        self.add(domain, A, address)
        self.add(domain, MX, f"mx.{domain}")
        self.add(f"mx.{domain}", A, address)
        self.add(domain, TXT, f"v=spf1 ip4:{address} -all")
        public = self.openssl("pkey", "-in", self.key, "-pubout", "-outform", "DER")
        self.add(f"{SELECTOR}._domainkey.{domain}", TXT, "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode())
        if dmarc:
            self.add(f"_dmarc.{domain}", TXT, f"v=DMARC1; p={dmarc}")

    def sign(self, data, domain, **tags):
        """With a DKIM-Signature of DOMAIN on top (RFC 6376, relaxed/relaxed). TAGS add to its tags or replace them."""
        head, _, body = data.partition(b"\r\n\r\n")
        fields = re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n")
        words = {"v": "1", "a": "rsa-sha256", "c": "relaxed/relaxed", "d": domain, "s": SELECTOR, **tags}
        words |= {"h": ":".join(SIGNED), "bh": base64.b64encode(self.digest(relaxed_body(body))).decode()}
        unsigned = "DKIM-Signature: " + "; ".join(f"{tag}={value}" for tag, value in words.items()) + "; b="
        chosen = [next(f for f in fields if f.lower().startswith(name.lower().encode() + b":")) for name in SIGNED]
        text = b"".join(relaxed_field(field) + b"\r\n" for field in chosen) + relaxed_field(unsigned.encode())
        signature = base64.b64encode(self.openssl("dgst", "-sha256", "-sign", self.key, data=text)).decode()
        return (unsigned + signature).encode() + b"\r\n" + data

    def digest(self, data):
        return self.openssl("dgst", "-sha256", "-binary", data=data)

    # ---- programs that ask ----

    def inside(self, *command):
        script = 'mount --bind "$1" "$(readlink -f /etc/resolv.conf)" && shift && exec "$@"'
        return ["unshare", "-m", "sh", "-c", script, "sh", self.resolv_conf, *command]

    def start(self, *command, log):
        """A process that sees only this name server; ends with the story."""
        with open(log, "ab") as output:
            process = subprocess.Popen(self.inside(*command), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                       start_new_session=True)
        self.story.at_end(lambda: stop(process))
        return process

    # ---- the name server ----

    def serve(self):
        while True:
            try:
                query, client = self.socket.recvfrom(4096)
            except OSError:
                return
            try:
                self.socket.sendto(self.answer(query), client)
            except (OSError, IndexError, struct.error):
                continue

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1: at + 1 + query[at]].decode("utf-8", "replace"))
            at += 1 + query[at]
        name, kind = ".".join(labels).lower(), struct.unpack_from("!H", query, at + 1)[0]
        found = [encode(kind, value) for value in self.records.get((name, kind), [])]
        exists = any(name == known or known.endswith("." + name) for known, _ in self.records)
        flags = 0x8580 | (0 if exists else 3)
        body = b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 60, len(value)) + value for value in found)
        authority = b"" if found else b"\x00" + struct.pack("!HHIH", SOA, 1, 60, 22) + b"\0\0" + struct.pack("!5I", 1, 60, 60, 60, 60)
        return query[:2] + struct.pack("!5H", flags, 1, len(found), 0 if found else 1, 0) + query[12: at + 5] + body + authority


def stop(process):
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def encode(kind, value):
    if kind == A:
        return socket.inet_aton(value)
    if kind == MX:
        return b"\0\x0a" + b"".join(bytes([len(label)]) + label.encode() for label in value.split(".")) + b"\0"
    data = value.encode()
    return b"".join(bytes([len(data[i: i + 255])]) + data[i: i + 255] for i in range(0, len(data), 255))


def relaxed_field(field):
    name, _, value = field.partition(b":")
    return name.lower().strip() + b":" + re.sub(rb"[ \t]+", b" ", value).strip()


def relaxed_body(body):
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)

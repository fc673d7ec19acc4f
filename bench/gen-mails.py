#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails as citizens write them, the same for the same seed: German text, quoted-printable, 8 bit or base64, three in five
with an HTML part, two in three an answer with the quoted mail above or below, signatures, one in twelve with an attachment.
Half of the bytes of a mail are its headers and HTML; the median is near 5 kB.

    gen-mails.py -n 2000 --domain beteiligung.example.org --forums mobilitaet,bildung --ideas 200 --people 400 FOLDER

writes FOLDER/000001.eml ... with LF. Of the mails, --replies (0.7) go to idee-1@ ... idee-IDEAS@, the rest open ideas;
of those, --named (0.8) name an earlier mail to the same idea in In-Reply-To, so that what was sent about it is looked for in them."""
import argparse
import base64
import os
import quopri
import random
from email.header import Header

NOUNS = """Radweg Brücke Schulhof Bahnhof Fahrplan Haltestelle Spielplatz Grünfläche Wärmenetz Zuschuss Gehweg Ampel Kreuzung
Bücherei Schwimmbad Förderung Anwohner Nachbarschaft Lärmschutz Uferweg Kulturzentrum Ausbildung Hochschule Gewerbegebiet
Landschaftspark Zeche Halde Werkstatt Kindergarten Müllabfuhr Bürgerbüro Stadtteil Verkehr Tempo Straßenbahn Buslinie""".split()
VERBS = """braucht fehlt verbindet bleibt hilft kostet entlastet stört gewinnt verliert öffnet schließt verändert verdient
überzeugt ermöglicht""".split()
SMALL = """der die das ein eine und oder aber weil wenn für mit ohne über unter zwischen seit nach auch noch schon immer oft
sehr hier dort wir sie ich man nicht nur dass damit deshalb trotzdem vielleicht""".split()
FIRST = "Jürgen Käthe Anna Björn Müge Sören Heike Günther Lena Ayşe Zoë Jörg Petra Tim Renate Özlem Paweł Inés".split()
LAST = "Müller Schröder Weiß Krüger Groß Bäcker Köhler Vogel Jäger Yılmaz Kowalski Fuchs Böhm Öztürk Lange".split()


class Maker:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.serial, self.posts = 0, {}

    def sentence(self):
        pick = self.random.choice
        words = [pick(SMALL).capitalize(), pick(NOUNS), pick(VERBS)]
        words += [pick(NOUNS) if self.random.random() < 0.3 else pick(SMALL) for _ in range(self.random.randint(4, 14))]
        return " ".join(words) + pick(".....!?")

    def paragraphs(self, n):
        return [" ".join(self.sentence() for _ in range(self.random.randint(3, 8))) for _ in range(n)]

    def wrap(self, text, prefix=""):
        lines, line = [], prefix.rstrip()
        for word in text.split():
            if len(line) + len(word) > 71:
                lines.append(line)
                line = prefix.rstrip()
            line = (line + " " if line else "") + word
        return lines + [line]

    def text(self, is_reply, name):
        own = self.paragraphs(self.random.choice([1, 1, 2, 2, 3, 6]))
        quoted = []
        if is_reply:
            quoted = ["Am 2. März 2026 um 09:14 schrieb Forum Neue Mobilität:", ""]
            for paragraph in self.paragraphs(self.random.randint(1, 4)):
                quoted += self.wrap(paragraph, "> ") + [">"]
        lines = [] if self.random.random() < 0.3 else ["Guten Tag,", ""]
        for paragraph in own:
            lines += self.wrap(paragraph) + [""]
        lines += ["Mit freundlichen Grüßen", name]
        lines = quoted + [""] + lines if quoted and self.random.random() < 0.2 else lines + [""] + quoted
        if self.random.random() < 0.6:
            lines += ["", "-- ", name, f"Telefon 0201 {self.random.randint(100000, 999999)}"]
        return "\n".join(lines) + "\n"

    def part(self, kind, text):
        how = self.random.choices(["quoted-printable", "8bit", "base64"], [75, 15, 10])[0]
        charset = "utf-8" if self.random.random() < 0.8 else "iso-8859-1"
        raw = text.encode(charset, "replace")
        if how == "quoted-printable":
            raw = quopri.encodestring(raw)
        elif how == "base64":
            raw = base64.encodebytes(raw)
        head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {how}\n\n"
        return head.encode() + raw

    def html(self, text):
        body = "".join(f"<p style=\"margin:0 0 10px 0\">{line}</p>\n" for line in text.split("\n\n"))
        return f"<html><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>\n"

    def multipart(self, subtype, parts):
        boundary = f"=_{self.random.getrandbits(64):016x}"
        raw = f"Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\n\n".encode()
        for part in parts:
            raw += f"--{boundary}\n".encode() + part.rstrip(b"\n") + b"\n"
        return raw + f"--{boundary}--\n".encode()

    def attachment(self):
        size = int(10_000 * 10 ** self.random.random())
        raw = base64.encodebytes(self.random.randbytes(size))
        return (b"Content-Type: application/pdf; name=\"Plan.pdf\"\nContent-Transfer-Encoding: base64\n"
                b"Content-Disposition: attachment; filename=\"Plan.pdf\"\n\n" + raw)

    def mail(self):
        o, pick = self.options, self.random.choice
        self.serial += 1
        person = self.random.randrange(o.people)
        name = f"{FIRST[person % len(FIRST)]} {LAST[person // len(FIRST) % len(LAST)]}"
        is_reply = self.random.random() < o.replies
        to = f"idee-{self.random.randint(1, o.ideas)}" if is_reply else pick(o.forums.split(","))
        subject = ("Re: " if is_reply else "") + f"{pick(NOUNS)} und {pick(NOUNS)} in {pick(['Essen', 'Köln', 'Hagen', 'Mülheim'])}"
        text = self.text(is_reply, name)
        body = self.part("text/plain", text)
        if self.random.random() < 0.6:
            body = self.multipart("alternative", [body, self.part("text/html", self.html(text))])
        if self.random.random() < 0.08:
            body = self.multipart("mixed", [body, self.attachment()])
        host = f"mail{person % 7}.example.net"
        message_id = f"<{o.seed}.{self.serial}.{self.random.getrandbits(48):012x}@{host}>"
        above = self.posts.setdefault(to, []) if is_reply else []
        answered = [f"In-Reply-To: {pick(above)}"] if above and self.random.random() < o.named else []
        above.append(message_id)
        fields = [f"Authentication-Results: mx.{o.domain}; dmarc=pass header.from=example.net; spf=pass smtp.mailfrom=example.net",
                  f"Received: from {host} ({host} [192.0.2.{person % 250}]) by mx.{o.domain} with ESMTPS id {self.serial:08x};\n"
                  f"\tMon, 2 Mar 2026 10:{self.serial // 60 % 60:02d}:{self.serial % 60:02d} +0100 (CET)",
                  f"Message-ID: {message_id}", *answered,
                  f"Date: Mon, 2 Mar 2026 10:{self.serial // 60 % 60:02d}:{self.serial % 60:02d} +0100",
                  f"From: {Header(name, 'utf-8').encode()} <person{person}@example.net>",
                  f"To: {to}@{o.domain}", f"Subject: {Header(subject, 'utf-8').encode()}", "MIME-Version: 1.0",
                  pick(["X-Mailer: Apple Mail (2.3774)", "User-Agent: Mozilla Thunderbird", "X-Mailer: Microsoft Outlook 16.0"])]
        return ("\n".join(fields) + "\n").encode() + body


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("-n", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--domain", default="beteiligung.example.org")
    parser.add_argument("--forums", default="mobilitaet")
    parser.add_argument("--ideas", type=int, default=200)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--replies", type=float, default=0.7)
    parser.add_argument("--named", type=float, default=0.8)
    parser.add_argument("folder")
    options = parser.parse_args()
    maker, sizes = Maker(options), []
    os.makedirs(options.folder, exist_ok=True)
    for i in range(1, options.n + 1):
        data = maker.mail()
        sizes.append(len(data))
        with open(os.path.join(options.folder, f"{i:06d}.eml"), "wb") as file:
            file.write(data)
    sizes.sort()
    print(f"gen-mails n={options.n} median_bytes={sizes[len(sizes) // 2]} mean_bytes={sum(sizes) // len(sizes)} max_bytes={sizes[-1]}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Guards and frames. guards.txt holds texts that look like quotes, heads, adverts or commands and are their author's: alone and above a real
quote, each word must stay and the mail be a person's. Then the same texts stand in frames as mail programs build them (program x
language x place of the answer x plain, HTML or both x charset x transfer encoding), 10,000 by a fixed seed: the text comes back
whole and alone."""
import email.message
import email.policy
import html
import json
import os
import random
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
FORUMPOST = os.environ.get("FORUMPOST", "forumpost")
N_FRAMES = int(os.environ.get("FRAMES", "1000" if os.environ.get("SANITIZERS") else "10000"))
OLD = ["Der Nachtbus fährt ab 2027 jede halbe Stunde durch Altendorf, auch am Sonntag.", "Was meinen Sie dazu?"]
WHO, ADDRESS = "Karl Beispiel", "karl@example.com"

# What stands above the quote, as programs write it in their languages.
ABOVE = [
    "Am 27.11.2026 um 09:01 schrieb Karl Beispiel:", "Am Fr., 27. Nov. 2026 um 09:01 Uhr schrieb Karl Beispiel <karl@example.com>:",
    "On Fri, 27 Nov 2026 at 09:01, Karl Beispiel <karl@example.com> wrote:", "On 27/11/2026 09:01, Karl Beispiel wrote:",
    "Le ven. 27 nov. 2026 à 09:01, Karl Beispiel <karl@example.com> a écrit :", "El vie, 27 nov 2026 a las 9:01, Karl Beispiel (<karl@example.com>) escribió:",
    "Il giorno ven 27 nov 2026 alle ore 09:01 Karl Beispiel <karl@example.com> ha scritto:", "Op vr 27 nov 2026 om 09:01 schreef Karl Beispiel <karl@example.com>:",
    "W dniu 27.11.2026 o 09:01, Karl Beispiel pisze:", "Karl Beispiel <karl@example.com>, 27 Kas 2026 Cum, 09:01 tarihinde şunu yazdı:",
    "пт, 27 нояб. 2026 г. в 09:01, Karl Beispiel <karl@example.com>:", "Den fre 27 nov. 2026 kl 09:01 skrev Karl Beispiel <karl@example.com>:",
    "2026年11月27日(金) 9:01 Karl Beispiel <karl@example.com>:", "بتاريخ الجمعة، 27 نوفمبر 2026 في 9:01 ص تمت كتابة ما يلي بواسطة Karl Beispiel <karl@example.com>:",
    "Karl Beispiel <karl@example.com> ezt írta (időpont: 2026. nov. 27., P, 9:01):", "pe 27.11.2026 klo 9.01 Karl Beispiel (karl@example.com) kirjoitti:",
]
HEADS = [
    ("Von", "Gesendet", "An", "Betreff"), ("From", "Sent", "To", "Subject"), ("De", "Envoyé", "À", "Objet"),
    ("Da", "Inviato", "A", "Oggetto"), ("Od", "Wysłano", "Do", "Temat"), ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("От", "Отправлено", "Кому", "Тема"), ("De", "Enviado", "Para", "Asunto"),
]


def guards():
    with open(os.path.join(FOLDER, "guards.txt"), encoding="utf-8") as file:
        for block in file.read().split("%%\n")[1:]:
            kind, _, text = block.partition("\n")
            yield kind, text.rstrip("\n")


def words(text):
    return (text or "").split()


def message(is_answer, subject):
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    m["From"] = "Erika Beispiel <erika@example.net>"
    m["To"] = "Karl Beispiel <karl@example.com>, Neue Mobilität <idee-7@beteiligung.example.org>"
    m["Subject"] = subject
    m["Date"] = "Fri, 27 Nov 2026 10:00:00 +0100"
    m["Message-ID"] = "<a1@example.net>"
    if is_answer:
        m["In-Reply-To"] = "<b2@example.com>"
    return m


def set_text(m, text, kind, charset, cte):
    def encodable(s):
        try:
            s.encode(charset)
            return charset
        except UnicodeEncodeError:
            return "utf-8"
    plain, markup = text
    if kind != "html":
        m.set_content(plain, charset=encodable(plain), cte=cte)
    if kind == "html":
        m.set_content(markup, subtype="html", charset=encodable(markup), cte=cte)
    elif kind == "both":
        m.add_alternative(markup, subtype="html", charset=encodable(markup), cte=cte)


def paragraphs(text):
    return "".join("<p>" + "<br>".join(html.escape(line) for line in p.split("\n")) + "</p>" for p in text.split("\n\n"))


def framed(own, how, rng):
    """(plain, html) of OWN answered above, below or between what was quoted."""
    above, head = rng.choice(ABOVE), rng.choice(HEADS)
    old_html = "".join(f"<p>{html.escape(line)}</p>" for line in OLD)
    if how == "outlook":
        block = "\n".join(f"{label}: {value}" for label, value in zip(head, (f"{WHO} <{ADDRESS}>", "Freitag, 27. November 2026 09:01", "Erika Beispiel <erika@example.net>", "Nachtbus")))
        rule = rng.choice(["", "________________________________\n", "-----Original Message-----\n"])
        block_html = "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>" + block.replace("\n", "<br>").replace("<karl", "&lt;karl").replace("<erika", "&lt;erika") + "</p></div>"
        return f"{own}\n\n{rule}{block}\n\n" + "\n".join(OLD), f"<div>{paragraphs(own)}</div>{block_html}{old_html}"
    quoted = "\n".join("> " + line for line in OLD)
    quote_html = f"<div class=gmail_quote><div class=gmail_attr>{html.escape(above)}<br></div><blockquote class=gmail_quote>{old_html}</blockquote></div>"
    if how == "top":
        return f"{own}\n\n{above}\n{quoted}", f"<div>{paragraphs(own)}</div>{quote_html}"
    if how == "bottom":
        return f"{above}\n\n{quoted}\n\n{own}", f"{quote_html}<div>{paragraphs(own)}</div>"
    return f"{above}\n> {OLD[0]}\n\n{own}\n\n> {OLD[1]}", f"{quote_html}<div>{paragraphs(own)}</div>"


def inspect(mails):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, m in enumerate(mails):
            paths.append(os.path.join(folder, f"{i:05d}.eml"))
            with open(paths[-1], "wb") as file:
                file.write(m.as_bytes())
        got = []
        for i in range(0, len(paths), 500):
            done = subprocess.run([FORUMPOST, "inspect", "--json", *paths[i:i + 500]], capture_output=True, check=True)
            got += [json.loads(line) for line in done.stdout.decode().splitlines()]
    return got


def report(n, wrong, what):
    for line in wrong[:10]:
        print(f"# {line}")
    print(f"{'not ok' if wrong else 'ok'} {n} - {what}")


def check_alone(n):
    mails, texts = [], []
    for kind, text in guards():
        for below in ["", "\n\n" + ABOVE[0] + "\n\n" + "\n".join("> " + line for line in OLD)] if kind == "answer" else [""]:
            m = message(kind == "answer", "Re: Nachtbus" if kind == "answer" else "Eine Idee")
            m.set_content(text + below, cte="8bit")
            mails.append(m)
            texts.append(text)
    wrong = [f"{text!r} became {got['text']!r} ({got['kind']})" for text, got in zip(texts, inspect(mails))
             if words(got["text"]) != words(text) or got["kind"] != "human"]
    report(n, wrong, f"{len(mails)} mails of own words that look like something else lose none")


def check_frames(n):
    rng, wrong = random.Random(20261127), []
    own = [text for kind, text in guards() if kind == "answer" and not text.startswith(("-", ">"))]
    for begin in range(0, N_FRAMES, 500):
        mails, texts = [], []
        for _ in range(min(500, N_FRAMES - begin)):
            text, how = rng.choice(own), rng.choice(["top", "top", "outlook", "bottom", "inline"])
            m = message(True, rng.choice(["Re: Nachtbus", "AW: Nachtbus", "Nachtbus", "SV: Nachtbus", "Odp: Nachtbus"]))
            kind = "plain" if how == "inline" else rng.choice(["plain", "html", "both"])
            set_text(m, framed(text, how, rng), kind, rng.choice(["utf-8", "iso-8859-1", "windows-1252"]), rng.choice(["quoted-printable", "base64"]))
            mails.append(m)
            texts.append((text, how, kind))
        wrong += [f"{how} {kind}: {text!r} became {got['text']!r}" for (text, how, kind), got in zip(texts, inspect(mails))
                  if words(got["text"]) != words(text)]
    report(n, wrong, f"{N_FRAMES} framed answers come back whole and alone ({len(wrong)} do not)")


def main():
    print("1..2")
    check_alone(1)
    check_frames(2)


if __name__ == "__main__":
    sys.exit(main())

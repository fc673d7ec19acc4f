#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the law, accessibility and the providers ask of every mail that goes out, by the ids of doc/musts.md. One small initiative
sends each kind of mail; then all of them are looked at together. What other stories prove stands there with its id."""
import datetime
import email.utils
import html.parser
import os
import re
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
AYSE = "Ayşe Örnek <ayse@example.net>"
READER = "Rita Leser <rita@example.net>"
EDITOR = "Anna Redaktion <anna@amt.example>"
OFFICER, CSA = "schutz@amt.example", "csa-complaints@eco.de"
FORUM, LIST = f"mobilitaet@{fp.DOMAIN}", f"neues@{fp.DOMAIN}"
ISSUE = """# Drei neue Ideen

Guten Tag,

im Februar kamen die ersten Ideen.

## Neue Ideen

{{neue_ideen}}

- Bus
- Bahn

**[Lesen und mitreden](https://beteiligung.example.org/idee/1)**
"""
VOID = {"meta", "br", "hr", "img", "link", "input", "wbr"}


class Page(html.parser.HTMLParser):
    """What the HTML of a mail is made of."""
    def __init__(self, text):
        super().__init__()
        self.tags, self.headings, self.words, self.links, self.open, self.wrong = [], [], [], [], [], []
        self.feed(text)
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append([dict(attrs).get("href", ""), ""])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def handle_data(self, data):
        if "style" not in self.open and "title" not in self.open:
            self.words.append(data)
        if "a" in self.open and self.links:
            self.links[-1][1] += data


def html_of(sent):
    part = sent.message.get_body(preferencelist=("html",))
    return part.get_content() if part is not None else ""


def plain_of(sent):
    return sent.text.replace("\r", "")


def words(text):
    return set(re.findall(r"\w{4,}", re.sub(r"\S+@\S+|https?://\S+", " ", text)))


def found(mails, wrong):
    """Subjects of the mails with what is wrong in each, for a check over all of them."""
    result = []
    for sent in mails:
        why = wrong(sent)
        if why:
            result.append((str(sent.message["Subject"]), why))
    return result


def scene(story, sink):
    """Everybody writes, and every kind of mail goes out."""
    gateway = fp.Gateway(story, relay_port=sink.port, initiative={"data_protection": OFFICER}, dispatch={"csa_complaints": CSA}, web={"url": f"https://{fp.DOMAIN}", "listen": f"inet:127.0.0.1:{fp.free_port()}"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("newsletter", "add", "neues", "--title", "Neues aus der Ruhr-Konferenz", "--release", "one")
    gateway.must("newsletter", "editor", "add", "neues", "anna@amt.example")
    for address, delivery in (("jan@example.net", "each"), ("pia@example.net", "daily")):
        gateway.must("member", "add", "mobilitaet", address, "--role", "member", "--delivery", delivery)
    gateway.start()
    return gateway


def idea(gateway, sink, person, subject, text):
    address = email.utils.parseaddr(person)[1]
    n = len(sink.to(address))
    gateway.write(person, FORUM, subject, text)
    question = sink.wait(address, n + 1)
    gateway.respond(question.message, person, "JA", dmarc="pass")
    sink.wait(address, n + 2)
    return question


def own_data(story, gateway, sink):
    """Somebody asks about their data: a person hears, and they get the whole text by mail, and by the word in it their data."""
    for sender, to in ((READER, "datenschutz"), ("Robo <robo@example.net>", "Privacy")):
        machine = {"Auto_Submitted": "auto-replied"} if "robo" in sender else {}
        gateway.write(sender, f"{to}@{fp.DOMAIN}", "Meine Daten?", "Was haben Sie über mich gespeichert?", dmarc="pass", **machine)
    answer, told = sink.wait("rita@example.net"), sink.wait(OFFICER)
    gateway.settle()
    told_mails, words = sink.to(OFFICER), re.sub(r"\s+", " ", told.text)
    sink.mails[:] = [m for m in sink.mails if m.to != OFFICER] # it has the writer's address, for the answer
    text = re.sub(r"\s+", " ", answer.text)
    story.ok(all(w in text for w in ("verantwortlich", "MEINE DATEN", "180 Tage", "14 Tage", "365 Tage", "Aufsichtsbehörde", "Einwilligung", "Art. 6")),
             "L-04: datenschutz@ answers with the whole text: who, what for, how long, which rights", text)
    story.equal((len(told_mails), len(sink.to("robo@example.net"))), (1, 0), "L-04: a machine that writes there is not answered and disturbs nobody")
    story.ok("Was haben Sie über mich gespeichert?" in words and "eines Monats" in words and
             fp.address_of(told.message["Reply-To"]) == "rita@example.net", "L-04: the data-protection officer gets the mail, and answers its writer",
             words, told.message["Reply-To"])
    story.ok(any(p.get_content_type() == "message/rfc822" for p in told.message.walk()), "L-04: with the mail as it came")
    story.equal(sink.to("office@example.org"), [], "L-04: and nobody else")
    gateway.respond(answer.message, READER, "MEINE DATEN", dmarc="pass")
    asked = sink.wait("rita@example.net", 2)
    story.ok("Daten" in asked.subject and (asked.message["Reply-To"] or "").startswith("frage+"),
             "L-04, L-06: MEINE DATEN as an answer to it is taken; their address is asked first", asked.text)


def everything(story, gateway, sink):
    own_data(story, gateway, sink)
    idea(gateway, sink, ERIKA, "Ein Ticket für alle", "Ein einziges Ticket für das ganze Ruhrgebiet wäre gut.\n\nIch habe MS und fahre Bus.")
    idea(gateway, sink, AYSE, "Önce çocuklar", "Çocuklar için güvenli oyun alanları istiyoruz. Şehir içinde ve çevresinde, herkes için. Bence bu çok önemli.")
    sink.wait("jan@example.net", 2)
    gateway.write("Otto <otto@example.net>", FORUM, "Leer", " ", dmarc="pass")
    sink.wait("otto@example.net")
    tomorrow = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).replace(hour=12)
    gateway.must("digest", "run", "--now", tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ"))
    gateway.write(READER, f"neues+abo@{fp.DOMAIN}", "Hallo", "bitte", dmarc="pass")
    question = sink.wait("rita@example.net", 3)
    gateway.respond(question.message, READER, "JA", dmarc="pass")
    sink.wait("rita@example.net", 4)
    gateway.write(EDITOR, LIST, "Drei neue Ideen", ISSUE, dmarc="pass")
    sink.wait("anna@amt.example", 2)
    preview = next(m for m in sink.to("anna@amt.example") if "prüfen" in m.subject)
    gateway.respond(preview.message, EDITOR, "FREI", dmarc="pass")
    issue = fp.wait_for(lambda: [m for m in sink.to("rita@example.net") if m.subject == "Drei neue Ideen"])[0]
    gateway.settle()
    return question, issue


def the_law(story, gateway, sink, question, issue):
    story.equal([m.subject for m in sink.to("erika@example.net") if "Drei neue" in m.subject], [],
                "L-01: no newsletter goes to an address known only from an idea")
    asked = sink.to("erika@example.net")[0]
    story.ok("Gesundheit" in asked.text and "Religion" in asked.text and "veröffentlicht wird" in asked.text,
             "L-02: the question says what publishing health, religion, opinion means")
    record = gateway.rows("consent", "show", "rita@example.net")
    story.ok([r["what"] for r in record] == ["asked", "confirmed"] and all(r["at"] and r["message"] for r in record) and record[0]["wording"],
             "L-03, L-20: the record has request, wording, confirmation, times", record)
    story.ok(all(a.startswith("<") for a in re.findall(r"<[^>]+>", issue.message["List-Unsubscribe"])) and
             "abbestellen+" in issue.message["List-Unsubscribe"], "L-03: ending it is one mail or one press, as ordering was one mail")
    story.ok(question.text.count("http") <= 3 and "cid:" not in html_of(question) and "Idee" not in question.text and
             question.message["List-Id"] is None, "L-21: the confirm mail has no news, no picture, no campaign")
    story.ok("Verantwortlich für Ihre Daten" in asked.text.replace("\r\n", " ") and "Tagen" in asked.text,
             "L-04: who is responsible, and how long a mail is kept, stand in the first answer")
    refused = [m for m in sink.mails if str(m.message["Feedback-ID"]).startswith("error")]
    story.ok(refused and not found(refused, lambda m: None if "office@example.org" in m.text else "no person"),
             "L-16: a mail that says that something was not done names a person")
    people = {m.to for m in sink.mails}
    story.equal(found(sink.mails, lambda m: [p for p in people - {m.to} if p.encode() in m.data]), [], "L-09: nobody's address is in anybody else's mail")
    everyone = found(sink.mails, lambda m: None if "example.org/imprint" in m.text else "no imprint")
    story.equal(everyone, [], "L-23, D-04: operator and imprint stand in every mail")
    bulk = [m for m in sink.mails if m.message["List-Unsubscribe"] and "newsletter-test" not in m.message["Feedback-ID"]]
    story.equal(found(bulk, lambda m: [x for x in ("https://", "mailto:") if x not in m.message["List-Unsubscribe"]] or
                      (m.message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click")), [],
                "L-22, D-03: every mail to many can be ended by mail and by RFC 8058")
    story.ok(f"https://{fp.DOMAIN}/u/" in plain_of(issue) and "abmelden@" in plain_of(issue), "L-22: visibly, by a link and by mail")

    def remote(sent):
        page = html_of(sent)
        return re.findall(r"src=\"(?!cid:)|background=|url\(|@import|<link|<script|<iframe|<form", page)
    story.equal(found(sink.mails, remote), [], "L-24: nothing in any mail is fetched from anywhere")
    allowed = re.compile(rf"(mailto:|https://{re.escape(fp.DOMAIN)}/|https://example\.org/imprint)")
    story.equal(found(sink.mails, lambda m: [u for u, _ in Page(html_of(m)).links if not allowed.match(u)]), [],
                "L-24: no link leads through a counter or to anybody else's server")
    mine = re.findall(rf"https://{re.escape(fp.DOMAIN)}/(\w+)/[\w-]{{20,}}", plain_of(issue))
    story.ok(set(mine) <= {"u", "p", "c"}, "L-24: only confirm, unsubscribe and preferences have a link of the reader's own", mine)
    done = gateway.run("newsletter", "release", "neues", gateway.must("newsletter", "draft", "neues", gateway.path("issue.md")).strip())
    story.equal(done.returncode, 0, "L-23: with an imprint an issue goes out")


def erased(story, gateway, sink):
    """What was to be told of a text and of its author is not, when they are erased before the mail leaves."""
    idea(gateway, sink, "Lara Löscher <lara@example.net>", "Zebrastreifen am Markt", "Ein Zebrastreifen fehlt am Markt.")
    sink.wait("jan@example.net", 3)
    gateway.must("person", "erase", "lara@example.net", "--reason", "Antrag")
    n = len(sink.mails)
    later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)).replace(hour=12)
    idea(gateway, sink, "Bodo <bodo@example.net>", "Bänke am Markt", "Zwei Bänke fehlen am Markt.")
    gateway.must("digest", "run", "--now", later.strftime("%Y-%m-%dT%H:%M:%SZ"))
    story.ok(fp.wait_for(lambda: [m for m in sink.mails[n:] if m.to == "pia@example.net" and "Bänke am Markt" in m.text]), "the next digest leaves")
    story.equal(found(sink.mails[n:], lambda m: "Zebrastreifen" in m.text or "lara@" in m.text), [],
                "L-08: what is erased is in no digest and no mail that leaves later")


def no_officer(story):
    """Where nobody is named the operator hears."""
    sink = fp.Sink()
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.start()
    gateway.write(ERIKA, f"privacy@{fp.DOMAIN}", "Auskunft", "Was wissen Sie über mich?", dmarc="fail")
    told = sink.wait("office@example.org")
    story.ok("Was wissen Sie über mich?" in told.text and fp.address_of(told.message["Reply-To"]) == "erika@example.net",
             "L-04: without a data-protection officer the operator gets it, proved or not")
    gateway.settle()
    story.equal(sink.to("erika@example.net"), [], "L-04: and whom nothing proves is not answered")
    gateway.stop()


def no_imprint(story):
    gateway = fp.Gateway(story, relay_port=9, initiative={"imprint": ""})
    gateway.must("init")
    gateway.must("newsletter", "add", "neues", "--title", "Neues", "--release", "one")
    with open(gateway.path("issue.md"), "w", encoding="utf-8") as file:
        file.write(ISSUE)
    number = gateway.must("newsletter", "draft", "neues", gateway.path("issue.md")).strip()
    done = gateway.run("newsletter", "release", "neues", number)
    story.ok(done.returncode != 0 and "imprint" in done.stderr, "L-23: without an imprint nothing goes to many", done.stderr)


def structure(sent):
    page = Page(html_of(sent))
    top = dict(page.tags).get("html") or {}
    wrong = list(page.wrong)
    if not top.get("lang"):
        wrong.append("no language")
    if not re.search(r"<title>[^<]+</title>", html_of(sent)):
        wrong.append("no title")
    if page.headings.count(1) != 1 or page.headings[0] != 1:
        wrong.append(f"headings {page.headings}")
    wrong += [f"h{b} below h{a}" for a, b in zip(page.headings, page.headings[1:]) if b > a + 1]
    wrong += [f"a table for {attrs}" for tag, attrs in page.tags if tag == "table" and attrs.get("role") != "presentation"]
    return wrong


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    one, two = sorted((luminance(a), luminance(b)))
    return (two + 0.05) / (one + 0.05)


def contrasts(sent):
    """Each colour of text against the grounds that it may stand on, in light and dark."""
    text = html_of(sent)
    style = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    body = text.replace(style, "")
    colour = r"(#[0-9a-f]{6})"
    grounds = set(re.findall(rf"background:{colour}", body))
    accents = set(re.findall(rf"class=\"b\" style=\"[^\"]*background:{colour}", body))
    wrong = [(c, g) for c in re.findall(rf"[;\"]color:{colour}", body) if c != "#ffffff" for g in grounds - accents if contrast(c, g) < 4.5]
    wrong += [("#ffffff", g) for g in accents if contrast("#ffffff", g) < 4.5]
    dark = {name: (ground, ink) for name, ground, ink in
            re.findall(rf"([.\w, ]+)\{{background:{colour}!important;(?:border-color:#\w+!important;)?color:{colour}!important\}}", style)}
    wrong += [(name, pair) for name, pair in dark.items() if contrast(*pair) < 4.5]
    links = re.search(rf"\.a,\.b2\{{color:{colour}", style).group(1)
    wrong += [("link", g) for g, _ in dark.values() if g != links and contrast(links, g) < 4.5]
    return wrong if len(dark) >= 3 else ["no dark colours"]


def plain_rules(sent):
    lines = plain_of(sent).split("\n")
    wrong = [f"long: {line}" for line in lines if len(line.rstrip()) > 72 and not re.search(r"\S{50,}", line)]
    wrong += ["two empty lines"] if "\n\n\n\n" in plain_of(sent) else []
    wrong += [f"drawn: {line}" for line in lines if re.search(r"[-=_*+|]{4,}|\S {3,}\S+ {3,}\S", line) and not line.startswith("-- ")]
    return wrong


def addresses(sent):
    """A web address is alone on its line or ends it, and nothing is glued to it."""
    wrong = []
    for line in plain_of(sent).split("\n"):
        for url in re.findall(r"https?://\S+", line):
            if not line.rstrip().endswith(url) or url[-1] in ".,;:!?)>\"'":
                wrong.append(line)
    return wrong


def accessibility(story, gateway, sink):
    story.equal(found(sink.mails, lambda m: [p.get_content_type() for p in m.message.walk()][-2:] != ["text/plain", "text/html"]), [],
                "A-01: every mail has both forms, the plain one first")
    story.equal(found(sink.mails, lambda m: sorted(words(plain_of(m)) - words(" ".join(Page(html_of(m)).words) + str(m.message["Subject"])))), [],
                "A-01: every word of the plain form stands in the HTML")
    story.equal(found(sink.mails, structure), [], "A-02: language, title, one h1, no level skipped, tables only for the layout")
    story.equal(found(sink.mails, contrasts), [], "A-03: contrast of every text at least 4.5:1, light and dark")
    turkish = next(m for m in sink.to("jan@example.net") if "Çocuklar" in m.text)
    story.ok(re.search(r'<(?:div|blockquote)[^>]* lang="tr"', html_of(turkish)) and turkish.message["Content-Language"].startswith("de"),
             "A-04: words in another language are marked, and the mail's language is said", turkish.message["Content-Language"])
    story.equal(found(sink.mails, addresses), [], "A-05: a web address ends its line, and no sign is glued to it")
    story.equal(found(sink.mails, lambda m: [(u, t) for u, t in Page(html_of(m)).links
                                             if not t.strip() or t.strip().lower() in ("hier", "here", "link", "mehr", "more")]), [],
                "A-05: the text of a link says where it leads")
    story.equal(found(sink.mails, plain_rules), [], "A-06: plain text of at most 72 columns, no drawn lines, no tables by blanks")
    story.equal(found(sink.mails, lambda m: re.search(r"[*_|<>\[\]{}]|[A-ZÄÖÜ]{12,}|[\U0001F000-\U0001FAFF]",
                                                       re.sub(r" \[(intern )?(idee|vorschlag)-\d+\]$", "", str(m.message["Subject"])))), [],
                "A-10: subjects have no signs that are read aloud but the idea's number at their end, and shout nothing")
    shouted = lambda m: [w for w in re.findall(r"\b[A-ZÄÖÜ]{12,}\b", plain_of(m))]
    story.equal(found(sink.mails, shouted), [], "A-06: nothing is shouted")


def sentences(text):
    """Lengths in words of what the program itself says in a mail; a colon ends a sentence, as for the linter of newsletters."""
    return [len(s.split()) for s in re.split(r"(?<=[.?!:])\s+|(?<=[.?!][“\"])\s+", re.sub(r"\s+", " ", text)) if len(s.split()) > 2 and "@" not in s and "http" not in s]


def plain_words(story):
    folder = os.path.join(os.environ.get("top_srcdir", ".."), "templates", "de")
    wrong = []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".txt"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = re.sub(r"\{\{.*?\}\}|^[#!=~>-].*$|^Subject:.*$", " ", file.read(), flags=re.M)
        lengths = sorted(n for p in text.split("\n\n") for n in sentences(p))
        if lengths and (lengths[len(lengths) // 2] > 15 or lengths[-1] > 25):
            wrong.append((name, lengths[len(lengths) // 2], lengths[-1]))
    story.equal(wrong, [], "A-09: of every text half the sentences have at most 15 words, and none more than 25")
    folder = os.path.join(os.environ.get("top_srcdir", ".."), "templates", "de")
    stars = [name for name in sorted(os.listdir(folder)) if name.endswith(".txt") and
             re.search(r"\w[*:_]innen|\wInnen\b", open(os.path.join(folder, name), encoding="utf-8").read())]
    story.equal(stars, [], "A-10: pair forms or neutral words, no signs inside of words")


def providers(story, gateway, sink, question, issue):
    people = {"erika@example.net", "ayse@example.net", "rita@example.net", "jan@example.net", "pia@example.net", "anna@amt.example"}
    story.equal(found(sink.mails, lambda m: [h for h in ("From", "Reply-To", "Sender") if m.message[h] and fp.DOMAIN not in str(m.message[h])]), [],
                "D-06: From and Reply-To are the initiative's, so DMARC is always aligned")
    story.equal(found(sink.mails, lambda m: [p for p in people if p in str(m.message["From"]) + str(m.message["Reply-To"])]), [],
                "D-06: no citizen's address is ever a sender")
    post = next(m for m in sink.to("jan@example.net") if "Ticket" in m.text)
    story.has(str(post.message["From"]), " über ", "D-06: who wrote stands before the initiative's name")
    story.equal({m.sender.split("+")[0] for m in (question, post, issue)}, {"bounce", "bounce-forum", "bounce-news"},
                "D-05: questions, forum mails and newsletters have envelope senders of their own")
    story.equal(found(sink.mails, lambda m: len((m.message["Feedback-ID"] or "").split(":")) != 3), [], "D-05: every mail has a Feedback-ID that names its stream")
    for name in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version"):
        story.equal(found(sink.mails, lambda m, name=name: len(m.message.get_all(name) or []) != 1), [], f"D-03: exactly one {name} (RFC 5322)")
    story.equal(found(sink.mails, lambda m: m.message["Precedence"]), [], "D-03: Precedence never")
    for_many = [m for m in sink.mails if (m.message["List-Id"] or "").startswith("Neues")]
    story.ok(for_many and all(m.message["X-CSA-Complaints"] == CSA for m in for_many) and
             not [m for m in sink.mails if m not in for_many and m.message["X-CSA-Complaints"]],
             "D-04: X-CSA-Complaints stands in newsletters where it is set, and nowhere else")
    story.equal(found([m for m in sink.mails if m.message["List-Unsubscribe"]],
                      lambda m: [h for h in ("List-Id", "List-Help", "List-Owner") if m.message[h] is None]), [],
                "D-03: list mail says so (RFC 2369, 2919)")


def main():
    with fp.Story("musts") as story:
        sink = fp.Sink()
        gateway = scene(story, sink)
        with open(gateway.path("issue.md"), "w", encoding="utf-8") as file:
            file.write("# Zweite\n\nText.\n")
        question, issue = everything(story, gateway, sink)
        fp.diag(f"{len(sink.mails)} mails: " + ", ".join(sorted({str(m.message['Feedback-ID']).split(':')[0] for m in sink.mails})))
        the_law(story, gateway, sink, question, issue)
        accessibility(story, gateway, sink)
        plain_words(story)
        providers(story, gateway, sink, question, issue)
        erased(story, gateway, sink)
        no_imprint(story)
        no_officer(story)


if __name__ == "__main__":
    main()

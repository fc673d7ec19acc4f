#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of quotes: mails that we really sent, answered as twelve programs quote, in twelve languages, above, between and below the
quote. Of each answer exactly its author's words become the contribution, and between quotes the paragraph stays that is answered.
QUOTES=7 tries every seventh of the 432 only; QUOTES_SHOW=1 shows what became of each."""
import collections
import contextlib
import email.message
import email.policy
import email.utils
import html
import os
import sqlite3
import textwrap

import fp

FORUM = f"mobilitaet@{fp.DOMAIN}"
AUTHOR = "Karl Beispiel <karl@example.net>"
IDEA = """Der Nachtbus soll ab nächstem Jahr jede halbe Stunde durch Altendorf fahren, auch am Wochenende und an Feiertagen.

Heute warten Menschen nach der Spätschicht über eine Stunde am Bahnhof, und im Winter ist das für viele gefährlich.

Ich schlage deshalb vor, die Linie 160 bis zur Endhaltestelle zu verlängern und die Fahrer besser zu bezahlen."""
PARAGRAPH = IDEA.split("\n\n")[1]
ANSWERED = "Heute warten Menschen nach der Spätschicht"
PER_PERSON = 18 # below the rate of an hour

# One person's words in each language: above or below the quote, and between.
WORDS = {
    "de": ("Das finde ich gut, aber bitte auch sonntags nach der Messe.", "Das kenne ich aus eigener Erfahrung."),
    "en": ("I like this, but please run it on Sundays after the service too.", "I know this from my own experience."),
    "fr": ("Je trouve cela bien, mais il faudrait aussi le dimanche après la messe.", "Je connais cela par ma propre expérience."),
    "es": ("Me parece bien, pero también los domingos después de la misa.", "Lo conozco por experiencia propia."),
    "it": ("Mi sembra giusto, ma anche la domenica dopo la messa.", "Lo so per esperienza personale."),
    "nl": ("Dat vind ik goed, maar graag ook op zondag na de kerkdienst.", "Dat ken ik uit eigen ervaring."),
    "pl": ("Podoba mi się to, ale proszę także w niedzielę po mszy.", "Znam to z własnego doświadczenia."),
    "tr": ("Bunu beğendim, ama lütfen pazar günleri de olsun.", "Bunu kendi deneyimimden biliyorum."),
    "cs": ("To se mi líbí, ale prosím také v neděli po mši.", "To znám z vlastní zkušenosti."),
    "sv": ("Det tycker jag är bra, men kör gärna även på söndagar.", "Det känner jag till av egen erfarenhet."),
    "ru": ("Мне это нравится, но пусть ходит и по воскресеньям.", "Я знаю это по своему опыту."),
    "zh": ("我觉得这个建议很好，但是星期天也应该有车。", "我自己有过这样的经历。"),
}
# Who wrote when, as programs say it; label of From, Sent, To, Subject; the word above such a block; what a telephone adds.
SAID = {
    "de": ("Am {d} um {t} schrieb {w}:", ("Von", "Gesendet", "An", "Betreff"), "Ursprüngliche Nachricht", "Von meinem iPhone gesendet"),
    "en": ("On {d} at {t}, {w} wrote:", ("From", "Sent", "To", "Subject"), "Original Message", "Sent from my iPhone"),
    "fr": ("Le {d} à {t}, {w} a écrit :", ("De", "Envoyé", "À", "Objet"), "Message d'origine", "Envoyé de mon iPhone"),
    "es": ("El {d} a las {t}, {w} escribió:", ("De", "Enviado", "Para", "Asunto"), "Mensaje original", "Enviado desde mi iPhone"),
    "it": ("Il giorno {d} alle {t}, {w} ha scritto:", ("Da", "Inviato", "A", "Oggetto"), "Messaggio originale", "Inviato da iPhone"),
    "nl": ("Op {d} om {t} schreef {w}:", ("Van", "Verzonden", "Aan", "Onderwerp"), "Oorspronkelijk bericht", "Verstuurd vanaf mijn iPhone"),
    "pl": ("W dniu {d} o {t} {w} pisze:", ("Od", "Wysłano", "Do", "Temat"), "Oryginalna wiadomość", "Wysłane z iPhone'a"),
    "tr": ("{w}, {d} {t} tarihinde şunu yazdı:", ("Kimden", "Gönderildi", "Kime", "Konu"), "Özgün ileti", "iPhone'umdan gönderildi"),
    "cs": ("Dne {d} v {t} {w} napsal(a):", ("Od", "Odesláno", "Komu", "Předmět"), "Původní zpráva", "Odesláno z iPhonu"),
    "sv": ("Den {d} kl. {t} skrev {w}:", ("Från", "Skickat", "Till", "Ämne"), "Ursprungligt meddelande", "Skickat från min iPhone"),
    "ru": ("{d} в {t}, {w} написал(а):", ("От", "Отправлено", "Кому", "Тема"), "Исходное сообщение", "Отправлено с iPhone"),
    "zh": ("{w} 于 {d} {t} 写道：", ("发件人", "发送时间", "收件人", "主题"), "原始邮件", "从我的 iPhone 发送"),
}
PLACES = ("top", "inline", "bottom")


class Answer:
    """What one person answers to one mail of ours: the pieces that a program lays out."""

    def __init__(self, sent, language, place):
        self.sent, self.language, self.place = sent, language, place
        self.words, self.between = WORDS[language]
        line, labels, original, self.telephone = SAID[language]
        who = sent.message["From"].addresses[0]
        self.name, self.address = who.display_name, who.addr_spec
        self.line = line.format(d="27.11.2026", t="09:01", w=self.name)
        self.line_with_address = line.format(d="27.11.2026", t="09:01", w=f"{self.name} <{self.address}>")
        values = (f"{self.name} <{self.address}>", "27.11.2026 09:01", "leserin@example.org", sent.subject)
        self.head = [f"{label}: {value}" for label, value in zip(labels, values)]
        self.original = original
        self.quoted = unflowed(sent.message)

    def expected(self):
        return f"{self.words} > {PARAGRAPH} {self.between}" if self.place == "inline" else self.words


def unflowed(message):
    """The lines of our plain part as a program shows them: format=flowed undone."""
    lines, out, open_line = fp.text_of(message).replace("\r", "").split("\n"), [], None
    for line in lines:
        open_line = line if open_line is None else open_line + line
        if line.endswith(" ") and line != "-- ":
            continue
        out.append(open_line)
        open_line = None
    return out


def wrapped(lines, width):
    """As a program breaks long lines anew."""
    if width is None:
        return lines
    return [piece for line in lines for piece in (textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""])]


def laid_out(a, quote, above=(), mark="", blank_above=True):
    """Words above, between or below QUOTE, whose lines get MARK; ABOVE is what the program says before it."""
    marked = [(mark + line).rstrip() if line or mark else line for line in quote]
    head = list(above)
    if a.place == "top":
        return [a.words, ""] + head + ([""] if blank_above else []) + marked
    if a.place == "bottom":
        return head + ([""] if blank_above else []) + marked + ["", a.words]
    at = next(i for i, line in enumerate(quote) if ANSWERED[:20] in line)
    while at + 1 < len(quote) and quote[at + 1].strip("> "):
        at += 1
    return [a.words, ""] + head + ([""] if blank_above else []) + marked[:at + 1] + ["", a.between, ""] + marked[at + 1:]


def paragraphs(lines):
    return "".join(f"<div>{html.escape(line)}</div>\n" if line else "<div><br></div>\n" for line in lines)


def our_html(a):
    """Body of the HTML part that we sent."""
    page = a.sent.message.get_body(preferencelist=("html",)).get_content()
    inner = page[page.index("<body"):]
    return inner[inner.index(">") + 1:inner.rindex("</body>")]


def between_html(page, a):
    """The words between, below the paragraph that has the answered line."""
    at = page.index(html.escape(ANSWERED).split(" ")[0] + " ", page.index("Nachtbus"))
    end = page.index("</p>", at) + 4 if "</p>" in page[at:] else page.index("</div>", at) + 6
    return page[:end] + "{open}" + f"<div>{html.escape(a.between)}</div>" + "{close}" + page[end:]


def html_answer(a, above, opening, closing):
    """An HTML mail of a program that puts our HTML between OPENING and CLOSING."""
    words, quote = f"<div>{html.escape(a.words)}</div><div><br></div>", our_html(a)
    head = "".join(f"<div>{html.escape(line)}</div>" for line in above)
    if a.place == "top":
        body = words + head + opening + quote + closing
    elif a.place == "bottom":
        body = head + opening + quote + closing + words
    else:
        body = words + head + opening + between_html(quote, a).replace("{open}", closing).replace("{close}", opening) + closing
    return f"<html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>"


# ---- the programs: each makes (plain, HTML or None, charset, format=flowed)
def gmail(a):
    above = [a.line_with_address]
    return (laid_out(a, wrapped(a.quoted, 72), above, "> "),
            html_answer(a, above, '<div class="gmail_quote"><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">', "</blockquote></div>"))


def thunderbird(a):
    return laid_out(a, wrapped(a.quoted, 72), [a.line], "> ", False), None, "utf-8", True


def outlook_desktop(a):
    plain = laid_out(a, a.quoted, a.head)
    head = '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">' + \
        "<br>".join(f"<b>{html.escape(h.split(': ', 1)[0])}:</b> {html.escape(h.split(': ', 1)[1])}" for h in a.head) + "</p></div>"
    return plain, html_answer(a, [], head, "") if a.place == "top" else None


def outlook_web(a):
    plain = laid_out(a, a.quoted, ["________________________________", *a.head])
    head = '<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font>' + \
        "<br>".join(f"<b>{html.escape(h.split(': ', 1)[0])}:</b> {html.escape(h.split(': ', 1)[1])}" for h in a.head) + "</font></div>"
    return plain, html_answer(a, [], head, "") if a.place == "top" else None


def apple_mail(a):
    return (laid_out(a, ["", *a.quoted], [f"> {a.line_with_address}"], "> ", False),
            html_answer(a, [], f'<div><blockquote type="cite"><div>{html.escape(a.line_with_address)}</div><br>', "</blockquote></div>"))


def iphone(a):
    plain = laid_out(a, a.quoted, [a.telephone, "", f"> {a.line_with_address}", "> "], "> ", False) if a.place == "top" else \
        laid_out(a, a.quoted, [a.line_with_address], "> ")
    return plain, None, "utf-8", False


def k9(a):
    return laid_out(a, wrapped(a.quoted, 76), [a.line_with_address], ">", False), None


def samsung(a):
    return laid_out(a, a.quoted, [f"-------- {a.original} --------", *a.head]), None


def roundcube(a):
    return laid_out(a, wrapped(a.quoted, 70), [a.line], "> ", False), None, "iso-8859-1", False


def gmx(a):
    plain = laid_out(a, wrapped(a.quoted, 64), ["", *a.head, ""])
    head = '<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5;">' + \
        '<div style="margin:0 0 10px 0;">' + "<br>".join(html.escape(h) for h in a.head) + '</div><div name="quoted-content">'
    return plain, html_answer(a, [], head, "</div></div>")


def yahoo(a):
    return ["" if not line.strip() else line for line in laid_out(a, ["  " + q if a.place != "inline" and q else q for q in a.quoted], [a.line_with_address])], None


def notes(a):
    """No marks at all, broken anew at 58 columns, one line of who wrote."""
    return laid_out(a, wrapped(a.quoted, 58), [a.line_with_address]), None, "iso-8859-1", False


PROGRAMS = {f.__name__: f for f in (gmail, thunderbird, outlook_desktop, outlook_web, apple_mail, iphone, k9, samsung, roundcube, gmx, yahoo, notes)}


def as_mail(a, program, sender):
    made = PROGRAMS[program](a)
    plain, rich, charset, flowed = made if len(made) == 4 else (*made, "utf-8", False)
    text = "\n".join(plain) + "\n"
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = sender, str(a.sent.message["Reply-To"] or a.sent.message["From"])
    message["Subject"] = f"Re: {a.sent.subject}"
    message["Date"], message["Message-ID"] = email.utils.format_datetime(email.utils.localtime()), email.utils.make_msgid(domain="client.example.net")
    message["In-Reply-To"] = message["References"] = a.sent.message["Message-ID"]
    if rich is None:
        message.set_content(text, charset=charset, cte="8bit" if charset == "utf-8" else "quoted-printable")
        if flowed:
            message.set_param("format", "flowed")
    else:
        message.set_content(text, charset=charset, cte="quoted-printable")
        message.add_alternative(rich, subtype="html", charset="utf-8", cte="quoted-printable")
    return message


def set_up(story, sink, n_people):
    gateway = fp.Gateway(story, relay_port=sink.port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    people = [f"leserin{i}@example.org" for i in range(n_people)]
    for i, person in enumerate(people):
        gateway.must("member", "add", "mobilitaet", person, "--role", "reader", "--delivery", "each")
        if i % 2 == 1:
            gateway.must("person", "set", person, "--language", "en")
    gateway.must("member", "add", "mobilitaet", "karl@example.net", "--role", "member", "--delivery", "none")
    gateway.start()
    gateway.write(AUTHOR, FORUM, "Nachtbus nach Altendorf", IDEA, dmarc="pass")
    sent = {person: sink.wait(person) for person in people}
    for person in people:
        gateway.must("member", "set", "mobilitaet", person, "--delivery", "none")
    return gateway, people, sent


def answers_to_oneself(story, gateway, sent, person):
    """Who answers their own answer quotes that one, too, which stands in no mail of ours; and who says the same again says it again."""
    first = "Das sehe ich genauso, denn nach der Spätschicht im Krankenhaus stehen wir oft zu zehnt an der Haltestelle in der Kälte."
    to, who = fp.address_of(sent.message["Reply-To"] or sent.message["From"]), f"Leserin <{person}>"
    a = Answer(sent, "de", "top")
    head = [f"Von: {who}", "Gesendet: 28.11.2026 10:00", f"An: {to}", f"Betreff: AW: {sent.subject}", ""]
    said = [f"Am 28.11.2026 um 10:00 schrieb {who}:", ""]
    inner = [first, "", *a.head, "", *a.quoted]
    marked = [("> " + line).rstrip() for line in inner]
    layouts = {"Outlook, above": lambda w: [w, "", "_" * 32, *head, *inner], "Outlook, below": lambda w: [*head, *inner, "", w],
               "without marks, above": lambda w: [w, "", *said, *wrapped(inner, 58)], "without marks, below": lambda w: [*said, *inner, "", w],
               "marks, above": lambda w: [w, "", *said, *marked], "marks, below": lambda w: [*said, *marked, "", w]}
    gateway.respond(sent.message, person, first, dmarc="pass")
    keys = {}
    for i, (name, layout) in enumerate(layouts.items()):
        words, key = f"Noch ein Nachtrag, der {i + 2}.: auch an Heiligabend soll der Bus fahren.", f"selbst{i}@client.example.net"
        keys[key] = (name, words)
        gateway.write(person, to, f"AW: {sent.subject}", "\n".join(layout(words)) + "\n", dmarc="pass", Message_ID=f"<{key}>",
                      In_Reply_To=sent.message["Message-ID"])
    gateway.write(person, to, f"AW: {sent.subject}", "\n".join([first, "", *said, *marked]) + "\n", dmarc="pass", Message_ID="<nochmal@client.example.net>",
                  In_Reply_To=sent.message["Message-ID"])
    got = texts(gateway)
    story.equal([(name, got.get(key)) for key, (name, words) in keys.items() if got.get(key) != words], [], "who answers their own answer does not say it twice")
    story.equal(got.get("nochmal@client.example.net"), first, "unless that is all they say")


def texts(gateway):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return dict(db.execute("SELECT m.message_id, p.text FROM message m JOIN post p ON p.message_id = m.id"))


def plain_words(text):
    return " ".join(text.split())


def main():
    with fp.Story("quotes") as story, contextlib.closing(fp.Sink()) as sink:
        cases = [(p, l, w) for p in PROGRAMS for l in WORDS for w in PLACES]
        cases = cases[::int(os.environ.get("QUOTES", "1"))]
        gateway, people, sent = set_up(story, sink, (len(cases) + PER_PERSON - 1) // PER_PERSON + 1)
        asked = {}
        client = fp.Client(gateway.door)
        for i, (program, language, place) in enumerate(cases):
            person = people[i // PER_PERSON]
            a = Answer(sent[person], language, place)
            message = as_mail(a, program, person)
            asked[message["Message-ID"].strip("<>")] = (program, language, place, a)
            to = fp.address_of(sent[person].message["Reply-To"] or sent[person].message["From"])
            reply = client.deliver(person, [to], fp.found(fp.trace(message.as_bytes()), person, "pass"))
            assert reply[to][0] == 250, reply
        client.quit()
        got = texts(gateway)
        exact, lost, by = 0, [], collections.Counter()
        for key, (program, language, place, a) in asked.items():
            text = got.get(key)
            is_exact = text is not None and plain_words(text) == plain_words(a.expected())
            exact += is_exact
            if text is None or plain_words(a.words) not in plain_words(text):
                lost.append((program, language, place))
            if os.environ.get("QUOTES_SHOW"):
                fp.diag(f"{is_exact} {program} {language} {place}: {text!r}")
            if not is_exact:
                by[program] += 1
                by[place] += 1
        share = 100 * exact / len(asked)
        fp.diag(f"figure: {exact} of {len(asked)} answers exact ({share:.1f} %), {len(lost)} lost; not exact by program and place: {dict(by)}")
        story.ok(share >= 99.5, "of 1,000 answers 995 become exactly what their author wrote", f"{exact} of {len(asked)}")
        story.equal(lost, [], "and no word of any author is lost")
        answers_to_oneself(story, gateway, sent[people[-1]], people[-1])


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks by mass: questions to people who never wrote, texts in somebody's name that park their own, storms of reports,
one person's hundred posts, megabytes of nobody, a clock that goes back. Nobody is bombed, nobody starves, nothing is lost."""
import contextlib
import re
import sqlite3
import time
import urllib.parse

import fp
import webpeer

FORUM = f"mobilitaet@{fp.DOMAIN}"
OFFICE = "office@example.org"
HOUR_S, DAY_S = 3600, 86400
ALONE = fp.limit("LIMIT_TOLD_OF_PERSON")
ASK_EVERY_S, STOPPED_S = fp.limit("LIMIT_ASK_EVERY_S"), fp.limit("LIMIT_STOPPED_S")


def set_up(story, sink, **sections):
    gateway = fp.Gateway(story, relay_port=sink.port, **sections)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.start()
    return gateway


def database(gateway):
    return contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30))


def one(gateway, sql, *arguments):
    with database(gateway) as db:
        return db.execute(sql, arguments).fetchone()[0]


def age(gateway, seconds):
    """Time passes: a test cannot wait, so what is stored becomes older."""
    with database(gateway) as db, db:
        for table, column in (("mailbox", "asked_at"), ("mailbox", "stopped_at"), ("hold", "ask_at"), ("hold", "created_at"),
                              ("hold", "expires_at"), ("hold", "asked_at"), ("message", "received_at"), ("report", "at"),
                              ("notice", "due_at"), ("notice", "sent_at"), ("announcement", "at"), ("post", "at"), ("unproved", "slot"),
                              ("wish", "created_at"), ("wish", "expires_at"), ("wish", "asked_at")):
            step = seconds // 600 if column == "slot" else seconds
            db.execute(f"UPDATE {table} SET {column} = {column} - ? WHERE {column} IS NOT NULL", (step,))


def settle(gateway, sink):
    """Everything that is due is done and sent."""
    gateway.must("clock", "--once")
    fp.wait_for(lambda: one(gateway, "SELECT count(*) FROM notice WHERE state IN ('due', 'claimed') AND due_at <= unixepoch()") == 0)


def send_many(gateway, mails):
    """(sender, to, bytes) in one session; the codes."""
    client = fp.Client(gateway.door)
    try:
        return [client.deliver(fp.address_of(fp.parse(data)["From"]), [to], data)[to][0] for to, data in mails]
    finally:
        client.quit()


def forged(sender, subject="Ein Vorschlag", text="Bitte mehr Bänke.", dmarc=None, **headers):
    return FORUM, fp.found(fp.trace(fp.mail(sender, FORUM, subject, text, **headers)), sender, dmarc)


def to_people(sink, names):
    return [sent for sent in list(sink.mails) if names.match(sent.to)]


# ---- Questions

def many_victims(story):
    sink = fp.Sink()
    gateway = set_up(story, sink)
    victims = re.compile(r"victim\d+@example\.com")
    codes = send_many(gateway, [forged(f"victim{i}@example.com", f"Gewinn {i} https://evil.example/{i}", "Jetzt klicken!")
                                for i in range(500)])
    story.equal(set(codes), {250}, "500 forged mails are kept")
    settle(gateway, sink)
    story.equal(len(to_people(sink, victims)), 200, "of 500 people in whose name somebody wrote within the hour 200 are asked")
    holds = gateway.rows("hold", "list")
    story.equal((len(holds), sum(h.get("waits") == "ceiling" for h in holds)), (500, 300), "the others wait, and the list says why")
    story.equal([m.subject for m in sink.to(OFFICE)], ["Sehr viele Rückfragen in einer Stunde"], "the operator hears once")
    gateway.write("Nele <nele@example.net>", FORUM, "Radwege", "Mehr Radwege.", dmarc="pass")
    story.ok(sink.wait("nele@example.net") is not None, "somebody with proof is asked all the same")
    gateway.write("Spät <spaet@example.net>", FORUM, "Bänke", "Mehr Bänke.")
    age(gateway, HOUR_S)
    settle(gateway, sink)
    story.equal(len(to_people(sink, victims)), 400, "an hour later the next ones are asked, the first who waited first")
    story.equal(sink.to("spaet@example.net"), [], "who came later does not overtake them")
    age(gateway, HOUR_S)
    settle(gateway, sink)
    story.equal((len(to_people(sink, victims)), len(sink.to("spaet@example.net"))), (500, 1), "and an hour later the rest")
    story.equal(len([m for m in sink.to(OFFICE) if "Rückfragen" in m.subject]), 1, "the operator still heard once")
    gateway.stop()


def one_mailbox(story, gateway, sink):
    names = [f"opfer+{i}@example.com" for i in range(200)] + ["O.p.f.e.r.2@gmail.com", "opfer2+x@googlemail.com", "OPFER2@gmail.com"]
    story.equal(set(send_many(gateway, [forged(name) for name in names])), {250}, "203 mails in the name of two mailboxes are kept")
    settle(gateway, sink)
    asked = to_people(sink, re.compile(r"(?i)o\.?p\.?f\.?e\.?r"))
    story.equal(len(asked), 2, "plus addresses and Gmail's dots are one mailbox: one question each")
    age(gateway, ASK_EVERY_S)
    settle(gateway, sink)
    story.equal(len(to_people(sink, re.compile(r"(?i)o\.?p\.?f\.?e\.?r"))), 4, "the next day one more")


def by_form(web, token, victim, i):
    """The same name in the form for anybody."""
    fields = {"token": token, "website": "", "forum": "mobilitaet", "title": f"Formular {i}", "text": f"Bitte {i} Brunnen.", "address": victim}
    return web.post("/mitmachen", urllib.parse.urlencode(fields))[0]


def by_forward(gateway, victim, i):
    """And in a mail that a moderator passes on."""
    text = f"Zur Information.\n\n---------- Forwarded message ---------\nFrom: Petra <{victim}>\nDate: Mon, 1 Mar 2027 at 10:00\n" \
           f"Subject: Weg {i}\nTo: <wache@example.org>\n\nBitte {i} Wege am Fluss."
    return gateway.write("Wache <wache@example.org>", FORUM, f"Fwd: Weg {i}", text, dmarc="pass")[0]


def each_door(story, gateway, sink, web, token, doors):
    """Each of them alone, thrice in the name of somebody who never wrote."""
    for i in range(3):
        codes = send_many(gateway, [(to, fp.trace(fp.mail(f"tuer{n}@example.com", to, subject.format(i), text.format(i))))
                                    for n, (to, subject, text) in enumerate(doors)])
        codes += [by_form(web, token, "formular@example.com", i), by_forward(gateway, "weiter@example.com", i)]
    settle(gateway, sink)
    victims = [f"tuer{n}@example.com" for n in range(len(doors))] + ["formular@example.com", "weiter@example.com"]
    many = {(v, tuple(m.subject for m in sink.to(v))) for v in victims if len(sink.to(v)) > 1}
    story.equal(many, set(), f"three in somebody's name at each of {len(victims)} doors: nobody gets more than one mail")
    story.equal([len(sink.to(v)) for v in victims[-2:]], [1, 1], "the form and what is passed on ask once")
    story.equal([one(gateway, "SELECT count(*) FROM hold WHERE address = ?", v) for v in victims[-2:]], [3, 3], "and keep all three texts")


def every_door(story, gateway, sink, web, token):
    """500 mails in one person's name, at thirteen doors, the form and what others pass on: they are asked once about what was written, and once
    about the newsletter."""
    victim = "Petra <petra@example.com>"
    gateway.must("newsletter", "add", "neues", "--title", "Neues")
    gateway.must("member", "add", "mobilitaet", "autorin@example.net", "--role", "reader", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", "amt@example.org", "--role", "office", "--delivery", "none")
    gateway.must("member", "add", "mobilitaet", "wache@example.org", "--role", "moderator", "--delivery", "none")
    gateway.write("Autorin <autorin@example.net>", FORUM, "Eine Linde", "Bitte eine Linde.", dmarc="pass")
    number = fp.wait_for(lambda: one(gateway, "SELECT coalesce(max(id), 0) FROM idea WHERE title = 'Eine Linde'"))
    idea, post = f"idee-{number}@{fp.DOMAIN}", f"hilfe@{fp.DOMAIN}"
    doors = ((FORUM, "Idee {}", "Bitte {} Bänke."), (idea, "Re: Eine Linde", "Beitrag {}."), (idea, "Re: Eine Linde", "+1"),
             (idea, "Re: Eine Linde", "folgen"), (f"neues+abo@{fp.DOMAIN}", "Abo {}", "bitte"), (f"neues@{fp.DOMAIN}", "abonnieren", "abonnieren"),
             (idea.replace("@", "+dafuer@"), "", "Stimme {}."), (idea.replace("@", "+folgen@"), "", ""), (FORUM.replace("@", "+abo@"), "", ""),
             (post, "", "MEINE DATEN"), (post, "", "ALLES LÖSCHEN"), (post, "", f"LÖSCHEN {number}"), (post, "", "NAME: Ministerium"))
    mails = [(to, fp.trace(fp.mail(victim, to, subject.format(i), text.format(i)))) for i in range(40) for to, subject, text in doors][:500]
    codes = send_many(gateway, mails)
    story.equal((len(mails), set(codes) <= {250, 451, 452}), (500, True), "500 forged mails at thirteen doors")
    told = [(by_form(web, token, "petra@example.com", i), by_forward(gateway, "petra@example.com", i)) for i in range(10)]
    story.equal(set(told), {(200, 250)}, "and ten forms, and ten mails that a moderator passed on")
    settle(gateway, sink)
    got = sorted(m.subject for m in sink.to("petra@example.com"))
    story.equal(got, ["Bitte bestätigen Sie Ihre Bestellung", "Bitte bestätigen Sie Ihre Idee"],
                "one question about texts and one about the newsletter reach the person in whose name they came")
    story.equal(one(gateway, "SELECT count(*) FROM person p JOIN address a ON a.person_id = p.id WHERE a.address = 'petra@example.com'"), 0, "who is nobody here")
    each_door(story, gateway, sink, web, token, doors)


def careful_question(story, gateway, sink):
    text = "Guten Tag,\n\nbitte https://evil.example/login?x=1 und www.evil.example oder evil.com/x öffnen, " \
           "oder an betrug@evil.example schreiben.\n\n" + "Sehr lange Zeile mit vielen Wörtern. " * 64000
    gateway.write("Vera <vera@example.com>", FORUM, "GEWINN! https://evil.example/titel", text)
    question = sink.wait("vera@example.com")
    story.ok(len(text) > 2_300_000 and len(question.data) < 30_000, "2.3 MB forged become a small question", len(question.data))
    story.lacks(question.subject, "GEWINN", "no title in its subject")
    story.equal(re.findall(rb"(?i)https?://(?!example\.org/imprint)[^\s\"<]*|www\.|evil\.(?:example|com)", question.data), [], "nothing in it can be clicked")
    story.has(question.text, "[Link zu evil·example]", "a link shows where it would lead")
    quoted = "".join(line[2:] for line in question.text.splitlines() if line.startswith("> "))
    most = fp.limit("LIMIT_QUESTION_CHARS")
    story.ok(most - 500 < len(quoted) < most + 300, f"at most {most} characters are quoted", len(quoted))
    story.has(question.text, "ZEIGEN", "and it says how to see the whole")
    n = len(sink.to("vera@example.com"))
    for _ in range(3):
        gateway.respond(question.message, "vera@example.com", "ZEIGEN")
    settle(gateway, sink)
    whole = sink.to("vera@example.com")[n:]
    story.equal(len(whole), 1, "ZEIGEN brings the whole text, once")
    story.ok("https://evil.example/login?x=1" in whole[0].text and len(whole[0].data) > 2_000_000, "word for word", len(whole[0].data))
    gateway.respond(whole[0].message, "vera@example.com", "JA")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "list")), "JA to the second one counts as well")


def proved_question(story, gateway, sink):
    gateway.write("Paul <paul@example.net>", FORUM, "Mein Link", "Siehe https://radweg.example/plan, bitte.", dmarc="pass")
    story.has(sink.wait("paul@example.net").text, "https://radweg.example/plan", "an author with proof is asked word for word")


def stopped(story, gateway, sink):
    gateway.write("Stefan <stefan@example.com>", FORUM, "Erste", "Erste Fälschung.")
    question = sink.wait("stefan@example.com")
    gateway.respond(question.message, "stefan@example.com", "STOPP")
    n = len(sink.to("stefan@example.com"))
    for day in range(3):
        age(gateway, DAY_S)
        gateway.write(f"Stefan <stefan+{day}@example.com>", FORUM, f"Noch {day}", f"Fälschung {day}.")
    gateway.write("Stefan <stefan@example.com>", FORUM, "Noch", "Letzte Fälschung.")
    settle(gateway, sink)
    story.equal(len(sink.to("stefan@example.com")), n, "after STOPP nobody asks there for 30 days")
    story.has(str({h.get("waits") for h in gateway.rows("hold", "list")}), "stopped", "the list says why")
    story.equal(one(gateway, "SELECT count(*) FROM mailbox WHERE stopped_at IS NOT NULL"), 1, "it is remembered")
    gateway.write("Stefan <stefan@example.com>", FORUM, "Wirklich ich", "Das ist von mir.", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(sink.to("stefan@example.com")) > n), "but a mail that came with proof is asked about")
    age(gateway, STOPPED_S - 3 * DAY_S)
    gateway.write("Stefan <stefan@example.com>", FORUM, "Neu", "Nach dreißig Tagen.")
    story.ok(fp.wait_for(lambda: "dreißig" in sink.to("stefan@example.com")[-1].text), "and after 30 days the others as well")


def proved_flood(story, gateway, sink):
    """Somebody's own machine writes in their name, with proof."""
    most = fp.limit("LIMIT_ASKED_PROVED")
    send_many(gateway, [forged("Olga <olga@example.net>", f"Eigen {i}", f"Text {i}.", dmarc="pass") for i in range(most + 5)])
    settle(gateway, sink)
    story.equal(len(sink.to("olga@example.net")), most, f"of one's own mails at most {most} are asked about a day")
    story.equal(len([h for h in gateway.rows("hold", "list") if h["title"].startswith("Eigen") and h.get("waits") == "turn"]), 5, "the others wait")
    age(gateway, DAY_S)
    settle(gateway, sink)
    story.equal(len(sink.to("olga@example.net")), most + 5, "until the next day")


def proof_outranks(story, gateway, sink):
    send_many(gateway, [forged("Rita <rita@example.net>", f"Falsch {i}", f"Text {i}.") for i in range(30)])
    sink.wait("rita@example.net")
    for i in range(3):
        gateway.write("Rita <rita@example.net>", FORUM, f"Echt {i}", f"Echter Text {i}.", dmarc="pass")
    fp.wait_for(lambda: len(sink.to("rita@example.net")) >= 4)
    texts = "".join(sent.text for sent in sink.to("rita@example.net"))
    story.equal([i for i in range(3) if f"Echter Text {i}." not in texts], [], "each mail with proof is asked about, whatever forgeries wait")
    story.equal(len(sink.to("rita@example.net")), 4, "and of the forgeries one")
    echt = [m for m in sink.to("rita@example.net") if "Echter Text 1." in m.text][0]
    gateway.respond(echt.message, "Rita <rita@example.net>", "JA", dmarc="pass")
    gateway.write("Rita <rita@example.net>", FORUM, "Bekannt", "Das soll sofort da stehen.", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Bekannt" in [i["title"] for i in gateway.rows("idea", "list")]), "once known she is public at once")


def titles(gateway):
    return [i["title"] for i in gateway.rows("idea", "list")]


def stronger_copies(story, gateway, sink):
    """The same mail twice: through a list, by a forger who knew it, and genuine."""
    ANNA = "Anna <anna@example.net>"
    plain = fp.trace(fp.mail(ANNA, FORUM, "Über die Liste", "Mehr Bäume.", Message_ID="<liste@example.net>"))
    listed = b"List-Id: <freunde.example.org>\r\nPrecedence: bulk\r\n" + plain
    true = fp.found(plain, ANNA, "pass")
    gateway.deliver("freunde-bounces@example.org", FORUM, listed)
    story.equal(one(gateway, "SELECT kind FROM verdict ORDER BY message_id DESC LIMIT 1"), "ignore", "a list's copy is ignored")
    gateway.deliver("anna@example.net", FORUM, true)
    question = sink.wait("anna@example.net")
    story.ok(question is not None, "and does not swallow the genuine mail")
    gateway.deliver("freunde-bounces@example.org", FORUM, listed)
    gateway.deliver("anna@example.net", FORUM, plain)
    gateway.respond(question.message, ANNA, "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: titles(gateway).count("Über die Liste") == 1), "one yes, one idea")
    gateway.deliver("anna@example.net", FORUM, true)
    story.equal(titles(gateway).count("Über die Liste"), 1, "further copies, weaker or as strong, change nothing")

    forged_copy = fp.trace(fp.mail(ANNA, FORUM, "Vorweg", "Ein Text, den jemand kannte.", Message_ID="<vorweg@example.net>"))
    gateway.deliver("mallory@example.com", FORUM, forged_copy)
    first = fp.wait_for(lambda: [m for m in sink.to("anna@example.net") if "den jemand kannte" in m.text])[0]
    gateway.deliver("anna@example.net", FORUM, fp.found(forged_copy, ANNA, "pass"))
    story.ok(fp.wait_for(lambda: "Vorweg" in titles(gateway)), "a known author's genuine mail is public, whatever copy waits")
    story.equal([h for h in gateway.rows("hold", "list") if h["title"] == "Vorweg"], [], "and the copy waits no more")
    gateway.respond(first.message, ANNA, "JA", dmarc="pass")
    story.equal(titles(gateway).count("Vorweg"), 1, "a yes to the copy's question makes no second one")

    ben = fp.trace(fp.mail("Ben <ben@example.net>", FORUM, "Neuling", "Siehe https://ben.example/plan, bitte.", Message_ID="<ben@example.net>"))
    gateway.deliver("mallory@example.com", FORUM, ben)
    careful = sink.wait("ben@example.net")
    story.lacks(careful.text, "https://ben.example", "a stranger's copy without proof is asked about with care")
    gateway.deliver("ben@example.net", FORUM, fp.found(ben, "ben@example.net", "pass"))
    exact = sink.wait("ben@example.net", 2)
    story.ok(exact is not None and "https://ben.example/plan" in exact.text, "the genuine one word for word")
    story.equal(len([h for h in gateway.rows("hold", "list") if h["title"] == "Neuling"]), 1, "it is one text that waits")
    gateway.respond(careful.message, "ben@example.net", "JA")
    gateway.respond(exact.message, "ben@example.net", "JA")
    story.ok(fp.wait_for(lambda: titles(gateway).count("Neuling") == 1), "either yes will do, and twice is once")
    other = fp.trace(fp.mail("Ben <ben@example.net>", FORUM, "Verfälschter Titel", "Gleicher Text.", Message_ID="<titel@example.net>"))
    gateway.deliver("mallory@example.com", FORUM, other)
    gateway.deliver("ben@example.net", FORUM, fp.found(other.replace(fp.mail("a", "b", "Verfälschter Titel", "x").split(b"Subject: ")[1].split(b"\r\n")[0],
                                                                b"Mein Titel"), "ben@example.net", "pass"))
    story.ok(fp.wait_for(lambda: "Mein Titel" in titles(gateway)), "a forger's title does not become the author's")
    story.lacks(str(titles(gateway)), "Verfälscht", "nor is it published")


def all_doors(story):
    sink, port = fp.Sink(), fp.free_port()
    gateway = set_up(story, sink, intake={"unproved_mails_per_hour": "0"}, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
    web = webpeer.Web(port)
    fp.wait_for(web.is_there)
    token = re.search(r'name="token" value="([\w-]+)"', web.get("/mitmachen/schreiben")[2]).group(1)
    time.sleep(fp.limit("LIMIT_FORM_LEAST_S") + 0.1) # who sends at once is a machine
    every_door(story, gateway, sink, web, token)
    all_are_asked(story, gateway)
    gateway.stop()


def all_are_asked(story, gateway):
    open_holds = [h for h in gateway.rows("hold", "list") if h["kind"] == "confirm"]
    story.equal([h for h in open_holds if not h.get("asked_at") and not h.get("waits")], [], "no hold is open without its question or its reason")
    story.equal([h for h in open_holds if not h.get("expires_at")], [], "nor without a limit in time")


def questions(story):
    many_victims(story)
    all_doors(story)
    sink = fp.Sink()
    gateway = set_up(story, sink, intake={"unproved_mails_per_hour": "0"})
    careful_question(story, gateway, sink)
    proved_question(story, gateway, sink)
    proved_flood(story, gateway, sink)
    proof_outranks(story, gateway, sink)
    stronger_copies(story, gateway, sink)
    automatic_answers(story, gateway, sink)
    stopped(story, gateway, sink)
    one_mailbox(story, gateway, sink)
    all_are_asked(story, gateway)
    forgotten(story, gateway, sink)
    gateway.stop()


# ---- Reports, answers

def refused_mails(story):
    sink = fp.Sink(refuse=lambda verb, argument: "550 5.7.1 no" if verb == "RCPT" and "refused.example" in argument else None)
    gateway = set_up(story, sink, intake={"questions_per_hour": "1000"})
    send_many(gateway, [forged(f"p{i}@refused.example") for i in range(400)])
    fp.wait_for(lambda: one(gateway, "SELECT count(*) FROM notice WHERE state = 'failed'") == 400)
    settle(gateway, sink)
    story.equal(len(sink.to(OFFICE)), 1, "400 refused mails: the operator hears of the first at once")
    age(gateway, fp.limit("LIMIT_OPERATOR_EVERY_S"))
    settle(gateway, sink)
    digest = sink.to(OFFICE)[1:]
    story.equal([m.subject for m in digest], ["399 Meldungen des Beteiligungsservers"], "and of the others in one mail an hour later")
    story.ok("399 ×" in digest[0].text and f"und {399 - fp.limit('LIMIT_REPORTS_SHOWN')} weitere" in digest[0].text, "which counts them and lists fifty", digest[0].text)
    story.lacks(digest[0].text, "refused.example", "without anybody's address")
    story.equal(sum(e["kind"] == "notice.failed" for e in gateway.rows("event", "list")), 400, "the journal has all")
    gateway.stop()


def forgotten(story, gateway, sink):
    """What is only kept for counting goes when it counts no more; what a wrong clock promised is clamped."""
    long = "Sehr lange Frage. " * fp.limit("LIMIT_DETAIL_CHARS")
    gateway.write("Otto <otto@example.net>", f"postmaster@{fp.DOMAIN}", "Lang", long, dmarc="pass")
    most = one(gateway, "SELECT max(length(detail)) FROM report")
    story.equal(most, fp.limit("LIMIT_DETAIL_CHARS"), "of a long mail the operator gets the beginning")
    with database(gateway) as db, db:
        db.execute("UPDATE hold SET expires_at = 4000000000 WHERE id = (SELECT min(id) FROM hold WHERE state = 'open' AND expires_at IS NOT NULL)")
    fp.owe(gateway, ["morgen@example.net"], due_in=fp.limit("LIMIT_NOTICE_AHEAD_S") + 60)
    settle(gateway, sink)
    story.ok(sink.wait("morgen@example.net") is not None, "no notice is due later than any can be")
    story.ok(one(gateway, "SELECT max(expires_at) - unixepoch() FROM hold WHERE state = 'open'") <= (fp.limit("LIMIT_CONFIRM_DAYS") + 1) * DAY_S, "no text waits longer than the longest")
    age(gateway, max(fp.limit("LIMIT_OPERATOR_KEEP_S"), fp.limit("LIMIT_TOLD_KEEP_S"), STOPPED_S, fp.limit("LIMIT_OPERATOR_ONCE_S")) + DAY_S)
    settle(gateway, sink)
    left = [one(gateway, f"SELECT count(*) FROM {table}") for table in ("mailbox", "announcement", "unproved")]
    story.equal((left, one(gateway, "SELECT count(*) FROM report WHERE notice_id IS NOT NULL AND at < unixepoch() - 86400")), ([0, 0, 0], 0),
                "after a month nothing of it is left")


def mails_that_are_answered(name, domain, dmarc=None):
    """28 of one mailbox under several spellings; four of them are texts for members alone."""
    places = ((f"hilfe@{fp.DOMAIN}", "?"), (f"idee-1@{fp.DOMAIN}", "STOPP"), (FORUM, ""), (f"hilfe+x@{fp.DOMAIN}", "HILFE"),
              (f"mobilitaet+intern@{fp.DOMAIN}", "Intern Nummer {}."), (f"idee-1@{fp.DOMAIN}", "LÖSCHEN"), (FORUM, "HILFE"))
    for i in range(4):
        for to, text in places:
            yield f"{name} <{name.lower()}+{i}@{domain}>", to, f"x{i}", text.format(i), dmarc


def answers_to(story, gateway, sink, name, domain, dmarc=None):
    for sender, to, subject, text, dmarc in mails_that_are_answered(name, domain, dmarc):
        gateway.write(sender, to, subject, text, dmarc=dmarc)
    settle(gateway, sink)
    return [m for m in to_people(sink, re.compile(rf"{name.lower()}(\+\d)?@{domain}")) if "bestätigen" not in m.subject]


def automatic_answers(story, gateway, sink):
    """Whatever somebody sends in a name: five automatic answers a day, one of a kind, to a mailbox. Whoever proves to have written has
    besides each text back that was not taken."""
    most = fp.limit("LIMIT_REPLIES_PER_DAY")
    answers = answers_to(story, gateway, sink, "Ruth", "example.net")
    subjects = [m.subject for m in answers]
    story.ok(len(answers) <= most, "28 mails of one mailbox under several spellings: at most five answers", subjects)
    story.equal(len(set(subjects)), len(subjects), "no two of a kind")
    story.equal([m.subject for m in answers if "Intern Nummer" in m.text], [], "which bring no text to who proves nothing")
    answers = answers_to(story, gateway, sink, "Rosa", "example.net", "pass")
    back = [m for m in answers if "Intern Nummer" in m.text]
    story.equal([i for i in range(4) if not any(f"Intern Nummer {i}." in m.text for m in back)], [], "with proof each text that was not taken comes back")
    story.ok(0 < len(answers) - len(back) <= most, "and besides there are at most five answers", [m.subject for m in answers])
    gateway.must("member", "add", "mobilitaet", "lotte@example.net", "--role", "lead", "--delivery", "none")
    for i in range(3):
        for to, text in ((f"hilfe@{fp.DOMAIN}", f"STUNDE {6 + i}\nSPRACHE de"), (f"hilfe@{fp.DOMAIN}", "WARTET"), (f"hilfe@{fp.DOMAIN}", "MEINE DATEN"), (f"idee-1@{fp.DOMAIN}", "ZUSTAND Prüfung"),
                         (f"idee-1@{fp.DOMAIN}", "VERLAUF"), (f"idee-1@{fp.DOMAIN}", "ANTWORT: Wir prüfen das."), (f"idee-1@{fp.DOMAIN}", f"KORREKTUR: {i}"),
                         (f"idee-1@{fp.DOMAIN}", "dafür"), (f"idee-1@{fp.DOMAIN}", "folgen"), (f"vorschlag@{fp.DOMAIN}", "x"), (FORUM, "PHASE Abstimmung bis 1.3.2030")):
            gateway.write("Lotte <lotte@example.net>", to, f"y{i}", text)
    settle(gateway, sink)
    answers = [m.subject for m in sink.to("lotte@example.net")]
    story.ok(0 < len(answers) <= most + 2, "33 forged mails in the name of who leads the forum: five answers, and the two questions of a day", answers)


# ---- One person's hundred posts

def one_person(story):
    sink = fp.Sink()
    gateway = set_up(story, sink)
    members = [f"mitglied{i}@example.org" for i in range(5)]
    for member in members:
        gateway.must("member", "add", "mobilitaet", member, "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "moderation@example.org", "--role", "moderator", "--delivery", "none")
    gateway.write("Emil <emil@example.net>", FORUM, "Der erste", "Ein Text.", dmarc="pass")
    gateway.respond(sink.wait("emil@example.net").message, "Emil <emil@example.net>", "JA", dmarc="pass")
    codes = send_many(gateway, [forged("Emil <emil@example.net>", f"Idee {i}", f"Text Nummer {i}.", dmarc="pass") for i in range(500)])
    story.equal(set(codes), {250}, "500 posts of one confirmed person are kept")
    settle(gateway, sink)
    story.equal(len(gateway.rows("idea", "list", "--state", "published")), 30, "thirty are public")
    story.equal([len(sink.to(member)) for member in members], [ALONE] * 5, f"each member was told of {ALONE} at once")
    story.equal(len(sink.to("moderation@example.org")), 6, "a moderator is asked about five and hears once that more wait")
    waiting = gateway.rows("hold", "list")
    story.equal((len(waiting), sum(h.get("waits") == "rate" for h in waiting)), (471, 466), "the others wait, and the list says why")
    story.ok(len(sink.to("emil@example.net")) <= 1 + 30 + 5 + 1, "the author hears of each until they wait, then once", len(sink.to("emil@example.net")))
    age(gateway, HOUR_S)
    settle(gateway, sink)
    story.equal([len(sink.to(member)) for member in members], [ALONE] * 5, "an hour later nobody is told more")
    story.equal(len(sink.to("moderation@example.org")), 11, "the moderator is asked about the next five, without being told again that more wait")
    later = one(gateway, "SELECT max(ask_at) - unixepoch() FROM hold WHERE waits = 'rate'")
    story.ok(0 < later <= fp.limit("LIMIT_MODERATE_LATER_S"), "the others are looked at again soon", later)
    age(gateway, DAY_S)
    settle(gateway, sink)
    story.equal([len(sink.to(member)) for member in members], [ALONE + 1] * 5, "in the morning each member gets one mail")
    late = sink.to(members[0])[-1]
    story.equal(len(set(re.findall(r"Text Nummer (\d+)\.", late.text)) - set(re.findall(r"Text Nummer (\d+)\.", "".join(m.text for m in sink.to(members[0])[:-1])))),
                30 - ALONE, "with the others")
    gateway.respond(sink.to("moderation@example.org")[-1].message, "moderation@example.org", "ablehnen: Genug.", dmarc="pass")
    story.ok(fp.wait_for(lambda: len(gateway.rows("hold", "list")) == 470), "which can be decided as ever")
    gateway.write("Neu <neu@example.net>", FORUM, "Ein anderer", "Von jemand anderem.", dmarc="pass")
    gateway.respond(sink.wait("neu@example.net").message, "Neu <neu@example.net>", "JA", dmarc="pass")
    story.ok(fp.wait_for(lambda: "Von jemand anderem." in sink.to(members[0])[-1].text), "other people's posts are told at once")
    gateway.stop()


# ---- Megabytes of nobody, a disk that is nearly full

def big(sender, n_mb, name, dmarc=None):
    line = "Sehr lange Zeile mit sehr vielen Wörtern, die niemand braucht.\n"
    return FORUM, fp.found(fp.trace(fp.mail(sender, FORUM, name, line * (n_mb * 1024 * 1024 // len(line.encode())))), sender, dmarc)


def quotas(story):
    sink = fp.Sink()
    gateway = set_up(story, sink, intake={"unproved_mails_per_hour": "20", "unproved_mb_per_hour_all": "120"})
    spellings = [f"Viel <v.iel+{i}@gmail.com>" for i in range(25)]
    codes = send_many(gateway, [forged(sender, f"x{i}") for i, sender in enumerate(spellings)])
    story.equal(codes, [250] * 20 + [451] * 5, "the 21st unproved mail of one mailbox within the hour is put off, however it is spelled")
    code, text = gateway.write("Viel <viel@gmail.com>", FORUM, "Echt", "Das ist von mir.", dmarc="pass")
    story.equal(code, 250, "its mail with proof is taken")
    story.equal(gateway.write("Wenig <wenig@gmail.com>", FORUM, "Anderer", "Von jemand anderem.")[0], 250, "so is anybody else's")
    code, text = gateway.write("Viel <viel@gmail.com>", FORUM, "y", "y")
    story.ok(code == 451 and text.startswith("4.7.1"), "the answer is 451 4.7.1: the mail server comes again", text)
    story.equal(gateway.run("deliver", "-r", FORUM, "-f", "viel@gmail.com", data=forged("viel@gmail.com", "Pipe")[1]).returncode, 75,
                "the pipe says 75")
    codes = send_many(gateway, [big("Riese <riese@example.com>", 23, f"Groß {i}") for i in range(15)])
    story.equal(codes, [250] * 2 + [451] * 13, "15 mails of 23 MB from one unproved sender: two within the hour")
    codes = send_many(gateway, [big(f"r{i}@example.com", 20, f"Riese {i}") for i in range(6)])
    story.equal(codes, [250] * 3 + [451] * 3, "and from many of them together no more than the setting says")
    story.equal(send_many(gateway, [big("Pia <pia@example.net>", 20, "Plan", dmarc="pass")]), [250], "who is proved may send a large mail then")
    age(gateway, HOUR_S + 600)
    again = big("r5@example.com", 20, "Riese 5")
    story.equal(send_many(gateway, [again, again]), [250] * 2, "an hour later what was put off is taken, and a second copy of it as well")
    story.equal(one(gateway, "SELECT count(*) FROM message WHERE from_address = 'r5@example.com'"), 1, "once")
    story.equal(gateway.must("check") and gateway.stop(), 0, "nothing of what was put off is left behind")


def low_water(story):
    sink = fp.Sink()
    gateway = set_up(story, sink)
    config = open(gateway.config, encoding="utf-8").read()
    gateway.write("Ida <ida@example.net>", FORUM, "Vorher", "Ein Text.", dmarc="pass")
    gateway.stop()
    with open(gateway.config, "w", encoding="utf-8") as file:
        file.write(config.replace("[storage]\n", "[storage]\nlow_water_mb = 9999999\n"))
    gateway.start()
    code, text = gateway.write("Ida <ida@example.net>", FORUM, "Jetzt", "Noch ein Text.", dmarc="pass")
    story.ok(code == 452 and text.startswith("4.3.1"), "below the low-water mark every recipient gets 452 4.3.1", (code, text))
    story.equal(gateway.run("deliver", "-r", FORUM, "-f", "ida@example.net", data=forged("ida@example.net")[1]).returncode, 75, "the pipe says 75")
    story.ok(sink.wait("ida@example.net") is not None, "what is owed is sent all the same")
    for _ in range(3):
        gateway.must("clock", "--once")
    story.equal([m.subject for m in sink.to(OFFICE)] if sink.wait(OFFICE) else [], ["Die Festplatte ist fast voll"], "the operator hears once")
    gateway.stop()
    with open(gateway.config, "w", encoding="utf-8") as file:
        file.write(config)
    gateway.start()
    story.equal(gateway.write("Ida <ida@example.net>", FORUM, "Jetzt", "Noch ein Text.", dmarc="pass")[0], 250, "with room again all is taken")
    gateway.stop()


# ---- A clock that goes back

def clock_set_back(story):
    sink = fp.Sink()
    gateway = set_up(story, sink)
    gateway.write("Uta <uta@example.com>", FORUM, "Erster", "Erster Text.")
    gateway.write("Uta <uta@example.com>", FORUM, "Zweiter", "Zweiter Text.")
    gateway.write("Urs <urs@example.net>", f"hilfe@{fp.DOMAIN}", "?", "?", dmarc="pass")
    gateway.write("Urs <urs@example.net>", f"postmaster@{fp.DOMAIN}", "Frage", "Eine Frage.", dmarc="pass")
    sink.wait("uta@example.com"), sink.wait("urs@example.net"), sink.wait(OFFICE)
    gateway.stop()
    for text in ("Dritter Text.", "Vierter Text."):
        gateway.run("deliver", "-r", FORUM, "-f", "vera@example.net", data=forged("Vera <vera@example.net>", text, text, dmarc="pass")[1])
    age(gateway, -DAY_S) # all this was written by a clock that was a day ahead
    gateway.start()
    story.ok(sink.wait("vera@example.net", 2) is not None, "mails that were due tomorrow are sent now")
    gateway.write("Urs <urs@example.net>", f"hilfe@{fp.DOMAIN}", "?", "?", dmarc="pass")
    gateway.write("Urs <urs@example.net>", f"postmaster@{fp.DOMAIN}", "Frage", "Noch eine.", dmarc="pass")
    story.ok(sink.wait("urs@example.net", 2) is not None, "automatic answers are counted in days that have passed")
    story.ok(sink.wait(OFFICE, 2) is not None, "and the operator hears again")
    settle(gateway, sink)
    story.equal(len(sink.to("uta@example.com")), 1, "one question a day, from now on")
    age(gateway, DAY_S)
    settle(gateway, sink)
    story.equal(len(sink.to("uta@example.com")), 2, "the next question comes after a day and not after two")
    gateway.stop()


with fp.Story("attacks-flood") as story:
    clock_set_back(story)
    quotas(story)
    low_water(story)
    refused_mails(story)
    one_person(story)
    questions(story)

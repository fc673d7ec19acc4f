#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody may ask about themselves by mail: all that is held about them, that all of it is deleted, a second address. Nobody
else can ask it in their name, each is confirmed by an answer to a mail that only they got, and a no leaves nothing behind."""
import contextlib
import datetime
import glob
import json
import sqlite3

import fp
import webpeer

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
JANE = "Jane <jane@example.org>"
SECOND = "Fritz im Amt <zweite-adresse-fritz@amt.example.com>"
STRANGER = "Nina Neu <nina@example.com>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
HELP = f"hilfe@{fp.DOMAIN}"
UNSAID = "noch-nicht-meine@amt.example.com"
CANARY = "kanarienvogel"
LEAVING = f"Konrad Canary <{CANARY}@example.org>"


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    for person in (ERIKA, FRITZ, JANE, LEAVING):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Wege an der Ruhr.", dmarc="pass")
    gateway.write(LEAVING, FORUM, "Nachtbus", "Ein Bus nach Mitternacht fährt am Kanarienvogelweg.", dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("idea", "list")) == 2)
    return gateway


def mail_to(sink, person, words, count=1):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.subject][count - 1:])
    return found[0] if found else None


def person(gateway, of):
    done = gateway.run("person", "show", bare(of), "--json")
    return json.loads(done.stdout) if done.returncode == 0 else None


def data(story, gateway, sink):
    gateway.write(ERIKA, HELP, "", "meine daten", dmarc="fail")
    question = mail_to(sink, ERIKA, "Ihre Daten sehen?")
    if not story.ok(question is not None, "MEINE DATEN without proof: the owner of the address is asked"):
        return
    story.lacks(question.text, "Ruhr.", "and is told nothing yet")
    for _ in range(3):
        gateway.write(ERIKA, HELP, "", "meine daten", dmarc="fail")
    gateway.respond(question.message, JANE, "JA", dmarc="pass")
    other = mail_to(sink, JANE, "anderen Adresse")
    story.ok(other is not None, "somebody else's yes is none")
    gateway.respond(question.message, ERIKA, "Ja, aber nur als PDF.", dmarc="pass")
    unclear = mail_to(sink, ERIKA, "nicht eindeutig")
    story.ok(unclear is not None, "what is no yes is asked again")
    most, number = fp.limit("LIMIT_DATA_MAILS"), person(gateway, ERIKA)["person"]
    gateway.must("newsletter", "add", "landpost", "--title", "Neues aus dem Land")
    gateway.must("newsletter", "editor", "add", "landpost", bare(ERIKA))
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=20)) as db, db:
        db.executemany("INSERT INTO notice (stream, purpose, person_id, idea_id, state, due_at, sent_at) VALUES (1, 'post', ?, 2, 'sent', ?, ?)",
                       [(number, 1700000000 + n, 1700000000 + n) for n in range(most)])
        db.execute("INSERT INTO step (idea_id, at, from_state, to_state, by, person_id, reason) VALUES (2, 1700000000, 'published', 'in_deliberation', 'lead', ?, 'Weil es eilt.')",
                   (number,))
    gateway.respond(unclear.message, ERIKA, "Ja")
    told = mail_to(sink, ERIKA, "Ihre Anweisung")
    story.ok(told is not None and "Wege an der Ruhr" in told.text, "after the yes the data comes, to that address")
    flat = " ".join(told.text.split())
    for words, what in (("Schritt bei der Idee 2: in Beratung, als Leitung", "what they did as staff"), ("Weil es eilt.", "with their words"),
                        ("Sie schreiben für den Newsletter „Neues aus dem Land“", "for which newsletter they write"),
                        ("Frage an Sie (confirm-wish)", "which mails they were sent, and why"), ("Beitrag (post), Idee 2", "and about what"),
                        ("ältere zählen wir nur", "of very many the older ones are counted")):
        story.has(flat, words, what)
    story.ok(flat.count("(post), Idee 2") <= most and "Kanarienvogelweg" not in flat, "and nothing of what others wrote")
    gateway.respond(question.message, ERIKA, "JA", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "schon erledigt") is not None, "a second yes changes nothing, and says so")
    story.equal(len([m for m in sink.to(bare(ERIKA)) if "Ihre Daten sehen?" in m.subject]), 1, "one question a day")
    gateway.write(STRANGER, HELP, "", "meine daten", dmarc="pass")
    question = mail_to(sink, STRANGER, "Ihre Daten sehen?")
    gateway.respond(question.message, STRANGER, "ja")
    told = mail_to(sink, STRANGER, "Ihre Anweisung")
    story.ok(told is not None and bare(STRANGER) in told.text, "who never took part may ask, too, and hears what little there is")


def second_address(story, gateway, sink):
    gateway.write(FRITZ, HELP, "", f"adresse: {bare(SECOND)}\nadresse banane", dmarc="pass")
    wrong = mail_to(sink, FRITZ, "Nicht ausgeführt")
    story.ok(wrong is not None and "Diesen Wert kennen wir nicht" in wrong.text, "a mistake in one line: nobody is asked")
    gateway.write(FRITZ, HELP, "", f"adresse: {bare(SECOND)}")
    first = mail_to(sink, FRITZ, "zweite Adresse?")
    story.ok(first is not None, "ADRESSE: the person is asked first, whatever proved who wrote")
    gateway.settle()
    story.equal(sink.to(bare(SECOND)), [], "the other address not yet")
    gateway.respond(first.message, FRITZ, "JA", dmarc="pass")
    second = mail_to(sink, SECOND, "Ihre Adresse?")
    if not story.ok(second is not None, "then the other one"):
        return
    story.lacks(second.text + str(second.message), bare(FRITZ), "which is not told whose it would be")
    story.equal(person(gateway, FRITZ)["addresses"], [bare(FRITZ)], "before its yes it is nobody's")
    gateway.respond(second.message, SECOND, "Ja!", dmarc="pass")
    story.ok(mail_to(sink, SECOND, "Adresse gilt") is not None, "after both it is told")
    story.equal(set(person(gateway, FRITZ)["addresses"]), {bare(FRITZ), bare(SECOND)}, "one person, two addresses")
    for who in (FRITZ, SECOND):
        gateway.write(who, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "+1", dmarc="pass")
    gateway.settle()
    story.equal(json.loads(gateway.must("idea", "show", "1", "--json"))["supporters"], 1, "who counts once")
    gateway.write(FRITZ, HELP, "", f"adresse {bare(JANE)}", dmarc="pass")
    again = mail_to(sink, FRITZ, "zweite Adresse?", 2)
    gateway.respond(again.message, FRITZ, "JA", dmarc="pass")
    theirs = mail_to(sink, JANE, "Ihre Adresse?")
    gateway.respond(theirs.message, JANE, "JA", dmarc="pass")
    story.ok(mail_to(sink, JANE, "Adresse vergeben") is not None, "an address of somebody else's is not taken away")
    story.lacks(person(gateway, FRITZ)["addresses"], bare(JANE), "it stays theirs")
    third = "dritte-adresse@amt.example.com"
    for i in range(2):
        gateway.write(FRITZ, HELP, "", f"adresse {third}", dmarc="fail") # not proved, and asked already: the clock will ask
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(FRITZ)) if "zweite Adresse?" in m.subject]), 2, "in their name nobody is asked for one")
    story.equal(sink.to(third), [], "nobody makes us write to strangers")


def by_page(story, gateway, sink, web):
    """The page of preferences asks the same."""
    gateway.write(JANE, HELP, "", "hilfe", dmarc="pass")
    path = webpeer.link_in(mail_to(sink, JANE, "So nehmen Sie teil").text, "p")
    story.has(web.press(path, second_address="jane")[2], "keine E-Mail-Adresse", "the page: what is no address is shown as an error")
    page = web.press(path, second_address="jane-zwei@example.com")
    story.equal((page[0], "Wir haben Ihnen geschrieben" in page[2]), (200, True), "the page: a second address is asked for")
    first = mail_to(sink, JANE, "zweite Adresse?")
    story.ok("j…@example.com" in first.text and "jane-zwei" not in first.text, "who is asked can see which address it is, not the whole of it")
    story.equal(sink.to("jane-zwei@example.com"), [], "first its owner is")
    gateway.respond(first.message, JANE, "JA", dmarc="pass")
    second = sink.wait("jane-zwei@example.com")
    gateway.respond(second.message, "jane-zwei@example.com", "Ja", dmarc="pass")
    fp.wait_for(lambda: len(person(gateway, JANE)["addresses"]) == 2)
    story.equal(set(person(gateway, JANE)["addresses"]), {bare(JANE), "jane-zwei@example.com"}, "then both are theirs")


def came_back(mail):
    """The report that MAIL found its mailbox full."""
    return (f"From: MAILER-DAEMON@mx.example.net\r\nTo: {mail.sender}\r\nSubject: Undelivered\r\nMessage-ID: <back@mx.example.net>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nfull\r\n--b\r\n"
            f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {mail.to}\r\n"
            "Action: failed\r\nStatus: 5.2.2\r\n--b--\r\n").encode()


def words_in(held):
    """Every word of what `person show --json` has, but times."""
    if isinstance(held, dict):
        return {word for key, value in held.items() if not key.endswith("at") and key not in ("since", "until", "person", "address") for word in words_in(value)}
    if isinstance(held, list):
        return {word for value in held for word in words_in(value)}
    return {held} if isinstance(held, str) and held else set()


def everything(story, gateway, sink):
    """What was corrected, whom they are for, newsletters, questions that wait, mails that came back: all that is held is told."""
    receipt = fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA)) if "an der Ruhr" in m.text and "NEU" in m.text and "Ihre Anweisung" not in m.subject])
    gateway.respond(receipt[0].message, ERIKA, "NEU: Bitte bauen Sie breite Wege am Kanal.", dmarc="pass")
    gateway.must("newsletter", "add", "neues", "--title", "Neues vom Radweg")
    gateway.write(ERIKA, f"neues+abo@{fp.DOMAIN}", "Abo", "bitte", dmarc="pass")
    gateway.respond(mail_to(sink, ERIKA, "Ihre Bestellung").message, ERIKA, "JA", dmarc="pass")
    gateway.write(ERIKA, f"idee-2@{fp.DOMAIN}", "Re: Nachtbus", "+1", dmarc="pass")
    gateway.write(ERIKA, HELP, "", f"adresse: {UNSAID}", dmarc="pass")
    gateway.deliver("", mail_to(sink, ERIKA, "zweite Adresse?").sender, came_back(mail_to(sink, ERIKA, "zweite Adresse?")))
    parts = ("supports", "versions", "subscriptions", "consents", "wishes", "bounces")
    counts = lambda: [len(person(gateway, ERIKA)[part]) for part in parts]
    fp.wait_for(lambda: counts() == [1, 1, 1, 2, 1, 1])
    story.equal(counts(), [1, 1, 1, 2, 1, 1], f"person show --json: {', '.join(parts)}")
    held, shown = person(gateway, ERIKA), gateway.must("person", "show", bare(ERIKA))
    story.equal([word for word in words_in(held) if word not in shown], [], "and says the same for people")
    story.lacks(json.dumps(held) + shown, UNSAID, "the address that is not theirs yet is in neither")
    gateway.write(FRITZ, FORUM, "Titelkanarie", "Ein Steg am Kanal.", dmarc="pass")
    taken = next(i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Titelkanarie")
    gateway.write(ERIKA, f"idee-{taken}@{fp.DOMAIN}", "Re: Steg", "Ein Steg aus Stein.", dmarc="fail")
    fp.wait_for(lambda: [h for h in gateway.rows("hold", "list") if h["kind"] == "confirm" and h["idea"] == taken])
    gateway.must("idea", "withdraw", str(taken))
    gateway.write(ERIKA, HELP, "", "meine daten", dmarc="pass")
    gateway.respond(mail_to(sink, ERIKA, "Ihre Daten sehen?", 2).message, ERIKA, "JA", dmarc="pass")
    told = mail_to(sink, ERIKA, "Ihre Anweisung", 2)
    if not story.ok(told is not None, "MEINE DATEN is answered"):
        return
    flat = " ".join(told.text.split())
    for words in ("Sie sind für die Idee 2, seit", "Idee 1, Beitrag 1, frühere Fassung, bis", "> Bitte bauen Sie mehr Wege an der Ruhr.", "> Bitte bauen Sie breite Wege am Kanal.",
                  "Newsletter „Neues vom Radweg“: bestellt und bestätigt, seit", "„Neues vom Radweg“: jemand hat bestellt, wir haben Sie gefragt, per E-Mail,",
                  "„Neues vom Radweg“: Sie haben zugestimmt, per E-Mail,", "Wir warten auf Ihre Antwort zu: eine zweite Adresse", "das Postfach nahm sie nicht an, 5.2.2"):
        story.has(flat, words, f"MEINE DATEN: {words}")
    story.equal(flat.count("frühere Fassung"), len(held["versions"]), "as many versions as person show has")
    story.lacks(str(told.message) + told.text, UNSAID, "nor is it in the mail")
    story.has(told.text, "Ein Steg aus Stein.", "what waits for an idea that was taken back is told")
    story.lacks(told.text + "".join(f.get_content().decode() for f in told.message.iter_attachments()), "Titelkanarie", "but not the title of that idea")
    as_a_file(story, told, held)


def as_a_file(story, told, held):
    """The same for programs: a file goes along."""
    files = list(told.message.iter_attachments())
    story.equal([(f.get_filename(), f.get_content_type()) for f in files], [("meine-daten.json", "application/json")], "MEINE DATEN: one file goes along")
    data = json.loads(files[0].get_content())
    story.equal(sorted(k for k, value in data.items() if isinstance(value, list)),
                ["addresses", "bounces", "consents", "duties", "edits", "forums", "holds", "letters", "letters_written", "mails", "newsletters", "posts", "questions", "remarks", "sent",
                 "steps", "supports", "versions"], "which has every part by name")
    story.equal([data.get(key) for key in ("public_name", "language", "confirmed")], [held[key] for key in ("public_name", "language", "confirmed_at")],
                "and who they are")
    story.equal([a["address"] for a in data["addresses"]], held["addresses"], "the addresses of this person alone")
    story.equal([len(data[ours]) for ours in ("supports", "versions", "newsletters", "consents", "questions", "bounces", "posts")],
                [len(held[theirs]) for theirs in ("supports", "versions", "subscriptions", "consents", "wishes", "bounces", "posts")], "as many rows as person show has")
    story.equal(data["supports"][0]["idea"], 2, "which idea, as a number")
    story.ok(any(v["text"].strip() == "Bitte bauen Sie mehr Wege an der Ruhr." for v in data["versions"] + data["posts"]), "texts as they were written", data["versions"])
    story.ok(all(datetime.datetime.fromisoformat(m["at"]).tzinfo for m in data["sent"]) and data["sent"], "times with their zone", data["sent"])
    story.lacks(files[0].get_content().decode(), UNSAID, "and nothing of the address that is not theirs")


def bytes_everywhere(gateway):
    """All that the gateway has on its disk, once the clock swept."""
    gateway.stop()
    for _ in range(3):
        gateway.must("clock", "--once")
    found = b""
    for name in glob.glob(gateway.path("**"), recursive=True):
        with contextlib.suppress(OSError):
            with open(name, "rb") as file:
                found += file.read()
    return found


def erase(story, gateway, sink):
    gateway.write(LEAVING, HELP, "", "alles löschen", dmarc="pass")
    question = mail_to(sink, LEAVING, "Alles löschen?")
    if not story.ok(question is not None, "ALLES LÖSCHEN is always asked about, proved or not"):
        return
    gateway.respond(question.message, LEAVING, "Nein", dmarc="pass")
    gateway.settle()
    story.equal([i["state"] for i in gateway.rows("idea", "list")], ["published", "published", "withdrawn"], "a no: nothing happens")
    gateway.write(LEAVING, HELP, "", "ALLES LÖSCHEN!", dmarc="pass")
    question = mail_to(sink, LEAVING, "Alles löschen?", 2)
    gateway.respond(question.message, LEAVING, "JA", dmarc="pass")
    last = mail_to(sink, LEAVING, "Alles gelöscht")
    story.ok(last is not None, "a yes: the last mail says that all is deleted")
    story.ok(person(gateway, LEAVING) is None, "they are nobody's whom we know")
    story.equal(json.loads(gateway.must("idea", "show", "2", "--json"))["state"], "withdrawn", "their idea is a stub")
    gateway.settle()
    left = bytes_everywhere(gateway)
    story.ok(CANARY.encode() not in left.replace(b"Kanarienvogelweg", b""), "their address is in no byte of database, log and spool")
    story.ok("Kanarienvogelweg".encode() not in left, "nor are their words")


def nobody_got_an_address(story, sink):
    """Each mail names no mailbox but its reader's, ours and the office."""
    people = [bare(p) for p in (ERIKA, FRITZ, JANE, SECOND, STRANGER, LEAVING)] + [UNSAID]
    wrong = [(m.to, other) for m in sink.mails for other in people if other not in m.recipients and other.encode() in m.data]
    story.equal(wrong, [], f"in {len(sink.mails)} mails nobody's address is told to anybody else")


def main():
    with fp.Story("myself") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        by_page(story, gateway, sink, webpeer.Web(port))
        data(story, gateway, sink)
        story.ok("person.exported" in [e["kind"] for e in gateway.rows("event", "list")], "the journal knows who was sent all of it")
        second_address(story, gateway, sink)
        everything(story, gateway, sink)
        erase(story, gateway, sink)
        story.ok({"person.address", "person.erasure"} <= {e["kind"] for e in gateway.rows("event", "list")}, "a second address and a wish for erasure are in the journal")
        nobody_got_an_address(story, sink)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an office says: somebody of the forum's office drafts an official answer by mail, another person releases it, and everybody who is
to know hears of it; nobody releases their own, and what anybody else writes with the same words is a contribution like any."""
import contextlib
import json
import sqlite3

import fp
import webpeer

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
OFFICE = "Olga Amt <olga.amt@ministerium.example.org>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
MODERATOR = "Moritz <moritz@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
ANSWER = "Wir bauen zehn Radwege bis zum Mai.\n\nDer Plan dafür liegt vor."


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    port = fp.free_port()
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": webpeer.URL})
    gateway.web = webpeer.Web(port)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "Verkehrsministerium", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(OFFICE), "--role", "office", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", bare(MODERATOR), "--role", "moderator", "--delivery", "each")
    for person in (ERIKA, FRITZ):
        gateway.must("member", "add", "mobilitaet", bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "+1", dmarc="pass")
    return gateway


def show(gateway, number=1):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def mail_to(sink, person, words):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject])
    return found[-1] if found else None


def nobody_else_could_release(story, gateway, sink):
    post = mail_to(sink, OFFICE, "mehr Radwege")
    gateway.respond(post.message, OFFICE, f"ANTWORT: {ANSWER}", dmarc="pass")
    story.ok(mail_to(sink, OFFICE, "zweite Person freigeben") is not None, "where nobody else could release it the office hears so")
    story.equal((len(show(gateway)["posts"]), gateway.rows("hold", "list")), (1, []), "and nothing is kept")
    gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "none")
    return post


def a_draft_waits(story, gateway, sink, post):
    gateway.respond(post.message, OFFICE, f"ANTWORT: {ANSWER}\n\nMit freundlichen Grüßen\nOlga Amt", dmarc="pass")
    drafted, asked = mail_to(sink, OFFICE, "wartet auf eine zweite Person"), mail_to(sink, LEAD, "Eine offizielle Antwort wartet")
    story.ok(drafted is not None and "Der Plan dafür liegt vor." in drafted.text, "who wrote it is shown how it will stand")
    story.lacks(drafted.text, "Olga Amt\n", "without how the mail was signed")
    story.ok(asked is not None and "Wir bauen zehn Radwege" in asked.text, "who leads the forum is asked to release it")
    story.equal([p["text"] for p in show(gateway)["posts"]][1:], [], "nobody else reads it yet")
    story.equal([(h["kind"], h["idea"]) for h in gateway.rows("hold", "list")], [("second", 1)], "it stands in hold list")
    gateway.respond(drafted.message, OFFICE, "FREI", dmarc="pass")
    story.ok(mail_to(sink, OFFICE, "gibt sie nicht selbst frei") is not None, "who wrote it cannot release it")
    gateway.respond(asked.message, FRITZ, "FREI", dmarc="pass")
    gateway.respond(asked.message, LEAD, "FREI", dmarc="fail")
    gateway.settle()
    story.equal(len(show(gateway)["posts"]), 1, "nor can somebody else with that address, nor a forged sender")
    return asked


def refused_and_written_anew(story, gateway, sink, post, asked):
    gateway.respond(asked.message, LEAD, "ABLEHNEN", dmarc="pass")
    story.equal(len(gateway.rows("hold", "list")), 1, "without a reason nothing is refused")
    gateway.respond(asked.message, LEAD, "ABLEHNEN: Der Mai ist zu früh.", dmarc="pass")
    refused = mail_to(sink, OFFICE, "Der Mai ist zu früh.")
    story.ok(refused is not None and "Der Plan dafür liegt vor." in refused.text, "who wrote it reads the reason, and their words")
    story.equal((gateway.rows("hold", "list"), len(show(gateway)["posts"])), ([], 1), "nothing waits, nothing is public")
    gateway.respond(asked.message, LEAD, "FREI", dmarc="pass")
    story.equal(len(show(gateway)["posts"]), 1, "what was refused cannot be released later")
    gateway.respond(post.message, OFFICE, "Antwort: Das nehme ich zurück.", dmarc="pass")
    drafted = fp.wait_for(lambda: [m for m in sink.to(bare(OFFICE)) if "Das nehme ich zurück." in m.text])[0]
    gateway.respond(drafted.message, OFFICE, "LÖSCHEN", dmarc="pass")
    story.ok(mail_to(sink, OFFICE, "Ihr Entwurf ist zurückgezogen") is not None, "until it is released its writer can take it back")
    story.equal(gateway.rows("hold", "list"), [], "then nobody has to decide")


def who_wrote_it_left(story, gateway, sink, post):
    """The role is asked for again when the answer appears."""
    gateway.respond(post.message, OFFICE, "antwort: Das kommt im August.", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(LEAD)) if "im August" in m.text])[0]
    gateway.must("member", "remove", "mobilitaet", bare(OFFICE))
    gateway.respond(asked.message, LEAD, "FREI", dmarc="pass")
    story.ok(fp.wait_for(lambda: any("Rolle dafür nicht mehr" in " ".join(m.text.split()) for m in sink.to(bare(LEAD)))), "of who has the role no more nothing appears")
    story.equal(len(show(gateway)["posts"]), 1, "as nobody's")
    gateway.respond(asked.message, LEAD, "ABLEHNEN: Bitte neu schreiben.", dmarc="pass")
    story.ok(fp.wait_for(lambda: gateway.rows("hold", "list") == []), "it can be refused")
    gateway.must("member", "add", "mobilitaet", bare(OFFICE), "--role", "office", "--delivery", "each")


def it_is_public(story, gateway, sink, post):
    gateway.respond(post.message, OFFICE, f"antwort:\n{ANSWER.replace('Mai', 'Juni')}", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(LEAD)) if "bis zum Juni" in m.text])[0]
    gateway.respond(asked.message, LEAD, "FREI", dmarc="pass")
    posts = fp.wait_for(lambda: show(gateway)["posts"][1:])
    story.equal([(p["kind"], p["parent"], p["text"]) for p in posts], [("official", 1, ANSWER.replace("Mai", "Juni"))], "then it is public, as an official answer")
    for person, who in ((ERIKA, "its author"), (FRITZ, "who supports it"), (MODERATOR, "a member")):
        told = mail_to(sink, person, "Offizielle Antwort zu: Mehr Radwege")
        story.ok(told is not None and "bis zum Juni" in told.text and "Verkehrsministerium" in told.text, f"{who} is told, and by which office")
    story.ok(mail_to(sink, OFFICE, "Ihre offizielle Antwort ist veröffentlicht") is not None, "who wrote it hears that it is released")
    event = [e for e in gateway.rows("event", "list") if e["kind"] == "post.official"]
    story.ok(len(event) == 1 and "second=" in event[0]["detail"], "the journal names both persons", event)
    story.ok(show(gateway)["first_official_at"] is not None, "and the idea has the time of its first official answer")
    gateway.respond(asked.message, LEAD, "FREI", dmarc="pass")
    story.equal(len(show(gateway)["posts"]), 2, "a second FREI changes nothing")
    told = fp.wait_for(lambda: [m for m in sink.to(bare(LEAD)) if "schon entschieden" in m.subject])
    story.ok(told and "„“" not in told[0].text and show(gateway)["title"] in told[0].text, "and who said it hears to which idea the answer was", told and told[0].text)


def its_own_number(story, gateway, sink, post):
    """The office's telephone number in its answer is there on purpose, the one below its name is not, nor is a citizen's."""
    gateway.respond(post.message, OFFICE, "antwort: Fragen dazu? Rufen Sie uns an.\n\nTelefon: 0211 837-1001\n\nMit freundlichen Grüßen\nOlga Amt\nTel. 0211 837-2002", dmarc="pass")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(LEAD)) if "Rufen Sie uns an" in m.text])[0]
    story.ok("0211 837-1001" in asked.text and "837-2002" not in asked.text, "the second person reads the number that will be public, and not the one of who wrote it")
    gateway.respond(asked.message, LEAD, "FREI", dmarc="pass")
    last = fp.wait_for(lambda: [p for p in show(gateway)["posts"] if "Rufen Sie uns an" in (p["text"] or "")])[-1]
    story.has(last["text"], "0211 837-1001", "the office's own number stays")
    gateway.write(FRITZ, f"idee-1@{fp.DOMAIN}", "Re: Mehr Radwege", "Rufen Sie mich an, ich wohne dort: 0211 837 3003, und erzähle mehr.", dmarc="pass")
    last = fp.wait_for(lambda: [p for p in show(gateway)["posts"] if "ich wohne dort" in (p["text"] or "")])[-1]
    story.lacks(last["text"], "3003", "a citizen's is masked as ever")


def others_write_the_word(story, gateway, sink):
    receipt = mail_to(sink, ERIKA, "Ihre Idee")
    gateway.respond(receipt.message, ERIKA, "antwort: Wir bauen das 2027.", dmarc="pass")
    last = fp.wait_for(lambda: show(gateway)["posts"][2:])[-1]
    story.equal((last["kind"], last["text"]), ("reply", "antwort: Wir bauen das 2027."), "from anybody else it is a contribution, the word included")
    post = mail_to(sink, MODERATOR, "mehr Radwege")
    gateway.respond(post.message, MODERATOR, "HINWEIS: Bitte bleiben Sie beim Thema.", dmarc="pass")
    note = fp.wait_for(lambda: show(gateway)["posts"][3:])[-1]
    story.equal((note["kind"], note["text"]), ("note", "Bitte bleiben Sie beim Thema."), "who moderates adds a note, which is none of an office")
    story.ok(mail_to(sink, ERIKA, "Hinweis der Moderation zu") is not None, "and is told as what it is")


def at_the_command_line(story, gateway, sink):
    with open(gateway.path("antwort.txt"), "w", encoding="utf-8") as f:
        f.write("Der Bau hat begonnen.\n")
    done = gateway.run("idea", "answer", "1", gateway.path("antwort.txt"), "--by", bare(MODERATOR))
    story.equal(done.returncode, 77, "a moderator is not the office")
    said = gateway.must("idea", "answer", "1", gateway.path("antwort.txt"), "--by", bare(OFFICE), "--to", "5")
    hold = str(gateway.rows("hold", "list")[0]["hold"])
    story.has(said, f"hold {hold}", "the draft of the command line waits, too")
    story.equal(gateway.run("hold", "release", hold).returncode, 64, "and the second person must be named")
    story.equal(gateway.run("hold", "release", hold, "--as", bare(OFFICE)).returncode, 77, "who is another one")
    gateway.must("hold", "release", hold, "--as", bare(LEAD))
    last = show(gateway)["posts"][-1]
    story.equal((last["kind"], last["parent"], last["text"]), ("official", 5, "Der Bau hat begonnen."), "then it stands below what it answers")


def written_anew_by_the_second(story, gateway, sink, post):
    """Otto is of the same office: he is asked first, who leads only a working day later. NEU goes back to who drafted it."""
    otto = "Otto Amt <otto@ministerium.example.org>"
    gateway.must("member", "add", "mobilitaet", bare(otto), "--role", "office", "--delivery", "none")
    gateway.respond(post.message, OFFICE, "antwort: Der Radweg kommt im Herbst.", dmarc="pass")
    asked = mail_to(sink, otto, "im Herbst")
    gateway.settle()
    story.ok(asked is not None and not [m for m in sink.to(bare(LEAD)) if "im Herbst" in m.text], "another one of the office is asked first")
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE hold SET next_at = next_at - ? WHERE kind = 'second' AND state = 'open'", (fp.limit("LIMIT_SECOND_OTHERS_S"),))
    gateway.must("clock", "--once")
    story.ok(mail_to(sink, LEAD, "im Herbst") is not None, "after a working day who leads is asked, too")
    story.equal(len([m for m in sink.to(bare(otto)) if "im Herbst" in m.text]), 1, "and nobody twice")
    gateway.respond(asked.message, otto, "neu: Der Radweg kommt im Winter.", dmarc="pass")
    back = mail_to(sink, OFFICE, "im Winter")
    story.ok(back is not None and "hat Ihren Entwurf geändert" in " ".join(back.text.split()), "NEU: who drafted it is asked about the new text")
    gateway.respond(asked.message, otto, "frei", dmarc="pass")
    gateway.settle()
    story.equal([p for p in show(gateway)["posts"] if "Winter" in (p["text"] or "")], [], "who wrote it anew cannot release it")
    gateway.respond(back.message, OFFICE, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: [p for p in show(gateway)["posts"] if "im Winter" in (p["text"] or "") and p["kind"] == "official"]), "who drafted it does")
    released = mail_to(sink, OFFICE, "Ihre offizielle Antwort ist veröffentlicht")
    gateway.respond(released.message, OFFICE, "NEU: Der Radweg kommt im Frühling.", dmarc="pass")
    asked = mail_to(sink, otto, "im Frühling")
    story.ok(asked is not None and "frühere Fassung" in " ".join(asked.text.split()), "a correction of an official answer waits for a second person, too")
    story.equal([p for p in show(gateway)["posts"] if "Frühling" in (p["text"] or "")], [], "until then the old one stands")
    if asked:
        gateway.respond(asked.message, otto, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: [p for p in show(gateway)["posts"] if "im Frühling" in (p["text"] or "") and p["kind"] == "official"]), "then the new one")
    page = gateway.web.get("/idee/1")[2]
    story.ok("im Frühling" in page and "Frühere Fassung" in page and "im Winter" in page, "and its page shows the earlier version below it", page[:200])


def too_long_and_too_late(story, gateway):
    most = fp.limit("LIMIT_OFFICIAL_CHARS")
    for n, code in ((most + 1, 77), (most, 0)):
        with open(gateway.path("antwort.txt"), "w", encoding="utf-8") as f:
            f.write("ä" * n)
        done = gateway.run("idea", "answer", "1", gateway.path("antwort.txt"), "--by", bare(OFFICE))
        story.equal(done.returncode, code, f"an answer of {n} characters")
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE hold SET expires_at = expires_at - ? WHERE state = 'open'", (fp.limit("LIMIT_SECOND_S") + 1,))
    gateway.start()
    story.ok(fp.wait_for(lambda: [e for e in gateway.rows("event", "list") if e["kind"] == "hold.expired"]), "nobody decided: it expires")
    story.equal(gateway.rows("hold", "list"), [], "and waits no more")


def main():
    with fp.Story("office") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        post = nobody_else_could_release(story, gateway, sink)
        asked = a_draft_waits(story, gateway, sink, post)
        refused_and_written_anew(story, gateway, sink, post, asked)
        who_wrote_it_left(story, gateway, sink, post)
        it_is_public(story, gateway, sink, post)
        others_write_the_word(story, gateway, sink)
        at_the_command_line(story, gateway, sink)
        its_own_number(story, gateway, sink, post)
        written_anew_by_the_second(story, gateway, sink, post)
        too_long_and_too_late(story, gateway)


main()

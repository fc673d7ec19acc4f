#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a moderator takes out of a text, and complaints: about a refusal, a removal, a passage that was taken out, a new version that was
refused. Once a decision, within 30 days, to somebody who had no part in it; one that wins brings the text back."""
import contextlib
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
NORA = "Nora Neu <nora@example.net>"
FRITZ = "Fritz <fritz@example.com>"
MARTA = "Marta Moderation <marta@example.org>"
MORITZ = "Moritz Moderation <moritz@example.org>"
LENA = "Lena Leitung <leitung@ministerium.example.org>"
OFFICE = "Otto Office <fachreferat@ministerium.example.org>"
MOBILITY = f"mobilitaet@{fp.DOMAIN}"
MARK = "[von der Moderation gekürzt]"
DAY_S = 86400


def bare(person):
    return person[person.index("<") + 1:-1]


def mail_to(sink, person, *words):
    def look():
        return [m for m in sink.to(bare(person)) if all(w in " ".join(m.text.split()) or w in m.subject for w in words)][-1:]
    found = fp.wait_for(look)
    return found[0] if found else None


def value(gateway, statement, *parameters):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        row = db.execute(statement, parameters).fetchone()
        return row[0] if row is not None else None


def state_of(gateway, title):
    return value(gateway, "SELECT state FROM idea WHERE title = ?", title)


def steps_of(gateway, title):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db:
        return db.execute("SELECT from_state, to_state, by, reason FROM step WHERE idea_id = (SELECT id FROM idea WHERE title = ?) ORDER BY id", (title,)).fetchall()


def write(gateway, title, text="Bitte bauen Sie das.", sender=ERIKA):
    gateway.write(sender, MOBILITY, title, text, dmarc="pass")


def release(gateway, sink, title):
    gateway.respond(mail_to(sink, MARTA, "Bitte prüfen: " + title).message, MARTA, "frei", dmarc="pass")
    fp.wait_for(lambda: state_of(gateway, title) == "published")
    return value(gateway, "SELECT id FROM idea WHERE title = ?", title)


def show(gateway, number, *more):
    return gateway.must("idea", "show", str(number), "--json", *more)


def while_it_waits(story, gateway, sink):
    write(gateway, "Bank am Markt", "Am Markt fehlt eine Bank. Herr Beispiel\nvom Kiosk ist dagegen, er ist geizig.")
    notice = mail_to(sink, MARTA, "Bitte prüfen: Bank am Markt")
    story.has(notice.text, "SCHWÄRZEN", "who moderates is told that a passage can be taken out")
    gateway.respond(notice.message, MARTA, 'schwärzen: "Frau Beispiel" personendaten', dmarc="pass")
    story.ok(mail_to(sink, MARTA, "Diese Stelle haben wir nicht gefunden") is not None, "a passage that is not there changes nothing")
    story.equal(state_of(gateway, "Bank am Markt"), "in_review", "and the text waits on")
    gateway.respond(notice.message, MARTA, 'schwärzen: „Herr Beispiel vom Kiosk“ „er ist geizig“ personendaten', dmarc="pass")
    redacted = mail_to(sink, ERIKA, "Wir haben Ihren Text gekürzt")
    if not story.ok(redacted is not None, "SCHWÄRZEN: the passages go, and its author hears"):
        return
    flat = " ".join(redacted.text.split())
    story.ok(MARK in flat and "Herr Beispiel" in flat and "persönliche Angaben" in flat, "with both texts and the reason", flat)
    story.equal(state_of(gateway, "Bank am Markt"), "published", "the rest is published")
    shown = show(gateway, 1)
    story.ok(MARK in shown and "geizig" not in shown and "Kiosk" not in shown, "without them", shown)
    gateway.respond(redacted.message, ERIKA, "BESCHWERDE: Das darf man sagen.", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Das darf man sagen.")
    story.ok(complaint is not None and "er ist geizig" in " ".join(complaint.text.split()), "a complaint about it shows what stood there")
    gateway.respond(complaint.message, MORITZ, "bleibt: Der Name gehört nicht hierher.", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "bleibt gekürzt", "Der Name gehört nicht hierher.") is not None, "BLEIBT: its author hears")
    first = mail_to(sink, MARTA, "Ihre Entscheidung bleibt")
    story.ok(first is not None, "and so does who decided first")
    gateway.respond(redacted.message, ERIKA, "BESCHWERDE: Noch einmal.", dmarc="pass")
    again = mail_to(sink, ERIKA, "Beschwerde konnten wir nicht annehmen")
    story.ok(again is not None and "Noch einmal." in again.text, "nobody complains twice about one decision; the words come back")


def when_public(story, gateway, sink):
    write(gateway, "Radweg mit Namen", "Der Radweg fehlt. Bürgermeisterin Muster hat gelogen. Bitte bauen.")
    number = release(gateway, sink, "Radweg mit Namen")
    gateway.write(FRITZ, gateway.own_address(number, bare(FRITZ)), "Re: Radweg",
                  "> Der Radweg fehlt. Bürgermeisterin Muster hat gelogen. Bitte bauen.\n\nDas sehe ich auch so.", dmarc="pass")
    reply = mail_to(sink, MARTA, "Das sehe ich auch so.")
    gateway.respond(reply.message, MARTA, "frei", dmarc="pass")
    fp.wait_for(lambda: value(gateway, "SELECT count(*) FROM post WHERE idea_id = ? AND state = 'published'", number) == 2)
    value(gateway, "INSERT INTO version (post_id, at, text) SELECT id, 1, text FROM post WHERE idea_id = ? AND number = 1", number)
    gateway.write(MARTA, gateway.own_address(number, bare(MARTA)), "Re: Radweg", 'schwärzen: "Bürgermeisterin Muster hat gelogen" beleidigung', dmarc="pass")
    redacted = mail_to(sink, ERIKA, "Wir haben Ihren Text gekürzt", "Radweg mit Namen")
    if not story.ok(redacted is not None, "a passage of a published text goes by one order"):
        return
    shown = show(gateway, number)
    story.ok(MARK in shown and "gelogen" not in shown, "from the post and from what quotes it", shown)
    story.equal(value(gateway, "SELECT count(*) FROM version WHERE text LIKE '%gelogen%'"), 0, "and from its earlier versions")
    gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", "suche gelogen", dmarc="pass")
    found = mail_to(sink, FRITZ, "gelogen")
    story.ok(found is not None and "Radweg mit Namen" not in found.text, "nobody finds it any more", found and found.text)
    kinds = [e["kind"] for e in gateway.rows("event", "list")]
    story.equal(kinds.count("post.redacted"), 2, "the journal has both")
    gateway.respond(redacted.message, ERIKA, "Es steht in der Zeitung!", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Es steht in der Zeitung!")
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: "gelogen" in show(gateway, number)), "FREI: the passage stands there again")
    story.ok(mail_to(sink, ERIKA, "Ihre Beschwerde hatte Erfolg") is not None, "its author hears")
    story.ok(mail_to(sink, MARTA, "anderer Meinung als Sie") is not None, "and who took it out")


def take_out(gateway, sink, number, order, title):
    before = len([m for m in sink.to(bare(NORA)) if "gekürzt" in m.subject])
    gateway.write(MARTA, gateway.own_address(number, bare(MARTA)), "Re: " + title, order, dmarc="pass")
    found = fp.wait_for(lambda: [m for m in sink.to(bare(NORA)) if "gekürzt" in m.subject][before:])
    return found[0] if found else None


def twice_and_its_title(story, gateway, sink):
    write(gateway, "Rathaus lügt immer", "Der Weg fehlt. Rathaus lügt. Und Klaus Kleber aus Nummer 7 stört.", NORA)
    number = release(gateway, sink, "Rathaus lügt immer")
    first = take_out(gateway, sink, number, 'schwärzen: "Rathaus lügt" beleidigung', "Rathaus")
    story.equal(value(gateway, "SELECT title FROM idea WHERE id = ?", number), MARK + " immer", "a passage goes from the title, too")
    second = take_out(gateway, sink, number, 'schwärzen: "Klaus Kleber aus Nummer 7" personendaten', "Rathaus")
    gateway.respond(first.message, NORA, "BESCHWERDE: Es lügt doch.", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Es lügt doch.")
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    gateway.settle()
    story.lacks(show(gateway, number), "Kleber", "what somebody else took out since does not come back with it")
    gateway.respond(second.message, NORA, "BESCHWERDE: Er stört doch.", dmarc="pass")
    complaint2 = mail_to(sink, MORITZ, "Er stört doch.")
    gateway.respond(complaint2.message, MORITZ, "frei", dmarc="pass")
    fp.wait_for(lambda: "Kleber" in show(gateway, number))
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: value(gateway, "SELECT title FROM idea WHERE id = ?", number) == "Rathaus lügt immer"),
             "where that is back: FREI brings back the title with the text")


def not_by_another_door(story, gateway, sink):
    gateway.write(NORA, f"energie@{fp.DOMAIN}", "Windrad", "Ein Windrad. Herr Kowalski ist ein Dieb.", dmarc="pass")
    fp.wait_for(lambda: state_of(gateway, "Windrad") == "published")
    number = value(gateway, "SELECT id FROM idea WHERE title = 'Windrad'")
    receipt = mail_to(sink, NORA, "Windrad", "veröffentlicht")
    take_out(gateway, sink, number, 'schwärzen: "Herr Kowalski ist ein Dieb." beleidigung', "Windrad")
    gateway.respond(receipt.message, NORA, "NEU: Ein Windrad bitte. Herr Kowalski ist ein Dieb.")
    asked = fp.wait_for(lambda: [m for m in sink.to(bare(NORA)) if "Windrad bitte" in m.text])
    gateway.respond(asked[-1].message, NORA, "JA")
    fp.wait_for(lambda: value(gateway, "SELECT count(*) FROM hold WHERE kind = 'confirm' AND state = 'confirmed' AND idea_id = ?", number))
    gateway.settle()
    story.lacks(show(gateway, number), "Kowalski", "what was taken out is read before it appears again, also if its author was asked first")
    notice = mail_to(sink, MARTA, "Windrad bitte")
    if story.ok(notice is not None, "by those who moderate"):
        gateway.respond(notice.message, MARTA, "ablehnen: beleidigung", dmarc="pass")


def removed(story, gateway, sink):
    write(gateway, "Brunnen", sender=FRITZ)
    number = release(gateway, sink, "Brunnen")
    gateway.write(MARTA, gateway.own_address(number, bare(MARTA)), "Re: Brunnen", "entfernen werbung", dmarc="pass")
    asked = mail_to(sink, MARTA, "entfernen werbung")
    gateway.respond(asked.message, MARTA, "JA", dmarc="pass")
    told = mail_to(sink, FRITZ, "Wir haben Ihren Text entfernt", "Brunnen")
    story.ok(told is not None and "BESCHWERDE" in told.text, "whose text is removed is told how to complain")
    gateway.respond(told.message, FRITZ, "BESCHWERDE: Das ist keine Werbung.", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Das ist keine Werbung.", "entfernt")
    if not story.ok(complaint is not None, "another moderator reads it"):
        return
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Brunnen") == "published"), "FREI brings it back")
    story.equal([m for m in sink.to(bare(MARTA)) if "Beschwerde:" in m.subject], [], "who removed it was not asked")


def refused_version(story, gateway, sink):
    write(gateway, "Haltestelle", "Eine Haltestelle am Wald.")
    release(gateway, sink, "Haltestelle")
    receipt = mail_to(sink, ERIKA, "veröffentlicht", "Haltestelle")
    gateway.respond(receipt.message, ERIKA, "NEU: Eine Haltestelle am Wald mit Dach.", dmarc="pass")
    notice = mail_to(sink, MARTA, "am Wald mit Dach")
    gateway.respond(notice.message, MARTA, "ablehnen: Das Dach ist ein anderes Thema.", dmarc="pass")
    rejected = mail_to(sink, ERIKA, "nicht veröffentlichen", "Haltestelle")
    story.ok(rejected is not None and "BESCHWERDE" in rejected.text, "about a new version that was refused one may complain, too")
    gateway.respond(rejected.message, ERIKA, "BESCHWERDE: Es regnet dort.", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Es regnet dort.")
    story.ok(complaint is not None and "mit Dach" in complaint.text, "who decides reads that version")
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: value(gateway, "SELECT text FROM post WHERE text LIKE '%mit Dach%'")), "FREI: it takes the old one's place")


def in_a_new_version(story, gateway, sink):
    write(gateway, "Zweiter Versuch", sender=NORA)
    fp.wait_for(lambda: state_of(gateway, "Zweiter Versuch") == "in_review")
    gateway.must("hold", "reject", str(value(gateway, "SELECT max(id) FROM hold WHERE kind = 'review' AND state = 'open'")), "werbung")
    gateway.respond(mail_to(sink, NORA, "nicht veröffentlichen", "Zweiter Versuch").message, NORA, "NEU: Bitte bauen Sie das ohne Werbung.", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Zweiter Versuch") == "in_review"), "a new version of what was refused waits again")
    story.equal(steps_of(gateway, "Zweiter Versuch")[-1], ("rejected", "in_review", "author", None), "which is its author's step")


def taken_back(story, gateway, sink):
    """Its author withdraws what a complaint is about: nobody has to decide any more."""
    write(gateway, "Doch nicht", sender=FRITZ)
    gateway.respond(mail_to(sink, MARTA, "Bitte prüfen: Doch nicht").message, MARTA, "ablehnen: werbung", dmarc="pass")
    rejected = mail_to(sink, FRITZ, "nicht veröffentlichen", "Doch nicht")
    gateway.respond(rejected.message, FRITZ, "BESCHWERDE: Das ist keine Werbung für Doch nicht.", dmarc="pass")
    complaint = mail_to(sink, MORITZ, "Werbung für Doch nicht.")
    number = value(gateway, "SELECT id FROM idea WHERE title = 'Doch nicht'")
    gateway.write(FRITZ, gateway.own_address(number, bare(FRITZ)), "Re: Doch nicht", "löschen", dmarc="pass")
    story.ok(complaint is not None and fp.wait_for(lambda: state_of(gateway, "Doch nicht") == "withdrawn"), "a text about which a complaint waits is withdrawn")
    value(gateway, "UPDATE hold SET next_at = next_at - ?1, runs_at = runs_at - ?1 WHERE next = 'complaint'", fp.limit("LIMIT_COMPLAINT_S"))
    gateway.must("clock", "--once")
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(MORITZ)) if "Werbung für Doch nicht." in m.text]), 1, "and nobody is reminded of it")
    gateway.respond(complaint.message, MORITZ, "frei", dmarc="pass")
    told = mail_to(sink, MORITZ, "hat ihn zurückgenommen")
    story.ok(told is not None and "„“" not in told.text and "Grund war" not in told.text, "who decides it now hears that it was taken back, and no reason of before", told.text if told else [(m.subject, m.text[:300]) for m in sink.to(bare(MORITZ))[-2:]])


def who_and_when(story, gateway, sink):
    write(gateway, "Zu spät")
    gateway.respond(mail_to(sink, MARTA, "Bitte prüfen: Zu spät").message, MARTA, "ablehnen: werbung", dmarc="pass")
    rejected = mail_to(sink, ERIKA, "nicht veröffentlichen", "Zu spät")
    value(gateway, "UPDATE hold SET decided_at = decided_at - ? WHERE post_id = (SELECT p.id FROM post p JOIN idea i ON i.id = p.idea_id WHERE "
                   "i.title = 'Zu spät')", (fp.limit("LIMIT_COMPLAIN_DAYS") + 1) * DAY_S)
    before = len(sink.to(bare(ERIKA)))
    gateway.respond(rejected.message, ERIKA, "Ich war im Urlaub.", dmarc="pass")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(ERIKA))[before:] if "konnten wir nicht annehmen" in m.text]), "after 30 days it is too late")
    # Moritz' address was switched off: who leads is asked at once, not when a reminder would come.
    value(gateway, "UPDATE address SET suspended_at = 1 WHERE address = ?", bare(MORITZ))
    write(gateway, "Unerreichbar", sender=FRITZ)
    gateway.respond(mail_to(sink, MARTA, "Bitte prüfen: Unerreichbar").message, MARTA, "ablehnen: werbung", dmarc="pass")
    gateway.respond(mail_to(sink, FRITZ, "nicht veröffentlichen", "Unerreichbar").message, FRITZ, "Bitte noch einmal lesen.", dmarc="pass")
    story.ok(mail_to(sink, LENA, "Bitte noch einmal lesen.") is not None, "where no other moderator can be reached who leads decides")
    story.equal([m for m in sink.to(bare(OFFICE)) if "Beschwerde" in m.subject], [], "not the office as well")
    move = "UPDATE hold SET next_at = next_at - ?1, runs_at = runs_at - ?1 WHERE next = 'complaint'"
    value(gateway, move, fp.limit("LIMIT_COMPLAINT_S"))
    gateway.must("clock", "--once")
    story.ok(fp.wait_for(lambda: len([m for m in sink.to(bare(LENA)) if "noch einmal lesen" in m.text]) == 2), "after three working days they are reminded")
    story.equal([m for m in sink.to(bare(OFFICE)) if "Beschwerde" in m.subject], [], "they alone")
    value(gateway, move, fp.limit("LIMIT_JUDGE_S") - fp.limit("LIMIT_COMPLAINT_S"))
    gateway.must("clock", "--once")
    late = mail_to(sink, OFFICE, "Bitte noch einmal lesen.")
    story.ok(late is not None and mail_to(sink, "X <office@example.org>", "über die niemand entscheidet") is not None,
             "after five the office and the operator hear as well")
    gateway.respond(late.message, OFFICE, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Unerreichbar") == "published"), "and may decide")
    story.equal(steps_of(gateway, "Unerreichbar")[-1], ("rejected", "published", "office", "complaint"), "which is one step, by the one who decided")


def who_leaves(story, gateway, sink):
    """The one who was asked about a complaint leaves the forum, the next cannot be reached: it is handed on at once, not when a reminder is due."""
    value(gateway, "UPDATE address SET suspended_at = NULL WHERE address = ?", bare(MORITZ))
    write(gateway, "Abgang", sender=NORA)
    gateway.respond(mail_to(sink, MARTA, "Bitte prüfen: Abgang").message, MARTA, "ablehnen: werbung", dmarc="pass")
    gateway.respond(mail_to(sink, NORA, "nicht veröffentlichen", "Abgang").message, NORA, "Wer liest das jetzt?", dmarc="pass")
    story.ok(mail_to(sink, MORITZ, "Wer liest das jetzt?") is not None and not [m for m in sink.to(bare(LENA)) if "Wer liest das jetzt?" in m.text], "the other moderator alone is asked")
    gateway.must("clock", "--once")
    gateway.settle()
    story.equal(len([m for m in sink.to(bare(MORITZ)) if "Wer liest das jetzt?" in m.text]), 1, "once")
    gateway.must("member", "remove", "mobilitaet", bare(MORITZ))
    gateway.must("clock", "--once")
    story.ok(mail_to(sink, LENA, "Wer liest das jetzt?") is not None, "who was to decide left: who leads is asked at once")
    value(gateway, "UPDATE address SET suspended_at = 1 WHERE address = ?", bare(LENA))
    gateway.must("clock", "--once")
    story.ok(mail_to(sink, OFFICE, "Wer liest das jetzt?") is not None, "nobody reads there any more: the office is")
    gateway.must("clock", "--once")
    gateway.settle()
    story.equal([len([m for m in sink.to(bare(p)) if "Wer liest das jetzt?" in m.text]) for p in (MORITZ, LENA, OFFICE)], [1, 1, 1], "each once")
    gateway.respond(mail_to(sink, OFFICE, "Wer liest das jetzt?").message, OFFICE, "frei", dmarc="pass")
    story.ok(fp.wait_for(lambda: state_of(gateway, "Abgang") == "published"), "and decides")
    value(gateway, "UPDATE address SET suspended_at = NULL WHERE address = ?", bare(LENA))
    gateway.must("member", "add", "mobilitaet", bare(MORITZ), "--role", "moderator", "--delivery", "none")


def by_the_operator(story, gateway, sink):
    """Where nobody else is there to decide about a complaint, whoever runs the gateway sees it and does."""
    gateway.must("forum", "add", "kultur", "--title", "Kultur", "--moderation", "pre")
    gateway.must("member", "add", "kultur", bare(MARTA), "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "kultur", bare(FRITZ), "--role", "reader", "--delivery", "none")
    holds = []
    for title in ("Ein Chor", "Ein Orchester"):
        gateway.write(FRITZ, f"kultur@{fp.DOMAIN}", title, f"{title} für alle.", dmarc="pass")
        gateway.respond(mail_to(sink, MARTA, f"Bitte prüfen: {title}").message, MARTA, "ablehnen: werbung", dmarc="pass")
        gateway.respond(mail_to(sink, FRITZ, "nicht veröffentlichen", title).message, FRITZ, f"BESCHWERDE: {title} wirbt für nichts.", dmarc="pass")
        holds.append(fp.wait_for(lambda t=title: [h for h in gateway.rows("hold", "list") if h["title"] == t and "complaint" in h["why"]]))
    story.ok(all(holds) and holds[0][0]["next"] == "remind", "`hold list` has the complaints that wait", gateway.rows("hold", "list"))
    first, second = (str(h[0]["hold"]) for h in holds)
    shown = gateway.must("hold", "show", first)
    story.ok("Ein Chor für alle." in shown and "Ein Chor wirbt für nichts." in shown, "`hold show` has the text and what its author says", shown)
    story.equal([r["kind"] for r in gateway.rows("hold", "show", first)[0]["remarks"]], ["complaint"], "and as JSON")
    done = gateway.run("hold", "release", first, "--as", bare(MARTA))
    story.ok(done.returncode == 77 and state_of(gateway, "Ein Chor") == "rejected", "who refused it decides neither here", done)
    gateway.must("hold", "release", first)
    story.ok(mail_to(sink, FRITZ, "ist veröffentlicht", "Ein Chor") is not None and state_of(gateway, "Ein Chor") == "published", "`hold release`: it appears after all")
    gateway.must("hold", "reject", second, "Es ist doch Werbung.")
    told = mail_to(sink, FRITZ, "Es bleibt bei der Entscheidung", "Orchester")
    story.ok(told is not None and "Es ist doch Werbung." in told.text, "`hold reject`: the decision stands, and why")
    story.equal([h for h in gateway.rows("hold", "list") if "complaint" in h["why"] and h["forum"] == "kultur"], [], "and nothing waits")


def main():
    with fp.Story("complaints") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = fp.Gateway(story, relay_port=sink.port)
        gateway.must("init")
        gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "pre")
        gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
        for person, role in ((MARTA, "moderator"), (NORA, "reader")):
            gateway.must("member", "add", "energie", bare(person), "--role", role, "--delivery", "none")
        for person, role in ((MARTA, "moderator"), (MORITZ, "moderator"), (LENA, "lead"), (OFFICE, "office"), (ERIKA, "reader"), (FRITZ, "reader"), (NORA, "reader")):
            gateway.must("member", "add", "mobilitaet", bare(person), "--role", role, "--delivery", "none")
        gateway.start()
        while_it_waits(story, gateway, sink)
        when_public(story, gateway, sink)
        twice_and_its_title(story, gateway, sink)
        not_by_another_door(story, gateway, sink)
        removed(story, gateway, sink)
        refused_version(story, gateway, sink)
        taken_back(story, gateway, sink)
        who_and_when(story, gateway, sink)
        who_leaves(story, gateway, sink)
        in_a_new_version(story, gateway, sink)
        by_the_operator(story, gateway, sink)


main()

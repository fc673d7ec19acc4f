#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of ideas by mail: who leads a forum takes an idea on, lets it go on with another one, moves it; its author and all who
follow it hear of it once, with the reason; what somebody else writes with the same words is a contribution; `idea` at the command
line tells and does the same."""
import contextlib
import json
import sqlite3

import fp

ERIKA = "Erika Beispiel <erika@example.net>"
FRITZ = "Fritz <fritz@example.org>"
LEAD = "Lena Leitung <leitung@ministerium.example.org>"
OTHER = "Otto <otto@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
TOGETHER_S = fp.limit("LIMIT_NEWS_TOGETHER_S")


def bare(person):
    return person[person.index("<") + 1:-1]


def set_up(story, sink):
    gateway = fp.Gateway(story, relay_port=sink.port, initiative={"ref": "RK"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", bare(LEAD), "--role", "lead", "--delivery", "each")
    for person in (ERIKA, FRITZ, OTHER):
        for forum in ("mobilitaet", "energie"):
            gateway.must("member", "add", forum, bare(person), "--role", "reader", "--delivery", "none")
    gateway.start()
    return gateway


def show(gateway, number):
    return json.loads(gateway.must("idea", "show", str(number), "--json"))


def mail_to(sink, person, words, count=1):
    found = fp.wait_for(lambda: [m for m in sink.to(bare(person)) if words in m.text or words in m.subject][count - 1:])
    return found[0] if found else None


def time_passes(gateway):
    """What is told together is told."""
    gateway.stop()
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        db.execute("UPDATE notice SET sent_at = sent_at - 3600 WHERE purpose IN ('news', 'news-many')")
        db.execute("UPDATE notice SET due_at = due_at - ? WHERE state = 'due' AND purpose = 'news' AND due_at <= unixepoch() + ?",
                   (TOGETHER_S, TOGETHER_S))
    gateway.start()


def news(sink, person):
    return [m for m in sink.to(bare(person)) if "Neues zu" in m.subject]


def an_idea_comes(story, gateway, sink):
    gateway.write(ERIKA, FORUM, "Mehr Radwege", "Bitte bauen Sie mehr Radwege.", dmarc="pass")
    story.ok(mail_to(sink, ERIKA, "Mehr Radwege") is not None, "Erika's idea is there")
    post = mail_to(sink, LEAD, "Bitte bauen Sie mehr Radwege")
    story.ok(post is not None, "who leads the forum reads it")
    story.equal([(h["from"], h["to"], h["by"]) for h in show(gateway, 1)["history"]], [(None, "published", "gateway")], "its history begins")
    year = show(gateway, 1)["created_at"][:4]
    story.equal([show(gateway, 1)["ref"], gateway.rows("idea", "list")[0]["ref"]], [f"RK-{year}-0001"] * 2, "and the operator's files have a number for it")
    return post


def the_lead_takes_it_on(story, gateway, sink, post):
    gateway.respond(post.message, LEAD, "STAND IN BERATUNG\n\nViele Grüße\nLena Leitung", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "in Beratung") is not None, "STAND is done, and the answer says so")
    idea = show(gateway, 1)
    story.equal((idea["state"], len(idea["posts"])), ("in_deliberation", 1), "the state is another one, and no contribution came of the word")
    story.equal([(h["from"], h["to"], h["by"]) for h in idea["history"]][1:], [("published", "in_deliberation", "lead")], "the history says who")
    gateway.respond(post.message, LEAD, "stand nicht weiterverfolgt", dmarc="pass")
    story.ok(mail_to(sink, LEAD, "braucht eine Begründung") is not None, "a step that needs a reason asks for it")
    story.equal(show(gateway, 1)["state"], "in_deliberation", "and is not done")
    gateway.respond(post.message, LEAD, "stand umgesetzt: Ist gebaut.", dmarc="pass")
    story.equal(show(gateway, 1)["state"], "in_deliberation", "nor is one that two persons must decide")
    gateway.respond(post.message, LEAD, "stand nicht weiterverfolgt: Dafür ist der Bund zuständig.\n\nMfG\nLena Leitung", dmarc="pass")
    fp.wait_for(lambda: show(gateway, 1)["state"] == "not_pursued")
    history = show(gateway, 1)["history"]
    story.equal((history[-1]["to"], history[-1]["reason"]), ("not_pursued", "Dafür ist der Bund zuständig."),
                "the reason is kept, without greeting and name")


def author_hears_once(story, gateway, sink):
    story.equal(len(news(sink, ERIKA)), 0, "nobody is told at once")
    time_passes(gateway)
    story.ok(fp.wait_for(lambda: news(sink, ERIKA)), "then the author is")
    told = news(sink, ERIKA)
    story.equal(len(told), 1, "once, though it were two steps")
    story.has(told[0].text, "in Beratung", "the mail tells of the first step")
    story.has(told[0].text, "nicht weiterverfolgt", "and of the second")
    story.has(told[0].text, "Dafür ist der Bund zuständig.", "with its reason")
    story.equal(len(news(sink, LEAD)), 0, "who did it is not told")


def others_words_are_text(story, gateway, sink):
    receipt = mail_to(sink, ERIKA, "Mehr Radwege")
    gateway.respond(receipt.message, ERIKA, "Stand in Beratung: das ist zu wenig.", dmarc="pass")
    held = fp.wait_for(lambda: [h["hold"] for h in gateway.rows("hold", "list") if "late" in h["why"]])
    gateway.must("hold", "release", str(held[0]))
    posts = fp.wait_for(lambda: show(gateway, 1)["posts"][1:])
    story.ok(posts and "zu wenig" in posts[0]["text"], "from somebody who does not lead the forum it is a contribution, read first since the idea is over")
    story.equal(show(gateway, 1)["state"], "not_pursued", "and no command")


def a_forged_command(story, gateway, sink):
    """The lead's address in From, but neither proved nor with a token of theirs."""
    gateway.write(LEAD, f"idee-1@{fp.DOMAIN}", "x", "STAND IN BERATUNG: doch", dmarc="fail")
    story.equal(show(gateway, 1)["state"], "not_pursued", "a command in somebody's name is not done")
    gateway.write(LEAD, f"idee-1@{fp.DOMAIN}", "x", "STAND IN BERATUNG: doch", dmarc="pass")
    story.equal(show(gateway, 1)["state"], "not_pursued", "nor one without the address that only they were sent")
    story.ok(mail_to(sink, LEAD, "Sollen wir das tun?") is not None, "whose proved sender is asked")


def yes(gateway, sink, count):
    """What weighs more than a state is asked about first."""
    gateway.respond(mail_to(sink, LEAD, "Sollen wir das tun?", count).message, LEAD, "JA", dmarc="pass")


def merged_and_back(story, gateway, sink):
    gateway.write(FRITZ, FORUM, "Radwege an Schulen", "Radwege vor allem an Schulen.", dmarc="pass")
    post = mail_to(sink, LEAD, "Radwege vor allem an Schulen")
    gateway.must("idea", "state", "1", "in_deliberation", "--reason", "Es geht weiter.")
    gateway.respond(post.message, LEAD, "zusammenführen mit idee-1", dmarc="pass")
    yes(gateway, sink, 2)
    idea = fp.wait_for(lambda: show(gateway, 2)["state"] == "merged" and show(gateway, 2))
    story.ok(idea and idea["merged_into"] == 1, "idea 2 goes on with idea 1")
    story.equal(show(gateway, 1)["followers"], 2, "who follows either is counted once, together")
    time_passes(gateway)
    story.ok(mail_to(sink, FRITZ, "geht zusammen mit der Idee 1 weiter") is not None, "its author hears it")
    gateway.write(OTHER, f"idee-2@{fp.DOMAIN}", "Re: Radwege an Schulen", "Auch an Kitas!", dmarc="pass")
    story.equal([p["text"] for p in fp.wait_for(lambda: show(gateway, 2)["posts"][1:])], ["Auch an Kitas!"], "the old address goes on")
    story.ok(mail_to(sink, ERIKA, "Auch an Kitas!") is not None, "and is read by who follows the other one")
    done = gateway.run("idea", "merge", "1", "2")
    story.equal(done.returncode, 77, "a circle is refused")
    gateway.respond(post.message, LEAD, "TRENNEN", dmarc="pass")
    yes(gateway, sink, 3)
    idea = fp.wait_for(lambda: show(gateway, 2)["state"] == "published" and show(gateway, 2))
    story.ok(idea and idea["merged_into"] is None, "TRENNEN: it is what it was")
    story.equal((show(gateway, 1)["followers"], show(gateway, 2)["followers"]), (1, 2), "and each is followed by its own again")
    return post


def moved(story, gateway, sink, post):
    gateway.respond(post.message, LEAD, "verschieben nach Energie", dmarc="pass")
    idea = fp.wait_for(lambda: show(gateway, 2)["forum"] == "energie" and show(gateway, 2))
    story.ok(idea and idea["forums"] == ["energie"], "VERSCHIEBEN takes it to another forum")
    story.equal(idea["history"][-1]["to"], "moved:energie", "as its history says")
    gateway.respond(post.message, LEAD, "verschieben nach mobilitaet", dmarc="pass")
    asked = mail_to(sink, LEAD, "verschieben nach mobilitaet")
    story.ok(asked is not None and show(gateway, 2)["forum"] == "energie", "where its old lead is a stranger like any: asked whether that is their text")


def ideas_called(gateway, *titles):
    for title in titles:
        gateway.write(ERIKA, FORUM, title, f"{title} an den Haltestellen.", dmarc="pass")
    numbers = {i["title"]: i["number"] for i in gateway.rows("idea", "list")}
    return [numbers[title] for title in titles]


def the_oldest_leads_on(story, gateway):
    """Of three that go on together the first is taken back."""
    numbers = first, second, third = ideas_called(gateway, "Bänke", "Mehr Bänke", "Sitzbänke")
    for number in (second, third):
        gateway.must("idea", "merge", str(number), str(first))
    gateway.must("idea", "support", str(third), bare(OTHER))
    gateway.must("idea", "withdraw", str(first))
    story.equal([(show(gateway, n)["state"], show(gateway, n)["merged_into"]) for n in numbers],
                [("withdrawn", None), ("published", None), ("merged", second)], "the oldest other leads the group on")
    story.equal(show(gateway, second)["supporters"], 1, "with all who are for any of it")
    gateway.must("idea", "unmerge", str(third))
    story.equal(show(gateway, third)["state"], "published", "which comes apart as before")


def what_comes_back_finds_who_leads(story, gateway):
    """While one is taken down its lead goes as well: when it is back it goes on with whoever leads then, or by itself."""
    first, second, lead = ideas_called(gateway, "Uhren", "Mehr Uhren", "Bahnhofsuhren")
    def stand(*numbers):
        return [(show(gateway, n)["state"], show(gateway, n)["merged_into"]) for n in numbers]
    def take_down(*numbers):
        for number in numbers:
            gateway.must("idea", "remove", str(number), "--reason", "sonstiges: Werbung.")
    for number in (first, second):
        gateway.must("idea", "merge", str(number), str(lead))
    take_down(first, lead)
    story.equal(stand(second), [("published", None)], "of a group only those who are there lead on")
    gateway.must("idea", "restore", str(first), "--reason", "Ein Irrtum.")
    story.equal(stand(first, second), [("merged", second), ("published", None)], "and who is back goes on with them, not with who is gone")
    take_down(first, second)
    gateway.must("idea", "restore", str(first), "--reason", "Ein Irrtum.")
    story.equal(stand(first, second), [("published", None), ("removed", None)], "or by itself, if nobody is left")
    gateway.must("idea", "restore", str(second), "--reason", "Ein Irrtum.")
    story.equal(stand(first, second), [("published", None), ("published", None)], "and the other one then comes back for itself")


def at_the_command_line(story, gateway):
    story.equal(gateway.run("idea", "state", "2", "nonsense").returncode, 65, "a state that is none")
    done = gateway.run("idea", "state", "2", "not_pursued")
    story.equal(done.returncode, 77, "a step without its reason")
    story.has(done.stderr, "reason", "says what is missing")
    story.equal(gateway.run("idea", "state", "2", "withdrawn", "--reason", "x").returncode, 77, "withdrawing has a verb of its own")
    story.equal(gateway.run("idea", "state", "99", "assigned").returncode, 66, "an idea that is not there")
    gateway.must("idea", "state", "2", "done", "--reason", "Gebaut.")
    last = show(gateway, 2)["history"][-1]
    story.equal((last["from"], last["to"], last["by"], last["reason"]), ("published", "done", "operator", "Gebaut."), "the operator may what two must")
    journal = [e["kind"] for e in gateway.rows("event", "list", "--idea", "2")]
    story.ok("idea.done" in journal and "idea.moved" in journal and "idea.merged" in journal, "the journal knows every step")


def a_voice_need_not_go_along(story, gateway, sink):
    """Who is for an idea that is merged hears that their voice counts there, and how it does not."""
    first, second = ideas_called(gateway, "Radständer", "Fahrradständer")
    gateway.must("idea", "support", str(second), bare(OTHER))
    gateway.must("idea", "merge", str(second), str(first))
    time_passes(gateway)
    told = mail_to(sink, OTHER, f"Idee {first} weiter")
    flat = " ".join(told.text.split())
    story.has(flat, f"Sie sind für die Idee {second}.", "who is for an idea that is merged hears that their voice goes along")
    story.has(flat, f"Schreiben Sie NICHT MEHR {second} an hilfe@{fp.DOMAIN}", "and how it does not")
    own = mail_to(sink, ERIKA, f"Idee {first} weiter")
    story.ok(own is not None and "NICHT MEHR" not in own.text, "who is not for it reads nothing of that", own and own.text)
    story.equal(show(gateway, first)["supporters"], 1, "it counts for both together")
    gateway.write(OTHER, f"hilfe@{fp.DOMAIN}", "", f"nicht mehr {second}", dmarc="pass")
    story.ok(fp.wait_for(lambda: show(gateway, first)["supporters"] == 0), "these words take it back")


def files_have_its_number(story, gateway, sink):
    """Who has the file before them commands with its number, in any case; the parser is one, so each command takes it."""
    gateway.write(ERIKA, FORUM, "Mehr Akten", "Bitte führen Sie mehr Akten.", dmarc="pass")
    post = mail_to(sink, LEAD, "Bitte führen Sie mehr Akten")
    n, ref = next((i["number"], i["ref"]) for i in gateway.rows("idea", "list") if i["title"] == "Mehr Akten")
    _, year, filed = ref.split("-")
    gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", f"Guten Tag,\n\nstatus rk {year} {filed}\nfolgen RK-{year}-{n}", dmarc="pass")
    told = mail_to(sink, FRITZ, "Antwort auf jede Zeile")
    flat = " ".join(told.text.split()) if told else ""
    story.ok("Mehr Akten Stand:" in flat, "by mail: STATUS and FOLGEN", flat)
    story.equal(show(gateway, n)["followers"], 2, "who follows it then")
    gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", f"Status {ref}", "", dmarc="pass")
    story.ok(fp.wait_for(lambda: [m for m in sink.to(bare(FRITZ)) if f"Status {n}" in m.text]), "in the subject of a mail that says no more")
    for wrong in (f"RK-{int(year) - 1}-{filed}", f"RK-{year}-0099"):
        gateway.settle()
        seen = len(sink.to(bare(FRITZ)))
        gateway.write(FRITZ, f"hilfe@{fp.DOMAIN}", "", f"nicht mehr {wrong}\nsprache de", dmarc="pass")
        told = fp.wait_for(lambda seen=seen: [m for m in sink.to(bare(FRITZ))[seen:] if "Nicht ausgeführt" in m.subject])
        story.ok(told, f"{wrong} is no number of ours")
    gateway.respond(post.message, LEAD, f"RK-{year}-{filed} zuordnen", dmarc="pass")
    story.equal(fp.wait_for(lambda: show(gateway, n)["state"] == "assigned"), True, "who leads it on may name it so")
    gateway.write(FRITZ, f"idee-{n}@{fp.DOMAIN}", "Re", f"Das gehört zu RK-{year}-{filed}, finde ich.", dmarc="pass")
    story.ok(fp.wait_for(lambda: f"gehört zu RK-{year}-{filed}" in gateway.must("idea", "show", str(n))), "in a contribution it stays what was written")
    story.equal(json.loads(gateway.must("idea", "show", f"rk-{year}-{filed}", "--json"))["number"], n, "at the command line alike")
    story.equal([gateway.run("idea", "show", wrong).returncode for wrong in (f"RK-{int(year) - 1}-{filed}", f"XY-{year}-{filed}")], [66, 65], "but no other year's or office's")
    story.equal(gateway.run("post", "show", f"RK-{year}-{filed}#1").returncode, 0, "and before the number of a contribution")


def known_everywhere(story, gateway, sink):
    """Whom the operator put into one forum is known in each."""
    who = "Nora <nora@example.org>"
    gateway.must("member", "add", "energie", bare(who), "--role", "member", "--delivery", "none")
    gateway.write(who, FORUM, "Aus dem Nachbarforum", "Ein Steg über den Bach.", dmarc="pass")
    gateway.settle()
    story.ok("Aus dem Nachbarforum" in [i["title"] for i in gateway.rows("idea", "list")] and not [m for m in sink.to(bare(who)) if "ja+" in str(m.message["Reply-To"])],
             "whom the operator put into one forum is known in each, and asked in none", [m.subject for m in sink.to(bare(who))])
    gateway.write("Niemand <niemand@example.org>", FORUM, "Von niemandem", "Ein Steg über den See.", dmarc="pass")
    gateway.settle()
    story.ok("Von niemandem" not in [i["title"] for i in gateway.rows("idea", "list")], "who is in none is asked")


def main():
    with fp.Story("ideas") as story, contextlib.closing(fp.Sink()) as sink:
        gateway = set_up(story, sink)
        post = an_idea_comes(story, gateway, sink)
        the_lead_takes_it_on(story, gateway, sink, post)
        author_hears_once(story, gateway, sink)
        others_words_are_text(story, gateway, sink)
        a_forged_command(story, gateway, sink)
        post = merged_and_back(story, gateway, sink)
        moved(story, gateway, sink, post)
        at_the_command_line(story, gateway)
        the_oldest_leads_on(story, gateway)
        what_comes_back_finds_who_leads(story, gateway)
        a_voice_need_not_go_along(story, gateway, sink)
        files_have_its_number(story, gateway, sink)
        known_everywhere(story, gateway, sink)


main()

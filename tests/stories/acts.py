# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operator does at the command line: a door changes only what was named, and each act is a line of the journal that
names who sat there. A verb that changes something and leaves no line is found here without being asked."""
import os
import re
import sqlite3
import subprocess

import fp


def run(gateway, *arguments, **environment):
    env = {name: value for name, value in os.environ.items() if name not in ("SUDO_USER", "DOAS_USER")}
    done = subprocess.run([fp.FORUMPOST, "-c", gateway.config, *arguments], capture_output=True, text=True, check=False, timeout=60,
                          env={**env, **environment})
    return done


def acts(story, gateway):
    """(what is typed, kinds of the lines that it leaves, detail of the last one)."""
    me = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    rows = [
        (("forum", "add", "sport", "--title", "Sport"), ["forum.added"], "sport"),
        (("forum", "set", "sport", "--title", "Sport!", "--ministry", "StK"), ["forum.set"], "title, ministry"),
        (("forum", "alias", "add", "sport", "spiel"), ["forum.alias-added"], "spiel"),
        (("forum", "alias", "add", "sport", "spiel"), [], None),
        (("forum", "alias", "sport", "turnen"), ["forum.alias-added"], "turnen"),
        (("forum", "alias", "remove", "turnen"), ["forum.alias-removed"], "turnen"),
        (("forum", "close", "sport"), ["forum.closed"], None),
        (("forum", "close", "sport"), [], None),
        (("forum", "open", "spiel"), ["forum.opened"], None),
        (("member", "add", "sport", "anna@example.net", "--role", "lead"), ["person.added", "member.added"], "lead, daily"),
        (("member", "add", "sport", "anna@example.net", "--delivery", "each"), ["member.set"], "lead, each"),
        (("member", "set", "sport", "anna@example.net", "--delivery", "daily", "--name", "Anna"), ["person.set", "member.set"], "lead, daily"),
        (("duty", "set", "sport", "anna@example.net", "--from", "2026-04-01", "--to", "2026-04-07"), ["duty.changed"], "what=on from=2026-04-01 to=2026-04-07"),
        (("duty", "set", "sport", "anna@example.net", "--from", "2026-04-05", "--away"), ["duty.changed"], "what=away from=2026-04-05 to=open"),
        (("duty", "remove", "sport", "anna@example.net", "--away"), ["duty.changed"], "what=not-away from=1970-01-01 to=open"),
        (("person", "set", "anna@example.net", "--hour", "9", "--weekday", "3"), ["person.set"], "hour, weekday"),
        (("person", "set", "anna@example.net", "--name", "Anna B."), ["person.set"], "name"),
        (("person", "address", "anna@example.net", "anna@example.org"), ["person.address"], None),
        (("person", "address", "anna@example.net", "anna@example.org"), [], None),
        (("person", "revive", "anna@example.org"), ["person.revived"], None),
        (("bounce", "undo", "anna@example.org"), ["person.revived"], None),
        (("member", "remove", "sport", "anna@example.net"), ["member.removed"], "lead"),
        (("forum", "remove", "sport"), ["forum.removed"], "sport"),
        (("hold", "release", "{release}"), ["hold.released", "idea.published"], None),
        (("hold", "reject", "{reject}", "Doppelt"), ["hold.rejected"], "why=forum"),
        (("post", "hide", "{idea}#1", "--reason", "Beschwerde"), ["idea.hidden"], None),
        (("post", "restore", "{idea}#1"), ["idea.restored"], "to=published"),
        (("post", "remove", "{idea}#1", "--reason", "Beleidigung"), ["idea.removed"], None),
        (("idea", "restore", "{idea}", "--reason", "Ein Irrtum"), ["idea.restored"], "to=published"),
        (("idea", "remove", "{idea}", "--reason", "Beleidigung"), ["idea.removed"], None),
        (("idea", "restore", "{idea}", "--reason", "Ein Irrtum"), ["idea.restored"], "to=published"),
        (("idea", "move", "{idea}", "mobilitaet"), ["idea.moved"], "from=published to=mobilitaet by=operator"),
        (("idea", "state", "{idea}", "assigned"), ["idea.assigned"], "from=published by=operator"),
        (("idea", "support", "{idea}", "anna@example.org"), ["support.added"], "how=cli"),
        (("idea", "annul", "{idea}", "anna@example.org", "--reason", "Testperson"), ["support.annulled"], "Testperson"),
        (("member", "add", "mobilitaet", "amt@example.org", "--role", "office"), ["person.added", "member.added"], "office, daily"),
        (("member", "add", "mobilitaet", "leitung@example.org", "--role", "lead"), ["person.added", "member.added"], "lead, daily"),
        (("idea", "deadline", "{idea}", "2099-05-03"), ["idea.deadline"], "from=assigned to=2099-05-03 by=operator"),
        (("phase", "add", "zuhoeren", "--from", "2026-01-01", "--to", "2026-02-28", "--allows", "idea"), ["phase.added"], "name=zuhoeren from=2026-01-01 to=2026-02-28 allows=idea"),
        (("phase", "change", "zuhoeren", "--to", "none"), ["phase.changed"], "name=zuhoeren from=2026-01-01 to=open allows=idea before=2026-02-28"),
        (("field", "add", "verkehr", "--title", "Verkehr"), ["field.added"], "name=verkehr"),
        (("goal", "add", "wege", "--title", "Kurze Wege"), ["goal.added"], "name=wege"),
        (("idea", "answer", "{idea}", "{answer}", "--by", "amt@example.org"), ["hold.opened"], "kind=second"),
        (("hold", "release", "{other}"), ["hold.released", "idea.published"], None),
        (("idea", "merge", "{idea}", "{beside}"), ["idea.merged"], "from=assigned by=operator into={beside}"),
        (("idea", "unmerge", "{idea}"), ["idea.unmerged"], "from=merged to=assigned by=operator"),
        (("proposal", "add", "mobilitaet", "--title", "Bäume", "--from", "{idea}", "--public"), ["idea.proposal", "proposal.added"], "proposal=1 ideas={idea}"),
        (("proposal", "state", "1", "adopted"), ["proposal.adopted", "idea.adopted"], "from=proposal by=gateway"),
        (("proposal", "set", "1", "--title", "Bäume!"), ["proposal.changed"], "proposal=1 title"),
        (("idea", "withdraw", "{idea}"), ["idea.withdrawn"], None),
        (("person", "erase", "autor1@example.org", "--reason", "Antrag"), ["post.deleted", "person.erased"], None),
    ]
    tried = set()
    for arguments, kinds, detail in rows:
        typed = [a.format(**gateway.holds) for a in arguments]
        n_before = len(gateway.rows("event", "list"))
        done = run(gateway, *typed)
        lines = gateway.rows("event", "list")[n_before:]
        got = [line["kind"] for line in lines]
        story.ok(done.returncode == 0 and got == kinds and (not lines or lines[-1]["detail"] == (detail and detail.format(**gateway.holds)))
                 and all(line["actor"] == f"operator {me}" for line in lines), " ".join(typed), done, lines)
        tried.add(next(words for words in (arguments[:3], arguments[:2]) if " ".join(words) in gateway.changing))
    left = gateway.changing - {" ".join(words) for words in tried}
    story.equal(sorted(left), [], "every verb that changes something was tried")


# Verbs that only look, or whose lines other stories read (digests and expiry are time's, retry and post belong to mails).
LOOKING = {"list", "show", "verify", "alias list", "subscriber list", "issue list", "run", ""}
# Tried with their lines by a story of their own.
ELSEWHERE = {f"newsletter {words}" for words in ("add", "editor add", "editor remove", "subscriber add", "subscriber import", "subscriber remove",
                                                 "draft", "test", "release", "stop", "resume")}


def changing_verbs():
    found = set()
    listing = subprocess.run([fp.FORUMPOST, "--help"], capture_output=True, text=True, check=True).stdout
    for command in re.findall(r"(?m)^  ([a-z]+) ", listing):
        text = subprocess.run([fp.FORUMPOST, command, "--help"], capture_output=True, text=True, check=True).stdout
        for words in re.findall(rf"(?m)^  forumpost {command}((?: [a-z]+)*)", text):
            if words.strip() not in LOOKING and f"{command}{words}" not in ELSEWHERE:
                found.add(f"{command}{words}")
    return found


def only_what_was_named(story, gateway):
    gateway.must("member", "add", "mobilitaet", "max@example.net", "--role", "lead", "--delivery", "weekly", "--name", "Max", "--language", "en")
    gateway.must("person", "set", "max@example.net", "--hour", "9", "--weekday", "3")
    gateway.must("member", "add", "mobilitaet", "max@example.net", "--delivery", "each")
    gateway.must("person", "set", "max@example.net", "--name", "Max M.")
    member = next(m for m in gateway.rows("member", "list", "mobilitaet") if m["address"] == "max@example.net")
    story.equal((member["role"], member["delivery"]), ("lead", "each"), "member add --delivery leaves the role")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        row = database.execute("SELECT p.public_name, p.language, p.digest_hour, p.digest_weekday FROM person p JOIN address a "
                               "ON a.person_id = p.id WHERE a.address = 'max@example.net'").fetchone()
    story.equal(row, ("Max M.", "en", 9, 3), "person set --name leaves language, hour and weekday")
    gateway.must("person", "set", "max@example.net", "--hour", "-1")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        row = database.execute("SELECT p.public_name, p.digest_hour, p.digest_weekday FROM person p JOIN address a "
                               "ON a.person_id = p.id WHERE a.address = 'max@example.net'").fetchone()
    story.equal(row, ("Max M.", None, 3), "and -1 gives the hour back to the initiative")
    gateway.must("forum", "set", "gruen", "--ministry", "MULNV", "--language", "en")
    gateway.must("forum", "set", "gruen", "--title", "Grünes")
    forum = gateway.rows("forum", "show", "gruen")[0]
    story.equal([forum[key] for key in ("title", "ministry", "language", "moderation")], ["Grünes", "MULNV", "en", "pre"],
                "forum set --title leaves ministry, language and moderation")


def who(story, gateway):
    run(gateway, "forum", "set", "gruen", "--title", "Grün", SUDO_USER="karl")
    story.has(gateway.rows("event", "list")[-1]["actor"], "operator karl as ", "behind sudo the journal names both")
    run(gateway, "forum", "set", "gruen", "--title", "Grün!", SUDO_USER="karl\nname", DOAS_USER="x" * 65)
    story.ok(re.fullmatch(r"operator \S+", gateway.rows("event", "list")[-1]["actor"]), "what is no login is left out")
    story.has(gateway.must("event", "list"), "by operator karl", "event list for people names them, too")
    actors = {event["kind"]: event["actor"] for event in gateway.rows("event", "list")}
    story.equal((actors["message.confirm"], actors["hold.confirmed"]), (None, None), "what came by mail has no operator")
    story.equal(gateway.rows("event", "verify"), [{"whole": True, "broken": None}], "and the chain of hashes covers all that")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        told = [row for row in database.execute("SELECT kind, detail FROM event WHERE actor IS NOT NULL AND "
                                                "(detail LIKE '%@%' OR detail LIKE '%Baum%' OR detail LIKE '%Max%')")]
    story.equal(told, [], "no line holds an address, a name or the words of a text")


def shown(story, gateway):
    gateway.must("forum", "alias", "add", "gruen", "baeume")
    forum = gateway.rows("forum", "show", "baeume")[0]
    story.equal((forum["name"], forum["aliases"], forum["ideas"]), ("gruen", ["baeume"], 2), "forum show knows other names and counts")
    story.has(gateway.must("forum", "show", "gruen"), f"also baeume@{fp.DOMAIN}", "for people, too")
    story.equal(gateway.rows("forum", "alias", "list"), [{"name": "baeume", "forum": "gruen"}], "forum alias list")
    env = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    done = subprocess.run([fp.FORUMPOST, "-c", gateway.config, "forum", "set", "gruen", "--title", "Bäume"], env=env, check=False)
    story.equal((done.returncode, gateway.rows("forum", "show", "gruen")[0]["title"]), (0, "Bäume"), "umlauts need no locale")


def one_person(story, gateway):
    gateway.must("member", "add", "mobilitaet", "Anna@xn--mnchen-3ya.example")
    gateway.must("member", "add", "gruen", "anna@münchen.example")
    people = [p["address"] for p in gateway.rows("person", "list") if p["address"].lower().startswith("anna@") and "nchen" in p["address"]]
    story.equal(len(people), 1, "an address with umlauts, entered either way, is one person")


def a_question_comes_back(story, gateway, sink):
    """While an idea is hidden nobody is asked about what they wrote there; once it is back they are."""
    idea, stranger = next(i["number"] for i in gateway.rows("idea", "list") if i["state"] == "published"), "fremd@example.com"
    gateway.must("phase", "change", "zuhoeren", "--allows", "idea,reply")
    gateway.must("deliver", "-r", f"idee-{idea}@{fp.DOMAIN}", "-f", stranger,
                 data=fp.trace(fp.mail(stranger, f"idee-{idea}@{fp.DOMAIN}", "Re: Ein Baum", "Pflanzt eine Linde.\n")))
    gateway.must("post", "hide", f"{idea}#1", "--reason", "Beschwerde")
    gateway.must("dispatch", "--once")
    story.equal(len(sink.to(stranger)), 0, "who wrote to an idea that is hidden since is not told its name")
    gateway.must("post", "restore", f"{idea}#1")
    gateway.must("dispatch", "--once")
    story.ok(sink.to(stranger) and "Linde" in sink.to(stranger)[0].text, "and is asked once it is back", sink.to(stranger))


def demo(story):
    other = fp.Gateway(story)
    other.must("init")
    facts = os.path.join(fp.TOP, "demo", "ruhr.json")
    other.must("demo", facts)
    story.equal(other.rows("event", "list")[-1]["kind"], "demo.filled", "demo fills an empty database")
    forums = other.rows("forum", "list")
    story.equal(other.run("demo", facts).returncode, 77, "and no other one")
    story.equal(other.rows("forum", "list"), forums, "which stays as it is")


def waiting_holds(gateway, sink):
    """Three ideas that wait for a moderator."""
    found = []
    for n in (1, 2, 3):
        sender = f"autor{n}@example.org"
        gateway.must("deliver", "-r", f"gruen@{fp.DOMAIN}", "-f", sender,
                     data=fp.trace(fp.mail(sender, f"gruen@{fp.DOMAIN}", f"Ein Baum {n}", f"Pflanzt {n} Baum.\n")))
        gateway.must("dispatch", "--once")
        question = sink.to(sender)[0]
        gateway.must("deliver", "-r", fp.address_of(question.message["Reply-To"]), "-f", sender,
                     data=fp.trace(fp.answer(question.message, sender, "JA")))
        found += [str(h["hold"]) for h in gateway.rows("hold", "list") if h["kind"] == "review" and str(h["hold"]) not in found]
    ideas = {str(h["hold"]): h["idea"] for h in gateway.rows("hold", "list")}
    return {"release": found[0], "reject": found[1], "other": found[2], "idea": ideas[found[0]], "beside": ideas[found[2]]}


with fp.Story("acts") as the_story:
    the_sink = fp.Sink()
    the_story.at_end(the_sink.close)
    the_gateway = fp.Gateway(the_story, relay_port=the_sink.port)
    the_gateway.must("init")
    the_gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität")
    the_gateway.must("forum", "add", "gruen", "--title", "Grüne Infrastruktur", "--moderation", "pre")
    the_gateway.holds = waiting_holds(the_gateway, the_sink) | {"answer": the_gateway.path("antwort.txt")}
    with open(the_gateway.path("antwort.txt"), "w", encoding="utf-8") as the_answer:
        the_answer.write("Wir bauen das.\n")
    the_gateway.changing = changing_verbs()
    acts(the_story, the_gateway)
    only_what_was_named(the_story, the_gateway)
    who(the_story, the_gateway)
    shown(the_story, the_gateway)
    one_person(the_story, the_gateway)
    a_question_comes_back(the_story, the_gateway, the_sink)
    demo(the_story)

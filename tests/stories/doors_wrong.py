# SPDX-License-Identifier: GPL-3.0-or-later
"""Every door used wrongly: by a table of what people get wrong, and by a sweep over all verbs that --help names, so that a
new one is tried without being asked. No crash, no exit 70, a sentence that says what to do, the exit status that forumpost(1)
promises, and nothing changed."""
import concurrent.futures
import contextlib
import functools
import json
import os
import re
import sqlite3
import subprocess

import fp

USAGE, VALUE, ABSENT, RULE, IO, LATER, CONFIG, RIGHTS = 64, 65, 66, 77, 74, 75, 78, 77
LONG = "x" * 5000
# Those that start working are only asked things that must stop them before.
DUTIES = {"serve", "intake", "dispatch", "clock", "web"}
# Verbs that only look, by their last word.
LOOKING = {"list", "show", "verify", "explain", "stats", "check", "inspect", "backup", "publish"}

TABLE = [
    # What was typed, the exit code, what the sentence must say.
    ((), USAGE, "usage"),
    (("frobnicate",), USAGE, "frobnicate"),
    (("forum",), USAGE, "list, show, add"),
    (("forum", "frobnicate"), USAGE, "alias list"),
    (("forum", "add"), USAGE, "forumpost forum add NAME --title=TEXT"),
    (("forum", "add", "sport"), USAGE, "--title is missing"),
    (("forum", "add", "sport", "fussball", "--title", "Sport"), USAGE, "too many arguments"),
    (("forum", "add", "sport", "--title", "Sport", "--title", "Spiel"), USAGE, "given twice"),
    (("forum", "add", "sport", "--title", "Sport", "--moderation", "sometimes"), VALUE, "none, pre"),
    (("forum", "list", "--title", "Sport"), USAGE, "--title does not belong here"),
    (("forum", "list", "--frobnicate"), USAGE, "frobnicate"),
    (("forum", "add", "mobilitaet", "--title", "Noch einmal"), VALUE, "forum set mobilitaet"),
    (("forum", "add", "Mobilität", "--title", "Noch einmal"), VALUE, "forum set mobilitaet"),
    (("forum", "add", "verkehr", "--title", "Verkehr"), VALUE, "forum alias remove verkehr"),
    (("forum", "add", "mobilitaet.html", "--title", "Verkehr"), VALUE, "the file of another page"),
    (("forum", "add", "", "--title", "Sport"), VALUE, "empty"),
    (("forum", "add", "sport und spiel", "--title", "Sport"), VALUE, "take letters"),
    (("forum", "add", "sport+spiel", "--title", "Sport"), VALUE, "take letters"),
    (("forum", "add", "-sport", "--title", "Sport"), USAGE, "Unknown option"),
    (("forum", "add", "--title", "Sport", "--", "-sport"), VALUE, "take letters"),
    (("forum", "add", "42", "--title", "Sport"), VALUE, "take letters"),
    (("forum", "add", "sport.", "--title", "Sport"), VALUE, "take letters"),
    (("forum", "add", "спорт", "--title", "Sport"), VALUE, "take letters"),
    (("forum", "add", "s" * 41, "--title", "Sport"), VALUE, "40 characters"),
    (("forum", "add", "ü" * 21, "--title", "Sport"), VALUE, "40 characters"),
    (("forum", "add", "a\tb", "--title", "Sport"), VALUE, "control"),
    (("forum", "add", "sport", "--title", b"Spo\xffrt"), USAGE, "not UTF-8"),
    (("forum", "add", b"spo\xffrt", "--title", "Sport"), USAGE, "not UTF-8"),
    (("forum", "add", "sport", "--title", ""), VALUE, "empty"),
    (("forum", "add", "sport", "--title", "   "), VALUE, "empty"),
    (("forum", "add", "sport", "--title", "x" * 121), VALUE, "120 characters"),
    (("forum", "add", "sport", "--title", "Sport\nBcc: all@example.net"), VALUE, "U+000A"),
    (("forum", "add", "sport", "--title", "Spo\u202ert"), VALUE, "U+202E"),
    (("forum", "add", "sport", "--title", "Spo\u200brt"), VALUE, "U+200B"),
    (("forum", "add", "sport", "--title", "Sport", "--ministry", "x" * 81), VALUE, "80 characters"),
    (("forum", "add", "sport", "--title", "Sport", "--language", "xx"), VALUE, "de, en"),
    (("forum", "add", "sport", "--title", "Sport", "--language", ""), VALUE, "de, en"),
    (("forum", "set", "nirgends", "--title", "Sport"), ABSENT, "forum list"),
    (("forum", "set", "mobilitaet"), USAGE, "name what shall change"),
    (("forum", "set", "mobilitaet", "--title", ""), VALUE, "empty"),
    (("forum", "close", "nirgends"), ABSENT, "forum list"),
    (("forum", "close", ""), ABSENT, "forum list"),
    (("forum", "show", "nirgends"), ABSENT, "forum list"),
    (("forum", "remove", "mobilitaet"), RULE, "forum close mobilitaet"),
    (("forum", "remove", "nirgends"), ABSENT, "forum list"),
    (("forum", "alias", "mobilitaet"), USAGE, "an argument is missing"),
    (("forum", "alias", "mobilitaet", "gruen"), VALUE, "forum 'Grüne Infrastruktur' itself"),
    (("forum", "alias", "add", "mobilitaet", "mobilitaet"), VALUE, "itself"),
    (("forum", "alias", "add", "gruen", "verkehr"), VALUE, "forum alias remove verkehr"),
    (("forum", "alias", "add", "nirgends", "etwas"), ABSENT, "forum list"),
    (("forum", "alias", "add", "mobilitaet", "idee-7"), VALUE, "of the gateway itself"),
    (("forum", "alias", "add", "mobilitaet", "energie.gone"), VALUE, "the file of another page"),
    (("forum", "alias", "remove", "a.gone"), ABSENT, "forum alias list"),
    (("forum", "alias", "remove", "mobilitaet"), RULE, "own address"),
    (("forum", "alias", "remove", "keiner"), ABSENT, "forum alias list"),
    (("forum", "alias", "list", "nirgends"), ABSENT, "forum list"),
    (("member", "add", "mobilitaet"), USAGE, "member add FORUM ADDRESS"),
    (("member", "add", "nirgends", "eva@example.net"), ABSENT, "nirgends"),
    (("member", "add", "mobilitaet", "eva"), VALUE, "anna@example.net"),
    (("member", "add", "mobilitaet", ""), VALUE, "empty"),
    (("member", "add", "mobilitaet", "eva@example.net, max@example.net"), VALUE, "not a mail address"),
    (("member", "add", "mobilitaet", "eva@example.net\nX: y"), VALUE, "U+000A"),
    (("member", "add", "mobilitaet", "e" * 300 + "@example.net"), VALUE, "not a mail address"),
    (("member", "add", "mobilitaet", f"hilfe@{fp.DOMAIN}"), VALUE, "of the gateway itself"),
    (("member", "add", "mobilitaet", f"Eva@{fp.DOMAIN.upper()}"), VALUE, "of the gateway itself"),
    (("member", "add", "mobilitaet", "eva@example.net", "--role", "king"), VALUE, "reader, member"),
    (("member", "add", "mobilitaet", "eva@example.net", "--role", "none"), VALUE, "reader, member"),
    (("member", "add", "mobilitaet", "eva@example.net", "--delivery", "hourly"), VALUE, "each, daily"),
    (("member", "add", "mobilitaet", "eva@example.net", "--language", "klingon"), VALUE, "de, en"),
    (("member", "add", "mobilitaet", "eva@example.net", "--name", "x" * 81), VALUE, "80 characters"),
    (("member", "set", "mobilitaet", "eva@example.net", "--role", "lead"), ABSENT, "person list"),
    (("member", "set", "gruen", "anna@example.net", "--role", "lead"), ABSENT, "member list gruen"),
    (("member", "set", "mobilitaet", "anna@example.net"), USAGE, "name what shall change"),
    (("member", "remove", "gruen", "anna@example.net"), ABSENT, "member list gruen"),
    (("member", "remove", "mobilitaet", "eva@example.net"), ABSENT, "person list"),
    (("member", "list"), USAGE, "FORUM"),
    (("member", "list", "nirgends"), ABSENT, "forum list"),
    (("person", "show", "eva@example.net"), ABSENT, "person list"),
    (("person", "set", "eva@example.net", "--name", "Eva"), ABSENT, "person list"),
    (("person", "set", "anna@example.net"), USAGE, "name what shall change"),
    (("person", "set", "anna@example.net", "--hour", "24"), VALUE, "to 23"),
    (("person", "set", "anna@example.net", "--hour", "früh"), VALUE, "früh"),
    (("person", "set", "anna@example.net", "--hour", ""), VALUE, "a number"),
    (("person", "set", "anna@example.net", "--weekday", "8"), VALUE, "to 7"),
    (("person", "set", "anna@example.net", "--name", "An\x1b[31mna"), VALUE, "U+001B"),
    (("person", "set", "anna@example.net", "--name", "Anna anna@example.net"), VALUE, "everybody will read it"),
    (("person", "set", "anna@example.net", "--language", "tlh"), VALUE, "de, en"),
    (("person", "address", "anna@example.net", "bert@example.net"), VALUE, "another person"),
    (("person", "address", "anna@example.net", "anna"), VALUE, "not a mail address"),
    (("person", "address", "anna@example.net", f"mobilitaet+intern@{fp.DOMAIN}"), VALUE, "of the gateway itself"),
    (("person", "address", "eva@example.net", "eva@example.org"), ABSENT, "person list"),
    (("person", "revive", "eva@example.net"), ABSENT, "person list"),
    (("idea", "show"), USAGE, "NUMBER"),
    (("idea", "show", "99"), ABSENT, "99"),
    (("idea", "show", "0"), VALUE, "number of an idea"),
    (("idea", "show", "-1"), USAGE, "Unknown option"),
    (("idea", "show", "1x"), VALUE, "number of an idea"),
    (("idea", "show", "9" * 30), VALUE, "number of an idea"),
    (("idea", "show", "1", "2"), USAGE, "too many arguments"),
    (("idea", "list", "--state", "schwebend"), VALUE, "published"),
    (("idea", "list", "--forum", "nirgends"), ABSENT, "forum list"),
    (("hold", "show", "99"), ABSENT, "hold list"),
    (("hold", "show", "eins"), VALUE, "number of a hold"),
    (("hold", "release", "99"), ABSENT, "hold list"),
    (("hold", "release", "{confirm}"), RULE, "waits for its author"),
    (("hold", "reject", "{confirm}", "weil"), RULE, "waits for its author"),
    (("hold", "reject", "{review}"), USAGE, "an argument is missing"),
    (("hold", "reject", "{review}", ""), VALUE, "empty"),
    (("hold", "reject", "{review}", "  "), VALUE, "empty"),
    (("hold", "reject", "{review}", "x" * 2001), VALUE, "2000 characters"),
    (("hold", "reject", "{review}", "zu", "lang"), USAGE, "too many arguments"),
    (("queue", "list", "--state", "lost"), VALUE, "due, claimed"),
    (("event", "list", "--idea", "99"), ABSENT, "no idea 99"),
    (("event", "list", "--idea", "0"), VALUE, "a number from 1"),
    (("event", "list", "--message", "gibtsnicht"), ABSENT, "gibtsnicht"),
    (("event", "list", "--message", "gibtsnicht", "--idea", "1"), USAGE, "do not go together"),
    (("event", "verify", "1"), USAGE, "too many arguments"),
    (("explain",), USAGE, "ID"),
    (("explain", "gibtsnicht"), ABSENT, "gibtsnicht"),
    (("stats", "all"), USAGE, "too many arguments"),
    (("check", "all"), USAGE, "too many arguments"),
    (("init", "again"), USAGE, "too many arguments"),
    (("demo", os.path.join(fp.TOP, "demo", "ruhr.json")), RULE, "empty database"),
    (("demo", "/nirgends.json"), ABSENT, "/nirgends.json"),
    (("demo", "a", "b"), USAGE, "too many arguments"),
    (("digest",), USAGE, "run"),
    (("digest", "run", "--now", "morgen"), VALUE, "2026-03-02T07:00:00+01:00"),
    (("digest", "run", "--now", "2026-03-02"), VALUE, "2026-03-02T07:00:00+01:00"),
    (("serve", "now"), USAGE, "too many arguments"),
    (("intake", "now"), USAGE, "too many arguments"),
    (("clock", "now"), USAGE, "too many arguments"),
    (("dispatch", "--twice"), USAGE, "twice"),
    (("retry", "gibtsnicht"), ABSENT, "gibtsnicht"),
    (("retry", "../../etc/passwd"), VALUE, "not the id of a mail"),
    (("retry", "--all", "x"), USAGE, "not both"),
    (("deliver",), USAGE, "-r ADDRESS"),
    (("deliver", "x"), USAGE, "too many arguments"),
    (("backup",), USAGE, "FOLDER"),
    (("backup", ""), VALUE, "empty"),
    (("backup", "a\nb"), VALUE, "U+000A"),
    (("backup", "x" * 4001), VALUE, "4000 characters"),
    (("backup", "/tmp/" + "x" * 300), VALUE, "too long"),
    (("backup", "/nirgends/2026"), ABSENT, "make it first"),
    (("backup", "/etc/passwd/2026"), ABSENT, "make it first"),
    (("backup", "/tmp"), RULE, "overwrites nothing"),
    (("restore",), USAGE, "FOLDER"),
    (("restore", ""), VALUE, "empty"),
    (("restore", "/nirgends"), ABSENT, "/nirgends"),
    (("restore", "/tmp"), VALUE, "not a backup"),
    (("restore", "/nirgends", "--next-idea", "0"), VALUE, "a number from 1"),
    (("inspect",), USAGE, "FILE..."),
    (("inspect", "/nirgends.eml"), ABSENT, "/nirgends.eml"),
    # What leads ideas and proposals, phases, lists and the rota.
    (("idea", "state", "1", "schwebend"), VALUE, "published"),
    (("idea", "state", "eins", "done"), VALUE, "number of an idea"),
    (("idea", "state", "99", "done"), ABSENT, "idea list"),
    (("idea", "state", "1"), USAGE, "an argument is missing"),
    (("idea", "state", "1", "adopted"), RULE, "from there it can become"),
    (("idea", "state", "1", "not_pursued"), RULE, "no step leads there"),
    (("idea", "state", "1", "not_pursued", "--reason", "x" * 2001), VALUE, "2000 characters"),
    (("idea", "merge", "1", "99"), ABSENT, "idea list"),
    (("idea", "merge", "1", "zwei"), VALUE, "number of an idea"),
    (("idea", "merge", "1", "1"), RULE, "cannot go on"),
    (("idea", "unmerge", "1"), RULE, "not merged"),
    (("idea", "move", "1", "nirgends"), ABSENT, "forum list"),
    (("idea", "move", "1", "mobilitaet", "--also", "--not-also"), USAGE, "contradict"),
    (("idea", "move", "99", "mobilitaet"), ABSENT, "idea list"),
    (("idea", "support", "1", "niemand@example.org"), ABSENT, "person list"),
    (("idea", "support", "99", "bert@example.net"), ABSENT, "idea list"),
    (("idea", "support", "1"), USAGE, "an argument is missing"),
    (("idea", "withdraw", "99"), ABSENT, "no post 99#1"),
    (("idea", "remove", "1"), USAGE, "--reason is missing"),
    (("idea", "remove", "99", "--reason", "Werbung."), ABSENT, "no post 99#1"),
    (("idea", "restore", "1", "--reason", "Ein Irrtum."), RULE, "1"),
    (("idea", "annul", "1", "bert@example.net"), USAGE, "--reason is missing"),
    (("idea", "annul", "1", "bert@example.net", "--reason", "Test"), RULE, "does not support it"),
    (("idea", "deadline", "1", "bald"), VALUE, "bald"),
    (("idea", "deadline", "99", "2030-01-01"), ABSENT, "idea list"),
    (("idea", "deadline", "2", "2020-01-01"), RULE, "that day is over"),
    (("proposal", "show", "99"), ABSENT, "99"),
    (("proposal", "show", "V"), VALUE, "number of a proposal"),
    (("proposal", "add", "mobilitaet", "--title", "Netz"), USAGE, "--from is missing"),
    (("proposal", "add", "mobilitaet", "--title", "Netz", "--from", "99"), ABSENT, "99"),
    (("proposal", "add", "mobilitaet", "--title", "Netz", "--from", "eins"), VALUE, "number of an idea"),
    (("proposal", "add", "nirgends", "--title", "Netz", "--from", "1"), ABSENT, "forum list"),
    (("proposal", "state", "1", "schwebend"), VALUE, "draft, proposed"),
    (("proposal", "state", "99", "adopted"), ABSENT, "99"),
    (("proposal", "set", "99", "--title", "Netz"), ABSENT, "99"),
    (("phase", "add", "zuhoeren", "--from", "bald", "--to", "none", "--allows", "idea"), VALUE, "bald"),
    (("phase", "add", "zuhoeren", "--from", "2026-01-01", "--to", "2025-01-01", "--allows", "idea"), VALUE, "before"),
    (("phase", "add", "zuhoeren", "--from", "2026-01-01", "--to", "none", "--allows", "alles"), VALUE, "idea,reply"),
    (("phase", "add", "zuhoeren", "--from", "2026-01-01"), USAGE, "is missing"),
    (("phase", "change", "keine", "--to", "none"), ABSENT, "phase list"),
    (("field", "add", "klima"), USAGE, "--title is missing"),
    (("goal", "add", "", "--title", "Klima"), VALUE, "a name begins"),
    (("duty", "set", "mobilitaet", "anna@example.net", "--from", "bald"), VALUE, "bald"),
    (("duty", "set", "nirgends", "anna@example.net", "--from", "2026-01-01"), ABSENT, "forum list"),
    (("duty", "set", "mobilitaet", "niemand@example.net", "--from", "2026-01-01"), ABSENT, "person list"),
    (("duty", "remove", "mobilitaet", "anna@example.net"), ABSENT, "duty list"),
    (("duty", "list", "nirgends"), ABSENT, "forum list"),
    (("member", "add", "--all", "--role", "office"), USAGE, "an argument is missing"),
    (("member", "add", "mobilitaet", "eva@example.net", "--all"), USAGE, "member add --all ADDRESS"),
    (("member", "add", "--all", "eva"), VALUE, "not a mail address"),
    (("newsletter", "show", "keiner"), ABSENT, "keiner"),
    (("newsletter", "subscriber", "list", "keiner"), ABSENT, "keiner"),
    (("consent", "show", "niemand@example.net"), ABSENT, "niemand@example.net"),
    (("post", "show", "1/99"), VALUE, "number of a post"),
    (("message", "show", "gibtsnicht"), ABSENT, "gibtsnicht"),
    (("bounce", "undo", "99"), VALUE, "99"),
    (("bounce", "undo", "niemand@example.net"), ABSENT, "person list"),
    (("person", "erase", "niemand@example.net", "--reason", "Antrag"), ABSENT, "niemand"),
    (("-c",), USAGE, "-c"),
    # What a rule refuses: number 1 is in review, 2 is open and part of the draft V1, 3 is withdrawn.
    (("idea", "move", "1", "gruen"), RULE, "already"),
    (("idea", "move", "1", "mobilitaet"), RULE, "in_review"),
    (("idea", "support", "1", "anna@example.net"), RULE, "idea 1"),
    (("idea", "support", "2", "bert@example.net"), RULE, "does not count"),
    (("idea", "deadline", "1", "2030-01-01"), RULE, "in_review"),
    (("idea", "answer", "2", "{file}", "--by", "bert@example.net"), RULE, "no official answer"),
    (("idea", "withdraw", "3"), RULE, "withdrawn"),
    (("idea", "remove", "3", "--reason", "Werbung."), RULE, "withdrawn"),
    (("post", "hide", "3#1", "--reason", "Werbung."), RULE, "withdrawn"),
    (("post", "remove", "3#1", "--reason", "Werbung."), RULE, "withdrawn"),
    (("post", "restore", "2#1"), RULE, "not taken down"),
    (("proposal", "add", "mobilitaet", "--title", "Netz", "--from", "1"), RULE, "not open"),
    (("proposal", "set", "1", "--drop", "2"), RULE, "nothing"),
    (("proposal", "set", "1", "--reason", "Nur so."), USAGE, "say what"),
    (("proposal", "state", "1", "done"), RULE, "draft"),
    (("phase", "add", "immer", "--from", "2026-01-01", "--to", "none", "--allows", "idea"), RULE, "phase change"),
    (("member", "add", "mobilitaet", "eva@example.net", "--name", "Moderation"), RULE, "sounds like an office"),
    (("member", "set", "mobilitaet", "bert@example.net", "--name", "Moderation"), RULE, "sounds like an office"),
    (("person", "set", "bert@example.net", "--name", "Staatskanzlei"), RULE, "sounds like an office"),
    (("hold", "release", "{review}", "--as", "bert@example.net"), RULE, "does not moderate"),
    (("hold", "reject", "{review}", "Werbung.", "--as", "bert@example.net"), RULE, "does not moderate"),
]
ROLES = ("hilfe", "help", "postmaster", "abuse", "ja", "moderation", "bounce", "idee", "idea", "idee-7", "idea-x", "HILFE", "Hilfe")


def run(gateway, *arguments, **options):
    """Bytes in and out: what people paste is not always UTF-8."""
    command = [fp.FORUMPOST, *(() if arguments and arguments[0] == "-c" else ("-c", gateway.config)), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False, **options)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def state_of(gateway):
    """All rows, by table."""
    with sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True) as database:
        names = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL "
                                                    "AND name NOT LIKE '%_fts%' AND name NOT LIKE 'sqlite_%'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def unchanged(story, gateway, before, what):
    after = state_of(gateway)
    story.equal([(name, [row for row in before[name] + after[name] if (row in before[name]) != (row in after[name])])
                 for name in after if before[name] != after[name]], [], what)


def setting_up(gateway):
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    gateway.must("forum", "add", "gruen", "--title", "Grüne Infrastruktur", "--moderation", "pre")
    gateway.must("forum", "alias", "mobilitaet", "verkehr")
    gateway.must("member", "add", "mobilitaet", "anna@example.net", "--role", "lead")
    gateway.must("member", "add", "mobilitaet", "bert@example.net", "--name", "Bert")
    gateway.must("member", "add", "mobilitaet", "carl@example.net")
    gateway.must("newsletter", "add", "blatt", "--title", "Blatt")
    gateway.must("phase", "add", "immer", "--from", "2026-01-01", "--to", "none", "--allows", "idea,reply,support,feedback,inner")
    for sender, forum in (("anna@example.net", "gruen"), ("eva.neu@example.org", "mobilitaet")):
        data = fp.trace(fp.mail(sender, f"{forum}@{fp.DOMAIN}", "Ein Baum", "Pflanzt einen Baum.\n"))
        gateway.must("deliver", "-r", f"{forum}@{fp.DOMAIN}", "-f", sender, data=data)
    return {hold["kind"]: str(hold["hold"]) for hold in gateway.rows("hold", "list")}


def review_hold(gateway, ids):
    """The question of Anna's text is answered, so that it waits for a moderator."""
    if "review" in ids:
        return ids
    anna = next(h for h in gateway.rows("hold", "list") if h["forum"] == "gruen")
    sink = fp.Sink()
    with open(gateway.config, encoding="utf-8") as file:
        settings = file.read()
    with open(gateway.config, "w", encoding="utf-8") as file:
        file.write(re.sub(r"(?m)^relay = .*", f"relay = inet:127.0.0.1:{sink.port}", settings))
    gateway.must("dispatch", "--once")
    question = next(m for m in sink.to("anna@example.net"))
    gateway.must("deliver", "-r", fp.address_of(question.message["Reply-To"]), "-f", "anna@example.net",
                 data=fp.trace(fp.answer(question.message, "anna@example.net", "JA")))
    an_open_idea(gateway, sink)
    sink.close()
    holds = gateway.rows("hold", "list")
    return {"review": str(next(h["hold"] for h in holds if h["kind"] == "review")),
            "confirm": str(next(h["hold"] for h in holds if h["kind"] == "confirm" and h["hold"] != anna["hold"])), "file": gateway.path("text.md")}


def an_open_idea(gateway, sink):
    """Number 2, which anybody can read, and a draft of a proposal of it; and number 3, which its author has taken back."""
    for person, title in (("bert@example.net", "Eine Bank"), ("carl@example.net", "Noch eine")):
        gateway.must("deliver", "-r", f"mobilitaet@{fp.DOMAIN}", "-f", person, data=fp.trace(fp.mail(person, f"mobilitaet@{fp.DOMAIN}", title, "Stellt sie auf.\n")))
        gateway.must("dispatch", "--once")
        question = sink.to(person)[-1].message
        gateway.must("deliver", "-r", fp.address_of(question["Reply-To"]), "-f", person, data=fp.trace(fp.answer(question, person, "JA")))
    gateway.must("idea", "withdraw", "3")
    gateway.must("proposal", "add", "mobilitaet", "--title", "Bänke", "--from", "2")
    with open(gateway.path("text.md"), "w", encoding="utf-8") as file:
        file.write("# Ein Brief\n\nMit einem Satz.\n")


def is_sentence(text):
    return text.startswith(("forumpost", "usage:")) and len(text.strip()) > 20 and "CRITICAL" not in text and "(null)" not in text


def table(story, gateway, ids):
    before = state_of(gateway)
    rows = TABLE + [(("forum", "add", role, "--title", "Sport"), VALUE, "of the gateway itself") for role in ROLES]
    for arguments, expected, says in rows:
        typed = tuple(a.format(**ids) if a in ("{review}", "{confirm}", "{file}") else a for a in arguments)
        code, out, err = run(gateway, *typed)
        shown = " ".join(repr(a)[2:-1] if isinstance(a, bytes) else a if len(a) < 30 else a[:20] + "..." for a in typed)
        shown = shown.encode("unicode_escape").decode()
        story.ok((code, out) == (expected, "") and says in err and is_sentence(err), f"exit {expected}: forumpost {shown}",
                 f"exit {code}", out[:300], err[:500], f"should say {says!r}")
    unchanged(story, gateway, before, "none of that changed a row")


@functools.cache
def commands():
    listing = subprocess.run([fp.FORUMPOST, "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"(?m)^  ([a-z]+) ", listing)


@functools.cache
def lines_of(command):
    """[(words, the places behind them)] of each line that --help shows."""
    out = subprocess.run([fp.FORUMPOST, command, "--help"], capture_output=True, text=True, check=True).stdout
    return [(words.split(), rest) for words, rest in re.findall(rf"(?m)^  forumpost {command}\b((?: [a-z]+)*)(.*)$", out)]


def verbs_of(command):
    """[(words, arguments, required options)] of each line that --help shows."""
    found = []
    for words, line in lines_of(command):
        rest = re.sub(r"\[--[^\]]*\]", "", line)
        options = re.findall(r"--[a-z-]+=\S+", rest)
        arguments = [a for a in re.sub(r"--[a-z-]+=\S+", "", rest).split()]
        found.append((words, arguments, [o.split("=")[0] + "=x" for o in options]))
    return found


def sweep(story, gateway):
    """Every verb: an argument too many, one too few, an unknown option, not UTF-8, and odd values in each place."""
    odd = ["", " ", "0", "-1", "99999999999999999999999", LONG, "a\nb", "\u202e", "idee-7", "%s%n%d", "'; DROP TABLE forum; --", b"\xff\xfe"]
    before, n_tried, bad, without_table = state_of(gateway), 0, [], []
    for command in commands():
        verbs = verbs_of(command)
        if not verbs:
            without_table.append(command)
        for words, arguments, options in verbs:
            many = any("..." in a for a in arguments)
            tries = [[*arguments, "--frobnicate"], *([] if many else [[a.strip("[].") for a in arguments] + ["zuviel"]])]
            required = [a for a in arguments if not a.startswith("[")]
            tries += [required[:-1]] if required else []
            expected = {USAGE}
            for typed in tries:
                code, out, err = run(gateway, command, *words, *options, *typed)
                n_tried += 1
                if code not in expected or not is_sentence(err) or out:
                    bad.append((command, words, typed, code, out[:80], err[:200]))
            if command in DUTIES or command in ("backup", "publish"):  # any name may be that of a new folder
                continue
            for place in range(len(arguments)):
                for value in odd if place == 0 else odd[::3]: # what every_place() tries, it tries at each
                    typed = [a.strip("[].") for a in arguments]
                    typed[place] = value
                    code, out, err = run(gateway, command, *words, *options, "--", *typed)
                    n_tried += 1
                    if code not in (USAGE, VALUE, ABSENT, RULE, CONFIG) or not is_sentence(err):
                        bad.append((command, words, typed, code, out[:80], err[:200]))
    story.equal(bad, [], f"{n_tried} wrong uses of all verbs: an exit status of the table and a sentence each")
    story.ok(n_tried > 250, "the sweep found the verbs", n_tried)
    story.equal(without_table, [], "every door is a table of verbs")
    unchanged(story, gateway, before, "and no row was changed")


# What may stand in each place of a command, by the word that --help has for it (or "command verb WORD" where that is another thing): one that fits,
# and those that do not, each with its exit status. A place that is not here fails the story, and so does a command with another status.
PLACES = {
    "NUMBER": ("2", ("eins", VALUE), ("0", VALUE), ("99999", ABSENT)), "proposal NUMBER": ("1", ("eins", VALUE), ("99999", ABSENT)), "INTO": ("1", ("eins", VALUE), ("99999", ABSENT)),
    "FORUM": ("mobilitaet", ("nirgends", ABSENT)), "ADDRESS": ("anna@example.net", ("anna", VALUE), ("niemand@example.net", ABSENT)),
    "STATE": ("assigned", ("schwebend", VALUE)), "proposal state STATE": ("proposed", ("schwebend", VALUE)), "DATE": ("2026-01-01", ("bald", VALUE), ("2026-02-30", VALUE)), "FILE": ("{file}", ("/nirgends", ABSENT)),
    "FOLDER": ("/nirgends/hier", ("", VALUE), ("/nirgends/hier", ABSENT)), "REASON": ("Werbung.", ("", VALUE)), "N": ("1", ("eins", VALUE), ("99", ABSENT)),
    "TEXT": ("Text", ("", VALUE), ("x" * 40000, VALUE)), "CODE": ("de", ("tlh", VALUE)), "TAG": ("de", ("tlh", VALUE)), "TIME": ("2030-01-01T08:00:00+01:00", ("morgen", VALUE)),
    "NUMBERS": ("2", ("eins", VALUE), ("99999", ABSENT)), "KINDS": ("idea", ("alles", VALUE)), "POST": ("1", ("eins", VALUE), ("99", ABSENT)),
    "ID": ("1", ("99999", ABSENT)), "NAME": ("mobilitaet", ("nirgends", ABSENT)), "OTHER": ("andere", ("", VALUE)), "DIR": ("/nirgends", ("", USAGE)), "DOMAIN": (fp.DOMAIN,),
    "hold ID": ("{review}", ("eins", VALUE), ("99999", ABSENT)), "bounce ID": ("1", ("eins", VALUE), ("99999", ABSENT)), "post ID": ("1#1", ("eins", VALUE), ("1#99", ABSENT)),
    "retry ID": ("gibtsnicht", ("gibtsnicht", ABSENT), ("../x", VALUE)),
    "event list --idea": ("1", ("eins", VALUE), ("99999", ABSENT)), "event list --message": ("gibtsnicht", ("gibtsnicht", ABSENT)),
    "forum add NAME": ("sport", ("", VALUE), ("a b", VALUE)), "forum alias add OTHER": ("spiel", ("", VALUE), ("a b", VALUE)), "forum alias remove OTHER": ("verkehr", ("keiner", ABSENT)),
    "forum alias OTHER": ("spiel", ("", VALUE), ("a b", VALUE)), "person address OTHER": ("neu@example.net", ("neu", VALUE)),
    "phase add NAME": ("neu", ("", VALUE), ("a b", VALUE)), "phase change NAME": ("immer", ("keine", ABSENT)), "field add NAME": ("neu", ("", VALUE), ("a b", VALUE)), "goal add NAME": ("neu", ("", VALUE), ("a b", VALUE)),
    "newsletter NAME": ("blatt", ("keiner", ABSENT)), "newsletter add NAME": ("neu", ("", VALUE), ("a b", VALUE)),
    "check --nameserver": ("127.0.0.1",), "inspect --authserv-id": ("mx",), "inspect --authserv-hops": ("1", ("eins", VALUE)), "restore --next-idea": ("1", ("0", VALUE)),
    "--forum": ("mobilitaet", ("nirgends", ABSENT)), "phase --language": ("de", ("de", USAGE)), # there is no title
    "--field": ("keins", ("keins", ABSENT)), "--goal": ("keins", ("keins", ABSENT)), "idea list --forum": ("mobilitaet", ("nirgends", ABSENT)),
    "--name": ("Anna", ("x" * 81, VALUE), ("a\nb", VALUE)), "--ministry": ("VM", ("x" * 81, VALUE)), "--hour": ("9", ("24", VALUE)), "--weekday": ("1", ("8", VALUE)),
}
# Whom else an address may be: somebody new, or who is no member.
NEW_ADDRESS = ("neu@example.net", ("neu", VALUE))
PLACES |= {f"{verb} ADDRESS": NEW_ADDRESS for verb in ("member add", "newsletter editor add", "newsletter subscriber add")}
PLACES["newsletter test ADDRESS"] = ("neu@example.net",) # after the issue, of which there is none
PLACES["newsletter release --at"] = ("2030-01-01T08:00:00+01:00",)


def place_of(command, words, name):
    """What PLACES has for it there: the longest key wins."""
    keys = [" ".join([command, *words[:n], name]) for n in range(len(words), -1, -1)] + [name]
    return next((PLACES[key] for key in keys if key in PLACES), None)


def places_of(command, words, line):
    """(option or None, what fits and what does not, whether it must be there) of each place in a line of --help."""
    is_wanted = (command, words) == ("member", ["add"]) # the forum, or --all
    for opened, option, value, word in re.findall(r"(\[?)(?:(--[a-z-]+)(?:=([^\]\s]+))?|([A-Z]+))(?:\.\.\.)?\]?", line):
        if "|" in value:
            yield option, (value.split("|")[0], ("frobnicate", VALUE)), not opened
        elif value or word:
            yield option or None, place_of(command, words, option) or place_of(command, words, value) if option else place_of(command, words, word), \
                not opened or (is_wanted and not option)


def derived(command):
    """(what is typed, exit status) of each place of each verb with each value that does not fit, all the rest as it should be; None: not in PLACES."""
    for words, line in lines_of(command):
        places = list(places_of(command, words, line))
        for at, (option, place, _) in enumerate(places):
            for wrong, expected in place[1:] if place else [(None, None)]:
                typed = [command, *words]
                for n, (name, other, is_needed) in enumerate(places):
                    if n == at or (is_needed and other):
                        value = wrong if n == at else other[0]
                        typed += [f"{name}={value}"] if name else [value or ""]
                yield typed, expected


def every_place(story, gateway, ids):
    """65, 66: by the words that --help has for the places of a command, so that a new one is tried, or fails until PLACES knows it. What need not be
    there may be looked at after a rule has refused all of it."""
    rows = [([a.format(**ids) if a in ("{review}", "{file}") else a for a in typed], expected) for command in commands() if command not in {*DUTIES, "deliver"}
            for typed, expected in derived(command)]
    story.equal([" ".join(typed) for typed, expected in rows if expected is None], [], "every place of every command is in the table")
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        done = pool.map(lambda row: run(gateway, *row[0]), rows)
    bad = [(" ".join(typed)[:90], expected, code, err[:120]) for (typed, expected), (code, out, err) in zip(rows, done)
           if expected is not None and (code not in (expected, RULE if typed[-1].startswith("--") else expected) or out or not is_sentence(err))]
    story.equal(bad, [], f"{len(rows)} values that do not fit, each in one place of a command: exit 65 or 66 and a sentence")


# Verbs that change something, and that no rule of the participation refuses: whoever may write the database may do it.
NEVER_REFUSED = {"init", "forum add", "forum set", "forum close", "forum open", "forum alias add", "member remove", "duty set", "duty remove", "person address", "person revive",
                 "person erase", "phase change", "field add", "goal add", "digest run", "bounce undo", "restore", "retry", "deliver",
                 *(f"newsletter {verb}" for verb in ("add", "editor add", "editor remove", "subscriber add", "subscriber import", "subscriber remove", "draft", "test",
                                                     "release", "stop", "resume"))} # newsletters have rules of their own: newsletter.py


def every_rule(story):
    """77: a verb that changes something has a row above in which a rule refuses it, or stands in the list of those that none does."""
    tried = [" ".join(a if isinstance(a, str) else "" for a in arguments) for arguments, code, _ in TABLE if code == RULE]
    verbs = [" ".join([command, *words]) for command in commands() if command not in DUTIES for words, _ in lines_of(command)]
    changing = [verb for verb in verbs if verb.split()[-1] not in LOOKING]
    story.equal([verb for verb in changing if verb not in NEVER_REFUSED and not any(t.startswith(verb) for t in tried)], [],
                "every verb that changes something is refused by a rule, or is known not to be")
    story.equal(sorted(NEVER_REFUSED - set(verbs)), [], "and no such verb is gone")


def output_that_cannot_be_written(story, gateway):
    with open("/dev/full", "wb") as full:
        for arguments in (("forum", "list"), ("event", "list", "--json"), ("stats",), ("idea", "--help"), ("--version",)):
            done = subprocess.run([fp.FORUMPOST, "-c", gateway.config, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
            story.equal(done.returncode, IO, f"exit 74 when the list cannot be written: {' '.join(arguments)}")
    done = subprocess.run(["sh", "-c", '"$0" -c "$1" forum set mobilitaet --title Mobil >&- 2>&-', fp.FORUMPOST, gateway.config], check=False)
    story.equal(done.returncode, 0, "closed output and error are no trouble")
    gateway.must("forum", "set", "mobilitaet", "--title", "Neue Mobilität")
    story.equal(gateway.rows("event", "verify"), [{"whole": True, "broken": None}], "and nothing was written into the database's file")


def files_that_do_not_fit(story, gateway):
    for path, text in (("empty.conf", ""), ("folder.conf", None), ("noise.conf", "\x00\x01\x02")):
        if text is None:
            os.mkdir(gateway.path(path))
        else:
            with open(gateway.path(path), "w", encoding="utf-8") as file:
                file.write(text)
        code, _, err = run(gateway, "-c", gateway.path(path), "forum", "list")
        story.ok(code == CONFIG and is_sentence(err), f"a configuration that is none: {path}", code, err)
    with open(gateway.config, encoding="utf-8") as file:
        good = file.read()
    for name, make in (("absent.db", None), ("folder.db", "folder"), ("text.db", "this is no database, but a longer text " * 40)):
        path = gateway.path(name)
        if make == "folder":
            os.mkdir(path)
        elif make:
            with open(path, "w", encoding="utf-8") as file:
                file.write(make)
        with open(gateway.path("other.conf"), "w", encoding="utf-8") as file:
            file.write(good.replace(gateway.path("forumpost.db"), path))
        for arguments in (("forum", "list"), ("forum", "close", "mobilitaet")):
            code, _, err = run(gateway, "-c", gateway.path("other.conf"), *arguments)
            story.ok(code == CONFIG and name in err, f"{name}: exit 78 and its name: {' '.join(arguments)}", code, err)
    if os.geteuid() == 0:
        os.chmod(gateway.path("forumpost.db"), 0o600)
        os.chmod(gateway.config, 0o644)
        code, _, err = run(gateway, "forum", "list", preexec_fn=lambda: os.setuid(65534))
        story.ok(code == RIGHTS and is_sentence(err), "another user: exit 77", code, err)


def database_in_use(story, gateway):
    other = sqlite3.connect(gateway.path("forumpost.db"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    code, _, err = run(gateway, "forum", "close", "mobilitaet")
    story.ok(code == LATER and is_sentence(err), "somebody else writes for long: exit 75", code, err)
    other.execute("ROLLBACK")
    other.close()
    gateway.start()
    code, _, err = run(gateway, "dispatch", "--once")
    story.ok(code == LATER and "is sent already" in err, "dispatch --once beside serve: exit 75 and why", code, err)
    code, _, err = run(gateway, "clock", "--once")
    story.equal(code, 0, "clock --once beside serve does no harm")
    gateway.stop()


def empty_mail(story, gateway):
    for recipient in (f"mobilitaet@{fp.DOMAIN}", f"postmaster@{fp.DOMAIN}"):
        done = subprocess.run([fp.FORUMPOST, "-c", gateway.config, "deliver", "-r", recipient, "-f", "a@example.net"], input=b"",
                              capture_output=True, check=False)
        story.equal(done.returncode, 0, f"a mail without a byte is taken: {recipient}")
    rows = [line for line in run(gateway, "check")[1].splitlines() if " rows " in line]
    story.ok(len(rows) == 1 and rows[0].startswith("ok"), "and check is content", rows)


def time_to_come(story, gateway):
    code, out, err = run(gateway, "digest", "run", "--now", "2099-01-01T07:00:00+01:00")
    story.ok(code == 0 and "lies ahead" in err and "digests made" in out, "a --now that lies ahead is done and warned of", code, out, err)
    _, _, err = run(gateway, "digest", "run", "--now", "2020-01-01T07:00:00+01:00")
    story.equal(err, "", "one that is past is not")


HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def what_terminals_obey(story, gateway):
    """People's words hold what turns a line around, hides a part of it or clears the screen: no list, and nothing that shows one of them, prints
    that as it is. For scripts it is what it was."""
    odd = "gnp.Bild\u202e \x1b[2J\u2066ja\u2069\u200b"
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        for table, column in (("forum", "title"), ("forum", "ministry"), ("idea", "title"), ("person", "public_name"), ("hold", "title"), ("hold", "text"), ("message", "subject"),
                              ("topic", "title"), ("list", "title"), ("post", "text"), ("issue", "subject"), ("step", "reason")):
            db.execute(f"UPDATE {table} SET {column} = ?", (odd,))
        ids = {"idea": "1", "post": "1#1", "hold": str(db.execute("SELECT max(id) FROM hold").fetchone()[0]), "person": "anna@example.net", "proposal": "1",
               "message": db.execute("SELECT key FROM message ORDER BY id DESC").fetchone()[0], "explain": db.execute("SELECT key FROM message ORDER BY id DESC").fetchone()[0]}
    bad, shown, kept = [], set(), set()
    for command in [c for c in commands() if c not in DUTIES]:
        for words, rest in lines_of(command):
            arguments = [ids.get(command)] if words != ["list"] else ["mobilitaet"] if command == "member" else []
            if words not in (["list"], ["show"]) and command != "explain" or None in arguments:
                continue
            code, out, err = run(gateway, command, *words, *(["--all"] if "--all" in rest else []), *arguments)
            if code != 0 or HIDDEN.search(out + err):
                bad.append((command, words, code, out[:200], err))
            if "<U+202E>" in out and "<U+001B>" in out:
                shown.add(" ".join([command, *words]))
            if "--json" in rest and "\u202e" in "".join(json.loads(line).__repr__() for line in run(gateway, command, *words, *arguments, "--json")[1].splitlines()
                                                       ).replace("\\u202e", "\u202e"):
                kept.add(" ".join([command, *words]))
    story.equal(bad, [], "no list and nothing that is shown prints what a terminal obeys, or hides")
    story.ok(shown >= {"idea list", "idea show", "hold list", "hold show", "person list", "person show", "forum list", "explain", "message show"}, "it is seen that it is there", sorted(shown))
    story.ok(kept >= {"idea list", "idea show", "hold show"}, "with --json it is what was written", sorted(kept))
    code, _, err = run(gateway, "idea", "show", "1\u202e")
    story.ok(code == VALUE and "<U+202E>" in err and not HIDDEN.search(err), "nor does a sentence about what was typed", err)


with fp.Story("doors_wrong") as the_story:
    the_gateway = fp.Gateway(the_story)
    the_ids = review_hold(the_gateway, setting_up(the_gateway))
    version = subprocess.run([fp.FORUMPOST, "--version"], capture_output=True, text=True, check=False)
    the_story.ok(version.returncode == 0 and re.fullmatch(r"forumpost \d+(\.\d+)+\S*\n", version.stdout), "--version", version)
    table(the_story, the_gateway, the_ids)
    every_place(the_story, the_gateway, the_ids)
    every_rule(the_story)
    sweep(the_story, the_gateway)
    output_that_cannot_be_written(the_story, the_gateway)
    files_that_do_not_fit(the_story, the_gateway)
    empty_mail(the_story, the_gateway)
    time_to_come(the_story, the_gateway)
    database_in_use(the_story, the_gateway)
    what_terminals_obey(the_story, the_gateway)

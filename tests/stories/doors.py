#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The doors as an operator and their scripts use them: setting up, what is refused and with which exit code, listing for
people and with --json, delivery through a pipe."""
import os
import re
import sqlite3
import subprocess

import fp

CITIZEN = "Erika Beispiel <erika@example.net>"
with open(os.path.join(fp.TOP, "src/cmd/commands.def"), encoding="utf-8") as the_table:
    COMMANDS = re.findall(r"(?m)^COMMAND\((\w+),", the_table.read())
EX_USAGE, EX_DATAERR, EX_NOUSER, EX_TEMPFAIL, EX_NOPERM, EX_CONFIG = 64, 65, 67, 75, 77, 78


def nice_of(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return int(file.read().rsplit(")", 1)[1].split()[16])


def gives_way(story):
    """What takes long takes the processor after those who serve people; `inspect -` waits for its input, so it can be looked at."""
    with subprocess.Popen([fp.FORUMPOST, "inspect", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        wanted = max(10, os.getpriority(os.PRIO_PROCESS, 0))
        story.ok(fp.wait_for(lambda: nice_of(process.pid) == wanted), "inspect gives way to the gateway", nice_of(process.pid))
        process.communicate(fp.mail(CITIZEN, f"a@{fp.DOMAIN}", "Rad", "Ein Weg."))


def help_is_everywhere(story, gateway):
    done = subprocess.run([fp.FORUMPOST, "--help"], capture_output=True, text=True, check=False)
    missing = [name for name in COMMANDS if f"  {name} " not in done.stdout]
    story.equal((done.returncode, missing), (0, []), "--help lists every command")
    silent = []
    for name in COMMANDS:
        done = subprocess.run([fp.FORUMPOST, name, "--help"], capture_output=True, text=True, check=False)
        if done.returncode != 0 or f"forumpost {name}" not in done.stdout:
            silent.append((name, done.returncode, done.stdout[:60], done.stderr[:60]))
    story.equal(silent, [], "every command has --help")
    done = gateway.run("frobnicate")
    story.equal(done.returncode, EX_USAGE, "an unknown command is a usage error")
    story.has(done.stderr, "frobnicate", "that names it")


def configuration_is_refused(story, gateway):
    with open(gateway.config, encoding="utf-8") as file:
        good = file.read()
    for text, says in ((good + "[dispatch]\nconections = 3\n", "conections"), (good.replace("Europe/Berlin", "Europe/Bottrop"), "timezone"),
                       (good.replace("readers = 2", "readers = many"), "readers"), (good + "[initiative]\ntitle = B\n", "title")):
        with open(gateway.path("bad.conf"), "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([fp.FORUMPOST, "-c", gateway.path("bad.conf"), "init"], capture_output=True, text=True, check=False)
        line = next((n for n, l in enumerate(text.splitlines(), 1) if l.startswith(says)), 0)
        if says == "title":
            line = len(text.splitlines())
        story.equal(done.returncode, EX_CONFIG, f"a bad configuration is exit 78: {says}")
        story.has(done.stderr, f"bad.conf:{line}:", "with file and line")
    story.ok(not os.path.exists(gateway.path("forumpost.db")), "and nothing was touched")
    done = subprocess.run([fp.FORUMPOST, "-c", gateway.path("absent.conf"), "init"], capture_output=True, text=True, check=False)
    story.equal(done.returncode, EX_CONFIG, "an absent configuration is exit 78")
    environment = {**os.environ, "FORUMPOST_CONF": gateway.path("bad.conf")}
    done = subprocess.run([fp.FORUMPOST, "init"], capture_output=True, text=True, check=False, env=environment)
    story.has(done.stderr, "bad.conf", "FORUMPOST_CONF names the file as -c does")


def setting_up(story, gateway):
    done = gateway.run("idea", "list")
    story.equal(done.returncode, EX_CONFIG, "before init a command says that there is no database")
    story.has(done.stderr, "init", "and names init")
    gateway.must("init")
    story.ok(os.path.isdir(gateway.path("spool")) and os.path.exists(gateway.path("forumpost.db")), "init makes database and spool")
    gateway.must("init")
    story.equal([event["kind"] for event in gateway.rows("event", "list")], ["installation.made"], "init twice is harmless")
    story.equal(os.stat(gateway.path("forumpost.db")).st_mode & 0o077, 0, "nobody else may read the database")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.must("forum", "add", "gruen", "--title", "Grüne Infrastruktur", "--ministry", "MULNV", "--moderation", "pre")
    done = gateway.run("forum", "add", "Grün", "--title", "Grüne Infrastruktur Ruhr")
    story.equal(done.returncode, EX_DATAERR, "adding a forum again is refused; its umlaut is folded")
    story.has(done.stderr, "forum set gruen", "and says how to change it")
    gateway.must("forum", "set", "Grün", "--title", "Grüne Infrastruktur Ruhr")
    done = gateway.run("forum", "add", "sport", "--title", "Sport", "--moderation", "sometimes")
    story.equal(done.returncode, 65, "a word that is none of the choices is a value that is none")
    story.has(done.stderr, "pre", "that names the choices")
    gateway.must("member", "add", "mobilitaet", "anna@example.net", "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "anna@example.net", "--role", "lead", "--delivery", "daily")
    done = gateway.run("member", "add", "nirgends", "anna@example.net", "--role", "member", "--delivery", "each")
    story.ok(done.returncode != 0 and "nirgends" in done.stderr, "a member needs a forum that exists")
    forums = gateway.rows("forum", "list")
    story.equal([(f["name"], f["title"], f["moderation"]) for f in sorted(forums, key=lambda f: f["name"])],
                [("gruen", "Grüne Infrastruktur Ruhr", "pre"), ("mobilitaet", "Neue Mobilität", "none")],
                "setting changes what is named, and nothing else")
    members = gateway.rows("member", "list", "mobilitaet")
    story.equal([(m["role"], m["delivery"]) for m in members], [("lead", "daily")], "adding a member again changes them")
    gateway.must("member", "add", "--all", "gustav@example.net", "--role", "office", "--delivery", "none")
    story.equal({f["name"] for f in gateway.rows("forum", "list")},
                {f["name"] for f in gateway.rows("forum", "list") for m in gateway.rows("member", "list", f["name"]) if m["address"] == "gustav@example.net" and m["role"] == "office"},
                "member add --all: in every forum")
    for forum in gateway.rows("forum", "list"):
        gateway.must("member", "remove", forum["name"], "gustav@example.net")


def second_serve(story, gateway):
    done = gateway.run("serve", timeout=30)
    story.ok(done.returncode != 0 and done.stderr.strip() != "", "a second serve on one database says so and exits", done)


def mails_and_lists(story, gateway, sink):
    code, text = gateway.write(CITIZEN, f"MobiliTaet@{fp.DOMAIN}", "Ein Ticket", "Ein Ticket für alle!", dmarc="pass")
    story.equal(code, 250, "a mail by LMTP, its address in odd case")
    key = text.split()[-1]
    question = sink.wait("erika@example.net")
    if not story.ok(question is not None, "the question goes out", gateway.log_from().decode()[-2000:]):
        return
    holds = gateway.rows("hold", "list")
    story.equal(len(holds), 1, "hold list --json shows what waits")
    fields = {"hold": int, "kind": str, "state": str, "why": list, "forum": str, "idea": (int, type(None)), "proposal": (int, type(None)), "ring": str,
              "title": str, "text": str, "created_at": str, "asked_at": (str, type(None)), "expires_at": (str, type(None)),
              "next_at": (str, type(None)), "next": (str, type(None)), "asked": list, "decided_at": (str, type(None)),
              "decided_by": (str, type(None)), "reason": (str, type(None)), "code": (str, type(None))}
    shown = gateway.rows("hold", "show", str(holds[0]["hold"]))[0]
    story.equal([k for k, kind in fields.items() if k not in shown or not isinstance(shown[k], kind)], [], "hold show --json has every field, of its kind")
    done = gateway.run("deliver", "-r", fp.address_of(question.message["Reply-To"]), "-f", "erika@example.net",
                       data=fp.answer(question.message, CITIZEN, "JA"))
    story.equal((done.returncode, done.stderr), (0, b""), "deliver takes the answer from standard input, silently")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "list")), "and the idea is there")
    done = gateway.run("deliver", "-r", f"gibtsnicht@{fp.DOMAIN}", "-f", "erika@example.net", data=fp.mail(CITIZEN, "x@y.example", "a", "b"))
    story.equal((done.returncode, done.stderr), (EX_NOUSER, b""), "deliver refuses an unknown recipient with EX_NOUSER")
    idea = gateway.rows("idea", "list")[0]
    story.equal({key: idea.get(key) for key in ("number", "forum", "title", "state", "ring", "posts")},
                {"number": 1, "forum": "mobilitaet", "title": "Ein Ticket", "state": "published", "ring": "public", "posts": 1},
                "idea list --json has number, forum, title, state, ring, posts")
    shown = gateway.rows("idea", "show", "1")[0]
    post = shown["posts"][0]
    story.equal([key for key in ("number", "parent", "person", "at", "kind", "text") if key not in post], [],
                "idea show --json has posts with number, parent, person, at, kind, text")
    story.equal((post["parent"], post["person"], post["kind"], post["text"].strip()), (None, None, "idea", "Ein Ticket für alle!"),
                "the author has no public name until they ask for one")
    events = gateway.rows("event", "list")
    story.ok(key in [event["message"] for event in events], "event list --json names the message by the id of our 250")
    mine = gateway.rows("event", "list", "--message", key)
    story.ok(0 < len(mine) < len(events), "event list --message ID shows what one mail led to")
    story.has([event["kind"] for event in mine], "message.confirm", "and its verdict")
    done = gateway.run("explain", key)
    story.ok(done.returncode == 0 and done.stdout.strip() != "", "explain ID tells how it came about", done)
    mail = gateway.rows("message", "show", key)[0]
    story.equal((mail["message"], mail["from"][0]["address"], mail["to"][0]["address"], mail["verdicts"][0]["verdict"], mail["text"].strip()),
                (key, "erika@example.net", f"MobiliTaet@{fp.DOMAIN}", "confirm", "Ein Ticket für alle!"),
                "message show ID has sender, recipients, verdicts, text")
    story.has(gateway.must("message", "show", key), "Erika Beispiel <erika@example.net>", "for people, too")
    raw = gateway.run("message", "show", "--raw", key)
    story.ok(raw.returncode == 0 and "Subject: Ein Ticket" in raw.stdout, "and --raw the bytes as they came", raw)
    story.equal(gateway.run("message", "show", "0000").returncode, gateway.run("explain", "0000").returncode, "of none there is a sentence")
    for arguments in (("idea", "list"), ("idea", "show", "1"), ("hold", "list"), ("queue", "list"), ("bounce", "list"), ("event", "list"), ("stats",),
                      ("forum", "list"), ("member", "list", "mobilitaet"), ("person", "list"), ("check",)):
        done = gateway.run(*arguments)
        story.equal((done.returncode, "Traceback" in done.stderr), (0, False), f"for people: {' '.join(arguments)}")
    done = gateway.run("idea", "show", "99")
    story.ok(done.returncode != 0 and "99" in done.stderr, "an idea that is not there is said so")


def words(story, gateway):
    rows = {row["command"]: row for row in gateway.rows("command", "list")}
    story.equal({tuple(sorted(row)) for row in rows.values()}, {("addresses", "argument", "asks", "command", "help", "phrases", "roles", "text", "trust", "where", "words")},
                "every word is one line with the same keys")
    story.equal(set().union(*(row["where"] for row in rows.values())), {"hilfe", "forum", "idea", "receipt", "question", "action"}, "which says where it counts")
    release, support = rows["release"], rows["support"]
    story.ok("frei" in release["words"]["de"] and "release" in release["words"]["en"], "in every language")
    story.ok("+1" in support["words"]["de"] and "destekle" in support["words"]["tr"] and "popieram" in support["words"]["pl"], "as it is written")
    story.ok("lead" in rows["merge"]["roles"] and rows["merge"]["trust"] == "T3/JA" and rows["merge"]["asks"] == "always", "whose it is, and what it needs")
    story.equal((rows["answer"]["asks"], rows["status"]["asks"], rows["state"]["asks"]), ("second", "never", "below"), "and who is asked")
    story.ok("+erledigt" in rows["state"]["addresses"] and "action" in rows["state"]["where"], "by which address it goes without a word")
    story.equal([c for c, row in rows.items() if not row["help"]["de"] or not row["help"]["en"]], [], "and what it does")


# What scripts may count on: keys are added, never taken away, and each is of one type: int, str, bool, time (RFC 3339 with its zone's offset), date,
# [str], [int], {str}; ? null where there is none (a proposal without a text of its own or reworked, a duty without an end).
KEYS = {
    "idea list": "number:int ref:str? forum:str forums:[str] title:str? state:str ring:str posts:int supporters:int proposal:int?",
    "idea show": "number:int ref:str? forum:str forums:[str] title:str? state:str ring:str supporters:int proposal:int? address:str created_at:time published_at:time? "
                 "language:str? author:str? organisation:bool supporters_own:int organisations:int supporters_annulled:int followers:int merged_into:int? merged:[int] "
                 "merged_at:time? proposals:[int] fields:[str] deadline:date? first_official_at:time? similar:[int] reason:str? reason_code:str? forwarded_to:str? "
                 "history:list posts:list",
    "history": "at:time from:str? to:str by:str by_second:str? reason:str? code:str? proposal:int? message:str?",
    "posts": "number:int ring:str idea:int parent:int? person:str? organisation:bool at:time kind:str state:str ministry:str? version:int edited_at:time? masked:int text:str?",
    "proposal list": "number:int forum:str title:str state:str ideas:[int] supporters:int",
    "proposal show": "number:int forum:str title:str state:str ideas:[int] supporters:int address:str text:str? fields:[str] goals:[str] created_at:time published_at:time? "
                     "decided_at:time? done_at:time? followers:int organisations:int reason:str? deadline:date? history:list posts:list",
    "phase list": "name:str title:str forum:str? from:date? to:date? allows:[str] open:bool extended:int",
    "field list": "name:str title:{str} ideas:int proposals:int", "goal list": "name:str title:{str} ideas:int proposals:int",
    "duty list": "forum:str person:str? from:date to:date?",
    "hold show": "hold:int kind:str state:str why:[str] forum:str idea:int? proposal:int? ring:str title:str text:str created_at:time asked_at:time? expires_at:time? "
                 "next_at:time? next:str? asked:[str] decided_at:time? decided_by:str? reason:str? code:str?",
    "command list": "command:str words:{[str]} phrases:{[str]} where:[str] addresses:[str] roles:[str] trust:str argument:str? asks:str help:{str}",
}
KIND_OF = {
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool), "str": lambda v: isinstance(v, str), "bool": lambda v: isinstance(v, bool),
    "list": lambda v: isinstance(v, list), "date": lambda v: isinstance(v, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", v)),
    "time": lambda v: isinstance(v, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", v)),
}


def is_of(value, kind):
    """Is VALUE what KIND promises?"""
    if kind.endswith("?"):
        return value is None or is_of(value, kind[:-1])
    if kind[0] == "[":
        return isinstance(value, list) and all(is_of(v, kind[1:-1]) for v in value)
    if kind[0] == "{":
        return isinstance(value, dict) and all(is_of(v, kind[1:-1]) for v in value.values())
    return KIND_OF[kind](value)


def broken_keys(gateway):
    """[(object, key, what stands there)] of every idea, post, proposal, hold ... that the doors show."""
    ideas, proposals = ([gateway.rows(thing, "show", str(row["number"]), "--all")[0] for row in gateway.rows(thing, "list", *more)] for thing, more in (("idea", ["--all"]), ("proposal", [])))
    shown = {"idea show": ideas, "proposal show": proposals, "history": [h for i in ideas + proposals for h in i["history"]], "posts": [p for i in ideas + proposals for p in i["posts"]],
             "hold show": [gateway.rows("hold", "show", str(h["hold"]))[0] for h in gateway.rows("hold", "list")], "idea list": gateway.rows("idea", "list", "--all"),
             **{what: gateway.rows(*what.split()) for what in KEYS if what.endswith(" list") and what != "idea list"}}
    return [(what, key, row.get(key, "missing")) for what, rows in shown.items() for row in rows for key, kind in (k.split(":") for k in KEYS[what].split())
            if key not in row or not is_of(row[key], kind)] + [(what, "none", "was shown") for what, rows in shown.items() if not rows]


def keys_stay(story, gateway):
    gateway.must("forum", "add", "schluessel", "--title", "Schlüssel", "--moderation", "none")
    gateway.must("member", "add", "schluessel", "eva@example.net", "--role", "moderator")
    gateway.must("duty", "set", "schluessel", "eva@example.net", "--from", "2026-01-01")
    gateway.write("eva@example.net", f"schluessel@{fp.DOMAIN}", "Ein Schlüssel", "Wir brauchen ihn.", dmarc="pass")
    gateway.write("neu@example.com", f"schluessel@{fp.DOMAIN}", "Noch einer", "Wir brauchen zwei.")
    number = str(next(i["number"] for i in gateway.rows("idea", "list") if i["title"] == "Ein Schlüssel"))
    gateway.must("proposal", "add", "schluessel", "--title", "Schlüssel für alle", "--from", number, "--public")
    gateway.must("phase", "add", "immer", "--from", "2026-01-01", "--to", "none", "--allows", "idea,reply,support,feedback,inner")
    for kind in ("field", "goal"):
        gateway.must(kind, "add", "wege", "--title", "Wege")
    story.equal(broken_keys(gateway)[:9], [], "each object has the keys that scripts were promised, each of its type")


def newer_database(story, gateway):
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute("PRAGMA user_version = 9999")
    done = gateway.run("idea", "list")
    story.equal(done.returncode, EX_CONFIG, "a database newer than the program is exit 78")
    with sqlite3.connect(gateway.path("forumpost.db")) as database:
        story.equal(database.execute("PRAGMA user_version").fetchone()[0], 9999, "and is left alone")
        database.execute(f"PRAGMA user_version = {version}")


with fp.Story("doors") as the_story:
    the_sink = fp.Sink()
    the_gateway = fp.Gateway(the_story, relay_port=the_sink.port)
    gives_way(the_story)
    help_is_everywhere(the_story, the_gateway)
    configuration_is_refused(the_story, the_gateway)
    setting_up(the_story, the_gateway)
    the_gateway.start()
    second_serve(the_story, the_gateway)
    mails_and_lists(the_story, the_gateway, the_sink)
    words(the_story, the_gateway)
    keys_stay(the_story, the_gateway)
    the_story.equal(the_gateway.stop(), 0, "serve ends cleanly on SIGTERM")
    newer_database(the_story, the_gateway)

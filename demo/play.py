#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the demo: citizens, members, a moderator and ministries of the invented initiative in ruhr.json write mails to a real gateway
through LMTP, and one sees what each mail led to and which mails went out. Run by ./quickstart. What becomes of an idea, up to a proposal
that is done, is in arc.py.

The gateway listens on loopback; what it sends is taken by a little mail server inside this script and put into outbox/.
Nothing leaves the machine."""
import argparse
import datetime
import email.utils
import json
import os
import shutil
import signal
import socket
import sys
import textwrap
import time
import urllib.request

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
sys.path.insert(0, os.path.join(TOP, "tests", "stories"))

BOLD, DIM, GREEN, BLUE, PLAIN = ("\033[1m", "\033[2m", "\033[32m", "\033[34m", "\033[0m") if sys.stdout.isatty() else ("",) * 5


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--forumpost", required=True, help="the program")
    parser.add_argument("--folder", required=True, help="where the demo lives; emptied first")
    parser.add_argument("--once", action="store_true", help="end after the story")
    return parser.parse_args()


ARGS = arguments()
os.environ["FORUMPOST"] = os.path.abspath(ARGS.forumpost)
os.environ["FORUMPOST_TEMPLATES"] = os.path.join(TOP, "templates")
os.environ["top_srcdir"] = TOP
import arc  # noqa: E402 (fp and what uses it read the environment)
import fp  # noqa: E402


def port_near(wanted):
    """WANTED if it is free, else any."""
    try:
        with socket.create_server(("127.0.0.1", wanted)):
            return wanted
    except OSError:
        return fp.free_port()


class Closers:
    """What fp.Gateway expects of a story: things to do at the end."""

    def __init__(self):
        self.all = []

    def at_end(self, close):
        self.all.append(close)

    def close(self):
        while self.all:
            self.all.pop()()


class Outbox(fp.Sink):
    """Takes all mail, keeps it as files and remembers what was shown already."""

    def __init__(self, folder):
        super().__init__()
        self.folder, self.n_shown = folder, 0
        os.makedirs(folder)

    def show_new(self):
        """Prints what went out since the last time."""
        while self.n_shown < len(self.mails):
            sent = self.mails[self.n_shown]
            self.n_shown += 1
            path = os.path.join(self.folder, f"{self.n_shown:03}-{sent.to}.eml")
            with open(path, "wb") as file:
                file.write(sent.data)
            print(f"    {BLUE}mail to {sent.to}{PLAIN}: {sent.subject}  {DIM}({os.path.relpath(path)}){PLAIN}")


class Demo:
    """The gateway, its people, and the telling of what happens."""

    def __init__(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with open(os.path.join(TOP, "demo", "ruhr.json"), encoding="utf-8") as file:
            self.facts = json.load(file)
        self.people = {person["id"]: person for person in self.facts["people"]}
        self.closers = Closers()
        self.outbox = Outbox(os.path.join(folder, "outbox"))
        self.closers.at_end(self.outbox.close)
        self.port, self.web_port = port_near(8024), port_near(8025)
        self.gateway = fp.Gateway(self.closers, relay_port=self.outbox.port, folder=folder,
                                  intake={"listen": f"inet:127.0.0.1:{self.port}"},
                                  web={"listen": f"inet:127.0.0.1:{self.web_port}", "url": f"http://127.0.0.1:{self.web_port}"})
        self.last_event = 0
        self.n_wrong = 0

    def expect(self, is_right, what):
        if not is_right:
            self.n_wrong += 1
            print(f"    NOT AS EXPECTED: {what}")

    # ---- telling ----

    def say(self, text):
        print(f"\n{BOLD}{text}{PLAIN}")

    def show_events(self):
        """What stands in the journal since the last time."""
        for event in self.gateway.rows("event", "list"):
            if event["event"] > self.last_event:
                self.last_event = event["event"]
                detail = f" ({event['detail']})" if event.get("detail") else ""
                print(f"    {DIM}journal:{PLAIN} {event['kind']}{detail}")

    def after(self, reply, expected=()):
        """Shows what a mail led to: the reply, the journal, the mails to the people who are EXPECTED to get one."""
        print(f"    {GREEN}{reply[0]}{PLAIN} {reply[1].splitlines()[0]}")
        before = dict(expected)
        for address, count in before.items():
            self.expect(self.outbox.wait(address, count), f"no mail number {count} to {address}")
        self.gateway.settle()
        self.show_events()
        self.outbox.show_new()

    def who(self, person):
        return email.utils.formataddr((self.people[person]["name"], self.people[person]["address"]))

    def last(self, person):
        """The last mail that a person got."""
        return self.outbox.to(self.people[person]["address"])[-1].message

    def told(self, person, *words):
        """The last mail to PERSON with all these WORDS in it; waits for it."""
        address = self.people[person]["address"]
        found = fp.wait_for(lambda: [sent for sent in self.outbox.to(address) if all(w in sent.subject or w in sent.text for w in words)])
        self.expect(found, f"no mail to {address} with {words}")
        return found[-1].message if found else self.last(person)

    def got(self, person, more=1):
        """(address, number of the mail that is to come next): for after()."""
        address = self.people[person]["address"]
        return address, len(self.outbox.to(address)) + more

    def quote(self, message, n_lines):
        """The first lines of a mail."""
        lines = fp.text_of(message).splitlines()
        shown = lines[:n_lines] + ["..."] * (len(lines) > n_lines)
        print(DIM + "\n".join(f"    | {line}" for line in shown) + PLAIN)

    # ---- acting ----

    def write(self, person, to, subject, text, expected=(), **headers):
        counted = [self.got(other) for other in expected]
        address = to if "@" in to else f"{to}@{fp.DOMAIN}"
        print(f"  {self.people[person]['name']} writes to {address}: {subject!r}")
        reply = self.gateway.write(self.who(person), address, subject, text, **headers)
        self.after(reply, counted)
        return reply

    def respond(self, person, text, expected=(), notice=None, **options):
        """PERSON answers NOTICE, or else the last mail that they got."""
        counted = [self.got(other) for other in expected]
        notice = notice or self.last(person)
        print(f"  {self.people[person]['name']} answers {notice['Subject']!r}: {textwrap.shorten(text.splitlines()[0], 100, placeholder=' ...')!r}")
        self.after(self.gateway.respond(notice, self.who(person), text, **options), counted)

    def idea(self, number):
        return next(idea for idea in self.facts["ideas"] if idea["no"] == number)


def set_up(demo):
    demo.say("Setting up the initiative with its 20 forums")
    for command in (("init",), ("demo", os.path.join(TOP, "demo", "ruhr.json"))):
        print(f"    forumpost -c {os.path.relpath(demo.gateway.config)} {' '.join(os.path.relpath(a) if '/' in a else a for a in command)}")
        print("    " + demo.gateway.must(*command).strip().replace("\n", "\n    "))
    demo.gateway.start()
    print(f"    serving: LMTP on 127.0.0.1:{demo.port}, what goes out lands in {os.path.relpath(demo.outbox.folder)}/")


def citizen_and_forum(demo):
    idea = demo.idea(1)
    demo.say("1. A citizen nobody knows has an idea. She is shown what will be public, and asked")
    demo.write("p01", idea["forum"], idea["title"], idea["text"], expected=["p01"])
    demo.say("2. She answers JA and says under which name. Now it is public; the forum's members hear of it")
    demo.respond("p01", "JA\nNAME: Erika Beispiel", expected=["p01", "p09", "p11"])
    demo.say("3. A member answers the mail he got. He is known and his mail is authentic: no question, right place")
    demo.respond("p09", idea["replies"][2]["text"], dmarc="pass", expected=["p01"])
    demo.say("4. Another citizen writes to the idea's address, with a subject of his own")
    demo.write("p02", "idee-1", "Tarife", idea["replies"][0]["text"], expected=["p02"])
    demo.respond("p02", "Ja!", expected=["p01", "p02"])


def moderated_forum(demo):
    idea = demo.idea(2)
    demo.say("5. In this forum a moderator looks first: the idea waits, she releases it by answering 'frei'")
    demo.write("p06", idea["forum"], idea["title"], idea["text"], expected=["p06"])
    demo.respond("p06", "JA", expected=["p06", "s02"])
    demo.respond("s02", "frei", dmarc="pass", expected=["p06"])
    demo.say("6. And rejects another one, with a reason that its author is told")
    demo.write("p07", idea["forum"], "Billige Sonnenbrillen", "Kauft Sonnenbrillen bei mir, heute 50 % billiger!", expected=["p07"])
    demo.respond("p07", "JA", expected=["s02"])
    demo.respond("s02", "ablehnen: Werbung veröffentlichen wir nicht.", dmarc="pass", expected=["p07"])


def other_languages(demo):
    idea = demo.idea(3)
    demo.say("7. In Turkish: EVET is a yes as well")
    demo.write("p03", idea["forum"], idea["title"], idea["text"], expected=["p03"])
    demo.respond("p03", "EVET", expected=["p03"])


def what_must_not_count(demo):
    demo.say("8. An out-of-office note, a forged sender, a forum that does not exist: nothing of it becomes public")
    before = len(demo.gateway.rows("idea", "list"))
    demo.write("p11", f"idee-1@{fp.DOMAIN}", "Automatische Antwort: Abwesenheit", "Ja, ich bin ab Montag wieder da.",
               dmarc="pass", Auto_Submitted="auto-replied")
    demo.write("p09", "mobilitaet", "Im Namen des Forums", "Ich erkläre alles für beschlossen.", dmarc="fail", expected=["p09"])
    reply = demo.write("p01", "gibtsnicht", "Hallo?", "Ist da jemand?")
    demo.expect(reply[0] == 550, "an unknown forum is refused")
    demo.expect(len(demo.gateway.rows("idea", "list")) == before, "nothing was published")


def digest(demo):
    demo.say("9. The next morning: members who want one digest a day get it, and answer to an entry")
    morning = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    at = morning.replace(hour=12, minute=0, second=0, microsecond=0).isoformat()
    counted = [demo.got("p08")]
    print(f"    forumpost digest run --now {at}")
    print("    " + demo.gateway.must("digest", "run", "--now", at).strip().replace("\n", "\n    "))
    for address, count in counted:
        demo.expect(demo.outbox.wait(address, count), f"no digest for {address}")
    demo.show_events()
    demo.outbox.show_new()
    demo.quote(demo.last("p08"), 24)
    demo.respond("p08", demo.idea(3)["replies"][0]["text"], dmarc="pass", expected=["p03"], quote=False)


ISSUE = """# Die ersten Ideen

Guten Tag,

diese Ideen sind gekommen. **Vielen Dank!**

{{neue_ideen}}
"""


def subscribers(demo):
    return {row["address"]: row["state"] for row in demo.gateway.rows("newsletter", "subscriber", "list", "neues")}


def newsletter(demo):
    demo.say("10. A newsletter with two editors; a citizen orders it by mail and confirms")
    for words in (("add", "neues", "--title", "Neues aus der Ruhr-Konferenz"), *(("editor", "add", "neues", demo.people[who]["address"]) for who in ("s01", "s02"))):
        print(f"    forumpost newsletter {' '.join(words)}")
        demo.gateway.must("newsletter", *words)
    demo.write("p03", "neues+abo", "Bitte schicken", "Ich möchte den Newsletter lesen.", dmarc="pass", expected=["p03"])
    demo.respond("p03", "JA", dmarc="pass", expected=["p03"])
    demo.say("11. An editor mails an issue; another one sees the preview and releases it by answering 'FREI'")
    demo.write("s02", "neues", "Die ersten Ideen", ISSUE, dmarc="pass", expected=["s01"])
    demo.respond("s01", "FREI", dmarc="pass", expected=["p03"])
    demo.say("12. The button of her mail program ends it: one POST, nothing more is sent")
    address, issue = demo.people["p03"]["address"], demo.last("p03")
    demo.expect("Die ersten Ideen" in str(issue["Subject"]) and subscribers(demo).get(address) == "active", "the issue came to its subscriber")
    url = "".join(issue["List-Unsubscribe"].split()).split(">")[0].lstrip("<")
    print(f"    POST {url}")
    with urllib.request.urlopen(url, data=b"List-Unsubscribe=One-Click", timeout=fp.PATIENCE_S) as answer:
        print(f"    {GREEN}{answer.status}{PLAIN}")
    demo.expect(subscribers(demo).get(address) == "unsubscribed", "one click ends the newsletter")
    demo.show_events()


def summary(demo):
    demo.say("What is public now")
    print(demo.gateway.must("idea", "list").rstrip())
    print(demo.gateway.must("idea", "show", "1").rstrip())
    demo.say("What waits")
    print(demo.gateway.must("hold", "list").rstrip() or "nothing")


def command(demo, sender, to, subject, text):
    """What to type in a shell so that SENDER writes to TO."""
    lines = " ".join(f"'{line}'" for line in (f"From: {sender}", f"To: {to}", f"Subject: {subject}", "", text))
    return (f"printf '%s\\n' {lines} | \\\n      {os.path.relpath(fp.FORUMPOST)} -c {os.path.relpath(demo.gateway.config)} "
            f"deliver -r {to} -f {sender}")


def keep_serving(demo):
    folder, program = os.path.relpath(demo.gateway.folder), os.path.relpath(fp.FORUMPOST)
    demo.say("It keeps serving until Ctrl-C")
    print(f"""\
  Write to it yourself, from another terminal in this folder:

    {command(demo, "you@example.net", f"mobilitaet@{fp.DOMAIN}", "My idea", "More benches.")}

  or by LMTP on 127.0.0.1:{demo.port}. What it sends to you shows up here, with the command that answers it.

    {folder}/forumpost.conf   settings        {folder}/forumpost.db   the database
    http://127.0.0.1:{demo.web_port}    where links in the mails lead: confirm a text, end mails, preferences
    {folder}/outbox/          what went out   {folder}/serve.log      the log
    {program} -c {folder}/forumpost.conf idea list | idea show 1 | proposal show 1 | hold list | queue list | event list | stats
""", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    of_the_story = {person["address"] for person in demo.facts["people"]}
    while demo.gateway.process.poll() is None:
        n_shown = demo.outbox.n_shown
        demo.outbox.show_new()
        for sent in demo.outbox.mails[n_shown:demo.outbox.n_shown]:
            reply_to = sent.message["Reply-To"] or sent.message["From"]
            if sent.to not in of_the_story:
                print(f"    answer it: {command(demo, sent.to, fp.address_of(reply_to), 'Re: ' + sent.subject, 'JA')}")
        sys.stdout.flush()
        time.sleep(0.3)
    demo.expect(False, "serve ended by itself:\n" + demo.gateway.log_from().decode("utf-8", "replace")[-2000:])


def main():
    demo = Demo(os.path.abspath(ARGS.folder))
    try:
        set_up(demo)
        for act in (citizen_and_forum, moderated_forum, other_languages, what_must_not_count, digest, newsletter, *arc.ACTS, summary):
            act(demo)
            sys.stdout.flush()
        if demo.n_wrong == 0 and not ARGS.once:
            keep_serving(demo)
    except KeyboardInterrupt:
        print("\nstopping")
    finally:
        demo.closers.close()
    if demo.n_wrong:
        print(f"\n{demo.n_wrong} things were not as expected; the log is {os.path.relpath(demo.gateway.log)}")
    return 1 if demo.n_wrong else 0


if __name__ == "__main__":
    sys.exit(main())

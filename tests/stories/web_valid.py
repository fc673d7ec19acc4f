#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of page, every mail with HTML and every feed by the letter of their standards (markup.py): public pages, forms with mistakes,
token pages in every state, the whole desk, in both languages, full of texts that try to break them. No template of a page is left out.
STORY_PAGES=FOLDER keeps what was looked at, for another validator."""
import contextlib
import os
import re
import sqlite3
import time
import urllib.parse

import fp
import markup
from deskpeer import log_in, press, shown_token
from webpeer import URL, Web, link_in

NADJA, MAX = "nadja@example.net", "max@example.org"
STAFF = {"mona": "moderator", "lea": "lead", "olaf": "office", "otto": "office"}
ELSEWHERE = ("moved.html", "confirm-over.html", "thread.html")  # a file of `publish`; a race; a discussion of hundreds of posts
# All that markup is made of.
EVIL = "<b>fett</b> & \"Zitat\" 'x' </textarea></title><script>alert(1)</script> {{operator}} &nbsp; ]]> <!-- "
TEXT = f"{EVIL}\n\n> Ein Zitat\n\n- eins\n- zwei <li>\n\nhttps://example.org/?a=1&b=\"2\" und mehr"


def of(name):
    return f"{name}@example.net"


class Seen:
    def __init__(self, web):
        self.web, self.pages = web, {}

    def keep(self, name, answer):
        status, headers, body = answer
        if headers.get("content-type", "").startswith("text/html"):
            self.pages[f"{name} {status}"] = body
        return body

    def get(self, path, cookie=None, languages=("", "/en")):
        """The page in every language; the first one is given back."""
        path = path.removeprefix("/en")
        bodies = [self.keep(f"{language}{path.split('?')[0]}", self.web.get(language + path, **({"Cookie": cookie} if cookie else {}))) for language in languages]
        return bodies[0]

    def post(self, name, path, body, cookie=None):
        for language in ("/en", ""):
            got = self.keep(f"{language}{path} {name}", self.web.post(language + path, body, **({"Cookie": cookie} if cookie else {})))
        return got

    def press(self, what, path, cookie=None, **fields):
        return self.keep(f"{path} {what}", press(self.web, path, **({"cookie": cookie} if cookie else {}), **fields))


def soon(look):
    """What LOOK finds, in a moment; nothing is an error, for all that follows would say less than it seems."""
    found = fp.wait_for(look, 20)
    if not found:
        raise RuntimeError("it did not come")
    return found


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL},
                         initiative={"imprint": "Amt & Co.\\nStraße 1\\n45127 Essen"})
    gateway.must("init")
    gateway.must("forum", "add", "verkehr", "--title", "Verkehr & <Wege>", "--moderation", "none", "--ministry", "Ministerium \"V\"")
    gateway.must("forum", "add", "kultur", "--title", "Kultur", "--moderation", "pre")
    for name, role in STAFF.items():
        for forum in ("verkehr", "kultur"):
            gateway.must("member", "add", forum, of(name), "--role", role, "--delivery", "each" if name == "olaf" else "none")
    for forum in ("verkehr", "kultur"):
        gateway.must("member", "add", forum, NADJA, "--role", "member", "--delivery", "daily", "--name", "Nadja O'Neil")
    gateway.must("newsletter", "add", "neues", "--title", "Neues & \"mehr\"")
    for editor in (NADJA, MAX):
        gateway.must("newsletter", "editor", "add", "neues", editor)
    gateway.start()
    return gateway


def change(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=10)) as db, db:
        db.execute(sql, values)


def read(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()


def count(gateway, table, where="1"):
    return read(gateway, f"SELECT count(*) FROM {table} WHERE {where}")[0][0]


def talk(gateway, sink):
    """Ideas with answers, merged, not pursued, part of a proposal, withdrawn; everything that a page may have to show."""
    for number, title in enumerate(("Radwege " + EVIL[:60], "Gehwege", "Bänke", "Weg damit", "Noch eine"), 1):
        gateway.write(NADJA, f"verkehr@{fp.DOMAIN}", title, TEXT if number < 3 else f"Zu {title}.", dmarc="pass")
        soon(lambda n=number: count(gateway, "idea") == n)
    for number in range(3):
        gateway.write(NADJA, f"idee-1@{fp.DOMAIN}", "Re: Radwege [idee-1]", f"zu {number + 1}:\n{TEXT}\n{number}", dmarc="pass")
        soon(lambda n=number: count(gateway, "post", "idea_id = 1") == n + 2)
    gateway.must("idea", "merge", "2", "1")
    gateway.must("idea", "state", "3", "not_pursued", "--reason", EVIL)
    gateway.must("idea", "remove", "4", "--reason", "Werbung & mehr")
    gateway.must("post", "remove", "1#2", "--reason", EVIL)


def public(gateway, seen):
    gateway.must("proposal", "add", "verkehr", "--title", "Ein Vorschlag & mehr", "--from", "5", "--text", TEXT, "--public")
    paths = ["/", "/forum/verkehr", "/forum/kultur", "/idee/1", "/idee/2", "/idee/3", "/idee/4", "/idee/99", "/vorschlag/1", "/mitmachen", "/mitmachen/schreiben",
             "/suche", "/suche?q=Radwege", "/suche?q=xyzxyz", "/suche?q=%3Cb%3E%22", "/daten/", "/impressum", "/datenschutz", "/barrierefreiheit", "/abo/neues",
             "/auswertung", "/newsletter/neues/1", "/newsletter/neues/", "/schreibtisch", "/c/falsch", "/u/falsch", "/p/falsch", "/s/falsch"]
    for path in paths:
        seen.get(path)
    seen.keep("/ PUT", seen.web.ask("PUT", "/"))


def forms(gateway, sink, seen, token):
    body = lambda **fields: urllib.parse.urlencode({"token": token, "website": "", **fields})
    seen.post("empty", "/mitmachen", body())
    seen.post("evil", "/mitmachen", body(forum="verkehr", title=EVIL * 3, text=TEXT, address=EVIL))
    seen.post("done", "/mitmachen", body(forum="verkehr", title="Eine Idee von mir", text=TEXT, address=MAX))
    seen.post("no address", "/schreibtisch", body(address=EVIL))
    seen.post("sent", "/schreibtisch", body(address="niemand@example.com"))
    seen.post("wrong", "/abo/neues", body(address=EVIL))
    seen.post("asked", "/abo/neues", urllib.parse.urlencode({"token": re.search(r'name="token" value="([\w-]+)"', seen.get("/abo/neues")).group(1), "website": "x", "address": MAX}))
    question = sink.wait(MAX)
    path = link_in(question.text, "c")
    seen.get(path)
    seen.press("bad name", path, name="other", **{"public_name": "Ministerium"})
    seen.press("yes", path, answer="yes")
    seen.get(path)
    gateway.write("leo@example.org", f"verkehr@{fp.DOMAIN}", "Vier", "Vier.")
    path = link_in(sink.wait("leo@example.org").text, "c")
    seen.press("no", path, answer="no")
    seen.get(path)
    gateway.write("mia@example.org", f"verkehr@{fp.DOMAIN}", "Fünf", "Fünf.")
    path = link_in(sink.wait("mia@example.org").text, "c")
    change(gateway, "UPDATE hold SET expires_at = 1 WHERE address = 'mia@example.org'")
    seen.get(path)


def find_mail(sink, address, what):
    return soon(lambda: next((m for m in sink.to(address) if what(m)), None))


def tokens(gateway, sink, seen):
    gateway.write(NADJA, f"hilfe@{fp.DOMAIN}", "HILFE", "HILFE", dmarc="pass")
    mail = find_mail(sink, NADJA, lambda m: link_in(m.text, "p"))
    path = link_in(mail.text, "p")
    seen.get(path)
    seen.press("saved", path, hour="18", name="other", **{"public_name": EVIL})
    seen.press("fault", path, name="other", **{"public_name": "Ministerium"})
    post = find_mail(sink, of("olaf"), lambda m: m.message["List-Unsubscribe"])
    path = link_in("".join(post.message["List-Unsubscribe"].split()), "u")
    seen.get(path)
    seen.press("done", path)
    receipt = find_mail(sink, NADJA, lambda m: "Gehwege" in m.subject + m.text)
    before = len(sink.to(NADJA))
    gateway.respond(receipt.message, NADJA, "LÖSCHEN", dmarc="pass")
    path = soon(lambda: next((p for p in (link_in(m.text, "c") for m in sink.to(NADJA)[before:]) if p), None))
    seen.get(path)
    seen.press("back", path)
    seen.get(path)


def at_desk(gateway, sink, seen, token):
    cookies = {name: log_in(gateway, sink, seen.web, token, of(name)) for name in STAFF}
    seen.post("sent", "/schreibtisch", urllib.parse.urlencode({"token": token, "website": "", "address": MAX}))
    path = soon(lambda: next((p for p in (link_in(m.text, "s") for m in sink.to(MAX)) if p), None))
    seen.get(path)
    seen.get("/schreibtisch", cookies["mona"])
    for number, title in enumerate(("Proben " + EVIL[:40], "Werbung", "Radwege zur Bühne")):
        gateway.write(NADJA, f"kultur@{fp.DOMAIN}", title, TEXT + "\nRadwege", dmarc="pass")
        soon(lambda n=number: count(gateway, "hold", "kind = 'review' AND state = 'open'") == n + 1)
    holds = [n for n, in read(gateway, "SELECT id FROM hold WHERE kind = 'review' ORDER BY id")]
    for name in ("mona", "olaf"):
        seen.get("/schreibtisch", cookies[name])
    seen.get(f"/schreibtisch/h/{holds[0]}", cookies["mona"])
    seen.get(f"/schreibtisch/h/{holds[0]}", cookies["olaf"])
    seen.press("no reason", f"/schreibtisch/h/{holds[0]}", cookies["mona"], answer="reject", reason=" ")
    for n, fields in ((1, {"answer": "reject", "reason": EVIL, "code": "sonstiges", "text": EVIL}), (2, {"answer": "release"})):
        seen.press("decided", f"/schreibtisch/h/{holds[n]}", cookies["mona"], **fields)
    for path in ("/schreibtisch/ideen", "/schreibtisch/ideen?nummer=99", "/schreibtisch/idee/1", "/schreibtisch/idee/2", "/schreibtisch/idee/3"):
        for name in ("mona", "lea", "olaf"):
            seen.pages[f"{name} {path}"] = seen.get(path, cookies[name])
    for answer, fields in (("state", {}), ("state", {"state": "forwarded"}), ("move", {"forum": "x"}), ("merge", {"number": EVIL}), ("note", {"text": ""}),
                           ("note", {"text": EVIL, "to": "99"}), ("note", {"text": EVIL}), ("move", {"forum": "verkehr", "reason": EVIL})):
        seen.press(f"{answer} {fields}", "/schreibtisch/idee/1", cookies["lea"], answer=answer, **fields)
    seen.press("empty", "/schreibtisch/idee/1", cookies["olaf"], answer="answer", text="")
    seen.press("draft", "/schreibtisch/idee/1", cookies["olaf"], answer="answer", text=TEXT)
    hold = read(gateway, "SELECT id FROM hold WHERE kind = 'second'")[0][0]
    for name in ("olaf", "otto"):
        seen.pages[f"{name} draft"] = seen.get(f"/schreibtisch/h/{hold}", cookies[name])
    seen.press("no reason", f"/schreibtisch/h/{hold}", cookies["otto"], answer="reject", reason="")
    seen.press("released", f"/schreibtisch/h/{hold}", cookies["otto"], answer="release")
    seen.get("/idee/1")
    seen.get("/forum/kultur")
    judged(gateway, sink, seen, cookies, holds[1])
    proposed(gateway, seen, cookies)


def judged(gateway, sink, seen, cookies, hold):
    """The author of a refused text complains."""
    refusal = find_mail(sink, NADJA, lambda m: link_in(m.text, "c") is None and "BESCHWERDE" in m.text)
    gateway.respond(refusal.message, NADJA, f"BESCHWERDE {EVIL}", dmarc="pass")
    soon(lambda: count(gateway, "remark", "kind = 'complaint'") == 1)
    hold = read(gateway, "SELECT hold_id FROM remark WHERE kind = 'complaint'")[0][0]
    for name in ("mona", "lea", "olaf"): # who leads the forum decides, since its one moderator refused
        seen.pages[f"{name} complaint"] = seen.get(f"/schreibtisch/h/{hold}", cookies[name])
        seen.get("/schreibtisch", cookies[name])
    seen.press("long", f"/schreibtisch/h/{hold}", cookies["lea"], answer="stands", text=EVIL * 99)
    seen.press("stands", f"/schreibtisch/h/{hold}", cookies["lea"], answer="stands", text=EVIL)


def proposed(gateway, seen, cookies):
    gateway.must("field", "add", "mobil", "--title", EVIL[:60])
    for fields in ({"title": EVIL, "numbers": "99"}, {"title": EVIL[:80], "numbers": "1", "text": TEXT}):
        seen.press(f"propose {fields['numbers']}", "/schreibtisch/idee/1", cookies["lea"], answer="propose", **fields)
    number = count(gateway, "proposal")
    path = f"/schreibtisch/vorschlag/{number}"
    for name in ("mona", "lea", "olaf"):
        for one in (path, "/schreibtisch/vorschlaege", "/schreibtisch/vorschlag/99"):
            seen.pages[f"{name} {one}"] = seen.get(one, cookies[name])
    for answer, fields in (("plus", {"number": EVIL}), ("minus", {"number": "1"}), ("title", {"title": ""}), ("title", {"title": EVIL[:60]}), ("field", {"field": EVIL}),
                           ("field", {"field": "mobil"}), ("goal", {"goal": "x"}), ("note", {"text": ""}), ("state", {"state": "proposal"})):
        seen.press(f"{answer} {fields}", path, cookies["lea"], answer=answer, **fields)


def letters(gateway, sink, seen, token):
    gateway.write(NADJA, f"neues@{fp.DOMAIN}", "Ausgabe & <eins>", f"# Titel {EVIL}\n\n{TEXT}\n\n**[Knopf](https://example.org/?a=1&b=2)**\n\n![]()\n\n## Mehr\n\n{{{{neue_ideen}}}}\n", dmarc="pass")
    soon(lambda: count(gateway, "issue") == 1)
    cookies = {person: log_in(gateway, sink, seen.web, token, person) for person in (NADJA, MAX)}
    for path in ("/schreibtisch/newsletter", "/schreibtisch/newsletter/neues/1"):
        for person in cookies:
            seen.pages[f"{person} {path}"] = seen.get(path, cookies[person])
    mail = seen.web.get("/schreibtisch/newsletter/neues/1/mail", Cookie=cookies[MAX])[2]
    for answer, at in (("release", EVIL), ("test", ""), ("release", "am 3.3.2035 um 7"), ("release", ""), ("stop", ""), ("resume", "")):
        seen.press(f"{answer} {at}", "/schreibtisch/newsletter/neues/1", cookies[MAX], answer=answer, at=at)
    reader = "abo@example.org"
    gateway.write(reader, f"neues+abo@{fp.DOMAIN}", "Bestellung", "Bitte.", dmarc="pass")
    path = link_in(sink.wait(reader).text, "c")
    seen.get(path)
    seen.press("yes", path, answer="yes")
    gateway.write(NADJA, f"neues@{fp.DOMAIN}", "Zwei", f"# Noch eine\n\n{TEXT}", dmarc="pass")
    soon(lambda: count(gateway, "issue") == 2)
    seen.press("release", "/schreibtisch/newsletter/neues/2", cookies[MAX], answer="release", at="")
    sent = soon(lambda: next((m for m in sink.to(reader) if "Noch eine" in m.text), None))
    path = link_in("".join(sent.message["List-Unsubscribe"].split()), "u")
    seen.get(path)
    seen.press("ended", path)
    for path in ("/newsletter/neues/2", "/newsletter/neues", "/auswertung"):
        seen.get(path)
    return mail


def last(gateway, sink, seen, token):
    """What closes doors: a text that can no longer appear, one that is taken back, a database that is away."""
    gateway.write("ida@example.org", f"verkehr@{fp.DOMAIN}", "Sechs", "Sechs.")
    path = link_in(sink.wait("ida@example.org").text, "c")
    gateway.write(MAX, f"verkehr@{fp.DOMAIN}", "Sieben", "Sieben.", dmarc="pass")
    receipt = soon(lambda: next((m for m in sink.to(MAX) if "Sieben" in m.subject + m.text), None))
    before = len(sink.to(MAX))
    gateway.respond(receipt.message, MAX, "LÖSCHEN")
    asked = soon(lambda: next((p for p in (link_in(m.text, "c") for m in sink.to(MAX)[before:]) if p), None))
    seen.get(asked)
    seen.press("gone", asked, answer="yes")
    gateway.must("forum", "close", "verkehr")
    seen.press("refused", path, answer="yes")
    seen.get(path)
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=10)) as db:
        db.execute("BEGIN IMMEDIATE")
        seen.post("locked", "/schreibtisch", urllib.parse.urlencode({"token": token, "website": "", "address": MAX}))


def shown_templates(pages):
    """Names of the templates whose title fits a page that was seen."""
    folder = os.path.join(fp.TOP, "templates", "de", "page")
    titles = [re.search(r"<title>(.*?)</title>", page, re.S).group(1) for page in pages if "<title>" in page]
    missing = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("_") or not name.endswith(".html"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            title = re.search(r"<title>(.*?)</title>", file.read(), re.S).group(1)
        pattern = ".*".join(re.escape(part) for part in re.split(r"\{\{.*?\}\}", title))
        # what stands inside a section may be missing
        words = re.sub(r"\{\{([#^])(\w+)\}\}.*?\{\{/\2\}\}", "{{x}}", title)
        loose = ".*".join(re.escape(part) for part in re.split(r"\{\{.*?\}\}", words))
        if not any(re.fullmatch(pattern, t) or re.fullmatch(loose, t) for t in titles):
            missing.append(name)
    return missing


def keep(pages, mails):
    folder = os.environ.get("STORY_PAGES")
    if not folder:
        return
    os.makedirs(folder, exist_ok=True)
    for number, (name, text) in enumerate([*pages.items(), *mails.items()]):
        with open(os.path.join(folder, f"{number:03}-{re.sub(r'[^A-Za-z0-9]+', '-', name)[:60]}.html"), "w", encoding="utf-8") as file:
            file.write(text)


def main():
    if markup.why_not():
        fp.skip(markup.why_not())
    with fp.Story("web_valid") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        seen = Seen(web)
        token = re.search(r'name="token" value="([\w-]+)"', web.get("/mitmachen/schreiben")[2]).group(1)
        seen.get("/")
        talk(gateway, sink)
        time.sleep(fp.limit("LIMIT_FORM_LEAST_S"))
        public(gateway, seen)
        forms(gateway, sink, seen, token)
        tokens(gateway, sink, seen)
        token = shown_token(web)
        at_desk(gateway, sink, seen, token)
        issue = letters(gateway, sink, seen, token)
        last(gateway, sink, seen, token)
        mails = {f"mail {n} {m.subject[:30]}": part.get_content() for n, m in enumerate(sink.mails)
                 for part in m.message.walk() if part.get_content_type() == "text/html"}
        mails["mail issue at the desk"] = issue
        keep(seen.pages, mails)
        for name, page in seen.pages.items():
            story.equal(markup.html_faults(page), [], f"page {name}")
        wrong = {name: faults for name, faults in ((name, markup.html_faults(text, True)) for name, text in mails.items()) if faults}
        story.equal(wrong, {}, f"{len(mails)} mails' HTML")
        for path in ("/atom.xml", "/forum/verkehr/atom.xml", "/forum/kultur/atom.xml", "/idee/1/atom.xml", "/en/idee/1/atom.xml", "/vorschlag/1/atom.xml", "/en/atom.xml", "/newsletter/neues/atom.xml"):
            status, _, feed = web.get(path)
            if status == 200:
                story.equal(markup.atom_faults(feed), [], f"feed {path}")
            if os.environ.get("STORY_PAGES") and status == 200:
                with open(os.path.join(os.environ["STORY_PAGES"], path.strip("/").replace("/", "-")), "w", encoding="utf-8") as file:
                    file.write(feed)
        missing = [name for name in shown_templates(seen.pages.values()) if name not in ELSEWHERE]
        story.equal(missing, [], "no page was left out")
        fp.diag(f"{len(seen.pages)} pages, {len(mails)} mails")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

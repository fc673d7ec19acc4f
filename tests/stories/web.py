#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that a mail leads to, asked for byte by byte: what a button does and what nothing else does. Scanners open every
link, mail programs unsubscribe by one POST, people press twice, come too late, or send a link with a letter missing."""
import os
import re
import signal
import sqlite3
import subprocess
import time

from fp import DOMAIN, Gateway, Sink, Story, free_port, limit, wait_for
from webpeer import URL, Web, h1, link_in, settle, state


def confirming(story, gateway, sink, web):
    gateway.write("zofia@example.net", f"ehrenamt@{DOMAIN}", "Ein Ausweis für alle & <b>jeden</b>", "Ich helfe in zwei Vereinen.")
    asked = sink.wait("zofia@example.net")
    path = link_in(asked.text, "c")
    story.ok(path is not None, "the question has a link to the page")
    html = asked.message.get_body(preferencelist=("html",)).get_content()
    story.has(html, f'href="{URL}{path}"', "and so has its HTML part")
    settle(gateway)
    before = state(gateway)
    status, headers, body = web.get(path)
    story.equal((status, h1(body)), (200, "Ist diese Idee von Ihnen?"), "the page asks")
    story.has(body, "Ein Ausweis für alle &amp; &lt;b&gt;jeden&lt;/b&gt;", "it shows the title as it is")
    story.has(body, "Ich helfe in zwei Vereinen.", "and the text")
    story.equal([headers.get(name) for name in ("cache-control", "referrer-policy", "x-content-type-options", "set-cookie")],
                ["no-store", "no-referrer", "nosniff", None], "nobody keeps it, nobody learns the link, nothing is set")
    story.has(headers["content-security-policy"], "default-src 'none'; style-src 'self'; form-action 'self'", "nothing foreign is loaded")
    story.equal(h1(web.get("/en" + path)[2]), "Is this idea yours?", "/en/ is English")
    story.equal(h1(web.get(path, Accept_Language="en-GB,en;q=0.9")[2]), "Is this idea yours?", "and so is Accept-Language")

    for _ in range(100):
        web.get(path)
    for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PROPFIND"):
        story.equal(web.ask(method, path)[0], 200 if method == "HEAD" else 405, f"{method} shows or is refused")
    for body in ("", "token=", "token=0000000000000000", "answer=no", "List-Unsubscribe=One-Click"):
        story.equal(web.post(path, body)[0], 400, f"a POST with {body!r} is nobody's press")
    web.post(path, '{"token": 1}', Content_Type="application/json")
    story.equal(state(gateway), before, "100 GETs, HEAD, OPTIONS and POSTs without the form's token changed nothing")

    wrong = [path[:at] + ("0" if path[at] != "0" else "1") + path[at + 1:] for at in range(3, len(path)) if path[at] != "-"]
    story.equal({web.get(one)[0] for one in wrong}, {404}, "one letter changed: 404")
    story.equal(h1(web.get(wrong[-1])[2]), "Dieser Link ist nicht vollständig", "and it says what to do")
    body = web.get(path, Host="evil.example", X_Forwarded_Host="evil.example")[2]
    story.lacks(body, "evil", "a forged Host is in no byte of it")

    status, _, body = web.press(path, name="other", public_name="Staatskanzlei")
    story.equal((status, state(gateway)), (422, before), "a name like an office's is refused at once, and nothing is published")
    story.has(body, 'aria-invalid="true"', "the field says so")
    status, _, body = web.press(path, name="other", public_name="Zofia+W.")
    story.equal((status, h1(body)), (200, "Danke. Ihre Idee ist bestätigt."), "the button publishes")
    story.has(body, "<bdi>Zofia W.</bdi>", "with the name that was given")
    idea = gateway.rows("idea", "list")[0]
    story.equal((idea["title"], idea["state"]), ("Ein Ausweis für alle & <b>jeden</b>", "published"), "it is there")
    events = [e["kind"] for e in gateway.rows("event", "list") if e.get("actor") == "page"]
    story.equal(events, ["person.confirmed", "idea.published", "hold.confirmed"], "the journal says that it was done on the page")
    settle(gateway)
    done = state(gateway)
    status, _, body = web.post(path, "token=0000000000000000")
    story.equal((status, h1(body), state(gateway)), (200, "Danke. Ihre Idee ist bestätigt.", done), "a second press finds it done")
    gateway.respond(asked.message, "zofia@example.net", "JA")
    story.equal(len(gateway.rows("idea", "list")), 1, "JA by mail after it does no harm either")


def refusing(story, gateway, sink, web):
    gateway.write("ali@example.net", f"ehrenamt@{DOMAIN}", "Nicht von mir", "Das hat ein anderer geschrieben.")
    path = link_in(sink.wait("ali@example.net").text, "c")
    status, _, body = web.press(path, answer="no")
    story.equal((status, h1(body)), (200, "Der Text ist gelöscht"), "no deletes")
    with sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True) as db:
        story.lacks("\n".join(db.iterdump()), "Das hat ein anderer", "nothing of it is kept")
    story.equal(h1(web.get(path)[2]), "Der Text ist gelöscht", "and the page says so from then on")

    gateway.write("eva@example.net", f"ehrenamt@{DOMAIN}", "Zu spät", "Der Text von Eva.")
    path = link_in(sink.wait("eva@example.net").text, "c")
    gateway.must("forum", "close", "ehrenamt")
    status, _, body = web.get(path)
    story.equal((status, h1(body)), (409, "Dieser Text kann nicht erscheinen"), "a forum that closed meanwhile takes it no more")
    status, _, body = web.post(path, "")
    story.equal((status, h1(body)), (409, "Dieser Text kann nicht erscheinen"), "nor does a POST without the form's token show the question")
    gateway.must("forum", "open", "ehrenamt")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("UPDATE hold SET expires_at = 1 WHERE address = 'eva@example.net'")
    status, _, body = web.get(path)
    story.equal((status, h1(body)), (410, "Dieser Link gilt nicht mehr"), "too late: a page that says what to do")


def withdrawing(story, gateway, sink, web):
    """LÖSCHEN from somebody who is not proved is asked about; the receipt can be undone: both also on a page."""
    gateway.write("uwe@example.net", f"ehrenamt@{DOMAIN}", "Eine Bank am Kanal", "Zum Ausruhen auf halber Strecke.")
    web.press(link_in(sink.wait("uwe@example.net").text, "c"))
    receipt = sink.wait("uwe@example.net", 2)
    number = int(re.search(rf"idee-(\d+)@{DOMAIN}", receipt.text).group(1))
    gateway.respond(receipt.message, "uwe@example.net", "LÖSCHEN")
    path = link_in(sink.wait("uwe@example.net", 3).text, "c")
    settle(gateway)
    before = state(gateway)
    story.equal((h1(web.get(path)[2]), web.post(path, "")[0], state(gateway)), ("Möchten Sie Ihren Text zurückziehen?", 400, before),
                "a withdrawal is asked about on a page, which changes nothing")
    story.has(web.get(path)[2], "Zum Ausruhen auf halber Strecke.", "it shows the text")

    def shown():
        return next(i["state"] for i in gateway.rows("idea", "list") if i["number"] == number)
    story.equal((h1(web.press(path)[2]), shown()), ("Ihr Text ist zurückgezogen", "withdrawn"), "the button takes it back")
    story.equal(h1(web.get(path)[2]), "Ihr Text ist zurückgezogen", "a second look finds it done")
    undo = link_in(sink.wait("uwe@example.net", 4).text, "c")
    story.equal(h1(web.get(undo)[2]), "Soll Ihr Text wieder erscheinen?", "the receipt leads to a page that brings it back")
    story.equal((h1(web.press(undo)[2]), shown()), ("Ihr Text ist da", "published"), "it is back")
    story.equal(h1(web.get(undo)[2]), "Ihr Text ist da", "and stays so")
    gateway.write("ida@example.net", f"ehrenamt@{DOMAIN}", "Ein Brunnen", "Trinkwasser für alle.")
    web.press(link_in(sink.wait("ida@example.net").text, "c"))
    receipt = sink.wait("ida@example.net", 2)
    number = int(re.search(rf"idee-(\d+)@{DOMAIN}", receipt.text).group(1))
    gateway.respond(receipt.message, "ida@example.net", "LÖSCHEN")
    path = link_in(sink.wait("ida@example.net", 3).text, "c")
    story.equal((h1(web.press(path, answer="no")[2]), shown()), ("Ihr Text ist da", "published"), "no leaves it where it is")
    gateway.write("uta@example.net", f"idee-{number}@{DOMAIN}", "Re: Ein Brunnen", "Mit einem Becher.")
    path = link_in(sink.wait("uta@example.net").text, "c")
    web.press(path)
    story.has(web.get(path)[2], "Ein Brunnen", "the page of an answer that was confirmed says to what")
    gateway.must("idea", "withdraw", str(number))
    story.lacks(web.get(path)[2], "Ein Brunnen", "not when that was taken back")


def leaving(story, gateway, sink, web):
    gateway.must("member", "add", "ehrenamt", "mia@example.net", "--delivery", "each")
    gateway.must("member", "add", "ehrenamt", "tom@example.net", "--delivery", "each", "--language", "en")
    gateway.respond(sink.to("zofia@example.net")[-1].message, "zofia@example.net", "Noch ein Gedanke dazu.", dmarc="pass")
    post = sink.wait("mia@example.net")
    fields = "".join(post.message["List-Unsubscribe"].split())
    story.ok(fields.startswith(f"<{URL}/u/") and ",<mailto:idee-" in fields, "List-Unsubscribe has the page and the address", fields)
    story.equal(post.message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click", "L-22: and says that one POST is enough")
    path = link_in(fields, "u")
    settle(gateway)
    before = state(gateway)
    for method in ("GET", "HEAD", "OPTIONS"):
        web.ask(method, path)
    story.equal(web.post(path, "")[0], 400, "an empty POST asks again")
    story.equal(state(gateway), before, "opening the link ends nothing")
    story.has(web.get(path)[2], "m…a@e…e.net", "whose mails they are is shown to whoever knows the address already")
    boundary = "--xyz\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--xyz--\r\n"
    status, _, body = web.post(path, boundary, Content_Type="multipart/form-data; boundary=xyz")
    story.equal((status, h1(body)), (200, "Abbestellt"), "one click, multipart")
    n_sent = len(sink.to("mia@example.net"))
    story.equal([e["kind"] for e in gateway.rows("event", "list")][-1], "follow.stopped", "it is in the journal")

    tom = "".join(sink.wait("tom@example.net").message["List-Unsubscribe"].split())
    story.ok(tom.startswith(f"<{URL}/en/u/"), "an English mail leads to the English page", tom)
    for _ in range(2):
        status, _, body = web.post(link_in(tom, "u"), "List-Unsubscribe=One-Click")
        story.equal((status, h1(body)), (200, "Unsubscribed"), "one click, urlencoded; twice does no harm")
    time.sleep(1)
    story.equal(len(sink.to("mia@example.net")), n_sent, "nothing is sent after it, not even a goodbye")


def preferring(story, gateway, sink, web):
    gateway.must("forum", "add", "sport", "--title", "Sport")
    gateway.must("member", "add", "sport", "mia@example.net", "--delivery", "weekly")
    n_before = len(sink.to("mia@example.net"))
    gateway.write("mia@example.net", f"hilfe@{DOMAIN}", "HILFE", "HILFE", dmarc="pass")
    path = link_in(sink.wait("mia@example.net", n_before + 1).text, "p")
    story.ok(path is not None, "the answer to HILFE has a link to the preferences")
    settle(gateway)
    before = state(gateway)
    for method, path_of in (("GET", path), ("HEAD", path), ("OPTIONS", path), ("POST", path)):
        web.ask(method, path_of)
    status, _, body = web.get(path)
    story.equal((status, h1(body), state(gateway)), (200, "Ihre Einstellungen", before), "opening it changes nothing")
    story.has(body, "m…a@e…e.net", "whose they are")
    story.lacks(body, "mia@example.net", "and nobody's address")
    chosen = re.findall(r'<option value="([^"]*)"[^>]* selected>', body)
    story.equal(chosen, ["each", "weekly", "de"], "what holds now is chosen")
    status, _, body = web.press(path, **{"f-ehrenamt": "daily", "f-sport": "none", "hour": "18", "weekday": "5", "language": "en",
                                         "public_name": "Mia+M."})
    story.equal((status, "Gespeichert" in body), (200, True), "the button saves")
    person = next(p for p in gateway.rows("person", "list") if p["address"] == "mia@example.net")
    story.equal((person["public_name"], person["language"]), ("Mia M.", "en"), "name and language")
    story.equal({m["delivery"] for m in gateway.rows("member", "list", "ehrenamt") if m["address"] == "mia@example.net"}, {"daily"},
                "the forum's delivery")
    story.equal([(e["kind"], e["detail"]) for e in gateway.rows("event", "list") if e.get("actor") == "page"][-3:],
                [("person.set", "name hour weekday language"), ("person.delivery", "daily"), ("person.delivery", "none")],
                "each change is in the journal, by page")
    saved = state(gateway)
    web.press(path, **{"f-ehrenamt": "daily", "f-sport": "none", "hour": "18", "weekday": "5", "language": "en", "public_name": "Mia+M."})
    story.equal(state(gateway), saved, "saving the same again writes nothing")
    for wrong in ({"hour": "25"}, {"hour": "x"}, {"weekday": "-1"}, {"language": "xx"}, {"f-ehrenamt": "often"}, {"f-nothing": "each"}):
        web.press(path, **wrong)
    story.equal(state(gateway), saved, "what is none of the choices changes nothing")
    status, _, body = web.press(path, public_name="Ministerium", hour="3")
    story.equal((status, state(gateway)), (422, saved), "a name like an office's is refused, and nothing of the form is saved")
    status, _, body = web.press(path, answer="end")
    story.equal(re.findall(r'<option value="([^"]*)" selected>', body)[:2], ["none", "none"], "the second button ends everything")
    day = int(path.split("-")[1])
    old = path.replace(f"-{day}-", f"-{day - 15}-")
    story.equal(web.get(old)[0], 404, "another day is another link")
    story.ok(limit("LIMIT_LINK_PREFERENCES_S") / 86400 - 1 <= day - time.time() / 86400 <= limit("LIMIT_LINK_PREFERENCES_S") / 86400 + 1,
             "the link ends after 14 days")


def broken(story, gateway, web):
    for path in ("/nothing", "/c/", "/c/1/2", "/../etc/passwd", "/%2e%2e/x", "/u/%00"):
        story.equal(web.get(path)[0], 404, f"{path}: 404")
    status, headers, _ = web.post("/style.css", "a=b")
    story.equal((status, headers["allow"]), (405, "GET, HEAD"), "what can only be read says so")
    status, headers, body = web.get("/style.css")
    story.equal((status, headers["content-type"]), (200, "text/css; charset=utf-8"), "style.css")
    story.ok(len(body.encode()) < 12 * 1024, "is under 12 kB")
    story.equal(web.get("/style.css", If_None_Match=headers["etag"])[0], 304, "and not sent twice")
    story.equal(web.get("/healthz")[2], "ok\n", "healthz")
    with sqlite3.connect(gateway.path("forumpost.db"), isolation_level=None, timeout=30) as db:
        db.execute("BEGIN IMMEDIATE")
        path = gateway.leave_path
        story.equal(web.get(path)[0], 200, "while somebody writes, pages are read")
        begun = time.monotonic()
        status, headers, _ = web.post(path, "List-Unsubscribe=One-Click")
        story.equal((status, headers["retry-after"]), (503, "10"), "a database that stays locked is 503 with Retry-After")
        story.ok(time.monotonic() - begun >= limit("LIMIT_PAGE_BUSY_MS") / 1000, "after a moment's patience")
        db.execute("ROLLBACK")
    story.equal(web.post(path, "List-Unsubscribe=One-Click")[0], 200, "and goes on when it is free")


def killed(story, gateway, sink, web):
    """The web process dies in the middle: mail goes on, and it comes back by itself."""
    pid = int(subprocess.run(["pgrep", "-f", f"{gateway.config} web"], capture_output=True, text=True, check=True).stdout.split()[0])
    os.kill(pid, signal.SIGKILL)
    reply = gateway.write("late@example.net", f"ehrenamt@{DOMAIN}", "Mitten drin", "Der Webprozess ist gerade weg.")
    story.equal(reply[0], 250, "the web process is killed: mail is taken")
    story.ok(sink.wait("late@example.net") is not None, "and answered")
    story.ok(wait_for(web.is_there), "and it is back after a moment")
    checked = gateway.run("check").stdout
    story.has(checked, f"inet:127.0.0.1:{web.port}: HTTP/1.1 200 OK", "forumpost check asks it")


def main():
    with Story("web") as story:
        sink = Sink()
        story.at_end(sink.close)
        port = free_port()
        gateway = Gateway(story, sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
        gateway.must("init")
        gateway.must("forum", "add", "ehrenamt", "--title", "Ehrenamt")
        gateway.start()
        web = Web(port)
        confirming(story, gateway, sink, web)
        refusing(story, gateway, sink, web)
        withdrawing(story, gateway, sink, web)
        leaving(story, gateway, sink, web)
        preferring(story, gateway, sink, web)
        gateway.leave_path = link_in("".join(sink.to("tom@example.net")[0].message["List-Unsubscribe"].split()), "u")
        broken(story, gateway, web)
        killed(story, gateway, sink, web)
        story.equal(gateway.stop(), 0, "it ends in order")
        story.lacks(gateway.log_from().decode(), "/c/", "no link is in the log")


main()

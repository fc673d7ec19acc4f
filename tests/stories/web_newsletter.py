#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A newsletter by browser: ordered on the page, confirmed and ended with the links of its mails. Whoever types a stranger's address
learns nothing and can bomb nobody; programs that fill in everything, or answer at once, order nothing."""
import contextlib
import re
import sqlite3
import time

from fp import DOMAIN, Gateway, Sink, Story, free_port, limit, wait_for
from webpeer import URL, Web, h1, link_in, settle, state

LEAST_S, ORDERS = limit("LIMIT_FORM_LEAST_S"), limit("LIMIT_ORDERS_PER_HOUR")


def order(web, address, pause=LEAST_S + 1, **more):
    """What a person does with the form."""
    token = re.search(r'name="token" value="([\w-]+)"', web.get("/abo/neues")[2]).group(1)
    time.sleep(pause)
    fields = {"address": address, "website": "", "token": token, **more}
    return web.post("/abo/neues", "&".join(f"{name}={value}" for name, value in fields.items()))


def subscribers(gateway):
    return {s["address"].lower(): s["state"] for s in gateway.rows("newsletter", "subscriber", "list", "neues")}


def of_members(story, gateway, sink, web):
    """Whom the operator took off a list of members stays off, whatever a form of theirs says."""
    gateway.must("forum", "add", "runde", "--title", "Runde")
    gateway.must("member", "add", "runde", "maria@example.net", "--delivery", "none")
    gateway.must("newsletter", "subscriber", "add", "intern", "maria@example.net")
    gateway.write("maria@example.net", f"hilfe@{DOMAIN}", "HILFE", "HILFE", dmarc="pass")
    path = link_in(sink.wait("maria@example.net").text, "p")
    story.has(web.get(path)[2], 'name="l-intern"', "a member sees the list among the preferences")
    web.press(path, **{"l-intern": "none"})
    state_of = lambda: {s["address"]: s["state"] for s in gateway.rows("newsletter", "subscriber", "list", "intern")}["maria@example.net"]
    story.equal(state_of(), "unsubscribed", "and may leave it")
    gateway.must("newsletter", "subscriber", "add", "intern", "maria@example.net")
    gateway.must("newsletter", "subscriber", "remove", "intern", "maria@example.net")
    story.equal(web.press(path, **{"l-intern": "each"})[0], 200, "taken off by the operator, they send the form with a yes")
    story.equal(state_of(), "unsubscribed", "and are not in again")
    story.lacks(web.get(path)[2], 'name="l-intern"', "nor is it offered")


def of_many(story, gateway, web):
    """Whoever types in the addresses of a thousand strangers writes to a few hundred of them in an hour, and fills no database."""
    token = re.search(r'name="token" value="([\w-]+)"', web.get("/abo/neues")[2]).group(1)
    time.sleep(LEAST_S + 1)
    said = [web.post("/abo/neues", f"address=x{n}@example.org&website=&token={token}") for n in range(ORDERS + 20)]
    story.equal(sorted({status for status, _, _ in said}), [200, 429], "at last it is too much")
    story.has(said[-1][2], "Gerade kommen sehr viele Bestellungen an", "and the page says so")
    story.has(said[-1][2], f'value="x{ORDERS + 19}@example.org"', "with what was typed")
    with sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True) as db:
        n = db.execute("SELECT count(*) FROM subscription WHERE state = 'asked'").fetchone()[0]
    story.equal(n, ORDERS, "nobody else was noted down")


def undo(gateway):
    """The subscription as it was before a click, for the next way to click."""
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=60)) as db, db:
        db.execute("UPDATE subscription SET state = 'active' WHERE address = 'erika@example.net'")


def main():
    with Story("web_newsletter") as story:
        sink = Sink()
        story.at_end(sink.close)
        port = free_port()
        gateway = Gateway(story, sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
        gateway.must("init")
        gateway.must("newsletter", "add", "neues", "--title", "Neues aus der Ruhr-Konferenz", "--release", "one")
        gateway.must("newsletter", "add", "intern", "--title", "Intern", "--members-only")
        gateway.start()
        web = Web(port)
        story.equal([web.get(path)[0] for path in ("/abo/neues", "/en/abo/neues", "/abo/nichts", "/abo/intern")], [200, 200, 404, 404],
                    "a list for all has a form, one of members has none")
        before = state(gateway)
        status, _, body = order(web, "erika@example.net", 0)
        story.equal((status, state(gateway)), (422, before), "a form that comes back at once is shown again")
        story.has(body, 'value="erika@example.net"', "with what was typed")
        status, _, _ = web.post("/abo/neues", "address=erika@example.net&token=1700000000-0000000000000000")
        story.equal((status, state(gateway)), (422, before), "a token that we did not write orders nothing")
        status, _, body = order(web, "robot@example.net", 0, website="http://a.example")
        story.equal((status, h1(body), state(gateway)), (200, "Bitte sehen Sie in Ihr Postfach", before), "a robot hears that all is well")
        status, _, body = order(web, f"neues@{DOMAIN}")
        story.equal((status, 'aria-invalid="true"' in body, state(gateway)), (422, True, before), "an address of ours is none")
        status, _, first = order(web, "+Erika@Example.net+")
        story.equal((status, h1(first)), (200, "Bitte sehen Sie in Ihr Postfach"), "ordered")
        asked = sink.wait("Erika@Example.net")
        path = link_in(asked.text, "c")
        story.ok(path and path.startswith("/c/s"), "the question has a link", asked.text)
        settle(gateway)
        before = state(gateway)
        for method in ("GET", "HEAD", "OPTIONS"):
            web.ask(method, path)
        story.equal([web.post(path, "")[0], web.post(path, "List-Unsubscribe=One-Click")[0]], [400, 400], "a POST without the form's token")
        story.equal((subscribers(gateway).get("erika@example.net"), state(gateway)), (None, before), "opening the link subscribes nobody")
        status, _, body = web.press(path)
        story.equal((status, h1(body)), (200, "Sie erhalten den Newsletter"), "the button does")
        story.equal(subscribers(gateway)["erika@example.net"], "active", "it is in the list")
        record = gateway.rows("consent", "show", "erika@example.net")
        story.ok("page" in str(record), "the record of consent says that it was by page", record)
        story.equal(h1(web.get(path)[2]), "Sie erhalten den Newsletter", "a second look finds it done")
        n = len(sink.mails)
        status, _, known = order(web, "erika@example.net")
        story.equal((status, known), (200, first), "who is in already: the same page, to the byte")
        time.sleep(0.5)
        story.equal(len(sink.mails), n, "and no mail")

        with open(gateway.path("issue.md"), "w", encoding="utf-8") as file:
            file.write("# Drei neue Ideen\n\nGuten Tag,\n\nim Februar kamen die ersten Ideen.\n")
        number = gateway.must("newsletter", "draft", "neues", gateway.path("issue.md")).split()[-1]
        gateway.must("newsletter", "release", "neues", number)
        issue = wait_for(lambda: [m for m in sink.to("Erika@Example.net") if "Drei neue" in m.subject])[0]
        fields = "".join(issue.message["List-Unsubscribe"].split())
        story.ok(fields.startswith(f"<{URL}/u/s"), "an issue's List-Unsubscribe is the page first", fields)
        story.equal(issue.message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click", "by one POST")
        path = link_in(fields, "u")
        story.has(issue.text, f"{URL}{path}", "the text has the same link")
        for method in ("GET", "HEAD", "OPTIONS"):
            web.ask(method, path)
        story.equal(subscribers(gateway)["erika@example.net"], "active", "a scanner ends nothing")
        story.equal(h1(web.get(path)[2]), "Newsletter abbestellen?", "the page asks")
        for body, headers in (("List-Unsubscribe=Two-Clicks", {}), ("", {}), ("List-Unsubscribe=One-Click", {"Content_Type": "text/plain"})):
            web.post(path, body, **headers)
            web.post(f"{path}?List-Unsubscribe=One-Click", "")
        web.get(f"{path}?List-Unsubscribe=One-Click")
        web.post(path[:-1] + ("0" if path[-1] != "0" else "1"), "List-Unsubscribe=One-Click")
        story.equal(subscribers(gateway)["erika@example.net"], "active", "what is no such POST ends nothing")
        for body, kind in (("List-Unsubscribe=One-Click\r\n", None), ("list=1&List-Unsubscribe=One%2DClick", "Application/X-WWW-Form-URLEncoded; charset=UTF-8"),
                           ("--b c\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b c--\r\n", 'multipart/form-data; boundary="b c"')):
            undo(gateway)
            status = web.post(path, body, **({"Content_Type": kind} if kind else {}))[0]
            story.equal((status, subscribers(gateway)["erika@example.net"]), (200, "unsubscribed"), f"one click as providers send it: {kind or 'a line end behind it'}")
        undo(gateway)
        for _ in range(2):
            status, _, body = web.post(path, "List-Unsubscribe=One-Click")
            story.equal((status, h1(body)), (200, "Newsletter abbestellt"), "one click; twice does no harm")
        story.equal(subscribers(gateway)["erika@example.net"], "unsubscribed", "it is over")
        n = len(sink.mails)
        number = gateway.must("newsletter", "draft", "neues", gateway.path("issue.md")).split()[-1]
        gateway.must("newsletter", "release", "neues", number)
        time.sleep(1)
        story.equal(len(sink.mails), n, "nothing is sent after it")
        of_members(story, gateway, sink, web)
        of_many(story, gateway, web)


main()

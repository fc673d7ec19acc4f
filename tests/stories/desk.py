#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form for those without a mail program, and the desk of those who decide. What is written in it comes in like a mail: its author is asked, nothing is public
before they said yes, nobody learns whom we know, nothing typed is lost, robots get nowhere. A link from a mail opens the desk once; what
is decided there is what a mail would have decided."""
import contextlib
import re
import sqlite3
import time
import urllib.parse

import fp
from deskpeer import ask_for_link, log_in, press, shown_token
from webpeer import URL, Web, h1, link_in, settle, state

NADJA = "nadja.kanarienvogel@example.net"
MODERATOR, SECOND = "mona.moderatorin@example.net", "sven@example.net"
DONE = "Schauen Sie bitte in Ihr Postfach"
TEXT = "STOPP den Stau!\n\n> Ein Zitat, das mein Nachbar sagte\n\n-- \nUnd das steht unter einem Strich.\n<b>&amp;</b> {{operator}}"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL},
                         intake={"unproved_mails_per_hour": "6"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität & mehr", "--moderation", "none")
    gateway.must("forum", "add", "alt", "--title", "Ein altes Forum", "--moderation", "none")
    gateway.must("forum", "close", "alt")
    gateway.must("forum", "add", "kultur", "--title", "Kultur & Kunst", "--moderation", "pre")
    for person in (MODERATOR, SECOND):
        gateway.must("member", "add", "kultur", person, "--role", "moderator", "--delivery", "none")
    gateway.start()
    return gateway


def shown(web):
    """The token of a form that was shown just now."""
    return re.search(r'name="token" value="([\w-]+)"', web.get("/mitmachen/schreiben")[2]).group(1)


def send(web, token, **fields):
    fields = {"token": token, "website": "", **fields}
    return web.post("/mitmachen", urllib.parse.urlencode(fields)), fields


def counted(gateway):
    return {table: word for table, word in state(gateway).items() if table in ("hold", "message", "notice", "post", "idea", "person")}


def refusing(story, gateway, web, token):
    body = web.get("/mitmachen/schreiben?forum=mobilitaet")[2]
    story.has(body, '<option value="mobilitaet" selected>', "the form knows which forum one came from")
    story.lacks(body, "Ein altes Forum", "a closed forum is no choice")
    story.has(web.get("/mitmachen")[2], 'href="/mitmachen/schreiben"', "the page about taking part leads to it")
    story.has(web.get("/en/mitmachen/schreiben")[2], 'action="/en/mitmachen"', "in English, too")
    before = counted(gateway)
    (status, _, body), _ = send(web, token, forum="alt", title="", text="Mein langer Text\r\nzweite Zeile </textarea>", address="nadja@")
    story.equal(status, 422, "what is missing is named")
    for field in ("forum", "title", "address"):
        story.has(body, f'id="{field}-e"', f"at the field {field}")
        story.has(body, f'href="#{field}"', f"and above, with a link to {field}")
    story.lacks(body, 'id="text-e"', "and where nothing is wrong, nothing is said")
    story.has(body, "Mein langer Text\nzweite Zeile &lt;/textarea&gt;</textarea>", "nothing typed is lost")
    story.has(body, 'value="nadja@"', "nor the address as it was typed")
    story.has(body, "<title>Fehler: ", "the title says so first")
    for address in ("a@b", "a@example.org, b@example.org", "A <a@example.org>", "a@example.org\r\nBcc: b@example.org", "a b@example.org", ""):
        story.equal(send(web, token, forum="mobilitaet", title="T", text="t", address=address)[0][0], 422, f"{address!r} is no address")
    story.equal(send(web, token, forum="mobilitaet", title="T" * 121, text="t", address=NADJA)[0][0], 422, "a title is never cut: too long is said")
    fine = {"forum": "mobilitaet", "title": "Ein Titel", "text": "Der Text bleibt.", "address": NADJA}
    (status, _, body), fields = send(web, shown(web), **fine)
    story.equal(status, 400, "sent at once: it is shown again")
    story.has(body, "Der Text bleibt.", "with all that was typed")
    for other in ("", "1-x", re.sub(r"^\d+", "1", fields["token"])):
        story.equal(web.post("/mitmachen", urllib.parse.urlencode({**fields, "token": other}))[0], 400, f"token {other!r} is not ours")
    (status, _, body), _ = send(web, token, **{**fine, "website": "http://buy.example"})
    story.equal((status, h1(body)), (200, DONE), "who fills in the hidden field is told the same")
    story.equal(counted(gateway), before, "of all these nothing came in")


def asking(story, gateway, sink, web, token):
    (status, headers, body), fields = send(web, token, forum="mobilitaet", title="Mehr Busse & <Bahnen>", text=TEXT.replace("\n", "\r\n"), address=NADJA)
    story.equal((status, h1(body), headers["cache-control"]), (200, DONE, "no-store"), "it is taken, and the answer is nobody else's")
    story.lacks(body, "kanarienvogel", "the page does not repeat the address")
    asked = sink.wait(NADJA)
    for line in TEXT.split("\n"):
        if line.strip():
            story.has(asked.text, line.strip(), f"the question shows {line!r}: nothing was taken for a quote, signature or command")
    story.equal(gateway.rows("idea", "list"), [], "before the yes nothing is public")
    story.lacks(web.get("/")[2], "Mehr Busse", "on no page")
    again = web.post("/mitmachen", urllib.parse.urlencode(fields))
    story.equal((again[0], h1(again[2])), (200, DONE), "pressed twice: the same page")
    settle(gateway)
    story.equal(len(sink.to(NADJA)), 1, "and asked once")
    gateway.respond(asked.message, NADJA, "JA")
    story.ok(fp.wait_for(lambda: gateway.rows("idea", "list")), "JA by mail publishes it")
    page = web.get("/idee/1")[2]
    story.has(page, "Mehr Busse &amp; &lt;Bahnen&gt;", "with its title")
    story.lacks(page, "kanarienvogel", "without the address")
    (known, _), (unknown, _) = (send(web, token, forum="mobilitaet", title="Zwei", text="Noch eine.", address=a) for a in (NADJA, "neu@example.org"))
    story.equal((known[0], known[2]), (unknown[0], unknown[2]), "a known and an unknown address are told the same, byte for byte")
    story.equal(len(gateway.rows("idea", "list")), 1, "even a known person is asked: a form proves nothing")
    path = link_in(sink.wait("neu@example.org").text, "c")
    story.equal(h1(web.press(path)[2]), "Danke. Ihre Idee ist bestätigt.", "the button in the mail publishes as well")
    page = web.post("/mitmachen", urllib.parse.urlencode({**fields, "forum": "mobilitaet"}), Host="evil.example")[2]
    story.lacks(page, "evil", "a forged Host is in no byte")


def limiting(story, web, token):
    statuses = []
    for number in range(8):
        (status, _, body), _ = send(web, token, forum="mobilitaet", title=f"Viel {number}", text="Immer mehr.", address="viel@example.net")
        statuses.append(status)
    story.equal((statuses[0], statuses[-1]), (200, 429), "one address has a quota an hour")
    story.has(body, "Immer mehr.", "and what is over it stays in the form")


def change(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=10)) as db, db:
        db.execute(sql, values)


def logging_in(story, gateway, sink, web, token):
    story.equal(h1(web.get("/schreibtisch")[2]), "Anmelden am Schreibtisch", "without a session there is a form")
    before = counted(gateway)
    unknown = ask_for_link(web, token, "niemand@example.com")
    story.equal(ask_for_link(web, token, "nadja")[0], 400, "what is no address is said")
    settle(gateway)
    story.equal((counted(gateway), len(sink.to("niemand@example.com"))), (before, 0), "who decides nowhere is sent nothing")
    known = ask_for_link(web, token, MODERATOR)
    story.equal((known[0], known[2]), (unknown[0], unknown[2]), "and nobody learns who does, byte for byte")
    path = link_in(sink.wait(MODERATOR).text, "s")
    settle(gateway)
    before = state(gateway)
    for _ in range(3):
        status, headers, body = web.get(path)
    story.equal((status, headers.get("set-cookie"), state(gateway)), (200, None, before), "a scanner opens the link: nothing happens")
    story.equal(web.post(path, "token=0000000000000000")[0], 400, "nor by a POST without the form's token")
    story.equal(web.get(path[:-1] + ("0" if path[-1] != "0" else "1"))[0], 404, "a letter changed: no link of ours")
    status, headers, _ = press(web, path)
    story.equal((status, headers["location"]), (303, "/schreibtisch"), "the button opens the desk")
    for part in ("__Host-desk=", "Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict", "Secure"):
        story.has(headers["set-cookie"], part, f"the cookie: {part}")
    cookie = headers["set-cookie"].split(";")[0]
    story.equal((web.get(path)[0], h1(web.get(path)[2])), (410, "Dieser Link gilt nicht mehr"), "a link opens once")
    story.equal(h1(web.get("/schreibtisch", Cookie=cookie)[2]), "0 Texte warten", "with the cookie one sits at the desk")
    story.equal(h1(web.get("/schreibtisch", Cookie=f"a=b; {cookie}; c=d")[2]), "0 Texte warten", "also among other cookies")
    for wrong in (cookie[:-1] + ("0" if cookie[-1] != "0" else "1"), re.sub(r"=\d+", "=1", cookie), "__Host-desk=", cookie.replace("__Host-", "")):
        story.equal(h1(web.get("/schreibtisch", Cookie=wrong)[2]), "Anmelden am Schreibtisch", "a cookie that is not ours is none")
    seen = len(sink.to(MODERATOR))
    ask_for_link(web, token, MODERATOR)
    late = link_in([sink.wait(MODERATOR, number + 1).text for number in range(seen + 1)][-1], "s")
    settle(gateway)
    story.equal(web.get(late)[0], 200, "a second link")
    change(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose = 'desk-link' AND detail = 'fresh'", fp.limit("LIMIT_DESK_LINK_S"))
    story.equal((web.get(late)[0], web.post(late, "token=x")[0]), (410, 410), "is no longer good after a quarter of an hour")
    for _ in range(fp.limit("LIMIT_DESK_LINKS_PER_HOUR") + 2):
        ask_for_link(web, token, MODERATOR)
    settle(gateway)
    story.equal(len(sink.to(MODERATOR)), fp.limit("LIMIT_DESK_LINKS_PER_HOUR"), "so many links an hour and no more")
    return cookie


def holds(gateway):
    return [hold["hold"] if "hold" in hold else hold["id"] for hold in gateway.rows("hold", "list") if hold["kind"] == "review"]


def hand_in(gateway, sink, web, title):
    """A text of Nadja's in the moderated forum that waits: its number, and the mails of the moderators do not matter."""
    count = len(holds(gateway))
    gateway.write(f"Nadja <{NADJA}>", f"kultur@{fp.DOMAIN}", title, f"Der Text zu {title}.\n<script>alert(1)</script>", dmarc="pass")
    fp.wait_for(lambda: len(holds(gateway)) > count)
    return holds(gateway)[-1]


def deciding(story, gateway, sink, web, token, cookie):
    first, second, third = (hand_in(gateway, sink, web, title) for title in ("Proben & Räume", "Werbung", "Drittens"))
    body = web.get("/schreibtisch", Cookie=cookie)[2]
    story.equal(h1(body), "3 Texte warten", "what waits stands at the desk")
    story.equal(re.findall(r"/schreibtisch/h/(\d+)", body), [str(n) for n in (first, second, third)], "oldest first")
    path = f"/schreibtisch/h/{first}"
    story.equal(web.get(path)[1].get("location"), "/schreibtisch", "without session nobody sees a text")
    body = web.get(path, Cookie=cookie)[2]
    story.has(body, "Der Text zu Proben &amp; Räume.", "it is shown as it would appear")
    story.lacks(body, "keine Cookies", "the foot does not say there is no cookie")
    story.has(body, "In diesem Forum liest die Moderation", "and why it waits")
    story.lacks(body, "kanarienvogel", "without its author's address")
    story.lacks(body, "<script", "and stays text")
    settle(gateway)
    before = state(gateway)
    other = log_in(gateway, sink, web, token, SECOND)
    theirs = re.search(r'name="token" value="(\w+)"', web.get(path, Cookie=other)[2]).group(1)
    settle(gateway)
    before = state(gateway)
    for body in ("answer=release", f"answer=release&token={theirs}", f"answer=release&token={token}"):
        story.equal(web.post(path, body, Cookie=cookie)[0], 400, "without the form's own token nothing is decided")
    story.equal(web.post(path, f"answer=release&token={theirs}")[1].get("location"), "/schreibtisch", "nor without session")
    story.equal(press(web, path, cookie=cookie, answer="reject", reason=" ")[0], 422, "to refuse needs a reason")
    story.equal(press(web, path, cookie=cookie, answer="reject", reason="x" * (fp.limit("LIMIT_REASON_CHARS") + 1))[0], 422, "and no endless one")
    story.equal(state(gateway), before, "all that changed nothing")
    status, _, body = press(web, path, cookie=cookie, answer="release")
    story.equal((status, h1(body)), (200, "Der Text ist veröffentlicht"), "the button publishes")
    story.has(web.get("/forum/kultur")[2], "Proben &amp; Räume", "at once")
    kinds = [event["kind"] for event in gateway.rows("event", "list") if event.get("actor") == "page"]
    story.ok("hold.released" in kinds and "desk.opened" in kinds, "the journal says so", kinds)
    status, _, body = web.post(path, f"answer=reject&reason=nein&token={theirs}", Cookie=other)
    story.equal((status, h1(body)), (409, "Der Text ist veröffentlicht"), "the second moderator is told what the first decided")
    story.has(body, "Jemand anderes hat vor Ihnen entschieden", "in words")
    status, _, body = press(web, f"/schreibtisch/h/{second}", cookie=other, answer="reject", reason="Das ist Werbung & mehr.")
    story.equal((status, h1(body)), (200, "Der Text erscheint nicht"), "and refuses with a reason")
    story.has(body, "Das ist Werbung &amp; mehr.", "which stands there")
    story.ok(fp.wait_for(lambda: any("Das ist Werbung & mehr." in mail.text for mail in sink.to(NADJA))), "its author is told by mail")
    gateway.must("member", "remove", "kultur", MODERATOR)
    path = f"/schreibtisch/h/{third}"
    for place in ("/schreibtisch", path):
        status, _, body = web.get(place, Cookie=cookie)
        story.equal((status, h1(body)), (403, "Sie entscheiden hier nicht"), f"{place}: the role was taken away")
    token = re.search(r'name="token" value="(\w+)"', web.get("/schreibtisch", Cookie=cookie)[2]).group(1)
    story.equal(web.post(path, f"answer=release&token={token}", Cookie=cookie)[0], 403, "and nothing is decided any more")
    story.equal(holds(gateway), [third], "it waits on")
    _, headers, _ = press(web, "/schreibtisch", cookie=other, answer="out")
    story.has(headers["set-cookie"], "Max-Age=0", "logging out takes the cookie")
    story.equal(h1(web.get("/schreibtisch", Cookie=other)[2]), "Anmelden am Schreibtisch", "and a kept one is good for nothing")
    other = log_in(gateway, sink, web, shown_token(web), SECOND)
    change(gateway, "UPDATE notice SET sent_at = sent_at - ? WHERE purpose = 'desk-link'", fp.limit("LIMIT_DESK_SESSION_S"))
    story.equal(h1(web.get("/schreibtisch", Cookie=other)[2]), "Anmelden am Schreibtisch", "after twelve hours the session is over")


def main():
    with fp.Story("desk") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        token = shown(web)
        time.sleep(fp.limit("LIMIT_FORM_LEAST_S") + 0.1)
        refusing(story, gateway, web, token)
        asking(story, gateway, sink, web, token)
        limiting(story, web, token)
        token = shown_token(web)
        cookie = logging_in(story, gateway, sink, web, token)
        deciding(story, gateway, sink, web, token, cookie)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

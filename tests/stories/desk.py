#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The form for those without a mail program. What is written in it comes in like a mail: its author is asked, nothing is public
before they said yes, nobody learns whom we know, nothing typed is lost, robots get nowhere."""
import contextlib
import re
import time
import urllib.parse

import fp
from webpeer import URL, Web, h1, link_in, settle, state

NADJA = "nadja.kanarienvogel@example.net"
DONE = "Schauen Sie bitte in Ihr Postfach"
TEXT = "STOPP den Stau!\n\n> Ein Zitat, das mein Nachbar sagte\n\n-- \nUnd das steht unter einem Strich.\n<b>&amp;</b> {{operator}}"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL},
                         intake={"unproved_mails_per_hour": "6"})
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität & mehr", "--moderation", "none")
    gateway.must("forum", "add", "alt", "--title", "Ein altes Forum", "--moderation", "none")
    gateway.must("forum", "close", "alt")
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
        story.equal(gateway.stop(), 0, "it ends in order")


main()

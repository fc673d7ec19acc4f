#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desk as an enemy tries it: links that scanners open and that are used twice, cookies of other names and other people, forms from
elsewhere, addresses that lead away. Nothing is done; and no answer of the desk may be kept, framed, or tell another site where one was."""
import contextlib
import re
import urllib.parse

import fp
from deskpeer import TOKEN, ask_for_link, log_in, press, shown_token
from webpeer import URL, Web, h1, link_in, state

MONA, EMIL = "mona@example.net", "emil@example.net"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    for forum in ("verkehr", "energie"):
        gateway.must("forum", "add", forum, "--title", forum.title(), "--moderation", "pre")
        gateway.must("member", "add", forum, "nadja@example.net", "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "verkehr", MONA, "--role", "moderator", "--delivery", "none")
    gateway.must("member", "add", "energie", EMIL, "--role", "moderator", "--delivery", "none")
    gateway.start()
    gateway.write("nadja@example.net", f"verkehr@{fp.DOMAIN}", "Radwege", "Radwege fehlen.", dmarc="pass")
    fp.wait_for(lambda: [hold for hold in gateway.rows("hold", "list") if hold["kind"] == "review"])
    return gateway


def quiet(gateway):
    """What decides anything; a mail that leaves meanwhile changes its notice."""
    return {table: word for table, word in state(gateway).items() if table != "notice"}


def guarded(answer):
    """What every answer of the desk has, whatever it says."""
    _, headers, _ = answer
    return (headers.get("cache-control"), headers.get("referrer-policy"), headers.get("x-content-type-options"),
            "frame-ancestors 'none'" in headers.get("content-security-policy", ""), "form-action 'self'" in headers.get("content-security-policy", ""))


def links(story, gateway, sink, web, token):
    ask_for_link(web, token, MONA)
    path = link_in(fp.wait_for(lambda: next((m for m in sink.to(MONA) if link_in(m.text, "s")), None)).text, "s")
    before = quiet(gateway)
    for method in ("HEAD", "GET", "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND"):
        answer = web.ask(method, path)
        story.ok(answer[0] in (200, 405) and "set-cookie" not in answer[1], f"{method} of the link opens nothing", str(answer[:2]))
    story.equal(quiet(gateway), before, "and changes nothing")
    token = re.search(TOKEN, web.get(path)[2]).group(1)
    first, second = (web.post(path, f"token={token}") for _ in range(2))
    story.equal((first[0], second[0], "set-cookie" in second[1]), (303, 410, False), "pressed twice, the link opens once")
    story.equal(h1(second[2]), "Dieser Link gilt nicht mehr", "and the page says so")
    return first[1]["set-cookie"].split(";")[0]


def cookies(story, web, mine):
    name, value = mine.split("=", 1)
    number, proof = value.split("-", 1)
    for wrong in (f"desk={value}", f"__Secure-desk={value}", f"{name}={number}", f"{name}={int(number) + 1}-{proof}", f"{name}=-1-{proof}", f"{name}=0-{proof}",
                  f"{name}={number}-{proof}x", f"{name}= {number}-", f"{name}=" + "9" * 400, f"x{name}={value}", f"{name}=\"{value}\""):
        story.equal(h1(web.get("/schreibtisch", Cookie=wrong)[2]), "Anmelden am Schreibtisch", f"{wrong[:40]} is nobody")
    story.equal(h1(web.get("/schreibtisch", Cookie=f"{name}=1-planted; {mine}")[2]), "Ein Text wartet", "a cookie that somebody planted beside mine does not log me out")


def forms(story, gateway, web, mine, theirs):
    hold = re.search(r"/schreibtisch/h/\d+", web.get("/schreibtisch", Cookie=mine)[2]).group(0)
    own = re.search(TOKEN, web.get("/schreibtisch", Cookie=theirs)[2]).group(1)
    before = quiet(gateway)
    for path in (hold, "/en" + hold):
        story.equal(web.get(path, Cookie=theirs)[0], 403, "another forum's moderator reads nothing")
        for answer in ("release", "reject", "to", "ask", "remove"):
            body = urllib.parse.urlencode({"token": own, "answer": answer, "reason": "Weil.", "code": "links", "forum": "energie", "question": "Warum?", "text": "x"})
            story.equal(web.post(path, body, Cookie=theirs)[0], 403, f"nor does anything: {answer}")
    page = web.get(hold, Cookie=mine)[2]
    token = re.search(TOKEN, page).group(1)
    for kind in ("text/plain", "application/json", "multipart/form-data"):
        story.ok(web.post(hold, f"token={token}&answer=release", Cookie=mine, Content_Type=kind)[0] in (400, 413, 415), f"{kind} is no form of ours")
    for body in (f"token={own}&answer=release", "answer=release", f"token={token}x&answer=release", f"token={token[::-1]}&answer=release", f"token[]={token}&answer=release"):
        story.equal(web.post(hold, body, Cookie=mine)[0], 400, "a form from elsewhere decides nothing, whatever cookie goes with it")
    story.equal(web.get(f"{hold}?token={token}&answer=release", Cookie=mine)[0], 200, "a link with all the fields is only looked at")
    story.equal(quiet(gateway), before, "all that changed nothing")
    return hold


def guarding(story, web, mine, theirs, hold):
    answers = {f"{method} {path} {who}": web.ask(method, path, None if method != "POST" else "a=b", **({"Cookie": cookie} if cookie else {}))
               for method in ("GET", "POST") for who, cookie in (("nobody", None), ("mine", mine), ("theirs", theirs))
               for path in ("/schreibtisch", hold, "/schreibtisch/ideen", "/schreibtisch/idee/1", "/schreibtisch/idee/99", "/schreibtisch/newsletter", "/schreibtisch/newsletter/x/1",
                            "/schreibtisch/h/99", "/s/x", "/en/schreibtisch")}
    wrong = {name: guarded(answer) for name, answer in answers.items() if guarded(answer) != ("no-store", "no-referrer", "nosniff", True, True)}
    story.equal(wrong, {}, f"{len(answers)} answers: none is kept, framed, or told to another site")
    away = [(path, answer[1].get("location")) for path in ("//evil.example/", "//evil.example/schreibtisch", "/en//evil.example", "/schreibtisch//evil.example", "/schreibtisch/%2F%2Fevil.example",
                                                           "/schreibtisch/ideen?nummer=//evil.example", "/\\evil.example", "/schreibtisch?next=https://evil.example", "/%0d%0aLocation:%20https://evil.example")
            for answer in [web.get(path, Cookie=mine)] if re.match(r"^(//|\\|https?:)", answer[1].get("location", ""))]
    story.equal(away, [], "no address leads away")
    public = [path for path in ("/", "/mitmachen", "/suche") if web.get(path, Cookie=mine)[2] != web.get(path)[2]]
    story.equal(public, [], "public pages are the same for who is logged in, so a copy of them tells nothing")
    story.lacks("".join(answer[2] for answer in answers.values()), "nadja@example.net", "no author's address stands in any of them")


def main():
    with fp.Story("desk_enemy") as story, contextlib.closing(fp.Sink()) as sink:
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        web = Web(port)
        fp.wait_for(web.is_there)
        token = shown_token(web)
        mine = links(story, gateway, sink, web, token)
        theirs = log_in(gateway, sink, web, token, EMIL)
        cookies(story, web, mine)
        hold = forms(story, gateway, web, mine, theirs)
        guarding(story, web, mine, theirs, hold)
        story.equal(press(web, "/schreibtisch", cookie=mine, answer="out")[0], 303, "logging out")
        story.equal(h1(web.get(hold, Cookie=mine)[2]) if web.get(hold, Cookie=mine)[0] == 200 else "", "", "a kept cookie opens nothing any more")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

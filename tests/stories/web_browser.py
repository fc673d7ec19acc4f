#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages as people meet them: behind the real nginx with the configuration of doc/web.md, in a headless Chromium, by
keyboard, narrow and wide, light and dark; axe-core finds nothing. STORY_ALL=1 looks at every page in every way;
STORY_PICTURES=FOLDER keeps pictures."""
import os
import re
import shutil
import socket
import subprocess
import time

import browser
from fp import DOMAIN, TOP, Gateway, Sink, Story, diag, free_port, skip, wait_for

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
ALL = bool(os.environ.get("STORY_ALL"))
WAYS = [("phone", False), ("phone", True), ("desktop", False), ("desktop", True)]


def documented(port, sock):
    """The nginx block of doc/web.md, as it stands there, but for what differs here: no certificate, another port and socket, and
    more requests from one address."""
    with open(os.path.join(TOP, "doc/web.md"), encoding="utf-8") as file:
        text = re.search(r"```nginx\n(.*?)```", file.read(), re.S).group(1)
    text = text[:text.rindex("server {")]
    text = re.sub(r"(?m)^\s*(listen \[::\]|ssl_).*\n", "", text).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    return text.replace("/run/forumpost/web.sock", sock).replace("rate=10r/s", "rate=1000r/s")


class Nginx:
    def __init__(self, story, gateway):
        self.port, self.folder = free_port(), gateway.path("nginx")
        os.mkdir(self.folder)
        temporary = "".join(f"    {kind}_temp_path {self.folder}/{kind};\n" for kind in
                            ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # Started by root it would answer as another user, who may not enter the story's folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        with open(os.path.join(self.folder, "nginx.conf"), "w", encoding="utf-8") as file:
            file.write(f"{user}daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/log;\nevents {{}}\nhttp {{\n{temporary}"
                       f"{documented(self.port, gateway.path('web.sock'))}}}\n")
        self.process = subprocess.Popen([NGINX, "-e", os.path.join(self.folder, "log"), "-p", self.folder, "-c", "nginx.conf"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        story.at_end(self.close)
        if not wait_for(lambda: self.answers() or self.process.poll() is not None, 10) or self.process.poll() is not None:
            with open(os.path.join(self.folder, "log"), encoding="utf-8") as file:
                raise RuntimeError("nginx: " + file.read())

    def answers(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self):
        self.process.terminate()
        self.process.wait(10)


def look_at(story, chromium, url, name, counts, language="de", ways=(WAYS[0], WAYS[3])):
    """One page in every way (or two of them): axe, sideways scrolling, what it asked for, what the browser complains about."""
    found, wide, foreign, complaints = [], [], [], []
    for size, dark in WAYS if ALL else ways:
        page = chromium.open(url, width=browser.SIZES[size], dark=dark, language=language)
        foreign += [one for one in page.requests() if not one.startswith(url.split("/", 3)[0] + "//" + url.split("/", 3)[2] + "/")]
        complaints += [one for one in page.complaints() if "status of 4" not in one]
        found += page.axe()
        wide += [size] if page.is_too_wide() else []
        if os.environ.get("STORY_PICTURES"):
            page.picture(os.path.join(os.environ["STORY_PICTURES"], f"{name}-{size}-{'dark' if dark else 'light'}.png"))
        counts["runs"] += 1
        page.close()
    page = chromium.open(url, width=320, language=language)
    wide += [320] if page.is_too_wide() else []
    page.close()
    story.equal((found, wide, foreign, complaints), ([], [], [], []), f"{name}: axe, width, requests, policy")


def walk(story, page, what):
    stops = page.stops()
    story.ok(stops and stops[0][1] in ("Zum Inhalt", "Skip to content"), f"{what}: the skip link comes first", stops)
    story.ok(all(outline and seen for _, _, outline, seen in stops), f"{what}: every stop of Tab has an outline and is in view", stops)


def link_in(text, url, kind):
    return re.search(rf"{re.escape(url)}((?:/en)?/{kind}/[\w-]+)", text).group(1)


PUBLIC = (("start", "/"), ("forum", "/forum/ehrenamt"), ("idea", "/idee/1"), ("search", "/suche?q=Museum"), ("take-part", "/mitmachen"),
          ("figures", "/auswertung"))


def dumped(url, head):
    """What w3m makes of the page, from its heading HEAD to the foot."""
    text = subprocess.run(["w3m", "-dump", "-o", "accept_language=de", "-cols", "72", "-O", "UTF-8", url], capture_output=True, timeout=30, check=True).stdout.decode()
    text = re.sub(r"\d+\.\s[A-Z][a-zä]+\s\d{4}(,\s\d+:\d\d\sUhr)?", "DATE", text)
    lines = [line.rstrip() for line in text.splitlines()]
    start = next(i for i, line in enumerate(lines) if line.startswith(head))
    end = next(i for i, line in enumerate(lines) if line.startswith("Ruhr-Konferenz (Demo) ·"))
    return "\n".join(lines[start:end]).strip() + "\n"


def compare_dump(story, name, url, head):
    """w3m's view of the page with what is kept in tests/pages, word for word (where lines end depends on the day); STORY_DUMPS=1
    writes it anew."""
    path = os.path.join(TOP, "tests/pages", f"{name}.w3m")
    got = dumped(url, head)
    if os.environ.get("STORY_DUMPS"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(got)
    with open(path, encoding="utf-8") as file:
        story.equal(got.split(), file.read().split(), f"{name}: complete in w3m")


def slow_clients(story, nginx, gateway, count):
    """COUNT clients that begin a request and say nothing more, straight at the process: it stays small, and others are served."""
    peers = []
    for _ in range(count):
        peer = socket.socket(socket.AF_UNIX)
        peer.setblocking(False)
        try:
            peer.connect(gateway.path("web.sock"))
            peer.send(b"GET / HTTP/1.1\r\nX: ")
            peers.append(peer)
        except BlockingIOError:
            peer.close()
    begun = time.monotonic()
    answer = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"http://127.0.0.1:{nginx.port}/healthz"],
                            capture_output=True, timeout=60, text=True, check=False).stdout
    story.ok(answer in ("200", "502", "504"), f"{len(peers)} slow clients: a request through nginx gets an answer", answer)
    diag(f"{len(peers)} slow clients, answer {answer} after {time.monotonic() - begun:.1f} s")
    served = wait_for(lambda: subprocess.run(["curl", "-s", "-m", "3", f"http://127.0.0.1:{nginx.port}/healthz"], capture_output=True,
                                             check=False).stdout == b"ok\n", 30)
    story.ok(served, "and 200 after a moment, while the slow ones are still there")
    for peer in peers:
        peer.close()


def main():
    why = browser.why_not() or browser.axe_why_not() or (None if NGINX else "nginx is not installed")
    if why:
        skip(why)
    with Story("web_browser") as story:
        sink = Sink()
        story.at_end(sink.close)
        gateway = Gateway(story, sink.port, web={"listen": "unix:web.sock", "socket_mode": "0666", "url": f"https://{DOMAIN}"})
        url = f"https://{DOMAIN}"
        gateway.must("init")
        gateway.must("forum", "add", "ehrenamt", "--title", "Ehrenamt und Engagement")
        gateway.must("forum", "add", "gesundheit", "--title", "Potentiale der Metropolregion für Gesundheit und Pflege nutzen")
        for forum in ("ehrenamt", "gesundheit"):
            gateway.must("member", "add", forum, "zofia@example.net", "--delivery", "each" if forum == "ehrenamt" else "weekly")
        gateway.start()
        nginx = Nginx(story, gateway)
        here = f"http://127.0.0.1:{nginx.port}"
        gateway.write("nadja@example.net", f"ehrenamt@{DOMAIN}", "Ein Ausweis für alle Freiwilligen",
                      "Guten Tag,\nich helfe in zwei Vereinen in zwei Städten. In der einen Stadt bekomme ich freien Eintritt im Museum, "
                      "in der anderen nicht.\n\n> Ein Zitat,\n> zwei Zeilen\n\n- Museum\n- Bad\n\n"
                      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\nViele Grüße")
        ask = here + link_in(sink.wait("nadja@example.net").text, url, "c")
        counts = {"runs": 0}
        with browser.Browser() as chromium:
            look_at(story, chromium, ask, "confirm", counts)
            look_at(story, chromium, here + "/en" + ask[len(here):], "confirm-en", counts, "en")
            if shutil.which("w3m"):
                compare_dump(story, "confirm", ask, "Ist diese Idee")
            page = chromium.open(ask, width=360)
            walk(story, page, "confirm")
            page.run("document.querySelector('input[value=other]').checked = true")
            page.fill("#public-name", "Ministerium")
            page.press("form button")
            story.equal((page.text("h1"), page.axe()), ("Ist diese Idee von Ihnen?", []), "a refused name: the page again, axe finds nothing")
            story.has(page.run("document.title"), "Fehler: ", "and its title says so first")
            page.run("document.querySelector('input[value=other]').checked = true")
            page.fill("#public-name", "Nadja O.")
            page.press("form button:not(.quiet)")
            story.equal((page.text("h1"), page.axe()), ("Danke. Ihre Idee ist bestätigt.", []), "pressed by keyboard, it is published")
            look_at(story, chromium, ask, "confirm-done", counts)
            look_at(story, chromium, here + "/suche?q=Museum&forum=ehrenamt", "search", counts)
            look_at(story, chromium, here + "/daten/", "data", counts, ways=(WAYS[1],))
            if shutil.which("w3m"):
                for name, path in PUBLIC:
                    compare_dump(story, name, here + path, chromium.open(here + path).text("h1")[:30])
            post = sink.wait("zofia@example.net")
            leave = here + link_in("".join(post.message["List-Unsubscribe"].split()), url, "u")
            look_at(story, chromium, leave, "unsubscribe", counts)
            gateway.write("zofia@example.net", f"hilfe@{DOMAIN}", "HILFE", "HILFE", dmarc="pass")
            preferences = here + link_in(sink.wait("zofia@example.net", 2).text, url, "p")
            look_at(story, chromium, preferences, "preferences", counts)
            if shutil.which("w3m"):
                compare_dump(story, "preferences", preferences, "Ihre Einstellungen")
            page = chromium.open(preferences, width=360, dark=True)
            walk(story, page, "preferences")
            page.run("document.querySelector('#hour').value = '18'")
            page.press("form button")
            story.equal((page.text("#done"), page.run("document.querySelector('#hour').value"), page.axe()), ("Gespeichert", "18", []),
                        "preferences are saved")
            page = chromium.open(leave, width=360)
            page.press("form button")
            story.equal((page.text("h1"), page.axe()), ("Abbestellt", []), "unsubscribed")
            gateway.respond(sink.wait("nadja@example.net", 2).message, "nadja@example.net", "LÖSCHEN")
            withdraw = here + link_in(sink.wait("nadja@example.net", 3).text, url, "c")
            look_at(story, chromium, withdraw, "withdraw", counts, ways=(WAYS[1],))
            page = chromium.open(withdraw, width=360)
            page.press("form button")
            story.equal((page.text("h1"), page.axe()), ("Ihr Text ist zurückgezogen", []), "taken back by a button")
            undo = here + link_in(sink.wait("nadja@example.net", 4).text, url, "c")
            look_at(story, chromium, undo, "restore", counts, ways=(WAYS[1],))
            for path, name in (("/nichts", "not-found"), ("/mitmachen/schreiben", "form"), ("/schreibtisch", "desk-login"), (leave[len(here):-1] + "0", "link-false")):
                look_at(story, chromium, here + path, name, counts)
            page = chromium.open(here + "/nichts", width=1280)
            page.call("Emulation.setPageScaleFactor", pageScaleFactor=1)
            page.run("document.documentElement.style.fontSize = '200%'")
            story.ok(not page.is_too_wide(), "text at 200 % does not scroll sideways")
        diag(f"axe: {counts['runs']} pages looked at")
        answer = subprocess.run(["curl", "-si", "-H", "Host: evil.example", ask], capture_output=True, timeout=30, check=True).stdout.decode()
        story.lacks(answer, "evil", "a forged Host is repeated nowhere")
        story.has(answer, "Content-Security-Policy: default-src 'none'", "nginx passes our headers on")
        slow_clients(story, nginx, gateway, int(os.environ.get("STORY_SLOW", "1200")))


main()

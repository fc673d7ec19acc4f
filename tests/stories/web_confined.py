#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The web process gives up what it does not need: a filter of system calls, no new privileges, and by Landlock all files but its own.
Every path of routes.def is asked of it, with and without sense, it is reloaded, and the same process still answers."""
import os
import random
import re
import signal
import subprocess
import time

from fp import DOMAIN, Gateway, Sink, Story, diag, free_port, wait_for
from webpeer import URL, Web, link_in

SOURCES = os.environ.get("top_srcdir", "..")


def routes():
    with open(os.path.join(SOURCES, "src", "page", "routes.def"), encoding="utf-8") as file:
        return re.findall(r'^PAGE\(\w+, "([^"]+)"', file.read(), re.M)


def pid_of_web(gateway):
    done = subprocess.run(["pgrep", "-f", f"{gateway.config} web"], capture_output=True, text=True, check=False)
    return int(done.stdout.split()[0])


def status_of(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def threads_of(pid):
    return [status_of(f"{pid}/task/{task}") for task in os.listdir(f"/proc/{pid}/task")]


def main():
    with Story("web_confined") as story:
        sink = Sink()
        port = free_port()
        gateway = Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
        gateway.must("init")
        gateway.must("forum", "add", "sport", "--title", "Sport", "--moderation", "none")
        gateway.must("newsletter", "add", "neues", "--title", "Neues")
        gateway.start()
        web = Web(port)
        wait_for(web.is_there)
        pid = pid_of_web(gateway)
        story.equal({(t["Seccomp"], t["NoNewPrivs"]) for t in threads_of(pid)}, {("2", "1")},
                    "each of its threads has a filter of system calls and gets no new privileges")
        gateway.write("Mia <mia@example.net>", f"sport@{DOMAIN}", "Ein Platz", "Ein Platz für alle.")
        question = sink.wait("mia@example.net")
        path = link_in(question.text, "c")
        story.equal(web.press(path)[0], 200, "a yes on the page is written by a process without further rights")
        wait_for(lambda: gateway.rows("idea", "list"))
        seen = {}
        rng = random.Random(7)
        for route in routes():
            for filled in (route, route.replace("*", "sport"), route.replace("*", "1"), route.replace("*", "neues"),
                           route.replace("*", "%ff" * 20), "/en" + route.replace("*", "1")):
                for method, body in (("GET", None), ("HEAD", None), ("POST", ""), ("POST", "token=x&" + "a=b&" * 150),
                                     ("POST", bytes(rng.randrange(256) for _ in range(3000)))):
                    status = web.ask(method, filled, body)[0]
                    seen[status] = seen.get(status, 0) + 1
        diag(f"{len(routes())} routes, answers by status: {dict(sorted(seen.items()))}")
        story.ok(len(routes()) > 30 and 200 in seen and 500 not in seen, "every route answers, none with 500", seen)
        big = "x" * 200000
        story.ok(web.post("/mitmachen", f"title=Lang&text={big}")[0] in (200, 400, 422, 429), "a form as large as it may be")
        os.kill(pid, signal.SIGHUP)
        time.sleep(0.5)
        story.equal(web.get("/style.css")[0], 200, "reloaded by SIGHUP, it still reads its texts")
        with open(gateway.log, encoding="utf-8") as file:
            log = file.read()
        story.ok("reload.failed" not in log and "page.failed" not in log, "and nothing failed", log[-2000:])
        story.equal(pid_of_web(gateway), pid, "it is the same process all the time")
        diag("Landlock: " + ("no" if "web.no-landlock" in log else "yes"))


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Sitting at the desk, for the stories about it: a link by mail, the button, the cookie, the forms."""
import contextlib
import re
import sqlite3
import time
import urllib.parse

import fp
from webpeer import URL, link_in

TOKEN = r'name="token" value="([\w-]+)"'


def shown_token(web):
    """The token of the form for the address, old enough to be sent."""
    token = re.search(TOKEN, web.get("/schreibtisch")[2]).group(1)
    time.sleep(fp.limit("LIMIT_FORM_LEAST_S") + 0.1)
    return token


def ask_for_link(web, token, address):
    return web.post("/schreibtisch", urllib.parse.urlencode({"token": token, "website": "", "address": address}))


def press(web, path, **fields):
    """What a browser sends: the form's token, what else is hidden in it, and FIELDS."""
    cookie = {"Cookie": fields.pop("cookie")} if "cookie" in fields else {}
    page = web.get(path, **cookie)[2]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return web.post(path, urllib.parse.urlencode({**hidden, **fields}), **cookie)


def log_in(gateway, sink, web, token, address):
    """The cookie of whoever reads ADDRESS."""
    seen = len(sink.to(address))
    ask_for_link(web, token, address)
    links = lambda: [path for path in (link_in(mail.text, "s") for mail in sink.to(address)[seen:]) if path]
    fp.wait_for(links)
    fp.wait_for(lambda: not gateway.rows("queue", "list", "--state", "claimed"))
    return press(web, links()[-1])[1]["set-cookie"].split(";")[0]


# ---- Two forums with their staff
PEOPLE = {"mona": "moderator", "lea": "lead", "olaf": "office", "rudi": "reader"}
EVIL = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</textarea><svg onload=alert(1)>", "{{operator}}{{{token}}}",
        "javascript:alert(1)", "' onfocus='alert(1)"]


def of(name):
    return f"{name}@example.net"


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    gateway.must("init")
    for forum, title in (("verkehr", "Verkehr & Wege"), ("energie", "Energie")):
        gateway.must("forum", "add", forum, "--title", title, "--moderation", "none")
    for name, role in PEOPLE.items():
        gateway.must("member", "add", "verkehr", of(name), "--role", role, "--delivery", "none")
    gateway.must("member", "add", "energie", of("emil"), "--role", "lead", "--delivery", "none")
    gateway.must("member", "add", "verkehr", of("nadja"), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "energie", of("nadja"), "--role", "member", "--delivery", "none")
    gateway.must("member", "add", "verkehr", of("lea"), "--role", "lead", "--delivery", "each")
    gateway.start()
    return gateway


def write(gateway, forum, title, text):
    count = len(gateway.rows("idea", "list"))
    gateway.write(of("nadja"), f"{forum}@{fp.DOMAIN}", title, text, dmarc="pass")
    fp.wait_for(lambda: len(gateway.rows("idea", "list")) > count)
    return count + 1


def read(gateway, sql, *values):
    with contextlib.closing(sqlite3.connect(f"file:{gateway.path('forumpost.db')}?mode=ro", uri=True)) as db:
        return db.execute(sql, values).fetchall()

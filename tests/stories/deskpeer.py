# SPDX-License-Identifier: GPL-3.0-or-later
"""Sitting at the desk, for the stories about it: a link by mail, the button, the cookie, the forms."""
import re
import time
import urllib.parse

import fp
from webpeer import link_in

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

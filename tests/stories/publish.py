#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The public pages as files: the same bytes as the process answers, on every page that a crawler finds and after every kind of change;
a run that is killed leaves whole files; what was removed leaves a tombstone; nginx, Caddy and Apache hand them out as doc/web.md says."""
import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import fp
from webpeer import URL, Web

ERIKA = "Erika Beispiel <erika.kanarienvogel@example.net>"
MAX = "Max Muster <max.kanarienvogel@example.org>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
# The process alone answers these: forms, searches, what needs a link.
ASKED = re.compile(r"^(/de|/en)?/(suche|schreibtisch|mitmachen/schreiben|abo/)|[?]")


def raw(port, path, **headers):
    """(status, bytes) as they are."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as peer:
        peer.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = peer.getresponse()
        return answer.status, answer.read(), dict(answer.getheaders())


# These hold everything; they follow some seconds later, and the process keeps figures for some.
LARGE = re.compile(r"^(/de|/en)?/(auswertung$|daten/|sitemap)")


def file_of(path):
    last = path.rsplit("/", 1)[1]
    has_own = re.search(r"\.(xml|csv|json|css|txt)$|/idee/\d+/mbox$", path)
    return path[1:] + ("index.html" if not last else "" if has_own else ".html")


def read(folder, name):
    with contextlib.suppress(FileNotFoundError), open(os.path.join(folder, name), "rb") as file:
        return file.read()
    return None


def crawl(port, more):
    """{path: (status, body, gzip or None)} of all pages that links lead to, and MORE."""
    found, todo = {}, ["/", "/de/", "/en/", "/atom.xml", "/sitemap.xml", "/robots.txt", "/style.css", *more]
    while todo:
        path = todo.pop()
        if path in found or ASKED.search(path):
            continue
        status, body, _ = raw(port, path)
        _, small, headers = raw(port, path, Accept_Encoding="gzip")
        found[path] = status, body, small if headers.get("Content-Encoding") == "gzip" else None
        todo += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', body.decode("utf-8", "replace"))]
    return found


def differences(folder, port, more=(), with_large=False):
    """What the folder has otherwise than the process."""
    wrong, names = [], set()
    for path, (status, body, small) in crawl(port, more).items():
        if LARGE.search(path) and not with_large:
            continue
        name = file_of(path)
        gone = name.removesuffix("index.html") + "index.gone.html" if name.endswith("/index.html") else path[1:] + ".gone.html"
        wanted = {200: name, 301: name, 410: gone}.get(status)
        for one in {name, gone} - {wanted}:
            if read(folder, one) is not None or read(folder, one + ".gz") is not None:
                wrong.append(f"{path} is {status}, and {one} is there")
        if wanted:
            names |= {wanted, wanted + ".gz"}
            if read(folder, wanted) != body:
                wrong.append(f"{path}: {wanted} is not what the process answers")
            if read(folder, wanted + ".gz") != small:
                wrong.append(f"{path}: {wanted}.gz is not what the process answers")
    return wrong


def stays_equal(story, folder, port, what, more=(), with_large=False):
    begun = time.monotonic()
    fp.wait_for(lambda: not differences(folder, port, more, with_large))
    fp.diag(f"{what}: current after {time.monotonic() - begun:.1f} s, looking at it included")
    story.equal(differences(folder, port, more, with_large), [], f"{what}: every file is what the process answers")


def files(folder):
    return {os.path.relpath(os.path.join(here, name), folder): os.stat(os.path.join(here, name)).st_mtime_ns
            for here, _, names in os.walk(folder) for name in names if not os.path.relpath(here, folder).startswith(".forumpost")}


def set_up(story, sink, port):
    gateway = fp.Gateway(story, relay_port=sink.port, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
    with open(gateway.config, "a", encoding="utf-8") as file:
        file.write(f"[page]\npublish = {gateway.path('pages')}\n")
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität & mehr", "--moderation", "none")
    gateway.must("forum", "add", "energie", "--title", "Energie", "--moderation", "none")
    for name in ("mbox", "verkehr.nord"):  # they look like files, and have a feed below them
        gateway.must("forum", "add", name, "--title", f"Forum {name}", "--moderation", "none")
    for person in (ERIKA, MAX):
        gateway.must("member", "add", "mobilitaet", person[person.index("<") + 1:-1], "--role", "member", "--delivery", "none")
    gateway.start()
    return gateway


def write(story, gateway, person, to, subject, text):
    story.equal(gateway.write(person, to, subject, text, dmarc="pass")[0], 250, f"{subject}: taken")


def post_id(gateway, number, k):
    return str([one for one in gateway.rows("idea", "show", str(number))[0]["posts"] if one["number"] == k][0]["post"])


def is_current(story, gateway, port):
    """After each kind of change."""
    folder = gateway.path("pages")
    stays_equal(story, folder, port, "before anything was written")
    for n in range(1, 5):
        write(story, gateway, ERIKA if n % 2 else MAX, FORUM, f"Idee Nummer {n}", f"Das ist Idee {n} & noch etwas. " * 40)
    begun = time.monotonic()
    fp.wait_for(lambda: read(folder, "idee/4.html"))
    fp.diag(f"the fourth idea is a file {time.monotonic() - begun:.1f} s after its mail")
    stays_equal(story, folder, port, "ideas")
    write(story, gateway, MAX, f"idee-1@{fp.DOMAIN}", "Re: Idee Nummer 1", "Volle Zustimmung!")
    fp.wait_for(lambda: b"Volle Zustimmung" in (read(folder, "idee/1.html") or b""))
    stays_equal(story, folder, port, "an answer")
    gateway.must("idea", "state", "1", "in_deliberation", "--reason", "Wird geprüft.")
    gateway.must("idea", "support", "2", ERIKA[ERIKA.index("<") + 1:-1])
    stays_equal(story, folder, port, "a state and a support")
    gateway.must("idea", "merge", "4", "2", "--reason", "Dasselbe.")
    stays_equal(story, folder, port, "a merge")
    gateway.must("proposal", "add", "mobilitaet", "--title", "Vorschlag & mehr", "--from", "1,2", "--public")
    stays_equal(story, folder, port, "a proposal", ["/idee/5"])
    gateway.must("person", "set", MAX[MAX.index("<") + 1:-1], "--name", "Max M.")
    stays_equal(story, folder, port, "somebody's name")
    story.has(read(folder, "idee/1.html").decode(), "Max M.", "it stands at what they wrote")
    gateway.must("forum", "set", "mobilitaet", "--title", "Verkehr")
    stays_equal(story, folder, port, "another title of a forum")
    gateway.must("post", "remove", post_id(gateway, 3, 1), "--reason", "Kein Beitrag.")
    stays_equal(story, folder, port, "an idea that was removed", ["/idee/3", "/en/idee/3"])
    story.equal((read(folder, "idee/3.html"), read(folder, "idee/3.html.gz")), (None, None), "its file is gone")
    story.has((read(folder, "idee/3.gone.html") or b"").decode(), "wurde entfernt", "and says so under another name")
    gateway.must("idea", "move", "1", "energie", "--reason", "Passt besser.")
    stays_equal(story, folder, port, "a move")
    closed = [name for name in (".", "idee", "en", *files(folder)) if os.stat(os.path.join(folder, name)).st_mode & 0o004 == 0]
    story.equal(closed, [], "everybody may read them")
    story.lacks("".join(str(read(folder, name)) for name in files(folder)), "kanarienvogel", "no address in any file")


def grow(gateway, number):
    """A discussion of two pages, as if a hundred had written."""
    with contextlib.closing(sqlite3.connect(gateway.path("forumpost.db"), timeout=30)) as db, db:
        names = [row[1] for row in db.execute("PRAGMA table_info(post)")]
        row = dict(zip(names, db.execute("SELECT * FROM post WHERE idea_id = ? AND number = 1", (number,)).fetchone()))
        last = fp.limit("LIMIT_PAGE_POSTS") + 1
        new = {**row, "id": None, "number": last, "kind": "reply", "message_id": None,
               "published": db.execute("SELECT max(published) + 1 FROM post").fetchone()[0]}
        db.execute(f"INSERT INTO post ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [new[name] for name in names])
        db.execute("UPDATE idea SET last_number = ? WHERE id = ?", (last, number))


def is_by_hand(story, gateway, port):
    folder = gateway.path("hand")
    grow(gateway, 2)
    gateway.must("forum", "set", "mobilitaet", "--title", "Verkehr und Wege")
    stays_equal(story, gateway.path("pages"), port, "a discussion of two pages")
    first = gateway.rows("publish", folder)[0]
    story.ok(first["is_full"] and first["written"] > 50, "into a new folder: everything", first)
    fp.wait_for(lambda: not differences(folder, port, with_large=True))
    story.equal(differences(folder, port, with_large=True), [], "the same files")
    story.ok(read(folder, "idee/2/seite/2.html") and read(folder, "en/idee/2/seite/2.html"), "pages of a discussion, too")
    times = files(folder)
    again = gateway.rows("publish", folder)[0]
    story.equal((again["is_full"], again["pages"], again["written"]), (False, 0, 0), "nothing happened since: nothing is looked at")
    again = gateway.rows("publish", folder, "--full")[0]
    story.ok(again["is_full"] and again["pages"] == first["pages"] and again["written"] == again["removed"] == 0, "in full: nothing is written", again)
    story.equal(files(folder), times, "and no file is touched")
    os.remove(os.path.join(folder, "idee/1.html"))
    with open(os.path.join(folder, "style.css"), "ab") as file:
        file.write(b"x")
    again = gateway.rows("publish", folder, "--full")[0]
    story.equal((again["written"], differences(folder, port)), (2, []), "in full mends what somebody else did")
    os.mkdir(gateway.path("theirs"))
    with open(gateway.path("theirs/mine"), "w", encoding="utf-8"):
        pass
    done = gateway.run("publish", gateway.path("theirs"))
    story.ok(done.returncode == 77 and "not empty" in done.stderr, "a folder of somebody else's is refused", done.stderr)
    done = gateway.run("publish", gateway.path("pages"))
    story.ok(done.returncode == 78 and "another" in done.stderr, "and one that serve works in", done.stderr)


def is_swept(story, gateway, port):
    """The initiative gives up a language: its pages go, or what is taken back later would stand in them for ever."""
    folder, config = gateway.path("hand"), gateway.path("one.conf")
    with open(gateway.config, encoding="utf-8") as old, open(config, "w", encoding="utf-8") as new:
        text = old.read()
        new.write(text.replace("languages = de, en", "languages = de"))
    os.mkdir(os.path.join(folder, "bilder"))
    foreign = ["favicon.ico", "bilder/atom.xml", "bilder/1.html"]
    for name in foreign:
        with open(os.path.join(folder, name), "w", encoding="utf-8"):
            pass
    os.symlink(gateway.path("pages"), os.path.join(folder, "fr"))
    before = files(gateway.path("pages"))
    done = subprocess.run([fp.FORUMPOST, "-c", config, "publish", folder], capture_output=True, check=False)
    left = [name for name in files(folder) if name.startswith(("en/", "de/"))]
    story.equal((done.returncode, [name for name in left if not name.endswith(("404.html", "404.html.gz"))]), (0, []), "no page of a language that was given up stays")
    story.ok(read(folder, "idee/1.html") and read(folder, "forum/mbox.html"), "what is asked for does")
    story.equal([name for name in foreign if read(folder, name) is None], [], "and what is not ours")
    story.equal(set(before) - set(files(gateway.path("pages"))), set(), "nothing is removed behind a link")
    gateway.must("publish", folder)
    os.remove(os.path.join(folder, "fr"))
    for name in foreign:
        os.remove(os.path.join(folder, name))
    os.rmdir(os.path.join(folder, "bilder"))
    story.equal(differences(folder, port), [], "taken up again it is all there")


def is_kept_apart(story, gateway):
    """A forum that an older program let be called so: its page would be the tombstone of another's, so it is no file."""
    folder = gateway.path("apart")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("UPDATE forum SET name = 'mobilitaet.gone' WHERE name = 'mbox'")
    gateway.must("publish", folder)
    story.ok(read(folder, "forum/mobilitaet.html") and read(folder, "forum/mobilitaet.gone.html") is None, "no page stands in the file of another one")
    with sqlite3.connect(gateway.path("forumpost.db"), timeout=30) as db:
        db.execute("UPDATE forum SET name = 'mbox' WHERE name = 'mobilitaet.gone'")


def is_killed(story, gateway, port):
    """In the middle of a run: what is there is whole, and the next one does the rest."""
    folder, seen = gateway.path("killed"), []
    for k in range(6):
        shutil.rmtree(folder, ignore_errors=True)
        process = subprocess.Popen([fp.FORUMPOST, "-c", gateway.config, "publish", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        fp.wait_for(lambda: process.poll() is not None or len(files(folder)) > 12 * k, 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        here = files(folder)
        seen.append(len(here))
        wrong = [name for name in here if read(folder, name) != read(gateway.path("hand"), name)]
        story.equal(wrong, [], f"killed with {len(here)} files: each is whole")
    done = gateway.rows("publish", folder)[0]
    fp.diag(f"the run after the last kill looked at {done['pages']} pages")
    story.equal((sorted(files(folder)), differences(folder, port)), (sorted(files(gateway.path("hand"))), []),
                "the next run does the rest")
    story.equal([name for name in os.listdir(os.path.join(folder, ".forumpost")) if name.startswith("part-")], [], "and sweeps what was begun")
    fp.diag(f"killed with {seen} files")


def block(language, with_words, gateway, web_port):
    """The block of doc/web.md in LANGUAGE that hands out files, but for certificate and places."""
    with open(os.path.join(fp.TOP, "doc/web.md"), encoding="utf-8") as file:
        text = [found for found in re.findall(rf"```{language}\n(.*?)```", file.read(), re.S) if with_words in found][0]
    return (text.replace("unix//run/forumpost/web.sock", f"127.0.0.1:{web_port}").replace("unix:/run/forumpost/web.sock|http://forumpost/", f"http://127.0.0.1:{web_port}/")
            .replace("unix:/run/forumpost/web.sock", f"127.0.0.1:{web_port}").replace("/var/cache/forumpost/pages", gateway.path("pages")))


def write_nginx(gateway, folder, port, web_port):
    text = block("nginx", "gzip_static", gateway, web_port)
    text = re.sub(r"(?m)^\s*(listen \[::\]|ssl_).*\n", "", text).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/log;\nevents {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{temporary}{text}}}\n",
            ["-e", os.path.join(folder, "log"), "-p", folder, "-c", "configuration"])


def write_caddy(gateway, folder, port, web_port):
    text = block("caddy", "file_server", gateway, web_port).replace("beteiligung.example.org {", f":{port} {{\n\tbind 127.0.0.1")
    return f"{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {folder}\n}}\n{text}", ["run", "--adapter", "caddyfile", "--config", os.path.join(folder, "configuration")]


def write_apache(gateway, folder, port, web_port):
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"
                      for name in ("mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "proxy", "proxy_http"))
    user = ""
    if os.geteuid() == 0:  # it does not work as root
        os.chmod(gateway.path("."), 0o711)
        user = "User www-data\nGroup www-data\n"
    return (f"{modules}{user}ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/log\nTypesConfig /etc/mime.types\n"
            f"{block('apache', 'DocumentRoot', gateway, web_port)}", ["-D", "FOREGROUND", "-f", os.path.join(folder, "configuration")])


SERVERS = {"nginx": write_nginx, "caddy": write_caddy, "apache2": write_apache}


def behind(story, gateway, web_port, name):
    """The real NAME in front, as doc/web.md says, where it is installed."""
    program = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not program:
        fp.diag(f"{name} is not installed: not tried")
        return
    folder, port = gateway.path(name), fp.free_port()
    os.mkdir(folder)
    text, arguments = SERVERS[name](gateway, folder, port, web_port)
    with open(os.path.join(folder, "configuration"), "w", encoding="utf-8") as file:
        file.write(text)
    process = subprocess.Popen([program, *arguments], cwd=folder, env={**os.environ, "HOME": folder}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    story.at_end(lambda: (process.terminate(), process.wait(10)))
    with socket.socket() as probe:
        fp.wait_for(lambda: probe.connect_ex(("127.0.0.1", port)) == 0 or process.poll() is not None, 10)
    is_apache = name == "apache2"  # answers 410 in words of its own
    wrong = []
    for path, (status, body, _) in crawl(web_port, ["/idee/3"]).items():
        got = raw(port, path)[:2]
        if not LARGE.search(path) and (got[0] != (200 if status == 301 else status) or (got[1] != body and not (is_apache and status == 410))):
            wrong.append(f"{path} {got[0]}")
    story.equal(wrong, [], f"{name} hands out every page as the process does")
    status, small, headers = raw(port, "/idee/1", Accept_Encoding="gzip")
    story.equal((status, headers.get("Content-Encoding"), small), (200, "gzip", read(gateway.path("pages"), "idee/1.html.gz")), f"{name}: compressed beforehand")
    story.equal(raw(port, "/idee/3")[0], 410, f"{name}: what was removed is 410")
    story.equal([raw(port, path)[2].get("Content-Type", "").split(";")[0].replace("text/xml", "application/xml") for path in ("/idee/1/mbox", "/", "/idee/1", "/style.css", "/sitemap.xml")],
                ["application/mbox", "text/html", "text/html", "text/css", "application/xml"], f"{name}: each file says what it is")
    story.has(raw(port, "/suche?q=Zustimmung")[1].decode(), "<mark>Zustimmung</mark>", f"{name}: a search is asked of the process")
    story.equal((raw(port, "/nichts")[0], raw(port, "/.forumpost/state")[0], raw(port, "/idee/../.forumpost/state")[0]), (404, 404, 404), f"{name}: what is not there")
    policies = {raw(port, path)[2].get("Content-Security-Policy", "").split(";")[0] for path in ("/", "/idee/1", "/idee/1/mbox", "/suche")}
    story.equal(policies, {"default-src 'none'"}, f"{name}: the policy is with every page")
    status, _, body = Web(port).post("/mitmachen", "title=x")
    story.ok(status != 405 and "Formular" in body or "<form" in body, f"{name}: a form reaches the process", status)


def main():
    with fp.Story("publish") as story, contextlib.closing(fp.Sink()) as sink:
        os.umask(0o027)  # as the unit has it; the files are for the web server's user
        port = fp.free_port()
        gateway = set_up(story, sink, port)
        fp.wait_for(Web(port).is_there)
        is_current(story, gateway, port)
        is_by_hand(story, gateway, port)
        is_swept(story, gateway, port)
        is_kept_apart(story, gateway)
        is_killed(story, gateway, port)
        for name in SERVERS:
            behind(story, gateway, port, name)
        stays_equal(story, gateway.path("pages"), port, "files that hold everything", with_large=True)
        story.equal(gateway.stop(), 0, "it ends in order")


main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium for the stories: pages as people meet them, axe-core's findings, pictures. Standard library only: the
DevTools protocol over a pipe.

    if browser.why_not():
        skip(browser.why_not())
    with Browser() as chromium:
        page = chromium.open("http://127.0.0.1:8080/", width=360, dark=True)
        page.axe(), page.run("document.title"), page.press("button"), page.picture("x.png"), page.is_too_wide()

axe-core comes from npm, once, into $FORUMPOST_CACHE or ~/.cache/forumpost; without npm or network axe_why_not() says so."""
import base64
import contextlib
import fcntl
import glob
import json
import os
import shutil
import subprocess
import tarfile
import tempfile

AXE = "4.10.3"
CACHE = os.environ.get("FORUMPOST_CACHE", os.path.expanduser("~/.cache/forumpost"))
AXE_FILE = os.path.join(CACHE, f"axe-{AXE}.min.js")
PATIENCE_S = 60
# WCAG 2.2 A and AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"phone": 360, "desktop": 1280}


def program():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def why_not():
    return None if program() else "Chromium is not installed"


def axe_why_not():
    """Why axe-core cannot run, or None; fetches it the first time."""
    if os.path.exists(AXE_FILE):
        return None
    if not shutil.which("npm"):
        return "axe-core is not here, and there is no npm to fetch it"
    os.makedirs(CACHE, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        try:
            done = subprocess.run(["npm", "pack", f"axe-core@{AXE}"], cwd=folder, capture_output=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            return "npm cannot be reached"
        packed = glob.glob(os.path.join(folder, "*.tgz"))
        if done.returncode != 0 or not packed:
            return "npm cannot fetch axe-core"
        with tarfile.open(packed[0]) as archive, open(AXE_FILE + ".new", "wb") as out:
            out.write(archive.extractfile("package/axe.min.js").read())
        os.replace(AXE_FILE + ".new", AXE_FILE)
    return None


class Browser:
    """One Chromium. Host names all lead to this machine (resolve=), so that a page has its real address."""

    def __init__(self, resolve=None):
        self.folder = tempfile.mkdtemp(prefix="forumpost-chromium-")
        to_it, from_us = os.pipe()
        from_it, to_us = os.pipe()
        arguments = [program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "--no-first-run", "--disable-extensions",
                     "--disable-background-networking", "--ignore-certificate-errors", "about:blank"]
        if resolve:
            arguments.insert(1, f"--host-resolver-rules=MAP * {resolve}")
        # The program reads from descriptor 3 and writes to 4, which may be taken here: copies far above them are put there.
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD, 100) for fd in (to_it, to_us)]
        self.process = subprocess.Popen(arguments, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        preexec_fn=lambda: [os.dup2(end, fd) for end, fd in zip(ends, (3, 4))],
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        for end in [to_it, to_us, *ends]:
            os.close(end)
        self.out, self.inp = os.fdopen(from_us, "wb", 0), os.fdopen(from_it, "rb")
        self.number, self.events, self.rest = 0, [], b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        with contextlib.suppress(Exception):
            self.call("Browser.close")
        with contextlib.suppress(OSError):
            self.out.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.inp.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def message(self):
        while b"\0" not in self.rest:
            piece = self.inp.read1(1 << 20)
            if not piece:
                raise ConnectionError("Chromium has gone")
            self.rest += piece
        text, _, self.rest = self.rest.partition(b"\0")
        return json.loads(text)

    def call(self, method, session=None, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if session:
            request["sessionId"] = session
        self.out.write(json.dumps(request).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def wait(self, method, session):
        """The next event METHOD of SESSION."""
        while True:
            for i, message in enumerate(self.events):
                if message.get("method") == method and message.get("sessionId") == session:
                    return self.events.pop(i)["params"]
            self.events.append(self.message())

    def open(self, url, width=1280, height=900, dark=False, language="de", zoom=1):
        page = Page(self)
        page.look(width, height, dark, zoom)
        page.call("Emulation.setUserAgentOverride", userAgent="Mozilla/5.0 (story)", acceptLanguage=language)
        page.go(url)
        return page


class Page:
    """One tab."""

    def __init__(self, browser):
        self.browser = browser
        self.target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def look(self, width, height=900, dark=False, zoom=1):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=zoom, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def loaded(self):
        self.browser.wait("Page.loadEventFired", self.session)

    def go(self, url):
        self.browser.events.clear()
        said = self.call("Page.navigate", url=url)
        if said.get("errorText"):
            raise RuntimeError(f"{url}: {said['errorText']}")
        self.loaded()

    def run(self, script, wait=False):
        """The value of a JavaScript expression. Our pages forbid scripts; the tools' own are not bound by that."""
        said = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=wait)
        if "exceptionDetails" in said:
            raise RuntimeError(str(said["exceptionDetails"])[:1000])
        return said["result"].get("value")

    def axe(self):
        """axe-core's violations: ["rule: target (what)", ...]."""
        with open(AXE_FILE, encoding="utf-8") as file:
            self.run(file.read() + "; true")
        found = self.run(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(r => JSON.stringify(r.violations))", wait=True)
        return [f"{one['id']}: {' '.join(map(str, node['target']))} ({node.get('failureSummary', '')[:200]})"
                for one in json.loads(found) for node in one["nodes"]]

    def press(self, selector):
        """Presses what SELECTOR finds by keyboard, and waits for the page that comes."""
        self.browser.events.clear()
        if not self.run(f"(e => e && (e.focus(), true))(document.querySelector({json.dumps(selector)}))"):
            raise RuntimeError(f"nothing is {selector}")
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13,
                      **({"text": "\r"} if kind == "keyDown" else {}))
        self.loaded()

    def fill(self, selector, text):
        self.run(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(text)}")

    def text(self, selector="main"):
        return self.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def is_too_wide(self):
        """Does it scroll sideways?"""
        return self.run("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def requests(self):
        """Addresses that were asked for since the page was opened. What is in the page itself asks nobody, such as the picture of the
        browser's own in a field for a date; the pages' policy forbids any other."""
        asked = [event["params"]["request"]["url"] for event in self.browser.events
                 if event.get("method") == "Network.requestWillBeSent" and event.get("sessionId") == self.session]
        return [one for one in asked if not one.startswith("data:")]

    def complaints(self):
        """What the browser itself says is wrong: a policy that was broken, a file that is not there."""
        return [event["params"]["entry"]["text"] for event in self.browser.events
                if event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error"]

    def stops(self, most=200):
        """Keyboard walk: what Tab reaches, in order: [(element, its name, has an outline, is in view)]."""
        found = []
        self.run("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _ in range(most):
            for kind in ("rawKeyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
            now = self.run("(e => e === document.body || e === null ? null : (r => [e.tagName.toLowerCase(), "
                           "(e.innerText || e.name || '').trim().slice(0, 40), getComputedStyle(e).outlineStyle !== 'none', "
                           "r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth])(e.getBoundingClientRect()))"
                           "(document.activeElement)")
            if now is None:
                break
            found.append(tuple(now))
        return found

    def picture(self, path, whole=True):
        size = self.call("Page.getLayoutMetrics")["cssContentSize"] if whole else None
        clip = {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}} if whole else {}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, **clip)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def close(self):
        self.browser.call("Target.closeTarget", targetId=self.target)

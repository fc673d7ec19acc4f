#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit under the real systemd, as process 1 of a container that sees this machine's files through an overlay: the
condition, what is not tried again, start, mail, reload, a crash, the folder of the socket after a boot, the end."""
import os
import shutil
import subprocess
import sys
import tempfile
import time

import fp

INIT = "/lib/systemd/systemd"
FORUM = f"mobilitaet@{fp.DOMAIN}"

TARGET = """\
[Unit]
Requires=sysinit.target story.service
After=sysinit.target
AllowIsolate=yes
"""

SERVICE = """\
[Unit]
After=sysinit.target
[Service]
Type=oneshot
Environment=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin top_srcdir={top} PYTHONDONTWRITEBYTECODE=1
StandardOutput=append:/results/tap
StandardError=append:/results/tap
ExecStart={python} {script} --inside {conf}
ExecStopPost=/bin/systemctl --no-block --force poweroff
"""

CONF = """\
[initiative]
title = Ruhr-Konferenz
domain = {domain}

[storage]
database = /var/lib/forumpost/forumpost.db
spool = /var/lib/forumpost/spool

[intake]
listen = unix:/run/forumpost/lmtp.sock
authserv_id = mx.{domain}

[dispatch]
relay = inet:127.0.0.1:9
"""


# ---- outside: the container ----

def prepare(root):
    """Mounts, the program as `make install` lays it down, the story as a service. In a mount namespace of its own."""
    for name in ("upper", "work", "root"):
        os.mkdir(os.path.join(root, name))
    inside = os.path.join(root, "root")
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o",
                    f"lowerdir=/,upperdir={root}/upper,workdir={root}/work", inside], check=True)
    build = os.environ.get("top_builddir", os.getcwd())
    alone = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    subprocess.run(["make", "-s", "-C", build, "install", f"DESTDIR={inside}"], check=True, stdout=subprocess.DEVNULL, env=alone)
    with open(os.path.join(build, "systemd", "forumpost.service"), encoding="utf-8") as file:
        conf = next(line.split("=")[1].strip() for line in file if line.startswith("ConditionPathExists="))
    os.makedirs(inside + os.path.dirname(conf), exist_ok=True)
    units = os.path.join(inside, "etc/systemd/system")
    script = os.path.join(inside, "opt/story")
    shutil.copytree(os.path.dirname(os.path.abspath(__file__)), script, ignore=shutil.ignore_patterns("__pycache__", "*.log"))
    texts = {"story.target": TARGET, "story.service": SERVICE.format(
        top="/opt/story/../..", python="/usr/bin/python3", script="/opt/story/systemd_boot.py", conf=conf)}
    for name, text in texts.items():
        with open(os.path.join(units, name), "w", encoding="utf-8") as file:
            file.write(text)
    if subprocess.run(["chroot", inside, "getent", "passwd", "forumpost"], stdout=subprocess.DEVNULL).returncode != 0:
        subprocess.run(["chroot", inside, "useradd", "--system", "--user-group", "--home-dir", "/var/lib/forumpost",
                        "--shell", "/usr/sbin/nologin", "forumpost"], check=True)
    return inside


def boot(inside, results):
    """Runs the container until it switches itself off; what it said on its console."""
    done = subprocess.run(
        ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--link-journal=no",
         "--resolv-conf=off", "--timezone=off", "--console=pipe", "-D", inside, f"--bind={results}:/results",
         INIT, "--unit=story.target", "--show-status=no", "--log-level=warning"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20 * fp.PATIENCE_S, check=False, errors="replace")
    return done.stdout + done.stderr


def outside():
    for program in ("systemd-nspawn", INIT, "/usr/bin/python3", "make"):
        if not shutil.which(program):
            fp.skip(f"{program} is not installed (packages systemd, systemd-container)")
    if os.environ.get("SANITIZERS"):
        fp.skip("sanitizers need more rights than the program")
    if os.geteuid() != 0:
        fp.skip("a container needs root")
    if "--own-mounts" not in sys.argv:
        os.execvp("unshare", ["unshare", "--mount", sys.executable, os.path.abspath(__file__), "--own-mounts"])
    root = tempfile.mkdtemp(prefix="forumpost-boot-")
    try:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", root], check=True)
        results = os.path.join(root, "results")
        os.mkdir(results)
        try:
            inside = prepare(root)
            console = boot(inside, results)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            fp.skip(f"no container here: {error}")
        tap = os.path.join(results, "tap")
        if not os.path.exists(tap):
            fp.skip("no container here: " + " ".join(console.split())[-300:])
        with open(tap, encoding="utf-8", errors="replace") as file:
            sys.stdout.write(file.read())
    finally:
        subprocess.run(["umount", "-l", root], check=False)
        os.rmdir(root)


# ---- inside: what an administrator types ----

def run(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def state(key):
    return run("systemctl", "show", "-P", key, "forumpost").stdout.strip()


def journal():
    return run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", "forumpost").stdout


def as_service(*arguments):
    return run("runuser", "-u", "forumpost", "--", "forumpost", *arguments)


def what_is_not_started(story, conf):
    done = run("systemd-analyze", "verify", "forumpost.service")
    story.equal([line for line in (done.stdout + done.stderr).splitlines() if "forumpost.service" in line], [],
                "systemd has no word against the unit")
    run("systemctl", "start", "forumpost")
    story.equal((state("ConditionResult"), state("ActiveState")), ("no", "inactive"), "without forumpost.conf it is not started")
    with open(conf, "w", encoding="utf-8") as file:
        file.write("[initiative]\ntitle = Ruhr-Konferenz\ndomain = nodots\n")
    done = run("systemctl", "start", "forumpost")
    time.sleep(3)
    story.equal((done.returncode != 0, state("ActiveState"), state("ExecMainStatus"), state("NRestarts")),
                (True, "failed", "78", "0"), "with an unfit one it fails once and is not tried again")
    story.has(journal(), "write a mail domain such as", "and the journal has the sentence")


def group_stays(story):
    """Another mail server's group for the folder: what its administrator wrote, after a start as before it."""
    with open("/etc/tmpfiles.d/forumpost.conf", "w", encoding="utf-8") as file:
        file.write("d /run/forumpost 2750 forumpost mail\n")
    run("systemd-tmpfiles", "--create", "forumpost.conf")
    run("systemctl", "restart", "forumpost")
    owners = [run("stat", "-c", "%U %G", path).stdout.strip() for path in ("/run/forumpost", "/run/forumpost/lmtp.sock")]
    story.equal(owners, ["forumpost mail"] * 2, "a group of one's own in /etc/tmpfiles.d outlives the service's start")
    os.unlink("/etc/tmpfiles.d/forumpost.conf")


def first_start(story, conf):
    with open(conf, "w", encoding="utf-8") as file:
        file.write(CONF.format(domain=fp.DOMAIN))
    folder = os.stat("/run/forumpost")
    owner = run("stat", "-c", "%U %G %a", "/run/forumpost").stdout.strip()
    story.equal((owner, folder.st_mode & 0o7777), ("forumpost forumpost 2750", 0o2750), "/run/forumpost is there after the boot")
    run("systemctl", "reset-failed", "forumpost")
    os.makedirs("/var/lib/forumpost", exist_ok=True)
    shutil.chown("/var/lib/forumpost", "forumpost", "forumpost")
    done = as_service("-c", conf, "init")
    story.equal(done.returncode, 0, "init as the service's user" + done.stderr)
    as_service("-c", conf, "forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--moderation", "none")
    done = run("systemctl", "start", "forumpost")
    story.equal((done.returncode, state("ActiveState"), state("SubState")), (0, "active", "running"),
                "systemctl start comes back when mail can come" + journal()[-1500:] * (done.returncode != 0))


def mail_comes(story, conf, subject):
    client = fp.Client("/run/forumpost/lmtp.sock")
    data = fp.mail("Neu <neu@example.net>", FORUM, subject, "Bitte mehr Radwege.")
    code, _ = client.deliver("neu@example.net", [FORUM], data)[FORUM]
    client.quit()
    events = [line for line in as_service("-c", conf, "event", "list", "--json").stdout.splitlines()]
    story.ok(code == 250 and events, f"a mail is taken and decided ({subject})", journal()[-1500:])


def reload_and_crash(story, conf):
    pid = state("MainPID")
    done = run("systemctl", "reload", "forumpost")
    story.ok(done.returncode == 0 and fp.wait_for(lambda: journal().count("reload.done") == 4), "systemctl reload reaches every duty",
             journal()[-1500:])
    story.equal((state("MainPID"), state("ActiveState")), (pid, "active"), "and ends nothing")
    mail_comes(story, conf, "nach dem Neuladen")
    os.kill(int(pid), 9)
    story.ok(fp.wait_for(lambda: state("ActiveState") == "active" and state("MainPID") not in ("0", pid)),
             "a killed gateway is started again", journal()[-1500:])
    story.equal(state("NRestarts"), "1", "once")
    mail_comes(story, conf, "nach dem Absturz")


def the_end(story):
    done = run("systemctl", "stop", "forumpost")
    story.equal((done.returncode, state("Result"), state("ActiveState")), (0, "success", "inactive"), "systemctl stop ends in order")
    shutil.rmtree("/run/forumpost")
    run("systemd-tmpfiles", "--create", "--prefix=/run/forumpost")
    story.equal(run("stat", "-c", "%U %G %a", "/run/forumpost").stdout.strip(), "forumpost forumpost 2750",
                "systemd-tmpfiles makes the folder again")
    done = run("systemctl", "start", "forumpost")
    story.equal((done.returncode, state("ActiveState")), (0, "active"), "and the unit starts with it")
    exposure = run("systemd-analyze", "security", "--no-pager", "forumpost").stdout.splitlines()
    fp.diag(exposure[-1] if exposure else "no figure of systemd-analyze security")


def inside(conf):
    with fp.Story("systemd_boot") as story:
        what_is_not_started(story, conf)
        first_start(story, conf)
        mail_comes(story, conf, "nach dem Start")
        reload_and_crash(story, conf)
        group_stays(story)
        the_end(story)


if sys.argv[1:2] == ["--inside"]:
    inside(sys.argv[2])
else:
    outside()

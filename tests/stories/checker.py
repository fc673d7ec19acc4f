# SPDX-License-Identifier: GPL-3.0-or-later
"""A real rspamd with its own configuration and the doc's files in local.d, for the stories that put it behind a mail server."""
import os
import shutil
import socket
import subprocess

import fp
import mta
import names

CONFIG = "/etc/rspamd/rspamd.conf"
START_S = 180 # it compiles its patterns first


def is_installed():
    return bool(shutil.which("rspamd")) and os.path.exists(CONFIG)


class Rspamd:
    """On ports of its own, and with the story's name server."""

    def __init__(self, world, normal=None):
        """NORMAL: lines for the worker that takes HTTP; without them there is only the one for milters, at self.port."""
        if not is_installed():
            fp.skip("rspamd is not installed (package rspamd)")
        self.world, self.port, self.process = world, fp.free_port(), None
        self.folder = os.path.join(world.folder, "rspamd")
        for name in ("local.d", "run", "db/dkim", "log"):
            os.makedirs(os.path.join(self.folder, name))
        files = {
            "options.inc": f"dns {{ nameserver = [\"{world.names.address}\"]; timeout = 1s; retransmits = 2; }}\n",
            "worker-proxy.inc": f"bind_socket = \"127.0.0.1:{self.port}\";\nupstream \"local\" {{ default = yes; self_scan = yes; }}\n",
            "worker-normal.inc": normal or "enabled = false;\n",
            "worker-controller.inc": f"bind_socket = \"127.0.0.1:{fp.free_port()}\";\n",
            "logging.inc": "type = \"console\";\n",
            "milter_headers.conf": mta.documented("rspamd-milter_headers"),
            "dkim_signing.conf": mta.documented("rspamd-dkim_signing").replace("/var/lib/rspamd", os.path.join(self.folder, "db")),
        }
        for name, text in files.items():
            with open(os.path.join(self.folder, "local.d", name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run(["rspamadm", "dkim_keygen", "-b", "2048", "-d", fp.DOMAIN, "-s", "dkim", "-k",
                        os.path.join(self.folder, f"db/dkim/{fp.DOMAIN}.dkim.key")], check=True, capture_output=True)
        subprocess.run(["chown", "-R", "_rspamd:", self.folder], check=True)

    def start(self):
        places = {"LOCAL_CONFDIR": "", "RUNDIR": "run", "DBDIR": "db", "LOGDIR": "log"}
        log = os.path.join(self.world.folder, "rspamd.log")
        self.process = self.world.names.start(
            "rspamd", "-f", "-c", CONFIG, "-u", "_rspamd", "-g", "_rspamd",
            *(f"--var={name}={os.path.join(self.folder, place)}" for name, place in places.items()), log=log)
        if not fp.wait_for(self.answers, START_S):
            with open(log, encoding="utf-8", errors="replace") as file:
                raise RuntimeError(f"rspamd does not start: {file.read()[-3000:]}")

    def stop(self):
        names.stop(self.process)

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def local(self, text):
        return text.replace("11332", str(self.port))

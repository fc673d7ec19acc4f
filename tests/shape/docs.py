#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation says about the sources must be true of them; prints TAP."""
import os
import re

TOP = os.environ.get("top_srcdir", ".")
CHECKS = []


def check(name):
    def take(function):
        CHECKS.append((name, function))
        return function
    return take


def read(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8") as file:
        return file.read()


@check("README's line of packages is quickstart's")
def packages():
    wanted = set(re.search(r'BUILD_PACKAGES="(.*?)"', read("quickstart"), re.S).group(1).split()) | {"adduser"}
    line = re.search(r"```sh from-source\napt-get install -y --no-install-recommends (.*?)\n\./", read("README.md"), re.S).group(1)
    named = set(line.replace("\\", " ").split())
    return [f"missing in README: {p}" for p in sorted(wanted - named)] + [f"only in README: {p}" for p in sorted(named - wanted)]


@check("every page that another page points to is there, and is installed")
def pages():
    listed = read("doc", "local.mk")
    complaints = []
    for page in ["README.md"] + [f"doc/{name}" for name in sorted(os.listdir(os.path.join(TOP, "doc"))) if name.endswith(".md")]:
        if page.startswith("doc/") and page not in listed:
            complaints.append(f"{page} is not in doc/local.mk")
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", read(page)):
            if not os.path.exists(os.path.join(TOP, os.path.dirname(page), target)):
                complaints.append(f"{page} points to {target}")
    return complaints


def main():
    for number, (name, function) in enumerate(CHECKS, 1):
        complaints = function()
        print("not ok" if complaints else "ok", number, "-", name)
        for complaint in complaints:
            print("#", complaint)
    print(f"1..{len(CHECKS)}")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documentation says about the sources must be true of them; prints TAP."""
import collections
import os
import re
import subprocess

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
    found = [f"{folder}/{name}" for folder in ("doc", "doc/de", "doc/en") if os.path.isdir(os.path.join(TOP, folder))
             for name in sorted(os.listdir(os.path.join(TOP, folder))) if name.endswith(".md")]
    for page in ["README.md"] + found:
        if page.startswith("doc/") and page not in listed:
            complaints.append(f"{page} is not in doc/local.mk")
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", read(page)):
            if not os.path.exists(os.path.join(TOP, os.path.dirname(page), target)):
                complaints.append(f"{page} points to {target}")
    return complaints


def sources(*layers):
    found = {}
    for layer in layers:
        for folder, _, names in os.walk(os.path.join(TOP, "src", layer)):
            for name in sorted(names):
                if name.endswith(".c"):
                    path = os.path.relpath(os.path.join(folder, name), os.path.join(TOP, "src"))
                    found[path] = read("src", path)
    return found


def rows(page, heading):
    """The words in code style of the first columns of the tables below a heading, as they stand there."""
    text = read("doc", page)
    part = re.search(rf"(?ms)^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text).group(1)
    return re.findall(r"`([^`]+)`", "\n".join(line.split("|")[1] for line in part.splitlines() if line.startswith("|")))


def section(page, heading):
    return set(rows(page, heading))


def twice(names):
    return sorted(name for name, n in collections.Counter(names).items() if n > 1)


@check("no table of the operator's page has a row twice, nor has templates/README a mail")
def repeated():
    found = [f"doc/operator.md: {name}, below {heading}" for heading in ("What each rule means", "The journal")
             for name in twice(rows("operator.md", heading))]
    told = read("templates", "README")
    by_name = told[told.index("By name\n"):]
    mails = [name for line in re.findall(r"(?m)^    (\S.*)$", by_name[:by_name.index("\nwords\n")]) for name in re.split(r"\s{2,}", line)[0].split()]
    return found + [f"templates/README: {name}" for name in twice(mails)]


@check("the rules are explained in the order in which they are asked")
def order():
    asked = re.findall(r'\{"([a-z-]+)", rule_', read("src", "forum", "policy.c"))
    told = [name for name in rows("operator.md", "What each rule means") if name in asked]
    return [f"doc/operator.md: {name} stands where {other} is asked"
            for name, other in zip(told, [name for name in asked if name in told]) if name != other]


@check("each rule, and each reason beside them, is explained to the operator")
def rules():
    text = "\n".join(sources("forum", "flow").values())
    used = set(re.findall(r'\{"([a-z-]+)", rule_', text)) | set(re.findall(r'->(?:rule|reason) = (?:g_strdup\()?"([a-z-]+)"', text))
    used |= set(re.findall(r'\.rule = "([a-z-]+)"', read("src", "forum", "command.def")))
    used |= set(re.findall(r'\[ACCESS_\w+\] = \{"([a-z-]+)"', text))
    used.discard("command")  # is called by the rule of the command's row
    told = section("operator.md", "What each rule means")
    return [f"{name} is not in doc/operator.md" for name in sorted(used - told)] + \
        [f"doc/operator.md explains {name}, which is nowhere" for name in sorted(told - used)]


# Kinds that are put together while the program runs: what stands before the point, and where the rest comes from.
def enum_words(name):
    return re.search(rf"NAMES_OF\(enum \w+, {name}, (.*?)\)", read("src", "forum", "model.c"), re.S).group(1)


def composed():
    verdicts = re.findall(r'"([a-z-]+)"', enum_words("verdict"))
    return {f"message.{word}" for word in verdicts} | {f"report.{word}" for word in ("bounce", "delay", "delivered", "complaint")} | \
        {f"{what}.{word}" for what in ("idea", "post") for word in ("withdrawn", "hidden", "removed", "restored")} | \
        {f"idea.{word.lower()}" for word in re.findall(r"STEP\(.*?IDEA_(\w+), .*?by_word", read("src", "forum", "life.def"))} | {"idea.merged", "idea.unmerged", "proposal.removed", "proposal.restored"} | \
        {f"proposal.{word.lower()}" for word in re.findall(r"PROPOSAL_STEP\(.*?IDEA_(\w+), .*?by_word", read("src", "forum", "life.def"))}


THINGS = "duty|phase|field|goal|proposal|support|follow|destination|installation|demo|backup|message|hold|idea|post|person|member|forum|notice|report|token|store|wish|complaint|letter|command"
PROCESSES = "intake|dispatch|duty|reload|mail|reader|session|notice|relay|clock"


def written():
    text = "\n".join(re.sub(r"log_(?:event|notice)\([^;]*;", "", source) for source in sources("flow", "cmd", "store", "page").values())
    return set(re.findall(rf'"((?:{THINGS})\.[a-z-]*[a-z])"', text)) | composed()


@check("each name of the journal that scripts may rest on is written")
def stable():
    part = read("doc", "operator.md").split("### Names that scripts may rest on", 1)[1].split("\n## ", 1)[0]
    kinds = [f"{thing}.{word}" for thing, words in re.findall(r"(?m)^    ([a-z]+)\.(\S+(?: \.\S+)*)$", part) for word in words.replace(" .", " ").split()]
    return [f"{kind} is written nowhere" for kind in kinds if kind not in written()] + ([] if len(kinds) > 80 else [f"only {len(kinds)} names"])


@check("each kind of line of the journal is explained to the operator")
def journal():
    used = written()
    told = section("operator.md", "The journal")
    return [f"{name} is not in doc/operator.md" for name in sorted(used - told)] + \
        [f"doc/operator.md explains {name}, which is nowhere" for name in sorted(told - used)]


@check("each line of the log is explained to the operator")
def log():
    text = "\n".join("".join(re.findall(r"(?:log_event|log_notice|report)\([^;]*;", source)) for source in
                     sources("flow", "cmd", "wire").values())
    used = set(re.findall(rf'"((?:{PROCESSES})\.[a-z-]+)"', text))
    told = {name for name in section("operator.md", "The log") if re.fullmatch(r"[a-z]+\.[a-z-]+", name)}
    return [f"{name} is not in doc/operator.md" for name in sorted(used - told)] + \
        [f"doc/operator.md explains {name}, which is nowhere" for name in sorted(told - used)]


def typed():
    """(page, words, whole line) of every `forumpost ...` that the pages for operators show as typed."""
    for page in ["README.md"] + [f"doc/{name}" for name in sorted(os.listdir(os.path.join(TOP, "doc"))) if name.endswith(".md")]:
        text = read(page)
        code = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text) + re.findall(r"(?m)^    (.*)$", text) + \
            [line for block in re.findall(r"(?ms)^```sh.*?\n(.*?)^```", text) for line in block.splitlines()]
        for line in code:
            if re.match(r"forumpost +unix ", line):
                continue  # a service in Postfix's master.cf
            for rest in re.findall(r"(?:^|-- |\|\| |&& |root |=\S+ )forumpost ([a-z].*)", line):
                yield page, re.split(r"\s{2,}|[|>;]", rest)[0].split()


@check("every command in the pages for operators is one, with its verb and options")
def commands():
    complaints, helps = [], {}
    program = os.environ.get("FORUMPOST")
    known = set(re.findall(r"(?m)^COMMAND\((\w+),", read("src", "cmd", "commands.def")))
    for page, words in typed():
        command = words[0]
        if command not in known:
            complaints.append(f"{page}: forumpost {' '.join(words)}: there is no {command}")
            continue
        if not program:
            continue
        if command not in helps:
            helps[command] = subprocess.run([program, command, "--help"], capture_output=True, text=True, check=False).stdout
        verbs = set(re.findall(rf"(?m)^  forumpost {command} ([a-z]+)", helps[command]))
        if verbs and len(words) > 1 and words[1] not in verbs and not re.search(rf"(?m)^  forumpost {command} [\[A-Z]", helps[command]):
            complaints.append(f"{page}: forumpost {' '.join(words)}: {command} has no {words[1]}")
        complaints += [f"{page}: forumpost {' '.join(words)}: {command} has no {option}" for option in
                       (word.split("=")[0] for word in words if word.startswith("--")) if option not in helps[command]]
    return complaints


@check("templates/README names every mail and every value that a template shows, and no mail that is none")
def templates():
    told, values, names = read("templates", "README"), set(), set()
    for language in ("de", "en"):
        for name in os.listdir(os.path.join(TOP, "templates", language)):
            if name.endswith(".txt"):
                names.add(name[:-4])
                values |= set(re.findall(r"\{\{[#^]?(\w+)\}\}", read("templates", language, name)))
    by_name = told[told.index("By name\n"):]
    rows = set()
    for line in re.findall(r"(?m)^    (\S.*)$", by_name[:by_name.index("\nwords\n")]):
        first, *rest = re.split(r"\s{2,}", line)
        rows.update(first.split())
        rows.update(chunk for chunk in rest if re.fullmatch(r"[a-z]+(-[a-z]+)+", chunk))
    return [f"{name} is not in templates/README" for name in sorted(names - rows)] + \
        [f"templates/README explains {name}, which is nowhere" for name in sorted(rows - names)] + \
        [f"{{{{{value}}}}} is not in templates/README" for value in sorted(values) if not re.search(rf"\b{value}\b", told)]


# As <sysexits.h> has them.
SYSEXITS = {"USAGE": 64, "DATAERR": 65, "NOINPUT": 66, "NOUSER": 67, "SOFTWARE": 70, "OSERR": 71, "IOERR": 74, "TEMPFAIL": 75,
            "NOPERM": 77, "CONFIG": 78}


@check("each exit status is in forumpost(1), and none that is never given")
def exit_statuses():
    used = {word for text in sources("base", "cmd").values() for word in re.findall(r"\bEX_([A-Z]+)\b", text)}
    part = re.search(r"(?ms)^\.Sh EXIT STATUS$(.*?)^\.Sh ", read("man", "forumpost.1")).group(1)
    told = {int(word) for word in re.findall(r"(?m)^\.It (\d+)$", part)}
    given = {SYSEXITS[word] for word in used}
    return [f"man/forumpost.1 lacks {n}" for n in sorted(given - told)] + [f"man/forumpost.1 has {n}" for n in sorted(told - given)]


@check("the pages on data protection name each period with its default")
def periods():
    complaints = []
    for page in ("de/datenschutz.md", "en/data-protection.md"):
        text = read("doc", page)
        for key, value in re.findall(r'SETTING\(retention, (\w+), NUMBER, "(\d+)"', read("src", "flow", "settings.def")):
            rows = [line for line in text.splitlines() if line.startswith("|") and f"`{key}`" in line]
            if not any(re.search(rf"\b{value}\b", line) for line in rows):
                complaints.append(f"doc/{page}: {key} = {value}")
        for key, value in re.findall(r'CHOICE\(retention, (\w+), "[^"]*", "(\w+)"', read("src", "flow", "settings.def")):
            if f"`{key}` (`{value}`)" not in text:
                complaints.append(f"doc/{page}: {key} = {value}")
        if "7" not in re.search(r"(?m)^\|.*`\[intake\] confirm_days`", text).group(0) or 'confirm_days, NUMBER, "7"' not in \
                read("src", "flow", "settings.def"):
            complaints.append(f"doc/{page}: confirm_days")
    return complaints


@check("every word that the pages for citizens and moderators teach is one that a mail may command")
def words():
    rows = read("src", "forum", "command.def").lower()
    known = set(re.findall(r"[a-zäöüßı]+", " ".join(re.findall(r'words\(\w+, "([^"]*)"', rows))))
    complaints = []
    for page in ("de/mitmachen.md", "en/taking-part.md", "de/moderation.md", "en/moderators.md"):
        text = read("doc", page)
        taught = re.findall(r"(?m)^\| ([A-ZÄÖÜ]+) \|", text) + re.findall(r"(?m)^   `(\w+):? ?`", text) + re.findall(r"(?m)^    ([A-Z]+)$", text)
        if not taught:
            complaints.append(f"doc/{page} teaches nothing")
        complaints += [f"doc/{page}: {word}" for word in taught if word.lower() not in known]
    return complaints


def main():
    for number, (name, function) in enumerate(CHECKS, 1):
        complaints = function()
        print("not ok" if complaints else "ok", number, "-", name)
        for complaint in complaints:
            print("#", complaint)
    print(f"1..{len(CHECKS)}")


main()

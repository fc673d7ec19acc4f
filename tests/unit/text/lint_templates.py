#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What templates/README promises, checked on every template; prints TAP."""
import os
import re

TOP = os.environ.get("top_srcdir", ".")
FOLDER = os.path.join(TOP, "templates")
# As long as a value can become, for the width of subjects.
LONGEST = {"tag": 12, "title_short": 40, "number": 7, "initiative_short": 40, "n_answers": 3, "n_posts": 5, "n_waiting": 5, "n_ideas": 3, "n_reports": 7, "subject_short": 40, "issue_short": 40, "issue_subject": 70, "proposal": 7, "phase_title": 40}
TAG = re.compile(r"\{\{([#^/!>&{]?)\s*([^}]*?)\s*\}\}")
PARTIALS = {"_command", "_phase_fault", "_digest_idea", "_digest_line", "_footer", "_forums", "_left_out", "_more", "_privacy", "_similar", "_steps", "_why", "_reasons", "_word",
            "_stop_choices", "_talk", "_where", "_your_words"}
WORDS_OF_CONSENT = {"JA", "YES", "EVET", "TAK"}

count = 0
failed = 0


def report(name, problems):
    global count, failed
    count += 1
    failed += bool(problems)
    print(("not ok" if problems else "ok"), count, "-", name)
    for problem in problems:
        print("#", problem)


def read(path):
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


def languages():
    return sorted(d for d in os.listdir(FOLDER) if os.path.isdir(os.path.join(FOLDER, d)))


def templates(language):
    folder = os.path.join(FOLDER, language)
    return {f[:-4]: read(os.path.join(folder, f)) for f in sorted(os.listdir(folder)) if f.endswith(".txt")}


def words(language):
    lines = read(os.path.join(FOLDER, language, "words")).splitlines()
    return {l.split("=")[0].strip() for l in lines if l.strip() and not l.startswith("#")}


def documented():
    text = read(os.path.join(FOLDER, "README"))
    lists = "\n".join(line for line in text.split("\n") if line.startswith("    "))
    return set(re.findall(r"[a-z_]+", lists)), set(re.findall(r"[_a-z]+(?:-[a-z]+)*", lists))


def lint_names(text, known):
    problems = []
    for sigil, name in TAG.findall(text):
        if sigil == "!" or name in ("", "."):
            continue
        if sigil == ">":
            if name not in PARTIALS:
                problems.append(f"unknown part {name}")
        elif name not in known:
            problems.append(f"{{{{{name}}}}} is not in templates/README")
        if sigil in ("{", "&"):
            problems.append(f"{name} is put in without escaping")
    return problems


def lint_lines(text):
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > 72 and not line.startswith(("Subject: ", "=> ", "-> ", "~> ")):
            problems.append(f"line {number} has {len(line)} columns")
        if line != line.rstrip() or "\t" in line or "\r" in line:
            problems.append(f"line {number} has blanks at its end or tabs")
        if re.search(r"https?://\S+", line) and not re.fullmatch(r"\s*https?://[^\s.,;:]+(?:[.,;:][^\s.,;:]+)*", line):
            problems.append(f"line {number}: a web address stands alone on its line")
        if re.search(r"\{\{(?:\w*address|contact)\}\}[.,;:!?]|@\{\{domain\}\}[.,;:!?]", line):
            problems.append(f"line {number}: punctuation is glued to an address")
    if "\n\n\n" in text:
        problems.append("two empty lines follow each other")
    if not text.endswith("\n"):
        problems.append("no line end at the end")
    if re.search(r"<img|<script|<style|url\(|@import|<a ", text, re.I):
        problems.append("HTML has no place here")
    return problems


def lint_subject(text):
    lines = text.split("\n")
    if not lines[0].startswith("Subject: ") or lines[1] != "":
        return ["no subject line with an empty line behind it"]
    subject = lines[0][len("Subject: "):]
    problems = []
    # Of two branches of a condition the longer one counts: drop the tags, keep both texts if they differ by ^ and #.
    branches = [re.sub(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", "", subject),
                re.sub(r"\{\{\^(\w+)\}\}(.*?)\{\{/\1\}\}", "", subject)]
    for branch in branches:
        plain = re.sub(r"\{\{[#^/]\w+\}\}", "", branch)
        for name in re.findall(r"\{\{(\w+)\}\}", plain):
            if name not in LONGEST:
                problems.append(f"{name} has no known length in a subject")
        width = len(re.sub(r"\{\{(\w+)\}\}", lambda m: "x" * LONGEST.get(m.group(1), 0), plain))
        if width > 70:
            problems.append(f"the subject can have {width} characters")
    if re.search(r"[!*:_][*:_]|Bürger\w*innen\b.*\*", subject):
        problems.append("special characters in the subject")
    return problems


def lint_structure(text):
    body = text.split("\n", 2)[2]
    problems = []
    headings = [l for l in body.split("\n") if l.startswith("# ")]
    if not headings:
        problems.append("no heading says what happened")
    first = [l for l in body.split("\n") if l and not l.startswith("{{")][0]
    if not first.startswith("# "):
        problems.append("the first line is no heading")
    if "{{>_footer}}" not in body and "\n--\n" not in body:
        problems.append("no footer")
    return problems


def lint_sentences(text):
    body = re.sub(r"\{\{.*?\}\}", "X", re.sub(r"(?m)^(Subject:|#|>|-|\{\{).*$", "", text))
    sentences = [s.split() for s in re.split(r"[.!?:]\s|\n\n", body) if s.strip()]
    problems = [f"a sentence of {len(s)} words: {' '.join(s)}" for s in sentences if len(s) > 25]
    lengths = sorted(len(s) for s in sentences)
    if lengths and lengths[len(lengths) // 2] > 15:
        problems.append(f"the median sentence has {lengths[len(lengths) // 2]} words")
    return problems


def lint_consent(name, text):
    if not name.startswith("confirm"):
        return []
    if not any(line[:2] == "! " and line[2:] in WORDS_OF_CONSENT for line in text.split("\n")):
        return ["no word of consent alone on a line"]
    return []


def sent():
    """Names of the mails that the sources queue: literals that begin like one, save whole families asked about by
    job_is() and the names of rules."""
    found = set()
    for layer in ("flow", "forum"):
        folder = os.path.join(TOP, "src", layer)
        for file in sorted(os.listdir(folder)):
            if file.endswith(".c"):
                text = re.sub(r'job_is\(j, "[^"]*"\)|\{"[a-z-]+", rule_', "", read(os.path.join(folder, file)))
                found |= set(re.findall(r'"((?:confirm|receipt|error|operator|moderate|rejected|help|stopped)(?:-[a-z]+)+)"', text))
    return found


def lint_sent(texts):
    def found(name):
        return name in texts or "-" in name and found(name.rsplit("-", 1)[0])
    return [f"nobody wrote the text of {name}" for name in sorted(sent()) if not found(name)]


def pages(language):
    folder = os.path.join(FOLDER, language, "page")
    return {f[:-5]: read(os.path.join(folder, f)) for f in sorted(os.listdir(folder)) if f.endswith(".html")}


def lint_page(name, text):
    """What the program itself does not refuse (src/text/page_lint.h)."""
    problems = []
    if not name.startswith("_"):
        for part in (r"{{>_start}}", r"<title>", r"{{>(_desk)?_top}}", r"{{>(_desk)?_bottom}}"):
            if not re.search(part, text):
                problems.append(f"no {part}")
        if text.count("<h1>") + text.count("<h1 ") != 1:
            problems.append("not one h1")
    if re.search(r"<img|@import|url\(", text):
        problems.append("something would be loaded from elsewhere")
    # A part that stands inside a line has no end of it.
    if not (name.startswith("_") or text.endswith("\n")) or "\t" in text or "\r" in text:
        problems.append("no line end at the end, or a tab")
    return problems


def lint_pages():
    """Every page in every language, with the same placeholders."""
    first = pages("de")
    for language in languages():
        texts = pages(language)
        report(f"{language}: the same pages as de", sorted(set(first) ^ set(texts)))
        for name, text in texts.items():
            problems = lint_page(name, text)
            if set(TAG.findall(text)) != set(TAG.findall(first.get(name, ""))):
                problems.append("other placeholders than in de")
            report(f"{language}/page/{name}", problems)


def main():
    known, names = documented()
    all_templates = {language: templates(language) for language in languages()}
    first = all_templates["de"]
    report("every mail that the sources send has a template", lint_sent(first))
    lint_pages()
    for language, texts in all_templates.items():
        report(f"{language}: the same templates as de", [f"missing: {n}" for n in sorted(set(first) - set(texts))] +
               [f"only here: {n}" for n in sorted(set(texts) - set(first))])
        report(f"{language}: the same words as de", sorted(words("de") ^ words(language)))
        for name, text in texts.items():
            problems = lint_names(text, known) + lint_lines(text) + lint_consent(name, text)
            if name.startswith("_"):
                if text.startswith("Subject:"):
                    problems.append("a part has no subject")
            elif not name.startswith("channel-"): # for other servers: neither heading nor footer
                problems += lint_subject(text) + lint_structure(text) + lint_sentences(text)
            if name not in names and not re.sub(r".*(-\w+)$", r"\1", name) in read(os.path.join(FOLDER, "README")):
                problems.append("not in templates/README")
            if {t for t in TAG.findall(text) if t[0] != "!"} != {t for t in TAG.findall(first[name]) if t[0] != "!"}:
                problems.append("other placeholders than in de")
            report(f"{language}/{name}", problems)
    listed = set(re.findall(r"templates/\w+/[\w./-]+", read(os.path.join(FOLDER, "local.mk"))))
    there = {os.path.relpath(os.path.join(here, f), TOP) for l in languages() for here, _, files in os.walk(os.path.join(FOLDER, l))
             for f in files}
    report("local.mk installs every file", sorted(listed ^ there))
    print(f"1..{count}")


main()

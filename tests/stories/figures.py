#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures: what is counted, of whom, and that no group under five can be worked out, on the page, in the files, by subtraction."""
import csv
import io
import json
import re
import sqlite3
from xml.etree import ElementTree

from fp import Gateway, Story, free_port, wait_for
from webpeer import URL, Web

DAY = 86400
BEGIN = 1767225600  # 1 January 2026, 00:00 UTC: one o'clock in Berlin


class Rows:
    """Contributions as mails leave them."""

    def __init__(self, gateway):
        self.db = sqlite3.connect(gateway.path("forumpost.db"), timeout=30)
        self.place, self.number, self.persons = 0, 0, 0
        self.forums = dict(self.db.execute("SELECT name, id FROM forum"))

    def person(self):
        self.persons += 1
        self.db.execute("INSERT INTO person (id, confirmed_at, created_at) VALUES (?, 1, 1)", (self.persons + 100,))
        return self.persons + 100

    def member(self, person, forum, role):
        self.db.execute("INSERT INTO member (forum_id, person_id, role, delivery, joined_at, told_since) VALUES (?, ?, ?, 'none', 1, 1)",
                        (self.forums[forum], person, role))

    def idea(self, forum, person, at, language="de", state="published", ring="public"):
        self.number += 1
        self.db.execute("INSERT INTO idea (id, forum_id, author_id, title, state, ring, created_at, published_at, n_posts, last_number) "
                        "VALUES (?, ?, ?, 'Idee', ?, ?, ?, ?, 1, 1)", (self.number, self.forums[forum], person, state, ring, at, at))
        self.post(forum, self.number, 1, person, "idea", at, language)
        return self.number

    def post(self, forum, idea, number, person, kind, at, language="de"):
        self.place += 1
        self.db.execute("INSERT INTO post (idea_id, forum_id, number, person_id, kind, state, at, published, text, language) "
                        "VALUES (?, ?, ?, ?, ?, 'published', ?, ?, 'Text', ?)", (idea, self.forums[forum], number, person, kind, at, self.place, language))

    def done(self):
        self.db.commit()
        self.db.close()


def fill(gateway):
    rows = Rows(gateway)
    many = [rows.person() for _ in range(6)]
    office = rows.person()
    rows.member(office, "mobilitaet", "office")
    first = rows.idea("mobilitaet", many[0], BEGIN)
    for k, person in enumerate(many[1:], 2):
        rows.post("mobilitaet", first, k, person, "reply", BEGIN + 3600 * k)
    rows.post("mobilitaet", first, 7, office, "official", BEGIN + 2 * DAY)
    second = rows.idea("mobilitaet", many[1], BEGIN + 3 * DAY, state="in_deliberation")
    rows.post("mobilitaet", second, 2, many[1], "reply", BEGIN + 3 * DAY + 60)   # of its own author: no answer
    rows.post("mobilitaet", second, 3, many[2], "reply", BEGIN + 3 * DAY + 7200 * 2, "tr")
    for person in many[:5]:
        rows.idea("energie", person, BEGIN + 5 * DAY)
    few = rows.person()
    rows.idea("kultur", few, BEGIN + 5 * DAY + 23 * 3600 + 1800)                 # half past midnight of the next day there
    rows.idea("kultur", rows.person(), BEGIN, ring="members")
    rows.idea("kultur", rows.person(), BEGIN, state="in_review")
    for kind, name, title in (("field", "mobil", "Vernetzte Mobilität"), ("field", "klima", "Gesunde Umwelt"), ("goal", "ziel", "Ein Ziel")):
        rows.db.execute("INSERT INTO topic (kind, name, language, title) VALUES (?, ?, 'de', ?)", (kind, name, title))
    discussion = rows.idea("mobilitaet", office, BEGIN + DAY, state="proposal")  # what the proposal says is no idea
    rows.db.execute("INSERT INTO proposal (id, idea_id, at) VALUES (1, ?, 1)", (discussion,))
    rows.db.execute("INSERT INTO proposal_topic (proposal_id, kind, name) VALUES (1, 'field', 'mobil')")
    for idea in (first, second):
        rows.db.execute("INSERT INTO proposal_idea (idea_id, proposal_id) VALUES (?, 1)", (idea,))
    rows.db.execute("INSERT INTO proposal_idea (idea_id, proposal_id) VALUES (?, 1)", (rows.idea("mobilitaet", many[0], BEGIN, state="withdrawn"),))
    inner = rows.idea("mobilitaet", many[0], BEGIN, ring="members")              # a proposal with it is none for the world, and so is all in it
    hidden = rows.idea("mobilitaet", office, BEGIN + DAY, state="proposal")
    rows.post("mobilitaet", hidden, 2, rows.person(), "reply", BEGIN + 9 * DAY, "pl")
    rows.post("mobilitaet", hidden, 3, office, "official", BEGIN + 9 * DAY, "pl")
    rows.db.execute("INSERT INTO proposal (id, idea_id, at) VALUES (2, ?, 1)", (hidden,))
    rows.db.execute("INSERT INTO proposal_topic (proposal_id, kind, name) VALUES (2, 'field', 'mobil')")
    rows.db.execute("INSERT INTO proposal_idea (idea_id, proposal_id) VALUES (?, 2)", (inner,))
    rows.db.execute("UPDATE post SET state = 'removed', published = NULL, taken_at = 1, taken_place = 999 WHERE id = (SELECT max(id) FROM post WHERE kind = 'idea' "
                    "AND idea_id = ?)", (hidden,))                               # what a proposal said is no idea that was removed
    rows.done()


def table(page, caption):
    """Rows of the table with this in its caption, as lists of words."""
    text = re.search(rf"<table[^>]*>\s*<caption[^>]*>[^<]*{caption}.*?</table>", page, re.S).group(0)
    return [[re.sub(r"<svg.*?</svg>|<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)][:4]
            for row in re.findall(r"<tr>(.*?)</tr>", text, re.S)[1:]]


def main():
    with Story("figures") as story:
        port = free_port()
        gateway = Gateway(story, web={"listen": f"inet:127.0.0.1:{port}", "url": URL})
        gateway.must("init")
        for name in ("mobilitaet", "energie", "kultur", "leer"):
            gateway.must("forum", "add", name, "--title", f"Forum {name} & mehr")
        gateway.start()
        web = Web(port)
        wait_for(web.is_there)
        status, _, page = web.get("/auswertung")
        story.ok(status == 200 and "Noch ist nichts veröffentlicht" in page, "before anything was written the page says so", status)
        gateway.stop()
        fill(gateway)
        gateway.start()
        wait_for(web.is_there)
        page = web.get("/auswertung")[2]
        story.has(page, "Personen: 7. Beiträge: 16, davon Ideen: 8, Antworten: 8.", "persons, each once, apart from contributions; no inner ones")
        story.has(page, "<dd>unter 5, getrennt gezählt</dd>", "offices are counted apart")
        story.has(page, "Median von 2 Ideen mit Antwort", "ideas with an answer of somebody else")
        story.has(page, "im Mittel nach 3 Stunden", "how long it took")
        story.has(page, "1 von 8 Ideen (13 Prozent)", "the share with an official answer")
        story.equal(table(page, "Ideen, Antworten und Personen in den Foren"),
                    [["Forum energie &amp; mehr", "5", "0", "unter 5"], ["Forum mobilitaet &amp; mehr", "2", "8", "6"], ["Forum kultur &amp; mehr", "1", "0", "unter 5"]],
                    "by forum: one person is not named, nor the five that would give them away")
        story.equal(table(page, "In welchen Sprachen"), [["Deutsch", "8", "7", "unter 5"], ["Türkisch", "0", "1", "unter 5"]], "by language")
        story.equal(sorted(row[:2] for row in table(page, "Wo die")), [["in Beratung", "1"], ["veröffentlicht", "7"]], "by state")
        story.equal([row[:3] for row in table(page, "Handlungsfeld dienen")], [["Vernetzte Mobilität", "2", "1"], ["Gesunde Umwelt", "0", "0"]], "by field of action")
        story.equal([row[1] for row in table(page, "je Tag")], ["6", "0", "1", "3", "0", "5", "1"], "by day, where the initiative is, with empty ones")
        story.equal(sorted(set(re.findall(r'<rect width="(\d+)"', page)), key=int)[-1], "100", "bars")
        story.lacks(page, "style=", "no style in the page")
        story.has(web.get("/en/auswertung")[2], "People: 7. Contributions: 16, of these ideas: 8, answers: 8.", "in English")
        rows = list(csv.reader(io.StringIO(web.get("/daten/auswertung.csv")[2].removeprefix("\ufeff")), delimiter=";"))
        story.equal(rows[:3], [["tabelle", "schluessel", "ideen", "antworten", "personen"], ["alle", "", "8", "8", "7"], ["forum", "energie", "5", "0", "<5"]], "CSV")
        story.equal([row for row in rows if row[0] == "entfernt"], [["entfernt", "", "0", "0", ""]], "what a proposal said is no idea that was removed")
        story.equal([row for row in rows if row[0] == "tag"][-1], ["tag", "2026-01-07", "1", "0", ""], "with every day")
        found = json.loads(web.get("/daten/auswertung.json")[2])["figures"]
        story.equal([one for one in found if one["key"] == "kultur"],
                    [{"table": "forum", "key": "kultur", "ideas": 1, "answers": 0, "persons": None, "persons_under_five": True}], "JSON")
        story.equal(len(found), len(rows) - 1, "the same rows")
        for path in ("/auswertung", "/daten/"):
            ElementTree.fromstring(re.sub(r"<(meta|link|wbr)([^>]*?)>", r"<\1\2/>", web.get(path)[2].replace("<!DOCTYPE html>", "").replace("&nbsp;", " ")))
            story.has(web.get(path)[2], "daten/auswertung.csv", f"{path} leads to the files, and is well formed")
        story.has(web.get("/")[2], 'href="/auswertung"', "the menu leads there")
        story.equal(gateway.stop(), 0, "it ends in order")


main()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a random life (chance.py) that staff do among themselves and with authors: talk within about public ideas, letters to an author
alone and what comes back, decisions about complaints, who moderates when, mails of citizens that an office passes on, steps of two persons; and
reactions, and an address that takes no mail."""
import re

import fp
import strangers

GONE = "weg@example.org" # who has no mailbox any more
SIGNS = ("\N{THUMBS UP SIGN}", "\N{HEAVY BLACK HEART}", "\N{CLAPPING HANDS SIGN}", "\N{THINKING FACE}")
PASSED_ON = "{}\n\n---------- Forwarded message ---------\nVon: {} <{}>\nDate: Mo., 2. März 2026 um 10:14 Uhr\nSubject: {}\nTo: <poststelle@amt.example.com>\n\n\n{}\n"


def refuses(verb, argument):
    """What the mail servers of others say: one mailbox is gone."""
    return f"550 5.1.1 <{GONE}>: no such user" if verb == "RCPT" and GONE in argument else None


class Deeds:
    """What World (chance.py) is made of, too."""

    def say(self, person, to, text, dmarc="pass"):
        """At an address that is everybody's: who is asked says yes."""
        self.mail(person, to, "Re: Idee", text, dmarc)
        self.quiet()
        word = re.search(r"(?:innen|aussen)\w+", text).group()
        asked = next((m for m in reversed(self.sink.to(person)[-20:]) if m.field("Feedback-ID").startswith("confirm") and word in m.text), None)
        if asked is not None:
            self.respond(asked, person, "JA")
        return asked is not None

    def inner_talk(self):
        idea, word = self.idea(f"ring = 'public' AND {self.open} AND forum_id = 1"), self.word(True)
        if not idea:
            return False
        person = self.chance.choice([*self.members, *self.staff])
        self.inner[word] = person
        return self.say(person, f"idee-{idea}+intern@{fp.DOMAIN}", f"Unter uns gesagt: {word}.")

    def letter(self):
        """To the author alone, who answers alone."""
        for row in self.one(f"SELECT i.id, a.address FROM idea i JOIN address a ON a.person_id = i.author_id WHERE i.ring = 'public' AND {self.open} ORDER BY i.id DESC LIMIT 6"):
            word, person = self.word(True), self.chance.choice(list(self.staff))
            self.private[word] = {row["address"]}
            if not self.say(person, f"idee-{row['id']}+autor@{fp.DOMAIN}", f"Eine Frage nur an Sie: {word}?"):
                return False
            self.quiet()
            told = next((m for m in reversed(self.sink.to(row["address"])[-20:]) if word in m.text), None)
            if told is None:
                return False
            back = self.word(True)
            self.private[back] = {row["address"]}
            self.respond(told, row["address"], f"Nur für Sie, {back}.")
            return True
        return False

    def judge_complaint(self):
        person = self.chance.choice(list(self.staff))
        m = self.newest(person, "complaint:")
        return m is not None and (self.respond(m, person, self.chance.choice(("FREI", "BLEIBT: Die Regel gilt auch hier."))) or True)

    def duty(self):
        person = self.chance.choice([p for p, role in self.staff.items() if role != "office"])
        self.mail(person, f"{self.chance.choice(self.forums)}@{fp.DOMAIN}", "", self.chance.choice(("dienst an", "dienst aus", "urlaub an", "urlaub aus", f"urlaub bis {self.day(9)}")))

    def pass_on(self):
        """What a citizen wrote to an office: it is theirs, and nothing of it is public before they say so."""
        person, word, note = f"buerger{self.n_words}@fremd.example", self.word(), self.word(True)
        self.unproved[word] = person
        self.author_of[word], self.inner[note] = person, "office"
        self.mail(self.chance.choice(list(self.staff)), f"{self.chance.choice(self.forums)}@{fp.DOMAIN}", f"Fwd: Brief {word}",
                  PASSED_ON.format(f"Liebe Kolleginnen, {note}.", "Berta Bittermann", person, f"Brief {word}", f"Am Bahnhof fehlt {word}."))
        self.author_of[word] = person

    def reaction(self):
        person = self.chance.choice(self.readers + self.members)
        m = self.newest(person, ("post", "receipt", "news"), 20)
        if m is None:
            return False
        before = len(self.rows("SELECT id FROM post"))
        self.respond(m, person, self.chance.choice(SIGNS), quote=False)
        if len(self.rows("SELECT id FROM post")) != before:
            self.broken["a reaction is no contribution"].append((person, m.subject))
        return True

    def two_decide(self):
        """A step that needs two."""
        idea = self.idea(f"ring = 'public' AND {self.open}")
        office = next(person for person, role in self.staff.items() if role == "office")
        if not idea:
            return False
        self.mail(office, self.gateway.own_address(idea, office), "Re: Idee", "stand umgesetzt: Das steht seit Mai.")
        self.quiet()
        lead = next(person for person, role in self.staff.items() if role == "lead")
        m = self.newest(lead, "step-second")
        return m is not None and (self.respond(m, lead, self.chance.choice(("FREI", "FREI", "ABLEHNEN: Es steht noch nicht."))) or True)

    def many_orders(self):
        """Several lines, all or none."""
        idea, other = (self.idea(f"ring = 'public' AND {self.open}") for _ in range(2))
        lead = next(person for person, role in self.staff.items() if role == "lead")
        return idea and self.mail(lead, self.gateway.own_address(idea, lead), "Re: Idee", f"{idea} frist {self.day(20)}\n{other} auch in energie\n{idea} beraten") is None

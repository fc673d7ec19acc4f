# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a random life (chance.py) that is other people's: who proves nothing, who writes in somebody's name, machines of every kind,
mails of our own that come back; and who quotes at length, or writes while nothing is taken."""
import re

import fp

PROMISES = ("what somebody writes in another's name changes nothing", "a yes to our question counts", "what is always taken is taken outside every phase",
            "a mail of our own that comes back changes nothing")
HOLDS, WISHES = 5, 12 # places in World.state()
LONG = ("Wir brauchen {} an jeder Ecke dieser großen alten Stadt am Fluss und ebenso {} vor allen Schulen und Bahnhöfen, "
        "damit endlich auch {} für alle Menschen hier im Viertel möglich wird.")
SENDER = "Kanari"
# What nobody wrote (RFC 3834, RFC 2076): fields; the envelope's sender; what becomes of the bytes.
MACHINES = (({"Auto_Submitted": "auto-replied"}, None, None), ({"Auto_Submitted": "auto-generated"}, None, None), ({"Precedence": "bulk"}, None, None),
            ({"List_Id": "<liste.example.org>", "Precedence": "list"}, None, None), ({}, "", None), ({}, "MAILER-DAEMON@example.org", "two"),
            ({"X_Autoreply": "yes"}, None, None), ({}, None, "two"), ({}, None, "receipt"), ({}, None, "invitation"))


def called(person):
    """As their mail program calls them, which nobody else may ever read."""
    return f"{SENDER} {person.split('@')[0].capitalize()}vogel <{person}>"


def turned_into(how, data, person):
    if how == "two":
        return re.sub(rb"(?m)^From: .*?\r\n", f"From: {person}, zweite@example.com\r\n".encode(), data, count=1)
    if how == "receipt":
        return re.sub(rb"(?m)^Content-Type: .*?\r\n", b"Content-Type: message/disposition-notification\r\n", data, count=1)
    if how == "invitation":
        return re.sub(rb"(?m)^Content-Type: .*?\r\n", b"Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n", data, count=1)
    return data


class Strangers:
    """What World (chance.py) is made of, too."""

    def long_text(self):
        words = [self.word() for _ in range(3)]
        text = LONG.format(*words)
        self.long.update(dict.fromkeys(words, text))
        return text

    def stranger(self):
        """Nobody knows them, and no mail server speaks for them."""
        person, idea, word = f"fremd{self.n_words}@fremd.example", self.idea(), self.word()
        self.unproved[word] = person
        if idea and self.chance.random() < 0.5:
            self.mail(person, f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", self.chance.choice((f"Auch ich meine {word}.", "+1", "dafür")), dmarc=None)
        else:
            self.mail(person, f"{self.chance.choice(self.forums)}@{fp.DOMAIN}", f"Idee {self.word()}", f"Von fern kommt {word}.", dmarc=None)

    def say_yes(self):
        """Who was asked whether that was them answers, or says that it was not."""
        asked = [m for m in self.sink.mails[-200:] if m.field("Feedback-ID").startswith("confirm") and m not in self.answered]
        if not asked:
            return False
        m, word = self.chance.choice(asked), self.chance.choice(("JA", "JA", "JA", "Ja, das bin ich.", "NEIN"))
        before = self.rows("SELECT count(*) FROM event WHERE kind = 'hold.confirmed'")[0][0]
        mine = self.rows("SELECT 1 FROM hold WHERE state = 'open' AND kind = 'confirm' AND address = ? LIMIT 1", m.to)
        self.respond(m, m.to, word, dmarc=None)
        now = self.rows("SELECT count(*) FROM event WHERE kind = 'hold.confirmed'")[0][0]
        if word == "NEIN" and now != before:
            self.broken["a yes to our question counts"].append((m.to, m.subject, word))
        return bool(mine)

    def forged(self):
        """A reader's address in From, and nothing behind it."""
        person, idea, word = self.chance.choice(self.readers), self.idea(), self.word()
        if not idea:
            return False
        own = self.rows("SELECT i.id FROM idea i JOIN address a ON a.person_id = i.author_id WHERE a.address = ? ORDER BY i.id DESC LIMIT 1", person)
        to, text = self.chance.choice(((f"idee-{idea}@{fp.DOMAIN}", f"Gefälscht ist {word}."), (f"idee-{idea}@{fp.DOMAIN}", "+1"), (f"idee-{idea}@{fp.DOMAIN}", "STOPP"),
                                       (f"hilfe@{fp.DOMAIN}", f"löschen {own[0][0] if own else idea}"), (f"hilfe@{fp.DOMAIN}", "name: Falscher Name"),
                                       (f"hilfe@{fp.DOMAIN}", "abbestellen"), (f"hilfe@{fp.DOMAIN}", "alles löschen"), (f"energie@{fp.DOMAIN}", f"Gefälscht ist auch {word}.")))
        self.unproved[word] = person
        before = self.state()
        self.mail(person, to, "Re: Idee" if to.startswith("idee") else f"Idee {self.word()}" if to.startswith("energie") else "", text, dmarc=self.chance.choice((None, "fail")))
        self.unchanged(PROMISES[0], before, lambda row: (row[0] == HOLDS and row[2] == "open") or row[0] == WISHES, by=(person, to, text))
        return True

    def machine(self):
        idea, person = self.idea(), self.chance.choice(self.readers)
        if not idea:
            return
        fields, envelope, how = self.chance.choice(MACHINES)
        to, before = self.gateway.own_address(idea, person), self.state()
        words = self.chance.choice(("Ja", "+1", "STOPP", "Ich bin bis Montag nicht da."))
        may_speak = (how == "two" or "Precedence" in fields) and len(words) > 5 # people may speak so; nobody commands so
        data = fp.mail(person, to, "Re: Idee", words, **fields)
        self.send(person, to, fp.found(fp.trace(turned_into(how, data, person)), person, "pass"), envelope)
        self.unchanged("a machine's mail changes nothing", self.state() if may_speak else before, by=(fields, envelope, how, words))

    def own_mail_back(self):
        """What we sent comes back, as from a mailbox that forwards everything."""
        sent = [m for m in self.sink.mails[-100:] if m.field("Reply-To")]
        if not sent:
            return False
        m, before = self.chance.choice(sent), self.state()
        self.send(m.to, fp.address_of(m.message["Reply-To"]), fp.trace(m.data))
        self.unchanged(PROMISES[3], before, by=(m.to, m.subject))
        return True

    def quote(self):
        """Whoever answers may leave the whole text in their answer, without a mark: it goes with that text."""
        found = self.rows("SELECT p.idea_id, p.text FROM post p JOIN idea i ON i.id = p.idea_id WHERE p.state = 'published' AND p.kind = 'idea' AND i.ring = 'public' "
                          "AND length(p.text) > 150 ORDER BY p.id DESC LIMIT 8")
        if not found:
            return False
        row, person = self.chance.choice(found), self.chance.choice(self.readers)
        lines = self.chance.choice((f"> {row['text']}\n\nDem stimme ich zu, schon wegen {self.word()}.", f"{row['text']}\n\nDas finde ich auch, und {self.word()} dazu."))
        self.mail(person, f"idee-{row['idea_id']}@{fp.DOMAIN}", "Re: Idee", lines)
        return True

    def out_of_phase(self):
        """A phase ends, somebody writes, it goes on. Or only support and feedback are asked for meanwhile."""
        idea, word = self.idea(f"ring = 'public' AND {self.open}"), self.word()
        ends = self.chance.random() < 0.6
        how = ("--to", self.day(-2)) if ends else ("--allows", "support,feedback")
        if not idea or self.run("phase", "change", "alles", *how) != 0:
            return self.phase_goes_on()
        before, author = self.state(), self.chance.choice(self.readers[4:])
        self.mail(author, f"energie@{fp.DOMAIN}", f"Idee {word}", f"Zu spät kommt {word}.")
        self.mail(author, f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", f"Zu spät kommt auch {self.word()}.")
        if ends:
            self.mail(author, f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", "dafür")
        held = {row[0] for row in self.rows("SELECT id FROM hold")} # kept, and asked about if the phase is extended
        self.unchanged("nothing is taken while no phase allows it", before, lambda row: row[1] in held and row[2] == "open" and len(row) == 3)
        self.always(idea, author)
        return self.phase_goes_on()

    def phase_goes_on(self):
        self.live_again()
        return self.door("phase", "change", "alles", "--to", "none", "--allows", "idea,reply,support,feedback,inner")

    def always(self, idea, person):
        """To follow and to stop is no contribution."""
        def stopped():
            found = self.rows("SELECT stopped_at FROM follow f JOIN address a ON a.person_id = f.person_id WHERE f.idea_id = ? AND a.address = ?", idea, person)
            return found[0][0] is not None if found else None
        self.mail(person, f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", "folgen")
        after_follow = stopped()
        self.mail(person, f"idee-{idea}@{fp.DOMAIN}", "Re: Idee", "stumm")
        if self.rows("SELECT 1 FROM address WHERE address = ?", person) and (after_follow, stopped()) != (False, True):
            self.broken[PROMISES[2]].append((idea, person, after_follow, stopped()))

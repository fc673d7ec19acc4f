#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way through a real Postfix: a citizen's idea comes in by SMTP, goes to the gateway by LMTP, the gateway's
question lands in her mailbox, her JA publishes it, a member is told and answers, and a bounce finds its way back."""
import os
import subprocess

import fp
import mta

CITIZEN = "Erika Beispiel <erika@example.net>"
MEMBER = "Anna Fach <anna@example.org>"
SECOND = "Max Muster <max@example.net>"
FORUM = f"mobilitaet@{fp.DOMAIN}"
IDEA = "Ein Ticket für das ganze Ruhrgebiet.\n\nIch fahre jeden Tag von Bottrop nach Hagen."


def prepare(story):
    postfix = mta.Postfix(story, ["erika@example.net", "anna@example.org", "max@example.net"], authentic=["anna@example.org"])
    gateway = fp.Gateway(story, relay=f"inet:127.0.0.1:{postfix.inside}", intake={"listen": f"unix:{postfix.socket}", "authserv_hops": "1"})
    story.at_end(lambda: fp.diag(gateway.log_from().decode("utf-8", "replace")[-6000:] + postfix.maillog()[-6000:])
                 if story.n_failed else None)
    gateway.must("init")
    gateway.must("forum", "add", "mobilitaet", "--title", "Neue Mobilität", "--ministry", "VM", "--moderation", "none")
    gateway.must("member", "add", "mobilitaet", "anna@example.org", "--role", "member", "--delivery", "each")
    gateway.must("member", "add", "mobilitaet", "gone@example.org", "--role", "reader", "--delivery", "each")
    gateway.start()
    return postfix, gateway


def recipients_are_proved(story, postfix):
    code, text = postfix.send(CITIZEN, f"gibtsnicht@{fp.DOMAIN}", fp.mail(CITIZEN, f"gibtsnicht@{fp.DOMAIN}", "Hallo", "Text"))
    story.equal(code, 550, "an unknown forum is refused inside the sender's SMTP dialogue")
    story.has(text, "5.1.1", "with the gateway's own status")


def idea_is_confirmed(story, postfix, gateway):
    code, _ = postfix.send(CITIZEN, FORUM, fp.mail(CITIZEN, FORUM, "Ein Ticket für alle", IDEA))
    story.equal(code, 250, "Postfix takes the citizen's idea")
    question = postfix.wait("erika@example.net")
    if not story.ok(question is not None, "the question for confirmation lands in her mailbox", postfix.maillog()[-3000:]):
        return False
    story.has(fp.text_of(question), "Bottrop nach Hagen", "it shows the text that will be public")
    story.equal(gateway.rows("idea", "list"), [], "nothing is public before she answers")
    data = fp.answer(question, CITIZEN, "JA")
    code, _ = postfix.send(CITIZEN, fp.address_of(question["Reply-To"]), data)
    story.equal(code, 250, "her answer is taken")
    receipt = postfix.wait("erika@example.net", 2)
    if not story.ok(receipt is not None, "she gets a receipt", postfix.maillog()[-3000:]):
        return False
    ideas = gateway.rows("idea", "list")
    story.equal([(i["forum"], i["state"], i["posts"]) for i in ideas], [("mobilitaet", "published", 1)], "the idea is published")
    story.has(fp.text_of(receipt), f"idee-{ideas[0]['number']}", "the receipt names the idea's address")
    return True


def member_answers(story, postfix, gateway):
    notice = postfix.wait("anna@example.org")
    if not story.ok(notice is not None, "the member's mailbox has the post", postfix.maillog()[-3000:]):
        return
    story.has(fp.text_of(notice), "Bottrop nach Hagen", "with its text")
    story.lacks(notice.as_string(), "erika@example.net", "and without the citizen's address")
    data = fp.answer(notice, MEMBER, "Das Fachforum prüft das gern.")
    postfix.send(MEMBER, fp.address_of(notice["Reply-To"]), data)
    number = gateway.rows("idea", "list")[0]["number"]
    shown = fp.wait_for(lambda: [i for i in gateway.rows("idea", "show", str(number)) if len(i["posts"]) == 2])
    if story.ok(bool(shown), "the member's answer is published without asking: she is known and authentic"):
        posts = shown[0]["posts"]
        story.equal((posts[1]["parent"], posts[1]["kind"]), (posts[0]["number"], "reply"), "as a reply to the idea")
        story.equal(posts[1]["text"].strip(), "Das Fachforum prüft das gern.", "without the quote below it")
    told = postfix.wait("erika@example.net", 3)
    story.ok(told is not None and "prüft das gern" in fp.text_of(told), "the author hears of the reply", postfix.maillog()[-3000:])


def second_citizen_replies(story, postfix, gateway):
    number = gateway.rows("idea", "list")[0]["number"]
    address = f"idee-{number}@{fp.DOMAIN}"
    postfix.send(SECOND, address, fp.mail(SECOND, address, "ganz anderer Betreff", "Volle Zustimmung!"))
    question = postfix.wait("max@example.net")
    if story.ok(question is not None, "a second citizen writes to the idea's address and is asked", postfix.maillog()[-3000:]):
        postfix.send(SECOND, fp.address_of(question["Reply-To"]), fp.answer(question, SECOND, "Ja."))
        shown = fp.wait_for(lambda: [i for i in gateway.rows("idea", "show", str(number)) if len(i["posts"]) == 3])
        story.ok(bool(shown), "after the yes the reply stands in the same discussion, whatever its subject")


def bounce_comes_back(story, postfix, gateway):
    def bounced():
        return [event for event in gateway.rows("event", "list") if "bounce" in event["kind"]]

    story.ok(bool(fp.wait_for(bounced)), "Postfix's bounce for the dead mailbox is counted", postfix.maillog()[-3000:])
    left = [path for path in ("failed",) for path in os.listdir(gateway.path(f"spool/{path}")) if not path.startswith("README")]
    story.equal(left, [], "nothing was set aside")


def traps(story, postfix, gateway):
    """What doc/postfix.md warns of is found by `check`."""
    def relay(port, contact=None):
        path = gateway.path("trap.conf")
        with open(gateway.config, encoding="utf-8") as file:
            text = file.read().replace(f"127.0.0.1:{postfix.inside}", f"127.0.0.1:{port}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("office@example.org", contact or "anna@example.org"))
        done = subprocess.run([fp.FORUMPOST, "-c", path, "check"], capture_output=True, text=True, check=False)
        return "\n".join(line for line in done.stdout.splitlines() if " relay " in line)

    said = relay(postfix.inside)
    story.equal((said.count("ok "), said.count("BAD")), (3, 0), "check: Postfix relays for us and knows our domain")
    said = relay(postfix.outside, "somebody@far.example")
    story.has(said, "Relay access denied; does it relay for us", "check: mynetworks without us is found")
    subprocess.run(["postconf", "-c", postfix.folder, "-e", f"mydestination = {fp.DOMAIN}", "local_recipient_maps = texthash:/dev/null"],
                   check=True)
    postfix.postfix("reload")
    said = fp.wait_for(lambda: [text for text in [relay(postfix.outside)] if "BAD" in text])
    story.has((said or [""])[0], "User unknown in local recipient table; does it know that our domain's mail comes to the gateway",
              "check: our domain in mydestination is found")


with fp.Story("postfix") as the_story:
    the_postfix, the_gateway = prepare(the_story)
    recipients_are_proved(the_story, the_postfix)
    if idea_is_confirmed(the_story, the_postfix, the_gateway):
        member_answers(the_story, the_postfix, the_gateway)
        second_citizen_replies(the_story, the_postfix, the_gateway)
        bounce_comes_back(the_story, the_postfix, the_gateway)
    traps(the_story, the_postfix, the_gateway)
    the_story.equal(the_gateway.stop(), 0, "serve ends cleanly")

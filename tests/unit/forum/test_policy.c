/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules as tables: a mail with its facts in, the verdict, the rule and the automatic answer out.
 */
#include "base/limits.h"
#include "forum/policy.h"
#include "forum/reference.h"
#include "forum/whys.h"

#include <string.h>

/* What differs from an ordinary mail of an unknown citizen to an open forum, as one row. */
struct row {
    const char *name;
    enum message_kind kind;
    const char *text, *command_text, *subject;
    bool proved, known, no_reply, null_sender, null_return_path, spread, forwarded, only_sent, looped, own_domain, no_from,
        reads_nothing;
    bool spf_of_from, dkim_of_from, foreign_spf, no_dmarc;
    const char *envelope_from; /* NULL erika's */
    enum role role;
    enum route_kind route;
    enum ring ring;
    bool is_copy, with_picture;
    bool token, foreign_token, holder, moderator_without_token, own_text;
    enum why pose;
    guint whys;
    enum leave leave;
    row_id leave_forum;
    bool no_forum, closed, premoderated, out_of_phase, from_inner, late, answers_notice;
    bool with_idea;
    enum idea_state idea_state;
    enum hold_state hold_state;
    enum access access;
    enum hold_kind hold_kind;
    bool own; /* the mail that is answered was about the writer's post */
    enum post_state own_state;
    bool own_deleted;
    enum role token_role;
    bool other_address;
    gint64 n_posts, n_pending, n_pending_proved;
    bool own_chain;
    gint64 closed_at; /* it is 1000 */
    guint n_received;
    enum verdict_kind verdict;
    const char *rule;
    enum purpose answer;
    enum action action;
};

/* clang-format off */
static const struct row rows[] = {
    /* Who may be public at once */
    {.name = "unknown, unproved", .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "unknown, proved", .proved = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "known, unproved", .known = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "known, proved", .known = true, .proved = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "known, token, unproved", .known = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "known, somebody else's token", .known = true, .foreign_token = true, .route = ROUTE_IDEA, .with_idea = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "known, proved, token, members' ring", .known = true, .proved = true, .token = true, .role = ROLE_MEMBER, .route = ROUTE_IDEA, .with_idea = true, .ring = RING_MEMBERS, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "known, proved, no token, members' ring", .known = true, .proved = true, .role = ROLE_MEMBER, .ring = RING_MEMBERS, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "reader writes into the members' ring", .known = true, .proved = true, .role = ROLE_READER, .ring = RING_MEMBERS, .verdict = VERDICT_REFUSED, .rule = "members-only", .answer = PURPOSE_ERROR_MEMBER},
    {.name = "stranger writes into the members' ring, unproved", .ring = RING_MEMBERS, .verdict = VERDICT_REFUSED, .rule = "members-only"},
    /* Being for an idea: one word from somebody known and proved, about what they may read */
    {.name = "for it", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1", .verdict = VERDICT_ACCEPTED, .rule = "support", .answer = PURPOSE_SUPPORTED, .action = ACTION_SUPPORT},
    {.name = "for it, not proved", .known = true, .route = ROUTE_IDEA, .with_idea = true, .text = "dafür", .verdict = VERDICT_CONFIRM, .rule = "support", .action = ACTION_ASK_SUPPORT},
    {.name = "for it, not known", .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "dafür", .verdict = VERDICT_CONFIRM, .rule = "support", .action = ACTION_ASK_SUPPORT},
    {.name = "for it, in a copy", .known = true, .proved = true, .is_copy = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1", .verdict = VERDICT_CONFIRM, .rule = "support", .action = ACTION_ASK_SUPPORT},
    {.name = "for it, in a copy that answers a mail of ours", .known = true, .proved = true, .is_copy = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1", .verdict = VERDICT_ACCEPTED, .rule = "support", .answer = PURPOSE_SUPPORTED, .action = ACTION_SUPPORT},
    {.name = "for what is over", .proved = true, .route = ROUTE_IDEA, .with_idea = true, .idea_state = IDEA_DONE, .text = "+1", .verdict = VERDICT_REFUSED, .rule = "support", .answer = PURPOSE_ERROR_IDEA_CLOSED},
    {.name = "for it, too many asked about", .route = ROUTE_IDEA, .with_idea = true, .n_pending = LIMIT_HELD_PER_MAILBOX, .text = "+1", .verdict = VERDICT_OPERATOR, .rule = "support", .action = ACTION_WARN},
    {.name = "for what they may not read", .known = true, .proved = true, .role = ROLE_READER, .route = ROUTE_IDEA, .with_idea = true, .ring = RING_MEMBERS, .text = "dafür", .verdict = VERDICT_REFUSED, .rule = "members-only", .answer = PURPOSE_ERROR_MEMBER},
    {.name = "for it, and signed", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1\n\nErika", .verdict = VERDICT_ACCEPTED, .rule = "support", .answer = PURPOSE_SUPPORTED, .action = ACTION_SUPPORT},
    {.name = "for it, and more bicycle lanes", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1\nMehr Radwege", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "for it, greeting and whoever", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1\nLG\nMehr Radwege", .verdict = VERDICT_ACCEPTED, .rule = "support", .answer = PURPOSE_SUPPORTED, .action = ACTION_SUPPORT},
    {.name = "a bare word below a title may be an idea", .known = true, .proved = true, .subject = "Mehr Radwege", .text = "Sofort.", .verdict = VERDICT_CONFIRM, .rule = "ask-word", .action = ACTION_ADD},
    {.name = "a bare word below nothing is an order", .known = true, .proved = true, .subject = "", .text = "Sofort.", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "a bare word below a word", .known = true, .proved = true, .subject = "Abo", .text = "täglich", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "two words below a title are orders", .known = true, .proved = true, .subject = "Bitte", .text = "täglich\nliste", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "the word to a forum is text", .known = true, .proved = true, .text = "dafür", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a machine is for it", .kind = KIND_AUTO_REPLY, .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "+1", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "for another idea, at one", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "dafür 17", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "for an idea, at help", .known = true, .proved = true, .route = ROUTE_HELP, .no_forum = true, .text = "nicht mehr 17", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "for an idea, at a forum", .known = true, .proved = true, .text = "dafür 17", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "to 17, at a forum: asked", .known = true, .proved = true, .text = "zu 17", .verdict = VERDICT_CONFIRM, .rule = "instead", .action = ACTION_INSTEAD},
    {.name = "to 17, at a forum, a stranger", .text = "zu 17", .verdict = VERDICT_CONFIRM, .rule = "instead", .action = ACTION_INSTEAD},
    {.name = "to 17, at a forum, too many asked about", .text = "zu 17", .n_pending = LIMIT_HELD_PER_MAILBOX, .verdict = VERDICT_OPERATOR, .rule = "instead", .action = ACTION_WARN},
    {.name = "to 17, at an idea", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "zu 17", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "only looks like a word in a discussion, 1", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Täglich Stau.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "only looks like a word, 3", .known = true, .proved = true, .subject = "Wunsch", .text = "Sofort Tempo 30!", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "only looks like a word, 6", .known = true, .proved = true, .subject = "Wunsch", .text = "Liste aller Schulen fehlt.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "only looks like a word, 10", .known = true, .proved = true, .subject = "Wunsch", .text = "Adresse: die Halle in der Nordstadt wäre gut.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a list, and what it is of", .known = true, .proved = true, .subject = "Wunsch", .text = "Liste der Radwege", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "the second page", .route = ROUTE_IDEA, .with_idea = true, .text = "verlauf 17 2", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_NONE, .action = ACTION_COMMANDS},
    {.name = "for 17 reasons", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Dafür 17 gute Gründe.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "no more", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "nicht mehr dafür", .verdict = VERDICT_ACCEPTED, .rule = "unsupport", .answer = PURPOSE_SUPPORTED, .action = ACTION_UNSUPPORT},
    {.name = "follows", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "folgen", .verdict = VERDICT_ACCEPTED, .rule = "follow", .answer = PURPOSE_FOLLOWED, .action = ACTION_FOLLOW},
    {.name = "no more, not proved", .known = true, .route = ROUTE_IDEA, .with_idea = true, .text = "nicht mehr dafür", .verdict = VERDICT_ACCEPTED, .rule = "unsupport", .action = ACTION_ASK_COMMAND},
    {.name = "no more, of nobody", .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "nicht mehr dafür", .verdict = VERDICT_REFUSED, .rule = "unsupport", .answer = PURPOSE_ERROR_SUPPORT},
    {.name = "follows, not proved", .known = true, .route = ROUTE_IDEA, .with_idea = true, .text = "folgen", .verdict = VERDICT_ACCEPTED, .rule = "follow", .action = ACTION_ASK_COMMAND},
    {.name = "follows, a stranger", .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "folgen", .verdict = VERDICT_ACCEPTED, .rule = "follow", .action = ACTION_ASK_COMMAND},
    {.name = "mutes, not proved", .known = true, .route = ROUTE_IDEA, .with_idea = true, .text = "stumm", .verdict = VERDICT_ACCEPTED, .rule = "mute", .action = ACTION_ASK_COMMAND},
    {.name = "mutes", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "stumm", .verdict = VERDICT_ACCEPTED, .rule = "mute", .answer = PURPOSE_STOPPED, .action = ACTION_MUTE},
    /* A question about oneself */
    {.name = "about oneself: yes", .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "Ja.", .verdict = VERDICT_ACCEPTED, .rule = "wish-answer", .action = ACTION_GRANT},
    {.name = "about oneself: the word itself", .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "löschen", .verdict = VERDICT_ACCEPTED, .rule = "wish-answer", .action = ACTION_GRANT},
    {.name = "about oneself: no", .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "nein", .verdict = VERDICT_ACCEPTED, .rule = "wish-answer", .action = ACTION_DECLINE},
    {.name = "about oneself: stop", .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "STOPP", .verdict = VERDICT_ACCEPTED, .rule = "wish-answer", .action = ACTION_DECLINE},
    {.name = "about oneself: a sentence", .proved = true, .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "Ja, aber erst morgen.", .verdict = VERDICT_REFUSED, .rule = "wish-answer", .answer = PURPOSE_ERROR_WISH},
    {.name = "about somebody else", .proved = true, .token = true, .route = ROUTE_WISH, .no_forum = true, .other_address = true, .text = "JA", .verdict = VERDICT_REFUSED, .rule = "wish-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "about oneself: answered before, or too late", .proved = true, .token = true, .route = ROUTE_WISH, .no_forum = true, .closed_at = 1, .text = "JA", .verdict = VERDICT_REFUSED, .rule = "wish-answer", .answer = PURPOSE_ERROR_WISH_EXPIRED},
    {.name = "a machine says yes", .kind = KIND_AUTO_REPLY, .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "the null path says yes", .null_sender = true, .token = true, .route = ROUTE_WISH, .no_forum = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    /* Moderation and rate */
    {.name = "called like an office", .known = true, .proved = true, .pose = WHY_NAME, .verdict = VERDICT_REVIEW, .rule = "impostor", .action = ACTION_ADD},
    {.name = "writes like an office", .known = true, .proved = true, .pose = WHY_IMPOSTOR, .verdict = VERDICT_REVIEW, .rule = "impostor", .action = ACTION_ADD},
    {.name = "called like an office, not proved", .known = true, .pose = WHY_NAME, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "tells of others", .known = true, .proved = true, .whys = WHYS(WHY_PERSONAL), .role = ROLE_LEAD, .verdict = VERDICT_REVIEW, .rule = "personal", .action = ACTION_ADD},
    {.name = "tells of others, not proved", .known = true, .whys = WHYS(WHY_PERSONAL), .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "leads elsewhere", .known = true, .proved = true, .whys = WHYS(WHY_LINKS), .verdict = VERDICT_REVIEW, .rule = "links", .action = ACTION_ADD},
    {.name = "both: what weighs more is the rule", .known = true, .proved = true, .premoderated = true, .whys = WHYS(WHY_LINKS) | WHYS(WHY_PERSONAL), .verdict = VERDICT_REVIEW, .rule = "personal", .action = ACTION_ADD},
    {.name = "to everybody, in answer to members", .known = true, .proved = true, .from_inner = true, .role = ROLE_LEAD, .verdict = VERDICT_CONFIRM, .rule = "ring", .action = ACTION_ADD},
    {.name = "about what is over", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .idea_state = IDEA_DONE, .late = true, .verdict = VERDICT_REVIEW, .rule = "late", .action = ACTION_ADD},
    {.name = "in answer to a mail of ours about nothing", .known = true, .proved = true, .answers_notice = true, .verdict = VERDICT_CONFIRM, .rule = "ask-answer", .action = ACTION_ADD},
    {.name = "in answer to none", .known = true, .proved = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a word in answer to a mail of ours", .known = true, .proved = true, .answers_notice = true, .text = "HILFE", .verdict = VERDICT_ACCEPTED, .rule = "help", .answer = PURPOSE_HELP},
    {.name = "about what is over, not proved", .known = true, .route = ROUTE_IDEA, .with_idea = true, .idea_state = IDEA_DONE, .late = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "premoderated", .known = true, .proved = true, .premoderated = true, .verdict = VERDICT_REVIEW, .rule = "review", .action = ACTION_ADD},
    {.name = "between phases", .known = true, .proved = true, .out_of_phase = true, .verdict = VERDICT_REFUSED, .rule = "phase", .answer = PURPOSE_ERROR_PHASE, .action = ACTION_ADD},
    {.name = "between phases, a stranger", .out_of_phase = true, .verdict = VERDICT_REFUSED, .rule = "phase", .action = ACTION_ADD},
    {.name = "between phases, a yes", .out_of_phase = true, .route = ROUTE_CONFIRM, .token = true, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM},
    {.name = "between phases, STOPP", .out_of_phase = true, .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "folgen", .verdict = VERDICT_ACCEPTED, .rule = "follow", .answer = PURPOSE_FOLLOWED, .action = ACTION_FOLLOW},
    {.name = "between phases, the office answers", .out_of_phase = true, .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "antwort: Wir prüfen das.", .verdict = VERDICT_ACCEPTED, .rule = "answer", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "the office ends a phase", .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "Phase zuhoeren bis 10.4.2027", .verdict = VERDICT_ACCEPTED, .rule = "phase", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "the office writes of a phase", .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "Phase zwei ist zu kurz", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "the office sets a day", .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "Frist 3.5.", .verdict = VERDICT_ACCEPTED, .rule = "deadline", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "the office writes of a day", .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "Frist verlängern", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "premoderated, a lead", .known = true, .proved = true, .premoderated = true, .role = ROLE_LEAD, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "too fast", .known = true, .proved = true, .n_posts = LIMIT_POSTS_PER_HOUR, .verdict = VERDICT_REVIEW, .rule = "review", .action = ACTION_ADD},
    {.name = "answers itself", .known = true, .proved = true, .own_chain = true, .verdict = VERDICT_REVIEW, .rule = "review", .action = ACTION_ADD},
    {.name = "nearly too fast", .known = true, .proved = true, .n_posts = LIMIT_POSTS_PER_HOUR - 1, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "too many waiting", .n_pending = LIMIT_HELD_PER_MAILBOX, .verdict = VERDICT_OPERATOR, .rule = "too-many-waiting", .action = ACTION_WARN},
    {.name = "one less", .n_pending = LIMIT_HELD_PER_MAILBOX - 1, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "too many waiting, but known and proved", .known = true, .proved = true, .n_pending = LIMIT_HELD_PER_MAILBOX, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "too many waiting, but proved", .proved = true, .n_pending = LIMIT_HELD_PER_MAILBOX, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "too many of their own waiting", .proved = true, .n_pending_proved = LIMIT_HELD_PER_MAILBOX, .verdict = VERDICT_OPERATOR, .rule = "too-many-waiting", .action = ACTION_WARN},
    {.name = "nearly too many of their own waiting", .proved = true, .n_pending_proved = LIMIT_HELD_PER_MAILBOX - 1, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    /* Machines are never posted and never answered */
    {.name = "auto-reply", .kind = KIND_AUTO_REPLY, .proved = true, .known = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "auto-reply that says JA to a question", .kind = KIND_AUTO_REPLY, .proved = true, .route = ROUTE_CONFIRM, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "bounce to a forum", .kind = KIND_BOUNCE, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "bounce to its address", .kind = KIND_BOUNCE, .route = ROUTE_BOUNCE, .verdict = VERDICT_BOUNCE, .rule = "delivery-report", .action = ACTION_REPORT},
    {.name = "auto-reply to a bounce address", .kind = KIND_AUTO_REPLY, .route = ROUTE_BOUNCE, .verdict = VERDICT_IGNORE, .rule = "delivery-report"},
    {.name = "newsletter", .kind = KIND_BULK, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "our own loop mark", .looped = true, .verdict = VERDICT_IGNORE, .rule = "loop"},
    {.name = "through as many servers as a mail may", .known = true, .proved = true, .n_received = LIMIT_RECEIVED_FIELDS, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "through one more", .known = true, .proved = true, .n_received = LIMIT_RECEIVED_FIELDS + 1, .verdict = VERDICT_IGNORE, .rule = "loop"},
    {.name = "from our own domain", .own_domain = true, .verdict = VERDICT_IGNORE, .rule = "loop"},
    {.name = "machine to postmaster", .kind = KIND_AUTO_REPLY, .route = ROUTE_OPERATOR, .verdict = VERDICT_IGNORE, .rule = "machine"},
    /* The operator */
    {.name = "human to postmaster", .route = ROUTE_OPERATOR, .verdict = VERDICT_OPERATOR, .rule = "operator", .action = ACTION_PASS_ON},
    {.name = "human to data protection", .proved = true, .route = ROUTE_PRIVACY, .verdict = VERDICT_OPERATOR, .rule = "privacy", .action = ACTION_PASS_ON, .answer = PURPOSE_PRIVACY},
    {.name = "machine to data protection", .kind = KIND_AUTO_REPLY, .route = ROUTE_PRIVACY, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "nobody to data protection", .no_from = true, .route = ROUTE_PRIVACY, .verdict = VERDICT_OPERATOR, .rule = "privacy", .action = ACTION_PASS_ON},
    {.name = "no author", .no_from = true, .verdict = VERDICT_OPERATOR, .rule = "no-author", .action = ACTION_PASS_ON},
    /* Answers to our questions */
    {.name = "show me", .route = ROUTE_CONFIRM, .token = true, .text = "ZEIGEN", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_SHOW},
    {.name = "show me too late", .route = ROUTE_CONFIRM, .token = true, .text = "ZEIGEN", .hold_state = HOLD_CONFIRMED, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_NOTHING},
    {.name = "show somebody else", .route = ROUTE_CONFIRM, .token = true, .text = "ZEIGEN", .other_address = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "yes", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM},
    {.name = "yes after no: only they have the address, and its owner's is forgotten", .route = ROUTE_CONFIRM, .token = true, .other_address = true, .text = "JA", .hold_state = HOLD_REJECTED, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "other words after no, from who knows", .route = ROUTE_CONFIRM, .token = true, .other_address = true, .text = "Wie bitte?", .hold_state = HOLD_REJECTED, .verdict = VERDICT_REFUSED, .rule = "confirm-answer"},
    {.name = "who shall read it? the members", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "Intern", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM_INNER},
    {.name = "who shall read it? everybody", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "ÖFFENTLICH", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM_PUBLIC},
    {.name = "who shall read it? public", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "public", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM_PUBLIC},
    {.name = "who shall read it? yes", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM_PUBLIC},
    {.name = "who shall read it? nobody", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "Löschen", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_DISOWN},
    {.name = "who shall read it? no", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "NEIN", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_DISOWN},
    {.name = "who shall read it? everybody, and the idea is gone", .route = ROUTE_CONFIRM, .token = true, .from_inner = true, .text = "öffentlich", .proved = true, .access = ACCESS_IDEA_NOT_OPEN, .verdict = VERDICT_REFUSED, .rule = "idea-not-open", .answer = PURPOSE_ERROR_IDEA_CLOSED},
    {.name = "intern, where nobody asked that", .route = ROUTE_CONFIRM, .token = true, .text = "intern", .proved = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_UNCLEAR},
    {.name = "yes in Turkish", .route = ROUTE_CONFIRM, .token = true, .text = "Evet.\n\nSaygılarımla", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM},
    {.name = "yes twice", .route = ROUTE_CONFIRM, .token = true, .text = "ja", .hold_state = HOLD_CONFIRMED, .access = ACCESS_DECIDED, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_NOTHING},
    {.name = "yes too late", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .access = ACCESS_EXPIRED, .proved = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "yes from another address", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .other_address = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "not mine", .route = ROUTE_CONFIRM, .token = true, .text = "STOPP", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_STOP_ASKING},
    {.name = "not mine, NEIN", .route = ROUTE_CONFIRM, .token = true, .text = "Nein, das ist nicht von mir.", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_DISOWN},
    {.name = "yes inside a sentence", .route = ROUTE_CONFIRM, .token = true, .text = "Ja, ich bin ab Montag wieder da.", .proved = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_UNCLEAR},
    {.name = "yes after leaving the forum", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .proved = true, .access = ACCESS_MEMBERS_ONLY, .verdict = VERDICT_REFUSED, .rule = "members-only", .answer = PURPOSE_ERROR_MEMBER},
    {.name = "yes after the forum was closed", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .proved = true, .access = ACCESS_CLOSED, .verdict = VERDICT_REFUSED, .rule = "closed", .answer = PURPOSE_ERROR_CLOSED},
    {.name = "yes after the idea was removed", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .proved = true, .access = ACCESS_IDEA_NOT_OPEN, .verdict = VERDICT_REFUSED, .rule = "idea-not-open", .answer = PURPOSE_ERROR_IDEA_CLOSED},
    {.name = "not mine after the idea was removed", .route = ROUTE_CONFIRM, .token = true, .text = "STOPP", .access = ACCESS_IDEA_NOT_OPEN, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_STOP_ASKING},
    {.name = "yes by Message-ID alone, proved", .route = ROUTE_CONFIRM, .text = "JA", .proved = true, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM},
    {.name = "yes by Message-ID alone, unproved", .route = ROUTE_CONFIRM, .text = "JA", .verdict = VERDICT_REFUSED, .rule = "confirm-answer"},
    {.name = "yes by Message-ID alone, nothing can be proved", .route = ROUTE_CONFIRM, .text = "JA", .reads_nothing = true, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_NOT_PROVED},
    {.name = "yes from the null sender", .route = ROUTE_CONFIRM, .token = true, .proved = true, .null_sender = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "yes with a null return path", .route = ROUTE_CONFIRM, .token = true, .proved = true, .null_return_path = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "yes that a list spread", .route = ROUTE_CONFIRM, .token = true, .proved = true, .spread = true, .text = "JA", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "yes in an image", .route = ROUTE_CONFIRM, .token = true, .proved = true, .text = "JA", .command_text = "", .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_UNCLEAR},
    {.name = "a member's post from the null sender", .known = true, .proved = true, .role = ROLE_MEMBER, .null_sender = true, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "a person's words on a list", .known = true, .proved = true, .spread = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a person's words on a list that begin like a lead's", .known = true, .proved = true, .spread = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Stand der Dinge: Hier fehlt noch ein Radweg.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a person's words on a list below a word", .known = true, .proved = true, .spread = true, .text = "Liste\nHier steht, was in unserem Viertel fehlt: ein Brunnen.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a person's words on a list that refuse", .known = true, .proved = true, .spread = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Ablehnung: Der Brunnen gehört auf den Markt.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a list's copy of two words", .known = true, .proved = true, .spread = true, .text = "Liste\nStatus", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "a list's copy of a lead's word", .known = true, .proved = true, .token = true, .spread = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "stand umgesetzt: Der Brunnen steht.", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "a list's copy of STOPP", .known = true, .proved = true, .spread = true, .route = ROUTE_IDEA, .with_idea = true, .text = "STOPP", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "STOPP in an image is no command", .known = true, .proved = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .text = "STOPP", .command_text = "", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "another name for what is confirmed", .route = ROUTE_CONFIRM, .token = true, .text = "NAME: Erika B.", .hold_state = HOLD_CONFIRMED, .access = ACCESS_DECIDED, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_NAME},
    {.name = "another name with another yes", .route = ROUTE_CONFIRM, .token = true, .text = "JA\nNAME: Erika B.", .hold_state = HOLD_CONFIRMED, .access = ACCESS_DECIDED, .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_NAME},
    {.name = "a name before the yes", .route = ROUTE_CONFIRM, .token = true, .proved = true, .text = "NAME: Erika B.", .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_UNCLEAR},
    {.name = "another name from another address", .route = ROUTE_CONFIRM, .token = true, .proved = true, .other_address = true, .text = "NAME: Erika B.", .hold_state = HOLD_CONFIRMED, .access = ACCESS_DECIDED, .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "another name from a machine", .kind = KIND_AUTO_REPLY, .route = ROUTE_CONFIRM, .token = true, .text = "NAME: Erika B.", .hold_state = HOLD_CONFIRMED, .access = ACCESS_DECIDED, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "moderator releases, unproved", .route = ROUTE_MODERATE, .known = true, .token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderator-not-proved", .answer = PURPOSE_ERROR_MODERATION_NOT_PROVED},
    {.name = "moderator releases, nothing can be proved", .route = ROUTE_MODERATE, .known = true, .token = true, .reads_nothing = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_RELEASE},
    {.name = "moderator by Message-ID alone, proved", .route = ROUTE_MODERATE, .known = true, .proved = true, .moderator_without_token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderator-not-proved", .answer = PURPOSE_ERROR_MODERATION_NOT_PROVED},
    {.name = "moderator by Message-ID alone, nothing can be proved", .route = ROUTE_MODERATE, .known = true, .reads_nothing = true, .moderator_without_token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderator-not-proved", .answer = PURPOSE_ERROR_MODERATION_NOT_PROVED},
    {.name = "moderator releases what can no longer appear", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "frei", .access = ACCESS_IDEA_NOT_OPEN, .verdict = VERDICT_REFUSED, .rule = "idea-not-open", .answer = PURPOSE_ERROR_MODERATION_CHANGED},
    {.name = "moderator rejects what can no longer appear", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "ablehnen: Die Idee gibt es nicht mehr.", .access = ACCESS_IDEA_NOT_OPEN, .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_REJECT},
    {.name = "moderator releases a text of their own", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "own-text", .own_text = true, .answer = PURPOSE_ERROR_MODERATION_OWN},
    {.name = "moderator releases", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_RELEASE},
    {.name = "moderator rejects", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_LEAD, .text = "ablehnen: Werbung", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_REJECT},
    {.name = "rejects by a word", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "ablehnen werbung", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_REJECT},
    {.name = "rejects by a word that says too little alone", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "ablehnen: nicht zuständig", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_REASON},
    {.name = "and more", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "ablehnen nicht zuständig: Die Stadt Bochum entscheidet das.", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_REJECT},
    {.name = "a sentence is no rejection", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "ablehnen wäre falsch", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_UNCLEAR},
    {.name = "to another forum", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_LEAD, .text = "nach energie", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_MOVE_HELD},
    {.name = "a sentence is no forum", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_LEAD, .text = "Nach Bochum fährt schon einer.", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_UNCLEAR},
    {.name = "asks its author", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "fragen: Wo ist das?", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_ASK_HELD},
    {.name = "asks nothing", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "fragen", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_UNCLEAR},
    {.name = "asks about what is decided", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .hold_state = HOLD_RELEASED, .text = "fragen: Wo?", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_DECIDED},
    {.name = "to another forum, a list's copy in a forum", .known = true, .proved = true, .spread = true, .text = "Nach Bochum", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    /* What the author of a waiting or refused text answers */
    {.name = "answers a moderator", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .known = true, .token = true, .text = "Am Markt.", .verdict = VERDICT_ACCEPTED, .rule = "review-answer", .action = ACTION_ANSWER_HELD},
    {.name = "answers with JA", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .known = true, .token = true, .text = "Ja", .verdict = VERDICT_ACCEPTED, .rule = "review-answer", .action = ACTION_ANSWER_HELD},
    {.name = "somebody else answers a moderator", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .known = true, .proved = true, .token = true, .other_address = true, .text = "Am Markt.", .verdict = VERDICT_REFUSED, .rule = "review-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "a machine answers a moderator", .kind = KIND_AUTO_REPLY, .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .known = true, .token = true, .text = "Ich bin im Urlaub.", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "answers what is released", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .hold_state = HOLD_RELEASED, .known = true, .proved = true, .token = true, .text = "Am Markt.", .verdict = VERDICT_REFUSED, .rule = "review-answer", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "staff passes on a citizen's mail", .known = true, .proved = true, .role = ROLE_OFFICE, .forwarded = true, .text = "Bitte aufnehmen.", .verdict = VERDICT_CONFIRM, .rule = "forward", .action = ACTION_FORWARD},
    {.name = "and writes nothing above it", .known = true, .proved = true, .role = ROLE_LEAD, .forwarded = true, .text = "", .verdict = VERDICT_CONFIRM, .rule = "forward", .action = ACTION_FORWARD},
    {.name = "in staff's name, proved by nothing", .known = true, .spf_of_from = true, .role = ROLE_OFFICE, .forwarded = true, .text = "Bitte aufnehmen.", .verdict = VERDICT_REFUSED, .rule = "forward", .answer = PURPOSE_ERROR_FORWARD},
    {.name = "staff passes one on between phases", .known = true, .proved = true, .out_of_phase = true, .role = ROLE_OFFICE, .forwarded = true, .text = "Bitte aufnehmen.", .verdict = VERDICT_REFUSED, .rule = "forward", .answer = PURPOSE_ERROR_FORWARD, .action = ACTION_FORWARD},
    {.name = "a reader's forward has the reader's words", .known = true, .proved = true, .role = ROLE_READER, .forwarded = true, .text = "Das sagt mein Nachbar.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a new version of one's own post", .known = true, .proved = true, .token = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "NEU: Mit Dach.", .verdict = VERDICT_ACCEPTED, .rule = "correction", .action = ACTION_CORRECT},
    {.name = "the same, proved by nothing", .known = true, .token = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "NEU: Mit Dach.", .verdict = VERDICT_CONFIRM, .rule = "correction", .action = ACTION_CORRECT},
    {.name = "NEU below somebody else's post is text", .known = true, .proved = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Neu: Mit Dach.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "NEU to a question", .route = ROUTE_CONFIRM, .hold_kind = HOLD_CONFIRM, .token = true, .text = "NEU: Mit Dach.", .verdict = VERDICT_CONFIRM, .rule = "confirm-answer", .action = ACTION_CORRECT_HELD},
    {.name = "NEU and nothing, to a question", .route = ROUTE_CONFIRM, .hold_kind = HOLD_CONFIRM, .proved = true, .token = true, .text = "NEU:", .verdict = VERDICT_REFUSED, .rule = "confirm-answer", .answer = PURPOSE_ERROR_UNCLEAR},
    {.name = "complains", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .hold_state = HOLD_REJECTED, .known = true, .token = true, .text = "Beschwerde: Das stimmt nicht.", .verdict = VERDICT_ACCEPTED, .rule = "review-answer", .action = ACTION_COMPLAIN},
    {.name = "complains in own words", .route = ROUTE_CONFIRM, .hold_kind = HOLD_REVIEW, .hold_state = HOLD_REJECTED, .known = true, .token = true, .text = "Das sehe ich anders.", .verdict = VERDICT_ACCEPTED, .rule = "review-answer", .action = ACTION_COMPLAIN},
    {.name = "rejects without a reason", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_LEAD, .text = "reject", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_REASON},
    {.name = "a second person releases", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_OFFICE, .text = "frei", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_SECOND},
    {.name = "a second person releases, unproved", .route = ROUTE_MODERATE, .known = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_OFFICE, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderator-not-proved", .answer = PURPOSE_ERROR_MODERATION_NOT_PROVED},
    {.name = "a second person refuses", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_LEAD, .text = "ablehnen: Zu früh.", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_SECOND},
    {.name = "a second person says more than a word", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_LEAD, .text = "frei, aber erst im Mai", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_UNCLEAR},
    {.name = "a moderator is no second person", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_NOT_MODERATOR},
    {.name = "an official answer taken back", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .hold_kind = HOLD_SECOND, .token_role = ROLE_OFFICE, .text = "löschen", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_SECOND},
    {.name = "a moderator deletes", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "löschen", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_UNCLEAR},
    {.name = "the office answers", .known = true, .proved = true, .token = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "antwort: Wir prüfen das.", .verdict = VERDICT_ACCEPTED, .rule = "answer", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "the office answers without its token", .known = true, .proved = true, .role = ROLE_OFFICE, .route = ROUTE_IDEA, .with_idea = true, .text = "antwort: Wir prüfen das.", .verdict = VERDICT_ACCEPTED, .rule = "answer", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "a lead does not answer for the office", .known = true, .proved = true, .token = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "antwort: Wir prüfen das.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a lead who may not remove has not written a contribution", .known = true, .proved = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "ENTFERNEN: beleidigung", .verdict = VERDICT_ACCEPTED, .rule = "remove", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "orders: several, each of them the lead's", .known = true, .proved = true, .token = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "stand in Beratung\nfrist 3.5.", .verdict = VERDICT_ACCEPTED, .rule = "commands", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "orders: without a token they are asked about by the deed", .known = true, .proved = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "stand in Beratung", .verdict = VERDICT_ACCEPTED, .rule = "state", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "orders: from nobody who is proved they are not", .known = true, .token = true, .role = ROLE_LEAD, .route = ROUTE_IDEA, .with_idea = true, .text = "stand in Beratung", .verdict = VERDICT_REFUSED, .rule = "state"},
    {.name = "orders: one that is not the writer's makes text of all", .known = true, .proved = true, .token = true, .role = ROLE_MODERATOR, .route = ROUTE_IDEA, .with_idea = true, .text = "zuordnen\nfrist 3.5.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "orders: a citizen's are text", .known = true, .proved = true, .token = true, .role = ROLE_READER, .route = ROUTE_IDEA, .with_idea = true, .text = "zuordnen\nstand in Beratung", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a moderator's note", .known = true, .proved = true, .token = true, .role = ROLE_MODERATOR, .route = ROUTE_IDEA, .with_idea = true, .text = "hinweis: Bitte sachlich.", .verdict = VERDICT_ACCEPTED, .rule = "note", .answer = PURPOSE_COMMANDS, .action = ACTION_COMMANDS},
    {.name = "moderator no more", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MEMBER, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_NOT_MODERATOR},
    {.name = "somebody else with the moderator's token", .route = ROUTE_MODERATE, .known = true, .foreign_token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderation-answer"},
    {.name = "decided before", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .hold_state = HOLD_REJECTED, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "moderation-answer", .answer = PURPOSE_ERROR_MODERATION_DECIDED},
    /* Commands */
    {.name = "a thumb, clicked", .kind = KIND_REACTION, .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "👍🏽", .verdict = VERDICT_ACCEPTED, .rule = "reaction", .action = ACTION_SUPPORT},
    {.name = "a thumb, typed", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "👍 🎉", .verdict = VERDICT_ACCEPTED, .rule = "reaction", .action = ACTION_SUPPORT},
    {.name = "a thumb, typed and signed", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "*👍*\u00a0\n\nViele Grüße\nKurt", .verdict = VERDICT_ACCEPTED, .rule = "reaction", .action = ACTION_SUPPORT},
    {.name = "a thumb, typed above words", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "👍\n\nAber nicht nachts.", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a thumb, told by Outlook", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Kurt Muster hat auf Ihre Nachricht reagiert:\n\n👍", .verdict = VERDICT_ACCEPTED, .rule = "reaction", .action = ACTION_SUPPORT},
    {.name = "a tear, told by Outlook", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "😢 Kurt reacted to your message", .verdict = VERDICT_IGNORE, .rule = "reaction"},
    {.name = "of a reaction, in words", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Die Stadt reagierte auf Ihre Nachricht\n\nAber wie? 👍", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "a thumb of a stranger", .kind = KIND_REACTION, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "👍", .verdict = VERDICT_IGNORE, .rule = "reaction"},
    {.name = "a tear", .kind = KIND_REACTION, .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .text = "😢", .verdict = VERDICT_IGNORE, .rule = "reaction"},
    {.name = "a thumb as answer to a question", .kind = KIND_REACTION, .proved = true, .token = true, .route = ROUTE_CONFIRM, .text = "👍", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "a thumb from the null sender", .kind = KIND_REACTION, .known = true, .proved = true, .null_sender = true, .route = ROUTE_IDEA, .with_idea = true, .text = "👍", .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "stop with a token", .known = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .text = "STOPP", .verdict = VERDICT_ACCEPTED, .rule = "stop", .action = ACTION_LEAVE},
    {.name = "stop for somebody else: they are asked", .known = true, .route = ROUTE_IDEA, .with_idea = true, .text = "STOPP", .verdict = VERDICT_ACCEPTED, .rule = "stop", .action = ACTION_ASK_COMMAND},
    {.name = "stop to a forum asks what", .known = true, .proved = true, .text = "ABMELDEN", .verdict = VERDICT_REFUSED, .rule = "stop", .answer = PURPOSE_ERROR_STOP_WHICH},
    {.name = "stop to a forum from nobody we know", .proved = true, .text = "Bitte keine Mails mehr", .verdict = VERDICT_REFUSED, .rule = "stop", .answer = PURPOSE_ERROR_STOP_NOTHING},
    {.name = "stop to a forum, unproved: never published", .known = true, .text = "unsubscribe", .verdict = VERDICT_REFUSED, .rule = "stop"},
    {.name = "stop to a digest asks what", .known = true, .proved = true, .token = true, .holder = true, .no_forum = true, .route = ROUTE_DIGEST, .text = "STOPP", .verdict = VERDICT_REFUSED, .rule = "stop", .answer = PURPOSE_ERROR_STOP_WHICH},
    {.name = "stop to the help address", .known = true, .proved = true, .no_forum = true, .route = ROUTE_HELP, .text = "STOPP", .verdict = VERDICT_REFUSED, .rule = "stop", .answer = PURPOSE_ERROR_STOP_WHICH},
    {.name = "the second of a digest is no name", .known = true, .proved = true, .token = true, .holder = true, .no_forum = true, .route = ROUTE_DIGEST, .text = "ad 2: Mit Lehne.", .verdict = VERDICT_REFUSED, .rule = "digest-answer", .answer = PURPOSE_ERROR_DIGEST},
    {.name = "a name has its colon", .known = true, .proved = true, .token = true, .holder = true, .no_forum = true, .route = ROUTE_DIGEST, .text = "Name der Schule: falsch.", .verdict = VERDICT_REFUSED, .rule = "digest-answer", .answer = PURPOSE_ERROR_DIGEST},
    {.name = "a digest with several discussions answered", .known = true, .proved = true, .token = true, .holder = true, .no_forum = true, .route = ROUTE_DIGEST, .verdict = VERDICT_REFUSED, .rule = "digest-answer", .answer = PURPOSE_ERROR_DIGEST},
    {.name = "stop of an idea that the writer may not read", .known = true, .proved = true, .route = ROUTE_IDEA, .with_idea = true, .ring = RING_MEMBERS, .text = "STOPP", .verdict = VERDICT_ACCEPTED, .rule = "stop", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED_UNNAMED},
    {.name = "a reader's program unsubscribes", .holder = true, .no_forum = true, .route = ROUTE_LEAVE, .leave = LEAVE_DIGESTS, .text = "This message was automatically generated by a mail program.", .verdict = VERDICT_ACCEPTED, .rule = "leave", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED_DIGESTS},
    {.name = "the same, empty and marked as bulk", .holder = true, .no_forum = true, .route = ROUTE_LEAVE, .leave = LEAVE_DIGESTS, .kind = KIND_BULK, .text = "", .verdict = VERDICT_ACCEPTED, .rule = "leave", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED_DIGESTS},
    {.name = "a bounce to a leave address", .holder = true, .no_forum = true, .route = ROUTE_LEAVE, .leave = LEAVE_DIGESTS, .kind = KIND_BOUNCE, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "asked what, says FORUM", .holder = true, .route = ROUTE_LEAVE, .leave = LEAVE_ASK, .leave_forum = 1, .text = "Forum", .verdict = VERDICT_ACCEPTED, .rule = "leave", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED_FORUM},
    {.name = "asked what, says STOPP again", .holder = true, .route = ROUTE_LEAVE, .leave = LEAVE_ASK, .leave_forum = 1, .text = "STOPP!", .verdict = VERDICT_ACCEPTED, .rule = "leave", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED_ALL},
    {.name = "asked what, says IDEE 12", .holder = true, .route = ROUTE_LEAVE, .leave = LEAVE_ASK, .text = "Idee 12", .verdict = VERDICT_ACCEPTED, .rule = "leave", .action = ACTION_LEAVE, .answer = PURPOSE_STOPPED},
    {.name = "asked what, says something else", .holder = true, .proved = true, .route = ROUTE_LEAVE, .leave = LEAVE_ASK, .text = "Was meinen Sie?", .verdict = VERDICT_REFUSED, .rule = "leave", .answer = PURPOSE_ERROR_STOP_WHICH},
    {.name = "help", .route = ROUTE_HELP, .proved = true, .verdict = VERDICT_ACCEPTED, .rule = "help", .answer = PURPOSE_HELP},
    {.name = "help, unproved", .route = ROUTE_HELP, .verdict = VERDICT_ACCEPTED, .rule = "help"},
    {.name = "help, SPF for another domain than From's", .route = ROUTE_HELP, .foreign_spf = true, .verdict = VERDICT_ACCEPTED, .rule = "help"},
    {.name = "help, SPF for From's domain", .route = ROUTE_HELP, .spf_of_from = true, .verdict = VERDICT_ACCEPTED, .rule = "help", .answer = PURPOSE_HELP},
    {.name = "help, DKIM of From's domain", .route = ROUTE_HELP, .dkim_of_from = true, .verdict = VERDICT_ACCEPTED, .rule = "help", .answer = PURPOSE_HELP},
    {.name = "DKIM of From's domain, where the server knows no DMARC", .known = true, .dkim_of_from = true, .no_dmarc = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "SPF of From's domain, where the server knows no DMARC", .known = true, .spf_of_from = true, .no_dmarc = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "SPF and DKIM of From's domain do not outvote a DMARC that failed", .known = true, .spf_of_from = true, .dkim_of_from = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "proved, but the envelope's sender may have written the proof", .known = true, .proved = true, .envelope_from = "\"x) smtp.mailfrom=a@b (\"@example.net", .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD},
    {.name = "help, SPF that the envelope's sender may have written", .route = ROUTE_HELP, .spf_of_from = true, .envelope_from = "x;y@example.net", .verdict = VERDICT_ACCEPTED, .rule = "help"},
    {.name = "an envelope's sender with odd but plain characters", .known = true, .proved = true, .envelope_from = "bounce+anna=example.org_1/2@m.example.net", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "help, where nothing can be proved", .route = ROUTE_HELP, .reads_nothing = true, .verdict = VERDICT_ACCEPTED, .rule = "help", .answer = PURPOSE_HELP},
    {.name = "help, null sender", .route = ROUTE_HELP, .proved = true, .null_sender = true, .verdict = VERDICT_IGNORE, .rule = "machine"},
    {.name = "help, must not answer", .route = ROUTE_HELP, .proved = true, .no_reply = true, .verdict = VERDICT_ACCEPTED, .rule = "help"},
    /* Taking back what one wrote */
    {.name = "delete, proved", .known = true, .proved = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "LÖSCHEN", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal", .action = ACTION_WITHDRAW},
    {.name = "delete in a forum that is closed", .known = true, .proved = true, .own = true, .closed = true, .route = ROUTE_IDEA, .with_idea = true, .text = "delete my post", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal", .action = ACTION_WITHDRAW},
    {.name = "delete, unproved: asked", .known = true, .token = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "löschen", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal", .action = ACTION_ASK_WITHDRAW},
    {.name = "delete, unproved and without the token: nobody is bombed", .known = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "löschen", .verdict = VERDICT_REFUSED, .rule = "withdrawal"},
    {.name = "delete somebody else's", .known = true, .proved = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Löschen", .verdict = VERDICT_REFUSED, .rule = "withdrawal", .answer = PURPOSE_ERROR_DELETE},
    {.name = "delete twice", .known = true, .proved = true, .own = true, .own_state = POST_WITHDRAWN, .route = ROUTE_IDEA, .with_idea = true, .text = "LÖSCHEN", .verdict = VERDICT_REFUSED, .rule = "withdrawal", .answer = PURPOSE_ERROR_DELETE},
    {.name = "delete what was removed: it is kept for complaints", .known = true, .proved = true, .own = true, .own_state = POST_REMOVED, .route = ROUTE_IDEA, .with_idea = true, .text = "LÖSCHEN", .verdict = VERDICT_REFUSED, .rule = "withdrawal", .answer = PURPOSE_ERROR_DELETE},
    {.name = "delete what waits", .known = true, .proved = true, .own = true, .own_state = POST_IN_REVIEW, .route = ROUTE_IDEA, .with_idea = true, .idea_state = IDEA_IN_REVIEW, .text = "LÖSCHEN", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal", .action = ACTION_WITHDRAW},
    {.name = "delete inside a sentence is text", .known = true, .proved = true, .own = true, .route = ROUTE_IDEA, .with_idea = true, .text = "Löschen Sie endlich die Baustelle!", .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "undo, proved", .known = true, .proved = true, .own = true, .own_state = POST_WITHDRAWN, .route = ROUTE_IDEA, .with_idea = true, .text = "zurück", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal", .action = ACTION_UNDO},
    {.name = "undo, unproved", .known = true, .token = true, .own = true, .own_state = POST_WITHDRAWN, .route = ROUTE_IDEA, .with_idea = true, .text = "zurück", .verdict = VERDICT_REFUSED, .rule = "withdrawal"},
    {.name = "undo what is deleted", .known = true, .proved = true, .own = true, .own_state = POST_WITHDRAWN, .own_deleted = true, .route = ROUTE_IDEA, .with_idea = true, .text = "undo", .verdict = VERDICT_REFUSED, .rule = "withdrawal", .answer = PURPOSE_ERROR_UNDO},
    {.name = "undo what the operator removed", .known = true, .proved = true, .own = true, .own_state = POST_REMOVED, .route = ROUTE_IDEA, .with_idea = true, .text = "undo", .verdict = VERDICT_REFUSED, .rule = "withdrawal", .answer = PURPOSE_ERROR_UNDO},
    {.name = "asked whether to delete: yes", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_WITHDRAW, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_CONFIRM},
    {.name = "asked whether to delete: löschen", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_WITHDRAW, .text = "LÖSCHEN", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_CONFIRM},
    {.name = "asked whether to delete: no", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_WITHDRAW, .text = "NEIN", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_DISOWN},
    {.name = "asked whether to delete: somebody else's yes", .known = true, .proved = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_WITHDRAW, .other_address = true, .text = "JA", .verdict = VERDICT_REFUSED, .rule = "withdrawal-answer", .answer = PURPOSE_ERROR_OTHER_ADDRESS},
    {.name = "the receipt answered: back", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_UNDO, .text = "Zurück.", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_CONFIRM},
    {.name = "the receipt answered: a JA says nothing there", .known = true, .proved = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_UNDO, .text = "Ja", .verdict = VERDICT_REFUSED, .rule = "withdrawal-answer", .answer = PURPOSE_ERROR_DELETE_UNCLEAR},
    {.name = "back too late", .known = true, .proved = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_UNDO, .hold_state = HOLD_EXPIRED, .text = "UNDO", .verdict = VERDICT_REFUSED, .rule = "withdrawal-answer", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "delete as answer to a question about a new text", .token = true, .route = ROUTE_CONFIRM, .text = "LÖSCHEN", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_DISOWN},
    /* What cannot be taken */
    {.name = "only what we sent", .text = "Neue Idee: Bus", .only_sent = true, .known = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "empty", .answer = PURPOSE_ERROR_EMPTY},
    {.name = "a forward without a note", .text = "", .forwarded = true, .known = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "empty", .answer = PURPOSE_ERROR_EMPTY_FORWARD},
    {.name = "a forward with a note", .forwarded = true, .known = true, .proved = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "thanks alone to an idea", .route = ROUTE_IDEA, .with_idea = true, .text = "Vielen Dank!\n", .known = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "empty", .answer = PURPOSE_ERROR_EMPTY},
    {.name = "empty", .text = " \n\t\n", .proved = true, .verdict = VERDICT_REFUSED, .rule = "empty", .answer = PURPOSE_ERROR_EMPTY},
    {.name = "encrypted", .kind = KIND_ENCRYPTED, .proved = true, .verdict = VERDICT_REFUSED, .rule = "encrypted", .answer = PURPOSE_ERROR_ENCRYPTED},
    {.name = "closed", .closed = true, .proved = true, .known = true, .verdict = VERDICT_REFUSED, .rule = "closed", .answer = PURPOSE_ERROR_CLOSED},
    {.name = "closes in a second", .closed_at = 1001, .proved = true, .known = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "closes now", .closed_at = 1000, .proved = true, .known = true, .verdict = VERDICT_REFUSED, .rule = "closed", .answer = PURPOSE_ERROR_CLOSED},
    {.name = "only a picture", .text = "", .with_picture = true, .known = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "empty", .answer = PURPOSE_ERROR_EMPTY_ATTACHMENT},
    {.name = "a picture with a word", .text = "Bank", .with_picture = true, .known = true, .proved = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD},
    {.name = "idea in review", .route = ROUTE_IDEA, .with_idea = true, .idea_state = IDEA_IN_REVIEW, .proved = true, .known = true, .verdict = VERDICT_REFUSED, .rule = "idea-not-open", .answer = PURPOSE_ERROR_IDEA_CLOSED},
    {.name = "no such forum", .no_forum = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "unknown-address", .answer = PURPOSE_ERROR_ADDRESS},
    {.name = "yes to a question that is not there", .route = ROUTE_CONFIRM, .no_forum = true, .token = true, .proved = true, .text = "JA", .verdict = VERDICT_REFUSED, .rule = "unknown-address", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "a number to a question that is not there", .route = ROUTE_CONFIRM, .no_forum = true, .token = true, .proved = true, .text = "2", .verdict = VERDICT_REFUSED, .rule = "unknown-address", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "a decision about a text that is not there", .route = ROUTE_MODERATE, .no_forum = true, .token = true, .known = true, .proved = true, .text = "frei", .verdict = VERDICT_REFUSED, .rule = "unknown-address", .answer = PURPOSE_ERROR_EXPIRED},
    {.name = "forged token", .route = ROUTE_UNKNOWN, .no_forum = true, .proved = true, .verdict = VERDICT_REFUSED, .rule = "unknown-address", .answer = PURPOSE_ERROR_ADDRESS},
};
/* clang-format on */

static void fill_message(const struct row *r, struct message *m, struct authentication *a)
{
    m->kind = r->kind;
    m->may_reply = !r->no_reply;
    g_free(m->text);
    m->text = g_strdup(r->text != NULL ? r->text : "Guten Tag,\n\nmein Vorschlag: mehr Bänke.");
    if (r->subject != NULL) {
        g_free(m->subject);
        m->subject = g_strdup(r->subject);
    }
    g_ptr_array_add(m->from, mailbox_new("Erika Beispiel", "erika@example.org"));
    m->is_spread = r->spread;
    m->command_text = g_strdup(r->command_text);
    m->return_path = r->null_return_path ? g_strdup("") : NULL;
    a->dmarc = r->no_dmarc ? NULL : r->proved ? "pass" : "fail";
    a->is_dmarc_of_from = r->proved;
    a->is_spf_of_from = r->spf_of_from;
    a->is_dkim_of_from = r->dkim_of_from;
    if (r->foreign_spf) {
        a->spf = "pass";
        a->spf_domain = "example.net";
    }
    if (r->with_picture)
        g_ptr_array_add(m->attachments, g_new0(struct attachment, 1));
    m->n_received = r->n_received;
    m->authentication = a;
    if (r->looped)
        g_ptr_array_add(m->loop_ids, g_strdup("somebody's gateway"));
}

/* What was decided about the row's mail stands in D. */
static void check(const struct row *r, struct decision *d)
{
    struct message *m = message_new();
    struct command_line command;
    struct authentication a = {0};
    struct forum forum = {.id = 1,
                          .moderation = r->premoderated ? MODERATION_PRE : MODERATION_NONE,
                          .closed_at = r->closed ? 900 : r->closed_at};
    struct person person = {.id = 7, .confirmed_at = r->known ? 1 : 0}, other = {.id = 8},
                  *known_owner = r->token && r->known ? &person : NULL;
    struct idea idea = {.id = 42,
                        .forum_id = 1,
                        .ring = r->ring,
                        .state = r->idea_state != IDEA_SUBMITTED ? r->idea_state : IDEA_PUBLISHED};
    struct post own = {.id = 5, .idea_id = 42, .person_id = 7, .state = r->own_state, .forgotten_at = r->own_deleted ? 1 : 0};
    struct hold hold = {.id = 9,
                        .kind = r->hold_kind,
                        .state = r->hold_state,
                        .why = r->from_inner ? WHY_RING : WHY_FORUM,
                        .code = r->hold_kind == HOLD_REVIEW && r->hold_state == HOLD_REJECTED ? "werbung" : NULL,
                        .address = (r->other_address ? "else@example.org" : "erika@example.org")};
    struct wish wish = {.id = 1, .kind = WISH_ERASE, .address = hold.address, .expires_at = r->closed_at == 1 ? 1000 : 1001};
    struct route route = {.kind = r->route != ROUTE_FOREIGN ? r->route : ROUTE_FORUM,
                          .ring = r->ring,
                          .has_token = r->token || r->foreign_token,
                          .person = r->foreign_token                         ? 8
                                    : r->token || r->moderator_without_token ? 7
                                                                             : 0,
                          .leave = r->leave,
                          .forum = r->leave_forum};
    struct facts f = {.message = m,
                      .command = &command,
                      .envelope_from = r->null_sender             ? ""
                                       : r->envelope_from != NULL ? r->envelope_from
                                                                  : "erika@example.org",
                      .from_address = r->no_from      ? NULL
                                      : r->own_domain ? "mobilitaet@beteiligung.example.org"
                                                      : "erika@example.org",
                      .is_own_text = r->own_text,
                      .pose = r->pose,
                      .whys = r->whys,
                      .text = r->only_sent ? "" : NULL,
                      .own_domain = "beteiligung.example.org",
                      .route = &route,
                      .forum = r->no_forum ? NULL : &forum,
                      .idea = r->with_idea ? &idea : NULL,
                      .own = r->own ? &own : NULL,
                      .person = r->known ? &person : NULL,
                      .role = r->role,
                      .token_role = r->token_role,
                      .hold = r->no_forum ? NULL : &hold, /* as it is looked up: what waits has a forum */
                      .wish = &wish,
                      .access = r->access,
                      .holder = r->holder ? &person : NULL,
                      .owner = r->foreign_token ? &other : known_owner,
                      .reads_authentication = !r->reads_nothing,
                      .is_addressed = !r->is_copy,
                      .n_posts = r->n_posts,
                      .is_own_chain = r->own_chain,
                      .is_out_of_phase = r->out_of_phase,
                      .is_from_inner = r->from_inner,
                      .is_late = r->late,
                      .answers_notice = r->answers_notice,
                      .n_pending = r->n_pending,
                      .n_pending_proved = r->n_pending_proved,
                      .now = 1000};

    fill_message(r, m, &a);
    command_parse(message_command_text(m), &command);
    m->forwarded = r->forwarded ? g_new0(struct forwarded, 1) : NULL;
    policy_decide(&f, d);
    g_assert_cmpstr(d->rule, ==, r->rule);
    g_assert_cmpstr(verdict_name(d->verdict), ==, verdict_name(r->verdict));
    g_assert_cmpstr(purpose_name(d->answer), ==, purpose_name(r->answer));
    g_assert_cmpint(d->action, ==, r->action);
    g_assert_cmpint(policy_is_misused(&f), ==, r->foreign_token && d->verdict != VERDICT_IGNORE);
    command_clear(&command);
    m->authentication = NULL;
    message_free(m);
}

static void test_rows(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct decision d;
        g_test_message("%s", rows[i].name);
        check(&rows[i], &d);
        decision_clear(&d);
    }
}

/* How far each is believed, which stands in the journal behind the rule, and what a decision carries along. */
static void test_trust_and_argument(void)
{
    static const struct {
        struct row row;
        enum trust trust;
        const char *argument;
        /* clang-format off */
    } believed[] = {
        {{.name = "nothing proved", .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD}, TRUST_NONE, NULL},
        {{.name = "DMARC", .proved = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD}, TRUST_DMARC, NULL},
        {{.name = "a token without a proof", .known = true, .token = true, .route = ROUTE_IDEA, .with_idea = true, .verdict = VERDICT_CONFIRM, .rule = "ask-author", .action = ACTION_ADD}, TRUST_NONE, NULL},
        {{.name = "somebody else's token", .known = true, .proved = true, .foreign_token = true, .route = ROUTE_IDEA, .with_idea = true, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD}, TRUST_DMARC, NULL},
        {{.name = "both", .known = true, .proved = true, .token = true, .role = ROLE_MEMBER, .route = ROUTE_IDEA, .with_idea = true, .ring = RING_MEMBERS, .verdict = VERDICT_POST, .rule = "publish", .action = ACTION_ADD}, TRUST_TOKEN, NULL},
        {{.name = "its author's yes", .route = ROUTE_CONFIRM, .token = true, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "confirm-answer", .action = ACTION_CONFIRM}, TRUST_CONFIRMED, NULL},
        {{.name = "its author's yes to its withdrawal", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_WITHDRAW, .text = "JA", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_CONFIRM}, TRUST_CONFIRMED, NULL},
        {{.name = "and to its way back", .known = true, .token = true, .route = ROUTE_CONFIRM, .hold_kind = HOLD_UNDO, .text = "Zurück.", .verdict = VERDICT_ACCEPTED, .rule = "withdrawal-answer", .action = ACTION_CONFIRM}, TRUST_CONFIRMED, NULL},
        {{.name = "a second person's", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_MODERATOR, .text = "frei", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_RELEASE}, TRUST_SECOND_PERSON, NULL},
        {{.name = "the reason of a rejection", .route = ROUTE_MODERATE, .known = true, .proved = true, .token = true, .token_role = ROLE_LEAD, .text = "ablehnen: Werbung\n", .verdict = VERDICT_ACCEPTED, .rule = "moderation-answer", .action = ACTION_REJECT}, TRUST_SECOND_PERSON, "Werbung"},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(believed); i++) {
        struct decision d;
        g_test_message("%s", believed[i].row.name);
        check(&believed[i].row, &d);
        g_assert_cmpstr(trust_name(d.trust), ==, trust_name(believed[i].trust));
        g_assert_cmpstr(d.argument, ==, believed[i].argument);
        decision_clear(&d);
    }
}

static void test_titles(void)
{
    static const struct {
        const char *subject, *text, *title;
        bool is_ours;
        /* clang-format off */
    } titles[] = {
        {"AW: Re: [Forum] WG: Ein Ticket", "x", "Ein Ticket", false},
        {"Re[2]: Ein Ticket", "x", "Ein Ticket", false},
        {"AG: Sitzung", "x", "AG: Sitzung", false},
        {"Re:Ein Ticket [Idee 42]", "x", "Ein Ticket", false},
        {"", "\nMehr Bänke\nim Park", "Mehr Bänke", false},
        {"", "Guten Tag,\n\nmehr Bänke im Park", "mehr Bänke im Park", false},
        {"", "Guten Tag", "Guten Tag", false},
        {"AW: So nehmen Sie teil", "Mehr Bänke", "Mehr Bänke", true},
        {"Re:", "Mehr Bänke", "Mehr Bänke", false},
        {"[Idee]", "x", "[Idee]", false},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++) {
        struct message *m = message_new();
        g_free(m->subject);
        g_free(m->text);
        m->subject = g_strdup(titles[i].subject);
        m->text = g_strdup(titles[i].text);
        g_autofree char *title = policy_title(m, titles[i].is_ours);
        g_assert_cmpstr(title, ==, titles[i].title);
        message_free(m);
    }
}

static void test_references(void)
{
    static const struct {
        const char *text;
        gint64 number;
    } heads[] = {
        {"zu 3: Gern mit Dach.", 3},
        {"Zu 3 : Gern.", 3},
        {"re 3: fine", 3},
        {"Re: 3: fine", 3},
        {"to #12: yes", 12},
        {"zu Beitrag 3: ja", 3},
        {"zu Nr. 3: ja", 3},
        {"**Zu 3:** ja", 3},
        {"Guten Tag,\n\nzu 3: ja\n\nzu 3: und noch etwas", 3},
        {"zu 3:\nja\n\nMehr dazu.", 3},
        {"zu 3: ja\n\nzu 4: nein", 0},
        {"zu 3 Euro: viel", 0},
        {"zu 3", 0},
        {"Zu 3. möchte ich sagen", 0},
        {"Ja, zu 3: gern", 0},
        {"Ich finde das gut.\n\nzu 3: ja", 0},
        {"zum 3: x", 0},
        {"zu 1234567: x", 0},
        {"zu 0: x", 0},
        {"", 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_test_message("%s", heads[i].text);
        g_assert_cmpint(reference_of(heads[i].text), ==, heads[i].number);
    }
}

static void test_long_title(void)
{
    struct message *m = message_new();
    g_autofree char *many = g_strnfill(5000, 'x');

    g_free(m->subject);
    m->subject = g_strconcat("Straße ", many, NULL);
    g_autofree char *title = policy_title(m, false);
    g_assert_cmpint(g_utf8_strlen(title, -1), ==, LIMIT_TITLE_CHARS);
    g_assert_true(g_utf8_validate(title, -1, NULL));
    message_free(m);
}

static void test_commands(void)
{
    static const struct {
        const char *text;
        enum command command;
        const char *argument;
        /* clang-format off */
    } lines[] = {
        {"JA", COMMAND_YES, NULL},
        {"\n\n  ja!\n\nMit freundlichen Grüßen", COMMAND_YES, NULL},
        {"*Ja.*", COMMAND_YES, NULL},
        {"Tak", COMMAND_YES, NULL},
        {"Ja, ich bin ab Montag wieder im Büro", COMMAND_NONE, NULL},
        {"Jaja", COMMAND_NONE, NULL},
        {"frei", COMMAND_RELEASE, NULL},
        {"ablehnen: Werbung", COMMAND_REJECT, "Werbung"},
        {"Ablehnen:\nIm Text steht eine\nTelefonnummer.", COMMAND_REJECT, "Im Text steht eine\nTelefonnummer."},
        {"reject", COMMAND_REJECT, NULL},
        {"ablehnen wäre falsch", COMMAND_NONE, NULL},
        {"STOPP", COMMAND_STOP, NULL},
        {"YARDIM", COMMAND_HELP, NULL},
        {"", COMMAND_NONE, NULL},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        struct command_line c;
        g_test_message("%s", lines[i].text);
        command_parse(lines[i].text, &c);
        g_assert_cmpint(c.command, ==, lines[i].command);
        g_assert_cmpstr(c.argument, ==, lines[i].argument);
        command_clear(&c);
    }
}

static void test_public_names(void)
{
    g_autofree char *given = command_public_name("JA\nNAME: Erika B.\n");
    g_autofree char *none = command_public_name("JA\n");
    g_autofree char *unwanted = command_public_name("JA\nName: ohne");
    g_autofree char *address = command_public_name("JA\nName: erika@example.org");

    g_assert_cmpstr(given, ==, "Erika B.");
    g_assert_null(none);
    g_assert_cmpstr(unwanted, ==, "");
    g_assert_cmpstr(address, ==, "erika@example.org"); /* which name.h refuses, so that its author is asked again */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/policy/rows", test_rows);
    g_test_add_func("/policy/references", test_references);
    g_test_add_func("/policy/trust-and-argument", test_trust_and_argument);
    g_test_add_func("/policy/titles", test_titles);
    g_test_add_func("/policy/long-title", test_long_title);
    g_test_add_func("/command/words", test_commands);
    g_test_add_func("/command/public-names", test_public_names);
    return g_test_run();
}

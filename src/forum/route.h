/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an address of ours means, and the addresses we give out. Pure. Local parts are read tolerantly (case, `l`/`1`,
 * `o`/`0`, `ä`/`ae`), then proved by their MAC (HMAC-SHA-256, 80 bits, base/token.h):
 *
 *     mobilitaet@                         a forum; `mobilitaet+intern@` its members' ring
 *     idee-42@  (idea-42@)                a discussion
 *     idee-42+PERSON-POST-MAC@            the same, as one person was given it under one post (POST 0: none)
 *     idee-42+intern@ (+members)          what the members of its forum say about it among themselves
 *     idee-42+intern-energie@             of an idea in several forums: those of that one; with PERSON-POST-MAC behind it, too
 *     idee-42+folgen@ (+follow)           what everybody may order so: be told of it, +stopp (+stop) no more, +dafuer (+support) be for it
 *     idee-42+stopp-PERSON-MAC@           whoever writes there ends mails about it to that person; what List-Unsubscribe names
 *     idee-42+WORD-PERSON-POST-MAC@       any of these words, from the one person who was given it
 *     mobilitaet+abo@ (+subscribe)        a forum's, or a newsletter's as below; +abmelden (+unsubscribe)
 *     vorschlag-3@  (proposal-3@)         the discussion of a proposal
 *     idee-42+erledigt@ (+done)           an order of who leads its forum, what is written there its reason or text; so are +beraten
 *                                         (+deliberate), +antwort (+answer), +weiter (+forward), +hinweis (+note); of proposals, too
 *     idee-42+autor@ (+author)            to its author alone, from who leads its forum
 *     ja+HOLD-MAC@                        answers the question whether a held text may be public
 *     moderation+HOLD-PERSON-MAC@         a moderator's decision
 *     bounce+NOTICE-MAC@                  envelope sender of a notice; bounce-forum+ and bounce-news+ of the other streams
 *     frage+WISH-MAC@                     answers a question about the person: their data, an erasure, a second address
 *     uebersicht+NOTICE-MAC@              answers to a digest
 *     stopp+PERSON-SCOPE-ID-MAC@          whoever writes there ends mails to that person (List-Unsubscribe); SCOPE says which
 *     neues@                              a newsletter: its editors' drafts; neues+abo@ neues+abmelden@ (+subscribe, +unsubscribe)
 *     bestellung+SUBSCRIPTION-MAC@        answers the question whether a newsletter is wanted
 *     leser+SUBSCRIPTION-MAC@             answers an issue; abbestellen+... ends the subscription, whatever is written there
 *     ausgabe+ISSUE-EDITOR-MAC@           an editor's answer to a preview
 *     postmaster@ abuse@                  the operator (RFC 2142), always accepted
 *     hilfe@ help@                        help
 */
#pragma once

#include "forum/list.h"

enum route_kind {
    ROUTE_FOREIGN, /* not our domain, or no address at all */
    ROUTE_UNKNOWN, /* our domain, but a token that does not prove itself */
    ROUTE_FORUM,   /* name and ring; whether the forum exists is the store's to say */
    ROUTE_IDEA,    /* idea; person and post too if it came with a token; or proposal: which idea that is, is the store's to say */
    ROUTE_CONFIRM, /* hold */
    ROUTE_MODERATE,     /* hold and person */
    ROUTE_BOUNCE,       /* notice */
    ROUTE_DIGEST,       /* notice */
    ROUTE_WISH,         /* wish */
    ROUTE_LEAVE,        /* person, leave, and the idea or the forum's id */
    ROUTE_LIST,         /* name and word; or a forum's name that turns out to be a newsletter's */
    ROUTE_SUBSCRIPTION, /* subscription and reader */
    ROUTE_ISSUE,        /* issue and editor */
    ROUTE_OPERATOR,
    ROUTE_HELP,
    ROUTE_PRIVACY, /* who answers for the protection of data */
};

/* What shall not be sent any more. The numbers stand in addresses: never change them. */
enum leave {
    LEAVE_ASK = 0,     /* the person's answer says what; id: the forum, 0 none in particular */
    LEAVE_IDEA = 1,    /* id: the idea */
    LEAVE_FORUM = 2,   /* id: the forum; also its ideas that the person follows */
    LEAVE_DIGESTS = 3, /* id 0: every daily and weekly digest */
    LEAVE_ALL = 4,     /* id 0: every forum and idea */
};

/* What is ordered by writing to an address: the row of command.def, and its argument. */
enum act {
    ACT_NONE,
    ACT_INNER /* none: what members say among themselves */,
    ACT_DONE,
    ACT_DELIBERATE,
    ACT_ANSWER,
    ACT_FORWARD,
    ACT_NOTE,
    ACT_AUTHOR, /* of ideas only */
    ACT_FOLLOW, /* from here on everybody's */
    ACT_STOP,
    ACT_SUPPORT,
    ACT_SUBSCRIBE, /* ROUTE_FORUM */
    ACT_UNSUBSCRIBE,
};

struct route {
    enum route_kind kind;
    enum act act; /* ROUTE_IDEA, ROUTE_FORUM */
    char *
        name; /* ROUTE_FORUM, ROUTE_LIST; of ACT_INNER the forum meant, NULL none named: lower case ASCII; NULL otherwise; owned */
    enum ring ring; /* ROUTE_FORUM */
    row_id idea, proposal, person, post, hold, notice;
    row_id subscription, issue, editor, wish;
    enum list_word word; /* ROUTE_LIST */
    enum reader reader;  /* ROUTE_SUBSCRIPTION */
    enum leave leave;    /* ROUTE_LEAVE */
    row_id forum;        /* ROUTE_LEAVE of LEAVE_ASK or LEAVE_FORUM */
    bool has_token;      /* proved by its MAC */
};

void route_parse(const char *address, const char *domain, const guint8 *key, struct route *out);
void route_clear(struct route *r);

/* The words that may stand behind the + of an idea's address, one by one; NULL at the end. */
const char *route_act_word(guint i, enum act *act_out);

/* The other way; callers free. */
char *route_forum_address(const char *name, const char *domain);
char *route_idea_address(row_id idea, const char *domain);
char *route_proposal_address(row_id proposal, const char *domain);
/* Of a discussion in RING: among members it says +intern. */
char *route_reply_address(row_id idea, enum ring ring, row_id person, row_id post, const char *domain, const guint8 *key);
/* Where members of FORUM (its name; NULL the idea is in one alone) begin to talk, or go on talking, about the public IDEA. */
char *route_inner_address(row_id idea, const char *forum, const char *domain);
char *route_inner_proposal_address(row_id proposal, const char *domain); /* the same of a proposal, or its draft */
/* Where what the author wrote back to PERSON is answered: as +autor, from that one person. */
char *route_author_address(row_id idea, row_id person, const char *domain, const guint8 *key);
char *route_confirm_address(row_id hold, const char *domain, const guint8 *key);
char *route_list_address(const char *name, enum list_word word, const char *domain);
char *route_subscription_address(row_id subscription, enum reader reader, const char *domain, const guint8 *key);
char *route_issue_address(row_id issue, row_id editor, const char *domain, const guint8 *key);
char *route_moderate_address(row_id hold, row_id person, const char *domain, const guint8 *key);
char *route_bounce_address(row_id notice, enum stream stream, const char *domain, const guint8 *key);
char *route_wish_address(row_id wish, const char *domain, const guint8 *key);
char *route_digest_address(row_id notice, const char *domain, const guint8 *key);
char *route_leave_address(row_id person, enum leave what, row_id id, const char *domain, const guint8 *key);

/* Message-IDs of ours, without <>: of the mails about a post (the same for everybody, so that clients thread them)
 * and of any other notice. route_parse_message_id gives back what an In-Reply-To of ours names. */
char *route_post_message_id(row_id post, const char *domain, const guint8 *key);
char *route_notice_message_id(row_id notice, const char *domain, const guint8 *key);
bool route_parse_message_id(const char *message_id, const char *domain, const guint8 *key, row_id *post_out, row_id *notice_out);

/* Can FOLDED be the local part of a forum's address: lower case letters and digits, - . _ between them, not
 * digits alone (a number is an idea's)? */
bool route_is_local_part(const char *folded);
/* Does it mean something else already: the operator, help, a word before + or a discussion? */
bool route_is_taken(const char *folded);
/* Would its page as a file (/forum/NAME is forum/NAME.html, forum/NAME.gone.html once it is gone) be taken for another page's? One of the
 * words between its full stops is html or gone, or it is what a folder shows. */
bool route_is_file_word(const char *folded);
bool route_is_own(const char *address, const char *domain); /* at our domain, whatever it means there */

/* "Mobilität" -> "mobilitaet": lower case, umlauts and sharp s written out, other letters folded to ASCII where
 * Unicode decomposes them; NULL if something else stays. Names of forums. Caller frees. */
char *route_fold_name(const char *name);
/* What stays of a folded name when the usual slips of the hand are taken out: "mobilitat" and "m0bi1itaet" give the
 * same as "mobilitaet". Two names with one skeleton are the same only if nothing else has it. Caller frees. */
char *route_skeleton(const char *folded);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happens to a mail: facts in, one decision out, for one recipient. Pure: no clock, no SQL. The rules stand in
 * one table, tried in order; the first that applies decides, and its name is kept as the reason, so that
 * `forumpost explain` can say how it came about.
 */
#pragma once

#include "forum/access.h"
#include "forum/action.h"
#include "forum/command.h"
#include "forum/model.h"
#include "forum/portions.h"
#include "forum/route.h"
#include "forum/wish.h"
#include "mail/message/message.h"

struct facts { /* everything is borrowed */
    const struct message *message;
    const struct command_line *command; /* what the author commands in words of their own; of a spread mail nobody's word */
    const char *text;                   /* what is new in it, by all that is known of what was sent; NULL: the message's text */
    const char *envelope_from;          /* "" null path */
    const char *from_address;           /* lower case; NULL if there is none to use */
    const char *own_domain;
    const struct route *route;
    const struct forum *forum;   /* NULL: none concerned */
    const struct idea *idea;     /* NULL: a new one, or none concerned */
    bool is_out_of_phase;        /* no phase takes what this would be, now */
    bool is_from_inner;          /* everybody would read it, and it seems to answer what only members were sent */
    bool is_late;                /* the idea is over: read first */
    bool is_proposal;            /* and that idea is a proposal's discussion */
    bool is_reworked;            /* which is a draft again */
    const struct post *parent;   /* NULL: the idea's first post */
    const struct post *own;      /* of a withdrawal or its undoing: the writer's post that is meant; NULL none of theirs */
    const struct person *person; /* of from_address; NULL not known */
    enum role role;              /* of person in forum */
    bool is_own_text;            /* the writer's, where a moderator's word is asked about it */
    enum why pose;               /* it would be taken for an office's: WHY_NAME, WHY_IMPOSTOR; else WHY_FORUM */
    guint whys;                  /* what it says is a reason to read it first (forum/whys.h): WHY_PERSONAL, WHY_LINKS */
    bool is_somewhere;    /* the person is in a forum; looked up where the mail is to none, or nothing else makes them known */
    bool leads_somewhere; /* and leads, moderates or speaks for one */
    bool is_list;         /* the digest that is answered is a list of texts that wait for a moderator */
    enum role token_role; /* of the person a moderation token was given to */
    const struct person *holder;             /* whom a leave or digest address was given to; NULL none, or gone */
    const struct person *owner;              /* whom any address with a token was given to; NULL nobody whom we know */
    const struct hold *hold;                 /* of a confirm or moderate route; NULL gone */
    const struct list *list;                 /* newsletter concerned; NULL none */
    const struct editor *editor;             /* of it: who wrote, or whom the address was given to; NULL none, or no more */
    const struct issue *issue;               /* of an issue route */
    const struct wish *wish;                 /* of a wish route; NULL answered or over */
    const struct subscription *subscription; /* of the address's token, else the writer's own of the list; NULL none */
    gint64 subscription_until;               /* the first second in which its question can be answered no more; 0 without one */
    enum access access;                      /* may the text of that hold be published now? */
    const GPtrArray *portions; /* struct portion: what answers which entry of the digest; NULL no digest is answered */
    enum chosen chosen;        /* what the answer to "which one?" says */
    bool answers_notice;       /* to a forum, under the subject of a mail of ours that was about no contribution */
    bool is_addressed;         /* To names this forum or idea: not a copy for information */
    bool reads_authentication; /* our MTA's authserv-id is configured */
    bool is_trusted;           /* a moderated forum: enough texts of the person were released there (forum/rates.h) */
    gint64 n_posts;            /* of the person within the hour */
    bool is_own_chain; /* it answers ours about their own text, and the last LIMIT_OWN_CHAIN there are theirs, of this hour */
    gint64 n_pending;  /* texts that wait for its mailbox's yes and came without proof */
    gint64 n_pending_proved; /* and with proof */
    gint64 now;
};

/* T1: our own mail server proved From. */
bool policy_is_proved(const struct facts *f);
/* Did a person write to an address that somebody else was given? It proves the discussion, never the person. */
bool policy_is_misused(const struct facts *f);

struct decision {
    enum verdict_kind verdict;
    const char *rule; /* name of the rule, static */
    enum action action;
    enum trust trust;
    enum purpose answer; /* the automatic answer, PURPOSE_NONE none; may still be held back by the limits */
    const char *why;     /* a word for that answer, static; NULL none */
    char *argument;      /* reason of a rejection; owned */
    bool
        is_believed; /* ACTION_REPORT_POST: by somebody we know; COMMANDS: enough for words that change something; ANSWERS: to be asked at once; ASK_COMMAND: their writer may be answered */
    bool has_token;  /* and for orders, unasked (T3) */
    enum leave leave; /* ACTION_LEAVE: what, and of which idea or forum */
    row_id leave_id;
};

/* How far the mail is its author's: of two copies the one that stands higher counts. */
enum standing policy_standing(const struct message *m, const char *envelope_from);
void policy_decide(const struct facts *f, struct decision *out);
void decision_clear(struct decision *d);

/* A title for a new idea: the subject without reply and forward prefixes, unless IS_OURS (it is that of a mail that we sent); else the first
 * line of the text that is no greeting; at most LIMIT_TITLE_CHARS characters. Caller frees. */
char *policy_title(const struct message *m, bool is_ours);
/* The subject without "Re:", "AW:", "WG:", "[tag]" in front, for comparing; TAKES_WEAK as subject_base() has it. Caller frees. */
char *policy_base_subject(const char *subject, bool takes_weak);

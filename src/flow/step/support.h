/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Being for an idea: each person once, and nobody for their own; following it. In the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/access.h"

enum support {
    SUPPORT_ADDED,
    SUPPORT_WAS_THERE,
    SUPPORT_OWN,      /* the author is for it anyway */
    SUPPORT_STAFF,    /* who leads the forum does not count */
    SUPPORT_NOT_OPEN, /* the idea takes none */
    SUPPORT_NO_PHASE, /* no phase takes any now */
    SUPPORT_ANNULLED, /* theirs, or one of the same mailbox, was taken out */
};
/* ASKED_AT: when the mail came that wants it, which the phases judge; 0 they did before, or need not. ROLE: the person's in the idea's forum. Of a merged idea its group is meant. HOW: "mail", "cli". */
bool support_give(struct gateway *g, const struct idea *idea, const struct person *person, enum role role, row_id message,
                  const char *how, gint64 asked_at, gint64 now, enum support *found_out, struct err *e);
/* Could a yes to the question count? SUPPORT_ADDED it could; nobody is asked in vain, and what was asked in time counts after the end. */
bool support_may_ask(struct gateway *g, const struct idea *idea, gint64 now, enum support *found_out, struct err *e);
/* Whoever wrote MESSAGE may be for IDEA: they are asked, by the rules of flow/step/ask.h, and about one idea once in
 * LIMIT_ASK_EVERY_S. ADDRESS lower case. *HOLD_OUT: the question. */
bool support_ask(struct gateway *g, const struct idea *idea, const char *address, const char *language, bool is_proved,
                 bool may_reply, row_id message, gint64 now, row_id *hold_out, struct err *e);
/* Their yes to H; ANSWER may name them (NAME line). *FOUND_OUT as flow/step/content.h has it. */
bool support_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, row_id message,
                     gint64 now, enum access *found_out, struct err *e);
/* And what it brings about: PERSON, who said it, is for the idea of H, and hears so. */
bool support_count(struct gateway *g, const struct hold *h, row_id person, row_id message, gint64 now, struct err *e);
/* It was no support, the operator says why (REASON, for the journal): it is gone and does not come back. */
bool support_annul(struct gateway *g, const struct idea *idea, row_id person, const char *reason, gint64 now, bool *ended_out,
                   struct err *e);
/* The word of the mail that answers (purpose `supported`); NULL it counts. */
const char *support_word(enum support s);
/* What they gave to any idea of its group; *ENDED_OUT false: nothing. */
bool support_take_back(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, bool *ended_out,
                       struct err *e);
/* Told of it from now on, whatever they said before. */
bool support_follow(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, struct err *e);
const char *support_sentence(enum support s);

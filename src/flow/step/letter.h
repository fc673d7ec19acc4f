/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Letters: who leads a forum writes to the author of an idea alone, and the author answers. Neither reads the other's address, nothing
 * of it is ever public, and no page shows it; it stands beside the idea as an inner note of staff, a hold of kind letter with its
 * remarks, until nobody has added to it for [retention] removed_days, or its author is erased. Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

enum letter {
    LETTER_DONE,
    LETTER_EMPTY,  /* it says nothing, or more than LIMIT_OFFICIAL_CHARS */
    LETTER_OWN,    /* it is the writer's own idea */
    LETTER_GONE,   /* the idea was taken back, removed or never appeared: its author is left alone */
    LETTER_NOBODY, /* its author has no address that we may write to (any more) */
    LETTER_MANY,   /* LIMIT_LETTERS_OF_IDEA went to that author within a day: tomorrow again */
    LETTER_ENOUGH, /* or LIMIT_LETTERS_OF_WRITER from that writer */
    N_LETTERS,
};
/* For templates, with the words that they know (job_set_why()); NULL done. */
const char *letter_word(enum letter found);

/* PERSON, who leads IDEA's forum (the caller asked), writes TEXT to its author. *SAID_OUT: how the author reads it; the caller frees. */
bool letter_send(struct gateway *g, const struct idea *idea, const char *text, row_id person, row_id message, gint64 now,
                 enum letter *found_out, char **said_out, struct err *e);
/* What the writer of a letter that was not sent is told: the word of FOUND, and what they wrote, as it is kept in the detail of their
 * notice (DETAIL_RETURNED). The caller frees. */
char *letter_returned(const char *word, const char *text);
/* N, a letter of ours (PURPOSE_LETTER), never reached its author: whoever wrote it hears that, once, with their words. */
bool letter_failed(struct gateway *g, const struct notice *n, gint64 now, struct err *e);
/* H's author answers TEXT: whoever wrote last to them reads it, else all who lead the forum. *HEARD_OUT false: nobody leads it that could
 * be told, or LIMIT_LETTERS_OF_IDEA answers came within a day; nothing was changed. */
bool letter_answer(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now, bool *heard_out,
                   struct err *e);

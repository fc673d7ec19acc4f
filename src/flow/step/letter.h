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
    N_LETTERS,
};
/* For templates, with the words that they know (job_set_why()); NULL done. */
const char *letter_word(enum letter found);

/* PERSON, who leads IDEA's forum (the caller asked), writes TEXT to its author. *SAID_OUT: how the author reads it; the caller frees. */
bool letter_send(struct gateway *g, const struct idea *idea, const char *text, row_id person, row_id message, gint64 now,
                 enum letter *found_out, char **said_out, struct err *e);
/* H's author answers TEXT: whoever wrote last to them reads it, else all who lead the forum. *HEARD_OUT false: nobody leads it that could
 * be told; nothing was changed. */
bool letter_answer(struct gateway *g, const struct hold *h, const char *text, row_id message, gint64 now, bool *heard_out,
                   struct err *e);

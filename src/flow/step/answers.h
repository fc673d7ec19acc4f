/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What became of the answers to a digest, as the one notice that tells their author carries it from the deed to the words
 * (DETAIL_ANSWERS): a line each.
 */
#pragma once

#include "forum/access.h"

enum fared {
    FARED_PUBLISHED,
    FARED_REVIEW,  /* a moderator reads it first */
    FARED_ASKED,   /* its author is asked for a yes */
    FARED_DONE,    /* it was a word that commands: there is a mail about it */
    FARED_CLOSED,  /* the forum or the discussion takes nothing more */
    FARED_MEMBERS, /* only members may write there */
    FARED_NOT,     /* not taken for another reason */
    FARED_TWICE,   /* it was said there before, today, in the same words */
    FARED_WAITS,   /* its author is asked which entry it answers */
};
struct fared_line {
    enum fared fared;
    guint number; /* of the entry; 0 none */
    row_id post;  /* that was answered; 0 none */
    row_id id;    /* of the post that became of it; 0 none */
    char *text;   /* of what did not become a post; NULL otherwise; owned */
};
void fared_line_free(struct fared_line *l);

void answers_add(GString *detail, const struct fared_line *line);
/* struct fared_line. A line that this program cannot have written is left out. */
GPtrArray *answers_read(const char *detail);

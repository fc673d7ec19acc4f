/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looking for words in what the world may read.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* In a passage: before and behind what was found. No text of ours has them: controls do not get in. */
#define FOUND_BEGIN '\x01'
#define FOUND_END   '\x02'

struct found {
    row_id post_id, idea_id, person_id;
    row_id proposal_id; /* whose discussion it is; 0 an idea's */
    gint64 number, at;  /* of the post */
    enum post_kind kind;
    const char *title;   /* of the idea */
    const char *passage; /* about thirty words of the post around what was found, in several lines; "…" where it was cut */
};
void found_free(struct found *f); /* NULL is nothing */

/* What else must fit. */
struct search_within {
    row_id forum;         /* 0 all */
    const char *state;    /* idea_state_name(); NULL any */
    const char *language; /* of the post; NULL any. No matter for titles */
    gint64 since, until;  /* [SINCE, UNTIL) */
};
/* EXPRESSION as of find_expression(). At most MOST posts (struct found) with an id below BEFORE, newest first. */
GPtrArray *search_posts(struct db *db, const char *expression, const struct search_within *within, row_id before, gint64 most,
                        struct err *e);
/* The newest MOST published posts (row_id, owned) that EXPRESSION finds, newest first. Whether the world may read their discussion is
 * search_is_public()'s to say. */
GArray *search_newest(struct db *db, const char *expression, gint64 most, struct err *e);
bool search_is_public(struct db *db, row_id idea, bool *public_out, struct err *e);
/* The MOST newest ideas (struct idea) whose title fits EXPRESSION (find_titles()), newest first. */
GPtrArray *search_titles(struct db *db, const char *expression, const struct search_within *within, gint64 most, struct err *e);

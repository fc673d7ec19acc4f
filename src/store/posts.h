/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Posts, their full-text rows and the order of publication.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct post *posts_by_id(struct db *db, row_id id, struct err *e);
struct post *posts_by_number(struct db *db, row_id idea, gint64 number, struct err *e);
/* The post that came with the stored mail whose Message-ID this is; NULL if none. */
struct post *posts_by_message_id(struct db *db, const char *message_id, struct err *e);
GPtrArray *posts_of_idea(struct db *db, row_id idea, bool published_only, struct err *e); /* struct post by number */
/* Gives p the next number of its idea; if its state is POST_PUBLISHED also its place in the order of publication,
 * n_posts + 1 and the full-text row. Fills p->id and p->number. */
bool posts_add(struct db *db, struct post *p, struct err *e);
/* in_review -> published: place, n_posts, full-text row. */
bool posts_publish(struct db *db, row_id id, struct err *e);
bool posts_set_state(struct db *db, row_id id, enum post_state state, struct err *e); /* to rejected or removed */
gint64 posts_last_publication(struct db *db, struct err *e); /* highest place given, 0 none, -1 failure */

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ideas (a discussion each) and who follows them.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct idea *ideas_by_id(struct db *db, row_id id, struct err *e);
/* By number; FORUM 0: all; STATE NULL: all. Streams rows to EACH in constant memory; EACH returns false to stop. */
typedef bool ideas_each_fn(const struct idea *idea, void *user);
bool ideas_each(struct db *db, row_id forum, const char *state, ideas_each_fn *each, void *user, struct err *e);
bool ideas_add(struct db *db, const struct idea *i, row_id *id_out, struct err *e);
bool ideas_set_state(struct db *db, row_id id, enum idea_state state, gint64 published_at, struct err *e);
/* Withdrawn or removed: what it was before is remembered. */
bool ideas_take(struct db *db, row_id id, enum idea_state state, struct err *e);
bool ideas_restore(struct db *db, row_id id, struct err *e);
bool ideas_forget(struct db *db, row_id id, struct err *e); /* its title, there and in what waits to be said about it */
/* Follows (again); nothing changes if the person follows already or, unless AGAIN, has said STOPP. */
bool ideas_follow(struct db *db, row_id idea, row_id person, bool again, struct err *e);
bool ideas_unfollow(struct db *db, row_id idea, row_id person, gint64 now, struct err *e);
/* Every idea that the person follows, in FORUM or (0) anywhere. */
bool ideas_unfollow_all(struct db *db, row_id person, row_id forum, gint64 now, struct err *e);
/* The MOST ideas (struct idea) that the person follows, in FORUM or (0) anywhere, youngest first. */
GPtrArray *ideas_followed(struct db *db, row_id person, row_id forum, gint64 most, struct err *e);
/* Is the person still to be told at once of what is written in it? What notices_add_for_post() asked, asked again. */
bool ideas_is_told(struct db *db, row_id idea, row_id person, bool *told_out, struct err *e);

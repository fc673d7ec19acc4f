/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The journal: append-only, chained by hash.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Id and hash are made here. A detail with an address or line break in it, or longer than LIMIT_EVENT_DETAIL_BYTES, is not
 * kept: what people wrote belongs into rows that can be deleted. */
bool events_add(struct db *db, const struct event *ev, struct err *e);
typedef bool events_each_fn(const struct event *ev, void *user);
/* MESSAGE 0: all; IDEA 0: all. Oldest first. The whole journal is read for it. */
bool events_each(struct db *db, row_id message, row_id idea, events_each_fn *each, void *user, struct err *e);
/* Is there an earlier line of EV's kind about its idea? Not for 'post.published'. */
bool events_has_earlier(struct db *db, const struct event *ev, bool *has_out, struct err *e);
/* Those behind the line AFTER, oldest first. */
bool events_after(struct db *db, row_id after, events_each_fn *each, void *user, struct err *e);
/* The last line's id, 0 none. -1 failure. */
row_id events_last(struct db *db, struct err *e);
/* Hex of the hash of line ID: two journals that have it are the same up to there. NULL: there is no such line, or E. Caller frees. */
char *events_hash(struct db *db, row_id id, struct err *e);
/* Walks the chain; *BROKEN_OUT is the id of the first row that does not fit, 0 if all do. */
bool events_verify(struct db *db, row_id *broken_out, struct err *e);

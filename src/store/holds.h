/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds: what waits for its author's yes or for a moderator.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct hold *holds_by_id(struct db *db, row_id id, struct err *e);
struct hold *holds_review_of_post(struct db *db, row_id post, struct err *e);
bool holds_add(struct db *db, const struct hold *h, row_id *id_out, struct err *e);
/* Decides an open hold once: state, decided_at, decided_by, reason, post; its text and title are emptied, for the post
 * has them, or nobody shall. *CHANGED_OUT is false if it was decided before (doing it twice does no harm). */
bool holds_decide(struct db *db, const struct hold *h, bool *changed_out, struct err *e);
/* Of a hold that was just decided: by whom, and what became of it. */
bool holds_set_outcome(struct db *db, const struct hold *h, struct err *e);
bool holds_set_asked(struct db *db, row_id id, gint64 now, struct err *e);
/* Of one address: open confirmations waiting, and when the latest open one was asked (0 none). */
bool holds_pending(struct db *db, const char *address, gint64 *n_out, gint64 *asked_at_out, struct err *e);
/* The oldest open confirmation of ADDRESS that was not asked yet. */
struct hold *holds_next_unasked(struct db *db, const char *address, struct err *e);
GPtrArray *holds_open(struct db *db, struct err *e); /* struct hold, oldest first */
/* Open ones whose time is over, at most MOST, oldest first (struct hold). */
GPtrArray *holds_over(struct db *db, gint64 now, gint64 most, struct err *e);
bool holds_count_over(struct db *db, gint64 before, gint64 *n_out, struct err *e);
/* Empties texts and address of a decided one, and what its notices say about people. */
bool holds_forget(struct db *db, row_id id, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of unsaid; private to store/unsaid*.c.
 */
#pragma once

#include "store/db_private.h"
#include "store/unsaid.h"

/* struct unsaid, owned: those behind which the post is shown without its words; those of one discussion; all that hide anything. */
GPtrArray *unsaid_that_hide(struct db *db, row_id post, struct err *e);
GPtrArray *unsaid_of_idea(struct db *db, row_id idea, struct err *e);
/* All that the statement WHICH finds; NAME is bound to ID. */
GPtrArray *unsaid_list(struct db *db, enum sql which, const char *name, row_id id, struct err *e);
bool unsaid_add(struct db *db, struct unsaid *u, struct err *e);
/* Ids of what the statement WHICH finds: NAME is bound to ID, "after" and "most" to those. */
GArray *unsaid_ids(struct db *db, enum sql which, const char *name, row_id id, row_id after, gint64 most, struct err *e);
GPtrArray *unsaid_all(struct db *db, struct err *e);
/* The first after the row AFTER about which something is to be done; NULL none. */
struct unsaid *unsaid_to_do(struct db *db, row_id after, struct err *e);
bool unsaid_update(struct db *db, const struct unsaid *u, struct err *e);
/* All that the post said since it was there, for any of it may be quoted (char *, owned). */
GPtrArray *unsaid_texts(struct db *db, const struct post *p, struct err *e);
/* posts.c is above this: the post; TEXT is what it shows. */
struct post *unsaid_post(struct db *db, row_id id, struct err *e);
/* The post is shown as it has to be, by what is kept of it and by U (NULL none) besides. */
bool unsaid_settle(struct db *db, row_id post, struct unsaid *u, gint64 now, struct err *e);
/* TEXT of P without what U hides in it; NULL: it has none of it. Caller frees. */
char *unsaid_hide(struct db *db, const struct unsaid *u, const struct post *p, const char *text, struct err *e);
/* How many posts this transaction may still shorten at once; the others are the clock's. */
guint unsaid_left(const struct db *db);
/* The newest of the same discussion. */
bool unsaid_at_once(struct db *db, struct unsaid *u, gint64 now, struct err *e);
/* Has TEXT a run of the words that are kept on this connection? */
bool unsaid_is_known(struct db *db, const char *text, bool *known_out, struct err *e);

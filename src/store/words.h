/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index of the words of what is public (post_fts). FTS5 writes what it has gathered at every savepoint, so a
 * group of messages would cost it a segment each; therefore new rows wait on the connection and are written in one
 * piece right before the commit. For posts.c and db.c.
 */
#pragma once

#include "store/db.h"

/* The post will be in the index when the transaction commits, if it is public then. */
void words_add(struct db *db, gint64 post);
/* Takes a post with this text out of the index. */
bool words_remove(struct db *db, gint64 post, const char *text, struct err *e);

/* Ids (row_id) of the MOST public ideas whose public posts fit EXPRESSION (find_expression()), best first. */
GArray *words_search(struct db *db, const char *expression, gint64 most, struct err *e);

/* Merges parts of the index, about N_PAGES of work, so that deleted words leave it; negative: begins with all parts.
 * *MORE_OUT: there was something to do. */
bool words_merge(struct db *db, gint64 n_pages, bool *more_out, struct err *e);

/* What db.c does at the ends of transactions and savepoints. */
bool words_write(struct db *db, struct err *e);
void words_savepoint(struct db *db);
void words_savepoint_keep(struct db *db);
void words_savepoint_undo(struct db *db);
void words_forget(struct db *db);

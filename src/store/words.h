/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index of the words of what is public (post_fts). It holds the posts up to a place in the order of publication, `indexed`, and
 * nothing else: what is published later is put into it in order, in transactions of their own, by the upkeep beside the writer
 * (upkeep.h), so that no mail's commit pays for it. Where none runs (db_index_beside()), the commit that publishes does it itself, with
 * what waits before it; the clock does what is left. A post behind that place neither enters nor leaves the index when it is changed or
 * taken back: its turn comes. For posts.c, ideas.c and db.c.
 *
 * Beside it stands an index of titles (title_fts), of whatever three letters follow each other in them, since titles are looked for by the
 * middle of words, too. It holds the ideas up to an id, whoever may read them: who asks sees to that. It is filled in the same way.
 *
 * FTS5 writes what it has gathered at every savepoint, so a group of messages would cost it a part each; therefore changed rows wait on
 * the connection and are written in one piece right before the commit.
 */
#pragma once

#include "store/db.h"

/* A post was published, or an idea added. */
void words_await(struct db *db);
/* The post, which was public before, will be in the index when the transaction commits, if it is to be there then. */
void words_add(struct db *db, gint64 post);
/* Takes a post with this text out of the index, if it is there. Before its row changes. */
bool words_remove(struct db *db, gint64 post, const char *text, struct err *e);

/* The title of an idea has changed; '' is forgotten. Nothing where its turn has not come. */
bool words_retitle(struct db *db, gint64 idea, const char *title, struct err *e);

/* Puts the next MOST posts at most into the index, and as many titles, in an open transaction. *MORE_OUT: there may be more. */
bool words_catch_up(struct db *db, gint64 most, bool *more_out, struct err *e);
/* How many wait for that, each kind counted up to MOST. */
bool words_count_waiting(struct db *db, gint64 most, gint64 *n_out, struct err *e);

/* Merges parts of the indices, about N_PAGES of work each, so that deleted words leave it; negative: begins with all parts.
 * *MORE_OUT: there was something to do. */
bool words_merge(struct db *db, gint64 n_pages, bool *more_out, struct err *e);

/* What db.c does at the ends of transactions and savepoints. */
bool words_write(struct db *db, struct err *e);
void words_savepoint(struct db *db);
void words_savepoint_keep(struct db *db);
void words_savepoint_undo(struct db *db);
void words_forget(struct db *db);

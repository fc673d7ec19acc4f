/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the store asks of a database: a connection, statements, transactions, upkeep. One folder below this one answers for each
 * kind of database (sqlite/); above this header no name of any of them is known. For db.c, statement.c, migrate.c, check.c and
 * words.c; the families use statement.h.
 *
 * ONE WRITER AT A TIME. engine_begin() returns when no other connection of any process can write until our transaction ends.
 * Beyond what a database promises by itself three things rest on it, and an engine that lets two write side by side must take a
 * lock of the whole database there:
 *   - the journal's chain (events.c): each line's hash covers the line before, read once a transaction;
 *   - numbers of publication (posts.c): the next one is the highest plus one, and commits become visible in their order;
 *   - the cuts of digests (digests.c): nothing with a place up to the cut can become public after the cut was read.
 *
 * Failures: locked past the wait, full, broken ERR_LATER; damaged or foreign ERR_CONFIG; not permitted ERR_RIGHTS; else ERR_OURS.
 */
#pragma once

#include "store/db.h"

struct engine;
struct engine_stmt;

/* Without looking at the schema. NULL on failure. */
struct engine *engine_open(const char *where, enum db_mode mode, struct err *e);
void engine_close(struct engine *en);
/* How long to wait for the write lock. */
void engine_set_wait_ms(struct engine *en, guint wait_ms);
guint engine_wait_ms(const struct engine *en);
bool engine_is_read_only(struct engine *en);
/* IS_LAZY: a commit of this connection need not be on the disk when it returns; it is with the next one that is not lazy, of
 * whomever. For work that may be lost and done again. Not inside a transaction. */
bool engine_set_lazy(struct engine *en, bool is_lazy, struct err *e);

/* Text of ours that is no statement of the catalogue (schema, migration); several statements, no parameters. */
bool engine_exec(struct engine *en, const char *sql, const char *what, struct err *e);
/* First column of the first row; 0 if there is no row. */
bool engine_exec_int(struct engine *en, const char *sql, gint64 *value_out, struct err *e);

/* Whose database it is and of what version; both 0 in an empty one. */
struct engine_marks {
    gint64 application, schema, n_tables;
};
bool engine_marks(struct engine *en, struct engine_marks *out, struct err *e);
bool engine_set_marks(struct engine *en, int application, int schema, struct err *e);
/* A transaction in which tables may be made anew: foreign keys are looked at at its end (engine_count_orphans()). */
bool engine_begin_rebuild(struct engine *en, struct err *e);
/* Commits if KEEP, else undoes; the keys are watched again. */
bool engine_end_rebuild(struct engine *en, bool keep, struct err *e);
bool engine_count_orphans(struct engine *en, gint64 *n_out, struct err *e);

/* Transactions; see db.h. */
bool engine_begin(struct engine *en, struct err *e); /* exclusive: see above */
bool engine_begin_read(struct engine *en, struct err *e);
bool engine_commit(struct engine *en, struct err *e);
void engine_rollback(struct engine *en);
bool engine_is_in_transaction(const struct engine *en);
bool engine_savepoint(struct engine *en, struct err *e);
bool engine_savepoint_keep(struct engine *en, struct err *e);
bool engine_savepoint_undo(struct engine *en, struct err *e); /* and ends it */

/* Rows changed by the statement that ran last, and ever, on this connection. */
gint64 engine_n_changed(const struct engine *en);
gint64 engine_n_changed_ever(const struct engine *en);
gint64 engine_insert_id(const struct engine *en);
/* After a failure: because other rows point to what should go. */
bool engine_is_pointed_to(const struct engine *en);
/* A number that changes when another connection has committed: who waits for work looks at it. -1 on failure. */
gint64 engine_wake(struct engine *en);

/* NAME is for failures and must outlive the statement. NULL on failure. */
struct engine_stmt *engine_prepare(struct engine *en, const char *sql, const char *name, struct err *e);
void engine_finalize(struct engine_stmt *s);
int engine_n_params(const struct engine_stmt *s);
const char *engine_param(const struct engine_stmt *s, int i); /* its name; the first is 0 */
/* Texts and bytes must live until the reset. What is not bound is NULL. */
void engine_bind_int(struct engine_stmt *s, int i, gint64 value);
void engine_bind_text(struct engine_stmt *s, int i, const char *text);
void engine_bind_bytes(struct engine_stmt *s, int i, const void *bytes, gsize n_bytes);
enum step { STEP_FAILED, STEP_DONE, STEP_ROW };
enum step engine_step(struct engine_stmt *s, struct err *e);
/* Ready to be run again; IS_BOUND: forgets what was bound. */
void engine_reset(struct engine_stmt *s, bool is_bound);
int engine_n_columns(const struct engine_stmt *s);
const char *engine_column(const struct engine_stmt *s, int i); /* its name; the first is 0 */
/* Of the row that engine_step() stands on; valid until the next step. NULL: 0, NULL, NULL. */
gint64 engine_int(struct engine_stmt *s, int i);
const char *engine_text(struct engine_stmt *s, int i);
const void *engine_bytes(struct engine_stmt *s, int i, gsize *n_bytes_out);

/* Upkeep; see db.h and scrub.h. */
bool engine_checkpoint(struct engine *en, bool is_whole, guint *n_left_out, struct err *e);
guint engine_log_room(struct engine *en);
bool engine_lengthen_log(struct engine *en, guint n_pages, struct err *e); /* in a transaction that writes */
bool engine_sync_log(struct engine *en, struct err *e);
void engine_on_log(struct engine *en, db_log_fn *fn, void *user);
bool engine_empty_wal(struct engine *en, bool *emptied_out, struct err *e);
gint64 engine_n_pages(struct engine *en);
bool engine_backup(struct engine *en, const char *to, struct err *e);
bool engine_scrub(struct engine *en, gint64 first, gint64 n_pages, gint64 *next_out, struct err *e);

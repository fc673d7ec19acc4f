/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection to the database: opening, transactions, errors. The only kind of database is one SQLite file (WAL,
 * synchronous=FULL, so a commit that returned true is on the disk). A connection belongs to one thread. The rows are
 * the business of the families (posts.h, persons.h, ...); their SQL stands in sql/FAMILY.sql.
 *
 * Failures: locked past LIMIT_BUSY_MS, disk full, I/O error: ERR_LATER. Damaged, foreign or newer database: ERR_CONFIG.
 * Not permitted, read-only: ERR_RIGHTS. Everything else is a bug of ours: ERR_OURS.
 */
#pragma once

#include "base/err.h"

#include <glib.h>

struct db;

enum db_mode {
    DB_READ,   /* reads only, beside a writer; never migrates */
    DB_WRITE,  /* the database must exist; an older one is migrated after a copy of it was kept beside it */
    DB_CREATE, /* as DB_WRITE, and made (mode 0600) if it is not there */
};

/* NULL on failure. Free with db_close(). */
struct db *db_open(const char *path, enum db_mode mode, struct err *e);
void db_close(struct db *db);
const char *db_path(const struct db *db);
/* How long to wait for a lock; LIMIT_BUSY_MS after opening. */
void db_set_busy_ms(struct db *db, guint busy_ms);

/* A transaction that writes: takes the write lock at once, so that nothing later in it can be refused for a lock. */
bool db_begin(struct db *db, struct err *e);
/* One consistent view for several reads. Keep it short: the WAL cannot shrink meanwhile. */
bool db_begin_read(struct db *db, struct err *e);
/* True means durable. On failure everything since db_begin() is undone. */
bool db_commit(struct db *db, struct err *e);
/* From the next transaction on: IS_LAZY, what db_commit() has returned true for outlives the end of any process, but not that of the
 * machine, until somebody's next commit that is not lazy. Commits stay in their order. For work that may be done again. */
bool db_set_lazy(struct db *db, bool is_lazy, struct err *e);
/* Never fails; harmless without a transaction. */
void db_rollback(struct db *db);
/* False also after SQLite itself gave the transaction up (disk full, I/O error). */
bool db_is_in_transaction(const struct db *db);

/* Part of a transaction that can be undone alone, so that one message of a group cannot spoil the others. Savepoints
 * nest. db_savepoint_undo() forgets what was done since and ends the savepoint. */
bool db_savepoint(struct db *db, struct err *e);
bool db_savepoint_keep(struct db *db, struct err *e);
void db_savepoint_undo(struct db *db);

/* Who works on this connection, for the journal: events_add() writes it into each line. NULL (the default): nobody in
 * person; the line's message says who wrote. */
void db_set_actor(struct db *db, const char *actor);
/* True if the open transaction has changed no row yet, or has a line in the journal about it. */
bool db_is_journaled(const struct db *db);

/* A number that changes when another connection has committed: whoever caches rows compares it. -1 on failure. */
gint64 db_data_version(struct db *db);
/* The same for rows of forums, members and persons, whoever changed them, this connection too, or undid that; another's commit counts
 * whatever it changed. Cheap within a transaction. */
gint64 db_people_version(struct db *db);
/* Moves what is in the WAL into the database file as far as readers allow, beside a writer. IS_WHOLE: keeps the writer out for
 * the last of it, so that the WAL is begun anew with the next commit; else under constant load it never would be. */
bool db_checkpoint(struct db *db, bool is_whole, guint *n_left_out, struct err *e); /* N_LEFT pages could not be moved */
/* How many pages the WAL's file has room for as it is, and making it longer, inside a transaction that writes: a commit that must make
 * the file longer waits for its size, too, which takes half as long again. What is made is synced by db_sync_log(), without one. */
guint db_log_room(struct db *db);
bool db_lengthen_log(struct db *db, guint n_pages, struct err *e);
bool db_sync_log(struct db *db, struct err *e);
/* FN is told after each commit of this connection how many pages lie in the WAL. A commit moves them itself only when there are
 * LIMIT_WAL_PAGES: until then that is for the upkeep (upkeep.h), or for who closes the database last. */
typedef void db_log_fn(guint n_pages, void *user);
void db_on_log(struct db *db, db_log_fn *fn, void *user);
/* What this connection publishes an upkeep (upkeep.h) puts into the index of words; else its commits do. */
void db_index_beside(struct db *db, bool is_beside);
/* The same as db_checkpoint(), and empties the WAL file, so that nothing deleted is left in it. Waits at most BUSY_MS for readers and
 * the writer; *EMPTIED_OUT false: they were in the way, come again. */
bool db_empty_wal(struct db *db, guint busy_ms, bool *emptied_out, struct err *e);
gint64 db_n_pages(struct db *db); /* of the file; 0 on failure */
/* A complete, consistent copy at TO (mode 0600), synced, replacing what was there. Not inside a transaction. */
bool db_backup(struct db *db, const char *to, struct err *e);

typedef struct db db_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(db_autoptr_t, db_close)
#define db_auto g_autoptr(db_autoptr_t) /* `db_auto db = db_open(...);` */

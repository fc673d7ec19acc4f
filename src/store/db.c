/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection; see db.h: an engine (engine.h) with what this program keeps beside it, the journal's end and the words that wait.
 */
#include "store/db_private.h"

#include "forum/memory.h"
#include "store/scrub.h"
#include "store/statement.h"
#include "store/words.h"

bool db_exec(struct db *db, const char *sql, const char *what, struct err *e)
{
    return engine_exec(db->engine, sql, what, e);
}

bool db_exec_int(struct db *db, const char *sql, gint64 *value_out, struct err *e)
{
    return engine_exec_int(db->engine, sql, value_out, e);
}

/* Rows whose words are kept may never have been. */
static void forget_unsaid(struct db *db)
{
    g_clear_pointer(&db->unsaid, memory_set_free);
    db->unsaid_seen = 0;
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (guint i = 0; i < N_SQL; i++)
        stmt_free(db->statements[i]);
    engine_close(db->engine);
    forget_unsaid(db);
    g_array_unref(db->unindexed);
    g_array_unref(db->unindexed_marks);
    g_free(db->path);
    g_free(db->actor);
    g_free(db);
}

const char *db_path(const struct db *db)
{
    return db->path;
}

void db_set_busy_ms(struct db *db, guint busy_ms)
{
    engine_set_wait_ms(db->engine, busy_ms);
}

void db_set_actor(struct db *db, const char *actor)
{
    g_free(db->actor);
    db->actor = g_strdup(actor);
}

/* The chain's end is known exactly from the first event of a transaction on. */
bool db_is_journaled(const struct db *db)
{
    return db->is_chain_known || engine_n_changed_ever(db->engine) == db->n_changes_before;
}

static void forget_transaction(struct db *db)
{
    db->is_chain_known = false;
    db->is_people_known = false;
    words_forget(db);
}

bool db_begin(struct db *db, struct err *e)
{
    forget_transaction(db);
    db->n_changes_before = engine_n_changed_ever(db->engine);
    db->n_unsaid = 0;
    return engine_begin(db->engine, e);
}

bool db_begin_read(struct db *db, struct err *e)
{
    db->is_people_known = false;
    return engine_begin_read(db->engine, e);
}

bool db_commit(struct db *db, struct err *e)
{
    if (!db_is_in_transaction(db))
        return err_set(e, ERR_LATER, "%s: the transaction was already given up", db->path);
    if (words_write(db, e) && engine_commit(db->engine, e))
        return true;
    db_rollback(db);
    return false;
}

bool db_set_lazy(struct db *db, bool is_lazy, struct err *e)
{
    if (db->is_lazy != is_lazy && !engine_set_lazy(db->engine, is_lazy, e))
        return false;
    db->is_lazy = is_lazy;
    return true;
}

void db_rollback(struct db *db)
{
    forget_transaction(db);
    forget_unsaid(db);
    db->people_version++;
    engine_rollback(db->engine);
}

bool db_is_in_transaction(const struct db *db)
{
    return engine_is_in_transaction(db->engine);
}

bool db_savepoint(struct db *db, struct err *e)
{
    words_savepoint(db);
    return engine_savepoint(db->engine, e);
}

bool db_savepoint_keep(struct db *db, struct err *e)
{
    words_savepoint_keep(db);
    return engine_savepoint_keep(db->engine, e);
}

void db_savepoint_undo(struct db *db)
{
    db->is_chain_known = false;
    db->people_version++;
    words_savepoint_undo(db);
    forget_unsaid(db);
    if (db_is_in_transaction(db))
        engine_savepoint_undo(db->engine, NULL);
}

gint64 db_data_version(struct db *db)
{
    return engine_wake(db->engine);
}

gint64 db_people_version(struct db *db)
{
    if (db->is_people_known && db_is_in_transaction(db))
        return db->people_version;
    gint64 wake = engine_wake(db->engine);
    if (wake == -1 || wake != db->people_wake)
        db->people_version++;
    db->people_wake = wake;
    db->is_people_known = true;
    return db->people_version;
}

bool db_checkpoint(struct db *db, bool is_whole, guint *n_left_out, struct err *e)
{
    return engine_checkpoint(db->engine, is_whole, n_left_out, e);
}

guint db_log_room(struct db *db)
{
    return engine_log_room(db->engine);
}

bool db_lengthen_log(struct db *db, guint n_pages, struct err *e)
{
    return engine_lengthen_log(db->engine, n_pages, e);
}

bool db_sync_log(struct db *db, struct err *e)
{
    return engine_sync_log(db->engine, e);
}

void db_on_log(struct db *db, db_log_fn *fn, void *user)
{
    engine_on_log(db->engine, fn, user);
}

void db_index_beside(struct db *db, bool is_beside)
{
    db->is_indexed_beside = is_beside;
}

bool db_empty_wal(struct db *db, guint busy_ms, bool *emptied_out, struct err *e)
{
    guint before = engine_wait_ms(db->engine);

    engine_set_wait_ms(db->engine, busy_ms);
    bool ok = engine_empty_wal(db->engine, emptied_out, e);
    engine_set_wait_ms(db->engine, before);
    return ok;
}

gint64 db_n_pages(struct db *db)
{
    return engine_n_pages(db->engine);
}

bool db_backup(struct db *db, const char *to, struct err *e)
{
    return engine_backup(db->engine, to, e);
}

bool db_scrub(struct db *db, gint64 first, gint64 n_pages, gint64 *next_out, struct err *e)
{
    *next_out = first;
    if (!db_begin(db, e))
        return false;
    bool ok = engine_scrub(db->engine, first, n_pages, next_out, e);
    db_rollback(db);
    return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection; see db.h. How it is opened follows the SQLite manual's advice for files and statements that may be
 * hostile: nothing in a schema is trusted, double quotes are names only, the file format cannot be bent by SQL.
 */
#include "store/db_private.h"

#include "base/file.h"
#include "base/limits.h"
#include "store/migrate.h"
#include "store/statement.h"
#include "store/words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE_BYTES 4096
#define CACHE_KIB 16384
#define WAL_KEPT_BYTES (64 * 1024 * 1024)
#define CHECKPOINT_PAGES 4000

static enum err_kind kind_of(int rc)
{
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
    case SQLITE_CANTOPEN:
        return ERR_LATER;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return ERR_CONFIG;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ERR_RIGHTS;
    default:
        return ERR_OURS;
    }
}

bool db_fail(struct db *db, int rc, const char *what, struct err *e)
{
    return err_set(e, kind_of(rc), "%s: %s: %s", db->path, what,
                   db->handle != NULL ? sqlite3_errmsg(db->handle) : sqlite3_errstr(rc));
}

bool db_exec(struct db *db, const char *sql, const char *what, struct err *e)
{
    int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK || db_fail(db, rc, what, e);
}

bool db_exec_int(struct db *db, const char *sql, gint64 *value_out, struct err *e)
{
    sqlite3_stmt *handle = NULL;
    int rc = sqlite3_prepare_v2(db->handle, sql, -1, &handle, NULL);

    *value_out = 0;
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(handle);
        if (rc == SQLITE_ROW)
            *value_out = sqlite3_column_int64(handle, 0);
        rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
    }
    bool ok = rc == SQLITE_OK || db_fail(db, rc, sql, e);
    sqlite3_finalize(handle);
    return ok;
}

/* SQLite's own handler sleeps up to 100 ms at a time, which is what a waiting citizen would feel. */
static int wait_for_lock(void *data, int n_tries)
{
    const struct db *db = data;

    if ((guint)n_tries >= db->busy_ms)
        return 0;
    g_usleep(1000);
    return 1;
}

/* SQLite would make the file with the umask's rights; its WAL takes over those of the file. A path that cannot be is the
 * configuration's fault. */
static bool make_file(const char *path, struct err *e)
{
    err_auto struct err made = {0};

    if (file_make(path, &made))
        return true;
    bool is_setting = made.kind != ERR_LATER && made.kind != ERR_RIGHTS;
    return err_set(e, is_setting ? ERR_CONFIG : made.kind, "%s", made.text);
}

static bool check_file(const char *path, enum db_mode mode, struct err *e)
{
    if (mode == DB_CREATE && !make_file(path, e))
        return false;
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return err_set(e, ERR_CONFIG, "%s: this is a folder; [storage] database names a file", path);
    if (access(path, mode == DB_READ ? R_OK : R_OK | W_OK) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return err_set(e, ERR_CONFIG, "%s: there is no database; make it with `forumpost init`", path);
    return file_fail(path, "open the database", e);
}

static void set_switches(struct db *db)
{
    static const struct {
        int op, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(switches); i++)
        sqlite3_db_config(db->handle, switches[i].op, switches[i].value, NULL);
    sqlite3_limit(db->handle, SQLITE_LIMIT_LENGTH, LIMIT_MESSAGE_BYTES + 1024 * 1024);
    sqlite3_limit(db->handle, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO needs one */
    sqlite3_limit(db->handle, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite3_limit(db->handle, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static bool set_pragmas(struct db *db, enum db_mode mode, struct err *e)
{
    g_autofree char *common = g_strdup_printf("PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY;", CACHE_KIB);
    g_autofree char *writer = g_strdup_printf(
        "PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA journal_size_limit = %d; PRAGMA wal_autocheckpoint = %d; PRAGMA secure_delete = ON;",
        PAGE_BYTES, WAL_KEPT_BYTES, CHECKPOINT_PAGES);

    return db_exec(db, mode == DB_READ ? "PRAGMA query_only = ON" : writer, "opening", e) &&
           db_exec(db, common, "opening", e);
}

struct db *db_open(const char *path, enum db_mode mode, struct err *e)
{
    db_auto db = g_new0(struct db, 1);

    db->path = g_strdup(path);
    db->busy_ms = LIMIT_BUSY_MS;
    db->unindexed = g_array_new(FALSE, FALSE, sizeof(gint64));
    db->unindexed_marks = g_array_new(FALSE, FALSE, sizeof(guint));
    if (!check_file(path, mode, e))
        return NULL;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    int rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
    if (rc != SQLITE_OK) {
        db_fail(db, rc, "opening", e);
        return NULL;
    }
    sqlite3_busy_handler(db->handle, wait_for_lock, db);
    set_switches(db);
    if (!set_pragmas(db, mode, e) || !migrate(db, &schema_ours, mode != DB_READ, e))
        return NULL;
    return g_steal_pointer(&db);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (guint i = 0; i < N_SQL; i++)
        stmt_free(db->statements[i]);
    sqlite3_close_v2(db->handle);
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
    db->busy_ms = busy_ms;
}

void db_set_actor(struct db *db, const char *actor)
{
    g_free(db->actor);
    db->actor = g_strdup(actor);
}

/* The chain's end is known exactly from the first event of a transaction on. */
bool db_is_journaled(const struct db *db)
{
    return db->is_chain_known || sqlite3_total_changes64(db->handle) == db->n_changes_before;
}

static bool run(struct db *db, enum sql id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, id, e);

    return stmt_run(s, e);
}

static void forget_transaction(struct db *db)
{
    db->is_chain_known = false;
    words_forget(db);
}

bool db_begin(struct db *db, struct err *e)
{
    forget_transaction(db);
    db->n_changes_before = sqlite3_total_changes64(db->handle);
    return run(db, SQL_BEGIN, e);
}

bool db_begin_read(struct db *db, struct err *e)
{
    return run(db, SQL_BEGIN_READ, e);
}

bool db_commit(struct db *db, struct err *e)
{
    if (!db_is_in_transaction(db))
        return err_set(e, ERR_LATER, "%s: the transaction was already given up", db->path);
    if (words_write(db, e) && run(db, SQL_COMMIT, e))
        return true;
    db_rollback(db);
    return false;
}

void db_rollback(struct db *db)
{
    forget_transaction(db);
    if (db_is_in_transaction(db))
        run(db, SQL_ROLLBACK, NULL);
}

bool db_is_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

bool db_savepoint(struct db *db, struct err *e)
{
    words_savepoint(db);
    return run(db, SQL_SAVEPOINT, e);
}

bool db_savepoint_keep(struct db *db, struct err *e)
{
    words_savepoint_keep(db);
    return run(db, SQL_SAVEPOINT_KEEP, e);
}

void db_savepoint_undo(struct db *db)
{
    db->is_chain_known = false;
    words_savepoint_undo(db);
    if (db_is_in_transaction(db) && run(db, SQL_SAVEPOINT_UNDO, NULL))
        run(db, SQL_SAVEPOINT_KEEP, NULL);
}

gint64 db_data_version(struct db *db)
{
    gint64 version = -1;
    stmt_auto struct stmt *s = stmt_use(db, SQL_DATA_VERSION, NULL);

    return stmt_run_int(s, &version, NULL) ? version : -1;
}

bool db_checkpoint(struct db *db, struct err *e)
{
    int rc = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || db_fail(db, rc, "checkpoint", e);
}

bool db_empty_wal(struct db *db, guint busy_ms, bool *emptied_out, struct err *e)
{
    guint before = db->busy_ms;

    db->busy_ms = busy_ms;
    int rc = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    db->busy_ms = before;
    *emptied_out = rc == SQLITE_OK;
    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || db_fail(db, rc, "emptying the WAL", e);
}

gint64 db_n_pages(struct db *db)
{
    gint64 n = 0;

    return db_exec_int(db, "PRAGMA page_count", &n, NULL) ? n : 0;
}

bool db_backup(struct db *db, const char *to, struct err *e)
{
    g_autofree char *new_path = g_strconcat(to, ".new", NULL);
    g_autofree char *folder = g_path_get_dirname(to);
    char *sql = sqlite3_mprintf("VACUUM INTO %Q", new_path);

    unlink(new_path);
    bool ok = make_file(new_path, e) && db_exec(db, sql, "copying", e) && file_sync(new_path, e);
    sqlite3_free(sql);
    if (ok && rename(new_path, to) != 0)
        ok = file_fail(to, "create", e);
    if (!ok)
        unlink(new_path);
    return ok && file_sync_folder(folder, e);
}

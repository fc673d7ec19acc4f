/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The connection to SQLite, one file in WAL mode; see engine.h. How it is opened follows the SQLite manual's advice for files and
 * statements that may be hostile: nothing in a schema is trusted, double quotes are names only, the file format cannot be bent
 * by SQL.
 */
#include "store/sqlite/private.h"

#include "base/file.h"
#include "base/limits.h"

#define CACHE_KIB      16384
#define WAL_KEPT_BYTES (64 * 1024 * 1024)

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

bool engine_fail(struct engine *en, int rc, const char *what, struct err *e)
{
    return err_set(e, kind_of(rc), "%s: %s: %s", en->path, what,
                   en->handle != NULL ? sqlite3_errmsg(en->handle) : sqlite3_errstr(rc));
}

bool engine_exec(struct engine *en, const char *sql, const char *what, struct err *e)
{
    int rc = sqlite3_exec(en->handle, sql, NULL, NULL, NULL);

    return rc == SQLITE_OK || engine_fail(en, rc, what, e);
}

bool engine_exec_int(struct engine *en, const char *sql, gint64 *value_out, struct err *e)
{
    sqlite3_stmt *handle = NULL;
    int rc = sqlite3_prepare_v2(en->handle, sql, -1, &handle, NULL);

    *value_out = 0;
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(handle);
        if (rc == SQLITE_ROW)
            *value_out = sqlite3_column_int64(handle, 0);
        rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
    }
    bool ok = rc == SQLITE_OK || engine_fail(en, rc, sql, e);
    sqlite3_finalize(handle);
    return ok;
}

/* SQLite's own handler sleeps up to 100 ms at a time, which is what a waiting citizen would feel. */
static int wait_for_lock(void *data, int n_tries)
{
    const struct engine *en = data;

    if ((guint)n_tries >= en->wait_ms)
        return 0;
    g_usleep(1000);
    return 1;
}

/* SQLite would make the file with the umask's rights; its WAL takes over those of the file. A path that cannot be is the
 * configuration's fault. */
bool engine_make_file(const char *path, struct err *e)
{
    err_auto struct err made = {0};

    if (file_make(path, &made))
        return true;
    bool is_setting = made.kind != ERR_LATER && made.kind != ERR_RIGHTS;
    return err_set(e, is_setting ? ERR_CONFIG : made.kind, "%s", made.text);
}

static bool check_file(const char *path, enum db_mode mode, struct err *e)
{
    if (mode == DB_CREATE && !engine_make_file(path, e))
        return false;
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return err_set(e, ERR_CONFIG, "%s: this is a folder; [storage] database names a file", path);
    if (access(path, mode == DB_READ ? R_OK : R_OK | W_OK) == 0)
        return true;
    if (errno == ENOENT || errno == ENOTDIR)
        return err_set(e, ERR_CONFIG, "%s: there is no database; make it with `forumpost init`", path);
    return file_fail(path, "open the database", e);
}

/* Counting every allocation takes a mutex each time, and nobody asks for the sums. Before the first connection; later it is refused. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    engine_keep_memory();
}

static void set_switches(struct engine *en)
{
    static const struct {
        int op, value;
    } switches[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},     {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}, {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(switches); i++)
        sqlite3_db_config(en->handle, switches[i].op, switches[i].value, NULL);
    sqlite3_limit(en->handle, SQLITE_LIMIT_LENGTH, LIMIT_MESSAGE_BYTES + 1024 * 1024);
    sqlite3_limit(en->handle, SQLITE_LIMIT_ATTACHED, 1); /* VACUUM INTO needs one */
    sqlite3_limit(en->handle, SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite3_limit(en->handle, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static bool set_pragmas(struct engine *en, enum db_mode mode, struct err *e)
{
    g_autofree char *common = g_strdup_printf("PRAGMA cache_size = -%d; PRAGMA temp_store = MEMORY;", CACHE_KIB);
    g_autofree char *writer = g_strdup_printf("PRAGMA page_size = %d; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                              "PRAGMA journal_size_limit = %d; PRAGMA secure_delete = ON;",
                                              PAGE_BYTES, WAL_KEPT_BYTES);

    return engine_exec(en, mode == DB_READ ? "PRAGMA query_only = ON" : writer, "opening", e) &&
           engine_exec(en, common, "opening", e);
}

/* The commit is on the disk already: a failure here is none of it, and comes again with the next one. */
static int after_commit(void *user, sqlite3 *handle, const char *schema, int n_pages)
{
    struct engine *en = user;

    if (n_pages < LIMIT_WAL_PAGES)
        en->move_at = LIMIT_WAL_PAGES;
    else if (n_pages >= en->move_at) {
        int n = 0, n_moved = 0, rc = sqlite3_wal_checkpoint_v2(handle, schema, SQLITE_CHECKPOINT_PASSIVE, &n, &n_moved);
        bool is_read = rc == SQLITE_OK && n_moved < n; /* somebody reads old pages: not again with every commit */
        en->move_at = n_pages + (is_read ? LIMIT_WAL_PAGES / 32 : 0);
    }
    if (en->on_log != NULL)
        en->on_log((guint)n_pages, en->log_user);
    return SQLITE_OK;
}

struct engine *engine_open(const char *where, enum db_mode mode, struct err *e)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);

    if (!check_file(where, mode, e))
        return NULL;
    configure();
    struct engine *en = g_new0(struct engine, 1);
    en->path = g_strdup(where);
    en->wait_ms = LIMIT_BUSY_MS;
    int rc = sqlite3_open_v2(where, &en->handle, flags, NULL);
    bool ok = rc == SQLITE_OK || engine_fail(en, rc, "opening", e);
    if (ok) {
        sqlite3_busy_handler(en->handle, wait_for_lock, en);
        set_switches(en);
        ok = set_pragmas(en, mode, e);
        sqlite3_wal_hook(en->handle, after_commit, en);
    }
    if (ok)
        return en;
    engine_close(en);
    return NULL;
}

void engine_close(struct engine *en)
{
    if (en == NULL)
        return;
    for (guint i = 0; i < N_VERBS; i++)
        sqlite3_finalize(en->verbs[i]);
    sqlite3_close_v2(en->handle);
    g_free(en->path);
    g_free(en);
}

void engine_set_wait_ms(struct engine *en, guint wait_ms)
{
    en->wait_ms = wait_ms;
}

guint engine_wait_ms(const struct engine *en)
{
    return en->wait_ms;
}

bool engine_is_read_only(struct engine *en)
{
    return sqlite3_db_readonly(en->handle, "main") != 0;
}

/* In WAL mode NORMAL still syncs before and after a checkpoint. */
bool engine_set_lazy(struct engine *en, bool is_lazy, struct err *e)
{
    return engine_exec(en, is_lazy ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL", "opening", e);
}

/* Marks and migrations */

bool engine_marks(struct engine *en, struct engine_marks *out, struct err *e)
{
    return engine_exec_int(en, "PRAGMA application_id", &out->application, e) &&
           engine_exec_int(en, "PRAGMA user_version", &out->schema, e) &&
           engine_exec_int(en, "SELECT count(*) FROM sqlite_schema", &out->n_tables, e);
}

bool engine_set_marks(struct engine *en, int application, int schema, struct err *e)
{
    g_autofree char *sql = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d", application, schema);

    return engine_exec(en, sql, "schema", e);
}

/* Rebuilding a table drops the old one; with the keys on that would delete what points to it. */
bool engine_begin_rebuild(struct engine *en, struct err *e)
{
    return engine_exec(en, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", "migration", e);
}

bool engine_end_rebuild(struct engine *en, bool keep, struct err *e)
{
    bool ok = keep && engine_exec(en, "COMMIT", "migration", e);

    if (!ok && engine_is_in_transaction(en))
        engine_exec(en, "ROLLBACK", "migration", NULL);
    return engine_exec(en, "PRAGMA foreign_keys = ON", "migration", e) && ok;
}

bool engine_count_orphans(struct engine *en, gint64 *n_out, struct err *e)
{
    return engine_exec_int(en, "SELECT count(*) FROM pragma_foreign_key_check", n_out, e);
}

/* Transactions */

static bool run(struct engine *en, enum verb verb, gint64 *value_out, struct err *e)
{
    static const char *const texts[N_VERBS] = {
        [BEGIN] = "BEGIN IMMEDIATE",
        [BEGIN_READ] = "BEGIN",
        [COMMIT] = "COMMIT",
        [ROLLBACK] = "ROLLBACK",
        [SAVEPOINT] = "SAVEPOINT message",
        [SAVEPOINT_KEEP] = "RELEASE message",
        [SAVEPOINT_UNDO] = "ROLLBACK TO message",
        [DATA_VERSION] = "PRAGMA data_version",
    };
    sqlite3_stmt **s = &en->verbs[verb];
    int rc = *s == NULL ? sqlite3_prepare_v3(en->handle, texts[verb], -1, SQLITE_PREPARE_PERSISTENT, s, NULL) : SQLITE_OK;

    if (rc == SQLITE_OK)
        rc = sqlite3_step(*s);
    if (rc == SQLITE_ROW && value_out != NULL)
        *value_out = sqlite3_column_int64(*s, 0);
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || engine_fail(en, rc, texts[verb], e);
    sqlite3_reset(*s);
    return ok;
}

bool engine_begin(struct engine *en, struct err *e)
{
    return run(en, BEGIN, NULL, e);
}

bool engine_begin_read(struct engine *en, struct err *e)
{
    return run(en, BEGIN_READ, NULL, e);
}

bool engine_commit(struct engine *en, struct err *e)
{
    return run(en, COMMIT, NULL, e);
}

void engine_rollback(struct engine *en)
{
    if (engine_is_in_transaction(en))
        run(en, ROLLBACK, NULL, NULL);
}

bool engine_is_in_transaction(const struct engine *en)
{
    return sqlite3_get_autocommit(en->handle) == 0;
}

bool engine_savepoint(struct engine *en, struct err *e)
{
    return run(en, SAVEPOINT, NULL, e);
}

bool engine_savepoint_keep(struct engine *en, struct err *e)
{
    return run(en, SAVEPOINT_KEEP, NULL, e);
}

bool engine_savepoint_undo(struct engine *en, struct err *e)
{
    return run(en, SAVEPOINT_UNDO, NULL, e) && run(en, SAVEPOINT_KEEP, NULL, e);
}

gint64 engine_n_changed(const struct engine *en)
{
    return sqlite3_changes64(en->handle);
}

gint64 engine_n_changed_ever(const struct engine *en)
{
    return sqlite3_total_changes64(en->handle);
}

gint64 engine_insert_id(const struct engine *en)
{
    return sqlite3_last_insert_rowid(en->handle);
}

bool engine_is_pointed_to(const struct engine *en)
{
    return sqlite3_extended_errcode(en->handle) == SQLITE_CONSTRAINT_FOREIGNKEY;
}

gint64 engine_wake(struct engine *en)
{
    gint64 version = -1;

    return run(en, DATA_VERSION, &version, NULL) ? version : -1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The write-ahead log and copies of the whole file; see db.h.
 */
#include "store/sqlite/private.h"

#include "base/file.h"

#include <glib/gstdio.h>

void engine_on_log(struct engine *en, db_log_fn *fn, void *user)
{
    en->on_log = fn;
    en->log_user = user;
}

bool engine_checkpoint(struct engine *en, bool is_whole, struct err *e)
{
    int mode = is_whole ? SQLITE_CHECKPOINT_FULL : SQLITE_CHECKPOINT_PASSIVE;
    int rc = sqlite3_wal_checkpoint_v2(en->handle, NULL, mode, NULL, NULL);

    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || engine_fail(en, rc, "checkpoint", e);
}

bool engine_empty_wal(struct engine *en, bool *emptied_out, struct err *e)
{
    int rc = sqlite3_wal_checkpoint_v2(en->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

    *emptied_out = rc == SQLITE_OK;
    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || engine_fail(en, rc, "emptying the WAL", e);
}

gint64 engine_n_pages(struct engine *en)
{
    gint64 n = 0;

    return engine_exec_int(en, "PRAGMA page_count", &n, NULL) ? n : 0;
}

bool engine_backup(struct engine *en, const char *to, struct err *e)
{
    g_autofree char *new_path = g_strconcat(to, ".new", NULL);
    g_autofree char *folder = g_path_get_dirname(to);
    char *sql = sqlite3_mprintf("VACUUM INTO %Q", new_path);

    unlink(new_path);
    bool ok = engine_make_file(new_path, e) && engine_exec(en, sql, "copying", e) && file_sync(new_path, e);
    sqlite3_free(sql);
    if (ok && g_rename(new_path, to) != 0)
        ok = file_fail(to, "create", e);
    if (!ok)
        unlink(new_path);
    return ok && file_sync_folder(folder, e);
}

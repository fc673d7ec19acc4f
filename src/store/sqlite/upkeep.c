/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The write-ahead log and copies of the whole file; see db.h.
 */
#include "store/sqlite/private.h"

#include "base/file.h"
#include "base/limits.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define ZEROS_BYTES (64 * 1024)
#define FRAME_BYTES 24    /* before each page in the log */
#define ALONG_US    50000 /* a copy is begun to be written this often */

void engine_on_log(struct engine *en, db_log_fn *fn, void *user)
{
    en->on_log = fn;
    en->log_user = user;
}

bool engine_checkpoint(struct engine *en, bool is_whole, guint *n_left_out, struct err *e)
{
    int mode = is_whole ? SQLITE_CHECKPOINT_FULL : SQLITE_CHECKPOINT_PASSIVE, n_pages = 0, n_moved = 0;
    int rc = sqlite3_wal_checkpoint_v2(en->handle, NULL, mode, &n_pages, &n_moved);

    *n_left_out = rc == SQLITE_OK && n_moved >= 0 ? (guint)MAX(n_pages - n_moved, 0) : G_MAXUINT;
    return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || engine_fail(en, rc, "checkpoint", e);
}

static char *log_path(const struct engine *en)
{
    return g_strconcat(en->path, "-wal", NULL);
}

guint engine_log_room(struct engine *en)
{
    g_autofree char *path = log_path(en);
    struct stat st;

    return stat(path, &st) == 0 ? (guint)(st.st_size / (PAGE_BYTES + FRAME_BYTES)) : 0;
}

/* Behind what is there and while nobody else may write there. SQLite takes zeros for the end of the log, as it takes what an
 * earlier round left there (its file format, section 4.3). Fallocate would not do: the sync then writes that they are written. */
bool engine_lengthen_log(struct engine *en, guint n_pages, struct err *e)
{
    g_autofree char *zeros = g_malloc0(ZEROS_BYTES);
    g_autofree char *path = log_path(en);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    struct stat st = {0};
    struct statvfs disk = {0};

    g_return_val_if_fail(engine_is_in_transaction(en), false);
    bool ok = fd >= 0 && fstat(fd, &st) == 0 && fstatvfs(fd, &disk) == 0;
    off_t n_bytes = (off_t)n_pages * (PAGE_BYTES + FRAME_BYTES), at = st.st_size;
    ok = ok && (guint64)disk.f_bavail * disk.f_frsize > LIMIT_WAL_ROOM_BYTES;
    for (off_t end = at + n_bytes; ok && at < end; at += ZEROS_BYTES)
        ok = pwrite(fd, zeros, ZEROS_BYTES, at) == ZEROS_BYTES;
    if (fd >= 0)
        close(fd);
    return ok || err_set(e, ERR_LATER, "%s: no room for more of the log", path);
}

bool engine_sync_log(struct engine *en, struct err *e)
{
    g_autofree char *path = log_path(en);

    return file_sync(path, e);
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

#ifdef SYNC_FILE_RANGE_WRITE
struct along {
    int fd;
    gint is_over; /* atomic */
    GThread *thread;
};

static gpointer write_along(gpointer data)
{
    struct along *a = data;

    while (!g_atomic_int_get(&a->is_over)) {
        (void)sync_file_range(a->fd, 0, 0,
                              SYNC_FILE_RANGE_WRITE); /* begins, and does not wait; a failure is file_sync()'s to tell */
        g_usleep(ALONG_US);
    }
    return NULL;
}

/* What is written into PATH goes to the disk as it comes. All of it at the end, at once, would stand before the syncs of the others,
 * on which each of their mails waits. */
static void along_begin(struct along *a, const char *path)
{
    *a = (struct along){.fd = open(path, O_WRONLY | O_CLOEXEC)};
    if (a->fd >= 0)
        a->thread = g_thread_try_new("along", write_along, a, NULL);
}

static void along_end(struct along *a)
{
    g_atomic_int_set(&a->is_over, 1);
    if (a->thread != NULL)
        g_thread_join(a->thread);
    if (a->fd >= 0)
        close(a->fd);
}
#else
struct along {
    int unused;
};
static void along_begin(struct along *a, const char *path)
{
    (void)a, (void)path;
}
static void along_end(struct along *a)
{
    (void)a;
}
#endif

static bool vacuum_into(struct engine *en, const char *path, struct err *e)
{
    char *sql = sqlite3_mprintf("VACUUM INTO %Q", path);
    struct along along;

    along_begin(&along, path);
    bool ok = engine_exec(en, sql, "copying", e);
    along_end(&along);
    sqlite3_free(sql);
    return ok && file_sync(path, e);
}

bool engine_backup(struct engine *en, const char *to, struct err *e)
{
    g_autofree char *new_path = g_strconcat(to, ".new", NULL);
    g_autofree char *folder = g_path_get_dirname(to);

    unlink(new_path);
    bool ok = engine_make_file(new_path, e) && vacuum_into(en, new_path, e);
    if (ok && g_rename(new_path, to) != 0)
        ok = file_fail(to, "create", e);
    if (!ok)
        unlink(new_path);
    return ok && file_sync_folder(folder, e);
}

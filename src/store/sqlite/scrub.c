/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages without stale bytes; see scrub.h. Done below SQLite, through its own handle of the file (another descriptor would
 * drop the locks of this process when it is closed), and safe for these reasons: we hold the write lock and the WAL is empty, so
 * nobody writes, and a checkpoint of anybody has nothing to write; what we zero has no meaning to a reader; a
 * page that is torn by a crash is the old one with some bytes more or less of the free middle. The format of a page is section 1.6
 * of the SQLite file format.
 */
#include "store/scrub.h"

#include "store/sqlite/private.h"

#include <string.h>
#include <sys/stat.h>

#define FILE_HEADER_BYTES 100 /* before the head of the first page */
#define LEAST_PAGE_BYTES  512
#define MOST_PAGES        (1 << 24) /* beyond it an overflow page could begin like a page of a tree */

struct file {
    sqlite3_file *handle;
    guint page_bytes, usable_bytes;
    gint64 n_pages;
    guint8 *page;
};

static guint get16(const guint8 *at)
{
    return (guint)at[0] << 8 | at[1];
}

/* Between the cell pointers and the first cell of a page of a tree; false if it is none or looks odd. */
static bool find_middle(const struct file *f, gint64 number, guint *from_out, guint *to_out)
{
    guint head = number == 1 ? FILE_HEADER_BYTES : 0;
    const guint8 *h = f->page + head;
    bool is_leaf = h[0] == 10 || h[0] == 13, is_inner = h[0] == 2 || h[0] == 5;
    guint n_cells = get16(h + 3), content = get16(h + 5);

    if (!is_leaf && !is_inner)
        return false;
    *from_out = head + (is_leaf ? 8 : 12) + 2 * n_cells;
    *to_out = content != 0 ? content : 65536;
    return *from_out < *to_out && *to_out <= f->usable_bytes;
}

static bool is_zero(const guint8 *bytes, guint n)
{
    return n == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, n - 1) == 0);
}

static bool scrub_page(struct engine *en, struct file *f, gint64 number, bool *changed, struct err *e)
{
    const sqlite3_io_methods *io = f->handle->pMethods;
    gint64 at = (number - 1) * f->page_bytes;
    guint from, to;
    int rc = io->xRead(f->handle, f->page, (int)f->page_bytes, at);

    if (rc != SQLITE_OK)
        return engine_fail(en, rc, "reading a page", e);
    if (!find_middle(f, number, &from, &to) || is_zero(f->page + from, to - from))
        return true;
    memset(f->page + from, 0, to - from);
    rc = io->xWrite(f->handle, f->page + from, (int)(to - from), at + from);
    *changed = true;
    return rc == SQLITE_OK || engine_fail(en, rc, "writing a page", e);
}

/* Nothing waits to be written into the file, nor can while we hold the write lock. */
static bool is_wal_empty(const struct engine *en)
{
    g_autofree char *path = g_strconcat(en->path, "-wal", NULL);
    struct stat found;

    return stat(path, &found) != 0 || found.st_size == 0;
}

static bool open_file(struct engine *en, struct file *f, struct err *e)
{
    sqlite3_int64 n_bytes = 0;
    guint8 head[FILE_HEADER_BYTES];
    int rc = sqlite3_file_control(en->handle, "main", SQLITE_FCNTL_FILE_POINTER, &f->handle);

    if (rc == SQLITE_OK && f->handle != NULL)
        rc = f->handle->pMethods->xFileSize(f->handle, &n_bytes);
    if (rc == SQLITE_OK)
        rc = f->handle->pMethods->xRead(f->handle, head, sizeof head, 0);
    if (rc != SQLITE_OK)
        return engine_fail(en, rc, "looking at the file", e);
    f->page_bytes = get16(head + 16) == 1 ? 65536 : get16(head + 16);
    if (f->page_bytes < LEAST_PAGE_BYTES)
        return err_set(e, ERR_CONFIG, "%s: pages of %u bytes", en->path, f->page_bytes);
    f->usable_bytes = f->page_bytes - head[20];
    f->n_pages = n_bytes / f->page_bytes;
    f->page = g_malloc(f->page_bytes);
    return true;
}

bool engine_scrub(struct engine *en, gint64 first, gint64 n_pages, gint64 *next_out, struct err *e)
{
    struct file f = {0};
    bool changed = false;

    *next_out = first;
    if (!is_wal_empty(en))
        return true;
    if (!open_file(en, &f, e))
        return false;
    bool ok = true;
    gint64 last = MIN(f.n_pages, first + n_pages - 1);
    for (gint64 number = first; ok && number <= last && f.n_pages < MOST_PAGES; number++)
        ok = scrub_page(en, &f, number, &changed, e);
    if (ok && changed && f.handle->pMethods->xSync(f.handle, SQLITE_SYNC_NORMAL) != SQLITE_OK)
        ok = err_set(e, ERR_LATER, "%s: cannot sync", en->path);
    sqlite3_db_release_memory(en->handle); /* what we have read of it has the old middle */
    *next_out = last < f.n_pages ? last + 1 : 0;
    g_free(f.page);
    return ok;
}

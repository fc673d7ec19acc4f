/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files in spool/ that nothing refers to any more: those of deleted mails, and what a crash left there.
 *
 * A blob is written before the commit that names it. So its file is removed under the write lock and only if no row
 * names it, and whoever commits such a row looks, under the same lock, whether the file is there (flow/in/receive.c). What
 * a crash may have left is looked for once an hour and only among files that nobody touched for an hour.
 */
#include "flow/clock/job.h"

#include "flow/spool.h"
#include "store/blobs.h"
#include "store/leftovers.h"
#include "store/messages.h"

#define YOUNG_S 3600

/* Inside a transaction that holds the write lock. *REMOVED_OUT false: a mail needs it. */
static bool remove_blob(struct gateway *g, const char *name, bool *removed_out, struct err *e)
{
    bool is_needed;

    *removed_out = false;
    if (!messages_has_blob(g->db, name, &is_needed, e))
        return false;
    if (!is_needed && !blobs_remove(g->settings->storage_spool, name, e))
        return false;
    *removed_out = !is_needed;
    return true;
}

static bool remove_left(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autofree char *after = g_strdup("");

    (void)now;
    (void)unused;
    for (*n_out = 0; *n_out < JOB_STEP; (*n_out)++) {
        gint64 n;
        bool removed;
        char *name = leftovers_next(g->db, LEFTOVER_BLOB, after, &n, e);
        if (name == NULL)
            return e->kind == ERR_NONE;
        g_free(after);
        after = name;
        if (!remove_blob(g, name, &removed, e) || !leftovers_done(g->db, LEFTOVER_BLOB, name, n, e))
            return false;
    }
    return true;
}

static bool remove_orphan(struct gateway *g, const char *name, gint64 *n_removed, struct err *e)
{
    bool removed;

    if (!db_begin(g->db, e))
        return false;
    if (!remove_blob(g, name, &removed, e) || !db_commit(g->db, e)) {
        db_rollback(g->db);
        return false;
    }
    *n_removed += removed;
    return true;
}

static bool remove_orphans(struct gateway *g, gint64 before, gint64 *n_removed, struct err *e)
{
    const char *spool = g->settings->storage_spool;
    g_autoptr(GPtrArray) whole = NULL, parts = NULL;

    if (!blobs_list(spool, before, &whole, &parts, e))
        return false;
    for (guint i = 0; i < whole->len; i++) {
        bool is_needed; /* nearly all are: no write lock for them */
        if (!messages_has_blob(g->db, whole->pdata[i], &is_needed, e) ||
            (!is_needed && !remove_orphan(g, whole->pdata[i], n_removed, e)))
            return false;
    }
    for (guint i = 0; i < parts->len; i++, (*n_removed)++)
        if (!blobs_remove_part(spool, parts->pdata[i], e))
            return false;
    return spool_failed_remove_parts(spool, before, n_removed, e);
}

bool job_files(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    if (!job_in_steps(g, remove_left, now, 0, n_out, e))
        return false;
    if (now < g->swept_files_at + YOUNG_S && now >= g->swept_files_at)
        return true;
    g->swept_files_at = now;
    return remove_orphans(g, MIN(now, g_get_real_time() / G_USEC_PER_SEC) - YOUNG_S, n_out, e);
}

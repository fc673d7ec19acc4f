/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deleted rows in the write-ahead log and in the free middle of pages. SQLite overwrites what is deleted in the database
 * file itself (secure_delete), but the log holds older pages until it is emptied, and a page that was split may hold
 * copies of rows that moved (store/scrub.h). The log is emptied at once; the pages of a large database are looked at
 * twice an hour.
 */
#include "flow/clock/job.h"

#include "store/leftovers.h"
#include "store/scrub.h"

#define WAIT_MS     200   /* for readers; intake waits that long at most */
#define CHUNK_PAGES 2048  /* while the write lock is held */
#define MOST_CHUNKS 256   /* a tick */
#define SMALL_PAGES 16384 /* up to here the pages are looked at after every deletion */
#define EVERY_S     1800  /* else this far apart */
#define MOST_TRIES  20    /* for an empty log while others write */

/* Goes on where the last tick stopped. */
static bool scrub(struct gateway *g, struct err *e)
{
    guint n_tries = 0;

    for (guint i = 0; g->scrub_next != 0 && i < MOST_CHUNKS && n_tries < MOST_TRIES; i++) {
        gint64 next;
        bool is_empty;
        if (!db_scrub(g->db, g->scrub_next, CHUNK_PAGES, &next, e))
            return false;
        if (next == g->scrub_next) {
            n_tries++;
            if (!db_empty_wal(g->db, WAIT_MS, &is_empty, e))
                return false;
        }
        g->scrub_next = next;
    }
    return g->scrub_next != 0 || leftovers_done(g->db, LEFTOVER_PAGES, "", g->scrub_n, e);
}

bool job_pages(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 n_left = 0;
    bool is_empty;

    (void)n_out;
    if (!leftovers_has(g->db, LEFTOVER_PAGES, &n_left, e) || n_left == 0)
        return e->kind == ERR_NONE;
    if (!db_empty_wal(g->db, WAIT_MS, &is_empty, e))
        return false;
    bool is_due = db_n_pages(g->db) <= SMALL_PAGES || now >= g->scrubbed_at + EVERY_S || now < g->scrubbed_at;
    if (g->scrub_next == 0 && !is_due)
        return true;
    if (g->scrub_next == 0) {
        g->scrub_next = 1;
        g->scrub_n = n_left;
        g->scrubbed_at = now;
    }
    return scrub(g, e);
}

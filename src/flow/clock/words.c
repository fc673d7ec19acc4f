/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of deleted texts. The index writes a deletion as one more entry, and the words stay in its older parts until
 * those are merged; SQLite has FTS5's own secure-delete only since 3.42. So after a deletion all parts are merged, a
 * few pages a transaction, so that nobody waits for it. And words of what was published by a process that died since.
 */
#include "flow/clock/job.h"

#include "store/leftovers.h"
#include "store/words.h"

#define STEP_PAGES 64
#define STEP_POSTS 128
#define MOST_STEPS 10000 /* a tick: the rest is done at the next one */
#define PART_STEPS 100   /* a tick, where nothing was deleted */

/* *MORE_OUT: there is more to merge. */
static bool merge_some(struct gateway *g, bool is_first, bool *more_out, struct err *e)
{
    if (!db_begin(g->db, e))
        return false;
    if (words_merge(g->db, is_first ? -STEP_PAGES : STEP_PAGES, more_out, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

/* *MORE_OUT: there are more posts whose words wait. */
static bool index_some(struct gateway *g, bool *more_out, struct err *e)
{
    gint64 n;

    *more_out = false;
    if (!words_count_waiting(g->db, 1, &n, e))
        return false;
    if (n == 0)
        return true;
    if (!db_begin(g->db, e))
        return false;
    if (words_catch_up(g->db, STEP_POSTS, more_out, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

/* What is left to be done where no intake with its upkeep (store/upkeep.h) does it. */
static bool keep_up(struct gateway *g, struct err *e)
{
    bool more = true;

    for (guint i = 0; more && i < PART_STEPS; i++)
        if (!index_some(g, &more, e))
            return false;
    more = true;
    for (guint i = 0; more && i < PART_STEPS; i++)
        if (!merge_some(g, false, &more, e))
            return false;
    return true;
}

bool job_words(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 n_left = 0;
    bool more = true;

    (void)n_out;
    if (!leftovers_has(g->db, LEFTOVER_WORDS, &n_left, e))
        return false;
    if (n_left == 0)
        return keep_up(g, e);
    for (guint i = 0; more && i < MOST_STEPS; i++)
        if (!merge_some(g, i == 0, &more, e))
            return false;
    if (more)
        return true;
    if (!db_begin(g->db, e))
        return false;
    if (leftovers_done(g->db, LEFTOVER_WORDS, "", n_left, e) && leftovers_add(g->db, LEFTOVER_PAGES, "", now, e) &&
        db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

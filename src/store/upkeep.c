/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread beside the writer; see upkeep.h. A meeting is a moment in which the writer waits for it.
 */
#include "store/upkeep.h"

#include "store/db_private.h"
#include "store/words.h"

#define WHOLE_WAIT_MS 20  /* for readers of old pages and other writers; ours is kept out meanwhile */
#define IDLE_MS       200 /* without a commit: time to merge words */
#define MEET_MS       50  /* a writer that does not commit within them is no hindrance */

struct upkeep {
    struct db *db;
    GThread *thread;
    GMutex mutex; /* of what follows */
    GCond cond;
    guint n_pages;    /* in the WAL, after the last commit that we heard of */
    guint n_moved;    /* how many of them were there when we last moved any */
    guint n_unmerged; /* commits since words were merged last */
    bool may_merge;   /* there may be more of them to merge */
    guint n_steps, n_whole, n_merges;
    bool is_meeting; /* the writer is to wait after its next commit */
    bool is_waiting; /* it does */
    bool is_stopping;
};

static bool is_due(const struct upkeep *u)
{
    return u->n_pages >= u->n_moved + UPKEEP_STEP_PAGES;
}

/* From here to part() our writer waits between two commits: between those of a busy one the lock is free for microseconds, and
 * who polls for it hardly ever gets it. */
static void meet(struct upkeep *u)
{
    gint64 end = g_get_monotonic_time() + MEET_MS * G_TIME_SPAN_MILLISECOND;

    g_mutex_lock(&u->mutex);
    u->is_meeting = true;
    while (!u->is_waiting && g_cond_wait_until(&u->cond, &u->mutex, end))
        continue;
    g_mutex_unlock(&u->mutex);
}

static void part(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    u->is_meeting = false;
    g_cond_broadcast(&u->cond);
    g_mutex_unlock(&u->mutex);
}

/* Beside the writer; where it is to be the end, the little that came meanwhile with the writer waiting. */
static void move(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    guint n_pages = u->n_pages;
    g_mutex_unlock(&u->mutex);
    bool is_moved = db_checkpoint(u->db, false, NULL), is_whole = false;
    if (is_moved && n_pages >= UPKEEP_WHOLE_PAGES) {
        meet(u);
        is_whole = db_checkpoint(u->db, true, NULL);
        part(u);
    }
    g_mutex_lock(&u->mutex);
    u->n_moved = n_pages; /* also after a failure: it is tried again after as many pages */
    u->n_steps++;
    u->n_whole += is_whole;
    g_mutex_unlock(&u->mutex);
}

static bool merge_words(struct db *db, bool *more_out)
{
    *more_out = false;
    if (!db_begin(db, NULL))
        return false;
    if (words_merge(db, UPKEEP_MERGE_PAGES, more_out, NULL) && db_commit(db, NULL))
        return true;
    db_rollback(db);
    return false;
}

static void merge(struct upkeep *u)
{
    bool more;

    meet(u);
    bool is_done = merge_words(u->db, &more);
    part(u);
    g_mutex_lock(&u->mutex);
    u->n_unmerged = 0;
    u->may_merge = is_done && more;
    u->n_merges += is_done && more;
    g_mutex_unlock(&u->mutex);
}

/* Waits for work; true: it is the merging of words, since there are many or nobody commits. */
static bool wait_for_work(struct upkeep *u)
{
    bool is_idle = false;

    g_mutex_lock(&u->mutex);
    while (!u->is_stopping && !is_due(u) && u->n_unmerged < UPKEEP_MERGE_COMMITS && !is_idle) {
        guint n_before = u->n_unmerged;
        gint64 end = g_get_monotonic_time() + IDLE_MS * G_TIME_SPAN_MILLISECOND;
        if (n_before == 0 && !u->may_merge)
            g_cond_wait(&u->cond, &u->mutex);
        else
            is_idle = !g_cond_wait_until(&u->cond, &u->mutex, end) && u->n_unmerged == n_before;
    }
    bool is_merging = !is_due(u);
    g_mutex_unlock(&u->mutex);
    return is_merging;
}

static bool is_stopping(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    bool is = u->is_stopping;
    g_mutex_unlock(&u->mutex);
    return is;
}

static gpointer run(gpointer data)
{
    struct upkeep *u = data;

    for (bool is_merging = wait_for_work(u); !is_stopping(u); is_merging = wait_for_work(u))
        if (is_merging)
            merge(u);
        else
            move(u);
    return NULL;
}

struct upkeep *upkeep_new(const char *path, struct err *e)
{
    struct db *db = db_open(path, DB_WRITE, e);

    if (db == NULL || !engine_set_lazy(db->engine, true, e)) {
        db_close(db);
        return NULL;
    }
    db_set_busy_ms(db, WHOLE_WAIT_MS);
    struct upkeep *u = g_new0(struct upkeep, 1);
    u->db = db;
    g_mutex_init(&u->mutex);
    g_cond_init(&u->cond);
    u->thread = g_thread_new("upkeep", run, u);
    return u;
}

void upkeep_note(guint n_pages, void *user)
{
    struct upkeep *u = user;

    g_mutex_lock(&u->mutex);
    if (n_pages < u->n_pages)
        u->n_moved = 0; /* the WAL was begun anew */
    u->n_pages = n_pages;
    u->n_unmerged++;
    u->is_waiting = u->is_meeting;
    if (is_due(u) || u->is_waiting || u->n_unmerged == 1 || u->n_unmerged >= UPKEEP_MERGE_COMMITS)
        g_cond_broadcast(&u->cond);
    while (u->is_meeting)
        g_cond_wait(&u->cond, &u->mutex);
    u->is_waiting = false;
    g_mutex_unlock(&u->mutex);
}

struct upkeep_counts upkeep_counts(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    struct upkeep_counts counts = {u->n_steps, u->n_whole, u->n_merges};
    g_mutex_unlock(&u->mutex);
    return counts;
}

void upkeep_free(struct upkeep *u)
{
    if (u == NULL)
        return;
    g_mutex_lock(&u->mutex);
    u->is_stopping = true;
    g_cond_broadcast(&u->cond);
    g_mutex_unlock(&u->mutex);
    g_thread_join(u->thread);
    db_close(u->db);
    g_mutex_clear(&u->mutex);
    g_cond_clear(&u->cond);
    g_free(u);
}

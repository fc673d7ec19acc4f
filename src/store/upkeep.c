/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread that checkpoints; see upkeep.h.
 */
#include "store/upkeep.h"

#define WHOLE_WAIT_MS 20 /* for readers of old pages and other writers; ours is kept out meanwhile */
#define MEET_MS       50 /* a writer that does not commit within them is no hindrance */

struct upkeep {
    struct db *db;
    GThread *thread;
    GMutex mutex; /* of what follows */
    GCond cond;
    guint n_pages; /* in the WAL, after the last commit that we heard of */
    guint n_moved; /* how many of them were there when we last moved any */
    guint n_steps, n_whole;
    bool is_meeting; /* the writer is to wait after its next commit */
    bool is_waiting; /* it does */
    bool is_stopping;
};

static bool is_due(const struct upkeep *u)
{
    return u->n_pages >= u->n_moved + UPKEEP_STEP_PAGES;
}

/* The little that came since the last step, while the writer waits between two commits: between those of a busy writer the
 * lock is free for microseconds, and who polls for it hardly ever gets it. */
static void move_rest(struct upkeep *u)
{
    gint64 end = g_get_monotonic_time() + MEET_MS * G_TIME_SPAN_MILLISECOND;

    g_mutex_lock(&u->mutex);
    u->is_meeting = true;
    while (!u->is_waiting && g_cond_wait_until(&u->cond, &u->mutex, end))
        continue;
    g_mutex_unlock(&u->mutex);
    bool ok = db_checkpoint(u->db, true, NULL);
    g_mutex_lock(&u->mutex);
    u->n_whole += ok;
    u->is_meeting = false;
    g_cond_broadcast(&u->cond);
    g_mutex_unlock(&u->mutex);
}

static gpointer run(gpointer data)
{
    struct upkeep *u = data;

    g_mutex_lock(&u->mutex);
    while (!u->is_stopping) {
        if (!is_due(u)) {
            g_cond_wait(&u->cond, &u->mutex);
            continue;
        }
        guint n_pages = u->n_pages;
        bool is_whole = n_pages >= UPKEEP_WHOLE_PAGES;
        g_mutex_unlock(&u->mutex);
        if (db_checkpoint(u->db, false, NULL) && is_whole)
            move_rest(u);
        g_mutex_lock(&u->mutex);
        u->n_moved = n_pages; /* also after a failure: it is tried again after as many pages */
        u->n_steps++;
    }
    g_mutex_unlock(&u->mutex);
    return NULL;
}

struct upkeep *upkeep_new(const char *path, struct err *e)
{
    struct db *db = db_open(path, DB_WRITE, e);

    if (db == NULL)
        return NULL;
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
    u->is_waiting = u->is_meeting;
    if (is_due(u) || u->is_waiting)
        g_cond_broadcast(&u->cond);
    while (u->is_meeting)
        g_cond_wait(&u->cond, &u->mutex);
    u->is_waiting = false;
    g_mutex_unlock(&u->mutex);
}

void upkeep_counts(struct upkeep *u, guint *n_steps_out, guint *n_whole_out)
{
    g_mutex_lock(&u->mutex);
    *n_steps_out = u->n_steps;
    *n_whole_out = u->n_whole;
    g_mutex_unlock(&u->mutex);
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

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The thread beside the writer; see upkeep.h. A meeting is a moment in which the writer waits for it.
 */
#include "store/upkeep.h"

#include "base/limits.h"
#include "store/db_private.h"
#include "store/words.h"

#define WHOLE_WAIT_MS 20  /* for readers of old pages and other writers; ours is kept out meanwhile */
#define IDLE_MS       100 /* without a commit: time for words */
#define INDEX_MS      500 /* but no word waits longer */
#define MOVE_ROUNDS   4   /* at most, before the writer waits */
#define LITTLE_PAGES  200 /* that the writer may wait for */
#define MEET_MS       50  /* a writer that does not commit within them is no hindrance */

struct upkeep {
    struct db *db;
    GThread *thread;
    GMutex mutex; /* of what follows */
    GCond cond;
    guint n_pages;   /* in the WAL, after the last commit that we heard of */
    guint n_moved;   /* how many of them were there when we last moved any */
    guint room;      /* how many pages its file has room for, as far as we know */
    guint n_parts;   /* added to the index of words since the last merge of any */
    bool may_index;  /* something was committed since we looked for words */
    bool may_merge;  /* there may be more parts to merge */
    gint64 first_at; /* monotonic: the oldest commit since we looked, and the newest */
    gint64 last_at;
    struct upkeep_counts counts;
    bool is_moving;  /* pages: a writer that is faster than the disk waits for that */
    bool is_meeting; /* the writer is to wait after its next commit */
    bool is_waiting; /* it does */
    bool is_stopping;
};

static bool is_due(const struct upkeep *u)
{
    return u->n_pages >= u->n_moved + UPKEEP_STEP_PAGES;
}

/* Half of what was made ahead is used. */
static bool is_short(const struct upkeep *u)
{
    return u->n_pages + UPKEEP_ROOM_PAGES / 2 > u->room && u->room < UPKEEP_ROOM_MOST;
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

/* A small transaction, the writer waiting. */
static bool take_step(struct upkeep *u, bool (*step)(struct db *, bool *), bool *more_out)
{
    *more_out = false;
    meet(u);
    bool ok = db_begin(u->db, NULL) && step(u->db, more_out) && db_commit(u->db, NULL);
    if (!ok)
        db_rollback(u->db);
    part(u);
    return ok;
}

static guint n_pages_now(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    guint n = u->n_pages;
    g_mutex_unlock(&u->mutex);
    return n;
}

/* Moves pages beside the writer until few have come meanwhile. False: it cannot, or a reader of old pages is in the way. */
static bool move_most(struct upkeep *u)
{
    for (guint i = 0; i < MOVE_ROUNDS; i++) {
        guint n_before = n_pages_now(u), n_left;
        if (!db_checkpoint(u->db, false, &n_left, NULL) || n_left >= UPKEEP_STEP_PAGES)
            return false;
        if (n_pages_now(u) < n_before + LITTLE_PAGES)
            break;
    }
    return true;
}

static void set_moving(struct upkeep *u, bool is_moving)
{
    g_mutex_lock(&u->mutex);
    u->is_moving = is_moving;
    g_cond_broadcast(&u->cond);
    g_mutex_unlock(&u->mutex);
}

/* To the end, with the writer waiting for the last of it, where the WAL has grown so far. */
static void move(struct upkeep *u)
{
    guint n_pages = n_pages_now(u), n_left;
    bool is_whole = false;

    set_moving(u, true);
    if (n_pages < UPKEEP_WHOLE_PAGES)
        db_checkpoint(u->db, false, &n_left, NULL);
    else if (move_most(u)) {
        meet(u);
        is_whole = db_checkpoint(u->db, true, &n_left, NULL);
        part(u);
    }
    set_moving(u, false);
    g_mutex_lock(&u->mutex);
    u->n_moved = n_pages; /* also after a failure: it is tried again after as many pages */
    u->counts.n_steps++;
    u->counts.n_whole += is_whole;
    g_mutex_unlock(&u->mutex);
}

static bool lengthen(struct db *db, bool *more_out)
{
    (void)more_out;
    return db_lengthen_log(db, UPKEEP_ROOM_PAGES, NULL);
}

/* So that no commit makes the log longer; not above what is kept of it when it is begun anew. */
static void make_room(struct upkeep *u)
{
    guint room = db_log_room(u->db), n_pages = n_pages_now(u);
    bool more, is_short = room < MIN(n_pages + UPKEEP_ROOM_PAGES, UPKEEP_ROOM_MOST);
    bool is_made = is_short && take_step(u, lengthen, &more) && db_sync_log(u->db, NULL);

    g_mutex_lock(&u->mutex);
    /* Where there is no room for more: not again at once. */
    u->room = is_made ? db_log_room(u->db) : MAX(room, n_pages + UPKEEP_ROOM_PAGES);
    u->counts.n_lengthened += is_made;
    g_mutex_unlock(&u->mutex);
}

static bool index_words(struct db *db, bool *more_out)
{
    return words_catch_up(db, UPKEEP_INDEX_POSTS, more_out, NULL);
}

static bool merge_words(struct db *db, bool *more_out)
{
    return words_merge(db, UPKEEP_MERGE_PAGES, more_out, NULL);
}

/* All that was published; after a failure it is tried again, as after a commit. */
static void index_all(struct upkeep *u)
{
    gint64 n = 0;
    bool more = true, ok = true;

    g_mutex_lock(&u->mutex);
    u->may_index = false;
    u->may_merge = true; /* other processes add parts, too */
    g_mutex_unlock(&u->mutex);
    while (ok && more && words_count_waiting(u->db, 1, &n, NULL) && n > 0) {
        ok = take_step(u, index_words, &more);
        g_mutex_lock(&u->mutex);
        u->n_parts += ok;
        u->counts.n_indexed += ok;
        if (!ok && !u->may_index) {
            u->may_index = true;
            u->first_at = u->last_at = g_get_monotonic_time();
        }
        g_mutex_unlock(&u->mutex);
    }
}

static void merge(struct upkeep *u)
{
    bool more, is_done = take_step(u, merge_words, &more);

    g_mutex_lock(&u->mutex);
    u->may_merge = is_done && more;
    if (!u->may_merge)
        u->n_parts = 0;
    u->counts.n_merges += is_done && more;
    g_mutex_unlock(&u->mutex);
}

typedef void work_fn(struct upkeep *u);

/* What is to be done now; NULL nothing, *UNTIL_OUT says when to look again, 0 after the next commit. */
static work_fn *find_work(const struct upkeep *u, gint64 now, gint64 *until_out)
{
    gint64 idle_at = u->last_at + IDLE_MS * G_TIME_SPAN_MILLISECOND;
    gint64 index_at = MIN(u->first_at + INDEX_MS * G_TIME_SPAN_MILLISECOND, idle_at);

    *until_out = u->may_index ? index_at : u->may_merge ? idle_at : 0;
    if (is_short(u))
        return make_room;
    if (is_due(u))
        return move;
    if (u->may_index && now >= index_at)
        return index_all;
    return u->may_merge && (now >= idle_at || u->n_parts >= UPKEEP_MERGE_PARTS) ? merge : NULL;
}

/* NULL: it ends. */
static work_fn *wait_for_work(struct upkeep *u)
{
    work_fn *work = NULL;
    gint64 until;

    g_mutex_lock(&u->mutex);
    while (!u->is_stopping && (work = find_work(u, g_get_monotonic_time(), &until)) == NULL)
        if (until != 0)
            g_cond_wait_until(&u->cond, &u->mutex, until);
        else
            g_cond_wait(&u->cond, &u->mutex);
    bool ends = u->is_stopping;
    g_mutex_unlock(&u->mutex);
    return ends ? NULL : work;
}

static gpointer run(gpointer data)
{
    struct upkeep *u = data;

    for (work_fn *work = index_all; work != NULL; work = wait_for_work(u))
        work(u); /* first what a process left that was killed */
    index_all(u);
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

static bool must_wait(const struct upkeep *u)
{
    return u->is_meeting || (u->is_moving && u->n_pages >= LIMIT_WAL_PAGES);
}

void upkeep_note(guint n_pages, void *user)
{
    struct upkeep *u = user;

    g_mutex_lock(&u->mutex);
    if (n_pages < u->n_pages)
        u->n_moved = u->room = 0; /* the WAL was begun anew, or made shorter */
    u->n_pages = n_pages;
    u->last_at = g_get_monotonic_time();
    u->is_waiting = must_wait(u);
    if (is_due(u) || is_short(u) || u->is_waiting || !u->may_index)
        g_cond_broadcast(&u->cond);
    if (!u->may_index)
        u->first_at = u->last_at;
    u->may_index = true;
    while (must_wait(u))
        g_cond_wait(&u->cond, &u->mutex);
    u->is_waiting = false;
    g_mutex_unlock(&u->mutex);
}

struct upkeep_counts upkeep_counts(struct upkeep *u)
{
    g_mutex_lock(&u->mutex);
    struct upkeep_counts counts = u->counts;
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

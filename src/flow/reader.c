/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool of readers: who reads what, what becomes of a mail whose reader died, and replacing readers. See reader.h;
 * reader_link.c speaks with one reader, reader_child.c is the processes themselves.
 */
#include "flow/reader.h"

#include "base/limits.h"
#include "base/log.h"
#include "flow/reader_death.h"
#include "flow/reader_link.h"
#include "flow/reader_nursery.h"

#include <glib-unix.h>

#define TICK_MS       250
#define RETRY_FORK_US G_USEC_PER_SEC

struct reader_pool {
    guint n_wanted;
    guint n_ordered;         /* readers asked of the nursery and not there yet */
    gint64 barren_until_us;  /* no reader is ordered before this; 0: no trouble */
    GPtrArray *readers;      /* struct reader */
    GQueue waiting;          /* struct request */
    guint64 n_numbers;       /* requests ever made */
    struct nursery nursery;
    guint nursery_watch, tick, failing; /* GLib source ids */
    char *gone_reason;       /* why nothing could be read when there was no reader */
    void (*broken)(void *user);
    void *broken_user;
    struct reader_stats stats;
};

static void feed(struct reader_pool *p);
static gboolean on_tick(gpointer user);

/* ---- answering ---- */

static void finish(struct reader_pool *p, struct request *q, enum reader_outcome outcome, struct message *m,
                   const char *reason)
{
    switch (outcome) {
    case READER_OK:
        p->stats.n_read++;
        break;
    case READER_FATAL:
        p->stats.n_fatal++;
        log_event(LOG_LEVEL_ERROR, q->id, "reader.fatal", "reason", reason, NULL);
        break;
    case READER_GONE:
        p->stats.n_gone++;
        break;
    }
    q->done(outcome, m, reason, q->user);
    request_free(q);
}

static gboolean on_failing(gpointer user)
{
    struct reader_pool *p = user;
    GQueue doomed = p->waiting;

    p->failing = 0;
    if (p->readers->len > 0)
        return G_SOURCE_REMOVE;
    /* What the callbacks hand in now waits for the next turn. */
    g_queue_init(&p->waiting);
    while (!g_queue_is_empty(&doomed))
        finish(p, g_queue_pop_head(&doomed), READER_GONE, NULL, p->gone_reason);
    return G_SOURCE_REMOVE;
}

/* Answers what waits when there is no reader and none is coming. */
static void fail_waiting(struct reader_pool *p)
{
    if (p->failing == 0 && !g_queue_is_empty(&p->waiting))
        p->failing = g_idle_add_full(G_PRIORITY_DEFAULT, on_failing, p, NULL);
}

/* ---- the nursery ---- */

static void order_missing(struct reader_pool *p)
{
    if (p->barren_until_us > g_get_monotonic_time())
        return;
    while (p->readers->len + p->n_ordered < p->n_wanted && nursery_order(&p->nursery, NURSERY_FORK, 0))
        p->n_ordered++;
}

/* Lets go of a reader; it is killed, since closing its socket would not stop it from computing. */
static void dismiss(struct reader_pool *p, struct reader *r)
{
    nursery_order(&p->nursery, NURSERY_KILL, r->pid);
    reader_link_take_back(r, 0, &p->waiting);
    g_ptr_array_remove_fast(p->readers, r);
    order_missing(p);
}

static void retire_if_served(struct reader_pool *p, struct reader *r)
{
    bool is_idle = g_queue_is_empty(&r->sent);
    bool is_served = reader_has_grown(r->max_rss_kib, LIMIT_READER_RSS_BYTES) ||
                     (is_idle && (r->is_slow || r->n_assigned >= LIMIT_READER_MESSAGES));

    if (!is_served)
        return;
    p->stats.n_retired++;
    dismiss(p, r);
}

/* ---- a reader's end ---- */

/* The oldest mail is blamed for it, the ones behind it are read elsewhere. */
static void bury(struct reader_pool *p, struct reader *r, const struct nursery_report *report)
{
    struct reader_death death = reader_death_explain(report, r->is_overdue);
    g_autofree char *reason = death.reason;
    struct request *blamed = g_queue_peek_head(&r->sent);

    p->stats.n_died++;
    log_event(LOG_LEVEL_WARN, blamed != NULL ? blamed->id : "-", "reader.died", "reason", reason, NULL);
    dismiss(p, r);
    if (blamed == NULL)
        return;
    /* dismiss() put it first in the queue. */
    blamed->n_deaths++;
    if (death.is_decisive || blamed->n_deaths > 1)
        finish(p, g_queue_pop_head(&p->waiting), READER_FATAL, NULL, reason);
}

static struct reader *reader_of(const struct reader_pool *p, pid_t pid)
{
    for (guint i = 0; i < p->readers->len; i++) {
        struct reader *r = g_ptr_array_index(p->readers, i);

        if (r->pid == pid)
            return r;
    }
    return NULL;
}

/* ---- what a reader says ---- */

/* Delivers what is complete; false on nonsense. */
static bool deliver_answers(struct reader_pool *p, struct reader *r)
{
    struct request *q;
    struct message *m;
    guint32 cpu_us;

    for (;;) {
        switch (reader_link_next(r, &q, &m, &cpu_us)) {
        case LINK_NONE:
            return true;
        case LINK_NONSENSE:
            return false;
        case LINK_ANSWER:
            p->stats.cpu_us += cpu_us;
            finish(p, q, READER_OK, m, NULL);
            break;
        }
    }
}

static gboolean on_readable(gint fd, GIOCondition condition, gpointer user)
{
    struct reader *r = user;
    struct reader_pool *p = r->pool;
    bool is_open = reader_link_receive(r);

    (void)fd, (void)condition;
    if (!deliver_answers(p, r) || !is_open) {
        /* Nothing more is believed, and the mail it is at will be blamed when the nursery tells of its end. */
        nursery_order(&p->nursery, NURSERY_KILL, r->pid);
        r->in_watch = 0;
        return G_SOURCE_REMOVE;
    }
    retire_if_served(p, r);
    feed(p);
    return G_SOURCE_CONTINUE;
}

static gboolean on_writable(gint fd, GIOCondition condition, gpointer user)
{
    struct reader *r = user;

    (void)fd, (void)condition;
    if (!reader_link_flush(r))
        return G_SOURCE_CONTINUE;
    r->out_watch = 0;
    return G_SOURCE_REMOVE;
}

/* ---- who reads what ---- */

static bool can_take(const struct reader *r, const struct request *q)
{
    const struct request *oldest = g_queue_peek_head((GQueue *)&r->sent);

    if (r->in_watch == 0 || r->is_slow || r->n_assigned >= LIMIT_READER_MESSAGES)
        return false;
    if (oldest == NULL)
        return true;
    /* A mail that has lost us a reader is read alone. */
    return q->n_deaths == 0 && oldest->n_deaths == 0 && r->sent.length < LIMIT_READER_PIPELINE &&
           r->n_sent_bytes + g_bytes_get_size(q->bytes) <= LIMIT_READER_AHEAD_BYTES;
}

static struct reader *choose(const struct reader_pool *p, const struct request *q)
{
    struct reader *best = NULL;

    for (guint i = 0; i < p->readers->len; i++) {
        struct reader *r = g_ptr_array_index(p->readers, i);

        if (can_take(r, q) && (best == NULL || r->sent.length < best->sent.length))
            best = r;
    }
    return best;
}

static void feed(struct reader_pool *p)
{
    while (!g_queue_is_empty(&p->waiting)) {
        struct reader *r = choose(p, g_queue_peek_head(&p->waiting));

        if (r == NULL)
            break;
        reader_link_add(r, g_queue_pop_head(&p->waiting));
        if (r->out_watch == 0 && !reader_link_flush(r))
            r->out_watch = g_unix_fd_add(r->fd, G_IO_OUT, on_writable, r);
    }
    if (p->readers->len == 0 && p->n_ordered == 0)
        fail_waiting(p);
    if (p->tick == 0)
        p->tick = g_timeout_add(TICK_MS, on_tick, p);
}

/* ---- time ---- */

static void check_time(struct reader_pool *p, struct reader *r, gint64 now_us)
{
    gint64 took_ms = (now_us - r->head_since_us) / 1000;

    if (took_ms >= LIMIT_READER_SLOW_MS && !r->is_slow) {
        r->is_slow = true;
        reader_link_take_back(r, 1, &p->waiting);
    }
    if (took_ms >= LIMIT_READER_WALL_S * 1000 && !r->is_overdue) {
        r->is_overdue = true;
        nursery_order(&p->nursery, NURSERY_KILL, r->pid);
    }
}

static gboolean on_tick(gpointer user)
{
    struct reader_pool *p = user;
    gint64 now_us = g_get_monotonic_time();
    bool is_busy = !g_queue_is_empty(&p->waiting) || p->readers->len < p->n_wanted;

    for (guint i = 0; i < p->readers->len; i++) {
        struct reader *r = g_ptr_array_index(p->readers, i);

        if (g_queue_is_empty(&r->sent))
            continue;
        is_busy = true;
        check_time(p, r, now_us);
    }
    order_missing(p);
    feed(p);
    if (is_busy && p->nursery.fd >= 0)
        return G_SOURCE_CONTINUE;
    p->tick = 0;
    return G_SOURCE_REMOVE;
}

/* ---- what the nursery says ---- */

static void take_reader(struct reader_pool *p, pid_t pid, int fd)
{
    struct reader *r = reader_link_new(pid, fd);

    r->pool = p;
    r->in_watch = g_unix_fd_add(fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, r);
    g_ptr_array_add(p->readers, r);
    p->barren_until_us = 0;
}

static void take_trouble(struct reader_pool *p, int error)
{
    g_free(p->gone_reason);
    p->gone_reason = g_strdup_printf("no reader can be started: %s", g_strerror(error));
    p->barren_until_us = g_get_monotonic_time() + RETRY_FORK_US;
    log_event(LOG_LEVEL_ERROR, "-", "reader.barren", "reason", p->gone_reason, NULL);
}

static void take_death(struct reader_pool *p, const struct nursery_report *report)
{
    struct reader *r = reader_of(p, report->pid);

    if (r == NULL)
        return;
    /* It may have answered before it died. What it left is finite; the bound is for a descriptor held elsewhere. */
    if (r->in_watch != 0)
        for (gsize n = 0; n <= LIMIT_READER_ANSWER_BYTES / 4096 && reader_link_receive(r); n++)
            ;
    if (r->in_watch != 0)
        deliver_answers(p, r);
    bury(p, r, report);
}

static void take_report(struct reader_pool *p, const struct nursery_report *report, int fd)
{
    switch ((enum nursery_news)report->news) {
    case NURSERY_READY:
        break;
    case NURSERY_BORN:
        p->n_ordered--;
        take_reader(p, report->pid, fd);
        break;
    case NURSERY_BARREN:
        p->n_ordered--;
        take_trouble(p, report->status);
        break;
    case NURSERY_DIED:
        take_death(p, report);
        break;
    }
}

static void lose_nursery(struct reader_pool *p)
{
    p->nursery_watch = 0;
    nursery_stop(&p->nursery);
    p->n_ordered = 0;
    g_free(p->gone_reason);
    p->gone_reason = g_strdup("the readers' nursery is gone");
    log_event(LOG_LEVEL_ERROR, "-", "reader.nursery-gone", NULL);
    while (p->readers->len > 0)
        dismiss(p, g_ptr_array_index(p->readers, p->readers->len - 1));
    fail_waiting(p);
    if (p->broken != NULL)
        p->broken(p->broken_user);
}

static gboolean on_nursery(gint fd, GIOCondition condition, gpointer user)
{
    struct reader_pool *p = user;
    struct nursery_report words;
    enum nursery_heard heard;
    int reader_fd;

    (void)fd, (void)condition;
    while ((heard = nursery_hear(&p->nursery, false, &words, &reader_fd)) == NURSERY_SPOKE)
        take_report(p, &words, reader_fd);
    if (heard == NURSERY_GONE) {
        lose_nursery(p);
        return G_SOURCE_REMOVE;
    }
    feed(p);
    return G_SOURCE_CONTINUE;
}

/* ---- the pool ---- */

static bool await_readers(struct reader_pool *p, struct err *e)
{
    struct nursery_report words;
    int fd;

    order_missing(p);
    while (p->readers->len < p->n_wanted) {
        if (nursery_hear(&p->nursery, true, &words, &fd) != NURSERY_SPOKE)
            return err_set(e, ERR_LATER, "cannot start the readers: their nursery does not answer");
        take_report(p, &words, fd);
        if (words.news == NURSERY_BARREN || words.news == NURSERY_DIED)
            return err_set(e, ERR_RIGHTS, "%s", p->gone_reason);
    }
    return true;
}

struct reader_pool *reader_pool_new(guint n_readers, const struct read_options *options, struct err *e)
{
    reader_pool_auto p = g_new0(struct reader_pool, 1);

    p->n_wanted = MAX(n_readers, 1);
    p->nursery.fd = -1;
    p->gone_reason = g_strdup("the readers are gone");
    p->readers = g_ptr_array_new_with_free_func((GDestroyNotify)reader_link_free);
    g_queue_init(&p->waiting);
    if (!nursery_start(&p->nursery, options, e) || !await_readers(p, e))
        return NULL;
    p->nursery_watch = g_unix_fd_add(p->nursery.fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_nursery, p);
    return g_steal_pointer(&p);
}

void reader_pool_read(struct reader_pool *p, GBytes *bytes, const char *id, reader_done *done, void *user)
{
    struct request *q = g_new0(struct request, 1);

    q->number = ++p->n_numbers;
    q->bytes = g_bytes_ref(bytes);
    q->id = g_strdup(id);
    q->done = done;
    q->user = user;
    g_queue_push_tail(&p->waiting, q);
    feed(p);
}

void reader_pool_on_broken(struct reader_pool *p, void (*broken)(void *user), void *user)
{
    p->broken = broken;
    p->broken_user = user;
}

void reader_pool_stats(const struct reader_pool *p, struct reader_stats *stats_out)
{
    *stats_out = p->stats;
    stats_out->n_waiting = g_queue_get_length((GQueue *)&p->waiting);
    stats_out->n_readers = p->readers->len;
    for (guint i = 0; i < p->readers->len; i++)
        stats_out->n_in_flight += ((const struct reader *)g_ptr_array_index(p->readers, i))->sent.length;
}

void reader_pool_free(struct reader_pool *p)
{
    g_clear_handle_id(&p->nursery_watch, g_source_remove);
    g_clear_handle_id(&p->tick, g_source_remove);
    g_clear_handle_id(&p->failing, g_source_remove);
    p->n_wanted = 0;
    while (p->readers->len > 0)
        dismiss(p, g_ptr_array_index(p->readers, p->readers->len - 1));
    nursery_stop(&p->nursery);
    g_free(p->gone_reason);
    p->gone_reason = g_strdup("the readers are being stopped");
    while (!g_queue_is_empty(&p->waiting))
        finish(p, g_queue_pop_head(&p->waiting), READER_GONE, NULL, p->gone_reason);
    g_ptr_array_unref(p->readers);
    g_free(p->gone_reason);
    g_free(p);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool of readers: who reads what, and the answers. See reader.h; reader_care.c brings readers into the world and out
 * of it, reader_link.c speaks with one, reader_child.c is the processes themselves.
 */
#include "flow/reader/reader.h"

#include "base/limits.h"
#include "base/log.h"
#include "flow/reader/private.h"

#include <glib-unix.h>

/* ---- answering ---- */

void pool_finish(struct reader_pool *p, struct request *q, enum reader_outcome outcome, struct message *m, const char *reason)
{
    switch (outcome) {
    case READER_OK:
        p->stats.n_read++;
        break;
    case READER_FATAL:
        p->stats.n_fatal++;
        log_event(LOG_LEVEL_ERROR, q->id, "reader.fatal", "reason", reason, NULL);
        break;
    case READER_LATER:
        p->stats.n_later++;
        break;
    case READER_GONE:
        p->stats.n_gone++;
        break;
    }
    q->done(outcome, m, reason, q->user);
    request_free(q);
}

bool pool_is_waiting(const struct reader_pool *p)
{
    for (guint lane = 0; lane < N_LANES; lane++)
        if (!g_queue_is_empty((GQueue *)&p->waiting[lane]))
            return true;
    return false;
}

static void finish_all(struct reader_pool *p, GQueue *doomed)
{
    while (!g_queue_is_empty(doomed))
        pool_finish(p, g_queue_pop_head(doomed), READER_GONE, NULL, p->gone_reason);
}

static gboolean on_failing(gpointer user)
{
    struct reader_pool *p = user;

    p->failing = 0;
    for (guint lane = 0; lane < N_LANES && p->readers->len == 0; lane++) {
        GQueue doomed = p->waiting[lane];

        /* What the callbacks hand in now waits for the next turn. */
        g_queue_init(&p->waiting[lane]);
        finish_all(p, &doomed);
    }
    return G_SOURCE_REMOVE;
}

/* Answers what waits when there is no reader and none is coming. */
static void fail_waiting(struct reader_pool *p)
{
    if (p->failing == 0 && pool_is_waiting(p))
        p->failing = g_idle_add_full(G_PRIORITY_DEFAULT, on_failing, p, NULL);
}

bool pool_deliver(struct reader_pool *p, struct reader *r)
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
            ledger_charge(p->ledger, q->sender, cpu_us, g_get_monotonic_time());
            pool_finish(p, q, READER_OK, m, NULL);
            if (r->is_slow && g_queue_is_empty(&r->sent)) /* what was taken back from it may be answered already: not to us */
                return true;
            break;
        }
    }
}

/* ---- who reads what ---- */

static gboolean on_writable(gint fd, GIOCondition condition, gpointer user)
{
    struct reader *r = user;

    (void)fd, (void)condition;
    if (!reader_link_flush(r))
        return G_SOURCE_CONTINUE;
    r->out_watch = 0;
    return G_SOURCE_REMOVE;
}

/* A mail that has lost us a reader, or is from where expensive ones come, has nobody behind it. */
static bool is_alone(const struct request *q)
{
    return q->n_deaths > 0 || q->lane != LANE_FIRST;
}

static bool can_take(const struct reader *r, const struct request *q)
{
    const struct request *oldest = g_queue_peek_head((GQueue *)&r->sent);

    if (r->in_watch == 0 || r->is_slow || r->n_assigned >= LIMIT_READER_MESSAGES)
        return false;
    if (r->is_patient != (q->lane == LANE_SLOW))
        return false;
    if (oldest == NULL)
        return true;
    return !is_alone(q) && !is_alone(oldest) && r->sent.length < LIMIT_READER_PIPELINE &&
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

static bool hand_out(struct reader_pool *p, GQueue *queue)
{
    struct request *q = g_queue_peek_head(queue);
    struct reader *r = q != NULL ? choose(p, q) : NULL;

    if (r == NULL)
        return false;
    reader_link_add(r, g_queue_pop_head(queue));
    if (r->out_watch == 0 && !reader_link_flush(r))
        r->out_watch = g_unix_fd_add(r->fd, G_IO_OUT, on_writable, r);
    return true;
}

/* Those behind wait while anybody is before them, but not for ever. */
static bool is_turn_of_behind(const struct reader_pool *p)
{
    const struct request *q = g_queue_peek_head((GQueue *)&p->waiting[LANE_BEHIND]);

    return q != NULL && (g_queue_is_empty((GQueue *)&p->waiting[LANE_FIRST]) ||
                         g_get_monotonic_time() - q->since_us > LIMIT_READER_BEHIND_S * G_USEC_PER_SEC);
}

void pool_feed(struct reader_pool *p)
{
    while ((is_turn_of_behind(p) && hand_out(p, &p->waiting[LANE_BEHIND])) || hand_out(p, &p->waiting[LANE_FIRST]))
        ;
    while (hand_out(p, &p->waiting[LANE_SLOW]))
        ;
    care_order(p);
    if (p->readers->len == 0 && p->n_ordered[false] + p->n_ordered[true] == 0)
        fail_waiting(p);
    care_wake(p);
}

static gboolean on_refusing(gpointer user)
{
    struct reader_pool *p = user;

    p->refusing = 0;
    while (!g_queue_is_empty(&p->refused))
        pool_finish(p, g_queue_pop_head(&p->refused), READER_LATER, NULL, "too many mails wait that take long to read");
    return G_SOURCE_REMOVE;
}

/* Who waits there holds a session of the mail server, which has not many: the rest comes again. */
void pool_postpone(struct reader_pool *p, struct request *q)
{
    q->lane = LANE_SLOW;
    if (!p->is_in_hurry && g_queue_get_length(&p->waiting[LANE_SLOW]) < LIMIT_READER_SLOW_WAITING) {
        g_queue_push_tail(&p->waiting[LANE_SLOW], q);
        return;
    }
    g_queue_push_tail(&p->refused, q);
    if (p->refusing == 0)
        p->refusing = g_idle_add_full(G_PRIORITY_DEFAULT, on_refusing, p, NULL);
}

void reader_pool_hurry(struct reader_pool *p)
{
    p->is_in_hurry = true;
    while (!g_queue_is_empty(&p->waiting[LANE_SLOW]))
        pool_postpone(p, g_queue_pop_head(&p->waiting[LANE_SLOW]));
}

/* ---- the pool ---- */

struct reader_pool *reader_pool_new(guint n_readers, const struct read_options *options, struct err *e)
{
    reader_pool_auto p = g_new0(struct reader_pool, 1);

    p->n_wanted = MAX(n_readers, 1);
    p->nursery.fd = -1;
    p->gone_reason = g_strdup("the readers are gone");
    p->readers = g_ptr_array_new_with_free_func((GDestroyNotify)reader_link_free);
    p->ledger = ledger_new();
    for (guint lane = 0; lane < N_LANES; lane++)
        g_queue_init(&p->waiting[lane]);
    g_queue_init(&p->refused);
    if (!nursery_start(&p->nursery, options, e) || !care_await(p, e))
        return NULL;
    care_watch_nursery(p);
    return g_steal_pointer(&p);
}

void reader_pool_read(struct reader_pool *p, GBytes *bytes, const char *id, const char *sender, reader_done *done, void *user)
{
    struct request *q = g_new0(struct request, 1);

    q->number = ++p->n_numbers;
    q->bytes = g_bytes_ref(bytes);
    q->id = g_strdup(id);
    q->sender = g_strdup(sender);
    q->done = done;
    q->user = user;
    q->since_us = g_get_monotonic_time();
    q->lane = ledger_lane(p->ledger, sender, q->since_us);
    if (q->lane == LANE_SLOW)
        pool_postpone(p, q);
    else
        g_queue_push_tail(&p->waiting[q->lane], q);
    pool_feed(p);
}

/* One mail's reading, for who has nothing else to do. */
struct reading {
    bool is_done;
    enum reader_outcome outcome;
    struct message *m;
    char *reason;
};

static void on_read(enum reader_outcome outcome, struct message *m, const char *reason, void *user)
{
    struct reading *r = user;

    *r = (struct reading){.is_done = true, .outcome = outcome, .m = m, .reason = g_strdup(reason)};
}

enum reader_outcome reader_pool_read_now(struct reader_pool *p, GBytes *bytes, const char *id, struct message **m_out,
                                         char **reason_out)
{
    struct reading r = {0};

    reader_pool_read(p, bytes, id, "", on_read, &r);
    while (!r.is_done)
        g_main_context_iteration(NULL, TRUE);
    *m_out = r.m;
    *reason_out = r.reason;
    return r.outcome;
}

void reader_pool_on_broken(struct reader_pool *p, void (*broken)(void *user), void *user)
{
    p->broken = broken;
    p->broken_user = user;
}

void reader_pool_stats(const struct reader_pool *p, struct reader_stats *stats_out)
{
    *stats_out = p->stats;
    for (guint lane = 0; lane < N_LANES; lane++)
        stats_out->n_waiting += g_queue_get_length((GQueue *)&p->waiting[lane]);
    stats_out->n_readers = p->readers->len;
    for (guint i = 0; i < p->readers->len; i++)
        stats_out->n_in_flight += ((const struct reader *)g_ptr_array_index(p->readers, i))->sent.length;
}

void reader_pool_free(struct reader_pool *p)
{
    g_clear_handle_id(&p->nursery_watch, g_source_remove);
    g_clear_handle_id(&p->tick, g_source_remove);
    g_clear_handle_id(&p->failing, g_source_remove);
    g_clear_handle_id(&p->refusing, g_source_remove);
    p->n_wanted = 0;
    while (p->readers->len > 0)
        care_dismiss(p, g_ptr_array_index(p->readers, p->readers->len - 1));
    nursery_stop(&p->nursery);
    g_free(p->gone_reason);
    p->gone_reason = g_strdup("the readers are being stopped");
    for (guint lane = 0; lane < N_LANES; lane++)
        finish_all(p, &p->waiting[lane]);
    finish_all(p, &p->refused);
    g_ptr_array_unref(p->readers);
    ledger_free(p->ledger);
    g_free(p->gone_reason);
    g_free(p);
}

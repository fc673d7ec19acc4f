/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits to be read, who reads it, and what becomes of it; see private.h.
 */
#include "base/limits.h"

#include "base/log.h"
#include "flow/reader/private.h"

#include <glib-unix.h>

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

void pool_finish_all(struct reader_pool *p, GQueue *doomed)
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
        pool_finish_all(p, &doomed);
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

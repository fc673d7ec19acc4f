/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pool of readers; see reader.h. queue.c says who reads what, order.c how many there are, care.c brings readers into the
 * world and out of it, link.c speaks with one, child.c is the processes themselves.
 */
#include "flow/reader/reader.h"

#include "flow/reader/private.h"

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
    care_wake(p);
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
        pool_finish_all(p, &p->waiting[lane]);
    pool_finish_all(p, &p->refused);
    g_ptr_array_unref(p->readers);
    ledger_free(p->ledger);
    g_free(p->gone_reason);
    g_free(p);
}

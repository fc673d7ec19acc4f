/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Births, ends and time of the pool's readers, and what becomes of a mail whose reader died; see reader_private.h. The
 * quick ones are always there; the patient one, for what takes long, only while something waits for it.
 */
#include "base/limits.h"

#include "base/log.h"
#include "flow/reader/death.h"
#include "flow/reader/private.h"

#include <glib-unix.h>

#define TICK_MS       50
#define RETRY_FORK_US G_USEC_PER_SEC

/* Whoever has got something to do is looked after from now on. */
static void feed(struct reader_pool *p)
{
    pool_feed(p);
    care_wake(p);
}

static void retire_if_served(struct reader_pool *p, struct reader *r)
{
    bool is_idle = g_queue_is_empty(&r->sent);
    bool is_unwanted = r->is_patient && g_queue_is_empty(&p->waiting[LANE_SLOW]);
    bool is_served = reader_has_grown(r->max_rss_kib, LIMIT_READER_RSS_BYTES) ||
                     (is_idle && (r->is_slow || is_unwanted || r->n_assigned >= LIMIT_READER_MESSAGES));

    if (!is_served)
        return;
    p->stats.n_retired++;
    care_dismiss(p, r);
}

/* ---- a reader's end ---- */

/* The oldest mail is blamed for it, the ones behind it are read elsewhere. */
static void bury(struct reader_pool *p, struct reader *r, const struct nursery_report *report)
{
    struct reader_death death = reader_death_explain(report, r->is_patient, r->is_overdue, r->is_disbelieved);
    g_autofree char *reason = death.reason;
    struct request *blamed = g_queue_peek_head(&r->sent);

    p->stats.n_died++;
    log_event(death.is_too_slow ? LOG_LEVEL_INFO : LOG_LEVEL_WARN, blamed != NULL ? blamed->id : "-", "reader.died", "reason",
              reason, NULL);
    care_dismiss(p, r);
    if (blamed == NULL)
        return;
    g_queue_remove(&p->waiting[blamed->lane], blamed); /* care_dismiss() put it back first in its lane */
    ledger_charge(p->ledger, blamed->sender, death.cpu_us, g_get_monotonic_time());
    if (death.is_too_slow) {
        pool_postpone(p, blamed);
        return;
    }
    blamed->n_deaths++;
    if (death.is_decisive || blamed->n_deaths > 1)
        pool_finish(p, blamed, READER_FATAL, NULL, reason);
    else
        g_queue_push_head(&p->waiting[blamed->lane], blamed);
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
        pool_deliver(p, r);
    bury(p, r, report);
}

/* ---- time ---- */

static void check_time(struct reader_pool *p, struct reader *r, gint64 now_us)
{
    gint64 took_ms = (now_us - r->head_since_us) / 1000;
    gint64 limit_s = r->is_patient ? LIMIT_READER_PATIENT_WALL_S : LIMIT_READER_WALL_S;

    if (took_ms >= LIMIT_READER_SLOW_MS && !r->is_slow) {
        r->is_slow = true;
        reader_link_take_back(r, 1, p->waiting);
    }
    if (took_ms >= limit_s * 1000 && !r->is_overdue) {
        r->is_overdue = true;
        nursery_order(&p->nursery, NURSERY_KILL, r->pid);
    }
}

static gboolean on_tick(gpointer user)
{
    struct reader_pool *p = user;
    gint64 now_us = g_get_monotonic_time();
    bool is_busy = pool_is_waiting(p) || care_count(p, false) < p->n_wanted;

    for (guint i = 0; i < p->readers->len; i++) {
        struct reader *r = g_ptr_array_index(p->readers, i);

        if (g_queue_is_empty(&r->sent))
            continue;
        is_busy = true;
        check_time(p, r, now_us);
    }
    feed(p);
    if (is_busy && p->nursery.fd >= 0)
        return G_SOURCE_CONTINUE;
    p->tick = 0;
    return G_SOURCE_REMOVE;
}

void care_wake(struct reader_pool *p)
{
    if (p->tick == 0)
        p->tick = g_timeout_add(TICK_MS, on_tick, p);
}

/* ---- what a reader says ---- */

static gboolean on_readable(gint fd, GIOCondition condition, gpointer user)
{
    struct reader *r = user;
    struct reader_pool *p = r->pool;
    bool is_open = reader_link_receive(r);

    (void)fd, (void)condition;
    r->is_disbelieved = !pool_deliver(p, r);
    if (r->is_disbelieved || !is_open) {
        /* Nothing more is believed, and the mail it is at will be blamed when the nursery tells of its end. */
        nursery_order(&p->nursery, NURSERY_KILL, r->pid);
        r->in_watch = 0;
        return G_SOURCE_REMOVE;
    }
    retire_if_served(p, r);
    feed(p);
    return G_SOURCE_CONTINUE;
}

/* ---- what the nursery says ---- */

static void take_reader(struct reader_pool *p, pid_t pid, int fd, bool is_patient)
{
    struct reader *r = reader_link_new(pid, fd);

    r->pool = p;
    r->is_patient = is_patient;
    r->in_watch = g_unix_fd_add(fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, r);
    /* Nobody does; else GLib takes it out of the poll meanwhile, and the loop wakes itself for each answer. */
    g_source_set_can_recurse(g_main_context_find_source_by_id(NULL, r->in_watch), TRUE);
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

static void take_report(struct reader_pool *p, const struct nursery_report *report, int fd)
{
    bool is_patient = report->is_patient != 0;

    switch ((enum nursery_news)report->news) {
    case NURSERY_READY:
        break;
    case NURSERY_BORN:
        p->n_ordered[is_patient]--;
        take_reader(p, report->pid, fd, is_patient);
        break;
    case NURSERY_BARREN:
        p->n_ordered[is_patient]--;
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
    p->n_ordered[false] = p->n_ordered[true] = 0;
    g_free(p->gone_reason);
    p->gone_reason = g_strdup("the readers' nursery is gone");
    log_event(LOG_LEVEL_ERROR, "-", "reader.nursery-gone", NULL);
    while (p->readers->len > 0)
        care_dismiss(p, g_ptr_array_index(p->readers, p->readers->len - 1));
    feed(p);
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

void care_watch_nursery(struct reader_pool *p)
{
    p->nursery_watch = g_unix_fd_add(p->nursery.fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_nursery, p);
}

bool care_await(struct reader_pool *p, struct err *e)
{
    struct nursery_report words;
    int fd;

    care_order(p);
    while (p->readers->len < p->n_wanted) {
        if (nursery_hear(&p->nursery, true, &words, &fd) != NURSERY_SPOKE)
            return err_set(e, ERR_LATER, "cannot start the readers: their nursery does not answer");
        take_report(p, &words, fd);
        if (words.news == NURSERY_BARREN || words.news == NURSERY_DIED)
            return err_set(e, ERR_RIGHTS, "%s", p->gone_reason);
    }
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loop around the lanes; see dispatch.h. lane.c is the way of one mail. One thread: rendering goes on while answers travel.
 */
#include "flow/out/dispatch_private.h"

#include "base/clock.h"
#include "base/log.h"
#include "flow/out/texts.h"
#include "flow/reload.h"
#include "store/lock.h"

#include <glib-unix.h>

#define TICK_MS      20   /* while anything is on its way: results are recorded that often */
#define TICK_IDLE_MS 200  /* how long a new notice may go unseen */
#define GOODBYE_MS   1000 /* for the relay's answers to QUIT */

/* ---- the loop */

static bool is_finished(const struct dispatch *d, const struct lane *lane)
{
    if (way_out_is_busy(lane->way))
        return d->is_stopping && g_get_monotonic_time() >= d->stop_at_us;
    if (d->is_stopping)
        return true;
    return d->mode == DISPATCH_ONCE && (!outbox_is_waiting(lane->outbox) || way_out_trouble(lane->way) != NULL);
}

static bool is_active(const struct lane *lane)
{
    return way_out_trouble(lane->way) == NULL &&
           (way_out_is_busy(lane->way) || outbox_n_unwritten(lane->outbox) > 0 || outbox_is_waiting(lane->outbox));
}

static gboolean on_tick(gpointer user)
{
    struct dispatch *d = user;
    bool all_finished = true, any_active = false;

    for (guint i = 0; i < d->n_lanes; i++) {
        struct lane *lane = &d->lanes[i];
        outbox_look(lane->outbox, clock_now());
        lane_write_results(lane);
        way_out_wake(lane->way);
        all_finished = all_finished && is_finished(d, lane);
        any_active = any_active || is_active(lane);
    }
    if (all_finished)
        g_main_loop_quit(d->loop);
    else
        g_timeout_add(any_active ? TICK_MS : TICK_IDLE_MS, on_tick, d);
    return G_SOURCE_REMOVE;
}

static gboolean on_stop_signal(gpointer user)
{
    struct dispatch *d = user;

    log_event(LOG_LEVEL_INFO, NULL, "dispatch.stopping", NULL);
    if (!d->is_stopping)
        d->stop_at_us = g_get_monotonic_time() + LIMIT_SMTP_STOP_S * G_USEC_PER_SEC;
    d->is_stopping = true;
    for (guint i = 0; i < d->n_lanes; i++) {
        outbox_release(d->lanes[i].outbox);
        way_out_stop(d->lanes[i].way);
    }
    return G_SOURCE_CONTINUE;
}

/* Signals are heard between two mails, never inside one; what is on its way keeps the words it was written with. */
static bool take_new_templates(void *user, struct err *e)
{
    struct dispatch *d = user;
    struct templates *fresh = texts_load_whole(NULL, d->settings->initiative_languages[0], e);

    if (fresh == NULL)
        return err_prefix(e, "the templates stay as they were");
    renderer_use(d->renderer, fresh);
    templates_free(d->templates);
    d->templates = fresh;
    return true;
}

static gboolean on_goodbye_over(gpointer user)
{
    *(bool *)user = true;
    return G_SOURCE_CONTINUE;
}

static guint count_open(const struct dispatch *d)
{
    guint n = 0;

    for (guint i = 0; i < d->n_lanes; i++)
        n += way_out_n_open(d->lanes[i].way);
    return n;
}

static void say_goodbye(struct dispatch *d)
{
    bool is_over = false;
    guint timer = g_timeout_add(GOODBYE_MS, on_goodbye_over, &is_over);

    for (guint i = 0; i < d->n_lanes; i++)
        way_out_stop(d->lanes[i].way);
    while (count_open(d) > 0 && !is_over)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(timer);
}

/* Nothing is lost by a failure here, but what was sent since the last record would be sent again. */
static bool finish(struct lane *lane, struct err *e)
{
    const struct dispatch *d = lane->d;
    const char *trouble = way_out_trouble(lane->way);

    if (d->is_stopping)
        way_out_cut(lane->way); /* what the relay had time enough to answer */
    if (!outbox_write(lane->outbox, e))
        return false;
    if (d->mode == DISPATCH_ONCE && !d->is_stopping && trouble != NULL && outbox_is_waiting(lane->outbox))
        return err_set(e, ERR_LATER, "mail is waiting, but %s", trouble);
    return true;
}

static bool finish_all(struct dispatch *d, struct err *e)
{
    bool ok = true;

    for (guint i = 0; i < d->n_lanes; i++)
        ok = finish(&d->lanes[i], e) && ok;
    return ok;
}

static bool run(struct dispatch *d, dispatch_ready *ready, void *user, struct err *e)
{
    g_autofree char *n_sent = NULL;
    guint term, interrupt;
    bool ok;

    term = g_unix_signal_add(SIGTERM, on_stop_signal, d);
    interrupt = g_unix_signal_add(SIGINT, on_stop_signal, d);
    struct reload *reload = reload_listen(d->settings, take_new_templates, d);
    log_event(LOG_LEVEL_INFO, NULL, "dispatch.ready", "relay", d->settings->dispatch_relay, NULL);
    if (ready != NULL)
        ready(user);
    g_timeout_add(0, on_tick, d);
    g_main_loop_run(d->loop);
    ok = finish_all(d, e);
    say_goodbye(d);
    reload_stop(reload);
    g_source_remove(term);
    g_source_remove(interrupt);
    n_sent = g_strdup_printf("%" G_GINT64_FORMAT, d->n_sent);
    log_event(LOG_LEVEL_INFO, NULL, "dispatch.ended", "sent", n_sent, NULL);
    return ok;
}

/* A lane for each relay, with the streams that go through it. */
static bool open_lanes(struct dispatch *d, struct err *e)
{
    static const struct smtp_pool_callbacks callbacks = {lane_next, lane_done, lane_is_waiting, lane_reachable};
    const struct settings *s = d->settings;
    const gint64 per_minute[N_STREAMS] = {s->dispatch_transactional_per_minute, s->dispatch_forum_per_minute,
                                          s->dispatch_bulk_per_minute};

    for (enum stream stream = 0; stream < N_STREAMS; stream++) {
        const char *relay = settings_relay_of(s, stream);
        guint i = 0;
        while (i < d->n_lanes && strcmp(d->lanes[i].relay, relay) != 0)
            i++;
        d->lanes[i].relay = relay;
        d->lanes[i].streams |= 1U << stream;
        d->n_lanes = MAX(d->n_lanes, i + 1);
    }
    for (guint i = 0; i < d->n_lanes; i++) {
        struct lane *lane = &d->lanes[i];
        const struct way_out_spec spec = settings_way_out(s, lane->relay);
        lane->d = d;
        lane->outbox = outbox_new(d->g, lane->streams, per_minute);
        lane->way = way_out_new(&spec, &callbacks, lane, e);
        if (lane->way == NULL)
            return false;
    }
    return true;
}

static bool open_all(struct dispatch *d, struct err *e)
{
    const struct pace_rule rule = {.per_minute = d->settings->dispatch_domain_per_minute,
                                   .at_once = d->settings->dispatch_domain_at_once};

    d->g = gateway_open(d->settings, DB_WRITE, e);
    if (d->g == NULL)
        return false;
    d->templates = texts_load(NULL, d->settings->initiative_languages[0], e);
    if (d->templates == NULL)
        return false;
    d->renderer = renderer_new(d->g, d->templates);
    d->domains = domains_new(d->g->db, &rule);
    return outbox_release_dead(d->g, e) && domains_read(d->domains, clock_now(), e) && open_lanes(d, e);
}

static void close_all(struct dispatch *d)
{
    for (guint i = 0; i < d->n_lanes; i++) {
        way_out_free(d->lanes[i].way);
        outbox_free(d->lanes[i].outbox);
    }
    domains_free(d->domains);
    g_ptr_array_unref(d->spare);
    if (d->renderer != NULL)
        renderer_free(d->renderer);
    if (d->templates != NULL)
        templates_free(d->templates);
    gateway_close(d->g);
    g_main_loop_unref(d->loop);
}

bool dispatch_run(const struct settings *settings, enum dispatch_mode mode, dispatch_ready *ready, void *user, gint64 *n_sent_out,
                  struct err *e)
{
    struct dispatch d = {.settings = settings, .mode = mode};
    guint wait_s = mode == DISPATCH_ONCE ? 0 : LOCK_PATIENCE_S;
    err_auto struct err held = {0};
    struct lock *lock = lock_take(settings->storage_database, "dispatch", wait_s, &held);
    bool ok;

    if (lock == NULL && mode == DISPATCH_ONCE && held.kind == ERR_CONFIG)
        return err_set(e, ERR_LATER, "what is due is sent already, stop that first to send by hand: %s", held.text);
    if (lock == NULL)
        return err_set(e, held.kind, "%s", held.text);
    signal(SIGPIPE, SIG_IGN);
    d.loop = g_main_loop_new(NULL, FALSE);
    d.spare = g_ptr_array_new_with_free_func((GDestroyNotify)parcel_free);
    ok = open_all(&d, e) && run(&d, ready, user, e);
    if (n_sent_out != NULL)
        *n_sent_out = d.n_sent;
    close_all(&d);
    lock_free(lock);
    return ok;
}

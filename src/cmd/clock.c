/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost clock: the process that does what is due by time: digests and expiry. --once does it and ends.
 */
#include "base/clock.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/notify.h"
#include "flow/reload.h"
#include "flow/clock/jobs.h"
#include "store/lock.h"

#include <glib-unix.h>

#define TICK_S 20

static gboolean on_stop_signal(gpointer user)
{
    g_main_loop_quit(user);
    return G_SOURCE_CONTINUE;
}

static void log_done(const struct jobs_state *state)
{
    for (guint i = 0; i < N_JOBS; i++) {
        g_autofree char *n = g_strdup_printf("%" G_GINT64_FORMAT, state->n_done[i]);
        if (job_counted_as(i) != NULL && state->n_done[i] > 0)
            log_event(LOG_LEVEL_INFO, NULL, "clock.tick", job_counted_as(i), n, NULL);
    }
}

static bool tick(struct door *d, struct err *e)
{
    static struct jobs_state state; /* of this process */

    bool ok = jobs_run(d->gateway, &state, clock_now(), e);
    log_done(&state);
    return ok;
}

static gboolean on_tick(gpointer user)
{
    err_auto struct err e = {0};

    if (!tick(user, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "clock.failed", "why", e.text, NULL); /* tried again at the next tick */
    return G_SOURCE_CONTINUE;
}

static bool run(struct door *d, struct err *e)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    struct lock *lock = lock_take(d->settings.storage_database, "clock", LOCK_PATIENCE_S, e);

    if (lock == NULL)
        return false;
    g_unix_signal_add(SIGTERM, on_stop_signal, loop);
    g_unix_signal_add(SIGINT, on_stop_signal, loop);
    g_timeout_add_seconds(TICK_S, on_tick, d);
    struct reload *reload = reload_listen(&d->settings, NULL, NULL);
    notify_ready();
    on_tick(d);
    g_main_loop_run(loop);
    reload_stop(reload);
    lock_free(lock);
    return true;
}

/* What happens by time is nobody's act, whoever started us. */
static bool clock_run(struct door *d, struct err *e)
{
    db_set_actor(d->gateway->db, NULL);
    d->gateway->is_by_cron = door_has(d, "once");
    return d->gateway->is_by_cron ? tick(d, e) : run(d, e);
}

static const struct door_option options[] = {
    {"once", DOOR_FLAG, NULL, "do what is due now, then end", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "", "once", DOOR_WORKS, clock_run, NULL},
    {0},
};
static const struct door_spec spec = {"clock", "Makes digests when they are due and expires what nobody confirmed.", verbs,
                                      options};

int cmd_clock(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}

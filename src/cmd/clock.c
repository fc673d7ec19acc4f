/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost clock: the process that does what is due by time: digests and expiry. --once does it and ends.
 */
#include "base/clock.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/digest_run.h"
#include "flow/notify.h"
#include "flow/reload.h"
#include "flow/sweep.h"
#include "store/lock.h"

#include <glib-unix.h>

#define TICK_S 20

static gboolean on_stop_signal(gpointer user)
{
    g_main_loop_quit(user);
    return G_SOURCE_CONTINUE;
}

static bool tick(struct door *d, struct err *e)
{
    gint64 now = clock_now(), n_expired = 0;
    struct digest_report report = {0};

    if (!sweep_run(d->gateway, now, &n_expired, e) || !digest_run(d->gateway, now, &report, e))
        return false;
    if (n_expired > 0 || report.n_made > 0) {
        g_autofree char *expired = g_strdup_printf("%" G_GINT64_FORMAT, n_expired);
        g_autofree char *made = g_strdup_printf("%" G_GINT64_FORMAT, report.n_made);
        log_event(LOG_LEVEL_INFO, NULL, "clock.tick", "expired", expired, "digests", made, NULL);
    }
    return true;
}

static gboolean on_tick(gpointer user)
{
    err_auto struct err e = {0};

    if (!tick(user, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "clock.failed", "why", e.text, NULL); /* tried again at the next tick */
    return G_SOURCE_CONTINUE;
}

static int run(struct door *d)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    err_auto struct err e = {0};
    struct lock *lock = lock_take(d->settings.storage_database, "clock", LOCK_PATIENCE_S, &e);

    if (lock == NULL)
        return door_fail("clock", &e);
    g_unix_signal_add(SIGTERM, on_stop_signal, loop);
    g_unix_signal_add(SIGINT, on_stop_signal, loop);
    g_timeout_add_seconds(TICK_S, on_tick, d);
    struct reload *reload = reload_listen(&d->settings, NULL, NULL);
    notify_ready();
    on_tick(d);
    g_main_loop_run(loop);
    reload_stop(reload);
    lock_free(lock);
    return 0;
}

int cmd_clock(const struct cmd_context *context, int argc, char **argv)
{
    gboolean once = FALSE;
    const GOptionEntry entries[] = {{"once", 0, 0, G_OPTION_ARG_NONE, &once, "do what is due now, then end", NULL},
                                    G_OPTION_ENTRY_NULL};
    err_auto struct err e = {0};
    struct door d = {0};
    int code;

    if (!door_options(&argc, &argv, "", "Makes digests when they are due and expires what nobody confirmed.", entries, &code))
        return code;
    if (!door_open(context, DB_WRITE, &d, &code))
        return code;
    if (once)
        code = tick(&d, &e) ? 0 : door_fail("clock", &e);
    else
        code = run(&d);
    door_close(&d);
    return code;
}

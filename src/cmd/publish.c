/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost publish: the public pages as files. With a folder it writes what is not there yet and ends; without, it is the process
 * that keeps the folder of [page] publish current, which `serve` runs.
 */
#include "base/clock.h"
#include "base/log.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "flow/notify.h"
#include "flow/reload.h"
#include "page/publish.h"
#include "store/lock.h"

#include <glib-unix.h>

#define LOOK_S 1 /* whether anybody committed: that costs nothing */

struct keeper {
    struct publisher *publisher;
    bool has_failed;
};

static void log_run(const struct publish_report *r, double s)
{
    g_autofree char *pages = g_strdup_printf("%u", r->n_pages), *written = g_strdup_printf("%u", r->n_written),
                    *removed = g_strdup_printf("%u", r->n_removed), *ms = g_strdup_printf("%.0f", s * 1000);

    if (r->n_written + r->n_removed > 0)
        log_event(LOG_LEVEL_INFO, NULL, "publish.done", "pages", pages, "written", written, "removed", removed, "ms", ms, NULL);
}

/* Failing is said once: what hinders it (a lock, a full disk) mostly passes. */
static gboolean on_look(gpointer user)
{
    struct keeper *k = user;
    struct publish_report report;
    err_auto struct err e = {0};
    gint64 begun = g_get_monotonic_time();

    if (!publisher_is_due(k->publisher, clock_now()))
        return G_SOURCE_CONTINUE;
    bool ok = publisher_run(k->publisher, false, false, clock_now(), &report, &e);
    if (!ok && !k->has_failed)
        log_event(LOG_LEVEL_ERROR, NULL, "publish.failed", "why", e.text, NULL);
    if (ok)
        log_run(&report, (double)(g_get_monotonic_time() - begun) / G_USEC_PER_SEC);
    k->has_failed = !ok;
    return G_SOURCE_CONTINUE;
}

static gboolean on_stop_signal(gpointer user)
{
    g_main_loop_quit(user);
    return G_SOURCE_CONTINUE;
}

static bool on_hangup(void *user, struct err *e)
{
    struct keeper *k = user;

    return publisher_reload(k->publisher, e);
}

static void keep(struct door *d, struct publisher *publisher)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    struct keeper k = {.publisher = publisher};

    g_unix_signal_add(SIGTERM, on_stop_signal, loop);
    g_unix_signal_add(SIGINT, on_stop_signal, loop);
    g_timeout_add_seconds(LOOK_S, on_look, &k);
    struct reload *reload = reload_listen(&d->settings, on_hangup, &k);
    notify_ready();
    on_look(&k);
    g_main_loop_run(loop);
    reload_stop(reload);
}

static bool once(struct door *d, struct publisher *publisher, const char *path, struct err *e)
{
    struct publish_report r;
    gint64 begun = g_get_monotonic_time();

    if (!publisher_run(publisher, door_has(d, "full"), true, clock_now(), &r, e))
        return false;
    double ms = (double)(g_get_monotonic_time() - begun) / 1000;
    if (d->as_json) {
        JsonBuilder *b = json_begin();
        json_flag(b, "is_full", r.is_all);
        json_number(b, "pages", r.n_pages);
        json_number(b, "written", r.n_written);
        json_number(b, "removed", r.n_removed);
        json_number(b, "ms", (gint64)ms);
        json_print(b);
        return true;
    }
    door_say(d, "%s: looked at %u pages in %.0f ms, wrote %u, removed %u", path, r.n_pages, ms, r.n_written, r.n_removed);
    return true;
}

static bool run(struct door *d, struct err *e)
{
    const char *given = d->argv[0], *path = given != NULL ? given : d->settings.page_publish;

    if (*path == '\0')
        return err_set(e, ERR_INPUT, "name a folder: `forumpost publish DIR`, or [page] publish in %s", d->settings.path);
    if (given == NULL && door_has(d, "full"))
        return err_set(e, ERR_INPUT, "--full is for `forumpost publish DIR`");
    struct folder *folder = folder_open(path, given != NULL ? 0 : LOCK_PATIENCE_S, e);
    struct publisher *publisher = folder != NULL ? publisher_open(&d->settings, folder, e) : NULL;
    bool ok = publisher != NULL;
    if (ok && given != NULL)
        ok = once(d, publisher, path, e);
    else if (ok)
        keep(d, publisher);
    publisher_close(publisher);
    folder_close(folder);
    return ok;
}

static const struct door_option options[] = {
    {"full", DOOR_FLAG, NULL, "look at every page, not only at what changed", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"", "[DIR]", "full json", DOOR_SETTINGS | DOOR_GIVES_WAY, run, NULL},
    {0},
};
static const struct door_spec spec =
    {"publish",
     "Writes the public pages into a folder of files; without one, keeps that of [page] publish current until SIGTERM.", verbs,
     options};

int cmd_publish(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}

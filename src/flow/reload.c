/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading again on SIGHUP; see reload.h. Only the level of the log comes from forumpost.conf: everything else there is
 * borrowed all over the process, so a change of it is named and waits for the next start.
 */
#include "flow/reload.h"

#include "base/log.h"

#include <glib-unix.h>
#include <signal.h>

struct reload {
    const struct settings *settings;
    reload_more *more;
    void *user;
    guint source;
};

static void say_what_waits(const struct settings *now, const struct settings *fresh)
{
    const struct conf_setting *changed = settings_difference(now, fresh);

    if (changed == NULL)
        return;
    g_autofree char *name = g_strdup_printf("[%s] %s", changed->section, changed->key);
    log_event(LOG_LEVEL_WARN, NULL, "reload.needs-restart", "setting", name, NULL);
}

static bool read_again(const struct reload *r, struct err *e)
{
    settings_auto struct settings fresh = {0};

    if (!settings_load(r->settings->path, &fresh, e))
        return false;
    log_set_level((enum log_level)fresh.log_level);
    say_what_waits(r->settings, &fresh);
    return true;
}

static gboolean on_hangup(gpointer user)
{
    const struct reload *r = user;
    err_auto struct err e = {0}, more = {0};
    /* One of them broken is no reason to leave out the other. */
    bool is_read = read_again(r, &e);
    bool is_done = r->more == NULL || r->more(r->user, &more);

    if (!is_read)
        log_event(LOG_LEVEL_ERROR, NULL, "reload.refused", "why", e.text, NULL);
    if (!is_done)
        log_event(LOG_LEVEL_ERROR, NULL, "reload.refused", "why", more.text, NULL);
    if (is_read && is_done)
        log_event(LOG_LEVEL_INFO, NULL, "reload.done", NULL);
    return G_SOURCE_CONTINUE;
}

struct reload *reload_listen(const struct settings *settings, reload_more *more, void *user)
{
    struct reload *r = g_new0(struct reload, 1);

    r->settings = settings;
    r->more = more;
    r->user = user;
    r->source = g_unix_signal_add(SIGHUP, on_hangup, r);
    return r;
}

void reload_stop(struct reload *r)
{
    if (r == NULL)
        return;
    g_source_remove(r->source);
    signal(SIGHUP, SIG_IGN);
    g_free(r);
}

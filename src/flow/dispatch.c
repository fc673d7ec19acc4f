/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main loop of sending; see dispatch.h. outbox.c is the database's side, wire/smtp.c the relay's. How much is
 * claimed at once follows what the relay took in the last second, so that a confirmation never waits behind more than
 * about a second's worth of other mail, however slow the relay is.
 */
#include "flow/dispatch.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "flow/outbox.h"
#include "flow/texts.h"
#include "store/lock.h"

#include <glib-unix.h>
#include <signal.h>

#define TICK_MS      200
#define IDLE_S       20 /* then connections are given back */
#define RETRY_MAX_S  60
#define SMALLEST     8  /* claimed at once */
#define RECORD_EVERY 64

struct line { /* a connection and its place in the loop */
    struct dispatch *d;
    struct smtp *smtp;
    guint source;
};

struct dispatch {
    const struct settings *settings;
    enum dispatch_mode mode;
    struct gateway *g;
    struct outbox *outbox;
    struct endpoint relay;
    GPtrArray *lines; /* struct line */
    GMainLoop *loop;
    guint batch;
    gint64 sent_before; /* at the last tick */
    gint64 idle_since, retry_at, retry_pause_s;
    bool has_work, is_stopping, is_pumping;
    struct err failure;
};

static void pump(struct dispatch *d);

static struct smtp_mail *on_next(void *user)
{
    struct dispatch *d = user;

    return d->is_stopping ? NULL : outbox_next(d->outbox, clock_now());
}

static void on_done(void *user, struct smtp_mail *mail, const struct smtp_result *result)
{
    struct dispatch *d = user;

    outbox_done(d->outbox, mail, result, clock_now());
}

static void line_free(gpointer data)
{
    struct line *line = data;

    g_source_remove(line->source);
    smtp_free(line->smtp);
    g_free(line);
}

static gboolean on_line(gint fd, GIOCondition condition, gpointer user)
{
    struct line *line = user;
    struct dispatch *d = line->d;

    (void)fd;
    (void)condition;
    smtp_turn(line->smtp);
    pump(d);
    return G_SOURCE_CONTINUE;
}

static void relay_is_away(struct dispatch *d, const char *why)
{
    d->retry_pause_s = d->retry_pause_s == 0 ? 1 : MIN(2 * d->retry_pause_s, RETRY_MAX_S);
    d->retry_at = clock_now() + d->retry_pause_s;
    log_event(LOG_LEVEL_WARN, NULL, "relay.away", "why", why, NULL);
    if (d->mode == DISPATCH_ONCE) {
        err_set(&d->failure, ERR_LATER, "the relay cannot be reached: %s", why);
        g_main_loop_quit(d->loop);
    }
}

static void open_line(struct dispatch *d)
{
    static const struct smtp_callbacks callbacks = {on_next, on_done};
    const char *name = *d->settings->dispatch_hello != '\0' ? d->settings->dispatch_hello : d->g->domain;
    err_auto struct err e = {0};
    struct smtp *smtp = smtp_open(&d->relay, name, &callbacks, d, &e);

    if (smtp == NULL) {
        relay_is_away(d, e.text);
        return;
    }
    struct line *line = g_new0(struct line, 1);
    line->d = d;
    line->smtp = smtp;
    line->source = g_unix_fd_add(smtp_fd(smtp), G_IO_IN | G_IO_HUP | G_IO_ERR, on_line, line);
    g_ptr_array_add(d->lines, line);
}

/* Connections that ended; one that never got to work means that the relay is away. */
static void reap(struct dispatch *d)
{
    for (guint i = d->lines->len; i > 0; i--) {
        struct line *line = d->lines->pdata[i - 1];
        if (!smtp_is_closed(line->smtp))
            continue;
        g_autofree char *why = g_strdup(smtp_failure(line->smtp));
        g_ptr_array_remove_index_fast(d->lines, i - 1);
        if (why != NULL)
            relay_is_away(d, why);
    }
}

static bool is_any(const struct dispatch *d, bool (*is)(const struct smtp *))
{
    for (guint i = 0; i < d->lines->len; i++)
        if (is(((struct line *)d->lines->pdata[i])->smtp))
            return true;
    return false;
}

/* One connection more when there is more than the others can carry at once. */
static void open_lines(struct dispatch *d)
{
    guint most = (guint)d->settings->dispatch_connections;
    guint n_claimed = outbox_n_claimed(d->outbox);
    guint wanted = d->has_work || n_claimed > 0 ? 1 + n_claimed / SMALLEST : 0;

    if (d->is_stopping || clock_now() < d->retry_at)
        return;
    while (d->lines->len < MIN(most, wanted) && clock_now() >= d->retry_at)
        open_line(d);
}

/* Records and claims, and learns whether more is to be done. */
static void sync_outbox(struct dispatch *d)
{
    err_auto struct err e = {0};
    bool may_claim = !d->is_stopping && is_any(d, smtp_is_ready);
    guint n_before = outbox_n_claimed(d->outbox);
    guint most = may_claim && d->has_work && n_before < d->batch / 2 ? d->batch : 0;
    gint64 now = clock_now();

    if (most == 0 && outbox_n_outcomes(d->outbox) < RECORD_EVERY && is_any(d, smtp_is_busy) && !d->is_stopping)
        return;
    if (most == 0 && outbox_n_outcomes(d->outbox) == 0)
        return;
    if (!outbox_sync(d->outbox, now, most, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "dispatch.later", "why", e.text, NULL); /* tried again at the next tick */
    else if (most > 0)
        d->has_work = outbox_n_claimed(d->outbox) - n_before == most;
}

static void look_for_work(struct dispatch *d)
{
    err_auto struct err e = {0};

    gint64 due = d->has_work ? 1 : outbox_is_due(d->outbox, clock_now(), &e);
    if (due < 0)
        log_event(LOG_LEVEL_ERROR, NULL, "dispatch.later", "why", e.text, NULL);
    d->has_work = due > 0;
}

static void check_end(struct dispatch *d)
{
    bool is_done = !d->has_work && outbox_n_claimed(d->outbox) == 0 && !is_any(d, smtp_is_busy);

    if (d->mode == DISPATCH_ONCE && is_done && outbox_n_outcomes(d->outbox) == 0)
        d->is_stopping = true;
    if (!d->is_stopping)
        return;
    for (guint i = 0; i < d->lines->len; i++)
        smtp_quit(((struct line *)d->lines->pdata[i])->smtp);
    reap(d);
    if (d->lines->len == 0)
        g_main_loop_quit(d->loop);
}

static void pump(struct dispatch *d)
{
    if (d->is_pumping)
        return;
    d->is_pumping = true;
    reap(d);
    sync_outbox(d);
    open_lines(d);
    for (guint i = 0; i < d->lines->len; i++)
        smtp_wake(((struct line *)d->lines->pdata[i])->smtp);
    check_end(d);
    d->is_pumping = false;
}

/* The relay's pace decides how much is claimed: about what it took in the last second. */
static void adapt(struct dispatch *d)
{
    gint64 sent = outbox_n_sent(d->outbox) - d->sent_before;

    d->sent_before += sent;
    d->batch = (guint)CLAMP(sent * 1000 / TICK_MS, SMALLEST, LIMIT_NOTICE_CLAIM);
    if (d->has_work || is_any(d, smtp_is_busy))
        d->idle_since = clock_now();
    if (sent > 0)
        d->retry_pause_s = 0;
}

static gboolean on_tick(gpointer user)
{
    struct dispatch *d = user;
    gint64 now_us = g_get_monotonic_time();

    for (guint i = 0; i < d->lines->len; i++)
        smtp_check_time(((struct line *)d->lines->pdata[i])->smtp, now_us);
    adapt(d);
    look_for_work(d);
    if (!d->has_work && clock_now() - d->idle_since > IDLE_S)
        for (guint i = 0; i < d->lines->len; i++)
            smtp_quit(((struct line *)d->lines->pdata[i])->smtp);
    pump(d);
    return G_SOURCE_CONTINUE;
}

static gboolean on_stop_signal(gpointer user)
{
    struct dispatch *d = user;

    d->is_stopping = true;
    pump(d);
    return G_SOURCE_CONTINUE;
}

static void run(struct dispatch *d, dispatch_ready *ready, void *user)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);

    d->loop = loop;
    d->batch = SMALLEST;
    d->lines = g_ptr_array_new_with_free_func(line_free);
    d->idle_since = clock_now();
    guint sources[] = {g_unix_signal_add(SIGTERM, on_stop_signal, d), g_unix_signal_add(SIGINT, on_stop_signal, d),
                       g_timeout_add(TICK_MS, on_tick, d)};
    if (ready != NULL)
        ready(user);
    on_tick(d);
    if (!(d->is_stopping && d->lines->len == 0) && d->failure.kind == ERR_NONE)
        g_main_loop_run(loop);
    for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
        g_source_remove(sources[i]);
    g_ptr_array_unref(d->lines);
}

/* What is still held goes back: outcomes are recorded, claims become due again. */
static bool settle(struct dispatch *d, struct err *e)
{
    return outbox_sync(d->outbox, clock_now(), 0, e) && outbox_recover(d->outbox, e);
}

static bool dispatch_with(struct dispatch *d, const struct templates *t, dispatch_ready *ready, void *user,
                          gint64 *n_sent_out, struct err *e)
{
    g_autofree char *address = conf_endpoint_text(&d->settings->dispatch_relay);

    if (!endpoint_parse(address, &d->relay, e))
        return false;
    d->outbox = outbox_new(d->g, t);
    bool ok = outbox_recover(d->outbox, e);
    if (ok) {
        run(d, ready, user);
        ok = settle(d, e);
        if (n_sent_out != NULL)
            *n_sent_out = outbox_n_sent(d->outbox);
    }
    outbox_free(d->outbox);
    if (ok && d->failure.kind != ERR_NONE)
        ok = err_set(e, d->failure.kind, "%s", d->failure.text);
    err_clear(&d->failure);
    return ok;
}

bool dispatch_run(const struct settings *settings, enum dispatch_mode mode, dispatch_ready *ready, void *user,
                  gint64 *n_sent_out, struct err *e)
{
    struct dispatch d = {.settings = settings, .mode = mode};
    struct lock *lock = lock_take(settings->storage_database, "dispatch", e);

    if (lock == NULL)
        return false;
    signal(SIGPIPE, SIG_IGN);
    struct templates *t = texts_load(NULL, settings->initiative_languages[0], e);
    d.g = t != NULL ? gateway_open(settings, DB_WRITE, e) : NULL;
    bool ok = d.g != NULL && dispatch_with(&d, t, ready, user, n_sent_out, e);
    gateway_close(d.g);
    templates_free(t);
    lock_free(lock);
    return ok;
}

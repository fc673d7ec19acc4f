/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One notice's way out: the outbox gives it, the renderer makes it a mail, the pool sends it, the relay's
 * answer decides what is recorded; see dispatch.h. One thread: rendering goes on while answers travel.
 */
#include "flow/out/dispatch.h"

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "flow/out/domains.h"
#include "flow/out/outbox.h"
#include "flow/reload.h"
#include "flow/out/render.h"
#include "flow/out/texts.h"
#include "store/lock.h"
#include "wire/way_out.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>

#define TICK_MS      20   /* while anything is on its way: results are recorded that often */
#define TICK_IDLE_MS 200  /* how long a new notice may go unseen */
#define WRITE_MOST   50   /* results kept before they are recorded */
#define WRITE_STUCK  1000 /* that many could not be recorded: nothing more is sent */
#define GOODBYE_MS   1000 /* for the relay's answers to QUIT */
#define REPLY_CHARS  200

struct dispatch;

/* Streams that leave through one relay: nothing that waits for another relay holds them up. */
struct lane {
    struct dispatch *d;
    const char *relay; /* the settings' */
    unsigned streams;  /* a bit each */
    struct outbox *outbox;
    struct way_out *way;
};

struct dispatch {
    const struct settings *settings;
    struct gateway *g;
    struct templates *templates;
    struct renderer *renderer;
    struct lane lanes[N_STREAMS];
    guint n_lanes;
    struct domains *domains;
    GMainLoop *loop;
    GPtrArray *spare; /* struct parcel, to be used again with their buffers */
    enum dispatch_mode mode;
    bool is_stopping;
    gint64 stop_at_us; /* when is_stopping: what the relay has not answered by then is given up */
    gint64 n_sent;
};

struct parcel { /* one mail on its way */
    struct smtp_mail mail;
    struct lane *lane;
    struct notice *notice;
    struct rendered rendered; /* MAIL borrows from it */
};

static void parcel_free(struct parcel *parcel)
{
    notice_free(parcel->notice);
    rendered_clear(&parcel->rendered);
    g_free(parcel);
}

static struct parcel *take_parcel(struct dispatch *d)
{
    return d->spare->len > 0 ? g_ptr_array_steal_index_fast(d->spare, d->spare->len - 1) : g_new0(struct parcel, 1);
}

static void log_notice(enum log_level level, const char *event, const struct notice *n, const char *status)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, n->id);

    log_event(level, NULL, event, "notice", id, "purpose", purpose_name(n->purpose), "why", status, NULL);
}

static void write_results(struct lane *lane)
{
    err_auto struct err e = {0};

    if (!outbox_write(lane->outbox, &e))
        log_event(LOG_LEVEL_ERROR, NULL, "dispatch.not-recorded", "why", e.text, NULL);
}

static void put_off(struct lane *lane, struct notice *n, const char *reply, const char *status)
{
    bool is_last = n->n_tries + 1 >= LIMIT_NOTICE_TRIES;

    log_notice(is_last ? LOG_LEVEL_WARN : LOG_LEVEL_INFO, is_last ? "notice.given-up" : "notice.put-off", n, status);
    if (is_last)
        outbox_refuse(lane->outbox, n, NULL, false, "", reply);
    else
        outbox_record(lane->outbox, n, NOTICE_DUE, clock_now() + pace_retry_s(n->n_tries), reply);
}

/* The relay says that the mailbox or its domain is not there. Code 0 is our own check before sending; our syntax, our
 * sender, SMTPUTF8 that somebody lacks (5.1.3, 5.1.7, 5.6.7, ...) say nothing about a person. */
static bool is_about_mailbox(const struct smtp_result *result)
{
    static const char *const statuses[] = {"5.1.1", "5.1.2", "5.1.6", "5.1.10", NULL};

    return result->code != 0 && g_strv_contains(statuses, result->status);
}

/* ---- what the relay answers */

static void record(struct parcel *parcel, struct notice *n, const struct smtp_result *result, const char *reply)
{
    struct lane *lane = parcel->lane;
    struct dispatch *d = lane->d;
    const char *status = *result->status != '\0' ? result->status : "-"; /* the text may name the person */

    switch (result->outcome) {
    case SMTP_TAKEN:
        log_notice(LOG_LEVEL_INFO, "notice.sent", n, status);
        d->n_sent++;
        outbox_record_sent(lane->outbox, n, clock_now(), reply, &parcel->rendered);
        break;
    case SMTP_REFUSED:
        log_notice(LOG_LEVEL_WARN, "notice.refused", n, status);
        outbox_refuse(lane->outbox, n, parcel->rendered.recipient, is_about_mailbox(result) && !parcel->rendered.needs_utf8,
                      result->status, reply);
        break;
    case SMTP_LATER:
        put_off(lane, n, reply, status);
        break;
    case SMTP_UNTRIED:
        outbox_return(lane->outbox, n);
        break;
    case SMTP_LOST:
        if (d->is_stopping)
            outbox_return(lane->outbox, n); /* it was we who hung up */
        else
            put_off(lane, n, reply, "connection lost");
        break;
    }
}

static void on_done(void *user, struct smtp_mail *mail, const struct smtp_result *result)
{
    struct lane *lane = user;
    struct parcel *parcel = mail->user;
    g_autofree char *whole = g_strdup_printf("%d %s %s", result->code, result->status, result->text);
    g_autofree char *reply = g_utf8_substring(whole, 0, MIN(g_utf8_strlen(whole, -1), REPLY_CHARS));

    domains_landed(lane->d->domains, parcel->rendered.recipient, result->outcome == SMTP_LATER, clock_now());
    record(parcel, g_steal_pointer(&parcel->notice), result, reply);
    g_ptr_array_add(lane->d->spare, parcel);
    if (outbox_n_unwritten(lane->outbox) >= WRITE_MOST)
        write_results(lane);
}

/* ---- what the relay gets */

/* The parcel with N (taken over), or NULL if N is not to be sent now; that is recorded then. */
static struct parcel *pack(struct lane *lane, struct notice *n)
{
    struct dispatch *d = lane->d;
    struct parcel *parcel = take_parcel(d);
    err_auto struct err e = {0};

    switch (render_notice(d->renderer, n, clock_now(), &parcel->rendered, &e)) {
    case RENDER_OK:
        parcel->notice = n;
        parcel->lane = lane;
        parcel->mail = (struct smtp_mail){.sender = parcel->rendered.envelope_from,
                                          .recipient = parcel->rendered.recipient,
                                          .bytes = parcel->rendered.bytes,
                                          .is_8bit = parcel->rendered.is_8bit,
                                          .needs_utf8 = parcel->rendered.needs_utf8,
                                          .user = parcel};
        return parcel;
    case RENDER_DROP:
        log_notice(LOG_LEVEL_INFO, "notice.dropped", n, parcel->rendered.reason);
        outbox_record(lane->outbox, n, NOTICE_DROPPED, clock_now(), parcel->rendered.reason);
        break;
    case RENDER_FAILED:
        put_off(lane, n, e.text, e.text);
        break;
    }
    g_ptr_array_add(d->spare, parcel);
    return NULL;
}

/* The parcel, if its recipient's domain may be written to now; else NULL, and its notice is due later. */
static struct parcel *pace_parcel(struct parcel *parcel)
{
    struct lane *lane = parcel->lane;
    gint64 at = 0;

    if (domains_ask(lane->d->domains, parcel->rendered.recipient, clock_now(), &at))
        return parcel;
    log_notice(LOG_LEVEL_DEBUG, "notice.paced", parcel->notice, "its domain");
    outbox_postpone(lane->outbox, g_steal_pointer(&parcel->notice), at);
    g_ptr_array_add(lane->d->spare, parcel);
    return NULL;
}

/* What may have changed since the last mail: texts, and which domains are paused. */
static void look_around(struct lane *lane)
{
    err_auto struct err e = {0};

    if (!outbox_has_changed(lane->outbox))
        return;
    renderer_forget(lane->d->renderer);
    if (!domains_read(lane->d->domains, clock_now(), &e))
        log_event(LOG_LEVEL_ERROR, NULL, "dispatch.not-read", "why", e.text, NULL);
}

static struct smtp_mail *on_next(void *user)
{
    struct lane *lane = user;
    struct parcel *parcel = NULL;

    while (parcel == NULL && outbox_n_unwritten(lane->outbox) < WRITE_STUCK) {
        err_auto struct err e = {0};
        bool failed;
        struct notice *n = outbox_next(lane->outbox, &failed, &e);

        if (failed)
            log_event(LOG_LEVEL_ERROR, NULL, "dispatch.not-claimed", "why", e.text, NULL);
        if (n == NULL)
            return NULL;
        look_around(lane);
        parcel = pack(lane, n);
        if (parcel != NULL)
            parcel = pace_parcel(parcel);
    }
    return parcel != NULL ? &parcel->mail : NULL;
}

static bool on_is_waiting(void *user)
{
    return outbox_is_waiting(((struct lane *)user)->outbox);
}

static void on_reachable(void *user, const char *trouble)
{
    struct lane *lane = user;

    if (trouble == NULL) {
        log_event(LOG_LEVEL_INFO, NULL, "relay.back", NULL);
        return;
    }
    log_event(LOG_LEVEL_WARN, NULL, "relay.away", "why", trouble, NULL);
    outbox_release(lane->outbox); /* something more urgent may come before the relay does */
}

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
        write_results(lane);
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
    static const struct smtp_pool_callbacks callbacks = {on_next, on_done, on_is_waiting, on_reachable};
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

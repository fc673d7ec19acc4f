/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One notice's way out: the outbox gives it, the renderer makes it a mail, the pool sends it, the relay's answer decides what is
 * recorded.
 */
#include "flow/out/dispatch_private.h"

#include "base/clock.h"
#include "base/log.h"

#define WRITE_MOST  50   /* results kept before they are recorded */
#define WRITE_STUCK 1000 /* that many could not be recorded: nothing more is sent */
#define REPLY_CHARS 200

void parcel_free(struct parcel *parcel)
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

void lane_write_results(struct lane *lane)
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

void lane_done(void *user, struct smtp_mail *mail, const struct smtp_result *result)
{
    struct lane *lane = user;
    struct parcel *parcel = mail->user;
    g_autofree char *whole = g_strdup_printf("%d %s %s", result->code, result->status, result->text);
    g_autofree char *reply = g_utf8_substring(whole, 0, MIN(g_utf8_strlen(whole, -1), REPLY_CHARS));

    domains_landed(lane->d->domains, parcel->rendered.recipient, result->outcome == SMTP_LATER, clock_now());
    record(parcel, g_steal_pointer(&parcel->notice), result, reply);
    g_ptr_array_add(lane->d->spare, parcel);
    if (outbox_n_unwritten(lane->outbox) >= WRITE_MOST)
        lane_write_results(lane);
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

struct smtp_mail *lane_next(void *user)
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

bool lane_is_waiting(void *user)
{
    return outbox_is_waiting(((struct lane *)user)->outbox);
}

void lane_reachable(void *user, const char *trouble)
{
    struct lane *lane = user;

    if (trouble == NULL) {
        log_event(LOG_LEVEL_INFO, NULL, "relay.back", NULL);
        return;
    }
    log_event(LOG_LEVEL_WARN, NULL, "relay.away", "why", trouble, NULL);
    outbox_release(lane->outbox); /* something more urgent may come before the relay does */
}

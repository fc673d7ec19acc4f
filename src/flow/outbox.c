/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From notices to mails and from replies to rows; see outbox.h. A relay's 4xx and a lost connection mean later, with a
 * pause that doubles; a 5xx ends the notice, is told to the operator, and counts as a delivery report if it is about
 * the address.
 */
#include "flow/outbox.h"

#include "base/limits.h"
#include "base/log.h"
#include "flow/answer.h"
#include "flow/render.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/persons.h"

#include <string.h>

#define FIRST_PAUSE_S 60
#define LOST_PAUSE_S  5

struct outcome {
    row_id notice, person;
    enum notice_state state;
    gint64 at;    /* sent at, or due again at */
    char *reply;
    char *recipient; /* of a refused one, lower case; NULL otherwise */
    bool is_about_address;
};

struct outbox {
    struct gateway *g;
    struct renderer *renderer;
    GQueue claimed;     /* struct notice */
    GPtrArray *outcomes; /* struct outcome */
    gint64 n_sent;
    struct rendered rendered; /* its buffers are used again */
};

static void outcome_free(gpointer data)
{
    struct outcome *x = data;

    g_free(x->reply);
    g_free(x->recipient);
    g_free(x);
}

struct outbox *outbox_new(struct gateway *g, const struct templates *t)
{
    struct outbox *o = g_new0(struct outbox, 1);

    o->g = g;
    o->renderer = renderer_new(g, t);
    o->outcomes = g_ptr_array_new_with_free_func(outcome_free);
    g_queue_init(&o->claimed);
    return o;
}

void outbox_free(struct outbox *o)
{
    if (o == NULL)
        return;
    g_queue_clear_full(&o->claimed, (GDestroyNotify)notice_free);
    g_ptr_array_unref(o->outcomes);
    renderer_free(o->renderer);
    rendered_clear(&o->rendered);
    g_free(o);
}

bool outbox_recover(struct outbox *o, struct err *e)
{
    gint64 n;

    g_queue_clear_full(&o->claimed, (GDestroyNotify)notice_free);
    if (db_begin(o->g->db, e) && notices_release_claims(o->g->db, &n, e) && db_commit(o->g->db, e))
        return true;
    db_rollback(o->g->db);
    return false;
}

static bool record_refusal(struct outbox *o, const struct outcome *x, gint64 now, struct err *e)
{
    struct event ev = {.at = now, .kind = "notice.failed", .person_id = x->person, .notice_id = x->notice,
                       .detail = x->reply};
    bool suspended = false;

    if (!events_add(o->g->db, &ev, e))
        return false;
    if (x->is_about_address && x->recipient != NULL &&
        !persons_count_bounce(o->g->db, x->recipient, true, now, &suspended, e))
        return false;
    notice_auto n = notices_by_id(o->g->db, x->notice, e);
    if (n != NULL && g_str_has_prefix(n->purpose, "operator"))
        return true; /* the operator's own address is refused: a further mail there helps nobody */
    return answer_tell_operator(o->g, "operator-undeliverable", 0, x->reply, now, e);
}

static bool record(struct outbox *o, gint64 now, struct err *e)
{
    for (guint i = 0; i < o->outcomes->len; i++) {
        const struct outcome *x = o->outcomes->pdata[i];
        if (!notices_record(o->g->db, x->notice, x->state, x->at, x->reply, e) ||
            (x->state == NOTICE_FAILED && !record_refusal(o, x, now, e)))
            return false;
    }
    return true;
}

bool outbox_sync(struct outbox *o, gint64 now, guint most, struct err *e)
{
    g_autoptr(GPtrArray) claimed = NULL;

    if (!db_begin(o->g->db, e))
        return false;
    if (record(o, now, e) && (most == 0 || (claimed = notices_claim(o->g->db, now, most, e)) != NULL) &&
        db_commit(o->g->db, e)) {
        g_ptr_array_set_size(o->outcomes, 0);
        renderer_forget(o->renderer);
        if (claimed != NULL)
            g_ptr_array_set_free_func(claimed, NULL);
        for (guint i = 0; claimed != NULL && i < claimed->len; i++)
            g_queue_push_tail(&o->claimed, claimed->pdata[i]);
        return true;
    }
    db_rollback(o->g->db);
    return false;
}

static struct outcome *add_outcome(struct outbox *o, const struct notice *n, enum notice_state state, gint64 at,
                                   const char *reply)
{
    struct outcome *x = g_new0(struct outcome, 1);

    x->notice = n->id;
    x->person = n->person_id;
    x->state = state;
    x->at = at;
    x->reply = g_utf8_make_valid(reply, -1);
    g_ptr_array_add(o->outcomes, x);
    return x;
}

/* The pause before the next try doubles; when the tries are used up the notice has failed. */
static void put_back(struct outbox *o, const struct notice *n, gint64 pause_s, gint64 now, const char *why)
{
    for (gint64 i = 0; i < n->n_tries && pause_s < LIMIT_BACKOFF_MAX_S; i++)
        pause_s *= 2;
    if (n->n_tries + 1 >= LIMIT_NOTICE_TRIES)
        add_outcome(o, n, NOTICE_FAILED, now, why);
    else
        add_outcome(o, n, NOTICE_DUE, now + MIN(pause_s, LIMIT_BACKOFF_MAX_S), why);
}

static struct smtp_mail *mail_of(struct outbox *o, struct notice *n)
{
    struct smtp_mail *mail = g_new0(struct smtp_mail, 1);

    mail->sender = g_steal_pointer(&o->rendered.envelope_from);
    mail->recipient = g_steal_pointer(&o->rendered.recipient);
    mail->bytes = g_steal_pointer(&o->rendered.bytes);
    mail->needs_utf8 = o->rendered.needs_utf8;
    mail->user = n;
    return mail;
}

struct smtp_mail *outbox_next(struct outbox *o, gint64 now)
{
    struct notice *n;

    while ((n = g_queue_pop_head(&o->claimed)) != NULL) {
        err_auto struct err e = {0};
        g_autofree char *id = g_strdup_printf("notice-%" G_GINT64_FORMAT, n->id);
        switch (render_notice(o->renderer, n, now, &o->rendered, &e)) {
        case RENDER_OK:
            return mail_of(o, n);
        case RENDER_DROP:
            add_outcome(o, n, NOTICE_DROPPED, now, o->rendered.reason);
            break;
        case RENDER_FAILED:
            log_event(LOG_LEVEL_ERROR, id, "notice.cannot-render", "purpose", n->purpose, "why", e.text, NULL);
            put_back(o, n, FIRST_PAUSE_S, now, e.text);
            break;
        }
        notice_free(n);
    }
    return NULL;
}

void outbox_done(struct outbox *o, struct smtp_mail *mail, const struct smtp_result *result, gint64 now)
{
    struct notice *n = mail->user;
    struct outcome *x;

    switch (result->outcome) {
    case SMTP_TAKEN:
        o->n_sent++;
        add_outcome(o, n, NOTICE_SENT, now, result->text);
        break;
    case SMTP_LATER:
        put_back(o, n, FIRST_PAUSE_S, now, result->text);
        break;
    case SMTP_LOST:
        put_back(o, n, LOST_PAUSE_S, now, result->text);
        break;
    case SMTP_REFUSED:
        x = add_outcome(o, n, NOTICE_FAILED, now, result->text);
        x->recipient = g_utf8_strdown(mail->recipient, -1);
        x->is_about_address = g_str_has_prefix(result->status, "5.1.");
        break;
    }
    notice_free(n);
    g_free(mail->sender);
    g_free(mail->recipient);
    g_string_free(mail->bytes, TRUE);
    g_free(mail);
}

guint outbox_n_claimed(const struct outbox *o)
{
    return g_queue_get_length((GQueue *)&o->claimed);
}

guint outbox_n_outcomes(const struct outbox *o)
{
    return o->outcomes->len;
}

gint64 outbox_n_sent(const struct outbox *o)
{
    return o->n_sent;
}

gint64 outbox_is_due(struct outbox *o, gint64 now, struct err *e)
{
    gint64 at = notices_next_due(o->g->db, e);

    return at < 0 ? -1 : at != 0 && at <= now;
}

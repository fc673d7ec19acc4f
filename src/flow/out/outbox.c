/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Claims and results; see outbox.h.
 */
#include "flow/out/outbox.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/mask.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/persons.h"

#include <string.h>

#define STATUS_BYTES   20
#define BATCH_LEAST    8
#define BATCH_SHORT_US (200 * 1000) /* a batch that lasts less may be larger */
#define BATCH_LONG_US  (500 * 1000)

struct result {
    struct notice *notice;
    enum notice_state state;
    gint64 at;
    char *reply;
    char *bounced; /* the address that was refused, lower case; NULL if nothing was said about it */
    bool is_returned;
};

struct outbox {
    struct gateway *g;
    GQueue claimed;     /* struct notice, in the order of sending */
    GPtrArray *results; /* struct result, to be written */
    gint64 batch;
    gint64 claimed_at_us;
    bool is_dry;        /* nothing was due at the last claim */
    gint64 next_due_at; /* when is_dry: of the earliest one, 0 if there is none */
    gint64 seen_version, rendered_version;
};

static void result_free(struct result *r)
{
    notice_free(r->notice);
    g_free(r->reply);
    g_free(r->bounced);
    g_free(r);
}

struct outbox *outbox_new(struct gateway *g, struct err *e)
{
    struct outbox *o;
    gint64 n_released = 0;

    if (!db_begin(g->db, e))
        return NULL;
    if (!notices_release_claims(g->db, &n_released, e) || !db_commit(g->db, e)) {
        db_rollback(g->db);
        return NULL;
    }
    o = g_new0(struct outbox, 1);
    o->g = g;
    g_queue_init(&o->claimed);
    o->results = g_ptr_array_new_with_free_func((GDestroyNotify)result_free);
    o->batch = BATCH_LEAST;
    o->is_dry = true; /* until outbox_look has looked */
    o->seen_version = -1;
    return o;
}

void outbox_free(struct outbox *o)
{
    if (o == NULL)
        return;
    g_queue_clear_full(&o->claimed, (GDestroyNotify)notice_free);
    g_ptr_array_unref(o->results);
    g_free(o);
}

/* The numbers of a reply ("550 5.1.1"); what stands behind them may name people. */
static char *status_of(const char *reply)
{
    gsize n = reply != NULL ? strspn(reply, "0123456789. ") : 0;

    return g_strchomp(g_strndup(reply != NULL ? reply : "", MIN(n, STATUS_BYTES)));
}

/* A notice that will never arrive is an event, is told to the operator, and may say something about the
 * address. */
static bool write_refusal(struct outbox *o, const struct result *r, struct err *e)
{
    struct gateway *g = o->g;
    const struct notice *n = r->notice;
    g_autofree char *status = status_of(r->reply), *masked = mask_addresses(r->reply);
    struct event event = {.at = r->at,
                          .kind = (char *)"notice.failed",
                          .message_id = n->message_id,
                          .person_id = n->person_id,
                          .forum_id = n->forum_id,
                          .idea_id = n->idea_id,
                          .post_id = n->post_id,
                          .hold_id = n->hold_id,
                          .notice_id = n->id,
                          .detail = status};
    bool is_suspended;

    if (!events_add(g->db, &event, e))
        return false;
    if (r->bounced != NULL && !persons_count_bounce(g->db, r->bounced, true, r->at, &is_suspended, e))
        return false;
    if (purpose_row(n->purpose)->is_for_operator)
        return true;   /* the operator's own address is refused: one mail more would help nobody */
    o->is_dry = false; /* what is told is a notice too */
    return answer_tell_operator(g, PURPOSE_OPERATOR_UNDELIVERABLE, 0, masked, r->at, e);
}

static bool write_results(struct outbox *o, struct err *e)
{
    struct db *db = o->g->db;

    for (guint i = 0; i < o->results->len; i++) {
        const struct result *r = o->results->pdata[i];

        if (r->is_returned) {
            if (!notices_return(db, r->notice->id, e))
                return false;
        } else if (!notices_record(db, r->notice->id, r->state, r->at, r->reply, e)) {
            return false;
        }
        if (r->state == NOTICE_FAILED && !write_refusal(o, r, e))
            return false;
    }
    return true;
}

bool outbox_write(struct outbox *o, struct err *e)
{
    struct db *db = o->g->db;

    if (o->results->len == 0)
        return true;
    if (!db_begin(db, e))
        return false;
    if (!write_results(o, e) || !db_commit(db, e)) {
        db_rollback(db);
        return false;
    }
    g_ptr_array_set_size(o->results, 0);
    return true;
}

/* Larger while batches go quickly, smaller when one takes so long that something urgent would have to wait.
 */
static void adapt_batch(struct outbox *o)
{
    gint64 now_us = g_get_monotonic_time(), lasted_us = now_us - o->claimed_at_us;

    if (lasted_us < BATCH_SHORT_US)
        o->batch = MIN(2 * o->batch, LIMIT_NOTICE_CLAIM);
    else if (lasted_us > BATCH_LONG_US)
        o->batch = MAX(o->batch / 2, BATCH_LEAST);
    o->claimed_at_us = now_us;
}

static GPtrArray *write_and_claim(struct outbox *o, gint64 now, struct err *e)
{
    struct db *db = o->g->db;
    g_autoptr(GPtrArray) claimed = NULL;

    if (!db_begin(db, e))
        return NULL;
    if (write_results(o, e))
        claimed = notices_claim(db, now, o->batch, e);
    if (claimed == NULL || !db_commit(db, e)) {
        db_rollback(db);
        return NULL;
    }
    g_ptr_array_set_size(o->results, 0);
    return g_steal_pointer(&claimed);
}

static bool claim(struct outbox *o, struct err *e)
{
    gint64 now = clock_now();
    g_autoptr(GPtrArray) claimed = NULL;

    adapt_batch(o);
    o->seen_version = db_data_version(o->g->db);
    claimed = write_and_claim(o, now, e);
    o->is_dry = claimed == NULL || claimed->len == 0; /* what was just recorded came before the claim */
    o->next_due_at = 0;
    if (claimed == NULL) {
        o->next_due_at = now + 1; /* not before the next second */
        return false;
    }
    if (o->is_dry)
        o->next_due_at = notices_next_due(o->g->db, e);
    g_ptr_array_set_free_func(claimed, NULL);
    for (guint i = 0; i < claimed->len; i++)
        g_queue_push_tail(&o->claimed, claimed->pdata[i]);
    return o->next_due_at >= 0;
}

struct notice *outbox_next(struct outbox *o, bool *failed_out, struct err *e)
{
    *failed_out = false;
    if (g_queue_is_empty(&o->claimed) && !o->is_dry && !claim(o, e))
        *failed_out = true;
    return g_queue_pop_head(&o->claimed);
}

static struct result *add_result(struct outbox *o, struct notice *n, enum notice_state state, gint64 at,
                                 const char *reply)
{
    struct result *r = g_new0(struct result, 1);

    r->notice = n;
    r->state = state;
    r->at = at;
    r->reply = g_strdup(reply);
    g_ptr_array_add(o->results, r);
    if (state == NOTICE_DUE && (o->next_due_at == 0 || at < o->next_due_at))
        o->next_due_at = at; /* our own writing does not wake us */
    return r;
}

void outbox_record(struct outbox *o, struct notice *n, enum notice_state state, gint64 at, const char *reply)
{
    add_result(o, n, state, at, reply);
}

void outbox_refuse(struct outbox *o, struct notice *n, const char *recipient, bool is_about_address,
                   const char *reply)
{
    struct result *r = add_result(o, n, NOTICE_FAILED, clock_now(), reply);

    if (is_about_address)
        r->bounced = persons_key(recipient);
}

void outbox_return(struct outbox *o, struct notice *n)
{
    add_result(o, n, NOTICE_DUE, n->due_at, NULL)->is_returned = true;
}

void outbox_release(struct outbox *o)
{
    struct notice *n;

    while ((n = g_queue_pop_head(&o->claimed)) != NULL)
        outbox_return(o, n);
}

guint outbox_n_unwritten(const struct outbox *o)
{
    return o->results->len;
}

bool outbox_look(struct outbox *o, gint64 now)
{
    gint64 version;

    if (!o->is_dry)
        return true;
    version = db_data_version(o->g->db);
    if (version != o->seen_version) {
        o->seen_version = version;
        o->next_due_at = notices_next_due(o->g->db, NULL); /* a failure is tried again: -1 is in the past */
    }
    if (o->next_due_at != 0 && o->next_due_at <= now)
        o->is_dry = false;
    return !o->is_dry;
}

bool outbox_is_waiting(const struct outbox *o)
{
    return !o->is_dry || o->claimed.length > 0;
}

bool outbox_has_changed(struct outbox *o)
{
    gint64 version = db_data_version(o->g->db);
    bool has_changed = o->rendered_version != version;

    o->rendered_version = version;
    return has_changed;
}

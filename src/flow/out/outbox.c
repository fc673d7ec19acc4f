/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Claims and results; see outbox.h.
 */
#include "flow/out/outbox.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/out/ceilings.h"
#include "flow/out/outcome.h"
#include "flow/out/room.h"
#include "flow/out/together.h"
#include "store/issues.h"
#include "store/notices.h"
#include "store/persons.h"

#include <string.h>

#define STEPS_MOST     20 /* of an issue in one transaction */
#define CLAIMS_MOST    2  /* for the next notice: what was claimed first may be told with others */
#define BATCH_LEAST    8
#define BATCH_SHORT_US (200 * 1000) /* a batch that lasts less may be larger */
#define BATCH_LONG_US  (500 * 1000)

struct outbox {
    struct gateway *g;
    GQueue claimed;     /* struct notice, in the order of sending */
    GPtrArray *results; /* struct outcome, to be written */
    gint64 batch;
    gint64 claimed_at_us;
    gint64 stored_us;   /* since then: spent in the database */
    bool is_dry;        /* nothing was due at the last claim */
    gint64 next_due_at; /* when is_dry: of the earliest one, 0 if there is none */
    gint64 seen_version, rendered_version;
    struct room room;
};

bool outbox_release_dead(struct gateway *g, struct err *e)
{
    gint64 n_released = 0;

    if (!db_begin(g->db, e))
        return false;
    if (notices_release_claims(g->db, &n_released, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

struct outbox *outbox_new(struct gateway *g, unsigned streams, const gint64 *per_minute)
{
    struct outbox *o = g_new0(struct outbox, 1);

    o->g = g;
    o->room.streams = streams;
    memcpy(o->room.per_minute, per_minute, sizeof o->room.per_minute);
    g_queue_init(&o->claimed);
    o->results = g_ptr_array_new_with_free_func((GDestroyNotify)outcome_free);
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

static bool write_results(struct outbox *o, struct err *e)
{
    bool has_told = false, ok = outcome_write(o->g, o->results, &has_told, e);

    o->is_dry = o->is_dry && !has_told; /* what is told is a notice too */
    return ok;
}

static bool write_all(struct outbox *o, struct err *e)
{
    struct db *db = o->g->db;

    /* While more is claimed, what a loss of power would undo goes out a second time, as what is just on its way does. Another
     * process killed loses nothing. The next claim, or the last of these, takes it to the disk. */
    if (!db_set_lazy(db, !g_queue_is_empty(&o->claimed), e) || !db_begin(db, e))
        return false;
    if (!write_results(o, e) || !db_commit(db, e)) {
        db_rollback(db);
        return false;
    }
    g_ptr_array_set_size(o->results, 0);
    return true;
}

bool outbox_write(struct outbox *o, struct err *e)
{
    gint64 begun_us = g_get_monotonic_time();
    bool ok = o->results->len == 0 || write_all(o, e);

    o->stored_us += g_get_monotonic_time() - begun_us;
    return ok;
}

/* Larger while batches go quickly, smaller when one takes so long that something urgent would have to wait. What the disk takes
 * for a commit is the same for few and many: on a slow one small batches would only make it slower.
 */
static void adapt_batch(struct outbox *o)
{
    gint64 now_us = g_get_monotonic_time(), lasted_us = now_us - o->claimed_at_us - o->stored_us;

    if (lasted_us < BATCH_SHORT_US)
        o->batch = MIN(2 * o->batch, LIMIT_NOTICE_CLAIM);
    else if (lasted_us > BATCH_LONG_US)
        o->batch = MAX(o->batch / 2, BATCH_LEAST);
    o->claimed_at_us = now_us;
    o->stored_us = 0;
}

/* Of all our streams: 0 none, -1 failure. */
static gint64 next_due(struct outbox *o, struct err *e)
{
    gint64 first = 0;

    for (enum stream s = 0; s < N_STREAMS; s++) {
        gint64 at = room_has_stream(&o->room, s) ? notices_next_due(o->g->db, s, e) : 0;
        if (at < 0)
            return -1;
        if (at != 0 && (first == 0 || at < first))
            first = at;
    }
    gint64 issue = room_has_stream(&o->room, STREAM_BULK) ? issues_next_at(o->g->db, e) : 0;
    return issue < 0 || first == 0 || (issue != 0 && issue < first) ? issue : first;
}

/* Mails of released issues are made when nothing else waits, a bounded number at a time. */
static GPtrArray *claim_or_make(struct outbox *o, gint64 now, const gint64 *most_of, bool *more_out, struct err *e)
{
    g_autoptr(GPtrArray) claimed = notices_claim(o->g->db, now, o->batch, most_of, e);
    gint64 n = 0;

    *more_out = claimed != NULL && claimed->len == 0 && most_of[STREAM_BULK] > 0;
    for (guint i = 0; *more_out && n == 0 && i < STEPS_MOST; i++) /* a segment may pass over many */
        if (!issues_step(o->g->db, now, LIMIT_ISSUE_STEP, &n, more_out, e))
            return NULL;
    if (claimed == NULL || n == 0)
        return g_steal_pointer(&claimed);
    return notices_claim(o->g->db, now, o->batch, most_of, e);
}

static GPtrArray *write_and_claim(struct outbox *o, gint64 now, const gint64 *most_of, bool *more_out, struct err *e)
{
    struct db *db = o->g->db;
    g_autoptr(GPtrArray) claimed = NULL;

    if (!db_set_lazy(db, false, e) || !db_begin(db, e))
        return NULL;
    if (write_results(o, e))
        claimed = claim_or_make(o, now, most_of, more_out, e);
    if (claimed != NULL && (!together_join(o->g, claimed, now, more_out, e) || !ceilings_keep(o->g, claimed, now, more_out, e)))
        g_clear_pointer(&claimed, g_ptr_array_unref);
    if (claimed == NULL || !db_commit(db, e)) {
        db_rollback(db);
        return NULL;
    }
    g_ptr_array_set_size(o->results, 0);
    return g_steal_pointer(&claimed);
}

static bool claim(struct outbox *o, struct err *e)
{
    gint64 now = clock_now(), now_us = g_get_monotonic_time(), most_of[N_STREAMS];
    g_autoptr(GPtrArray) claimed = NULL;
    bool more = false;

    adapt_batch(o);
    room_find(&o->room, now_us, most_of);
    o->seen_version = db_data_version(o->g->db);
    claimed = write_and_claim(o, now, most_of, &more, e);
    o->stored_us += g_get_monotonic_time() - now_us;
    o->is_dry = claimed == NULL || (claimed->len == 0 && !more); /* what was just recorded came before the claim */
    o->next_due_at = 0;
    if (claimed == NULL) {
        o->next_due_at = now + 1; /* not before the next second */
        return false;
    }
    bool is_held = room_take(&o->room, claimed, most_of, now_us);
    if (o->is_dry)
        o->next_due_at = next_due(o, e);
    if (o->is_dry && is_held && o->next_due_at > 0)
        o->next_due_at = MAX(o->next_due_at, now + 1); /* what is due waits for its rate */
    g_ptr_array_set_free_func(claimed, NULL);
    for (guint i = 0; i < claimed->len; i++)
        g_queue_push_tail(&o->claimed, claimed->pdata[i]);
    return o->next_due_at >= 0;
}

struct notice *outbox_next(struct outbox *o, bool *failed_out, struct err *e)
{
    *failed_out = false;
    for (int i = 0; i < CLAIMS_MOST && g_queue_is_empty(&o->claimed) && !o->is_dry && !*failed_out; i++)
        *failed_out = !claim(o, e);
    return g_queue_pop_head(&o->claimed);
}

static struct outcome *add_result(struct outbox *o, struct notice *n, enum notice_state state, gint64 at, const char *reply)
{
    struct outcome *r = g_new0(struct outcome, 1);

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

void outbox_record_sent(struct outbox *o, struct notice *n, gint64 at, const char *reply, const struct rendered *mail)
{
    struct outcome *r = add_result(o, n, NOTICE_SENT, at, reply);

    r->words = g_strdup(mail->words);
    r->entries = g_strdup(mail->entries);
}

void outbox_refuse(struct outbox *o, struct notice *n, const char *recipient, bool is_about_address, const char *status,
                   const char *reply)
{
    struct outcome *r = add_result(o, n, NOTICE_FAILED, clock_now(), reply);

    r->status = g_strdup(status);
    if (is_about_address)
        r->bounced = persons_key(recipient);
}

void outbox_postpone(struct outbox *o, struct notice *n, gint64 at)
{
    add_result(o, n, NOTICE_DUE, at, NULL)->is_postponed = true;
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
        o->next_due_at = next_due(o, NULL); /* a failure is tried again: -1 is in the past */
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

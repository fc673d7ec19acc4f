/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Claims and results; see outbox.h.
 */
#include "flow/out/outbox.h"

#include "base/clock.h"
#include "base/limits.h"
#include "flow/step/answer.h"
#include "flow/step/bounce.h"
#include "flow/step/mask.h"
#include "store/digests.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/subscriptions.h"

#include <string.h>

#define STATUS_BYTES   20
#define STEPS_MOST     20 /* of an issue in one transaction */
#define BATCH_LEAST    8
#define BATCH_SHORT_US (200 * 1000) /* a batch that lasts less may be larger */
#define BATCH_LONG_US  (500 * 1000)

struct result {
    struct notice *notice;
    enum notice_state state;
    gint64 at;
    char *reply;
    char *status;  /* enhanced status code of a refusal; NULL none */
    char *words;   /* proof to be kept; NULL none */
    char *entries; /* of a digest: what it showed; NULL none */
    char *bounced; /* the address that was refused, lower case; NULL if nothing was said about it */
    bool is_returned, is_postponed;
};

struct outbox {
    struct gateway *g;
    GQueue claimed;     /* struct notice, in the order of sending */
    GPtrArray *results; /* struct result, to be written */
    gint64 batch;
    gint64 claimed_at_us;
    gint64 stored_us;   /* since then: spent in the database */
    bool is_dry;        /* nothing was due at the last claim */
    gint64 next_due_at; /* when is_dry: of the earliest one, 0 if there is none */
    gint64 seen_version, rendered_version;
    unsigned streams;
    gint64 per_minute[N_STREAMS];
    gint64 next_us[N_STREAMS]; /* when the rate has room for one more; monotonic */
};

static void result_free(struct result *r)
{
    notice_free(r->notice);
    g_free(r->reply);
    g_free(r->words);
    g_free(r->entries);
    g_free(r->bounced);
    g_free(r->status);
    g_free(r);
}

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
    o->streams = streams;
    memcpy(o->per_minute, per_minute, sizeof o->per_minute);
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
                          .kind = "notice.failed",
                          .about.message = n->about.message,
                          .about.person = n->person_id,
                          .about.forum = n->about.forum,
                          .about.idea = n->about.idea,
                          .about.post = n->about.post,
                          .about.hold = n->about.hold,
                          .notice_id = n->id,
                          .detail = status};

    if (!events_add(g->db, &event, e))
        return false;
    if (r->bounced != NULL && !bounce_refused(g, n, r->bounced, BOUNCE_HARD, r->status, r->reply, r->at, e))
        return false;
    if (purpose_row(n->purpose)->is_for_operator)
        return true;   /* the operator's own address is refused: one mail more would help nobody */
    o->is_dry = false; /* what is told is a notice too */
    return answer_tell_operator(g, PURPOSE_OPERATOR_UNDELIVERABLE, 0, masked, r->at, e);
}

/* What became of one reader's mail is counted with its issue; what waits for a stop to be undone is not over. */
static bool count(struct db *db, const struct result *r, struct err *e)
{
    const struct notice *n = r->notice;
    bool is_over = r->state == NOTICE_SENT || r->state == NOTICE_FAILED ||
                   (r->state == NOTICE_DROPPED && g_strcmp0(r->reply, DROPPED_STOPPED) != 0);

    if (n->purpose != PURPOSE_NEWSLETTER || r->is_returned || !is_over)
        return true;
    return issues_count(db, n->issue_id, r->state == NOTICE_SENT, r->state == NOTICE_FAILED, r->state == NOTICE_DROPPED, e);
}

static bool write_results(struct outbox *o, struct err *e)
{
    struct db *db = o->g->db;

    for (guint i = 0; i < o->results->len; i++) {
        const struct result *r = o->results->pdata[i];

        if (r->is_postponed) {
            if (!notices_postpone(db, r->notice->id, r->at, e))
                return false;
        } else if (r->is_returned) {
            if (!notices_return(db, r->notice->id, e))
                return false;
        } else if (!notices_record(db, r->notice->id, r->state, r->at, r->reply, e)) {
            return false;
        }
        if (!count(db, r, e) || (r->words != NULL && !consents_set_wording(db, r->notice->id, r->words, e)) ||
            (r->entries != NULL && !digests_set_entries(db, r->notice->about.digest, r->entries, e)))
            return false;
        if (r->state == NOTICE_FAILED && !write_refusal(o, r, e))
            return false;
    }
    return true;
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

/* --- rates: what a second bears may go at once --- */

static bool has_stream(const struct outbox *o, enum stream stream)
{
    return (o->streams & 1U << stream) != 0;
}

static gint64 step_us(const struct outbox *o, enum stream stream)
{
    return 60 * G_USEC_PER_SEC / o->per_minute[stream];
}

/* How many of each stream may be claimed now. */
static void find_room(const struct outbox *o, gint64 now_us, gint64 *most_of_out)
{
    for (enum stream s = 0; s < N_STREAMS; s++) {
        most_of_out[s] = has_stream(o, s) ? LIMIT_NOTICE_CLAIM : 0;
        if (most_of_out[s] == 0 || o->per_minute[s] == 0)
            continue;
        most_of_out[s] = o->next_us[s] <= now_us ? CLAMP(G_USEC_PER_SEC / step_us(o, s), 1, LIMIT_NOTICE_CLAIM) : 0;
    }
}

/* True if a rate has held something back, or may have. */
static bool take_room(struct outbox *o, const GPtrArray *claimed, const gint64 *most_of, gint64 now_us)
{
    gint64 n_of[N_STREAMS] = {0};
    bool is_held = false;

    for (guint i = 0; i < claimed->len; i++)
        n_of[((const struct notice *)claimed->pdata[i])->stream]++;
    for (enum stream s = 0; s < N_STREAMS; s++) {
        if (!has_stream(o, s) || o->per_minute[s] == 0)
            continue;
        if (n_of[s] > 0)
            o->next_us[s] = MAX(o->next_us[s], now_us) + n_of[s] * step_us(o, s);
        is_held = is_held || n_of[s] >= most_of[s];
    }
    return is_held;
}

/* Of all our streams: 0 none, -1 failure. */
static gint64 next_due(struct outbox *o, struct err *e)
{
    gint64 first = 0;

    for (enum stream s = 0; s < N_STREAMS; s++) {
        gint64 at = has_stream(o, s) ? notices_next_due(o->g->db, s, e) : 0;
        if (at < 0)
            return -1;
        if (at != 0 && (first == 0 || at < first))
            first = at;
    }
    gint64 issue = has_stream(o, STREAM_BULK) ? issues_next_at(o->g->db, e) : 0;
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
    find_room(o, now_us, most_of);
    o->seen_version = db_data_version(o->g->db);
    claimed = write_and_claim(o, now, most_of, &more, e);
    o->stored_us += g_get_monotonic_time() - now_us;
    o->is_dry = claimed == NULL || (claimed->len == 0 && !more); /* what was just recorded came before the claim */
    o->next_due_at = 0;
    if (claimed == NULL) {
        o->next_due_at = now + 1; /* not before the next second */
        return false;
    }
    bool is_held = take_room(o, claimed, most_of, now_us);
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
    if (g_queue_is_empty(&o->claimed) && !o->is_dry && !claim(o, e))
        *failed_out = true;
    return g_queue_pop_head(&o->claimed);
}

static struct result *add_result(struct outbox *o, struct notice *n, enum notice_state state, gint64 at, const char *reply)
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

void outbox_record_sent(struct outbox *o, struct notice *n, gint64 at, const char *reply, const struct rendered *mail)
{
    struct result *r = add_result(o, n, NOTICE_SENT, at, reply);

    r->words = g_strdup(mail->words);
    r->entries = g_strdup(mail->entries);
}

void outbox_refuse(struct outbox *o, struct notice *n, const char *recipient, bool is_about_address, const char *status,
                   const char *reply)
{
    struct result *r = add_result(o, n, NOTICE_FAILED, clock_now(), reply);

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

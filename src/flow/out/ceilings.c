/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See ceilings.h. Asked where mails are claimed, not where they are owed: who is told of a post is one statement for all of them, and
 * what was told is counted once for each reader in a batch, by an index of what was sent.
 */
#include "flow/out/ceilings.h"

#include "base/limits.h"
#include "forum/digest.h"
#include "forum/rates.h"
#include "forum/when.h"
#include "store/digests.h"
#include "store/notices.h"

#define DAY_S 86400
#define MOST  (4 * LIMIT_FORUM_MAILS_A_DAY) /* that are counted: more were sent by an older program */

struct keeper {
    struct gateway *g;
    gint64 now;
    GHashTable *batch;   /* ids of what was just claimed: nobody was told of it yet */
    GHashTable *readers; /* person -> GArray of struct forum_mail */
    GHashTable *asked;   /* person -> guint: mails about waiting texts within a day */
    bool has_more;       /* something is due now that was not before */
    struct err *e;
};

/* What READER was sent within a day, is being sent, and what of this batch may leave. NULL: the database failed. */
static GArray *told_to(struct keeper *k, row_id reader)
{
    GArray *told = g_hash_table_lookup(k->readers, &reader);

    if (told != NULL)
        return told;
    told = notices_told_lately(k->g->db, reader, k->now - DAY_S + 1, k->now, MOST, k->e);
    for (guint i = told != NULL ? told->len : 0; i > 0; i--)
        if (g_hash_table_contains(k->batch, &g_array_index(told, struct forum_mail, i - 1).notice_id))
            g_array_remove_index(told, i - 1);
    if (told != NULL)
        g_hash_table_insert(k->readers, g_memdup2(&reader, sizeof reader), told);
    return told;
}

/* A digest that waits for its reader, or a new one. 0: the database failed. */
static row_id digest_for(struct keeper *k, const struct notice *n)
{
    struct digest d = {.person_id = n->person_id,
                       .delivery = DELIVERY_NEWS,
                       .from_post = n->id,
                       .to_post = n->id,
                       .made_at = k->now};
    struct notice mail = {.purpose = PURPOSE_DIGEST_LATE,
                          .person_id = n->person_id,
                          .due_at = when_morning(k->now, k->g->settings->zone)};
    row_id waiting = 0;
    bool made;

    if (!notices_digest_waiting(k->g->db, n->person_id, &waiting, k->e))
        return 0;
    if (waiting != 0)
        return waiting;
    if (digests_add(k->g->db, &d, &mail, &made, k->e) &&
        !made) { /* it was put off once, and not public then: a digest is named anew */
        d.from_post = d.to_post = -k->now;
        digests_add(k->g->db, &d, &mail, &made, k->e);
    }
    if (k->e->kind == ERR_NONE && !made)
        err_set(k->e, ERR_OURS, "notice %" G_GINT64_FORMAT " was told with others before", n->id);
    return k->e->kind == ERR_NONE ? d.id : 0;
}

/* N is not sent now. */
static bool put_off(struct keeper *k, const struct notice *n, gint64 at)
{
    if (n->purpose != PURPOSE_POST)
        return notices_postpone(k->g->db, n->id, at, k->e);
    row_id digest = digest_for(k, n);
    return digest != 0 && notices_join(k->g->db, n->id, digest, k->e);
}

static bool ask(struct keeper *k, const struct notice *n, bool *may_out)
{
    struct forum_mail fresh = {.notice_id = n->id, .idea_id = n->about.idea, .is_post = n->purpose == PURPOSE_POST, .at = k->now};
    GArray *told = told_to(k, n->person_id);

    if (told == NULL)
        return false;
    gint64 at = rates_forum_at(told, when_morning(k->now, k->g->settings->zone), k->now);
    *may_out = at <= k->now && (!fresh.is_post || rates_may_tell_post(told, n->about.idea, k->now));
    if (!*may_out)
        return put_off(k, n, at);
    g_array_prepend_val(told, fresh);
    return true;
}

/* ---- Who moderates */

static bool is_about_text(const struct notice *n)
{
    return n->person_id != 0 && (n->purpose == PURPOSE_MODERATE || n->purpose == PURPOSE_MODERATE_DEPUTY ||
                                 n->purpose == PURPOSE_MODERATE_LATE || n->purpose == PURPOSE_MODERATE_ANSWER);
}

/* How many mails about waiting texts PERSON was sent within a day, without this batch. NULL: the database failed. */
static guint *asked_of(struct keeper *k, row_id person)
{
    guint *n = g_hash_table_lookup(k->asked, &person);

    if (n != NULL)
        return n;
    g_autoptr(GArray) ids = notices_asked_lately(k->g->db, person, k->now - DAY_S + 1, k->now,
                                                 LIMIT_MODERATE_A_DAY + (gint64)g_hash_table_size(k->batch), k->e);
    if (ids == NULL)
        return NULL;
    n = g_new0(guint, 1);
    for (guint i = 0; i < ids->len; i++)
        *n += !g_hash_table_contains(k->batch, &g_array_index(ids, row_id, i));
    g_hash_table_insert(k->asked, g_memdup2(&person, sizeof person), n);
    return n;
}

/* What N would tell is told by the forum's list, which waits or is due now, or two hours after the last one, while somebody is there. */
static bool list(struct keeper *k, const struct notice *n)
{
    struct notice mail = {.purpose = PURPOSE_MODERATE_LIST, .person_id = n->person_id, .about.forum = n->about.forum};
    bool waits;
    gint64 last_at;

    if (!notices_listed(k->g->db, n->id, k->e) ||
        !notices_last_list(k->g->db, n->person_id, n->about.forum, &waits, &last_at, k->e))
        return false;
    mail.due_at = office_hours_open(&k->g->settings->office, MAX(k->now, last_at != 0 ? last_at + LIMIT_MODERATE_LIST_S : 0));
    k->has_more |= !waits && mail.due_at <= k->now;
    return waits || notices_add(k->g->db, &mail, NULL, k->e);
}

static bool ask_moderator(struct keeper *k, const struct notice *n, bool *may_out)
{
    guint *n_asked = asked_of(k, n->person_id);

    if (n_asked == NULL)
        return false;
    *may_out = *n_asked < LIMIT_MODERATE_A_DAY;
    *n_asked += *may_out;
    return *may_out || list(k, n);
}

static bool is_counted(const struct notice *n)
{
    return n->stream == STREAM_FORUM && n->person_id != 0;
}

static bool keep(struct keeper *k, GPtrArray *claimed)
{
    for (guint i = 0; i < claimed->len; i++)
        g_hash_table_add(k->batch, &((struct notice *)claimed->pdata[i])->id);
    g_autoptr(GPtrArray) over = g_ptr_array_new();
    for (guint i = 0; i < claimed->len; i++) {
        bool may = true;
        if ((is_counted(claimed->pdata[i]) && !ask(k, claimed->pdata[i], &may)) ||
            (is_about_text(claimed->pdata[i]) && !ask_moderator(k, claimed->pdata[i], &may)))
            return false;
        if (!may)
            g_ptr_array_add(over, claimed->pdata[i]);
    }
    for (guint i = 0; i < over->len; i++)
        g_ptr_array_remove(claimed, over->pdata[i]);
    return true;
}

bool ceilings_keep(struct gateway *g, GPtrArray *claimed, gint64 now, bool *more_out, struct err *e)
{
    struct keeper k = {.g = g, .now = now, .e = e};

    k.batch = g_hash_table_new(g_int64_hash, g_int64_equal);
    k.readers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_array_unref);
    k.asked = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    bool ok = keep(&k, claimed);
    g_hash_table_unref(k.batch);
    g_hash_table_unref(k.asked);
    g_hash_table_unref(k.readers);
    *more_out |= k.has_more;
    return ok;
}

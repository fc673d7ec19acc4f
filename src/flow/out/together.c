/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See together.h. A piece of news is one row, so that what happens to an idea while its mail waits is told by it. When the first of
 * somebody's rows becomes due the others go along, whenever they would be due themselves: all of them are ended, and a digest row
 * of delivery `news` with a mail of its own takes their place, in one transaction. Who answers that mail answers a digest.
 */
#include "flow/out/together.h"

#include "base/limits.h"
#include "forum/digest.h"
#include "forum/rates.h"
#include "forum/when.h"
#include "store/digests.h"
#include "store/events.h"
#include "store/notices.h"

#define DAY_S 86400

/* Everything due that one person is to be told. */
struct share {
    row_id person, forum; /* forum: of all of it; 0 of several */
    gint64 due_at;        /* of the first */
    GArray *ids;          /* row_id of notices */
};

static void share_free(struct share *s)
{
    g_array_unref(s->ids);
    g_free(s);
}

static bool is_news(const struct notice *n)
{
    return (n->purpose == PURPOSE_NEWS || n->purpose == PURPOSE_NEWS_DIGEST) && n->person_id != 0;
}

static struct share *share_of(GHashTable *shares, const struct notice *n)
{
    struct share *s = g_hash_table_lookup(shares, &n->person_id);

    if (s != NULL)
        return s;
    s = g_new0(struct share, 1);
    s->person = n->person_id;
    s->forum = n->about.forum;
    s->due_at = n->due_at;
    s->ids = g_array_new(FALSE, FALSE, sizeof(row_id));
    g_hash_table_insert(shares, &s->person, s);
    return s;
}

static void take_out(GPtrArray *claimed, row_id person)
{
    for (guint i = claimed->len; i > 0; i--) {
        const struct notice *n = claimed->pdata[i - 1];
        if (is_news(n) && n->person_id == person)
            g_ptr_array_remove_index(claimed, i - 1);
    }
}

static bool put_off(struct gateway *g, const struct share *s, gint64 at, struct err *e)
{
    for (guint i = 0; i < s->ids->len; i++)
        if (!notices_postpone(g->db, g_array_index(s->ids, row_id, i), at, e))
            return false;
    return notices_news_put_off(g->db, s->person, at, e);
}

/* What the mail shows, should an answer come before it is noted as sent. */
static bool note_entries(struct gateway *g, row_id digest, struct err *e)
{
    g_autoptr(GPtrArray) joined = notices_joined(g->db, digest, e);
    g_autoptr(GString) entries = g_string_new(NULL);

    for (guint i = 0; joined != NULL && i < joined->len; i++) {
        const struct notice *n = joined->pdata[i];
        if (n->about.post != 0)
            digest_shown_add(entries, i + 1, n->about.post);
    }
    return joined != NULL && digests_set_entries(g->db, digest, entries->str, e);
}

static bool join(struct gateway *g, const struct share *s, gint64 now, struct err *e)
{
    row_id first = g_array_index(s->ids, row_id, 0);
    struct digest d = {.person_id = s->person, .delivery = DELIVERY_NEWS, .from_post = first, .to_post = first, .made_at = now};
    struct notice mail = {.purpose = PURPOSE_NEWS_MANY, .person_id = s->person, .about.forum = s->forum, .due_at = s->due_at};
    bool made;

    if (!digests_add(g->db, &d, &mail, &made, e))
        return false;
    if (!made)
        return err_set(e, ERR_OURS, "notice %" G_GINT64_FORMAT " was told with others before", first);
    for (guint i = 0; i < s->ids->len; i++)
        if (!notices_join(g->db, g_array_index(s->ids, row_id, i), d.id, e))
            return false;
    g_autofree char *detail = g_strdup_printf("into=%" G_GINT64_FORMAT " n=%u", d.id, s->ids->len);
    struct event ev = {.at = now, .kind = "notice.joined", .about.person = s->person, .notice_id = first, .detail = detail};
    return events_add(g->db, &ev, e) && note_entries(g, d.id, e);
}

/* Those of the person that are not due yet, or beyond this batch. */
static bool add_waiting(struct gateway *g, struct share *s, struct err *e)
{
    guint room = s->ids->len < LIMIT_NEWS_TOGETHER ? LIMIT_NEWS_TOGETHER - s->ids->len : 0;
    g_autoptr(GArray) waiting = notices_news_waiting(g->db, s->person, room, e);

    for (guint i = 0; waiting != NULL && i < waiting->len; i++) {
        row_id id = g_array_index(waiting, row_id, i);
        notice_auto n = notices_by_id(g->db, id, e);
        if (n == NULL)
            return false;
        s->forum = n->about.forum == s->forum ? s->forum : 0;
        g_array_append_val(s->ids, id);
    }
    return waiting != NULL;
}

/* Several at once may be more than one mail tells: the rest waits for the next one. */
static bool keep_most(struct gateway *g, struct share *s, gint64 at, struct err *e)
{
    for (guint i = LIMIT_NEWS_TOGETHER; i < s->ids->len; i++)
        if (!notices_postpone(g->db, g_array_index(s->ids, row_id, i), at, e))
            return false;
    g_array_set_size(s->ids, MIN(s->ids->len, LIMIT_NEWS_TOGETHER));
    return true;
}

/* When the person may be told again: while one such mail waits, for a rate or because their server takes none now, not sooner than
 * an hour later. */
static bool next_at(struct gateway *g, row_id person, gint64 now, gint64 *at_out, struct err *e)
{
    gint64 n, last_at;
    bool on_way;

    if (!notices_news_told(g->db, person, now - DAY_S + 1, now, LIMIT_NEWS_A_DAY, &n, &last_at, e) ||
        !notices_news_on_way(g->db, person, &on_way, e))
        return false;
    *at_out = rates_news_at(n, last_at, when_morning(now, g->settings->zone), now);
    if (on_way)
        *at_out = MAX(*at_out, now + LIMIT_NEWS_EVERY_S);
    return true;
}

static bool settle(struct gateway *g, struct share *s, GPtrArray *claimed, gint64 now, bool *more_out, struct err *e)
{
    gint64 at;

    if (!next_at(g, s->person, now, &at, e))
        return false;
    if (at > now) {
        take_out(claimed, s->person);
        return put_off(g, s, at, e);
    }
    if (!keep_most(g, s, now + LIMIT_NEWS_EVERY_S, e) || !add_waiting(g, s, e))
        return false;
    if (s->ids->len == 1)
        return true; /* a mail of its own */
    take_out(claimed, s->person);
    *more_out = true;
    return join(g, s, now, e);
}

bool together_join(struct gateway *g, GPtrArray *claimed, gint64 now, bool *more_out, struct err *e)
{
    g_autoptr(GHashTable) shares = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)share_free);
    GHashTableIter i;
    gpointer share;

    for (guint k = 0; k < claimed->len; k++) {
        const struct notice *n = claimed->pdata[k];
        if (!is_news(n))
            continue;
        struct share *s = share_of(shares, n);
        s->forum = n->about.forum == s->forum ? s->forum : 0;
        g_array_append_val(s->ids, n->id);
    }
    g_hash_table_iter_init(&i, shares);
    while (g_hash_table_iter_next(&i, NULL, &share))
        if (!settle(g, share, claimed, now, more_out, e))
            return false;
    return true;
}

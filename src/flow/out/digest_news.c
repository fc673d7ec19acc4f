/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See digest_news.h. Most readers of a batch have the same range; one that lies far apart is read for itself.
 */
#include "flow/out/digest_news.h"

#include "base/limits.h"
#include "store/digests.h"

#define MOST_PLACES (20 * LIMIT_DIGEST_POSTS) /* that are kept */

struct digest_news {
    gint64 from, to; /* places that are read, (from, to]; equal: none */
    GArray *posts;   /* struct digest_news_post, grouped by forum, idea, place */
};

struct digest_news *digest_news_new(void)
{
    return g_new0(struct digest_news, 1);
}

void digest_news_forget(struct digest_news *x)
{
    g_clear_pointer(&x->posts, g_array_unref);
    x->from = x->to = 0;
}

void digest_news_free(struct digest_news *x)
{
    if (x == NULL)
        return;
    digest_news_forget(x);
    g_free(x);
}

/* Has X all places of D, or can it have them? */
static bool reach(struct digest_news *x, struct db *db, const struct digest *d, struct err *e)
{
    bool is_empty = x->posts == NULL;
    gint64 from = is_empty ? d->from_post : MIN(x->from, d->from_post), to = is_empty ? d->to_post : MAX(x->to, d->to_post);

    if (!is_empty && from == x->from && to == x->to)
        return true;
    if (to - from > MOST_PLACES)
        return false;
    digest_news_forget(x);
    x->posts = digests_range(db, from, to, e);
    x->from = from;
    x->to = to;
    return x->posts != NULL;
}

static const struct digest_reader *place_in(const GArray *places, row_id forum)
{
    for (guint i = 0; i < places->len; i++)
        if (g_array_index(places, struct digest_reader, i).forum_id == forum)
            return &g_array_index(places, struct digest_reader, i);
    return NULL;
}

static bool is_among(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

/* What of X one reader hears. */
static GPtrArray *choose(const struct digest_news *x, const struct digest *d, const GArray *places, const GArray *stopped)
{
    GPtrArray *posts = g_ptr_array_new();
    const struct digest_reader *reader = NULL;
    row_id forum = 0, idea = 0;
    bool is_stopped = false;

    for (guint i = 0; i < x->posts->len; i++) {
        struct digest_news_post *p = &g_array_index(x->posts, struct digest_news_post, i);
        if (p->about.forum_id != forum)
            reader = place_in(places, forum = p->about.forum_id);
        if (p->about.idea_id != idea)
            is_stopped = is_among(stopped, idea = p->about.idea_id);
        if (reader != NULL && !is_stopped && p->about.place > d->from_post && p->about.place <= d->to_post &&
            digest_concerns(&p->about, reader))
            g_ptr_array_add(posts, &p->post);
    }
    return posts;
}

GPtrArray *digest_news_of(struct digest_news *x, struct db *db, const struct digest *d, struct err *e)
{
    bool is_regular = d->delivery == DELIVERY_DAILY || d->delivery == DELIVERY_WEEKLY;

    if (!is_regular || !reach(x, db, d, e))
        return e->kind == ERR_NONE ? digests_posts(db, d->person_id, d->delivery, d->from_post, d->to_post, e) : NULL;
    g_autoptr(GArray) places = digests_places(db, d->person_id, d->delivery, e);
    g_autoptr(GArray) stopped = places != NULL ? digests_stopped(db, d->person_id, e) : NULL;
    return stopped != NULL ? choose(x, d, places, stopped) : NULL;
}

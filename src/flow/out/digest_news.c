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
    GArray *posts;   /* struct digest_news_post, grouped by home, idea, place; of a post one for each forum */
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

static const struct digest_news_post *post_at(const struct digest_news *x, guint i)
{
    return &g_array_index(x->posts, struct digest_news_post, i);
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

/* Is the post that stands N times from FROM on for a digest of D's kind? Of several forums the one counts that tells it soonest. */
static bool is_for(const struct digest_news *x, guint from, guint n, const struct digest *d, const GArray *places)
{
    bool concerns = false;

    for (guint i = from; i < from + n; i++) {
        const struct digest_post *post = &post_at(x, i)->about;
        const struct digest_reader *reader = place_in(places, post->forum_id);
        if (reader == NULL || reader->delivery == DELIVERY_NONE)
            continue;
        if (n > 1 && reader->delivery < d->delivery)
            return false;
        concerns |= reader->delivery == d->delivery && digest_concerns(post, reader);
    }
    return concerns;
}

/* What of X one reader hears. */
static GPtrArray *choose(const struct digest_news *x, const struct digest *d, const GArray *places, const GArray *stopped)
{
    GPtrArray *posts = g_ptr_array_new();
    row_id idea = 0;
    bool is_stopped = false;

    for (guint i = 0, n; i < x->posts->len; i += n) {
        struct digest_news_post *p = &g_array_index(x->posts, struct digest_news_post, i);
        for (n = 1; i + n < x->posts->len && post_at(x, i + n)->post.id == p->post.id; n++)
            ;
        if (p->about.idea_id != idea)
            is_stopped = is_among(stopped, idea = p->about.idea_id);
        if (!is_stopped && p->about.place > d->from_post && p->about.place <= d->to_post && is_for(x, i, n, d, places))
            g_ptr_array_add(posts, &p->post);
    }
    return posts;
}

GPtrArray *digest_news_of(struct digest_news *x, struct db *db, const struct digest *d, struct err *e)
{
    bool is_regular = d->delivery == DELIVERY_DAILY || d->delivery == DELIVERY_WEEKLY;

    if (!is_regular || !reach(x, db, d, e))
        return e->kind == ERR_NONE ? digests_posts(db, d, e) : NULL;
    g_autoptr(GArray) places = digests_places(db, d->person_id, e);
    g_autoptr(GArray) stopped = places != NULL ? digests_stopped(db, d->person_id, e) : NULL;
    return stopped != NULL ? choose(x, d, places, stopped) : NULL;
}

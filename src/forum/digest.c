/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Choosing for digests; see digest.h. The same conditions stand in the statement digest_posts, which reads the posts
 * when the mail is written.
 */
#include "forum/digest.h"

#include <string.h>

struct digest_index {
    GHashTable *forums; /* row_id * -> GArray of struct digest_post, ascending */
};

gint64 digest_slot(gint64 now, GTimeZone *zone, enum delivery delivery, int hour, int weekday)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    int back = 0;

    if (delivery == DELIVERY_WEEKLY)
        back = (g_date_time_get_day_of_week(local) - weekday + 7) % 7;
    for (int step = delivery == DELIVERY_WEEKLY ? 7 : 1;; back += step) {
        g_autoptr(GDateTime) day = g_date_time_add_days(local, -back);
        g_autoptr(GDateTime) slot = g_date_time_new(zone, g_date_time_get_year(day), g_date_time_get_month(day),
                                                    g_date_time_get_day_of_month(day), hour, 0, 0);
        if (slot == NULL || g_date_time_to_unix(slot) <= now)
            return slot != NULL ? g_date_time_to_unix(slot) : 0;
    }
}

static void free_posts(gpointer posts)
{
    g_array_unref(posts);
}

struct digest_index *digest_index_new(const GArray *posts)
{
    struct digest_index *x = g_new0(struct digest_index, 1);

    x->forums = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_posts);
    for (guint i = 0; i < posts->len; i++) {
        const struct digest_post *post = &g_array_index(posts, struct digest_post, i);
        GArray *of_forum = g_hash_table_lookup(x->forums, &post->forum_id);
        if (of_forum == NULL) {
            of_forum = g_array_new(FALSE, FALSE, sizeof *post);
            g_hash_table_insert(x->forums, g_memdup2(&post->forum_id, sizeof post->forum_id), of_forum);
        }
        g_array_append_val(of_forum, *post);
    }
    return x;
}

void digest_index_free(struct digest_index *x)
{
    if (x == NULL)
        return;
    g_hash_table_unref(x->forums);
    g_free(x);
}

bool digest_concerns(const struct digest_post *post, const struct digest_reader *reader)
{
    return post->forum_id == reader->forum_id && post->person_id != reader->person_id &&
           post->at >= reader->told_since && (post->ring == RING_PUBLIC || reader->role >= ROLE_MEMBER);
}

/* Index of the first post behind FROM. */
static guint first_behind(const GArray *posts, gint64 from)
{
    guint low = 0, high = posts->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (g_array_index(posts, struct digest_post, middle).place > from)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static void collect(const struct digest_index *x, const struct digest_reader *reader, GHashTable *stopped, gint64 from,
                    gint64 to, GArray *places)
{
    const GArray *posts = g_hash_table_lookup(x->forums, &reader->forum_id);

    for (guint i = posts != NULL ? first_behind(posts, from) : 0; posts != NULL && i < posts->len; i++) {
        const struct digest_post *post = &g_array_index(posts, struct digest_post, i);
        if (post->place > to)
            return;
        if (digest_concerns(post, reader) && (stopped == NULL || !g_hash_table_contains(stopped, &post->idea_id)))
            g_array_append_val(places, post->place);
    }
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
    gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

    return x < y ? -1 : x > y;
}

struct digest_choice digest_choose(const struct digest_index *x, const struct digest_reader *readers, guint n_readers,
                                   GHashTable *stopped, gint64 from, gint64 to, gint64 most)
{
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(gint64));
    struct digest_choice choice = {.to = to};
    guint n_forums = 0;

    for (guint i = 0; i < n_readers; i++) {
        guint before = places->len;
        collect(x, &readers[i], stopped, from, to, places);
        if (places->len > before && ++n_forums == 1)
            choice.forum_id = readers[i].forum_id;
    }
    if (n_forums > 1)
        choice.forum_id = 0;
    choice.n_posts = places->len;
    if (choice.n_posts > most) {
        g_array_sort(places, compare_places);
        choice.n_posts = most;
        choice.to = g_array_index(places, gint64, most - 1);
        choice.has_more = true;
    }
    return choice;
}

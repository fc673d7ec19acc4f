/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Choosing for digests; see digest.h. The same conditions stand in the statement digest_posts, which reads the posts
 * when the mail is written.
 */
#include "forum/digest.h"

#include "base/limits.h"
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

struct digest_index {
    const GArray *posts;
    GArray *slots;                        /* guint: for each post, the number of its forum in this index */
    GHashTable *forums;                   /* row_id * -> that number */
    const struct digest_reader **readers; /* by that number: the place of the person being looked at, NULL none */
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

struct digest_index *digest_index_new(const GArray *posts)
{
    struct digest_index *x = g_new0(struct digest_index, 1);

    x->posts = posts;
    x->slots = g_array_sized_new(FALSE, FALSE, sizeof(guint), posts->len);
    x->forums = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < posts->len; i++) {
        struct digest_post *post = &g_array_index(posts, struct digest_post, i);
        gpointer known;
        guint slot = g_hash_table_size(x->forums);
        if (g_hash_table_lookup_extended(x->forums, &post->forum_id, NULL, &known))
            slot = GPOINTER_TO_UINT(known);
        else
            g_hash_table_insert(x->forums, &post->forum_id, GUINT_TO_POINTER(slot));
        g_array_append_val(x->slots, slot);
    }
    x->readers = g_new0(const struct digest_reader *, g_hash_table_size(x->forums) + 1);
    return x;
}

void digest_index_free(struct digest_index *x)
{
    if (x == NULL)
        return;
    g_array_unref(x->slots);
    g_hash_table_unref(x->forums);
    g_free(x->readers);
    g_free(x);
}

bool digest_concerns(const struct digest_post *post, const struct digest_reader *reader)
{
    return post->forum_id == reader->forum_id && post->person_id != reader->person_id && post->at >= reader->told_since &&
           (post->ring == RING_PUBLIC || reader->role >= ROLE_MEMBER);
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

static void set_readers(struct digest_index *x, const struct digest_reader *readers, guint n_readers)
{
    gpointer slot;

    memset(x->readers, 0, g_hash_table_size(x->forums) * sizeof *x->readers);
    for (guint i = 0; i < n_readers; i++)
        if (g_hash_table_lookup_extended(x->forums, &readers[i].forum_id, NULL, &slot))
            x->readers[GPOINTER_TO_UINT(slot)] = &readers[i];
}

/* A full digest ends at its last post, the last one at the end of the range. */
static void count_post(GArray *choices, const struct digest_post *post, gint64 from, gint64 to, gint64 most)
{
    struct digest_choice fresh = {.from = from, .to = to, .forum_id = post->forum_id};
    struct digest_choice *last = choices->len > 0 ? &g_array_index(choices, struct digest_choice, choices->len - 1) : NULL;

    if (last == NULL || last->n_posts == most) {
        if (last != NULL)
            fresh.from = last->to;
        g_array_append_val(choices, fresh);
        last = &g_array_index(choices, struct digest_choice, choices->len - 1);
    }
    if (last->forum_id != post->forum_id)
        last->forum_id = 0;
    if (++last->n_posts == most)
        last->to = post->place;
}

GArray *digest_choose(struct digest_index *x, const struct digest_reader *readers, guint n_readers, GHashTable *stopped,
                      gint64 from, gint64 to, gint64 most)
{
    GArray *choices = g_array_new(FALSE, FALSE, sizeof(struct digest_choice));

    gint64 counted = -1; /* a post of an idea in several forums counts once */

    set_readers(x, readers, n_readers);
    for (guint i = first_behind(x->posts, from); i < x->posts->len; i++) {
        const struct digest_post *post = &g_array_index(x->posts, struct digest_post, i);
        const struct digest_reader *reader = x->readers[g_array_index(x->slots, guint, i)];
        if (post->place > to)
            break;
        if (reader != NULL && post->place != counted && digest_concerns(post, reader) &&
            (stopped == NULL || !g_hash_table_contains(stopped, &post->idea_id))) {
            count_post(choices, post, from, to, most);
            counted = post->place;
        }
    }
    return choices;
}

struct rank {
    guint place, weight;
};

/* Puts RANK among the best so far, of which there are *N and at most MOST: by weight, among equals the earlier. */
static void rank_among(struct rank *best, guint *n, guint most, struct rank rank)
{
    guint at = *n;

    while (at > 0 && best[at - 1].weight < rank.weight)
        at--;
    if (at >= most)
        return;
    *n = MIN(*n + 1, most);
    memmove(best + at + 1, best + at, (*n - at - 1) * sizeof *best);
    best[at] = rank;
}

/* The number of posts of an idea decides only among those that nothing else sets apart. */
static guint weight_of(const struct digest_entry *x, guint n_of_idea)
{
    const guint more = 1U << 20;

    return (x->is_official ? 4 * more : 0) + (x->is_answer ? 2 * more : 0) + (x->is_in_own ? more : 0) + MIN(n_of_idea, more - 1);
}

void digest_pick(struct digest_entry *entries, guint n_entries)
{
    struct rank best[MAX(LIMIT_DIGEST_ALL, LIMIT_DIGEST_WHOLE)];
    guint most = n_entries <= LIMIT_DIGEST_ALL ? n_entries : LIMIT_DIGEST_WHOLE, n_best = 0;
    gint64 n_bytes = 0;

    for (guint i = 0, end; i < n_entries; i = end) {
        for (end = i + 1; end < n_entries && entries[end].idea_id == entries[i].idea_id; end++)
            ;
        for (guint k = i; k < end; k++) {
            entries[k].is_whole = false;
            rank_among(best, &n_best, most, (struct rank){k, weight_of(&entries[k], end - i)});
        }
    }
    for (guint i = 0; i < n_best; i++) {
        struct digest_entry *x = &entries[best[i].place];
        x->is_whole = i == 0 || n_bytes + x->n_bytes <= LIMIT_DIGEST_WHOLE_BYTES;
        n_bytes += x->is_whole ? x->n_bytes : 0;
    }
}

void digest_shown_add(GString *entries, guint number, row_id post)
{
    if (entries->len > 0)
        g_string_append_c(entries, ' ');
    number_append(entries, number);
    g_string_append_c(entries, ':');
    number_append(entries, post);
}

bool digest_shown_next(const char **place, guint *number_out, row_id *post_out)
{
    char *end;
    guint64 number = g_ascii_strtoull(*place, &end, 10);

    if (*end != ':')
        return false;
    *number_out = (guint)number;
    *post_out = g_ascii_strtoll(end + 1, &end, 10);
    *place = end;
    return *post_out > 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Choosing for digests: who hears of which post, where a range ends, and when a digest is due, also on the days when
 * the clocks change.
 */
#include "forum/digest.h"

#include "base/clock.h"
#include "base/limits.h"

static const struct slot_case {
    const char *now;
    enum delivery delivery;
    int hour, weekday;
    const char *slot;
} slots[] = {
    {"2026-03-02T07:00:00+01:00", DELIVERY_DAILY, 7, 1, "2026-03-02T07:00:00+01:00"},
    {"2026-03-02T06:59:59+01:00", DELIVERY_DAILY, 7, 1, "2026-03-01T07:00:00+01:00"},
    {"2026-03-02T23:59:00+01:00", DELIVERY_DAILY, 0, 1, "2026-03-02T00:00:00+01:00"},
    {"2026-03-02T07:00:00+01:00", DELIVERY_WEEKLY, 7, 1, "2026-03-02T07:00:00+01:00"}, /* a Monday */
    {"2026-03-02T06:00:00+01:00", DELIVERY_WEEKLY, 7, 1, "2026-02-23T07:00:00+01:00"},
    {"2026-03-04T12:00:00+01:00", DELIVERY_WEEKLY, 7, 1, "2026-03-02T07:00:00+01:00"},
    {"2026-03-04T12:00:00+01:00", DELIVERY_WEEKLY, 7, 5, "2026-02-27T07:00:00+01:00"},
    {"2026-03-04T12:00:00+01:00", DELIVERY_WEEKLY, 13, 3, "2026-02-25T13:00:00+01:00"},
    /* Summer time begins: there is no 2 o'clock; 3 o'clock summer time is the same moment. */
    {"2026-03-29T12:00:00+02:00", DELIVERY_DAILY, 2, 1, "2026-03-29T03:00:00+02:00"},
    {"2026-03-29T07:30:00+02:00", DELIVERY_DAILY, 7, 1, "2026-03-29T07:00:00+02:00"},
    {"2026-03-30T06:30:00+02:00", DELIVERY_DAILY, 7, 1, "2026-03-29T07:00:00+02:00"},
    /* Summer time ends. */
    {"2026-10-25T07:00:00+01:00", DELIVERY_DAILY, 7, 1, "2026-10-25T07:00:00+01:00"},
    {"2026-10-26T07:00:00+01:00", DELIVERY_WEEKLY, 7, 1, "2026-10-26T07:00:00+01:00"},
};

static void test_slots(void)
{
    g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier("Europe/Berlin");

    for (guint i = 0; i < G_N_ELEMENTS(slots); i++) {
        gint64 now;
        g_assert_true(clock_parse(slots[i].now, &now));
        gint64 slot = digest_slot(now, berlin, slots[i].delivery, slots[i].hour, slots[i].weekday);
        g_autofree char *got = clock_format(slot, berlin);
        g_test_message("%s hour %d weekday %d", slots[i].now, slots[i].hour, slots[i].weekday);
        g_assert_cmpstr(got, ==, slots[i].slot);
    }
}

/* Twice an hour, for a year: a slot is never in the future and never more than a day and an hour old. */
static void test_slots_all_year(void)
{
    g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier("Europe/Berlin");
    gint64 before = 0;

    for (gint64 now = 1767222000; now < 1767222000 + 366 * 86400; now += 1800) {
        gint64 slot = digest_slot(now, berlin, DELIVERY_DAILY, 2, 1);
        g_assert_cmpint(slot, <=, now);
        g_assert_cmpint(now - slot, <=, 90000);
        g_assert_cmpint(slot, >=, before);
        before = slot;
    }
}

/* Places 1 to 6: forums 1 and 2, authors 10 and 11. */
static GArray *some_posts(void)
{
    static const struct digest_post posts[] = {
        {1, 1, 100, 10, 1000, RING_PUBLIC}, {2, 1, 101, 11, 1001, RING_MEMBERS}, {3, 2, 102, 10, 1002, RING_PUBLIC},
        {4, 1, 100, 11, 1003, RING_PUBLIC}, {5, 2, 103, 11, 1004, RING_PUBLIC},  {6, 1, 100, 10, 1005, RING_PUBLIC},
    };
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct digest_post));

    g_array_append_vals(all, posts, G_N_ELEMENTS(posts));
    return all;
}

#define READER(person, forum, its_role, since)                                                \
    {                                                                                         \
        .person_id = (person), .forum_id = (forum), .role = (its_role), .told_since = (since) \
    }

static const struct choice_case {
    const char *what;
    struct digest_reader readers[2];
    guint n_readers;
    gint64 from, to, most;
    gint64 n_posts, to_expected; /* of the first one */
    row_id forum;
    guint n_digests;
} choices[] = {
    {"a member of one forum", {READER(20, 1, ROLE_MEMBER, 0)}, 1, 0, 6, 100, 4, 6, 1, 1},
    {"a reader sees no inner ring", {READER(20, 1, ROLE_READER, 0)}, 1, 0, 6, 100, 3, 6, 1, 1},
    {"both forums", {READER(20, 1, ROLE_MEMBER, 0), READER(20, 2, ROLE_READER, 0)}, 2, 0, 6, 100, 6, 6, 0, 1},
    {"not one's own", {READER(10, 1, ROLE_MEMBER, 0)}, 1, 0, 6, 100, 2, 6, 1, 1},
    {"behind FROM only", {READER(20, 1, ROLE_MEMBER, 0)}, 1, 2, 6, 100, 2, 6, 1, 1},
    {"up to TO only", {READER(20, 1, ROLE_MEMBER, 0)}, 1, 0, 4, 100, 3, 4, 1, 1},
    {"nothing new", {READER(20, 1, ROLE_MEMBER, 0)}, 1, 6, 6, 100, 0, 6, 0, 0},
    {"another forum", {READER(20, 3, ROLE_MEMBER, 0)}, 1, 0, 6, 100, 0, 6, 0, 0},
    {"joined later", {READER(20, 1, ROLE_MEMBER, 1003)}, 1, 0, 6, 100, 2, 6, 1, 1},
    {"in one of two forums", {READER(20, 1, ROLE_MEMBER, 2000), READER(20, 2, ROLE_READER, 0)}, 2, 0, 6, 100, 2, 6, 2, 1},
    {"more than fit", {READER(20, 1, ROLE_MEMBER, 0), READER(20, 2, ROLE_READER, 0)}, 2, 0, 6, 4, 4, 4, 0, 2},
    {"exactly what fits", {READER(20, 1, ROLE_MEMBER, 0), READER(20, 2, ROLE_READER, 0)}, 2, 0, 6, 6, 6, 6, 0, 1},
};

static void test_choices(void)
{
    g_autoptr(GArray) posts = some_posts();
    struct digest_index *x = digest_index_new(posts);

    for (guint i = 0; i < G_N_ELEMENTS(choices); i++) {
        const struct choice_case *c = &choices[i];
        g_autoptr(GArray) got = digest_choose(x, c->readers, c->n_readers, NULL, c->from, c->to, c->most);
        g_test_message("%s", c->what);
        g_assert_cmpuint(got->len, ==, c->n_digests);
        if (got->len == 0)
            continue;
        const struct digest_choice *first = &g_array_index(got, struct digest_choice, 0);
        g_assert_cmpint(first->from, ==, c->from);
        g_assert_cmpint(first->n_posts, ==, c->n_posts);
        g_assert_cmpint(first->to, ==, c->to_expected);
        g_assert_cmpint(first->forum_id, ==, c->forum);
    }
    digest_index_free(x);
}

static void test_stopped(void)
{
    g_autoptr(GArray) posts = some_posts();
    struct digest_index *x = digest_index_new(posts);
    struct digest_reader reader = READER(20, 1, ROLE_MEMBER, 0);
    g_autoptr(GHashTable) stopped = g_hash_table_new(g_int64_hash, g_int64_equal);
    row_id idea = 100;

    g_hash_table_add(stopped, &idea);
    g_autoptr(GArray) got = digest_choose(x, &reader, 1, stopped, 0, 6, 100);
    g_assert_cmpuint(got->len, ==, 1);
    g_assert_cmpint(g_array_index(got, struct digest_choice, 0).n_posts, ==, 1);
    digest_index_free(x);
}

/* Following the ranges of one person tells every post once, whatever fits into one digest. */
static void test_ranges_cover_everything_once(void)
{
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(struct digest_post));
    struct digest_reader readers[] = {READER(20, 1, ROLE_MEMBER, 0), READER(20, 2, ROLE_READER, 0)};
    gint64 told = 0, at = 0;

    for (gint64 place = 1; place <= 1000; place++) {
        struct digest_post post = {place, 1 + place % 3, place % 7, 11, place, RING_PUBLIC};
        g_array_append_val(posts, post);
    }
    struct digest_index *x = digest_index_new(posts);
    g_autoptr(GArray) got = digest_choose(x, readers, 2, NULL, 0, 1000, 90);
    for (guint i = 0; i < got->len; i++) {
        const struct digest_choice *c = &g_array_index(got, struct digest_choice, i);
        g_assert_cmpint(c->from, ==, at);
        g_assert_cmpint(c->to, >, at);
        g_assert_cmpint(c->n_posts, <=, 90);
        told += c->n_posts;
        at = c->to;
    }
    g_assert_cmpint(at, ==, 1000);
    g_assert_cmpint(told, ==, 667);
    digest_index_free(x);
}

static guint count_whole(const struct digest_entry *entries, guint n)
{
    guint whole = 0;

    for (guint i = 0; i < n; i++)
        whole += entries[i].is_whole;
    return whole;
}

static void test_pick(void)
{
    struct digest_entry few[LIMIT_DIGEST_ALL] = {{0}}, many[LIMIT_DIGEST_ALL + 1] = {{0}}, one = {.n_bytes = 1 << 20};
    guint last = LIMIT_DIGEST_ALL;

    for (guint i = 0; i < LIMIT_DIGEST_ALL; i++)
        few[i] = (struct digest_entry){.idea_id = i, .n_bytes = LIMIT_DIGEST_WHOLE_BYTES / LIMIT_DIGEST_ALL};
    digest_pick(few, LIMIT_DIGEST_ALL);
    g_assert_cmpuint(count_whole(few, LIMIT_DIGEST_ALL), ==, LIMIT_DIGEST_ALL);
    few[0].n_bytes += LIMIT_DIGEST_ALL;
    digest_pick(few, LIMIT_DIGEST_ALL);
    g_assert_cmpuint(count_whole(few, LIMIT_DIGEST_ALL), ==, LIMIT_DIGEST_ALL - 1);
    digest_pick(&one, 1);
    g_assert_true(one.is_whole);
    for (guint i = 0; i <= last; i++)
        many[i] = (struct digest_entry){.idea_id = i / 2, .n_bytes = 10};
    many[last].is_official = many[last - 1].is_answer = many[last - 2].is_in_own = true;
    digest_pick(many, last + 1);
    g_assert_cmpuint(count_whole(many, last + 1), ==, LIMIT_DIGEST_WHOLE);
    g_assert_true(many[last].is_whole && many[last - 1].is_whole && many[last - 2].is_whole);
    g_assert_true(many[0].is_whole && !many[last - 3].is_whole);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digest/slots", test_slots);
    g_test_add_func("/digest/slots-all-year", test_slots_all_year);
    g_test_add_func("/digest/choices", test_choices);
    g_test_add_func("/digest/stopped", test_stopped);
    g_test_add_func("/digest/ranges", test_ranges_cover_everything_once);
    g_test_add_func("/digest/pick", test_pick);
    return g_test_run();
}

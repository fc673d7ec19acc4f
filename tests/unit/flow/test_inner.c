/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What members of a forum said is read once, again when somebody says more, and again after a while; what is kept has an end.
 */
#include "world.h"

#include "base/limits.h"
#include "flow/inner.h"

static bool says(struct world *w, row_id forum, const char *text, gint64 now)
{
    struct inner *in = inner_of(&w->g, forum, now, &w->f.e);

    g_assert_nonnull(in);
    bool found = memory_has_run(text, &in->said, 1, NULL, 0, LIMIT_INNER_RUN_WORDS);
    inner_unref(in);
    return found;
}

static gint64 read_at(struct world *w, row_id forum, gint64 now)
{
    struct inner *in = inner_of(&w->g, forum, now, &w->f.e);

    g_assert_nonnull(in);
    gint64 at = in->read_at;
    inner_unref(in);
    return at;
}

static void test_read_again(void)
{
    struct world w;
    world_open(&w);
    row_id eva = fixture_person(&w.f, "eva@example.org"), inner = fixture_idea(&w.f, w.forum, eva, RING_MEMBERS);

    fixture_post(&w.f, inner, eva, "Wir planen den Standort an der Zeche im Norden.");
    g_assert_true(says(&w, w.forum, "wir planen den Standort an der Zeche", T0));
    g_assert_false(says(&w, w.forum, "erst im Mai sagen wir es allen", T0 + 1));
    g_assert_cmpint(read_at(&w, w.forum, T0 + LIMIT_INNER_KEPT_S - 1), ==, T0);
    fixture_post(&w.f, inner, eva, "Erst im Mai sagen wir es allen.");
    g_assert_true(says(&w, w.forum, "erst im Mai sagen wir es allen", T0 + 2));
    g_assert_cmpint(read_at(&w, w.forum, T0 + 2 + LIMIT_INNER_KEPT_S - 1), ==, T0 + 2);
    g_assert_cmpint(read_at(&w, w.forum, T0 + 2 + LIMIT_INNER_KEPT_S), ==, T0 + 2 + LIMIT_INNER_KEPT_S);
    g_assert_cmpint(read_at(&w, w.forum, T0), ==, T0); /* the clock was set back */
    world_close(&w);
}

/* More different words than LIMIT_INNER_KEPT_BYTES has room for. */
static void test_room(void)
{
    struct world w;
    world_open(&w);
    row_id eva = fixture_person(&w.f, "eva@example.org"), other = fixture_forum(&w.f, "energie");
    row_id small = fixture_idea(&w.f, w.forum, eva, RING_MEMBERS), large = fixture_idea(&w.f, other, eva, RING_MEMBERS);
    GString *words = g_string_new(NULL);

    fixture_post(&w.f, small, eva, "Das bleibt bis zum Mai unter uns.");
    g_assert_cmpint(read_at(&w, w.forum, T0), ==, T0);
    g_assert_cmpint(read_at(&w, other, T0), ==, T0);
    g_assert_cmpint(read_at(&w, w.forum, T0 + 1), ==, T0);
    for (int post = 0; post < 5; post++) {
        g_string_truncate(words, 0);
        for (int i = 0; i < LIMIT_MEMORY_WORDS; i++)
            g_string_append_printf(words, "w%d ", post * LIMIT_MEMORY_WORDS + i);
        fixture_post(&w.f, large, eva, words->str);
    }
    struct inner *in = inner_of(&w.g, other, T0 + 2, &w.f.e);
    g_assert_cmpuint(memory_set_bytes(in->said), >, LIMIT_INNER_KEPT_BYTES);
    g_assert_cmpint(read_at(&w, w.forum, T0 + 3), ==, T0 + 3); /* was forgotten, and the large one with it */
    g_assert_true(
        memory_has_run("w1 w2 w3 w4 w5 w6", &in->said, 1, NULL, 0, LIMIT_INNER_RUN_WORDS)); /* but not from under its reader */
    inner_unref(in);
    g_assert_cmpint(read_at(&w, other, T0 + 4), ==, T0 + 4);
    g_string_free(words, TRUE);
    world_close(&w);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/inner/read-again", test_read_again);
    g_test_add_func("/inner/room", test_room);
    return g_test_run();
}

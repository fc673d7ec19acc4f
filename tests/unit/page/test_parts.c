/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of pages that are kept, until there is too much of them or the templates are others.
 */
#include "page/parts.h"

/* The key that differs from others in word N alone. */
static const struct parts_key *key(guint n)
{
    static struct parts_key k;

    k = (struct parts_key){.words[0] = 7};
    k.words[n] = 1;
    return &k;
}

static void test_parts(void)
{
    struct parts *k = parts_new();
    g_autoptr(GBytes) a = g_bytes_new_static("a", 1), half = g_bytes_new_take(g_malloc0(PARTS_BYTES / 2), PARTS_BYTES / 2),
                      all = g_bytes_new_take(g_malloc0(PARTS_BYTES + 1), PARTS_BYTES + 1);

    g_assert_null(parts_find(k, key(1)));
    parts_put(k, key(1), a);
    g_assert_true(parts_find(k, key(1)) == a);
    g_assert_null(parts_find(k, key(2)));
    parts_put(k, key(3), all); /* that alone is too much */
    g_assert_null(parts_find(k, key(3)));
    parts_put(k, key(4), half);
    g_assert_true(parts_find(k, key(1)) == a);
    parts_put(k, key(PARTS_WORDS - 1), half);
    g_assert_null(parts_find(k, key(1)));
    g_assert_true(parts_find(k, key(PARTS_WORDS - 1)) == half);
    parts_forget(k);
    g_assert_null(parts_find(k, key(PARTS_WORDS - 1)));
    parts_free(k);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/parts/kept", test_parts);
    return g_test_run();
}

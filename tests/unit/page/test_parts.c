/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts of pages that are kept, until there is too much of them or the templates are others.
 */
#include "page/parts.h"

static void test_parts(void)
{
    struct parts *k = parts_new();
    g_autoptr(GBytes) a = g_bytes_new_static("a", 1), half = g_bytes_new_take(g_malloc0(PARTS_BYTES / 2), PARTS_BYTES / 2),
                      all = g_bytes_new_take(g_malloc0(PARTS_BYTES + 1), PARTS_BYTES + 1);

    g_assert_null(parts_find(k, "a"));
    parts_put(k, "a", a);
    g_assert_true(parts_find(k, "a") == a);
    g_assert_null(parts_find(k, "b"));
    parts_put(k, "all", all); /* that alone is too much */
    g_assert_null(parts_find(k, "all"));
    parts_put(k, "half", half);
    g_assert_true(parts_find(k, "a") == a);
    parts_put(k, "half again", half);
    g_assert_null(parts_find(k, "a"));
    g_assert_true(parts_find(k, "half again") == half);
    parts_forget(k);
    g_assert_null(parts_find(k, "half again"));
    parts_free(k);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/parts/kept", test_parts);
    return g_test_run();
}

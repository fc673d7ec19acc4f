/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers are written as printf does.
 */
#include "base/number.h"

static void test_append(void)
{
    static const gint64 numbers[] = {0, 1, 9, 10, -1, -10, 1234567890, G_MAXINT64, G_MININT64};

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_autoptr(GString) out = g_string_new("x");
        g_autofree char *expected = g_strdup_printf("x%" G_GINT64_FORMAT, numbers[i]);
        number_append(out, numbers[i]);
        g_assert_cmpstr(out->str, ==, expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/number/append", test_append);
    return g_test_run();
}

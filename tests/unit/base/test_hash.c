/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keyed hash: values that another implementation gives, and a flood that would fill one slot of g_str_hash.
 */
#include "base/hash.h"

#include <string.h>

/* What CPython's siphash13 gives with these keys (key 0: PYTHONHASHSEED=0). */
static void test_values(void)
{
    static const struct {
        const char *text;
        guint64 hash;
    } rows[] = {
        {"a", 0x407448d2b89b1813u},         {"abc", 0xc03bc3a0042630f2u},
        {"1234567", 0xa33d651594fdae81u},   {"12345678", 0x3489982430560a87u},
        {"123456789", 0x0fbc0f0007965fcfu}, {"<20260101.42@mail.example.org>", 0xb13232c0a67e66d0u},
    };
    const struct hash_key zero = {{0, 0}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmphex(hash_bytes(&zero, rows[i].text, strlen(rows[i].text)), ==, rows[i].hash);
}

static void test_key_matters(void)
{
    struct hash_key one, two;

    hash_key_new(&one);
    hash_key_new(&two);
    g_assert_cmphex(hash_bytes(&one, "a", 1), !=, hash_bytes(&two, "a", 1));
    g_assert_cmphex(hash_bytes(&one, "a", 1), ==, hash_bytes(&one, "a", 1));
    g_assert_cmphex(hash_bytes(&one, "", 0), !=, hash_bytes(&one, "\0", 1));
}

/* "ar" and "c0" weigh the same in 33 x + y; so do all words made of them. */
static void test_flood(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    char word[25] = {0};
    guint first = 0;

    for (guint n = 0; n < 4096; n++) {
        for (guint bit = 0; bit < 12; bit++)
            memcpy(word + 2 * bit, n >> bit & 1 ? "ar" : "c0", 2);
        if (n == 0)
            first = g_str_hash(word);
        g_assert_cmpuint(g_str_hash(word), ==, first);
        g_hash_table_add(seen, GUINT_TO_POINTER(hash_text(word)));
    }
    g_assert_cmpuint(g_hash_table_size(seen), >, 4000);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/hash/values", test_values);
    g_test_add_func("/hash/key", test_key_matters);
    g_test_add_func("/hash/flood", test_flood);
    return g_test_run();
}

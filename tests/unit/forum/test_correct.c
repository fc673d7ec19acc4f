/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text that is sent once more: with the word NEU, and without.
 */
#include "base/limits.h"
#include "forum/correct.h"

#include <glib.h>

static const struct row {
    const char *text, *expected;
    bool is_marked;
} rows[] = {
    {"NEU: Mit Dach.", "Mit Dach.", true},
    {"neu:\nMit Dach.\n\nUnd Licht.\n", "Mit Dach.\n\nUnd Licht.", true},
    {"Guten Tag,\n\nNeue Fassung: Mit Dach: ja.", "Mit Dach: ja.", true},
    {"NEW: With a roof.", "With a roof.", true},
    {"Yeni: Çatılı.", "Çatılı.", true},
    {"Nowe: Z dachem.", "Z dachem.", true},
    {"Neu\nist das nicht.", "ist das nicht.", false},
    {"NEU:", NULL, true},
    {"NEU:\n \n", NULL, true},
    {"Neues: Mit Dach.", NULL, false},
    {"neu:\n\nViele Grüße\nKurt", NULL, true},
    {"neu: Danke für die Bank.\n\nViele Grüße\nKurt", "Danke für die Bank.\n\nViele Grüße\nKurt", true},
    {"Ganz neu: Mit Dach.", NULL, false},
    {"", NULL, false},
};

static void test_text(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        bool is_marked = false;
        g_autofree char *got = correct_text(rows[i].text, &is_marked);
        g_assert_cmpstr(got, ==, rows[i].expected);
        if (got != NULL)
            g_assert_cmpint(is_marked, ==, rows[i].is_marked);
    }
}

/* N words, of which N_SHARED stand in the other text. */
static bool alike(guint n, guint n_shared)
{
    g_autoptr(GString) text = g_string_new(NULL), old = g_string_new(NULL);

    for (guint i = 0; i < n; i++) {
        g_string_append_printf(text, "%s%u ", i < n_shared ? "alt" : "neu", i);
        g_string_append_printf(old, "alt%u ", i);
    }
    return correct_is_alike(text->str, old->str);
}

static void test_alike(void)
{
    g_assert_true(alike(100, LIMIT_CORRECT_SHARE));
    g_assert_false(alike(100, LIMIT_CORRECT_SHARE - 1));
    g_assert_true(alike(5, 5));
    g_assert_false(alike(4, 4)); /* a handful says nothing */
    g_assert_false(correct_is_alike("", ""));
    g_assert_false(correct_is_alike("Das finde ich auch gut und wünsche mir mehr davon", "Das ist gut"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/correct/text", test_text);
    g_test_add_func("/correct/alike", test_alike);
    return g_test_run();
}

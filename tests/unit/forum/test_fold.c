/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folding of words: the quick way says what the long one does, and the first word alone what the whole begins with.
 */
#include "forum/fold.h"

#include <string.h>

/* The first word alone is that of the whole, or it says that it cannot tell. */
static void check_first_word(const char *line)
{
    char first[FOLD_FIRST_BYTES];
    g_autofree char *whole = fold_words(line);

    if (!fold_first_word(line, first))
        return;
    whole[strcspn(whole, " ")] = '\0';
    g_assert_cmpstr(first, ==, whole);
}

/* A line of ASCII and German letters is folded in a quicker way: beside a letter of another kind it is folded as all others are. */
static void test_fold(void)
{
    static const char *const lines[] = {
        "",
        " ",
        "JA",
        "Ja, das bin ich!",
        "Grüße aus Köln",
        "ÄÖÜ äöü ß",
        "straße-",
        "-a",
        "a-b",
        "a--b",
        "a -b",
        "wir'n 'ne `x`",
        "don't",
        "ä-ö",
        "ö'ß",
        "-ü",
        "idee-17",
        "1.2.3",
        "a\tb\nc",
        "!?",
        "- -",
        "x-!",
        "a\x7f"
        "b",
        "é",
        "Ł",
        "×",
        "a×b",
        "a-×",
        "a-α",
        "a'é b",
        "ä",
        "\xc2\xa0",
        "a\xc2\xad"
        "b",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *longer = g_strconcat(lines[i], " \u0101", NULL), *quick = fold_words(lines[i]),
                        *slow = fold_words(longer);
        g_autofree char *expected = g_strconcat(quick, *quick != '\0' ? " " : "", "a", NULL);
        g_assert_cmpstr(slow, ==, expected);
        check_first_word(lines[i]);
        check_first_word(longer);
    }
    g_autofree char *words = fold_words("Straße-nbahn: KÖLN, wir'n!");
    g_assert_cmpstr(words, ==, "strassenbahn koln wirn");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fold/quickly", test_fold);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a text begins with that goes on as a text: the word that its author is told about. Nearly all texts are passed over by their
 * first word, and that may never pass over one that begins with a word of ours.
 */
#include "forum/command_begun.h"
#include "forum/command_words.h"

#include <string.h>

/* The shortest that fits PATTERN: of several words the first, without those that may miss; "3" for an argument. */
static char *shortest(const char *pattern)
{
    g_auto(GStrv) words = g_strsplit(pattern, " ", -1);
    GString *out = g_string_new(NULL);

    for (char **w = words; *w != NULL; w++) {
        bool is_argument = strspn(*w, "#*%/") == strlen(*w);
        if (g_str_has_suffix(*w, "?"))
            continue;
        (*w)[strcspn(*w, "|")] = '\0';
        g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", is_argument ? "3" : *w);
    }
    return g_string_free(out, FALSE);
}

static void test_every_row(void)
{
    static const char *const before[] = {"", "Bitte ", "+1 ", "\""};
    static const char *const behind[] = {"", "!", ": so ist es", " - so", "-Sache", ", bitte", "; denn", " \342\200\223 so"};
    enum command c;
    const char *pattern;
    guint n_found = 0;

    for (guint n = 0; (pattern = command_words_row(n, &c)) != NULL; n++)
        for (gsize i = 0; i < G_N_ELEMENTS(before) * G_N_ELEMENTS(behind); i++) {
            g_autofree char *words = shortest(pattern);
            g_autofree char *line = g_strconcat(before[i % G_N_ELEMENTS(before)], words, behind[i / G_N_ELEMENTS(before)], NULL);
            g_autofree char *head = g_strndup(line, strcspn(line, ":,;-"));
            bool is_word = command_words_match(line) != COMMAND_NONE || command_words_match(head) != COMMAND_NONE;
            g_test_message("%s", line);
            g_assert_true(!is_word || command_words_may_begin(line));
            n_found += is_word;
        }
    g_assert_cmpuint(n_found, >, 1000);
    g_assert_false(command_words_may_begin("Radweg-Ausbau: bitte bald"));
    g_assert_true(command_words_may_begin("neu-bau"));
    g_autofree char *far = g_strdup_printf("Radweg: %0999d", 0); /* too long to be looked at as a whole */
    g_assert_true(command_words_may_begin(far));
}

static void test_texts(void)
{
    static const struct {
        const char *text;
        enum command command;
    } rows[] = {
        {"STOPP, so geht es nicht weiter.", COMMAND_STOP},
        {"Guten Tag,\n\nlöschen - bitte", COMMAND_DELETE},
        {"> Zitat\nUnterstützen!\nIch bin dabei.", COMMAND_SUPPORT},
        {"Hinweis: das ist neu", COMMAND_NOTE},
        {"Neu: Die Brücke soll weg.", COMMAND_CORRECT},
        {"Neu wäre eine Brücke.", COMMAND_NONE},
        {"Radweg-Ausbau: bitte bald", COMMAND_NONE},
        {"Ja, aber nicht so.", COMMAND_NONE},
        {"Der Radweg endet.\nSTOPP", COMMAND_NONE},
        {"", COMMAND_NONE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].text);
        g_assert_cmpint(command_begun_with(rows[i].text), ==, rows[i].command);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/begun/every-row", test_every_row);
    g_test_add_func("/begun/texts", test_texts);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people type into a search is never an operator of the index, and finds longer words.
 */
#include "base/limits.h"
#include "forum/find.h"

#include <string.h>

static void test_expression(void)
{
    static const struct {
        const char *words, *expression;
    } cases[] = {
        {"Tarif", "\"Tarif\"*"},
        {"  ein   Tarif ", "\"ein\"* AND \"Tarif\"*"},
        {"ab Ö", "\"ab\" AND \"Ö\""},
        {"größe", "\"größe\"*"},
        {"\"ein Tarif\" Ruhr", "\"ein Tarif\" AND \"Ruhr\"*"},
        {"„ein Tarif“ Ruhr", "\"ein Tarif\" AND \"Ruhr\"*"},
        {"»ein Tarif« x", "\"ein Tarif\" AND \"x\""},
        {"\"offen bis zum Ende", "\"offen bis zum Ende\""},
        {"NEAR(a b) OR text:x^ -y*", "\"NEAR(a\"* AND \"b)\" AND \"OR\" AND \"text:x^\"* AND \"-y*\"*"},
        {"", NULL},
        {" \t\n", NULL},
        {"\"\" - * ()", NULL},
        {"a\"b\"c", "\"a\" AND \"b\" AND \"c\""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *expression = find_expression(cases[i].words);
        g_assert_cmpstr(expression, ==, cases[i].expression);
    }
}

static void test_limit(void)
{
    g_autoptr(GString) words = g_string_new(NULL);

    for (guint i = 0; i < LIMIT_FIND_WORDS + 3; i++)
        g_string_append_printf(words, "wort%u ", i);
    g_autofree char *expression = find_expression(words->str);
    g_auto(GStrv) parts = g_strsplit(expression, " AND ", -1);
    g_assert_cmpuint(g_strv_length(parts), ==, LIMIT_FIND_WORDS);
}

static void test_title(void)
{
    static const struct {
        const char *words, *title;
        bool is_there;
    } cases[] = {
        {"ticket", "Ein Ticket für alle", true},
        {"TICKET ein", "Ein Ticket für alle", true},
        {"ÖFFENTLICH", "öffentliche Bäder", true},
        {"ticket zug", "Ein Ticket für alle", false},
        {"100%", "100 Bäume", false},
        {"", "Ein Ticket", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(find_is_in_title(cases[i].words, cases[i].title), ==, cases[i].is_there);
    g_autofree char *pattern = find_title_pattern("Öl% x"), *none = find_title_pattern("");
    g_assert_cmpstr(pattern, ==, "%_l_%");
    g_assert_cmpstr(none, ==, "%");
}

/* The longest words of each, none twice, none that stands everywhere. */
static void test_similar(void)
{
    static const struct {
        const char *title, *text, *expression;
    } cases[] = {
        {"Mehr Radwege", "Radwege zu den Schulen!", "\"radwege\" OR \"schulen\""},
        {"Das ist so", "es war mal da", NULL},
        {"", "ÖFFENTLICH \"Plätze\" OR x* öffentlich", "\"öffentlich\" OR \"plätze\""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *expression = find_similar(cases[i].title, cases[i].text);
        g_assert_cmpstr(expression, ==, cases[i].expression);
    }
    g_autoptr(GString) many = g_string_new(NULL);
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(many, "langeswort%u ", i);
    g_autofree char *expression = find_similar(many->str, many->str);
    g_auto(GStrv) parts = g_strsplit(expression, " OR ", -1);
    g_assert_cmpuint(g_strv_length(parts), ==, 2 * LIMIT_FIND_WORDS);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/find/expression", test_expression);
    g_test_add_func("/find/limit", test_limit);
    g_test_add_func("/find/title", test_title);
    g_test_add_func("/find/similar", test_similar);
    return g_test_run();
}

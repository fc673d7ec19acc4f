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
        {"Tarif", "\"tarif\"*"},
        {"  ein   Tarif ", "\"ein\"* AND \"tarif\"*"},
        {"ab Ö", "\"ab\" AND \"ö\""},
        {"größe", "(\"größ\"* OR \"gröss\"*)"},
        {"\"ein Tarif\" Ruhr", "\"ein Tarif\" AND \"ruhr\"*"},
        {"„ein Tarif“ Ruhr", "\"ein Tarif\" AND \"ruhr\"*"},
        {"»ein Tarif« x", "\"ein Tarif\" AND \"x\""},
        /* endings */
        {"Radweg", "\"radweg\"*"},
        {"Radwege", "\"radweg\"*"},
        {"RADWEGEN", "\"radweg\"*"},
        {"Häuser", "\"häus\"*"},
        {"Kindern", "\"kind\"*"},
        {"Bürgerinnen", "\"bürger\"*"},
        {"Verkehrs", "\"verkehr\"*"},
        {"Haus", "\"haus\"*"},
        {"Bus", "\"bus\"*"},
        {"tickets", "\"ticket\"*"},
        /* short stems begin too many words */
        {"Orte", "(\"orte\"* OR \"ort\")"},
        {"Räder", "(\"räder\"* OR \"räd\")"},
        {"den", "\"den\"*"},
        /* spellings */
        {"Straße", "(\"straß\"* OR \"strass\"*)"},
        {"Strasse", "(\"strass\"* OR \"straß\"*)"},
        {"Buerger", "(\"buerg\"* OR \"burg\"*)"},
        {"neue", "(\"neue\"* OR \"neu\"* OR \"neu\")"},
        {"\"offen bis zum Ende", "\"offen bis zum Ende\""},
        {"NEAR(a b) OR text:x^ -y*", "\"NEAR(a\"* AND \"b)\" AND \"or\" AND \"text:x^\"* AND \"-y*\"*"},
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

/* Whole words: never a beginning, so never a *. */
static void test_whole(void)
{
    static const struct {
        const char *words, *has, *lacks;
    } cases[] = {
        {"Radwegen", "\"radweg\" OR ", "*"},
        {"Radweg", "\"radwege\" OR ", "*"},
        {"Orte", "\"ort\"", "*"},
        {"Strasse", "\"straßen\"", "*"},
        {"ab Ö", "AND (\"ö\"", "*"},
        {"\"ein Tarif\" Ruhr", "\"ein Tarif\" AND (\"ruhr\"", "*"},
        {"NEAR(a b) OR text:x^ -y*", "\"text:x^\"", "\"*"},
        {"Bürgerinnen", "\"bürger\"", "*"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *expression = find_whole(cases[i].words);
        g_test_message("%s", expression);
        g_assert_nonnull(strstr(expression, cases[i].has));
        g_assert_null(strstr(expression, cases[i].lacks));
    }
    g_assert_null(find_whole(" - "));
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
        {"Tickets", "Ein Ticket für alle", true},
        {"Bäume", "Hundert Baum", true},
        {"Strasse", "Die Straßen", true},
        {"Buerger", "Alle Bürgerinnen", true},
        {"\"für alle\"", "Ein Ticket für alle", true},
        {"\"alle für\"", "Ein Ticket für alle", false},
        {"100%", "Hundert Bäume", false},
        {"", "Ein Ticket", false},
        {"weg", "Der Radweg", true}, /* anywhere in a word, if it is long enough for that */
        {"S1", "Die S1 am Abend", true},
        {"S1", "S11", true},
        {"11", "S11", false},
        {"Öl", "Ölheizungen weg", true},
        {"Öl", "Das Gewölbe", false},
        {"B", "Die B 27", true},
        {"B", "Ein Baum", false},
        {"\"für a\"", "Ein Ticket für alle", true},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(find_is_in_title(cases[i].words, cases[i].title), ==, cases[i].is_there);
}

/* The same for the index, whose pieces have three letters. */
static void test_titles(void)
{
    static const struct {
        const char *words, *expression;
    } cases[] = {
        {"Häuser", "(\"haus\")"},
        {"Straße Öl", "(\"strass\") AND (\" ol\")"},
        {"Buerger", "(\"buerg\" OR \"burg\")"},
        {"B \"für alle\"", "(\" b \") AND (\"fur alle\")"},
        {"NEAR(a b) OR x*", "(\"near a\") AND (\" b \") AND (\" or\") AND (\" x \")"},
        {" - ", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *expression = find_titles(cases[i].words);
        g_assert_cmpstr(expression, ==, cases[i].expression);
    }
    g_autofree char *title = find_title_words("Die „B 27“: Öl-Heizung");
    g_assert_cmpstr(title, ==, " die b 27 olheizung ");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/find/expression", test_expression);
    g_test_add_func("/find/whole", test_whole);
    g_test_add_func("/find/limit", test_limit);
    g_test_add_func("/find/title", test_title);
    g_test_add_func("/find/titles", test_titles);
    return g_test_run();
}

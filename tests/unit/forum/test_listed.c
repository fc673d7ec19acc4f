/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers to the list of texts that wait: what is a line of it, and what makes the whole answer unclear.
 */
#include "forum/listed.h"

#include "base/limits.h"

static const struct {
    const char *text, *lines; /* "NUMBER=TEXT|...", NULL unclear */
} cases[] = {
    {"4 frei", "4=frei"},
    {"4 FREI\n7 ablehnen: Zu lang.\n", "4=FREI|7=ablehnen: Zu lang."},
    {"#4: frei\nzu 7. frei\n9) frei\nzu #12 frei", "4=frei|7=frei|9=frei|12=frei"},
    {"Guten Tag,\n\n4 frei\n\nViele Gr\303\274\303\237"
     "e\nMarta",
     "4=frei"},
    {"4 ablehnen: Bitte ohne\nden Namen.\n7 frei", "4=ablehnen: Bitte ohne\nden Namen.|7=frei"},
    {"4 frei\n\n7 frei", "4=frei|7=frei"},
    {"frei", NULL},
    {"Alle frei\n4 frei", NULL},
    {"4", NULL},
    {"4 5 frei", NULL},
    {"", NULL},
    {"1234567890123456 frei", NULL},
};

static void test_cases(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GPtrArray) lines = listed_parse(cases[i].text, LIMIT_MODERATE_LINES);
        g_autoptr(GString) all = g_string_new(NULL);
        for (guint k = 0; lines != NULL && k < lines->len; k++) {
            const struct listed_line *l = lines->pdata[k];
            g_string_append_printf(all, "%s%" G_GINT64_FORMAT "=%s", k > 0 ? "|" : "", l->number, l->text);
        }
        g_assert_cmpstr(lines != NULL ? all->str : NULL, ==, cases[i].lines);
    }
}

static void test_most(void)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 1; i <= LIMIT_MODERATE_LINES; i++)
        g_string_append_printf(text, "%u frei\n", i);
    g_autoptr(GPtrArray) all = listed_parse(text->str, LIMIT_MODERATE_LINES);
    g_assert_cmpuint(all->len, ==, LIMIT_MODERATE_LINES);
    g_string_append(text, "999 frei\n");
    g_assert_null(listed_parse(text->str, LIMIT_MODERATE_LINES));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/listed/cases", test_cases);
    g_test_add_func("/listed/most", test_most);
    return g_test_run();
}

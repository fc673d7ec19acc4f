/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding a text by language and name with its fall-backs, joining of wrapped paragraphs, marks that only a template
 * can set, words and dates.
 */
#include "text/templates.h"
#include "text/wrap.h"

#include <string.h>

static struct templates *small(void)
{
    struct templates *t = templates_new("de");
    err_auto struct err e = {0};

    g_assert_true(templates_add(t, "de", "error", "Subject: Fehler\n\nallgemein\n{{>_foot}}", &e));
    g_assert_true(templates_add(t, "de", "error-empty", "Subject: Leer {{x}}\n\nleer\n{{>_foot}}", &e));
    g_assert_true(templates_add(t, "de", "_foot", "\n--\nFuß von {{x}}\n", &e));
    g_assert_true(templates_add(t, "en", "error", "Subject: Error\n\ngeneral\n{{>_foot}}", &e));
    g_assert_true(templates_add_words(t, "de",
                                      "# Monate\nmonth_3 = März\ndate = {{day}}. {{month}} {{year}}\n"
                                      "date_time = {{day}}. {{month}} {{year}}, {{hour}}:{{minute}} Uhr\n"
                                      "via=über\n",
                                      &e));
    g_assert_true(templates_add_words(t, "en", "month_3 = March\n", &e));
    return t;
}

static const struct find_case {
    const char *language, *name, *subject, *found;
} find_cases[] = {
    {"de", "error-empty", "Leer X", "de"},
    {"de", "error-empty-reply", "Leer X", "de"},
    {"de", "error-other-thing", "Fehler", "de"},
    {"de", "error", "Fehler", "de"},
    {"en", "error-empty", "Error", "en"}, /* the last word goes before the language does */
    {"EN-gb", "error-empty", "Error", "en"},
    {"fr", "error-empty", "Leer X", "de"},
    {NULL, "error-empty", "Leer X", "de"},
    {"de", "post", NULL, NULL},
    {"de", "_foot", NULL, NULL}, /* a part is no mail */
};

static void test_finding(void)
{
    templates_auto t = small();
    value_auto data = value_map();

    value_set_string(data, "x", "X");
    for (guint i = 0; i < G_N_ELEMENTS(find_cases); i++) {
        err_auto struct err e = {0};
        struct written w;
        bool found = templates_write(t, find_cases[i].language, find_cases[i].name, data, &w, &e);
        g_assert_true(found == (find_cases[i].subject != NULL));
        g_assert_cmpstr(w.subject, ==, find_cases[i].subject);
        g_assert_cmpstr(w.language, ==, find_cases[i].found);
        written_clear(&w);
    }
    g_assert_cmpstr(templates_languages(t)[0], ==, "de");
    g_assert_cmpstr(templates_languages(t)[1], ==, "en");
    g_assert_null(templates_languages(t)[2]);
}

static void test_partial_and_footer(void)
{
    templates_auto t = small();
    value_auto data = value_map();
    struct written w;

    value_set_string(data, "x", "\n--\n\003\nwir");
    g_assert_true(templates_write(t, "de", "error", data, &w, NULL));
    g_assert_cmpstr(w.body, ==, "allgemein\n\n\003\nFuß von \n--\n\nwir\n");
    g_autofree char *plain = text_flowed(w.body, NULL);
    g_assert_cmpstr(plain, ==, "allgemein\n\n-- \nFuß von\n--\n\nwir\n");
    written_clear(&w);
    /* English has no such part, so it stays away. */
    g_assert_true(templates_write(t, "en", "error", data, &w, NULL));
    g_assert_cmpstr(w.body, ==, "general\n");
    written_clear(&w);
}

static const struct join_case {
    const char *source, *body;
} join_cases[] = {
    {"Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir sagen\nIhnen vielen Dank!\n",
     "Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir sagen Ihnen vielen Dank!\n"},
    {"Kurz\nund gut\n", "Kurz\nund gut\n"},
    {"Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir sagen\n{{#x}}\nIhnen\n{{/x}}\nvielen Dank!\n",
     "Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir sagen\nIhnen\nvielen Dank!\n"},
    {"- Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir\n  sagen Ihnen vielen Dank!\n- zwei\n",
     "- Ihre Idee für das Forum Mobilität ist bei uns angekommen, und wir sagen Ihnen vielen Dank!\n- zwei\n"},
    {"1. Öffnen Sie diese Seite und klicken Sie auf „Bestätigen“:\n   {{x}}\n",
     "1. Öffnen Sie diese Seite und klicken Sie auf „Bestätigen“:\n   X\n"},
    {"# Titel\n## Unter\n~tr\nx\n~\n--\nFuß\n", "\001Titel\n\002Unter\n\004tr\nx\n\004\n\003\nFuß\n"},
    {"#Kein Titel\n", "#Kein Titel\n"},
};

static void test_joining(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(join_cases); i++) {
        templates_auto t = templates_new("de");
        value_auto data = value_map();
        g_autofree char *source = g_strconcat("Subject: x\n\n", join_cases[i].source, NULL);
        struct written w;
        value_set_string(data, "x", "X");
        g_assert_true(templates_add(t, "de", "a", source, NULL));
        g_assert_true(templates_write(t, "de", "a", data, &w, NULL));
        g_assert_cmpstr(w.body, ==, join_cases[i].body);
        written_clear(&w);
    }
}

static void test_uses(void)
{
    templates_auto t = small();

    g_assert_true(templates_uses(t, "de", "error-empty", "x"));
    g_assert_true(templates_uses(t, "de", "error", "x"));  /* in its footer */
    g_assert_false(templates_uses(t, "en", "error", "x")); /* English has no footer here */
    g_assert_false(templates_uses(t, "de", "error", "y"));
    g_assert_false(templates_uses(t, "de", "nothing", "x"));
}

static void test_lint(void)
{
    static const char *const known[] = {"x", NULL};
    static const char *const expected[] = {"de/post: nothing is ever put in for {{y}}",
                                           "de/post: nothing is ever put in for {{z}}", "en/error: there is no part {{>_foot}}"};
    templates_auto t = small();
    err_auto struct err e = {0};
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);

    g_assert_true(templates_add(t, "de", "post", "Subject: {{x.y}}\n\n{{#y}}{{.}}{{/y}}{{^z}}{{>_foot}}{{/z}}\n", &e));
    templates_lint(t, known, findings);
    g_assert_cmpuint(findings->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < findings->len; i++)
        g_assert_cmpstr(findings->pdata[i], ==, expected[i]);
    g_assert_true(templates_has(t, "de", "error-other") && templates_has(t, "en-GB", "error-empty"));
    g_assert_false(templates_has(t, "en", "post") || templates_has(t, "fr", "error") || templates_has(t, "de", "_foot"));
}

static void test_subject_is_one_line(void)
{
    templates_auto t = small();
    value_auto data = value_map();
    struct written w;

    value_set_string(data, "x", "a\r\nBcc: b@example.org\n");
    g_assert_true(templates_write(t, "de", "error-empty", data, &w, NULL));
    g_assert_cmpstr(w.subject, ==, "Leer a Bcc: b@example.org");
    written_clear(&w);
}

static const struct bad_case {
    const char *source, *text;
} bad_cases[] = {
    {"Hallo\n", "template de/a: its first line must be \"Subject: ...\", its second one empty"},
    {"Subject: x\nHallo\n", "template de/a: its first line must be \"Subject: ...\", its second one empty"},
    {"Subject: x\n\n{{#a}}\n", "template de/a, line 1: a section is never closed: a"},
    {"Subject: {{x\n\nHallo\n", "template de/a, line 1: a tag is not closed"},
    {"Subject: x\n\na\r\n", "template de/a: it must be UTF-8 with plain line ends and no control characters"},
    {"Subject: x\n\na\xff\n", "template de/a: it must be UTF-8 with plain line ends and no control characters"},
};

static void test_bad_files(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(bad_cases); i++) {
        templates_auto t = templates_new("de");
        err_auto struct err e = {0};
        g_assert_false(templates_add(t, "de", "a", bad_cases[i].source, &e));
        g_assert_cmpint(e.kind, ==, ERR_CONFIG);
        g_assert_cmpstr(e.text, ==, bad_cases[i].text);
    }
    templates_auto t = templates_new("de");
    err_auto struct err e = {0};
    g_assert_false(templates_add_words(t, "de", "a = b\nohne\n", &e));
    g_assert_cmpstr(e.text, ==, "words of de, line 2: not \"key = word\"");
}

static void test_words_and_dates(void)
{
    templates_auto t = small();
    g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier("Europe/Berlin");

    g_assert_nonnull(berlin);
    g_assert_cmpstr(templates_word(t, "en", "month_3"), ==, "March");
    g_assert_cmpstr(templates_word(t, "en", "via"), ==, "über");
    g_assert_cmpstr(templates_word(t, "fr", "nothing"), ==, "nothing");
    g_autofree char *date = templates_date(t, "de-AT", 1772431200, berlin);
    g_assert_cmpstr(date, ==, "2. März 2026");
    g_autofree char *time = templates_date_time(t, "de", 1772431200 + 300, berlin);
    g_assert_cmpstr(time, ==, "2. März 2026, 7:05 Uhr");
    /* The day changes with the zone; English has no pattern of its own here. */
    g_autofree char *utc = templates_date(t, "en", 1772431200 - 8 * 3600, NULL);
    g_assert_cmpstr(utc, ==, "1. März 2026");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/templates/finding", test_finding);
    g_test_add_func("/templates/partial-and-footer", test_partial_and_footer);
    g_test_add_func("/templates/joining", test_joining);
    g_test_add_func("/templates/uses", test_uses);
    g_test_add_func("/templates/lint", test_lint);
    g_test_add_func("/templates/subject", test_subject_is_one_line);
    g_test_add_func("/templates/bad-files", test_bad_files);
    g_test_add_func("/templates/words-and-dates", test_words_and_dates);
    return g_test_run();
}

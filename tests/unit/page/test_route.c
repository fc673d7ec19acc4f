/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which page a path means, and in which language.
 */
#include "page/route.h"

#include <string.h>

static void test_paths(void)
{
    static const struct {
        const char *path, *page, *part;
        /* clang-format off */
    } cases[] = {
        {"/style.css", "style", NULL}, {"/healthz", "healthz", NULL},   {"/c/1-2-abc", "confirm", "1-2-abc"},
        {"/u/x", "leave", "x"},        {"/c/", NULL, NULL},             {"/c", NULL, NULL},
        {"/c/1/2", NULL, NULL},        {"/c/1/", NULL, NULL},           {"/C/1", NULL, NULL},
        {"/abo/neues", "subscribe", "neues"}, {"/p/x", "preferences", "x"}, {"/nothing", NULL, NULL},      {"", NULL, NULL},                {"//c/1", NULL, NULL},
        {"/c/..", "confirm", ".."},    {"/style.css/", NULL, NULL},     {"/healthz2", NULL, NULL},
        {"*", NULL, NULL},
    };
    /* clang-format on */

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *part[PAGE_PARTS] = {0};
        const struct page_route *route = route_find_page(cases[i].path, part);
        g_test_message("%s", cases[i].path);
        g_assert_cmpstr(route != NULL ? route->name : NULL, ==, cases[i].page);
        if (route != NULL)
            g_assert_cmpstr(part[0], ==, cases[i].part);
        for (guint k = 0; k < PAGE_PARTS; k++)
            g_free(part[k]);
    }
}

/* A kept page is the same whatever stands in the query, but for what it reads there. */
static void test_queries(void)
{
    static const struct {
        const char *path, *name;
        bool reads;
    } cases[] = {
        {"/forum/x", "vor", true}, {"/forum/x", "x", false},
        {"/forum/x", "q", false},  {"/suche", "q", true},
        {"/suche", "forum", true}, {"/suche", "vor", true},
        {"/suche", "Q", false},    {"/idee/1", "vor", false},
        {"/", "vor", false},       {"/schreibtisch", "anything", true},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *part[PAGE_PARTS] = {0};
        g_assert_cmpint(route_reads_query(route_find_page(cases[i].path, part), cases[i].name), ==, cases[i].reads);
        for (guint k = 0; k < PAGE_PARTS; k++)
            g_free(part[k]);
    }
}

static char *const languages[] = {"de", "en", NULL};

static void test_prefix(void)
{
    static const struct {
        const char *path, *rest, *language, *prefix;
    } cases[] = {
        {"/en/c/1", "/c/1", "en", "/en"},   {"/c/1", "/c/1", NULL, ""},   {"/en", "/", "en", "/en"},  {"/en/", "/", "en", "/en"},
        {"/end/c", "/end/c", NULL, ""},     {"/fr/c", "/fr/c", NULL, ""}, {"/de/", "/", "de", "/de"}, {"", "", NULL, ""},
        {"/en/en/c", "/en/c", "en", "/en"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *language;
        g_autofree char *prefix = NULL;
        g_test_message("%s", cases[i].path);
        g_assert_cmpstr(route_take_language(cases[i].path, languages, &language, &prefix), ==, cases[i].rest);
        g_assert_cmpstr(language, ==, cases[i].language);
        g_assert_cmpstr(prefix, ==, cases[i].prefix);
    }
}

static void test_accept_language(void)
{
    static const struct {
        const char *header, *language;
    } cases[] = {
        {NULL, "de"},
        {"en", "en"},
        {"en-GB,en;q=0.9,de;q=0.1", "en"},
        {"tr, en;q=0.5, de;q=0.7", "de"},
        {"fr", "de"},
        {"*", "de"},
        {"english", "de"},
        {"EN", "en"},
        {"en;q=0", "de"},
        {"de;q=0,en;q=0.1", "en"},
        {"", "de"},
        {";;;,,,q=", "de"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].header != NULL ? cases[i].header : "(none)");
        g_assert_cmpstr(route_choose_language(cases[i].header, languages), ==, cases[i].language);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/route/queries", test_queries);
    g_test_add_func("/route/paths", test_paths);
    g_test_add_func("/route/prefix", test_prefix);
    g_test_add_func("/route/accept-language", test_accept_language);
    return g_test_run();
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which pages are files, and what they are called.
 */
#include "page/published.h"

#include <string.h>

static void test_routes(void)
{
    static const char *const asked[] = {"search", "contribute", "desk", "healthz", "confirm", "subscribe"};
    const struct page_route *route;
    guint n = 0;

    for (gsize i = 0; (route = route_at(i)) != NULL; i++) {
        g_test_message("%s", route->pattern);
        if (published_is(route))
            g_assert_true(published_is_known(route));
        for (gsize k = 0; k < G_N_ELEMENTS(asked); k++)
            g_assert_false(strcmp(route->name, asked[k]) == 0 && published_is(route));
        n += published_is(route);
    }
    g_assert_cmpuint(n, >=, 15);
}

static void test_unknown(void)
{
    const struct page_route unknown = {.pattern = "/etwas/*"}, known = {.pattern = "/idee/*/atom.xml"};

    g_assert_false(published_is_known(&unknown));
    g_assert_true(published_is_known(&known));
}

static void test_files(void)
{
    static const struct {
        const char *path, *file, *tombstone;
    } cases[] = {
        {"/", "index.html", "index.gone.html"},
        {"/en/", "en/index.html", "en/index.gone.html"},
        {"/daten/", "daten/index.html", "daten/index.gone.html"},
        {"/idee/1", "idee/1.html", "idee/1.gone.html"},
        {"/en/idee/1", "en/idee/1.html", "en/idee/1.gone.html"},
        {"/idee/1/atom.xml", "idee/1/atom.xml", "idee/1/atom.xml.gone.html"},
        {"/idee/1/mbox", "idee/1/mbox", "idee/1/mbox.gone.html"},
        {"/style.css", "style.css", "style.css.gone.html"},
        {"/forum/mbox", "forum/mbox.html", "forum/mbox.gone.html"},
        {"/forum/verkehr.nord", "forum/verkehr.nord.html", "forum/verkehr.nord.gone.html"},
        {"/en/newsletter/brief.neu/7", "en/newsletter/brief.neu/7.html", "en/newsletter/brief.neu/7.gone.html"},
        {"/en/newsletter/brief.neu/atom.xml", "en/newsletter/brief.neu/atom.xml", "en/newsletter/brief.neu/atom.xml.gone.html"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *file = published_file(cases[i].path), *tombstone = published_tombstone(cases[i].path);
        g_assert_cmpstr(file, ==, cases[i].file);
        g_assert_cmpstr(tombstone, ==, cases[i].tombstone);
        g_assert_true(published_is_file(file));
        g_assert_true(published_is_file(tombstone));
    }
}

static void test_foreign(void)
{
    static const char *const foreign[] =
        {"favicon.ico",      ".well-known/x.html", "bilder/atom.xml", "idee/1.html.bak", "idee/1",
         "idee/1/mbox.html", "schreibtisch.html",  "suche.html",      "style.css.html",  ""};

    for (gsize i = 0; i < G_N_ELEMENTS(foreign); i++) {
        g_test_message("%s", foreign[i]);
        g_assert_false(published_is_file(foreign[i]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/published/routes", test_routes);
    g_test_add_func("/published/unknown", test_unknown);
    g_test_add_func("/published/files", test_files);
    g_test_add_func("/published/foreign", test_foreign);
    return g_test_run();
}

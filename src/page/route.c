/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of pages and how it is read; see route.h.
 */
#include "page/route.h"

#include <string.h>

#define MOST_WISHES 20 /* of Accept-Language that are looked at */

static const struct page_route routes[] = {
#define PAGE(name, pattern, methods, who, cache, sentence) {#name, pattern, methods, who, cache, page_##name},
#include "page/routes.def"
#undef PAGE
};

/* Both begin behind a slash. A `*` takes one whole part. */
static bool fits(const char *pattern, const char *path, char **part_out)
{
    guint n_parts = 0;

    while (*pattern != '\0') {
        if (*pattern == '*') {
            gsize n = strcspn(path, "/");
            if (n == 0 || n_parts == PAGE_PARTS)
                return false;
            g_free(part_out[n_parts]);
            part_out[n_parts++] = g_strndup(path, n);
            path += n;
            pattern++;
        } else if (*pattern++ != *path++)
            return false;
    }
    return *path == '\0';
}

/* What pages that are kept read of a query. Whatever else stands there changes nothing of them. */
static const struct {
    const char *page, *query;
} queries[] = {{"forum", "vor"},    {"search", "q"},       {"search", "forum"}, {"search", "vor"},
               {"search", "stand"}, {"search", "sprache"}, {"search", "von"},   {"search", "bis"}};

bool route_reads_query(const struct page_route *r, const char *name)
{
    bool found = r->cache != CACHE_SHARED;

    for (gsize i = 0; i < G_N_ELEMENTS(queries) && !found; i++)
        found = strcmp(queries[i].page, r->name) == 0 && strcmp(queries[i].query, name) == 0;
    return found;
}

const struct page_route *route_at(gsize i)
{
    return i < G_N_ELEMENTS(routes) ? &routes[i] : NULL;
}

const struct page_route *route_find_page(const char *path, char **part_out)
{
    for (gsize i = 0; i < G_N_ELEMENTS(routes); i++)
        if (fits(routes[i].pattern, path, part_out))
            return &routes[i];
    return NULL;
}

const char *route_take_language(const char *path, char *const *languages, const char **language_out, char **prefix_out)
{
    *language_out = NULL;
    for (guint i = 0; languages[i] != NULL; i++) {
        gsize n = strlen(languages[i]);
        if (path[0] != '/' || strncmp(path + 1, languages[i], n) != 0 || (path[n + 1] != '/' && path[n + 1] != '\0'))
            continue;
        *language_out = languages[i];
        *prefix_out = g_strdup_printf("/%s", languages[i]);
        return path[n + 1] == '/' ? path + n + 1 : "/";
    }
    *prefix_out = g_strdup("");
    return path;
}

/* How much WISH ("en-GB;q=0.8") likes LANGUAGE; 0 not at all. */
static double liking(const char *wish, const char *language)
{
    gsize n = strlen(language);
    const char *q = strstr(wish, ";q=");

    if (g_ascii_strncasecmp(wish, language, n) != 0 || (wish[n] != '\0' && strchr("-; ", wish[n]) == NULL))
        return 0;
    return q != NULL ? g_ascii_strtod(q + strlen(";q="), NULL) : 1;
}

const char *route_choose_language(const char *header, char *const *languages)
{
    const char *best = languages[0];
    double most = 0;

    if (header == NULL)
        return best;
    g_auto(GStrv) wishes = g_strsplit(header, ",", MOST_WISHES);
    for (char **w = wishes; *w != NULL; w++)
        for (guint i = 0; languages[i] != NULL; i++) {
            double much = liking(g_strstrip(*w), languages[i]);
            if (much > most) {
                most = much;
                best = languages[i];
            }
        }
    return best;
}

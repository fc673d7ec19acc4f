/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths and file names; see published.h.
 */
#include "page/published.h"

#include "base/limits.h"
#include "forum/route.h"
#include "page/newsletter.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/lists.h"
#include "store/posts.h"
#include "store/proposals.h"

#include <string.h>

/* Things that a path names, each with the paths of PATTERN for what C says has changed. */
struct things {
    const char *prefix; /* of the patterns, behind it comes the first `*` */
    bool (*list)(struct gateway *g, const struct news *c, const char *pattern, GPtrArray *paths, struct err *e);
};

static char *fill(const char *pattern, const char *word)
{
    const char *star = strchr(pattern, '*');

    return g_strdup_printf("%.*s%s%s", (int)(star - pattern), pattern, word, star + 1);
}

static void add_number(GPtrArray *paths, const char *pattern, row_id id)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, id);

    g_ptr_array_add(paths, fill(pattern, number));
}

/* A name from before such were refused: its pages are no files, the process answers them. */
static void add_name(GPtrArray *paths, const char *pattern, const char *name)
{
    if (!route_is_file_word(name))
        g_ptr_array_add(paths, fill(pattern, name));
}

/* Those that list ideas of which anything happened. */
static bool list_forums(struct gateway *g, const struct news *c, const char *pattern, GPtrArray *paths, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(g->db, e);
    g_autoptr(GPtrArray) aliases = all != NULL && c->is_all ? forums_aliases(g->db, e) : NULL;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        if (c->is_all || c->is_moved || g_hash_table_contains(c->forums, &forum->id))
            add_name(paths, pattern, forum->name);
    }
    for (guint i = 0; aliases != NULL && i < aliases->len; i++)
        add_name(paths, pattern, ((struct forum_alias *)aliases->pdata[i])->name);
    return e->kind == ERR_NONE;
}

struct listing {
    struct gateway *g;
    GPtrArray *paths;
    const char *pattern; /* with a second `*` for pages of a discussion */
    struct err *e;
};

/* THING: an idea or proposal, whose discussion is IDEA. */
static bool add_discussion(struct listing *l, row_id thing, row_id idea)
{
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, thing), *path = fill(l->pattern, number);

    if (strchr(path, '*') == NULL) {
        g_ptr_array_add(l->paths, g_steal_pointer(&path));
        return true;
    }
    gint64 last = posts_last_number(l->g->db, idea, l->e);
    for (gint64 k = 2; k <= (last - 1) / LIMIT_PAGE_POSTS + 1; k++)
        add_number(l->paths, path, k);
    return last >= 0;
}

static bool add_idea(const struct idea *idea, void *user)
{
    return add_discussion(user, idea->id, idea->id);
}

static bool list_ideas(struct gateway *g, const struct news *c, const char *pattern, GPtrArray *paths, struct err *e)
{
    struct listing l = {g, paths, pattern, e};
    GHashTableIter all;
    gpointer id;

    if (c->is_all)
        return ideas_each(g->db, 0, NULL, add_idea, &l, e) && e->kind == ERR_NONE;
    g_hash_table_iter_init(&all, c->ideas);
    while (g_hash_table_iter_next(&all, &id, NULL))
        if (!add_discussion(&l, *(row_id *)id, *(row_id *)id))
            return false;
    return true;
}

static bool list_proposals(struct gateway *g, const struct news *c, const char *pattern, GPtrArray *paths, struct err *e)
{
    struct listing l = {g, paths, pattern, e};
    g_autoptr(GArray) all = proposals_all(g->db, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        row_id id = g_array_index(all, row_id, i), discussion = 0;
        if (!c->is_all && !g_hash_table_contains(c->proposals, &id))
            continue;
        if (!proposals_discussion(g->db, id, &discussion, e) || !add_discussion(&l, id, discussion))
            return false;
    }
    return all != NULL;
}

/* An issue that lists ideas is looked at whenever one changed: what was taken back is in none. */
static bool list_letters(struct gateway *g, const struct news *c, const char *pattern, GPtrArray *paths, struct err *e)
{
    g_autoptr(GPtrArray) all = lists_all(g->db, e);
    bool is_any = c->is_all || c->has_letters;

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct list *l = all->pdata[i];
        if (route_is_file_word(l->name))
            continue;
        g_autofree char *of_list = fill(pattern, l->name);
        g_autoptr(GPtrArray) issues = strchr(of_list, '*') != NULL ? newsletter_issues(g, l, e) : NULL;
        if (strchr(of_list, '*') == NULL && is_any)
            g_ptr_array_add(paths, g_steal_pointer(&of_list));
        for (guint k = 0; issues != NULL && k < issues->len; k++) {
            const struct issue *issue = issues->pdata[k];
            if (is_any || strstr(issue->source, "{{") != NULL)
                add_number(paths, of_list, issue->number);
        }
    }
    return e->kind == ERR_NONE;
}

static const struct things things[] = {
    {"/forum/", list_forums},
    {"/idee/", list_ideas},
    {"/newsletter/", list_letters},
    {"/vorschlag/", list_proposals},
};

static const struct things *find_things(const char *pattern)
{
    for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
        if (g_str_has_prefix(pattern, things[i].prefix) && pattern[strlen(things[i].prefix)] == '*')
            return &things[i];
    return NULL;
}

bool published_is(const struct page_route *route)
{
    return (route->methods & PAGE_GET) != 0 && route->who == WHO_ALL && route->cache != CACHE_NEVER &&
           strcmp(route->pattern, "/suche") != 0; /* a file knows no words that somebody looks for */
}

bool published_is_known(const struct page_route *route)
{
    return strchr(route->pattern, '*') == NULL || find_things(route->pattern) != NULL;
}

/* Who has all ideas in one file waits for it; who reads a page should not. */
static bool is_large(const struct page_route *route)
{
    return g_str_has_prefix(route->pattern, "/daten/") || strcmp(route->pattern, "/auswertung") == 0 ||
           strcmp(route->pattern, "/sitemap.xml") == 0;
}

GPtrArray *published_paths(struct gateway *g, const struct news *c, bool are_large, struct err *e)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    const struct page_route *route;

    for (gsize i = 0; (route = route_at(i)) != NULL && (c->is_any || c->is_all); i++) {
        const struct things *of = find_things(route->pattern);
        if (!published_is(route) || is_large(route) != are_large)
            continue;
        if (of == NULL)
            g_ptr_array_add(paths, g_strdup(route->pattern));
        else if (!of->list(g, c, route->pattern, paths, e))
            return NULL;
    }
    return g_steal_pointer(&paths);
}

/* ---- Names of files */
/* The route of PATH, whatever language stands in front of it; NULL none. */
static const struct page_route *route_of(const char *path)
{
    char *part[PAGE_PARTS] = {NULL};
    const struct page_route *route = route_find_page(path, part);
    const char *inner = strchr(path + 1, '/');
    gsize n = strspn(path + 1, "abcdefghijklmnopqrstuvwxyz");
    bool is_language = inner != NULL && n >= 2 && n <= 3 && (path[n + 1] == '/' || path[n + 1] == '-');

    if (route == NULL && is_language)
        route = route_find_page(inner, part);
    for (gsize i = 0; i < PAGE_PARTS; i++)
        g_free(part[i]);
    return route;
}

/* A forum may be called `mbox` or `verkehr.nord`: what its path ends with is no name of a file, and its feed stands in a folder. */
static bool has_own_name(const char *path)
{
    const struct page_route *route = route_of(path);

    return route != NULL && !g_str_has_suffix(route->pattern, "*") &&
           (strchr(strrchr(path, '/'), '.') != NULL || g_str_has_suffix(route->pattern, "/mbox"));
}

char *published_file(const char *path)
{
    return g_strconcat(path + 1, g_str_has_suffix(path, "/") ? "index.html" : has_own_name(path) ? "" : ".html", NULL);
}

char *published_tombstone(const char *path)
{
    return g_strconcat(path + 1, g_str_has_suffix(path, "/") ? "index" : "", ".gone.html", NULL);
}

bool published_is_file(const char *file)
{
    static const char *const ends[] = {".gone.html", ".html", ""};
    g_autofree char *path = g_strconcat("/", file, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (!g_str_has_suffix(path, ends[i]))
            continue;
        g_autofree char *one = g_strndup(path, strlen(path) - strlen(ends[i]));
        bool is_index = *ends[i] != '\0' && g_str_has_suffix(one, "/index");
        if (is_index)
            one[strlen(one) - strlen("index")] = '\0';
        const struct page_route *route = route_of(one);
        g_autofree char *name = route == NULL || !published_is(route) ? NULL
                                : i == 0                              ? published_tombstone(one)
                                                                      : published_file(one);
        if (g_strcmp0(name, file) == 0)
            return true;
    }
    return false;
}

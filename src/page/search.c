/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /suche?q=WORDS&forum=NAME: ideas by their title, then posts by their words, newest first, each with the passage where it was
 * found.
 */
#include "page/public.h"

#include "base/limits.h"
#include "forum/find.h"
#include "store/search.h"

#include <string.h>

#define TITLES      10
#define TITLES_SEEN 500 /* that may fit */
#define POSTS       20

/* PASSAGE as pieces, found or not: [{text, is_found}]. */
static struct value *pieces_of(const char *passage)
{
    struct value *list = value_list();

    while (*passage != '\0') {
        bool is_found = *passage == FOUND_BEGIN;
        passage += is_found || *passage == FOUND_END;
        gsize n = strcspn(passage, (const char[]){FOUND_BEGIN, FOUND_END, '\0'});
        struct value *one = value_map();
        value_set(one, "text", value_take(g_strndup(passage, n)));
        value_set_bool(one, "is_found", is_found);
        if (n > 0)
            value_append(list, one);
        else
            value_free(one);
        passage += n;
    }
    return list;
}

static struct value *post_found(const struct page *p, const struct found *f, struct err *e)
{
    struct value *one = value_map();
    g_autofree char *name = public_name(p, f->person_id, e);
    bool is_idea = f->kind == POST_IDEA;

    value_set(one, "post_path",
              value_take(
                  g_strdup_printf("%s/idee/%" G_GINT64_FORMAT "#post-%" G_GINT64_FORMAT, p->prefix, f->idea_id, f->number)));
    value_set_number(one, "number", f->idea_id);
    value_set_number(one, "post_number", f->number);
    value_set_line(one, "title", f->title);
    value_set_bool(one, "is_idea", is_idea);
    value_set_bool(one, "is_official", f->kind == POST_OFFICIAL);
    public_set_maybe(one, "author", name);
    page_set_date(p, one, "written", f->at);
    value_set(one, "pieces", pieces_of(f->passage != NULL ? f->passage : ""));
    return one;
}

static bool set_posts(const struct page *p, struct value *data, const char *words, row_id forum, struct err *e)
{
    g_autofree char *expression = find_expression(words), *q = g_uri_escape_string(words, NULL, FALSE);
    const char *text = page_query(p, "vor"), *name = page_query(p, "forum");
    gint64 before;
    bool is_more = text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &before, NULL);
    g_autoptr(GPtrArray) all = search_posts(p->g->db, expression, forum, is_more ? before : G_MAXINT64, POSTS + 1, e);
    struct value *list = value_list();

    value_set(data, "posts", list);
    for (guint i = 0; all != NULL && i < MIN(all->len, POSTS) && e->kind == ERR_NONE; i++)
        value_append(list, post_found(p, all->pdata[i], e));
    value_set_bool(data, "has_posts", value_length(list) > 0);
    if (all != NULL && all->len > POSTS)
        value_set(data, "older_path",
                  value_take(g_strdup_printf("%s/suche?q=%s&forum=%s&vor=%" G_GINT64_FORMAT, p->prefix, q, forum != 0 ? name : "",
                                             ((struct found *)all->pdata[POSTS - 1])->post_id)));
    return all != NULL && e->kind == ERR_NONE;
}

static bool set_titles(const struct page *p, struct value *data, const char *words, row_id forum, struct err *e)
{
    g_autofree char *pattern = find_title_pattern(words);
    g_autoptr(GPtrArray) all = search_titles(p->g->db, pattern, forum, TITLES_SEEN, e);
    g_autoptr(GPtrArray) fitting = g_ptr_array_new();

    for (guint i = 0; all != NULL && i < all->len && fitting->len < TITLES; i++)
        if (find_is_in_title(words, ((struct idea *)all->pdata[i])->title))
            g_ptr_array_add(fitting, all->pdata[i]);
    value_set_bool(data, "has_ideas", fitting->len > 0);
    return all != NULL && public_set_ideas(p, data, "ideas", fitting, e);
}

/* The forums to choose from; *FORUM_OUT: the one that was chosen, 0 all. */
static bool set_choice(const struct page *p, struct value *data, row_id *forum_out, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(p->g->db, e);
    const char *name = page_query(p, "forum");
    struct value *list = value_list();

    *forum_out = 0;
    value_set(data, "choices", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        bool is_chosen = name != NULL && strcmp(name, forum->name) == 0;
        struct value *one = value_map();
        value_set_string(one, "value", forum->name);
        value_set_line(one, "text", forum->title);
        value_set_bool(one, "is_selected", is_chosen);
        value_append(list, one);
        if (is_chosen)
            *forum_out = forum->id;
    }
    return all != NULL;
}

bool page_search(struct page *p, struct err *e)
{
    value_auto data = value_map();
    const char *q = page_query(p, "q");
    g_autofree char *words = q != NULL ? g_utf8_substring(q, 0, MIN(g_utf8_strlen(q, -1), LIMIT_FIND_CHARS)) : g_strdup("");
    g_autofree char *expression = find_expression(words);
    row_id forum;

    value_set_line(data, "q", words);
    if (!set_choice(p, data, &forum, e))
        return false;
    value_set_bool(data, "is_asked", expression != NULL);
    if (expression != NULL && !(set_titles(p, data, words, forum, e) && set_posts(p, data, words, forum, e)))
        return false;
    return page_show(p, 200, "search", g_steal_pointer(&data), e);
}

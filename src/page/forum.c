/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /forum/NAME: what a forum is about and its ideas, newest first, a page at a time; and /, the whole initiative.
 */
#include "page/public.h"

#include "forum/route.h"
#include "page/newsletter.h"

#include <string.h>

#define IDEAS_A_PAGE   50
#define IDEAS_ON_START 6

/* ?vor=N: the ideas before that number. */
static gint64 before_of(const struct page *p)
{
    const char *text = page_query(p, "vor");
    gint64 before;

    return text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &before, NULL) ? before : G_MAXINT64;
}

static bool set_page_of_ideas(struct page *p, struct value *data, const struct forum *forum, struct err *e)
{
    g_autoptr(GPtrArray) ideas = ideas_public(p->g->db, forum->id, before_of(p), IDEAS_A_PAGE + 1, e);

    if (ideas == NULL)
        return false;
    if (ideas->len > IDEAS_A_PAGE) {
        g_ptr_array_set_size(ideas, IDEAS_A_PAGE);
        const struct idea *last = ideas->pdata[IDEAS_A_PAGE - 1];
        value_set(data, "older_path",
                  value_take(g_strdup_printf("%s/forum/%s?vor=%" G_GINT64_FORMAT, p->prefix, forum->name, last->id)));
    }
    value_set_bool(data, "has_ideas", ideas->len > 0);
    return public_set_ideas(p, data, "ideas", ideas, e);
}

bool page_forum(struct page *p, struct err *e)
{
    g_autofree char *name = g_ascii_strdown(p->part[0], -1);
    forum_auto forum = forums_by_name(p->g->db, name, e);
    value_auto data = value_map();

    if (forum == NULL)
        return e->kind != ERR_NONE ? false : page_say(p, 404, "not-found", e);
    if (strcmp(forum->name, p->part[0]) != 0) {
        g_autofree char *path = g_strconcat("/forum/", forum->name, NULL);
        return page_redirect(p, 301, path, e);
    }
    gint64 n_ideas = ideas_count_public(p->g->db, forum->id, e);
    g_autofree char *feed = g_strconcat(p->path, "/atom.xml", NULL);
    public_set_forum(p, data, forum);
    public_set_head(p, data, p->path, feed);
    value_set_number(data, "n_ideas", n_ideas);
    value_set_bool(data, "is_one_idea", n_ideas == 1);
    return n_ideas >= 0 && set_page_of_ideas(p, data, forum, e) && page_show(p, 200, "forum", g_steal_pointer(&data), e);
}

bool public_set_forums(const struct page *p, struct value *data, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(p->g->db, e);
    struct value *list = value_list();

    value_set(data, "forums", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        gint64 n = ideas_count_public(p->g->db, forum->id, e);
        struct value *one = value_map();
        value_append(list, one);
        public_set_forum(p, one, forum);
        value_set_bool(one, "has_ideas", n > 0);
        value_set_number(one, "n_ideas", n);
        value_set_bool(one, "is_one_idea", n == 1);
        if (n < 0)
            return false;
    }
    value_set_number(data, "n_forums", value_length(list));
    if (all != NULL && all->len > 0)
        public_set_forum(p, data, all->pdata[0]); /* an address to begin with */
    return all != NULL;
}

bool page_start(struct page *p, struct err *e)
{
    value_auto data = value_map();
    g_autoptr(GPtrArray) newest = ideas_public(p->g->db, 0, G_MAXINT64, IDEAS_ON_START, e);

    if (newest == NULL)
        return false;
    public_set_head(p, data, "/", "/atom.xml");
    value_set_bool(data, "has_ideas", newest->len > 0);
    return public_set_ideas(p, data, "ideas", newest, e) && public_set_proposals(p, data, e) && newsletter_set_all(p, data, e) &&
           public_set_forums(p, data, e) && page_show(p, 200, "start", g_steal_pointer(&data), e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /vorschlag/N: a proposal with its state and history, the ideas that it is made of, and the discussion that it is. That one is a row
 * of idea, whose author only stands for the others: it is named nowhere.
 */
#include "page/public.h"
#include "page/thread.h"

#include "forum/route.h"
#include "store/proposals.h"

struct idea *public_proposal(const struct page *p, row_id proposal, struct err *e)
{
    row_id id = 0;
    g_autoptr(GArray) parts = NULL;

    if (!proposals_discussion(p->g->db, proposal, &id, e) || id == 0)
        return NULL;
    idea_auto discussion = ideas_by_id(p->g->db, id, e);
    if (discussion == NULL || !public_may_read(discussion) || (parts = proposals_ideas(p->g->db, proposal, e)) == NULL)
        return NULL;
    for (guint i = 0; i < parts->len; i++) {
        idea_auto idea = ideas_by_id(p->g->db, g_array_index(parts, row_id, i), e);
        if (idea == NULL || idea->ring != RING_PUBLIC)
            return NULL;
    }
    return g_steal_pointer(&discussion);
}

static struct value *describe(const struct page *p, row_id proposal, const struct idea *discussion, const struct forum *forum)
{
    struct value *one = value_map();

    value_set_number(one, "proposal_number", proposal);
    value_set(one, "proposal_path", value_take(g_strdup_printf("%s/vorschlag/%" G_GINT64_FORMAT, p->prefix, proposal)));
    value_set_line(one, "proposal_title", discussion->title);
    public_set_state(p, one, discussion->state);
    value_set_number(one, "n_posts", discussion->n_posts);
    value_set_bool(one, "is_one_n_posts", discussion->n_posts == 1);
    page_set_date(p, one, "made", discussion->published_at);
    public_set_forum(p, one, forum);
    return one;
}

struct value *public_proposal_value(const struct page *p, row_id proposal, struct err *e)
{
    idea_auto discussion = proposal != 0 ? public_proposal(p, proposal, e) : NULL;
    forum_auto forum = discussion != NULL ? forums_by_id(p->g->db, discussion->forum_id, e) : NULL;

    return forum != NULL ? describe(p, proposal, discussion, forum) : value_bool(false);
}

bool public_set_proposals(const struct page *p, struct value *data, struct err *e)
{
    g_autoptr(GArray) all = proposals_all(p->g->db, e);
    struct value *list = value_list();

    value_set(data, "proposals", list);
    for (guint i = all != NULL ? all->len : 0; i > 0 && e->kind == ERR_NONE; i--) {
        row_id id = g_array_index(all, row_id, i - 1);
        idea_auto discussion = public_proposal(p, id, e);
        forum_auto forum = discussion != NULL ? forums_by_id(p->g->db, discussion->forum_id, e) : NULL;
        if (forum != NULL)
            value_append(list, describe(p, id, discussion, forum));
    }
    value_set_bool(data, "has_proposals", value_length(list) > 0);
    return e->kind == ERR_NONE;
}

/* The ideas that the world may still read; one that its author withdrew is not named. */
static bool set_origin(const struct page *p, struct value *data, row_id proposal, struct err *e)
{
    g_autoptr(GArray) parts = proposals_ideas(p->g->db, proposal, e);
    g_autoptr(GPtrArray) ideas = g_ptr_array_new_with_free_func((GDestroyNotify)idea_free);

    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        idea_auto idea = ideas_by_id(p->g->db, g_array_index(parts, row_id, i), e);
        if (idea != NULL && public_may_read(idea))
            g_ptr_array_add(ideas, g_steal_pointer(&idea));
    }
    value_set_bool(data, "has_ideas", ideas->len > 0);
    return e->kind == ERR_NONE && public_set_ideas(p, data, "ideas", ideas, e);
}

static bool set_supporters(const struct page *p, struct value *data, const struct idea *discussion, struct err *e)
{
    gint64 n = 0, n_organisations = 0;
    bool is_counted = ideas_count_supporters(p->g->db, discussion->id, &n, e) &&
                      ideas_count_organisations(p->g->db, discussion->id, &n_organisations, e);

    value_set_number(data, "n_supporters", n);
    value_set_bool(data, "is_one_n_supporters", n == 1);
    value_set_bool(data, "has_supporters", n > 0);
    value_set_number(data, "n_organisations", n_organisations);
    value_set_bool(data, "is_one_n_organisations", n_organisations == 1);
    value_set_bool(data, "has_organisations", n_organisations > 0);
    return is_counted;
}

static bool show(struct page *p, row_id proposal, const struct idea *discussion, const struct forum *forum, gint64 page,
                 struct err *e)
{
    value_auto data = describe(p, proposal, discussion, forum);
    g_autofree char *path = g_strdup_printf("/vorschlag/%" G_GINT64_FORMAT, proposal);
    g_autofree char *feed = g_strconcat(path, "/atom.xml", NULL);
    g_autofree char *subject = g_strdup_printf("Re: %s [vorschlag-%" G_GINT64_FORMAT "]", discussion->title, proposal);
    g_autofree char *address = route_proposal_address(proposal, p->g->domain);

    public_set_head(p, data, path, feed);
    if (!set_supporters(p, data, discussion, e) || !set_origin(p, data, proposal, e) || !thread_set_steps(p, data, discussion, e))
        return false;
    if (!thread_set(p, data, discussion, path, page, address, subject, e))
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_set_line(data, "title", discussion->title);
    value_set(data, "whole_path", value_take(g_strconcat(p->prefix, path, NULL)));
    return page_show(p, 200, page == 1 ? "proposal" : "thread", g_steal_pointer(&data), e);
}

/* Its text is not there while it is a draft again; that it will be is. */
static bool say_reworked(struct page *p, row_id proposal, struct err *e)
{
    row_id id = 0;
    idea_auto was = proposals_public(p->g->db, proposal, &id, e) && id != 0 ? ideas_by_id(p->g->db, id, e) : NULL;
    forum_auto forum = was != NULL ? forums_by_id(p->g->db, was->forum_id, e) : NULL;
    value_auto data = value_map();

    if (forum == NULL)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_set_number(data, "number", proposal);
    value_set_bool(data, "is_reworked", true);
    public_set_forum(p, data, forum);
    return page_show(p, 200, "gone", g_steal_pointer(&data), e);
}

static bool answer_proposal(struct page *p, gint64 page, struct err *e)
{
    gint64 id;
    bool is_number = g_ascii_string_to_signed(p->part[0], 10, 1, G_MAXINT64, &id, NULL);
    idea_auto discussion = is_number ? public_proposal(p, id, e) : NULL;
    forum_auto forum = discussion != NULL ? forums_by_id(p->g->db, discussion->forum_id, e) : NULL;

    if (forum == NULL)
        return e->kind == ERR_NONE && (is_number ? say_reworked(p, id, e) : page_say(p, 404, "not-found", e));
    return show(p, id, discussion, forum, page, e);
}

bool page_proposal(struct page *p, struct err *e)
{
    return answer_proposal(p, 1, e);
}

bool page_proposal_more(struct page *p, struct err *e)
{
    gint64 page = thread_page_of(p);

    return page > 0 ? answer_proposal(p, page, e) : page_say(p, 404, "not-found", e);
}

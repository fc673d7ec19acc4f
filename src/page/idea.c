/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /idee/N: an idea with its state and history, the discussion as a thread, and the ways in. What was taken back or removed
 * is 410 with a page that says so; what the world may not know is 404, as a number that was never given.
 */
#include "page/public.h"
#include "page/thread.h"

#include "forum/route.h"
#include "store/proposals.h"

static void set_files(struct page *p, struct value *data, const struct idea *idea)
{
    g_autofree char *path = g_strdup_printf("/idee/%" G_GINT64_FORMAT, idea->id), *feed = g_strconcat(path, "/atom.xml", NULL);

    public_set_head(p, data, path, feed);
    value_set(data, "mbox_path", value_take(g_strconcat(p->prefix, path, "/mbox", NULL)));
}

/* Where it went on: the idea that it was merged into, the proposal that it is part of. */
static bool set_onward(const struct page *p, struct value *data, const struct idea *idea, struct err *e)
{
    row_id proposal = 0;

    if (idea->merged_into != 0) {
        value_set_number(data, "merged_into", idea->merged_into);
        value_set(data, "merged_path", value_take(g_strdup_printf("%s/idee/%" G_GINT64_FORMAT, p->prefix, idea->merged_into)));
    }
    if (!proposals_of_idea(p->g->db, idea->id, &proposal, e))
        return false;
    value_set(data, "proposal", public_proposal_value(p, proposal, e));
    return e->kind == ERR_NONE;
}

/* The forums beside its own that show it, too. */
static bool set_also(const struct page *p, struct value *data, const struct idea *idea, struct err *e)
{
    g_autoptr(GArray) ids = ideas_forums(p->g->db, idea->id, e);
    struct value *list = value_list();

    value_set(data, "also", list);
    for (guint i = 1; ids != NULL && i < ids->len; i++) {
        forum_auto forum = forums_by_id(p->g->db, g_array_index(ids, row_id, i), e);
        if (forum == NULL)
            return false;
        struct value *one = value_map();
        public_set_forum(p, one, forum);
        value_append(list, one);
    }
    return ids != NULL;
}

/* PAGE 1 is the idea with the beginning of its discussion. */
static bool show_idea(struct page *p, const struct idea *idea, gint64 page, struct err *e)
{
    forum_auto forum = forums_by_id(p->g->db, idea->forum_id, e);
    value_auto data = forum != NULL ? public_idea(p, idea, e) : NULL;
    g_autofree char *address = route_idea_address(idea->id, p->g->domain), *subject = public_subject(idea);

    if (data == NULL)
        return e->kind != ERR_NONE ? false : page_say(p, 404, "not-found", e);
    set_files(p, data, idea);
    public_set_forum(p, data, forum);
    page_set_time(p, data, "written", idea->published_at != 0 ? idea->published_at : idea->created_at);
    value_set_bool(data, "is_not_pursued", idea->state == IDEA_NOT_PURSUED);
    g_autofree char *path = g_strdup_printf("/idee/%" G_GINT64_FORMAT, idea->id);
    if (!set_also(p, data, idea, e) || !set_onward(p, data, idea, e) || !thread_set_steps(p, data, idea, e))
        return false;
    if (!thread_set(p, data, idea, path, page, address, subject, e))
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_set(data, "whole_path", value_take(g_strconcat(p->prefix, path, NULL)));
    return page_show(p, 200, page == 1 ? "idea" : "thread", g_steal_pointer(&data), e);
}

bool public_is_gone(const struct idea *idea)
{
    bool was_public = idea->ring == RING_PUBLIC && idea->published_at != 0;

    return was_public && (idea->state == IDEA_WITHDRAWN || idea->state == IDEA_REMOVED);
}

bool public_say_gone(struct page *p, const struct idea *idea, struct err *e)
{
    forum_auto forum = forums_by_id(p->g->db, idea->forum_id, e);
    value_auto data = value_map();

    if (forum == NULL)
        return false;
    value_set_number(data, "number", idea->id);
    value_set_bool(data, "is_withdrawn", idea->state == IDEA_WITHDRAWN);
    public_set_forum(p, data, forum);
    return page_show(p, 410, "gone", g_steal_pointer(&data), e);
}

static bool answer_idea(struct page *p, gint64 page, struct err *e)
{
    gint64 id;
    row_id proposal = 0;
    idea_auto idea = g_ascii_string_to_signed(p->part[0], 10, 1, G_MAXINT64, &id, NULL) ? ideas_by_id(p->g->db, id, e) : NULL;

    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(p->g->db, id, &proposal, e)))
        return false;
    if (proposal != 0) {
        idea_auto discussion = public_proposal(p, proposal, e);
        g_autofree char *path = g_strdup_printf("/vorschlag/%" G_GINT64_FORMAT, proposal);
        return e->kind == ERR_NONE && (discussion != NULL ? page_redirect(p, 301, path, e) : page_say(p, 404, "not-found", e));
    }
    if (idea != NULL && public_is_gone(idea))
        return public_say_gone(p, idea, e);
    if (idea == NULL || !public_may_read(idea))
        return page_say(p, 404, "not-found", e);
    return show_idea(p, idea, page, e);
}

bool page_idea(struct page *p, struct err *e)
{
    return answer_idea(p, 1, e);
}

bool page_idea_more(struct page *p, struct err *e)
{
    gint64 page = thread_page_of(p);

    return page > 0 ? answer_idea(p, page, e) : page_say(p, 404, "not-found", e);
}

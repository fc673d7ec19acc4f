/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The addresses that end something: of an idea, a forum, everything. Each is a token of the recipient's own, so it
 * works from any program and without logging in; see forum/route.h.
 */
#include "flow/out/render_job.h"

#include "store/forums.h"
#include "store/ideas.h"

#define STOP_IDEAS 5 /* named in one mail */

static void add_stop(struct value *list, const struct job *j, enum leave what, row_id id, const char *title)
{
    const struct gateway *g = j->r->g;
    struct value *entry = value_map();

    value_set_line(entry, "title", title);
    if (what == LEAVE_IDEA)
        view_set_thing_of(entry, &j->v, id);
    value_set(entry, "stop_address", value_take(route_leave_address(j->n->person_id, what, id, g->domain, g->key)));
    value_append(list, entry);
}

static bool may_read(struct job *j, const struct idea *idea)
{
    if (idea->ring == RING_PUBLIC)
        return true;
    g_autofree struct member *m = members_find(j->r->g->db, idea->forum_id, j->n->person_id, j->e);
    return m != NULL && m->role >= ROLE_MEMBER;
}

static struct value *ideas_to_stop(struct job *j)
{
    struct value *list = value_list();
    row_id last = 0;

    for (guint i = 0; j->posts != NULL && i < j->posts->len && value_length(list) < STOP_IDEAS; i++) {
        const struct idea *idea = job_idea(j, ((const struct post *)j->posts->pdata[i])->idea_id);
        if (idea != NULL && idea->id != last)
            add_stop(list, j, LEAVE_IDEA, idea->id, view_idea_title(&j->v, idea));
        last = idea != NULL ? idea->id : last;
    }
    g_autoptr(GPtrArray) followed =
        j->posts == NULL ? ideas_followed(j->r->g->db, j->n->person_id, j->n->about.forum, STOP_IDEAS, j->e) : NULL;
    for (guint i = 0; followed != NULL && i < followed->len; i++) {
        const struct idea *idea = followed->pdata[i];
        if (may_read(j, idea))
            add_stop(list, j, LEAVE_IDEA, idea->id, view_idea_title(&j->v, idea));
    }
    return list;
}

/* The forum that the notice is about, or every one that sends the person something. */
static struct value *forums_to_stop(struct job *j)
{
    struct value *list = value_list();
    g_autoptr(GPtrArray) all = j->forum == NULL ? members_of_person(j->r->g->db, j->n->person_id, j->e) : NULL;

    if (j->forum != NULL)
        add_stop(list, j, LEAVE_FORUM, j->forum->id, j->forum->title);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        const struct forum *forum = m->delivery != DELIVERY_NONE ? job_forum(j, m->forum_id) : NULL;
        if (forum != NULL)
            add_stop(list, j, LEAVE_FORUM, forum->id, forum->title);
    }
    return list;
}

void job_set_stops(struct value *data, struct job *j)
{
    const struct gateway *g = j->r->g;

    if (j->n->person_id == 0 || (j->row->shows & SHOW_STOPS) == 0)
        return;
    if ((j->row->shows & SHOW_STOP_IDEAS) != 0)
        value_set(data, "stop_ideas", ideas_to_stop(j));
    value_set(data, "stop_forums", forums_to_stop(j));
    value_set_bool(data, "has_stop_forum", j->forum != NULL);
    value_set(data, "stop_all_address", value_take(route_leave_address(j->n->person_id, LEAVE_ALL, 0, g->domain, g->key)));
}

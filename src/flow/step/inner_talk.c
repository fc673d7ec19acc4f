/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See inner_talk.h.
 */
#include "flow/step/inner_talk.h"

#include "flow/facts.h"
#include "flow/step/content.h"
#include "flow/step/idea_step.h"
#include "forum/life.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/persons.h"

bool inner_talk_begin(struct gateway *g, const struct idea *idea, row_id forum, row_id author, row_id message, gint64 now,
                      row_id *id_out, struct err *e)
{
    struct idea made = {.forum_id = forum,
                        .author_id = author,
                        .title = life_is_readable(idea->state) ? idea->title : "",
                        .state = IDEA_PUBLISHED,
                        .ring = RING_MEMBERS,
                        .created_at = now,
                        .published_at = now};

    return idea_begin(g, &made, message, now, id_out, e) && ideas_set_inner(g->db, idea->id, forum, *id_out, e);
}

bool inner_talk_may(struct gateway *g, const struct hold *h, bool *out, struct err *e)
{
    idea_auto idea = h->about.idea != 0 ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    person_auto author = e->kind == ERR_NONE ? persons_by_address(g->db, h->address, e) : NULL;
    row_id forum = h->about.forum;

    *out = false;
    if (author != NULL && idea != NULL && e->kind == ERR_NONE)
        forum = facts_talks_in(g, idea, author->id, e);
    if (author == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    g_autofree struct member *m = members_find(g->db, forum, author->id, e);
    *out = m != NULL && m->role >= ROLE_MEMBER;
    return e->kind == ERR_NONE;
}

bool inner_talk_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, gint64 now,
                        row_id *post_out, enum access *found_out, struct err *e)
{
    struct hold inner = *h; /* borrows its texts */
    idea_auto idea = h->about.idea != 0 ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    person_auto author = e->kind == ERR_NONE ? persons_by_address(g->db, h->address, e) : NULL;

    *found_out = ACCESS_MEMBERS_ONLY;
    if (author == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    inner.ring = RING_MEMBERS;
    inner.parent_id = inner.about.idea = 0;
    if (idea != NULL) {
        inner.about.forum = facts_talks_in(g, idea, author->id, e);
        if (e->kind != ERR_NONE || !ideas_inner(g->db, idea->id, inner.about.forum, &inner.about.idea, e))
            return false;
    }
    if (!facts_access(g, &inner, DEED_CONFIRM, now, found_out, e) || *found_out != ACCESS_GRANTED)
        return e->kind == ERR_NONE;
    bool begins = idea != NULL && inner.about.idea == 0;
    if (begins && !inner_talk_begin(g, idea, inner.about.forum, author->id, h->about.message, now, &inner.about.idea, e))
        return false;
    forum_auto forum = forums_by_id(g->db, inner.about.forum, e);
    return forum != NULL && content_confirm(g, &inner, forum, answer, from_written, now, post_out, found_out, e) &&
           (*found_out != ACCESS_GRANTED || holds_set_place(g->db, &inner, e));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Proposals; see proposal.h.
 */
#include "flow/step/proposal.h"

#include "store/events.h"
#include "store/ideas.h"
#include "store/proposals.h"

#define NUMBER G_GINT64_FORMAT

bool proposal_is_state(enum idea_state s)
{
    return s == IDEA_PROPOSAL || s == IDEA_ADOPTED || s == IDEA_IN_PROGRESS || s == IDEA_DONE || s == IDEA_NOT_PURSUED;
}

/* The idea, if it can become part of a proposal. */
static struct idea *usable(struct gateway *g, row_id id, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, id, e);
    row_id part_of = 0, is = 0;

    if (idea == NULL) {
        if (e->kind == ERR_NONE)
            err_set(e, ERR_ABSENT, "there is no idea %" NUMBER "; `forumpost idea list` shows them", id);
        return NULL;
    }
    if (!proposals_of_idea(g->db, id, &part_of, e) || !proposals_of_discussion(g->db, id, &is, e))
        return NULL;
    if (part_of != 0 || is != 0)
        err_set(e, ERR_RULE, "idea %" NUMBER " is part of proposal %" NUMBER, id, part_of != 0 ? part_of : is);
    else if (idea->ring != RING_PUBLIC)
        err_set(e, ERR_RULE, "idea %" NUMBER " stands in the members' ring; a proposal is public", id);
    return e->kind == ERR_NONE ? g_steal_pointer(&idea) : NULL;
}

static bool take_in(struct gateway *g, row_id proposal, row_id id, gint64 now, struct err *e)
{
    struct idea_change c = {.to = IDEA_PROPOSAL, .who = WHO_GATEWAY};
    idea_auto idea = usable(g, id, e);

    return idea != NULL && proposals_add_idea(g->db, proposal, id, e) && idea_must_step(g, idea, &c, now, e);
}

bool proposal_begin(struct gateway *g, const struct forum *forum, const char *title, const GArray *ideas, gint64 now,
                    row_id *id_out, struct err *e)
{
    idea_auto first = usable(g, g_array_index(ideas, row_id, 0), e);
    row_id discussion;

    if (first == NULL)
        return false;
    struct idea made = {.forum_id = forum->id,
                        .author_id = first->author_id,
                        .title = title,
                        .state = IDEA_PROPOSAL,
                        .ring = RING_PUBLIC,
                        .created_at = now,
                        .published_at = now};
    if (!idea_begin(g, &made, 0, now, &discussion, e) || !proposals_add(g->db, discussion, now, id_out, e))
        return false;
    for (guint i = 0; i < ideas->len; i++)
        if (!take_in(g, *id_out, g_array_index(ideas, row_id, i), now, e))
            return false;
    g_autofree char *detail = g_strdup_printf("proposal=%" NUMBER, *id_out);
    struct event ev = {.at = now, .kind = "proposal.added", .about.forum = forum->id, .about.idea = discussion, .detail = detail};
    return events_add(g->db, &ev, e);
}

static bool take_along(struct gateway *g, row_id id, const struct idea_change *how, gint64 now, struct err *e)
{
    struct idea_change c = *how;
    idea_auto idea = ideas_by_id(g->db, id, e);
    enum life_answer found;

    c.who = WHO_GATEWAY;
    return idea != NULL && idea_step(g, idea, &c, now, &found, e);
}

bool proposal_lead(struct gateway *g, row_id proposal, const struct idea *discussion, enum idea_state to, const char *reason,
                   gint64 now, enum life_answer *found_out, struct err *e)
{
    struct idea_change c = {.to = to, .who = WHO_OPERATOR, .reason = reason};

    if (!idea_step(g, discussion, &c, now, found_out, e))
        return false;
    if (*found_out == LIFE_NOT_YOURS || *found_out == LIFE_NO_STEP) { /* a step that a proposal alone can make */
        c.who = WHO_GATEWAY;
        if (!idea_step(g, discussion, &c, now, found_out, e))
            return false;
    }
    g_autoptr(GArray) ideas = *found_out == LIFE_GRANTED ? proposals_ideas(g->db, proposal, e) : NULL;
    for (guint i = 0; ideas != NULL && i < ideas->len; i++)
        if (!take_along(g, g_array_index(ideas, row_id, i), &c, now, e))
            return false;
    return e->kind == ERR_NONE;
}

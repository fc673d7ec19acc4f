/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a step brings about; see idea_step.h. Steps, groups and proposals call each other: who leads a group may go, who goes on alone
 * catches up with its proposals, and a proposal takes its ideas along.
 */
#include "flow/step/idea_step.h"

#include "forum/access.h"
#include "store/ideas.h"
#include "store/proposals.h"

static row_id lead_of(const struct idea *idea)
{
    return idea->lead_id != 0 ? idea->lead_id : idea->id;
}

/* *OUT: the oldest of GROUP that goes on with another one; 0: none does. What was taken back or down is none, though it still names its lead. */
static bool find_heir(struct gateway *g, const GArray *group, row_id *out, struct err *e)
{
    *out = 0;
    for (guint i = 0; i < group->len && *out == 0; i++) {
        idea_auto other = ideas_by_id(g->db, g_array_index(group, row_id, i), e);
        if (other == NULL)
            return false;
        if (other->state == IDEA_MERGED)
            *out = other->id;
    }
    return true;
}

/* Who led a group is gone: the oldest other leads it from now on, as what it was before. All that named the one name the other: what is
 * taken back today may come back, and goes on with what is there then. */
static bool hand_over(struct gateway *g, const struct idea *idea, row_id message, gint64 now, struct err *e)
{
    g_autoptr(GArray) group = ideas_group(g->db, idea->id, e);
    struct idea_change c = {.who = WHO_GATEWAY, .message = message};
    enum life_answer found;
    row_id id = 0;

    if (group == NULL || !find_heir(g, group, &id, e) || id == 0)
        return e->kind == ERR_NONE;
    idea_auto heir = ideas_by_id(g->db, id, e);
    if (heir == NULL || !idea_unmerge(g, heir, &c, now, &found, e))
        return false;
    for (guint i = 0; i < group->len; i++) {
        idea_auto other = ideas_by_id(g->db, g_array_index(group, row_id, i), e);
        if (other == NULL)
            return false;
        if (other->merged_into == idea->id && !ideas_set_merged(g->db, other->id, id, other->merged_from, e))
            return false;
    }
    return ideas_settle_group(g->db, idea->id, id, e);
}

/* What comes back as merged may find that who led it is gone, with nobody there to hand over to: it leads by itself then. */
static bool find_lead_gone(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e)
{
    idea_auto lead = c->to == IDEA_MERGED && idea->lead_id != 0 ? ideas_by_id(g->db, idea->lead_id, e) : NULL;

    if (lead == NULL || (lead->state != IDEA_WITHDRAWN && lead->state != IDEA_REMOVED))
        return e->kind == ERR_NONE;
    return hand_over(g, lead, c->message, now, e);
}

/* IDEA goes where HOW says, if it can from where it is. Where that needs a reason and none was given it is its proposal's name. */
static bool lead_along(struct gateway *g, const struct idea *idea, const char *title, const struct idea_change *how, gint64 now,
                       struct err *e)
{
    struct idea_change c = {.to = how->to,
                            .who = WHO_GATEWAY,
                            .person = how->person,
                            .second = how->second,
                            .message = how->message,
                            .proposal = how->proposal,
                            .reason = how->reason};
    enum life_answer found;

    if (!idea_step(g, idea, &c, now, &found, e))
        return false;
    c.reason = title;
    return found != LIFE_NO_REASON || idea_step(g, idea, &c, now, &found, e);
}

/* The one idea that stands for ID: itself, or what leads its group. */
static struct idea *group_lead(struct gateway *g, row_id id, struct err *e)
{
    struct idea *idea = ideas_by_id(g->db, id, e);

    if (idea == NULL || idea->state != IDEA_MERGED || idea->lead_id == 0)
        return idea;
    row_id lead = idea->lead_id;
    idea_free(idea);
    return ideas_by_id(g->db, lead, e);
}

/* Where it stands by its proposals: the furthest living one's place; else OTHERWISE (IDEA_SUBMITTED: where it is). */
static bool settle(struct gateway *g, row_id id, enum idea_state otherwise, const char *title, const struct idea_change *how,
                   gint64 now, struct err *e)
{
    struct idea_change c = *how;
    idea_auto idea = group_lead(g, id, e);
    idea_auto discussion = NULL;
    row_id furthest = 0;

    if (idea == NULL || !idea_discussion(g, idea, &furthest, &discussion, e))
        return false;
    bool is_at_end = discussion == NULL || !idea_is_living(discussion->state);
    /* What is led back is what a proposal had led there: by hand it stays where it was led. */
    bool is_back = otherwise == IDEA_IN_DELIBERATION && idea->state != IDEA_PROPOSAL;
    if (is_at_end && (otherwise == IDEA_SUBMITTED || is_back))
        return true;
    c.to = is_at_end ? otherwise : discussion->state;
    c.proposal = is_at_end ? how->proposal : furthest;
    return lead_along(g, idea, is_at_end ? title : discussion->title, &c, now, e);
}

/* What came back may be part of a proposal that went on, or came to nothing, meanwhile: it goes where that is. */
static bool catch_up(struct gateway *g, const struct idea *idea, const struct idea_change *how, gint64 now, struct err *e)
{
    struct idea_change c = {.person = how->person, .message = how->message};
    idea_auto discussion = NULL;

    if (!idea_discussion(g, idea, &c.proposal, &discussion, e))
        return false;
    return discussion == NULL ||
           settle(g, idea->id, discussion->state == IDEA_NOT_PURSUED ? IDEA_NOT_PURSUED : IDEA_IN_DELIBERATION, discussion->title,
                  &c, now, e);
}

bool idea_take_along(struct gateway *g, row_id proposal, const char *title, const struct idea_change *how, gint64 now,
                     struct err *e)
{
    g_autoptr(GArray) ideas = proposals_ideas(g->db, proposal, e);
    struct idea_change c = *how;

    c.proposal = proposal;
    for (guint i = 0; ideas != NULL && i < ideas->len; i++)
        if (!settle(g, g_array_index(ideas, row_id, i), how->to == IDEA_NOT_PURSUED ? IDEA_NOT_PURSUED : IDEA_IN_DELIBERATION,
                    title, &c, now, e))
            return false;
    return ideas != NULL;
}

bool idea_join(struct gateway *g, row_id id, row_id proposal, const char *title, bool is_in, const struct idea_change *how,
               gint64 now, struct err *e)
{
    struct idea_change c = *how;
    g_autofree char *word = g_strdup_printf("%s:%" G_GINT64_FORMAT, is_in ? "in-proposal" : "out-of-proposal", proposal);
    idea_auto before = group_lead(g, id, e);

    c.proposal = proposal;
    if (before == NULL || !settle(g, id, is_in ? IDEA_SUBMITTED : IDEA_IN_DELIBERATION, title, &c, now, e))
        return false;
    idea_auto after = ideas_by_id(g->db, before->id, e);
    if (after == NULL || after->state != before->state || !life_is_readable(after->state))
        return e->kind == ERR_NONE;
    return idea_write_down(g, after, &c, NULL, idea_state_name(after->state), word, TOLD_SOON, now, e);
}

/* An idea goes where its proposals stand, and a proposal takes its ideas along: with each step of its own, when it ends and comes back. */
static bool keep_together(struct gateway *g, const struct idea *idea, row_id proposal, const struct life_row *row,
                          const struct idea_change *c, gint64 now, struct err *e)
{
    bool comes_back = !life_is_readable(idea->state) && life_is_readable(c->to);
    bool is_over = c->to == IDEA_WITHDRAWN || c->to == IDEA_REMOVED;

    if (proposal == 0)
        return !comes_back || catch_up(g, idea, c, now, e);
    if (idea->ring != RING_PUBLIC || (!row->by_word && !comes_back && !is_over))
        return true;
    return idea_take_along(g, proposal, idea->title, c, now, e);
}

bool idea_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
               struct err *e)
{
    const struct life_row *row = NULL;
    row_id proposal = 0;

    if (!proposals_of_discussion(g->db, idea->id, &proposal, e) ||
        !idea_change_state(g, idea, c, proposal, now, &row, found_out, e) || *found_out != LIFE_GRANTED)
        return e->kind == ERR_NONE;
    bool is_gone = idea->lead_id == 0 && (c->to == IDEA_WITHDRAWN || c->to == IDEA_REMOVED);
    return (!is_gone || hand_over(g, idea, c->message, now, e)) && find_lead_gone(g, idea, c, now, e) &&
           keep_together(g, idea, proposal, row, c, now, e);
}

bool idea_must_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e)
{
    enum life_answer found;

    if (!idea_step(g, idea, c, now, &found, e))
        return false;
    return found == LIFE_GRANTED || found == LIFE_IS_THERE ||
           err_set(e, ERR_RULE, "idea %" G_GINT64_FORMAT " is %s, and %s", idea->id, idea_state_name(idea->state),
                   life_answer_sentence(found));
}

struct idea *idea_named(struct gateway *g, const struct idea *idea, row_id number, struct err *e)
{
    idea_auto into = number != 0 ? ideas_by_id(g->db, number, e) : NULL;
    bool is_known = into != NULL && (access_is_known(into) || into->forum_id == idea->forum_id);

    return is_known ? g_steal_pointer(&into) : NULL;
}

bool idea_merge(struct gateway *g, const struct idea *idea, const struct idea *into, const struct idea_change *who, gint64 now,
                enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    idea_auto lead = ideas_by_id(g->db, lead_of(into), e);

    if (lead == NULL)
        return false;
    *found_out = LIFE_NO_STEP;
    if (lead->id == lead_of(idea) || !life_takes_support(lead->state) || lead->ring != idea->ring)
        return true; /* it would go on with itself, with what is over, or behind a door */
    c.to = IDEA_MERGED;
    c.into = into->id;
    if (!idea_step(g, idea, &c, now, found_out, e) || *found_out != LIFE_GRANTED)
        return e->kind == ERR_NONE;
    g_autofree char *word = g_strdup_printf("merged:%" G_GINT64_FORMAT, idea->id);
    /* Told before they are one: whoever follows only the first has its own mail already. */
    return idea_write_down(g, lead, &c, NULL, idea_state_name(lead->state), word, TOLD_SOON, now, e) &&
           ideas_set_merged(g->db, idea->id, into->id, idea->state, e) && ideas_settle_group(g->db, lead->id, idea->id, e) &&
           catch_up(g, lead, &c, now, e); /* a proposal of the one counts for both */
}

/* What stood by a proposal of another idea of its group stands by its own again. HAD: a proposal, before. */
static bool fall_back(struct gateway *g, const struct idea *lead, row_id had, gint64 now, struct err *e)
{
    struct idea_change c = {.proposal = had};

    return settle(g, lead->id, had != 0 ? IDEA_IN_DELIBERATION : IDEA_SUBMITTED, lead->title, &c, now, e);
}

bool idea_unmerge(struct gateway *g, const struct idea *idea, const struct idea_change *who, gint64 now,
                  enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;

    *found_out = LIFE_NO_STEP;
    if (idea->state != IDEA_MERGED || idea->merged_into == 0)
        return true;
    c.to = idea_before(idea);
    idea_auto lead = ideas_by_id(g->db, lead_of(idea), e);
    row_id had = 0;
    if (lead == NULL || !proposals_of_idea(g->db, lead->id, &had, e) || !idea_step(g, idea, &c, now, found_out, e) ||
        *found_out != LIFE_GRANTED)
        return e->kind == ERR_NONE;
    g_autofree char *left = g_strdup_printf("%" G_GINT64_FORMAT, idea->id);
    struct idea_change parting = c;
    parting.was = left;
    return idea_write_down(g, lead, &parting, NULL, idea_state_name(lead->state), "unmerged", TOLD_SOON, now, e) &&
           ideas_set_merged(g->db, idea->id, 0, idea->state, e) && ideas_settle_group(g->db, lead->id, idea->id, e) &&
           catch_up(g, idea, &c, now, e) && fall_back(g, lead, had, now, e);
}

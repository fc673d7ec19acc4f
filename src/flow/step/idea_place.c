/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is told of an idea and is no step of its state; see idea_place.h.
 */
#include "flow/step/idea_place.h"

#include "flow/phase.h"
#include "flow/step/idea_step.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"

static char *day_word(struct gateway *g, gint64 at)
{
    return at != 0 ? phase_date(g, at, true) : g_strdup("none");
}

bool idea_set_deadline(struct gateway *g, const struct idea *idea, gint64 at, const struct idea_change *who, gint64 now,
                       enum life_answer *found_out, struct err *e)
{
    g_autofree char *date = day_word(g, at), *before = day_word(g, idea->deadline_at);
    g_autofree char *word = g_strdup_printf("deadline:%s", date);
    struct idea_change c = *who;

    c.was = before;
    *found_out = !life_takes_support(idea->state) ? LIFE_NO_STEP : at != 0 && at <= now ? LIFE_DAY_OVER : LIFE_GRANTED;
    return *found_out != LIFE_GRANTED ||
           (ideas_set_deadline(g->db, idea->id, at, e) &&
            idea_write_down(g, idea, &c, "idea.deadline", idea_state_name(idea->state), word, TOLD_SOON, now, e));
}

bool idea_move(struct gateway *g, const struct idea *idea, const struct forum *to, const struct idea_change *who, gint64 now,
               enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    g_autofree char *word = g_strdup_printf("moved:%s", to->name);
    enum life_answer step;

    bool may_move = life_is_readable(idea->state) && idea->ring == RING_PUBLIC; /* other members would read what these wrote */
    *found_out = to->id == idea->forum_id ? LIFE_IS_THERE : may_move ? LIFE_GRANTED : LIFE_NO_STEP;
    if (*found_out != LIFE_GRANTED)
        return true;
    forum_auto home = forums_by_id(g->db, idea->forum_id, e);
    c.was = home != NULL ? home->name : NULL;
    if (home == NULL || !ideas_move(g->db, idea->id, to->id, e) || !holds_move_of_idea(g->db, idea->id, to->id, now, e) ||
        !idea_write_down(g, idea, &c, "idea.moved", idea_state_name(idea->state), word, TOLD_SOON, now, e))
        return false;
    c.was = NULL;
    c.to = IDEA_ASSIGNED;
    c.who = WHO_GATEWAY;
    c.reason = NULL;
    return idea->state != IDEA_IN_DELIBERATION || idea_step(g, idea, &c, now, &step, e);
}

static bool is_among(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

bool idea_show_in(struct gateway *g, const struct idea *idea, const struct forum *forum, bool shown,
                  const struct idea_change *who, gint64 now, enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    g_autofree char *word = g_strdup_printf("%s:%s", shown ? "also" : "not-also", forum->name);
    g_autoptr(GArray) forums = ideas_forums(g->db, idea->id, e);
    bool is_new = who->who == WHO_GATEWAY; /* it may wait for its moderators */
    bool is_possible =
             (life_is_readable(idea->state) || is_new) && idea->ring == RING_PUBLIC && (!shown || forum->closed_at == 0),
         changed;

    if (forums == NULL)
        return false;
    bool is_there = is_among(forums, forum->id);
    *found_out = is_there == shown ? LIFE_IS_THERE : LIFE_NO_STEP;
    if (is_there == shown || !is_possible || forum->id == idea->forum_id)
        return true;
    if (!ideas_show_in(g->db, idea, forum->id, shown, &changed, e))
        return false;
    if (!changed)
        return true;
    *found_out = LIFE_GRANTED;
    c.forum = forum->id;
    return idea_write_down(g, idea, &c, shown ? "idea.forum-added" : "idea.forum-removed", idea_state_name(idea->state), word,
                           is_new ? TOLD_NOBODY : TOLD_SOON, now, e);
}

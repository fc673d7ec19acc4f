/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An idea at the desk, and what STAND, VERSCHIEBEN, ZUSAMMENFÜHREN, TRENNEN, ANTWORT, HINWEIS and VORSCHLAG AUS do by mail: each role
 * sees what is its own, and does it with the functions that the mail command calls (desk_sitting.h).
 */
#include "page/desk_sitting.h"

#include "forum/access.h"
#include "page/public.h"
#include "page/thread.h"
#include "store/forums.h"
#include "store/proposals.h"

static const struct act acts[] = {
    {"state", COMMAND_STATE, act_state},       {"move", COMMAND_MOVE, act_move},       {"merge", COMMAND_MERGE, act_merge},
    {"unmerge", COMMAND_UNMERGE, act_unmerge}, {"answer", COMMAND_ANSWER, act_answer}, {"note", COMMAND_NOTE, act_note},
    {"propose", COMMAND_PROPOSE, act_propose}, {"remove", COMMAND_NONE, act_remove},   {0},
};

static bool set_forums(const struct sitting *at, struct value *data, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(at->p->g->db, e);
    const char *chosen = page_field(at->p, "forum");
    struct value *list = value_list();

    value_set(data, "forums", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        if (forum->id == at->idea->forum_id)
            continue;
        struct value *one = value_map();
        value_set_string(one, "value", forum->name);
        value_set_line(one, "text", forum->title);
        value_set_bool(one, "is_selected", g_strcmp0(chosen, forum->name) == 0);
        value_append(list, one);
    }
    bool may_move = desk_may(at->role, COMMAND_MOVE) && life_is_readable(at->idea->state) && at->idea->ring == RING_PUBLIC;
    value_set_bool(data, "may_move", may_move && value_length(list) > 0);
    return all != NULL;
}

static void set_merging(const struct sitting *at, struct value *data)
{
    bool needs_reason, needs_second, is_merged = at->idea->state == IDEA_MERGED;
    const char *number = page_field(at->p, "number");

    value_set_bool(data, "may_merge",
                   !is_merged && desk_may(at->role, COMMAND_MERGE) &&
                       sitting_may_step(at, IDEA_MERGED, &needs_reason, &needs_second));
    value_set_bool(data, "may_unmerge", is_merged && at->idea->merged_into != 0 && desk_may(at->role, COMMAND_UNMERGE));
    value_set_number(data, "merged_into", at->idea->merged_into);
    value_set_line(data, "typed_number", number != NULL ? number : "");
}

/* What is made of this idea and others; what was typed is not lost. A draft is found at the desk by its forum's members alone. */
static bool set_proposing(const struct sitting *at, struct value *data, enum outcome outcome, struct err *e)
{
    bool is_wrong = outcome_is_wrong(outcome);
    g_autofree char *title = desk_field(at->p, "title"), *text = desk_field(at->p, "text"),
                    *numbers = desk_field(at->p, "numbers");
    g_autofree char *own = g_strdup_printf("%" G_GINT64_FORMAT, at->idea->id);
    row_id proposal = 0;

    g_autoptr(GArray) all = proposals_all_of_idea(at->p->g->db, at->idea->id, true, e);
    if (all == NULL)
        return false;
    proposal = all->len > 0 ? g_array_index(all, row_id, all->len - 1) : 0;
    value_set_bool(data, "may_propose",
                   desk_may(at->role, COMMAND_PROPOSE) && at->idea->ring == RING_PUBLIC && life_takes_support(at->idea->state));
    value_set_line(data, "typed_title", is_wrong ? title : "");
    value_set_string(data, "typed_words", is_wrong ? text : "");
    value_set_line(data, "typed_numbers", is_wrong && *numbers != '\0' ? numbers : own);
    if (proposal != 0 && desk_may(at->role, COMMAND_PROPOSE))
        value_set(data, "proposal_path",
                  value_take(g_strdup_printf("%s/schreibtisch/vorschlag/%" G_GINT64_FORMAT, at->p->prefix, proposal)));
    value_set_number(data, "proposal_number", proposal);
    return true;
}

static bool show(const struct sitting *at, enum outcome outcome, struct err *e)
{
    struct page *p = at->p;
    value_auto data = public_idea(p, at->idea, e);

    if (data == NULL || !sitting_set(at, data, acts, outcome, e))
        return false;
    value_set(data, "desk_path", value_take(g_strdup_printf("%s/schreibtisch/idee/%" G_GINT64_FORMAT, p->prefix, at->idea->id)));
    value_set_bool(data, "is_public", public_may_read(at->idea));
    sitting_set_states(at, data);
    set_merging(at, data);
    sitting_set_saying(at, data, outcome);
    sitting_set_removing(at, data, outcome);
    return set_proposing(at, data, outcome, e) && set_forums(at, data, e) && sitting_set_text(at, data, e) &&
           thread_set_steps(p, data, at->idea, e) && sitting_show_page(at, outcome, "desk-idea", g_steal_pointer(&data), e);
}

static bool at_idea(struct page *p, const struct session *s, struct err *e)
{
    row_id number = desk_number(p->part[0]), proposal = 0;
    idea_auto idea = number != 0 ? ideas_by_id(p->g->db, number, e) : NULL;
    enum who who;

    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(p->g->db, number, &proposal, e)))
        return false;
    if (idea == NULL)
        return page_say(p, 404, "not-found", e);
    if (proposal != 0) { /* its own page says whether one may see it */
        g_autofree char *path = g_strdup_printf("/schreibtisch/vorschlag/%" G_GINT64_FORMAT, proposal);
        return desk_role(p, s, idea->forum_id, e) != ROLE_NONE ? page_redirect(p, 303, path, e)
                                                               : page_say(p, 404, "not-found", e);
    }
    struct sitting at = {.p = p, .s = s, .idea = idea, .role = desk_role(p, s, idea->forum_id, e), .reason = ""};
    bool may_read = access_may_read(idea, at.role, false);
    if (e->kind != ERR_NONE)
        return false;
    if (!who_of_role(at.role, &who))
        return may_read && access_is_known(idea) ? desk_say_no_role(p, s, e) : page_say(p, 404, "not-found", e);
    if (!may_read)
        return page_say(p, 404, "not-found", e);
    return page_is_post(p) ? sitting_answer(&at, acts, show, e) : show(&at, OUTCOME_NONE, e);
}

bool page_desk_idea(struct page *p, struct err *e)
{
    return desk_open(p, at_idea, e);
}

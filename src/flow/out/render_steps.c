/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happened to an idea: its steps since a mail about them became due, as people read them.
 */
#include "flow/out/render_job.h"

#include "forum/life.h"
#include "forum/route.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/proposals.h"
#include "store/steps.h"
#include "text/wrap.h"

#include <string.h>

static GPtrArray *steps_told(struct job *j)
{
    row_id first = j->n->detail != NULL && j->row->detail == DETAIL_STEP ? g_ascii_strtoll(j->n->detail, NULL, 10) : 0;

    return first != 0 && j->idea != NULL ? steps_of_idea(j->r->g->db, j->idea->id, first, j->e) : NULL;
}

bool job_is_undone(struct job *j)
{
    g_autoptr(GPtrArray) steps = steps_told(j);

    if (steps == NULL || steps->len == 0)
        return true;
    for (guint i = 0; i < steps->len; i++)
        if (strchr(((const struct stage *)steps->pdata[i])->to_state, ':') != NULL)
            return false; /* it was moved, or another one came to it */
    const struct stage *first = steps->pdata[0];
    return g_strcmp0(first->from_state, idea_state_name(j->idea->state)) == 0 && steps->len > 1;
}

static const char *state_word(const struct job *j, const char *state)
{
    g_autofree char *key = g_strconcat("state_", state, NULL);

    return templates_word(j->r->t, j->v.language, key);
}

void job_set_state(struct value *data, const struct job *j, const char *name, const char *state)
{
    if (*state != '\0')
        value_set_line(data, name, state_word(j, state));
}

/* What the idea became part of. */
static void set_proposal(struct value *entry, struct job *j)
{
    row_id proposal;

    if (!proposals_of_idea(j->r->g->db, j->idea->id, &proposal, j->e) || proposal == 0)
        return;
    value_set_number(entry, "proposal", proposal);
    value_set(entry, "proposal_address", value_take(route_proposal_address(proposal, j->r->g->domain)));
}

static struct value *step_value(struct job *j, const struct stage *s)
{
    struct value *entry = value_map();
    const char *colon = strchr(s->to_state, ':');

    if (g_str_has_prefix(s->to_state, "moved:")) {
        forum_auto f = forums_by_name(j->r->g->db, colon + 1, j->e);
        value_set_line(entry, "moved_to", f != NULL ? f->title : colon + 1);
    } else if (g_str_has_prefix(s->to_state, "deadline:")) {
        value_set_line(entry, "due", colon + 1);
    } else if (g_str_has_prefix(s->to_state, "merged:")) {
        value_set_line(entry, "merged_here", colon + 1);
    } else if (strcmp(s->to_state, "unmerged") == 0) {
        value_set_bool(entry, "is_unmerged", true);
    } else if (strcmp(s->to_state, "merged") == 0 && j->idea->lead_id != 0) {
        value_set_number(entry, "merged_into", j->idea->lead_id);
    } else {
        value_set_line(entry, "new_state", state_word(j, s->to_state));
        if (strcmp(s->to_state, idea_state_name(IDEA_PROPOSAL)) == 0)
            set_proposal(entry, j);
    }
    if (s->reason != NULL)
        value_set(entry, "reason", value_take(text_unwrap(s->reason)));
    return entry;
}

/* Whose steps it goes along with. */
static void set_leader(struct value *data, struct job *j)
{
    row_id proposal;

    if (proposals_of_idea(j->r->g->db, j->idea->id, &proposal, j->e) && proposal != 0)
        value_set_number(data, "led_by", proposal);
}

/* Words for the states that the reader could lead the idea to. */
static void set_possible(struct value *data, struct job *j)
{
    struct value *list = value_list();
    enum who who = WHO_AUTHOR;
    g_autofree struct member *m = j->person != NULL ? members_find(j->r->g->db, j->idea->forum_id, j->person->id, j->e) : NULL;
    row_id proposal = 0;
    bool leads = m != NULL && who_of_role(m->role, &who) && proposals_of_discussion(j->r->g->db, j->idea->id, &proposal, j->e);
    unsigned next = !leads ? 0 : proposal != 0 ? life_next_of_proposal(j->idea->state, who) : life_next(j->idea->state, who);

    for (unsigned s = IDEA_SUBMITTED; s <= IDEA_REMOVED; s++) {
        if ((next & 1U << s) == 0)
            continue;
        struct value *entry = value_map();
        value_set_line(entry, "new_state", state_word(j, idea_state_name((enum idea_state)s)));
        value_append(list, entry);
    }
    value_set(data, "possible", list);
}

static void set_why_not(struct value *data, const struct job *j)
{
    const char *why = j->n->detail != NULL ? j->n->detail : "";

    value_set_bool(data, "is_there", strcmp(why, "there") == 0);
    value_set_bool(data, "needs_reason", strcmp(why, "reason") == 0);
    value_set_bool(data, "needs_second", strcmp(why, "second") == 0);
    value_set_bool(data, "is_asked", strcmp(why, "asked") == 0);
    value_set_bool(data, "is_led", strcmp(why, "led") == 0);
    value_set_bool(data, "is_unknown", strcmp(why, "unknown") == 0);
    value_set_bool(data, "is_counted", *why == '\0' || strcmp(why, "there") == 0);
    value_set_bool(data, "is_own", strcmp(why, "own") == 0);
    value_set_bool(data, "is_staff", strcmp(why, "staff") == 0);
    value_set_bool(data, "is_closed", strcmp(why, "closed") == 0);
    value_set_bool(data, "is_taken_back", strcmp(why, "back") == 0);
    value_set_bool(data, "was_none", strcmp(why, "none") == 0);
}

void job_set_steps(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) steps = steps_told(j);
    struct value *list = value_list();
    gint64 n_followers, n_supporters;

    if (j->idea == NULL || !ideas_count(j->r->g->db, j->idea->id, &n_followers, &n_supporters, j->e)) {
        value_free(list);
        return;
    }
    for (guint i = 0; steps != NULL && i < steps->len; i++)
        value_append(list, step_value(j, steps->pdata[i]));
    value_set(data, "steps", list);
    value_set_line(data, "state", state_word(j, idea_state_name(j->idea->state)));
    value_set_number(data, "n_supporters", n_supporters);
    value_set_bool(data, "is_one_supporter", n_supporters == 1);
    set_possible(data, j);
    set_leader(data, j);
    set_why_not(data, j);
}

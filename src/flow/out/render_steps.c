/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happened to an idea: its steps since a mail about them became due, as people read them.
 */
#include "flow/out/render_job.h"

#include "flow/step/proposal.h"
#include "flow/view/reason.h"
#include "forum/digest.h"
#include "forum/life.h"
#include "forum/route.h"
#include "forum/undone.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/proposals.h"
#include "store/steps.h"
#include "text/wrap.h"

#include <string.h>

/* What is left to tell of what happened since; NULL of none, or j->e. */
static GPtrArray *steps_told(struct job *j)
{
    row_id first = j->n->detail != NULL && j->row->detail == DETAIL_STEP ? g_ascii_strtoll(j->n->detail, NULL, 10) : 0;
    GPtrArray *steps = first != 0 && j->idea != NULL ? steps_of_idea(j->r->g->db, j->idea->id, first, j->e) : NULL;

    if (steps != NULL)
        undone_sift(steps);
    return steps;
}

bool job_is_undone(struct job *j)
{
    g_autoptr(GPtrArray) steps = steps_told(j);

    return steps == NULL || steps->len == 0;
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

/* It goes its own way because its proposal is a draft again. */
static void set_reworked(struct value *entry, struct job *j, const struct stage *s)
{
    row_id discussion = 0;

    if (s->proposal_id != 0 && strcmp(s->to_state, idea_state_name(IDEA_IN_DELIBERATION)) == 0 &&
        proposals_public(j->r->g->db, s->proposal_id, &discussion, j->e) && discussion != 0)
        value_set_number(entry, "reworked", s->proposal_id);
}

/* Whoever is for an idea that goes on with another is counted there, and need not be. */
static void set_merged(struct value *entry, struct job *j)
{
    bool is_for = false;

    value_set_number(entry, "merged_into", j->idea->lead_id);
    if (j->person != NULL && supports_is_for(j->r->g->db, j->idea->id, j->person->id, &is_for, j->e) && is_for)
        value_set_number(entry, "for_idea", j->idea->id);
}

static struct value *step_value(struct job *j, const struct stage *s)
{
    struct value *entry = value_map();
    const char *colon = strchr(s->to_state, ':');

    if (g_str_has_prefix(s->to_state, "moved:")) {
        forum_auto f = forums_by_name(j->r->g->db, colon + 1, j->e);
        value_set_line(entry, "moved_to", f != NULL ? f->title : colon + 1);
    } else if (g_str_has_prefix(s->to_state, "also:") || g_str_has_prefix(s->to_state, "not-also:")) {
        forum_auto f = forums_by_name(j->r->g->db, colon + 1, j->e);
        value_set_line(entry, *s->to_state == 'a' ? "also_in" : "not_in", f != NULL ? f->title : colon + 1);
    } else if (g_str_has_prefix(s->to_state, "in-proposal:") || g_str_has_prefix(s->to_state, "out-of-proposal:")) {
        value_set_line(entry, *s->to_state == 'i' ? "in_proposal" : "out_of_proposal", colon + 1);
    } else if (g_str_has_prefix(s->to_state, "deadline:")) {
        bool is_none = strcmp(colon + 1, "none") == 0;
        value_set_bool(entry, "is_undated", is_none);
        value_set_line(entry, "due", is_none ? NULL : colon + 1);
    } else if (g_str_has_prefix(s->to_state, "merged:")) {
        value_set_line(entry, "merged_here", colon + 1);
    } else if (strcmp(s->to_state, "unmerged") == 0) {
        value_set_bool(entry, "is_unmerged", true);
    } else if (strcmp(s->to_state, "merged") == 0 && j->idea->lead_id != 0) {
        set_merged(entry, j);
    } else {
        value_set_line(entry, "new_state", state_word(j, s->to_state));
        if (strcmp(s->to_state, idea_state_name(IDEA_PROPOSAL)) == 0)
            set_proposal(entry, j);
        set_reworked(entry, j, s);
    }
    if (s->reason != NULL) {
        g_autofree char *reason = view_reason(j->r->t, j->v.language, s->reason);
        value_set(entry, "reason", value_take(text_unwrap(reason)));
    }
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
    bool is_led = false, leads = m != NULL && who_of_role(m->role, &who) && idea_is_led(j->r->g, j->idea, &is_led, j->e) &&
                                 proposals_of_discussion(j->r->g->db, j->idea->id, &proposal, j->e);
    struct idea_change by = {.who = who, .person = m != NULL ? m->person_id : 0};
    unsigned next = leads && !is_led ? proposal_next(j->idea, proposal, who, idea_is_by_initiative(j->r->g, &by))
                                     : 0; /* whoever may, not somebody */

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
    value_set_bool(data, "is_past", strcmp(why, "past") == 0);
    value_set_bool(data, "is_counted", *why == '\0' || strcmp(why, "there") == 0);
    value_set_bool(data, "is_own", strcmp(why, "own") == 0);
    value_set_bool(data, "is_staff", strcmp(why, "staff") == 0);
    value_set_bool(data, "is_closed", strcmp(why, "closed") == 0);
    value_set_bool(data, "no_phase", strcmp(why, "phase") == 0);
    value_set_bool(data, "is_annulled", strcmp(why, "annulled") == 0);
    value_set_bool(data, "is_taken_back", strcmp(why, "back") == 0);
    value_set_bool(data, "was_none", strcmp(why, "none") == 0);
}

static struct value *steps_value(struct job *j)
{
    g_autoptr(GPtrArray) steps = steps_told(j);
    struct value *list = value_list();

    for (guint i = 0; steps != NULL && i < steps->len; i++)
        value_append(list, step_value(j, steps->pdata[i]));
    return list;
}

/* ---- Several ideas in one mail */
/* N as if it were a mail of its own; everything in it is J's. */
static struct job as_one(const struct job *j, const struct notice *n, struct job *whole)
{
    struct job one = *j;

    one.n = n;
    one.row = purpose_row(n->purpose);
    one.idea = job_idea(whole, n->about.idea);
    one.forum = one.idea != NULL ? job_forum(whole, one.idea->forum_id) : NULL;
    return one;
}

bool job_sift_joined(struct job *j)
{
    for (guint i = j->joined->len; i > 0 && j->e->kind == ERR_NONE; i--) {
        struct job one = as_one(j, j->joined->pdata[i - 1], j);
        bool is_gone = one.idea == NULL && one.n->about.idea != 0;
        if (is_gone || job_reason_to_drop(&one) != NULL)
            g_ptr_array_remove_index(j->joined, i - 1);
    }
    return j->e->kind == ERR_NONE;
}

/* One idea with what happened to it, as ENTRY of the mail. */
static struct value *joined_value(struct job *one, guint number, const struct notice *n)
{
    struct value *entry = value_map();

    value_set_number(entry, "entry", number);
    view_set_idea(entry, &one->v, one->idea);
    if (one->forum != NULL)
        view_set_forum(entry, &one->v, one->forum);
    value_set_line(entry, "state", view_state_word(&one->v, one->idea));
    value_set_bool(entry, "is_own", one->idea->author_id == n->person_id);
    value_set(entry, "steps", steps_value(one));
    return entry;
}

void job_set_joined(struct value *data, struct job *j)
{
    struct value *list = value_list();
    bool has_public = false, has_inner = false;

    j->entries = g_string_new(NULL);
    for (guint i = 0; i < j->joined->len; i++) {
        struct job one = as_one(j, j->joined->pdata[i], j);
        if (one.idea == NULL)
            continue;
        value_append(list, joined_value(&one, i + 1, one.n));
        has_public = has_public || one.idea->ring == RING_PUBLIC;
        has_inner = has_inner || one.idea->ring != RING_PUBLIC;
        if (one.n->about.post != 0)
            digest_shown_add(j->entries, i + 1, one.n->about.post);
    }
    value_set_number(data, "n_ideas", j->joined->len);
    value_set_bool(data, "is_one_idea", j->joined->len == 1);
    value_set_bool(data, "has_public", has_public);
    value_set_bool(data, "has_inner", has_inner);
    value_set(data, "ideas", list);
}

struct value *job_stand_of(struct job *j, row_id idea, guint number)
{
    for (guint i = 0; j->joined != NULL && i < j->joined->len; i++) {
        struct job one = as_one(j, j->joined->pdata[i], j);
        if (one.idea == NULL || one.idea->id != idea)
            continue;
        if (one.n->about.post != 0)
            digest_shown_add(j->entries, number, one.n->about.post);
        return joined_value(&one, number, one.n);
    }
    return NULL;
}

guint job_set_stands(struct value *data, struct job *j, GHashTable *but, guint number, bool *has_public, bool *has_inner)
{
    struct value *stands = value_list(), *changes = value_list();

    for (guint i = 0; i < j->joined->len; i++) {
        struct job one = as_one(j, j->joined->pdata[i], j);
        if (one.idea == NULL) {
            struct value *entry = value_map();
            job_set_phase(entry, &one);
            value_append(changes, entry);
            continue;
        }
        if (g_hash_table_contains(but, &one.idea->id))
            continue;
        value_append(stands, joined_value(&one, ++number, one.n));
        *(one.idea->ring == RING_PUBLIC ? has_public : has_inner) = true;
        if (one.n->about.post != 0)
            digest_shown_add(j->entries, number, one.n->about.post);
    }
    value_set_bool(data, "has_stands", value_length(stands) > 0);
    value_set_bool(data, "has_changes", value_length(changes) > 0);
    value_set(data, "stands", stands);
    value_set(data, "changes", changes);
    return number;
}

/* Where it stands beside its home. */
static void set_second_forums(struct value *data, struct job *j)
{
    g_autoptr(GArray) ids = ideas_forums(j->r->g->db, j->idea->id, j->e);
    struct value *list = value_list();

    for (guint i = 1; ids != NULL && i < ids->len; i++) {
        const struct forum *forum = job_forum(j, g_array_index(ids, row_id, i));
        struct value *entry = value_map();
        value_set_line(entry, "title", forum != NULL ? forum->title : "");
        value_append(list, entry);
    }
    value_set(data, "second_forums", list);
}

void job_set_steps(struct value *data, struct job *j)
{
    gint64 n_followers, n_supporters, n_organisations;

    if (j->idea == NULL || !ideas_count(j->r->g->db, j->idea->id, &n_followers, &n_supporters, j->e) ||
        !ideas_count_organisations(j->r->g->db, j->idea->id, &n_organisations, j->e))
        return;
    value_set(data, "steps", steps_value(j));
    value_set_line(data, "state", view_state_word(&j->v, j->idea));
    value_set_number(data, "n_supporters", n_supporters);
    value_set_bool(data, "is_one_supporter", n_supporters == 1);
    value_set_number(data, "n_organisations", n_organisations);
    value_set_bool(data, "is_one_organisation", n_organisations == 1);
    value_set_bool(data, "has_organisations", n_organisations > 0);
    value_set_bool(data, "is_gone", j->idea->state == IDEA_WITHDRAWN || j->idea->state == IDEA_REMOVED);
    set_second_forums(data, j);
    set_possible(data, j);
    set_leader(data, j);
    set_why_not(data, j);
}

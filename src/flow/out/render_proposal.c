/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail about a proposal: what it is made of and what it serves; and why something was not done (DETAIL_WHY).
 */
#include "flow/out/render_job.h"

#include "flow/step/proposal.h"
#include "forum/route.h"
#include "store/proposals.h"
#include "store/topics.h"

#include <string.h>

static struct value *topics_value(struct job *j, row_id proposal, enum topic_kind kind)
{
    g_autoptr(GPtrArray) topics = topics_of_proposal(j->r->g->db, proposal, kind, j->e);
    struct value *list = value_list();
    const char *last = "";

    for (guint i = 0; topics != NULL && i < topics->len; i++) {
        const struct topic *t = topics->pdata[i];
        if (strcmp(t->name, last) == 0)
            continue;
        struct value *entry = value_map();
        value_set_line(entry, "title", topic_title(topics, t->name, j->v.language));
        value_append(list, entry);
        last = t->name;
    }
    return list;
}

static void set_ideas(struct value *data, struct job *j, row_id proposal)
{
    g_autoptr(GArray) ideas = proposals_ideas(j->r->g->db, proposal, j->e);
    struct value *list = value_list();

    for (guint i = 0; ideas != NULL && i < ideas->len; i++) {
        const struct idea *idea = job_idea(j, g_array_index(ideas, row_id, i));
        if (idea == NULL)
            continue;
        struct value *entry = value_map();
        value_set_number(entry, "number", idea->id);
        value_set_line(entry, "title", view_idea_title(&j->v, idea));
        value_append(list, entry);
    }
    value_set(data, "parts", list);
}

void job_set_proposal(struct value *data, struct job *j)
{
    row_id proposal = 0;

    if (j->idea == NULL || !proposals_of_discussion(j->r->g->db, j->idea->id, &proposal, j->e) || proposal == 0)
        return;
    value_set_number(data, "proposal", proposal);
    value_set_bool(data, "is_draft", proposal_is_draft(j->idea));
    view_set_taken(data, "proposal_address", route_proposal_address(proposal, j->r->g->domain));
    set_ideas(data, j, proposal);
    value_set(data, "fields", topics_value(j, proposal, TOPIC_FIELD));
    value_set(data, "goals", topics_value(j, proposal, TOPIC_GOAL));
}

/* The words of official_word() and proposed_word(). By name each, or nobody would know that templates may ask (texts_known.awk). */
void job_set_why(struct value *data, const char *why)
{
    value_set_bool(data, "has_words", strcmp(why, "words") == 0);
    value_set_bool(data, "no_phase", strcmp(why, "phase") == 0);
    value_set_bool(data, "is_closed", strcmp(why, "closed") == 0);
    value_set_bool(data, "is_no_second", strcmp(why, "no_second") == 0);
    value_set_bool(data, "is_not_yours", strcmp(why, "not_yours") == 0);
    value_set_bool(data, "is_same", strcmp(why, "same") == 0);
    value_set_bool(data, "is_empty", strcmp(why, "empty") == 0);
    value_set_bool(data, "is_not_here", strcmp(why, "not_here") == 0);
    value_set_bool(data, "is_lost", strcmp(why, "lost") == 0);
    value_set_bool(data, "is_changed", strcmp(why, "changed") == 0);
    value_set_bool(data, "is_decided", strcmp(why, "decided") == 0);
    value_set_bool(data, "is_no_title", strcmp(why, "no_title") == 0);
    value_set_bool(data, "is_no_idea", strcmp(why, "no_idea") == 0);
    value_set_bool(data, "is_other", strcmp(why, "other") == 0);
    value_set_bool(data, "is_inner", strcmp(why, "inner") == 0);
    value_set_bool(data, "is_not_open", strcmp(why, "not_open") == 0);
    value_set_bool(data, "is_last", strcmp(why, "last") == 0);
    value_set_bool(data, "is_no_address", strcmp(why, "no_address") == 0);
    value_set_bool(data, "is_returned", strcmp(why, "returned") == 0);
    value_set_bool(data, "is_enough", strcmp(why, "enough") == 0);
    value_set_bool(data, "is_several", strcmp(why, "several") == 0);
    value_set_bool(data, "is_ours", strcmp(why, "ours") == 0);
    value_set_bool(data, "is_machine", strcmp(why, "machine") == 0);
    value_set_bool(data, "is_not_proved", strcmp(why, "not_proved") == 0);
    value_set_bool(data, "is_phase", strcmp(why, "phase") == 0);
    value_set_bool(data, "is_many", strcmp(why, "many") == 0);
    value_set_bool(data, "is_newer", strcmp(why, "newer") == 0);
    value_set_bool(data, "is_twice", strcmp(why, "twice") == 0);
    value_set_bool(data, "is_no_role", strcmp(why, "no_role") == 0);
    value_set_bool(data, "is_redacted", strcmp(why, "redacted") == 0);
    value_set_bool(data, "is_no_topic", strcmp(why, "no_topic") == 0);
    value_set_bool(data, "is_staff", strcmp(why, "staff") == 0);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supports; see support.h.
 */
#include "flow/step/support.h"

#include "flow/phase.h"
#include "forum/life.h"
#include "store/events.h"
#include "store/ideas.h"
#include "store/proposals.h"
#include "store/steps.h"

static bool note(struct gateway *g, const struct idea *idea, row_id person, row_id message, const char *kind, const char *how,
                 gint64 now, struct err *e)
{
    g_autofree char *detail = how != NULL ? g_strdup_printf("how=%s", how) : NULL;
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = person,
                       .about.forum = idea->forum_id,
                       .about.idea = idea->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

/* A merged idea takes what its lead takes. */
static bool is_open(struct gateway *g, const struct idea *idea, struct err *e)
{
    idea_auto lead = idea->lead_id != 0 ? ideas_by_id(g->db, idea->lead_id, e) : NULL;

    return life_takes_support(lead != NULL ? lead->state : idea->state);
}

bool support_give(struct gateway *g, const struct idea *idea, const struct person *person, enum role role, row_id message,
                  const char *how, gint64 now, enum support *found_out, struct err *e)
{
    enum who who;
    bool added, is_in_phase = true;
    row_id proposal = 0;

    if (!proposals_of_discussion(g->db, idea->id, &proposal, e) ||
        (message != 0 &&
         !phase_is_open(g, idea->forum_id, phase_kind_of(idea, idea->ring, proposal != 0, true), now, &is_in_phase, e)))
        return false;
    *found_out = person->id == idea->author_id          ? SUPPORT_OWN
                 : who_of_role(role, &who)              ? SUPPORT_STAFF
                 : !is_in_phase || !is_open(g, idea, e) ? SUPPORT_NOT_OPEN
                                                        : SUPPORT_ADDED;
    if (*found_out != SUPPORT_ADDED || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    if (!supports_add(g->db, idea->id, person->id, how, now, &added, e) || !ideas_follow(g->db, idea->id, person->id, false, e))
        return false;
    *found_out = added ? SUPPORT_ADDED : SUPPORT_WAS_THERE;
    return !added || note(g, idea, person->id, message, "support.added", how, now, e);
}

bool support_take_back(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, bool *ended_out,
                       struct err *e)
{
    return supports_end(g->db, idea->lead_id != 0 ? idea->lead_id : idea->id, person, now, ended_out, e) &&
           (!*ended_out || note(g, idea, person, message, "support.withdrawn", NULL, now, e));
}

bool support_follow(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, struct err *e)
{
    bool has_lead = idea->lead_id != 0 && idea->lead_id != idea->id;

    /* A STOPP for either would still count. */
    return ideas_follow(g->db, idea->id, person, true, e) && (!has_lead || ideas_follow(g->db, idea->lead_id, person, true, e)) &&
           note(g, idea, person, message, "follow.started", NULL, now, e);
}

const char *support_sentence(enum support s)
{
    static const char *const sentences[] = {
        [SUPPORT_ADDED] = "counted",
        [SUPPORT_WAS_THERE] = "that person is for it already",
        [SUPPORT_OWN] = "its author is for it anyway and does not count",
        [SUPPORT_STAFF] = "who leads or moderates the forum does not count",
        [SUPPORT_NOT_OPEN] = "it is not open, so nobody is counted",
    };

    return sentences[s];
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * STAND: somebody who leads the forum takes the idea, or the proposal, one step on. What two persons must decide waits for the second.
 */
#include "flow/deed/deed.h"

#include "flow/step/proposal.h"
#include "store/proposals.h"

/* Merging and taking back have words of their own. */
static bool is_by_word(const struct idea *idea, row_id proposal, const struct idea_change *c)
{
    if (proposal != 0 && proposal_is_draft(idea))
        return true; /* the proposal's own question */
    unsigned next = proposal != 0 ? life_next_of_proposal(idea->state, c->who) : life_next(idea->state, c->who);
    return (next & 1U << c->to) != 0;
}

/* *FOUND: what came of asking a second person. */
static bool ask_second(struct deed *d, const struct idea_change *c, enum life_answer *found, struct err *e)
{
    enum official asked;

    if (!second_ask(d->g, d->l->idea, c, d->now, &asked, e))
        return false;
    *found = asked == OFFICIAL_DONE ? LIFE_IS_ASKED : LIFE_NEEDS_SECOND;
    return true;
}

bool deed_state(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    const struct idea *idea = d->l->idea;
    enum life_answer found = LIFE_NO_STEP;
    row_id proposal = 0;

    if (!life_state_called(d->l->command.name, &c.to)) {
        deed_answer_step(d, LIFE_NO_STEP);
        d->why = "unknown";
        return true;
    }
    if (!proposals_of_discussion(d->g->db, idea->id, &proposal, e))
        return false;
    bool ok = !is_by_word(idea, proposal, &c) || (proposal != 0 ? proposal_lead(d->g, proposal, idea, &c, d->now, &found, e)
                                                                : idea_step(d->g, idea, &c, d->now, &found, e));
    if (!ok || (found == LIFE_NEEDS_SECOND && !ask_second(d, &c, &found, e)))
        return false;
    bool is_there = c.to == idea->state && (proposal == 0 || !proposal_is_draft(idea));
    deed_answer_step(d, is_there ? LIFE_IS_THERE : found);
    return true;
}

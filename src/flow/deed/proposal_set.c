/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * PLUS, OHNE, TITEL, FELD, ZIEL: who leads the forum changes a proposal.
 */
#include "flow/deed/deed.h"

#include "flow/step/proposal.h"
#include "store/proposals.h"

bool deed_proposal_set(struct deed *d, struct err *e)
{
    const struct command_line *line = &d->l->command;
    struct idea_change c = deed_change(d);
    struct proposed_found found = {.what = PROPOSED_NOT_HERE};
    row_id proposal;
    bool ok = proposals_of_discussion(d->g->db, d->l->idea->id, &proposal, e);

    if (ok && line->command == COMMAND_PLUS)
        ok = proposal_add_idea(d->g, proposal, d->l->idea, line->number, &c, d->now, &found, e);
    else if (ok && line->command == COMMAND_MINUS)
        ok = proposal_drop_idea(d->g, proposal, d->l->idea, line->number, &c, d->now, &found, e);
    else if (ok && line->command == COMMAND_TITLE)
        ok = proposal_rename(d->g, proposal, d->l->idea, d->decision->argument, &c, d->now, &found, e);
    else if (ok)
        ok = proposal_serve(d->g, proposal, d->l->idea, line->command == COMMAND_FIELD ? TOPIC_FIELD : TOPIC_GOAL, line->name, &c,
                            d->now, &found, e);
    if (ok)
        deed_answer_proposal(d, &found);
    return ok;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of deeds; see deed.h.
 */
#include "flow/deed/deed.h"

#include "flow/step/proposal.h"

#include "flow/deed/deeds.inc" /* the file of each row, so that none can be forgotten */

#define DEED(id, name, what) [ACTION_##id] = deed_##name,
static bool (*const deeds[])(struct deed *d, struct err *e) = {
#include "forum/deed.def"
};
#undef DEED

void deed_answer_step(struct deed *d, enum life_answer found)
{
    static const char *const words[] = {
        [LIFE_GRANTED] = NULL,      [LIFE_IS_THERE] = "there",   [LIFE_NO_STEP] = "none",
        [LIFE_NOT_YOURS] = "none",  [LIFE_NO_REASON] = "reason", [LIFE_NEEDS_SECOND] = "second",
        [LIFE_IN_PROPOSAL] = "led", [LIFE_IS_ASKED] = "asked",   [LIFE_DAY_OVER] = "past",
    };

    d->answer = found == LIFE_GRANTED ? PURPOSE_TRANSCRIPT : PURPOSE_ERROR_STEP;
    d->why = words[found];
    if (found != LIFE_GRANTED && found != LIFE_IS_ASKED)
        d->verdict->kind = VERDICT_REFUSED;
}

void deed_answer_official(struct deed *d, enum official found)
{
    d->answer = found == OFFICIAL_DONE ? PURPOSE_NONE : PURPOSE_ERROR_OFFICIAL;
    d->why = official_word(found);
    if (found != OFFICIAL_DONE)
        d->verdict->kind = VERDICT_REFUSED;
}

void deed_answer_proposal(struct deed *d, const struct proposed_found *found)
{
    bool is_done = found->what == PROPOSED_DONE;

    d->answer = is_done ? PURPOSE_PROPOSAL_CHANGED : PURPOSE_ERROR_PROPOSAL;
    d->why = proposed_word(found->what);
    if (!is_done)
        d->verdict->kind = VERDICT_REFUSED;
}

struct idea_change deed_change(const struct deed *d)
{
    struct idea_change c = {.who = WHO_AUTHOR,
                            .person = d->l->person->id,
                            .message = d->message,
                            .reason = d->decision->argument};

    who_of_role(d->l->facts.role, &c.who);
    return c;
}

bool deed_do(struct deed *d, struct err *e)
{
    return deeds[d->decision->action](d, e);
}

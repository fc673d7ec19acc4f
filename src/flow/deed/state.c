/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * STAND, ZUORDNEN, WEITERLEITEN AN: somebody who leads the forum takes the idea, or the proposal, one step on. What two persons must decide waits for the second.
 */
#include "flow/deed/deed.h"

#include "flow/step/idea_place.h"
#include "forum/route.h"
#include "store/ideas.h"

/* ZUORDNEN energie: it is moved there first. *THERE_OUT: the idea as it then is; owned by the caller. */
static bool move_first(struct deed *d, const struct idea_change *c, struct idea **there_out, enum life_answer *found,
                       struct err *e)
{
    g_autofree char *name = route_fold_name(d->l->command.name);
    forum_auto to = name != NULL ? facts_find_forum(d->g, name, e) : NULL;

    *found = LIFE_NO_STEP;
    if (to == NULL || !idea_move(d->g, d->l->idea, to, c, d->now, found, e))
        return e->kind == ERR_NONE;
    if (*found == LIFE_GRANTED || *found == LIFE_IS_THERE)
        *there_out = ideas_by_id(d->g->db, d->l->idea->id, e);
    return e->kind == ERR_NONE;
}

bool deed_state(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    enum life_answer found;

    c.to = d->l->command.command == COMMAND_FORWARD ? IDEA_FORWARDED : IDEA_ASSIGNED;
    if (d->l->command.command == COMMAND_STATE && !life_state_called(d->l->command.name, &c.to)) {
        deed_answer_step(d, LIFE_NO_STEP);
        d->why = "unknown";
        return true;
    }
    idea_auto there = NULL;
    bool moves = d->l->command.command == COMMAND_ASSIGN && d->l->command.name != NULL;
    if (moves && !move_first(d, &c, &there, &found, e))
        return false;
    bool is_led = !moves || there != NULL;
    if (is_led && !second_lead(d->g, there != NULL ? there : d->l->idea, &c, d->now, &found, e))
        return false;
    if (found == LIFE_IS_THERE && there != NULL && there->forum_id != d->l->idea->forum_id)
        found = LIFE_GRANTED; /* it was moved, and was assigned by that */
    deed_answer_step(d, found);
    d->why = is_led ? d->why : "unknown";
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * STAND, ZUORDNEN, WEITERLEITEN AN: somebody who leads the forum takes the idea, or the proposal, one step on. What two persons must decide waits for the second.
 */
#include "flow/deed/deed.h"

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
    if (!second_lead(d->g, d->l->idea, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    return true;
}

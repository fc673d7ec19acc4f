/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * STAND: somebody who leads the forum takes the idea one step on.
 */
#include "flow/deed/deed.h"

bool deed_state(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    enum life_answer found = LIFE_NO_STEP;

    if (!life_state_called(d->l->command.name, &c.to)) {
        deed_answer_step(d, LIFE_NO_STEP);
        d->why = "unknown";
        return true;
    }
    bool is_theirs =
        (life_next(d->l->idea->state, c.who) & 1U << c.to) != 0; /* merging and taking back have words of their own */
    if (is_theirs && !idea_step(d->g, d->l->idea, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, c.to == d->l->idea->state ? LIFE_IS_THERE : found);
    return true;
}

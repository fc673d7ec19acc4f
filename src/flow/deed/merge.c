/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ZUSAMMENFÜHREN: the idea goes on with another one.
 */
#include "flow/deed/deed.h"
#include "flow/step/idea_step.h"

bool deed_merge(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    idea_auto into = idea_named(d->g, d->l->idea, d->l->command.number, e);
    enum life_answer found = LIFE_NO_STEP;

    if (into == NULL && e->kind != ERR_NONE)
        return false;
    if (into != NULL && !idea_merge(d->g, d->l->idea, into, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    d->why = into != NULL ? d->why : "unknown";
    return true;
}

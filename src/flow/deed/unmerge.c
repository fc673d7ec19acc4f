/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TRENNEN: the idea goes its own way again.
 */
#include "flow/deed/deed.h"
#include "flow/step/idea_step.h"

bool deed_unmerge(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    enum life_answer found;

    if (!idea_unmerge(d->g, d->l->idea, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    return true;
}

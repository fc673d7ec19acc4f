/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FRIST 3.5.: when the next step of the idea is due; who follows it hears.
 */
#include "flow/deed/deed.h"

#include "forum/when.h"

bool deed_deadline(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    gint64 end = when_day_ends(when_day(d->l->command.name), d->now, d->g->settings->zone);

    if (end == 0) {
        deed_answer_step(d, LIFE_NO_STEP);
        d->why = "unknown";
        return true;
    }
    enum life_answer found;
    if (!idea_set_deadline(d->g, d->l->idea, end, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    return true;
}

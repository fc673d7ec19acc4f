/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FRIST 3.5.: when the next step of the idea is due; FRIST keine: nothing is said of that any more. Who follows it hears.
 */
#include "flow/deed/deed.h"

#include "flow/step/idea_place.h"
#include "forum/when.h"

bool deed_deadline(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    bool is_none = when_is_no_day(d->l->command.name);
    gint64 end = is_none ? 0 : when_day_ends(when_day(d->l->command.name), d->now, d->g->settings->zone);

    if (end == 0 && !is_none) {
        bool is_over = when_day_is_over(when_day(d->l->command.name), d->now, d->g->settings->zone);
        deed_answer_step(d, is_over ? LIFE_DAY_OVER : LIFE_NO_STEP);
        d->why = is_over ? d->why : "unknown";
        return true;
    }
    enum life_answer found;
    if (!idea_set_deadline(d->g, d->l->idea, end, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    return true;
}

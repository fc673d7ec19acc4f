/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * VERSCHIEBEN NACH: the idea goes to another forum.
 */
#include "flow/deed/deed.h"

#include "flow/step/idea_place.h"
#include "forum/route.h"

bool deed_move(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    g_autofree char *name = route_fold_name(d->l->command.name);
    forum_auto to = name != NULL ? facts_find_forum(d->g, name, e) : NULL;
    enum life_answer found = LIFE_NO_STEP;

    if (to == NULL && e->kind != ERR_NONE)
        return false;
    if (to != NULL && !idea_move(d->g, d->l->idea, to, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    d->why = to != NULL ? d->why : "unknown";
    return true;
}

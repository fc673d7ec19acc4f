/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * AUCH: the idea is shown in another forum, too; NICHT AUCH: no more.
 */
#include "flow/deed/deed.h"

#include "flow/step/idea_place.h"
#include "forum/route.h"

bool deed_also(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    g_autofree char *name = route_fold_name(d->l->command.name);
    forum_auto forum = name != NULL ? facts_find_forum(d->g, name, e) : NULL;
    enum life_answer found = LIFE_NO_STEP;

    if (forum == NULL && e->kind != ERR_NONE)
        return false;
    if (forum != NULL && !idea_show_in(d->g, d->l->idea, forum, d->l->command.command == COMMAND_ALSO, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    d->why = forum != NULL ? d->why : "unknown";
    return true;
}

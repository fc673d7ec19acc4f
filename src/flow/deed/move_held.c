/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NACH: the idea that waits belongs into another forum.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"
#include "forum/route.h"

bool deed_move_held(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    g_autofree char *name = route_fold_name(l->command.name);
    forum_auto to = name != NULL ? facts_find_forum(d->g, name, e) : NULL;
    enum review found = REVIEW_IS_THERE;

    if (to == NULL && e->kind != ERR_NONE)
        return false;
    if (to != NULL && !review_move(d->g, l->hold, to, l->person->id, d->message, d->now, &found, e))
        return false;
    if (to == NULL || found != REVIEW_DONE) {
        d->answer = found == REVIEW_DECIDED ? PURPOSE_ERROR_MODERATION_DECIDED : PURPOSE_ERROR_MODERATION_MOVE;
        d->verdict->kind = VERDICT_REFUSED;
    }
    return true;
}

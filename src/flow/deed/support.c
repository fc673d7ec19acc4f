/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * DAFÜR: one more is for the idea, each person once.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"

bool deed_support(struct deed *d, struct err *e)
{
    enum support found;

    if (!support_give(d->g, d->l->idea, d->l->person, d->l->facts.role, d->message,
                      d->m->kind == KIND_REACTION ? "reaction" : "mail", d->l->came_at, d->now, &found, e))
        return false;
    d->why = d->answer != PURPOSE_NONE ? support_word(found) : NULL; /* of a click nothing is said */
    if (found != SUPPORT_ADDED && found != SUPPORT_WAS_THERE)
        d->verdict->kind = VERDICT_REFUSED;
    return true;
}

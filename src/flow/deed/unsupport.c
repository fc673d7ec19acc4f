/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NICHT MEHR: one less is for the idea.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"

bool deed_unsupport(struct deed *d, struct err *e)
{
    bool ended;

    if (!support_take_back(d->g, d->l->idea, d->l->person->id, d->message, d->now, &ended, e))
        return false;
    d->why = ended ? "back" : "none";
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * STUMM: the writer is told of the idea no more.
 */
#include "flow/deed/deed.h"

#include "flow/step/leave.h"

bool deed_mute(struct deed *d, struct err *e)
{
    return leave_stop(d->g, d->l->person->id, LEAVE_IDEA, d->l->idea->id, d->message, d->now, e);
}

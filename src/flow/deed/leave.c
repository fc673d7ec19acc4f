/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing of that kind is sent to the person any more.
 */
#include "flow/deed/deed.h"

#include "flow/step/leave.h"

bool deed_leave(struct deed *d, struct err *e)
{
    row_id person = d->l->holder != NULL ? d->l->holder->id : d->l->person->id;

    return leave_stop(d->g, person, d->decision->leave, d->decision->leave_id, d->message, d->now, e);
}

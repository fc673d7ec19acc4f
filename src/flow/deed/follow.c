/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FOLGEN: the writer is told of the idea from now on, whatever they said before.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"

bool deed_follow(struct deed *d, struct err *e)
{
    return support_follow(d->g, d->l->idea, d->l->person->id, d->message, d->now, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The withdrawal is undone.
 */
#include "flow/deed/deed.h"

#include "flow/step/withdraw.h"

bool deed_undo(struct deed *d, struct err *e)
{
    d->verdict->post_id = d->l->own->id;
    return withdraw_undo(d->g, d->l->own, d->now, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author takes their post back.
 */
#include "flow/deed/deed.h"

#include "flow/step/withdraw.h"

bool deed_withdraw(struct deed *d, struct err *e)
{
    d->verdict->post_id = d->l->own->id;
    return withdraw_post(d->g, d->l->own, d->message, d->now, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody else used the address that only this moderator was sent.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"

bool deed_warn_moderator(struct deed *d, struct err *e)
{
    return answer_warn_moderator(d->g, d->l, d->message, d->now, e);
}

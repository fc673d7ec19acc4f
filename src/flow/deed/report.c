/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Count the delivery report.
 */
#include "flow/deed/deed.h"

#include "flow/step/bounce.h"

bool deed_report(struct deed *d, struct err *e)
{
    return bounce_report(d->g, d->m, d->l->notice, d->message, d->now, e);
}

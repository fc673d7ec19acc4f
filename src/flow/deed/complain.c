/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author of a refused text is of another mind.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_complain(struct deed *d, struct err *e)
{
    return review_complain(d->g, d->l->hold, d->decision->argument, d->message, d->now, e);
}

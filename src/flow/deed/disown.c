/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hold's author said it is not theirs.
 */
#include "flow/deed/deed.h"

#include "flow/step/answered.h"

bool deed_disown(struct deed *d, struct err *e)
{
    d->leaves_nothing = true;
    return answered_no(d->g, d->l->hold, d->now, e);
}

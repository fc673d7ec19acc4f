/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hold's author wants to read the whole text.
 */
#include "flow/deed/deed.h"

#include "flow/step/ask.h"

bool deed_show(struct deed *d, struct err *e)
{
    return ask_show(d->g, d->l->hold, d->now, e);
}

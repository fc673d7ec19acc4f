/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same, and wants no more questions.
 */
#include "flow/deed/deed.h"

#include "flow/step/ask.h"
#include "flow/step/content.h"

bool deed_stop_asking(struct deed *d, struct err *e)
{
    d->leaves_nothing = true;
    return content_disown(d->g, d->l->hold, d->now, e) && ask_stopped(d->g, d->l->hold, d->now, e);
}

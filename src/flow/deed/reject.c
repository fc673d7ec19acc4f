/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A moderator refuses it, with a reason.
 */
#include "flow/deed/deed.h"

#include "flow/step/content.h"

bool deed_reject(struct deed *d, struct err *e)
{
    enum access found; /* the rules asked in this transaction; a second answer of the same mail finds it decided */

    return content_reject(d->g, d->l->hold, d->l->person->id, d->decision->argument, d->now, &found, e);
}

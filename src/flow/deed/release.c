/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A moderator lets the text of a hold out.
 */
#include "flow/deed/deed.h"

#include "flow/step/content.h"

bool deed_release(struct deed *d, struct err *e)
{
    enum access found; /* the rules asked in this transaction; a second answer of the same mail finds it decided */

    return content_release(d->g, d->l->hold, d->l->person->id, d->now, &found, e);
}

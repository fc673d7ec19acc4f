/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * BLEIBT to a complaint: the text stays refused.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_uphold(struct deed *d, struct err *e)
{
    enum review found;

    return review_uphold(d->g, d->l->hold, d->decision->argument, d->l->person->id, d->message, d->now, &found, e);
}

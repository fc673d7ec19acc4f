/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FREI to a complaint: the text is published after all.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_overrule(struct deed *d, struct err *e)
{
    enum review found;

    if (!review_overrule(d->g, d->l->hold, d->l->person->id, d->now, &found, e))
        return false;
    if (found != REVIEW_DONE) {
        d->answer = PURPOSE_ERROR_MODERATION_DECIDED;
        d->verdict->kind = VERDICT_REFUSED;
    }
    return true;
}

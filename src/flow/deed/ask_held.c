/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FRAGEN: its author is asked.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_ask_held(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    enum review found;

    if (!review_ask(d->g, l->hold, d->decision->argument, l->person->id, d->message, d->now, &found, e))
        return false;
    if (found != REVIEW_DONE) {
        d->answer = found == REVIEW_DECIDED ? PURPOSE_ERROR_MODERATION_DECIDED : PURPOSE_ERROR_MODERATION_ASKED;
        d->verdict->kind = VERDICT_REFUSED;
    }
    return true;
}

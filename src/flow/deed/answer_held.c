/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the author answers to a moderator: nothing of it becomes public. What is not taken any more comes back.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_answer_held(struct deed *d, struct err *e)
{
    enum review found;

    if (!review_answer(d->g, d->l->hold, d->decision->argument, d->message, d->now, &found, e))
        return false;
    if (found != REVIEW_DONE) {
        d->verdict->kind = VERDICT_REFUSED;
        d->answer = d->m->may_reply && *d->sender != '\0' ? PURPOSE_ERROR_ANSWER : PURPOSE_NONE;
    }
    return true;
}

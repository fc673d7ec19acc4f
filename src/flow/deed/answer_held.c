/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the author answers to a moderator: nothing of it becomes public.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_answer_held(struct deed *d, struct err *e)
{
    return review_answer(d->g, d->l->hold, d->decision->argument, d->message, d->now, e);
}

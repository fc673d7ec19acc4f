/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author of a refused, removed or redacted text is of another mind.
 */
#include "flow/deed/deed.h"

#include "flow/step/review.h"

bool deed_complain(struct deed *d, struct err *e)
{
    enum review found;

    if (!review_complain(d->g, d->l->hold, d->decision->argument, d->message, d->now, &found, e))
        return false;
    if (found == REVIEW_DECIDED || found == REVIEW_IMPOSSIBLE) {
        d->verdict->kind = VERDICT_REFUSED;
        d->answer = d->m->may_reply && *d->sender != '\0' ? PURPOSE_ERROR_COMPLAINT : PURPOSE_NONE;
    }
    return true;
}

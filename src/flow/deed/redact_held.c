/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SCHWÄRZEN in answer to a text that waits: passages of it go, the rest is published.
 */
#include "flow/deed/deed.h"

#include "flow/step/redact.h"

bool deed_redact_held(struct deed *d, struct err *e)
{
    enum redact found;

    if (!redact_held(d->g, d->l->hold, d->decision->argument, d->l->person->id, d->now, &found, e))
        return false;
    if (found != REDACT_DONE) {
        d->answer = found == REDACT_NO_PASSAGE ? PURPOSE_ERROR_REDACT : PURPOSE_ERROR_MODERATION_CHANGED;
        d->verdict->kind = VERDICT_REFUSED;
    }
    return true;
}

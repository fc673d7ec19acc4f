/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody whom nothing proves may be for an idea: they are asked.
 */
#include "flow/deed/deed.h"

#include "flow/step/support.h"

bool deed_ask_support(struct deed *d, struct err *e)
{
    bool may_reply = d->m->may_reply && *d->sender != '\0';
    enum support found;

    if (!support_may_ask(d->g, d->l->idea, d->l->came_at, &found, e))
        return false;
    if (found != SUPPORT_ADDED) {
        d->answer = d->decision->trust >= TRUST_DMARC && may_reply ? PURPOSE_ERROR_SUPPORT : PURPOSE_NONE;
        d->why = support_word(found);
        d->verdict->kind = VERDICT_REFUSED;
        return true;
    }
    return support_ask(d->g, d->l->idea, d->from, d->m->language, d->decision->trust >= TRUST_DMARC, may_reply, d->message,
                       d->now, &d->verdict->hold_id, e);
}

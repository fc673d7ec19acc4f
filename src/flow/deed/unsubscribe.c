/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A newsletter is wanted no more, or never was. Who got it is told, at the address it went to: they may not have written this.
 */
#include "flow/deed/deed.h"

#include "flow/step/subscribe.h"
#include "store/notices.h"

bool deed_unsubscribe(struct deed *d, struct err *e)
{
    const struct subscription *s = d->l->subscription;
    bool was_in = s->state == SUBSCRIPTION_ACTIVE;
    struct said how = {.way = WAY_MAIL, .mail = d->m, .message_key = d->message_key, .message = d->message};
    struct notice n = {.purpose = PURPOSE_UNSUBSCRIBED,
                       .language = s->language,
                       .subscription_id = s->id,
                       .about.message = d->message,
                       .due_at = d->now};
    bool changed;

    return subscribe_end(d->g, s, SUBSCRIPTION_UNSUBSCRIBED, &how, d->now, &changed, e) &&
           (!changed || !was_in || notices_add(d->g->db, &n, NULL, e));
}

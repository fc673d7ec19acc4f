/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The owner of an address said yes to a newsletter.
 */
#include "flow/deed/deed.h"

#include "flow/step/subscribe.h"
#include "store/notices.h"

bool deed_subscribed(struct deed *d, struct err *e)
{
    const struct subscription *s = d->l->subscription;
    struct said how = {.way = WAY_MAIL, .mail = d->m, .message_key = d->message_key, .message = d->message};
    struct notice n = {.purpose = PURPOSE_SUBSCRIBED,
                       .language = s->language,
                       .subscription_id = s->id,
                       .about.message = d->message,
                       .due_at = d->now};
    bool changed;

    return subscribe_confirm(d->g, s, &how, d->now, &changed, e) && (!changed || notices_add(d->g->db, &n, NULL, e));
}

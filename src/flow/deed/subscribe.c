/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody wants a newsletter: they are asked, whoever wrote.
 */
#include "flow/deed/deed.h"

#include "flow/step/subscribe.h"

bool deed_subscribe(struct deed *d, struct err *e)
{
    const char *written = ((struct mailbox *)d->m->from->pdata[0])->address;
    struct said how = {.way = WAY_MAIL, .mail = d->m, .message_key = d->message_key, .message = d->message};
    enum subscribe_outcome outcome; /* what comes of it only the owner of the address learns, by the question */

    return subscribe_ask(d->g, d->l->list, written, d->m->language, &how, d->now, &outcome, e);
}

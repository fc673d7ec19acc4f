/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who says so cannot be proved: its author is asked.
 */
#include "flow/deed/deed.h"

#include "flow/step/withdraw.h"

#include <string.h>

bool deed_ask_withdraw(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    bool is_asked = l->route.kind == ROUTE_CONFIRM && l->hold != NULL && strcmp(l->hold->address, d->from) == 0;
    bool is_token_of_writer = l->route.has_token && (is_asked || l->route.person == l->person->id);

    d->verdict->post_id = l->own->id;
    return withdraw_ask(d->g, l->own, d->message, is_token_of_writer, d->now, &d->verdict->hold_id, e);
}

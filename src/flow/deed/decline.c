/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody said no to a question about themselves, or STOPP: nothing of it stays.
 */
#include "flow/deed/deed.h"

#include "store/events.h"
#include "store/mailboxes.h"
#include "store/wishes.h"

bool deed_decline(struct deed *d, struct err *e)
{
    const struct wish *w = d->l->wish;
    struct event ev = {.at = d->now,
                       .kind = "wish.declined",
                       .about.message = d->message,
                       .about.person = w->person_id,
                       .detail = wish_kind_name(w->kind)};
    bool found, wants_none = d->l->command.command == COMMAND_STOP;

    return wishes_remove(d->g->db, w->id, &found, e) && events_add(d->g->db, &ev, e) &&
           (!wants_none || mailboxes_set_stopped(d->g->db, gateway_mailbox(d->g, w->address), d->now, e));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * INTERN: what went to everybody, though it seems to answer what only members were sent, stays among them.
 */
#include "flow/deed/deed.h"

#include "flow/step/inner_talk.h"

bool deed_confirm_inner(struct deed *d, struct err *e)
{
    enum access found;

    if (!inner_talk_confirm(d->g, d->l->hold, message_command_text(d->m), ((struct mailbox *)d->m->from->pdata[0])->address,
                            d->now, &d->verdict->post_id, &found, e))
        return false;
    if (found != ACCESS_GRANTED && found != ACCESS_DECIDED) {
        d->answer = access_answer(found);
        d->verdict->kind = VERDICT_REFUSED;
    }
    return true;
}

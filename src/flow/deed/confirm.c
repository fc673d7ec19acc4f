/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hold's author said yes.
 */
#include "flow/deed/deed.h"

#include "flow/step/answered.h"

bool deed_confirm(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    enum access found; /* the rules asked in this transaction; a second answer of the same mail finds it decided */

    return answered_yes(d->g, l->hold, l->forum, message_command_text(d->m), ((struct mailbox *)d->m->from->pdata[0])->address,
                        d->message, d->now, &d->verdict->post_id, &found, e);
}

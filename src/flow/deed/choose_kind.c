/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * And its author said which.
 */
#include "flow/deed/deed.h"

#include "flow/step/content.h"
#include "flow/step/correct.h"

bool deed_choose_kind(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    const char *answer = message_command_text(d->m), *written = ((struct mailbox *)d->m->from->pdata[0])->address;
    enum access found; /* the rules asked in this transaction */

    if (*d->decision->argument == '1')
        return correct_confirm(d->g, l->hold, answer, written, d->message, d->now, &d->verdict->post_id, &found, e);
    return content_confirm(d->g, l->hold, l->forum, answer, written, d->now, &d->verdict->post_id, &found, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author of a confirmed hold asks for another public name.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"
#include "flow/step/names.h"

bool deed_name(struct deed *d, struct err *e)
{
    enum name_fault fault;

    if (!names_change(d->g, d->l->hold, message_command_text(d->m), d->message, d->now, &fault, e))
        return false;
    return !d->m->may_reply || answer_send(d->g, d->l, names_purpose(fault), d->from, d->m->language, d->message, d->now, e);
}

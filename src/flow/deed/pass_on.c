/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To the operator, or to who answers for the protection of data.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"

bool deed_pass_on(struct deed *d, struct err *e)
{
    if (d->l->route.kind == ROUTE_PRIVACY)
        return answer_tell_officer(d->g, d->message, d->m->text, d->now, e);
    return answer_tell_operator(d->g, PURPOSE_OPERATOR_MAIL, d->message, d->m->text, d->now, e);
}

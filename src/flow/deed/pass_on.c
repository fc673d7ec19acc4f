/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To the operator.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"

bool deed_pass_on(struct deed *d, struct err *e)
{
    return answer_tell_operator(d->g, PURPOSE_OPERATOR_MAIL, d->message, d->m->text, d->now, e);
}

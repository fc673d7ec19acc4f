/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The operator hears once a day that this happens.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"

bool deed_warn(struct deed *d, struct err *e)
{
    return answer_tell_operator_once(d->g, PURPOSE_OPERATOR_WAITING, d->message, NULL, d->now, e);
}

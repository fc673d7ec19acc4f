/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the author of an idea answers to a letter: for staff alone. Where nobody is left to read it, its author has it back.
 */
#include "flow/deed/deed.h"

#include "flow/step/letter.h"

bool deed_answer_letter(struct deed *d, struct err *e)
{
    bool is_heard;

    if (!letter_answer(d->g, d->l->hold, d->decision->argument, d->message, d->now, &is_heard, e))
        return false;
    if (!is_heard) {
        d->verdict->kind = VERDICT_REFUSED;
        d->answer = d->m->may_reply && *d->sender != '\0' ? PURPOSE_ERROR_ANSWER : PURPOSE_NONE;
    }
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * idee-42+autor@: who leads the forum writes to the author of an idea alone.
 */
#include "flow/deed/deed.h"

#include "flow/step/letter.h"

bool deed_letter(struct deed *d, struct err *e)
{
    enum letter found;

    if (!letter_send(d->g, d->l->idea, d->decision->argument, d->l->person->id, d->message, d->now, &found, &d->told, e))
        return false;
    d->answer = found == LETTER_DONE ? PURPOSE_LETTER_SENT : PURPOSE_ERROR_LETTER;
    d->why = letter_word(found);
    if (found != LETTER_DONE) {
        d->verdict->kind = VERDICT_REFUSED;
        d->told = letter_returned(d->why, d->decision->argument != NULL ? d->decision->argument : "");
    }
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * FREI, ABLEHNEN, NEU, LÖSCHEN in answer to the draft of an official answer: another person decides, or writes it anew, or its writer takes it
 * back.
 */
#include "flow/deed/deed.h"

bool deed_second(struct deed *d, struct err *e)
{
    enum command c = d->l->command.command;
    enum official found;
    row_id by = d->l->person->id;

    bool ok = c == COMMAND_RELEASE   ? official_release(d->g, d->l->hold, by, d->now, &found, e)
              : c == COMMAND_CORRECT ? official_revise(d->g, d->l->hold, by, d->decision->argument, d->now, &found, e)
              : c == COMMAND_REJECT  ? official_refuse(d->g, d->l->hold, by, d->decision->argument, d->now, &found, e)
                                     : official_take_back(d->g, d->l->hold, by, d->now, &found, e);
    if (!ok)
        return false;
    deed_answer_official(d, found);
    return true;
}

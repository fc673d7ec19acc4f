/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ANTWORT: somebody of the office drafts an official answer. The mail about the draft is the answer to theirs.
 */
#include "flow/deed/deed.h"

bool deed_answer(struct deed *d, struct err *e)
{
    struct official_text t = {.idea = d->l->idea,
                              .parent = d->l->parent != NULL ? d->l->parent->id : 0,
                              .person = d->l->person->id,
                              .text = d->decision->argument,
                              .language = d->m->language,
                              .message = d->message};
    enum official found;

    if (!official_draft(d->g, &t, d->now, &d->verdict->hold_id, &found, e))
        return false;
    deed_answer_official(d, found);
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NEU, in answer to the question whether a text is its author's: they are asked about the new one, and only about that.
 */
#include "flow/deed/deed.h"

#include "flow/step/correct.h"
#include "forum/correct.h"

bool deed_correct_held(struct deed *d, struct err *e)
{
    const struct hold *h = d->l->hold;
    bool is_marked;
    guint whys;
    g_autofree char *given = correct_text(d->l->facts.text != NULL ? d->l->facts.text : d->m->text, &is_marked);

    if (given == NULL) {
        answer_correct(d, "empty");
        return true;
    }
    g_autofree char *text = as_public(d, h->ring, given, &whys);
    d->verdict->kind = VERDICT_CONFIRM;
    return correct_held(d->g, h, NULL, text, whys, d->message, d->now, &d->verdict->hold_id, e);
}

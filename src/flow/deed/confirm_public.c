/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ÖFFENTLICH: it is for everybody, all the same. What it has of the members' words is taken out first, and its author sees it again.
 */
#include "flow/deed/deed.h"

#include "flow/facts.h"
#include "flow/step/correct.h"
#include "forum/whys.h"

bool deed_confirm_public(struct deed *d, struct err *e)
{
    const struct hold *h = d->l->hold;
    g_autofree char *title = NULL, *text = NULL;

    if (!facts_cut_inner_words(d->g, h, d->now, &title, &text, e))
        return false;
    if (text == NULL && title == NULL)
        return deed_confirm(d, e);
    d->verdict->kind = VERDICT_CONFIRM;
    return correct_held(d->g, h, title, text != NULL ? text : h->text, whys_parse(h->also), d->message, d->now,
                        &d->verdict->hold_id, e);
}

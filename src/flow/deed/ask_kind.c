/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text below its author's own that is nearly the same: does it stand in its place, or beside it?
 */
#include "flow/deed/deed.h"

#include "flow/step/correct.h"

bool deed_ask_kind(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    guint whys;
    g_autofree char *text = as_public(d, l->idea->ring, l->facts.text != NULL ? l->facts.text : d->m->text, &whys);
    struct correction c =
        {.post = l->parent, .text = text, .message = d->message, .language = d->m->language, .whys = whys, .at = d->now};

    return ask_about(d, &c, YES_KIND, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MELDEN: the post that is answered, else the idea, breaks the rules, its reader thinks.
 */
#include "flow/deed/deed.h"

#include "flow/step/public_words.h"
#include "flow/step/reported.h"
#include "store/posts.h"

bool deed_report_post(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    post_auto post = l->parent != NULL ? posts_by_id(d->g->db, l->parent->id, e) : posts_opening(d->g->db, l->idea->id, e);
    struct reporter r = {.address = d->from,
                         .person = d->decision->is_believed ? l->person->id : 0,
                         .text = d->decision->argument,
                         .language = public_words_language(d->g, d->m),
                         .message = d->message};

    return e->kind == ERR_NONE && (post == NULL || reported_add(d->g, post, l->idea, &r, d->now, e));
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HINWEIS: a note of who moderates the forum, public at once.
 */
#include "flow/deed/deed.h"

#include "store/notices.h"

bool deed_note(struct deed *d, struct err *e)
{
    struct official_text t = {.idea = d->l->idea,
                              .parent = d->l->parent != NULL ? d->l->parent->id : 0,
                              .person = d->l->person->id,
                              .text = d->decision->argument,
                              .language = d->m->language,
                              .message = d->message};
    enum official found;
    row_id post;

    if (!official_note(d->g, &t, d->now, &post, &found, e))
        return false;
    deed_answer_official(d, found);
    if (found != OFFICIAL_DONE)
        return true;
    struct notice n = {.purpose = PURPOSE_NOTED,
                       .person_id = t.person,
                       .about.forum = t.idea->forum_id,
                       .about.idea = t.idea->id,
                       .about.post = post,
                       .about.message = d->message,
                       .due_at = d->now};
    d->verdict->post_id = post;
    return d->is_part || notices_add(d->g->db, &n, NULL, e);
}

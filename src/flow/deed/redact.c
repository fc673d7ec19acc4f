/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SCHWÄRZEN, by who moderates: passages of the post that is answered or named, else of the idea, go.
 */
#include "flow/deed/deed.h"

#include "flow/step/redact.h"
#include "store/posts.h"

bool deed_redact(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    const struct post *answered = d->l->parent;
    post_auto post = answered != NULL ? posts_by_id(d->g->db, answered->id, e) : posts_opening(d->g->db, d->l->idea->id, e);
    enum redact found = REDACT_NOT_HERE;

    if (e->kind != ERR_NONE || (post != NULL && !redact_post(d->g, post, &c, d->decision->argument, d->now, &found, e)))
        return false;
    deed_answer_step(d, found == REDACT_DONE ? LIFE_GRANTED : found == REDACT_NOT_YOURS ? LIFE_NOT_YOURS : LIFE_NO_STEP);
    if (found == REDACT_DONE)
        d->why = "redacted";
    if (found == REDACT_NO_PASSAGE)
        d->answer = PURPOSE_ERROR_REDACT;
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * WIEDERHERSTELLEN: what was removed stands there again. Another moderator than the one who removed it says so, or the office.
 */
#include "flow/deed/deed.h"

#include "flow/step/takedown.h"
#include "store/posts.h"

bool deed_restore(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    const struct post *answered = d->l->parent;
    post_auto post = answered != NULL ? posts_by_id(d->g->db, answered->id, e) : posts_opening(d->g->db, d->l->idea->id, e);
    enum life_answer found = LIFE_NO_STEP;

    if (e->kind != ERR_NONE || (post != NULL && !takedown_undo_by_staff(d->g, post, &c, d->now, &found, e)))
        return false;
    deed_answer_step(d, found);
    return true;
}

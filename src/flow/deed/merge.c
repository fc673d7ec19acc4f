/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ZUSAMMENFÜHREN: the idea goes on with another one.
 */
#include "flow/deed/deed.h"

#include "store/ideas.h"

bool deed_merge(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    idea_auto into = d->l->command.number != 0 ? ideas_by_id(d->g->db, d->l->command.number, e) : NULL;
    enum life_answer found = LIFE_NO_STEP;

    if (into == NULL && e->kind != ERR_NONE)
        return false;
    /* What the writer could not read they cannot name either. */
    bool is_known = into != NULL && (access_is_known(into) || into->forum_id == d->l->idea->forum_id);
    if (is_known && !idea_merge(d->g, d->l->idea, into, &c, d->now, &found, e))
        return false;
    deed_answer_step(d, found);
    d->why = is_known ? d->why : "unknown";
    return true;
}

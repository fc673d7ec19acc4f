/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * ENTFERNEN: the post that is answered or named, else the idea, is not public any more; its author and everybody read why.
 */
#include "flow/deed/deed.h"

#include "flow/step/takedown.h"
#include "forum/reason.h"
#include "store/posts.h"

/* NULL if it says too little. Caller frees. */
static char *reason_of_removal(const struct command_line *c, const char *argument)
{
    g_autofree char *given = c->name == NULL    ? g_strdup(argument)
                             : argument == NULL ? g_strdup(c->name)
                                                : g_strdup_printf("%s: %s", c->name, argument);
    return reason_words(given);
}

bool deed_remove(struct deed *d, struct err *e)
{
    struct idea_change c = deed_change(d);
    const struct post *answered = d->l->parent;
    post_auto post = answered != NULL ? posts_by_id(d->g->db, answered->id, e) : posts_opening(d->g->db, d->l->idea->id, e);
    g_autofree char *reason = reason_of_removal(&d->l->command, d->decision->argument);
    enum life_answer found = LIFE_NO_STEP;

    c.reason = reason;
    if (e->kind != ERR_NONE || (post != NULL && !takedown_by_staff(d->g, post, &c, d->now, &found, e)))
        return false;
    deed_answer_step(d, found);
    return true;
}

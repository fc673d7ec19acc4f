/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The daily mail to the offices: what everybody who leads or moderates did.
 */
#include "flow/out/render_job.h"

#include "store/actions.h"

#include <string.h>

#define DAY_S 86400

/* "idea.not_pursued" is the state's word, anything else one of its own; what has none is called as the journal calls it. */
static const char *word_of(const struct job *j, const char *kind)
{
    const char *dot = strchr(kind, '.');
    g_autofree char *state = g_strconcat("state_", dot != NULL ? dot + 1 : kind, NULL), *own = g_strconcat("action_", kind, NULL);
    const char *found = templates_word(j->r->t, j->v.language, own);

    if (strcmp(found, own) == 0)
        found = templates_word(j->r->t, j->v.language, state);
    return strcmp(found, state) == 0 ? kind : found;
}

void job_set_actions(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) all = actions_since(j->r->g->db, j->n->due_at - DAY_S, LIMIT_ACTIONS_SHOWN, j->e);
    struct value *list = value_list();

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct event *ev = all->pdata[i];
        forum_auto forum = ev->about.forum != 0 ? forums_by_id(j->r->g->db, ev->about.forum, j->e) : NULL;
        person_auto who = persons_by_id(j->r->g->db, ev->about.person, j->e);
        struct value *entry = value_map();
        view_set_taken(entry, "done_at", view_date_time(&j->v, ev->at));
        value_set_line(entry, "what", word_of(j, ev->kind));
        value_set_bool(entry, "thing", false); /* nor that of the mail */
        if (ev->about.idea != 0)
            view_set_thing_of(entry, &j->v, ev->about.idea);
        value_set_line(entry, "forum_title", forum != NULL ? forum->title : NULL);
        value_set_line(entry, "who", who != NULL ? who->public_name : NULL);
        value_append(list, entry);
    }
    value_set(data, "actions", list);
}

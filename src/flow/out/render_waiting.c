/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The weekly mail to who leads a forum: what waits there, each with an address that takes the reader's word.
 */
#include "flow/out/render_job.h"

#include "base/limits.h"
#include "forum/route.h"
#include "store/silence.h"

#define DAY_S 86400

void job_set_waiting(struct value *data, struct job *j)
{
    const struct gateway *g = j->r->g;
    gint64 before = j->v.now - g->settings->silence_office_days * DAY_S;
    g_autoptr(GPtrArray) ideas =
        j->forum != NULL ? silence_waiting(g->db, j->forum->id, before, LIMIT_WAITING_SHOWN, j->e) : NULL;
    struct value *list = value_list();

    for (guint i = 0; ideas != NULL && i < ideas->len; i++) {
        const struct idea *idea = ideas->pdata[i];
        struct value *entry = value_map();
        value_set_number(entry, "number", idea->id);
        value_set_line(entry, "title", idea->title);
        value_set_number(entry, "days", (j->v.now - idea->published_at) / DAY_S);
        view_set_taken(entry, "reply_address", route_reply_address(idea->id, j->n->person_id, 0, g->domain, g->key));
        value_append(list, entry);
    }
    value_set(data, "waiting", list);
    value_set_number(data, "days", g->settings->silence_office_days);
}

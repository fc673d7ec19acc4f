/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail about a phase: its title, its last day, and what comes next.
 */
#include "flow/out/render_job.h"

#include "flow/phase.h"
#include "store/phases.h"
#include "store/proposals.h"
#include "store/topics.h"

#include <string.h>

static const char *title_of(const struct job *j, const GPtrArray *titles, const struct phase *p)
{
    const char *title = topic_title(titles, p->name, j->v.language);

    return title != NULL ? title : p->name;
}

static char *day(const struct job *j, gint64 at)
{
    return templates_date(j->r->t, j->v.language, at, j->r->g->settings->zone);
}

static const struct phase *named(const GPtrArray *phases, const char *name)
{
    for (guint i = 0; name != NULL && i < phases->len; i++)
        if (strcmp(((const struct phase *)phases->pdata[i])->name, name) == 0)
            return phases->pdata[i];
    return NULL;
}

/* Which kind of text was refused: told by what the mail is about. */
static enum phase_kind kind_of(struct job *j)
{
    row_id proposal = 0;

    if (j->idea != NULL)
        proposals_of_discussion(j->r->g->db, j->idea->id, &proposal, j->e);
    return phase_kind_of(j->idea, RING_PUBLIC, proposal != 0, false);
}

void job_set_phase(struct value *data, struct job *j)
{
    g_autoptr(GPtrArray) phases = phases_all(j->r->g->db, j->e);
    g_autoptr(GPtrArray) titles = phases != NULL ? topics_all(j->r->g->db, TOPIC_PHASE, j->e) : NULL;
    bool is_change = j->row->detail == DETAIL_NAME;

    if (titles == NULL)
        return;
    row_id forum = j->forum != NULL ? j->forum->id : 0;
    const struct phase *p = is_change ? named(phases, j->n->detail) : phase_last(phases, forum, kind_of(j), j->v.now);
    const struct phase *next = is_change ? NULL : phase_next(phases, forum, kind_of(j), j->v.now);
    if (p != NULL)
        view_set_short(data, "phase_title", title_of(j, titles, p));
    if (p != NULL && p->to_at != 0)
        view_set_taken(data, "phase_end", day(j, p->to_at - 1));
    if (next != NULL) {
        value_set_line(data, "next_title", title_of(j, titles, next));
        view_set_taken(data, "next_start", day(j, next->from_at));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever said "pause bis 10.4." is told again as before from the end of that day on; what came meanwhile is not sent.
 */
#include "flow/clock/job.h"

#include "store/events.h"
#include "store/forums.h"

static bool resume(struct gateway *g, struct member m, gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = "person.delivery",
                       .about.person = m.person_id,
                       .about.forum = m.forum_id,
                       .detail = delivery_name(m.delivery)};

    m.joined_at = now;
    return members_put(g->db, &m, e) && events_add(g->db, &ev, e);
}

static bool resume_some(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) over = members_over(g->db, now, JOB_STEP, e);

    (void)unused;
    for (guint i = 0; over != NULL && i < over->len; i++)
        if (!resume(g, *(const struct member *)over->pdata[i], now, e))
            return false;
    *n_out = over != NULL ? over->len : 0;
    return over != NULL;
}

bool job_pauses(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, resume_some, now, 0, n_out, e);
}

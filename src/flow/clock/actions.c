/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once a day the offices read what everybody who leads or moderates a forum did the day before: nobody of staff acts unseen.
 */
#include "flow/clock/job.h"

#include "store/actions.h"

#define DAY_S     86400
#define FROM_HOUR 7
#define SLACK_S   3600 /* that mail may come so much earlier than the day before */

static bool is_hour(const struct gateway *g, gint64 now)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, g->settings->zone);

    return g_date_time_get_hour(here) >= FROM_HOUR;
}

static bool tell(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    g_autoptr(GPtrArray) any = actions_since(g->db, now - DAY_S, 1, e);

    return any != NULL && (any->len == 0 || actions_tell(g->db, now - DAY_S + SLACK_S, now, n_out, e));
}

bool job_actions(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    *n_out = 0;
    if (!is_hour(g, now))
        return true;
    if (!db_begin(g->db, e))
        return false;
    if (tell(g, now, n_out, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

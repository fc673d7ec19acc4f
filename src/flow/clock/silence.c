/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Silence is visible: authors hear the next morning that nothing happened for so long, and once a week who leads a forum hears what waits there.
 */
#include "flow/clock/job.h"

#include "forum/when.h"
#include "store/silence.h"

#define DAY_S     86400
#define FROM_HOUR 7

static bool is_day_of_office(const struct gateway *g, gint64 now)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now);
    g_autoptr(GDateTime) here = g_date_time_to_timezone(utc, g->settings->zone);

    return g_date_time_get_day_of_week(here) == g->settings->silence_office_weekday && g_date_time_get_hour(here) >= FROM_HOUR;
}

static bool tell(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return silence_tell_authors(g->db, now - g->settings->silence_author_days * DAY_S, when_morning(now, g->settings->zone), now,
                                n_out, e) &&
           (!is_day_of_office(g, now) ||
            silence_tell_offices(g->db, now - g->settings->silence_office_days * DAY_S, now - 2 * DAY_S, now, n_out, e));
}

bool job_silence(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    *n_out = 0;
    if (!db_begin(g->db, e))
        return false;
    if (tell(g, now, n_out, e) && db_commit(g->db, e))
        return true;
    db_rollback(g->db);
    return false;
}

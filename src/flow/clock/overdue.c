/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What should be gone by now; see jobs.h. The clock looks three times a minute, so what is an hour late was never
 * looked at.
 */
#include "flow/clock/jobs.h"

#include "base/limits.h"
#include "flow/clock/job.h"
#include "store/holds.h"
#include "store/leftovers.h"
#include "store/messages.h"
#include "store/posts.h"

#define LATE_S 3600

static void add(GPtrArray *findings, gint64 n, const char *what)
{
    if (n > 0)
        g_ptr_array_add(findings, g_strdup_printf("%" G_GINT64_FORMAT " %s; is the clock running? "
                                                  "`forumpost clock --once` deletes them now",
                                                  n, what));
}

static bool check_mails(struct gateway *g, gint64 now, GPtrArray *findings, struct err *e)
{
    const struct {
        enum keep keep;
        gint64 days;
        const char *what;
    } kinds[] = {
        {KEEP_OTHER, g->settings->retention_other_days, "refused mails are older than [retention] other_days"},
        {KEEP_REPORT, g->settings->retention_report_days, "reports are older than [retention] report_days"},
        {KEEP_BOUNCE, g->settings->retention_bounce_days, "reports about mails of ours are older than [retention] bounce_days"},
        {KEEP_TEXT, g->settings->retention_raw_days, "mails behind published texts are older than [retention] raw_days"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        gint64 n;
        if (!messages_count_over(g->db, kinds[i].keep, now - LATE_S - kinds[i].days * DAY_S, &n, e))
            return false;
        add(findings, n, kinds[i].what);
    }
    return true;
}

static bool check_posts(struct gateway *g, gint64 now, GPtrArray *findings, struct err *e)
{
    const struct {
        enum post_state state;
        gint64 s;
    } kinds[] = {{POST_WITHDRAWN, (LIMIT_UNDO_DAYS + 1) * DAY_S},
                 {POST_REJECTED, g->settings->retention_removed_days * DAY_S},
                 {POST_REMOVED, g->settings->retention_removed_days * DAY_S}};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        gint64 n_posts = 0;
        bool is_kept = kinds[i].state == POST_WITHDRAWN && g->settings->retention_withdrawn == WITHDRAWN_KEEP;
        if (!is_kept && !posts_count_over(g->db, kinds[i].state, now - LATE_S - kinds[i].s, &n_posts, e))
            return false;
        add(findings, n_posts, "texts that were taken back should have been deleted");
    }
    return true;
}

bool jobs_overdue(struct gateway *g, gint64 now, GPtrArray *findings, struct err *e)
{
    gint64 n, oldest;

    if (!holds_count_over(g->db, now - LATE_S, &n, e) || (oldest = leftovers_oldest(g->db, e)) < 0)
        return false;
    add(findings, n, "texts that nobody confirmed should have been deleted");
    add(findings, oldest != 0 && oldest <= now - LATE_S, "deletion has not been brought to its end");
    return check_posts(g, now, findings, e) && check_mails(g, now, findings, e);
}

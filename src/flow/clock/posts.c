/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Texts that were taken back: withdrawn ones when that cannot be undone any more, unless a law about files keeps them
 * closed; rejected and removed ones when the time for complaints is over.
 */
#include "flow/clock/job.h"

#include "base/limits.h"
#include "flow/step/forget.h"
#include "forum/when.h"
#include "store/holds.h"
#include "store/posts.h"
#include "store/unsaid.h"

static bool forget_some(struct gateway *g, gint64 now, enum post_state state, gint64 before, guint *n_out, struct err *e)
{
    g_autoptr(GArray) over = posts_over(g->db, state, before, JOB_STEP, e);

    for (guint i = 0; over != NULL && i < over->len; i++)
        if (!forget_post(g, g_array_index(over, row_id, i), now, e))
            return false;
    *n_out = over != NULL ? over->len : 0;
    return over != NULL;
}

static bool forget_withdrawn(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, POST_WITHDRAWN, before, n_out, e);
}

static bool forget_rejected(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, POST_REJECTED, before, n_out, e);
}

static bool forget_removed(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    return forget_some(g, now, POST_REMOVED, before, n_out, e);
}

/* What a moderator took out of texts, and new versions that were refused. */
static bool forget_kept(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    (void)now;
    *n_out = 0;
    return unsaid_forget_redacted(g->db, before, JOB_STEP, e) && holds_forget_kept(g->db, before, e);
}

bool job_posts(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 closed_before = now - g->settings->retention_removed_days * DAY_S;

    return (g->settings->retention_withdrawn == WITHDRAWN_KEEP ||
            job_in_steps(g, forget_withdrawn, now, when_days_over(now, -LIMIT_UNDO_DAYS - 1, g->settings->zone) - 1, n_out, e)) &&
           job_in_steps(g, forget_rejected, now, closed_before, n_out, e) &&
           job_in_steps(g, forget_removed, now, closed_before, n_out, e) &&
           job_in_steps(g, forget_kept, now, closed_before, n_out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records: what ended notices say of people goes with the mails of which nothing came, and after a year or so the
 * notices and verdicts themselves. The journal stays; it names nobody.
 */
#include "flow/clock/job.h"

#include "store/leftovers.h"
#include "store/messages.h"
#include "store/notices.h"

static bool forget_notices(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    gint64 n = 0;
    bool ok = notices_forget_over(g->db, before, JOB_STEP, &n, e) && (n == 0 || leftovers_add(g->db, LEFTOVER_PAGES, "", now, e));

    *n_out = (guint)n;
    return ok;
}

static bool delete_notices(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    gint64 n = 0;
    bool ok = notices_delete_over(g->db, before, JOB_STEP, &n, e);

    (void)now;
    *n_out = (guint)n;
    return ok;
}

static bool delete_verdicts(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    gint64 n = 0;
    bool ok = verdicts_delete_over(g->db, before, JOB_STEP, &n, e);

    (void)now;
    *n_out = (guint)n;
    return ok;
}

bool job_records(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 before = now - g->settings->retention_log_days * DAY_S;

    return job_in_steps(g, forget_notices, now, now - g->settings->retention_other_days * DAY_S, n_out, e) &&
           job_in_steps(g, delete_notices, now, before, n_out, e) && job_in_steps(g, delete_verdicts, now, before, n_out, e);
}

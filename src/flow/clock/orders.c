/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters that somebody ordered, who may have been anybody, and the owner of the address never confirmed: after the time
 * in which the limits of asking count them nothing says that there was such an address.
 */
#include "flow/clock/job.h"

#include "base/limits.h"
#include "store/subscriptions.h"

static bool forget_some(struct gateway *g, gint64 now, gint64 before, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) over = subscriptions_over(g->db, before, JOB_STEP, e);

    (void)now;
    for (guint i = 0; over != NULL && i < over->len; i++)
        if (!subscriptions_forget(g->db, over->pdata[i], e))
            return false;
    *n_out = over != NULL ? over->len : 0;
    return over != NULL;
}

bool job_orders(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, forget_some, now, now - LIMIT_CONFIRM_MAILS_MONTH_S, n_out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What time brings about where people did not act: others are asked about a text that waits, the forum's own word decides about it,
 * whoever decides about a complaint is reminded.
 */
#include "flow/clock/job.h"

#include "flow/step/review.h"
#include "store/holds.h"

static bool act_on_some(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) due = holds_next_due(g->db, now, JOB_STEP, e);

    (void)unused;
    for (guint i = 0; due != NULL && i < due->len; i++)
        if (!review_next(g, due->pdata[i], now, e))
            return false;
    *n_out = due != NULL ? due->len : 0;
    return due != NULL;
}

bool job_reviews(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, act_on_some, now, 0, n_out, e);
}

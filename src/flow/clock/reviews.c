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

/* Whoever was to decide about a complaint left, or cannot be reached: it does not wait for a reminder. */
static bool hand_over(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) all = holds_complained(g->db, e);

    (void)unused;
    *n_out = 0;
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!review_hand_over(g, all->pdata[i], now, e))
            return false;
    return all != NULL;
}

bool job_reviews(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 none;

    return job_in_steps(g, hand_over, now, 0, &none, e) && job_in_steps(g, act_on_some, now, 0, n_out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions to people about themselves: who waited for their turn is asked; what nobody answered in time goes.
 */
#include "flow/clock/job.h"

#include "flow/step/wish.h"
#include "store/wishes.h"

static bool wish_some(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    gint64 n_over;
    guint n_asked;

    (void)unused;
    *n_out = 0; /* once a tick: who has to wait still waits */
    return wishes_remove_over(g->db, now, &n_over, e) && wish_ask_waiting(g, now, &n_asked, e);
}

bool job_wishes(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, wish_some, now, 0, n_out, e);
}

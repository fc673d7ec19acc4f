/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Phases that began or ended since the clock last looked, however long ago that was.
 */
#include "flow/clock/job.h"

#include "flow/step/late.h"
#include "store/phases.h"

/* All at once: an initiative has a handful. */
static bool journal_all(struct gateway *g, gint64 now, gint64 unused, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) all = phases_all(g->db, e);

    (void)unused;
    *n_out = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        guint n = 0;
        if (!late_journal_phase(g, all->pdata[i], now, &n, e))
            return false;
    }
    return all != NULL;
}

bool job_phases(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    return job_in_steps(g, journal_all, now, 0, n_out, e);
}

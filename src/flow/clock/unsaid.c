/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words of texts that were taken back, in what others say (store/unsaid.h).
 */
#include "flow/clock/job.h"

#include "store/unsaid.h"

#define MOST_STEPS 2000 /* a tick: the rest is done at the next one */

bool job_unsaid(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    bool more = true;

    (void)n_out;
    for (guint i = 0; more && i < MOST_STEPS; i++)
        if (!unsaid_work(g->db, now, &more, e))
            return false;
    return true;
}

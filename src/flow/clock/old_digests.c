/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests that nobody answers any more: one a reader and day would be millions a year. The mails that were sent stay as long as
 * other records do. A reader's last one stays, since it says how far they were told.
 */
#include "flow/clock/job.h"

#include "base/limits.h"
#include "store/digests.h"

bool job_old_digests(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    row_id last = 0;

    *n_out = 0;
    do {
        if (!db_begin(g->db, e))
            return false;
        if (!digests_forget(g->db, now - LIMIT_DIGEST_KEEP_S, last, JOB_STEP, &last, n_out, e) || !db_commit(g->db, e)) {
            db_rollback(g->db);
            return false;
        }
    } while (last != 0);
    return true;
}

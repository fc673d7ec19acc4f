/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The duties in their order; see sweep.h.
 */
#include "flow/clock/sweep_duty.h"

bool sweep_in_steps(struct gateway *g, sweep_step *step, gint64 now, gint64 argument, gint64 *n_out, struct err *e)
{
    for (guint n = SWEEP_STEP; n >= SWEEP_STEP;) {
        if (!db_begin(g->db, e))
            return false;
        if (!step(g, now, argument, &n, e) || !db_commit(g->db, e)) {
            db_rollback(g->db);
            return false;
        }
        *n_out += n;
    }
    return true;
}

bool sweep_run(struct gateway *g, gint64 now, struct sweep_report *report_out, struct err *e)
{
    static sweep_duty *const duties[] = {sweep_clock, sweep_holds, sweep_turns, sweep_posts, sweep_mails,
                                         sweep_records, sweep_words, sweep_files, sweep_pages};

    *report_out = (struct sweep_report){0};
    for (guint i = 0; i < G_N_ELEMENTS(duties); i++)
        if (!duties[i](g, now, report_out, e))
            return false;
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See jobs.h.
 */
#include "flow/clock/jobs.h"

#include "flow/clock/job.h"

static const struct {
    job_run *run;
    gint64 every_s;
    const char *counted_as;
} jobs[] = {
#define JOB(name, every, counted) {job_##name, every, counted},
#include "flow/clock/jobs.def"
#undef JOB
};

bool job_in_steps(struct gateway *g, job_step *step, gint64 now, gint64 argument, gint64 *n_out, struct err *e)
{
    for (guint n = JOB_STEP; n >= JOB_STEP;) {
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

bool jobs_run(struct gateway *g, struct jobs_state *state, gint64 now, struct err *e)
{
    for (guint i = 0; i < N_JOBS; i++) {
        err_auto struct err one = {0};
        state->n_done[i] = 0;
        if (state->ran_at[i] != 0 && now >= state->ran_at[i] && now < state->ran_at[i] + jobs[i].every_s)
            continue;
        if (jobs[i].run(g, now, &state->n_done[i], &one))
            state->ran_at[i] = now;
        else if (e->kind == ERR_NONE)
            err_set(e, one.kind != ERR_NONE ? one.kind : ERR_OURS, "%s", one.text);
    }
    return e->kind == ERR_NONE;
}

const char *job_counted_as(enum job job)
{
    return jobs[job].counted_as;
}

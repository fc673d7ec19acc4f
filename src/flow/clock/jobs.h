/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One tick of the clock: the jobs of jobs.def that are due, in their order.
 */
#pragma once

#include "flow/gateway.h"

enum job {
#define JOB(name, every, counted) JOB_##name,
#include "flow/clock/jobs.def"
#undef JOB
    N_JOBS
};

struct jobs_state { /* zero: nothing ran yet */
    gint64 ran_at[N_JOBS];
    gint64 n_done[N_JOBS]; /* by the last tick */
};

/* A job that fails does not keep the others from their turn; the first failure is told. */
bool jobs_run(struct gateway *g, struct jobs_state *state, gint64 now, struct err *e);
/* The key under which the log says how much JOB did; NULL none. */
const char *job_counted_as(enum job job);

/* Adds a sentence to FINDINGS (char *, freed by it) for each kind of thing that should be gone by now, with what to do
 * about it. For `forumpost check`; reads only. */
bool jobs_overdue(struct gateway *g, gint64 now, GPtrArray *findings, struct err *e);

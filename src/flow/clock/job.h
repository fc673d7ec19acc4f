/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The jobs of the clock (jobs.def): a new one is a row there and a file with its function.
 */
#pragma once

#include "flow/gateway.h"

#define DAY_S    86400
#define JOB_STEP 100 /* things in one transaction */

/* Does what is due at NOW; *N_OUT: how many things that were. Failing is no harm: it comes again. */
typedef bool job_run(struct gateway *g, gint64 now, gint64 *n_out, struct err *e);

#define JOB(name, every, counted) job_run job_##name;
#include "flow/clock/jobs.def"
#undef JOB

/* Does up to JOB_STEP things inside a transaction; *N_OUT: how many were found. */
typedef bool job_step(struct gateway *g, gint64 now, gint64 argument, guint *n_out, struct err *e);
/* Steps in transactions of their own until one finds fewer than JOB_STEP. */
bool job_in_steps(struct gateway *g, job_step *step, gint64 now, gint64 argument, gint64 *n_out, struct err *e);

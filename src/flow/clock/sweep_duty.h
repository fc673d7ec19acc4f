/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The duties of the sweep, for sweep.c.
 */
#pragma once

#include "flow/clock/sweep.h"

#define DAY_S      86400
#define SWEEP_STEP 100 /* things in one transaction */

typedef bool sweep_duty(struct gateway *g, gint64 now, struct sweep_report *report, struct err *e);

sweep_duty sweep_clock;  /* times that a clock set back left in the future */
sweep_duty sweep_holds;  /* questions that nobody answered */
sweep_duty sweep_turns;  /* who is asked now, what the operator hears */
sweep_duty sweep_posts;  /* texts that were taken back */
sweep_duty sweep_mails;  /* mails that were kept long enough */
sweep_duty sweep_records; /* notices and verdicts that were kept long enough */
sweep_duty sweep_words;  /* deleted words in the index */
sweep_duty sweep_files;  /* files in spool/ that nothing refers to any more */
sweep_duty sweep_pages;  /* deleted rows in the WAL: after all others */

/* Does up to SWEEP_STEP things inside a transaction; *N_OUT: how many were found. */
typedef bool sweep_step(struct gateway *g, gint64 now, gint64 argument, guint *n_out, struct err *e);
/* Steps in transactions of their own until one finds fewer than SWEEP_STEP. */
bool sweep_in_steps(struct gateway *g, sweep_step *step, gint64 now, gint64 argument, gint64 *n_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What time alone brings about: questions that nobody answered expire, and what was promised to be deleted is
 * deleted; who waits for a question is asked when it is their turn. One file a duty (sweep_holds.c, sweep_mails.c, ...); each works in small transactions of its own, so that
 * intake never waits long, and is done again at the next tick if it was interrupted.
 */
#pragma once

#include "flow/gateway.h"

struct sweep_report {
    gint64 n_expired; /* questions */
    gint64 n_asked;   /* authors whose turn had come */
    gint64 n_posts;   /* withdrawn, rejected and removed texts */
    gint64 n_mails;   /* mails of which bytes, subject and sender were deleted */
    gint64 n_records; /* notices and verdicts */
    gint64 n_files;   /* in spool/ */
};

bool sweep_run(struct gateway *g, gint64 now, struct sweep_report *report_out, struct err *e);

/* Adds a sentence to FINDINGS (char *, freed by it) for each kind of thing that should be gone by now, with what to do
 * about it. For `forumpost check`; reads only. */
bool sweep_check(struct gateway *g, gint64 now, GPtrArray *findings, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was published lately, and the posts that are told together because too many came at once.
 */
#pragma once

#include "base/err.h"
#include "forum/rates.h"

struct db;

bool announcements_add(struct db *db, const struct announcement *a, struct err *e);
/* Those of FORUM in [SINCE, NOW] (struct announcement: idea, author and time only), the latest first, at most MOST. */
GArray *announcements_recent(struct db *db, row_id forum, gint64 since, gint64 now, gint64 most, struct err *e);
/* Does one wait since BEFORE (or since a time later than NOW: the clock was set back)? */
bool announcements_due(struct db *db, gint64 before, gint64 now, bool *due_out, struct err *e);
/* Makes one digest (delivery each) with its notice, due at DUE_AT, for each reader of the first MOST posts that wait, and marks them. What
 * waits for another such mail to the same reader goes along with it. *N_OUT: how many posts. */
bool announcements_tell(struct db *db, gint64 most, gint64 due_at, gint64 now, gint64 *n_out, struct err *e);
/* Forgets what was told before BEFORE, at most MOST. */
bool announcements_forget(struct db *db, gint64 before, gint64 most, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What those who lead, moderate or speak for a forum did, as the journal has it.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Since SINCE, among the newest LIMIT_ACTIONS_LOOKED lines, at most MOST, oldest first (struct event). */
GPtrArray *actions_since(struct db *db, gint64 since, gint64 most, struct err *e);
/* A mail about it to everybody of an office who had none since AGO. */
bool actions_tell(struct db *db, gint64 ago, gint64 now, gint64 *n_out, struct err *e);

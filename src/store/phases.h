/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of phase; their titles are topics (store/topics.h).
 */
#pragma once

#include "base/err.h"
#include "forum/phase.h"

struct db;

/* All of them, by beginning; struct phase, owned. */
GPtrArray *phases_all(struct db *db, struct err *e);
struct phase *phases_by_name(struct db *db, const char *name, struct err *e);
bool phases_put(struct db *db, const struct phase *p, struct err *e);
/* A mail about the phase of that name to members, authors and followers of open ideas of FORUM (0 all), one each. */
bool phases_tell(struct db *db, const char *name, row_id forum, gint64 now, struct err *e);

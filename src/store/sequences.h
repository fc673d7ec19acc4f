/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The numbers that tables with AUTOINCREMENT give: never one twice, not even after a backup was put back.
 */
#pragma once

#include "base/err.h"

#include <glib.h>

struct db;

/* Each table but the journal, whose numbers have no gaps, goes on GAP behind the highest number it gave. */
bool sequences_raise(struct db *db, gint64 gap, struct err *e);
bool sequences_get(struct db *db, const char *table, gint64 *last_out, struct err *e); /* 0: none was given yet */
bool sequences_set(struct db *db, const char *table, gint64 last, struct err *e);

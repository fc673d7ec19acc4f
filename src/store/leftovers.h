/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a deletion leaves to be done outside its transaction. The row is written with the deletion, so nothing is
 * forgotten by a crash; whoever did the work takes the row away.
 */
#pragma once

#include "base/err.h"

#include <glib.h>

struct db;

enum leftover {
    LEFTOVER_BLOB,  /* spool/blob/NAME, unless a mail still refers to it */
    LEFTOVER_WORDS, /* words of deleted texts in old parts of the index; NAME is "" */
    LEFTOVER_PAGES, /* deleted rows in the WAL; NAME is "" */
};

bool leftovers_add(struct db *db, enum leftover kind, const char *name, gint64 now, struct err *e);
/* The next of KIND behind the name AFTER ("" is before all; *N_OUT for leftovers_done()). NULL none, or E is set. Owned. */
char *leftovers_next(struct db *db, enum leftover kind, const char *after, gint64 *n_out, struct err *e);
/* Is there one of KIND, of which there is only one? *N_OUT 0: no. */
bool leftovers_has(struct db *db, enum leftover kind, gint64 *n_out, struct err *e);
/* Takes the row away, unless more was left under that name since. */
bool leftovers_done(struct db *db, enum leftover kind, const char *name, gint64 n, struct err *e);
/* Since when the oldest waits, 0 none, -1 failure. */
gint64 leftovers_oldest(struct db *db, struct err *e);

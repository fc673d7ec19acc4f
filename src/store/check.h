/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Is the database sound? For `forumpost check` and for after a crash; reads everything, so it takes a while.
 */
#pragma once

#include "store/db.h"

/* Adds a sentence to FINDINGS (char *, freed by it) for each fault: the file's structure, rows that point to nothing,
 * the chain of the journal, counters that do not fit their rows, the words' index, raw mails that lie in
 * SPOOL/blob (NULL: not looked at). True if everything could be looked at. DB may be open for reading only; then the
 * words' index is not looked at. */
bool db_check(struct db *db, const char *spool, GPtrArray *findings, struct err *e);

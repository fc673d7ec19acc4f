/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zeroes what SQLite leaves in the free middle of its pages. secure_delete overwrites what is deleted, but when a page is
 * split or joined rows are copied to another one and their old bytes stay between the cell pointers and the cells: a
 * row that is deleted later may so be left once more. Commit something afterwards: then other connections read anew.
 */
#pragma once

#include "store/db.h"

/* Looks at N_PAGES pages from FIRST (1 is the first) on; *NEXT_OUT: where to go on, 0 if that was the last one, FIRST if
 * nothing was done because the WAL is not empty (call db_empty_wal() and come again). Holds the write lock meanwhile. Not
 * inside a transaction. */
bool db_scrub(struct db *db, gint64 first, gint64 n_pages, gint64 *next_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work beside the writer: a thread with a connection of its own moves pages from the WAL into the database file while
 * others commit, so that no commit waits for thousands of pages and their sync. Under constant load the WAL would never be begun
 * anew; when it has grown to UPKEEP_WHOLE_PAGES the writer waits after a commit for the little that came since the last step.
 * The words of each commit are a part of the index of its own; parts are merged in small steps, the writer waiting for one, when
 * nobody commits or after UPKEEP_MERGE_COMMITS.
 *
 * Nothing depends on it: killed at any moment it leaves what SQLite can read, and without it (a command, a duty of its own, a
 * failing disk) a commit does the work at LIMIT_WAL_PAGES, which bounds the WAL, or at 500 parts. So it never tells of a failure.
 */
#pragma once

#include "store/db.h"

#define UPKEEP_STEP_PAGES    2000  /* 8 MB: moved in one go, beside the writer */
#define UPKEEP_WHOLE_PAGES   12000 /* 48 MB: then to the end */
#define UPKEEP_MERGE_COMMITS 16    /* that add parts to the index of words; then some are merged, also under load */
#define UPKEEP_MERGE_PAGES   64    /* of it in one go */

struct upkeep;

/* Opens the database and starts the thread. */
struct upkeep *upkeep_new(const char *path, struct err *e);
/* A db_log_fn for the connection that writes; from any thread. USER: the struct upkeep. */
void upkeep_note(guint n_pages, void *user);
struct upkeep_counts {
    guint n_steps, n_whole; /* how often it has moved pages, and to the end */
    guint n_merges;         /* how often it has merged words */
};
struct upkeep_counts upkeep_counts(struct upkeep *u);
/* Ends the thread; what is left is moved by who closes the database last. */
void upkeep_free(struct upkeep *u);

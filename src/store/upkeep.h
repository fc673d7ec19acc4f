/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Checkpoints beside the writer: a thread with a connection of its own moves pages from the WAL into the database file while
 * others commit, so that no commit waits for thousands of pages and their sync. Under constant load the WAL would never be begun
 * anew; when it has grown to UPKEEP_WHOLE_PAGES the writer waits after a commit for the little that came since the last step.
 *
 * Nothing depends on it: killed at any moment it leaves what SQLite can read, and without it (a command, a duty of its own, a
 * failing disk) a commit does the work at LIMIT_WAL_PAGES, which bounds the WAL. So it never tells of a failure.
 */
#pragma once

#include "store/db.h"

#define UPKEEP_STEP_PAGES  2000  /* 8 MB: moved in one go, beside the writer */
#define UPKEEP_WHOLE_PAGES 12000 /* 48 MB: then to the end */

struct upkeep;

/* Opens the database and starts the thread. */
struct upkeep *upkeep_new(const char *path, struct err *e);
/* A db_log_fn for the connection that writes; from any thread. USER: the struct upkeep. */
void upkeep_note(guint n_pages, void *user);
/* How often it has moved pages, and how often to the end. */
void upkeep_counts(struct upkeep *u, guint *n_steps_out, guint *n_whole_out);
/* Ends the thread; what is left is moved by who closes the database last. */
void upkeep_free(struct upkeep *u);

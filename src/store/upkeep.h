/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work beside the writer: a thread with a connection of its own moves pages from the WAL into the database file while
 * others commit, so that no commit waits for thousands of pages and their sync. Under constant load the WAL would never be begun
 * anew; when it has grown to UPKEEP_WHOLE_PAGES the writer waits after a commit for the little that came since the last step.
 * It makes the file of the WAL longer ahead of the writer, since a sync of a file that has grown takes longer.
 * It puts the words of what was published into their index, at most half a second later; each step of that is a part of the index
 * of its own, and parts are merged. Both in small transactions, the writer waiting for one.
 *
 * Nothing depends on it: killed at any moment it leaves what SQLite can read, and without it (a command, a duty of its own, a
 * failing disk) a commit does the work at LIMIT_WAL_PAGES, which bounds the WAL (or waits for who is at it), or at 500 parts, and words wait for the next one
 * that looks (words.h). So it never tells of a failure.
 */
#pragma once

#include "store/db.h"

#define UPKEEP_STEP_PAGES  2000  /* 8 MB: moved in one go, beside the writer */
#define UPKEEP_WHOLE_PAGES 12000 /* 48 MB: then to the end */
#define UPKEEP_ROOM_PAGES  1024  /* 4 MB: the file of the WAL is made longer by, before a commit has to */
#define UPKEEP_ROOM_MOST   15000 /* it is not made longer than that; 64 MB are kept of it when it is begun anew */
#define UPKEEP_INDEX_POSTS 128   /* whose words are put into the index in one go */
#define UPKEEP_MERGE_PARTS 64    /* of the index of words; then some are merged, also under load */
#define UPKEEP_MERGE_PAGES 64    /* of it in one go */

struct upkeep;

/* Opens the database and starts the thread, which first puts into the index of words what an earlier one left. The connection that
 * writes is told so by db_index_beside(). */
struct upkeep *upkeep_new(const char *path, struct err *e);
/* A db_log_fn for the connection that writes; from any thread. USER: the struct upkeep. */
void upkeep_note(guint n_pages, void *user);
struct upkeep_counts {
    guint n_steps, n_whole; /* how often it has moved pages, and to the end */
    guint n_lengthened;     /* how often it has made the WAL's file longer */
    guint n_indexed;        /* how often it has put words into their index */
    guint n_merges;         /* and merged some */
};
struct upkeep_counts upkeep_counts(struct upkeep *u);
/* Ends the thread, which first puts the last words into their index; what is left of the WAL is moved by who closes the database last. */
void upkeep_free(struct upkeep *u);

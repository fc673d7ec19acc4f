/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a connection to SQLite is made of; for this folder.
 */
#pragma once

#include "store/engine.h"

#include <sqlite3.h>

#define PAGE_BYTES 4096 /* LIMIT_WAL_PAGES counts on it */

enum verb { BEGIN, BEGIN_READ, COMMIT, ROLLBACK, SAVEPOINT, SAVEPOINT_KEEP, SAVEPOINT_UNDO, DATA_VERSION, N_VERBS };

struct engine {
    sqlite3 *handle;
    char *path;
    guint wait_ms;
    sqlite3_stmt *verbs[N_VERBS]; /* NULL until first used */
    int move_at;                  /* of so many pages in the WAL, a commit moves them itself */
    db_log_fn *on_log;            /* NULL nobody asks */
    void *log_user;
};

/* Fills E from the connection's last failure. WHAT names the statement or step. Returns false. */
bool engine_fail(struct engine *en, int rc, const char *what, struct err *e);
/* Before the first connection; later it is refused. See memory.c. */
void engine_keep_memory(void);
/* The file is made, with the rights of a database, if it is not there. */
bool engine_make_file(const char *path, struct err *e);

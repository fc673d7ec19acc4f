/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a connection is made of; for db.c, statement.c, migrate.c and check.c only.
 */
#pragma once

#include "base/digest.h"
#include "store/catalogue.h"
#include "store/db.h"

#include <sqlite3.h>

struct stmt;

struct db {
    sqlite3 *handle;
    char *path;
    guint busy_ms;
    struct stmt *statements[N_SQL]; /* NULL until first used */
    GArray *unindexed;       /* gint64: posts of this transaction whose words are not written yet; words.c */
    GArray *unindexed_marks; /* guint: how many there were at each open savepoint */
    char *actor;             /* who works on this connection; NULL nobody in person */
    gint64 n_changes_before; /* rows ever changed on this connection when the transaction began */
    /* The end of the journal's chain, known only while this connection holds the write lock; see events.c. */
    bool is_chain_known;
    gint64 chain_id;
    guint8 chain[DIGEST_BYTES];
};

/* Fills E from the connection's last failure. WHAT names the statement or step. Returns false. */
bool db_fail(struct db *db, int rc, const char *what, struct err *e);
/* Runs SQL text of ours that is not in the catalogue (schema, migration, pragma). */
bool db_exec(struct db *db, const char *sql, const char *what, struct err *e);
/* First column of the first row of a pragma or the like; 0 if there is no row. */
bool db_exec_int(struct db *db, const char *sql, gint64 *value_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a connection is made of; for those files of store/ that talk to the engine (engine.h) themselves.
 */
#pragma once

#include "base/digest.h"
#include "store/catalogue.h"
#include "store/engine.h"

struct stmt;

struct db {
    struct engine *engine;
    char *path;
    struct stmt *statements[N_SQL]; /* NULL until first used */
    bool is_indexed_beside;         /* somebody else puts what is published into the index of words */
    bool has_unindexed;             /* this transaction has published something */
    GArray *unindexed;              /* gint64: changed posts of this transaction whose words are not written yet; words.c */
    GArray *unindexed_marks;        /* guint: how many there were at each open savepoint */
    struct memory_set *unsaid;      /* words of texts that were taken back; NULL not read yet; unsaid.c */
    gint64 unsaid_seen;             /* up to this row */
    guint n_unsaid_steps;           /* since parts of the index were merged for them */
    guint n_unsaid;                 /* posts that this transaction has shortened at once */
    char *actor;                    /* who works on this connection; NULL nobody in person */
    bool is_lazy;                   /* db_set_lazy() */
    gint64 people_version;          /* db_people_version() */
    gint64 people_wake;             /* engine_wake() when it was looked at last */
    bool is_people_known;           /* in this transaction */
    gint64 n_changes_before;        /* rows ever changed on this connection when the transaction began */
    /* The end of the journal's chain, known only inside its transaction that writes; see events.c. */
    bool is_chain_known;
    gint64 chain_id;
    guint8 chain[DIGEST_BYTES];
};

/* SQL text of ours that is not in the catalogue (schema, migration); see engine.h. */
bool db_exec(struct db *db, const char *sql, const char *what, struct err *e);
bool db_exec_int(struct db *db, const char *sql, gint64 *value_out, struct err *e);

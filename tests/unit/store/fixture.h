/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A database in a temporary folder, and short ways to put rows into it. For the tests of store/ only.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"
#include "store/db.h"

#include <glib.h>

#define T0 1772400000 /* "now" in these tests */

struct fixture {
    char *folder, *path;
    struct db *db;
    struct err e;
};

void fixture_open(struct fixture *f);  /* a fresh database */
void fixture_close(struct fixture *f); /* and the folder is removed */
/* Fails the test with E's text unless OK; clears nothing. */
void fixture_ok(struct fixture *f, bool ok);
/* Expects a failure of that kind and clears it. */
void fixture_failed(struct fixture *f, bool ok, enum err_kind kind);
#define OK(call)          fixture_ok(f, (call))
#define FAILS(call, kind) fixture_failed(f, (call), (kind))

row_id fixture_person(struct fixture *f, const char *address);
row_id fixture_forum(struct fixture *f, const char *name);
void fixture_member(struct fixture *f, row_id forum, row_id person, enum role role, enum delivery delivery);
row_id fixture_idea(struct fixture *f, row_id forum, row_id author, enum ring ring);
row_id fixture_post(struct fixture *f, row_id idea, row_id person, const char *text);
row_id fixture_message(struct fixture *f, const char *key, const char *message_id, const char *bytes);
/* Writes through a connection of its own, for what no function of ours would do. */
void fixture_exec(const char *path, const char *sql);
gint64 fixture_int(const char *path, const char *sql);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Brings a database to the newest schema. Migrations are append-only: migrate/0002.sql, 0003.sql, ... are never
 * edited once released; schema.sql always shows the result. All steps happen in one transaction, after a copy of the
 * old database was kept as PATH.before-VERSION.
 */
#pragma once

#include "store/catalogue.h"
#include "store/db.h"

#define DB_APPLICATION_ID 0x66706f73 /* "fpos"; file(1) and we know the database by it */

/* Empty database: SCHEMA's newest. Older: migrated. Newer, or not ours: ERR_CONFIG and untouched. With MAY_WRITE
 * false only the version is checked. */
bool migrate(struct db *db, const struct schema *schema, bool may_write, struct err *e);

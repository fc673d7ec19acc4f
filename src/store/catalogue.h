/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQL of the program, compiled in by catalogue.awk: every statement of sql/FAMILY.sql under its name, the newest
 * schema, and the migrations that lead to it.
 */
#pragma once

#include "store/queries.h" /* generated: enum sql, N_SQL */

#include <glib.h>
#include <stdbool.h>

struct sql_text {
    const char *name;
    const char *text;
    const char *scan;    /* why it may read a whole table, NULL if it must not */
    bool changes_people; /* writes to forum, member or person */
};
extern const struct sql_text sql_texts[N_SQL];

struct migration {
    int version; /* the schema's number after it */
    const char *text;
};
struct schema {
    const char *newest;
    int version; /* of newest */
    const struct migration *migrations;
    guint n_migrations;
};
extern const struct schema schema_ours;

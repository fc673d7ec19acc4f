/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SQLite keeps them in a table of its own, where a table that never had a row is missing; see sequences.h.
 */
#include "store/sequences.h"

#include "store/rows.h"

bool sequences_get(struct db *db, const char *table, gint64 *last_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEQUENCE_GET, e);

    stmt_bind_text(s, "name", table);
    return stmt_run_int(s, last_out, e);
}

static bool put(struct db *db, enum sql id, const char *table, gint64 last, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, id, e);

    stmt_bind_text(s, "name", table);
    stmt_bind_int(s, "seq", last);
    return stmt_run_change(s, changed_out, e);
}

bool sequences_set(struct db *db, const char *table, gint64 last, struct err *e)
{
    bool changed;

    return put(db, SQL_SEQUENCE_SET, table, last, &changed, e) &&
           (changed || put(db, SQL_SEQUENCE_ADD, table, last, &changed, e));
}

static GPtrArray *tables(struct db *db, struct err *e)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    stmt_auto struct stmt *s = stmt_use(db, SQL_SEQUENCE_TABLES, e);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW)
        g_ptr_array_add(names, g_strdup(stmt_text(s, "name")));
    return step == STEP_DONE ? g_steal_pointer(&names) : NULL;
}

bool sequences_raise(struct db *db, gint64 gap, struct err *e)
{
    g_autoptr(GPtrArray) names = tables(db, e);

    for (guint i = 0; names != NULL && i < names->len; i++) {
        gint64 last;
        if (!sequences_get(db, names->pdata[i], &last, e) || !sequences_set(db, names->pdata[i], last + gap, e))
            return false;
    }
    return names != NULL;
}

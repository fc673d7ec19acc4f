/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of leftover; see leftovers.h.
 */
#include "store/leftovers.h"

#include "store/rows.h"

static const char *const kind_names[] = {[LEFTOVER_BLOB] = "blob", [LEFTOVER_WORDS] = "words", [LEFTOVER_PAGES] = "pages", NULL};

bool leftovers_add(struct db *db, enum leftover kind, const char *name, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LEFTOVER_ADD, e);

    stmt_bind_word(s, "kind", kind_names, (int)kind);
    stmt_bind_text(s, "name", name);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

char *leftovers_next(struct db *db, enum leftover kind, const char *after, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LEFTOVER_NEXT, e);

    stmt_bind_word(s, "kind", kind_names, (int)kind);
    stmt_bind_text(s, "name", after);
    if (stmt_step(s, e) != STEP_ROW)
        return NULL;
    *n_out = stmt_int(s, "n");
    return g_strdup(stmt_text(s, "name"));
}

bool leftovers_has(struct db *db, enum leftover kind, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LEFTOVER_HAS, e);

    stmt_bind_word(s, "kind", kind_names, (int)kind);
    return stmt_run_int(s, n_out, e);
}

bool leftovers_done(struct db *db, enum leftover kind, const char *name, gint64 n, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LEFTOVER_DONE, e);

    stmt_bind_word(s, "kind", kind_names, (int)kind);
    stmt_bind_text(s, "name", name);
    stmt_bind_int(s, "n", n);
    return stmt_run(s, e);
}

gint64 leftovers_oldest(struct db *db, struct err *e)
{
    gint64 at = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_LEFTOVER_OLDEST, e);

    return stmt_run_int(s, &at, e) ? at : -1;
}

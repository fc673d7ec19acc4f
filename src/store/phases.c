/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of phase; see phases.h.
 */
#include "store/phases.h"

#include "store/rows.h"

static const struct field fields[] = {
    FIELD(TEXT, struct phase, name),
    FIELD(REF, struct phase, forum_id),
    FIELD(INT, struct phase, from_at),
    FIELD(REF, struct phase, to_at),
    FIELD(INT, struct phase, allows),
    FIELD(INT, struct phase, n_changes),
    FIELD_END,
};

GPtrArray *phases_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_ALL, e);

    return row_list(s, fields, sizeof(struct phase), (GDestroyNotify)phase_free, e);
}

struct phase *phases_by_name(struct db *db, const char *name, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_BY_NAME, e);

    stmt_bind_text(s, "name", name);
    return row_find(s, fields, sizeof(struct phase), e);
}

bool phases_put(struct db *db, const struct phase *p, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_PUT, e);

    stmt_bind_row(s, fields, p);
    return stmt_run(s, e);
}

bool phases_tell(struct db *db, const char *name, row_id forum, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_TELL, e);

    stmt_bind_text(s, "name", name);
    stmt_bind_ref(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

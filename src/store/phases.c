/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of phase; see phases.h.
 */
#include "store/phases.h"

#include "base/limits.h"
#include "forum/purpose.h"
#include "store/rows.h"

static const struct field fields[] = {
    FIELD(TEXT, struct phase, name),      FIELD(REF, struct phase, forum_id),
    FIELD(INT, struct phase, from_at),    FIELD(REF, struct phase, to_at),
    FIELD(INT, struct phase, allows),     FIELD(INT, struct phase, n_changes),
    FIELD(REF, struct phase, changed_at), FIELD(REF, struct phase, changed_by),
    FIELD(INT, struct phase, journaled),  FIELD_END,
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

bool phases_untold(struct db *db, const char *name, gint64 *end_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_UNTOLD, e);
    stmt_auto struct stmt *drop = stmt_use(db, SQL_PHASE_DROP_UNTOLD, e);

    stmt_bind_text(s, "name", name);
    enum step found = stmt_step(s, e);
    if (found != STEP_ROW)
        return found == STEP_DONE;
    *end_out = phase_told_end(stmt_text(s, "detail"));
    stmt_reset(s);
    stmt_bind_text(drop, "name", name);
    stmt_bind_text(drop, "reason", DROPPED_UNDONE);
    return stmt_run(drop, e);
}

bool phases_tell(struct db *db, const struct phase *p, gint64 before, gint64 due_at, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PHASE_TELL, e);
    g_autofree char *detail = phase_told(p->name, before);

    stmt_bind_text(s, "detail", detail);
    stmt_bind_ref(s, "forum_id", p->forum_id);
    stmt_bind_int(s, "due_at", due_at);
    stmt_bind_int(s, "daily_at", now + LIMIT_DIGEST_DAILY_S);
    stmt_bind_int(s, "weekly_at", now + LIMIT_DIGEST_WEEKLY_S);
    return stmt_run(s, e);
}

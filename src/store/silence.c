/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ideas about which nothing is heard; see silence.h.
 */
#include "store/silence.h"

#include "store/rows.h"

static bool run(struct stmt *s, gint64 *n_out, struct err *e)
{
    if (!stmt_run(s, e))
        return false;
    *n_out += stmt_n_changed(s);
    return true;
}

bool silence_tell_authors(struct db *db, gint64 before, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_TELL_AUTHORS, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "now", now);
    return run(s, n_out, e);
}

bool silence_tell_offices(struct db *db, gint64 before, gint64 ago, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_TELL_OFFICES, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "ago", ago);
    stmt_bind_int(s, "now", now);
    return run(s, n_out, e);
}

GPtrArray *silence_waiting(struct db *db, row_id forum, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_WAITING, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

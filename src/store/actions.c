/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See actions.h.
 */
#include "store/actions.h"

#include "base/limits.h"
#include "store/rows.h"

GPtrArray *actions_since(struct db *db, gint64 since, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ACTIONS_SINCE, e);

    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "looked", LIMIT_ACTIONS_LOOKED);
    stmt_bind_int(s, "shown", most);
    return row_list(s, event_fields, sizeof(struct event), (GDestroyNotify)event_free, e);
}

bool actions_tell(struct db *db, gint64 ago, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ACTIONS_TELL, e);

    stmt_bind_int(s, "ago", ago);
    stmt_bind_int(s, "now", now);
    if (!stmt_run(s, e))
        return false;
    *n_out += stmt_n_changed(s);
    return true;
}

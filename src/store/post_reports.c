/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who reported a post; see post_reports.h.
 */
#include "store/post_reports.h"

#include "store/rows.h"

static const struct field post_report_fields[] = {
    FIELD(INT, struct post_report, post_id), FIELD(INT, struct post_report, mailbox),    FIELD(INT, struct post_report, forum_id),
    FIELD(INT, struct post_report, at),      FIELD(BOOL, struct post_report, is_proved), FIELD_END,
};

bool post_reports_add(struct db *db, const struct post_report *r, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_REPORT_ADD, e);

    stmt_bind_row(s, post_report_fields, r);
    return stmt_run_change(s, changed_out, e);
}

bool post_reports_count(struct db *db, row_id post, gint64 *n_out, gint64 *n_proved_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_REPORT_COUNT, e);

    stmt_bind_int(s, "post_id", post);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_out = stmt_int(s, "n");
    *n_proved_out = stmt_int(s, "n_proved");
    return stmt_run(s, e);
}

gint64 post_reports_recent(struct db *db, row_id forum, gint64 since, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_REPORT_RECENT, e);
    gint64 n;

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

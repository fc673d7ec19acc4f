/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of report; see reports.h.
 */
#include "store/reports.h"

#include "store/rows.h"

static const struct field report_fields[] = {
    FIELD(INT, struct report, id),
    FIELD(INT, struct report, at),
    WORDS_KNOWN(purpose_names, struct report, purpose),
    FIELD(REF, struct report, message_id),
    FIELD(TEXT, struct report, detail),
    FIELD(REF, struct report, notice_id),
    FIELD(TEXT, struct report, message_key),
    FIELD(TEXT, struct report, subject),
    FIELD_END,
};
static const struct field count_fields[] = {
    WORDS_KNOWN(purpose_names, struct report_count, purpose),
    FIELD(INT, struct report_count, n),
    FIELD_END,
};

void report_free(struct report *r)
{
    if (r == NULL)
        return;
    row_text_free(r->detail);
    row_text_free(r->message_key);
    row_text_free(r->subject);
    g_free(r);
}

void report_count_free(struct report_count *c)
{
    if (c == NULL)
        return;
    g_free(c);
}

bool reports_add(struct db *db, const struct report *r, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_ADD, e);

    stmt_bind_row(s, report_fields, r);
    return stmt_run(s, e);
}

gint64 reports_told_at(struct db *db, struct err *e)
{
    gint64 at = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_TOLD_AT, e);

    return stmt_run_int(s, &at, e) ? at : -1;
}

bool reports_since(struct db *db, enum purpose purpose, gint64 since, gint64 now, bool *found_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_SINCE, e);

    stmt_bind_word(s, "purpose", purpose_names, (int)purpose);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    bool ok = stmt_run_int(s, &found, e);
    *found_out = found != 0;
    return ok;
}

static GPtrArray *list(struct db *db, enum sql which, row_id notice, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, which, e);

    if (notice != 0)
        stmt_bind_int(s, "notice_id", notice);
    stmt_bind_int(s, "most", most);
    return row_list(s, report_fields, sizeof(struct report), (GDestroyNotify)report_free, e);
}

GPtrArray *reports_waiting(struct db *db, gint64 most, struct err *e)
{
    return list(db, SQL_REPORT_WAITING, 0, most, e);
}

GPtrArray *reports_of(struct db *db, row_id notice, gint64 most, struct err *e)
{
    return list(db, SQL_REPORT_OF_NOTICE, notice, most, e);
}

GPtrArray *reports_counts(struct db *db, row_id notice, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_COUNTS, e);

    stmt_bind_int(s, "notice_id", notice);
    return row_list(s, count_fields, sizeof(struct report_count), (GDestroyNotify)report_count_free, e);
}

bool reports_tell(struct db *db, row_id notice, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_TELL, e);

    stmt_bind_int(s, "notice_id", notice);
    return stmt_run(s, e);
}

bool reports_forget(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REPORT_FORGET, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return stmt_run_count(s, n_out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of hold; see holds.h.
 */
#include "store/holds.h"

#include "store/rows.h"

static struct hold *find(struct db *db, enum sql statement, const char *param, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, statement, e);

    stmt_bind_int(s, param, id);
    return row_find(s, hold_fields, sizeof(struct hold), e);
}

struct hold *holds_by_id(struct db *db, row_id id, struct err *e)
{
    return find(db, SQL_HOLD_BY_ID, "id", id, e);
}

struct hold *holds_review_of_post(struct db *db, row_id post, struct err *e)
{
    return find(db, SQL_HOLD_REVIEW_OF_POST, "post_id", post, e);
}

bool holds_add(struct db *db, const struct hold *h, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_ADD, e);

    stmt_bind_row(s, hold_fields, h);
    return stmt_run_insert(s, id_out, e);
}

bool holds_decide(struct db *db, const struct hold *h, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_DECIDE, e);

    stmt_bind_row(s, hold_fields, h);
    bool ok = stmt_run(s, e);
    *changed_out = ok && stmt_n_changed(s) > 0;
    return ok;
}

bool holds_set_outcome(struct db *db, const struct hold *h, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_OUTCOME, e);

    stmt_bind_int(s, "id", h->id);
    stmt_bind_ref(s, "decided_by", h->decided_by);
    stmt_bind_ref(s, "post_id", h->post_id);
    return stmt_run(s, e);
}

bool holds_set_asked(struct db *db, row_id id, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_SET_ASKED, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool holds_pending(struct db *db, const char *address, gint64 *n_out, gint64 *asked_at_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_PENDING, e);

    stmt_bind_text(s, "address", address);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_out = stmt_int(s, "n");
    *asked_at_out = stmt_int(s, "asked_at");
    return stmt_run(s, e);
}

struct hold *holds_next_unasked(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_NEXT_UNASKED, e);

    stmt_bind_text(s, "address", address);
    return row_find(s, hold_fields, sizeof(struct hold), e);
}

GPtrArray *holds_open(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OPEN, e);

    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

GPtrArray *holds_over(struct db *db, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OVER, e);

    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

bool holds_count_over(struct db *db, gint64 before, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CHECK_OVER_HOLDS, e);

    stmt_bind_int(s, "before", before);
    return stmt_run_int(s, n_out, e);
}

bool holds_forget(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *notices = stmt_use(db, SQL_HOLD_NOTICES_FORGET, e);
    stmt_auto struct stmt *hold = stmt_use(db, SQL_HOLD_FORGET, e);

    stmt_bind_int(notices, "id", id);
    stmt_bind_int(hold, "id", id);
    return row_needs_transaction(db, e) && stmt_run(notices, e) && stmt_run(hold, e);
}

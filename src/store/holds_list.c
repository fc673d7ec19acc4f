/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists and counts of rows of hold: what is open, due, over, and for whom; see holds.h.
 */
#include "store/holds.h"

#include "store/rows.h"

GPtrArray *holds_late(struct db *db, row_id forum, row_id after, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_LATE, e);

    stmt_bind_ref(s, "forum_id", forum);
    stmt_bind_int(s, "after", after);
    stmt_bind_int(s, "most", most);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

GPtrArray *holds_next_due(struct db *db, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_NEXT_DUE, e);

    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

gint64 holds_count_open(struct db *db, gint64 mailbox, bool is_proved, gint64 most, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_COUNT_OPEN, e);

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "is_proved", is_proved);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

gint64 holds_count_asked(struct db *db, gint64 mailbox, gint64 since, gint64 now, gint64 most, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_COUNT_ASKED, e);

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

GPtrArray *holds_to_ask(struct db *db, enum hold_kind kind, bool is_proved, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_TO_ASK, e);

    stmt_bind_word(s, "kind", hold_kind_names, (int)kind);
    stmt_bind_int(s, "is_proved", is_proved);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

bool holds_queue(struct db *db, gint64 now, bool *waiting_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_QUEUES, e);

    stmt_bind_int(s, "now", now);
    bool ok = stmt_run_int(s, &found, e);
    *waiting_out = found != 0;
    return ok;
}

GPtrArray *holds_without_mailbox(struct db *db, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_WITHOUT_MAILBOX, e);

    stmt_bind_int(s, "most", most);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

bool holds_count_reviews(struct db *db, row_id forum, gint64 mailbox, gint64 since, gint64 now, gint64 most, gint64 *n_out,
                         struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_COUNT_REVIEWS, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, n_out, e);
}

bool holds_has_waiting_review(struct db *db, row_id forum, gint64 mailbox, bool *waits_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, mailbox == 0 ? SQL_HOLD_HAS_WAITING_REVIEW : SQL_HOLD_HAS_WAITING_REVIEW_OF, e);

    stmt_bind_int(s, "forum_id", forum);
    if (mailbox != 0)
        stmt_bind_int(s, "mailbox", mailbox);
    bool ok = stmt_run_int(s, &found, e);
    *waits_out = found != 0;
    return ok;
}

GPtrArray *holds_of_address(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

GPtrArray *holds_open(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_OPEN, e);

    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

GPtrArray *holds_listed(struct db *db, row_id forum, row_id person, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_LISTED, e);
    stmt_auto struct stmt *all = stmt_use(db, SQL_HOLD_COUNT_LISTED, e);

    stmt_bind_int(all, "forum_id", forum);
    stmt_bind_int(all, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(all, n_out, e) ? row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e) : NULL;
}

GPtrArray *holds_for_staff(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_FOR_STAFF, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

bool holds_was_asked(struct db *db, row_id id, row_id person, bool *asked_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_WAS_ASKED, e);
    gint64 asked = 0;

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "person_id", person);
    bool ok = stmt_run_int(s, &asked, e);
    *asked_out = ok && asked != 0;
    return ok;
}

bool holds_was_sent(struct db *db, row_id id, row_id person, bool *sent_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_WAS_SENT, e);
    gint64 sent = 0;

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "person_id", person);
    bool ok = stmt_run_int(s, &sent, e);
    *sent_out = ok && sent != 0;
    return ok;
}

GArray *holds_asked(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_ASKED_ROLES, e);

    stmt_bind_int(s, "id", id);
    return row_ids(s, e);
}

GPtrArray *holds_complained(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_COMPLAINED, e);

    return row_list(s, hold_fields, sizeof(struct hold), (GDestroyNotify)hold_free, e);
}

GPtrArray *holds_complaints(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_HOLD_COMPLAINTS, e);

    stmt_bind_int(s, "person_id", person);
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

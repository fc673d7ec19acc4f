/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of mailbox; see mailboxes.h.
 */
#include "store/mailboxes.h"

#include "store/statement.h"

bool mailboxes_get(struct db *db, gint64 mailbox, struct mailbox_state *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MAILBOX_BY_ID, e);

    *out = (struct mailbox_state){0};
    stmt_bind_int(s, "id", mailbox);
    enum step step = stmt_step(s, e);
    if (step == STEP_ROW) {
        out->asked_at = stmt_int(s, "asked_at");
        out->stopped_at = stmt_int(s, "stopped_at");
    }
    return step != STEP_FAILED && stmt_run(s, e);
}

static bool set(struct db *db, enum sql what, gint64 mailbox, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", mailbox);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool mailboxes_set_asked(struct db *db, gint64 mailbox, gint64 now, struct err *e)
{
    return set(db, SQL_MAILBOX_SET_ASKED, mailbox, now, e);
}

bool mailboxes_set_stopped(struct db *db, gint64 mailbox, gint64 now, struct err *e)
{
    return set(db, SQL_MAILBOX_SET_STOPPED, mailbox, now, e);
}

bool mailboxes_set_answered(struct db *db, gint64 mailbox, gint64 now, struct err *e)
{
    return set(db, SQL_MAILBOX_SET_ANSWERED, mailbox, now, e);
}

bool mailboxes_set_willing(struct db *db, gint64 mailbox, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MAILBOX_SET_WILLING, e);

    stmt_bind_int(s, "id", mailbox);
    return stmt_run(s, e);
}

gint64 mailboxes_count_asked(struct db *db, gint64 since, gint64 now, gint64 most, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_MAILBOX_COUNT_ASKED, e);

    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool mailboxes_clamp(struct db *db, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MAILBOX_CLAMP, e);

    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool mailboxes_forget(struct db *db, gint64 before, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MAILBOX_FORGET, e);

    stmt_bind_int(s, "before", before);
    return stmt_run(s, e);
}

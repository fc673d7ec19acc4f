/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of announcement; see announcements.h.
 */
#include "store/announcements.h"

#include "store/rows.h"

static const struct field fields[] = {
    FIELD(INT, struct announcement, post_id),
    FIELD(INT, struct announcement, forum_id),
    FIELD(INT, struct announcement, idea_id),
    FIELD(INT, struct announcement, person_id),
    FIELD(INT, struct announcement, at),
    FIELD(SMALL, struct announcement, late),
    FIELD_END,
};

bool announcements_add(struct db *db, const struct announcement *a, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ANNOUNCEMENT_ADD, e);

    stmt_bind_row(s, fields, a);
    return stmt_run(s, e);
}

GArray *announcements_recent(struct db *db, row_id forum, gint64 since, gint64 now, gint64 most, struct err *e)
{
    g_autoptr(GArray) recent = g_array_new(FALSE, TRUE, sizeof(struct announcement));
    stmt_auto struct stmt *s = stmt_use(db, SQL_ANNOUNCEMENT_RECENT, e);
    enum step step;

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        struct announcement a = {0};
        stmt_read_row(s, fields, &a);
        g_array_append_val(recent, a);
    }
    return step == STEP_DONE ? g_steal_pointer(&recent) : NULL;
}

bool announcements_due(struct db *db, gint64 before, gint64 now, bool *due_out, struct err *e)
{
    gint64 found = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_ANNOUNCEMENT_DUE, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "now", now);
    bool ok = stmt_run_int(s, &found, e);
    *due_out = found != 0;
    return ok;
}

struct range {
    gint64 n, from_post, to_post;
    row_id forum_id; /* 0: of several */
};

static bool find_range(struct db *db, gint64 most, struct range *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ANNOUNCEMENT_RANGE, e);

    stmt_bind_int(s, "most", most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *out = (struct range){stmt_int(s, "n"), stmt_int(s, "from_post"), stmt_int(s, "to_post"), stmt_int(s, "forum_id")};
    return stmt_run(s, e);
}

static bool make_digests(struct db *db, const struct range *r, gint64 due_at, gint64 now, struct err *e)
{
    gint64 last = 0;
    stmt_auto struct stmt *find = stmt_use(db, SQL_DIGEST_LAST_ID, e);
    stmt_auto struct stmt *digests = stmt_use(db, SQL_ANNOUNCEMENT_DIGESTS, e);
    stmt_auto struct stmt *notices = stmt_use(db, SQL_ANNOUNCEMENT_NOTICES, e);
    stmt_auto struct stmt *adopt = stmt_use(db, SQL_ANNOUNCEMENT_ADOPT, e);
    stmt_auto struct stmt *adopted = stmt_use(db, SQL_ANNOUNCEMENT_ADOPTED, e);

    stmt_bind_int(digests, "from_post", r->from_post);
    stmt_bind_int(digests, "to_post", r->to_post);
    stmt_bind_int(digests, "now", now);
    if (!stmt_run_int(find, &last, e) || !stmt_run(digests, e))
        return false;
    stmt_bind_ref(notices, "forum_id", r->forum_id);
    stmt_bind_int(notices, "last_digest", last);
    stmt_bind_int(notices, "due_at", due_at);
    stmt_bind_int(adopt, "last_digest", last);
    stmt_bind_int(adopted, "last_digest", last);
    return stmt_run(notices, e) && stmt_run(adopt, e) && stmt_run(adopted, e);
}

bool announcements_tell(struct db *db, gint64 most, gint64 due_at, gint64 now, gint64 *n_out, struct err *e)
{
    struct range r = {0};
    stmt_auto struct stmt *told = stmt_use(db, SQL_ANNOUNCEMENT_TOLD, e);

    if (!row_needs_transaction(db, e) || !find_range(db, most, &r, e) || (r.n > 0 && !make_digests(db, &r, due_at, now, e)))
        return false;
    *n_out = r.n;
    stmt_bind_int(told, "to_post", r.to_post);
    return stmt_run(told, e);
}

bool announcements_forget(struct db *db, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ANNOUNCEMENT_FORGET, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return stmt_run(s, e);
}

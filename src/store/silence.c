/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ideas about which nothing is heard; see silence.h.
 */
#include "store/silence.h"

#include "base/limits.h"

#include "store/rows.h"

static bool run(struct stmt *s, gint64 *n_out, struct err *e)
{
    if (!stmt_run(s, e))
        return false;
    *n_out += stmt_n_changed(s);
    return true;
}

bool silence_tell_authors(struct db *db, gint64 before, gint64 due, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_TELL_AUTHORS, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "due", due);
    stmt_bind_text(s, "heard", DROPPED_HEARD);
    stmt_bind_int(s, "month", now - LIMIT_SILENCE_S);
    stmt_bind_int(s, "most", LIMIT_SILENCES);
    return run(s, n_out, e);
}

bool silence_is_of(struct db *db, row_id idea, gint64 before, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_IS_OF, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "before", before);
    enum step found = stmt_step(s, e);
    *out = found == STEP_DONE;
    return found == STEP_ROW || found == STEP_DONE;
}

bool silence_tell_offices(struct db *db, gint64 before, gint64 ago, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_TELL_OFFICES, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "ago", ago);
    stmt_bind_int(s, "month", now - LIMIT_NOTHING_WAITS_S);
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

static void append_wait(GArray *waits, gint64 from, gint64 to)
{
    gint64 wait = to - from;

    if (to != 0 && wait >= 0)
        g_array_append_val(waits, wait);
}

bool silence_first_signs(struct db *db, row_id forum, gint64 since, GArray *reactions, GArray *answers, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_FIRST_SIGNS, e);
    enum step step;

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "since", since);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        gint64 published = stmt_int(s, "published_at");
        append_wait(reactions, published, stmt_int(s, "reacted_at"));
        append_wait(answers, published, stmt_int(s, "answered_at"));
    }
    return step == STEP_DONE;
}

bool silence_held(struct db *db, row_id forum, gint64 since, struct silence_counts *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_HELD, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "since", since);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *out = (struct silence_counts){.n_held = stmt_int(s, "n_held"),
                                   .n_drafts = stmt_int(s, "n_drafts"),
                                   .n_late = stmt_int(s, "n_late"),
                                   .n_expired = stmt_int(s, "n_expired")};
    return stmt_run(s, e);
}

GPtrArray *silence_deadlines(struct db *db, row_id forum, gint64 now, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SILENCE_DEADLINES, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

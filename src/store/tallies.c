/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See tallies.h.
 */
#include "store/tallies.h"

#include "store/rows.h"

static const struct field tally_fields[] = {
    FIELD(TEXT, struct tally, key),      FIELD(TEXT, struct tally, label),    FIELD(INT, struct tally, n_ideas),
    FIELD(INT, struct tally, n_answers), FIELD(INT, struct tally, n_persons), FIELD_END,
};

static void tally_free(void *data)
{
    struct tally *t = data;

    g_free(t->key);
    g_free(t->label);
    g_free(t);
}

GPtrArray *tallies(struct db *db, enum tally_by by, gint64 slot_s, struct err *e)
{
    static const enum sql statements[] = {
        [TALLY_FORUM] = SQL_TALLY_BY_FORUM, [TALLY_LANGUAGE] = SQL_TALLY_BY_LANGUAGE, [TALLY_STATE] = SQL_TALLY_BY_STATE,
        [TALLY_SLOT] = SQL_TALLY_BY_SLOT,   [TALLY_FIELD] = SQL_TALLY_BY_FIELD,
    };
    stmt_auto struct stmt *s = stmt_use(db, statements[by], e);

    if (by == TALLY_SLOT)
        stmt_bind_int(s, "slot_s", slot_s);
    return row_list(s, tally_fields, sizeof(struct tally), tally_free, e);
}

static bool count_taken(struct db *db, enum post_state state, gint64 *ideas_out, gint64 *answers_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TALLY_TAKEN, e);

    stmt_bind_text(s, "state", post_state_name(state));
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *ideas_out = stmt_int(s, "n_ideas");
    *answers_out = stmt_int(s, "n_answers");
    return true;
}

bool tallies_totals(struct db *db, struct tally_totals *out, struct err *e)
{
    stmt_auto struct stmt *persons = stmt_use(db, SQL_TALLY_PERSONS, e);
    stmt_auto struct stmt *official = stmt_use(db, SQL_TALLY_OFFICIAL, e);

    if (stmt_step(persons, e) != STEP_ROW)
        return false;
    out->n_persons = stmt_int(persons, "n_persons");
    out->n_offices = stmt_int(persons, "n_offices");
    return stmt_run_int(official, &out->n_official, e) &&
           count_taken(db, POST_WITHDRAWN, &out->n_ideas_withdrawn, &out->n_answers_withdrawn, e) &&
           count_taken(db, POST_REMOVED, &out->n_ideas_removed, &out->n_answers_removed, e);
}

GArray *tallies_waits(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TALLY_WAITS, e);

    return row_ids(s, e);
}

GPtrArray *tallies_by_field(struct db *db, const char *language, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_TALLY_BY_FIELD, e);

    stmt_bind_text(s, "language", language);
    return row_list(s, tally_fields, sizeof(struct tally), tally_free, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of talk; see remarks.h.
 */
#include "store/remarks.h"

#include "store/rows.h"

static const struct field remark_fields[] = {
    FIELD(INT, struct remark, id),        FIELD(INT, struct remark, hold_id),
    FIELD(INT, struct remark, at),        WORDS(remark_kind_names, struct remark, kind),
    FIELD(REF, struct remark, person_id), FIELD(REF, struct remark, message_id),
    FIELD(TEXT, struct remark, text),     FIELD_END,
};

void remark_free(struct remark *t)
{
    if (t == NULL)
        return;
    row_text_free(t->text);
    g_free(t);
}

bool remarks_add(struct db *db, const struct remark *t, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REMARK_ADD, e);

    stmt_bind_row(s, remark_fields, t);
    return stmt_run(s, e);
}

GPtrArray *remarks_of_hold(struct db *db, row_id hold, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REMARK_OF_HOLD, e);

    stmt_bind_int(s, "hold_id", hold);
    return row_list(s, remark_fields, sizeof(struct remark), (GDestroyNotify)remark_free, e);
}

GPtrArray *remarks_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REMARK_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, remark_fields, sizeof(struct remark), (GDestroyNotify)remark_free, e);
}

GPtrArray *remarks_letters_to(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LETTER_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, remark_fields, sizeof(struct remark), (GDestroyNotify)remark_free, e);
}

GPtrArray *remarks_letters_by(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LETTER_OF_WRITER, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, remark_fields, sizeof(struct remark), (GDestroyNotify)remark_free, e);
}

static bool count(struct stmt *s, gint64 *n_out, struct err *e)
{
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_out = stmt_int(s, "n");
    return stmt_run(s, e);
}

bool remarks_count_of_idea(struct db *db, row_id idea, enum remark_kind kind, gint64 since, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LETTER_COUNT_OF_IDEA, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_text(s, "kind", remark_kind_names[kind]);
    stmt_bind_int(s, "since", since);
    return count(s, n_out, e);
}

bool remarks_count_of_writer(struct db *db, row_id person, gint64 since, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LETTER_COUNT_OF_WRITER, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "since", since);
    return count(s, n_out, e);
}

bool remarks_move(struct db *db, row_id from, row_id to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_REMARK_MOVE, e);

    stmt_bind_int(s, "hold_id", from);
    stmt_bind_int(s, "to_id", to);
    return stmt_run(s, e);
}

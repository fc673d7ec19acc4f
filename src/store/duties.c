/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of duty; see duties.h.
 */
#include "store/duties.h"

#include "store/rows.h"

static const struct field duty_fields[] = {
    FIELD(INT, struct duty, id),
    FIELD(INT, struct duty, forum_id),
    FIELD(INT, struct duty, person_id),
    WORDS(duty_kind_names, struct duty, kind),
    FIELD(INT, struct duty, from_at),
    FIELD(REF, struct duty, to_at),
    FIELD_END,
};
static const struct field shift_fields[] = {
    FIELD(INT, struct shift, person_id),
    FIELD(SMALL, struct shift, rank),
    FIELD(BOOL, struct shift, is_on),
    FIELD(BOOL, struct shift, is_away),
    FIELD(BOOL, struct shift, was_asked),
    FIELD(REF, struct shift, next_at),
    FIELD_END,
};

bool duties_add(struct db *db, const struct duty *d, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_ADD, e);

    stmt_bind_row(s, duty_fields, d);
    return stmt_run(s, e);
}

GPtrArray *duties_of_forum(struct db *db, row_id forum, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_OF_FORUM, e);

    stmt_bind_ref(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    return row_list(s, duty_fields, sizeof(struct duty), g_free, e);
}

GPtrArray *duties_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, duty_fields, sizeof(struct duty), g_free, e);
}

bool duties_remove(struct db *db, row_id forum, row_id person, enum duty_kind kind, gint64 from, gint64 to, gint64 *n_out,
                   struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_REMOVE, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_word(s, "kind", duty_kind_names, (int)kind);
    stmt_bind_int(s, "from", from);
    stmt_bind_ref(s, "to", to);
    return stmt_run_count(s, n_out, e);
}

bool duties_forget(struct db *db, gint64 before, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_FORGET, e);

    stmt_bind_int(s, "before", before);
    return stmt_run(s, e);
}

GArray *duties_shifts(struct db *db, row_id forum, row_id post, row_id hold, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_SHIFTS, e);
    g_autoptr(GArray) out = g_array_new(FALSE, TRUE, sizeof(struct shift));
    enum step step;

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(s, "hold_id", hold);
    stmt_bind_int(s, "now", now);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        struct shift shift = {0};
        stmt_read_row(s, shift_fields, &shift);
        g_array_append_val(out, shift);
    }
    return step == STEP_DONE ? g_steal_pointer(&out) : NULL;
}

bool duties_hand_over(struct db *db, row_id forum, row_id person, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DUTY_HAND_OVER, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of step and support; see steps.h.
 */
#include "store/steps.h"

#include "store/rows.h"

static const struct field backing_fields[] = {
    FIELD(INT, struct backing, idea_id),
    FIELD(INT, struct backing, at),
    FIELD(TEXT, struct backing, how),
    FIELD(REF, struct backing, ended_at),
    FIELD_END,
};

void backing_free(struct backing *x)
{
    if (x == NULL)
        return;
    row_text_free(x->how);
    g_free(x);
}

bool steps_add(struct db *db, const struct stage *x, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_ADD, e);

    stmt_bind_row(s, stage_fields, x);
    return stmt_run_insert(s, id_out, e);
}

GPtrArray *steps_of_idea(struct db *db, row_id idea, row_id first, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_OF_IDEA, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "first", first);
    return row_list(s, stage_fields, sizeof(struct stage), (GDestroyNotify)stage_free, e);
}

struct stage *steps_by_others(struct db *db, row_id idea, row_id person, bool with_days, gint64 since, row_id seen, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_BY_OTHERS, e);
    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "with_days", with_days);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "seen", seen);
    return row_find(s, stage_fields, sizeof(struct stage), e);
}

struct stage *steps_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_BY_ID, e);
    stmt_bind_int(s, "id", id);
    return row_find(s, stage_fields, sizeof(struct stage), e);
}

bool steps_last(struct db *db, row_id *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_LAST, e);
    return stmt_run_int(s, out, e);
}

GPtrArray *steps_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_STEP_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, stage_fields, sizeof(struct stage), (GDestroyNotify)stage_free, e);
}

GPtrArray *supports_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, backing_fields, sizeof(struct backing), (GDestroyNotify)backing_free, e);
}

bool supports_add(struct db *db, const struct idea *idea, row_id person, gint64 mailbox, const char *how, gint64 now,
                  bool *added_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_ADD, e);

    stmt_bind_int(s, "idea_id", idea->id);
    stmt_bind_int(s, "lead", idea->lead_id != 0 ? idea->lead_id : idea->id);
    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "at", now);
    stmt_bind_text(s, "how", how);
    return stmt_run_change(s, added_out, e);
}

bool supports_is_for(struct db *db, row_id idea, row_id person, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_IS_FOR, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    enum step step = stmt_step(s, e);
    *out = step == STEP_ROW;
    return step != STEP_FAILED && (step != STEP_ROW || stmt_run(s, e));
}

bool supports_is_annulled(struct db *db, const struct idea *idea, row_id person, gint64 mailbox, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_IS_ANNULLED, e);
    gint64 found = 0;

    stmt_bind_int(s, "lead", idea->lead_id != 0 ? idea->lead_id : idea->id);
    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "person_id", person);
    bool ok = stmt_run_int(s, &found, e);
    *out = found != 0;
    return ok;
}

static bool end_supports(struct db *db, enum sql how, row_id lead, row_id person, gint64 now, bool *ended_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, how, e);

    stmt_bind_int(s, "lead", lead);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "now", now);
    return stmt_run_change(s, ended_out, e);
}

bool supports_end(struct db *db, row_id lead, row_id person, gint64 now, bool *ended_out, struct err *e)
{
    return end_supports(db, SQL_SUPPORT_END, lead, person, now, ended_out, e);
}

bool supports_annul(struct db *db, row_id lead, row_id person, gint64 now, bool *ended_out, struct err *e)
{
    return end_supports(db, SQL_SUPPORT_ANNUL, lead, person, now, ended_out, e);
}

bool supports_count_annulled(struct db *db, row_id idea, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_COUNT_ANNULLED, e);

    stmt_bind_int(s, "id", idea);
    return stmt_run_int(s, out, e);
}

bool supports_recent(struct db *db, row_id idea, gint64 since, gint64 most, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUPPORT_RECENT, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, out, e);
}

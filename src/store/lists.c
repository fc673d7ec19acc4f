/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of list and editor; see lists.h.
 */
#include "store/lists.h"

#include "store/rows.h"

static const struct field list_fields[] = {
    FIELD(INT, struct list, id),
    FIELD(TEXT, struct list, name),
    FIELD(TEXT, struct list, title),
    FIELD(TEXT, struct list, language),
    FIELD(REF, struct list, forum_id),
    FIELD(INT, struct list, n_release),
    FIELD(BOOL, struct list, is_members_only),
    FIELD_END,
};
static const struct field editor_fields[] = {
    FIELD(INT, struct editor, id),
    FIELD(INT, struct editor, list_id),
    FIELD(TEXT, struct editor, address),
    FIELD(TEXT, struct editor, written),
    FIELD_END,
};

GPtrArray *lists_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LIST_ALL, e);

    return row_list(s, list_fields, sizeof(struct list), (GDestroyNotify)list_free, e);
}

struct list *lists_by_name(struct db *db, const char *name, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LIST_BY_NAME, e);

    stmt_bind_text(s, "name", name);
    return row_find(s, list_fields, sizeof(struct list), e);
}

struct list *lists_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LIST_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, list_fields, sizeof(struct list), e);
}

bool lists_add(struct db *db, const struct list *l, gint64 now, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LIST_ADD, e);

    stmt_bind_row(s, list_fields, l);
    stmt_bind_int(s, "now", now);
    return stmt_run_insert(s, id_out, e);
}

bool lists_figures(struct db *db, row_id id, struct list_figures *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_LIST_FIGURES, e);

    stmt_bind_int(s, "id", id);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    out->n_subscribers = stmt_int(s, "n_subscribers");
    out->n_issues = stmt_int(s, "n_issues");
    out->last_sent_at = stmt_int(s, "last_sent_at");
    return stmt_run(s, e);
}

static bool change_editor(struct stmt *s, row_id list, const char *address, bool *changed_out, struct err *e)
{
    stmt_bind_int(s, "list_id", list);
    stmt_bind_text(s, "address", address);
    return stmt_run_change(s, changed_out, e);
}

bool editors_add(struct db *db, row_id list, const char *address, const char *written, gint64 now, bool *changed_out,
                 struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EDITOR_ADD, e);

    stmt_bind_text(s, "written", written);
    stmt_bind_int(s, "now", now);
    return change_editor(s, list, address, changed_out, e);
}

bool editors_remove(struct db *db, row_id list, const char *address, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EDITOR_REMOVE, e);

    return change_editor(s, list, address, changed_out, e);
}

struct editor *editors_by_address(struct db *db, row_id list, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EDITOR_BY_ADDRESS, e);

    stmt_bind_int(s, "list_id", list);
    stmt_bind_text(s, "address", address);
    return row_find(s, editor_fields, sizeof(struct editor), e);
}

struct editor *editors_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EDITOR_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, editor_fields, sizeof(struct editor), e);
}

GPtrArray *editors_of(struct db *db, row_id list, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_EDITOR_OF_LIST, e);

    stmt_bind_int(s, "list_id", list);
    return row_list(s, editor_fields, sizeof(struct editor), (GDestroyNotify)editor_free, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of version; see versions.h.
 */
#include "store/versions.h"

#include "store/rows.h"

static const struct field version_fields[] = {
    FIELD(INT, struct version, id),         FIELD(INT, struct version, post_id), FIELD(INT, struct version, at),
    FIELD(REF, struct version, message_id), FIELD(TEXT, struct version, text),   FIELD_END,
};

void version_free(struct version *v)
{
    if (v == NULL)
        return;
    row_text_free(v->text);
    g_free(v);
}

bool versions_add(struct db *db, const struct version *v, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_VERSION_ADD, e);

    stmt_bind_row(s, version_fields, v);
    return stmt_run(s, e);
}

GPtrArray *versions_of_post(struct db *db, row_id post, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_VERSION_OF_POST, e);

    stmt_bind_int(s, "post_id", post);
    return row_list(s, version_fields, sizeof(struct version), (GDestroyNotify)version_free, e);
}

bool versions_set_text(struct db *db, row_id id, const char *text, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_VERSION_SET_TEXT, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "text", text);
    return stmt_run(s, e);
}

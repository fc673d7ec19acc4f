/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of wish; see wishes.h.
 */
#include "store/wishes.h"

#include "store/rows.h"

const struct field wish_fields[] = {
    FIELD(INT, struct wish, id),         WORDS(wish_kind_names, struct wish, kind),
    FIELD(TEXT, struct wish, address),   FIELD(TEXT, struct wish, written),
    FIELD(TEXT, struct wish, other),     FIELD(REF, struct wish, person_id),
    FIELD(REF, struct wish, message_id), FIELD(TEXT, struct wish, language),
    FIELD(BOOL, struct wish, is_proved), FIELD(INT, struct wish, created_at),
    FIELD(INT, struct wish, expires_at), FIELD(REF, struct wish, asked_at),
    FIELD(TEXT, struct wish, told),      FIELD(REF, struct wish, forum_id),
    FIELD(REF, struct wish, idea_id),    FIELD(REF, struct wish, post_id),
    FIELD(INT, struct wish, seen),       FIELD_END,
};

struct wish *wishes_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, wish_fields, sizeof(struct wish), e);
}

struct wish *wishes_find(struct db *db, const char *address, enum wish_kind kind, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_FIND, e);

    stmt_bind_text(s, "address", address);
    stmt_bind_word(s, "kind", wish_kind_names, (int)kind);
    return row_find(s, wish_fields, sizeof(struct wish), e);
}

GPtrArray *wishes_of(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, wish_fields, sizeof(struct wish), (GDestroyNotify)wish_free, e);
}

bool wishes_put(struct db *db, const struct wish *w, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *gone = stmt_use(db, SQL_WISH_REMOVE_KIND, e);

    stmt_bind_text(gone, "address", w->address);
    stmt_bind_word(gone, "kind", wish_kind_names, (int)w->kind);
    return row_needs_transaction(db, e) && stmt_run(gone, e) && wishes_add(db, w, id_out, e);
}

bool wishes_add(struct db *db, const struct wish *w, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_ADD, e);
    stmt_bind_row(s, wish_fields, w);
    return stmt_run_insert(s, id_out, e);
}

bool wishes_trim(struct db *db, const char *address, enum wish_kind kind, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_TRIM, e);
    stmt_bind_text(s, "address", address);
    stmt_bind_word(s, "kind", wish_kind_names, (int)kind);
    stmt_bind_int(s, "most", most);
    return stmt_run(s, e);
}

bool wishes_set_asked(struct db *db, row_id id, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_SET_ASKED, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool wishes_remove(struct db *db, row_id id, bool *found_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_REMOVE, e);

    stmt_bind_int(s, "id", id);
    return stmt_run_change(s, found_out, e);
}

GPtrArray *wishes_unasked(struct db *db, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_UNASKED, e);

    stmt_bind_int(s, "most", most);
    return row_list(s, wish_fields, sizeof(struct wish), (GDestroyNotify)wish_free, e);
}

bool wishes_remove_over(struct db *db, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_REMOVE_OVER, e);

    stmt_bind_int(s, "now", now);
    return stmt_run_count(s, n_out, e);
}

bool wishes_erase(struct db *db, const char *address, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WISH_ERASE, e);

    stmt_bind_text(s, "address", address);
    stmt_bind_int(s, "person_id", person);
    return stmt_run(s, e);
}

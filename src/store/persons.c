/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of person and address; see persons.h.
 */
#include "store/persons.h"

#include "base/limits.h"
#include "mail/word/address.h"
#include "store/rows.h"

char *persons_key(const char *written)
{
    g_autofree char *folded = address_fold(written);

    return g_utf8_strdown(folded, -1);
}

struct person *persons_by_address(struct db *db, const char *lower, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_BY_ADDRESS, e);

    stmt_bind_text(s, "address", lower);
    return row_find(s, person_fields, sizeof(struct person), e);
}

struct person *persons_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, person_fields, sizeof(struct person), e);
}

static const struct field voice_fields[] = {
    FIELD(INT, struct voice, id),
    FIELD(TEXT, struct voice, public_name),
    FIELD(BOOL, struct voice, is_member),
    FIELD_END,
};

void voice_free(struct voice *v)
{
    if (v == NULL)
        return;
    row_text_free(v->public_name);
    g_free(v);
}

struct voice *persons_voice(struct db *db, row_id person, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_VOICE, e);

    stmt_bind_int(s, "id", person);
    stmt_bind_int(s, "forum_id", forum);
    return row_find(s, voice_fields, sizeof(struct voice), e);
}

GPtrArray *persons_beside(struct db *db, row_id person, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_BESIDE, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "idea_id", idea);
    return row_list(s, person_fields, sizeof(struct person), (GDestroyNotify)person_free, e);
}

GPtrArray *persons_staff(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_STAFF, e);

    return row_list(s, person_fields, sizeof(struct person), (GDestroyNotify)person_free, e);
}

GPtrArray *persons_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_ALL, e);

    return row_list(s, person_fields, sizeof(struct person), (GDestroyNotify)person_free, e);
}

static bool add_address(struct db *db, row_id person, const char *written, bool is_primary, struct err *e)
{
    g_autofree char *lower = persons_key(written);
    stmt_auto struct stmt *s = stmt_use(db, SQL_ADDRESS_ADD, e);

    stmt_bind_text(s, "address", lower);
    stmt_bind_text(s, "written", written);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "is_primary", is_primary);
    return stmt_run(s, e);
}

bool persons_add(struct db *db, const struct person *p, gint64 now, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_ADD, e);

    stmt_bind_row(s, person_fields, p);
    stmt_bind_int(s, "now", now);
    return row_needs_transaction(db, e) && stmt_run_insert(s, id_out, e) && add_address(db, *id_out, p->address, true, e);
}

bool persons_update(struct db *db, const struct person *p, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_UPDATE, e);

    stmt_bind_row(s, person_fields, p);
    return stmt_run(s, e);
}

bool persons_add_address(struct db *db, row_id person, const char *written, struct err *e)
{
    return add_address(db, person, written, false, e);
}

GPtrArray *persons_addresses(struct db *db, row_id person, struct err *e)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_ADDRESSES, e);
    enum step step;

    stmt_bind_int(s, "person_id", person);
    while ((step = stmt_step(s, e)) == STEP_ROW)
        g_ptr_array_add(all, g_strdup(stmt_text(s, "written")));
    return step == STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GArray *persons_follows(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_FOLLOWS, e);

    stmt_bind_int(s, "person_id", person);
    return row_ids(s, e);
}

bool persons_erase(struct db *db, row_id person, const char *reason, gint64 now, struct err *e)
{
    static const enum sql rows[] = {SQL_PERSON_ERASE_ADDRESSES, SQL_PERSON_ERASE_MEMBERS, SQL_PERSON_ERASE_WAS_MEMBER,
                                    SQL_DUTY_REMOVE_PERSON,     SQL_REMARK_FORGET_PERSON, SQL_PERSON_ERASE_FOLLOWS,
                                    SQL_PERSON_ERASE_SUPPORTS};
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_ERASE, e);

    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        stmt_auto struct stmt *row = stmt_use(db, rows[i], e);
        stmt_bind_int(row, "id", person);
        if (!row_needs_transaction(db, e) || !stmt_run(row, e))
            return false;
    }
    stmt_bind_int(s, "id", person);
    stmt_bind_text(s, "reason", reason);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool persons_erase_notices(struct db *db, row_id person, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_PERSON_ERASE_NOTICES, e);

    stmt_bind_int(s, "id", person);
    stmt_bind_text(s, "address", address);
    return stmt_run(s, e);
}

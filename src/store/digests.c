/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of digest and what belongs in one; see digests.h.
 */
#include "store/digests.h"

#include "store/notices.h"
#include "store/rows.h"

GPtrArray *digests_posts(struct db *db, row_id person, enum delivery delivery, gint64 from, gint64 to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_POSTS, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    stmt_bind_int(s, "from_post", from);
    stmt_bind_int(s, "to_post", to);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

gint64 digests_last_to(struct db *db, row_id person, enum delivery delivery, struct err *e)
{
    gint64 last = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_LAST_TO, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    return stmt_run_int(s, &last, e) ? last : -1;
}

bool digests_add(struct db *db, struct digest *d, const struct notice *n, bool *made_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_ADD, e);

    *made_out = false;
    stmt_bind_row(s, digest_fields, d);
    if (!row_needs_transaction(db, e) || !stmt_run_int(s, &d->id, e))
        return false;
    if (d->id == 0)
        return true;
    struct notice mail = *n; /* borrows n's texts */
    mail.digest_id = d->id;
    *made_out = notices_add(db, &mail, NULL, e);
    return *made_out;
}

struct digest *digests_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, digest_fields, sizeof(struct digest), e);
}

GPtrArray *digests_people(struct db *db, enum delivery delivery, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_PEOPLE, e);

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    return row_list(s, person_fields, sizeof(struct person), (GDestroyNotify)person_free, e);
}

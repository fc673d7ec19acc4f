/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of digest and what belongs in one; see digests.h.
 */
#include "store/digests.h"

#include "base/limits.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/rows.h"

GPtrArray *digests_posts(struct db *db, const struct digest *d, struct err *e)
{
    bool is_late = d->delivery == DELIVERY_EACH || d->delivery == DELIVERY_NEWS, is_missed = d->delivery == DELIVERY_MISSED;
    stmt_auto struct stmt *s = stmt_use(db,
                                        is_late     ? SQL_DIGEST_POSTS_LATE
                                        : is_missed ? SQL_DIGEST_POSTS_MISSED
                                                    : SQL_DIGEST_POSTS,
                                        e);

    stmt_bind_int(s, "person_id", d->person_id);
    if (is_late)
        stmt_bind_int(s, "digest_id", d->id);
    else if (!is_missed)
        stmt_bind_word(s, "delivery", delivery_names, (int)d->delivery);
    stmt_bind_int(s, "from_post", d->from_post);
    stmt_bind_int(s, "to_post", d->to_post);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
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
    mail.about.digest = d->id;
    *made_out = notices_add(db, &mail, NULL, e);
    return *made_out;
}

struct digest *digests_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, digest_fields, sizeof(struct digest), e);
}

bool digests_set_entries(struct db *db, row_id id, const char *entries, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_SET_ENTRIES, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "entries", entries);
    return stmt_run(s, e);
}

char *digests_entries(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_ENTRIES, e);

    stmt_bind_int(s, "id", id);
    return stmt_step(s, e) == STEP_ROW ? g_strdup(stmt_text(s, "entries")) : NULL;
}

static bool forget(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *notices = stmt_use(db, SQL_DIGEST_FORGET_IN_NOTICES, e);
    stmt_auto struct stmt *digest = stmt_use(db, SQL_DIGEST_FORGET, e);

    stmt_bind_int(notices, "id", id);
    stmt_bind_int(digest, "id", id);
    return stmt_run(notices, e) && stmt_run(digest, e);
}

bool digests_forget(struct db *db, gint64 before, row_id after, gint64 most, row_id *last_out, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_WALK, e);
    g_autoptr(GArray) idle = g_array_new(FALSE, FALSE, sizeof(row_id));
    enum step step;
    bool is_old = true;

    *last_out = 0;
    stmt_bind_int(s, "after", after);
    stmt_bind_int(s, "most", most);
    while ((step = stmt_step(s, e)) == STEP_ROW && (is_old = stmt_int(s, "made_at") < before)) {
        *last_out = stmt_int(s, "id");
        if (stmt_int(s, "is_idle") != 0)
            g_array_append_val(idle, *last_out);
    }
    if (step == STEP_FAILED || !row_needs_transaction(db, e))
        return false;
    stmt_reset(s);
    *last_out = is_old ? *last_out : 0; /* what follows is younger */
    *n_out += idle->len;
    for (guint i = 0; i < idle->len; i++)
        if (!forget(db, g_array_index(idle, row_id, i), e))
            return false;
    return true;
}

GPtrArray *digests_people(struct db *db, enum delivery delivery, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_PEOPLE, e);

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    return row_list(s, person_fields, sizeof(struct person), (GDestroyNotify)person_free, e);
}

static const struct field digest_post_fields[] = {
    FIELD(INT, struct digest_post, place),
    FIELD(INT, struct digest_post, forum_id),
    FIELD(INT, struct digest_post, idea_id),
    FIELD(INT, struct digest_post, person_id),
    FIELD(INT, struct digest_post, at),
    WORDS(ring_names, struct digest_post, ring),
    FIELD_END,
};
static const struct field digest_reader_fields[] = {
    FIELD(INT, struct digest_reader, person_id),
    FIELD(INT, struct digest_reader, forum_id),
    WORDS(role_names, struct digest_reader, role),
    FIELD(INT, struct digest_reader, told_since),
    FIELD(SMALL, struct digest_reader, digest_hour),
    FIELD(SMALL, struct digest_reader, digest_weekday),
    FIELD(REF, struct digest_reader, last_to),
    FIELD(REF, struct digest_reader, last_made_at),
    FIELD_END,
};

/* All rows as plain structs in one array; they own nothing. */
static GArray *plain_rows(struct stmt *s, const struct field *fields, guint n_bytes, struct err *e)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, n_bytes);
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        g_array_set_size(rows, rows->len + 1);
        stmt_read_row(s, fields, rows->data + (gsize)(rows->len - 1) * n_bytes);
    }
    return step == STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

GArray *digests_new_posts(struct db *db, gint64 from, gint64 to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_NEW_POSTS, e);

    stmt_bind_int(s, "from_post", from);
    stmt_bind_int(s, "to_post", to);
    return plain_rows(s, digest_post_fields, sizeof(struct digest_post), e);
}

#define PART(kind, member, part)                                                    \
    {                                                                               \
#member, FIELD_##kind, offsetof(struct digest_news_post, part.member), NULL \
    }
static const struct field news_post_fields[] = {
    PART(INT, id, post),
    PART(INT, idea_id, post),
    PART(INT, number, post),
    PART(REF, parent_id, post),
    PART(INT, person_id, post),
    PART(REF, message_id, post),
    {"kind", FIELD_WORD, offsetof(struct digest_news_post, post.kind), post_kind_names},
    PART(INT, at, post),
    PART(INT, place, about),
    PART(INT, forum_id, about),
    {"ring", FIELD_WORD, offsetof(struct digest_news_post, about.ring), ring_names},
    FIELD_END,
};

GArray *digests_range(struct db *db, gint64 from, gint64 to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_RANGE, e);

    stmt_bind_int(s, "from_post", from);
    stmt_bind_int(s, "to_post", to);
    GArray *rows = plain_rows(s, news_post_fields, sizeof(struct digest_news_post), e);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        struct digest_news_post *p = &g_array_index(rows, struct digest_news_post, i);
        p->post.text = "";
        p->about.idea_id = p->post.idea_id;
        p->about.person_id = p->post.person_id;
        p->about.at = p->post.at;
    }
    return rows;
}

static const struct field digest_place_fields[] = {
    FIELD(INT, struct digest_reader, person_id),           FIELD(INT, struct digest_reader, forum_id),
    WORDS(role_names, struct digest_reader, role),         FIELD(INT, struct digest_reader, told_since),
    WORDS(delivery_names, struct digest_reader, delivery), FIELD_END,
};

GArray *digests_places(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_PLACES, e);

    stmt_bind_int(s, "person_id", person);
    return plain_rows(s, digest_place_fields, sizeof(struct digest_reader), e);
}

GArray *digests_readers(struct db *db, enum delivery delivery, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_READERS, e);

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    return plain_rows(s, digest_reader_fields, sizeof(struct digest_reader), e);
}

GArray *digests_stopped(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_STOPPED, e);

    stmt_bind_int(s, "person_id", person);
    return row_ids(s, e);
}

gint64 digests_place_at(struct db *db, gint64 at, struct err *e)
{
    gint64 place = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_PLACE_AT, e);

    stmt_bind_int(s, "at", at);
    return stmt_run_int(s, &place, e) ? place : -1;
}

/* False if there is none; E is set if the database failed. */
static bool find_cut(struct db *db, enum delivery delivery, gint64 slot_at, gint64 *to_out, bool *done_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_DIGEST_CUT, e);

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    stmt_bind_int(s, "slot_at", slot_at);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *to_out = stmt_int(s, "to_post");
    *done_out = stmt_int(s, "done_at") != 0;
    return true;
}

static bool write_cut(struct db *db, enum sql statement, enum delivery delivery, gint64 slot_at, gint64 to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, statement, e);

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    stmt_bind_int(s, "slot_at", slot_at);
    stmt_bind_int(s, "to_post", to);
    return stmt_run(s, e);
}

gint64 digests_cut(struct db *db, enum delivery delivery, gint64 slot_at, bool is_now, bool *done_out, struct err *e)
{
    gint64 to = 0, last;
    bool is_done = false;
    bool is_there = find_cut(db, delivery, slot_at, &to, &is_done, e);

    if (e->kind != ERR_NONE)
        return -1;
    if (!is_there || is_now) {
        /* ONE WRITER AT A TIME (engine.h): nobody can hold a lower place than this one and commit it later. */
        if (!row_needs_transaction(db, e) || (last = posts_last_publication(db, e)) < 0)
            return -1;
        is_done = is_done && last == to;
        if ((!is_there || last != to) &&
            !write_cut(db, is_there ? SQL_DIGEST_CUT_MOVE : SQL_DIGEST_CUT_ADD, delivery, slot_at, last, e))
            return -1;
        to = last;
    }
    if (done_out != NULL)
        *done_out = is_done;
    return to;
}

bool digests_cut_done(struct db *db, enum delivery delivery, gint64 slot_at, gint64 oldest, gint64 now, struct err *e)
{
    stmt_auto struct stmt *done = stmt_use(db, SQL_DIGEST_CUT_DONE, e);
    stmt_auto struct stmt *forget = stmt_use(db, SQL_DIGEST_CUT_FORGET, e);

    stmt_bind_word(done, "delivery", delivery_names, (int)delivery);
    stmt_bind_int(done, "slot_at", slot_at);
    stmt_bind_int(done, "now", now);
    stmt_bind_word(forget, "delivery", delivery_names, (int)delivery);
    stmt_bind_int(forget, "slot_at", oldest);
    return stmt_run(done, e) && stmt_run(forget, e);
}

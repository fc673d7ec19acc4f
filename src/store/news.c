/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of notice that tell what happened to ideas, where several go in one mail; see notices.h.
 */
#include "store/notices.h"

#include "forum/rates.h"
#include "store/rows.h"

GArray *notices_news_waiting(struct db *db, row_id person, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_NEWS_WAITING, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

bool notices_news_told(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, gint64 *n_out, gint64 *last_out,
                       struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_NEWS_TOLD, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_out = stmt_int(s, "n");
    *last_out = stmt_int(s, "last_at");
    return stmt_run(s, e);
}

bool notices_news_on_way(struct db *db, row_id person, bool *found_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_NEWS_ON_WAY, e);
    gint64 found = 0;

    stmt_bind_int(s, "person_id", person);
    bool ok = stmt_run_int(s, &found, e);
    *found_out = found != 0;
    return ok;
}

static bool read_told(struct stmt *s, GArray *told, struct err *e)
{
    enum step step;

    while ((step = stmt_step(s, e)) == STEP_ROW) {
        struct forum_mail t = {stmt_int(s, "id"), stmt_int(s, "idea_id"), stmt_int(s, "is_post") != 0, stmt_int(s, "at")};
        g_array_append_val(told, t);
    }
    return step == STEP_DONE;
}

GArray *notices_told_lately(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *on_way = stmt_use(db, SQL_NOTICE_TOLD_NOW, e);
    stmt_auto struct stmt *sent = stmt_use(db, SQL_NOTICE_TOLD_LATELY, e);
    g_autoptr(GArray) told = g_array_new(FALSE, TRUE, sizeof(struct forum_mail));

    stmt_bind_int(on_way, "person_id", person);
    stmt_bind_int(on_way, "now", now);
    stmt_bind_int(sent, "person_id", person);
    stmt_bind_int(sent, "since", since);
    stmt_bind_int(sent, "now", now);
    stmt_bind_int(sent, "most", most);
    return read_told(on_way, told, e) && read_told(sent, told, e) ? g_steal_pointer(&told) : NULL;
}

GArray *notices_asked_lately(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ASKED_LATELY, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

bool notices_listed(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_LISTED, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool notices_last_list(struct db *db, row_id person, row_id forum, bool *waits_out, gint64 *at_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_LAST_LIST, e);

    *waits_out = false;
    *at_out = 0;
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    enum step found = stmt_step(s, e);
    if (found != STEP_ROW)
        return found == STEP_DONE;
    *waits_out = stmt_int(s, "is_waiting") != 0;
    *at_out = stmt_int(s, "at");
    return stmt_run(s, e);
}

bool notices_digest_waiting(struct db *db, row_id person, row_id *digest_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_DIGEST_WAITING, e);

    *digest_out = 0;
    stmt_bind_int(s, "person_id", person);
    return stmt_run_int(s, digest_out, e);
}

bool notices_news_put_off(struct db *db, row_id person, gint64 at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_NEWS_PUT_OFF, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "due_at", at);
    return stmt_run(s, e);
}

GArray *notices_for_digest(struct db *db, enum delivery delivery, struct err *e)
{
    static const struct field fields[] = {FIELD(INT, struct for_digest, person_id), FIELD(INT, struct for_digest, id), FIELD_END};
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_FOR_DIGEST, e);
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct for_digest));
    enum step step;

    stmt_bind_word(s, "delivery", delivery_names, (int)delivery);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        struct for_digest row;
        stmt_read_row(s, fields, &row);
        g_array_append_val(rows, row);
    }
    return step == STEP_DONE ? g_steal_pointer(&rows) : NULL;
}

bool notices_join(struct db *db, row_id id, row_id digest, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_JOIN, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "digest_id", digest);
    return stmt_run(s, e);
}

GPtrArray *notices_joined(struct db *db, row_id digest, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_JOINED, e);

    stmt_bind_int(s, "digest_id", digest);
    return row_list(s, notice_fields, sizeof(struct notice), (GDestroyNotify)notice_free, e);
}

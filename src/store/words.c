/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of the posts is indexed, and the changed rows that wait for the commit; see words.h. A savepoint remembers how many there were.
 */
#include "store/words.h"

#include "base/limits.h"
#include "store/db_private.h"
#include "store/statement.h"

#include <string.h>

void words_await(struct db *db)
{
    db->has_unindexed = true;
}

static bool has_id(const GArray *ids, gint64 id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, gint64, i) == id)
            return true;
    return false;
}

/* Once: several mails of one transaction may change the same post. */
void words_add(struct db *db, gint64 post)
{
    if (!has_id(db->unindexed, post))
        g_array_append_val(db->unindexed, post);
}

bool words_remove(struct db *db, gint64 post, const char *text, struct err *e)
{
    if (has_id(db->unindexed, post))
        return true; /* it will not be public when its turn comes */
    stmt_auto struct stmt *look = stmt_use(db, SQL_POST_PUBLIC_TEXT, e);
    stmt_bind_int(look, "id", post);
    enum step step = stmt_step(look, e);
    if (step != STEP_ROW)
        return step == STEP_DONE;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FTS_REMOVE, e);
    stmt_bind_int(s, "id", post);
    stmt_bind_text(s, "text", text);
    return stmt_run(s, e);
}

static bool insert(struct db *db, gint64 post, const char *text, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FTS_ADD, e);

    stmt_bind_int(s, "id", post);
    stmt_bind_text(s, "text", text);
    return stmt_run(s, e);
}

static bool write_one(struct db *db, gint64 post, struct err *e)
{
    stmt_auto struct stmt *read = stmt_use(db, SQL_POST_PUBLIC_TEXT, e);

    stmt_bind_int(read, "id", post);
    enum step step = stmt_step(read, e);
    if (step != STEP_ROW)
        return step == STEP_DONE;
    return insert(db, post, stmt_text(read, "text"), e);
}

bool words_catch_up(struct db *db, gint64 most, bool *more_out, struct err *e)
{
    gint64 n = 0, place = 0;
    enum step step;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_UNINDEXED, e);

    *more_out = false;
    stmt_bind_int(s, "most", most);
    for (; (step = stmt_step(s, e)) == STEP_ROW; n++) {
        if (!insert(db, stmt_int(s, "id"), stmt_text(s, "text"), e))
            return false;
        place = stmt_int(s, "published");
    }
    if (step != STEP_DONE || n == 0)
        return step == STEP_DONE;
    *more_out = n == most;
    stmt_auto struct stmt *mark = stmt_use(db, SQL_INDEXED_SET, e);
    stmt_bind_int(mark, "place", place);
    return stmt_run(mark, e);
}

bool words_count_waiting(struct db *db, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_COUNT_UNINDEXED, e);

    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, n_out, e);
}

bool words_merge(struct db *db, gint64 n_pages, bool *more_out, struct err *e)
{
    gint64 before = engine_n_changed_ever(db->engine);
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FTS_MERGE, e);

    stmt_bind_int(s, "n_pages", n_pages);
    bool ok = stmt_run(s, e);
    *more_out = ok && engine_n_changed_ever(db->engine) - before >= 2; /* the manual's measure */
    return ok;
}

GArray *words_search(struct db *db, const char *expression, gint64 most, struct err *e)
{
    g_autoptr(GArray) out = g_array_new(FALSE, FALSE, sizeof(gint64));
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FTS_SEARCH, e);
    enum step step = STEP_DONE;

    stmt_bind_text(s, "words", expression);
    stmt_bind_int(s, "most", most * 10); /* posts; several may be of one idea */
    while ((step = stmt_step(s, e)) == STEP_ROW && out->len < (guint)most) {
        gint64 id = stmt_int(s, "idea_id");
        if (!has_id(out, id))
            g_array_append_val(out, id);
    }
    return step != STEP_FAILED ? g_steal_pointer(&out) : NULL;
}

bool words_write(struct db *db, struct err *e)
{
    for (guint i = 0; i < db->unindexed->len; i++)
        if (!write_one(db, g_array_index(db->unindexed, gint64, i), e))
            return false;
    bool is_ours = db->has_unindexed && !db->is_indexed_beside, more;
    words_forget(db);
    return !is_ours || words_catch_up(db, LIMIT_WORDS_CATCH_UP, &more, e);
}

void words_savepoint(struct db *db)
{
    g_array_append_val(db->unindexed_marks, db->unindexed->len);
}

void words_savepoint_keep(struct db *db)
{
    if (db->unindexed_marks->len > 0)
        g_array_set_size(db->unindexed_marks, db->unindexed_marks->len - 1);
}

void words_savepoint_undo(struct db *db)
{
    if (db->unindexed_marks->len > 0)
        g_array_set_size(db->unindexed, g_array_index(db->unindexed_marks, guint, db->unindexed_marks->len - 1));
    words_savepoint_keep(db);
}

void words_forget(struct db *db)
{
    db->has_unindexed = false;
    g_array_set_size(db->unindexed, 0);
    g_array_set_size(db->unindexed_marks, 0);
}

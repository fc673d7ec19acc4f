/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What of the posts is indexed, and the changed rows that wait for the commit; see words.h. A savepoint remembers how many there were.
 */
#include "store/words.h"

#include "base/limits.h"
#include "forum/find.h"
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

static bool set_place(struct db *db, enum sql which, const char *name, gint64 place, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, which, e);

    stmt_bind_int(s, name, place);
    return stmt_run(s, e);
}

static bool catch_up_posts(struct db *db, gint64 most, bool *more_out, struct err *e)
{
    gint64 n = 0, place = 0;
    enum step step;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_UNINDEXED, e);

    stmt_bind_int(s, "most", most);
    for (; (step = stmt_step(s, e)) == STEP_ROW; n++) {
        if (!insert(db, stmt_int(s, "id"), stmt_text(s, "text"), e))
            return false;
        place = stmt_int(s, "published");
    }
    *more_out = *more_out || n == most;
    return step == STEP_DONE && (n == 0 || set_place(db, SQL_INDEXED_SET, "place", place, e));
}

static bool set_title(struct db *db, enum sql how, gint64 idea, const char *title, struct err *e)
{
    g_autofree char *words = find_title_words(title);
    stmt_auto struct stmt *s = stmt_use(db, how, e);

    stmt_bind_int(s, "id", idea);
    stmt_bind_text(s, "words", words);
    return stmt_run(s, e);
}

bool words_retitle(struct db *db, gint64 idea, const char *title, struct err *e)
{
    return set_title(db, SQL_TITLE_FTS_CHANGE, idea, title, e);
}

static bool catch_up_titles(struct db *db, gint64 most, bool *more_out, struct err *e)
{
    gint64 n = 0, idea = 0;
    enum step step;
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_UNINDEXED, e);

    stmt_bind_int(s, "most", most);
    for (; (step = stmt_step(s, e)) == STEP_ROW; n++) {
        idea = stmt_int(s, "id");
        if (!set_title(db, SQL_TITLE_FTS_ADD, idea, stmt_text(s, "title"), e))
            return false;
    }
    *more_out = *more_out || n == most;
    return step == STEP_DONE && (n == 0 || set_place(db, SQL_INDEXED_SET_IDEA, "idea", idea, e));
}

bool words_catch_up(struct db *db, gint64 most, bool *more_out, struct err *e)
{
    *more_out = false;
    return catch_up_posts(db, most, more_out, e) && catch_up_titles(db, most, more_out, e);
}

bool words_count_waiting(struct db *db, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_COUNT_UNINDEXED, e);

    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, n_out, e);
}

static bool merge(struct db *db, enum sql index, gint64 n_pages, bool *more_out, struct err *e)
{
    gint64 before = engine_n_changed_ever(db->engine);
    stmt_auto struct stmt *s = stmt_use(db, index, e);

    stmt_bind_int(s, "n_pages", n_pages);
    bool ok = stmt_run(s, e);
    *more_out = *more_out || (ok && engine_n_changed_ever(db->engine) - before >= 2); /* the manual's measure */
    return ok;
}

bool words_merge(struct db *db, gint64 n_pages, bool *more_out, struct err *e)
{
    *more_out = false;
    return merge(db, SQL_POST_FTS_MERGE, n_pages, more_out, e) && merge(db, SQL_TITLE_FTS_MERGE, n_pages, more_out, e);
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

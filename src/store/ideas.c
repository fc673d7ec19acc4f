/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of idea and follow; see ideas.h.
 */
#include "store/ideas.h"

#include "store/rows.h"

struct idea *ideas_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, idea_fields, sizeof(struct idea), e);
}

bool ideas_each(struct db *db, row_id forum, const char *state, ideas_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, forum != 0 ? SQL_IDEA_OF_FORUM : SQL_IDEA_ALL, e);

    if (forum != 0)
        stmt_bind_int(s, "forum_id", forum);
    stmt_bind_text(s, "state", state);
    return row_each(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, (row_each_fn *)each, user, e);
}

bool ideas_add(struct db *db, const struct idea *i, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_ADD, e);

    stmt_bind_row(s, idea_fields, i);
    return stmt_run_insert(s, id_out, e);
}

bool ideas_set_state(struct db *db, row_id id, enum idea_state state, gint64 published_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_STATE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "state", idea_state_names, (int)state);
    stmt_bind_ref(s, "published_at", published_at);
    return stmt_run(s, e);
}

bool ideas_take(struct db *db, row_id id, enum idea_state state, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_TAKE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "state", idea_state_names, (int)state);
    return stmt_run(s, e);
}

static bool run_for(struct db *db, enum sql what, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool ideas_restore(struct db *db, row_id id, struct err *e)
{
    return run_for(db, SQL_IDEA_RESTORE, id, e);
}

bool ideas_forget(struct db *db, row_id id, struct err *e)
{
    return run_for(db, SQL_IDEA_FORGET, id, e) && run_for(db, SQL_IDEA_HOLDS_FORGET, id, e);
}

bool ideas_follow(struct db *db, row_id idea, row_id person, bool again, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_FOLLOW, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "again", again);
    return stmt_run(s, e);
}

bool ideas_unfollow(struct db *db, row_id idea, row_id person, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_UNFOLLOW, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool ideas_unfollow_all(struct db *db, row_id person, row_id forum, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_UNFOLLOW_ALL, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

GPtrArray *ideas_followed(struct db *db, row_id person, row_id forum, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_FOLLOWED, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

bool ideas_is_told(struct db *db, row_id idea, row_id person, bool *told_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_IS_TOLD, e);
    gint64 told = 0;

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    if (!stmt_run_int(s, &told, e))
        return false;
    *told_out = told != 0;
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of forum, forum_alias and member; see forums.h.
 */
#include "store/forums.h"

#include "store/rows.h"

static struct forum *find(struct db *db, enum sql id, const char *name, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, id, e);

    stmt_bind_text(s, "name", name);
    return row_find(s, forum_fields, sizeof(struct forum), e);
}

struct forum *forums_by_name(struct db *db, const char *name, struct err *e)
{
    err_auto struct err failed = {0};
    struct forum *f = find(db, SQL_FORUM_BY_NAME, name, &failed);

    if (failed.kind != ERR_NONE) {
        err_set(e, failed.kind, "%s", failed.text);
        return f;
    }
    return f != NULL ? f : find(db, SQL_FORUM_BY_ALIAS, name, e);
}

struct forum *forums_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, forum_fields, sizeof(struct forum), e);
}

GPtrArray *forums_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_ALL, e);

    return row_list(s, forum_fields, sizeof(struct forum), (GDestroyNotify)forum_free, e);
}

bool forums_put(struct db *db, const struct forum *f, gint64 now, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_PUT, e);

    stmt_bind_row(s, forum_fields, f);
    stmt_bind_int(s, "now", now);
    return stmt_run_int(s, id_out, e);
}

bool forums_put_alias(struct db *db, const char *name, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_ALIAS_PUT, e);

    stmt_bind_text(s, "name", name);
    stmt_bind_int(s, "forum_id", forum);
    return stmt_run(s, e);
}

static const struct field alias_fields[] = {
    FIELD(TEXT, struct forum_alias, name),
    FIELD(INT, struct forum_alias, forum_id),
    FIELD(TEXT, struct forum_alias, forum),
    FIELD_END,
};
static const struct field uses_fields[] = {
    FIELD(INT, struct forum_uses, n_ideas),
    FIELD(INT, struct forum_uses, n_members),
    FIELD(INT, struct forum_uses, n_holds),
    FIELD(INT, struct forum_uses, n_notices),
    FIELD_END,
};

void forum_alias_free(struct forum_alias *a)
{
    row_text_free(a->name);
    row_text_free(a->forum);
    g_free(a);
}

GPtrArray *forums_aliases(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_ALIAS_ALL, e);

    return row_list(s, alias_fields, sizeof(struct forum_alias), (GDestroyNotify)forum_alias_free, e);
}

bool forums_remove_alias(struct db *db, const char *name, bool *found_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_ALIAS_REMOVE, e);

    stmt_bind_text(s, "name", name);
    return stmt_run_change(s, found_out, e);
}

bool forums_uses(struct db *db, row_id forum, struct forum_uses *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_USES, e);

    stmt_bind_int(s, "id", forum);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    stmt_read_row(s, uses_fields, out);
    return true;
}

static bool run_for(struct db *db, enum sql id, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, id, e);

    stmt_bind_int(s, "id", forum);
    return stmt_run(s, e);
}

bool forums_remove(struct db *db, row_id forum, struct err *e)
{
    err_auto struct err failed = {0};
    stmt_auto struct stmt *s = stmt_use(db, SQL_FORUM_REMOVE, e);

    if (!row_needs_transaction(db, e) || !run_for(db, SQL_FORUM_ALIAS_REMOVE_ALL, forum, e) ||
        !run_for(db, SQL_DUTY_REMOVE_FORUM, forum, e) || !run_for(db, SQL_MEMBER_WAS_NONE, forum, e))
        return false;
    stmt_bind_int(s, "id", forum);
    if (stmt_run(s, &failed))
        return true;
    return err_set(e, stmt_is_pointed_to(s) ? ERR_RULE : failed.kind, "%s", failed.text);
}

static bool of_idea(struct db *db, enum sql what, row_id idea, row_id person, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    return stmt_run_int(s, out, e);
}

bool members_voice(struct db *db, const struct idea *idea, row_id person, enum role *out, struct err *e)
{
    g_autofree struct member *home = members_find(db, idea->forum_id, person, e);
    gint64 also = 0;

    *out = home != NULL ? home->role : ROLE_NONE;
    if (e->kind != ERR_NONE || *out >= ROLE_MEMBER || idea->ring != RING_PUBLIC)
        return e->kind == ERR_NONE;
    if (!of_idea(db, SQL_MEMBER_VOICE, idea->id, person, &also, e))
        return false;
    *out = MAX(*out, also == 2 ? ROLE_MEMBER : also == 1 ? ROLE_READER : ROLE_NONE);
    return true;
}

bool members_also(struct db *db, row_id idea, row_id person, row_id *out, struct err *e)
{
    return of_idea(db, SQL_MEMBER_ALSO, idea, person, out, e);
}

struct member *members_find(struct db *db, row_id forum, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_FIND, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    return row_find(s, member_fields, sizeof(struct member), e);
}

/* Remembers, before it ends or begins again, that PERSON reads what members say: SQL_MEMBER_WAS or SQL_MEMBER_IS_AGAIN. */
static bool remember(struct db *db, enum sql which, row_id forum, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, which, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    return stmt_run(s, e);
}

bool members_put(struct db *db, const struct member *m, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_PUT, e);
    enum sql which = m->role == ROLE_READER ? SQL_MEMBER_WAS : SQL_MEMBER_IS_AGAIN;

    stmt_bind_row(s, member_fields, m);
    return remember(db, which, m->forum_id, m->person_id, e) && stmt_run(s, e);
}

GArray *members_knows(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_KNOWS, e);

    stmt_bind_int(s, "person_id", person);
    return row_ids(s, e);
}

bool members_set_initiative(struct db *db, row_id person, bool is_initiative, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_SET_INITIATIVE, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "is_initiative", is_initiative);
    return stmt_run(s, e);
}

bool members_are_initiative(struct db *db, row_id person, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_IS_INITIATIVE, e);
    gint64 is = 0;

    stmt_bind_int(s, "person_id", person);
    if (!stmt_run_int(s, &is, e))
        return false;
    *out = is != 0;
    return true;
}

bool members_add_initiative(struct db *db, row_id forum, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_ADD_INITIATIVE, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool members_pause(struct db *db, const struct member *m, gint64 until, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_PAUSE, e);

    stmt_bind_int(s, "forum_id", m->forum_id);
    stmt_bind_int(s, "person_id", m->person_id);
    stmt_bind_int(s, "until", until);
    return stmt_run(s, e);
}

GPtrArray *members_over(struct db *db, gint64 now, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_OVER, e);

    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return row_list(s, member_fields, sizeof(struct member), g_free, e);
}

bool members_remove(struct db *db, row_id forum, row_id person, bool *found_out, struct err *e)
{
    stmt_auto struct stmt *duties = stmt_use(db, SQL_DUTY_REMOVE_MEMBER, e);
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_REMOVE, e);

    stmt_bind_int(duties, "forum_id", forum);
    stmt_bind_int(duties, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "person_id", person);
    *found_out = false;
    return row_needs_transaction(db, e) && stmt_run(duties, e) && remember(db, SQL_MEMBER_WAS, forum, person, e) &&
           stmt_run_change(s, found_out, e);
}

GPtrArray *members_of_forum(struct db *db, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_OF_FORUM, e);

    stmt_bind_int(s, "forum_id", forum);
    return row_list(s, member_fields, sizeof(struct member), g_free, e);
}

GPtrArray *members_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, member_fields, sizeof(struct member), g_free, e);
}

GArray *members_seconds(struct db *db, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_SECONDS, e);

    stmt_bind_int(s, "forum_id", forum);
    return row_ids(s, e);
}

GArray *members_moderators(struct db *db, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_MODERATORS, e);

    stmt_bind_int(s, "forum_id", forum);
    return row_ids(s, e);
}

GArray *members_office(struct db *db, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_OFFICE, e);

    stmt_bind_int(s, "forum_id", forum);
    return row_ids(s, e);
}

bool members_clamp(struct db *db, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_MEMBER_CLAMP, e);

    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

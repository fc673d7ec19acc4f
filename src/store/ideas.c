/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of idea and follow; see ideas.h.
 */
#include "store/ideas.h"

#include "base/hash.h"
#include "forum/fold.h"
#include "store/rows.h"
#include "store/words.h"

bool ideas_inner(struct db *db, row_id idea, row_id forum, row_id *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_INNER, e);
    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "forum_id", forum);
    return stmt_run_int(s, out, e);
}

bool ideas_set_inner(struct db *db, row_id idea, row_id forum, row_id inner, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_INNER, e);
    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "inner_id", inner);
    return stmt_run(s, e);
}

GPtrArray *ideas_among_members(struct db *db, row_id forum, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_AMONG_MEMBERS, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

bool ideas_among_members_stamp(struct db *db, row_id forum, gint64 most, gint64 *stamp_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_AMONG_MEMBERS_STAMP, e);

    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, stamp_out, e);
}

bool ideas_beside(struct db *db, row_id inner, row_id *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_BESIDE, e);

    stmt_bind_int(s, "inner_id", inner);
    return stmt_run_int(s, out, e);
}

GArray *ideas_inner_all(struct db *db, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_INNER_ALL, e);

    stmt_bind_int(s, "idea_id", idea);
    return row_ids(s, e);
}

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
    words_await(db);
    return stmt_run_insert(s, id_out, e);
}

bool ideas_set_state(struct db *db, row_id id, enum idea_state state, bool remembers, gint64 published_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_STATE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "state", idea_state_names, (int)state);
    stmt_bind_int(s, "remembers", remembers);
    stmt_bind_ref(s, "published_at", published_at);
    return stmt_run(s, e);
}

bool ideas_set_merged(struct db *db, row_id id, row_id into, enum idea_state from, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_MERGED, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_ref(s, "into", into);
    stmt_bind_text(s, "merged_from", into != 0 ? idea_state_name(from) : NULL);
    return stmt_run(s, e);
}

static bool set_ref(struct db *db, enum sql what, row_id id, const char *name, row_id to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_ref(s, name, to);
    return stmt_run(s, e);
}

/* The end of the chain that begins at MEMBER, among the rows of a group. */
static row_id lead_of(const GArray *group, row_id member)
{
    for (guint i = 0; i < group->len; i++) {
        const row_id *row = &g_array_index(group, row_id, i * 2);
        if (row[0] == member)
            return row[1] != 0 ? lead_of(group, row[1]) : member;
    }
    return member;
}

/* Pairs of id and merged_into. */
static GArray *group_of(struct db *db, row_id lead, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_GROUP, e);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(row_id));
    enum step step;

    stmt_bind_int(s, "lead", lead);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        row_id pair[] = {stmt_int(s, "id"), stmt_int(s, "merged_into")};
        g_array_append_vals(out, pair, 2);
    }
    if (step == STEP_FAILED)
        g_clear_pointer(&out, g_array_unref);
    return out;
}

GArray *ideas_group(struct db *db, row_id lead, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_GROUP, e);

    stmt_bind_int(s, "lead", lead);
    return row_ids(s, e);
}

static bool run_of_lead(struct db *db, enum sql what, row_id lead, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "lead", lead);
    return stmt_run(s, e);
}

/* What is one discussion is shown wherever one of its ideas is. */
static bool settle_forums(struct db *db, row_id lead, struct err *e)
{
    return run_of_lead(db, SQL_IDEA_FORUMS_UNMERGE, lead, e) && run_of_lead(db, SQL_IDEA_FORUMS_MERGE, lead, e);
}

bool ideas_settle_group(struct db *db, row_id lead, row_id other, struct err *e)
{
    g_autoptr(GArray) group = group_of(db, lead, e);
    g_autoptr(GArray) more = group != NULL && other != 0 && other != lead ? group_of(db, other, e) : NULL;

    if (e->kind != ERR_NONE)
        return false;
    if (more != NULL)
        g_array_append_vals(group, more->data, more->len);
    for (guint i = 0; i < group->len / 2; i++) {
        row_id id = g_array_index(group, row_id, (gsize)i * 2), end = lead_of(group, id);
        if (!set_ref(db, SQL_IDEA_SET_LEAD, id, "lead", end != id ? end : 0, e))
            return false;
    }
    for (guint i = 0; i < group->len / 2; i++) {
        row_id id = g_array_index(group, row_id, (gsize)i * 2);
        if (lead_of(group, id) == id && !settle_forums(db, id, e))
            return false;
    }
    return true;
}

GArray *ideas_forums(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_FORUMS, e);

    stmt_bind_int(s, "id", id);
    return row_ids(s, e);
}

bool ideas_show_in(struct db *db, const struct idea *idea, row_id forum, bool shown, bool *changed_out, struct err *e)
{
    g_autoptr(GArray) before = ideas_forums(db, idea->id, e);
    stmt_auto struct stmt *s = stmt_use(db, shown ? SQL_IDEA_ADD_FORUM : SQL_IDEA_DROP_FORUM, e);

    stmt_bind_int(s, "idea_id", idea->id);
    stmt_bind_int(s, "forum_id", forum);
    if (before == NULL || !stmt_run(s, e) || !settle_forums(db, idea->lead_id != 0 ? idea->lead_id : idea->id, e))
        return false;
    g_autoptr(GArray) after = ideas_forums(db, idea->id, e);
    *changed_out = after != NULL && after->len != before->len;
    return after != NULL;
}

static bool run_for(struct db *db, enum sql what, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool ideas_move(struct db *db, row_id id, row_id forum, struct err *e)
{
    idea_auto idea = set_ref(db, SQL_IDEA_MOVE, id, "forum_id", forum, e) ? ideas_by_id(db, id, e) : NULL;

    return idea != NULL && set_ref(db, SQL_IDEA_MOVE_POSTS, id, "forum_id", forum, e) && run_for(db, SQL_IDEA_DROP_HOME, id, e) &&
           settle_forums(db, idea->lead_id != 0 ? idea->lead_id : id, e);
}

static bool count(struct db *db, enum sql what, row_id id, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", id);
    return stmt_run_int(s, n_out, e);
}

bool ideas_count_supporters(struct db *db, row_id id, gint64 *out, struct err *e)
{
    return count(db, SQL_IDEA_COUNT_SUPPORTERS, id, out, e);
}

bool ideas_count_organisations(struct db *db, row_id id, gint64 *out, struct err *e)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_ORGANISATIONS, e);
    enum step step;

    stmt_bind_int(s, "id", id);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        const char *name = stmt_text(s, "public_name");
        char *key = fold_words(name != NULL ? name : "");
        if (*key == '\0') { /* nothing to compare */
            g_free(key);
            key = g_strdup_printf("%" G_GINT64_FORMAT, stmt_int(s, "person_id"));
        }
        g_hash_table_add(names, key);
    }
    *out = g_hash_table_size(names);
    return step != STEP_FAILED;
}

bool ideas_count_own_supporters(struct db *db, row_id id, gint64 *out, struct err *e)
{
    return count(db, SQL_IDEA_COUNT_OWN_SUPPORTERS, id, out, e);
}

bool ideas_count(struct db *db, row_id id, gint64 *n_followers_out, gint64 *n_supporters_out, struct err *e)
{
    return count(db, SQL_IDEA_COUNT_FOLLOWERS, id, n_followers_out, e) && ideas_count_supporters(db, id, n_supporters_out, e);
}

bool ideas_set_deadline(struct db *db, row_id id, gint64 at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_DEADLINE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_ref(s, "at", at);
    return stmt_run(s, e);
}

static bool set_title(struct db *db, row_id id, const char *title, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_SET_TITLE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "title", title);
    return stmt_run(s, e) && words_retitle(db, id, title, e);
}

bool ideas_title_talks(struct db *db, row_id id, const char *title, struct err *e)
{
    g_autoptr(GArray) talks = ideas_inner_all(db, id, e);

    for (guint i = 0; talks != NULL && i < talks->len; i++)
        if (!set_title(db, g_array_index(talks, row_id, i), title, e))
            return false;
    return talks != NULL;
}

bool ideas_set_title(struct db *db, row_id id, const char *title, struct err *e)
{
    return set_title(db, id, title, e) && ideas_title_talks(db, id, title, e);
}

bool ideas_forget(struct db *db, row_id id, struct err *e)
{
    return run_for(db, SQL_IDEA_FORGET, id, e) && run_for(db, SQL_IDEA_HOLDS_FORGET, id, e) && words_retitle(db, id, "", e) &&
           ideas_title_talks(db, id, "", e);
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

GPtrArray *ideas_of_author(struct db *db, row_id person, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_OF_AUTHOR, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
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

bool ideas_is_followed(struct db *db, row_id idea, row_id person, bool *followed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_IS_FOLLOWED, e);
    gint64 followed = 0;

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "person_id", person);
    if (!stmt_run_int(s, &followed, e))
        return false;
    *followed_out = followed != 0;
    return true;
}

GPtrArray *ideas_public(struct db *db, row_id forum, row_id before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, forum != 0 ? SQL_IDEA_PUBLIC_OF_FORUM : SQL_IDEA_PUBLIC, e);

    if (forum != 0)
        stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

GPtrArray *ideas_for_staff(struct db *db, row_id person, row_id before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_FOR_STAFF, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, idea_fields, sizeof(struct idea), (GDestroyNotify)idea_free, e);
}

gint64 ideas_count_public(struct db *db, row_id forum, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_COUNT_PUBLIC, e);
    gint64 n = 0;

    stmt_bind_int(s, "forum_id", forum);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool ideas_last_sign(struct db *db, row_id id, gint64 *at_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_IDEA_LAST_SIGN, e);

    *at_out = 0;
    stmt_bind_int(s, "id", id);
    return stmt_run_int(s, at_out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of post and their words in post_fts; see posts.h. The index of words knows only what is public: a row enters
 * it soon after it is published and leaves it when it is taken back. Triggers cannot do that with trusted_schema off.
 */
#include "store/posts.h"

#include "base/limits.h"
#include "store/leftovers.h"
#include "store/rows.h"
#include "store/unsaid.h"
#include "store/words.h"

struct post *posts_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, post_fields, sizeof(struct post), e);
}

struct post *posts_by_number(struct db *db, row_id idea, gint64 number, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_BY_NUMBER, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "number", number);
    return row_find(s, post_fields, sizeof(struct post), e);
}

struct post *posts_opening(struct db *db, row_id idea, struct err *e)
{
    post_auto first = posts_by_number(db, idea, 1, e);

    return first != NULL && first->kind == POST_IDEA ? g_steal_pointer(&first) : NULL;
}

bool posts_is_own(struct db *db, row_id post, row_id person, bool *own_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_IS_OWN, e);
    gint64 own = 0;

    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(s, "person_id", person);
    bool ok = stmt_run_int(s, &own, e);
    *own_out = ok && own != 0;
    return ok;
}

struct post *posts_by_message_id(struct db *db, const char *message_id, struct err *e)
{
    gint64 hash = text_hash(message_id);

    if (hash == 0)
        return NULL;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_BY_MESSAGE_ID, e);
    stmt_bind_int(s, "message_hash", hash);
    stmt_bind_text(s, "message_id", message_id);
    stmt_bind_int(s, "most", LIMIT_SAME_MESSAGE_ID);
    return row_find(s, post_fields, sizeof(struct post), e);
}

GPtrArray *posts_of_idea(struct db *db, row_id idea, bool published_only, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_OF_IDEA, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "published_only", published_only);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

GPtrArray *posts_shown_between(struct db *db, row_id idea, gint64 from, gint64 to, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SHOWN_BETWEEN, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "from", from);
    stmt_bind_int(s, "to", to);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

GPtrArray *posts_shown_newest(struct db *db, row_id idea, gint64 most, bool published_only, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SHOWN_NEWEST, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "published_only", published_only);
    stmt_bind_int(s, "most", most);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

GArray *posts_shown_numbers(struct db *db, row_id idea, gint64 after, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SHOWN_NUMBERS, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "after", after);
    return row_ids(s, e);
}

gint64 posts_shown_last(struct db *db, row_id idea, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SHOWN_LAST, e);

    stmt_bind_int(s, "idea_id", idea);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool posts_is_shown(const struct post *p)
{
    return p->state == POST_PUBLISHED || ((p->state == POST_WITHDRAWN || p->state == POST_REMOVED) && p->taken_place != 0);
}

struct post *posts_last_official(struct db *db, row_id idea, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_LAST_OFFICIAL, e);

    stmt_bind_int(s, "idea_id", idea);
    return row_find(s, post_fields, sizeof(struct post), e);
}

gint64 posts_last_number(struct db *db, row_id idea, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_LAST_NUMBER, e);

    stmt_bind_int(s, "id", idea);
    return stmt_run_int(s, &n, e) ? n : -1;
}

GPtrArray *posts_newest(struct db *db, row_id forum, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, forum != 0 ? SQL_POST_NEWEST_OF_FORUM : SQL_POST_NEWEST, e);

    if (forum != 0)
        stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

gint64 posts_last_publication(struct db *db, struct err *e)
{
    gint64 last;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_LAST_PUBLICATION, e);

    return stmt_run_int(s, &last, e) ? last : -1;
}

static bool find_number(struct db *db, struct post *p, row_id *forum_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_NUMBER, e);

    stmt_bind_int(s, "idea_id", p->idea_id);
    enum step step = stmt_step(s, e);
    if (step != STEP_ROW)
        return step == STEP_DONE && err_set(e, ERR_ABSENT, "there is no idea %" G_GINT64_FORMAT, p->idea_id);
    p->number = stmt_int(s, "number");
    *forum_out = stmt_int(s, "forum_id");
    return stmt_run(s, e);
}

/* The next number of the idea; also counts the post if it is public. */
static bool give_number(struct db *db, struct post *p, row_id *forum_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_NUMBER_TAKEN, e);

    if (!find_number(db, p, forum_out, e))
        return false;
    stmt_bind_int(s, "idea_id", p->idea_id);
    stmt_bind_int(s, "number", p->number);
    stmt_bind_int(s, "n_published", p->state == POST_PUBLISHED);
    return stmt_run(s, e);
}

bool posts_add(struct db *db, struct post *p, struct err *e)
{
    row_id forum = 0;
    gint64 last = 0;

    if (!row_needs_transaction(db, e) || !give_number(db, p, &forum, e))
        return false;
    bool is_public = p->state == POST_PUBLISHED;
    /* Highest plus one, as in posts_publish(): ONE WRITER AT A TIME (engine.h), so that no place is given twice and a higher
     * place never becomes visible before a lower one. */
    if (is_public && (last = posts_last_publication(db, e)) < 0)
        return false;
    unsaid_found_auto found = {0};
    if (!unsaid_shown(db, p, p->text, &found, e))
        return false;
    struct post row = *p; /* borrows its texts */
    row.text = found.text != NULL ? found.text : p->text;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_ADD, e);
    stmt_bind_row(s, post_fields, &row);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_ref(s, "published", is_public ? last + 1 : 0);
    if (!stmt_run_insert(s, &p->id, e) || (found.text != NULL && !unsaid_written(db, p->id, &found, e)))
        return false;
    if (is_public)
        words_await(db);
    return true;
}

static bool count(struct db *db, row_id idea, gint64 n, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_COUNT, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "n", n);
    return stmt_run(s, e);
}

bool posts_publish(struct db *db, row_id id, struct err *e)
{
    post_auto p = posts_by_id(db, id, e);

    if (!row_needs_transaction(db, e) || p == NULL)
        return err_set(e, ERR_ABSENT, "there is no post %" G_GINT64_FORMAT, id);
    gint64 last = posts_last_publication(db, e);
    if (last < 0 || !unsaid_review(db, id, 0, e))
        return false;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_PUBLISH, e);
    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "published", last + 1);
    if (!stmt_run(s, e))
        return false;
    if (stmt_n_changed(s) == 0)
        return true; /* it does not wait for review (any more): nothing to do, no harm done */
    words_await(db);
    return count(db, p->idea_id, 1, e);
}

bool posts_first_official(struct db *db, row_id idea, gint64 *at_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FIRST_OFFICIAL, e);

    *at_out = 0;
    stmt_bind_int(s, "id", idea);
    return stmt_run_int(s, at_out, e);
}

bool posts_set_time(struct db *db, row_id id, gint64 at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SET_TIME, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "at", at);
    return stmt_run(s, e);
}

static bool take(struct db *db, const struct post *p, enum post_state state, const char *reason, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_TAKE, e);

    stmt_bind_int(s, "id", p->id);
    stmt_bind_word(s, "state", post_state_names, (int)state);
    stmt_bind_text(s, "reason", reason);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool posts_take(struct db *db, row_id id, enum post_state state, const char *reason, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(db, id, e);

    if (!row_needs_transaction(db, e) || p == NULL)
        return err_set(e, ERR_ABSENT, "there is no post %" G_GINT64_FORMAT, id);
    if (state == POST_PUBLISHED || state == POST_IN_REVIEW)
        return err_set(e, ERR_OURS, "posts are published by posts_publish()");
    if (p->state == POST_PUBLISHED && !(words_remove(db, id, p->text, e) && count(db, p->idea_id, -1, e)))
        return false;
    return take(db, p, state, reason, now, e) && unsaid_take(db, p, state, now, e);
}

bool posts_restore(struct db *db, row_id id, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(db, id, e);

    if (!row_needs_transaction(db, e) || p == NULL)
        return err_set(e, ERR_ABSENT, "there is no post %" G_GINT64_FORMAT, id);
    if (p->taken_at == 0 || p->forgotten_at != 0)
        return err_set(e, ERR_INPUT, "post %" G_GINT64_FORMAT " %s", id,
                       p->taken_at == 0 ? "was not taken back" : "cannot come back: its text is deleted");
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_RESTORE, e);
    stmt_bind_int(s, "id", id);
    if (!unsaid_review(db, id, now, e) || !stmt_run(s, e) || !unsaid_give_back(db, id, now, e))
        return false;
    if (p->taken_place == 0)
        return true;
    words_add(db, id);
    words_await(db); /* it may have had its place and never been in the index */
    return count(db, p->idea_id, 1, e);
}

bool posts_forget(struct db *db, row_id id, gint64 now, struct err *e)
{
    post_auto p = posts_by_id(db, id, e);
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_FORGET, e);
    stmt_auto struct stmt *versions = stmt_use(db, SQL_VERSION_FORGET, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(versions, "post_id", id);
    if (p == NULL || !row_needs_transaction(db, e))
        return e->kind == ERR_NONE;
    bool is_there = p->state != POST_PUBLISHED && p->forgotten_at == 0;
    return (!is_there || (unsaid_forget(db, p, now, e) && unsaid_written(db, id, &(struct unsaid_found){0}, e))) &&
           stmt_run(s, e) && stmt_run(versions, e) && leftovers_add(db, LEFTOVER_PAGES, "", now, e);
}

bool posts_set_edited(struct db *db, row_id id, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SET_EDITED, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

bool posts_set_text(struct db *db, const struct post *p, const char *text, struct err *e)
{
    unsaid_found_auto found = {0};

    return unsaid_shown(db, p, text, &found, e) && unsaid_written(db, p->id, &found, e) &&
           unsaid_show(db, p, found.text != NULL ? found.text : text, e);
}

bool posts_has_same(struct db *db, row_id person, const struct post *parent, const char *text, gint64 since, gint64 now,
                    bool *found_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SAME, e);
    gint64 found = 0;

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "idea_id", parent->idea_id);
    stmt_bind_int(s, "parent_id", parent->id);
    stmt_bind_text(s, "text", text);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    bool ok = stmt_run_int(s, &found, e);
    *found_out = found != 0;
    return ok;
}

GArray *posts_over(struct db *db, enum post_state state, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_OVER, e);

    stmt_bind_word(s, "state", post_state_names, (int)state);
    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

bool posts_count_over(struct db *db, enum post_state state, gint64 before, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CHECK_OVER_POSTS, e);

    stmt_bind_word(s, "state", post_state_names, (int)state);
    stmt_bind_int(s, "before", before);
    return stmt_run_int(s, n_out, e);
}

GPtrArray *posts_of_person(struct db *db, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    return row_list(s, post_fields, sizeof(struct post), (GDestroyNotify)post_free, e);
}

GPtrArray *posts_written(struct db *db, row_id person, row_id idea, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_WRITTEN, e);
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    enum step step;

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "most", most);
    while ((step = stmt_step(s, e)) == STEP_ROW)
        g_ptr_array_add(texts, g_strdup(stmt_text(s, "text")));
    return texts;
}

GPtrArray *posts_texts(struct db *db, row_id idea, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_TEXTS, e);
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_int(s, "most", most);
    while (stmt_step(s, e) == STEP_ROW)
        g_ptr_array_add(texts, g_strdup(stmt_text(s, "text")));
    return texts;
}

bool posts_standing(struct db *db, row_id person, row_id forum, gint64 since, gint64 most, gint64 *n_released_out,
                    gint64 *n_refused_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_STANDING, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "forum_id", forum);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "most", most);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_released_out = stmt_int(s, "n_released");
    *n_refused_out = stmt_int(s, "n_refused");
    return stmt_run(s, e);
}

gint64 posts_count_by_person(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_COUNT_BY_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool posts_taken_by(struct db *db, row_id id, row_id *person_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_TAKEN_BY, e);

    *person_out = 0;
    stmt_bind_int(s, "id", id);
    return stmt_run_int(s, person_out, e);
}

bool posts_set_taken_by(struct db *db, row_id id, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SET_TAKEN_BY, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_ref(s, "person_id", person);
    return stmt_run(s, e);
}

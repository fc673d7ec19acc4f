/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a post says without words that were taken back, and how that is written down; see unsaid.h. A post's text is made anew from
 * its whole words each time, so that doing it twice, or after half of it was lost, is no harm.
 */
#include "store/unsaid_private.h"

#include "base/limits.h"
#include "forum/answered.h"
#include "forum/memory.h"
#include "store/events.h"
#include "store/rows.h"
#include "store/versions.h"
#include "store/words.h"

#include <string.h>

void unsaid_found_clear(struct unsaid_found *found)
{
    g_clear_pointer(&found->text, g_free);
    g_clear_pointer(&found->whole, g_free);
    g_clear_pointer(&found->by, g_array_unref);
}

/* ---- Rows */

static bool find_whole(struct db *db, row_id post, char **out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WHOLE_TEXT, e);

    stmt_bind_int(s, "post_id", post);
    enum step step = stmt_step(s, e);
    *out = step == STEP_ROW ? g_strdup(stmt_text(s, "text")) : NULL;
    return step == STEP_ROW || step == STEP_DONE;
}

char *unsaid_whole(struct db *db, const struct post *p, struct err *e)
{
    char *whole;

    if (!find_whole(db, p->id, &whole, e))
        return NULL;
    return whole != NULL ? whole : g_strdup(p->text);
}

static bool drop(struct db *db, row_id post, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_WHOLE_DROP, e);
    stmt_auto struct stmt *in = stmt_use(db, SQL_UNSAID_IN_DROP, e);

    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(in, "post_id", post);
    return stmt_run(s, e) && stmt_run(in, e);
}

bool unsaid_written(struct db *db, row_id post, const struct unsaid_found *found, struct err *e)
{
    if (!drop(db, post, e))
        return false;
    if (found->whole == NULL)
        return true;
    stmt_auto struct stmt *s = stmt_use(db, SQL_WHOLE_SET, e);
    stmt_bind_int(s, "post_id", post);
    stmt_bind_text(s, "text", found->whole);
    if (!stmt_run(s, e))
        return false;
    for (guint i = 0; i < found->by->len; i++) {
        stmt_auto struct stmt *in = stmt_use(db, SQL_UNSAID_IN_ADD, e);
        stmt_bind_int(in, "unsaid_id", g_array_index(found->by, row_id, i));
        stmt_bind_int(in, "post_id", post);
        if (!stmt_run(in, e))
            return false;
    }
    return true;
}

/* ---- Words */

static bool has_quote(const char *text)
{
    return *text == '>' || strstr(text, "\n>") != NULL;
}

/* All that the text of U was; NULL: nobody knows it any more, or E is set. */
static GPtrArray *said_by(struct db *db, const struct unsaid *u, struct err *e)
{
    if (u->said != NULL) {
        GPtrArray *one = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(one, g_strdup(u->said));
        return one;
    }
    post_auto p = unsaid_post(db, u->post_id, e);
    return p != NULL && *p->text != '\0' ? unsaid_texts(db, p, e) : NULL;
}

/* Short lines of it, which are no long run, quoted in answers to it. */
static char *hide_quotes(struct db *db, const struct unsaid *u, const char *text, const char *mark, struct err *e)
{
    g_autoptr(GPtrArray) said = has_quote(text) ? said_by(db, u, e) : NULL;

    return said != NULL ? answered_forget(text, said, mark) : NULL;
}

char *unsaid_hide(struct db *db, const struct unsaid *u, const struct post *p, const char *text, struct err *e)
{
    const char *mark = unsaid_mark(u->mark, p->language);
    bool is_passage = u->mark == UNSAID_REDACTED, is_beside = p->idea_id == u->idea_id;
    bool is_own = p->id == u->post_id || (p->person_id == u->person_id && !is_passage);

    if (is_own || (p->id != 0 && p->id < u->post_id))
        return NULL;
    if (!is_passage && !is_beside && p->kind == POST_IDEA && memory_is_same(text, u->words))
        return NULL;
    char *less = memory_replace(text, u->words, mark);
    char *quoted = !is_passage && is_beside ? hide_quotes(db, u, less != NULL ? less : text, mark, e) : NULL;
    if (quoted == NULL)
        return less;
    g_free(less);
    return quoted;
}

/* TEXT of P without what ALL (struct unsaid) hide: what is deleted goes from the whole words, too. */
static void hide_all(struct db *db, const GPtrArray *all, const struct post *p, const char *text, struct unsaid_found *out,
                     struct err *e)
{
    g_autofree char *whole = g_strdup(text);

    out->by = g_array_new(FALSE, FALSE, sizeof(row_id));
    for (guint pass = 0; pass < 2; pass++) {
        enum unsaid_state state = pass == 0 ? UNSAID_GONE : UNSAID_TAKEN;
        for (guint i = 0; i < all->len; i++) {
            const struct unsaid *u = all->pdata[i];
            char *less = u->state == state ? unsaid_hide(db, u, p, out->text != NULL ? out->text : text, e) : NULL;
            if (less == NULL)
                continue;
            g_free(out->text);
            out->text = less;
            if (state == UNSAID_TAKEN)
                g_array_append_val(out->by, u->id);
        }
        if (pass == 0 && out->text != NULL) {
            g_free(whole);
            whole = g_strdup(out->text);
        }
    }
    out->whole = out->by->len > 0 ? g_steal_pointer(&whole) : NULL;
}

bool unsaid_shown(struct db *db, const struct post *p, const char *text, struct unsaid_found *out, struct err *e)
{
    bool is_known;

    *out = (struct unsaid_found){0};
    if (!unsaid_is_known(db, text, &is_known, e))
        return false;
    if (!is_known && !(p->idea_id != 0 && has_quote(text)))
        return true;
    g_autoptr(GPtrArray) all = is_known ? unsaid_all(db, e) : unsaid_of_idea(db, p->idea_id, e);
    if (all == NULL)
        return false;
    hide_all(db, all, p, text, out, e);
    return e->kind == ERR_NONE;
}

/* ---- A post that is there */

struct post *unsaid_post(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, post_fields, sizeof(struct post), e);
}

bool unsaid_show(struct db *db, const struct post *p, const char *text, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_SET_TEXT, e);
    bool is_public = p->state == POST_PUBLISHED;

    stmt_bind_int(s, "id", p->id);
    stmt_bind_text(s, "text", text);
    if (!row_needs_transaction(db, e) || (is_public && !words_remove(db, p->id, p->text, e)) || !stmt_run(s, e))
        return false;
    if (is_public)
        words_add(db, p->id);
    return true;
}

static bool show(struct db *db, const struct post *p, const char *text, guint n_by, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("hidden=%u", n_by);
    struct event ev = {.at = now, .kind = "post.quotes", .about = {.idea = p->idea_id, .post = p->id}, .detail = detail};

    if (strcmp(text, p->text) == 0)
        return true;
    return unsaid_show(db, p, text, e) && (p->state != POST_PUBLISHED || events_add(db, &ev, e));
}

/* What it said before it was corrected. */
static bool cut_versions(struct db *db, const struct unsaid *u, const struct post *p, struct err *e)
{
    g_autoptr(GPtrArray) all = versions_of_post(db, p->id, e);
    bool ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct version *v = all->pdata[i];
        g_autofree char *less = unsaid_hide(db, u, p, v->text, e);
        ok = less == NULL || versions_set_text(db, v->id, less, e);
    }
    return ok;
}

static void do_not_free(gpointer u)
{
    (void)u;
}

/* U as it is now, with the others that hide something in the post. */
static GPtrArray *with(struct unsaid *u, const GPtrArray *kept)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(do_not_free);

    for (guint i = 0; i < kept->len; i++)
        if (u == NULL || ((struct unsaid *)kept->pdata[i])->id != u->id)
            g_ptr_array_add(all, kept->pdata[i]);
    if (u != NULL)
        g_ptr_array_add(all, u);
    return all;
}

bool unsaid_settle(struct db *db, row_id post, struct unsaid *u, gint64 now, struct err *e)
{
    post_auto p = unsaid_post(db, post, e);
    g_autoptr(GPtrArray) kept = p != NULL ? unsaid_that_hide(db, post, e) : NULL;
    g_autofree char *before = NULL;
    unsaid_found_auto found = {0};

    if (kept == NULL || !find_whole(db, post, &before, e))
        return e->kind == ERR_NONE;
    if (p->forgotten_at != 0)
        return drop(db, post, e);
    g_autoptr(GPtrArray) all = with(u, kept);
    const char *text = before != NULL ? before : p->text;
    hide_all(db, all, p, text, &found, e);
    if (e->kind != ERR_NONE || (u != NULL && u->state == UNSAID_GONE && !cut_versions(db, u, p, e)))
        return false;
    if (before == NULL && found.text == NULL)
        return true;
    return unsaid_written(db, post, &found, e) && show(db, p, found.text != NULL ? found.text : text, found.by->len, now, e);
}

bool unsaid_review(struct db *db, row_id post, gint64 now, struct err *e)
{
    post_auto p = unsaid_post(db, post, e);
    g_autofree char *text = p != NULL ? unsaid_whole(db, p, e) : NULL;
    unsaid_found_auto found = {0};

    if (text == NULL || !unsaid_shown(db, p, text, &found, e))
        return false;
    if (found.text == NULL && strcmp(text, p->text) == 0)
        return true;
    return unsaid_written(db, post, &found, e) &&
           show(db, p, found.text != NULL ? found.text : text, found.by != NULL ? found.by->len : 0, now, e);
}

guint unsaid_left(const struct db *db)
{
    return LIMIT_UNSAID_AT_ONCE - MIN(db->n_unsaid, LIMIT_UNSAID_AT_ONCE);
}

bool unsaid_at_once(struct db *db, struct unsaid *u, gint64 now, struct err *e)
{
    bool is_back = u->state == UNSAID_BACK;
    guint most = unsaid_left(db);
    g_autoptr(GArray) ids = is_back ? unsaid_ids(db, SQL_UNSAID_IN_OF, "unsaid_id", u->id, 0, most, e)
                                    : unsaid_ids(db, SQL_UNSAID_DISCUSSION_NEWEST, "idea_id", u->idea_id, u->post_id, most, e);
    bool ok = ids != NULL;

    db->n_unsaid += ok ? ids->len : 0;
    for (guint i = 0; ok && i < ids->len; i++)
        ok = unsaid_settle(db, g_array_index(ids, row_id, i), u, now, e);
    return ok;
}

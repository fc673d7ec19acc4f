/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of unsaid: texts that were taken back; see unsaid.h. The words of the newest are kept on the connection, as a set to which
 * every row that came since is added when a text is looked at: one that is too large by what came back is no harm, for a hit is looked
 * at again row by row.
 */
#include "store/unsaid_private.h"

#include "base/limits.h"
#include "forum/memory.h"
#include "store/leftovers.h"
#include "store/rows.h"
#include "store/versions.h"

#define RUN_WORDS 12 /* of memory_replace() */

static const char *const mark_names[] =
    {[UNSAID_WISH] = "wish", [UNSAID_REMOVED] = "removed", [UNSAID_REDACTED] = "redacted", NULL};
static const char *const state_names[] = {[UNSAID_TAKEN] = "taken", [UNSAID_BACK] = "back", [UNSAID_GONE] = "gone", NULL};

static const struct field unsaid_fields[] = {
    FIELD(INT, struct unsaid, id),      FIELD(INT, struct unsaid, post_id),
    FIELD(INT, struct unsaid, idea_id), FIELD(INT, struct unsaid, person_id),
    FIELD(REF, struct unsaid, hold_id), WORDS(mark_names, struct unsaid, mark),
    FIELD(INT, struct unsaid, at),      WORDS(state_names, struct unsaid, state),
    FIELD(BYTES, struct unsaid, words), FIELD(TEXT, struct unsaid, phrases),
    FIELD(TEXT, struct unsaid, said),   FIELD(INT, struct unsaid, place),
    FIELD(SMALL, struct unsaid, pass),  FIELD(INT, struct unsaid, from_line),
    FIELD(INT, struct unsaid, after),   FIELD_END,
};

void unsaid_free(struct unsaid *u)
{
    if (u == NULL)
        return;
    g_clear_pointer(&u->words, g_bytes_unref);
    row_text_free(u->phrases);
    row_text_free(u->said);
    g_free(u);
}

static GPtrArray *list(struct stmt *s, struct err *e)
{
    return row_list(s, unsaid_fields, sizeof(struct unsaid), (GDestroyNotify)unsaid_free, e);
}

GPtrArray *unsaid_list(struct db *db, enum sql which, const char *name, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, which, e);

    stmt_bind_int(s, name, id);
    return list(s, e);
}

GPtrArray *unsaid_that_hide(struct db *db, row_id post, struct err *e)
{
    return unsaid_list(db, SQL_UNSAID_THAT_HIDE, "post_id", post, e);
}

GPtrArray *unsaid_of_idea(struct db *db, row_id idea, struct err *e)
{
    return unsaid_list(db, SQL_UNSAID_OF_IDEA, "idea_id", idea, e);
}

GArray *unsaid_ids(struct db *db, enum sql which, const char *name, row_id id, row_id after, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, which, e);

    if (name != NULL)
        stmt_bind_int(s, name, id);
    stmt_bind_int(s, "after", after);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

static bool last_id(struct db *db, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_LAST, e);

    return stmt_run_int(s, out, e);
}

GPtrArray *unsaid_all(struct db *db, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_NEWEST, e);

    stmt_bind_int(s, "after", 0);
    stmt_bind_int(s, "most", LIMIT_UNSAID_REMEMBERED);
    return list(s, e);
}

struct unsaid *unsaid_to_do(struct db *db, row_id after, struct err *e)
{
    g_autoptr(GPtrArray) one = unsaid_list(db, SQL_UNSAID_TO_DO, "after", after, e);

    return one != NULL && one->len > 0 ? g_ptr_array_steal_index(one, 0) : NULL;
}

bool unsaid_update(struct db *db, const struct unsaid *u, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_UPDATE, e);
    gsize n;
    const void *bytes = g_bytes_get_data(u->words, &n); /* a short text has none */

    stmt_bind_int(s, "id", u->id);
    stmt_bind_word(s, "mark", mark_names, (int)u->mark);
    stmt_bind_word(s, "state", state_names, (int)u->state);
    stmt_bind_bytes(s, "words", bytes != NULL ? bytes : "", n);
    stmt_bind_text(s, "phrases", u->phrases);
    stmt_bind_text(s, "said", u->said);
    stmt_bind_int(s, "place", u->place);
    stmt_bind_int(s, "pass", u->pass);
    stmt_bind_int(s, "from_line", u->from_line);
    stmt_bind_int(s, "after", u->after);
    return stmt_run(s, e);
}

/* ---- Words kept on the connection */

static bool catch_up(struct db *db, struct err *e)
{
    gint64 last = 0;

    if (db->unsaid == NULL) {
        db->unsaid = memory_set_new();
        if (!last_id(db, &last, e))
            return false;
        db->unsaid_seen = MAX(last - LIMIT_UNSAID_REMEMBERED, 0);
    }
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_WORDS_AFTER, e);
    enum step step;
    stmt_bind_int(s, "after", db->unsaid_seen);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        g_autoptr(GBytes) words = stmt_bytes(s, "words");
        memory_set_add_memory(db->unsaid, words);
        db->unsaid_seen = stmt_int(s, "id");
    }
    return step == STEP_DONE;
}

bool unsaid_is_known(struct db *db, const char *text, bool *known_out, struct err *e)
{
    *known_out = false;
    if (!catch_up(db, e))
        return false;
    *known_out = !memory_set_is_empty(db->unsaid) && memory_has_run(text, &db->unsaid, 1, NULL, 0, RUN_WORDS);
    return true;
}

bool unsaid_add(struct db *db, struct unsaid *u, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_ADD, e);

    stmt_bind_row(s, unsaid_fields + 1, u); /* but for the id */
    return stmt_run_insert(s, &u->id, e);
}

GPtrArray *unsaid_texts(struct db *db, const struct post *p, struct err *e)
{
    g_autoptr(GPtrArray) versions = versions_of_post(db, p->id, e);
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(out, g_strdup(p->text));
    for (guint i = 0; versions != NULL && i < versions->len; i++)
        g_ptr_array_add(out, g_strdup(((const struct version *)versions->pdata[i])->text));
    return out;
}

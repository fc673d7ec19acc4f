/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text is taken back, comes back, is deleted; see unsaid.h.
 */
#include "store/unsaid_private.h"

#include "base/hash.h"
#include "base/limits.h"
#include "forum/memory.h"
#include "store/rows.h"

static gint64 last_publication(struct db *db, struct err *e)
{
    gint64 last;
    stmt_auto struct stmt *s = stmt_use(db, SQL_POST_LAST_PUBLICATION, e);

    return stmt_run_int(s, &last, e) ? last : -1;
}

static char *phrases_of(const GPtrArray *texts)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(hash_text, g_str_equal, g_free, NULL);

    for (guint i = 0; i < texts->len; i++) {
        g_autoptr(GPtrArray) some = memory_phrases(texts->pdata[i]);
        for (guint k = 0; k < some->len; k++)
            if (g_hash_table_add(seen, g_strdup(some->pdata[k]))) /* the same line a thousand times is asked for once */
                g_string_append_printf(out, "%s\n", (const char *)some->pdata[k]);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* What somebody else said above it in the same discussion is theirs: before anything is shortened at once. */
static bool leave_others(struct db *db, struct unsaid *u, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_DISCUSSION_BEFORE, e);
    enum step step;

    stmt_bind_int(s, "idea_id", u->idea_id);
    stmt_bind_int(s, "before", u->post_id);
    stmt_bind_int(s, "person_id", u->person_id);
    stmt_bind_int(s, "most", LIMIT_UNSAID_AT_ONCE);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        GBytes *left = memory_without(u->words, stmt_text(s, "text"));
        if (left == NULL)
            continue;
        g_bytes_unref(u->words);
        u->words = left;
    }
    return step == STEP_DONE;
}

/* From the beginning. */
static bool begin(struct db *db, struct unsaid *u, const GPtrArray *texts, struct err *e)
{
    struct memory_set *set = memory_set_new();

    for (guint i = 0; i < texts->len; i++)
        memory_set_add(set, texts->pdata[i]);
    g_clear_pointer(&u->words, g_bytes_unref);
    u->words = memory_set_end(set);
    row_text_set(&u->phrases, phrases_of(texts));
    u->place = last_publication(db, e);
    u->pass = UNSAID_ORIGIN;
    u->from_line = u->after = 0;
    return u->place >= 0 && (u->mark == UNSAID_REDACTED || unsaid_left(db) == 0 || leave_others(db, u, e));
}

static struct unsaid *new_of(const struct post *p, enum unsaid_mark mark, gint64 now)
{
    struct unsaid *u = g_new0(struct unsaid, 1);

    *u = (struct unsaid){.post_id = p->id, .idea_id = p->idea_id, .person_id = p->person_id, .mark = mark, .at = now};
    return u;
}

/* The row of the whole text; NULL there is none. */
static struct unsaid *find_whole(GPtrArray *all)
{
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (((struct unsaid *)all->pdata[i])->mark != UNSAID_REDACTED)
            return all->pdata[i];
    return NULL;
}

bool unsaid_take(struct db *db, const struct post *p, enum post_state state, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = unsaid_list(db, SQL_UNSAID_OF_POST, "post_id", p->id, e);
    struct unsaid *before = find_whole(all);
    enum unsaid_mark mark = state == POST_WITHDRAWN ? UNSAID_WISH : UNSAID_REMOVED;

    if (all == NULL)
        return false;
    if (before == NULL && p->state != POST_PUBLISHED) /* nobody could quote it */
        return true;
    unsaid_auto own = before == NULL ? new_of(p, mark, now) : NULL;
    struct unsaid *u = before != NULL ? before : own;
    g_autoptr(GPtrArray) texts = unsaid_texts(db, p, e);
    u->mark = mark;
    u->state = UNSAID_TAKEN;
    return e->kind == ERR_NONE && begin(db, u, texts, e) && (before != NULL ? unsaid_update(db, u, e) : unsaid_add(db, u, e)) &&
           unsaid_at_once(db, u, now, e);
}

static bool give_back(struct db *db, struct unsaid *u, gint64 now, struct err *e)
{
    u->state = UNSAID_BACK;
    u->pass = UNSAID_SWEEP;
    u->from_line = u->after = 0;
    return unsaid_update(db, u, e) && unsaid_at_once(db, u, now, e);
}

bool unsaid_give_back(struct db *db, row_id post, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = unsaid_list(db, SQL_UNSAID_OF_POST, "post_id", post, e);
    struct unsaid *u = find_whole(all);

    return all != NULL && (u == NULL || give_back(db, u, now, e));
}

/* What was found already only has to be swept; else the clock goes on looking. */
static bool end(struct db *db, struct unsaid *u, struct err *e)
{
    if (u->pass >= UNSAID_SWEEP) {
        u->pass = UNSAID_SWEEP;
        u->from_line = u->after = 0;
    }
    return unsaid_update(db, u, e);
}

/* All of them as one, so that no words in a row go on from one to the next. */
static char *joined(const GPtrArray *texts)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < texts->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? "\n\x1e\n" : "", (const char *)texts->pdata[i]);
    return g_string_free(out, FALSE);
}

bool unsaid_forget(struct db *db, const struct post *p, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = unsaid_list(db, SQL_UNSAID_OF_POST, "post_id", p->id, e);
    struct unsaid *u = find_whole(all);
    g_autoptr(GPtrArray) texts = all != NULL ? unsaid_texts(db, p, e) : NULL;

    if (texts == NULL || e->kind != ERR_NONE)
        return false;
    if (u == NULL && p->taken_place != 0) { /* taken back by an older program */
        u = new_of(p, p->state == POST_REMOVED ? UNSAID_REMOVED : UNSAID_WISH, now);
        g_ptr_array_add(all, u);
        if (!begin(db, u, texts, e) || !unsaid_add(db, u, e))
            return false;
    }
    for (guint i = 0; i < all->len; i++) {
        struct unsaid *each = all->pdata[i];
        each->state = UNSAID_GONE;
        if (each->mark != UNSAID_REDACTED)
            row_text_set(&each->said, joined(texts));
        if (!end(db, each, e))
            return false;
    }
    return true;
}

bool unsaid_redact(struct db *db, const struct post *p, const GPtrArray *passages, row_id hold, gint64 now, struct err *e)
{
    unsaid_auto u = new_of(p, UNSAID_REDACTED, now);

    u->hold_id = hold;
    return begin(db, u, passages, e) && (*u->phrases == '\0' || (unsaid_add(db, u, e) && unsaid_at_once(db, u, now, e)));
}

bool unsaid_redact_undo(struct db *db, row_id hold, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = unsaid_list(db, SQL_UNSAID_OF_HOLD, "hold_id", hold, e);

    for (guint i = 0; all != NULL && i < all->len; i++)
        if (!give_back(db, all->pdata[i], now, e))
            return false;
    return all != NULL;
}

bool unsaid_forget_redacted(struct db *db, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_OVER, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    g_autoptr(GArray) ids = row_ids(s, e);
    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        g_autoptr(GPtrArray) one = unsaid_list(db, SQL_UNSAID_BY_ID, "id", g_array_index(ids, row_id, i), e);
        struct unsaid *u = one != NULL && one->len > 0 ? one->pdata[0] : NULL;
        if (u == NULL)
            return false;
        u->state = UNSAID_GONE;
        if (!end(db, u, e))
            return false;
    }
    return ids != NULL;
}

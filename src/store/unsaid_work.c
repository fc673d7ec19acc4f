/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the clock does about words that were taken back, one small transaction after the other; see unsaid.h. How far it came stands in
 * the row of unsaid, so that it goes on after a kill.
 */
#include "store/unsaid_private.h"

#include "forum/memory.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/leftovers.h"
#include "store/messages.h"
#include "store/rows.h"
#include "store/steps.h"
#include "store/words.h"

#include <string.h>

#define STEP         32 /* posts, in one transaction */
#define STEP_PHRASES 64 /* in one question to the index */
#define MERGE_EVERY  16 /* steps: each leaves a part of the index of words, and the more there are the longer it looks */
#define MERGE_PAGES  64 /* as upkeep.c does, which does nothing while no mail comes */

static bool next_pass(struct unsaid *u, enum unsaid_pass pass)
{
    u->pass = (int)pass;
    u->from_line = 0;
    u->after = pass == UNSAID_DISCUSSION || pass == UNSAID_MAILS ? u->post_id : 0;
    if (pass == UNSAID_RESTS)
        row_text_set(&u->phrases, g_strdup(""));
    return true;
}

/* The next lines of phrases as a question to the index; NULL: there are none left. *N_OUT: how many. Caller frees. */
static char *expression(const struct unsaid *u, guint *n_out)
{
    const char *line = u->phrases, *end = line + strlen(line), *feed;
    g_autoptr(GString) out = g_string_new(NULL);

    *n_out = 0;
    for (gint64 i = 0; *n_out < STEP_PHRASES && (feed = memchr(line, '\n', (gsize)(end - line))) != NULL; i++, line = feed + 1)
        if (i >= u->from_line) {
            g_string_append_printf(out, "%s\"%.*s\"", out->len > 0 ? " OR " : "", (int)(feed - line), line);
            ++*n_out;
        }
    return *n_out > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

/* Whoever said it before keeps it, and so does who quotes them. */
static bool leave_origin(struct db *db, struct unsaid *u, row_id post, struct err *e)
{
    post_auto p = unsaid_post(db, post, e);
    bool is_others = p != NULL && p->state == POST_PUBLISHED && p->person_id != u->person_id;
    GBytes *left = is_others ? memory_without(u->words, p->text) : NULL;

    if (left != NULL) {
        g_bytes_unref(u->words);
        u->words = left;
    }
    return e->kind == ERR_NONE;
}

static bool find(struct db *db, struct unsaid *u, gint64 now, struct err *e)
{
    bool is_origin = u->pass == UNSAID_ORIGIN;
    enum unsaid_pass then = is_origin ? UNSAID_OTHERS : UNSAID_DISCUSSION;
    guint n;
    g_autofree char *asked = is_origin && u->mark == UNSAID_REDACTED ? NULL : expression(u, &n);

    if (asked == NULL)
        return next_pass(u, then);
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_FIND, e);
    stmt_bind_text(s, "expression", asked);
    stmt_bind_int(s, "after", is_origin ? u->after : MAX(u->after, u->post_id));
    stmt_bind_int(s, "before", is_origin ? u->post_id : G_MAXINT64);
    stmt_bind_int(s, "most", STEP);
    g_autoptr(GArray) ids = row_ids(s, e);
    bool ok = ids != NULL;
    for (guint i = 0; ok && i < ids->len; i++) {
        u->after = g_array_index(ids, row_id, i);
        ok = is_origin ? leave_origin(db, u, u->after, e) : unsaid_settle(db, u->after, u, now, e);
    }
    if (ok && ids->len < STEP) {
        u->from_line += n;
        u->after = 0;
    }
    return ok;
}

static bool forget_mails(struct db *db, row_id post, gint64 now, struct err *e)
{
    g_autoptr(GArray) mails = messages_of_post(db, post, e);

    for (guint i = 0; mails != NULL && i < mails->len; i++)
        if (!messages_forget(db, g_array_index(mails, row_id, i), true, now, e))
            return false;
    return mails != NULL;
}

static bool sweep_one(struct db *db, struct unsaid *u, row_id post, gint64 now, struct err *e)
{
    return unsaid_settle(db, post, u, now, e) && (u->state != UNSAID_GONE || forget_mails(db, post, now, e));
}

/* A text that waits, and the post that it is if a moderator is asked. */
static bool cut_hold(struct db *db, struct unsaid *u, row_id hold, gint64 now, struct err *e)
{
    hold_auto h = holds_by_id(db, hold, e);
    g_autofree char *less = h != NULL ? memory_replace(h->text, u->words, unsaid_mark(u->mark, h->language)) : NULL;
    g_autofree char *title = h != NULL ? memory_replace(h->title, u->words, unsaid_mark(u->mark, h->language)) : NULL;
    stmt_auto struct stmt *s =
        (less != NULL || title != NULL) && h->about.post != u->post_id ? stmt_use(db, SQL_UNSAID_HOLD_TEXT, e) : NULL;

    if (s == NULL)
        return e->kind == ERR_NONE;
    stmt_bind_int(s, "id", hold);
    stmt_bind_text(s, "text", less != NULL ? less : h->text);
    stmt_bind_text(s, "title", title != NULL ? title : h->title);
    return stmt_run(s, e) && (h->about.post == 0 || unsaid_settle(db, h->about.post, u, now, e));
}

/* Did somebody else than its author write at AT, after it was said? Then MARK_OUT stands in place of its words. */
static bool is_later(struct db *db, const struct unsaid *u, row_id person, gint64 at, const char **mark_out, struct err *e)
{
    post_auto p = unsaid_post(db, u->post_id, e);
    bool is_own = person == u->person_id && u->mark != UNSAID_REDACTED;

    *mark_out = p != NULL ? unsaid_mark(u->mark, p->language) : NULL; /* the language of what is quoted */
    return p != NULL && !is_own && at >= p->at;
}

static bool cut_title(struct db *db, struct unsaid *u, row_id idea, gint64 now, struct err *e)
{
    idea_auto i = ideas_by_id(db, idea, e);
    const char *mark;

    if (i == NULL || idea == u->idea_id || !is_later(db, u, i->author_id, i->created_at, &mark, e))
        return e->kind == ERR_NONE;
    g_autofree char *less = memory_replace(i->title, u->words, mark);
    struct event ev = {.at = now, .kind = "post.quotes", .about.idea = idea, .detail = "title"};
    return less == NULL || (ideas_set_title(db, idea, less, e) && events_add(db, &ev, e));
}

static bool cut_reason(struct db *db, struct unsaid *u, row_id id, gint64 now, struct err *e)
{
    stage_auto x = steps_by_id(db, id, e);
    const char *mark;

    if (x == NULL || !is_later(db, u, x->person_id, x->at, &mark, e))
        return e->kind == ERR_NONE;
    g_autofree char *less = memory_replace(x->reason, u->words, mark);
    struct event ev = {.at = now, .kind = "post.quotes", .about.idea = x->idea_id, .detail = "reason"};
    stmt_auto struct stmt *s = less != NULL ? stmt_use(db, SQL_UNSAID_REASON_SET, e) : NULL;
    if (s == NULL)
        return e->kind == ERR_NONE;
    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "reason", less);
    return stmt_run(s, e) && events_add(db, &ev, e);
}

static bool settle_one(struct db *db, struct unsaid *u, row_id post, gint64 now, struct err *e)
{
    return unsaid_settle(db, post, u, now, e);
}

static bool forget_one(struct db *db, struct unsaid *u, row_id post, gint64 now, struct err *e)
{
    (void)u;
    return forget_mails(db, post, now, e);
}

/* What each pass finds, and does with each; in what is deleted nothing is left to be found. */
static bool walk(struct db *db, struct unsaid *u, gint64 now, struct err *e)
{
    static const struct {
        enum sql which;
        const char *name;
        bool (*each)(struct db *db, struct unsaid *u, row_id id, gint64 now, struct err *e);
    } passes[] = {
        [UNSAID_DISCUSSION] = {SQL_UNSAID_DISCUSSION, "idea_id", settle_one},
        [UNSAID_SWEEP] = {SQL_UNSAID_IN_OF, "unsaid_id", sweep_one},
        [UNSAID_TITLES] = {SQL_UNSAID_TITLES, NULL, cut_title},
        [UNSAID_REASONS] = {SQL_UNSAID_REASONS, NULL, cut_reason},
        [UNSAID_HOLDS] = {SQL_UNSAID_HOLDS, NULL, cut_hold},
        [UNSAID_MAILS] = {SQL_UNSAID_DISCUSSION, "idea_id", forget_one},
    };
    int pass = u->pass;
    row_id id = pass == UNSAID_SWEEP ? u->id : u->idea_id;
    g_autoptr(GArray) ids = unsaid_ids(db, passes[pass].which, passes[pass].name, id, u->after, STEP, e);
    bool ok = ids != NULL;

    for (guint i = 0; ok && i < ids->len; i++) {
        u->after = g_array_index(ids, row_id, i);
        ok = passes[pass].each(db, u, u->after, now, e);
    }
    if (!ok || ids->len == STEP)
        return ok;
    bool is_gone = u->state == UNSAID_GONE;
    return next_pass(u, pass == UNSAID_DISCUSSION                            ? (is_gone ? UNSAID_SWEEP : UNSAID_RESTS)
                        : pass == UNSAID_SWEEP                               ? (is_gone ? UNSAID_TITLES : UNSAID_END)
                        : pass < UNSAID_HOLDS                                ? (enum unsaid_pass)(pass + 1)
                        : pass == UNSAID_HOLDS && u->mark != UNSAID_REDACTED ? UNSAID_MAILS
                                                                             : UNSAID_END);
}

static bool finish(struct db *db, const struct unsaid *u, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_DROP, e);

    stmt_bind_int(s, "id", u->id);
    return stmt_run(s, e) && (u->state != UNSAID_GONE ||
                              (leftovers_add(db, LEFTOVER_WORDS, "", now, e) && leftovers_add(db, LEFTOVER_PAGES, "", now, e)));
}

static bool step(struct db *db, struct unsaid *u, gint64 now, struct err *e)
{
    if (u->pass == UNSAID_END)
        return finish(db, u, now, e);
    return (u->pass < UNSAID_DISCUSSION ? find(db, u, now, e) : walk(db, u, now, e)) && unsaid_update(db, u, e);
}

/* The first that can go on: what was public when it was taken back has to be in the index of words first. */
static bool choose(struct db *db, struct unsaid **out, struct err *e)
{
    gint64 place = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_UNSAID_PLACE, e);

    *out = NULL;
    if (!stmt_run_int(s, &place, e))
        return false;
    for (row_id after = 0;;) {
        unsaid_auto u = unsaid_to_do(db, after, e);
        if (u == NULL)
            return e->kind == ERR_NONE;
        if (u->pass >= UNSAID_DISCUSSION || u->place <= place) {
            *out = g_steal_pointer(&u);
            return true;
        }
        after = u->id;
    }
}

static bool merge(struct db *db, struct err *e)
{
    bool more;

    if (!words_merge(db, MERGE_PAGES, &more, e) || !db_commit(db, e)) {
        db_rollback(db);
        return false;
    }
    db->n_unsaid_steps = more ? MERGE_EVERY : 0;
    return true;
}

bool unsaid_work(struct db *db, gint64 now, bool *more_out, struct err *e)
{
    *more_out = false;
    if (!db_begin(db, e))
        return false;
    if (db->n_unsaid_steps >= MERGE_EVERY) {
        *more_out = true;
        return merge(db, e);
    }
    unsaid_auto u = NULL;
    if (choose(db, &u, e) && (u == NULL || step(db, u, now, e)) && db_commit(db, e)) {
        *more_out = u != NULL;
        db->n_unsaid_steps += u != NULL;
        return true;
    }
    db_rollback(db);
    return false;
}

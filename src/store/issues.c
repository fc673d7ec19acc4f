/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of issue and the mails made of them; see issues.h.
 */
#include "store/issues.h"

#include "store/events.h"
#include "store/rows.h"

static const struct field issue_fields[] = {
    FIELD(INT, struct issue, id),
    FIELD(INT, struct issue, list_id),
    FIELD(INT, struct issue, number),
    FIELD(TEXT, struct issue, subject),
    FIELD(TEXT, struct issue, source),
    WORDS(issue_state_names, struct issue, state),
    FIELD(TEXT, struct issue, language),
    FIELD(REF, struct issue, forum_id),
    FIELD(TEXT, struct issue, role),
    FIELD(REF, struct issue, joined_after),
    FIELD(INT, struct issue, from_place),
    FIELD(INT, struct issue, to_place),
    FIELD(REF, struct issue, drafted_by),
    FIELD(REF, struct issue, released_by),
    FIELD(REF, struct issue, message_id),
    FIELD(INT, struct issue, created_at),
    FIELD(REF, struct issue, release_at),
    FIELD(REF, struct issue, started_at),
    FIELD(REF, struct issue, ended_at),
    FIELD(INT, struct issue, cursor),
    FIELD(INT, struct issue, n_recipients),
    FIELD(INT, struct issue, n_sent),
    FIELD(INT, struct issue, n_failed),
    FIELD(INT, struct issue, n_dropped),
    FIELD_END,
};

static const struct field issue_file_fields[] = {
    FIELD(INT, struct issue_file, id),
    FIELD(TEXT, struct issue_file, name),
    FIELD(TEXT, struct issue_file, type),
    FIELD(INT, struct issue_file, n_bytes),
    FIELD_END,
};

struct issue *issues_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, issue_fields, sizeof(struct issue), e);
}

struct issue *issues_by_number(struct db *db, row_id list, gint64 number, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_BY_NUMBER, e);

    stmt_bind_int(s, "list_id", list);
    stmt_bind_int(s, "number", number);
    return row_find(s, issue_fields, sizeof(struct issue), e);
}

GPtrArray *issues_of(struct db *db, row_id list, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_OF_LIST, e);

    stmt_bind_int(s, "list_id", list);
    return row_list(s, issue_fields, sizeof(struct issue), (GDestroyNotify)issue_free, e);
}

bool issues_add(struct db *db, const struct issue *i, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_ADD, e);

    stmt_bind_row(s, issue_fields, i);
    return stmt_run_int(s, id_out, e);
}

static bool change(struct stmt *s, row_id id, bool *changed_out, struct err *e)
{
    stmt_bind_int(s, "id", id);
    return stmt_run_change(s, changed_out, e);
}

bool issues_release(struct db *db, row_id id, row_id editor, gint64 release_at, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_RELEASE, e);

    stmt_bind_ref(s, "released_by", editor);
    stmt_bind_int(s, "release_at", release_at);
    return change(s, id, changed_out, e);
}

bool issues_stop(struct db *db, row_id id, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_STOP, e);

    return change(s, id, changed_out, e);
}

bool issues_resume(struct db *db, row_id id, gint64 at, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_RESUME, e);

    stmt_bind_int(s, "at", at);
    if (!change(s, id, changed_out, e) || !*changed_out)
        return e->kind == ERR_NONE;
    stmt_auto struct stmt *again = stmt_use(db, SQL_ISSUE_REVIVE, e);
    stmt_bind_int(again, "issue_id", id);
    stmt_bind_int(again, "at", at);
    stmt_bind_text(again, "reason", DROPPED_STOPPED);
    return stmt_run(again, e);
}

/* ---- What goes along */
bool issues_add_file(struct db *db, row_id id, const struct issue_file *f, struct err *e)
{
    gsize n_bytes;
    const void *bytes = g_bytes_get_data(f->content, &n_bytes);
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_FILE_ADD, e);

    stmt_bind_row(s, issue_file_fields, f);
    stmt_bind_int(s, "issue_id", id);
    stmt_bind_bytes(s, "content", bytes != NULL ? bytes : "", n_bytes);
    return stmt_run(s, e);
}

GPtrArray *issues_files(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_FILE_OF_ISSUE, e);

    stmt_bind_int(s, "issue_id", id);
    return row_list(s, issue_file_fields, sizeof(struct issue_file), (GDestroyNotify)issue_file_free, e);
}

GBytes *issues_file_content(struct db *db, row_id file, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_FILE_CONTENT, e);

    stmt_bind_int(s, "id", file);
    if (stmt_step(s, e) == STEP_ROW)
        return stmt_bytes(s, "content");
    if (e->kind == ERR_NONE)
        err_set(e, ERR_ABSENT, "a file of the issue is gone");
    return NULL;
}

/* ---- From an issue to mails */
static struct issue *next(struct db *db, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_NEXT, e);

    stmt_bind_int(s, "now", now);
    return row_find(s, issue_fields, sizeof(struct issue), e);
}

static bool find_end(struct db *db, const struct issue *i, gint64 most, row_id *to_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_STEP_END, e);

    stmt_bind_int(s, "list_id", i->list_id);
    stmt_bind_int(s, "cursor", i->cursor);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, to_out, e);
}

static bool queue(struct db *db, const struct issue *i, row_id to, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_STEP, e);

    stmt_bind_int(s, "issue_id", i->id);
    stmt_bind_int(s, "cursor", i->cursor);
    stmt_bind_int(s, "to", to);
    stmt_bind_int(s, "now", now);
    return stmt_run_count(s, n_out, e);
}

static bool move(struct db *db, const struct issue *i, enum issue_state state, row_id cursor, gint64 n, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_MOVED, e);

    stmt_bind_int(s, "id", i->id);
    stmt_bind_word(s, "state", issue_state_names, (int)state);
    stmt_bind_int(s, "cursor", cursor);
    stmt_bind_int(s, "n", n);
    stmt_bind_int(s, "now", now);
    return stmt_run(s, e);
}

/* From then on it can be read, on the page as well. */
static bool tell_end(struct db *db, const struct issue *i, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("list %" G_GINT64_FORMAT " issue %" G_GINT64_FORMAT, i->list_id, i->number);
    struct event ev = {.at = now, .kind = "issue.sent", .detail = detail};

    return events_add(db, &ev, e);
}

bool issues_step(struct db *db, gint64 now, gint64 most, gint64 *n_out, bool *more_out, struct err *e)
{
    issue_auto i = row_needs_transaction(db, e) ? next(db, now, e) : NULL;
    row_id to = 0;

    *n_out = 0;
    *more_out = i != NULL;
    if (i == NULL || !find_end(db, i, most, &to, e))
        return e->kind == ERR_NONE;
    if (to == 0)
        return move(db, i, ISSUE_SENT, i->cursor, 0, now, e) && tell_end(db, i, now, e);
    return queue(db, i, to, now, n_out, e) && move(db, i, ISSUE_SENDING, to, *n_out, now, e);
}

gint64 issues_next_at(struct db *db, struct err *e)
{
    gint64 at = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_NEXT_AT, e);

    return stmt_run_int(s, &at, e) ? at : -1;
}

bool issues_has_ended(struct db *db, gint64 since, bool *out, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_ENDED_SINCE, e);

    stmt_bind_int(s, "since", since);
    bool ok = stmt_run_int(s, &n, e);
    *out = n > 0;
    return ok;
}

bool issues_count(struct db *db, row_id id, gint64 n_sent, gint64 n_failed, gint64 n_dropped, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_COUNT, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "sent", n_sent);
    stmt_bind_int(s, "failed", n_failed);
    stmt_bind_int(s, "dropped", n_dropped);
    return stmt_run(s, e);
}

/* ---- What somebody missed */
static GArray *missed(struct db *db, row_id list, gint64 since, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_MISSED, e);

    stmt_bind_int(s, "list_id", list);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

static bool send_again(struct db *db, row_id issue, row_id subscription, enum notice_state was, gint64 now, gint64 *n_out,
                       struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_MISSED_AGAIN, e);

    stmt_bind_int(s, "issue_id", issue);
    stmt_bind_int(s, "subscription_id", subscription);
    stmt_bind_word(s, "was", notice_state_names, (int)was);
    stmt_bind_int(s, "now", now);
    if (!stmt_run(s, e))
        return false;
    gint64 n = stmt_n_changed(s);
    *n_out += n;
    return n == 0 ||
           issues_count(db, issue, was == NOTICE_SENT ? -n : 0, was == NOTICE_FAILED ? -n : 0, was == NOTICE_DROPPED ? -n : 0, e);
}

static bool send_first(struct db *db, row_id issue, row_id subscription, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_ISSUE_MISSED_FIRST, e);

    stmt_bind_int(s, "issue_id", issue);
    stmt_bind_int(s, "subscription_id", subscription);
    stmt_bind_int(s, "now", now);
    if (!stmt_run(s, e))
        return false;
    gint64 n = stmt_n_changed(s);
    *n_out += n;
    if (n == 0)
        return true;
    stmt_auto struct stmt *more = stmt_use(db, SQL_ISSUE_ADD_RECIPIENTS, e);
    stmt_bind_int(more, "id", issue);
    stmt_bind_int(more, "n", n);
    return stmt_run(more, e);
}

bool issues_send_missed(struct db *db, const struct subscription *s, gint64 since, gint64 most, gint64 now, gint64 *n_out,
                        struct err *e)
{
    static const enum notice_state over[] = {NOTICE_SENT, NOTICE_FAILED, NOTICE_DROPPED};
    g_autoptr(GArray) ids = row_needs_transaction(db, e) ? missed(db, s->list_id, since, most, e) : NULL;

    *n_out = 0;
    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        row_id issue = g_array_index(ids, row_id, i);
        for (guint k = 0; k < G_N_ELEMENTS(over); k++)
            if (!send_again(db, issue, s->id, over[k], now, n_out, e))
                return false;
        if (!send_first(db, issue, s->id, now, n_out, e))
            return false;
    }
    return ids != NULL;
}

/* ---- What an issue is about */
static bool of_list(struct db *db, enum sql what, row_id list, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "list_id", list);
    return stmt_run_int(s, out, e);
}

bool issues_last_place(struct db *db, row_id list, gint64 *out, struct err *e)
{
    return of_list(db, SQL_ISSUE_LAST_PLACE, list, out, e);
}

bool issues_last_start(struct db *db, row_id list, gint64 *out, struct err *e)
{
    return of_list(db, SQL_ISSUE_LAST_START, list, out, e);
}

bool issues_news_place(struct db *db, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NEWS_LAST_PLACE, e);

    return stmt_run_int(s, out, e);
}

static void count_free(struct issue_count *c)
{
    g_free(c->word);
    g_free(c);
}

static GPtrArray *counts(struct db *db, enum sql what, row_id id, struct err *e)
{
    static const struct field fields[] = {FIELD(TEXT, struct issue_count, word), FIELD(INT, struct issue_count, n), FIELD_END};
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "issue_id", id);
    return row_list(s, fields, sizeof(struct issue_count), (GDestroyNotify)count_free, e);
}

GPtrArray *issues_languages(struct db *db, row_id id, struct err *e)
{
    return counts(db, SQL_SUBSCRIPTION_LANGUAGES, id, e);
}

GPtrArray *issues_forums(struct db *db, row_id id, struct err *e)
{
    return counts(db, SQL_SUBSCRIPTION_FORUMS, id, e);
}

static GArray *news(struct db *db, enum sql what, gint64 from, gint64 to, row_id forum, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "from_place", from);
    stmt_bind_int(s, "to_place", to);
    stmt_bind_ref(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

GArray *issues_news_ideas(struct db *db, gint64 from, gint64 to, row_id forum, gint64 most, struct err *e)
{
    return news(db, SQL_NEWS_IDEAS, from, to, forum, most, e);
}

GArray *issues_news_answers(struct db *db, gint64 from, gint64 to, row_id forum, gint64 most, struct err *e)
{
    return news(db, SQL_NEWS_ANSWERS, from, to, forum, most, e);
}

GArray *issues_in_state(struct db *db, const char *state, row_id forum, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NEWS_IN_STATE, e);

    stmt_bind_text(s, "state", state);
    stmt_bind_ref(s, "forum_id", forum);
    stmt_bind_int(s, "most", most);
    return row_ids(s, e);
}

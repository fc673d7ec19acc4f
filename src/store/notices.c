/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of notice; see notices.h. What is due is found by the index notice_due, one stream after the other, so a claim
 * costs the same whether ten notices wait or a million.
 */
#include "store/notices.h"

#include "base/limits.h"
#include "store/rows.h"

bool notices_add(struct db *db, const struct notice *n, row_id *id_out, struct err *e)
{
    row_id id = 0;
    struct notice row = *n; /* borrows its texts */
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ADD, e);

    if (n->purpose == PURPOSE_NONE)
        return err_set(e, ERR_OURS, "a mail that we do not know is not owed");
    row.stream = purpose_row(n->purpose)->stream;
    stmt_bind_row(s, notice_fields, &row);
    bool ok = stmt_run_insert(s, &id, e);
    if (id_out != NULL)
        *id_out = id;
    return ok;
}

bool notices_add_of_hold(struct db *db, enum purpose purpose, row_id person, const struct hold *h, const char *detail, gint64 now,
                         struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = person,
                       .about = {.forum = h->about.forum, .idea = h->about.idea, .hold = h->id},
                       .detail = detail,
                       .due_at = now};

    return person == 0 || notices_add(db, &n, NULL, e);
}

bool notices_add_for_post(struct db *db, row_id post, gint64 now, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ADD_FOR_POST, e);

    stmt_bind_int(s, "id", post);
    stmt_bind_int(s, "now", now);
    bool ok = stmt_run(s, e);
    if (n_out != NULL)
        *n_out = ok ? stmt_n_changed(s) : 0;
    return ok;
}

bool notices_add_news(struct db *db, row_id idea, row_id step, row_id but, bool for_others, gint64 due_at, gint64 now,
                      struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ADD_NEWS, e);
    stmt_auto struct stmt *d = stmt_use(db, SQL_NOTICE_ADD_NEWS_DIGEST, e);
    g_autofree char *detail = g_strdup_printf("%" G_GINT64_FORMAT, step);

    stmt_bind_int(s, "id", idea);
    stmt_bind_int(s, "but", but);
    stmt_bind_int(s, "for_others", for_others);
    stmt_bind_text(s, "detail", detail);
    stmt_bind_int(s, "due_at", due_at);
    stmt_bind_int(d, "id", idea);
    stmt_bind_int(d, "but", but);
    stmt_bind_text(d, "detail", detail);
    stmt_bind_int(d, "daily_at", now + LIMIT_DIGEST_DAILY_S);
    stmt_bind_int(d, "weekly_at", now + LIMIT_DIGEST_WEEKLY_S);
    return stmt_run(s, e) && stmt_run(d, e);
}

bool notices_add_news_for_office(struct db *db, row_id idea, row_id step, gint64 due_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ADD_NEWS_FOR_OFFICE, e);
    g_autofree char *detail = g_strdup_printf("%" G_GINT64_FORMAT, step);

    stmt_bind_int(s, "id", idea);
    stmt_bind_text(s, "detail", detail);
    stmt_bind_int(s, "due_at", due_at);
    return stmt_run(s, e);
}

static gint by_due(gconstpointer left, gconstpointer right)
{
    const struct notice *a = *(const struct notice *const *)left, *b = *(const struct notice *const *)right;

    if (a->stream != b->stream)
        return a->stream < b->stream ? -1 : 1;
    if (a->due_at != b->due_at)
        return a->due_at < b->due_at ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool claim(struct db *db, enum stream stream, gint64 now, gint64 most, GPtrArray *into, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_CLAIM, e);
    enum step step;

    stmt_bind_int(s, "stream", (gint64)stream);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    while ((step = stmt_step(s, e)) == STEP_ROW) {
        struct notice *n = g_new0(struct notice, 1);
        stmt_read_row(s, notice_fields, n);
        g_ptr_array_add(into, n);
    }
    return step == STEP_DONE;
}

GPtrArray *notices_claim(struct db *db, gint64 now, gint64 most, const gint64 *most_of, struct err *e)
{
    g_autoptr(GPtrArray) claimed = g_ptr_array_new_with_free_func((GDestroyNotify)notice_free);

    for (enum stream stream = 0; stream < N_STREAMS && claimed->len < most; stream++)
        if (most_of[stream] > 0 && !claim(db, stream, now, MIN(most - claimed->len, most_of[stream]), claimed, e))
            return NULL;
    g_ptr_array_sort(claimed, by_due); /* RETURNING promises no order */
    return g_steal_pointer(&claimed);
}

static bool put_back(struct db *db, row_id id, gint64 due_at, const char *reply, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_AGAIN, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "due_at", due_at);
    stmt_bind_text(s, "last_reply", reply);
    return stmt_run(s, e);
}

bool notices_record(struct db *db, row_id id, enum notice_state state, gint64 at, const char *reply, struct err *e)
{
    if (state == NOTICE_DUE)
        return put_back(db, id, at, reply, e);
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_END, e);
    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "state", notice_state_names, (int)state);
    stmt_bind_ref(s, "sent_at", state == NOTICE_SENT ? at : 0);
    stmt_bind_text(s, "last_reply", reply);
    return stmt_run(s, e);
}

bool notices_postpone(struct db *db, row_id id, gint64 at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_POSTPONE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "due_at", at);
    return stmt_run(s, e);
}

bool notices_set_detail(struct db *db, row_id id, const char *before, const char *detail, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_SET_DETAIL, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_text(s, "before", before);
    stmt_bind_text(s, "detail", detail);
    return stmt_run_change(s, changed_out, e);
}

bool notices_take_back(struct db *db, row_id hold, enum purpose purpose, const char *reason, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_TAKE_BACK, e);

    stmt_bind_int(s, "hold_id", hold);
    stmt_bind_word(s, "purpose", purpose_names, (int)purpose);
    stmt_bind_text(s, "reason", reason);
    return stmt_run_change(s, changed_out, e);
}

bool notices_return(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_RETURN, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool notices_release_claims(struct db *db, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_RELEASE_CLAIMS, e);
    bool ok = stmt_run(s, e);

    if (n_out != NULL)
        *n_out = ok ? stmt_n_changed(s) : 0;
    return ok;
}

bool notices_revive(struct db *db, row_id post, const char *reason, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_REVIVE, e);

    stmt_bind_int(s, "post_id", post);
    stmt_bind_text(s, "reason", reason);
    return stmt_run(s, e);
}

bool notices_revive_joined(struct db *db, row_id post, gint64 taken_at, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_REVIVE_JOINED, e);

    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(s, "taken_at", taken_at);
    return stmt_run(s, e);
}

bool notices_revive_questions(struct db *db, row_id idea, const char *reason, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_REVIVE_QUESTIONS, e);

    stmt_bind_int(s, "idea_id", idea);
    stmt_bind_text(s, "reason", reason);
    return stmt_run(s, e);
}

static bool over(struct db *db, enum sql what, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return stmt_run_count(s, n_out, e);
}

bool notices_forget_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    return over(db, SQL_NOTICE_FORGET_OVER, before, most, n_out, e);
}

bool notices_delete_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e)
{
    return over(db, SQL_NOTICE_DELETE_OVER, before, most, n_out, e);
}

struct notice *notices_about_post(struct db *db, row_id post, row_id person, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_ABOUT_POST, e);
    stmt_bind_int(s, "post_id", post);
    stmt_bind_int(s, "person_id", person);
    return row_find(s, notice_fields, sizeof(struct notice), e);
}

struct notice *notices_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, notice_fields, sizeof(struct notice), e);
}

bool notices_count_answers(struct db *db, gint64 mailbox, enum purpose purpose, bool is_own, gint64 since, gint64 now,
                           gint64 *n_all_out, gint64 *n_purpose_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_COUNT_ANSWERS, e);

    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_int(s, "is_own", is_own);
    stmt_bind_word(s, "purpose", purpose_names, (int)purpose);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", LIMIT_COUNTED);
    if (stmt_step(s, e) != STEP_ROW)
        return false;
    *n_all_out = stmt_int(s, "n_all");
    *n_purpose_out = stmt_int(s, "n_purpose");
    return stmt_run(s, e);
}

bool notices_count_answers_of_hold(struct db *db, gint64 mailbox, enum purpose purpose, row_id hold, gint64 since, gint64 now,
                                   gint64 most, gint64 *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_COUNT_ANSWERS_OF_HOLD, e);

    stmt_bind_int(s, "hold_id", hold);
    stmt_bind_int(s, "mailbox", mailbox);
    stmt_bind_word(s, "purpose", purpose_names, (int)purpose);
    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, out, e);
}

bool notices_clamp(struct db *db, gint64 latest, gint64 latest_news, gint64 now, struct err *e)
{
    for (enum stream stream = 0; stream < N_STREAMS; stream++) {
        stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_CLAMP, e);
        stmt_bind_int(s, "stream", (gint64)stream);
        stmt_bind_int(s, "latest", latest);
        stmt_bind_int(s, "latest_news", latest_news);
        stmt_bind_int(s, "now", now);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

GArray *notices_readers_of_hold(struct db *db, row_id hold, enum purpose purpose, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_READERS_OF_HOLD, e);

    stmt_bind_int(s, "hold_id", hold);
    stmt_bind_text(s, "purpose", purpose_name(purpose));
    return row_ids(s, e);
}

bool notices_is_owed(struct db *db, row_id hold, enum purpose purpose, bool *out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_IS_OWED, e);

    stmt_bind_int(s, "hold_id", hold);
    stmt_bind_text(s, "purpose", purpose_name(purpose));
    enum step step = stmt_step(s, e);
    *out = step == STEP_ROW;
    return step != STEP_FAILED && (step != STEP_ROW || stmt_run(s, e));
}

bool notices_each_of(struct db *db, row_id person, const char *address, notices_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_OF_PERSON, e);

    stmt_bind_int(s, "person_id", person);
    stmt_bind_text(s, "address", address);
    return row_each(s, notice_fields, sizeof(struct notice), (GDestroyNotify)notice_free, (row_each_fn *)each, user, e);
}

bool notices_each(struct db *db, const char *state, notices_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, state == NULL ? SQL_NOTICE_WAITING : SQL_NOTICE_IN_STATE, e);

    if (state != NULL)
        stmt_bind_text(s, "state", state);
    return row_each(s, notice_fields, sizeof(struct notice), (GDestroyNotify)notice_free, (row_each_fn *)each, user, e);
}

bool notices_drop_news(struct db *db, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_DROP_NEWS, e);
    return stmt_run_count(s, n_out, e);
}

bool notices_count(struct db *db, enum notice_state state, gint64 *n_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, state == NOTICE_DUE ? SQL_NOTICE_COUNT_DUE : SQL_NOTICE_COUNT, e);

    if (state != NOTICE_DUE)
        stmt_bind_word(s, "state", notice_state_names, (int)state);
    return stmt_run_int(s, n_out, e);
}

gint64 notices_next_due(struct db *db, enum stream stream, struct err *e)
{
    gint64 due_at = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_NOTICE_NEXT_DUE, e);

    stmt_bind_int(s, "stream", (gint64)stream);

    return stmt_run_int(s, &due_at, e) ? due_at : -1;
}

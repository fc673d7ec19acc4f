/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of subscription and consent; see subscriptions.h.
 */
#include "store/subscriptions.h"

#include "base/limits.h"
#include "store/rows.h"

static const struct field subscription_fields[] = {
    FIELD(INT, struct subscription, id),
    FIELD(INT, struct subscription, list_id),
    FIELD(TEXT, struct subscription, address),
    FIELD(TEXT, struct subscription, written),
    FIELD(TEXT, struct subscription, language),
    WORDS(subscription_state_names, struct subscription, state),
    WORDS(way_names, struct subscription, way),
    FIELD(REF, struct subscription, since),
    FIELD(REF, struct subscription, asked_at),
    FIELD(INT, struct subscription, changed_at),
    FIELD_END,
};
static const struct field consent_fields[] = {
    FIELD(INT, struct consent, id),
    FIELD(INT, struct consent, list_id),
    FIELD(TEXT, struct consent, address),
    FIELD(INT, struct consent, at),
    WORDS(consent_kind_names, struct consent, kind),
    WORDS(way_names, struct consent, way),
    FIELD(TEXT, struct consent, wording),
    FIELD(TEXT, struct consent, message_key),
    FIELD(TEXT, struct consent, authentication),
    FIELD(REF, struct consent, notice_id),
    FIELD_END,
};

struct subscription *subscriptions_by_id(struct db *db, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_BY_ID, e);

    stmt_bind_int(s, "id", id);
    return row_find(s, subscription_fields, sizeof(struct subscription), e);
}

struct subscription *subscriptions_by_address(struct db *db, row_id list, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_BY_ADDRESS, e);

    stmt_bind_int(s, "list_id", list);
    stmt_bind_text(s, "address", address);
    return row_find(s, subscription_fields, sizeof(struct subscription), e);
}

GPtrArray *subscriptions_of(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, subscription_fields, sizeof(struct subscription), (GDestroyNotify)subscription_free, e);
}

bool subscriptions_each(struct db *db, row_id list, subscriptions_each_fn *each, void *user, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_OF_LIST, e);

    stmt_bind_int(s, "list_id", list);
    return row_each(s, subscription_fields, sizeof(struct subscription), (GDestroyNotify)subscription_free, (row_each_fn *)each,
                    user, e);
}

static bool run_change(struct stmt *s, gint64 now, bool *changed_out, struct err *e)
{
    stmt_bind_int(s, "now", now);
    return stmt_run_change(s, changed_out, e);
}

static bool put(struct db *db, enum sql how, const struct subscription *row, gint64 now, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, how, e);

    stmt_bind_int(s, "list_id", row->list_id);
    stmt_bind_text(s, "address", row->address);
    stmt_bind_text(s, "written", row->written);
    stmt_bind_text(s, "language", row->language);
    stmt_bind_word(s, "way", way_names, (int)row->way);
    return run_change(s, now, changed_out, e);
}

bool subscriptions_want(struct db *db, const struct subscription *s, gint64 now, bool *changed_out, struct err *e)
{
    return put(db, SQL_SUBSCRIPTION_WANT, s, now, changed_out, e);
}

gint64 subscriptions_count_orders(struct db *db, gint64 since, gint64 now, gint64 most, struct err *e)
{
    gint64 n = 0;
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_COUNT_ORDERS, e);

    stmt_bind_int(s, "since", since);
    stmt_bind_int(s, "now", now);
    stmt_bind_int(s, "most", most);
    return stmt_run_int(s, &n, e) ? n : -1;
}

bool subscriptions_join(struct db *db, const struct subscription *s, gint64 now, bool *changed_out, struct err *e)
{
    return put(db, SQL_SUBSCRIPTION_JOIN, s, now, changed_out, e);
}

bool subscriptions_activate(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_ACTIVATE, e);

    stmt_bind_int(s, "id", id);
    return run_change(s, now, changed_out, e);
}

bool subscriptions_end(struct db *db, row_id id, enum subscription_state state, gint64 now, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_END, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_word(s, "state", subscription_state_names, (int)state);
    return run_change(s, now, changed_out, e);
}

bool subscriptions_revive(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_REVIVE, e);

    stmt_bind_int(s, "id", id);
    return run_change(s, now, changed_out, e);
}

bool subscriptions_set_asked(struct db *db, row_id id, gint64 now, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_SET_ASKED, e);
    bool changed;

    stmt_bind_int(s, "id", id);
    return run_change(s, now, &changed, e);
}

static bool erase(struct db *db, enum sql what, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_text(s, "address", address);
    return stmt_run(s, e);
}

bool subscriptions_erase(struct db *db, const char *address, struct err *e)
{
    return row_needs_transaction(db, e) && erase(db, SQL_SUBSCRIPTION_ERASE_NOTICES, address, e) &&
           erase(db, SQL_CONSENT_ERASE, address, e) && erase(db, SQL_SUBSCRIPTION_ERASE, address, e);
}

GPtrArray *subscriptions_over(struct db *db, gint64 before, gint64 most, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_OVER, e);

    stmt_bind_int(s, "before", before);
    stmt_bind_int(s, "most", most);
    return row_list(s, subscription_fields, sizeof(struct subscription), (GDestroyNotify)subscription_free, e);
}

static bool run_of_id(struct db *db, enum sql what, row_id id, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, what, e);

    stmt_bind_int(s, "id", id);
    return stmt_run(s, e);
}

bool subscriptions_forget(struct db *db, const struct subscription *of, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_SUBSCRIPTION_FORGET_CONSENT, e);

    stmt_bind_int(s, "list_id", of->list_id);
    stmt_bind_text(s, "address", of->address);
    return row_needs_transaction(db, e) && stmt_run(s, e) && run_of_id(db, SQL_SUBSCRIPTION_FORGET_NOTICES, of->id, e) &&
           run_of_id(db, SQL_SUBSCRIPTION_FORGET, of->id, e);
}

bool consents_add(struct db *db, const struct consent *c, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CONSENT_ADD, e);

    stmt_bind_row(s, consent_fields, c);
    return stmt_run(s, e);
}

bool consents_ask(struct db *db, const struct consent *c, row_id *id_out, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CONSENT_ASK, e);
    row_id id = 0;

    stmt_bind_int(s, "list_id", c->list_id);
    stmt_bind_text(s, "address", c->address);
    stmt_bind_int(s, "at", c->at);
    stmt_bind_word(s, "way", way_names, (int)c->way);
    stmt_bind_text(s, "message_key", c->message_key);
    stmt_bind_text(s, "authentication", c->authentication);
    stmt_bind_int(s, "day", c->at - LIMIT_CONFIRM_MAILS_S);
    stmt_bind_int(s, "month", c->at - LIMIT_CONFIRM_MAILS_MONTH_S);
    stmt_bind_int(s, "most", LIMIT_CONFIRM_MAILS);
    bool ok = stmt_run_insert(s, &id, e);
    *id_out = ok && stmt_n_changed(s) > 0 ? id : 0;
    return ok;
}

bool consents_set_notice(struct db *db, row_id id, row_id notice, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CONSENT_SET_NOTICE, e);

    stmt_bind_int(s, "id", id);
    stmt_bind_int(s, "notice_id", notice);
    return stmt_run(s, e);
}

bool consents_set_wording(struct db *db, row_id notice, const char *wording, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CONSENT_SET_WORDING, e);

    stmt_bind_int(s, "notice_id", notice);
    stmt_bind_text(s, "wording", wording);
    return stmt_run(s, e);
}

GPtrArray *consents_of(struct db *db, const char *address, struct err *e)
{
    stmt_auto struct stmt *s = stmt_use(db, SQL_CONSENT_OF_ADDRESS, e);

    stmt_bind_text(s, "address", address);
    return row_list(s, consent_fields, sizeof(struct consent), (GDestroyNotify)consent_free, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who gets a newsletter, and the record of how that came about. Addresses are keys as persons_key() gives them. Whoever
 * changes a subscription adds to the record in the same transaction; flow/news/subscribe.h does both.
 */
#pragma once

#include "base/err.h"
#include "forum/list.h"

struct db;

struct subscription *subscriptions_by_id(struct db *db, row_id id, struct err *e); /* NULL none */
struct subscription *subscriptions_by_address(struct db *db, row_id list, const char *address, struct err *e);
GPtrArray *subscriptions_of(struct db *db, const char *address, struct err *e); /* struct subscription, of all lists */
typedef bool subscriptions_each_fn(const struct subscription *s, void *user);
bool subscriptions_each(struct db *db, row_id list, subscriptions_each_fn *each, void *user, struct err *e);

/* Of S: list_id, address, written, language, way. Somebody wants it: state asked, unless it is active already. */
bool subscriptions_want(struct db *db, const struct subscription *s, gint64 now, bool *changed_out, struct err *e);
/* Orders by the page between SINCE and NOW that nobody said yes to; counts up to MOST. -1: E. */
gint64 subscriptions_count_orders(struct db *db, gint64 since, gint64 now, gint64 most, struct err *e);
/* In without a question (import, operator); *CHANGED_OUT false: was in. */
bool subscriptions_join(struct db *db, const struct subscription *s, gint64 now, bool *changed_out, struct err *e);
/* From asked, or from unsubscribed where that is undone, to active; *CHANGED_OUT false: it is neither. */
bool subscriptions_activate(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e);
/* To unsubscribed or suspended; an unsubscribed one stays so. */
bool subscriptions_end(struct db *db, row_id id, enum subscription_state state, gint64 now, bool *changed_out, struct err *e);
/* From suspended to active, in since when it was; *CHANGED_OUT false: it is not suspended. */
bool subscriptions_revive(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e);
bool subscriptions_set_asked(struct db *db, row_id id, gint64 now, struct err *e);
/* Nothing of ADDRESS is left: subscriptions, record, mails that wait. */
bool subscriptions_erase(struct db *db, const char *address, struct err *e);
/* Who was never in and did not answer the question of before BEFORE, at most MOST (struct subscription). */
GPtrArray *subscriptions_over(struct db *db, gint64 before, gint64 most, struct err *e);
/* Nothing of S is left: the row, what was recorded of it, and of its mails whom they were for. */
bool subscriptions_forget(struct db *db, const struct subscription *s, struct err *e);

bool consents_add(struct db *db, const struct consent *c, struct err *e);
/* Adds an `asked` of C if the limits let one more confirm mail go: LIMIT_CONFIRM_MAILS_S between two, and at most
 * LIMIT_CONFIRM_MAILS in LIMIT_CONFIRM_MAILS_MONTH_S. *ID_OUT 0: they do not. */
bool consents_ask(struct db *db, const struct consent *c, row_id *id_out, struct err *e);
bool consents_set_notice(struct db *db, row_id id, row_id notice, struct err *e);
/* The words of a confirm mail, once they were sent. */
bool consents_set_wording(struct db *db, row_id notice, const char *wording, struct err *e);
GPtrArray *consents_of(struct db *db, const char *address, struct err *e); /* struct consent, by list and time */

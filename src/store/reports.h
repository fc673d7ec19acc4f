/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the operator is to hear. Reports are collected and told together, see flow/step/answer.h.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct report {
    row_id id;
    gint64 at;
    enum purpose purpose;              /* the mail if it is told alone: PURPOSE_OPERATOR_MAIL */
    row_id message_id;                 /* 0 none */
    const char *detail;                /* NULL none */
    row_id notice_id;                  /* the mail that tells it; 0 waits */
    const char *message_key, *subject; /* of the message; NULL none, or not asked for */
};
void report_free(struct report *r);
struct report_count {
    enum purpose purpose;
    gint64 n;
};
void report_count_free(struct report_count *c);

bool reports_add(struct db *db, const struct report *r, struct err *e);
/* When the operator was told last; 0 never, -1 failure. */
gint64 reports_told_at(struct db *db, struct err *e);
/* Was there one of PURPOSE in [SINCE, NOW]? */
bool reports_since(struct db *db, enum purpose purpose, gint64 since, gint64 now, bool *found_out, struct err *e);
/* Those that wait (struct report), oldest first, at most MOST. */
GPtrArray *reports_waiting(struct db *db, gint64 most, struct err *e);
/* NOTICE tells all that wait. */
bool reports_tell(struct db *db, row_id notice, struct err *e);
/* What NOTICE tells: at most MOST, oldest first, with the message's key and subject; and how many of which purpose. */
GPtrArray *reports_of(struct db *db, row_id notice, gint64 most, struct err *e);
GPtrArray *reports_counts(struct db *db, row_id notice, struct err *e);
/* Forgets those told before BEFORE, at most MOST. */
bool reports_forget(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e);

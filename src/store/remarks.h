/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was said about a text that waits or was refused; forgotten with its hold (store/holds.h).
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

bool remarks_add(struct db *db, const struct remark *t, struct err *e);
/* What was said about one hold is said about another from now on. */
bool remarks_move(struct db *db, row_id from, row_id to, struct err *e);
/* About one hold, or by one person, letters apart; oldest first; struct remark, owned. */
GPtrArray *remarks_of_hold(struct db *db, row_id hold, struct err *e);
GPtrArray *remarks_of_person(struct db *db, row_id person, struct err *e);
/* What was written to ADDRESS (lower case) alone, and their answers; what PERSON wrote so to others. The same. */
GPtrArray *remarks_letters_to(struct db *db, const char *address, struct err *e);
GPtrArray *remarks_letters_by(struct db *db, row_id person, struct err *e);
/* How many letters (or answers, by KIND) there were about IDEA since then, how many letters of PERSON. */
bool remarks_count_of_idea(struct db *db, row_id idea, enum remark_kind kind, gint64 since, gint64 *n_out, struct err *e);
bool remarks_count_of_writer(struct db *db, row_id person, gint64 since, gint64 *n_out, struct err *e);
void remark_free(struct remark *t); /* NULL is nothing */

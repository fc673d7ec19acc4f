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
/* About one hold, or by one person; oldest first; struct remark, owned. */
GPtrArray *remarks_of_hold(struct db *db, row_id hold, struct err *e);
GPtrArray *remarks_of_person(struct db *db, row_id person, struct err *e);
void remark_free(struct remark *t); /* NULL is nothing */

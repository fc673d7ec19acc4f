/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of phase; their titles are topics (store/topics.h).
 */
#pragma once

#include "base/err.h"
#include "forum/phase.h"

struct db;

/* All of them, by beginning; struct phase, owned. */
GPtrArray *phases_all(struct db *db, struct err *e);
struct phase *phases_by_name(struct db *db, const char *name, struct err *e);
bool phases_put(struct db *db, const struct phase *p, struct err *e);
/* Mails about another end of the phase of that name that did not leave yet are not sent any more; *END_OUT becomes the end that who should
 * have got them knows, and stays what it was if there were none. */
bool phases_untold(struct db *db, const char *name, gint64 *end_out, struct err *e);
/* A mail that P ends on another day than BEFORE, to members, authors and followers of open ideas of its forum, one each; to who reads digests
 * in the next of them. */
bool phases_tell(struct db *db, const struct phase *p, gint64 before, gint64 due_at, gint64 now, struct err *e);

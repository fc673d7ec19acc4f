/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of duty: who moderates which forum when, who is away.
 */
#pragma once

#include "base/err.h"
#include "forum/duty.h"

struct db;

bool duties_add(struct db *db, const struct duty *d, struct err *e);
/* Of FORUM (0 all) that are not over at NOW, by forum and beginning; struct duty, owned. */
GPtrArray *duties_of_forum(struct db *db, row_id forum, gint64 now, struct err *e);
/* Of PERSON, all that is kept. */
GPtrArray *duties_of_person(struct db *db, row_id person, struct err *e);
/* Those of KIND of PERSON in FORUM that touch [FROM, TO), TO 0: no end. */
bool duties_remove(struct db *db, row_id forum, row_id person, enum duty_kind kind, gint64 from, gint64 to, gint64 *n_out,
                   struct err *e);
/* What was over before BEFORE. */
bool duties_forget(struct db *db, gint64 before, struct err *e);
/* Everybody who may decide about what waits in FORUM, but the author of POST (0 nobody's) or of an idea of its discussion, merged ones
 * among them; was_asked: about HOLD. struct shift;
 * caller owns. Whoever's mailbox refuses our mails counts as away. */
GArray *duties_shifts(struct db *db, row_id forum, row_id post, row_id hold, gint64 now, struct err *e);
/* PERSON is away from FORUM: of what nobody who is there was asked about it is time to ask others. */
bool duties_hand_over(struct db *db, row_id forum, row_id person, gint64 now, struct err *e);

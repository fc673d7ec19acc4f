/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ideas about which nothing is heard: the last sign of an idea is its publication, a step of who leads its forum or of an office, or an official answer,
 * whichever came last.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* A mail at DUE to each author of an open idea without a sign since BEFORE; once a silence (what was dropped since something happened
 * told of none), LIMIT_SILENCES of them in LIMIT_SILENCE_S, and only while
 * a phase runs or a day is set for the next step. */
bool silence_tell_authors(struct db *db, gint64 before, gint64 due, gint64 now, gint64 *n_out, struct err *e);
/* Was nothing heard of IDEA since BEFORE, as that mail takes it? */
bool silence_is_of(struct db *db, row_id idea, gint64 before, bool *out, struct err *e);
/* A mail to each lead and office of a forum where an idea waits without a sign since BEFORE, or anything else does, or who had none for
 * LIMIT_NOTHING_WAITS_S; unless they had one since AGO. */
bool silence_tell_offices(struct db *db, gint64 before, gint64 ago, gint64 now, gint64 *n_out, struct err *e);
/* How long it took, in seconds (gint64 each), from publication to the first step or official answer, and to the first official answer,
 * of FORUM's ideas published since SINCE, where it came. Both arrays are filled. */
bool silence_first_signs(struct db *db, row_id forum, gint64 since, GArray *reactions, GArray *answers, struct err *e);
struct silence_counts {
    gint64 n_held, n_drafts; /* wait for a moderator, for a second person */
    gint64 n_late;           /* came out of their phase, and wait for another one */
    gint64 n_expired;        /* nobody confirmed, since SINCE */
};
bool silence_held(struct db *db, row_id forum, gint64 since, struct silence_counts *out, struct err *e);
/* Open ideas of FORUM whose next step is due in (NOW, BEFORE], the first first, at most MOST; struct idea, owned. */
GPtrArray *silence_deadlines(struct db *db, row_id forum, gint64 now, gint64 before, gint64 most, struct err *e);
/* Those ideas of FORUM, the oldest first, at most MOST; struct idea, owned. */
GPtrArray *silence_waiting(struct db *db, row_id forum, gint64 before, gint64 most, struct err *e);

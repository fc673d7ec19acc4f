/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests: ranges of posts a person was told, made before they are sent; how far publication had come; who is told what.
 */
#pragma once

#include "base/err.h"
#include "forum/digest.h"

struct db;

/* Posts in D (struct post): published, in forums where its reader takes that delivery, not their own, place in (from, to], come
 * since they are told that way, not of an idea they said STOPP to, ring members only where they are a member of role member or
 * above; and what was joined to it since it was too much to be told one by one. Grouped by forum, idea, place; without their texts, of
 * which a digest shows few. forum/digest.h chooses by the same conditions. */
GPtrArray *digests_posts(struct db *db, const struct digest *d, struct err *e);
/* The same posts for whomever, and what their choice hangs on: all that are public, places in (from, to], in the same order. */
struct digest_news_post {
    struct post post; /* without text and language; owns nothing */
    struct digest_post about;
};
GArray *digests_range(struct db *db, gint64 from, gint64 to, struct err *e);
/* struct digest_reader: the person's places in forums, with how they are told there; hours and last digests are not. */
GArray *digests_places(struct db *db, row_id person, struct err *e);
/* Row and its notice in one; *MADE_OUT false if the range exists already. */
bool digests_add(struct db *db, struct digest *d, const struct notice *n, bool *made_out, struct err *e);
struct digest *digests_by_id(struct db *db, row_id id, struct err *e);
/* What its mail shows (digest_shown_add()), noted when it was sent. */
bool digests_set_entries(struct db *db, row_id id, const char *entries, struct err *e);
/* NULL: not sent yet, by an older program, or the database failed. Caller frees. */
char *digests_entries(struct db *db, row_id id, struct err *e);
/* Looks at up to MOST behind AFTER (0: from the first) and deletes those of them made before BEFORE, but the last one of each
 * person and delivery, and what a waiting text or a mail on its way names. Mails that were sent forget which digest they were.
 * *LAST_OUT: the last one looked at if it was that old, 0: all are done. Inside a transaction. */
bool digests_forget(struct db *db, gint64 before, row_id after, gint64 most, row_id *last_out, gint64 *n_out, struct err *e);
/* People with at least one forum by that delivery (struct person), for the clock. */
GPtrArray *digests_people(struct db *db, enum delivery delivery, struct err *e);

/* ---- For choosing who is told what, without reading a text. */
/* struct digest_post with places in (from, to], ascending. */
GArray *digests_new_posts(struct db *db, gint64 from, gint64 to, struct err *e);
/* struct digest_reader: every place in a forum by that delivery of people who can be reached, by person. */
GArray *digests_readers(struct db *db, enum delivery delivery, struct err *e);
/* Ids (row_id) of the ideas the person said STOPP to. */
GArray *digests_stopped(struct db *db, row_id person, struct err *e);
/* Place of the newest post that came before AT; 0 none, -1 failure. */
gint64 digests_place_at(struct db *db, gint64 at, struct err *e);

/* How far publication had come in the hour SLOT_AT; made from what is true now if there is none yet, and moved to it
 * while the hour lasts (IS_NOW). Inside a transaction. *DONE_OUT (may be NULL): digests_cut_done() was called for it and
 * nothing is new. -1 failure. */
gint64 digests_cut(struct db *db, enum delivery delivery, gint64 slot_at, bool is_now, bool *done_out, struct err *e);
/* Marks the hour and forgets those before OLDEST. */
bool digests_cut_done(struct db *db, enum delivery delivery, gint64 slot_at, gint64 oldest, gint64 now, struct err *e);

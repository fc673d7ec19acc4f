/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Notices: the queue of mails we owe. Claimed in batches by index, never scanned.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

bool notices_add(struct db *db, const struct notice *n, row_id *id_out, struct err *e); /* state due; id_out may be NULL */
/* Due at NOW to PERSON (0: nobody, and nothing is added), about H, its forum and its idea. */
bool notices_add_of_hold(struct db *db, enum purpose purpose, row_id person, const struct hold *h, const char *detail, gint64 now,
                         struct err *e);
/* One "post" notice to every person who is told of POST at once: followers of its idea, and the forum's members
 * with delivery each (only members if the ring is members); never its author, nobody twice, nobody suspended. */
/* To everybody who is told of IDEA, but the person BUT: STEP happened to it. Who is owed such a mail already reads it there; who reads
 * digests of its forum, and is no author of it, in the next of them. FOR_OTHERS: its author has a mail of their own. */
bool notices_add_news(struct db *db, row_id idea, row_id step, row_id but, bool for_others, gint64 due_at, gint64 now,
                      struct err *e);
/* The same for the office of its forum, whether it follows or not. */
bool notices_add_news_for_office(struct db *db, row_id idea, row_id step, gint64 due_at, struct err *e);
/* What waits for the digests of people with DELIVERY, by person. */
struct for_digest {
    row_id person_id, id; /* of the notice */
};
GArray *notices_for_digest(struct db *db, enum delivery delivery, struct err *e);
/* News of several ideas for PERSON: what waits, by number of the idea, at most MOST; how many mails told of any in [SINCE, NOW], MOST at
 * most, and when the last one left; what waits is not due before AT; the notice ID is told with others, by the mail of DIGEST;
 * all that this mail tells of (struct notice), the reader's own ideas first. */
GArray *notices_news_waiting(struct db *db, row_id person, gint64 most, struct err *e);
bool notices_news_told(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, gint64 *n_out, gint64 *last_out,
                       struct err *e);
/* Does one mail of several ideas wait for PERSON, or leave right now? */
bool notices_news_on_way(struct db *db, row_id person, bool *found_out, struct err *e);
/* What forums brought to PERSON (struct forum_mail, of forum/rates.h) in [SINCE, NOW], what leaves right now before it: the newest first, MOST at most of what was sent.
 * The digest that waits for them, of posts that are not told one by one; 0 none. */
GArray *notices_told_lately(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e);
/* Ids of the mails about one waiting text each that PERSON was sent in [SINCE, NOW], or is being sent; MOST at most. */
GArray *notices_asked_lately(struct db *db, row_id person, gint64 since, gint64 now, gint64 most, struct err *e);
/* ID is not sent, a list tells of it. The last list of FORUM to PERSON: does it wait, or when did it leave (*AT_OUT; 0 there is none)? */
bool notices_listed(struct db *db, row_id id, struct err *e);
bool notices_last_list(struct db *db, row_id person, row_id forum, bool *waits_out, gint64 *at_out, struct err *e);
bool notices_digest_waiting(struct db *db, row_id person, row_id *digest_out, struct err *e);
bool notices_news_put_off(struct db *db, row_id person, gint64 at, struct err *e);
bool notices_join(struct db *db, row_id id, row_id digest, struct err *e);
GPtrArray *notices_joined(struct db *db, row_id digest, struct err *e);
bool notices_add_for_post(struct db *db, row_id post, gint64 now, gint64 *n_out, struct err *e);
/* Marks at most MOST due ones claimed and returns them (struct notice), streams in order, then oldest first; of each stream
 * at most what MOST_OF says, which has N_STREAMS numbers. */
GPtrArray *notices_claim(struct db *db, gint64 now, gint64 most, const gint64 *most_of, struct err *e);
/* What became of a claimed one. SENT / FAILED / DROPPED end it; DUE puts it back with due_at, n_tries + 1. */
bool notices_record(struct db *db, row_id id, enum notice_state state, gint64 at, const char *reply, struct err *e);
/* A claimed one that was not tried is due at AT. */
bool notices_postpone(struct db *db, row_id id, gint64 at, struct err *e);
/* A claimed one that was not tried is due as before. */
bool notices_return(struct db *db, row_id id, struct err *e);
/* Claims of a dispatcher that is gone are due again (called when dispatch starts; it is the only one). */
bool notices_release_claims(struct db *db, gint64 *n_out, struct err *e);
/* Notices of a post that were dropped for REASON are due again. */
bool notices_revive(struct db *db, row_id post, const char *reason, struct err *e);
/* And those that a mail to one reader about several should have told, which left while the post, taken back at TAKEN_AT, was not public. */
bool notices_revive_joined(struct db *db, row_id post, gint64 taken_at, struct err *e);
/* The same for questions about texts that still wait below IDEA. */
bool notices_revive_questions(struct db *db, row_id idea, const char *reason, struct err *e);
/* Of at most MOST ended ones that were due at BEFORE or earlier: address, detail and reply are deleted, or the whole
 * row. *N_OUT: of how many. */
bool notices_forget_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e);
bool notices_delete_over(struct db *db, gint64 before, gint64 most, gint64 *n_out, struct err *e);
/* The mail by which PERSON was told of POST one by one; NULL none. */
struct notice *notices_about_post(struct db *db, row_id post, row_id person, struct err *e);
struct notice *notices_by_id(struct db *db, row_id id, struct err *e);
/* The mail of PURPOSE about HOLD is not sent any more, for REASON; *CHANGED_OUT false: it was, or never was owed. */
bool notices_take_back(struct db *db, row_id hold, enum purpose purpose, const char *reason, bool *changed_out, struct err *e);
/* To whom mails of PURPOSE about HOLD went or go (row_id). */
GArray *notices_readers_of_hold(struct db *db, row_id hold, enum purpose purpose, struct err *e);
/* Was a mail of PURPOSE about HOLD ever owed? */
bool notices_is_owed(struct db *db, row_id hold, enum purpose purpose, bool *out, struct err *e);
/* Its detail becomes DETAIL if it is BEFORE; *CHANGED_OUT says whether it was. */
bool notices_set_detail(struct db *db, row_id id, const char *before, const char *detail, bool *changed_out, struct err *e);
/* Automatic answers to MAILBOX (gateway_mailbox()) in [SINCE, NOW]: all, and of PURPOSE. IS_OWN: the writer
 * proves to be its owner; then all is without those to commands and texts that came back. */
bool notices_count_answers(struct db *db, gint64 mailbox, enum purpose purpose, bool is_own, gint64 since, gint64 now,
                           gint64 *n_all_out, gint64 *n_purpose_out, struct err *e);
/* Of them those about one HOLD of one PURPOSE, at most MOST. */
bool notices_count_answers_of_hold(struct db *db, gint64 mailbox, enum purpose purpose, row_id hold, gint64 since, gint64 now,
                                   gint64 most, gint64 *out, struct err *e);
/* The clock was set back: what is due after LATEST, news of ideas after LATEST_NEWS, is due NOW. */
bool notices_clamp(struct db *db, gint64 latest, gint64 latest_news, gint64 now, struct err *e);
typedef bool notices_each_fn(const struct notice *n, void *user);
/* To the person (0: nobody) or the address (as persons_key()). */
bool notices_each_of(struct db *db, row_id person, const char *address, notices_each_fn *each, void *user, struct err *e);
/* STATE NULL: due and claimed. */
bool notices_each(struct db *db, const char *state, notices_each_fn *each, void *user, struct err *e);
/* What is owed about posts and digests (not what answers somebody) is dropped; for after a backup was put back. */
bool notices_drop_news(struct db *db, gint64 *n_out, struct err *e);
bool notices_count(struct db *db, enum notice_state state, gint64 *n_out, struct err *e);
/* due_at of the next one of STREAM, 0 none, -1 failure. */
gint64 notices_next_due(struct db *db, enum stream stream, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds: what waits for its author's yes or for a moderator.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

struct hold *holds_by_id(struct db *db, row_id id, struct err *e);
struct hold *holds_review_of_post(struct db *db, row_id post, struct err *e);
/* The open one of that kind about a post; NULL none. */
struct hold *holds_open_of_post(struct db *db, row_id post, enum hold_kind kind, struct err *e);
/* A decided one waits again; title and text are H's. */
bool holds_reopen(struct db *db, const struct hold *h, struct err *e);
bool holds_add(struct db *db, const struct hold *h, row_id *id_out, struct err *e);
/* An open one of KIND about IDEA, with no text of its own, to who has ADDRESS (a key): for holds_add(). Borrows ADDRESS. */
struct hold holds_to(const struct idea *idea, enum hold_kind kind, const char *address, gint64 now);
/* Decides an open hold once: state, decided_at, decided_by, reason, post; its text and title are emptied, for the post
 * has them, or nobody shall. *CHANGED_OUT is false if it was decided before (doing it twice does no harm). */
bool holds_decide(struct db *db, const struct hold *h, bool *changed_out, struct err *e);
/* Of one that was decided: what it was about, for who decides about a complaint; kept until BEFORE, or until its post is deleted. */
bool holds_keep_text(struct db *db, row_id id, const char *text, struct err *e);
bool holds_forget_kept(struct db *db, gint64 before, struct err *e);
bool holds_forget_of_post(struct db *db, row_id post, struct err *e);
/* Was a passage taken out of POST, and is out? */
bool holds_is_redacted(struct db *db, row_id post, bool *out, struct err *e);
/* The same by a decision behind AFTER. */
bool holds_is_redacted_since(struct db *db, row_id post, row_id after, bool *out, struct err *e);
/* Of a hold that was just decided: by whom, and what became of it. */
bool holds_set_outcome(struct db *db, const struct hold *h, struct err *e);
/* Its author wanted it in H's ring, forum and discussion, and there it went. */
bool holds_set_place(struct db *db, const struct hold *h, struct err *e);
/* Its question is on its way. */
bool holds_set_asked(struct db *db, row_id id, gint64 now, struct err *e);
/* Nobody is asked yet: why, and when that is looked at again (0 never by itself). */
bool holds_set_waits(struct db *db, row_id id, enum wait why, gint64 ask_at, struct err *e);
/* The open question of MAILBOX whether its owner is for IDEA; NULL none. */
struct hold *holds_open_support(struct db *db, gint64 mailbox, row_id idea, struct err *e);
/* Open texts that no phase took when they came (struct hold), asked about or not, of FORUM (0 any), those after the hold AFTER (0: all),
 * in their order, at most MOST. */
GPtrArray *holds_late(struct db *db, row_id forum, row_id after, gint64 most, struct err *e);
/* Of one of them: nobody is asked (yet), for the reason WHY, and when it is over. */
bool holds_set_late(struct db *db, row_id id, enum wait why, gint64 expires_at, struct err *e);
/* Does a text of MAILBOX below that post wait for its author's yes, word for word TEXT? */
bool holds_has_same(struct db *db, gint64 mailbox, const struct post *parent, const char *text, bool *found_out, struct err *e);
/* The question to MAILBOX whether TEXT, which somebody of staff passed on, may appear in FORUM: is it open? *OUT 0: none is. */
bool holds_forwarded(struct db *db, gint64 mailbox, row_id forum, const char *text, row_id *out, struct err *e);
/* What time brings about, and when (0 never). */
bool holds_set_next(struct db *db, row_id id, enum next next, gint64 next_at, struct err *e);
/* The same, and the moderators' clock: since when it runs (0 it stands), and the seconds of working days that it ran before. */
bool holds_set_clock(struct db *db, row_id id, enum next next, gint64 next_at, gint64 runs_at, gint64 ran_s, struct err *e);
/* Those to which time brings something by NOW, at most MOST, oldest first (struct hold). */
GPtrArray *holds_next_due(struct db *db, gint64 now, gint64 most, struct err *e);
/* The clock was set back: what would be due after LATEST is due then. */
bool holds_clamp_next(struct db *db, gint64 latest, struct err *e);
/* An open review is FORUM's from now on, whose moderators were not asked yet. */
bool holds_move(struct db *db, row_id id, row_id forum, struct err *e);
/* All that waits of an idea goes with it; whoever moderates there is asked anew. */
bool holds_move_of_idea(struct db *db, row_id idea, row_id forum, gint64 now, struct err *e);
/* The same mail came again with proof. */
bool holds_set_proved(struct db *db, row_id id, struct err *e);
/* *CHANGED_OUT false: the whole text was sent before. */
bool holds_set_shown(struct db *db, row_id id, gint64 now, bool *changed_out, struct err *e);
/* Open confirmations of one mailbox (gateway_mailbox()) that came with or without proof; counted up to MOST. -1 failure. */
gint64 holds_count_open(struct db *db, gint64 mailbox, bool is_proved, gint64 most, struct err *e);
/* Those with proof that were asked about in [SINCE, NOW]. */
gint64 holds_count_asked(struct db *db, gint64 mailbox, gint64 since, gint64 now, gint64 most, struct err *e);
/* The next open confirmation of MAILBOX that was not asked yet: proved ones first, then the oldest. */
struct hold *holds_next_unasked(struct db *db, gint64 mailbox, struct err *e);
/* Those whose ask_at has come (struct hold), the oldest first, at most MOST. */
GPtrArray *holds_to_ask(struct db *db, enum hold_kind kind, bool is_proved, gint64 now, gint64 most, struct err *e);
/* Is anybody waiting for room under the ceiling of questions? Who comes later waits behind them. */
bool holds_queue(struct db *db, gint64 now, bool *waiting_out, struct err *e);
/* Open confirmations of older programs that name no mailbox yet, and the naming. */
GPtrArray *holds_without_mailbox(struct db *db, gint64 most, struct err *e);
bool holds_set_mailbox(struct db *db, row_id id, gint64 mailbox, struct err *e);
/* Of how many texts of MAILBOX the moderators of FORUM were asked in [SINCE, NOW], MOST at most. */
bool holds_count_reviews(struct db *db, row_id forum, gint64 mailbox, gint64 since, gint64 now, gint64 most, gint64 *n_out,
                         struct err *e);
/* Does a review of FORUM wait until its moderators are asked? MAILBOX 0: anybody's. */
bool holds_has_waiting_review(struct db *db, row_id forum, gint64 mailbox, bool *waits_out, struct err *e);
/* The clock was set back: what is to be looked at after LATEST is looked at NOW. */
bool holds_clamp_ask(struct db *db, enum hold_kind kind, bool is_proved, gint64 latest, gint64 now, struct err *e);
/* What would expire after LATEST, or LATE if it is a text that no phase took, expires then. */
bool holds_clamp_expiry(struct db *db, gint64 latest, gint64 late, struct err *e);
GPtrArray *holds_of_address(struct db *db, const char *address, struct err *e); /* struct hold */
GPtrArray *holds_open(struct db *db, struct err *e);                            /* struct hold, oldest first */
/* What waits for PERSON, oldest first (struct hold): texts where they moderate (members_moderators()), drafts of official answers
 * where they could be the second person (members_seconds()), their own among them. */
GPtrArray *holds_for_staff(struct db *db, row_id person, struct err *e);
/* What waits in FORUM and PERSON, who moderates there, did not write: struct hold, of kind review, the oldest first, at most MOST; of all of
 * it *N_OUT. */
GPtrArray *holds_listed(struct db *db, row_id forum, row_id person, gint64 most, gint64 *n_out, struct err *e);
/* Was PERSON asked, as one who moderates or in their place, about that text? */
bool holds_was_asked(struct db *db, row_id id, row_id person, bool *asked_out, struct err *e);
/* Was PERSON asked to release that draft? */
bool holds_was_sent(struct db *db, row_id id, row_id person, bool *sent_out, struct err *e);
/* An open one: it says TEXT now, which PERSON wrote (decided_by, until it is decided); it ends then. */
bool holds_revise(struct db *db, row_id id, const char *text, row_id person, struct err *e);
bool holds_set_expiry(struct db *db, row_id id, gint64 expires_at, struct err *e);
/* The roles of those who were sent it to decide (gint64, enum role); caller owns. */
GArray *holds_asked(struct db *db, row_id id, struct err *e);
/* Refused ones about which somebody complained and nobody decided, oldest first (struct hold). */
GPtrArray *holds_complained(struct db *db, struct err *e);
/* Refused ones about which somebody complained and nobody decided, in forums where PERSON is staff, oldest first (struct hold). */
GPtrArray *holds_complaints(struct db *db, row_id person, struct err *e);
/* Open ones whose time is over, at most MOST, oldest first (struct hold). */
GPtrArray *holds_over(struct db *db, gint64 now, gint64 most, struct err *e);
bool holds_count_over(struct db *db, gint64 before, gint64 *n_out, struct err *e);
/* Empties texts and address of a decided one, and what its notices say about people. */
bool holds_forget(struct db *db, row_id id, struct err *e);

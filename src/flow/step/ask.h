/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When a person is asked whether a text is theirs (or whether they take one back), and when they are not: nobody may be bombed with questions by writing
 * in their name, and nobody's own mail may wait unasked behind what others wrote. Every open hold either has its
 * question on the way, or says why not (hold.waits) and when that is looked at again. Inside the caller's transaction.
 *
 * A mail that came with proof (T1) is always asked about, word for word. For the others: one question a day to a
 * mailbox, none for 30 days after STOPP, and a ceiling an hour for all of them ([intake] questions_per_hour).
 */
#pragma once

#include "flow/gateway.h"

/* H is stored, open, not asked yet. MAY_REPLY: a machine may answer the mail it came with. */
bool ask_author(struct gateway *g, const struct hold *h, bool may_reply, gint64 now, struct err *e);
/* H, asked about when it came unproved, came again with proof: it is asked about word for word. */
bool ask_with_proof(struct gateway *g, const struct hold *h, bool may_reply, gint64 now, struct err *e);
/* Somebody said yes from that mailbox: what else waits for it is asked about, one at a time. */
bool ask_next(struct gateway *g, gint64 mailbox, gint64 now, struct err *e);
/* H takes the place of a text that its author answered with another one: asked at once, for they wrote from that mailbox. */
bool ask_again(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* ZEIGEN: the whole text of H, once. */
bool ask_show(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* STOPP to the question about H: nobody asks there for LIMIT_STOPPED_S unless a mail comes with proof. */
bool ask_stopped(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* NEIN to the question about H: whoever says that a text is wrong may send the right one and be asked about it at once.
 * Each answer allows one more question, so that nobody else can make us ask more often. */
bool ask_answered(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* Of any other question: may MAILBOX be sent one now, and it is noted that it was; *IS_TURN_OUT false: later. */
bool ask_takes_turn(struct gateway *g, gint64 mailbox, bool is_proved, gint64 now, bool *is_turn_out, struct err *e);
/* By the clock: asks where the turn has come. Transactions of its own. */
bool ask_due(struct gateway *g, gint64 now, gint64 *n_asked_out, struct err *e);

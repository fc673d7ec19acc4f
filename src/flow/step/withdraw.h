/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An author takes a contribution back, and may undo that for LIMIT_UNDO_DAYS; then the clock deletes it. Of an idea title and
 * text go, what others wrote stays, and the number keeps a stub. Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

/* May its author take it back at all: it is public, waits, is hidden or was rejected. */
bool withdraw_is_possible(const struct post *p);
/* Asks the author of P by mail whether they mean it, unless that question is open already; when, says flow/step/ask.h. MESSAGE:
 * the mail in which somebody who could not be proved said so. HAS_TOKEN: by an address that only the author was sent. */
bool withdraw_ask(struct gateway *g, const struct post *p, row_id message, bool has_token, gint64 now, row_id *hold_out,
                  struct err *e);
/* Not public from now on; the author is told how to undo it. MESSAGE 0: not by mail. */
bool withdraw_post(struct gateway *g, const struct post *p, row_id message, gint64 now, struct err *e);
/* The same, and its author is for OTHER now (IS_NEW: since this MESSAGE), which undoing takes back as well; one mail tells both. */
bool withdraw_instead(struct gateway *g, const struct post *p, const struct idea *other, bool is_new, row_id message, gint64 now,
                      struct err *e);
/* The answer to a question of kind withdraw, or to the receipt of a withdrawal (undo); H is open. */
bool withdraw_answered(struct gateway *g, const struct hold *h, row_id message, gint64 now, row_id *post_out, struct err *e);
/* For who takes P down otherwise: nobody has to decide about it any more; it is there again, and its author told. */
bool withdraw_end_questions(struct gateway *g, const struct post *p, gint64 now, struct err *e);
/* The same, done by somebody of the staff, with their reason. */
struct idea_change;
bool withdraw_restore_by(struct gateway *g, const struct post *p, const struct idea_change *by, gint64 now, struct err *e);
bool withdraw_restore(struct gateway *g, const struct post *p, gint64 now, struct err *e);
/* The withdrawal of P is undone, if it can be. */
bool withdraw_undo(struct gateway *g, const struct post *p, gint64 now, struct err *e);

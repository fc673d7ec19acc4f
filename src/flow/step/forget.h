/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deleting what was promised to be deleted, inside the caller's transaction: everything that had to do with a text, in
 * whatever table and file it lies. What cannot be done inside a transaction is left to the clock (store/leftovers.h),
 * which needs seconds for it.
 */
#pragma once

#include "flow/gateway.h"

/* The waiting text H (decided; nothing became of it), the mail that it came with, every answer to the question and
 * every delivery report about it, and the address. */
bool forget_hold(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* The text of a post that is not public any more, an idea's title, all mails that had to do with it. A stub stays:
 * number, author, times. */
bool forget_post(struct gateway *g, row_id post, gint64 now, struct err *e);
/* TEXT, an answer to PARENT (0 none) that waited, without what it quotes if *IS_GONE_OUT: nobody knows any more what PARENT said. What
 * others took back and may bring back is left out when it is published (store/unsaid.h). Caller frees. */
char *forget_answered_in(struct gateway *g, const char *text, row_id parent, bool *is_gone_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail often comes more than once: delivered twice, by Bcc, through a list. One mail is one post, so a second copy
 * changes nothing, unless it is the stronger one: a person's where the first was a machine's, with proof where the first
 * had none. Then it is decided anew, for a list's copy or somebody's forgery must not swallow the genuine mail.
 */
#pragma once

#include "flow/gateway.h"
#include "store/messages.h"

/* The verdicts of the weaker copy MESSAGE that stand (struct recipient_verdict): what was published, what waits for a
 * moderator, what was commanded. *OPEN_OUT: its text that still waits for its author's yes; NULL none; caller frees. */
GPtrArray *copy_standing_verdicts(struct gateway *g, row_id message, struct hold **open_out, struct err *e);
/* Is it the text of H that the stronger copy brings to that place? H may be NULL. */
bool copy_is_text_of(const struct hold *h, row_id forum, row_id idea, const char *title, const char *text);
/* The text of H came again with proof and became POST: nobody needs to say yes to H any more. */
bool copy_supersede(struct gateway *g, const struct hold *h, row_id post, row_id person, gint64 now, struct err *e);

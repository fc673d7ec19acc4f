/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The operator takes a contribution down, for a while (hide) or for good (remove), or brings it back. Its author is told
 * the reason and how to complain. Inside the caller's transaction; at once for everything that is not sent yet.
 */
#pragma once

#include "flow/gateway.h"

/* STATE: POST_HIDDEN or POST_REMOVED. REASON: the author reads it, too. ERR_RULE if P is neither public nor waits nor
 * hidden. */
bool takedown_post(struct gateway *g, const struct post *p, enum post_state state, const char *reason, gint64 now, struct err *e);
/* Of one that is hidden or removed and whose text is there. */
bool takedown_undo(struct gateway *g, const struct post *p, gint64 now, struct err *e);

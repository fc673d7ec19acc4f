/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The operator takes a contribution down, for a while (hide) or for good (remove), or brings it back; who moderates its forum, or sits
 * in its office, removes it. Its author is told the reason and how to complain. Inside the caller's transaction; at once for everything that is not sent yet.
 */
#pragma once

#include "flow/step/idea_step.h"

/* STATE: POST_HIDDEN or POST_REMOVED. REASON: the author reads it, too. ERR_RULE if P is neither public nor waits nor
 * hidden. */
bool takedown_post(struct gateway *g, const struct post *p, enum post_state state, const char *reason, gint64 now, struct err *e);
/* C: who does it, in which capacity, with a reason that author and public read; what else stands in C is not looked at. *FOUND_OUT:
 * LIFE_GRANTED if it is removed; else nothing was changed. LIFE_NOT_YOURS also of one's own text, and of an official answer to who is not of
 * the office; LIFE_NO_STEP: it is not public. */
bool takedown_by_staff(struct gateway *g, const struct post *p, const struct idea_change *c, gint64 now,
                       enum life_answer *found_out, struct err *e);
/* The same for bringing back what was removed: LIFE_NOT_YOURS to the moderator who removed it; LIFE_NO_REASON without one; LIFE_NO_STEP: it was not removed, or its text is gone. */
bool takedown_undo_by_staff(struct gateway *g, const struct post *p, const struct idea_change *c, gint64 now,
                            enum life_answer *found_out, struct err *e);
/* Of one that is hidden or removed and whose text is there; what was removed comes back for a REASON that its author and the public read
 * (NULL: none). */
bool takedown_undo(struct gateway *g, const struct post *p, const char *reason, gint64 now, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who hears of a post, and when: its readers at once or, beyond the rates of forum/rates.h, in one mail with others in the
 * morning; the moderators of a post that waits for them at once or when there is room. Inside the caller's transaction
 * where nothing else is said.
 */
#pragma once

#include "flow/gateway.h"

/* P is public now. */
bool announce_post(struct gateway *g, const struct post *p, row_id forum, gint64 now, struct err *e);
/* H (open, review, stored, nobody asked yet) by FORUM's moderators. *ASKED_OUT false: they will be when there is room.
 * *IS_FIRST_OUT then: the first of its author's that has to wait. */
bool announce_review(struct gateway *g, const struct hold *h, const char *forum_name, const char *forum_title, gint64 now,
                     bool *asked_out, bool *is_first_out, struct err *e);
/* The moderators of H hear of it once more, since something became known: who has duty now, and ALSO (0 nobody), who asked. */
bool announce_again(struct gateway *g, const struct hold *h, enum purpose purpose, row_id also, gint64 now, struct err *e);
/* Nobody decided about H: others are asked, too. */
bool announce_to_deputies(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* Still nobody: who leads the forum and its office hear of it, and may decide. */
bool announce_late(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* By the clock, in transactions of its own: digests of what was late, moderators who have room. */
bool announce_due(struct gateway *g, gint64 now, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wishes: the question to the owner of an address, and what a yes brings about. Inside the caller's transaction. One question of a
 * kind to an address a day; to an address that nothing proved the limits of flow/step/ask.h hold, and the clock asks when its turn
 * comes.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/wish.h"

/* W: kind, written, other, person, message, language, is_proved. Its owner is asked, unless they were within the day. */
bool wish_ask(struct gateway *g, const struct wish *w, gint64 now, struct err *e);
/* W: the same, and other, told, forum_id, idea_id, post_id: orders of somebody who is proved. Asked each time, with what was told about
 * them; of more than LIMIT_ORDERS_ASKED that wait for one address the oldest are over. IS_CHANGED: because somebody else led one of
 * their ideas on. */
bool wish_ask_order(struct gateway *g, const struct wish *w, bool is_changed, gint64 now, struct err *e);
/* By the clock: asks whose turn has come; *N_OUT: how many. */
bool wish_ask_waiting(struct gateway *g, gint64 now, guint *n_out, struct err *e);
/* Of a second address: the person's own yes asks the other one; the other one's makes it theirs. *DONE_OUT what to tell, static: "half",
 * "address", or "taken" (it belongs to somebody who takes part already); "" nothing. */
bool wish_add_address(struct gateway *g, const struct wish *w, row_id message, gint64 now, const char **done_out, struct err *e);

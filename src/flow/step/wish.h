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
/* W: the same, of anybody: words that change something, from somebody whom nothing proves. Asked in turn; what already waits is asked once.
 * *TAKEN_OUT false: LIMIT_ORDERS_ASKED of them wait, and this one is not kept, or whoever forges mails could push out what its owner meant. */
bool wish_ask_command(struct gateway *g, const struct wish *w, gint64 now, bool *taken_out, struct err *e);
/* Who said yes to W, an order: found, made confirmed, or made. *PERSON_OUT 0: the address is nobody's any more, as it was when W was asked. */
bool wish_person(struct gateway *g, const struct wish *w, gint64 now, row_id *person_out, struct err *e);
/* By the clock: asks whose turn has come; *N_OUT: how many. */
bool wish_ask_waiting(struct gateway *g, gint64 now, guint *n_out, struct err *e);
/* Of a second address: the person's own yes asks the other one; the other one's makes it theirs. *DONE_OUT what to tell, static: "half",
 * "address", or "taken" (it belongs to somebody who takes part already); "" nothing. */
bool wish_add_address(struct gateway *g, const struct wish *w, row_id message, gint64 now, const char **done_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A proposal is made of ideas and takes them along, wherever it goes; whoever follows or supports one of them hears of each step by
 * the mail about that idea. In the caller's transaction.
 */
#pragma once

#include "flow/step/idea_step.h"

/* IDEAS: row_id, at least one, each open, public and part of no other. *ID_OUT: its number. ERR_RULE or ERR_ABSENT with a sentence. */
bool proposal_begin(struct gateway *g, const struct forum *forum, const char *title, const GArray *ideas, gint64 now,
                    row_id *id_out, struct err *e);
/* One step on, or back where the life of ideas knows that; DISCUSSION is the proposal's. What was withdrawn or removed meanwhile stays
 * where it is. *FOUND_OUT: LIFE_GRANTED if it was done. */
bool proposal_lead(struct gateway *g, row_id proposal, const struct idea *discussion, enum idea_state to, const char *reason,
                   gint64 now, enum life_answer *found_out, struct err *e);
/* proposal, adopted, in_progress, done, not_pursued. */
bool proposal_is_state(enum idea_state s);

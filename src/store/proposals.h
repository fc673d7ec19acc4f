/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Proposals: a number of its own, the discussion that it is (a row of idea, which has title, forum, state, posts, who follows it and
 * who is for it), and the ideas that it is made of.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

bool proposals_add(struct db *db, row_id discussion, gint64 now, row_id *id_out, struct err *e);
/* An idea is part of one proposal. */
bool proposals_add_idea(struct db *db, row_id proposal, row_id idea, struct err *e);
/* The draft is public from now on: DISCUSSION is what it is, and where it was discussed is remembered. */
bool proposals_publish(struct db *db, row_id proposal, row_id discussion, struct err *e);
bool proposals_drop_idea(struct db *db, row_id proposal, row_id idea, struct err *e);
/* The one that an idea is part of, be it a draft that only members may know of; 0 none. */
bool proposals_draft_of_idea(struct db *db, row_id idea, row_id *out, struct err *e);
/* *OUT 0: none. The idea that the proposal is; the public proposal that an idea is part of; the one that it is the discussion of. */
bool proposals_discussion(struct db *db, row_id proposal, row_id *out, struct err *e);
bool proposals_of_idea(struct db *db, row_id idea, row_id *out, struct err *e);
bool proposals_of_discussion(struct db *db, row_id idea, row_id *out, struct err *e);
/* Numbers, smallest first: of the ideas that it is made of; of all proposals. */
GArray *proposals_ideas(struct db *db, row_id proposal, struct err *e);
GArray *proposals_all(struct db *db, struct err *e);

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
/* An idea may be part of several. */
bool proposals_add_idea(struct db *db, row_id proposal, row_id idea, struct err *e);
/* The draft is public from now on: DISCUSSION is what it is, and where it was discussed is remembered. */
bool proposals_publish(struct db *db, row_id proposal, row_id discussion, struct err *e);
/* And no more, while it is reworked in the members' DISCUSSION. */
bool proposals_rework(struct db *db, row_id proposal, row_id discussion, struct err *e);
/* *OUT 0: none. Where its members discussed it while it was a draft; what it was to the public, and is again, while it is reworked. */
bool proposals_inner(struct db *db, row_id proposal, row_id *out, struct err *e);
bool proposals_public(struct db *db, row_id proposal, row_id *out, struct err *e);
bool proposals_drop_idea(struct db *db, row_id proposal, row_id idea, struct err *e);
/* Numbers, smallest first: of all that an idea, or one of its group, is part of; with the drafts, which only members may know of, or not. */
GArray *proposals_all_of_idea(struct db *db, row_id idea, bool has_drafts, struct err *e);
bool proposals_has_idea(struct db *db, row_id proposal, row_id idea, bool *out, struct err *e);
/* *OUT 0: none. The idea that the proposal is; the public proposal that an idea is part of, of several
 * the furthest, of what is over one that is not pursued; the one that it is the discussion of. */
bool proposals_discussion(struct db *db, row_id proposal, row_id *out, struct err *e);
bool proposals_of_idea(struct db *db, row_id idea, row_id *out, struct err *e);
bool proposals_of_discussion(struct db *db, row_id idea, row_id *out, struct err *e);
/* Is IDEA what a proposal was to the public, and will be again, which its members rework just now? */
bool proposals_is_reworked(struct db *db, row_id idea, bool *out, struct err *e);
/* Numbers, smallest first: of the ideas that it is made of; of all proposals. */
GArray *proposals_ideas(struct db *db, row_id proposal, struct err *e);
GArray *proposals_all(struct db *db, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `--json` says of an idea, and of the discussion that a proposal is: participation by name, never an address.
 */
#pragma once

#include "cmd/door.h"
#include "forum/model.h"

/* number, ref, forum, forums, title, state, ring, supporters, proposal: what `idea list` and `idea show` have in common. */
bool show_idea_head(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e);
/* The rest of `idea show`. */
bool show_idea_rest(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e);
/* history and posts. IS_PROPOSAL: its states have names of their own. With --all also what is not public, and which mail said so. */
bool show_history(JsonBuilder *b, struct door *d, const struct idea *idea, bool is_proposal, struct err *e);
bool show_posts(JsonBuilder *b, struct door *d, const struct idea *idea, struct err *e);
/* Its title is nobody's to read any more. */
bool show_is_taken(const struct idea *idea);
/* What only members read, and --all was not given: no posts. */
bool show_is_inner(const struct door *d, const struct idea *idea);
/* One member of the object: numbers (row_id; NULL: none). */
void show_numbers(JsonBuilder *b, const char *name, const GArray *ids);

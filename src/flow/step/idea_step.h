/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way in which an idea's state changes: the table says whether (forum/life.h), then state, history, journal and what is
 * owed to author and followers are written together, in the caller's transaction.
 */
#pragma once

#include "flow/step/idea_change.h"

/* Of a group whose lead is withdrawn or removed the oldest other is the lead; who comes back comes back alone.
 * A proposal takes its ideas along, and what is part of one that lives is led by it alone (LIFE_IN_PROPOSAL).
 * *FOUND_OUT: LIFE_GRANTED if it was done; else nothing was changed. False: the database failed. */
bool idea_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
               struct err *e);
/* A step, where a refusal is an error. */
bool idea_must_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e);
/* Each idea of PROPOSAL, which is called TITLE, goes where the furthest living one of its proposals stands; if none of them lives it ends as
 * HOW's TO says (not pursued), or is in deliberation again. What was withdrawn, removed or merged meanwhile stays where it is until it comes
 * back, and goes there then. False: the database failed. */
bool idea_take_along(struct gateway *g, row_id proposal, const char *title, const struct idea_change *how, gint64 now,
                     struct err *e);
/* The same for one idea, which was taken into PROPOSAL, or out of it. Whoever follows it hears of that even if it leads nowhere. */
bool idea_join(struct gateway *g, row_id idea, row_id proposal, const char *title, bool is_in, const struct idea_change *how,
               gint64 now, struct err *e);

/* The idea NUMBER, as somebody who leads IDEA may name it: what they could not read they cannot name. NULL: there is none. */
struct idea *idea_named(struct gateway *g, const struct idea *idea, row_id number, struct err *e);
/* NUMBER goes on with INTO, or no more. *FOUND_OUT as above; LIFE_NO_STEP also where INTO is not open, or would go on with it. */
bool idea_merge(struct gateway *g, const struct idea *idea, const struct idea *into, const struct idea_change *who, gint64 now,
                enum life_answer *found_out, struct err *e);
bool idea_unmerge(struct gateway *g, const struct idea *idea, const struct idea_change *who, gint64 now,
                  enum life_answer *found_out, struct err *e);

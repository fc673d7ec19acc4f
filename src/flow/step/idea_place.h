/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is told of an idea and is no step of its state: until when its next step is due, in which forums it stands.
 */
#pragma once

#include "flow/step/idea_step.h"
#include "store/forums.h"

/* Its next step is due before AT (0: no more said); who follows it is told. LIFE_NO_STEP: it is not open. */
bool idea_set_deadline(struct gateway *g, const struct idea *idea, gint64 at, const struct idea_change *who, gint64 now,
                       enum life_answer *found_out, struct err *e);
/* Shown in another forum, too, or no more; its home alone leads it. LIFE_IS_THERE: it is so; LIFE_NO_STEP: as below, or it stands there
 * by what it goes on with, or FORUM takes nothing any more. */
bool idea_show_in(struct gateway *g, const struct idea *idea, const struct forum *forum, bool shown,
                  const struct idea_change *who, gint64 now, enum life_answer *found_out, struct err *e);
/* To another forum; what was in deliberation is assigned there. LIFE_IS_THERE: it is that one; LIFE_NO_STEP: nobody may read
 * it, or only the members of its forum. */
bool idea_move(struct gateway *g, const struct idea *idea, const struct forum *to, const struct idea_change *who, gint64 now,
               enum life_answer *found_out, struct err *e);

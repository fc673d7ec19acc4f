/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What official.c asks of second.c about a hold of kind second without a post: a step that waits for a second person. The hold's title
 * is the state, its text the reason, its address the writer's. For flow/step alone.
 */
#pragma once

#include "flow/step/official.h"

bool second_may_decide(struct gateway *g, const struct hold *h, row_id person, enum official *found_out, struct err *e);
/* H was decided by BY in this transaction: the step. OFFICIAL_CHANGED: none leads there any more. */
bool second_make(struct gateway *g, const struct hold *h, row_id by, gint64 now, enum official *found_out, struct err *e);
bool second_drop(struct gateway *g, const struct hold *h, const struct event *what, gint64 now, struct err *e);
/* PURPOSE to who asked. */
bool second_tell(struct gateway *g, const struct hold *h, enum purpose purpose, const char *reason, gint64 now, struct err *e);
/* Who wrote the draft, or asked for the step; 0 they are gone. */
bool second_writer(struct gateway *g, const struct hold *h, row_id *out, struct err *e);

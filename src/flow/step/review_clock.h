/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The moderators' clock of a text that waits: it counts seconds of working days ([moderation] hours, holidays) from when they were asked,
 * stands while its author is asked something, and begins anew where others are asked. What it brings leaves in office hours.
 * Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

/* H's moderators are asked now. */
bool review_clock_begin(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
/* NEXT comes when its time is over, as the clock of H runs. */
bool review_clock_set(struct gateway *g, const struct hold *h, enum next next, gint64 now, struct err *e);
/* It stands until the author answers, LIMIT_QUESTION_DAYS at most; and runs on. */
bool review_clock_stand(struct gateway *g, const struct hold *h, gint64 now, struct err *e);
bool review_clock_go_on(struct gateway *g, const struct hold *h, gint64 now, struct err *e);

/* SECONDS of working days after FROM, in office hours. */
gint64 review_clock_due(const struct gateway *g, gint64 from, gint64 seconds);

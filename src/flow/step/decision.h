/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody decided against a text that was public: it was removed, or a passage taken out. It is kept as a hold of kind review that
 * was refused (why: WHY_REMOVED, WHY_REDACTED), so its author answers the mail about it and complains as about any refusal
 * (flow/step/review.h). Inside the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"

struct decision_made { /* borrowed */
    const struct post *post;
    const struct idea *idea;
    enum why why;
    row_id by;          /* 0 the operator */
    const char *reason; /* as reason_read() takes it; NULL none was given */
    const char *text;   /* what stood there before, for who decides about a complaint; NULL the post has it */
    const char *title;  /* the same of the idea's title; NULL it stands */
};
/* *HOLD_OUT 0: its author cannot be written to any more. */
bool decision_add(struct gateway *g, const struct decision_made *d, gint64 now, row_id *hold_out, struct err *e);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SCHWÄRZEN: passages of somebody's text go, and the rest appears, or stays (forum/redact.h). They go from the post, its title, its earlier
 * versions, the lines of answers that quote them, and with that from search, pages, exports and every mail that is not sent yet. What stood
 * there is kept closed for a complaint, as long as texts that were removed. Inside the caller's transaction.
 */
#pragma once

#include "flow/step/idea_step.h"

enum redact {
    REDACT_DONE,
    REDACT_NO_PASSAGE, /* no passage is named, or one is not in the text */
    REDACT_NOT_YOURS, /* who moderates there redacts, or leads where nobody does; nobody their own text; an office its answers itself */
    REDACT_NOT_HERE, /* it is not public, does not wait, or cannot appear any more */
};

/* H waits for a moderator: what ARGUMENT names goes, the rest is published. */
bool redact_held(struct gateway *g, const struct hold *h, const char *argument, row_id moderator, gint64 now,
                 enum redact *found_out, struct err *e);
/* P is public. C: who does it, in which capacity. */
bool redact_post(struct gateway *g, const struct post *p, const struct idea_change *c, const char *argument, gint64 now,
                 enum redact *found_out, struct err *e);
/* A complaint about H (WHY_REDACTED) won: text and title as they were, if nothing was changed since, and no
 * passage taken out that is still out; else *DONE_OUT is false. */
bool redact_undo(struct gateway *g, const struct hold *h, gint64 now, bool *done_out, struct err *e);

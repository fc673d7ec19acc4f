/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new version of a text, by its author; each step inside the caller's transaction. What is public is exactly what its author agreed
 * to: a version that a moderator must read first waits while the old one stands, and one that waits for its author's yes, or for a
 * moderator, makes way for the new one with a question of its own, so that no answer to the old question publishes the new text. The
 * old text is kept in `version`, where nobody reads it.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/policy.h"

struct correction { /* borrowed */
    const struct post *post;
    const char *text; /* as it will stand: cut and masked */
    row_id message;
    const char *language; /* NULL unknown */
    bool needs_review;    /* as a new text of that author there would */
    guint whys;           /* what it says is a reason for that (forum/whys.h) */
    bool is_proved;       /* From was proved */
    gint64 at;
};
enum correct {
    CORRECT_DONE, /* it stands, or waits for a moderator; its author is told so */
    CORRECT_SAME, /* that is what it says already */
    CORRECT_GONE, /* it was taken back, removed or deleted */
    CORRECT_MANY, /* LIMIT_CORRECTIONS */
};

bool correct_post(struct gateway *g, const struct correction *c, enum correct *found_out, struct err *e);
/* Its author is asked first, by mail if MAY_ASK: whether it is theirs (YES_CORRECT), or whether it is one (YES_KIND). ADDRESS: theirs. */
bool correct_ask(struct gateway *g, const struct correction *c, enum yes yes, const char *address, bool is_proved, bool may_ask,
                 row_id *hold_out, struct err *e);
/* And they said so. *FOUND_OUT as content_confirm() (flow/step/content.h). */
bool correct_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, row_id message,
                     gint64 now, row_id *post_out, enum access *found_out, struct err *e);
/* H waits for its author's yes and they sent TEXT instead, which says WHYS, under TITLE (NULL: as it was): H is replaced by *HOLD_OUT, about
 * which they are asked. */
bool correct_held(struct gateway *g, const struct hold *h, const char *title, const char *text, guint whys, row_id message,
                  gint64 now, row_id *hold_out, struct err *e);

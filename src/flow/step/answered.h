/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The author of a waiting text answered the question about it, by mail or on the page: the same steps either way, inside the
 * caller's transaction. Who may answer is the caller's to know (the rules, or a link's token).
 */
#pragma once

#include "flow/gateway.h"
#include "forum/access.h"

/* Yes. H is open, or was when the caller looked; *FOUND_OUT says what came of it (flow/step/content.h). ANSWER: the new
 * text of the answer, where a NAME line counts. MESSAGE: the mail it came with, 0 none. */
bool answered_yes(struct gateway *g, const struct hold *h, const struct forum *forum, const char *answer,
                  const char *from_written, row_id message, gint64 now, row_id *post_out, enum access *found_out, struct err *e);
/* Not theirs, or not any more: everything of it is deleted, and the next question may be asked. */
bool answered_no(struct gateway *g, const struct hold *h, gint64 now, struct err *e);

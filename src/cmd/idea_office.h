/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Official answers at the command line: what `forumpost idea answer` and `forumpost hold` do.
 */
#pragma once

#include "cmd/door.h"

/* NUMBER FILE --by ADDRESS [--to POST] */
bool idea_answer_verb(struct door *d, struct err *e);
/* H waits for a second person, whom --as names; REASON NULL: it is released. */
bool hold_decide_official(struct door *d, const struct hold *h, const char *reason, struct err *e);

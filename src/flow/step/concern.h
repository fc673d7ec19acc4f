/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reasons to read a text first that stand in the text itself (forum/concern.h), as the settings have it, as bits of forum/whys.h.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/whys.h"

/* WHY_PERSONAL, WHY_LINKS. TEXT as its author wrote it; AUTHOR: what they are called, NULL unknown. */
guint concern_find(const struct gateway *g, const char *text, const char *author, bool has_contact);
/* *WHYS without WHY_LINKS, if PERSON (0 nobody) is trusted in FORUM: somebody with a role there, at IDEA (NULL a new one), or of whom
 * enough texts were released. What is not proved (IS_PROVED) to be theirs does not profit from it. What is personal nobody is trusted with. */
bool concern_settle(struct gateway *g, const struct forum *forum, const struct idea *idea, row_id person, bool is_proved,
                    gint64 now, guint *whys, struct err *e);

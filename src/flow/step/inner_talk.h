/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What members say among themselves about a public idea: a discussion of its own beside it, one for each forum that it stands in. In
 * the caller's transaction.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/access.h"

/* The first of FORUM's members, AUTHOR, says something about IDEA: *ID_OUT is the discussion that begins with it. */
bool inner_talk_begin(struct gateway *g, const struct idea *idea, row_id forum, row_id author, row_id message, gint64 now,
                      row_id *id_out, struct err *e);
/* Could the author of H, a text for everybody that waits, say that: are they a member where it would go? */
bool inner_talk_may(struct gateway *g, const struct hold *h, bool *out, struct err *e);
/* The author of H, a text for everybody that waits, said that it shall stay among the members of the forum: as content_confirm()
 * (flow/step/content.h). ACCESS_MEMBERS_ONLY: they are none of them, and it waits as before. */
bool inner_talk_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, gint64 now,
                        row_id *post_out, enum access *found_out, struct err *e);

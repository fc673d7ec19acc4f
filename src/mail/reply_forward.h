/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails forwarded in a body; for reply.c.
 */
#pragma once

#include "mail/message.h"
#include "mail/reply_lines.h"

/* PART: the text from the marker or header block on, to its end, quoted or not. Never NULL; fields that are
 * not told are NULL, text is "" if there is none. */
struct forwarded *forward_read(const char *part);
/* Is the quoted line a marker of a forward ("> Begin forwarded message:")? */
bool forward_is_quoted(const struct line *l);

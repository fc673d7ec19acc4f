/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mails forwarded in a body, for reply.c, and as an attachment, for read/read.c.
 */
#pragma once

#include "mail/message/entity.h"
#include "mail/message/message.h"
#include "mail/reply/reply_lines.h"

/* PART: the text from the marker or header block on, to its end, quoted or not. Never NULL; fields that are
 * not told are NULL, text is "" if there is none. */
struct forwarded *forward_read(const char *part);
/* Is the quoted line a marker of a forward ("> Begin forwarded message:")? */
bool forward_is_quoted(const struct line *l);
/* The first mail attached to ROOT as message/rfc822, but not what a report or a digest is made of; NULL if
 * there is none. reply_attached.c */
struct forwarded *forward_attached(const struct entity *root);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Details of contact below the end of a letter; for reply.c.
 */
#pragma once

#include "mail/reply/reply_lines.h"

/* After a closing formula and a name: the lines with telephone, address, web site, if nothing else follows in
 * the author's text. FATES: enum fate of each line. */
bool contact_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out);
/* Below a closing formula or a signature: the last paragraphs, if a company's lawyers wrote them. */
bool small_print_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out);
/* Is the line a name, each word of it with a capital? */
bool contact_names_somebody(const struct line *l);

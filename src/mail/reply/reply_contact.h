/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Details of contact below the end of a letter; for reply.c.
 */
#pragma once

#include "mail/reply/reply_lines.h"

/* After a closing formula and a name: the lines with telephone, address, web site, if nothing else follows in
 * the author's text. FATES: enum fate of each line. */
bool contact_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out);
/* Below a closing formula or a signature, and for strangers anywhere: the last paragraphs, if a company's lawyers wrote them. */
bool small_print_find(const GArray *lines, const guint8 *fates, guint *from_out, guint *to_out);
/* How many lines at the top are a mail server's warning ("[EXTERN] Diese E-Mail ...") and what stands above it; 0 none. */
guint banner_find(const GArray *lines, const guint8 *fates);
/* "P.S. ...": the author goes on, in any language that says it so. */
bool contact_is_postscript(const struct line *l);
/* Does it read like a sentence of so many words or more, with nothing in it that tells where somebody is found? */
bool contact_is_only_sentence(const struct line *l, guint least);
/* Is the line a name, each word of it with a capital? */
bool contact_names_somebody(const struct line *l);

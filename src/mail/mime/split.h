/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding the parts of a multipart body by its boundary (RFC 2046 5.1.1), and the boundary itself where the
 * mail does not say it.
 */
#pragma once

#include "mail/mime/budget.h"

#include <glib.h>

struct split_part {
    const char *from, *to; /* header and body of one part, without the line end before the next delimiter */
};

/* Parts of [FROM, TO) between the delimiters of BOUNDARY, as many as BUDGET has left. Returns an empty array if no
 * delimiter is there. Words for what was odd go to the budget's defects: "bad-boundary" (junk behind one),
 * "no-closing-boundary", "parts-after-end", "mime-in-preamble", "too-many-parts" (too many delimiters, too: the last
 * part then goes to the end). Free the array with g_array_unref(). */
GArray *split_parts(const char *from, const char *to, const char *boundary, struct budget *budget);
/* The boundary that the body seems to use: of the first line "--something" with a field "Content-..." behind
 * it. NULL if there is none. Caller frees. */
char *split_guess_boundary(const char *from, const char *to, struct budget *budget);

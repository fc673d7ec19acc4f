/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header block of a mail or of a part (RFC 5322 2.2): lines to fields, within limits.
 */
#pragma once

#include "mail/message/entity.h"

struct field_budget {
    guint n_lines;      /* header lines that may still be read in this mail, all parts together */
    gsize n_left_bytes; /* likewise, bytes */
    GPtrArray *defects;
    const char *bytes; /* the whole mail */
    gsize n_bytes;
    char *fallback_charset; /* of raw 8-bit text that is not UTF-8, once it was looked for; owned */
    bool has_fallback;
};

/* Reads the block at FROM up to the empty line or TO, appends struct header to HEADERS, and returns where the
 * body begins. A line that is no field is passed over if fields or the empty line follow; otherwise the body
 * begins there. A line that starts with "--" ends the block too, since a boundary does. */
const char *field_read_block(const char *from, const char *to, GPtrArray *headers, struct field_budget *budget);
void header_free(struct header *h);

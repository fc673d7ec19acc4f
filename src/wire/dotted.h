/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes between DATA and the final dot (RFC 5321 4.5.2): finds the end, removes the stuffed dots, in any
 * slicing of the input and in linear time. Only CRLF makes a line; a bare CR or LF is content and stays as it
 * came.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum dotted_state {
    DOTTED_LINE_START, /* after CRLF, and at the very beginning */
    DOTTED_INSIDE,
    DOTTED_CR,     /* inside, after a CR that was kept */
    DOTTED_DOT,    /* a dot at the line's start, not kept yet */
    DOTTED_DOT_CR, /* and a CR after it, not kept yet */
    DOTTED_END,    /* CRLF . CRLF was seen */
};

/* Takes up to N bytes, appends the content to INTO (NULL: drops it), returns how many were taken: less than N
 * only when *STATE has become DOTTED_END. */
gsize dotted_take(enum dotted_state *state, const char *bytes, gsize n, GByteArray *into);

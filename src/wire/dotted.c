/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * End of data and dot-unstuffing as a small automaton; see dotted.h. The long way through a message is one
 * search for CRLF and a dot, so a mail without a stuffed dot is copied in one piece.
 */
#include "wire/dotted.h"

#include <string.h>

static void keep(GByteArray *into, const char *bytes, gsize n)
{
    if (into != NULL && n > 0)
        g_byte_array_append(into, (const guint8 *)bytes, (guint)n);
}

/* CRLF and a dot. Looked for by the line feed, of which there is one a line, so that memchr() does nearly all of it. */
static const char *next_dotted_line(const char *bytes, gsize n)
{
    const char *end = bytes + n;

    for (const char *lf = bytes; (lf = memchr(lf, '\n', (gsize)(end - lf))) != NULL; lf++)
        if (lf > bytes && lf[-1] == '\r' && lf + 1 < end && lf[1] == '.')
            return lf - 1;
    return NULL;
}

/* From inside a line up to the next line that begins with a dot, or to the end of the slice. */
static gsize take_inside(enum dotted_state *state, const char *bytes, gsize n, GByteArray *into)
{
    const char *stop = next_dotted_line(bytes, n);
    gsize taken = stop != NULL ? (gsize)(stop - bytes) + 2 : n;

    keep(into, bytes, taken);
    if (stop != NULL || (taken >= 2 && memcmp(bytes + taken - 2, "\r\n", 2) == 0))
        *state = DOTTED_LINE_START;
    else
        *state = bytes[taken - 1] == '\r' ? DOTTED_CR : DOTTED_INSIDE;
    return taken;
}

static enum dotted_state after_kept(char c)
{
    return c == '\r' ? DOTTED_CR : DOTTED_INSIDE;
}

/* One byte in a state where the line's first bytes matter. */
static enum dotted_state take_byte(enum dotted_state state, char c, GByteArray *into)
{
    switch (state) {
    case DOTTED_LINE_START:
        if (c == '.')
            return DOTTED_DOT;
        keep(into, &c, 1);
        return after_kept(c);
    case DOTTED_CR:
        keep(into, &c, 1);
        return c == '\n' ? DOTTED_LINE_START : after_kept(c);
    case DOTTED_DOT:
        if (c == '\r')
            return DOTTED_DOT_CR;
        keep(into, &c, 1);
        return DOTTED_INSIDE;
    case DOTTED_DOT_CR:
        if (c == '\n')
            return DOTTED_END;
        keep(into, "\r", 1);
        keep(into, &c, 1);
        return after_kept(c);
    case DOTTED_INSIDE:
    case DOTTED_END:
        break;
    }
    return state;
}

gsize dotted_take(enum dotted_state *state, const char *bytes, gsize n, GByteArray *into)
{
    gsize at = 0;

    while (at < n && *state != DOTTED_END) {
        if (*state == DOTTED_INSIDE) {
            at += take_inside(state, bytes + at, n - at, into);
        } else {
            *state = take_byte(*state, bytes[at], into);
            at++;
        }
    }
    return at;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 2047, only the B encoding, always: what people wrote is never syntax; see encoded.h.
 */
#include "page/encoded.h"

#define WORD_BYTES 42 /* becomes at most 75 characters (RFC 2047 2.) */

void encoded_append(GString *out, const char *text)
{
    for (const char *start = text; *start != '\0';) {
        const char *end = start;
        while (*end != '\0' && g_utf8_next_char(end) - start <= WORD_BYTES)
            end = g_utf8_next_char(end);
        g_autofree char *base64 = g_base64_encode((const guchar *)start, (gsize)(end - start));
        g_string_append_printf(out, "%s=?UTF-8?B?%s?=", start != text ? "\n " : "", base64);
        start = end;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small letter of ASCII, where whole texts are walked through, and names compared with many others: GLib's is a call for each.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

static inline char letter_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Alike but for small and capital letters of ASCII. Most names differ in their first letter. */
static inline bool letter_same(const char *a, const char *b)
{
    return ((a[0] ^ b[0]) & 0xdf) == 0 && g_ascii_strcasecmp(a, b) == 0;
}

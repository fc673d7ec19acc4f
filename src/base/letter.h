/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small letter of ASCII, where whole texts are walked through: GLib's is a call for each.
 */
#pragma once

static inline char letter_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

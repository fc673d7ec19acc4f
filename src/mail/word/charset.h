/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bytes of any charset to clean UTF-8. Labels lie: a declared charset is believed as long as the bytes fit
 * it, otherwise valid UTF-8 is UTF-8, what makes sense in a charset of East Asia or Cyrillic is that (charset_guess.h), and what is
 * left is windows-1252. No byte is ever dropped without a
 * trace: what fits nothing becomes U+FFFD.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* N bytes declared to be in charset DECLARED (NULL: none). Always valid UTF-8, may still hold controls.
 * *MISMATCH_OUT (may be NULL) is set to true where the declaration was wrong; never set to false. Caller
 * frees. */
char *charset_to_utf8(const char *bytes, gsize n, const char *declared, bool *mismatch_out);
/* Text for people out of valid UTF-8, in place: CRLF and CR become LF; NUL, the other C0 controls but tab,
 * DEL, C1 controls and a byte order mark at the start vanish. */
void charset_clean_text(char *text);
/* The same for a single line: tab and line ends become blanks. */
void charset_clean_line(char *text);
/* Also without direction overrides (U+202A-202E, U+2066-2069), which make a name read as another one. */
void charset_clean_name(char *text);

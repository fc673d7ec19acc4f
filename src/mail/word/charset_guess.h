/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What charset bytes are in whose label is missing or wrong: escape sequences say it, or each candidate is tried and the text that
 * makes most sense wins: no impossible characters, and letters as they follow each other in its languages. Pure, linear.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* By its escape sequences ("ESC $ B"), for seven-bit bytes: the name for iconv, NULL if there are none. */
const char *charset_by_escapes(const char *bytes, gsize n);
/* For bytes that are no UTF-8: the name for iconv; NULL if nothing is better than windows-1252. MUST_BE_CLEAR: there is a label that
 * would do. */
const char *charset_guess(const char *bytes, gsize n, bool must_be_clear);
/* N bytes through iconv: valid UTF-8, what cannot be read is U+FFFD, each counted in *N_IMPOSSIBLE_OUT. NULL if there is no such charset.
 * Caller frees. */
char *charset_decode(const char *bytes, gsize n, const char *name, guint *n_impossible_out);

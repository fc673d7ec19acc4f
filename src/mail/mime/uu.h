/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files that stand inside a text: uuencode (`begin 644 name` ... `end`) and yEnc (`=ybegin ... name=` ...
 * `=yend`).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The whole content is one uuencoded file (Content-Transfer-Encoding: x-uuencode), with or without begin and
 * end. *BROKEN_OUT is set to true if a line's length is wrong. */
GBytes *uu_decode(const char *in, gsize n, bool *broken_out);
/* Takes such files out of a text, N_MAX at most. Adds struct embedded to FILES and returns the text that is left, or
 * NULL if there was no file. What only looks like one stays, and so do files that are too many (*IS_CUT_OUT). */
GBytes *uu_extract(const char *text, gsize n, guint n_max, GPtrArray *files, bool *is_cut_out);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Comparing a line of a mail with a row of a table: lines are folded first (lower case, one blank for
 * many, no invisible signs), then a pattern is laid over them from left to right. No backtracking: each piece
 * of a pattern is looked for once, so the cost is the line's length for each row whose first piece fits.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Appends the folded form of N bytes at S. Blanks at both ends go; between what is there and what comes stays
 * one. */
void fold(GString *out, const char *s, gsize n);
/* Same, of a string alone. Owned by the caller. */
char *fold_line(const char *s, gsize n);

/* What stands for a colon: full-width and small ones, Khmer, Ethiopic, Armenian, and a Hebrew accent taken for one. */
bool is_colon(gunichar c);
/* A first look at both ends: false if PATTERN cannot fit. */
bool pattern_may_fit(const char *pattern, gsize n_pattern, const char *text, gsize n_text);
/* Does PATTERN (a row of attributions.def, heads.def or signatures.def) fit the whole of TEXT (folded)? */
bool pattern_fits(const char *pattern, const char *text, gsize n_text);
/* Is there an address (a sign, @, a sign), a digit of any script in TEXT? */
bool has_address(const char *text, gsize n);
bool has_digit(const char *text, gsize n);

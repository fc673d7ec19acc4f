/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A new version of a text that its author sent before: "NEU: the text", in answer to a receipt or a question; or the same text once
 * more, a little different, without the word. Pure.
 */
#pragma once

#include <stdbool.h>

/* What stands behind the word NEU in TEXT, to its end; NULL: nothing, or no such word. *IS_MARKED_OUT: with a colon, as one writes who
 * read that it is a word of ours; without one it could be the first line of a contribution. Caller frees. */
char *correct_text(const char *text, bool *is_marked_out);
/* Does TEXT say what OLD says, with changes? LIMIT_CORRECT_SHARE of its words, and not just a handful of them, stand there, too. */
bool correct_is_alike(const char *text, const char *old);

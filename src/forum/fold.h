/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people type for one word, made one form: for comparing, never for showing. Pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Words of TEXT (valid UTF-8) in lower case, one blank between them: compatibility forms (full-width letters, ligatures)
 * become plain ones, accents go (löschen: loschen, ß: ss, ı: i, ł: l), invisible signs, apostrophes and hyphens inside a word
 * go, everything that is neither letter nor digit (quotes, emoji, punctuation) separates. Caller frees. */
char *fold_words(const char *text);

/* The first word of it, cut off where it is longer than any that is looked for: most lines are told by it from what they are compared
 * with. False: its letters need the whole way. */
#define FOLD_FIRST_BYTES 72
bool fold_first_word(const char *text, char word_out[FOLD_FIRST_BYTES]);

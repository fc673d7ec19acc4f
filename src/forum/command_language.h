/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In which language a word of command.def is, for who lists them. Pure.
 */
#pragma once

/* "de", "en", "tr", "pl"; NULL at the end. */
extern const char *const command_languages[];
/* What of PATTERN (command.def) is said in that language: "zusammenführen|zusammenfuehren mit? #"; NULL nothing. Caller frees. */
char *command_words_in(const char *pattern, const char *language);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands around a word in a mail and says nothing itself.
 */
#pragma once

#include <stdbool.h>

bool command_is_blank(const char *line);
bool command_is_rule(const char *line);  /* a signature follows */
bool command_is_quote(const char *line); /* it begins with a mark of quotation */
/* LINE without what no letter of it is: blanks of any kind, invisible signs, signs for bold, and marks of quotation around all of it. Caller frees. */
char *command_bare(const char *line);
/* What "NAME: Erika B." gives, bare, in any language of ours; NULL: another line. Caller frees. */
char *command_name_given(const char *line);
/* Nothing but name, greeting, signature, contact lines or quotes from here on. LINES ends with NULL. */
bool command_is_tail(char *const *lines);
/* What of a reason or an answer its addressee reads: not how it is signed, nor how its writer is reached. Caller frees. */
char *command_without_sender(const char *text);
/* The same of what an office says: how it is signed goes, but a telephone number above that is written on purpose, and a second person reads
 * it before it is public. */
char *command_words_of_office(const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of words and how a line is laid against it; private to command.c.
 */
#pragma once

#include "forum/command.h"
#include "forum/route.h"

enum formula { FORMULA_NONE, FORMULA_GREETING, FORMULA_CLOSING };

/* The command that LINE (one line or a short paragraph, as written) is as a whole; courtesies around it ("bitte",
 * "danke") do not count. */
enum command command_words_match(const char *line);
/* The same; *ARGUMENT_OUT (may be NULL) is set to what stands for the row's "#" or "*", folded, and else left alone. */
enum command command_words_find(const char *line, char **argument_out);
/* May LINE, as a whole or up to a sign behind a first word, be one? False: no, by its first word. */
bool command_words_may_begin(const char *line);
/* The N-th row of the table, from 0: its pattern as command.def has it; NULL behind the last. */
const char *command_words_row(guint n, enum command *command_out);
/* What is ordered by writing to an address, and with which word behind it; COMMAND_NONE nothing. *NAME_OUT: its argument, NULL none. */
enum command command_of_act(enum act act, const char **name_out);
/* The other way: "+erledigt", "+done" of STATE. g_strfreev() */
char **command_act_words(enum command c);
/* "Guten Tag", "Mit freundlichen Grüßen", "Danke". A greeting may go on with a name. */
enum formula command_words_formula(const char *line);
/* Does a line of a few capitalised words begin like a text, not like a name ("Aber Nicht So")? */
bool command_words_objects(const char *line);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text that begins with a word which would have commanded something, had it stood alone, or had it been its writer's: it is a text, and
 * its author is told how the word works (the contract: text wins, receipt explains). Pure.
 */
#pragma once

#include "forum/command.h"

/* ROLE: of the writer, in the forum of the text. *WRITTEN_OUT: the word as it was written; caller frees. COMMAND_NONE: nothing to explain,
 * WRITTEN_OUT is NULL. Orders of a forum's staff are no words for anybody else, so nothing of them is explained to others. */
enum command command_hint(const char *text, enum role role, char **written_out);

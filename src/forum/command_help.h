/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a word that a mail may command does, in a sentence. Pure.
 */
#pragma once

#include "forum/command.h"

/* LANGUAGE: "de", else English. NULL: of a command that has no word. Borrowed. */
const char *command_help(enum command c, const char *language);

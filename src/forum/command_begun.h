/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A word that commands nothing, since a text stands around it. Pure.
 */
#pragma once

#include "forum/command.h"

/* The word of ours with which TEXT, which is no command, begins: that it works when it stands alone is said to its author. Its first line as
 * a whole, or before a colon; of STOP, DELETE and SUPPORT its first word will do. COMMAND_NONE none of those that are told of. */
enum command command_begun_with(const char *text);

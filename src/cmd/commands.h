/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The prototypes of all doors, made from commands.def.
 */
#pragma once

#include "cmd/cmd.h"

#define COMMAND(name, summary) cmd_fn cmd_##name;
#include "cmd/commands.def"
#undef COMMAND

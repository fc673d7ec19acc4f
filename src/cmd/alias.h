/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verbs of `forumpost forum alias`.
 */
#pragma once

#include "cmd/door.h"

door_fn alias_list, alias_add, alias_remove;

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The verbs of `forumpost forum alias`, and what forum.c needs of them.
 */
#pragma once

#include "cmd/door.h"

door_fn alias_list, alias_add, alias_remove;
/* "also: mobility verkehr", a line of its own; nothing if there is none. */
bool alias_print(const struct door *d, const struct forum *f, struct err *e);

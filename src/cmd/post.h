/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the doors of posts and ideas share.
 */
#pragma once

#include "cmd/door.h"

/* The post that was named by its number in the journal or as IDEA#NUMBER; ERR_ABSENT with a sentence. */
struct post *door_post(const struct door *d, const char *given, struct err *e);
/* Hidden or removed, for the --reason that was given; the author is told, and the operator what cannot be undone. */
bool door_take_down(struct door *d, const struct post *p, enum post_state state, struct err *e);

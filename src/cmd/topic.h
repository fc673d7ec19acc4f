/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the doors of fields, goals and phases share.
 */
#pragma once

#include "cmd/door.h"
#include "store/topics.h"

/* A name begins with a letter and is a word of a-z, 0-9 and "-", and not that of an idea; ERR_VALUE else. */
bool topic_is_name(const char *name, struct err *e);
/* TITLE in --language, or the initiative's first. */
bool topic_put(struct door *d, enum topic_kind kind, const char *name, const char *title, struct err *e);

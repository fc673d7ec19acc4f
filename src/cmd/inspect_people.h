/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What `forumpost inspect` prints for people. Called from inspect.c.
 */
#pragma once

#include "mail/message/message.h"

#include <stdio.h>

void inspect_people(FILE *out, const struct message *m, const char *file, guint64 index);

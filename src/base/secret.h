/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A secret in a file of its own: a password or a token on its first line.
 */
#pragma once

#include "base/err.h"

/* The first line of PATH without its end. ERR_RIGHTS: not readable, or not only by its owner and a group (mode 0640 at
 * most), or its owner is neither root nor who we are; ERR_CONFIG: it is not there, no file, empty, or over
 * LIMIT_SECRET_BYTES. secret_free() wipes it. */
char *secret_read(const char *path, struct err *e);
void secret_free(char *secret);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One value of a configuration: from what stands in the file to its field and back; for conf.c only.
 */
#pragma once

#include "base/conf.h"

/* Puts TEXT, which stands in the file PATH, into the field of S; false if it is not what conf_expectation() says. */
bool conf_take(const char *path, const struct conf_setting *s, const char *text, void *field);

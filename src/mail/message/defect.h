/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of what was wrong with a mail: words, each once.
 */
#pragma once

#include <glib.h>

/* WORD must be a literal or live as long as the call; it is copied. */
void defect_add(GPtrArray *defects, const char *word);

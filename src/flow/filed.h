/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * File numbers of the initiative's ideas, RK-2026-0042: the setting [initiative] ref, the year in which the idea came, its number.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/model.h"

/* That of IDEA; NULL: the initiative has none. Caller frees. */
char *filed_number(const struct gateway *g, const struct idea *idea);
/* file_number_text() and file_number_line() with the ideas that there are; of another year than the number says is none. */
char *filed_text(struct gateway *g, const char *text);
char *filed_line(struct gateway *g, const char *line);

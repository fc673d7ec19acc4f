/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What in a text tells where somebody lives or how they are reached. Pure. Serves two places: a command may be followed by
 * contact lines, and the privacy sentence of a question depends on what stays in the text.
 */
#pragma once

#include <stdbool.h>

/* Is this one line only contact: telephone, mail address, web site, street with number, postcode with town? */
bool contact_is_line(const char *line);

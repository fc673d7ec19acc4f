/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTML as the parser may see it: not too long, no tag with thousands of attributes (libxml2 compares each
 * with each).
 */
#pragma once

#include <glib.h>

/* NULL if HTML is within the limits, else a shortened copy, with a word in DEFECTS. */
char *html_limit(const char *html, GPtrArray *defects);

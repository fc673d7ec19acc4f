/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTML mail to plain text: paragraphs, lists and tables as lines, links as text with their address, quotes as lines
 * that start with "> ". What a reader would not see (display:none, zero size, white on white) is left out and reported.
 * Linear time, limits before the parser.
 */
#pragma once

#include <glib.h>

/* HTML is UTF-8. Adds "hidden-text", "html-too-long" to DEFECTS. Caller frees. */
char *html_to_text(const char *html, GPtrArray *defects);

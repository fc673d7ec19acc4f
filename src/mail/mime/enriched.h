/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * text/enriched (RFC 1896) and text/richtext (RFC 1341 7.1.3) as plain text: the commands in angles are taken away, excerpts are
 * quotes. Pure, linear.
 */
#pragma once

#include <stdbool.h>

/* TEXT is UTF-8 with LF; IS_RICHTEXT: by the older rules. Caller frees. */
char *enriched_to_text(const char *text, bool is_richtext);

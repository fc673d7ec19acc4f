/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Links and bold words inside a line of a master text (MARK_ANCHOR, MARK_BOLD), for wrap.c and html.c.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

bool inline_has(const char *line, gsize n_bytes);
/* The words of LINE without marks; the addresses of its links are added to URLS. Where the line ends with the text of its one
 * link, a colon leads to the address. Caller frees. */
char *inline_plain(const char *line, gsize n_bytes, GPtrArray *urls);
/* Calls for each piece in order: words (URL NULL), or a link. */
typedef void inline_piece(const char *text, const char *url, bool is_bold, void *user);
void inline_each(const char *line, gsize n_bytes, inline_piece *piece, void *user);

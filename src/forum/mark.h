/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our marks in somebody's own words: "Offizielle Antwort: Das bauen wir." What is official says a post's kind, which takes a role and
 * a second person, and nothing else; a text that opens a line like one of ours is read before it appears. Pure.
 */
#pragma once

#include <stdbool.h>

/* TEXT, a title or several lines: does a line of it begin as ours do, up to its first colon, dash or full stop, whatever letters it is
 * drawn with? "Offizielle Antworten kommen zu spät" does not. */
bool mark_is_imitated(const char *text);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line of somebody who leads a forum: what shall be done, and with which idea. The idea may be named ("stand 17 in Beratung",
 * "17 beraten", "zusammenführen 9 mit 1", "vorschlag 3 feld bildung", "entfernen 17/4 werbung"); else it is the one that was written to.
 * A line counts only if all of it is understood: "Frist ist zu kurz" is a sentence. Pure.
 */
#pragma once

#include "forum/command_block.h"

/* False: LINE is none. OUT: command, name, number, about, post_number, is_proposal, argument; the rest is left alone. */
bool order_read(const char *line, struct block_line *out);
/* Does what stands below such a line belong to it? */
bool order_takes_rest(const struct block_line *l);

/* Orders, and lines of everybody beside them, kept for later as words of a row. Caller frees; what no program of ours can have written
 * gives NULL. */
char *order_pack(const GPtrArray *lines);
GPtrArray *order_unpack(const char *packed);

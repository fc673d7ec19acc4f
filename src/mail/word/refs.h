/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Message ids in header fields (RFC 5322 3.6.4): Message-ID, In-Reply-To, References. Works on the raw value
 * (unfolded or not) because libraries stop at commas and at text before the first "<". Pure, linear time.
 */
#pragma once

#include <glib.h>

/* The ids of one In-Reply-To or References field, in order, without <> and without blanks inside, of equal
 * ones the last, appended to IDS (char *, owned by it). Every <...> counts, whatever stands around it. If
 * there is none, bare words with an "@" count. An address that only looks like an id ("Your mail of Monday,
 * <anna@example.net>") cannot be told from one and is taken; it then points to nobody. Of more than
 * LIMIT_REFERENCES the first and the last are kept. */
void refs_parse(const char *raw, GPtrArray *ids);
/* The id of a Message-ID field; NULL if there is none. Without <> the first word counts. */
char *refs_message_id(const char *raw);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The answer to a list of texts that wait (moderate-list): a line each, the text's number first, then what an answer to the mail about
 * it would say. Pure.
 *
 *     4 frei
 *     #7: ablehnen: Bitte ohne den Namen der Firma. Eine
 *     Zeile darf auf der nächsten weitergehen.
 */
#pragma once

#include <glib.h>

struct listed_line {
    gint64 number; /* of the hold */
    char *text;    /* owned */
};
void listed_line_free(struct listed_line *l);
/* struct listed_line, in their order, MOST at most: what stands beyond an empty line and begins with no number is a closing. NULL: the text
 * does not begin so, after a salutation, or has more. */
GPtrArray *listed_parse(const char *text, guint most);

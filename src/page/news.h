/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which public pages another look is worth: the journal read from a line on. What changes a row writes a line there, or nothing is
 * committed (site.c, cmd/door.c), so nothing public changes without one; what changes by the clock alone is asked besides.
 */
#pragma once

#include "flow/gateway.h"

struct news {
    bool is_all;           /* a forum, the frame: everything */
    bool is_any;           /* something public may have changed: lists, feeds, data */
    GHashTable *ideas;     /* row_id -> itself: their pages, with those of their groups and proposals' discussions */
    GHashTable *proposals; /* row_id -> itself */
    GHashTable *forums;    /* row_id -> itself: those that list these ideas; */
    bool has_letters;      /* newsletters */
    bool is_moved;         /* and, since an idea left one, all */
};
void news_clear(struct news *c);

/* What happened behind line AFTER of the journal, and by time since then (AT) until NOW. OUT is zero before. */
bool news_read(struct gateway *g, row_id after, gint64 at, gint64 now, struct news *out, struct err *e);

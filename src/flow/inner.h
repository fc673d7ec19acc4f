/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the members of each forum lately said among themselves, kept in the gateway, for each of their mails to everybody is compared
 * with it. Read again once somebody says more, at the latest after LIMIT_INNER_KEPT_S: so long a changed text is compared as it was.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/memory.h"

struct inner {         /* counted */
    GArray *ideas;     /* row_id of each discussion */
    GPtrArray *titles; /* char *: of each, folded */
    struct memory_set *said;
    gint64 stamp, read_at; /* ideas_among_members_stamp(), and when */
};
/* Of FORUM; the caller ends it with inner_unref(). NULL: the database failed. */
struct inner *inner_of(struct gateway *g, row_id forum, gint64 now, struct err *e);
/* Adds to SAID what stands in the discussion IDEA. */
void inner_remember(struct gateway *g, row_id idea, struct memory_set *said, struct err *e);
void inner_unref(struct inner *in); /* NULL is fine */
/* What is kept. NULL is fine. */
void inner_free(GHashTable *kept);

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a digest showed, looked up again when somebody answers it: the same entries under the same numbers as in the mail, also
 * those that were taken back since, for they may be quoted.
 */
#pragma once

#include "flow/gateway.h"
#include "forum/portions.h"

struct shown {                      /* owned by whoever looked it up */
    row_id digest, person;          /* person: whose digest it is */
    GPtrArray *posts;               /* struct post, one for each entry */
    GHashTable *ideas;              /* row_id * -> struct idea */
    struct portions_entry *entries; /* borrowed from these */
    guint n_entries;
};

/* Of an older digest, whose row does not say, it is what belongs in it now. NULL: there is no such digest, nothing of it is left,
 * or the database failed. */
struct shown *shown_of(struct gateway *g, row_id digest, struct err *e);
void shown_free(struct shown *s);
const struct idea *shown_idea(const struct shown *s, guint entry);

typedef struct shown shown_autoptr_t;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(shown_autoptr_t, shown_free)
#define shown_auto g_autoptr(shown_autoptr_t)

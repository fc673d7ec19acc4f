/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Digests: ranges of posts a person was told, made before they are sent; and the installation's own row.
 */
#pragma once

#include "base/err.h"
#include "forum/model.h"

struct db;

/* Posts one person has coming: published, in forums where they take DELIVERY, not their own, place in (from, to],
 * ring members only where they are a member of role member or above. Grouped by forum, idea, place. */
GPtrArray *digests_posts(struct db *db, row_id person, enum delivery delivery, gint64 from, gint64 to,
                         struct err *e); /* struct post */
/* Upper end of the last range made for the person; 0 none. */
gint64 digests_last_to(struct db *db, row_id person, enum delivery delivery, struct err *e);
/* Row and its notice in one; *MADE_OUT false if the range exists already. */
bool digests_add(struct db *db, struct digest *d, const struct notice *n, bool *made_out, struct err *e);
struct digest *digests_by_id(struct db *db, row_id id, struct err *e);
/* People with at least one forum by that delivery (struct person), for the clock. */
GPtrArray *digests_people(struct db *db, enum delivery delivery, struct err *e);

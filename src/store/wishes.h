/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wishes that wait for a yes (forum/wish.h). Addresses are keys as persons_key() gives them.
 */
#pragma once

#include "base/err.h"
#include "forum/wish.h"

struct db;

struct wish *wishes_by_id(struct db *db, row_id id, struct err *e); /* NULL none */
/* The one of ADDRESS of that KIND; NULL none. */
struct wish *wishes_find(struct db *db, const char *address, enum wish_kind kind, struct err *e);
GPtrArray *wishes_of(struct db *db, const char *address,
                     struct err *e); /* struct wish: all that wait for ADDRESS, oldest first */
/* In place of an older one of that address and kind. */
bool wishes_put(struct db *db, const struct wish *w, row_id *id_out, struct err *e);
/* Beside the others of that address and kind, and at most MOST of them stay, the youngest. */
bool wishes_add(struct db *db, const struct wish *w, row_id *id_out, struct err *e);
bool wishes_trim(struct db *db, const char *address, enum wish_kind kind, gint64 most, struct err *e);
bool wishes_set_asked(struct db *db, row_id id, gint64 now, struct err *e);
/* *FOUND_OUT false: it is gone already. */
bool wishes_remove(struct db *db, row_id id, bool *found_out, struct err *e);
GPtrArray *wishes_unasked(struct db *db, gint64 most, struct err *e);             /* struct wish, the oldest first */
bool wishes_remove_over(struct db *db, gint64 now, gint64 *n_out, struct err *e); /* whose time is over */
/* What names ADDRESS as either side, or is PERSON's (0: nobody's). */
bool wishes_erase(struct db *db, const char *address, row_id person, struct err *e);

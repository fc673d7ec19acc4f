/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters and their editors. NULL with E clear: there is none.
 */
#pragma once

#include "base/err.h"
#include "forum/list.h"

struct db;
struct list_figures {
    gint64 n_subscribers, n_issues, last_sent_at;
};

GPtrArray *lists_all(struct db *db, struct err *e); /* struct list */
struct list *lists_by_name(struct db *db, const char *name, struct err *e);
struct list *lists_by_id(struct db *db, row_id id, struct err *e);
bool lists_add(struct db *db, const struct list *l, gint64 now, row_id *id_out, struct err *e);
bool lists_figures(struct db *db, row_id id, struct list_figures *out, struct err *e);

/* ADDRESS as persons_key(). *CHANGED_OUT: false if it was so before. */
bool editors_add(struct db *db, row_id list, const char *address, const char *written, gint64 now, bool *changed_out,
                 struct err *e);
bool editors_remove(struct db *db, row_id list, const char *address, bool *changed_out, struct err *e);
struct editor *editors_by_address(struct db *db, row_id list, const char *address, struct err *e);
struct editor *editors_by_id(struct db *db, row_id id, struct err *e); /* NULL also if they were removed */
GPtrArray *editors_of(struct db *db, row_id list, struct err *e);      /* struct editor */

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deleted rows in the write-ahead log. SQLite overwrites them in the database file itself (secure_delete), but the log
 * holds older pages until it is emptied.
 */
#include "flow/sweep_duty.h"

#include "store/leftovers.h"

#define WAIT_MS 200 /* for readers; intake waits that long at most */

bool sweep_pages(struct gateway *g, gint64 now, struct sweep_report *report, struct err *e)
{
    gint64 n_left = 0;
    bool is_empty;

    (void)now;
    (void)report;
    if (!leftovers_has(g->db, LEFTOVER_PAGES, &n_left, e) || n_left == 0)
        return e->kind == ERR_NONE;
    if (!db_empty_wal(g->db, WAIT_MS, &is_empty, e))
        return false;
    return !is_empty || leftovers_done(g->db, LEFTOVER_PAGES, "", n_left, e);
}

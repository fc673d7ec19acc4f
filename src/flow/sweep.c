/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Expiry; see sweep.h.
 */
#include "flow/sweep.h"

#include "store/events.h"
#include "store/holds.h"

#define STEP 200 /* holds in one transaction */

static bool expire_some(struct gateway *g, gint64 now, guint *n_out, struct err *e)
{
    if (!db_begin(g->db, e))
        return false;
    g_autoptr(GArray) ids = holds_expire(g->db, now, STEP, e);
    if (ids == NULL)
        return false;
    for (guint i = 0; i < ids->len; i++) {
        struct event ev = {.at = now, .kind = "hold.expired", .hold_id = g_array_index(ids, row_id, i)};
        if (!events_add(g->db, &ev, e))
            return false;
    }
    *n_out = ids->len;
    return db_commit(g->db, e);
}

bool sweep_run(struct gateway *g, gint64 now, gint64 *n_out, struct err *e)
{
    gint64 total = 0;
    guint n = STEP;

    while (n == STEP) {
        if (!expire_some(g, now, &n, e)) {
            db_rollback(g->db);
            return false;
        }
        total += n;
    }
    if (n_out != NULL)
        *n_out = total;
    return true;
}

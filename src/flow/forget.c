/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deletions; see forget.h.
 */
#include "flow/forget.h"

#include "store/holds.h"
#include "store/messages.h"

/* A mail of which another text stands or waits keeps its bytes as long as that one. */
static bool forget_mails(struct gateway *g, GArray *mails, gint64 now, struct err *e)
{
    for (guint i = 0; i < mails->len; i++) {
        row_id mail = g_array_index(mails, row_id, i);
        bool is_needed;
        if (!messages_is_needed(g->db, mail, &is_needed, e) ||
            (!is_needed && !messages_forget(g->db, mail, false, now, e)))
            return false;
    }
    return true;
}

bool forget_hold(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    g_autoptr(GArray) mails = messages_of_hold(g->db, h->id, e);

    return mails != NULL && forget_mails(g, mails, now, e) && holds_forget(g->db, h->id, e);
}

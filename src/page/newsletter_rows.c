/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which newsletters and issues everybody may read; see newsletter.h.
 */
#include "page/newsletter.h"

#include "store/issues.h"

bool newsletter_is_public(const struct list *l)
{
    return !l->is_members_only;
}

static bool is_public(const struct issue *i)
{
    return i->state == ISSUE_SENT && i->forum_id == 0 && i->role == NULL && i->joined_after == 0;
}

GPtrArray *newsletter_issues(struct gateway *g, const struct list *l, struct err *e)
{
    GPtrArray *all =
        newsletter_is_public(l) ? issues_of(g->db, l->id, e) : g_ptr_array_new_with_free_func((GDestroyNotify)issue_free);

    for (guint i = 0; all != NULL && i < all->len;)
        if (is_public(all->pdata[i]))
            i++;
        else
            g_ptr_array_remove_index(all, i);
    return all;
}

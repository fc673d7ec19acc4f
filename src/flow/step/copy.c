/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stronger copies; see copy.h.
 */
#include "flow/step/copy.h"

#include "store/events.h"
#include "store/holds.h"

#include <string.h>

/* Does V stand? A question that waits is handed out in *OPEN_OUT instead. */
static bool stands(struct gateway *g, const struct recipient_verdict *v, struct hold **open_out, struct err *e)
{
    switch (v->verdict.kind) {
    case VERDICT_POST:
    case VERDICT_REVIEW:
    case VERDICT_ACCEPTED:
    case VERDICT_BOUNCE:
        return true;
    case VERDICT_OPERATOR: /* passed on; but what was only counted is looked at again */
        return !g_str_has_prefix(v->verdict.reason, "too-many-waiting");
    case VERDICT_CONFIRM: {
        hold_auto h = holds_by_id(g->db, v->verdict.hold_id, e);
        bool is_confirmed = h != NULL && h->state == HOLD_CONFIRMED;
        if (h != NULL && h->state == HOLD_OPEN && *open_out == NULL)
            *open_out = g_steal_pointer(&h);
        return is_confirmed;
    }
    case VERDICT_REFUSED:
    case VERDICT_IGNORE:
    case VERDICT_DUPLICATE:
    case VERDICT_SET_ASIDE:
        return false;
    }
    return false;
}

GPtrArray *copy_standing_verdicts(struct gateway *g, row_id message, struct hold **open_out, struct err *e)
{
    g_autoptr(GPtrArray) all = verdicts_of(g->db, message, e);

    *open_out = NULL;
    for (guint i = 0; all != NULL && i < all->len;) {
        if (stands(g, all->pdata[i], open_out, e))
            i++;
        else
            g_ptr_array_remove_index(all, i);
    }
    if (e->kind != ERR_NONE) {
        g_clear_pointer(open_out, hold_free);
        return NULL;
    }
    return g_steal_pointer(&all);
}

bool copy_is_text_of(const struct hold *h, row_id forum, row_id idea, const char *title, const char *text)
{
    return h != NULL && h->kind == HOLD_CONFIRM && (h->yes == YES_PUBLISH || h->yes == YES_VOICE) && h->about.forum == forum &&
           h->about.idea == idea && strcmp(h->title, title) == 0 && strcmp(h->text, text) == 0;
}

bool copy_supersede(struct gateway *g, const struct hold *h, row_id post, row_id person, gint64 now, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_CONFIRMED, .decided_at = now, .decided_by = person, .about.post = post};
    struct event ev = {.at = now,
                       .kind = "hold.superseded",
                       .about.message = h->about.message,
                       .about.person = person,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = post,
                       .about.hold = h->id};
    bool changed;

    return holds_decide(g->db, &decided, &changed, e) &&
           (!changed || (messages_decided(g->db, h->about.message, e) && events_add(g->db, &ev, e)));
}

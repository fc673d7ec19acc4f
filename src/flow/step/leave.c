/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deliveries switched off and ideas followed no more; see leave.h.
 */
#include "flow/step/leave.h"

#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"

/* Does WHAT end this delivery? */
static bool ends(enum leave what, row_id id, const struct member *m)
{
    switch (what) {
    case LEAVE_ASK:
    case LEAVE_IDEA:
        return false;
    case LEAVE_FORUM:
        return m->forum_id == id && m->delivery != DELIVERY_NONE;
    case LEAVE_DIGESTS:
        return m->delivery == DELIVERY_DAILY || m->delivery == DELIVERY_WEEKLY;
    case LEAVE_ALL:
        return m->delivery != DELIVERY_NONE;
    }
    return false;
}

static bool end_deliveries(struct gateway *g, row_id person, enum leave what, row_id id, row_id message, gint64 now,
                           struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(g->db, person, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        struct member m = *(const struct member *)all->pdata[i];
        if (!ends(what, id, &m))
            continue;
        struct event ev = {.at = now,
                           .kind = "person.delivery",
                           .about.message = message,
                           .about.person = person,
                           .about.forum = m.forum_id,
                           .detail = delivery_name(DELIVERY_NONE)};
        m.delivery = DELIVERY_NONE;
        m.joined_at = now;
        if (!members_put(g->db, &m, e) || !events_add(g->db, &ev, e))
            return false;
    }
    return all != NULL;
}

bool leave_stop(struct gateway *g, row_id person, enum leave what, row_id id, row_id message, gint64 now, struct err *e)
{
    bool is_idea = what == LEAVE_IDEA;
    struct event ev = {.at = now,
                       .kind = (is_idea ? "follow.stopped" : "person.delivery"),
                       .about.message = message,
                       .about.person = person,
                       .about.idea = is_idea ? id : 0,
                       .about.forum = what == LEAVE_FORUM ? id : 0,
                       .detail = is_idea ? NULL : "stopped"};

    if (is_idea) {
        idea_auto idea = ideas_by_id(g->db, id, e); /* the number may be one that a person wrote */
        if (idea == NULL)
            return e->kind == ERR_NONE;
        return ideas_unfollow(g->db, id, person, now, e) && events_add(g->db, &ev, e);
    }
    if (!end_deliveries(g, person, what, id, message, now, e))
        return false;
    if ((what == LEAVE_FORUM || what == LEAVE_ALL) && !ideas_unfollow_all(g->db, person, what == LEAVE_FORUM ? id : 0, now, e))
        return false;
    return events_add(g->db, &ev, e);
}

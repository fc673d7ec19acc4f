/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See trust.h.
 */
#include "flow/step/trust.h"

#include "flow/facts.h"
#include "store/events.h"
#include "store/forums.h"

static bool find(struct gateway *g, row_id person, row_id forum, gint64 now, bool *out, struct err *e)
{
    forum_auto f = person != 0 && forum != 0 ? forums_by_id(g->db, forum, e) : NULL;

    *out = false;
    return f == NULL ? e->kind == ERR_NONE : facts_is_trusted(g, f, person, now, out, e);
}

bool trust_before(struct gateway *g, row_id person, row_id forum, gint64 now, struct trusted *out, struct err *e)
{
    *out = (struct trusted){.person = person, .forum = forum};
    return find(g, person, forum, now, &out->was, e);
}

bool trust_after(struct gateway *g, const struct trusted *t, gint64 now, struct err *e)
{
    bool is;

    if (!find(g, t->person, t->forum, now, &is, e))
        return false;
    struct event ev = {.at = now,
                       .kind = is ? "person.trusted" : "person.untrusted",
                       .about.person = t->person,
                       .about.forum = t->forum};
    return is == t->was || events_add(g->db, &ev, e);
}

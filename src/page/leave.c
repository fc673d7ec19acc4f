/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /u/TOKEN: no more mails of one kind. A GET asks with a button; a POST ends them at once, from the button or from a mail
 * program's own (RFC 8058: List-Unsubscribe=One-Click, no cookies, no token of a form). Nothing is sent after it, and nothing
 * else can be done with the link, so that a forwarded mail gives nothing away.
 */
#include "page/subscribe.h"

#include "flow/step/leave.h"
#include "forum/access.h"
#include "forum/link.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/persons.h"

#include <string.h>

/* What would not be sent any more. False: it is gone, or E. */
static bool set_what(const struct page *p, struct value *data, const struct link *l, struct err *e)
{
    idea_auto idea = l->leave == LEAVE_IDEA ? ideas_by_id(p->g->db, l->id, e) : NULL;
    forum_auto forum = l->leave == LEAVE_FORUM ? forums_by_id(p->g->db, l->id, e) : NULL;

    value_set_bool(data, "is_idea", l->leave == LEAVE_IDEA);
    value_set_bool(data, "is_forum", l->leave == LEAVE_FORUM);
    value_set_bool(data, "is_digests", l->leave == LEAVE_DIGESTS);
    value_set_bool(data, "is_all", l->leave == LEAVE_ALL);
    page_set_thing(p, data, l->leave == LEAVE_IDEA ? l->id : 0);
    if (idea != NULL && access_may_read(idea, ROLE_NONE, false))
        value_set_line(data, "what_title", idea->title);
    if (forum != NULL)
        value_set_line(data, "what_title", forum->title);
    return e->kind == ERR_NONE;
}

static bool show(struct page *p, const struct link *l, const struct person *person, const char *name, guint status, struct err *e)
{
    value_auto data = value_map();

    page_set_form(p, data);
    if (person->address != NULL)
        value_set(data, "masked_address", value_take(page_masked(person->address)));
    return set_what(p, data, l, e) && page_show(p, status, name, g_steal_pointer(&data), e);
}

/* A button was pressed: ours, or the mail program's. */
static bool is_wished(const struct page *p)
{
    return page_is_one_click(p) || link_is_form_token(p->part[0], page_field(p, "token"), p->g->key);
}

bool page_leave(struct page *p, struct err *e)
{
    struct link link;

    if (link_is_of_subscription(p->part[0]))
        return subscribe_end_page(p, e);
    enum link_state state = link_read(LINK_LEAVE, p->part[0], p->g->key, p->now, &link);

    if (state == LINK_FALSE || (state == LINK_FINE && link.leave == LEAVE_ASK))
        return page_say(p, 404, "link-false", e);
    if (state == LINK_EXPIRED)
        return page_say(p, 410, "leave-expired", e);
    person_auto person = persons_by_id(p->g->db, link.person, e);
    if (person == NULL)
        return e->kind == ERR_NONE && page_say(p, 410, "leave-expired", e); /* nothing is sent to whoever was erased */
    if (!page_is_post(p))
        return show(p, &link, person, "leave", 200, e);
    if (!is_wished(p))
        return show(p, &link, person, "leave", 400, e);
    return leave_stop(p->g, link.person, link.leave, link.id, 0, p->now, e) && show(p, &link, person, "leave-done", 200, e);
}

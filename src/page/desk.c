/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk of those who decide: logging in by a link sent by mail, what waits, logging out. What a link opens is opened by a
 * button: programs that look at mails open every link.
 */
#include "page/session.h"

#include "forum/link.h"
#include "mail/write/compose.h"
#include "page/open_form.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"

#include <string.h>

#define FORM "schreibtisch"

/* ---- Logging in */
static bool show_login(struct page *p, bool is_stale, guint status, struct err *e)
{
    struct value *data = value_map();
    const char *address = page_field(p, "address");

    open_form_set(p, data, FORM);
    value_set_bool(data, "is_stale", is_stale);
    value_set_line(data, "address", address != NULL ? address : "");
    return page_show(p, status, "desk-login", data, e);
}

/* The same answer whether anybody has that address or not. */
static bool ask(struct page *p, struct err *e)
{
    const char *given = page_field(p, "address");
    g_autofree char *address = g_strstrip(g_strdup(given != NULL ? given : ""));
    enum open_form form = open_form_check(p, FORM);

    if (form == OPEN_FORM_STALE || (form == OPEN_FORM_FINE && !outgoing_is_address(address)))
        return show_login(p, true, 400, e);
    if (form == OPEN_FORM_FINE && !session_ask(p, address, e))
        return false;
    return page_say(p, 200, "desk-sent", e);
}

bool page_desk_open(struct page *p, struct err *e)
{
    struct link link;
    bool may = false;

    if (link_read(LINK_DESK, p->part[0], p->g->key, p->now, &link) == LINK_FALSE)
        return page_say(p, 404, "desk-false", e);
    if (!session_may_open(p, link.id, &may, e))
        return false;
    if (!may)
        return page_say(p, 410, "desk-false", e);
    bool is_press = page_is_post(p) && link_is_form_token(p->part[0], page_field(p, "token"), p->g->key);
    if (!is_press) {
        struct value *data = value_map();
        page_set_form(p, data);
        value_set_bool(data, "is_desk", true);
        return page_show(p, page_is_post(p) ? 400 : 200, "desk-open", data, e);
    }
    if (!session_open(p, link.id, &may, e))
        return false;
    return may ? page_redirect(p, 303, "/schreibtisch", e) : page_say(p, 410, "desk-false", e);
}

/* ---- What waits */
static bool is_among(const GArray *forums, row_id forum)
{
    for (guint i = 0; i < forums->len; i++)
        if (g_array_index(forums, row_id, i) == forum)
            return true;
    return false;
}

static struct value *entry(struct page *p, const struct hold *h, struct err *e)
{
    idea_auto idea = h->idea_id != 0 ? ideas_by_id(p->g->db, h->idea_id, e) : NULL;
    forum_auto forum = forums_by_id(p->g->db, h->forum_id, e);

    if (e->kind != ERR_NONE)
        return NULL;
    struct value *one = value_map();
    value_set(one, "hold_path", value_take(g_strdup_printf("%s/schreibtisch/h/%" G_GINT64_FORMAT, p->prefix, h->id)));
    value_set_line(one, "title", idea != NULL ? idea->title : h->title);
    value_set_bool(one, "is_idea", idea == NULL || idea->state == IDEA_IN_REVIEW);
    value_set_number(one, "number", h->idea_id);
    value_set_line(one, "forum_title", forum != NULL ? forum->title : "");
    page_set_time(p, one, "since", h->created_at);
    return one;
}

static bool show_waiting(struct page *p, const struct session *s, const GArray *forums, struct err *e)
{
    g_autoptr(GPtrArray) holds = holds_open(p->g->db, e);
    value_auto data = value_map();
    struct value *list = value_list();
    gint64 n = 0;

    value_set(data, "holds", list);
    for (guint i = 0; holds != NULL && i < holds->len; i++) {
        const struct hold *h = holds->pdata[i];
        if (h->kind != HOLD_REVIEW || !is_among(forums, h->forum_id))
            continue;
        struct value *one = entry(p, h, e);
        if (one == NULL)
            return false;
        value_append(list, one);
        n++;
    }
    session_set_form(p, s, data);
    value_set_number(data, "n_waiting", n);
    value_set_bool(data, "is_one", n == 1);
    value_set_bool(data, "has_any", n > 0);
    return holds != NULL && page_show(p, 200, "desk", g_steal_pointer(&data), e);
}

static bool at_desk(struct page *p, const struct session *s, struct err *e)
{
    if (page_is_post(p) && session_is_form(p, s) && g_strcmp0(page_field(p, "answer"), "out") == 0)
        return session_close(p, s, e) && page_redirect(p, 303, "/schreibtisch", e);
    g_autoptr(GArray) forums = session_forums(p, s->person, e);
    if (forums == NULL)
        return false;
    if (forums->len > 0)
        return show_waiting(p, s, forums, e);
    struct value *data = value_map();
    session_set_form(p, s, data);
    return page_show(p, 403, "desk-no-role", data, e);
}

bool page_desk(struct page *p, struct err *e)
{
    struct session s;

    if (!session_read(p, &s, e))
        return false;
    bool ok = s.person != 0 ? at_desk(p, &s, e) : page_is_post(p) ? ask(p, e) : show_login(p, false, 200, e);
    session_clear(&s);
    return ok;
}

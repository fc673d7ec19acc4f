/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desk of those who decide: logging in by a link sent by mail, what waits, logging out. What a link opens is opened by a
 * button: programs that look at mails open every link.
 */
#include "page/desk.h"

#include "flow/filed.h"
#include "flow/step/review.h"
#include "forum/life.h"
#include "forum/link.h"
#include "mail/write/compose.h"
#include "page/open_form.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/proposals.h"
#include "store/remarks.h"

#include <string.h>

#define FORM "schreibtisch"

/* ---- What its pages share */
bool desk_open(struct page *p, desk_fn *fn, struct err *e)
{
    struct session s;

    if (!session_read(p, &s, e))
        return false;
    bool ok = s.notice != 0 ? fn(p, &s, e) : page_redirect(p, 303, "/schreibtisch", e);
    session_clear(&s);
    return ok;
}

static void set_place(struct value *data, enum desk_place place)
{
    value_set_bool(data, "is_at_waiting", place == DESK_WAITING);
    value_set_bool(data, "is_at_ideas", place == DESK_IDEAS);
    value_set_bool(data, "is_at_proposals", place == DESK_PROPOSALS);
    value_set_bool(data, "is_at_letters", place == DESK_LETTERS);
}

bool desk_show(struct page *p, const struct session *s, enum desk_place place, guint status, const char *name, struct value *data,
               struct err *e)
{
    value_auto whole = data;
    struct session_work work;

    if (!session_work(p, s->person, s->address, &work, e))
        return false;
    session_set_form(p, s, whole);
    set_place(whole, place);
    value_set_bool(whole, "has_members", work.members->len > 0);
    value_set_bool(whole, "has_lists", work.lists->len > 0);
    page_set_time(p, whole, "session_ends", s->ends_at);
    session_work_clear(&work);
    return page_show(p, status, name, g_steal_pointer(&whole), e);
}

bool desk_say_no_role(struct page *p, const struct session *s, struct err *e)
{
    return desk_show(p, s, DESK_WAITING, 403, "desk-no-role", value_map(), e);
}

enum role desk_role(struct page *p, const struct session *s, row_id forum, struct err *e)
{
    g_autofree struct member *m = s->person != 0 ? members_find(p->g->db, forum, s->person, e) : NULL;

    return m != NULL ? m->role : ROLE_NONE;
}

bool desk_may(enum role role, enum command c)
{
    return (command_row(c)->roles & COMMAND_ROLE(role)) != 0;
}

char *desk_field(const struct page *p, const char *name)
{
    const char *given = page_field(p, name);
    g_autofree char *lines = g_strdup(given != NULL ? given : "");
    g_auto(GStrv) parts = g_strsplit(lines, "\r\n", -1);

    return g_strstrip(g_strjoinv("\n", parts));
}

row_id desk_number(const char *text)
{
    gint64 n = 0;

    return text != NULL && g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &n, NULL) ? n : 0;
}

row_id desk_idea_number(const struct page *p, const char *text)
{
    g_autofree char *plain = text != NULL ? filed_line(p->g, text) : NULL;

    return desk_number(plain != NULL ? plain : text);
}

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
    g_autofree char *address = desk_field(p, "address");
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
static gint by_age(gconstpointer a, gconstpointer b)
{
    const struct hold *x = *(struct hold *const *)a, *y = *(struct hold *const *)b;
    gint64 at = x->state == HOLD_REJECTED ? x->decided_at : x->created_at;
    gint64 other = y->state == HOLD_REJECTED ? y->decided_at : y->created_at;

    return at < other ? -1 : at > other ? 1 : x->id < y->id ? -1 : x->id > y->id;
}

GPtrArray *desk_waiting(struct page *p, const struct session *s, struct err *e)
{
    if (s->person == 0)
        return g_ptr_array_new();
    g_autoptr(GPtrArray) waiting = holds_for_staff(p->g->db, s->person, e);
    g_autoptr(GPtrArray) complaints = waiting != NULL ? holds_complaints(p->g->db, s->person, e) : NULL;

    for (guint i = 0; complaints != NULL && i < complaints->len; i++) {
        bool may = false;
        if (!review_may_judge(p->g, complaints->pdata[i], s->person, p->now, &may, e))
            return NULL;
        if (may)
            g_ptr_array_add(waiting, g_steal_pointer(&complaints->pdata[i]));
    }
    if (complaints == NULL)
        return NULL;
    g_ptr_array_sort(waiting, by_age);
    return g_steal_pointer(&waiting);
}

static void set_neighbour(const struct page *p, struct value *data, const char *key, const struct hold *h)
{
    value_set(data, key, value_take(g_strdup_printf("%s/schreibtisch/h/%" G_GINT64_FORMAT, p->prefix, h->id)));
}

bool desk_set_place(struct page *p, const struct session *s, row_id id, struct value *data, struct err *e)
{
    g_autoptr(GPtrArray) waiting = desk_waiting(p, s, e);
    bool is_among = false;

    for (guint i = 0; waiting != NULL && i < waiting->len; i++) {
        if (((const struct hold *)waiting->pdata[i])->id != id)
            continue;
        is_among = true;
        value_set_number(data, "place", i + 1);
        if (i > 0)
            set_neighbour(p, data, "earlier_path", waiting->pdata[i - 1]);
        if (i + 1 < waiting->len)
            set_neighbour(p, data, "later_path", waiting->pdata[i + 1]);
    }
    if (waiting != NULL && !is_among && waiting->len > 0)
        set_neighbour(p, data, "later_path", waiting->pdata[0]);
    value_set_number(data, "n_waiting", waiting != NULL ? waiting->len : 0);
    value_set_bool(data, "is_one_n_waiting", waiting != NULL && waiting->len == 1);
    value_set_bool(data, "has_place", is_among);
    value_set_bool(data, "has_neighbours", is_among && waiting->len > 1);
    return waiting != NULL;
}

/* What was asked and answered about it. */
bool desk_set_remarks(const struct page *p, struct value *data, const struct hold *h, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(p->g->db, h->id, e);
    struct value *list = value_list();

    value_set(data, "remarks", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct remark *r = all->pdata[i];
        struct value *one = value_map();
        value_set_bool(one, "is_question", r->kind == REMARK_QUESTION);
        value_set_bool(one, "is_answer", r->kind == REMARK_ANSWER);
        value_set_bool(one, "is_complaint", r->kind == REMARK_COMPLAINT);
        value_set_bool(one, "is_report", r->kind == REMARK_REPORT);
        value_set_bool(one, "is_unproved", r->kind == REMARK_REPORT && r->person_id == 0);
        value_set_bool(one, "is_note", r->kind == REMARK_NOTE);
        page_set_words(one, "words", r->text, false);
        page_set_time(p, one, "said", r->at);
        value_append(list, one);
    }
    value_set_bool(data, "has_remarks", value_length(list) > 0);
    return all != NULL;
}

static struct value *entry(struct page *p, const struct hold *h, struct err *e)
{
    idea_auto idea = h->about.idea != 0 ? ideas_by_id(p->g->db, h->about.idea, e) : NULL;
    forum_auto forum = forums_by_id(p->g->db, h->about.forum, e);
    row_id proposal = 0;

    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(p->g->db, idea->id, &proposal, e)))
        return NULL;
    struct value *one = value_map();
    value_set(one, "hold_path", value_take(g_strdup_printf("%s/schreibtisch/h/%" G_GINT64_FORMAT, p->prefix, h->id)));
    value_set_line(one, "title", idea != NULL ? idea->title : h->title);
    value_set_bool(one, "is_official", h->kind == HOLD_SECOND);
    value_set_bool(one, "is_complaint", h->state == HOLD_REJECTED);
    value_set_bool(one, "is_step", h->kind == HOLD_SECOND && h->about.post == 0);
    value_set_bool(one, "is_idea",
                   h->kind == HOLD_REVIEW && (idea == NULL || idea->state == IDEA_IN_REVIEW || idea->state == IDEA_REJECTED));
    value_set_bool(one, "is_proposal", proposal != 0);
    value_set_number(one, "number", proposal != 0 ? proposal : h->about.idea);
    value_set_line(one, "forum_title", forum != NULL ? forum->title : "");
    page_set_time(p, one, "since", h->state == HOLD_REJECTED ? h->decided_at : h->created_at);
    return one;
}

static bool show_waiting(struct page *p, const struct session *s, struct err *e)
{
    g_autoptr(GPtrArray) holds = desk_waiting(p, s, e);
    value_auto data = value_map();
    struct value *list = value_list();

    value_set(data, "holds", list);
    for (guint i = 0; holds != NULL && i < holds->len; i++) {
        struct value *one = entry(p, holds->pdata[i], e);
        if (one == NULL)
            return false;
        value_append(list, one);
    }
    value_set_number(data, "n_waiting", value_length(list));
    value_set_bool(data, "is_one", value_length(list) == 1);
    value_set_bool(data, "has_any", value_length(list) > 0);
    return holds != NULL && desk_show(p, s, DESK_WAITING, 200, "desk", g_steal_pointer(&data), e);
}

static bool at_desk(struct page *p, const struct session *s, struct err *e)
{
    struct session_work work;

    if (page_is_post(p) && session_is_form(p, s) && g_strcmp0(page_field(p, "answer"), "out") == 0)
        return session_close(p, s, e) && page_redirect(p, 303, "/schreibtisch", e);
    if (!session_work(p, s->person, s->address, &work, e))
        return false;
    bool decides = work.members->len > 0, edits = work.lists->len > 0;
    session_work_clear(&work);
    if (decides)
        return show_waiting(p, s, e);
    return edits ? page_redirect(p, 303, "/schreibtisch/newsletter", e) : desk_say_no_role(p, s, e);
}

bool page_desk(struct page *p, struct err *e)
{
    struct session s;

    if (!session_read(p, &s, e))
        return false;
    bool ok = s.notice != 0 ? at_desk(p, &s, e) : page_is_post(p) ? ask(p, e) : show_login(p, false, 200, e);
    session_clear(&s);
    return ok;
}

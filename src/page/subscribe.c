/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Newsletters: /abo/NAME orders one (somebody, who may be anybody, types an address: its owner is asked by mail, and the page says
 * the same whether the address is known or not), /c/sTOKEN is the owner's yes, /u/sTOKEN ends it, by a button or by a mail
 * program's own (RFC 8058). Steps and the record of consent are flow/step/subscribe.h's, as for mails.
 */
#include "page/subscribe.h"

#include "base/limits.h"
#include "flow/step/subscribe.h"
#include "forum/given.h"
#include "forum/link.h"
#include "page/open_form.h"
#include "store/lists.h"
#include "store/subscriptions.h"

#include <string.h>

#define HOUR_S 3600

/* ---- Ordering */
static bool show_form(struct page *p, const struct list *l, guint status, const char *fault, struct err *e)
{
    struct value *data = value_map();
    g_autofree char *name = g_strconcat("abo ", l->name, NULL), *by_mail = NULL;

    open_form_set(p, data, name);
    value_set_line(data, "list_title", l->title);
    value_set_line(data, "address_given", page_field(p, "address"));
    value_set_bool(data, "is_wrong", fault != NULL);
    value_set_bool(data, "is_address_wrong", g_strcmp0(fault, "address") == 0);
    value_set_bool(data, "is_stale", g_strcmp0(fault, "stale") == 0);
    value_set_bool(data, "is_much", g_strcmp0(fault, "much") == 0);
    by_mail = route_list_address(l->name, LIST_WORD_SUBSCRIBE, p->g->domain);
    page_set_address(data, "by_mail", by_mail, NULL);
    return page_show(p, status, "subscribe", data, e);
}

static bool show_asked(struct page *p, const struct list *l, struct err *e)
{
    struct value *data = value_map();

    value_set_line(data, "list_title", l->title);
    return page_show(p, 200, "subscribe-asked", data, e);
}

static bool order(struct page *p, const struct list *l, struct err *e)
{
    g_autofree char *name = g_strconcat("abo ", l->name, NULL);
    const char *typed = page_field(p, "address");
    err_auto struct err wrong = {0};
    enum subscribe_outcome outcome;

    switch (open_form_check(p, name)) {
    case OPEN_FORM_ROBOT:
        return show_asked(p, l, e);
    case OPEN_FORM_STALE:
        return show_form(p, l, 422, "stale", e);
    case OPEN_FORM_FINE:
        break;
    }
    g_autofree char *trimmed = g_strstrip(g_strdup(typed != NULL ? typed : ""));
    g_autofree char *address = given_address(trimmed, p->g->domain, &wrong);
    if (address == NULL)
        return show_form(p, l, 422, "address", e);
    gint64 n = subscriptions_count_orders(p->g->db, p->now - HOUR_S + 1, p->now, LIMIT_ORDERS_PER_HOUR, e);
    if (n < 0)
        return false;
    if (n >= LIMIT_ORDERS_PER_HOUR) /* somebody types in the addresses of strangers */
        return show_form(p, l, 429, "much", e);
    return subscribe_ask(p->g, l, address, p->language, &(struct said){.way = WAY_PAGE}, p->now, &outcome, e) &&
           show_asked(p, l, e);
}

bool page_subscribe(struct page *p, struct err *e)
{
    list_auto l = lists_by_name(p->g->db, p->part[0], e);

    if (l == NULL || l->is_members_only)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    return page_is_post(p) ? order(p, l, e) : show_form(p, l, 200, NULL, e);
}

/* ---- With a link */
struct subscriber {
    struct subscription *subscription; /* owned; NULL gone */
    struct list *list;
};

static void subscriber_clear(struct subscriber *r)
{
    subscription_free(r->subscription);
    list_free(r->list);
}

static bool find_subscriber(struct page *p, row_id subscription, struct subscriber *out, struct err *e)
{
    out->subscription = subscriptions_by_id(p->g->db, subscription, e);
    if (out->subscription != NULL)
        out->list = lists_by_id(p->g->db, out->subscription->list_id, e);
    return e->kind == ERR_NONE;
}

static bool show(struct page *p, const struct subscriber *r, const char *name, guint status, struct err *e)
{
    struct value *data = value_map();

    page_set_form(p, data);
    value_set_line(data, "list_title", r->list->title);
    value_set(data, "masked_address", value_take(page_masked(r->subscription->written)));
    g_autofree char *subscribe = route_list_address(r->list->name, LIST_WORD_SUBSCRIBE, p->g->domain);
    page_set_address(data, "by_mail", subscribe, NULL);
    return page_show(p, status, name, data, e);
}

static bool is_pressed(const struct page *p)
{
    return link_is_form_token(p->part[0], page_field(p, "token"), p->g->key);
}

static bool confirm(struct page *p, const struct subscriber *r, struct err *e)
{
    bool changed;

    if (r->subscription->state == SUBSCRIPTION_ACTIVE)
        return show(p, r, "subscribed", 200, e);
    if (r->subscription->state != SUBSCRIPTION_ASKED)
        return page_say(p, 410, "subscribe-expired", e); /* ended since: who wants it again orders it again */
    if (!page_is_post(p) || !is_pressed(p))
        return show(p, r, "subscribe-confirm", page_is_post(p) ? 400 : 200, e);
    return subscribe_confirm(p->g, r->subscription, &(struct said){.way = WAY_PAGE}, p->now, &changed, e) &&
           show(p, r, "subscribed", 200, e);
}

bool subscribe_confirm_page(struct page *p, struct err *e)
{
    struct link link;
    struct subscriber r = {0};
    enum link_state state = link_read(LINK_SUBSCRIBE, p->part[0], p->g->key, p->now, &link);

    if (state == LINK_FALSE)
        return page_say(p, 404, "link-false", e);
    bool ok = find_subscriber(p, link.subscription, &r, e);
    if (ok && (state == LINK_EXPIRED || r.list == NULL))
        ok = page_say(p, 410, "subscribe-expired", e);
    else
        ok = ok && confirm(p, &r, e);
    subscriber_clear(&r);
    return ok;
}

static bool end(struct page *p, const struct subscriber *r, struct err *e)
{
    bool is_one_click = page_is_one_click(p), changed;
    enum way way = is_one_click ? WAY_ONE_CLICK : WAY_PAGE;

    if (!page_is_post(p) || (!is_one_click && !is_pressed(p)))
        return show(p, r, "unsubscribe", page_is_post(p) ? 400 : 200, e);
    return subscribe_end(p->g, r->subscription, SUBSCRIPTION_UNSUBSCRIBED, &(struct said){.way = way}, p->now, &changed, e) &&
           show(p, r, "unsubscribed", 200, e);
}

bool subscribe_end_page(struct page *p, struct err *e)
{
    struct link link;
    struct subscriber r = {0};
    enum link_state state = link_read(LINK_UNSUBSCRIBE, p->part[0], p->g->key, p->now, &link);

    if (state == LINK_FALSE)
        return page_say(p, 404, "link-false", e);
    bool ok = find_subscriber(p, link.subscription, &r, e);
    if (ok && (state == LINK_EXPIRED || r.list == NULL))
        ok = page_say(p, 410, "leave-expired", e);
    else
        ok = ok && end(p, &r, e);
    subscriber_clear(&r);
    return ok;
}

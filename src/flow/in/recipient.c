/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See recipient.h.
 */
#include "flow/in/recipient.h"

#include "flow/facts.h"
#include "flow/quota.h"
#include "store/ideas.h"
#include "store/lists.h"

/* Is there what the address names? A discussion that the world does not know is as good as none, unless the address was
 * given out: otherwise numbers could be tried until one is there. */
static bool route_exists(struct gateway *g, const struct route *r, struct err *e)
{
    forum_auto forum = NULL;
    idea_auto idea = NULL;
    list_auto list = NULL;

    switch (r->kind) {
    case ROUTE_FOREIGN:
    case ROUTE_UNKNOWN:
        return false;
    case ROUTE_FORUM:
        forum = facts_find_forum(g, r->name, e);
        list = forum == NULL && e->kind == ERR_NONE ? lists_by_name(g->db, r->name, e) : NULL;
        return forum != NULL || list != NULL;
    case ROUTE_LIST:
        list = lists_by_name(g->db, r->name, e);
        return list != NULL;
    case ROUTE_IDEA:
        idea = ideas_by_id(g->db, r->idea, e);
        if (idea != NULL && r->name != NULL && facts_named_forum(g, r, idea, e) == 0)
            return false;
        return idea != NULL && (r->has_token || access_is_known(idea) || (r->proposal != 0 && r->act == ACT_INNER)); /* a draft */
    case ROUTE_CONFIRM:
    case ROUTE_MODERATE:
    case ROUTE_BOUNCE:
    case ROUTE_DIGEST:
    case ROUTE_WISH:
    case ROUTE_LEAVE:
    case ROUTE_SUBSCRIPTION:
    case ROUTE_ISSUE:
    case ROUTE_OPERATOR:
    case ROUTE_HELP:
    case ROUTE_PRIVACY:
        return true; /* proved by the MAC, or always there */
    }
    return false;
}

char *recipient_check(struct gateway *g, const char *address)
{
    struct route route;
    err_auto struct err e = {0};

    if (!quota_has_room(g, &e))
        return g_strdup(err_lmtp_reply(e.kind));
    route_parse(address, g->domain, g->key, &route);
    facts_settle_route(g, &route, &e);
    bool exists = e.kind == ERR_NONE && route_exists(g, &route, &e);
    bool is_foreign = route.kind == ROUTE_FOREIGN;
    route_clear(&route);
    if (e.kind != ERR_NONE)
        return g_strdup(err_lmtp_reply(e.kind));
    if (exists)
        return NULL;
    if (is_foreign)
        return g_strdup_printf("550 5.7.1 We do not relay; this gateway takes mail for %s only", g->domain);
    return g_strdup_printf(
        "550 5.1.1 No such forum or public discussion here; answer a mail that you got, or write to hilfe@%s for a list",
        g->domain);
}

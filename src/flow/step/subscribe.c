/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Subscriptions; see subscribe.h.
 */
#include "flow/step/subscribe.h"

#include "base/limits.h"
#include "store/events.h"
#include "store/issues.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/subscriptions.h"

#define DAY_S 86400

/* What our mail server found, as it is shown: "dmarc=pass spf=pass dkim=pass (mx.example.org)". NULL nothing. */
static char *authentication_of(const struct message *m)
{
    const struct authentication *a = m != NULL ? m->authentication : NULL;

    if (a == NULL)
        return NULL;
    return g_strdup_printf("dmarc=%s spf=%s dkim=%s (%s)%s", a->dmarc != NULL ? a->dmarc : "-", a->spf != NULL ? a->spf : "-",
                           a->dkim != NULL ? a->dkim : "-", a->authserv_id != NULL ? a->authserv_id : "-",
                           a->is_dmarc_of_from ? ", From proved" : "");
}

static bool is_proved(const struct message *m)
{
    return m != NULL && m->authentication != NULL && m->authentication->is_dmarc_of_from;
}

static bool record(struct gateway *g, row_id list, const char *key, enum consent_kind kind, const struct said *how, gint64 now,
                   struct err *e)
{
    g_autofree char *authentication = authentication_of(how->mail),
                    *event = g_strconcat("subscription.", consent_kind_name(kind), NULL);
    struct consent c = {.list_id = list,
                        .address = key,
                        .at = now,
                        .kind = kind,
                        .way = how->way,
                        .wording = how->words,
                        .message_key = how->message_key,
                        .authentication = authentication};
    struct event ev = {.at = now, .kind = event, .about.message = how->message, .detail = way_name(how->way)};

    return consents_add(g->db, &c, e) && events_add(g->db, &ev, e);
}

/* Asks, if the limits let another question go; the statement itself asks them. */
static bool ask(struct gateway *g, const struct subscription *s, const struct said *how, gint64 now, enum subscribe_outcome *out,
                struct err *e)
{
    g_autofree char *authentication = authentication_of(how->mail);
    struct consent c = {.list_id = s->list_id,
                        .address = s->address,
                        .at = now,
                        .way = how->way,
                        .message_key = how->message_key,
                        .authentication = authentication};
    struct notice n = {.purpose = PURPOSE_CONFIRM_SUBSCRIPTION, .language = s->language, .subscription_id = s->id, .due_at = now};
    struct event ev = {.at = now, .kind = "subscription.asked", .about.message = how->message, .detail = way_name(how->way)};
    row_id asked, notice;

    if (!consents_ask(g->db, &c, &asked, e))
        return false;
    *out = asked != 0 ? SUBSCRIBE_ASKED : SUBSCRIBE_WAITING;
    return asked == 0 || (notices_add(g->db, &n, &notice, e) && consents_set_notice(g->db, asked, notice, e) &&
                          subscriptions_set_asked(g->db, s->id, now, e) && events_add(g->db, &ev, e));
}

bool subscribe_ask(struct gateway *g, const struct list *l, const char *address, const char *language, const struct said *how,
                   gint64 now, enum subscribe_outcome *out, struct err *e)
{
    g_autofree char *key = persons_key(address);
    struct subscription wanted = {.list_id = l->id, .address = key, .written = address, .language = language, .way = how->way};
    bool changed;

    *out = SUBSCRIBE_REFUSED;
    if (l->is_members_only)
        return true;
    subscription_auto before = subscriptions_by_address(g->db, l->id, key, e);
    *out = SUBSCRIBE_ALREADY;
    /* Whose mails came back is in again when mails arrive, and who complained wants no questions: a stranger who orders in their
     * name changes nothing of that; they themselves may begin anew. */
    if (e->kind != ERR_NONE || (before != NULL && before->state == SUBSCRIPTION_SUSPENDED && !is_proved(how->mail)))
        return e->kind == ERR_NONE;
    if (!subscriptions_want(g->db, &wanted, now, &changed, e))
        return false;
    subscription_auto s = subscriptions_by_address(g->db, l->id, key, e);
    if (s == NULL || s->state == SUBSCRIPTION_ACTIVE)
        return e->kind == ERR_NONE;
    return ask(g, s, how, now, out, e);
}

bool subscribe_confirm(struct gateway *g, const struct subscription *s, const struct said *how, gint64 now, bool *changed_out,
                       struct err *e)
{
    return subscriptions_activate(g->db, s->id, now, changed_out, e) &&
           (!*changed_out || record(g, s->list_id, s->address, CONSENT_CONFIRMED, how, now, e));
}

bool subscribe_add(struct gateway *g, const struct list *l, const char *address, const char *language, const struct said *how,
                   gint64 now, bool *changed_out, struct err *e)
{
    g_autofree char *key = persons_key(address);
    struct subscription s = {.list_id = l->id, .address = key, .written = address, .language = language, .way = how->way};
    enum consent_kind kind = how->way == WAY_IMPORT ? CONSENT_IMPORTED : CONSENT_ADDED;

    return subscriptions_join(g->db, &s, now, changed_out, e) && (!*changed_out || record(g, l->id, key, kind, how, now, e));
}

bool subscribe_end(struct gateway *g, const struct subscription *s, enum subscription_state state, const struct said *how,
                   gint64 now, bool *changed_out, struct err *e)
{
    enum consent_kind kind = state == SUBSCRIPTION_SUSPENDED  ? CONSENT_SUSPENDED
                             : s->state == SUBSCRIPTION_ASKED ? CONSENT_DECLINED
                                                              : CONSENT_UNSUBSCRIBED;

    return subscriptions_end(g->db, s->id, state, now, changed_out, e) &&
           (!*changed_out || record(g, s->list_id, s->address, kind, how, now, e));
}

bool subscribe_suspend(struct gateway *g, const char *key, enum way way, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = subscriptions_of(g->db, key, e);
    bool changed, ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct subscription *s = all->pdata[i];
        ok = s->state != SUBSCRIPTION_ACTIVE ||
             subscribe_end(g, s, SUBSCRIPTION_SUSPENDED, &(struct said){.way = way}, now, &changed, e);
    }
    return ok;
}

/* Issues since the day before it was suspended, of which the mails came back. */
static bool tell_missed(struct gateway *g, const struct subscription *s, gint64 now, struct err *e)
{
    gint64 n;

    return issues_send_missed(g->db, s, s->changed_at - DAY_S, LIMIT_ISSUES_MISSED, now, &n, e);
}

bool subscribe_revive(struct gateway *g, const char *key, enum way way, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) all = subscriptions_of(g->db, key, e);
    bool changed, ok = all != NULL;

    for (guint i = 0; ok && i < all->len; i++) {
        const struct subscription *s = all->pdata[i];
        ok = subscriptions_revive(g->db, s->id, now, &changed, e) &&
             (!changed ||
              (record(g, s->list_id, key, CONSENT_REVIVED, &(struct said){.way = way}, now, e) && tell_missed(g, s, now, e)));
    }
    return ok;
}

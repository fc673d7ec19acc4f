/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody is in forums, follows, supports and subscribes to; see person_held.h.
 */
#include "cmd/person_held.h"

#include "store/duties.h"
#include "store/forums.h"
#include "store/lists.h"
#include "store/steps.h"
#include "store/subscriptions.h"

bool person_show_members(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? members_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "forums", "Forums");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct member *m = all->pdata[i];
        forum_auto f = forums_by_id(h->d->gateway->db, m->forum_id, h->e);
        held_begin_line(h);
        held_put_text(h, "forum", f != NULL ? f->name : NULL);
        held_put_text(h, "role", role_name(m->role));
        held_put_text(h, "delivery", delivery_name(m->delivery));
        held_put_time(h, "joined_at", m->joined_at);
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

bool person_show_duties(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? duties_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "duties", "Moderates, or is away");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct duty *duty = all->pdata[i];
        forum_auto f = forums_by_id(h->d->gateway->db, duty->forum_id, h->e);
        held_begin_line(h);
        held_put_text(h, "forum", f != NULL ? f->name : NULL);
        held_put_text(h, "kind", duty_kind_name(duty->kind));
        held_put_time(h, "from", duty->from_at);
        held_put_time(h, "to", duty->to_at);
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

bool person_show_follows(struct held *h)
{
    g_autoptr(GArray) all =
        h->p != NULL ? persons_follows(h->d->gateway->db, h->p->id, h->e) : g_array_new(FALSE, FALSE, sizeof(row_id));

    held_begin(h, "follows", "Is told of new posts in ideas");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        held_begin_line(h);
        held_put_id(h, "idea", "idea ", g_array_index(all, row_id, i));
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

bool person_show_supports(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? supports_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "supports", "Is for ideas");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct backing *s = all->pdata[i];
        held_begin_line(h);
        held_put_id(h, "idea", "idea ", s->idea_id);
        held_put_time(h, "at", s->at);
        held_put_text(h, "how", s->how);
        held_put_time(h, "ended_at", s->ended_at);
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

bool person_show_steps(struct held *h)
{
    g_autoptr(GPtrArray) all = h->p != NULL ? steps_of_person(h->d->gateway->db, h->p->id, h->e) : g_ptr_array_new();

    held_begin(h, "steps", "Steps that ideas took by them");
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct stage *s = all->pdata[i];
        held_begin_line(h);
        held_put_id(h, "idea", "idea ", s->idea_id);
        held_put_time(h, "at", s->at);
        held_put_text(h, "by", s->by);
        held_put_text(h, "from", s->from_state);
        held_put_text(h, "to", s->to_state);
        held_put_words(h, "reason", s->reason);
        held_end_line(h);
    }
    held_end(h);
    return all != NULL;
}

static bool show_subscription(struct held *h, const struct subscription *s)
{
    list_auto l = lists_by_id(h->d->gateway->db, s->list_id, h->e);

    held_begin_line(h);
    held_put_text(h, "newsletter", l != NULL ? l->name : NULL);
    held_put_text(h, "address", s->written);
    held_put_text(h, "state", subscription_state_name(s->state));
    held_put_text(h, "by", way_name(s->way));
    held_put_text(h, "language", s->language);
    held_put_time(h, "since", s->since);
    held_put_time(h, "asked_at", s->asked_at);
    held_put_time(h, "changed_at", s->changed_at);
    held_end_line(h);
    return l != NULL;
}

bool person_show_subscriptions(struct held *h)
{
    held_begin(h, "subscriptions", "Newsletters");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = subscriptions_of(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++)
            if (!show_subscription(h, all->pdata[j]))
                return false;
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}

static bool show_consent(struct held *h, const struct consent *c)
{
    list_auto l = lists_by_id(h->d->gateway->db, c->list_id, h->e);

    held_begin_line(h);
    held_put_text(h, "newsletter", l != NULL ? l->name : NULL);
    held_put_text(h, "address", c->address);
    held_put_text(h, "what", consent_kind_name(c->kind));
    held_put_text(h, "by", way_name(c->way));
    held_put_time(h, "at", c->at);
    held_put_text(h, "message", c->message_key);
    held_end_line(h);
    return l != NULL;
}

bool person_show_consents(struct held *h)
{
    held_begin(h, "consents", "How they came about (`forumpost consent show ADDRESS` has the words)");
    for (guint i = 0; i < h->addresses->len; i++) {
        g_autofree char *key = persons_key(h->addresses->pdata[i]);
        g_autoptr(GPtrArray) all = consents_of(h->d->gateway->db, key, h->e);
        for (guint j = 0; all != NULL && j < all->len; j++)
            if (!show_consent(h, all->pdata[j]))
                return false;
        if (all == NULL)
            return false;
    }
    held_end(h);
    return true;
}

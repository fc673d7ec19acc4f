/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An erasure, part by part; see erase.h.
 */
#include "flow/step/erase.h"

#include "flow/step/forget.h"
#include "flow/step/idea_step.h"
#include "flow/spool.h"
#include "flow/step/withdraw.h"
#include "forum/given.h"
#include "store/bounces.h"
#include "store/events.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/leftovers.h"
#include "store/messages.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/subscriptions.h"
#include "store/wishes.h"

#include <string.h>

static bool erase_idea(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    struct idea_change c = {.to = IDEA_WITHDRAWN, .who = WHO_OPERATOR, .post = p->id, .is_written = true};
    enum life_answer found; /* it may be withdrawn already */

    return idea != NULL && idea_step(g, idea, &c, now, &found, e);
}

/* Taken back first, whatever it was, so that nothing of it is public and the operator's reason goes too. */
static bool erase_post(struct gateway *g, const struct post *p, gint64 now, struct err *e)
{
    return withdraw_end_questions(g, p, now, e) && posts_take(g->db, p->id, POST_WITHDRAWN, NULL, now, e) &&
           (p->kind != POST_IDEA || erase_idea(g, p, now, e)) && forget_post(g, p->id, now, e);
}

static bool erase_posts(struct gateway *g, row_id person, gint64 now, struct erase_report *report, struct err *e)
{
    g_autoptr(GPtrArray) posts = posts_of_person(g->db, person, e);

    for (guint i = 0; posts != NULL && i < posts->len; i++)
        if (!erase_post(g, posts->pdata[i], now, e))
            return false;
    report->n_texts = posts != NULL ? posts->len : 0;
    return posts != NULL;
}

static bool erase_holds(struct gateway *g, const char *key, gint64 now, struct erase_report *report, struct err *e)
{
    g_autoptr(GPtrArray) holds = holds_of_address(g->db, key, e);

    for (guint i = 0; holds != NULL && i < holds->len; i++) {
        const struct hold *h = holds->pdata[i];
        struct hold over = {.id = h->id, .state = HOLD_EXPIRED, .decided_at = now};
        bool changed;
        if (!holds_decide(g->db, &over, &changed, e) || !forget_hold(g, h, now, e))
            return false;
        report->n_waiting += changed;
    }
    return holds != NULL;
}

static bool erase_mails(struct gateway *g, const char *key, gint64 now, struct erase_report *report, struct err *e)
{
    g_autoptr(GPtrArray) mails = messages_of_sender(g->db, key, e);

    for (guint i = 0; mails != NULL && i < mails->len; i++)
        if (!messages_forget(g->db, ((const struct stored_message *)mails->pdata[i])->id, false, now, e))
            return false;
    report->n_mails += mails != NULL ? mails->len : 0;
    return mails != NULL;
}

/* Mails that no reader could read: all we know of them is the envelope. */
static bool erase_failed(struct gateway *g, const char *key, struct erase_report *report, struct err *e)
{
    const char *spool = g->settings->storage_spool;
    g_autoptr(GPtrArray) all = spool_failed_list(spool, e);

    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct spooled *s = all->pdata[i];
        g_autofree char *sender = persons_key(s->sender);
        if (strcmp(sender, key) != 0)
            continue;
        if (!spool_failed_remove(spool, s->id, e))
            return false;
        report->n_failed++;
    }
    return all != NULL;
}

/* The reports quote the address and what was sent to it. */
static bool erase_bounces(struct gateway *g, const char *key, row_id person, gint64 now, struct err *e)
{
    g_autoptr(GPtrArray) bounces = bounces_of(g->db, key, e);

    for (guint i = 0; bounces != NULL && i < bounces->len; i++) {
        const struct bounce *b = bounces->pdata[i];
        if (b->message_id != 0 && !messages_forget(g->db, b->message_id, false, now, e))
            return false;
    }
    return bounces != NULL && bounces_erase(g->db, person, key, e);
}

/* Newsletters, the record of how they came about included: they end with it. */
static bool erase_subscriptions(struct gateway *g, const char *key, struct erase_report *report, struct err *e)
{
    g_autoptr(GPtrArray) all = subscriptions_of(g->db, key, e);

    report->n_waiting += all != NULL ? all->len : 0;
    return all != NULL && subscriptions_erase(g->db, key, e);
}

static bool erase_address(struct gateway *g, const char *address, row_id person, gint64 now, struct erase_report *report,
                          struct err *e)
{
    g_autofree char *key = persons_key(address);

    return erase_holds(g, key, now, report, e) && erase_mails(g, key, now, report, e) && erase_failed(g, key, report, e) &&
           persons_erase_notices(g->db, person, key, e) && erase_subscriptions(g, key, report, e) &&
           wishes_erase(g->db, key, person, e) && erase_bounces(g, key, person, now, e);
}

bool erase_person(struct gateway *g, const char *address, const char *reason, gint64 now, struct erase_report *report_out,
                  struct err *e)
{
    g_autofree char *key = persons_key(address);
    person_auto p = persons_by_address(g->db, key, e);
    g_autoptr(GPtrArray) addresses = p != NULL ? persons_addresses(g->db, p->id, e) : g_ptr_array_new_with_free_func(g_free);

    *report_out = (struct erase_report){.person = p != NULL ? p->id : 0};
    if (addresses == NULL || e->kind != ERR_NONE)
        return false;
    if (p == NULL)
        g_ptr_array_add(addresses, g_strdup(address));
    if (p != NULL && !erase_posts(g, p->id, now, report_out, e))
        return false;
    for (guint i = 0; i < addresses->len; i++)
        if (!erase_address(g, addresses->pdata[i], report_out->person, now, report_out, e))
            return false;
    if (p == NULL && report_out->n_waiting + report_out->n_mails + report_out->n_failed == 0)
        return given_is_address(address, e) &&
               err_set(e, ERR_ABSENT, "nothing is held about '%s'; `forumpost person list` shows everybody", address);
    struct event ev = {.at = now, .kind = "person.erased", .about.person = report_out->person};
    return (p == NULL || persons_erase(g->db, p->id, reason, now, e)) && leftovers_add(g->db, LEFTOVER_PAGES, "", now, e) &&
           events_add(g->db, &ev, e);
}

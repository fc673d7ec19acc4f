/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who hears that an address of theirs is in other hands; see misuse.h.
 */
#include "flow/step/misuse.h"

#include "base/limits.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/mailboxes.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/wishes.h"

struct owner { /* borrowed */
    const char *address, *language;
    row_id person;
    bool is_urgent; /* more than their own mail can be done with it */
};

static bool leads_somewhere(struct gateway *g, row_id person, bool *out, struct err *e)
{
    g_autoptr(GPtrArray) all = members_of_person(g->db, person, e);

    *out = false;
    for (guint i = 0; all != NULL && i < all->len; i++)
        *out |= ((const struct member *)all->pdata[i])->role > ROLE_MEMBER;
    return all != NULL;
}

static bool find_owner(struct gateway *g, const struct looked_up *l, struct owner *out, struct err *e)
{
    bool is_inner = l->idea != NULL && l->idea->ring == RING_MEMBERS, is_leading;

    if (l->route.kind == ROUTE_ISSUE) {
        *out = (struct owner){.address = l->editor->written, .is_urgent = true};
        return true;
    }
    if (!leads_somewhere(g, l->owner->id, &is_leading, e))
        return false;
    *out = (struct owner){.address = l->owner->address,
                          .language = l->owner->language,
                          .person = l->owner->id,
                          .is_urgent = is_leading || is_inner};
    return true;
}

/* Where the writer is somebody else who takes part, or nothing proves them, there is no address to add. */
static const char *address_to_add(const struct looked_up *l)
{
    const struct mailbox *from = l->facts.message->from->pdata[0];

    return policy_is_proved(&l->facts) && l->person == NULL && l->owner != NULL ? from->address : NULL;
}

/* Were they asked lately, or said that they want no questions? */
static bool may_ask(struct gateway *g, gint64 mailbox, enum purpose purpose, gint64 now, bool *out, struct err *e)
{
    gint64 n_all, n_asked, since = now - (purpose == PURPOSE_TOKEN_MISUSED ? LIMIT_MISUSED_EVERY_S : LIMIT_SECOND_EVERY_S);
    struct mailbox_state state;

    if (!mailboxes_get(g->db, mailbox, &state, e) ||
        !notices_count_answers(g->db, mailbox, purpose, true, since + 1, now, &n_all, &n_asked, e))
        return false;
    bool is_stopped = state.stopped_at != 0 && now < state.stopped_at + LIMIT_STOPPED_S;
    *out = n_asked == 0 && !(is_stopped && purpose == PURPOSE_ASK_SECOND_ADDRESS);
    return true;
}

static bool ask(struct gateway *g, const struct owner *o, const struct wish *w, enum purpose purpose, struct err *e)
{
    row_id id;

    if (!wishes_put(g->db, w, &id, e))
        return false;
    g_autofree char *which = g_strdup_printf("%" G_GINT64_FORMAT, id);
    struct notice n = {.purpose = purpose,
                       .person_id = o->person,
                       .address = o->address,
                       .language = o->language,
                       .detail = which,
                       .mailbox = gateway_mailbox(g, o->address),
                       .due_at = w->created_at};

    return notices_add(g->db, &n, NULL, e);
}

bool misuse_note(struct gateway *g, const struct looked_up *l, row_id message, gint64 now, struct err *e)
{
    struct owner o;
    struct event ev = {.at = now,
                       .kind = "token.misused",
                       .about = {.message = message,
                                 .person = l->owner != NULL ? l->owner->id : 0,
                                 .forum = l->forum != NULL ? l->forum->id : 0,
                                 .hold = l->hold != NULL ? l->hold->id : 0}};
    bool may = false;

    if (!find_owner(g, l, &o, e) || !events_add(g->db, &ev, e))
        return false;
    enum purpose purpose = o.is_urgent ? PURPOSE_TOKEN_MISUSED : PURPOSE_ASK_SECOND_ADDRESS;
    const char *other = address_to_add(l);
    if (o.address == NULL || (other == NULL && !o.is_urgent)) /* erased, or there is nothing to ask */
        return true;
    g_autofree char *key = persons_key(o.address);
    struct wish w = {.kind = WISH_WRITER,
                     .address = key,
                     .written = o.address,
                     .other = other,
                     .told = o.is_urgent ? WISH_TOLD_OPERATOR : NULL,
                     .person_id = o.person,
                     .message_id = message,
                     .language = o.language,
                     .is_proved = true,
                     .created_at = now,
                     .expires_at = when_days_over(now, LIMIT_WRITER_DAYS, g->settings->zone),
                     .asked_at = now};
    return may_ask(g, gateway_mailbox(g, key), purpose, now, &may, e) && (!may || ask(g, &o, &w, purpose, e));
}

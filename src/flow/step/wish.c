/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See wish.h.
 */
#include "flow/step/wish.h"

#include "base/limits.h"
#include "flow/step/ask.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/steps.h"
#include "store/wishes.h"

#include <string.h>

#define DAY_S 86400
#define STEP  100

static bool journal(struct gateway *g, const struct wish *w, const char *kind, gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = w->message_id,
                       .about.person = w->person_id,
                       .detail = wish_kind_name(w->kind)};

    return events_add(g->db, &ev, e);
}

static bool send_question(struct gateway *g, const struct wish *w, enum purpose purpose, gint64 now, struct err *e)
{
    g_autofree char *which = g_strdup_printf("%" G_GINT64_FORMAT, w->id);
    struct notice n = {.purpose = purpose,
                       .address = w->written,
                       .language = w->language,
                       .about.message = w->message_id,
                       .detail = which,
                       .due_at = now};

    return wishes_set_asked(g->db, w->id, now, e) && notices_add(g->db, &n, NULL, e) && journal(g, w, "wish.asked", now, e);
}

static bool ask_in_turn(struct gateway *g, const struct wish *w, gint64 now, bool *asked_out, struct err *e)
{
    enum purpose question = w->kind == WISH_ORDER ? PURPOSE_CONFIRM_COMMAND : PURPOSE_CONFIRM_WISH;

    return ask_takes_turn(g, gateway_mailbox(g, w->address), w->is_proved, now, asked_out, e) &&
           (!*asked_out || send_question(g, w, question, now, e));
}

bool wish_ask(struct gateway *g, const struct wish *wished, gint64 now, struct err *e)
{
    g_autofree char *key = persons_key(wished->written);
    wish_auto before = wishes_find(g->db, key, wished->kind, e);
    struct wish w = *wished; /* borrows its texts */
    bool asked, is_same = before != NULL && g_strcmp0(before->other, wished->other) == 0;

    if (e->kind != ERR_NONE || (is_same && now < before->created_at + DAY_S && now >= before->created_at))
        return e->kind == ERR_NONE && journal(g, wished, "wish.again", now, e);
    w.address = key;
    w.created_at = now;
    w.expires_at = when_days_over(now, g->settings->intake_confirm_days, g->settings->zone);
    w.asked_at = 0;
    return wishes_put(g->db, &w, &w.id, e) && journal(g, &w, "wish.opened", now, e) && ask_in_turn(g, &w, now, &asked, e);
}

bool wish_ask_order(struct gateway *g, const struct wish *wished, bool is_changed, gint64 now, struct err *e)
{
    g_autofree char *key = persons_key(wished->written);
    struct wish w = *wished; /* borrows its texts */

    w.kind = WISH_ORDER;
    w.address = key;
    w.is_proved = true;
    w.created_at = now;
    w.expires_at = when_days_over(now, LIMIT_COMMAND_DAYS, g->settings->zone);
    w.asked_at = now;
    return steps_last(g->db, &w.seen, e) && wishes_add(g->db, &w, &w.id, e) &&
           wishes_trim(g->db, key, WISH_ORDER, LIMIT_ORDERS_ASKED, e) && journal(g, &w, "wish.opened", now, e) &&
           send_question(g, &w, is_changed ? PURPOSE_ERROR_CHANGED : PURPOSE_CONFIRM_COMMAND, now, e);
}

/* Does one of ALL that wait for its owner say the same? *N_OUT: how many commands wait. */
static bool is_asked_already(const GPtrArray *all, const struct wish *wished, guint *n_out)
{
    bool found = false;

    *n_out = 0;
    for (guint i = 0; i < all->len; i++) {
        const struct wish *w = all->pdata[i];
        *n_out += w->kind == WISH_ORDER;
        found |= w->kind == WISH_ORDER && g_strcmp0(w->other, wished->other) == 0 && w->idea_id == wished->idea_id &&
                 w->post_id == wished->post_id;
    }
    return found;
}

bool wish_ask_command(struct gateway *g, const struct wish *wished, gint64 now, bool *taken_out, struct err *e)
{
    g_autofree char *key = persons_key(wished->written);
    g_autoptr(GPtrArray) all = wishes_of(g->db, key, e);
    struct wish w = *wished; /* borrows its texts */
    bool asked;
    guint n;

    *taken_out = false;
    if (all == NULL)
        return false;
    w.kind = WISH_ORDER;
    w.address = key;
    w.created_at = now;
    w.expires_at = when_days_over(now, LIMIT_COMMAND_DAYS, g->settings->zone);
    w.asked_at = 0;
    bool is_same = is_asked_already(all, &w, &n);
    *taken_out = is_same || n < LIMIT_ORDERS_ASKED;
    if (!*taken_out || is_same)
        return !is_same || journal(g, &w, "wish.again", now, e);
    return wishes_add(g->db, &w, &w.id, e) && journal(g, &w, "wish.opened", now, e) && ask_in_turn(g, &w, now, &asked, e);
}

bool wish_person(struct gateway *g, const struct wish *w, gint64 now, row_id *person_out, struct err *e)
{
    person_auto person = persons_by_address(g->db, w->address, e);

    if (e->kind != ERR_NONE)
        return false;
    *person_out = person != NULL ? person->id : 0;
    if (person != NULL && (person->confirmed_at != 0 || (w->person_id != 0 && person->id != w->person_id)))
        return true;
    struct event ev = {.at = now, .kind = "person.confirmed", .about.message = w->message_id};
    struct person fresh = {.address = w->written, .language = w->language, .confirmed_at = now, .digest_hour = -1};
    if (person == NULL && w->person_id != 0)
        return true;
    if (person != NULL)
        person->confirmed_at = now;
    if (!(person != NULL ? persons_update(g->db, person, e) : persons_add(g->db, &fresh, now, person_out, e)))
        return false;
    ev.about.person = *person_out;
    return events_add(g->db, &ev, e);
}

bool wish_ask_waiting(struct gateway *g, gint64 now, guint *n_out, struct err *e)
{
    g_autoptr(GPtrArray) all = wishes_unasked(g->db, STEP, e);

    *n_out = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        bool asked;
        if (!ask_in_turn(g, all->pdata[i], now, &asked, e))
            return false;
        *n_out += asked;
    }
    return all != NULL;
}

/* The owner of the person's own address said yes: now the other one is asked, who may be anybody. */
static bool ask_other(struct gateway *g, const struct wish *w, row_id message, gint64 now, struct err *e)
{
    struct wish other = {.kind = WISH_ADDRESS_NEW,
                         .written = w->other,
                         .person_id = w->person_id,
                         .message_id = message,
                         .language = w->language};

    return w->other == NULL || wish_ask(g, &other, now, e);
}

bool wish_add_address(struct gateway *g, const struct wish *w, row_id message, gint64 now, const char **done_out, struct err *e)
{
    *done_out = "half";
    if (w->kind == WISH_ADDRESS)
        return ask_other(g, w, message, now, e);
    person_auto owner = persons_by_address(g->db, w->address, e);
    person_auto person = e->kind == ERR_NONE ? persons_by_id(g->db, w->person_id, e) : NULL;
    struct event ev = {.at = now, .kind = "person.address", .about.message = message, .about.person = w->person_id};
    *done_out = owner != NULL && owner->id != w->person_id ? "taken" : person == NULL || person->address == NULL ? "" : "address";
    if (e->kind != ERR_NONE || strcmp(*done_out, "address") != 0 || owner != NULL)
        return e->kind == ERR_NONE;
    return persons_add_address(g->db, w->person_id, w->written, e) && events_add(g->db, &ev, e);
}

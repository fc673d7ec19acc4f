/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody said yes to a question about themselves: their data is sent, all of it is erased, a second address is theirs.
 */
#include "flow/deed/deed.h"

#include "flow/step/erase.h"
#include "flow/step/told.h"
#include "flow/step/wish.h"
#include "store/wishes.h"

/* Whoever has no address with us any more is told once; that row's address goes when it is sent. */
static bool erase_asked(struct deed *d, const struct wish *w, struct err *e)
{
    err_auto struct err found = {0};
    struct erase_report report;

    struct event ev = {.at = d->now,
                       .kind = "person.erasure",
                       .about.message = d->message,
                       .about.person = w->person_id,
                       .detail = "how=mail"};

    d->leaves_nothing = true;
    d->answer = PURPOSE_WISH_DONE;
    d->why = "erase";
    if (!events_add(d->g->db, &ev, e))
        return false;
    if (erase_person(d->g, w->address, "by mail, confirmed", d->now, &report, &found) || found.kind == ERR_ABSENT)
        return true;
    return err_set(e, found.kind, "%s", found.text);
}

static bool send_data(struct deed *d, const struct wish *w, struct err *e)
{
    struct event ev = {.at = d->now,
                       .kind = "person.exported",
                       .about.message = d->message,
                       .about.person = w->person_id,
                       .detail = "how=mail"};
    struct block_line line = {.command = COMMAND_DATA, .written = "MEINE DATEN"};
    g_autoptr(GString) told = g_string_new(NULL);

    told_add(told, &line, CAME_DONE, 0, 0);
    d->answer = PURPOSE_COMMANDS;
    d->told = g_string_free(g_steal_pointer(&told), FALSE);
    return events_add(d->g->db, &ev, e);
}

static bool add_address(struct deed *d, const struct wish *w, struct err *e)
{
    const char *done;

    if (!wish_add_address(d->g, w, d->message, d->now, &done, e))
        return false;
    d->answer = *done != '\0' ? PURPOSE_WISH_DONE : PURPOSE_ERROR_WISH_EXPIRED;
    d->why = *done != '\0' ? done : NULL;
    return true;
}

/* They wrote from another address of theirs: if that was proved, it may become their second one, once its owner says so, too. */
static bool add_writer(struct deed *d, const struct wish *w, struct err *e)
{
    struct wish other = {.kind = WISH_ADDRESS_NEW,
                         .written = w->other,
                         .person_id = w->person_id,
                         .message_id = d->message,
                         .language = w->language,
                         .is_proved = true};

    d->answer = w->other != NULL ? PURPOSE_WISH_DONE : PURPOSE_WRITER_DONE;
    d->why = w->other != NULL ? "half" : "fine";
    return w->other == NULL || wish_ask(d->g, &other, d->now, e);
}

bool deed_grant(struct deed *d, struct err *e)
{
    const struct wish *w = d->l->wish;
    struct event ev = {.at = d->now,
                       .kind = "wish.granted",
                       .about.message = d->message,
                       .about.person = w->person_id,
                       .detail = wish_kind_name(w->kind)};
    bool found, is_refused = false;

    /* Nothing of what was asked about could be done: the question stays open, and another JA may come when it can. */
    if (w->kind == WISH_ORDER && !grant_orders(d, w, &is_refused, e))
        return false;
    if (!is_refused && (!wishes_remove(d->g->db, w->id, &found, e) || !events_add(d->g->db, &ev, e)))
        return false;
    switch (w->kind) {
    case WISH_DATA:
        return send_data(d, w, e);
    case WISH_ERASE:
        return erase_asked(d, w, e);
    case WISH_ORDER:
        return true;
    case WISH_ADDRESS:
    case WISH_ADDRESS_NEW:
        return add_address(d, w, e);
    case WISH_WRITER:
        return add_writer(d, w, e);
    }
    return false;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody said no to a question about themselves, or STOPP: nothing of it stays.
 */
#include "flow/deed/deed.h"

#include "flow/step/answer.h"
#include "store/events.h"
#include "store/mailboxes.h"
#include "store/wishes.h"

/* Somebody else has an address with which whoever leads a forum decides: the operator must look. */
static bool tell_operator(struct deed *d, const struct wish *w, struct err *e)
{
    g_autofree char *who = g_strdup_printf("%" G_GINT64_FORMAT, w->person_id);
    const char *detail = w->person_id != 0 ? who : NULL;

    d->answer = PURPOSE_WRITER_DONE;
    d->why = "reported";
    return answer_tell_operator(d->g, PURPOSE_OPERATOR_MISUSED, w->message_id, detail, d->now, e);
}

bool deed_decline(struct deed *d, struct err *e)
{
    const struct wish *w = d->l->wish;
    struct event ev = {.at = d->now,
                       .kind = "wish.declined",
                       .about.message = d->message,
                       .about.person = w->person_id,
                       .detail = wish_kind_name(w->kind)};
    bool found, wants_none = d->l->command.command == COMMAND_STOP;

    bool is_urgent = w->kind == WISH_WRITER && g_strcmp0(w->told, WISH_TOLD_OPERATOR) == 0 && !wants_none;

    return wishes_remove(d->g->db, w->id, &found, e) && events_add(d->g->db, &ev, e) &&
           (!wants_none || mailboxes_set_stopped(d->g->db, gateway_mailbox(d->g, w->address), d->now, e)) &&
           (!is_urgent || tell_operator(d, w, e));
}

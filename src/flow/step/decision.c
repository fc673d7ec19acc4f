/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See decision.h.
 */
#include "flow/step/decision.h"

#include "forum/reason.h"
#include "store/holds.h"
#include "store/persons.h"

bool decision_add(struct gateway *g, const struct decision_made *d, gint64 now, row_id *hold_out, struct err *e)
{
    person_auto author = persons_by_id(g->db, d->post->person_id, e);
    g_autofree char *address = author != NULL && author->address != NULL ? persons_key(author->address) : NULL;
    struct reason given = reason_read(d->reason);

    *hold_out = 0;
    if (address == NULL)
        return e->kind == ERR_NONE;
    struct hold h =
        {.kind = HOLD_REVIEW,
         .state = HOLD_REJECTED,
         .about = {.message = d->post->message_id, .forum = d->idea->forum_id, .idea = d->idea->id, .post = d->post->id},
         .parent_id = d->post->parent_id,
         .ring = d->idea->ring,
         .address = address,
         .title = d->title != NULL ? d->title : "",
         .text = d->text != NULL ? d->text : "",
         .language = d->post->language,
         .created_at = now,
         .decided_at = now,
         .decided_by = d->by,
         .mailbox = gateway_mailbox(g, address),
         .why = d->why,
         .code = given.code,
         .reason = *given.text != '\0' ? given.text : NULL};
    return holds_add(g->db, &h, hold_out, e);
}

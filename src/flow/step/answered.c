/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A yes and a no to a question of ours; see answered.h.
 */
#include "flow/step/answered.h"

#include "flow/step/ask.h"
#include "flow/step/content.h"
#include "flow/step/correct.h"
#include "flow/step/support.h"
#include "flow/step/withdraw.h"
#include "store/persons.h"

/* The text, and that its author is for the idea. */
static bool confirm_voice(struct gateway *g, const struct hold *h, row_id message, gint64 now, enum access found, struct err *e)
{
    person_auto author = found == ACCESS_GRANTED ? persons_by_address(g->db, h->address, e) : NULL;

    return e->kind == ERR_NONE && (author == NULL || support_count(g, h, author->id, message, now, e));
}

bool answered_yes(struct gateway *g, const struct hold *h, const struct forum *forum, const char *answer,
                  const char *from_written, row_id message, gint64 now, row_id *post_out, enum access *found_out, struct err *e)
{
    *found_out = ACCESS_GRANTED;
    if (h->kind != HOLD_CONFIRM)
        return withdraw_answered(g, h, message, now, post_out, e);
    if (h->yes == YES_SUPPORT)
        return support_confirm(g, h, answer, from_written, message, now, found_out, e);
    if (h->yes == YES_CORRECT)
        return correct_confirm(g, h, answer, from_written, message, now, post_out, found_out, e);
    return content_confirm(g, h, forum, answer, from_written, now, post_out, found_out, e) &&
           (h->yes != YES_VOICE || confirm_voice(g, h, message, now, *found_out, e));
}

bool answered_no(struct gateway *g, const struct hold *h, gint64 now, struct err *e)
{
    return content_disown(g, h, now, e) && ask_answered(g, h, now, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An editor's mail becomes a draft.
 */
#include "flow/deed/deed.h"

#include "base/limits.h"
#include "flow/step/issue.h"

bool deed_draft(struct deed *d, struct err *e)
{
    g_autofree char *subject = policy_base_subject(d->m->subject, false);
    struct issue i = {.subject = *subject != '\0' ? subject : d->l->list->title, .drafted_by = d->l->editor->id, .message_id = d->message};
    g_autofree char *source = g_utf8_make_valid(d->m->text, (gssize)MIN(strlen(d->m->text), LIMIT_ISSUE_BYTES));
    row_id id;

    i.source = source;
    return issue_draft(d->g, d->l->list, &i, d->now, &id, e);
}

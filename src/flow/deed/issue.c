/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An editor's answer to a preview: FREI, a time, TEST, STOPP, WEITER.
 */
#include "flow/deed/deed.h"

#include "flow/step/issue.h"
#include "forum/when.h"
#include "store/notices.h"

static bool tell(struct deed *d, enum purpose purpose, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .address = d->l->editor->written,
                       .issue_id = d->l->issue->id,
                       .about.message = d->message,
                       .due_at = d->now};

    return notices_add(d->g->db, &n, NULL, e);
}

/* What of an order was not done, and what is said of it then. */
static enum purpose answer_of(enum issue_fault fault, enum purpose done)
{
    switch (fault) {
    case ISSUE_FINE:
        return done;
    case ISSUE_RUNNING:
        return PURPOSE_ERROR_ISSUE_RUNNING;
    case ISSUE_NEEDS_OTHER:
        return PURPOSE_ERROR_ISSUE_OTHER;
    case ISSUE_NO_IMPRINT:
        return PURPOSE_ERROR_ISSUE_IMPRINT;
    case ISSUE_WRONG_STATE:
        return PURPOSE_ERROR_ISSUE_STATE;
    }
    return done;
}

bool deed_issue(struct deed *d, struct err *e)
{
    const struct looked_up *l = d->l;
    enum command c = l->command.command;
    enum issue_fault fault = ISSUE_FINE;
    gint64 at = c == COMMAND_AT ? when_parse(l->command.argument, d->now, d->g->settings->zone) : d->now;
    bool ok = true;

    if (c == COMMAND_AT && at == 0)
        return tell(d, PURPOSE_ERROR_ISSUE_UNCLEAR, e);
    if (c == COMMAND_TEST)
        return issue_test(d->g, l->issue, l->editor->written, d->now, e);
    if (c == COMMAND_STOP)
        ok = issue_stop(d->g, l->issue, d->now, &fault, e);
    else if (c == COMMAND_GO)
        ok = issue_resume(d->g, l->issue, 0, d->now, &fault, e);
    else
        ok = issue_release(d->g, l->list, l->issue, l->editor->id, at, d->now, &fault, e);
    return ok && tell(d,
                      answer_of(fault, c == COMMAND_STOP ? PURPOSE_ISSUE_STOPPED
                                       : c == COMMAND_GO ? PURPOSE_ISSUE_RESUMED
                                                         : PURPOSE_ISSUE_RELEASED),
                      e);
}

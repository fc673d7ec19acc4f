/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules about being left alone: STOPP, and the addresses that stop mails by themselves.
 */
#include "forum/policy_private.h"

static void leave(const struct facts *f, struct decision *d, enum leave what, row_id id)
{
    static const enum purpose answers[] = {PURPOSE_ERROR_STOP_WHICH, PURPOSE_STOPPED, PURPOSE_STOPPED_FORUM,
                                           PURPOSE_STOPPED_DIGESTS, PURPOSE_STOPPED_ALL};

    policy_settle(d, VERDICT_ACCEPTED, ACTION_LEAVE);
    d->leave = what;
    d->leave_id = id;
    d->answer = policy_told(f, answers[what]);
}

/* The answer to "what shall not be sent any more?". Who says STOPP once more means everything. */
static void leave_as_answered(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (c == COMMAND_STOP || c == COMMAND_ALL)
        leave(f, d, LEAVE_ALL, 0);
    else if (c == COMMAND_FORUM && f->route->forum != 0)
        leave(f, d, LEAVE_FORUM, f->route->forum);
    else if (c == COMMAND_IDEA)
        leave(f, d, LEAVE_IDEA, f->command->number);
    else
        policy_refuse(f, d, PURPOSE_ERROR_STOP_WHICH);
}

/* The address alone says it: List-Unsubscribe works without logging in, whatever the reader's program writes. */
bool rule_leave(const struct facts *f, struct decision *d)
{
    bool is_bulk = f->message->kind == KIND_BULK; /* some programs mark the mails of their own button so */

    if (f->route->kind != ROUTE_LEAVE || (policy_is_machine(f->message->kind) && !is_bulk) || policy_is_null_sender(f))
        return false;
    if (f->holder == NULL)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (f->route->leave == LEAVE_ASK)
        leave_as_answered(f, d);
    else
        leave(f, d, f->route->leave, f->route->leave == LEAVE_IDEA ? f->route->idea : f->route->forum);
    return true;
}

/* What somebody may not read, no answer names. */
static bool may_read_idea(const struct facts *f)
{
    return access_may_read(f->idea, f->role, f->idea->author_id == f->person->id);
}

void policy_leave_idea(const struct facts *f, struct decision *d)
{
    leave(f, d, LEAVE_IDEA, f->idea->id);
    d->answer = policy_may_answer(f) ? may_read_idea(f) ? PURPOSE_STOPPED : PURPOSE_STOPPED_UNNAMED : PURPOSE_NONE;
}

bool decide_stop(const struct facts *f, struct decision *d)
{
    if (f->idea == NULL)
        policy_refuse(f, d, f->person != NULL || f->holder != NULL ? PURPOSE_ERROR_STOP_WHICH : PURPOSE_ERROR_STOP_NOTHING);
    else if (f->person != NULL && (policy_is_token_of_writer(f) || policy_is_proved(f)))
        policy_leave_idea(f, d);
    else if (f->person != NULL && f->message->may_reply && *f->envelope_from != '\0')
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ASK_COMMAND);
    else
        policy_refuse(f, d, PURPOSE_ERROR_STOP);
    return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules about newsletters: getting one, getting it no more, and what their editors write.
 */
#include "forum/policy_private.h"

#include "base/limits.h"
#include "forum/issue_files.h"

#include <string.h>

/* Said by the address alone. Some programs mark the mails of their own button as bulk. */
bool rule_unsubscribe(const struct facts *f, struct decision *d)
{
    bool is_token = f->route->kind == ROUTE_SUBSCRIPTION && f->route->reader == READER_STOP;
    bool is_word = f->route->kind == ROUTE_LIST && f->route->word == LIST_WORD_UNSUBSCRIBE;
    bool is_machine = policy_is_machine(f->message->kind) && f->message->kind != KIND_BULK;

    if ((!is_token && !is_word) || is_machine || policy_is_null_sender(f))
        return false;
    if (f->subscription != NULL)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_UNSUBSCRIBE);
    else if (is_word && f->list != NULL)
        policy_refuse(f, d, PURPOSE_ERROR_STOP_NOTHING);
    else
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    return true;
}

static bool is_active(const struct facts *f)
{
    return f->subscription != NULL && f->subscription->state == SUBSCRIPTION_ACTIVE;
}

static enum command said(const struct facts *f)
{
    return f->message->is_spread ? COMMAND_NONE : f->command->command;
}

/* FREI in a mail of its own: to which preview is it the answer? */
static bool is_only_a_word(const struct facts *f)
{
    const char *text = f->message->text;
    gsize start = strspn(text, " \t\n"), n = strcspn(text + start, "\n");

    return said(f) != COMMAND_NONE && text[start + n + strspn(text + start + n, " \t\n")] == '\0';
}

/* A mail to the newsletter's address. What nobody of its editors wrote is an answer that people should read. */
static bool to_list(const struct facts *f, struct decision *d)
{
    enum command c = said(f);

    if (f->list == NULL || c == COMMAND_HELP)
        return false; /* no such list; or help, which the rule of commands gives */
    if (f->route->word == LIST_WORD_SUBSCRIBE && f->list->is_members_only)
        policy_refuse(f, d, PURPOSE_ERROR_ADDRESS);
    else if (f->route->word == LIST_WORD_SUBSCRIBE)
        policy_settle(d, f->message->may_reply ? VERDICT_ACCEPTED : VERDICT_IGNORE,
                      f->message->may_reply ? ACTION_SUBSCRIBE : ACTION_NOTHING);
    else if (c == COMMAND_STOP && is_active(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_UNSUBSCRIBE);
    else if (f->editor == NULL)
        policy_settle(d, VERDICT_OPERATOR, ACTION_PASS_ON);
    else if (!policy_is_proved(f) && f->reads_authentication)
        policy_refuse(f, d, PURPOSE_ERROR_NOT_EDITOR);
    else if (is_only_a_word(f))
        policy_refuse(f, d, PURPOSE_ERROR_DRAFT_WORD);
    else
        return false; /* a draft, if there is text */
    return true;
}

static bool may_still_answer(const struct facts *f)
{
    const struct subscription *s = f->subscription;

    return (s->state == SUBSCRIPTION_ASKED || s->state == SUBSCRIPTION_UNSUBSCRIBED) && f->now < f->subscription_until;
}

/* The answer to the question whether somebody wants it, or to the mail that it is over. */
static void answer_question(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (f->subscription == NULL)
        policy_refuse(f, d, PURPOSE_ERROR_EXPIRED);
    else if (strcmp(f->from_address, f->subscription->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (c == COMMAND_YES && is_active(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (c == COMMAND_YES && may_still_answer(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_SUBSCRIBED);
    else if (c == COMMAND_YES)
        policy_refuse(f, d, PURPOSE_ERROR_SUBSCRIBE_EXPIRED);
    else if (c == COMMAND_NO || c == COMMAND_STOP || c == COMMAND_DELETE)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_UNSUBSCRIBE);
    else
        policy_refuse(f, d, PURPOSE_ERROR_SUBSCRIBE);
}

static bool to_subscription(const struct facts *f, struct decision *d)
{
    if (said(f) == COMMAND_HELP)
        return false;
    if (f->route->reader == READER_CONFIRM)
        answer_question(f, d);
    else if (said(f) == COMMAND_STOP && f->subscription != NULL)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_UNSUBSCRIBE);
    else
        policy_settle(d, VERDICT_OPERATOR, ACTION_PASS_ON); /* an answer to an issue: people should read it */
    return true;
}

/* A preview's answer wants both, as a moderator's decision: the token that only this editor was sent, and proof of From wherever
 * our mail server proves senders. Who is no editor any more decides nothing. */
static void to_issue(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    bool is_owner = f->editor != NULL && f->issue != NULL && f->editor->list_id == f->issue->list_id &&
                    strcmp(f->from_address, f->editor->address) == 0;

    if (!is_owner || (!policy_is_proved(f) && f->reads_authentication)) {
        policy_refuse(f, d, PURPOSE_ERROR_NOT_EDITOR);
    } else if (c == COMMAND_RELEASE || c == COMMAND_TEST || c == COMMAND_STOP || c == COMMAND_GO || c == COMMAND_AT) {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ISSUE);
        d->trust = TRUST_SECOND_PERSON;
    } else {
        policy_refuse(f, d, PURPOSE_ERROR_ISSUE_UNCLEAR);
    }
}

bool rule_newsletter(const struct facts *f, struct decision *d)
{
    if (f->route->kind == ROUTE_LIST)
        return to_list(f, d);
    if (f->route->kind == ROUTE_SUBSCRIPTION)
        return to_subscription(f, d);
    if (f->route->kind != ROUTE_ISSUE || said(f) == COMMAND_HELP)
        return false;
    to_issue(f, d);
    return true;
}

/* Below the rules about mails without text. What is too large is never cut: its editor hears. */
bool rule_draft(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_LIST)
        return false;
    g_autofree char *words = issue_words(f->message);
    if (strlen(words) > LIMIT_ISSUE_BYTES || !issue_files_fit(f->message->attachments))
        policy_refuse(f, d, PURPOSE_ERROR_DRAFT_LARGE);
    else
        policy_settle(d, VERDICT_ACCEPTED, ACTION_DRAFT);
    return true;
}

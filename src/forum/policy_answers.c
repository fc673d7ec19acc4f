/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules about answers to questions of ours: a yes, a decision, and taking back what one wrote.
 */
#include "forum/policy_private.h"

#include "forum/reason.h"

#include <string.h>

/* A NAME line under a text that was confirmed already: the answer to "please choose another name". */
static bool asks_for_name(const struct facts *f)
{
    g_autofree char *name = command_public_name(message_command_text(f->message));

    return name != NULL && f->hold->kind == HOLD_CONFIRM && f->hold->state == HOLD_CONFIRMED;
}

/* The author agrees; whether the text may still appear is asked now. */
static void say_yes(const struct facts *f, struct decision *d)
{
    if (f->access == ACCESS_GRANTED) {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_CONFIRM);
    } else if (f->access == ACCESS_DECIDED) {
        policy_settle(d, VERDICT_ACCEPTED, asks_for_name(f) ? ACTION_NAME : ACTION_NOTHING);
    } else {
        policy_refuse(f, d, access_answer(f->access));
        d->rule = access_rule(f->access);
    }
}

/* INTERN, ÖFFENTLICH, and JA, which means that: the question who shall read it. False: another question, or another word. */
static bool says_ring(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    bool is_open =
        f->hold->why == WHY_RING && f->hold->state == HOLD_OPEN && (f->hold->yes == YES_PUBLISH || f->hold->yes == YES_VOICE);

    if (!is_open || (c != COMMAND_INNER && c != COMMAND_PUBLIC && c != COMMAND_YES))
        return false;
    if (c == COMMAND_INNER)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_CONFIRM_INNER); /* what stands in its way is asked then */
    else
        say_yes(f, d);
    if (d->action == ACTION_CONFIRM)
        d->action = ACTION_CONFIRM_PUBLIC;
    return true;
}

/* They said yes before, and now something else. What stands by their yes they take back as any text of theirs; being told no more is
 * about its idea; and words are no answer any more: they come back to who wrote them. */
static void say_more(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    bool is_theirs =
        f->own != NULL && f->own->state != POST_WITHDRAWN && f->own->state != POST_REMOVED && f->own->forgotten_at == 0;

    if ((c == COMMAND_NO || c == COMMAND_DELETE) && is_theirs)
        policy_settle(d, VERDICT_ACCEPTED, c == COMMAND_DELETE && policy_is_proved(f) ? ACTION_WITHDRAW : ACTION_ASK_WITHDRAW);
    else if (c == COMMAND_NO || c == COMMAND_DELETE)
        policy_refuse(f, d, PURPOSE_ERROR_ANSWERED);
    else if (c == COMMAND_STOP && f->idea != NULL && f->person != NULL)
        policy_leave_idea(f, d);
    else if (c == COMMAND_STOP || c == COMMAND_SHOW)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else
        policy_refuse(f, d, PURPOSE_ERROR_ANSWERED);
}

bool rule_confirm(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (f->route->kind != ROUTE_CONFIRM)
        return false;
    if (policy_is_replaced(f->hold)) {
        policy_refuse(f, d, PURPOSE_ERROR_CORRECT);
        d->why = "newer";
        return true;
    }
    bool is_disowned = f->hold->kind == HOLD_CONFIRM && f->hold->state == HOLD_REJECTED;
    if (is_disowned && c == COMMAND_STOP)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (f->access == ACCESS_EXPIRED || is_disowned) { /* nothing is left of it, its author's address neither */
        policy_refuse(f, d, PURPOSE_ERROR_EXPIRED);
        if (is_disowned && c == COMMAND_YES &&
            f->route->has_token) /* only they were sent it, and they think that it appears now */
            d->answer = policy_told(f, PURPOSE_ERROR_EXPIRED);
    } else if (strcmp(f->from_address, f->hold->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (!f->route->has_token && !policy_is_proved(f))
        policy_refuse(f, d, PURPOSE_ERROR_NOT_PROVED);
    else if (f->hold->yes == YES_KIND && c != COMMAND_NO && c != COMMAND_DELETE && c != COMMAND_STOP)
        decide_kind(f, d);
    else if (says_ring(f, d))
        d->trust = TRUST_CONFIRMED;
    else if (c == COMMAND_YES)
        say_yes(f, d);
    else if (c == COMMAND_CORRECT && f->command->argument != NULL && f->hold->state == HOLD_OPEN && f->hold->yes != YES_SUPPORT)
        policy_settle(d, VERDICT_CONFIRM, ACTION_CORRECT_HELD);
    else if ((f->command->command == COMMAND_NONE || f->command->command == COMMAND_BLOCK) && asks_for_name(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NAME);
    else if (f->hold->state == HOLD_CONFIRMED)
        say_more(f, d);
    else if (c == COMMAND_STOP)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_STOP_ASKING);
    else if (c == COMMAND_NO || c == COMMAND_DELETE)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_DISOWN);
    else if (c == COMMAND_SHOW)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_SHOW);
    else
        policy_refuse(f, d, PURPOSE_ERROR_UNCLEAR);
    if (d->action == ACTION_CONFIRM)
        d->trust = TRUST_CONFIRMED;
    return true;
}

static bool has_clear(const GPtrArray *portions)
{
    for (guint i = 0; portions != NULL && i < portions->len; i++)
        if (((const struct portion *)portions->pdata[i])->by == PORTION_NUMBER)
            return true;
    return false;
}

/* The question which entry of a digest is meant: a number, "keine", or the answer once more with its number before it. */
bool rule_entry(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (f->route->kind != ROUTE_CONFIRM || f->hold->kind != HOLD_ENTRY)
        return false;
    bool is_open = f->hold->state == HOLD_OPEN;
    if (f->hold->state == HOLD_EXPIRED)
        policy_refuse(f, d, PURPOSE_ERROR_EXPIRED);
    else if (strcmp(f->from_address, f->hold->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (!f->route->has_token && !policy_is_proved(f))
        policy_refuse(f, d, PURPOSE_ERROR_NOT_PROVED);
    else if (c == COMMAND_NO || c == COMMAND_DELETE || c == COMMAND_STOP || f->chosen == CHOSEN_NONE)
        policy_settle(d, VERDICT_ACCEPTED, is_open ? ACTION_DISOWN : ACTION_NOTHING);
    else if (f->chosen == CHOSEN_ENTRIES)
        policy_settle(d, VERDICT_ACCEPTED, is_open ? ACTION_CHOOSE : ACTION_NOTHING);
    else if (has_clear(f->portions))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ANSWERS);
    else
        policy_refuse(f, d, PURPOSE_ASK_ENTRY);
    return true;
}

/* The author of an idea answers a letter that went to them alone; from another address of theirs, too. */
bool rule_letter_answer(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    const char *text = f->text != NULL ? f->text : f->message->text;

    if (f->route->kind != ROUTE_CONFIRM || f->hold->kind != HOLD_LETTER)
        return false;
    bool is_same_person = f->person != NULL && f->owner != NULL && f->person->id == f->owner->id;
    if (*f->hold->address == '\0' || f->hold->state != HOLD_OPEN)
        policy_refuse(f, d, PURPOSE_ERROR_ANSWER);
    else if (strcmp(f->from_address, f->hold->address) != 0 && !is_same_person)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (!f->route->has_token && !policy_is_proved(f))
        policy_refuse(f, d, PURPOSE_ERROR_NOT_PROVED);
    else if (c == COMMAND_STOP)
        policy_refuse(f, d, PURPOSE_ERROR_STOP_WHICH);
    else if (text[strspn(text, " \t\r\n")] == '\0')
        policy_refuse(f, d, PURPOSE_ERROR_EMPTY);
    else {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ANSWER_LETTER);
        d->argument = g_strdup(text);
    }
    return true;
}

/* The question whether a post is to be withdrawn, or the receipt that it was: both went to its author alone. */
bool rule_withdraw_answer(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_CONFIRM || (f->hold->kind != HOLD_WITHDRAW && f->hold->kind != HOLD_UNDO))
        return false;
    enum command c = policy_command(f);
    bool is_open = f->hold->state == HOLD_OPEN, is_undo = f->hold->kind == HOLD_UNDO;
    bool is_yes = is_undo ? c == COMMAND_UNDO : c == COMMAND_YES || c == COMMAND_DELETE;
    bool is_no = is_undo ? c == COMMAND_DELETE && is_open : c == COMMAND_NO || c == COMMAND_STOP || c == COMMAND_UNDO;
    if (f->hold->state == HOLD_EXPIRED)
        policy_refuse(f, d, is_undo ? PURPOSE_ERROR_EXPIRED : PURPOSE_ERROR_DELETE);
    else if (strcmp(f->from_address, f->hold->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (!f->route->has_token && !policy_is_proved(f))
        policy_refuse(f, d, PURPOSE_ERROR_NOT_PROVED);
    else if (is_yes)
        policy_settle(d, VERDICT_ACCEPTED, is_open ? ACTION_CONFIRM : ACTION_NOTHING);
    else if (is_no)
        policy_settle(d, VERDICT_ACCEPTED, is_open && !is_undo ? ACTION_DISOWN : ACTION_NOTHING);
    else
        policy_refuse(f, d,
                      is_undo && c == COMMAND_DELETE ? PURPOSE_ERROR_DELETE
                                                     : PURPOSE_ERROR_DELETE_UNCLEAR); /* it is back: answer that */
    if (d->action == ACTION_CONFIRM && f->route->has_token)
        d->trust = MAX(d->trust, TRUST_CONFIRMED);
    return true;
}

/* Only the owner of that address was sent it; a word that erases is a yes to being erased. */
bool rule_wish(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    const struct wish *w = f->wish;

    if (f->route->kind != ROUTE_WISH)
        return false;
    bool is_erasing = w != NULL && w->kind == WISH_ERASE && c == COMMAND_DELETE;
    if (w == NULL || f->now >= w->expires_at)
        policy_refuse(f, d, PURPOSE_ERROR_WISH_EXPIRED);
    else if (strcmp(f->from_address, w->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (c == COMMAND_YES || is_erasing)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_GRANT);
    else if (c == COMMAND_NO || c == COMMAND_STOP)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_DECLINE);
    else
        policy_refuse(f, d, PURPOSE_ERROR_WISH);
    if (d->action == ACTION_GRANT)
        d->trust = TRUST_CONFIRMED;
    return true;
}

static bool is_over(const struct post *p)
{
    return p->forgotten_at != 0 || p->state == POST_REMOVED || p->state == POST_WITHDRAWN;
}

/* LÖSCHEN below somebody else's words: who may take them down is told their own word, everybody what else they may have meant. */
static void refuse_others(const struct facts *f, struct decision *d)
{
    bool is_staff = (command_row(COMMAND_REMOVE)->roles & COMMAND_ROLE(f->role)) != 0;

    policy_refuse(f, d, PURPOSE_ERROR_DELETE);
    if (is_staff && f->idea != NULL)
        d->why = "staff";
}

/* LÖSCHEN, ZURÜCK: about the writer's own post only, and only they can say so. Always taken, whatever is closed. */
bool decide_withdrawal(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (c == COMMAND_UNDO && f->own == NULL)
        return false; /* "zurück" may be a contribution, too */
    if (f->own == NULL)
        refuse_others(f, d);
    else if (c == COMMAND_UNDO && policy_is_proved(f) && f->own->state == POST_WITHDRAWN && f->own->forgotten_at == 0)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_UNDO);
    else if (c == COMMAND_UNDO)
        policy_refuse(f, d, PURPOSE_ERROR_UNDO);
    else if (is_over(f->own))
        policy_refuse(f, d, PURPOSE_ERROR_DELETE);
    else if (policy_is_proved(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_WITHDRAW);
    else if (policy_is_token_of_writer(f) || policy_may_answer(f))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ASK_WITHDRAW);
    else
        policy_refuse(f, d, PURPOSE_ERROR_DELETE);
    return true;
}

/* A decision wants both: the token that only this moderator was sent, and T1 wherever our mail server proves senders. */
static bool is_moderator_proved(const struct facts *f)
{
    return f->route->has_token && (policy_is_proved(f) || !f->reads_authentication);
}

/* Somebody wrote in a moderator's name: the moderator hears of it. The address is ours to know, it is not From's word. */
static void refuse_unproved(const struct facts *f, struct decision *d)
{
    policy_settle(d, VERDICT_REFUSED, ACTION_NOTHING);
    d->rule = "moderator-not-proved";
    d->answer = f->message->may_reply && (f->route->has_token || policy_may_answer(f)) ? PURPOSE_ERROR_MODERATION_NOT_PROVED
                                                                                       : PURPOSE_NONE;
}

/* "ABLEHNEN werbung", "ABLEHNEN: werbung", "ABLEHNEN werbung: Bitte ohne den Namen der Firma." Caller frees; NULL none. */
static char *given_reason(const struct command_line *c)
{
    if (c->name == NULL || c->argument == NULL)
        return g_strdup(c->name != NULL ? c->name : c->argument);
    return g_strdup_printf("%s: %s", c->name, c->argument);
}

static enum action review_action(enum command c)
{
    return c == COMMAND_RELEASE  ? ACTION_RELEASE
           : c == COMMAND_TO     ? ACTION_MOVE_HELD
           : c == COMMAND_ASK    ? ACTION_ASK_HELD
           : c == COMMAND_REDACT ? ACTION_REDACT_HELD
           : c == COMMAND_MERGE  ? ACTION_MERGE_HELD
                                 : ACTION_REJECT;
}

static void decide_review(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    g_autofree char *given = given_reason(f->command);
    struct reason reason = reason_read(given);
    bool says_too_little =
        c == COMMAND_REJECT ? !reason_is_enough(&reason) : (c == COMMAND_ASK || c == COMMAND_REDACT) && given == NULL;

    if (f->hold->state != HOLD_OPEN) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_DECIDED);
    } else if (f->is_own_text) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_OWN);
        d->rule = access_rule(ACCESS_OWN_TEXT);
    } else if (says_too_little) {
        policy_refuse(f, d, c == COMMAND_REJECT ? PURPOSE_ERROR_MODERATION_REASON : PURPOSE_ERROR_MODERATION_UNCLEAR);
    } else if ((c == COMMAND_RELEASE || c == COMMAND_REDACT || c == COMMAND_MERGE) && f->access != ACCESS_GRANTED) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_CHANGED);
        d->rule = access_rule(f->access);
    } else {
        policy_settle(d, VERDICT_ACCEPTED, review_action(c));
        d->trust = TRUST_SECOND_PERSON;
        d->argument = g_steal_pointer(&given);
    }
}

/* It was asked of somebody else, or who was asked has no say any more. */
static void refuse_other(const struct facts *f, struct decision *d)
{
    policy_refuse(f, d, PURPOSE_ERROR_NOT_MODERATOR);
    d->why = policy_is_token_of_writer(f) ? "no_role" : NULL;
}

/* An official answer that waits: another person decides, and its writer may take it back. Who may what is asked by the deed. */
static void decide_second(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);
    bool is_staff = f->token_role == ROLE_OFFICE || f->token_role == ROLE_LEAD;

    if (f->person == NULL || f->route->person != f->person->id || !is_staff) {
        refuse_other(f, d);
    } else if (!is_moderator_proved(f)) {
        refuse_unproved(f, d);
    } else if (f->hold->state != HOLD_OPEN) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_DECIDED);
    } else if ((c != COMMAND_RELEASE && c != COMMAND_REJECT && c != COMMAND_DELETE && c != COMMAND_CORRECT) ||
               (c == COMMAND_CORRECT && f->command->argument == NULL)) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_UNCLEAR);
    } else if (c == COMMAND_REJECT && f->command->argument == NULL) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_REASON);
    } else {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_SECOND);
        d->trust = TRUST_SECOND_PERSON;
        d->argument = g_strdup(f->command->argument);
    }
}

/* Somebody complained, and who writes had no part in refusing the text: FREI publishes it after all, BLEIBT does not. */
static bool decides_complaint(const struct facts *f)
{
    return f->hold->state == HOLD_REJECTED && f->hold->next == NEXT_COMPLAINT && f->hold->decided_by != f->route->person &&
           !f->is_own_text;
}

static void decide_complaint(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (c != COMMAND_RELEASE && c != COMMAND_STANDS && c != COMMAND_REJECT) {
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_UNCLEAR);
        return;
    }
    policy_settle(d, VERDICT_ACCEPTED, c == COMMAND_RELEASE ? ACTION_OVERRULE : ACTION_UPHOLD);
    d->trust = TRUST_SECOND_PERSON;
    d->argument = given_reason(f->command);
}

/* What the author of a text that waits for a moderator, or was refused, answers to the question or the refusal: the text after its
 * word, if it has one. */
bool rule_review_answer(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_CONFIRM || f->hold->kind != HOLD_REVIEW)
        return false;
    enum command c = policy_command(f);
    const char *text = f->text != NULL ? f->text : f->message->text;
    bool is_refused = f->hold->state == HOLD_REJECTED && f->hold->code != NULL; /* else it was taken back, or corrected since */
    if (*f->hold->address == '\0' || (f->hold->state != HOLD_OPEN && !is_refused))
        policy_refuse(f, d, PURPOSE_ERROR_EXPIRED);
    else if (strcmp(f->from_address, f->hold->address) != 0)
        policy_refuse(f, d, PURPOSE_ERROR_OTHER_ADDRESS);
    else if (!f->route->has_token && !policy_is_proved(f))
        policy_refuse(f, d, PURPOSE_ERROR_NOT_PROVED);
    else if (c == COMMAND_STOP)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (c == COMMAND_DELETE && f->own != NULL && f->own->forgotten_at == 0)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_WITHDRAW);
    else if (c == COMMAND_CORRECT && f->own != NULL && f->own->forgotten_at == 0)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_CORRECT);
    else if (text[strspn(text, " \t\r\n")] == '\0')
        policy_refuse(f, d, PURPOSE_ERROR_EMPTY);
    else {
        bool is_word = c == COMMAND_COMPLAINT && f->command->argument != NULL;
        policy_settle(d, VERDICT_ACCEPTED, is_refused ? ACTION_COMPLAIN : ACTION_ANSWER_HELD);
        d->argument = g_strdup(is_word ? f->command->argument : text);
    }
    return true;
}

/* An answer to the list of all that waits: each of its lines is decided by itself, as if it had come to the address of that text. */
bool rule_moderate_list(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_DIGEST || !f->is_list)
        return false;
    if (f->person == NULL || f->holder == NULL || f->person->id != f->holder->id)
        policy_refuse(f, d, PURPOSE_ERROR_NOT_MODERATOR);
    else if (!is_moderator_proved(f))
        refuse_unproved(f, d);
    else
        policy_settle(d, VERDICT_ACCEPTED, ACTION_MODERATE_LIST);
    return true;
}

bool rule_moderate(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    if (f->route->kind != ROUTE_MODERATE)
        return false;
    if (f->hold->kind == HOLD_SECOND) {
        decide_second(f, d);
        return true;
    }
    bool is_owner = f->person != NULL && f->route->person == f->person->id;
    bool is_complaint = decides_complaint(f);
    bool has_role =
        f->token_role == ROLE_MODERATOR || f->token_role == ROLE_LEAD || f->token_role == ROLE_OFFICE; /* who was asked */
    if (!is_owner || !has_role)
        refuse_other(f, d);
    else if (!is_moderator_proved(f))
        refuse_unproved(f, d);
    else if (is_complaint)
        decide_complaint(f, d);
    else if (c != COMMAND_RELEASE && c != COMMAND_REJECT && c != COMMAND_TO && c != COMMAND_ASK && c != COMMAND_REDACT &&
             c != COMMAND_MERGE)
        policy_refuse(f, d, PURPOSE_ERROR_MODERATION_UNCLEAR);
    else
        decide_review(f, d);
    return true;
}

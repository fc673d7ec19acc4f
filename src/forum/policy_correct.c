/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules about a text that its author sends once more, because the one before was not right.
 */
#include "forum/policy_private.h"

#include "base/limits.h"
#include "forum/correct.h"

static const char *new_words(const struct facts *f)
{
    return f->text != NULL ? f->text : f->message->text;
}

static bool is_of_idea(const struct facts *f, const struct post *p)
{
    return p != NULL && f->idea != NULL && p->idea_id == f->idea->id && (p->kind == POST_IDEA || p->kind == POST_REPLY);
}

/* NEU, in answer to the mail about one's own post. Whom nothing proves is asked, as about any text of theirs. */
bool decide_correct(const struct facts *f, struct decision *d)
{
    gint64 n = policy_is_proved(f) ? f->n_pending_proved : f->n_pending;

    if (f->own != NULL && f->idea != NULL && f->own->kind == POST_OFFICIAL && f->own->idea_id == f->idea->id) {
        if (policy_is_believed(f, TRUST_TOKEN)) /* as the answer itself */
            policy_settle(d, VERDICT_ACCEPTED, ACTION_CORRECT);
        else
            policy_refuse(f, d, PURPOSE_ERROR_COMMAND);
        return true;
    }
    if (!is_of_idea(f, f->own))
        return false;
    if (policy_is_believed(f, f->idea->ring == RING_MEMBERS ? TRUST_TOKEN : TRUST_DMARC) && !f->is_from_inner)
        policy_settle(d, VERDICT_ACCEPTED, ACTION_CORRECT);
    else if (n >= LIMIT_HELD_PER_MAILBOX)
        policy_settle(d, VERDICT_OPERATOR, ACTION_WARN);
    else
        policy_settle(d, VERDICT_CONFIRM, ACTION_CORRECT);
    return true;
}

/* The same text with a few changes, below itself, is hardly meant as a second contribution. */
bool rule_ask_kind(const struct facts *f, struct decision *d)
{
    bool is_own = f->parent != NULL && f->person != NULL && f->parent->person_id == f->person->id;

    if (!is_own || !is_of_idea(f, f->parent) || f->parent->state != POST_PUBLISHED ||
        !correct_is_alike(new_words(f), f->parent->text))
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ASK_KIND);
    return true;
}

/* The question was about a text for which its author sent another one meanwhile: that one has a question of its own. */
bool policy_is_replaced(const struct hold *h)
{
    return h->kind == HOLD_CONFIRM && h->state == HOLD_CONFIRMED && h->decided_by == 0 && *h->address == '\0';
}

/* 1, NEU: it stands in the other's place; 2: it is a contribution of its own. */
void decide_kind(const struct facts *f, struct decision *d)
{
    const struct command_line *c = f->command;
    bool is_version = c->command == COMMAND_CORRECT || (c->command == COMMAND_IDEA && c->number == 1);
    bool is_contribution = c->command == COMMAND_IDEA && c->number == 2;

    if (f->hold->state != HOLD_OPEN) {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    } else if ((is_version || is_contribution) && f->access != ACCESS_GRANTED) {
        policy_refuse(f, d, access_answer(f->access));
        d->rule = access_rule(f->access);
    } else if (is_version || is_contribution) {
        policy_settle(d, VERDICT_ACCEPTED, ACTION_CHOOSE_KIND);
        d->argument = g_strdup(is_version ? "1" : "2");
        d->trust = TRUST_CONFIRMED;
    } else {
        policy_refuse(f, d, PURPOSE_ASK_KIND);
    }
}

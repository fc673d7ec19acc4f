/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules, in the order in which they are tried; see policy.h. A rule is a question and what follows from a yes.
 */
#include "forum/policy_private.h"

#include "base/limits.h"
#include "forum/contact.h"
#include "forum/rates.h"
#include "forum/whys.h"

#include <string.h>

static bool rule_delivery_report(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_BOUNCE)
        return false;
    bool counts = f->message->kind == KIND_BOUNCE || f->message->kind == KIND_DELAY || f->message->kind == KIND_COMPLAINT ||
                  f->message->kind == KIND_DELIVERED;
    policy_settle(d, counts ? VERDICT_BOUNCE : VERDICT_IGNORE, counts ? ACTION_REPORT : ACTION_NOTHING);
    return true;
}

static bool rule_loop(const struct facts *f, struct decision *d)
{
    const char *at = f->from_address != NULL ? strrchr(f->from_address, '@') : NULL;

    if (f->message->loop_ids->len == 0 && f->message->n_received <= LIMIT_RECEIVED_FIELDS &&
        (at == NULL || g_ascii_strcasecmp(at + 1, f->own_domain) != 0))
        return false;
    policy_settle(d, VERDICT_IGNORE, ACTION_NOTHING);
    return true;
}

static bool rule_machine(const struct facts *f, struct decision *d)
{
    if (!policy_is_machine(f->message->kind) && !policy_is_null_sender(f) && !policy_is_spread_command(f))
        return false;
    policy_settle(d, VERDICT_IGNORE, ACTION_NOTHING);
    return true;
}

static bool rule_operator(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_OPERATOR)
        return false;
    policy_settle(d, VERDICT_OPERATOR, ACTION_PASS_ON);
    return true;
}

/* A person answers; what can be said to everybody, and how to get one's own data, is said at once. */
static bool rule_privacy(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_PRIVACY)
        return false;
    policy_settle(d, VERDICT_OPERATOR, ACTION_PASS_ON);
    d->answer = policy_may_answer(f) ? PURPOSE_PRIVACY : PURPOSE_NONE;
    return true;
}

static bool rule_no_author(const struct facts *f, struct decision *d)
{
    if (f->from_address != NULL)
        return false;
    policy_settle(d, VERDICT_OPERATOR, ACTION_PASS_ON); /* nobody to ask: a person must look */
    return true;
}

static bool rule_unknown_address(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_FOREIGN && f->route->kind != ROUTE_UNKNOWN && (f->forum != NULL || f->list != NULL))
        return false;
    if (f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE || f->route->kind == ROUTE_BOUNCE)
        policy_refuse(f, d, PURPOSE_ERROR_EXPIRED);
    else
        policy_refuse(f, d, PURPOSE_ERROR_ADDRESS);
    return true;
}

static bool rule_encrypted(const struct facts *f, struct decision *d)
{
    if (f->message->kind != KIND_ENCRYPTED)
        return false;
    policy_refuse(f, d, PURPOSE_ERROR_ENCRYPTED);
    return true;
}

/* Thanks alone, in answer to whatever we sent, are for us and no contribution. */
static bool rule_empty(const struct facts *f, struct decision *d)
{
    const char *p = f->text != NULL ? f->text : f->message->text;

    while (g_ascii_isspace(*p))
        p++;
    if (*p != '\0' && !(f->route->kind == ROUTE_IDEA && contact_is_courtesy(p)))
        return false;
    bool has_files = f->message->attachments->len > 0;
    policy_refuse(f, d,
                  f->message->forwarded != NULL ? PURPOSE_ERROR_EMPTY_FORWARD /* a third person's words */
                  : has_files                   ? PURPOSE_ERROR_EMPTY_ATTACHMENT
                                                : PURPOSE_ERROR_EMPTY);
    return true;
}

/* "JA", and nothing else, where nobody was asked: to a forum, or in answer to the mail about one's own text. It is no idea and no
 * contribution, and of which question it speaks nobody knows. Below somebody else's words it is a contribution, however short. */
static bool rule_nothing_asked(const struct facts *f, struct decision *d)
{
    bool is_own = f->parent != NULL && f->person != NULL && f->parent->person_id == f->person->id;
    bool is_place = f->route->kind == ROUTE_FORUM ? f->idea == NULL || is_own : f->route->kind == ROUTE_IDEA && is_own;
    const char *text = f->text != NULL ? f->text : message_command_text(f->message);
    bool is_empty = text[strspn(text, " \t\r\n")] == '\0';
    enum command said = is_empty && f->idea == NULL ? command_of(f->message->subject) : f->command->command;

    if (!is_place || (said != COMMAND_YES && said != COMMAND_NO) || f->message->attachments->len > 0)
        return false;
    policy_refuse(f, d, PURPOSE_ERROR_NOTHING_ASKED);
    if (policy_is_token_of_writer(f))
        d->answer = policy_told(f, PURPOSE_ERROR_NOTHING_ASKED);
    return true;
}

/* May words be kept that their author is asked about? Somebody's who is known, or proved, and can be asked. */
static bool may_wait(const struct facts *f)
{
    return policy_may_answer(f) && (policy_is_known(f) || policy_is_proved(f));
}

/* A digest with several discussions was answered: each of the answers has its own decision when its turn comes. */
static bool rule_digest(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_DIGEST)
        return false;
    if (rule_encrypted(f, d) || rule_empty(f, d))
        return true;
    if (f->portions == NULL)
        policy_refuse(f, d, PURPOSE_ERROR_DIGEST);
    else
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ANSWERS);
    d->is_believed = may_wait(f); /* else they are asked about what is unclear as strangers are, in their turn */
    return true;
}

static enum ring ring_of(const struct facts *f)
{
    return f->idea != NULL ? f->idea->ring : f->route->ring;
}

/* Three rules, one question: each answers for the one reason that is its name. */
static bool refuse_for(const struct facts *f, struct decision *d, enum access reason)
{
    struct access_facts asked =
        {.deed = DEED_WRITE, .forum = f->forum, .idea = f->idea, .ring = ring_of(f), .role = f->role, .now = f->now};

    if (access_ask(&asked) != reason)
        return false;
    policy_refuse(f, d, access_answer(reason));
    return true;
}

static bool rule_closed(const struct facts *f, struct decision *d)
{
    return refuse_for(f, d, ACCESS_CLOSED);
}

static bool rule_members_only(const struct facts *f, struct decision *d)
{
    return refuse_for(f, d, ACCESS_MEMBERS_ONLY);
}

static bool rule_idea_not_open(const struct facts *f, struct decision *d)
{
    return refuse_for(f, d, ACCESS_IDEA_NOT_OPEN);
}

/* Kept as a text that waits, and its author hears what ended when. */
static bool rule_phase(const struct facts *f, struct decision *d)
{
    if (!f->is_out_of_phase)
        return false;
    policy_refuse(f, d, PURPOSE_ERROR_PHASE);
    d->action = ACTION_ADD;
    return true;
}

/* Staff passes on what a citizen wrote to them. The words are that person's, who is asked; never staff's own contribution. Whoever else
 * forwards a mail has said what they say themselves. */
static bool rule_forward(const struct facts *f, struct decision *d)
{
    bool is_staff = f->role == ROLE_MODERATOR || f->role == ROLE_LEAD || f->role == ROLE_OFFICE;
    bool is_place = f->route->kind == ROUTE_FORUM || f->route->kind == ROUTE_IDEA;

    if (f->message->forwarded == NULL || !is_staff || !is_place || ring_of(f) != RING_PUBLIC)
        return false;
    if (!policy_is_known(f) || !policy_is_proved(f)) {
        policy_refuse(f, d, PURPOSE_ERROR_FORWARD);
        d->why = "not_proved";
    } else if (rule_closed(f, d) || rule_idea_not_open(f, d)) {
        d->action = ACTION_NOTHING; /* it is no text of who passed it on, who has it still */
    } else if (f->is_out_of_phase) {
        policy_refuse(f, d, PURPOSE_ERROR_FORWARD);
        d->why = "phase";
        d->action = ACTION_FORWARD; /* kept, as any text that comes too late */
    } else {
        policy_settle(d, VERDICT_CONFIRM, ACTION_FORWARD);
    }
    return true;
}

/* Proof outranks: what others wrote in somebody's name never stands in the way of their own mail. */
static bool rule_too_many_waiting(const struct facts *f, struct decision *d)
{
    gint64 n = policy_is_proved(f) ? f->n_pending_proved : f->n_pending;

    if ((policy_is_known(f) && policy_is_proved(f)) || n < LIMIT_HELD_PER_MAILBOX)
        return false;
    policy_settle(d, VERDICT_OPERATOR, ACTION_WARN); /* kept and counted */
    return true;
}

/* Nothing that members say among themselves gets out by a wrong address: whoever it was, and however well proved, is asked. */
static bool rule_ring(const struct facts *f, struct decision *d)
{
    if (!f->is_from_inner)
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

static bool rule_ask_author(const struct facts *f, struct decision *d)
{
    bool is_enough = ring_of(f) == RING_MEMBERS ? d->trust == TRUST_TOKEN : d->trust >= TRUST_DMARC;

    if (policy_is_known(f) && is_enough)
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

/* Whoever had us in Cc or Bcc wrote to somebody else: even a known author is asked whether that is for everybody. */
static bool rule_ask_copy(const struct facts *f, struct decision *d)
{
    if (f->is_addressed)
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

/* "Danke, aber wo steht das?" in answer to "So nehmen Sie teil" was said to us: its writer is asked whether everybody shall read it. */
static bool rule_ask_answer(const struct facts *f, struct decision *d)
{
    if (!f->answers_notice)
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

/* A mark of ours, or an office's name, is looked at before it is shown, whoever wrote it. */
static bool rule_impostor(const struct facts *f, struct decision *d)
{
    if (f->pose == WHY_FORUM)
        return false;
    policy_settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

/* What is somebody else's, whoever wrote it, and where nothing else is read first. */
static bool rule_personal(const struct facts *f, struct decision *d)
{
    if ((f->whys & WHYS(WHY_PERSONAL)) == 0)
        return false;
    policy_settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

/* Of somebody who is trusted there the facts do not say so. */
static bool rule_links(const struct facts *f, struct decision *d)
{
    if ((f->whys & WHYS(WHY_LINKS)) == 0)
        return false;
    policy_settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

static bool rule_late(const struct facts *f, struct decision *d)
{
    if (!f->is_late)
        return false;
    policy_settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

static bool rule_review(const struct facts *f, struct decision *d)
{
    if (!f->is_own_chain && !rates_needs_review(f->forum->moderation, f->role, f->is_trusted, f->n_posts))
        return false;
    policy_settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

static bool rule_publish(const struct facts *f, struct decision *d)
{
    (void)f;
    policy_settle(d, VERDICT_POST, ACTION_ADD);
    return true;
}

static const struct rule {
    const char *name;
    bool (*decides)(const struct facts *f, struct decision *d);
} rules[] = {
    {"delivery-report", rule_delivery_report},
    {"loop", rule_loop},
    {"leave", rule_leave},
    {"unsubscribe", rule_unsubscribe},
    {"reaction", rule_reaction},
    {"machine", rule_machine},
    {"operator", rule_operator},
    {"privacy", rule_privacy},
    {"no-author", rule_no_author},
    {"newsletter", rule_newsletter},
    {"moderation-list", rule_moderate_list},
    {"action-address", rule_act},
    {"command", rule_command},
    {"digest-answer", rule_digest},
    {"wish-answer", rule_wish},
    {"unknown-address", rule_unknown_address}, /* below it a question or a held text that an address names is there */
    {"entry-answer", rule_entry},
    {"author-answer", rule_letter_answer},
    {"withdrawal-answer", rule_withdraw_answer},
    {"review-answer", rule_review_answer},
    {"confirm-answer", rule_confirm},
    {"moderation-answer", rule_moderate},
    {"encrypted", rule_encrypted},
    {"forward", rule_forward},
    {"nothing-asked", rule_nothing_asked},
    {"empty", rule_empty},
    {"draft", rule_draft},
    {"closed", rule_closed},
    {"members-only", rule_members_only},
    {"idea-not-open", rule_idea_not_open},
    {"phase", rule_phase},
    {"too-many-waiting", rule_too_many_waiting},
    {"ring", rule_ring},
    {"ask-author", rule_ask_author},
    {"ask-copy", rule_ask_copy},
    {"ask-answer", rule_ask_answer},
    {"ask-word", rule_ask_word},
    {"same-again", rule_ask_kind},
    {"impostor", rule_impostor},
    {"personal", rule_personal},
    {"links", rule_links},
    {"late", rule_late},
    {"review", rule_review},
    {"publish", rule_publish},
};

void policy_decide(const struct facts *f, struct decision *out)
{
    memset(out, 0, sizeof *out);
    out->trust = policy_trust(f);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
        if (rules[i].decides(f, out)) {
            out->rule = out->rule != NULL ? out->rule : rules[i].name;
            return;
        }
    g_assert_not_reached(); /* the last rule always decides */
}

void decision_clear(struct decision *d)
{
    g_clear_pointer(&d->argument, g_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rules, in the order in which they are tried; see policy.h. A rule is a question and what follows from a yes.
 */
#include "forum/policy.h"

#include "base/limits.h"

#include <string.h>

static bool is_machine(enum message_kind kind)
{
    switch (kind) {
    case KIND_HUMAN:
    case KIND_COMMAND:
    case KIND_ENCRYPTED:
    case KIND_EMPTY:
        return false;
    case KIND_BOUNCE:
    case KIND_DELAY:
    case KIND_DELIVERED:
    case KIND_COMPLAINT:
    case KIND_AUTO_REPLY:
    case KIND_RECEIPT:
    case KIND_CALENDAR:
    case KIND_BULK:
        return true;
    }
    return true;
}

/* What our own mail server found; NULL if nothing, or if the envelope's sender is of those that need quotes: it stands in
 * the results, and not every program that writes them quotes it well (rspamd repeats it in a comment as it is). */
static const struct authentication *found(const struct facts *f)
{
    return strpbrk(f->envelope_from, "\"\\()<>[]:;, \t") == NULL ? f->message->authentication : NULL;
}

/* T1: our own mail server says that DMARC passed for the domain of the one author in From. Where it does not check DMARC at
 * all (Exim as Debian builds it), a signature of that very domain: which is what DMARC would have asked for. */
static bool is_proved(const struct facts *f)
{
    const struct authentication *a = found(f);

    return a != NULL && (a->is_dmarc_of_from || (a->dmarc == NULL && a->is_dkim_of_from));
}

/* The mail comes from From's domain, be it proved by its envelope or by its signature alone: enough for an answer there,
 * since nobody outside of that domain can make us write to it. What passed for another domain says nothing of From. */
static bool is_from_domain(const struct facts *f)
{
    const struct authentication *a = found(f);

    return a != NULL && (a->is_dmarc_of_from || a->is_spf_of_from || a->is_dkim_of_from);
}

/* Known: confirmed before, or put into a forum by its operator. */
static bool is_known(const struct facts *f)
{
    return f->person != NULL && (f->person->confirmed_at != 0 || f->role != ROLE_NONE);
}

/* The token in the recipient was given to the person who wrote. */
static bool is_token_of_writer(const struct facts *f)
{
    return f->route->has_token && f->person != NULL && f->route->person == f->person->id;
}

static enum trust trust_of(const struct facts *f)
{
    if (!is_proved(f))
        return TRUST_NONE;
    return is_known(f) && is_token_of_writer(f) ? TRUST_TOKEN : TRUST_DMARC;
}

/* An automatic answer must not go to somebody whose address was forged (RFC 3834; threat 6). */
static bool may_answer(const struct facts *f)
{
    return f->message->may_reply && *f->envelope_from != '\0' && f->from_address != NULL &&
           (is_from_domain(f) || !f->reads_authentication);
}

static void settle(struct decision *d, enum verdict_kind verdict, enum action action)
{
    d->verdict = verdict;
    d->action = action;
}

/* The holder of an address that only they were sent may be told what came of it, whatever proves From. */
static const char *told(const struct facts *f, const char *answer)
{
    return f->message->may_reply && *f->envelope_from != '\0' ? answer : NULL;
}

static void refuse(const struct facts *f, struct decision *d, const char *answer)
{
    settle(d, VERDICT_REFUSED, ACTION_NOTHING);
    d->answer = f->holder != NULL ? told(f, answer) : may_answer(f) ? answer : NULL;
}

static bool rule_delivery_report(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_BOUNCE)
        return false;
    bool counts = f->message->kind == KIND_BOUNCE || f->message->kind == KIND_DELAY ||
                  f->message->kind == KIND_COMPLAINT || f->message->kind == KIND_DELIVERED;
    settle(d, counts ? VERDICT_BOUNCE : VERDICT_IGNORE, counts ? ACTION_REPORT : ACTION_NOTHING);
    return true;
}

static bool rule_loop(const struct facts *f, struct decision *d)
{
    const char *at = f->from_address != NULL ? strrchr(f->from_address, '@') : NULL;

    if (f->message->loop_ids->len == 0 && f->message->n_received <= LIMIT_RECEIVED_FIELDS &&
        (at == NULL || g_ascii_strcasecmp(at + 1, f->own_domain) != 0))
        return false;
    settle(d, VERDICT_IGNORE, ACTION_NOTHING);
    return true;
}

/* RFC 5321 4.5.5: the null path is for notifications, whatever they say. */
static bool is_null_sender(const struct facts *f)
{
    return *f->envelope_from == '\0' || (f->message->return_path != NULL && *f->message->return_path == '\0');
}

/* What the author commands in words of their own; a mail that a list or a machine spread commands nothing. */
static void read_command(const struct facts *f, struct command_line *out)
{
    command_parse(f->message->is_spread ? "" : message_command_text(f->message), out);
}

static enum command command_in(const struct facts *f)
{
    struct command_line c;

    read_command(f, &c);
    command_clear(&c);
    return c.command;
}

/* A list's copy of "JA" or "STOPP" is nobody's word, and no contribution either. */
static bool is_spread_command(const struct facts *f)
{
    bool asks_for_one = f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE;

    return f->message->is_spread &&
           (asks_for_one || command_of(message_command_text(f->message)) != COMMAND_NONE);
}

enum standing policy_standing(const struct message *m, const char *envelope_from)
{
    struct facts f = {.message = m, .envelope_from = envelope_from};

    if (is_machine(m->kind) || is_null_sender(&f) ||
        (m->is_spread && command_of(message_command_text(m)) != COMMAND_NONE))
        return STANDING_NONE;
    return is_proved(&f) ? STANDING_PROVED : STANDING_PERSON;
}

static void leave(const struct facts *f, struct decision *d, enum leave what, row_id id)
{
    static const char *const answers[] = {"error-stop-which", "stopped", "stopped-forum", "stopped-digests", "stopped-all"};

    settle(d, VERDICT_ACCEPTED, ACTION_LEAVE);
    d->leave = what;
    d->leave_id = id;
    d->answer = told(f, answers[what]);
}

/* The answer to "what shall not be sent any more?". Who says STOPP once more means everything. */
static void leave_as_answered(const struct facts *f, struct decision *d)
{
    struct command_line c;

    read_command(f, &c);
    if (c.command == COMMAND_STOP || c.command == COMMAND_ALL)
        leave(f, d, LEAVE_ALL, 0);
    else if (c.command == COMMAND_FORUM && f->route->forum != 0)
        leave(f, d, LEAVE_FORUM, f->route->forum);
    else if (c.command == COMMAND_IDEA)
        leave(f, d, LEAVE_IDEA, c.number);
    else
        refuse(f, d, "error-stop-which");
    command_clear(&c);
}

/* The address alone says it: List-Unsubscribe works without logging in, whatever the reader's program writes. */
static bool rule_leave(const struct facts *f, struct decision *d)
{
    bool is_bulk = f->message->kind == KIND_BULK; /* some programs mark the mails of their own button so */

    if (f->route->kind != ROUTE_LEAVE || (is_machine(f->message->kind) && !is_bulk) || is_null_sender(f))
        return false;
    if (f->holder == NULL)
        settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (f->route->leave == LEAVE_ASK)
        leave_as_answered(f, d);
    else
        leave(f, d, f->route->leave, f->route->leave == LEAVE_IDEA ? f->route->idea : f->route->forum);
    return true;
}

static bool rule_machine(const struct facts *f, struct decision *d)
{
    if (!is_machine(f->message->kind) && !is_null_sender(f) && !is_spread_command(f))
        return false;
    settle(d, VERDICT_IGNORE, ACTION_NOTHING);
    return true;
}

static bool rule_operator(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_OPERATOR)
        return false;
    settle(d, VERDICT_OPERATOR, ACTION_PASS_ON);
    return true;
}

static bool rule_no_author(const struct facts *f, struct decision *d)
{
    if (f->from_address != NULL)
        return false;
    settle(d, VERDICT_OPERATOR, ACTION_PASS_ON); /* nobody to ask: a person must look */
    return true;
}

static bool rule_help(const struct facts *f, struct decision *d)
{
    struct command_line c;

    read_command(f, &c);
    bool wanted = f->route->kind == ROUTE_HELP || c.command == COMMAND_HELP;
    command_clear(&c);
    if (!wanted)
        return false;
    settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    d->answer = may_answer(f) ? "help" : NULL;
    return true;
}

static bool rule_unknown_address(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_FOREIGN && f->route->kind != ROUTE_UNKNOWN && f->forum != NULL)
        return false;
    if (f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE || f->route->kind == ROUTE_BOUNCE)
        refuse(f, d, "error-expired");
    else
        refuse(f, d, "error-address");
    return true;
}

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
        settle(d, VERDICT_ACCEPTED, ACTION_CONFIRM);
    } else if (f->access == ACCESS_DECIDED) {
        settle(d, VERDICT_ACCEPTED, asks_for_name(f) ? ACTION_NAME : ACTION_NOTHING);
    } else {
        refuse(f, d, access_answer(f->access));
        d->rule = access_rule(f->access);
    }
}

static bool rule_confirm(const struct facts *f, struct decision *d)
{
    struct command_line c;

    if (f->route->kind != ROUTE_CONFIRM)
        return false;
    read_command(f, &c);
    bool is_disowned = f->hold->kind == HOLD_CONFIRM && f->hold->state == HOLD_REJECTED;
    if (is_disowned && c.command == COMMAND_STOP)
        settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    else if (f->access == ACCESS_EXPIRED || is_disowned) /* nothing is left of it, its author's address neither */
        refuse(f, d, "error-expired");
    else if (strcmp(f->from_address, f->hold->address) != 0)
        refuse(f, d, "error-other-address");
    else if (!f->route->has_token && !is_proved(f))
        refuse(f, d, "error-not-proved");
    else if (c.command == COMMAND_YES)
        say_yes(f, d);
    else if (c.command == COMMAND_NONE && asks_for_name(f))
        settle(d, VERDICT_ACCEPTED, ACTION_NAME);
    else if (c.command == COMMAND_STOP)
        settle(d, VERDICT_ACCEPTED, f->hold->state == HOLD_OPEN ? ACTION_STOP_ASKING : ACTION_NOTHING);
    else if (c.command == COMMAND_NO || c.command == COMMAND_DELETE)
        settle(d, VERDICT_ACCEPTED, f->hold->state == HOLD_OPEN ? ACTION_DISOWN : ACTION_NOTHING);
    else if (c.command == COMMAND_SHOW)
        settle(d, VERDICT_ACCEPTED, f->hold->state == HOLD_OPEN ? ACTION_SHOW : ACTION_NOTHING);
    else
        refuse(f, d, "error-unclear");
    if (d->action == ACTION_CONFIRM)
        d->trust = TRUST_CONFIRMED;
    command_clear(&c);
    return true;
}

/* The question whether a post is to be withdrawn, or the receipt that it was: both went to its author alone. */
static bool rule_withdraw_answer(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_CONFIRM || (f->hold->kind != HOLD_WITHDRAW && f->hold->kind != HOLD_UNDO))
        return false;
    enum command c = command_in(f);
    bool is_open = f->hold->state == HOLD_OPEN, is_undo = f->hold->kind == HOLD_UNDO;
    bool is_yes = is_undo ? c == COMMAND_UNDO : c == COMMAND_YES || c == COMMAND_DELETE;
    bool is_no = is_undo ? c == COMMAND_DELETE && is_open : c == COMMAND_NO || c == COMMAND_STOP || c == COMMAND_UNDO;
    if (f->hold->state == HOLD_EXPIRED)
        refuse(f, d, is_undo ? "error-expired" : "error-delete");
    else if (strcmp(f->from_address, f->hold->address) != 0)
        refuse(f, d, "error-other-address");
    else if (!f->route->has_token && !is_proved(f))
        refuse(f, d, "error-not-proved");
    else if (is_yes)
        settle(d, VERDICT_ACCEPTED, is_open ? ACTION_CONFIRM : ACTION_NOTHING);
    else if (is_no)
        settle(d, VERDICT_ACCEPTED, is_open && !is_undo ? ACTION_DISOWN : ACTION_NOTHING);
    else
        refuse(f, d, is_undo && c == COMMAND_DELETE ? "error-delete" : "error-delete-unclear"); /* it is back: answer that */
    return true;
}

static bool is_over(const struct post *p)
{
    return p->forgotten_at != 0 || p->state == POST_REMOVED || p->state == POST_WITHDRAWN;
}

/* LÖSCHEN, ZURÜCK: about the writer's own post only, and only they can say so. Always taken, whatever is closed. */
static bool rule_withdraw(const struct facts *f, struct decision *d)
{
    bool is_asked = f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE; /* there it is an answer */
    enum command c = command_in(f);

    if (is_asked || (c != COMMAND_DELETE && c != COMMAND_UNDO))
        return false;
    if (c == COMMAND_UNDO && f->own == NULL)
        return false; /* "zurück" may be a contribution, too */
    if (f->own == NULL)
        refuse(f, d, "error-delete");
    else if (c == COMMAND_UNDO && is_proved(f) && f->own->state == POST_WITHDRAWN && f->own->forgotten_at == 0)
        settle(d, VERDICT_ACCEPTED, ACTION_UNDO);
    else if (c == COMMAND_UNDO)
        refuse(f, d, "error-undo");
    else if (is_over(f->own))
        refuse(f, d, "error-delete");
    else if (is_proved(f))
        settle(d, VERDICT_ACCEPTED, ACTION_WITHDRAW);
    else if (is_token_of_writer(f) || may_answer(f))
        settle(d, VERDICT_ACCEPTED, ACTION_ASK_WITHDRAW);
    else
        refuse(f, d, "error-delete");
    return true;
}

/* A decision wants both: the token that only this moderator was sent, and T1 wherever our mail server proves senders. */
static bool is_moderator_proved(const struct facts *f)
{
    return f->route->has_token && (is_proved(f) || !f->reads_authentication);
}

/* Somebody wrote in a moderator's name: the moderator hears of it. The address is ours to know, it is not From's word. */
static void refuse_unproved(const struct facts *f, struct decision *d)
{
    settle(d, VERDICT_REFUSED, ACTION_NOTHING);
    d->rule = "moderator-not-proved";
    d->answer = f->message->may_reply && (f->route->has_token || may_answer(f)) ? "error-moderation-not-proved" : NULL;
}

static void decide_review(const struct facts *f, struct decision *d, struct command_line *c)
{
    if (f->hold->state != HOLD_OPEN) {
        refuse(f, d, "error-moderation-decided");
    } else if (c->command == COMMAND_RELEASE && f->access != ACCESS_GRANTED) {
        refuse(f, d, "error-moderation-changed");
        d->rule = access_rule(f->access);
    } else {
        settle(d, VERDICT_ACCEPTED, c->command == COMMAND_RELEASE ? ACTION_RELEASE : ACTION_REJECT);
        d->trust = TRUST_SECOND_PERSON;
        d->argument = g_steal_pointer(&c->argument);
    }
}

static bool rule_moderate(const struct facts *f, struct decision *d)
{
    struct command_line c;

    if (f->route->kind != ROUTE_MODERATE)
        return false;
    read_command(f, &c);
    bool is_owner = f->person != NULL && f->route->person == f->person->id;
    if (!is_owner || (f->token_role != ROLE_MODERATOR && f->token_role != ROLE_LEAD)) {
        refuse(f, d, "error-not-moderator");
        d->action = is_owner ? ACTION_NOTHING : ACTION_WARN_MODERATOR;
    } else if (!is_moderator_proved(f))
        refuse_unproved(f, d);
    else if (c.command != COMMAND_RELEASE && c.command != COMMAND_REJECT)
        refuse(f, d, "error-moderation-unclear");
    else if (c.command == COMMAND_REJECT && c.argument == NULL)
        refuse(f, d, "error-moderation-reason");
    else
        decide_review(f, d, &c);
    command_clear(&c);
    return true;
}

/* What somebody may not read, no answer names. */
static bool may_read_idea(const struct facts *f)
{
    return access_may_read(f->idea, f->role, f->idea->author_id == f->person->id);
}

static void stop_idea(const struct facts *f, struct decision *d)
{
    leave(f, d, LEAVE_IDEA, f->idea->id);
    d->answer = may_answer(f) ? may_read_idea(f) ? "stopped" : "stopped-unnamed" : NULL;
}

static bool rule_stop(const struct facts *f, struct decision *d)
{
    bool is_asked = f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE; /* there it is an answer */

    if (is_asked || command_in(f) != COMMAND_STOP)
        return false;
    if (f->idea == NULL)
        refuse(f, d, f->person != NULL || f->holder != NULL ? "error-stop-which" : "error-stop-nothing");
    else if (f->person != NULL && (is_token_of_writer(f) || is_proved(f)))
        stop_idea(f, d);
    else
        refuse(f, d, "error-stop");
    return true;
}

/* A digest with several discussions was answered: which one is meant? */
static bool rule_digest(const struct facts *f, struct decision *d)
{
    if (f->route->kind != ROUTE_DIGEST)
        return false;
    refuse(f, d, "error-digest");
    return true;
}

static bool rule_encrypted(const struct facts *f, struct decision *d)
{
    if (f->message->kind != KIND_ENCRYPTED)
        return false;
    refuse(f, d, "error-encrypted");
    return true;
}

static bool rule_empty(const struct facts *f, struct decision *d)
{
    const char *p = f->message->text;

    while (g_ascii_isspace(*p))
        p++;
    if (*p != '\0')
        return false;
    refuse(f, d, "error-empty");
    return true;
}

static enum ring ring_of(const struct facts *f)
{
    return f->idea != NULL ? f->idea->ring : f->route->ring;
}

/* Three rules, one question: each answers for the one reason that is its name. */
static bool refuse_for(const struct facts *f, struct decision *d, enum access reason)
{
    struct access_facts asked = {.deed = DEED_WRITE, .forum = f->forum, .idea = f->idea, .ring = ring_of(f),
                                 .role = f->role, .now = f->now};

    if (access_ask(&asked) != reason)
        return false;
    refuse(f, d, access_answer(reason));
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

/* Proof outranks: what others wrote in somebody's name never stands in the way of their own mail. */
static bool rule_too_many_waiting(const struct facts *f, struct decision *d)
{
    gint64 n = is_proved(f) ? f->n_pending_proved : f->n_pending;

    if ((is_known(f) && is_proved(f)) || n < LIMIT_HELD_PER_MAILBOX)
        return false;
    settle(d, VERDICT_OPERATOR, ACTION_WARN); /* kept and counted */
    return true;
}

static bool rule_ask_author(const struct facts *f, struct decision *d)
{
    bool is_enough = ring_of(f) == RING_MEMBERS ? d->trust == TRUST_TOKEN : d->trust >= TRUST_DMARC;

    if (is_known(f) && is_enough)
        return false;
    settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

static bool rule_review(const struct facts *f, struct decision *d)
{
    bool is_staff = f->role == ROLE_LEAD || f->role == ROLE_MODERATOR || f->role == ROLE_OFFICE;

    if ((f->forum->moderation == MODERATION_NONE || is_staff) && f->n_recent < LIMIT_POSTS_PER_HOUR)
        return false;
    settle(d, VERDICT_REVIEW, ACTION_ADD);
    return true;
}

static bool rule_publish(const struct facts *f, struct decision *d)
{
    (void)f;
    settle(d, VERDICT_POST, ACTION_ADD);
    return true;
}

static const struct rule {
    const char *name;
    bool (*decides)(const struct facts *f, struct decision *d);
} rules[] = {
    {"delivery-report", rule_delivery_report},
    {"loop", rule_loop},
    {"leave", rule_leave},
    {"machine", rule_machine},
    {"operator", rule_operator},
    {"no-author", rule_no_author},
    {"stop", rule_stop},
    {"help", rule_help},
    {"withdrawal", rule_withdraw},
    {"digest-answer", rule_digest},
    {"unknown-address", rule_unknown_address},
    {"withdrawal-answer", rule_withdraw_answer},
    {"confirm-answer", rule_confirm},
    {"moderation-answer", rule_moderate},
    {"encrypted", rule_encrypted},
    {"empty", rule_empty},
    {"closed", rule_closed},
    {"members-only", rule_members_only},
    {"idea-not-open", rule_idea_not_open},
    {"too-many-waiting", rule_too_many_waiting},
    {"ask-author", rule_ask_author},
    {"review", rule_review},
    {"publish", rule_publish},
};

void policy_decide(const struct facts *f, struct decision *out)
{
    memset(out, 0, sizeof *out);
    out->trust = trust_of(f);
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

const char *trust_name(enum trust t)
{
    static const char *const names[] = {"T0", "T1", "T2", "T3", "T4"};

    return names[t];
}

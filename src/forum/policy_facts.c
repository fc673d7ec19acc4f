/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the rules ask again and again: whom to believe, what a mail commands, whom an answer may reach; see policy_private.h.
 */
#include "forum/policy_private.h"

#include "forum/command_block.h"

#include <string.h>

bool policy_is_machine(enum message_kind kind)
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
    case KIND_REACTION:
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
bool policy_is_proved(const struct facts *f)
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
bool policy_is_known(const struct facts *f)
{
    return f->person != NULL && (f->person->confirmed_at != 0 || f->role != ROLE_NONE || f->is_somewhere);
}

/* The token in the recipient was given to the person who wrote. */
bool policy_is_token_of_writer(const struct facts *f)
{
    return f->route->has_token && f->person != NULL && f->route->person == f->person->id;
}

bool policy_is_misused(const struct facts *f)
{
    bool is_persons = !policy_is_machine(f->message->kind) && !policy_is_null_sender(f) && !f->message->is_spread;
    bool is_ours = f->from_address != NULL && route_is_own(f->from_address, f->own_domain);
    bool is_others = f->owner != NULL && (f->person == NULL || f->person->id != f->owner->id);

    if (!f->route->has_token || f->from_address == NULL || !is_persons || is_ours || f->message->loop_ids->len > 0)
        return false;
    return f->route->kind == ROUTE_ISSUE ? f->editor != NULL && strcmp(f->editor->address, f->from_address) != 0 : is_others;
}

enum trust policy_trust(const struct facts *f)
{
    if (!policy_is_proved(f))
        return TRUST_NONE;
    return policy_is_known(f) && policy_is_token_of_writer(f) ? TRUST_TOKEN : TRUST_DMARC;
}

/* An automatic answer must not go to somebody whose address was forged (RFC 3834; threat 6). */
bool policy_may_answer(const struct facts *f)
{
    return f->message->may_reply && *f->envelope_from != '\0' && f->from_address != NULL &&
           (is_from_domain(f) || !f->reads_authentication);
}

void policy_settle(struct decision *d, enum verdict_kind verdict, enum action action)
{
    d->verdict = verdict;
    d->action = action;
}

/* The holder of an address that only they were sent may be told what came of it, whatever proves From. */
enum purpose policy_told(const struct facts *f, enum purpose answer)
{
    return f->message->may_reply && *f->envelope_from != '\0' ? answer : PURPOSE_NONE;
}

/* Who was asked, and by whom alone the address is known that was written to. */
static bool is_asked(const struct facts *f)
{
    const char *asked = f->route->kind == ROUTE_CONFIRM && f->hold != NULL ? f->hold->address
                        : f->route->kind == ROUTE_WISH && f->wish != NULL  ? f->wish->address
                                                                           : NULL;

    return f->route->has_token && asked != NULL && f->from_address != NULL && strcmp(asked, f->from_address) == 0;
}

void policy_refuse(const struct facts *f, struct decision *d, enum purpose answer)
{
    bool is_told = f->holder != NULL || is_asked(f);

    policy_settle(d, VERDICT_REFUSED, ACTION_NOTHING);
    d->answer = is_told ? policy_told(f, answer) : policy_may_answer(f) ? answer : PURPOSE_NONE;
}

/* RFC 5321 4.5.5: the null path is for notifications, whatever they say. */
bool policy_is_null_sender(const struct facts *f)
{
    return *f->envelope_from == '\0' || (f->message->return_path != NULL && *f->message->return_path == '\0');
}

enum where policy_place(const struct facts *f)
{
    return f->route->kind == ROUTE_CONFIRM                                              ? WHERE_QUESTION
           : f->route->kind == ROUTE_MODERATE                                           ? WHERE_MODERATION
           : f->route->kind == ROUTE_ISSUE                                              ? WHERE_ISSUE
           : f->route->kind == ROUTE_SUBSCRIPTION && f->route->reader == READER_CONFIRM ? WHERE_QUESTION
           : f->route->kind == ROUTE_WISH                                               ? WHERE_QUESTION
           : f->route->kind == ROUTE_LEAVE                                              ? WHERE_STOP_QUESTION
           : f->route->kind == ROUTE_HELP                                               ? WHERE_HELP
           : f->route->kind == ROUTE_DIGEST                                             ? WHERE_FORUM | WHERE_HELP
           : f->idea != NULL                                                            ? WHERE_IDEA
                                                                                        : WHERE_FORUM;
}

enum command policy_command(const struct facts *f)
{
    enum command c = f->command->command;

    return f->message->is_spread || (command_row(c)->where & policy_place(f)) == 0 ? COMMAND_NONE : c;
}

/* "Stand der Dinge: ..." is a word of those who lead the forum, "Ablehnung: ..." a moderator's answer, and "Liste" above sentences is
 * none: from anybody else these are text. */
static bool is_word_of_writer(const struct facts *f)
{
    const struct command_line *c = f->command;
    const struct command_row *row = command_row(c->command);
    bool is_reason = row->takes != TAKES_NOTHING && row->roles == 0 && c->argument != NULL; /* "Neu: ein Radweg" */
    bool is_moderators = row->where == WHERE_MODERATION && c->name != NULL;                 /* "Nach Bochum" */

    return c->command != COMMAND_NONE && !is_moderators && (row->roles == 0 || (row->roles & COMMAND_ROLE(f->role)) != 0) &&
           (!row->of_proposal || f->is_proposal) && !is_reason && (c->lines == NULL || block_is_whole(c->lines));
}

/* A list's copy of "JA" or "STOPP" is nobody's word, and no contribution either. */
bool policy_is_spread_command(const struct facts *f)
{
    bool asks_for_one = f->route->kind == ROUTE_CONFIRM || f->route->kind == ROUTE_MODERATE;

    return f->message->is_spread && (asks_for_one || is_word_of_writer(f));
}

/* Is TEXT a command wherever it stands? A moderator's "nach energie" is one in answer to a notice alone. */
static bool commands_anywhere(const char *text)
{
    struct command_line c;

    command_parse(text, &c);
    const struct command_row *row = command_row(c.command);
    bool is_text = row->takes == TAKES_TEXT && row->roles == 0 && c.argument != NULL;
    bool is_one = c.command != COMMAND_NONE && !is_text && !(row->where == WHERE_MODERATION && c.name != NULL);
    command_clear(&c);
    return is_one;
}

enum standing policy_standing(const struct message *m, const char *envelope_from)
{
    struct facts f = {.message = m, .envelope_from = envelope_from};

    if (policy_is_machine(m->kind) || policy_is_null_sender(&f) || (m->is_spread && commands_anywhere(message_command_text(m))))
        return STANDING_NONE;
    return policy_is_proved(&f) ? STANDING_PROVED : STANDING_PERSON;
}

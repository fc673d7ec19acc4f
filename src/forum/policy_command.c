/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One rule for every word that is no answer to a question: its row of command.def says who may, how much must be believed, and
 * what it brings about. Three old words ask more than a row can say; they have a function each.
 */
#include <string.h>

#include "base/limits.h"
#include "forum/command_block.h"
#include "forum/command_explain.h"
#include "forum/command_words.h"
#include "forum/contact.h"
#include "forum/emoji.h"
#include "forum/life.h"
#include "forum/phase.h"
#include "forum/policy_private.h"
#include "forum/when.h"

static bool decide_block(const struct facts *f, struct decision *d);
static bool decide_dated(const struct facts *f, struct decision *d);
static bool decide_instead(const struct facts *f, struct decision *d);
static bool decide_ok(const struct facts *f, struct decision *d);
static bool decide_report(const struct facts *f, struct decision *d);

static bool (*const special[N_COMMANDS])(const struct facts *f, struct decision *d) = {
    [COMMAND_BLOCK] = decide_block,     [COMMAND_OK] = decide_ok,           [COMMAND_PHASE] = decide_dated,
    [COMMAND_DEADLINE] = decide_dated,  [COMMAND_STOP] = decide_stop,       [COMMAND_DELETE] = decide_withdrawal,
    [COMMAND_UNDO] = decide_withdrawal, [COMMAND_CORRECT] = decide_correct, [COMMAND_REPORT] = decide_report,
    [COMMAND_INSTEAD] = decide_instead,
};

bool policy_is_believed(const struct facts *f, enum trust least)
{
    bool may_do_without = !f->reads_authentication && policy_is_token_of_writer(f);

    switch (least) {
    case TRUST_NONE:
        return true;
    case TRUST_DMARC:
    case TRUST_CONFIRMED: /* a word needs no second mail from somebody who is known and proved */
        return policy_is_known(f) && (policy_is_proved(f) || may_do_without);
    case TRUST_TOKEN:
    case TRUST_SECOND_PERSON:
        return policy_is_known(f) && policy_is_token_of_writer(f) && (policy_is_proved(f) || may_do_without);
    }
    return false;
}

/* Rows whose role the writer has not are no words for this writer. Of staff those that are asked about first (ENTFERNEN) are
 * meant as orders all the same: who may not give one there is told so, and its reason is no contribution. */
static bool is_theirs(const struct facts *f, const struct command_row *row)
{
    bool is_staff = f->role == ROLE_MODERATOR || f->role == ROLE_LEAD || f->role == ROLE_OFFICE;

    if (row->is_order && row->asks == ASKS_ALWAYS && is_staff && policy_is_believed(f, TRUST_CONFIRMED))
        return true;
    if (f->route->kind == ROUTE_HELP && row->is_order)
        return f->leads_somewhere; /* where is asked when it is known which idea is meant */
    return row->roles == 0 || (row->roles & COMMAND_ROLE(f->role)) != 0;
}

static bool is_meant(const struct facts *f, const struct command_row *row)
{
    return is_theirs(f, row) && (!row->of_proposal || f->is_proposal);
}

/* "+1" above "Mehr Radwege" is a contribution: a name that nobody signs with is no signature. */
static bool is_signed(const struct facts *f)
{
    const GPtrArray *from = f->message->from;
    const char *name = from->len > 0 ? ((const struct mailbox *)from->pdata[0])->name : NULL;

    return command_is_signed_by(message_command_text(f->message), name, f->from_address);
}

/* What the writer may not read they cannot be for: it is text, and refused like any. */
static bool may_read(const struct facts *f)
{
    return f->idea == NULL || access_may_read(f->idea, f->role, f->person != NULL && f->idea->author_id == f->person->id);
}

/* Whoever had us in Cc only wrote to somebody else, unless they answered a mail of ours. */
static bool is_meant_for_us(const struct facts *f)
{
    return f->is_addressed || f->route->has_token || f->parent != NULL;
}

/* Its writer is asked, as about a text of theirs, and not more often. */
static void ask_first(const struct facts *f, const struct command_row *row, struct decision *d)
{
    gint64 n = policy_is_proved(f) ? f->n_pending_proved : f->n_pending;
    bool is_open =
        f->idea->state == IDEA_MERGED || life_takes_support(f->idea->state); /* a merged one takes what its lead takes */

    if (!is_open)
        policy_refuse(f, d, PURPOSE_ERROR_IDEA_CLOSED);
    else if (n >= LIMIT_HELD_PER_MAILBOX)
        policy_settle(d, VERDICT_OPERATOR, ACTION_WARN);
    else
        policy_settle(d, VERDICT_CONFIRM, row->doubted);
}

/* Whom nothing proves is asked whether it was them; who is nobody has nothing that they could end. */
static bool asks_below(const struct facts *f, const struct command_row *row)
{
    return row->asks == ASKS_BELOW && !row->is_order && f->message->may_reply && *f->envelope_from != '\0' &&
           (f->person != NULL || row == command_row(COMMAND_FOLLOW));
}

/* Below what ROW needs: asked, or told so. */
static void refuse_below(const struct facts *f, const struct command_row *row, struct decision *d)
{
    if (row->doubted != ACTION_NOTHING)
        ask_first(f, row, d);
    else if (asks_below(f, row))
        policy_settle(d, VERDICT_ACCEPTED, ACTION_ASK_COMMAND);
    else
        policy_refuse(f, d, row->below);
    d->is_believed = d->action == ACTION_ASK_COMMAND && policy_may_answer(f);
}

/* All are tried; then they are done, or their writer is asked. */
static void give_orders(const struct facts *f, struct decision *d)
{
    policy_settle(d, VERDICT_ACCEPTED, ACTION_COMMANDS);
    d->answer = policy_may_answer(f) ? PURPOSE_COMMANDS : PURPOSE_NONE;
    d->argument = g_strdup(f->command->argument);
    d->is_believed = policy_is_believed(f, TRUST_CONFIRMED);
    d->has_token = policy_is_believed(f, TRUST_TOKEN);
}

static bool decide_row(const struct facts *f, const struct command_row *row, struct decision *d)
{
    if ((row->action == ACTION_NOTHING && row->answer == PURPOSE_NONE) || !is_meant(f, row) || (row->is_own && f->own == NULL) ||
        ((row->where == WHERE_IDEA || row->is_order) && (!may_read(f) || !is_signed(f))))
        return false;
    bool is_enough = policy_is_believed(f, row->trust) && (row->doubted == ACTION_NOTHING || is_meant_for_us(f));
    if (row->is_order && policy_is_believed(f, TRUST_CONFIRMED)) {
        give_orders(f, d);
        return true;
    }
    if (!is_enough) {
        refuse_below(f, row, d);
        return true;
    }
    policy_settle(d, VERDICT_ACCEPTED, row->action);
    d->answer = policy_may_answer(f) ? row->answer : PURPOSE_NONE;
    d->argument = g_strdup(f->command->argument);
    return true;
}

/* "Phase zwei ist zu kurz" is text: such a word needs its day. */
static bool decide_dated(const struct facts *f, struct decision *d)
{
    const struct command_line *c = f->command;
    g_auto(phase_order_auto_t) phase = {0};
    bool is_dated = c->command == COMMAND_PHASE ? phase_order(c->name, &phase) && (c->argument != NULL || !phase.is_title)
                                                : c->name != NULL && (when_day(c->name) >= 0 || when_is_no_day(c->name));

    return is_dated && decide_row(f, command_row(c->command), d);
}

/* May LINE stand where it stands, with the argument that it has? */
static bool is_in_place(const struct facts *f, const struct block_line *line)
{
    const struct command_row *row = command_row(line->command);
    bool is_bare_search = line->command == COMMAND_SEARCH && !line->is_opened;
    /* "Name der Straße fehlt" is text, and so is "ad 2: ..." of who answers the second of a digest; both are NAME, in some language */
    bool is_bare_name = row->wants == WANTS_NAME && line->name != NULL && !line->is_opened;
    bool is_no_forum = row->wants == WANTS_FORUM && line->name != NULL && line->number == 0 && !block_line_is_all(line);

    bool is_receipt = (row->where & WHERE_RECEIPT) != 0 && f->own != NULL;

    bool is_for_others = row->roles != 0 && f->route->kind != ROUTE_HELP && !is_meant(f, row);

    g_auto(explained_auto_t) x = {0};
    if (line->command == COMMAND_EXPLAIN && line->name != NULL)
        command_explain(line->name, &x);
    bool is_no_word = line->command == COMMAND_EXPLAIN && !x.is_known; /* "Hilfe, mein Bus!" */

    return ((row->where & policy_place(f)) != 0 || is_receipt) && !is_bare_search && !is_bare_name && !is_no_forum &&
           !is_for_others && !is_no_word;
}

/* Whoever read their receipt says so; nothing follows. Below somebody else's words it is a contribution, however short. */
static bool decide_ok(const struct facts *f, struct decision *d)
{
    if (f->own == NULL)
        return false;
    policy_settle(d, VERDICT_ACCEPTED, ACTION_NOTHING);
    return true;
}

/* To a forum nobody has written a text that it could take the place of: they are asked whether they are for that idea. */
static bool decide_instead(const struct facts *f, struct decision *d)
{
    gint64 n = policy_is_proved(f) ? f->n_pending_proved : f->n_pending;

    if (policy_place(f) != WHERE_FORUM)
        return decide_row(f, command_row(COMMAND_INSTEAD), d);
    if (!is_signed(f))
        return false;
    if (n >= LIMIT_HELD_PER_MAILBOX)
        policy_settle(d, VERDICT_OPERATOR, ACTION_WARN);
    else
        policy_settle(d, VERDICT_CONFIRM, ACTION_INSTEAD);
    d->is_believed = policy_may_answer(f);
    return true;
}

/* Anybody's word; of how many people it is depends on who is believed. */
static bool decide_report(const struct facts *f, struct decision *d)
{
    if (!decide_row(f, command_row(COMMAND_REPORT), d))
        return false;
    d->is_believed = policy_is_believed(f, TRUST_CONFIRMED);
    return true;
}

/* "Sofort." below the subject "Mehr Radwege" may be an order or an idea. */
static bool could_be_idea(const struct facts *f)
{
    const GPtrArray *lines = f->command->lines;
    const struct block_line *only = lines->len == 1 ? lines->pdata[0] : NULL;
    g_autofree char *title = policy_base_subject(f->message->subject, true);
    bool is_bare = only != NULL && only->name == NULL && only->day == 0;

    return f->route->kind == ROUTE_FORUM && is_bare && f->message->in_reply_to->len == 0 && *title != '\0' &&
           command_of(f->message->subject) == COMMAND_NONE;
}

/* "ANONYM", and below it why, in answer to the receipt of one's own post: that may have been said to us and to nobody else. */
static bool begins_with_name(const struct facts *f)
{
    const char *text = f->text != NULL ? f->text : message_command_text(f->message);
    const char *from = text + strspn(text, " \t\r\n");
    g_autofree char *line = g_strndup(from, strcspn(from, "\n"));
    struct command_line c;

    if (f->own == NULL)
        return false;
    command_parse(line, &c);
    const struct block_line *first = c.command == COMMAND_BLOCK ? c.lines->pdata[0] : NULL;
    bool is_name = first != NULL && first->command == COMMAND_NAME && (first->name == NULL || first->is_opened);
    command_clear(&c);
    return is_name;
}

/* Then its author is asked; who meant the word is told where it is an order. */
bool rule_ask_word(const struct facts *f, struct decision *d)
{
    if (begins_with_name(f)) {
        policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
        return true;
    }
    if (f->command->command != COMMAND_BLOCK || !could_be_idea(f) || !is_in_place(f, f->command->lines->pdata[0]))
        return false;
    policy_settle(d, VERDICT_CONFIRM, ACTION_ADD);
    return true;
}

/* Wherever somebody could mean a text, one line that is no command makes all of it text; who writes to hilfe@ means commands. */
static bool decide_block(const struct facts *f, struct decision *d)
{
    const GPtrArray *lines = f->command->lines;

    if (f->route->kind != ROUTE_HELP && (could_be_idea(f) || !is_signed(f)))
        return false;
    for (guint i = 0; i < lines->len && f->route->kind != ROUTE_HELP; i++)
        if (!block_is_whole(lines) || !is_in_place(f, lines->pdata[i]))
            return false;
    give_orders(f, d);
    return true;
}

/* False: it is text after all. */
bool rule_command(const struct facts *f, struct decision *d)
{
    enum command c = policy_command(f);

    bool is_order = command_row(c)->is_order && is_theirs(f, command_row(c));
    if (f->route->kind == ROUTE_HELP && c != COMMAND_STOP && c != COMMAND_BLOCK && !is_order)
        c = COMMAND_HELP;                                                           /* whatever is written there */
    bool is_answer = (policy_place(f) & WHERE_ELSEWHERE) == 0 && c != COMMAND_HELP; /* whoever asks for help gets it anywhere */
    const struct command_row *row = command_row(c);
    if (is_answer || !(special[c] != NULL ? special[c](f, d) : decide_row(f, row, d)))
        return false;
    d->rule = row->rule != NULL ? row->rule : row->name;
    return true;
}

/* What is written to an address that says it all: more than the word itself, or thanks? */
static bool has_words(const struct facts *f)
{
    const char *text = f->command->argument;

    return text != NULL && !contact_is_courtesy(text) && command_of(text) != f->command->command;
}

/* Being for it, following it, being told no more. Words beside it are a contribution only where somebody is for the idea; elsewhere
 * they are kept, and the answer says that they are not published. */
static void act_of_everybody(const struct facts *f, const struct command_row *row, struct decision *d)
{
    bool is_enough = policy_is_believed(f, row->trust);

    if (f->command->command == COMMAND_STOP)
        decide_stop(f, d);
    else if (!is_enough)
        refuse_below(f, row, d);
    else {
        policy_settle(d, VERDICT_ACCEPTED, row->action);
        d->answer = policy_may_answer(f) ? row->answer : PURPOSE_NONE;
    }
    bool is_voice = d->action == ACTION_SUPPORT || d->action == ACTION_ASK_SUPPORT;
    if (has_words(f) && is_voice) {
        d->is_believed = d->action == ACTION_SUPPORT;
        d->action = ACTION_VOICE;
    } else if (has_words(f) && d->action != ACTION_WARN) {
        d->why = "words";
    }
}

/* An address that orders something is nobody's way to a contribution: what is written there by anybody else is kept, and not published. */
bool rule_act(const struct facts *f, struct decision *d)
{
    const struct command_row *row = command_row(f->command->command);
    bool is_forum = f->route->kind == ROUTE_FORUM && f->route->act != ACT_NONE;

    if (!is_forum && (f->route->kind != ROUTE_IDEA || f->route->act <= ACT_INNER))
        return false;
    bool is_letter = f->route->act == ACT_AUTHOR; /* of an idea that is gone, too, its answer says so */
    bool is_there = is_forum ? f->forum != NULL : f->idea != NULL && is_meant(f, row) && (is_letter || may_read(f));
    bool is_order = is_there && !f->message->is_spread;
    if (!is_order || f->message->kind == KIND_ENCRYPTED)
        policy_refuse(f, d, is_order ? PURPOSE_ERROR_ENCRYPTED : PURPOSE_ERROR_ADDRESS);
    else if (!is_forum && f->route->act >= ACT_FOLLOW)
        act_of_everybody(f, row, d);
    else if (is_forum || policy_is_believed(f, TRUST_CONFIRMED))
        give_orders(f, d);
    else
        policy_refuse(f, d, row->below);
    return true;
}

/* A click on an emoji: of somebody we know for certain it counts, else it is nothing. Never a post, never answered, and no yes to a
 * question. Typed alone below an idea it is the same. */
bool rule_reaction(const struct facts *f, struct decision *d)
{
    bool is_click = f->message->kind == KIND_REACTION,
         may_be_typed = f->route->kind == ROUTE_IDEA && f->message->kind == KIND_HUMAN;
    g_autofree char *typed = may_be_typed ? command_only_line(f->message->text) : NULL;
    enum emoji emoji = is_click ? emoji_of_text(f->message->text) : typed != NULL ? emoji_of_text(typed) : EMOJI_NONE;
    if (emoji == EMOJI_NONE && may_be_typed)
        emoji = emoji_of_note(f->message->text);

    if (policy_is_null_sender(f) || f->message->is_spread || f->idea == NULL || f->from_address == NULL || emoji == EMOJI_NONE ||
        f->message->attachments->len > 0 || (policy_place(f) & WHERE_IDEA) == 0)
        return false;
    bool counts = emoji == EMOJI_FOR && f->is_addressed && may_read(f) && policy_is_believed(f, TRUST_CONFIRMED);
    policy_settle(d, counts ? VERDICT_ACCEPTED : VERDICT_IGNORE, counts ? ACTION_SUPPORT : ACTION_NOTHING);
    return true;
}

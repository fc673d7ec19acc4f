/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See everybody.h. What is only read is read when the answer is sent.
 */
#include "flow/deed/everybody.h"

#include "flow/deed/voices.h"
#include "flow/step/leave.h"
#include "flow/step/names.h"
#include "flow/step/rota.h"
#include "flow/step/settle.h"
#include "flow/step/wish.h"
#include "flow/step/withdraw.h"
#include "forum/access.h"
#include "forum/given.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/ideas.h"
#include "store/posts.h"
#include "store/proposals.h"

#include <string.h>

/* Who may not read IDEA, a draft, which was public before, is told of what it was to the public; 0: of neither. */
static row_id public_of(const struct deed *d, row_id idea)
{
    err_auto struct err e = {0};
    const struct person *p = d->decision->is_believed ? d->l->person : NULL;
    idea_auto draft = ideas_by_id(d->g->db, idea, &e);
    bool is_draft = draft != NULL && draft->ring == RING_MEMBERS;
    g_autofree struct member *m = is_draft && p != NULL ? members_find(d->g->db, draft->forum_id, p->id, &e) : NULL;
    row_id proposal = 0, out = 0;

    if (!is_draft || access_may_read(draft, m != NULL ? m->role : ROLE_NONE, p != NULL && p->id == draft->author_id))
        return idea;
    return proposals_of_discussion(d->g->db, idea, &proposal, &e) && proposal != 0 &&
                   proposals_public(d->g->db, proposal, &out, &e)
               ? out
               : 0;
}

/* Which forum or idea the line is about: the one named, else the one written to; 0 none. */
row_id everybody_about(const struct deed *d, const struct block_line *line)
{
    enum wants wants = command_row(line->command)->wants;

    if (wants == WANTS_IDEA && line->is_proposal)
        return public_of(d, line->number);
    if (line->name != NULL || (wants != WANTS_FORUM && wants != WANTS_IDEA))
        return line->number;
    if (wants == WANTS_IDEA)
        return d->l->idea != NULL ? d->l->idea->id : 0;
    return d->l->forum != NULL ? d->l->forum->id : 0;
}

/* A number that the world does not know is no idea to who may not read it. */
static bool check_idea(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    row_id id = everybody_about(d, line);
    idea_auto idea = id != 0 ? ideas_by_id(d->g->db, id, e) : NULL;
    const struct person *p = d->l->person;
    g_autofree struct member *m =
        idea != NULL && p != NULL && d->decision->is_believed ? members_find(d->g->db, idea->forum_id, p->id, e) : NULL;
    bool is_author = idea != NULL && p != NULL && d->decision->is_believed && p->id == idea->author_id;
    bool is_stub = false; /* of a proposal that is reworked */
    if (idea != NULL && access_is_known(idea) && !proposals_is_reworked(d->g->db, idea->id, &is_stub, e))
        return false;
    bool is_readable = idea != NULL && (is_stub || access_may_read(idea, m != NULL ? m->role : ROLE_NONE, is_author));

    if (!is_readable && (id != 0 || line->command != COMMAND_STATUS))
        *out = CAME_IDEA;
    else if (idea != NULL && line->command == COMMAND_ENDORSE)
        return voices_check(d, idea, out, e);
    return e->kind == ERR_NONE;
}

/* A word of moderators: is there a forum that the writer moderates, the one named or any? */
static bool check_role(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    row_id id = everybody_about(d, line);
    g_autoptr(GArray) forums = rota_forums(d->g, d->l->person->id, id, e);

    *out = line->name != NULL && id == 0 ? CAME_FORUM : forums != NULL && forums->len == 0 ? CAME_ROLE : CAME_DONE;
    return forums != NULL;
}

static bool check_forum(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    row_id id = everybody_about(d, line);
    bool is_delivery = line->command == COMMAND_EACH || line->command == COMMAND_DAILY || line->command == COMMAND_WEEKLY ||
                       line->command == COMMAND_PAUSE;

    if (id == 0 && !block_line_is_all(line) && (line->name != NULL || !is_delivery)) {
        *out = CAME_FORUM;
    } else if (is_delivery) {
        g_autoptr(GPtrArray) all = members_of_person(d->g->db, d->l->person != NULL ? d->l->person->id : 0, e);
        bool is_in = all != NULL && id == 0 && all->len > 0;
        for (guint i = 0; all != NULL && i < all->len; i++)
            is_in |= ((const struct member *)all->pdata[i])->forum_id == id;
        *out = is_in ? CAME_DONE : CAME_MEMBER;
    }
    return e->kind == ERR_NONE;
}

/* What follows the colon, as it is written. */
static const char *words_of(const struct block_line *line)
{
    const char *colon = strchr(line->written, ':');

    return colon != NULL ? colon + 1 : line->written + strcspn(line->written, " ");
}

/* Tried on a copy: would the name be shown? */
static bool check_name(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    struct person probe = {.id = d->l->person != NULL ? d->l->person->id : 0};
    g_autofree char *wish = g_strconcat("NAME: ", words_of(line), NULL);
    enum name_fault fault;
    bool ok = line->command == COMMAND_ORGANISATION ? names_take_organisation(d->g, &probe, words_of(line), &fault, e)
                                                    : names_take(d->g, &probe, wish, 0, &fault, e);

    row_text_free(probe.public_name);
    *out = fault != NAME_FINE ? CAME_NAME : CAME_DONE;
    return ok;
}

/* The post that LINE names, or the text that stands first in idea ID, if its author wrote it who writes now and it can still be taken
 * back; else NULL. */
static struct post *own_named(const struct deed *d, const struct block_line *line, row_id id, struct err *e)
{
    post_auto p = d->l->person == NULL     ? NULL
                  : line->post_number != 0 ? posts_by_number(d->g->db, id, line->post_number, e)
                                           : posts_opening(d->g->db, id, e);
    bool is_own = p != NULL && p->person_id == d->l->person->id && withdraw_is_possible(p);

    return is_own ? g_steal_pointer(&p) : NULL;
}

/* Whom nothing proves is asked, if the idea is of the person who is named; a stranger hears no more than of any idea. */
static bool check_own(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    post_auto own = own_named(d, line, line->number, e);

    *out = own == NULL ? CAME_OWN : d->decision->is_believed ? CAME_DONE : CAME_ASKED;
    return e->kind == ERR_NONE;
}

/* The address that the line names, as it is written; NULL none that could be somebody's. Caller frees. */
static char *address_in(const struct deed *d, const struct block_line *line)
{
    err_auto struct err e = {0};
    g_autofree char *given = g_strstrip(g_strdup(words_of(line)));

    return given_address(given, d->g->domain, &e);
}

static bool check_address(const struct deed *d, const struct block_line *line, enum came *out)
{
    g_autofree char *address = address_in(d, line);

    *out = address != NULL ? CAME_ASKED : CAME_VALUE;
    return true;
}

bool everybody_is_always_asked(const struct block_line *line)
{
    return command_row(line->command)->asks == ASKS_ALWAYS && command_row(line->command)->wants == WANTS_NAME;
}

bool everybody_is_below(const struct deed *d, const struct block_line *line)
{
    const struct command_row *row = command_row(line->command);

    bool is_asked = row->asks == ASKS_BELOW || everybody_is_always_asked(line);

    return row->trust != TRUST_NONE && is_asked && !d->decision->is_believed && d->m->may_reply && *d->sender != '\0';
}

bool everybody_check(const struct deed *d, const struct block_line *line, enum came *out, struct err *e)
{
    const struct command_row *row = command_row(line->command);

    *out = CAME_DONE;
    if (line->command == COMMAND_NONE)
        *out = CAME_UNCLEAR;
    else if (row->wants == WANTS_ADDRESS) /* whoever wrote: its owner is asked */
        return check_address(d, line, out);
    else if (row->trust != TRUST_NONE && !d->decision->is_believed && !everybody_is_below(d, line))
        *out = CAME_UNPROVED;
    else if (row->asks != ASKS_NEVER && row->wants == WANTS_NOTHING)
        *out = row->asks == ASKS_BELOW && d->decision->is_believed ? CAME_DONE : CAME_ASKED;
    else if (line->command == COMMAND_WITHDRAW)
        return check_own(d, line, out, e);
    else if (row->wants == WANTS_NAME)
        return check_name(d, line, out, e);
    else if (line->day != 0 && when_day_ends(line->day, d->now, d->g->settings->zone) == 0)
        *out = when_day_is_over(line->day, d->now, d->g->settings->zone) ? CAME_PAST : CAME_VALUE;
    else if (row->wants == WANTS_IDEA)
        return check_idea(d, line, out, e);
    else if (row->roles != 0)
        return check_role(d, line, out, e);
    else if (row->wants == WANTS_FORUM)
        return check_forum(d, line, out, e);
    else if ((row->wants == WANTS_HOUR && line->number < 0) || (row->wants == WANTS_WEEKDAY && line->number == 0) ||
             (row->wants == WANTS_LANGUAGE && settle_language_called(d->g, line->name) == NULL))
        *out = CAME_VALUE;
    return true;
}

static bool unsubscribe(const struct settle *s, const struct block_line *line, row_id forum, struct err *e)
{
    return leave_stop(s->g, s->person->id, block_line_is_all(line) ? LEAVE_ALL : LEAVE_FORUM, forum, s->message, s->now, e);
}

static bool set_pause(const struct settle *s, const struct block_line *line, row_id forum, struct err *e)
{
    if (line->day == 0)
        return settle_delivery(s, forum, DELIVERY_NONE, e);
    return settle_pause(s, forum, when_day_ends(line->day, s->now, s->g->settings->zone), e);
}

/* In the forum named, or everywhere. */
static bool set_duty(const struct deed *d, const struct block_line *line, row_id forum, struct err *e)
{
    bool is_end = line->command == COMMAND_RELIEVED || line->command == COMMAND_BACK;
    struct duty duty = {.person_id = d->l->person->id,
                        .kind = line->command == COMMAND_AWAY || line->command == COMMAND_BACK ? DUTY_AWAY : DUTY_ON,
                        .from_at = d->now,
                        .to_at = is_end           ? d->now + 1
                                 : line->day != 0 ? when_day_ends(line->day, d->now, d->g->settings->zone)
                                                  : 0};
    g_autoptr(GArray) forums = rota_forums(d->g, duty.person_id, forum, e);
    bool ok = forums != NULL;

    for (guint i = 0; ok && i < forums->len; i++) {
        duty.forum_id = g_array_index(forums, row_id, i);
        ok = is_end ? rota_end(d->g, &duty, d->message, d->now, NULL, e) : rota_put(d->g, &duty, d->message, d->now, e);
    }
    return ok;
}

static bool take_back_own(const struct deed *d, const struct block_line *line, row_id idea, struct err *e)
{
    post_auto own = own_named(d, line, idea, e);
    row_id hold;

    if (own == NULL) /* another line of the same mail took it back */
        return e->kind == ERR_NONE;
    return d->decision->is_believed ? withdraw_post(d->g, own, d->message, d->now, e)
                                    : withdraw_ask(d->g, own, d->message, false, d->now, &hold, e);
}

/* The owner of the address that wrote is asked; a machine must be allowed to answer the mail. */
static bool ask_owner(const struct deed *d, enum wish_kind kind, char *other, struct err *e)
{
    const struct person *p = d->l->person;
    struct wish w = {.kind = kind,
                     .written = ((struct mailbox *)d->m->from->pdata[0])->address,
                     .other = other,
                     .person_id = p != NULL ? p->id : 0,
                     .message_id = d->message,
                     .language = p != NULL && p->language != NULL ? p->language : d->m->language,
                     .is_proved = d->decision->trust >= TRUST_DMARC};

    return !d->m->may_reply || *d->sender == '\0' || wish_ask(d->g, &w, d->now, e);
}

bool everybody_ask(const struct deed *d, const struct block_line *line, struct err *e)
{
    if (line->command == COMMAND_ENDORSE)
        return voices_ask(d, everybody_about(d, line), e);
    g_autofree char *other = line->command == COMMAND_ADDRESS ? address_in(d, line) : NULL;
    enum wish_kind kind = line->command == COMMAND_ADDRESS ? WISH_ADDRESS
                          : line->command == COMMAND_ERASE ? WISH_ERASE
                                                           : WISH_DATA;

    return ask_owner(d, kind, other, e);
}

bool everybody_carry_out(const struct deed *d, const struct block_line *line, const char **why_out, struct err *e)
{
    struct settle s = {.g = d->g, .person = d->l->person, .message = d->message, .now = d->now};
    row_id id = everybody_about(d, line);

    *why_out = NULL;
    if (voices_are(line->command))
        return voices_do(d, line, id, why_out, e);
    if (line->command == COMMAND_SUBSCRIBE)
        return settle_subscribe(&s, id, e);
    if (line->command == COMMAND_UNSUBSCRIBE)
        return unsubscribe(&s, line, id, e);
    if (line->command == COMMAND_EACH)
        return settle_delivery(&s, id, DELIVERY_EACH, e);
    if (line->command == COMMAND_DAILY)
        return settle_delivery(&s, id, DELIVERY_DAILY, e);
    if (line->command == COMMAND_WEEKLY)
        return settle_delivery(&s, id, DELIVERY_WEEKLY, e);
    if (line->command == COMMAND_PAUSE)
        return set_pause(&s, line, id, e);
    if (line->command == COMMAND_WITHDRAW)
        return take_back_own(d, line, id, e);
    if (command_row(line->command)->roles != 0)
        return set_duty(d, line, id, e);
    if (line->command == COMMAND_NAME) {
        enum name_fault fault; /* none: it was tried */
        return settle_name(&s, words_of(line), &fault, e);
    }
    if (line->command == COMMAND_ORGANISATION) {
        enum name_fault fault;
        return settle_organisation(&s, words_of(line), &fault, e);
    }
    if (line->command == COMMAND_HOUR)
        return settle_hour(&s, (int)line->number, e);
    if (line->command == COMMAND_WEEKDAY)
        return settle_weekday(&s, (int)line->number, e);
    if (line->command == COMMAND_LANGUAGE)
        return settle_language(&s, settle_language_called(d->g, line->name), e);
    return true; /* read when the answer is sent */
}

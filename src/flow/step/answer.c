/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Automatic answers, the operator's mails, delivery reports; see answer.h.
 */
#include "flow/step/answer.h"

#include "base/limits.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/reports.h"

#include <string.h>

#define DAY_S 86400

static char *cut_detail(const char *text)
{
    return g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), LIMIT_DETAIL_CHARS));
}

/* An answer that is about what only the holder of an address was sent goes to that person, whoever wrote. */
static const struct person *addressee(const struct looked_up *l)
{
    bool is_for_holder = l->route.kind == ROUTE_DIGEST || l->route.kind == ROUTE_LEAVE;

    return is_for_holder && l->holder != NULL && l->holder->address != NULL ? l->holder : l->person;
}

/* What one may not read no answer names: no title, no text, no number, whatever a template would like to show. */
static bool may_name_idea(const struct looked_up *l)
{
    bool is_author = l->idea != NULL && l->person != NULL && l->person->id == l->idea->author_id;

    return l->idea != NULL && access_may_read(l->idea, l->facts.role, is_author);
}

/* Of what everybody knew that it was there a stub is left, which says why nothing is taken; its title is in no mail (view_idea_title()). */
static bool is_about_stub(const struct looked_up *l, enum purpose purpose)
{
    bool is_stub = l->idea != NULL && access_is_known(l->idea) &&
                   (l->facts.is_reworked || l->idea->state == IDEA_WITHDRAWN || l->idea->state == IDEA_REMOVED);

    return is_stub && purpose == PURPOSE_ERROR_IDEA_CLOSED;
}

/* A text that waits is its author's and its moderators' affair. */
static bool may_name_hold(const struct looked_up *l, const char *to)
{
    const struct hold *h = l->hold;
    bool is_moderator = l->person != NULL && l->person->id == l->route.person &&
                        (l->facts.token_role == ROLE_MODERATOR || l->facts.token_role == ROLE_LEAD ||
                         (h != NULL && h->kind == HOLD_SECOND && l->facts.token_role == ROLE_OFFICE));
    bool is_authors = h != NULL && (h->kind == HOLD_CONFIRM || h->kind == HOLD_ENTRY || h->kind == HOLD_LETTER ||
                                    (h->kind == HOLD_REVIEW && l->route.kind == ROUTE_CONFIRM));

    return h != NULL && (is_authors ? strcmp(h->address, to) == 0 : is_moderator);
}

static bool is_proved(const struct looked_up *l)
{
    return l->facts.envelope_from != NULL && policy_standing(l->facts.message, l->facts.envelope_from) == STANDING_PROVED;
}

/* Did the owner of the address write? Our mail server says so, or they were the only one who was given the address that they wrote
 * to. Whoever only says so makes us send LIMIT_REPLIES_PER_DAY there, of all kinds together. */
static bool is_owner(const struct looked_up *l)
{
    return is_proved(l) || (l->route.has_token && l->person != NULL && l->route.person == l->person->id);
}

/* May one more answer go to the mailbox of N today? *MAY_OUT. *MANY_OUT: it is one to a command, of which very many go to the writer. */
static bool has_room(struct gateway *g, const struct looked_up *l, const struct notice *n, bool *may_out, bool *many_out,
                     struct err *e)
{
    enum ceiling ceiling = purpose_row(n->purpose)->ceiling;
    bool is_own = is_owner(l), is_known = l->person != NULL || l->editor != NULL;
    bool is_many = is_own && ((ceiling == CEILING_COMMANDS && is_known) || (ceiling == CEILING_WORDS && is_proved(l)));
    *many_out = is_many && ceiling == CEILING_COMMANDS;
    bool is_staff = l->facts.leads_somewhere || l->facts.role > ROLE_MEMBER;
    gint64 n_all, n_purpose, n_hold = 0, most = is_staff ? LIMIT_TRANSCRIPTS_STAFF : LIMIT_TRANSCRIPTS_PER_DAY;

    if (!notices_count_answers(g->db, n->mailbox, n->purpose, is_own, n->due_at - DAY_S, n->due_at, &n_all, &n_purpose, e))
        return false;
    /* Nobody misunderstands one question so often; a program that answers everything does. */
    if (n->about.hold != 0 && !notices_count_answers_of_hold(g->db, n->mailbox, n->purpose, n->about.hold, n->due_at - DAY_S,
                                                             n->due_at, LIMIT_ANSWERS_OF_HOLD, &n_hold, e))
        return false;
    /* Who proves to be the one whom we asked, and misunderstands the question twice, is not left without an answer the second time. */
    bool is_asked = l->route.kind == ROUTE_CONFIRM || l->route.kind == ROUTE_WISH || l->route.kind == ROUTE_MODERATE;
    bool is_certain = is_asked && l->route.has_token && is_known && is_proved(l);
    gint64 of_kind = (ceiling == CEILING_COMMANDS && is_known) || is_certain ? LIMIT_REPLIES_PER_DAY : 1;
    gint64 of_all = is_certain ? LIMIT_TRANSCRIPTS_PER_DAY : LIMIT_REPLIES_PER_DAY;
    *may_out = n_hold >= LIMIT_ANSWERS_OF_HOLD ? false : is_many ? n_purpose < most : n_all < of_all && n_purpose < of_kind;
    return true;
}

/* Whoever had as many answers to commands as go to them in a day is told so, once; then there is silence. */
static bool say_enough(struct gateway *g, const struct notice *n, struct err *e)
{
    gint64 n_all, n_said;
    struct notice said = {.purpose = PURPOSE_ENOUGH,
                          .address = n->address,
                          .person_id = n->person_id,
                          .language = n->language,
                          .about.forum = n->about.forum,
                          .about.message = n->about.message,
                          .due_at = n->due_at,
                          .mailbox = n->mailbox};

    if (!notices_count_answers(g->db, n->mailbox, PURPOSE_ENOUGH, true, n->due_at - DAY_S, n->due_at, &n_all, &n_said, e))
        return false;
    return n_said > 0 || notices_add(g->db, &said, NULL, e);
}

bool answer_send(struct gateway *g, const struct looked_up *l, enum purpose purpose, const char *to, const char *language,
                 row_id message, gint64 now, struct err *e)
{
    return answer_send_why(g, l, purpose, NULL, to, language, message, now, e);
}

bool answer_send_why(struct gateway *g, const struct looked_up *l, enum purpose purpose, const char *why, const char *to,
                     const char *language, row_id message, gint64 now, struct err *e)
{
    const struct person *person = addressee(l);
    bool is_to_holder = person != NULL && person == l->holder;
    g_autofree char *holder = is_to_holder ? persons_key(person->address) : NULL;
    /* Whoever is asked to write once more finds their words below the question; what somebody else wrote is not the holder's to read. */
    bool is_theirs = !is_to_holder || (l->person != NULL && l->person->id == l->holder->id);
    /* Nobody makes us send a text of theirs to an address that is not theirs. */
    bool is_returned = purpose_row(purpose)->ceiling != CEILING_WORDS || is_proved(l);
    g_autofree char *words =
        is_theirs && is_returned && purpose_row(purpose)->detail == DETAIL_WORDS ? cut_detail(l->facts.message->text) : NULL;
    bool is_about_digest = l->route.kind == ROUTE_DIGEST && is_to_holder && l->notice != NULL;
    struct notice n = {.purpose = purpose,
                       .address = is_to_holder ? holder : to,
                       .person_id = person != NULL ? person->id : 0,
                       .language = is_to_holder ? person->language : language,
                       .about.forum = l->forum != NULL ? l->forum->id : 0,
                       .about.idea = may_name_idea(l) || is_about_stub(l, purpose) ? l->idea->id : 0,
                       .about.hold = may_name_hold(l, to) ? l->hold->id : 0,
                       .about.digest = is_about_digest ? l->notice->about.digest : 0,
                       .about.message = message,
                       .detail = words != NULL ? words : why,
                       .due_at = now};

    if (purpose == PURPOSE_ERROR_DELETE && n.about.idea != 0 && l->parent != NULL)
        n.about.post = l->parent->id; /* what they want to be reported */
    if (purpose_row(purpose)->about == ABOUT_SUBSCRIPTION && l->subscription != NULL)
        n.subscription_id = l->subscription->id;
    if (purpose_row(purpose)->about == ABOUT_ISSUE && l->issue != NULL)
        n.issue_id = l->issue->id;
    g_autofree char *wish = purpose_row(purpose)->detail == DETAIL_WISH && l->wish != NULL && why == NULL
                                ? g_strdup_printf("%" G_GINT64_FORMAT, l->wish->id)
                                : NULL;
    if (wish != NULL)
        n.detail = wish;
    if (purpose_row(purpose)->ceiling == CEILING_NONE)
        return notices_add(g->db, &n, NULL, e);
    n.mailbox = gateway_mailbox(g, n.address);
    bool may_go, is_many;
    if (!has_room(g, l, &n, &may_go, &is_many, e))
        return false;
    return may_go ? notices_add(g->db, &n, NULL, e) : !is_many || say_enough(g, &n, e);
}

/* An operator's address at our own domain would lead back to us; `check` says that nobody hears. */
static bool has_operator(const struct gateway *g)
{
    return !settings_is_own_address(g->settings, g->settings->initiative_contact);
}

bool answer_tell_operator(struct gateway *g, enum purpose purpose, row_id message, const char *detail, gint64 now, struct err *e)
{
    g_autofree char *cut = detail != NULL ? cut_detail(detail) : NULL;
    struct report r = {.at = now, .purpose = purpose, .message_id = message, .detail = cut};

    return !has_operator(g) || (reports_add(g->db, &r, e) && answer_tell_reports(g, now, e));
}

bool answer_tell_officer(struct gateway *g, row_id message, const char *detail, gint64 now, struct err *e)
{
    const char *to = g->settings->initiative_data_protection;
    g_autofree char *cut = detail != NULL ? cut_detail(detail) : NULL;
    gint64 n_all = 0, n = 0;
    struct notice notice = {.purpose = PURPOSE_OPERATOR_PRIVACY,
                            .address = to,
                            .about.message = message,
                            .detail = cut,
                            .due_at = now,
                            .mailbox = gateway_mailbox(g, "datenschutz")}; /* no address: it counts what came for the officer */

    if (*to != '\0' && !notices_count_answers(g->db, notice.mailbox, notice.purpose, false, now - DAY_S, now, &n_all, &n, e))
        return false;
    if (*to == '\0' || n >= LIMIT_OFFICER_PER_DAY)
        return answer_tell_operator(g, notice.purpose, message, detail, now, e);
    return notices_add(g->db, &notice, NULL, e);
}

bool answer_tell_operator_once(struct gateway *g, enum purpose purpose, row_id message, const char *detail, gint64 now,
                               struct err *e)
{
    bool found;

    if (!reports_since(g->db, purpose, now - LIMIT_OPERATOR_ONCE_S, now, &found, e))
        return false;
    return found || answer_tell_operator(g, purpose, message, detail, now, e);
}

/* One report has a mail of its own, several share one. */
bool answer_tell_reports(struct gateway *g, gint64 now, struct err *e)
{
    gint64 told_at = reports_told_at(g->db, e);
    row_id id;

    if (told_at < 0 || (told_at <= now && told_at != 0 && now < told_at + LIMIT_OPERATOR_EVERY_S))
        return told_at >= 0;
    g_autoptr(GPtrArray) waiting = reports_waiting(g->db, 2, e);
    if (waiting == NULL || waiting->len == 0)
        return waiting != NULL;
    const struct report *first = waiting->pdata[0];
    bool is_alone = waiting->len == 1;
    struct notice n = {.purpose = is_alone ? first->purpose : PURPOSE_OPERATOR_DIGEST,
                       .address = g->settings->initiative_contact,
                       .about.message = is_alone ? first->message_id : 0,
                       .detail = is_alone ? first->detail : NULL,
                       .due_at = now};
    return notices_add(g->db, &n, &id, e) && reports_tell(g->db, id, e);
}

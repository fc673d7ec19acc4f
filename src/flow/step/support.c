/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supports; see support.h.
 */
#include "flow/step/support.h"

#include "base/limits.h"
#include "flow/facts.h"
#include "flow/phase.h"
#include "flow/step/answer.h"
#include "flow/step/ask.h"
#include "flow/step/content.h"
#include "forum/life.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/proposals.h"
#include "store/steps.h"

#define HOUR_S 3600

static bool note(struct gateway *g, const struct idea *idea, row_id person, row_id message, const char *kind, const char *how,
                 gint64 now, struct err *e)
{
    g_autofree char *detail = how != NULL ? g_strdup_printf("how=%s", how) : NULL;
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = message,
                       .about.person = person,
                       .about.forum = idea->forum_id,
                       .about.idea = idea->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

/* A merged idea takes what its lead takes. */
static bool is_open(struct gateway *g, const struct idea *idea, struct err *e)
{
    idea_auto lead = idea->lead_id != 0 ? ideas_by_id(g->db, idea->lead_id, e) : NULL;

    return life_takes_support(lead != NULL ? lead->state : idea->state);
}

/* Does a phase take supports of IDEA that were asked for AT? */
static bool takes_any(struct gateway *g, const struct idea *idea, gint64 at, bool *out, struct err *e)
{
    row_id proposal = 0;

    return proposals_of_discussion(g->db, idea->id, &proposal, e) &&
           phase_is_open(g, idea->forum_id, phase_kind_of(idea, idea->ring, proposal != 0, true), at, out, e);
}

/* Very many at once may be somebody's list, or a campaign: a person looks, nothing is taken away. */
static bool flag(struct gateway *g, const struct idea *idea, row_id message, gint64 now, struct err *e)
{
    g_autofree char *detail = g_strdup_printf("forumpost idea show %" G_GINT64_FORMAT, idea->id);
    gint64 n;

    if (!supports_recent(g->db, idea->id, now - HOUR_S + 1, LIMIT_SUPPORTS_HOUR + 2, &n, e))
        return false;
    return n <= LIMIT_SUPPORTS_HOUR ||
           (answer_tell_operator_once(g, PURPOSE_OPERATOR_SUPPORTS, message, detail, now, e) &&
            (n > LIMIT_SUPPORTS_HOUR + 1 || note(g, idea, 0, message, "support.flagged", NULL, now, e)));
}

bool support_give(struct gateway *g, const struct idea *idea, const struct person *person, enum role role, row_id message,
                  const char *how, gint64 asked_at, gint64 now, enum support *found_out, struct err *e)
{
    enum who who;
    bool added, is_in_phase = true;

    if (asked_at != 0 && !takes_any(g, idea, asked_at, &is_in_phase, e))
        return false;
    *found_out = person->id == idea->author_id ? SUPPORT_OWN
                 : who_of_role(role, &who)     ? SUPPORT_STAFF
                 : !is_open(g, idea, e)        ? SUPPORT_NOT_OPEN
                 : !is_in_phase                ? SUPPORT_NO_PHASE
                                               : SUPPORT_ADDED;
    if (*found_out != SUPPORT_ADDED || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    gint64 mailbox = person->address != NULL ? gateway_mailbox(g, person->address) : 0;
    bool is_annulled = false;
    if (!supports_add(g->db, idea, person->id, mailbox, how, now, &added, e) ||
        (!added && !supports_is_annulled(g->db, idea, person->id, mailbox, &is_annulled, e)) ||
        (!is_annulled && !ideas_follow(g->db, idea->id, person->id, false, e)))
        return false;
    *found_out = added ? SUPPORT_ADDED : is_annulled ? SUPPORT_ANNULLED : SUPPORT_WAS_THERE;
    return !added || (note(g, idea, person->id, message, "support.added", how, now, e) && flag(g, idea, message, now, e));
}

bool support_take_back(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, bool *ended_out,
                       struct err *e)
{
    return supports_end(g->db, idea->lead_id != 0 ? idea->lead_id : idea->id, person, now, ended_out, e) &&
           (!*ended_out || note(g, idea, person, message, "support.withdrawn", NULL, now, e));
}

bool support_annul(struct gateway *g, const struct idea *idea, row_id person, const char *reason, gint64 now, bool *ended_out,
                   struct err *e)
{
    struct event ev = {.at = now,
                       .kind = "support.annulled",
                       .about = {.person = person, .forum = idea->forum_id, .idea = idea->id},
                       .detail = reason};

    return supports_annul(g->db, idea->lead_id != 0 ? idea->lead_id : idea->id, person, now, ended_out, e) &&
           (!*ended_out || events_add(g->db, &ev, e));
}

bool support_follow(struct gateway *g, const struct idea *idea, row_id person, row_id message, gint64 now, struct err *e)
{
    bool has_lead = idea->lead_id != 0 && idea->lead_id != idea->id;

    /* A STOPP for either would still count. */
    return ideas_follow(g->db, idea->id, person, true, e) && (!has_lead || ideas_follow(g->db, idea->lead_id, person, true, e)) &&
           note(g, idea, person, message, "follow.started", NULL, now, e);
}

const char *support_word(enum support s)
{
    static const char *const words[] = {
        [SUPPORT_ADDED] = NULL,        [SUPPORT_WAS_THERE] = "there",   [SUPPORT_OWN] = "own",        [SUPPORT_STAFF] = "staff",
        [SUPPORT_NOT_OPEN] = "closed", [SUPPORT_ANNULLED] = "annulled", [SUPPORT_NO_PHASE] = "phase",
    };

    return words[s];
}

/* ---- Who must be asked first */

bool support_may_ask(struct gateway *g, const struct idea *idea, gint64 now, enum support *found_out, struct err *e)
{
    bool is_in_phase;

    if (!takes_any(g, idea, now, &is_in_phase, e))
        return false;
    *found_out = !is_open(g, idea, e) ? SUPPORT_NOT_OPEN : !is_in_phase ? SUPPORT_NO_PHASE : SUPPORT_ADDED;
    return e->kind == ERR_NONE;
}

bool support_ask(struct gateway *g, const struct idea *idea, const char *address, const char *language, bool is_proved,
                 bool may_reply, row_id message, gint64 now, row_id *hold_out, struct err *e)
{
    gint64 mailbox = gateway_mailbox(g, address);
    hold_auto open = holds_open_support(g->db, mailbox, idea->id, e);
    struct hold h = {.kind = HOLD_CONFIRM,
                     .state = HOLD_OPEN,
                     .yes = YES_SUPPORT,
                     .about.message = message,
                     .about.forum = idea->forum_id,
                     .about.idea = idea->id,
                     .ring = idea->ring,
                     .address = address,
                     .title = "",
                     .text = "",
                     .language = language,
                     .created_at = now,
                     .expires_at = when_days_over(now, g->settings->intake_confirm_days, g->settings->zone),
                     .mailbox = mailbox,
                     .is_proved = is_proved};

    if (open == NULL && e->kind != ERR_NONE)
        return false;
    if (open != NULL) {
        bool is_fresh = open->asked_at == 0 || now < open->asked_at + LIMIT_ASK_EVERY_S;
        *hold_out = open->id;
        return is_fresh || ask_author(g, open, may_reply, now, e);
    }
    if (!holds_add(g->db, &h, &h.id, e) || !ask_author(g, &h, may_reply, now, e))
        return false;
    *hold_out = h.id;
    struct event ev = {.at = now,
                       .kind = "hold.opened",
                       .about.message = message,
                       .about.forum = idea->forum_id,
                       .about.idea = idea->id,
                       .about.hold = h.id,
                       .detail = "kind=confirm what=support"};
    return events_add(g->db, &ev, e);
}

static enum role role_of(struct gateway *g, row_id forum, row_id person, struct err *e)
{
    g_autofree struct member *m = members_find(g->db, forum, person, e);

    return m != NULL ? m->role : ROLE_NONE;
}

bool support_count(struct gateway *g, const struct hold *h, row_id id, row_id message, gint64 now, struct err *e)
{
    person_auto person = persons_by_id(g->db, id, e);
    idea_auto idea = person != NULL ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    enum role role = idea != NULL ? role_of(g, idea->forum_id, id, e) : ROLE_NONE;
    enum support found;

    if (idea == NULL || e->kind != ERR_NONE || !support_give(g, idea, person, role, message, "mail", 0, now, &found, e))
        return false;
    struct notice n = {.purpose = PURPOSE_SUPPORTED,
                       .person_id = id,
                       .about.forum = idea->forum_id,
                       .about.idea = idea->id,
                       .about.message = message,
                       .detail = support_word(found),
                       .due_at = now};
    return notices_add(g->db, &n, NULL, e);
}

bool support_confirm(struct gateway *g, const struct hold *h, const char *answer, const char *from_written, row_id message,
                     gint64 now, enum access *found_out, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_CONFIRMED, .decided_at = now};
    bool changed = false;

    if (!facts_access(g, h, DEED_CONFIRM, now, found_out, e) || *found_out != ACCESS_GRANTED)
        return e->kind == ERR_NONE;
    if (!holds_decide(g->db, &decided, &changed, e))
        return false;
    if (!changed) {
        *found_out = ACCESS_DECIDED;
        return true;
    }
    if (!content_person(g, h, answer, from_written, now, &decided.decided_by, e) || !holds_set_outcome(g->db, &decided, e) ||
        !messages_decided(g->db, h->about.message, e) || !support_count(g, h, decided.decided_by, message, now, e) ||
        !ask_next(g, h->mailbox, now, e))
        return false;
    struct event ev = {.at = now,
                       .kind = "hold.confirmed",
                       .about.message = h->about.message,
                       .about.person = decided.decided_by,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id,
                       .detail = "support"};
    return events_add(g->db, &ev, e);
}

const char *support_sentence(enum support s)
{
    static const char *const sentences[] = {
        [SUPPORT_ADDED] = "counted",
        [SUPPORT_WAS_THERE] = "that person is for it already",
        [SUPPORT_OWN] = "its author is for it anyway and does not count",
        [SUPPORT_STAFF] = "who leads or moderates the forum does not count",
        [SUPPORT_NOT_OPEN] = "it is not open, so nobody is counted",
        [SUPPORT_NO_PHASE] = "no phase takes supports now",
        [SUPPORT_ANNULLED] = "that person's support was annulled and does not come back",
    };

    return sentences[s];
}

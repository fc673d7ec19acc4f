/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps of an idea's life; see idea_step.h.
 */
#include "flow/step/idea_step.h"

#include "base/limits.h"
#include "flow/phase.h"
#include "forum/access.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

/* Where it came from, where it is (TO) if the kind does not say it, in which capacity: the journal alone tells every idea's life. */
static bool note(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind, const char *from,
                 const char *to, gint64 now, struct err *e)
{
    bool is_named = strcmp(strchr(kind, '.') + 1, to) == 0; /* the kind says where to */
    const char *colon = strchr(to, ':');                    /* "moved:energie" */
    g_autofree char *second = c->second != 0 ? g_strdup_printf(" second=%" G_GINT64_FORMAT, c->second) : NULL;
    g_autofree char *into = c->into != 0 ? g_strdup_printf(" into=%" G_GINT64_FORMAT, c->into) : NULL;
    g_autofree char *detail =
        g_strconcat(from != NULL ? "from=" : "", from != NULL ? from : "", from != NULL ? " " : "", is_named ? "" : "to=",
                    is_named        ? ""
                    : colon != NULL ? colon + 1
                                    : to,
                    is_named ? "" : " ", "by=", who_name(c->who), second != NULL ? second : "", into, NULL);
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = c->message,
                       .about.person = c->person,
                       .about.forum = c->forum != 0 ? c->forum : idea->forum_id,
                       .about.idea = idea->id,
                       .about.post = c->post,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

/* In which capacity the second person acted. */
static bool find_second(struct gateway *g, const struct idea *idea, row_id person, const char **by_out, struct err *e)
{
    g_autofree struct member *m = person != 0 ? members_find(g->db, idea->forum_id, person, e) : NULL;
    enum who who;

    *by_out = m != NULL && who_of_role(m->role, &who) ? who_name(who) : NULL;
    return e->kind == ERR_NONE;
}

/* History, journal, and the mail about it. TO is what the history calls it. */
static bool write_down(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind,
                       const char *from, const char *to, enum told told, gint64 now, struct err *e)
{
    const char *by_second;
    struct stage s = {.idea_id = idea->id,
                      .at = now,
                      .from_state = from,
                      .to_state = to,
                      .by = who_name(c->who),
                      .person_id = c->person,
                      .message_id = c->message,
                      .proposal_id = c->proposal,
                      .was = c->was,
                      .reason = c->reason != NULL && *c->reason != '\0' ? c->reason : NULL};
    row_id id;

    if (!find_second(g, idea, c->second, &by_second, e))
        return false;
    s.by_second = by_second;
    if (!steps_add(g->db, &s, &id, e) || (!c->is_written && !note(g, idea, c, kind, from, to, now, e)))
        return false;
    if (told == TOLD_NOBODY)
        return true;
    gint64 due = told == TOLD_SOON ? now + LIMIT_NEWS_TOGETHER_S : when_morning(now, g->settings->zone);
    bool is_gone = strcmp(to, idea_state_name(IDEA_WITHDRAWN)) == 0 || strcmp(to, idea_state_name(IDEA_REMOVED)) == 0;
    g_autoptr(GArray) proposals = is_gone ? proposals_all_of_idea(g->db, idea->id, true, e) : NULL;
    bool is_missed = proposals != NULL && proposals->len > 0; /* a proposal is made of it */
    return e->kind == ERR_NONE && notices_add_news(g->db, idea->id, id, c->person, is_gone, due, now, e) &&
           (!is_missed || notices_add_news_for_office(g->db, idea->id, id, due, e));
}

bool idea_write_down(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind, const char *from,
                     const char *to, enum told told, gint64 now, struct err *e)
{
    struct idea_change quiet = *c;

    quiet.is_written = c->is_written || kind == NULL;
    return write_down(g, idea, &quiet, kind, from, to, told, now, e);
}

enum idea_state idea_before(const struct idea *idea)
{
    return idea->state == IDEA_MERGED && idea->merged_from != IDEA_SUBMITTED ? idea->merged_from
           : idea->state_before != IDEA_SUBMITTED                            ? idea->state_before
                                                                             : idea->state;
}

/* *OUT: the oldest of GROUP that goes on with another one; 0: none does. What was taken back or down is none, though it still names its lead. */
static bool find_heir(struct gateway *g, const GArray *group, row_id *out, struct err *e)
{
    *out = 0;
    for (guint i = 0; i < group->len && *out == 0; i++) {
        idea_auto other = ideas_by_id(g->db, g_array_index(group, row_id, i), e);
        if (other == NULL)
            return false;
        if (other->state == IDEA_MERGED)
            *out = other->id;
    }
    return true;
}

/* Who led a group is gone: the oldest other leads it from now on, as what it was before. All that named the one name the other: what is
 * taken back today may come back, and goes on with what is there then. */
static bool hand_over(struct gateway *g, const struct idea *idea, row_id message, gint64 now, struct err *e)
{
    g_autoptr(GArray) group = ideas_group(g->db, idea->id, e);
    struct idea_change c = {.who = WHO_GATEWAY, .message = message};
    enum life_answer found;
    row_id id = 0;

    if (group == NULL || !find_heir(g, group, &id, e) || id == 0)
        return e->kind == ERR_NONE;
    idea_auto heir = ideas_by_id(g->db, id, e);
    if (heir == NULL || !idea_unmerge(g, heir, &c, now, &found, e))
        return false;
    for (guint i = 0; i < group->len; i++) {
        idea_auto other = ideas_by_id(g->db, g_array_index(group, row_id, i), e);
        if (other == NULL)
            return false;
        if (other->merged_into == idea->id && !ideas_set_merged(g->db, other->id, id, other->merged_from, e))
            return false;
    }
    return ideas_settle_group(g->db, idea->id, id, e);
}

/* What comes back as merged may find that who led it is gone, with nobody there to hand over to: it leads by itself then. */
static bool find_lead_gone(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e)
{
    idea_auto lead = c->to == IDEA_MERGED && idea->lead_id != 0 ? ideas_by_id(g->db, idea->lead_id, e) : NULL;

    if (lead == NULL || (lead->state != IDEA_WITHDRAWN && lead->state != IDEA_REMOVED))
        return e->kind == ERR_NONE;
    return hand_over(g, lead, c->message, now, e);
}

static bool is_living(enum idea_state discussion)
{
    return life_takes_support(discussion) || discussion == IDEA_DONE;
}

/* *OUT: the discussion of the furthest public proposal that an idea is part of, and its number; NULL: of none. Caller frees. */
static bool discussion_of(struct gateway *g, const struct idea *idea, row_id *proposal_out, struct idea **out, struct err *e)
{
    row_id id = 0;

    *out = NULL;
    if (!proposals_of_idea(g->db, idea->id, proposal_out, e) ||
        (*proposal_out != 0 && !proposals_discussion(g->db, *proposal_out, &id, e)))
        return false;
    *out = id != 0 ? ideas_by_id(g->db, id, e) : NULL;
    return e->kind == ERR_NONE;
}

bool idea_is_by_initiative(struct gateway *g, const struct idea_change *how)
{
    err_auto struct err e = {0};
    bool is = false;

    return how->who == WHO_OFFICE && members_are_initiative(g->db, how->person, &is, &e) && is;
}

bool idea_is_led(struct gateway *g, const struct idea *idea, bool *out, struct err *e)
{
    idea_auto discussion = NULL;
    row_id proposal;

    if (!discussion_of(g, idea, &proposal, &discussion, e))
        return false;
    *out = discussion != NULL && is_living(discussion->state);
    return true;
}

/* IDEA goes where HOW says, if it can from where it is. Where that needs a reason and none was given it is its proposal's name. */
static bool lead_along(struct gateway *g, const struct idea *idea, const char *title, const struct idea_change *how, gint64 now,
                       struct err *e)
{
    struct idea_change c = {.to = how->to,
                            .who = WHO_GATEWAY,
                            .person = how->person,
                            .second = how->second,
                            .message = how->message,
                            .proposal = how->proposal,
                            .reason = how->reason};
    enum life_answer found;

    if (!idea_step(g, idea, &c, now, &found, e))
        return false;
    c.reason = title;
    return found != LIFE_NO_REASON || idea_step(g, idea, &c, now, &found, e);
}

/* The one idea that stands for ID: itself, or what leads its group. */
static struct idea *group_lead(struct gateway *g, row_id id, struct err *e)
{
    struct idea *idea = ideas_by_id(g->db, id, e);

    if (idea == NULL || idea->state != IDEA_MERGED || idea->lead_id == 0)
        return idea;
    row_id lead = idea->lead_id;
    idea_free(idea);
    return ideas_by_id(g->db, lead, e);
}

/* Where it stands by its proposals: the furthest living one's place; else OTHERWISE (IDEA_SUBMITTED: where it is). */
static bool settle(struct gateway *g, row_id id, enum idea_state otherwise, const char *title, const struct idea_change *how,
                   gint64 now, struct err *e)
{
    struct idea_change c = *how;
    idea_auto idea = group_lead(g, id, e);
    idea_auto discussion = NULL;
    row_id furthest = 0;

    if (idea == NULL || !discussion_of(g, idea, &furthest, &discussion, e))
        return false;
    bool is_at_end = discussion == NULL || !is_living(discussion->state);
    /* What is led back is what a proposal had led there: by hand it stays where it was led. */
    bool is_back = otherwise == IDEA_IN_DELIBERATION && idea->state != IDEA_PROPOSAL;
    if (is_at_end && (otherwise == IDEA_SUBMITTED || is_back))
        return true;
    c.to = is_at_end ? otherwise : discussion->state;
    c.proposal = is_at_end ? how->proposal : furthest;
    return lead_along(g, idea, is_at_end ? title : discussion->title, &c, now, e);
}

/* What came back may be part of a proposal that went on, or came to nothing, meanwhile: it goes where that is. */
static bool catch_up(struct gateway *g, const struct idea *idea, const struct idea_change *how, gint64 now, struct err *e)
{
    struct idea_change c = {.person = how->person, .message = how->message};
    idea_auto discussion = NULL;

    if (!discussion_of(g, idea, &c.proposal, &discussion, e))
        return false;
    return discussion == NULL ||
           settle(g, idea->id, discussion->state == IDEA_NOT_PURSUED ? IDEA_NOT_PURSUED : IDEA_IN_DELIBERATION, discussion->title,
                  &c, now, e);
}

bool idea_take_along(struct gateway *g, row_id proposal, const char *title, const struct idea_change *how, gint64 now,
                     struct err *e)
{
    g_autoptr(GArray) ideas = proposals_ideas(g->db, proposal, e);
    struct idea_change c = *how;

    c.proposal = proposal;
    for (guint i = 0; ideas != NULL && i < ideas->len; i++)
        if (!settle(g, g_array_index(ideas, row_id, i), how->to == IDEA_NOT_PURSUED ? IDEA_NOT_PURSUED : IDEA_IN_DELIBERATION,
                    title, &c, now, e))
            return false;
    return ideas != NULL;
}

bool idea_join(struct gateway *g, row_id id, row_id proposal, const char *title, bool is_in, const struct idea_change *how,
               gint64 now, struct err *e)
{
    struct idea_change c = *how;
    g_autofree char *word = g_strdup_printf("%s:%" G_GINT64_FORMAT, is_in ? "in-proposal" : "out-of-proposal", proposal);
    idea_auto before = group_lead(g, id, e);

    c.proposal = proposal;
    if (before == NULL || !settle(g, id, is_in ? IDEA_SUBMITTED : IDEA_IN_DELIBERATION, title, &c, now, e))
        return false;
    idea_auto after = ideas_by_id(g->db, before->id, e);
    if (after == NULL || after->state != before->state || !life_is_readable(after->state))
        return e->kind == ERR_NONE;
    return idea_write_down(g, after, &c, NULL, idea_state_name(after->state), word, TOLD_SOON, now, e);
}

/* An idea goes where its proposals stand, and a proposal takes its ideas along: with each step of its own, when it ends and comes back. */
static bool keep_together(struct gateway *g, const struct idea *idea, row_id proposal, const struct life_row *row,
                          const struct idea_change *c, gint64 now, struct err *e)
{
    bool comes_back = !life_is_readable(idea->state) && life_is_readable(c->to);
    bool is_over = c->to == IDEA_WITHDRAWN || c->to == IDEA_REMOVED;

    if (proposal == 0)
        return !comes_back || catch_up(g, idea, c, now, e);
    if (idea->ring != RING_PUBLIC || (!row->by_word && !comes_back && !is_over))
        return true;
    return idea_take_along(g, proposal, idea->title, c, now, e);
}

bool idea_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, enum life_answer *found_out,
               struct err *e)
{
    const struct life_row *row = NULL;
    row_id proposal = 0;
    bool led = false;

    if (!proposals_of_discussion(g->db, idea->id, &proposal, e) || !idea_is_led(g, idea, &led, e))
        return false;
    struct life_question q = {.is_proposal = proposal != 0,
                              .has_second = c->second != 0,
                              .is_initiative = idea_is_by_initiative(g, c),
                              .from = idea->state,
                              .before = idea_before(idea),
                              .to = c->to,
                              .who = c->is_asked ? WHO_OPERATOR : c->who,
                              .reason = c->reason};
    *found_out = life_step(&q, &row);
    bool is_led_step = *found_out == LIFE_NO_STEP || (life_next(idea->state, c->who) & 1U << c->to) != 0;
    if (led && c->who != WHO_GATEWAY && is_led_step && life_is_readable(idea->state))
        *found_out = LIFE_IN_PROPOSAL; /* whatever else it would need, and wherever it would go */
    if (*found_out != LIFE_GRANTED)
        return true;
    bool is_apart = idea->state == IDEA_MERGED && c->to == q.before;
    g_autofree char *kind =
        g_strdup_printf("%s.%s", proposal != 0 ? "proposal" : "idea", is_apart ? "unmerged" : idea_state_name(c->to));
    bool is_first = c->to == IDEA_PUBLISHED && idea->published_at == 0;
    /* A merge remembers by itself: what is merged may be withdrawn, too. */
    bool remembers = row->remembers && c->to != IDEA_MERGED;
    bool is_seen = !life_is_readable(idea->state) && life_is_readable(c->to);
    bool is_gone = idea->lead_id == 0 && (c->to == IDEA_WITHDRAWN || c->to == IDEA_REMOVED);
    return ideas_set_state(g->db, idea->id, c->to, remembers, is_first ? now : 0, e) &&
           write_down(g, idea, c, kind, idea_state_name(idea->state), c->called != NULL ? c->called : idea_state_name(c->to),
                      c->called != NULL ? TOLD_SOON : row->told, now, e) &&
           (!is_seen || notices_revive_questions(g->db, idea->id, DROPPED_IDEA_HIDDEN, e)) &&
           (!is_gone || hand_over(g, idea, c->message, now, e)) && find_lead_gone(g, idea, c, now, e) &&
           keep_together(g, idea, proposal, row, c, now, e);
}

bool idea_must_step(struct gateway *g, const struct idea *idea, const struct idea_change *c, gint64 now, struct err *e)
{
    enum life_answer found;

    if (!idea_step(g, idea, c, now, &found, e))
        return false;
    return found == LIFE_GRANTED || found == LIFE_IS_THERE ||
           err_set(e, ERR_RULE, "idea %" G_GINT64_FORMAT " is %s, and %s", idea->id, idea_state_name(idea->state),
                   life_answer_sentence(found));
}

bool idea_begin(struct gateway *g, const struct idea *idea, row_id message, gint64 now, row_id *id_out, struct err *e)
{
    const struct life_row *row;
    struct life_question q = {.is_new = true, .to = idea->state, .who = WHO_GATEWAY};
    struct idea_change c = {.who = WHO_GATEWAY, .person = idea->author_id, .message = message, .is_written = true};

    if (life_step(&q, &row) != LIFE_GRANTED)
        return err_set(e, ERR_OURS, "an idea cannot begin as %s", idea_state_name(idea->state));
    if (!ideas_add(g->db, idea, id_out, e))
        return false;
    struct idea added = {.id = *id_out, .forum_id = idea->forum_id};
    return write_down(g, &added, &c, NULL, NULL, idea_state_name(idea->state), TOLD_NOBODY, now, e);
}

static row_id lead_of(const struct idea *idea)
{
    return idea->lead_id != 0 ? idea->lead_id : idea->id;
}

struct idea *idea_named(struct gateway *g, const struct idea *idea, row_id number, struct err *e)
{
    idea_auto into = number != 0 ? ideas_by_id(g->db, number, e) : NULL;
    bool is_known = into != NULL && (access_is_known(into) || into->forum_id == idea->forum_id);

    return is_known ? g_steal_pointer(&into) : NULL;
}

bool idea_merge(struct gateway *g, const struct idea *idea, const struct idea *into, const struct idea_change *who, gint64 now,
                enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    idea_auto lead = ideas_by_id(g->db, lead_of(into), e);

    if (lead == NULL)
        return false;
    *found_out = LIFE_NO_STEP;
    if (lead->id == lead_of(idea) || !life_takes_support(lead->state) || lead->ring != idea->ring)
        return true; /* it would go on with itself, with what is over, or behind a door */
    c.to = IDEA_MERGED;
    c.into = into->id;
    if (!idea_step(g, idea, &c, now, found_out, e) || *found_out != LIFE_GRANTED)
        return e->kind == ERR_NONE;
    g_autofree char *word = g_strdup_printf("merged:%" G_GINT64_FORMAT, idea->id);
    c.is_written = true;
    /* Told before they are one: whoever follows only the first has its own mail already. */
    return write_down(g, lead, &c, NULL, idea_state_name(lead->state), word, TOLD_SOON, now, e) &&
           ideas_set_merged(g->db, idea->id, into->id, idea->state, e) && ideas_settle_group(g->db, lead->id, idea->id, e) &&
           catch_up(g, lead, &c, now, e); /* a proposal of the one counts for both */
}

/* What stood by a proposal of another idea of its group stands by its own again. HAD: a proposal, before. */
static bool fall_back(struct gateway *g, const struct idea *lead, row_id had, gint64 now, struct err *e)
{
    struct idea_change c = {.proposal = had};

    return settle(g, lead->id, had != 0 ? IDEA_IN_DELIBERATION : IDEA_SUBMITTED, lead->title, &c, now, e);
}

bool idea_unmerge(struct gateway *g, const struct idea *idea, const struct idea_change *who, gint64 now,
                  enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;

    *found_out = LIFE_NO_STEP;
    if (idea->state != IDEA_MERGED || idea->merged_into == 0)
        return true;
    c.to = idea_before(idea);
    idea_auto lead = ideas_by_id(g->db, lead_of(idea), e);
    row_id had = 0;
    if (lead == NULL || !proposals_of_idea(g->db, lead->id, &had, e) || !idea_step(g, idea, &c, now, found_out, e) ||
        *found_out != LIFE_GRANTED)
        return e->kind == ERR_NONE;
    g_autofree char *left = g_strdup_printf("%" G_GINT64_FORMAT, idea->id);
    struct idea_change parting = c;
    parting.is_written = c.is_written = true;
    parting.was = left;
    return write_down(g, lead, &parting, NULL, idea_state_name(lead->state), "unmerged", TOLD_SOON, now, e) &&
           ideas_set_merged(g->db, idea->id, 0, idea->state, e) && ideas_settle_group(g->db, lead->id, idea->id, e) &&
           catch_up(g, idea, &c, now, e) && fall_back(g, lead, had, now, e);
}

static char *day_word(struct gateway *g, gint64 at)
{
    return at != 0 ? phase_date(g, at, true) : g_strdup("none");
}

bool idea_set_deadline(struct gateway *g, const struct idea *idea, gint64 at, const struct idea_change *who, gint64 now,
                       enum life_answer *found_out, struct err *e)
{
    g_autofree char *date = day_word(g, at), *before = day_word(g, idea->deadline_at);
    g_autofree char *word = g_strdup_printf("deadline:%s", date);
    struct idea_change c = *who;

    c.was = before;
    *found_out = !life_takes_support(idea->state) ? LIFE_NO_STEP : at != 0 && at <= now ? LIFE_DAY_OVER : LIFE_GRANTED;
    return *found_out != LIFE_GRANTED ||
           (ideas_set_deadline(g->db, idea->id, at, e) &&
            write_down(g, idea, &c, "idea.deadline", idea_state_name(idea->state), word, TOLD_SOON, now, e));
}

bool idea_move(struct gateway *g, const struct idea *idea, const struct forum *to, const struct idea_change *who, gint64 now,
               enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    g_autofree char *word = g_strdup_printf("moved:%s", to->name);
    enum life_answer step;

    bool may_move = life_is_readable(idea->state) && idea->ring == RING_PUBLIC; /* other members would read what these wrote */
    *found_out = to->id == idea->forum_id ? LIFE_IS_THERE : may_move ? LIFE_GRANTED : LIFE_NO_STEP;
    if (*found_out != LIFE_GRANTED)
        return true;
    forum_auto home = forums_by_id(g->db, idea->forum_id, e);
    c.was = home != NULL ? home->name : NULL;
    if (home == NULL || !ideas_move(g->db, idea->id, to->id, e) || !holds_move_of_idea(g->db, idea->id, to->id, now, e) ||
        !write_down(g, idea, &c, "idea.moved", idea_state_name(idea->state), word, TOLD_SOON, now, e))
        return false;
    c.was = NULL;
    c.to = IDEA_ASSIGNED;
    c.who = WHO_GATEWAY;
    c.reason = NULL;
    return idea->state != IDEA_IN_DELIBERATION || idea_step(g, idea, &c, now, &step, e);
}

static bool is_among(const GArray *ids, row_id id)
{
    for (guint i = 0; i < ids->len; i++)
        if (g_array_index(ids, row_id, i) == id)
            return true;
    return false;
}

bool idea_show_in(struct gateway *g, const struct idea *idea, const struct forum *forum, bool shown,
                  const struct idea_change *who, gint64 now, enum life_answer *found_out, struct err *e)
{
    struct idea_change c = *who;
    g_autofree char *word = g_strdup_printf("%s:%s", shown ? "also" : "not-also", forum->name);
    g_autoptr(GArray) forums = ideas_forums(g->db, idea->id, e);
    bool is_new = who->who == WHO_GATEWAY; /* it may wait for its moderators */
    bool is_possible =
             (life_is_readable(idea->state) || is_new) && idea->ring == RING_PUBLIC && (!shown || forum->closed_at == 0),
         changed;

    if (forums == NULL)
        return false;
    bool is_there = is_among(forums, forum->id);
    *found_out = is_there == shown ? LIFE_IS_THERE : LIFE_NO_STEP;
    if (is_there == shown || !is_possible || forum->id == idea->forum_id)
        return true;
    if (!ideas_show_in(g->db, idea, forum->id, shown, &changed, e))
        return false;
    if (!changed)
        return true;
    *found_out = LIFE_GRANTED;
    c.forum = forum->id;
    return write_down(g, idea, &c, shown ? "idea.forum-added" : "idea.forum-removed", idea_state_name(idea->state), word,
                      is_new ? TOLD_NOBODY : TOLD_SOON, now, e);
}

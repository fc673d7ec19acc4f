/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What changes at one idea, and the writing down of it; see idea_change.h.
 */
#include "flow/step/idea_change.h"

#include "base/limits.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
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

bool idea_write_down(struct gateway *g, const struct idea *idea, const struct idea_change *c, const char *kind, const char *from,
                     const char *to, enum told told, gint64 now, struct err *e)
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
    if (!steps_add(g->db, &s, &id, e) || (kind != NULL && !c->is_written && !note(g, idea, c, kind, from, to, now, e)))
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

enum idea_state idea_before(const struct idea *idea)
{
    return idea->state == IDEA_MERGED && idea->merged_from != IDEA_SUBMITTED ? idea->merged_from
           : idea->state_before != IDEA_SUBMITTED                            ? idea->state_before
                                                                             : idea->state;
}

bool idea_is_by_initiative(struct gateway *g, const struct idea_change *how)
{
    err_auto struct err e = {0};
    bool is = false;

    return how->who == WHO_OFFICE && members_are_initiative(g->db, how->person, &is, &e) && is;
}

bool idea_is_living(enum idea_state discussion)
{
    return life_takes_support(discussion) || discussion == IDEA_DONE;
}

bool idea_discussion(struct gateway *g, const struct idea *idea, row_id *proposal_out, struct idea **out, struct err *e)
{
    row_id id = 0;

    *out = NULL;
    if (!proposals_of_idea(g->db, idea->id, proposal_out, e) ||
        (*proposal_out != 0 && !proposals_discussion(g->db, *proposal_out, &id, e)))
        return false;
    *out = id != 0 ? ideas_by_id(g->db, id, e) : NULL;
    return e->kind == ERR_NONE;
}

bool idea_is_led(struct gateway *g, const struct idea *idea, bool *out, struct err *e)
{
    idea_auto discussion = NULL;
    row_id proposal;

    if (!idea_discussion(g, idea, &proposal, &discussion, e))
        return false;
    *out = discussion != NULL && idea_is_living(discussion->state);
    return true;
}

bool idea_change_state(struct gateway *g, const struct idea *idea, const struct idea_change *c, row_id proposal, gint64 now,
                       const struct life_row **row_out, enum life_answer *found_out, struct err *e)
{
    bool led = false;

    if (!idea_is_led(g, idea, &led, e))
        return false;
    struct life_question q = {.is_proposal = proposal != 0,
                              .has_second = c->second != 0,
                              .is_initiative = idea_is_by_initiative(g, c),
                              .from = idea->state,
                              .before = idea_before(idea),
                              .to = c->to,
                              .who = c->is_asked ? WHO_OPERATOR : c->who,
                              .reason = c->reason};
    *found_out = life_step(&q, row_out);
    bool is_led_step = *found_out == LIFE_NO_STEP || (life_next(idea->state, c->who, true) & 1U << c->to) != 0;
    if (led && c->who != WHO_GATEWAY && is_led_step && life_is_readable(idea->state))
        *found_out = LIFE_IN_PROPOSAL; /* whatever else it would need, and wherever it would go */
    if (*found_out != LIFE_GRANTED)
        return true;
    bool is_apart = idea->state == IDEA_MERGED && c->to == q.before;
    g_autofree char *kind =
        g_strdup_printf("%s.%s", proposal != 0 ? "proposal" : "idea", is_apart ? "unmerged" : idea_state_name(c->to));
    bool is_first = c->to == IDEA_PUBLISHED && idea->published_at == 0;
    /* A merge remembers by itself: what is merged may be withdrawn, too. */
    bool remembers = (*row_out)->remembers && c->to != IDEA_MERGED;
    bool was_seen = life_is_readable(idea->state), is_seen = !was_seen && life_is_readable(c->to);
    bool is_gone = was_seen && !life_is_readable(c->to);
    return ideas_set_state(g->db, idea->id, c->to, remembers, is_first ? now : 0, e) &&
           ((!is_seen && !is_gone) || ideas_title_talks(g->db, idea->id, is_seen ? idea->title : "", e)) &&
           idea_write_down(g, idea, c, kind, idea_state_name(idea->state), c->called != NULL ? c->called : idea_state_name(c->to),
                           c->called != NULL ? TOLD_SOON : (*row_out)->told, now, e) &&
           (!is_seen || notices_revive_questions(g->db, idea->id, DROPPED_IDEA_HIDDEN, e));
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
    return idea_write_down(g, &added, &c, NULL, NULL, idea_state_name(idea->state), TOLD_NOBODY, now, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking down and bringing back; see takedown.h. Mails are rendered when they leave, so a post that is not public is in
 * none of them from this moment on; what was sent cannot be called back.
 */
#include "flow/step/takedown.h"

#include "flow/step/decision.h"
#include "flow/step/trust.h"
#include "flow/step/withdraw.h"
#include "store/events.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

static bool is_possible(const struct post *p, enum post_state state)
{
    return p->forgotten_at == 0 &&
           (p->state == POST_PUBLISHED || p->state == POST_IN_REVIEW || (p->state == POST_HIDDEN && state == POST_REMOVED));
}

/* BY: who of the staff did it; 0 the operator. */
static bool tell(struct gateway *g, const struct post *p, const struct idea *idea, enum post_state state, const char *reason,
                 row_id by, gint64 now, struct err *e)
{
    const char *word = post_state_name(state);
    g_autofree char *kind = g_strdup_printf("%s.%s", p->kind == POST_IDEA ? "idea" : "post", word);
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.person = by != 0 ? by : p->person_id,
                       .about.forum = idea->forum_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id};
    struct decision_made made = {.post = p, .idea = idea, .why = WHY_REMOVED, .by = by, .reason = reason};
    row_id hold = 0;
    if (state == POST_REMOVED && !decision_add(g, &made, now, &hold, e))
        return false;
    ev.about.hold = hold;
    struct notice n = {.purpose = state == POST_REMOVED ? PURPOSE_REMOVED : PURPOSE_HIDDEN,
                       .person_id = p->person_id,
                       .about.forum = idea->forum_id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold,
                       .about.message = p->message_id,
                       .detail = reason,
                       .due_at = now};
    return events_add(g->db, &ev, e) && notices_add(g->db, &n, NULL, e);
}

bool takedown_post(struct gateway *g, const struct post *p, enum post_state state, const char *reason, gint64 now, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    struct idea_change c = {.to = state == POST_REMOVED ? IDEA_REMOVED : IDEA_IN_REVIEW,
                            .who = WHO_OPERATOR,
                            .post = p->id,
                            .reason = reason,
                            .is_written = true};

    if (idea == NULL)
        return false;
    if (!is_possible(p, state))
        return err_set(e, ERR_RULE, "post %" G_GINT64_FORMAT " is %s; only what is public or waits is taken down", p->id,
                       post_state_name(p->state));
    struct trusted trust;
    return trust_before(g, p->person_id, idea->forum_id, now, &trust, e) && withdraw_end_questions(g, p, now, e) &&
           posts_take(g->db, p->id, state, reason, now, e) && (p->kind != POST_IDEA || idea_must_step(g, idea, &c, now, e)) &&
           tell(g, p, idea, state, reason, 0, now, e) && trust_after(g, &trust, now, e);
}

/* As the idea's own step would be judged: a contribution has no life of its own. */
static enum life_answer judge(struct gateway *g, const struct post *p, const struct idea *idea, bool is_proposal,
                              const struct idea_change *c)
{
    const struct life_row *row;
    struct life_question q = {.is_proposal = is_proposal,
                              .from = idea->state,
                              .before = idea_before(idea),
                              .to = IDEA_REMOVED,
                              .who = c->who,
                              .is_initiative = idea_is_by_initiative(g, c),
                              .reason = c->reason};
    enum life_answer found = life_step(&q, &row);
    bool is_theirs = p->person_id != c->person && (p->kind != POST_OFFICIAL || c->who == WHO_OFFICE);

    if (found != LIFE_GRANTED)
        return found;
    return !is_theirs ? LIFE_NOT_YOURS : p->state != POST_PUBLISHED ? LIFE_NO_STEP : LIFE_GRANTED;
}

bool takedown_by_staff(struct gateway *g, const struct post *p, const struct idea_change *c, gint64 now,
                       enum life_answer *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    struct idea_change step = *c;
    row_id proposal = 0;

    if (idea == NULL || !proposals_of_discussion(g->db, idea->id, &proposal, e))
        return false;
    *found_out = judge(g, p, idea, proposal != 0, c);
    if (*found_out != LIFE_GRANTED)
        return true;
    step.to = IDEA_REMOVED;
    step.post = p->id;
    step.is_written = true;
    struct trusted trust;
    return trust_before(g, p->person_id, idea->forum_id, now, &trust, e) && withdraw_end_questions(g, p, now, e) &&
           posts_take(g->db, p->id, POST_REMOVED, c->reason, now, e) && posts_set_taken_by(g->db, p->id, c->person, e) &&
           (p->kind != POST_IDEA || idea_must_step(g, idea, &step, now, e)) &&
           tell(g, p, idea, POST_REMOVED, c->reason, c->person, now, e) && trust_after(g, &trust, now, e);
}

/* What the idea's own step back would be judged; of a contribution, which has no life of its own, nothing is said. */
static enum life_answer judge_back(struct gateway *g, const struct post *p, const struct idea *idea, bool is_proposal,
                                   const struct idea_change *c)
{
    const struct life_row *row;
    enum idea_state before = idea_before(idea);
    struct life_question q = {.is_proposal = is_proposal,
                              .is_initiative = idea_is_by_initiative(g, c),
                              .from = idea->state,
                              .before = before,
                              .to = before,
                              .who = c->who,
                              .reason = c->reason};

    return p->kind == POST_IDEA ? life_step(&q, &row) : LIFE_GRANTED;
}

bool takedown_undo_by_staff(struct gateway *g, const struct post *p, const struct idea_change *c, gint64 now,
                            enum life_answer *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, p->idea_id, e);
    row_id by = 0, proposal = 0;

    if (idea == NULL || !posts_taken_by(g->db, p->id, &by, e) || !proposals_of_discussion(g->db, idea->id, &proposal, e))
        return false;
    bool has_reason = c->reason != NULL && *c->reason != '\0';
    bool is_other = c->who == WHO_OFFICE || (c->who == WHO_MODERATOR && by != c->person);
    *found_out = p->state != POST_REMOVED || p->forgotten_at != 0 ? LIFE_NO_STEP
                 : !is_other || p->person_id == c->person         ? LIFE_NOT_YOURS
                 : !has_reason                                    ? LIFE_NO_REASON
                                                                  : judge_back(g, p, idea, proposal != 0, c);
    return *found_out != LIFE_GRANTED || withdraw_restore_by(g, p, c, now, e);
}

bool takedown_undo(struct gateway *g, const struct post *p, const char *reason, gint64 now, struct err *e)
{
    struct idea_change c = {.who = WHO_OPERATOR, .reason = reason};

    if (p->state == POST_WITHDRAWN)
        return err_set(e, ERR_RULE, "post %" G_GINT64_FORMAT " was withdrawn by its author; only they can bring it back", p->id);
    if ((p->state != POST_HIDDEN && p->state != POST_REMOVED) || p->forgotten_at != 0)
        return err_set(e, ERR_RULE, "post %" G_GINT64_FORMAT " %s", p->id,
                       p->forgotten_at != 0 ? "cannot come back: its text is deleted" : "is not taken down");
    if (p->state == POST_REMOVED && (reason == NULL || *reason == '\0'))
        return err_set(e, ERR_INPUT, "post %" G_GINT64_FORMAT " was removed: say with --reason why it comes back", p->id);
    return withdraw_restore_by(g, p, &c, now, e);
}

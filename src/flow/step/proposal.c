/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Proposals; see proposal.h.
 */
#include "flow/step/proposal.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/idea_step.h"
#include "store/events.h"
#include "store/ideas.h"
#include "flow/step/version.h"
#include "store/posts.h"
#include "store/proposals.h"

#include <string.h>

#define NUMBER G_GINT64_FORMAT

bool proposal_is_draft(const struct idea *discussion)
{
    return discussion->ring == RING_MEMBERS;
}

const char *proposal_state_name(const struct idea *discussion)
{
    bool is_early = discussion->state == IDEA_PROPOSAL;

    return !is_early ? idea_state_name(discussion->state) : proposal_is_draft(discussion) ? "draft" : "proposed";
}

bool proposal_state_parse(const char *name, enum idea_state *out)
{
    static const enum idea_state states[] = {IDEA_ADOPTED, IDEA_IN_PROGRESS, IDEA_DONE, IDEA_NOT_PURSUED};

    for (guint i = 0; i < G_N_ELEMENTS(states); i++)
        if (strcmp(name, idea_state_name(states[i])) == 0) {
            *out = states[i];
            return true;
        }
    *out = strcmp(name, "draft") == 0 ? LIFE_DRAFT : IDEA_PROPOSAL;
    return *out == LIFE_DRAFT || strcmp(name, "proposed") == 0 || strcmp(name, idea_state_name(IDEA_PROPOSAL)) == 0;
}

static bool note(struct gateway *g, row_id proposal, const struct idea *discussion, const char *kind, const char *what,
                 const struct idea_change *who, gint64 now, struct err *e)
{
    g_autofree char *detail =
        g_strdup_printf("proposal=%" NUMBER "%s%s", proposal, what != NULL ? " " : "", what != NULL ? what : "");
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = who->message,
                       .about.person = who->person,
                       .about.forum = discussion->forum_id,
                       .about.idea = discussion->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

/* Can IDEA become part of PROPOSAL (0: a new one)? */
static bool judge_idea(struct gateway *g, row_id id, row_id proposal, struct proposed_found *found_out, struct err *e)
{
    idea_auto idea = ideas_by_id(g->db, id, e);
    row_id is = 0;

    *found_out = (struct proposed_found){.idea = id};
    if (e->kind != ERR_NONE)
        return false;
    if (idea == NULL) {
        found_out->what = PROPOSED_NO_IDEA;
        return true;
    }
    bool is_in = false;
    if (!proposals_of_discussion(g->db, id, &is, e) || (proposal != 0 && !proposals_has_idea(g->db, proposal, id, &is_in, e)))
        return false;
    found_out->other = is_in ? proposal : is;
    found_out->what = found_out->other != 0              ? PROPOSED_OTHER
                      : idea->ring != RING_PUBLIC        ? PROPOSED_INNER
                      : !life_takes_support(idea->state) ? PROPOSED_NOT_OPEN /* of several it goes with the furthest */
                                                         : PROPOSED_DONE;
    return true;
}

static bool judge_plan(struct gateway *g, const struct proposal_plan *plan, struct proposed_found *found_out, struct err *e)
{
    *found_out = (struct proposed_found){.what = PROPOSED_NO_IDEA};
    if (plan->title == NULL || *plan->title == '\0' || g_utf8_strlen(plan->title, -1) > LIMIT_TITLE_CHARS)
        found_out->what = PROPOSED_NO_TITLE;
    else
        for (guint i = 0; i < plan->ideas->len; i++)
            if (!judge_idea(g, g_array_index(plan->ideas, row_id, i), 0, found_out, e))
                return false;
            else if (found_out->what != PROPOSED_DONE)
                return true;
    return true;
}

/* A discussion in RING; what the proposal says is its first contribution. */
static bool add_discussion(struct gateway *g, const struct proposal_plan *plan, enum ring ring, gint64 now, row_id *id_out,
                           struct err *e)
{
    struct idea made = {.forum_id = plan->forum->id,
                        .author_id = plan->person,
                        .title = (char *)plan->title,
                        .state = IDEA_PROPOSAL,
                        .ring = ring,
                        .created_at = now,
                        .published_at = now};

    if (!idea_begin(g, &made, plan->message, now, id_out, e))
        return false;
    if (plan->text == NULL)
        return true;
    struct post p = {.idea_id = *id_out,
                     .person_id = plan->person,
                     .message_id = plan->message,
                     .kind = POST_IDEA,
                     .state = POST_PUBLISHED,
                     .at = now,
                     .text = (char *)plan->text,
                     .language = (char *)plan->language};
    return posts_add(g->db, &p, e) && ideas_follow(g->db, *id_out, plan->person, false, e) &&
           announce_post(g, &p, plan->forum->id, now, e);
}

/* Its ideas are part of it for all to see. */
static bool take_ideas(struct gateway *g, row_id proposal, const char *title, const struct idea_change *who, gint64 now,
                       struct err *e)
{
    bool is_back = who->to == LIFE_DRAFT; /* then they hear why */
    struct idea_change c = {.to = IDEA_PROPOSAL,
                            .person = who->person,
                            .message = who->message,
                            .reason = is_back ? who->reason : NULL};

    return idea_take_along(g, proposal, title, &c, now, e);
}

/* Of which ideas it is made: the journal alone says so. What one line has no room for are lines of their own. */
static bool note_added(struct gateway *g, row_id proposal, const struct idea *discussion, const struct proposal_plan *plan,
                       const struct idea_change *who, gint64 now, struct err *e)
{
    g_autoptr(GString) what = g_string_new("ideas=");
    guint n = 0;

    for (; n < plan->ideas->len && what->len < LIMIT_EVENT_DETAIL_BYTES / 2; n++)
        g_string_append_printf(what, "%s%" NUMBER, n > 0 ? "," : "", g_array_index(plan->ideas, row_id, n));
    g_string_append(what, plan->is_public ? "" : " draft");
    bool ok = note(g, proposal, discussion, "proposal.added", what->str, who, now, e);
    for (; ok && n < plan->ideas->len; n++) {
        g_autofree char *more = g_strdup_printf("idea=%" NUMBER, g_array_index(plan->ideas, row_id, n));
        ok = note(g, proposal, discussion, "proposal.changed", more, who, now, e);
    }
    return ok;
}

bool proposal_begin(struct gateway *g, const struct proposal_plan *given, gint64 now, row_id *id_out,
                    struct proposed_found *found_out, struct err *e)
{
    struct proposal_plan plan = *given;
    struct idea_change who = {.who = WHO_LEAD, .person = plan.person, .message = plan.message};
    row_id id;

    *id_out = 0;
    if (!judge_plan(g, &plan, found_out, e) || found_out->what != PROPOSED_DONE)
        return e->kind == ERR_NONE;
    idea_auto first = ideas_by_id(g->db, g_array_index(plan.ideas, row_id, 0), e);
    plan.person = plan.person != 0 ? plan.person : first != NULL ? first->author_id : 0;
    if (!add_discussion(g, &plan, plan.is_public ? RING_PUBLIC : RING_MEMBERS, now, &id, e) ||
        !proposals_add(g->db, id, now, id_out, e))
        return false;
    for (guint i = 0; i < plan.ideas->len; i++)
        if (!proposals_add_idea(g->db, *id_out, g_array_index(plan.ideas, row_id, i), e))
            return false;
    idea_auto discussion = ideas_by_id(g->db, id, e);
    return discussion != NULL && (!plan.is_public || take_ideas(g, *id_out, plan.title, &who, now, e)) &&
           note_added(g, *id_out, discussion, &plan, &who, now, e);
}

/* What was public before it was reworked is so again, in its own discussion, with the words that it has now. */
static bool publish_again(struct gateway *g, row_id id, const struct proposal_plan *plan, gint64 now, struct err *e)
{
    struct idea_change c = {.to = IDEA_PROPOSAL,
                            .who = WHO_OPERATOR,
                            .person = plan->person,
                            .message = plan->message,
                            .called = idea_state_name(IDEA_PROPOSAL),
                            .is_written = true};
    idea_auto before = ideas_by_id(g->db, id, e);
    post_auto text = before != NULL ? posts_opening(g->db, id, e) : NULL;

    if (before == NULL || e->kind != ERR_NONE || !ideas_set_title(g->db, id, plan->title, e) ||
        !idea_must_step(g, before, &c, now, e))
        return false;
    bool is_other = text != NULL && text->state == POST_PUBLISHED && plan->text != NULL && strcmp(text->text, plan->text) != 0;
    return !is_other || version_replace(g, text, plan->text, plan->message, now, e);
}

static bool publish_discussion(struct gateway *g, row_id proposal, const struct proposal_plan *plan, gint64 now, row_id *id_out,
                               struct err *e)
{
    if (!proposals_public(g->db, proposal, id_out, e))
        return false;
    return *id_out != 0 ? publish_again(g, *id_out, plan, now, e) : add_discussion(g, plan, RING_PUBLIC, now, id_out, e);
}

/* The draft is public from now on, in a discussion of its own: *DISCUSSION_OUT. */
static bool publish(struct gateway *g, row_id proposal, const struct idea *draft, const struct idea_change *who, gint64 now,
                    struct idea **discussion_out, struct err *e)
{
    post_auto text = posts_opening(g->db, draft->id, e);
    struct forum forum = {.id = draft->forum_id};
    struct proposal_plan plan = {.forum = &forum, .title = draft->title, .person = draft->author_id, .message = who->message};
    row_id id;

    if (e->kind != ERR_NONE)
        return false;
    if (text != NULL && text->state == POST_PUBLISHED) {
        plan.text = text->text;
        plan.language = text->language;
        plan.person = text->person_id;
    }
    if (!publish_discussion(g, proposal, &plan, now, &id, e) || !proposals_publish(g->db, proposal, id, e) ||
        !take_ideas(g, proposal, plan.title, who, now, e))
        return false;
    *discussion_out = ideas_by_id(g->db, id, e);
    g_autofree char *what = g_strdup_printf("from=draft by=%s", who_name(who->who));
    return *discussion_out != NULL && note(g, proposal, *discussion_out, "proposal.proposed", what, who, now, e);
}

/* Where its members discuss what is to be reworked: where they did, or from now on. *ID_OUT. */
static bool inner_of(struct gateway *g, row_id proposal, const struct idea *discussion, const struct idea_change *c, gint64 now,
                     row_id *id_out, struct err *e)
{
    post_auto text = posts_opening(g->db, discussion->id, e);
    bool has_text = text != NULL && text->state == POST_PUBLISHED;
    struct forum forum = {.id = discussion->forum_id};
    struct proposal_plan plan = {.forum = &forum,
                                 .title = discussion->title,
                                 .text = has_text ? text->text : NULL,
                                 .language = has_text ? text->language : NULL,
                                 .person = has_text ? text->person_id : discussion->author_id,
                                 .message = c->message};

    if (e->kind != ERR_NONE || !proposals_inner(g->db, proposal, id_out, e))
        return false;
    if (*id_out == 0)
        return add_discussion(g, &plan, RING_MEMBERS, now, id_out, e);
    post_auto inner = posts_opening(g->db, *id_out, e);
    bool is_other = inner != NULL && has_text && strcmp(inner->text, text->text) != 0;
    return ideas_set_title(g->db, *id_out, discussion->title, e) &&
           (!is_other || version_replace(g, inner, text->text, c->message, now, e));
}

/* A draft again: its text leaves the public view, and its ideas go their own way until it is back. */
static bool rework(struct gateway *g, row_id proposal, const struct idea *discussion, const struct idea_change *c, gint64 now,
                   struct err *e)
{
    struct idea_change hide = *c;
    row_id id;

    hide.to = IDEA_IN_REVIEW;
    hide.called = "reworked"; /* a stub says so, until it is back */
    hide.is_asked = hide.is_written = true;
    if (!inner_of(g, proposal, discussion, c, now, &id, e) || !idea_must_step(g, discussion, &hide, now, e) ||
        !proposals_rework(g->db, proposal, id, e))
        return false;
    idea_auto draft = ideas_by_id(g->db, id, e);
    g_autofree char *what = g_strdup_printf("from=proposed by=%s", who_name(c->who));
    return draft != NULL && idea_write_down(g, draft, c, NULL, "proposed", "draft", TOLD_SOON, now, e) &&
           note(g, proposal, draft, "proposal.draft", what, c, now, e) && take_ideas(g, proposal, discussion->title, c, now, e);
}

unsigned proposal_next(const struct idea *idea, row_id proposal, enum who who, bool is_initiative)
{
    if (proposal == 0)
        return life_next(idea->state, who, is_initiative);
    return life_next_of_proposal(proposal_is_draft(idea) && idea->state == IDEA_PROPOSAL ? LIFE_DRAFT : idea->state, who,
                                 is_initiative);
}

enum life_answer proposal_judge(struct gateway *g, const struct idea *idea, row_id proposal, const struct idea_change *c)
{
    const struct life_row *row = NULL;
    bool is_draft = proposal != 0 && proposal_is_draft(idea) && idea->state == IDEA_PROPOSAL;
    struct life_question q = {.is_proposal = proposal != 0,
                              .from = is_draft ? LIFE_DRAFT : idea->state,
                              .before = is_draft ? LIFE_DRAFT : idea_before(idea),
                              .to = c->to,
                              .who = c->who,
                              .has_second = c->second != 0,
                              .is_initiative = idea_is_by_initiative(g, c),
                              .reason = c->reason};

    return life_step(&q, &row);
}

bool proposal_is_publication(const struct idea *discussion, enum idea_state to)
{
    return proposal_is_draft(discussion) && discussion->state == IDEA_PROPOSAL && (to == IDEA_PROPOSAL || to == IDEA_ADOPTED);
}

char *proposal_public_words(struct gateway *g, const struct idea *discussion, struct err *e)
{
    post_auto text = posts_opening(g->db, discussion->id, e);
    bool has_text = text != NULL && text->state == POST_PUBLISHED;

    return e->kind == ERR_NONE ? g_strjoin("\n\n", discussion->title, has_text ? text->text : NULL, NULL) : NULL;
}

static bool lead_draft(struct gateway *g, row_id proposal, const struct idea *draft, const struct idea_change *c, gint64 now,
                       enum life_answer *found_out, struct err *e)
{
    struct idea_change drop = *c;
    idea_auto discussion = NULL;

    if (c->to == IDEA_NOT_PURSUED) {
        drop.is_asked = true; /* a lead may drop what nobody else knows of */
        return idea_step(g, draft, &drop, now, found_out, e);
    }
    if (!publish(g, proposal, draft, c, now, &discussion, e))
        return false;
    return c->to == IDEA_PROPOSAL || idea_step(g, discussion, c, now, found_out, e);
}

bool proposal_lead(struct gateway *g, row_id proposal, const struct idea *discussion, const struct idea_change *c, gint64 now,
                   enum life_answer *found_out, struct err *e)
{
    bool is_draft = proposal_is_draft(discussion) && discussion->state == IDEA_PROPOSAL;
    bool is_word = (proposal_next(discussion, proposal, c->who, true) & 1U << c->to) != 0;

    if (!is_word) { /* what is removed comes back by its own deed, with its text */
        *found_out = proposal_judge(g, discussion, proposal, c);
        *found_out = *found_out == LIFE_GRANTED || *found_out == LIFE_NEEDS_SECOND ? LIFE_NO_STEP : *found_out;
        return true;
    }
    if (!is_draft && c->to != LIFE_DRAFT)
        return idea_step(g, discussion, c, now, found_out, e);
    *found_out = proposal_judge(g, discussion, proposal, c);
    if (*found_out != LIFE_GRANTED)
        return true;
    return is_draft ? lead_draft(g, proposal, discussion, c, now, found_out, e) : rework(g, proposal, discussion, c, now, e);
}

bool proposal_add_idea(struct gateway *g, row_id proposal, const struct idea *discussion, row_id id,
                       const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e)
{
    bool is_draft = proposal_is_draft(discussion),
         takes = discussion->state == IDEA_PROPOSAL || discussion->state == IDEA_ADOPTED;
    struct idea_change c = {.person = who->person, .message = who->message};
    g_autofree char *what = g_strdup_printf("idea=%" NUMBER, id);

    *found_out = (struct proposed_found){.what = PROPOSED_NOT_HERE, .idea = id};
    if (!takes)
        return true;
    if (!judge_idea(g, id, proposal, found_out, e) || found_out->what != PROPOSED_DONE)
        return e->kind == ERR_NONE;
    if (!proposals_add_idea(g->db, proposal, id, e) ||
        (!is_draft && !idea_join(g, id, proposal, discussion->title, true, &c, now, e)))
        return false;
    return note(g, proposal, discussion, "proposal.changed", what, who, now, e);
}

bool proposal_drop_idea(struct gateway *g, row_id proposal, const struct idea *discussion, row_id id,
                        const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e)
{
    g_autoptr(GArray) ideas = proposals_ideas(g->db, proposal, e);
    g_autofree char *reason =
        g_strdup_printf("%s", who->reason != NULL && *who->reason != '\0' ? who->reason : discussion->title);
    struct idea_change c = {.person = who->person, .message = who->message, .reason = reason};
    g_autofree char *what = g_strdup_printf("without=%" NUMBER, id);
    bool is_in = false;

    for (guint i = 0; ideas != NULL && i < ideas->len; i++)
        is_in |= g_array_index(ideas, row_id, i) == id;
    *found_out = (struct proposed_found){.what = !is_in                               ? PROPOSED_NO_IDEA
                                                 : ideas->len == 1                    ? PROPOSED_LAST
                                                 : discussion->state != IDEA_PROPOSAL ? PROPOSED_NOT_HERE
                                                                                      : PROPOSED_DONE,
                                         .idea = id};
    if (found_out->what != PROPOSED_DONE || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    if (!proposals_drop_idea(g->db, proposal, id, e) ||
        (!proposal_is_draft(discussion) && !idea_join(g, id, proposal, discussion->title, false, &c, now, e)))
        return false;
    return note(g, proposal, discussion, "proposal.changed", what, who, now, e);
}

bool proposal_rename(struct gateway *g, row_id proposal, const struct idea *discussion, const char *title,
                     const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e)
{
    bool is_title =
        title != NULL && *title != '\0' && strchr(title, '\n') == NULL && g_utf8_strlen(title, -1) <= LIMIT_TITLE_CHARS;

    *found_out = (struct proposed_found){.what = is_title ? PROPOSED_DONE : PROPOSED_NO_TITLE};
    return !is_title || (ideas_set_title(g->db, discussion->id, title, e) &&
                         note(g, proposal, discussion, "proposal.changed", "title", who, now, e));
}

bool proposal_serve(struct gateway *g, row_id proposal, const struct idea *discussion, enum topic_kind kind, const char *given,
                    const struct idea_change *who, gint64 now, struct proposed_found *found_out, struct err *e)
{
    g_autofree char *name = g_strdelimit(g_strdup(given != NULL ? given : ""), " ", '-');
    g_autofree char *what = g_strdup_printf("%s=%s", kind == TOPIC_FIELD ? "field" : "goal", name);
    bool is_there;

    if (!topics_has(g->db, kind, name, &is_there, e))
        return false;
    *found_out = (struct proposed_found){.what = is_there ? PROPOSED_DONE : PROPOSED_NO_TOPIC};
    return !is_there ||
           (topics_serve(g->db, proposal, kind, name, e) && note(g, proposal, discussion, "proposal.changed", what, who, now, e));
}

const char *proposed_word(enum proposed p)
{
    static const char *const words[N_PROPOSED] = {
        [PROPOSED_DONE] = NULL,           [PROPOSED_NO_TITLE] = "no_title", [PROPOSED_NO_IDEA] = "no_idea",
        [PROPOSED_OTHER] = "other",       [PROPOSED_INNER] = "inner",       [PROPOSED_NOT_OPEN] = "not_open",
        [PROPOSED_NOT_HERE] = "not_here", [PROPOSED_LAST] = "last",         [PROPOSED_NO_TOPIC] = "no_topic",
    };

    return words[p];
}

char *proposed_sentence(const struct proposed_found *f)
{
    switch (f->what) {
    case PROPOSED_DONE:
        return g_strdup("it is done");
    case PROPOSED_NO_TITLE:
        return g_strdup_printf("a title has 1 to %d characters", LIMIT_TITLE_CHARS);
    case PROPOSED_NO_IDEA:
        return g_strdup_printf("there is no idea %" NUMBER " (in it); `forumpost idea list` shows them", f->idea);
    case PROPOSED_OTHER:
        return g_strdup_printf("idea %" NUMBER " is part of proposal %" NUMBER, f->idea, f->other);
    case PROPOSED_INNER:
        return g_strdup_printf("idea %" NUMBER " stands in the members' ring; a proposal is public", f->idea);
    case PROPOSED_NOT_OPEN:
        return g_strdup_printf("idea %" NUMBER " is not open; `forumpost idea show %" NUMBER "` shows where it is", f->idea,
                               f->idea);
    case PROPOSED_NOT_HERE:
        return g_strdup("the proposal is not where that can be done");
    case PROPOSED_LAST:
        return g_strdup_printf("without idea %" NUMBER " it would be made of nothing", f->idea);
    case PROPOSED_NO_TOPIC:
        return g_strdup("there is no such field or goal; `forumpost field list` and `forumpost goal list` show them");
    case N_PROPOSED:
        break;
    }
    return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the buttons at an idea or a proposal do: STAND, VERSCHIEBEN, ZUSAMMENFÜHREN, TRENNEN, ANTWORT, HINWEIS, VORSCHLAG AUS and what
 * changes a proposal; see desk_sitting.h.
 */
#include "page/desk_sitting.h"

#include "base/limits.h"
#include "flow/step/idea_step.h"
#include "flow/step/idea_place.h"
#include "flow/filed.h"
#include "flow/step/proposal.h"
#include "flow/step/takedown.h"
#include "mail/word/language.h"
#include "store/forums.h"
#include "store/posts.h"

#include <string.h>

static enum outcome outcome_of(enum life_answer found)
{
    switch (found) {
    case LIFE_GRANTED:
        return OUTCOME_DONE;
    case LIFE_NO_REASON:
        return OUTCOME_REASON;
    case LIFE_NEEDS_SECOND:
        return OUTCOME_NO_SECOND;
    case LIFE_IS_ASKED:
        return OUTCOME_ASKED;
    case LIFE_IN_PROPOSAL:
        return OUTCOME_PROPOSAL;
    case LIFE_IS_THERE:
    case LIFE_NO_STEP:
    case LIFE_NOT_YOURS:
    case LIFE_DAY_OVER:
        return OUTCOME_STEP;
    }
    return OUTCOME_STEP;
}

/* Members' words become everybody's: who does that has read them as they are, and said yes. */
static bool is_shown_first(const struct sitting *at, const struct idea_change *c, bool *out, struct err *e)
{
    enum life_answer found = proposal_judge(at->p->g, at->idea, at->proposal, c);
    bool is_possible = found == LIFE_GRANTED || found == LIFE_NEEDS_SECOND;

    *out = false;
    if (at->proposal == 0 || !is_possible || !proposal_is_publication(at->idea, c->to))
        return true;
    g_autofree char *mark = sitting_mark(at, e);
    *out = g_strcmp0(mark, page_field(at->p, "shown")) != 0;
    return mark != NULL;
}

bool act_state(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    enum life_answer found;
    g_autofree char *word = desk_field(at->p, "state");

    *out = OUTCOME_UNKNOWN;
    if (!idea_state_parse(word, &c->to))
        return true;
    bool is_first;
    if (!is_shown_first(at, c, &is_first, e))
        return false;
    if (is_first) {
        *out = OUTCOME_SHOWN;
        return true;
    }
    if (!second_lead(at->p->g, at->idea, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

bool act_move(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *name = desk_field(at->p, "forum");
    forum_auto to = forums_by_name(at->p->g->db, name, e);
    enum life_answer found;

    *out = OUTCOME_UNKNOWN;
    if (to == NULL)
        return e->kind == ERR_NONE;
    if (!idea_move(at->p->g, at->idea, to, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

bool act_merge(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *number = desk_field(at->p, "number");
    idea_auto into = idea_named(at->p->g, at->idea, desk_idea_number(at->p, number), e);
    enum life_answer found;

    *out = OUTCOME_UNKNOWN;
    if (into == NULL)
        return e->kind == ERR_NONE;
    if (!idea_merge(at->p->g, at->idea, into, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

bool act_unmerge(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    enum life_answer found;

    if (!idea_unmerge(at->p->g, at->idea, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

/* ---- What is said */
static enum outcome outcome_of_saying(enum official found)
{
    switch (found) {
    case OFFICIAL_DONE:
        return OUTCOME_DONE;
    case OFFICIAL_NO_SECOND:
        return OUTCOME_NO_SECOND;
    case OFFICIAL_EMPTY:
        return OUTCOME_EMPTY;
    case OFFICIAL_NOT_YOURS:
    case OFFICIAL_NOT_HERE:
    case OFFICIAL_SAME:
    case OFFICIAL_DECIDED:
    case OFFICIAL_LOST:
    case OFFICIAL_CHANGED:
    case N_OFFICIALS:
        break;
    }
    return OUTCOME_STEP;
}

/* The post that is answered: *PARENT_OUT, 0 the idea itself. False without E: there is none. */
static bool find_parent(const struct sitting *at, row_id *parent_out, struct err *e)
{
    g_autofree char *to = desk_field(at->p, "to");
    post_auto parent = *to != '\0' ? posts_by_number(at->p->g->db, at->idea->id, desk_number(to), e) : NULL;

    *parent_out = parent != NULL ? parent->id : 0;
    return e->kind == ERR_NONE && (*to == '\0' || (parent != NULL && parent->state == POST_PUBLISHED));
}

static bool say(const struct sitting *at, bool is_note, enum outcome *out, struct err *e)
{
    g_autofree char *text = desk_field(at->p, "text"), *language = language_guess(text);
    struct official_text t = {.idea = at->idea, .person = at->s->person, .text = text, .language = language};
    enum official found;
    row_id id;

    *out = OUTCOME_UNKNOWN;
    if (!find_parent(at, &t.parent, e))
        return e->kind == ERR_NONE;
    if (is_note ? !official_note(at->p->g, &t, at->p->now, &id, &found, e)
                : !official_draft(at->p->g, &t, at->p->now, &id, &found, e))
        return false;
    *out = outcome_of_saying(found);
    return true;
}

bool act_answer(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    (void)c;
    return say(at, false, out, e);
}

bool act_note(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    (void)c;
    return say(at, true, out, e);
}

bool act_remove(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *number = desk_field(at->p, "post");
    post_auto post = *number == '\0' ? posts_opening(at->p->g->db, at->idea->id, e)
                                     : posts_by_number(at->p->g->db, at->idea->id, desk_number(number), e);
    enum life_answer found;

    *out = OUTCOME_UNKNOWN;
    if (post == NULL)
        return e->kind == ERR_NONE;
    if (!takedown_by_staff(at->p->g, post, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

/* ---- Proposals */
static enum outcome outcome_of_proposing(const struct proposed_found *found)
{
    switch (found->what) {
    case PROPOSED_DONE:
        return OUTCOME_DONE;
    case PROPOSED_NO_TITLE:
        return OUTCOME_TITLE;
    case PROPOSED_NO_IDEA:
    case PROPOSED_OTHER:
    case PROPOSED_INNER:
    case PROPOSED_NOT_OPEN:
        return OUTCOME_IDEA; /* no word of what is inner */
    case PROPOSED_LAST:
        return OUTCOME_LAST;
    case PROPOSED_NO_TOPIC:
        return OUTCOME_UNKNOWN;
    case PROPOSED_NOT_HERE:
    case N_PROPOSED:
        break;
    }
    return OUTCOME_STEP;
}

/* The numbers in TEXT ("3, 7 und 9"), each once. */
static GArray *numbers_in(const char *text)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(row_id));

    for (const char *at = text; *at != '\0' && out->len < LIMIT_DESK_IDEAS;) {
        gsize n = strspn(at, "0123456789");
        g_autofree char *word = g_strndup(at, n);
        row_id id = desk_number(word);
        bool is_there = id == 0;
        for (guint i = 0; i < out->len; i++)
            is_there |= g_array_index(out, row_id, i) == id;
        if (!is_there)
            g_array_append_val(out, id);
        at += n > 0 ? n : 1;
    }
    return out;
}

bool act_propose(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *title = desk_field(at->p, "title"), *given = desk_field(at->p, "text"),
                    *typed = desk_field(at->p, "numbers");
    const char *text = *given != '\0' ? given : title;
    g_autofree char *language = language_guess(text), *path = NULL;
    g_autofree char *plain = filed_line(at->p->g, typed);
    g_autoptr(GArray) ideas = numbers_in(plain != NULL ? plain : typed);
    const struct forum forum = {.id = at->idea->forum_id};
    struct proposal_plan plan =
        {.forum = &forum, .title = title, .text = text, .language = language, .ideas = ideas, .person = c->person};
    struct proposed_found found;
    row_id id;

    *out = OUTCOME_EMPTY;
    if (g_utf8_strlen(text, -1) > LIMIT_OFFICIAL_CHARS)
        return true;
    if (!proposal_begin(at->p->g, &plan, at->p->now, &id, &found, e))
        return false;
    *out = outcome_of_proposing(&found);
    path = g_strdup_printf("/schreibtisch/vorschlag/%" G_GINT64_FORMAT, id);
    return found.what != PROPOSED_DONE || page_redirect(at->p, 303, path, e);
}

bool act_plus(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *number = desk_field(at->p, "number");
    struct proposed_found found;
    bool ok = proposal_add_idea(at->p->g, at->proposal, at->idea, desk_idea_number(at->p, number), c, at->p->now, &found, e);

    *out = outcome_of_proposing(&found);
    return ok;
}

bool act_minus(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *number = desk_field(at->p, "number");
    struct proposed_found found;
    bool ok = proposal_drop_idea(at->p->g, at->proposal, at->idea, desk_idea_number(at->p, number), c, at->p->now, &found, e);

    *out = outcome_of_proposing(&found);
    return ok;
}

bool act_title(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *title = desk_field(at->p, "title");
    struct proposed_found found;
    bool ok = proposal_rename(at->p->g, at->proposal, at->idea, title, c, at->p->now, &found, e);

    *out = outcome_of_proposing(&found);
    return ok;
}

static bool serve(const struct sitting *at, enum topic_kind kind, const char *key, struct idea_change *c, enum outcome *out,
                  struct err *e)
{
    g_autofree char *name = desk_field(at->p, key);
    struct proposed_found found;
    bool ok = proposal_serve(at->p->g, at->proposal, at->idea, kind, name, c, at->p->now, &found, e);

    *out = outcome_of_proposing(&found);
    return ok;
}

bool act_field(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    return serve(at, TOPIC_FIELD, "field", c, out, e);
}

bool act_goal(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    return serve(at, TOPIC_GOAL, "goal", c, out, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See desk_sitting.h.
 */
#include "page/desk_sitting.h"

#include "base/limits.h"
#include "flow/step/proposal.h"
#include "forum/access.h"
#include "page/public.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

static const struct {
    const char *key;
    guint status;
} outcomes[N_OUTCOMES] = {
    [OUTCOME_NONE] = {NULL, 200},
    [OUTCOME_DONE] = {"is_done", 200},
    [OUTCOME_SHOWN] = {"publishes", 200},
    [OUTCOME_ASKED] = {"is_asked", 200},
    [OUTCOME_STALE] = {"is_stale", 400},
    [OUTCOME_CHANGED] = {"is_changed", 409},
    [OUTCOME_REASON] = {"is_no_reason", 422},
    [OUTCOME_LONG] = {"is_reason_long", 422},
    [OUTCOME_UNKNOWN] = {"is_unknown", 422},
    [OUTCOME_STEP] = {"is_no_step", 409},
    [OUTCOME_PROPOSAL] = {"is_in_proposal", 409},
    [OUTCOME_EMPTY] = {"is_text_wrong", 422},
    [OUTCOME_NO_SECOND] = {"is_no_second", 409},
    [OUTCOME_TITLE] = {"is_title_wrong", 422},
    [OUTCOME_IDEA] = {"is_idea_wrong", 422},
    [OUTCOME_LAST] = {"is_last", 409},
};

/* ---- What is shown */
static row_id last_step(struct page *p, row_id idea, struct err *e)
{
    g_autoptr(GPtrArray) steps = steps_of_idea(p->g->db, idea, 0, e);

    return steps != NULL && steps->len > 0 ? ((const struct stage *)steps->pdata[steps->len - 1])->id : 0;
}

/* The last official answer or note, also one that waits. */
static row_id last_word(const GPtrArray *posts)
{
    row_id last = 0;

    for (guint i = 0; i < posts->len; i++) {
        const struct post *post = posts->pdata[i];
        if (post->kind == POST_OFFICIAL || post->kind == POST_NOTE)
            last = MAX(last, post->id);
    }
    return last;
}

/* What a form that is shown now names, of both. */
static char *seen_of(const struct sitting *at, struct err *e)
{
    g_autoptr(GPtrArray) posts = posts_of_idea(at->p->g->db, at->idea->id, false, e);
    row_id step = last_step(at->p, at->idea->id, e);

    return g_strdup_printf("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, step, posts != NULL ? last_word(posts) : 0);
}

bool sitting_may_step(const struct sitting *at, enum idea_state to, bool *needs_reason_out, bool *needs_second_out)
{
    struct idea_change c = {.to = to, .person = at->s->person};
    enum life_answer found;

    if (!who_of_role(at->role, &c.who))
        return false;
    *needs_reason_out = proposal_judge(at->p->g, at->idea, at->proposal, &c) == LIFE_NO_REASON;
    c.reason = "given";
    found = proposal_judge(at->p->g, at->idea, at->proposal, &c);
    *needs_second_out = found == LIFE_NEEDS_SECOND;
    return found == LIFE_GRANTED || found == LIFE_NEEDS_SECOND;
}

void sitting_set_states(const struct sitting *at, struct value *data)
{
    struct value *list = value_list();
    enum who who;
    bool leads = who_of_role(at->role, &who) && desk_may(at->role, COMMAND_STATE);
    unsigned next = leads ? proposal_next(at->idea, at->proposal, who, true) : 0; /* whose they are is judged below */
    const char *chosen = page_field(at->p, "state");

    for (guint state = 0; idea_state_names[state] != NULL; state++) {
        bool needs_reason, needs_second;
        if ((next & 1U << state) == 0 || !sitting_may_step(at, (enum idea_state)state, &needs_reason, &needs_second))
            continue;
        bool is_publishing = at->proposal != 0 && state == IDEA_PROPOSAL && proposal_is_draft(at->idea);
        g_autofree char *key = g_strconcat("state_", is_publishing ? "publish" : idea_state_names[state], NULL);
        struct value *one = value_map();
        value_set_string(one, "value", idea_state_names[state]);
        value_set_string(one, "word", templates_word(at->p->t, at->p->language, key));
        value_set_bool(one, "needs_reason", needs_reason);
        value_set_bool(one, "needs_second", needs_second);
        value_set_bool(one, "is_selected", g_strcmp0(chosen, idea_state_names[state]) == 0);
        value_append(list, one);
    }
    value_set_bool(data, "may_state", value_length(list) > 0);
    value_set(data, "states", list);
}

void sitting_set_saying(const struct sitting *at, struct value *data, enum outcome outcome)
{
    bool is_open = life_is_readable(at->idea->state), is_wrong = outcome_is_wrong(outcome);
    g_autofree char *text = desk_field(at->p, "text"), *to = desk_field(at->p, "to");

    value_set_bool(data, "may_answer", is_open && official_may_draft(at->role));
    value_set_bool(data, "may_note", is_open && official_may_note(at->role));
    value_set_string(data, "typed_text", is_wrong ? text : "");
    value_set_line(data, "typed_to", is_wrong ? to : "");
    value_set_bool(data, "is_draft", !is_wrong && g_strcmp0(at->tried, "answer") == 0);
}

void sitting_set_removing(const struct sitting *at, struct value *data, enum outcome outcome)
{
    bool needs_reason, needs_second;
    g_autofree char *post = desk_field(at->p, "post");

    value_set_bool(data, "may_remove", sitting_may_step(at, IDEA_REMOVED, &needs_reason, &needs_second));
    value_set_bool(data, "is_removal", outcome == OUTCOME_DONE && g_strcmp0(at->tried, "remove") == 0);
    value_set_line(data, "typed_post", outcome_is_wrong(outcome) ? post : "");
}

char *sitting_mark(const struct sitting *at, struct err *e)
{
    g_autofree char *words = proposal_public_words(at->p->g, at->idea, e);

    return words != NULL ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, words, -1) : NULL;
}

bool sitting_set_publishing(const struct sitting *at, struct value *data, enum outcome outcome, struct err *e)
{
    const char *state = page_field(at->p, "state");
    post_auto text = outcome == OUTCOME_SHOWN ? posts_opening(at->p->g->db, at->idea->id, e) : NULL;

    if (outcome != OUTCOME_SHOWN || e->kind != ERR_NONE)
        return e->kind == ERR_NONE;
    value_set(data, "shown", value_take(sitting_mark(at, e)));
    value_set_string(data, "publish_state", state);
    value_set_bool(data, "publish_adopts", strcmp(state, idea_state_name(IDEA_ADOPTED)) == 0);
    value_set_string(data, "publish_reason", at->reason);
    value_set_bool(data, "has_words", text != NULL && text->state == POST_PUBLISHED);
    return e->kind == ERR_NONE;
}

bool sitting_set_text(const struct sitting *at, struct value *data, struct err *e)
{
    post_auto post = posts_opening(at->p->g->db, at->idea->id, e);

    page_set_words(data, "words", post != NULL ? post->text : "", false);
    public_set_maybe(data, "text_language",
                     post != NULL && g_strcmp0(post->language, at->p->language) != 0 ? post->language : NULL);
    return e->kind == ERR_NONE;
}

bool outcome_is_wrong(enum outcome outcome)
{
    return outcome > OUTCOME_ASKED;
}

bool sitting_set(const struct sitting *at, struct value *data, const struct act *acts, enum outcome outcome, struct err *e)
{
    bool is_wrong = outcome_is_wrong(outcome);

    value_set(data, "seen", value_take(seen_of(at, e)));
    if (outcomes[outcome].key != NULL)
        value_set_bool(data, outcomes[outcome].key, true);
    value_set_bool(data, "is_wrong", is_wrong);
    for (const struct act *a = acts; a->answer != NULL; a++) {
        g_autofree char *key = g_strconcat("tried_", a->answer, NULL);
        value_set_bool(data, key, is_wrong && g_strcmp0(at->tried, a->answer) == 0);
    }
    value_set_string(data, "reason", is_wrong ? at->reason : "");
    return e->kind == ERR_NONE;
}

bool sitting_show_page(const struct sitting *at, enum outcome outcome, const char *name, struct value *data, struct err *e)
{
    return desk_show(at->p, at->s, at->proposal != 0 ? DESK_PROPOSALS : DESK_IDEAS, outcomes[outcome].status, name, data, e);
}

/* ---- What a form does */
static const struct act *act_called(const struct act *acts, const char *answer)
{
    for (const struct act *a = acts; a->answer != NULL; a++)
        if (g_strcmp0(a->answer, answer) == 0)
            return a;
    return NULL;
}

static bool act(const struct sitting *at, const struct act *wanted, enum outcome *out, struct err *e)
{
    struct idea_change c = {.person = at->s->person, .reason = at->reason};
    g_autofree char *seen = seen_of(at, e);

    if (e->kind != ERR_NONE || !who_of_role(at->role, &c.who))
        return e->kind == ERR_NONE;
    *out = g_strcmp0(seen, page_field(at->p, "seen")) != 0      ? OUTCOME_CHANGED
           : g_utf8_strlen(at->reason, -1) > LIMIT_REASON_CHARS ? OUTCOME_LONG
                                                                : OUTCOME_NONE;
    return *out != OUTCOME_NONE || wanted->fn(at, &c, out, e);
}

/* As it is now; a proposal that was published has another discussion. */
static struct idea *sitting_idea(const struct sitting *at, struct err *e)
{
    row_id id = at->idea->id;

    return at->proposal == 0 || proposals_discussion(at->p->g->db, at->proposal, &id, e) ? ideas_by_id(at->p->g->db, id, e)
                                                                                         : NULL;
}

bool sitting_answer(struct sitting *at, const struct act *acts, sitting_show *show, struct err *e)
{
    const struct act *wanted = act_called(acts, page_field(at->p, "answer"));
    g_autofree char *reason = desk_field(at->p, "reason");
    enum outcome outcome = OUTCOME_NONE;

    at->reason = reason;
    if (!session_is_form(at->p, at->s) || wanted == NULL)
        return show(at, OUTCOME_STALE, e); /* nobody's press of a button */
    if (wanted->command != COMMAND_NONE && !desk_may(at->role, wanted->command))
        return desk_say_no_role(at->p, at->s, e);
    at->tried = wanted->answer;
    if (!act(at, wanted, &outcome, e))
        return false;
    if (at->p->r->status != 0)
        return true;
    idea_auto now = sitting_idea(at, e);
    if (now == NULL)
        return false;
    struct sitting after = *at;
    after.idea = now;
    after.role = desk_role(at->p, at->s, now->forum_id, e); /* of another forum, perhaps */
    return e->kind == ERR_NONE && show(&after, outcome, e);
}

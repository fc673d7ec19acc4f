/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An idea at the desk, and what STAND, VERSCHIEBEN, ZUSAMMENFÜHREN, TRENNEN, ANTWORT and HINWEIS do by mail: each role sees what is
 * its own, and does it with the functions that the mail command calls. A form names the last step, and the last word of an office or
 * the moderation, that it showed; if there was another one meanwhile, nothing is done, and what happened is shown.
 */
#include "page/desk.h"

#include "base/limits.h"
#include "flow/step/idea_step.h"
#include "flow/step/official.h"
#include "forum/access.h"
#include "mail/word/language.h"
#include "page/public.h"
#include "page/thread.h"
#include "store/proposals.h"
#include "store/steps.h"

#include <string.h>

/* What came of a form; its word makes a value of the template: is_done, is_changed ... */
enum outcome {
    OUTCOME_NONE,
    OUTCOME_DONE,
    OUTCOME_ASKED,
    OUTCOME_STALE,
    OUTCOME_CHANGED,
    OUTCOME_REASON,
    OUTCOME_LONG,
    OUTCOME_UNKNOWN,
    OUTCOME_STEP,
    OUTCOME_PROPOSAL,
    OUTCOME_EMPTY,
    OUTCOME_NO_SECOND,
};
static const struct {
    const char *key;
    guint status;
} outcomes[] = {
    [OUTCOME_NONE] = {NULL, 200},
    [OUTCOME_DONE] = {"is_done", 200},
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
};

struct sitting { /* borrowed */
    struct page *p;
    const struct session *s;
    const struct idea *idea;
    enum role role;
    const char *reason, *tried; /* TRIED: the word of the form that was sent; NULL none */
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

static bool may_step(const struct sitting *at, enum idea_state to, bool *needs_reason_out, bool *needs_second_out)
{
    const struct life_row *row = NULL;
    struct life_question q = {.from = at->idea->state, .before = idea_before(at->idea), .to = to};

    if (!who_of_role(at->role, &q.who))
        return false;
    *needs_reason_out = life_step(&q, &row) == LIFE_NO_REASON;
    q.reason = "given";
    enum life_answer found = life_step(&q, &row);
    *needs_second_out = found == LIFE_NEEDS_SECOND;
    return found == LIFE_GRANTED || found == LIFE_NEEDS_SECOND;
}

static void set_states(const struct sitting *at, struct value *data)
{
    struct value *list = value_list();
    enum who who;
    unsigned next = who_of_role(at->role, &who) && desk_may(at->role, COMMAND_STATE) ? life_next(at->idea->state, who) : 0;
    const char *chosen = page_field(at->p, "state");

    for (guint state = 0; idea_state_names[state] != NULL; state++) {
        bool needs_reason, needs_second;
        if ((next & 1U << state) == 0 || !may_step(at, (enum idea_state)state, &needs_reason, &needs_second))
            continue;
        g_autofree char *key = g_strconcat("state_", idea_state_names[state], NULL);
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

static bool set_forums(const struct sitting *at, struct value *data, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(at->p->g->db, e);
    const char *chosen = page_field(at->p, "forum");
    struct value *list = value_list();

    value_set(data, "forums", list);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const struct forum *forum = all->pdata[i];
        if (forum->id == at->idea->forum_id)
            continue;
        struct value *one = value_map();
        value_set_string(one, "value", forum->name);
        value_set_line(one, "text", forum->title);
        value_set_bool(one, "is_selected", g_strcmp0(chosen, forum->name) == 0);
        value_append(list, one);
    }
    bool may_move = desk_may(at->role, COMMAND_MOVE) && life_is_readable(at->idea->state) && at->idea->ring == RING_PUBLIC;
    value_set_bool(data, "may_move", may_move && value_length(list) > 0);
    return all != NULL;
}

static void set_merging(const struct sitting *at, struct value *data)
{
    bool needs_reason, needs_second, is_merged = at->idea->state == IDEA_MERGED;
    const char *number = page_field(at->p, "number");

    value_set_bool(data, "may_merge",
                   !is_merged && desk_may(at->role, COMMAND_MERGE) && may_step(at, IDEA_MERGED, &needs_reason, &needs_second));
    value_set_bool(data, "may_unmerge", is_merged && at->idea->merged_into != 0 && desk_may(at->role, COMMAND_UNMERGE));
    value_set_number(data, "merged_into", at->idea->merged_into);
    value_set_line(data, "typed_number", number != NULL ? number : "");
}

/* What an office or the moderation may say here; what was typed is not lost. */
static void set_saying(const struct sitting *at, struct value *data, bool is_wrong)
{
    bool is_open = life_is_readable(at->idea->state);
    g_autofree char *text = desk_field(at->p, "text"), *to = desk_field(at->p, "to");

    value_set_bool(data, "may_answer", is_open && official_may_draft(at->role));
    value_set_bool(data, "may_note", is_open && official_may_note(at->role));
    value_set_string(data, "typed_text", is_wrong ? text : "");
    value_set_line(data, "typed_to", is_wrong ? to : "");
    value_set_bool(data, "is_draft", !is_wrong && g_strcmp0(at->tried, "answer") == 0);
}

static bool set_text(const struct sitting *at, struct value *data, struct err *e)
{
    post_auto post = posts_opening(at->p->g->db, at->idea->id, e);

    page_set_words(data, "words", post != NULL ? post->text : "", false);
    public_set_maybe(data, "text_language",
                     post != NULL && g_strcmp0(post->language, at->p->language) != 0 ? post->language : NULL);
    return e->kind == ERR_NONE;
}

static bool show(const struct sitting *at, enum outcome outcome, struct err *e)
{
    struct page *p = at->p;
    value_auto data = public_idea(p, at->idea, e);

    if (data == NULL)
        return false;
    value_set(data, "desk_path", value_take(g_strdup_printf("%s/schreibtisch/idee/%" G_GINT64_FORMAT, p->prefix, at->idea->id)));
    value_set(data, "seen", value_take(seen_of(at, e)));
    value_set_bool(data, "is_public", public_may_read(at->idea));
    if (outcomes[outcome].key != NULL)
        value_set_bool(data, outcomes[outcome].key, true);
    value_set_bool(data, "is_wrong", outcome > OUTCOME_ASKED);
    for (const char *const *tried = (const char *const[]){"state", "move", "merge", "unmerge", "answer", "note", NULL};
         *tried != NULL; tried++) {
        g_autofree char *key = g_strconcat("tried_", *tried, NULL);
        value_set_bool(data, key, outcome > OUTCOME_ASKED && g_strcmp0(at->tried, *tried) == 0);
    }
    value_set_string(data, "reason", outcome > OUTCOME_ASKED ? at->reason : "");
    set_states(at, data);
    set_merging(at, data);
    set_saying(at, data, outcome > OUTCOME_ASKED);
    return set_forums(at, data, e) && set_text(at, data, e) && thread_set_steps(p, data, at->idea, e) &&
           desk_show(p, at->s, DESK_IDEAS, outcomes[outcome].status, "desk-idea", g_steal_pointer(&data), e);
}

/* ---- What is done */
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
        return OUTCOME_STEP;
    }
    return OUTCOME_STEP;
}

/* *OUT: what came of it. False: the database failed. */
typedef bool act_fn(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e);

static bool do_state(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    enum life_answer found;
    g_autofree char *word = desk_field(at->p, "state");

    *out = OUTCOME_UNKNOWN;
    if (!idea_state_parse(word, &c->to))
        return true;
    if (!second_lead(at->p->g, at->idea, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

static bool do_move(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
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

static bool do_merge(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    g_autofree char *number = desk_field(at->p, "number");
    idea_auto into = idea_named(at->p->g, at->idea, desk_number(number), e);
    enum life_answer found;

    *out = OUTCOME_UNKNOWN;
    if (into == NULL)
        return e->kind == ERR_NONE;
    if (!idea_merge(at->p->g, at->idea, into, c, at->p->now, &found, e))
        return false;
    *out = outcome_of(found);
    return true;
}

static bool do_unmerge(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
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

static bool do_answer(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    (void)c;
    return say(at, false, out, e);
}

static bool do_note(const struct sitting *at, struct idea_change *c, enum outcome *out, struct err *e)
{
    (void)c;
    return say(at, true, out, e);
}

static const struct act {
    const char *answer;
    enum command command;
    act_fn *fn;
} acts[] = {
    {"state", COMMAND_STATE, do_state},       {"move", COMMAND_MOVE, do_move},       {"merge", COMMAND_MERGE, do_merge},
    {"unmerge", COMMAND_UNMERGE, do_unmerge}, {"answer", COMMAND_ANSWER, do_answer}, {"note", COMMAND_NOTE, do_note},
};

static const struct act *act_called(const char *answer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        if (g_strcmp0(acts[i].answer, answer) == 0)
            return &acts[i];
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

static bool answer(struct sitting *at, struct err *e)
{
    const struct act *wanted = act_called(page_field(at->p, "answer"));
    g_autofree char *reason = desk_field(at->p, "reason");
    enum outcome outcome = OUTCOME_NONE;

    at->reason = reason;
    if (!session_is_form(at->p, at->s) || wanted == NULL)
        return show(at, OUTCOME_STALE, e); /* nobody's press of a button */
    if (!desk_may(at->role, wanted->command))
        return desk_say_no_role(at->p, at->s, e);
    at->tried = wanted->answer;
    if (!act(at, wanted, &outcome, e))
        return false;
    idea_auto now = ideas_by_id(at->p->g->db, at->idea->id, e);
    if (now == NULL)
        return false;
    struct sitting after = *at;
    after.idea = now;
    after.role = desk_role(at->p, at->s, now->forum_id, e); /* of another forum, perhaps */
    return e->kind == ERR_NONE && show(&after, outcome, e);
}

static bool at_idea(struct page *p, const struct session *s, struct err *e)
{
    row_id number = desk_number(p->part[0]), proposal = 0;
    idea_auto idea = number != 0 ? ideas_by_id(p->g->db, number, e) : NULL;
    enum who who;

    if (e->kind != ERR_NONE || (idea != NULL && !proposals_of_discussion(p->g->db, number, &proposal, e)))
        return false;
    if (idea == NULL || proposal != 0)
        return page_say(p, 404, "not-found", e);
    struct sitting at = {.p = p, .s = s, .idea = idea, .role = desk_role(p, s, idea->forum_id, e), .reason = ""};
    bool may_read = access_may_read(idea, at.role, false);
    if (e->kind != ERR_NONE)
        return false;
    if (!who_of_role(at.role, &who))
        return may_read && access_is_known(idea) ? desk_say_no_role(p, s, e) : page_say(p, 404, "not-found", e);
    if (!may_read)
        return page_say(p, 404, "not-found", e);
    return page_is_post(p) ? answer(&at, e) : show(&at, OUTCOME_NONE, e);
}

bool page_desk_idea(struct page *p, struct err *e)
{
    return desk_open(p, at_idea, e);
}

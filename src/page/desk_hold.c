/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text that waits for a moderator, and the decision: what FREI, ABLEHNEN, NACH and FRAGEN do by mail (flow/step/content.h,
 * flow/step/review.h), with the same events. Whether one may decide is asked at each request; whoever comes second is told what the first decided.
 */
#include "page/desk.h"

#include "base/limits.h"
#include "flow/step/content.h"
#include "flow/step/review.h"
#include "flow/view/similar.h"
#include "flow/view/view.h"
#include "forum/reason.h"
#include "page/public.h"
#include "store/holds.h"

#include <string.h>

struct desk { /* borrowed */
    const struct session *s;
    const struct hold *h;
};

/* ---- What is shown */
static bool set_similar(const struct page *p, struct value *data, const struct idea *idea, const struct post *post, struct err *e)
{
    g_autoptr(GPtrArray) ideas = post->kind == POST_IDEA ? similar_ideas(p->g, idea, post->text, e) : g_ptr_array_new();

    value_set_bool(data, "has_similar", ideas != NULL && ideas->len > 0);
    return ideas != NULL && public_set_ideas(p, data, "similar", ideas, e);
}

static bool show_decided(struct page *p, const struct desk *d, bool is_late, struct err *e)
{
    value_auto data = value_map();

    value_set_bool(data, "is_released", d->h->state == HOLD_RELEASED);
    value_set_bool(data, "is_mine", d->h->decided_by == d->s->person);
    value_set_bool(data, "is_late", is_late);
    page_set_time(p, data, "decided", d->h->decided_at);
    public_set_maybe(data, "reason", d->h->reason);
    return desk_set_place(p, d->s, d->h->id, data, e) &&
           desk_show(p, d->s, DESK_WAITING, is_late ? 409 : 200, "desk-decided", g_steal_pointer(&data), e);
}

static void set_held(const struct page *p, struct value *data, const struct desk *d, const struct post *post,
                     const struct idea *idea)
{
    const char *reason = page_field(p, "reason");

    value_set_bool(data, "is_idea", post->kind == POST_IDEA);
    page_set_thing(p, data, idea->id);
    value_set_bool(data, "is_public", public_may_read(idea));
    value_set_line(data, "title", idea->title);
    value_set_string(data, "reason", reason != NULL ? reason : "");
    page_set_words(data, "words", d->h->why == WHY_CORRECTED ? d->h->text : post->text, false);
    if (post->language != NULL && strcmp(post->language, p->language) != 0)
        value_set_string(data, "text_language", post->language);
    page_set_time(p, data, "since", d->h->created_at);
}

/* The reasons to choose from. */
static void set_reasons(const struct page *p, struct value *data)
{
    struct value *list = value_list();
    const char *chosen = page_field(p, "code");

    for (guint i = 0; reason_code(i) != NULL; i++) {
        g_autofree char *key = g_strdup_printf("reason_%s_private", reason_code(i));
        struct value *one = value_map();
        value_set_string(one, "value", reason_code(i));
        value_set_string(one, "text", templates_word(p->t, p->language, key));
        value_set_bool(one, "is_selected", g_strcmp0(chosen, reason_code(i)) == 0);
        value_append(list, one);
    }
    value_set(data, "reasons", list);
}

/* Where a new public idea could wait instead. */
static bool set_forums(const struct page *p, struct value *data, const struct hold *h, bool may_move, struct err *e)
{
    g_autoptr(GPtrArray) all = forums_all(p->g->db, e);
    const char *chosen = page_field(p, "forum");
    struct value *list = value_list();

    value_set(data, "forums", list);
    for (guint i = 0; all != NULL && i < all->len && may_move; i++) {
        const struct forum *forum = all->pdata[i];
        if (forum->id == h->about.forum)
            continue;
        struct value *one = value_map();
        value_set_string(one, "value", forum->name);
        value_set_line(one, "text", forum->title);
        value_set_bool(one, "is_selected", g_strcmp0(chosen, forum->name) == 0);
        value_append(list, one);
    }
    value_set_bool(data, "may_move", value_length(list) > 0);
    return all != NULL;
}

/* What came of a form, for the page: one of these keys is true. */
static void set_said(const struct page *p, struct value *data, const char *said)
{
    static const char *const keys[] = {"is_reason_wrong",   "is_impossible", "is_stale",       "is_forum_wrong",
                                       "is_question_wrong", "is_asked",      "is_asked_enough"};
    const char *question = page_field(p, "question");

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        value_set_bool(data, keys[i], g_strcmp0(keys[i], said) == 0);
    value_set_string(data, "question", said != NULL && strcmp(said, "is_asked") != 0 && question != NULL ? question : "");
}

/* Nobody decides about a text of their own; by mail a rule says so (forum/policy_answers.c). */
static bool is_own(struct page *p, const struct desk *d, struct err *e)
{
    bool own;

    return posts_is_own(p->g->db, d->h->about.post, d->s->person, &own, e) && own;
}

static bool show_held(struct page *p, const struct desk *d, guint status, const char *said, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, d->h->about.post, e);
    idea_auto idea = post != NULL ? ideas_by_id(p->g->db, post->idea_id, e) : NULL;
    g_autofree char *author = idea != NULL ? public_name(p, post->person_id, e) : NULL;
    forum_auto forum = idea != NULL ? forums_by_id(p->g->db, d->h->about.forum, e) : NULL;

    if (idea == NULL || forum == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_auto data = value_map();
    set_said(p, data, said);
    set_reasons(p, data);
    value_set_bool(data, "is_reported", d->h->why == WHY_REPORTED);
    value_set_bool(data, "is_own", is_own(p, d, e));
    view_set_whys(data, d->h); /* as the mail to moderators says it */
    value_set_line(data, "forum_title", forum->title);
    value_set_line(data, "author", author);
    set_held(p, data, d, post, idea);
    bool may_move = post->kind == POST_IDEA && idea->state == IDEA_IN_REVIEW && idea->ring == RING_PUBLIC;
    return set_forums(p, data, d->h, may_move, e) && desk_set_remarks(p, data, d->h, e) &&
           desk_set_place(p, d->s, d->h->id, data, e) && set_similar(p, data, idea, post, e) &&
           desk_show(p, d->s, DESK_WAITING, status, "desk-held", g_steal_pointer(&data), e);
}

/* ---- What is done */
/* Another forum's moderators have it now, or it is public there. */
static bool show_moved(struct page *p, const struct desk *d, const struct forum *to, struct err *e)
{
    value_auto data = value_map();

    value_set_bool(data, "is_moved", true);
    value_set_line(data, "moved_to", to->title);
    page_set_time(p, data, "decided", p->now);
    public_set_maybe(data, "reason", NULL);
    return desk_set_place(p, d->s, d->h->id, data, e) &&
           desk_show(p, d->s, DESK_WAITING, 200, "desk-decided", g_steal_pointer(&data), e);
}

static const char *said_of(enum review found, const char *done)
{
    switch (found) {
    case REVIEW_DONE:
        return done;
    case REVIEW_ENOUGH:
        return "is_asked_enough";
    case REVIEW_IS_THERE:
    case REVIEW_NOT_ALONE:
        return "is_forum_wrong";
    case REVIEW_DECIDED:
    case REVIEW_IMPOSSIBLE:
        return "is_impossible";
    }
    return done;
}

static bool move(struct page *p, const struct desk *d, struct err *e)
{
    g_autofree char *name = desk_field(p, "forum");
    forum_auto to = forums_by_name(p->g->db, name, e);
    enum review found;

    if (to == NULL)
        return e->kind == ERR_NONE && show_held(p, d, 422, "is_forum_wrong", e);
    if (!review_move(p->g, d->h, to, d->s->person, 0, p->now, &found, e))
        return false;
    return found == REVIEW_DONE ? show_moved(p, d, to, e) : show_held(p, d, 409, said_of(found, NULL), e);
}

static bool ask(struct page *p, const struct desk *d, struct err *e)
{
    g_autofree char *question = desk_field(p, "question");
    enum review found;

    if (*question == '\0' || g_utf8_strlen(question, -1) > LIMIT_REASON_CHARS)
        return show_held(p, d, 422, "is_question_wrong", e);
    if (!review_ask(p->g, d->h, question, d->s->person, 0, p->now, &found, e))
        return false;
    return show_held(p, d, found == REVIEW_DONE ? 200 : 409, said_of(found, "is_asked"), e);
}

/* What a moderator chose and wrote, as ABLEHNEN takes it. */
static char *reason_given(const struct page *p)
{
    g_autofree char *code = desk_field(p, "code"), *text = desk_field(p, "reason");

    return *code == '\0' || strcmp(code, REASON_OTHER) == 0 ? g_steal_pointer(&text) : g_strdup_printf("%s: %s", code, text);
}

static bool reject(struct page *p, const struct desk *d, enum access *found, bool *is_wrong_out, struct err *e)
{
    g_autofree char *given = reason_given(p);
    struct reason reason = reason_read(given);

    *is_wrong_out = !reason_is_enough(&reason) || g_utf8_strlen(given, -1) > LIMIT_REASON_CHARS;
    return *is_wrong_out || content_reject(p->g, d->h, d->s->person, given, p->now, found, e);
}

static bool decide(struct page *p, const struct desk *d, struct err *e)
{
    const char *answer = page_field(p, "answer");
    enum access found = ACCESS_GRANTED;
    bool is_reject = g_strcmp0(answer, "reject") == 0, is_wrong = false;

    if (!session_is_form(p, d->s))
        return show_held(p, d, 400, "is_stale", e); /* nobody's press of a button */
    if (is_own(p, d, e) || e->kind != ERR_NONE)
        return e->kind == ERR_NONE && show_held(p, d, 403, NULL, e);
    if (g_strcmp0(answer, "move") == 0)
        return move(p, d, e);
    if (g_strcmp0(answer, "ask") == 0)
        return ask(p, d, e);
    if (!is_reject && g_strcmp0(answer, "release") != 0)
        return show_held(p, d, 400, "is_stale", e);
    bool ok = is_reject ? reject(p, d, &found, &is_wrong, e) : content_release(p->g, d->h, d->s->person, p->now, &found, e);
    if (!ok)
        return false;
    if (is_wrong)
        return show_held(p, d, 422, "is_reason_wrong", e);
    if (found != ACCESS_GRANTED)
        return show_held(p, d, 409, "is_impossible", e);
    hold_auto now = holds_by_id(p->g->db, d->h->id, e);
    return now != NULL && show_decided(p, &(struct desk){.s = d->s, .h = now}, false, e);
}

static bool at_hold(struct page *p, const struct session *s, struct err *e)
{
    row_id id = desk_number(p->part[0]);
    hold_auto h = id != 0 ? holds_by_id(p->g->db, id, e) : NULL;
    enum role role = h != NULL ? desk_role(p, s, h->about.forum, e) : ROLE_NONE;

    if (e->kind != ERR_NONE)
        return false;
    if (h == NULL || (h->kind != HOLD_REVIEW && h->kind != HOLD_SECOND))
        return page_say(p, 404, "not-found", e);
    if (h->kind == HOLD_SECOND)
        return desk_official(p, s, h, e);
    bool was_asked = false; /* where nobody else decides the office does */
    if (role == ROLE_OFFICE && !holds_was_asked(p->g->db, h->id, s->person, &was_asked, e))
        return false;
    if ((role == ROLE_OFFICE && (h->state != HOLD_OPEN || !was_asked)) ||
        (h->state == HOLD_REJECTED && h->next == NEXT_COMPLAINT))
        return desk_complaint(p, s, h, e);
    if (role != ROLE_MODERATOR && role != ROLE_LEAD && role != ROLE_OFFICE)
        return desk_say_no_role(p, s, e);
    const struct desk d = {.s = s, .h = h};
    if (h->state != HOLD_OPEN)
        return show_decided(p, &d, page_is_post(p) && h->decided_by != s->person, e);
    return page_is_post(p) ? decide(p, &d, e) : show_held(p, &d, 200, NULL, e);
}

bool page_desk_hold(struct page *p, struct err *e)
{
    return desk_open(p, at_hold, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text that waits for a moderator, and the decision: what FREI and ABLEHNEN do by mail (flow/step/content.h), with the same
 * events. Whether one may decide is asked at each request; whoever comes second is told what the first decided.
 */
#include "page/desk.h"

#include "base/limits.h"
#include "flow/step/content.h"
#include "forum/find.h"
#include "page/public.h"
#include "store/holds.h"
#include "store/search.h"

#include <string.h>

#define SIMILAR       5
#define SIMILAR_POSTS 100000 /* the last ones, which are looked at */

struct desk { /* borrowed */
    const struct session *s;
    const struct hold *h;
};

/* ---- What is shown */
static bool set_similar(const struct page *p, struct value *data, const struct idea *idea, const struct post *post, struct err *e)
{
    g_autofree char *expression = post->kind == POST_IDEA ? find_similar(idea->title, post->text) : NULL;
    g_autoptr(GPtrArray) ideas =
        expression != NULL ? search_similar(p->g->db, expression, idea->id, SIMILAR_POSTS, SIMILAR, e) : g_ptr_array_new();

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
    value_set_number(data, "number", idea->id);
    value_set(data, "idea_path", value_take(g_strdup_printf("%s/idee/%" G_GINT64_FORMAT, p->prefix, idea->id)));
    value_set_bool(data, "is_public", public_may_read(idea));
    value_set_line(data, "title", idea->title);
    value_set_string(data, "reason", reason != NULL ? reason : "");
    page_set_words(data, "words", post->text, false);
    if (post->language != NULL && strcmp(post->language, p->language) != 0)
        value_set_string(data, "text_language", post->language);
    page_set_time(p, data, "since", d->h->created_at);
}

static bool show_held(struct page *p, const struct desk *d, guint status, bool is_reason_wrong, bool is_impossible, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, d->h->about.post, e);
    idea_auto idea = post != NULL ? ideas_by_id(p->g->db, post->idea_id, e) : NULL;
    g_autofree char *author = idea != NULL ? public_name(p, post->person_id, e) : NULL;
    forum_auto forum = idea != NULL ? forums_by_id(p->g->db, d->h->about.forum, e) : NULL;

    if (idea == NULL || forum == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_auto data = value_map();
    value_set_bool(data, "is_reason_wrong", is_reason_wrong);
    value_set_bool(data, "is_impossible", is_impossible);
    value_set_bool(data, "is_moderated", forum->moderation == MODERATION_PRE);
    value_set_line(data, "forum_title", forum->title);
    value_set_line(data, "author", author);
    set_held(p, data, d, post, idea);
    return desk_set_place(p, d->s, d->h->id, data, e) && set_similar(p, data, idea, post, e) &&
           desk_show(p, d->s, DESK_WAITING, status, "desk-held", g_steal_pointer(&data), e);
}

/* ---- What is done */
static bool decide(struct page *p, const struct desk *d, struct err *e)
{
    const char *answer = page_field(p, "answer");
    g_autofree char *reason = desk_field(p, "reason");
    enum access found = ACCESS_GRANTED;
    bool is_reject = g_strcmp0(answer, "reject") == 0;

    if (!session_is_form(p, d->s) || (!is_reject && g_strcmp0(answer, "release") != 0))
        return show_held(p, d, 400, false, false, e); /* nobody's press of a button */
    if (is_reject && (*reason == '\0' || g_utf8_strlen(reason, -1) > LIMIT_REASON_CHARS))
        return show_held(p, d, 422, true, false, e);
    bool ok = is_reject ? content_reject(p->g, d->h, d->s->person, reason, p->now, &found, e)
                        : content_release(p->g, d->h, d->s->person, p->now, &found, e);
    if (!ok)
        return false;
    if (found != ACCESS_GRANTED)
        return show_held(p, d, 409, false, true, e);
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
    if (role != ROLE_MODERATOR && role != ROLE_LEAD)
        return desk_say_no_role(p, s, e);
    const struct desk d = {.s = s, .h = h};
    if (h->state != HOLD_OPEN)
        return show_decided(p, &d, page_is_post(p) && h->decided_by != s->person, e);
    return page_is_post(p) ? decide(p, &d, e) : show_held(p, &d, 200, false, false, e);
}

bool page_desk_hold(struct page *p, struct err *e)
{
    return desk_open(p, at_hold, e);
}

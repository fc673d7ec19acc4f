/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One text that waits for a moderator, and the decision: what FREI and ABLEHNEN do by mail (flow/step/content.h), with the same
 * events. Whether one may decide is asked at each request; whoever comes second is told what the first decided.
 */
#include "page/session.h"

#include "base/limits.h"
#include "flow/step/content.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

struct desk { /* borrowed */
    const struct session *s;
    const struct hold *h;
};

static bool show_decided(struct page *p, const struct desk *d, bool is_late, struct err *e)
{
    struct value *data = value_map();

    session_set_form(p, d->s, data);
    value_set_bool(data, "is_released", d->h->state == HOLD_RELEASED);
    value_set_bool(data, "is_mine", d->h->decided_by == d->s->person);
    value_set_bool(data, "is_late", is_late);
    page_set_time(p, data, "decided", d->h->decided_at);
    if (d->h->reason != NULL)
        value_set_line(data, "reason", d->h->reason);
    else
        value_set_bool(data, "reason", false);
    return page_show(p, is_late ? 409 : 200, "desk-decided", data, e);
}

static bool show_held(struct page *p, const struct desk *d, guint status, bool is_reason_wrong, bool is_impossible, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, d->h->post_id, e);
    idea_auto idea = post != NULL ? ideas_by_id(p->g->db, post->idea_id, e) : NULL;
    person_auto author = idea != NULL ? persons_by_id(p->g->db, post->person_id, e) : NULL;
    forum_auto forum = idea != NULL ? forums_by_id(p->g->db, d->h->forum_id, e) : NULL;

    if (idea == NULL || forum == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    struct value *data = value_map();
    session_set_form(p, d->s, data);
    value_set_bool(data, "is_reason_wrong", is_reason_wrong);
    value_set_bool(data, "is_impossible", is_impossible);
    value_set_bool(data, "is_idea", post->kind == POST_IDEA);
    value_set_bool(data, "is_moderated", forum->moderation == MODERATION_PRE);
    value_set_number(data, "number", idea->id);
    value_set_line(data, "title", idea->title);
    value_set_line(data, "forum_title", forum->title);
    value_set_line(data, "author", author != NULL ? author->public_name : NULL);
    page_set_words(data, "words", post->text, false);
    if (post->language != NULL && strcmp(post->language, p->language) != 0)
        value_set_string(data, "text_language", post->language);
    page_set_time(p, data, "since", d->h->created_at);
    return page_show(p, status, "desk-held", data, e);
}

static bool decide(struct page *p, const struct desk *d, struct err *e)
{
    const char *answer = page_field(p, "answer"), *given = page_field(p, "reason");
    g_autofree char *reason = g_strstrip(g_strdup(given != NULL ? given : ""));
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

static bool show(struct page *p, const struct desk *d, struct err *e)
{
    g_autofree struct member *m = members_find(p->g->db, d->h->forum_id, d->s->person, e);

    if (e->kind != ERR_NONE)
        return false;
    if (m == NULL || (m->role != ROLE_MODERATOR && m->role != ROLE_LEAD)) {
        struct value *data = value_map();
        session_set_form(p, d->s, data);
        return page_show(p, 403, "desk-no-role", data, e);
    }
    if (d->h->state != HOLD_OPEN)
        return show_decided(p, d, page_is_post(p) && d->h->decided_by != d->s->person, e);
    return page_is_post(p) ? decide(p, d, e) : show_held(p, d, 200, false, false, e);
}

bool page_desk_hold(struct page *p, struct err *e)
{
    struct session s;
    row_id id = g_ascii_strtoll(p->part[0], NULL, 10);
    g_autofree char *written = g_strdup_printf("%" G_GINT64_FORMAT, id);

    if (!session_read(p, &s, e))
        return false;
    if (s.person == 0)
        return page_redirect(p, 303, "/schreibtisch", e);
    hold_auto h = strcmp(written, p->part[0]) == 0 ? holds_by_id(p->g->db, id, e) : NULL;
    bool is_there = h != NULL && h->kind == HOLD_REVIEW;
    bool ok = is_there ? show(p, &(struct desk){.s = &s, .h = h}, e) : e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    session_clear(&s);
    return ok;
}

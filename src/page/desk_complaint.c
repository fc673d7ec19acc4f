/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A refused text whose author is of another mind, for those who had no part in refusing it: what FREI and BLEIBT do by mail
 * (flow/step/review.h). Whoever comes second, or may not decide about it, is told how it stands.
 */
#include "page/desk.h"

#include "base/limits.h"
#include "flow/step/review.h"
#include "page/public.h"
#include "store/holds.h"
#include "store/remarks.h"

#include <string.h>

struct complaint { /* borrowed */
    struct page *p;
    const struct session *s;
    const struct hold *h;
};

/* What the refusal said: a reason of the list in words, and those of whoever refused it. */
static void set_reason(const struct page *p, struct value *data, const struct hold *h)
{
    g_autofree char *key = h->code != NULL ? g_strdup_printf("reason_%s_private", h->code) : NULL;

    public_set_maybe(data, "reason_listed", key != NULL ? templates_word(p->t, p->language, key) : NULL);
    public_set_maybe(data, "reason", h->reason);
}

static bool show(const struct complaint *c, guint status, const char *said, struct err *e)
{
    struct page *p = c->p;
    post_auto post = posts_by_id(p->g->db, c->h->about.post, e);
    idea_auto idea = post != NULL ? ideas_by_id(p->g->db, post->idea_id, e) : NULL;
    forum_auto forum = idea != NULL ? forums_by_id(p->g->db, c->h->about.forum, e) : NULL;
    g_autofree char *author = idea != NULL ? public_name(p, post->person_id, e) : NULL, *typed = desk_field(p, "text");

    if (forum == NULL || e->kind != ERR_NONE)
        return e->kind == ERR_NONE && page_say(p, 404, "not-found", e);
    value_auto data = value_map();
    if (said != NULL)
        value_set_bool(data, said, true);
    value_set_bool(data, "is_idea", post->kind == POST_IDEA);
    page_set_thing(p, data, idea->id);
    value_set_line(data, "title", idea->title);
    value_set_line(data, "forum_title", forum->title);
    public_set_maybe(data, "author", author);
    page_set_words(data, "words", *c->h->text != '\0' ? c->h->text : post->text, false);
    public_set_maybe(data, "text_language", g_strcmp0(post->language, p->language) != 0 ? post->language : NULL);
    bool is_there = post->state == POST_PUBLISHED && (c->h->why == WHY_REDACTED || c->h->why == WHY_CORRECTED);
    value_set_bool(data, "may_publish",
                   post->forgotten_at == 0 && (is_there || post->state == POST_REJECTED || post->state == POST_REMOVED));
    value_set_string(data, "typed_text", status >= 400 ? typed : "");
    page_set_time(p, data, "decided", c->h->decided_at);
    set_reason(p, data, c->h);
    return desk_set_remarks(p, data, c->h, e) && desk_set_place(p, c->s, c->h->id, data, e) &&
           desk_show(p, c->s, DESK_WAITING, status, "desk-complaint", g_steal_pointer(&data), e);
}

/* How it stands with H, for who does not decide it, or not any more. */
static bool show_decided(const struct complaint *c, bool is_late, struct err *e)
{
    struct page *p = c->p;
    value_auto data = value_map();
    bool is_released = c->h->state == HOLD_RELEASED, waits = c->h->next == NEXT_COMPLAINT;

    value_set_bool(data, "is_released", is_released);
    value_set_bool(data, "is_upheld", !is_released && !waits);
    value_set_bool(data, "is_complained", waits);
    value_set_bool(data, "is_mine", c->h->decided_by == c->s->person);
    value_set_bool(data, "is_late", is_late);
    page_set_time(p, data, "decided", c->h->decided_at);
    public_set_maybe(data, "reason", c->h->reason);
    return desk_set_place(p, c->s, c->h->id, data, e) &&
           desk_show(p, c->s, DESK_WAITING, is_late ? 409 : 200, "desk-decided", g_steal_pointer(&data), e);
}

static bool decide(const struct complaint *c, bool is_release, const char *text, struct err *e)
{
    struct gateway *g = c->p->g;
    enum review found;

    if (g_utf8_strlen(text, -1) > LIMIT_REASON_CHARS)
        return show(c, 422, "is_text_wrong", e);
    bool ok = is_release ? review_overrule(g, c->h, c->s->person, c->p->now, &found, e)
                         : review_uphold(g, c->h, *text != '\0' ? text : NULL, c->s->person, 0, c->p->now, &found, e);
    if (!ok)
        return false;
    if (found == REVIEW_IMPOSSIBLE)
        return show(c, 409, "is_impossible", e);
    hold_auto now = holds_by_id(g->db, c->h->id, e);
    const struct complaint after = {.p = c->p, .s = c->s, .h = now};
    return now != NULL && show_decided(&after, found != REVIEW_DONE, e);
}

static bool answer(const struct complaint *c, struct err *e)
{
    const char *answer = page_field(c->p, "answer");
    g_autofree char *text = desk_field(c->p, "text");
    bool is_release = g_strcmp0(answer, "release") == 0;

    if (!session_is_form(c->p, c->s) || (!is_release && g_strcmp0(answer, "stands") != 0))
        return show(c, 400, "is_stale", e); /* nobody's press of a button */
    return decide(c, is_release, text, e);
}

/* Did anybody ever complain about H? */
static bool was_complained(struct page *p, const struct hold *h, bool *was_out, struct err *e)
{
    g_autoptr(GPtrArray) all = remarks_of_hold(p->g->db, h->id, e);

    *was_out = false;
    for (guint i = 0; all != NULL && i < all->len; i++)
        *was_out |= ((const struct remark *)all->pdata[i])->kind == REMARK_COMPLAINT;
    return all != NULL;
}

bool desk_complaint(struct page *p, const struct session *s, const struct hold *h, struct err *e)
{
    const struct complaint c = {.p = p, .s = s, .h = h};
    enum role role = desk_role(p, s, h->about.forum, e);
    bool may = false, was = false;

    if (e->kind != ERR_NONE || !review_may_judge(p->g, h, s->person, p->now, &may, e) || !was_complained(p, h, &was, e))
        return false;
    if (may)
        return page_is_post(p) ? answer(&c, e) : show(&c, 200, NULL, e);
    if (!was || (role != ROLE_MODERATOR && role != ROLE_LEAD && role != ROLE_OFFICE))
        return desk_say_no_role(p, s, e);
    return show_decided(&c, page_is_post(p), e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What waits for a second person, at the desk: the draft of an official answer, or a step that two must decide. What FREI, ABLEHNEN
 * and LÖSCHEN do by mail (flow/step/official.h): another person decides; whoever wrote it sees it and may take it back.
 */
#include "page/desk.h"

#include "base/limits.h"
#include "flow/step/official.h"
#include "forum/access.h"
#include "flow/step/second.h"
#include "page/public.h"
#include "store/holds.h"
#include "store/proposals.h"

#include <string.h>

struct draft { /* borrowed */
    struct page *p;
    const struct session *s;
    const struct hold *h;
    const struct post *post; /* NULL: a step */
    const struct idea *idea;
    row_id writer;
};

/* The state that a step leads to; has_reason: why. */
static void set_step(const struct draft *d, struct value *data)
{
    enum idea_state to;
    bool is_step = d->post == NULL && idea_state_parse(d->h->title, &to);

    value_set_bool(data, "is_step", is_step);
    value_set_bool(data, "has_reason", is_step && *d->h->text != '\0');
    if (is_step)
        public_set_state(d->p, data, to);
}

static bool set_draft(const struct draft *d, struct value *data, struct err *e)
{
    forum_auto forum = forums_by_id(d->p->g->db, d->idea->forum_id, e);
    g_autofree char *author = public_name(d->p, d->writer, e);
    const char *language = d->post != NULL ? d->post->language : NULL;
    row_id proposal = 0;

    if (!proposals_of_discussion(d->p->g->db, d->idea->id, &proposal, e))
        return false;
    gint64 number = proposal != 0 ? proposal : d->idea->id;
    public_set_maybe(data, "forum_title", forum != NULL ? forum->title : NULL);
    public_set_maybe(data, "ministry", forum != NULL ? forum->ministry : NULL);
    public_set_maybe(data, "author", author);
    value_set_bool(data, "is_proposal", proposal != 0);
    value_set_number(data, "number", number);
    value_set_line(data, "title", d->idea->title);
    value_set(data, "desk_path",
              value_take(g_strdup_printf("%s/schreibtisch/%s/%" G_GINT64_FORMAT, d->p->prefix,
                                         proposal != 0 ? "vorschlag" : "idee", number)));
    page_set_words(data, "words", d->post != NULL ? d->post->text : d->h->text, false);
    set_step(d, data);
    public_set_maybe(data, "text_language", g_strcmp0(language, d->p->language) != 0 ? language : NULL);
    page_set_time(d->p, data, "since", d->h->created_at);
    if (d->h->expires_at != 0)
        page_set_time(d->p, data, "deadline", d->h->expires_at);
    value_set_bool(data, "is_mine", d->writer == d->s->person);
    return e->kind == ERR_NONE;
}

/* WHY: what stood in the way of what was tried; OFFICIAL_DONE nothing was. */
static bool show(const struct draft *d, guint status, enum official why, struct err *e)
{
    value_auto data = value_map();
    enum official found;
    g_autofree char *reason = desk_field(d->p, "reason");

    if (!official_may_decide(d->p->g, d->h, d->s->person, &found, e))
        return false;
    value_set_bool(data, "is_stale", status == 400);
    value_set_bool(data, "is_reason_wrong", why == OFFICIAL_EMPTY);
    value_set_bool(data, "is_not_here", why == OFFICIAL_NOT_HERE || (why == OFFICIAL_DONE && found == OFFICIAL_NOT_HERE));
    value_set_bool(data, "is_lost", why == OFFICIAL_LOST || (why == OFFICIAL_DONE && found == OFFICIAL_LOST));
    value_set_bool(data, "is_same", why == OFFICIAL_SAME);
    value_set_bool(data, "may_release", found == OFFICIAL_DONE);
    value_set_bool(data, "may_refuse", found == OFFICIAL_DONE || found == OFFICIAL_NOT_HERE || found == OFFICIAL_LOST);
    value_set_string(data, "reason", status >= 400 ? reason : "");
    return set_draft(d, data, e) && desk_set_place(d->p, d->s, d->h->id, data, e) &&
           desk_show(d->p, d->s, DESK_WAITING, status, "desk-official", g_steal_pointer(&data), e);
}

static bool show_decided(const struct draft *d, bool is_late, bool is_over, struct err *e)
{
    value_auto data = value_map();
    bool was_back = d->h->state == HOLD_REJECTED && d->h->decided_by == d->writer;

    value_set_bool(data, "is_official", true);
    value_set_bool(data, "is_step", d->post == NULL);
    value_set_bool(data, "is_over", is_over);
    value_set_bool(data, "is_back", was_back);
    value_set_bool(data, "is_expired", d->h->state == HOLD_EXPIRED);
    value_set_bool(data, "is_released", d->h->state == HOLD_RELEASED);
    value_set_bool(data, "is_mine", d->h->decided_by == d->s->person);
    value_set_bool(data, "is_late", is_late);
    page_set_time(d->p, data, "decided", d->h->decided_at);
    public_set_maybe(data, "reason", d->h->reason);
    return desk_set_place(d->p, d->s, d->h->id, data, e) &&
           desk_show(d->p, d->s, DESK_WAITING, is_late ? 409 : 200, "desk-decided", g_steal_pointer(&data), e);
}

static bool act(const struct draft *d, const char *answer, const char *reason, enum official *found, struct err *e)
{
    struct gateway *g = d->p->g;

    if (strcmp(answer, "release") == 0)
        return official_release(g, d->h, d->s->person, d->p->now, found, e);
    if (strcmp(answer, "back") == 0)
        return official_take_back(g, d->h, d->s->person, d->p->now, found, e);
    if (g_utf8_strlen(reason, -1) > LIMIT_REASON_CHARS) {
        *found = OFFICIAL_EMPTY;
        return true;
    }
    return official_refuse(g, d->h, d->s->person, reason, d->p->now, found, e);
}

static bool decide(const struct draft *d, struct err *e)
{
    const char *answer = page_field(d->p, "answer");
    g_autofree char *reason = desk_field(d->p, "reason");
    bool is_known =
        answer != NULL && (strcmp(answer, "release") == 0 || strcmp(answer, "reject") == 0 || strcmp(answer, "back") == 0);
    enum official found;

    if (!session_is_form(d->p, d->s) || !is_known)
        return show(d, 400, OFFICIAL_DONE, e); /* nobody's press of a button */
    if (!act(d, answer, reason, &found, e))
        return false;
    if (found == OFFICIAL_NOT_YOURS)
        return desk_say_no_role(d->p, d->s, e);
    if (found != OFFICIAL_DONE && found != OFFICIAL_CHANGED) /* that is decided, and told */
        return show(d, found == OFFICIAL_EMPTY ? 422 : 409, found, e);
    hold_auto now = holds_by_id(d->p->g->db, d->h->id, e);
    struct draft after = *d;
    after.h = now;
    return now != NULL && show_decided(&after, false, found == OFFICIAL_CHANGED, e);
}

bool desk_official(struct page *p, const struct session *s, const struct hold *h, struct err *e)
{
    post_auto post = h->about.post != 0 ? posts_by_id(p->g->db, h->about.post, e) : NULL;
    idea_auto idea = ideas_by_id(p->g->db, post != NULL ? post->idea_id : h->about.idea, e);
    row_id writer = 0;
    enum role role = idea != NULL ? desk_role(p, s, idea->forum_id, e) : ROLE_NONE;

    if (e->kind != ERR_NONE || !second_writer(p->g, h, &writer, e))
        return false;
    if (idea == NULL || (h->about.post != 0 && post == NULL))
        return page_say(p, 404, "not-found", e);
    if (!official_may_release(role) && !official_may_draft(role))
        return desk_say_no_role(p, s, e);
    const struct draft d = {.p = p, .s = s, .h = h, .post = post, .idea = idea, .writer = writer};
    if (h->state != HOLD_OPEN)
        return show_decided(&d, page_is_post(p) && h->decided_by != s->person, false, e);
    return page_is_post(p) ? decide(&d, e) : show(&d, 200, OFFICIAL_DONE, e);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An author's text taken back, and brought back: /c/TOKEN of the mails that ask for the one and offer the other. The buttons do
 * what JA and ZURÜCK do by mail; what is shown after it is what is then true, so a second press finds it done.
 */
#include "page/withdraw.h"

#include "flow/step/answered.h"
#include "forum/link.h"
#include "store/ideas.h"
#include "store/posts.h"

#include <string.h>

static bool show(struct page *p, const struct hold *h, const struct post *post, const char *name, guint status, struct err *e)
{
    idea_auto idea = ideas_by_id(p->g->db, post->idea_id, e);
    struct value *data;

    if (idea == NULL)
        return e->kind == ERR_NONE && page_say(p, 410, "withdraw-expired", e);
    data = value_map();
    page_set_form(p, data);
    value_set_bool(data, "is_undo", h->kind == HOLD_UNDO);
    value_set_bool(data, "is_idea", post->kind == POST_IDEA);
    page_set_thing(p, data, idea->id);
    value_set_number(data, "post_number", post->number);
    value_set_line(data, "title", idea->title);
    if (post->language != NULL && strcmp(post->language, p->language) != 0)
        value_set_string(data, "text_language", post->language);
    page_set_words(data, "words", post->text, false);
    if (h->expires_at != 0)
        page_set_date(p, data, "deadline", h->expires_at - 1);
    return page_show(p, status, name, data, e);
}

/* What became of the post. */
static bool show_outcome(struct page *p, const struct hold *h, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, h->about.post, e);

    if (post == NULL)
        return e->kind == ERR_NONE && page_say(p, 410, "withdraw-expired", e);
    bool is_back = post->state == POST_PUBLISHED || post->state == POST_IN_REVIEW;
    return is_back ? show(p, h, post, "withdraw-kept", 200, e) : page_say(p, 200, "withdraw-done", e);
}

static bool is_no(const struct page *p, const struct hold *h)
{
    return h->kind == HOLD_WITHDRAW && g_strcmp0(page_field(p, "answer"), "no") == 0;
}

bool withdraw_page(struct page *p, const struct hold *h, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, h->about.post, e);
    enum access found;
    row_id id = 0;

    if (post == NULL)
        return e->kind == ERR_NONE && page_say(p, 410, "withdraw-expired", e);
    if (h->state != HOLD_OPEN)
        return show_outcome(p, h, e);
    if (h->expires_at != 0 && h->expires_at <= p->now)
        return page_say(p, 410, "withdraw-expired", e);
    if (!page_is_post(p))
        return show(p, h, post, "withdraw", 200, e);
    if (!link_is_form_token(p->part[0], page_field(p, "token"), p->g->key))
        return show(p, h, post, "withdraw", 400, e);
    bool ok = is_no(p, h) ? answered_no(p->g, h, p->now, e) : answered_yes(p->g, h, NULL, "", NULL, 0, p->now, &id, &found, e);
    return ok && show_outcome(p, h, e);
}

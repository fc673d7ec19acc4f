/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /c/TOKEN: the question whether a text may be published, on a page. What is shown is word for word what will be public; the
 * button does what JA by mail does (flow/step/answered.h), a second press finds it done. Only the author was sent the link.
 */
#include "page/subscribe.h"
#include "page/withdraw.h"

#include "flow/facts.h"
#include "flow/step/answered.h"
#include "flow/step/names.h"
#include "forum/life.h"
#include "forum/link.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/posts.h"

#include <string.h>

struct question { /* owned but for H */
    const struct hold *h;
    struct forum *forum;
    struct idea *idea;     /* NULL: a new one */
    struct person *author; /* NULL: not known yet */
    enum name_fault fault; /* of the name that was given just now */
    const char *given_name;
};

static void question_clear(struct question *q)
{
    forum_free(q->forum);
    idea_free(q->idea);
    person_free(q->author);
}

static bool question_gather(struct page *p, struct question *q, struct err *e)
{
    q->forum = forums_by_id(p->g->db, q->h->about.forum, e);
    if (q->h->about.idea != 0 && e->kind == ERR_NONE)
        q->idea = ideas_by_id(p->g->db, q->h->about.idea, e);
    if (e->kind == ERR_NONE && q->h->address != NULL)
        q->author = persons_by_address(p->g->db, q->h->address, e);
    return e->kind == ERR_NONE;
}

/* ---- What is shown */
static bool show_question(struct page *p, const struct question *q, guint status, struct err *e)
{
    struct value *data = value_map();
    const char *name = q->given_name != NULL ? q->given_name : q->author != NULL ? q->author->public_name : NULL;

    page_set_form(p, data);
    value_set_bool(data, "is_idea", q->h->about.idea == 0);
    value_set_bool(data, "is_public", q->h->ring == RING_PUBLIC);
    value_set_bool(data, "is_why_ring", q->h->why == WHY_RING); /* more than yes and no: by mail */
    value_set_line(data, "title", q->idea != NULL ? q->idea->title : q->h->title);
    page_set_thing(p, data, q->h->about.idea);
    page_set_words(data, "words", q->h->text, false);
    if (q->h->language != NULL && strcmp(q->h->language, p->language) != 0)
        value_set_string(data, "text_language", q->h->language);
    value_set_line(data, "forum_title", q->forum != NULL ? q->forum->title : NULL);
    page_set_time(p, data, "received", q->h->created_at);
    page_set_date(p, data, "deadline", q->h->expires_at - 1);
    value_set_line(data, "public_name", name);
    page_set_name_fault(data, q->fault);
    return page_show(p, status, "confirm", data, e);
}

static bool show_done(struct page *p, const struct question *q, row_id post_id, struct err *e)
{
    post_auto post = posts_by_id(p->g->db, post_id, e);
    idea_auto idea = post != NULL ? ideas_by_id(p->g->db, post->idea_id, e) : NULL;
    struct value *data;

    if (idea == NULL)
        return e->kind == ERR_NONE && page_say(p, 200, "confirm-over", e); /* it is gone again meanwhile */
    data = value_map();
    value_set_bool(data, "is_idea", post->kind == POST_IDEA);
    value_set_bool(data, "is_in_review", post->state == POST_IN_REVIEW);
    value_set_bool(data, "is_public", idea->ring == RING_PUBLIC);
    page_set_thing(p, data, idea->id);
    value_set_number(data, "post_number", post->number);
    if (post->kind == POST_IDEA || life_is_readable(idea->state)) /* an answer's may be taken back since */
        value_set_line(data, "title", idea->title);
    value_set_line(data, "forum_title", q->forum != NULL ? q->forum->title : NULL);
    value_set_line(data, "public_name", q->author != NULL ? q->author->public_name : NULL);
    return page_show(p, 200, "confirm-done", data, e);
}

static bool show_refused(struct page *p, enum access found, struct err *e)
{
    struct value *data = value_map();

    value_set_bool(data, "is_closed", found == ACCESS_CLOSED);
    value_set_bool(data, "is_members_only", found == ACCESS_MEMBERS_ONLY);
    value_set_bool(data, "is_idea_closed", found == ACCESS_IDEA_NOT_OPEN);
    return page_show(p, 409, "confirm-refused", data, e);
}

static bool show(struct page *p, struct question *q, struct err *e)
{
    enum access found;

    if (!facts_access(p->g, q->h, DEED_CONFIRM, p->now, &found, e))
        return false;
    switch (found) {
    case ACCESS_GRANTED:
        return show_question(p, q, 200, e);
    case ACCESS_DECIDED:
        return q->h->state == HOLD_CONFIRMED ? show_done(p, q, q->h->about.post, e) : page_say(p, 200, "confirm-deleted", e);
    case ACCESS_EXPIRED:
        return page_say(p, 410, "confirm-expired", e);
    case ACCESS_CLOSED:
    case ACCESS_MEMBERS_ONLY:
    case ACCESS_IDEA_NOT_OPEN:
    case ACCESS_OWN_TEXT:
        return show_refused(p, found, e);
    }
    return false;
}

/* ---- What is done */
/* The form's choice as the line that a mail would have: "NAME: ..."; "" says nothing about it. */
static char *name_line(const struct page *p)
{
    const char *choice = page_field(p, "name");
    const char *name = page_field(p, "public_name");

    if (choice != NULL && strcmp(choice, "none") == 0)
        return g_strdup("NAME: ohne\n");
    if (choice == NULL || strcmp(choice, "other") != 0 || name == NULL || *name == '\0')
        return g_strdup("");
    g_autofree char *one_line = g_strdelimit(g_strdup(name), "\n\t", ' ');
    return g_strdup_printf("NAME: %s\n", one_line);
}

/* Would the name be refused? By mail one is asked for another one later; here at once. */
static bool try_name(struct page *p, struct question *q, const char *line, struct err *e)
{
    struct person probe = {.id = q->author != NULL ? q->author->id : 0};
    bool ok = names_take(p->g, &probe, line, q->h->about.idea, &q->fault, e);

    row_text_set(&probe.public_name, NULL);
    q->given_name = page_field(p, "public_name");
    return ok;
}

static bool say_yes(struct page *p, struct question *q, struct err *e)
{
    g_autofree char *line = name_line(p);
    const char *written = q->author != NULL ? q->author->address : q->h->address;
    enum access found;
    row_id post = 0;

    if (!try_name(p, q, line, e))
        return false;
    if (q->fault != NAME_FINE)
        return show_question(p, q, 422, e);
    if (!answered_yes(p->g, q->h, q->forum, line, written, 0, p->now, &post, &found, e))
        return false;
    if (found != ACCESS_GRANTED)
        return show(p, q, e);
    person_free(q->author);
    q->author = persons_by_address(p->g->db, q->h->address, e);
    return e->kind == ERR_NONE && show_done(p, q, post, e);
}

static bool is_no(const struct page *p)
{
    return g_strcmp0(page_field(p, "answer"), "no") == 0;
}

static bool answer(struct page *p, struct question *q, struct err *e)
{
    bool is_pressed = link_is_form_token(p->part[0], page_field(p, "token"), p->g->key);
    enum access found;

    if (q->h->state != HOLD_OPEN || q->forum == NULL)
        return show(p, q, e);
    if (is_pressed && is_no(p))
        return answered_no(p->g, q->h, p->now, e) && page_say(p, 200, "confirm-deleted", e);
    if (!facts_access(p->g, q->h, DEED_CONFIRM, p->now, &found, e))
        return false;
    if (found != ACCESS_GRANTED)
        return show(p, q, e); /* what may not be answered is not shown again either: its idea may be hidden by now */
    if (q->h->why == WHY_RING)
        return show_question(p, q, is_pressed ? 409 : 400, e);
    return is_pressed ? say_yes(p, q, e) : show_question(p, q, 400, e); /* nobody's press of a button: the question again */
}

bool page_confirm(struct page *p, struct err *e)
{
    struct link link;

    if (link_is_of_subscription(p->part[0]))
        return subscribe_confirm_page(p, e);
    enum link_state state = link_read(LINK_CONFIRM, p->part[0], p->g->key, p->now, &link);

    if (state == LINK_FALSE)
        return page_say(p, 404, "link-false", e);
    hold_auto h = holds_by_id(p->g->db, link.hold, e);
    if (h == NULL && e->kind != ERR_NONE)
        return false;
    bool is_over = state == LINK_EXPIRED || h == NULL || h->state == HOLD_EXPIRED || h->kind == HOLD_LETTER;
    if (!is_over && (h->kind == HOLD_WITHDRAW || h->kind == HOLD_UNDO))
        return withdraw_page(p, h, e);
    if (is_over || h->kind != HOLD_CONFIRM)
        return page_say(p, 410, h != NULL && h->kind != HOLD_CONFIRM ? "withdraw-expired" : "confirm-expired", e);
    struct question q = {.h = h};
    bool ok = question_gather(p, &q, e) && (page_is_post(p) ? answer(p, &q, e) : show(p, &q, e));
    question_clear(&q);
    return ok;
}

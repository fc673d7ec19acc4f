/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a text to a post; see content.h. Each step writes its rows, one journal line, and the notices that follow.
 */
#include "flow/step/content_private.h"

#include "base/limits.h"
#include "flow/step/announce.h"
#include "flow/step/concern.h"
#include "flow/step/idea_place.h"
#include "flow/step/idea_step.h"
#include "flow/step/incomplete.h"
#include "flow/facts.h"
#include "flow/phase.h"
#include "flow/step/names.h"
#include "flow/step/ask.h"
#include "flow/step/forget.h"
#include "forum/command_hint.h"
#include "forum/mark.h"
#include "forum/rates.h"
#include "forum/when.h"
#include "store/events.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/remarks.h"

#include <string.h>

#define HOUR_S 3600

/* A notice about a hold, to an address or a person. */
static bool tell_about_hold(struct gateway *g, const struct hold *h, enum purpose purpose, row_id person, gint64 now,
                            struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = person,
                       .address = person == 0 ? h->address : NULL,
                       .language = person == 0 ? h->language : NULL,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.post = h->about.post,
                       .about.hold = h->id,
                       .about.message = h->about.message,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

bool content_tell_author(struct gateway *g, enum purpose purpose, const struct post *p, row_id forum, row_id hold,
                         const char *detail, gint64 now, struct err *e)
{
    struct notice n = {.purpose = purpose,
                       .person_id = p->person_id,
                       .about.forum = forum,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = hold,
                       .about.message = p->message_id,
                       .detail = detail,
                       .due_at = now};

    return notices_add(g->db, &n, NULL, e);
}

/* C as it waits for its author's yes; ALSO: its reasons, by their words. */
static struct hold waiting(struct gateway *g, const struct content *c, const char *also)
{
    return (struct hold){.kind = HOLD_CONFIRM,
                         .state = HOLD_OPEN,
                         .yes = c->yes,
                         .about.message = c->message,
                         .about.forum = c->forum->id,
                         .about.idea = c->idea != NULL ? c->idea->id : 0,
                         .parent_id = c->parent,
                         .ring = c->ring,
                         .address = c->address,
                         .title = c->title,
                         .text = c->text,
                         .language = c->language,
                         .created_at = c->at,
                         .expires_at = when_days_over(c->at, g->settings->intake_confirm_days, g->settings->zone),
                         .mailbox = gateway_mailbox(g, c->address),
                         .why = c->pose,
                         .also = also,
                         .is_proved = c->is_proved};
}

static bool write_waiting(struct gateway *g, const struct hold *h, const char *kind, const char *detail, gint64 now,
                          struct err *e)
{
    struct event ev = {.at = now,
                       .kind = kind,
                       .about.message = h->about.message,
                       .about.forum = h->about.forum,
                       .about.idea = h->about.idea,
                       .about.hold = h->id,
                       .detail = detail};

    return events_add(g->db, &ev, e);
}

bool content_ask(struct gateway *g, const struct content *c, bool may_ask, row_id *hold_out, struct err *e)
{
    g_autofree char *also = whys_words(c->whys, 0, " ");
    struct hold h = waiting(g, c, also);

    if (!holds_add(g->db, &h, &h.id, e) || !ask_author(g, &h, may_ask, c->at, e))
        return false;
    *hold_out = h.id;
    return write_waiting(g, &h, "hold.opened", h.why == WHY_RING ? "kind=ring" : "kind=confirm", c->at, e);
}

bool content_keep_late(struct gateway *g, const struct content *c, bool may_ask, row_id *hold_out, struct err *e)
{
    g_autofree char *also = whys_words(c->whys, 0, " ");
    struct hold h = waiting(g, c, also);

    h.yes = YES_LATE;
    h.waits = may_ask ? WAIT_PHASE : WAIT_NO_REPLY;
    h.created_at = c->came_at;
    h.expires_at = when_days_over(c->at, g->settings->retention_removed_days, g->settings->zone);
    if (!holds_add(g->db, &h, hold_out, e))
        return false;
    h.id = *hold_out;
    return write_waiting(g, &h, "hold.too-late", NULL, c->at, e);
}

/* The author hears that a text waits; of the first that waits longer, and then no more of each. */
static enum purpose review_receipt(const struct post *p, bool asked, bool is_first)
{
    if (asked)
        return p->kind == POST_IDEA ? PURPOSE_RECEIPT_REVIEW_IDEA : PURPOSE_RECEIPT_REVIEW_REPLY;
    return is_first ? PURPOSE_RECEIPT_REVIEW_MANY : PURPOSE_NONE;
}

/* Whoever wrote it, at whatever door: what looks like an official answer is read before it appears. */
static bool is_marked(const struct content *c)
{
    return (c->idea == NULL && mark_is_imitated(c->title)) || mark_is_imitated(c->text);
}

/* All the reasons why C waits. WHYS: those that its words and the forum give. */
static bool why_waits(struct gateway *g, const struct content *c, guint whys, bool is_late, guint *out, struct err *e)
{
    /* This one is among them. */
    gint64 n_posts = posts_count_by_person(g->db, c->person, c->at - HOUR_S + 1, c->at, LIMIT_POSTS_PER_HOUR + 1, e);
    struct idea none = {.forum_id = c->forum->id};
    enum role role = ROLE_NONE;
    bool is_trusted = false;

    if (n_posts < 0 || !members_voice(g->db, c->idea != NULL ? c->idea : &none, c->person, &role, e) ||
        (c->is_proved && !facts_is_trusted(g, c->forum, c->person, c->at, &is_trusted, e)))
        return false;
    bool is_forums = rates_needs_review(c->forum->moderation, role, is_trusted, 0);
    *out = whys | (is_marked(c) ? WHYS(WHY_IMPOSTOR) : 0) | (c->pose != WHY_FORUM ? WHYS(c->pose) : 0) |
           (n_posts > LIMIT_POSTS_PER_HOUR ? WHYS(WHY_RATE) : 0) | (is_late ? WHYS(WHY_LATE) : 0) |
           (is_forums ? WHYS(WHY_FORUM) : 0);
    *out = *out != 0 ? *out : WHYS(WHY_FORUM);
    return true;
}

static bool add_review(struct gateway *g, const struct content *c, const struct post *p, guint whys, bool is_late,
                       row_id *hold_out, struct err *e)
{
    if (!why_waits(g, c, whys, is_late, &whys, e))
        return false;
    enum why first = whys_first(whys);
    g_autofree char *also = whys_words(whys, WHYS(first), " "), *all = whys_words(whys, 0, ","),
                    *detail = g_strconcat("kind=review why=", all, NULL);
    struct hold h = {.kind = HOLD_REVIEW,
                     .state = HOLD_OPEN,
                     .about.message = c->message,
                     .about.forum = c->forum->id,
                     .about.idea = p->idea_id,
                     .parent_id = p->parent_id,
                     .about.post = p->id,
                     .ring = c->ring,
                     .address = c->address,
                     .title = c->title,
                     .text = c->text,
                     .language = c->language,
                     .created_at = c->at,
                     .mailbox = gateway_mailbox(g, c->address),
                     .why = first,
                     .also = also};
    bool asked, is_first;

    if (!holds_add(g->db, &h, &h.id, e) || !announce_review(g, &h, c->forum->name, c->forum->title, c->at, &asked, &is_first, e))
        return false;
    *hold_out = h.id;
    struct event ev = {.at = c->at,
                       .kind = "hold.opened",
                       .about.message = c->message,
                       .about.person = c->person,
                       .about.forum = c->forum->id,
                       .about.idea = p->idea_id,
                       .about.post = p->id,
                       .about.hold = h.id,
                       .detail = detail};
    enum purpose receipt = review_receipt(p, asked, is_first);
    return events_add(g->db, &ev, e) &&
           (receipt == PURPOSE_NONE || c->is_told || content_tell_author(g, receipt, p, c->forum->id, 0, NULL, c->at, e));
}

bool content_announce(struct gateway *g, const struct post *p, row_id forum, row_id by, gint64 now, struct err *e)
{
    struct event ev = {.at = now,
                       .kind = p->kind == POST_IDEA ? "idea.published" : "post.published",
                       .about.message = p->message_id,
                       .about.person = by,
                       .about.forum = forum,
                       .about.idea = p->idea_id,
                       .about.post = p->id};

    return ideas_follow(g->db, p->idea_id, p->person_id, false, e) && announce_post(g, p, forum, now, e) &&
           events_add(g->db, &ev, e);
}

/* Members read the forum's mails anyway; a receipt for each of their answers would only be noise. */
static bool wants_receipt(struct gateway *g, const struct content *c, const struct post *p, struct err *e)
{
    if (c->is_told)
        return false;
    if (p->kind == POST_IDEA || c->is_incomplete)
        return true;
    enum role role = ROLE_NONE;
    if (!members_voice(g->db, c->idea, c->person, &role, e))
        return false;
    g_autofree char *word = NULL;
    return role <= ROLE_READER || command_hint(c->text, role, &word) != COMMAND_NONE;
}

static bool is_late(struct gateway *g, const struct content *c, bool *out, struct err *e)
{
    enum role role = ROLE_NONE;

    *out = c->late != NULL && *c->late;
    return c->idea == NULL || c->late != NULL ||
           (members_voice(g->db, c->idea, c->person, &role, e) && phase_is_late(g, c->idea, role, c->at, out, e));
}

/* One mail to two forums is one idea in both: the others (struct forum). NULL: the database failed. */
static GPtrArray *other_forums(struct gateway *g, const struct content *c, struct err *e)
{
    bool is_new = c->idea == NULL && c->message != 0 && c->ring == RING_PUBLIC;
    g_autofree char *line = is_new ? messages_left_out(g->db, c->message, e) : NULL;

    return e->kind == ERR_NONE ? incomplete_also(g, c->forum, line, c->at, e) : NULL;
}

/* Where one of them reads before it publishes, and has no reason not to, nobody gets by it through another. */
static bool reads_first(struct gateway *g, const GPtrArray *also, const struct content *c, bool *out, struct err *e)
{
    for (guint i = 0; i < also->len && !*out; i++) {
        const struct forum *forum = also->pdata[i];
        g_autofree struct member *m = members_find(g->db, forum->id, c->person, e);
        bool is_trusted = false;
        if (e->kind != ERR_NONE || !facts_is_trusted(g, forum, c->person, c->at, &is_trusted, e))
            return false;
        *out = rates_needs_review(forum->moderation, m != NULL ? m->role : ROLE_NONE, is_trusted, 0);
    }
    return true;
}

static bool show_in_others(struct gateway *g, const GPtrArray *also, const struct content *c, row_id id, struct err *e)
{
    idea_auto idea = also->len > 0 ? ideas_by_id(g->db, id, e) : NULL;
    struct idea_change how = {.who = WHO_GATEWAY, .person = c->person, .message = c->message};
    enum life_answer found;

    for (guint i = 0; idea != NULL && i < also->len; i++)
        if (!idea_show_in(g, idea, also->pdata[i], true, &how, c->at, &found, e))
            return false;
    return e->kind == ERR_NONE;
}

bool content_add(struct gateway *g, const struct content *c, bool is_read_first, row_id *post_out, row_id *hold_out,
                 struct err *e)
{
    bool needs_review = is_read_first || c->pose != WHY_FORUM || is_marked(c), is_others = false;
    guint whys = c->whys;
    *post_out = *hold_out = 0;
    g_autoptr(GPtrArray) also = other_forums(g, c, e);
    bool comes_late;
    if (also == NULL || !reads_first(g, also, c, &is_others, e) || !is_late(g, c, &comes_late, e) ||
        !concern_settle(g, c->forum, c->idea, c->person, c->is_proved, c->at, &whys, e))
        return false;
    needs_review |= comes_late || is_others || whys != 0;
    whys |= is_others ? WHYS(WHY_FORUM) : 0;
    struct post p = {.idea_id = c->idea != NULL ? c->idea->id : 0,
                     .parent_id = c->parent,
                     .person_id = c->person,
                     .message_id = c->message,
                     .kind = c->idea != NULL ? POST_REPLY : POST_IDEA,
                     .state = needs_review ? POST_IN_REVIEW : POST_PUBLISHED,
                     .at = c->at,
                     .text = c->text,
                     .language = c->language};
    struct idea idea = {.forum_id = c->forum->id,
                        .author_id = c->person,
                        .title = c->title,
                        .state = needs_review ? IDEA_IN_REVIEW : IDEA_PUBLISHED,
                        .ring = c->ring,
                        .created_at = c->at,
                        .published_at = needs_review ? 0 : c->at};

    bool is_begun =
        c->idea != NULL || (idea_begin(g, &idea, c->message, c->at, &p.idea_id, e) && show_in_others(g, also, c, p.idea_id, e));
    if (!is_begun)
        return false;
    if (c->idea != NULL && p.parent_id == 0) {
        post_auto first = posts_by_number(g->db, p.idea_id, 1, e);
        p.parent_id = first != NULL ? first->id : 0;
    }
    if (!posts_add(g->db, &p, e))
        return false;
    *post_out = p.id;
    if (needs_review)
        return add_review(g, c, &p, whys, comes_late, hold_out, e);
    if (!content_announce(g, &p, c->forum->id, c->person, c->at, e))
        return false;
    bool receipt = wants_receipt(g, c, &p, e);
    if (e->kind != ERR_NONE)
        return false;
    return !receipt ||
           content_tell_author(g, p.kind == POST_IDEA ? PURPOSE_RECEIPT_PUBLISHED_IDEA : PURPOSE_RECEIPT_PUBLISHED_REPLY, &p,
                               c->forum->id, 0, NULL, c->at, e);
}

/* The person of a confirmed address: found, made, or made confirmed; a NAME line sets the public name. */
bool content_person(struct gateway *g, const struct hold *h, const char *answer, const char *written, gint64 now,
                    row_id *person_out, struct err *e)
{
    person_auto person = persons_by_address(g->db, h->address, e);
    enum name_fault fault;

    if (person == NULL && e->kind != ERR_NONE)
        return false;
    bool is_new = person == NULL;
    if (is_new)
        person = g_new0(struct person, 1);
    if (!names_take(g, person, answer, h->about.idea, &fault, e) ||
        (fault != NAME_FINE && !tell_about_hold(g, h, names_purpose(fault), 0, now, e)))
        return false;
    if (person->language == NULL)
        person->language = g_strdup(h->language);
    bool is_first = person->confirmed_at == 0;
    if (is_first)
        person->confirmed_at = now;
    if (is_new) {
        person->address = g_strdup(written);
        person->digest_hour = -1;
    }
    *person_out = person->id;
    struct event ev = {.at = now, .kind = "person.confirmed", .about.message = h->about.message, .about.hold = h->id};
    if (!(is_new ? persons_add(g->db, person, now, person_out, e) : persons_update(g->db, person, e)))
        return false;
    ev.about.person = *person_out;
    return !is_first || events_add(g->db, &ev, e);
}

/* What becomes of a text whose author just said yes: *POST_OUT. */
static bool add_confirmed(struct gateway *g, const struct hold *h, const struct forum *forum, row_id person, gint64 now,
                          row_id *post_out, struct err *e)
{
    idea_auto idea = h->about.idea != 0 ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    struct idea none = {.forum_id = forum->id, .ring = h->ring};
    enum role role = ROLE_NONE;
    if (e->kind != ERR_NONE || !members_voice(g->db, idea != NULL ? idea : &none, person, &role, e))
        return false;
    gint64 n_posts = posts_count_by_person(g->db, person, now - HOUR_S + 1, now, LIMIT_POSTS_PER_HOUR, e);
    bool is_trusted = false;
    if (h->is_proved && !facts_is_trusted(g, forum, person, now, &is_trusted, e)) /* what came unproved does not profit from it */
        return false;
    bool needs_review = rates_needs_review(forum->moderation, role, is_trusted, n_posts), is_gone;
    g_autofree char *text = forget_answered_in(g, h->text, h->parent_id, &is_gone, e); /* what it answers may be deleted since */
    struct content c = {.forum = forum,
                        .idea = idea,
                        .parent = h->parent_id,
                        .ring = h->ring,
                        .person = person,
                        .address = h->address,
                        .title = h->title,
                        .text = text,
                        .language = h->language,
                        .message = h->about.message,
                        .pose = h->why == WHY_NAME ? WHY_NAME : WHY_FORUM,
                        .whys = whys_parse(h->also),
                        .is_proved = h->is_proved,
                        .at = now};
    row_id review;

    if (h->about.idea != 0 && idea == NULL)
        return err_set(e, ERR_OURS, "hold %" G_GINT64_FORMAT " names an idea that is gone", h->id);
    if (e->kind != ERR_NONE || (is_gone && !messages_forget(g->db, c.message, true, now, e)) ||
        !content_add(g, &c, needs_review, post_out, &review, e))
        return false;
    return h->yes != YES_FORWARD || review == 0 ||
           remarks_move(g->db, h->id, review, e); /* moderators read what staff wrote above */
}

bool content_confirm(struct gateway *g, const struct hold *h, const struct forum *forum, const char *answer,
                     const char *from_written, gint64 now, row_id *post_out, enum access *found_out, struct err *e)
{
    struct hold decided = {.id = h->id, .state = HOLD_CONFIRMED, .decided_at = now};
    bool changed = false;

    *post_out = 0;
    if (!facts_access(g, h, DEED_CONFIRM, now, found_out, e) || *found_out != ACCESS_GRANTED)
        return e->kind == ERR_NONE;
    if (!holds_decide(g->db, &decided, &changed, e))
        return false;
    if (!changed) {
        *found_out = ACCESS_DECIDED;
        return true;
    }
    if (!content_person(g, h, answer, from_written, now, &decided.decided_by, e) ||
        !add_confirmed(g, h, forum, decided.decided_by, now, &decided.about.post, e) || !holds_set_outcome(g->db, &decided, e) ||
        !messages_decided(g->db, h->about.message, e) || !ask_next(g, h->mailbox, now, e))
        return false;
    *post_out = decided.about.post;
    struct event ev = {.at = now,
                       .kind = "hold.confirmed",
                       .about.message = h->about.message,
                       .about.person = decided.decided_by,
                       .about.forum = forum->id,
                       .about.idea = h->about.idea,
                       .about.post = *post_out,
                       .about.hold = h->id};
    return events_add(g->db, &ev, e);
}

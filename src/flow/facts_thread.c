/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mail is about: the discussion, the post, the question or the digest that it answers, and the post of their own that its
 * author means. Evidence in order of strength: the token, an In-Reply-To we know, References we know under the same subject (clients
 * reuse References for new topics). Never the subject alone.
 */
#include "flow/facts_private.h"

#include "forum/command_block.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"

#define HOUR_S 3600

struct forum *facts_find_forum(struct gateway *g, const char *name, struct err *e)
{
    struct forum *exact = forums_by_name(g->db, name, e);

    if (exact != NULL || e->kind != ERR_NONE)
        return exact;
    g_autofree char *wanted = route_skeleton(name);
    g_autoptr(GPtrArray) all = forums_all(g->db, e);
    guint n_found = 0, at = 0;
    for (guint i = 0; all != NULL && i < all->len; i++) {
        g_autofree char *skeleton = route_skeleton(((struct forum *)all->pdata[i])->name);
        if (strcmp(skeleton, wanted) == 0) {
            at = i;
            n_found++;
        }
    }
    return n_found == 1 ? g_ptr_array_steal_index(all, at) : NULL;
}

/* An address that only one person was given says what that person answers. */
void facts_follow_notice(struct looked_up *l)
{
    const struct notice *n = l->notice;
    enum answer answer = purpose_row(n->purpose)->answer;

    if (n->about.hold != 0 && answer == ANSWER_QUESTION) {
        l->route.kind = ROUTE_CONFIRM;
        l->route.hold = n->about.hold;
    } else if (n->about.hold != 0 && answer == ANSWER_MODERATOR) {
        l->route.kind = ROUTE_MODERATE;
        l->route.hold = n->about.hold;
    } else if (n->about.idea != 0) {
        l->route.kind = ROUTE_IDEA;
        l->route.idea = n->about.idea;
        l->route.post = n->about.post;
    } else if (n->about.digest != 0 || purpose_row(n->purpose)->about == ABOUT_DIGEST) { /* it may be forgotten */
        l->route.kind = ROUTE_DIGEST;
    } else {
        l->route.kind = ROUTE_OPERATOR; /* a human answered a report's envelope: a person must look */
        return;
    }
    l->route.person = n->person_id;
    l->route.has_token = true;
}

struct post *facts_post_named(struct gateway *g, const char *message_id, struct looked_up *l, struct err *e)
{
    row_id post = 0, notice = 0;

    if (route_parse_message_id(message_id, g->domain, g->key, &post, &notice)) {
        if (post != 0)
            return posts_by_id(g->db, post, e);
        notice_auto n = notices_by_id(g->db, notice, e);
        if (n == NULL)
            return NULL;
        row_id about = n->about.post;
        if (l->notice == NULL && l->route.kind == ROUTE_FORUM)
            l->notice = g_steal_pointer(&n);
        return about != 0 ? posts_by_id(g->db, about, e) : NULL;
    }
    return posts_by_message_id(g->db, message_id, e);
}

static bool has_same_subject(const char *subject, const struct idea *idea)
{
    g_autofree char *title = g_utf8_casefold(idea->title, -1);
    bool is_same = false;

    for (guint takes_weak = 0; takes_weak < 2 && !is_same; takes_weak++) {
        g_autofree char *base = policy_base_subject(subject, takes_weak == 1);
        g_autofree char *folded = g_utf8_casefold(base, -1);
        is_same = strcmp(folded, title) == 0;
    }
    return is_same;
}

static bool is_shown_in(struct gateway *g, const struct idea *idea, row_id forum, struct err *e)
{
    g_autoptr(GArray) forums = idea->forum_id != forum ? ideas_forums(g->db, idea->id, e) : NULL;

    for (guint i = 0; forums != NULL && i < forums->len; i++)
        if (g_array_index(forums, row_id, i) == forum)
            return true;
    return idea->forum_id == forum;
}

/* Takes POST as the parent if it stands in the idea we are in, or leads to one of this forum. */
static bool take_parent(struct gateway *g, struct looked_up *l, struct post *post, const char *same_subject, struct err *e)
{
    post_auto candidate = post;

    if (candidate == NULL || candidate->state != POST_PUBLISHED)
        return false;
    if (l->idea == NULL) {
        idea_auto idea = ideas_by_id(g->db, candidate->idea_id, e);
        if (idea == NULL || !is_shown_in(g, idea, l->forum->id, e) ||
            (same_subject != NULL && !has_same_subject(same_subject, idea)))
            return false;
        l->idea = g_steal_pointer(&idea);
    }
    if (candidate->idea_id != l->idea->id)
        return false;
    l->parent = g_steal_pointer(&candidate);
    return true;
}

static bool take_named(struct gateway *g, struct looked_up *l, const char *message_id, const char *same_subject, struct err *e)
{
    if (!take_parent(g, l, facts_post_named(g, message_id, l, e), same_subject, e))
        return false;
    l->named = message_id;
    return true;
}

static void find_parent(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    if (l->route.post != 0 && take_parent(g, l, posts_by_id(g->db, l->route.post, e), NULL, e))
        return;
    for (guint i = m->in_reply_to->len; i > 0 && !failed(e); i--)
        if (take_named(g, l, m->in_reply_to->pdata[i - 1], NULL, e))
            return;
    /* The last ones are the nearest; a handful is enough, the rest costs a look-up each. */
    guint lowest = m->references->len > 5 ? m->references->len - 5 : 0;
    const char *subject = l->idea == NULL ? m->subject : NULL;
    for (guint i = m->references->len; i > lowest && !failed(e); i--)
        if (take_named(g, l, m->references->pdata[i - 1], subject, e))
            return;
}

row_id facts_named_forum(struct gateway *g, const struct route *r, const struct idea *idea, struct err *e)
{
    forum_auto forum = facts_find_forum(g, r->name, e);
    bool is_there = forum != NULL && is_shown_in(g, idea, forum->id, e);

    return is_there && !failed(e) ? forum->id : 0;
}

row_id facts_talks_in(struct gateway *g, const struct idea *idea, row_id person, struct err *e)
{
    g_autofree struct member *home = person != 0 ? members_find(g->db, idea->forum_id, person, e) : NULL;
    row_id also = 0;

    if (person == 0 || failed(e) || (home != NULL && home->role >= ROLE_MEMBER))
        return idea->forum_id;
    return members_also(g->db, idea->id, person, &also, e) && also != 0 ? also : idea->forum_id;
}

/* idee-42+intern@: what members say among themselves is a discussion of its own, which begins with the first of them. */
static void find_inner(struct gateway *g, struct looked_up *l, struct err *e)
{
    row_id public_id = l->idea->id, inner = 0;

    if (l->route.act == ACT_INNER && l->route.proposal != 0 && l->idea->ring == RING_MEMBERS) { /* a draft is one itself */
        g_autofree struct member *m = l->person != NULL ? members_find(g->db, l->idea->forum_id, l->person->id, e) : NULL;
        l->is_told = m != NULL && m->role >= ROLE_MEMBER;
        return;
    }
    if (l->route.act != ACT_INNER || !access_is_known(l->idea))
        return;
    l->idea->forum_id = l->route.name != NULL ? facts_named_forum(g, &l->route, l->idea, e)
                                              : facts_talks_in(g, l->idea, l->person != NULL ? l->person->id : 0, e);
    if (l->idea->forum_id == 0) { /* it was there when the mail was taken, and is no more */
        g_clear_pointer(&l->idea, idea_free);
        return;
    }
    if (failed(e) || !ideas_inner(g->db, public_id, l->idea->forum_id, &inner, e))
        return;
    l->is_told = true; /* the number that was written to is public */
    if (inner != 0) {
        idea_free(l->idea);
        l->idea = ideas_by_id(g->db, inner, e);
    } else {
        l->idea->ring = RING_MEMBERS;
        l->begins_inner = public_id;
    }
}

void facts_find_idea(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    row_id forum = 0;

    if (l->route.kind == ROUTE_FORUM) {
        l->forum = facts_find_forum(g, l->route.name, e);
        if (l->forum != NULL)
            find_parent(g, m, l, e);
        if (l->idea != NULL && l->idea->forum_id != l->forum->id) { /* its home leads it, wherever it was answered */
            g_clear_pointer(&l->forum, forum_free);
            forum = l->idea->forum_id;
        }
    }
    if (l->route.kind == ROUTE_CONFIRM || l->route.kind == ROUTE_MODERATE) {
        l->hold = holds_by_id(g->db, l->route.hold, e);
        forum = l->hold != NULL ? l->hold->about.forum : 0;
    }
    if (l->hold != NULL && l->hold->kind == HOLD_ENTRY)
        l->shown = shown_of(g, l->hold->about.digest, e);
    if (l->route.kind == ROUTE_IDEA && l->idea == NULL) {
        l->idea = ideas_by_id(g->db, l->route.idea, e);
        if (l->idea != NULL)
            find_inner(g, l, e);
        forum = l->idea != NULL ? l->idea->forum_id : 0;
        if (l->idea != NULL && l->begins_inner == 0)
            find_parent(g, m, l, e);
    }
    if (l->route.kind == ROUTE_BOUNCE && l->notice != NULL)
        forum = l->notice->about.forum;
    if (l->forum == NULL && forum != 0 && !failed(e))
        l->forum = forums_by_id(g->db, forum, e);
}

/* "Pause", "wöchentlich", "Stunde 18": what has no place below an idea is about the digest, however many ideas it tells of. */
static bool is_order(const struct command_line *c)
{
    bool is_whole = c->command == COMMAND_BLOCK && block_is_whole(c->lines);

    for (guint i = 0; is_whole && i < c->lines->len; i++)
        if ((command_row(((const struct block_line *)c->lines->pdata[i])->command)->where & WHERE_IDEA) != 0)
            return false;
    return is_whole;
}

/* An answer to a digest with one discussion needs no choice; a command is about the digest itself. */
static void follow_digest(struct gateway *g, struct looked_up *l, struct err *e)
{
    shown_auto s = shown_of(g, l->notice->about.digest, e);

    if (s == NULL || l->command.command == COMMAND_STOP || l->command.command == COMMAND_HELP)
        return;
    const struct portions_entry *last = &s->entries[s->n_entries - 1];
    if (s->entries[0].number != last->number || is_order(&l->command)) {
        l->shown = g_steal_pointer(&s);
        return;
    }
    l->number = last->number;
    l->route.kind = ROUTE_IDEA;
    l->route.idea = last->idea;
    l->route.post = last->post;
    l->route.person = s->person;
    l->route.has_token = true;
}

/* What a digest's or a leave address names, and whom it was given to. */
void facts_find_holder(struct gateway *g, struct looked_up *l, struct err *e)
{
    bool is_digest = l->route.kind == ROUTE_DIGEST;

    if (is_digest && l->notice == NULL)
        l->notice = notices_by_id(g->db, l->route.notice, e);
    row_id holder = !is_digest ? l->route.person : l->notice != NULL ? l->notice->person_id : 0;
    if (holder != 0 && !failed(e))
        l->holder = persons_by_id(g->db, holder, e);
    if (is_digest && l->notice != NULL && !failed(e))
        follow_digest(g, l, e);
    if (l->route.kind == ROUTE_LEAVE && l->route.leave == LEAVE_IDEA && !failed(e))
        l->idea = ideas_by_id(g->db, l->route.idea, e);
    row_id forum = l->idea != NULL ? l->idea->forum_id : l->route.forum;
    if (l->route.kind == ROUTE_LEAVE && forum != 0 && !failed(e))
        l->forum = forums_by_id(g->db, forum, e);
}

/* "JA" sent to the forum instead of the address for answers: the Message-ID says which question is meant, and no more.
 * It travels in everybody's References, so only the person who was asked gets here, and without a token (policy.h). */
void facts_thread_to_question(struct gateway *g, const char *from, struct looked_up *l, struct err *e)
{
    const struct notice *n = l->notice;
    enum answer answer = purpose_row(n->purpose)->answer;
    bool is_moderator = n->person_id != 0 && l->person != NULL && n->person_id == l->person->id;

    if (n->about.hold == 0 || failed(e))
        return;
    hold_auto h = holds_by_id(g->db, n->about.hold, e);
    if (h == NULL)
        return;
    if (answer == ANSWER_QUESTION && g_strcmp0(from, h->address) == 0)
        l->route.kind = ROUTE_CONFIRM;
    else if (answer == ANSWER_MODERATOR && is_moderator)
        l->route.kind = ROUTE_MODERATE;
    else
        return;
    l->route.hold = h->id;
    l->route.person = n->person_id;
    forum_free(l->forum);
    l->forum = forums_by_id(g->db, h->about.forum, e);
    l->hold = g_steal_pointer(&h);
    g_clear_pointer(&l->idea, idea_free);
    g_clear_pointer(&l->parent, post_free);
}

/* The digest to the writer that M answers; NULL none. */
static struct notice *digest_answered(struct gateway *g, const struct message *m, const struct looked_up *l, struct err *e)
{
    row_id post = 0, notice = 0;
    bool is_answer = m->in_reply_to->len > 0 &&
                     route_parse_message_id(m->in_reply_to->pdata[m->in_reply_to->len - 1], g->domain, g->key, &post, &notice);

    if (!is_answer || notice == 0 || l->person == NULL || l->command.command != COMMAND_NONE)
        return NULL;
    notice_auto n = notices_by_id(g->db, notice, e);
    bool is_theirs = n != NULL && purpose_row(n->purpose)->about == ABOUT_DIGEST && n->person_id == l->person->id;
    return is_theirs ? g_steal_pointer(&n) : NULL;
}

/* An answer to a digest that went to its From, the forum's address or hilfe@: its own Message-ID stands in no other mail, and only
 * who was sent it gets here. It proves no more than that. */
void facts_thread_to_digest(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    notice_auto n = digest_answered(g, m, l, e);
    shown_auto s = n != NULL ? shown_of(g, n->about.digest, e) : NULL;

    if (n == NULL) /* of one that is too old nothing is left to show, and it is no new idea all the same */
        return;
    l->route.kind = ROUTE_DIGEST;
    l->route.person = n->person_id;
    l->shown = g_steal_pointer(&s);
    notice_free(l->notice);
    l->notice = g_steal_pointer(&n);
    g_clear_pointer(&l->forum, forum_free);
    g_clear_pointer(&l->idea, idea_free);
    g_clear_pointer(&l->parent, post_free);
}

void facts_thread_beside_entry(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    bool is_own = l->person != NULL && l->route.person == l->person->id;
    notice_auto n = is_own ? digest_answered(g, m, l, e) : NULL;
    shown_auto s = n != NULL ? shown_of(g, n->about.digest, e) : NULL;

    for (guint i = 0; s != NULL && i < s->n_entries; i++)
        if (s->entries[i].idea == l->route.idea && (l->route.post == 0 || s->entries[i].post == l->route.post))
            l->given = i + 1;
    if (l->given != 0)
        l->shown = g_steal_pointer(&s);
}

/* A mail about a post has the same Message-ID for all its readers, any other one its own. */
void facts_find_seen(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    row_id post = 0, notice = 0;
    bool is_answer = m->in_reply_to->len > 0 && l->person != NULL &&
                     route_parse_message_id(m->in_reply_to->pdata[m->in_reply_to->len - 1], g->domain, g->key, &post, &notice);

    if (!is_answer)
        return;
    notice_auto n = post != 0 ? notices_about_post(g->db, post, l->person->id, e) : notices_by_id(g->db, notice, e);
    l->seen_at = n != NULL && n->person_id == l->person->id ? n->sent_at : 0;
}

void facts_find_written(struct gateway *g, struct looked_up *l, struct err *e)
{
    if (l->person == NULL || l->parent == NULL || l->idea == NULL || failed(e))
        return;
    l->written = posts_written(g->db, l->person->id, l->idea->id, LIMIT_WRITTEN_REMEMBERED, e);
    if (l->written->len == 0)
        g_clear_pointer(&l->written, g_ptr_array_unref);
}

/* Takes POST if the writer wrote it. */
static bool take_own(struct looked_up *l, struct post *post)
{
    post_auto candidate = post;

    if (candidate == NULL || candidate->person_id != l->person->id)
        return false;
    l->own = g_steal_pointer(&candidate);
    return true;
}

/* Words that mean a post of the writer's own, or stand in answer to the mail about it. */
static bool is_about_own(const struct command_line *c)
{
    const struct block_line *first = c->lines != NULL && c->lines->len > 0 ? c->lines->pdata[0] : NULL;

    return c->command == COMMAND_DELETE || c->command == COMMAND_UNDO || command_row(c->command)->is_own ||
           (first != NULL && (first->command == COMMAND_NAME || first->command == COMMAND_ORGANISATION));
}

/* The writer's own post that LÖSCHEN or ZURÜCK is about, in whatever state: the one that the answered mail was about, and
 * no other. At an idea's address, not in answer to anything, its author means the idea. */
void facts_find_own(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    enum command c = l->command.command;
    bool is_asked = l->route.kind == ROUTE_CONFIRM || l->route.kind == ROUTE_MODERATE;
    bool is_reviewed = l->route.kind == ROUTE_CONFIRM && l->hold != NULL && l->hold->kind == HOLD_REVIEW;

    bool is_confirmed = l->route.kind == ROUTE_CONFIRM && l->hold != NULL && l->hold->kind == HOLD_CONFIRM &&
                        l->hold->state == HOLD_CONFIRMED && l->hold->about.post != 0; /* and they say more */

    if (l->person == NULL || (is_asked && !is_reviewed && !is_confirmed) || (!is_about_own(&l->command) && !is_confirmed))
        return;
    if (is_confirmed && l->idea == NULL) {
        post_auto post = posts_by_id(g->db, l->hold->about.post, e);
        l->idea = post != NULL && !failed(e) ? ideas_by_id(g->db, post->idea_id, e) : NULL;
    }
    if (is_reviewed || is_confirmed) {
        take_own(l, posts_by_id(g->db, l->hold->about.post, e));
        return;
    }
    if (l->route.post != 0) {
        take_own(l, posts_by_id(g->db, l->route.post, e));
        return;
    }
    for (guint i = m->in_reply_to->len; i > 0 && !failed(e); i--)
        if (take_own(l, facts_post_named(g, m->in_reply_to->pdata[i - 1], l, e)))
            return;
    bool is_plain = m->in_reply_to->len == 0 && (c == COMMAND_DELETE || c == COMMAND_UNDO);
    if (is_plain && l->idea != NULL && l->idea->author_id == l->person->id && !failed(e))
        take_own(l, posts_opening(g->db, l->idea->id, e));
}

/* Whoever answers our mail about their own text, and ours about that answer, and so on, is a program that answers everything. */
bool facts_is_own_chain(struct gateway *g, const struct looked_up *l, gint64 now, struct err *e)
{
    bool is_told = l->person != NULL && l->idea != NULL && l->route.post != 0 && !failed(e);
    post_auto answered = is_told ? posts_by_id(g->db, l->route.post, e) : NULL;

    if (answered == NULL || answered->person_id != l->person->id)
        return false;
    g_autoptr(GPtrArray) newest = posts_shown_newest(g->db, l->idea->id, LIMIT_OWN_CHAIN, false, e);
    bool is_own = newest != NULL && newest->len == LIMIT_OWN_CHAIN;
    for (guint i = 0; is_own && i < newest->len; i++) {
        const struct post *p = newest->pdata[i];
        is_own = p->person_id == l->person->id && p->at > now - HOUR_S;
    }
    return is_own;
}

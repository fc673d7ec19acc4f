/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts for one recipient: what its address names, which discussion and post that is, who wrote, how often. Evidence
 * for the thread in order of strength: the token, an In-Reply-To we know, References we know under the same subject
 * (clients reuse References for new topics). Never the subject alone.
 */
#include "flow/facts.h"

#include "base/limits.h"
#include "flow/phase.h"
#include "flow/spoken.h"
#include "forum/command_block.h"
#include "forum/rates.h"
#include "mail/write/compose.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/messages.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/subscriptions.h"
#include "store/wishes.h"

#include <string.h>

#define HOUR_S         3600
#define MOST_ADDRESSED 50 /* of a mail to more, only the first are looked at */

char *facts_from_address(const struct message *m)
{
    if (m->from->len == 0)
        return NULL;
    const struct mailbox *first = m->from->pdata[0];
    if (!outgoing_is_address(first->address))
        return NULL;
    return persons_key(first->address);
}

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

static bool failed(const struct err *e)
{
    return e->kind != ERR_NONE;
}

/* An address that only one person was given says what that person answers. */
static void follow_notice(struct looked_up *l)
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
    } else if (n->about.digest != 0) {
        l->route.kind = ROUTE_DIGEST;
    } else {
        l->route.kind = ROUTE_OPERATOR; /* a human answered a report's envelope: a person must look */
        return;
    }
    l->route.person = n->person_id;
    l->route.has_token = true;
}

/* The post or notice of ours, or the post that came with a mail, that MESSAGE_ID names. */
static struct post *post_named(struct gateway *g, const char *message_id, struct looked_up *l, struct err *e)
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

/* Takes POST as the parent if it stands in the idea we are in, or leads to one of this forum. */
static bool take_parent(struct gateway *g, struct looked_up *l, struct post *post, const char *same_subject, struct err *e)
{
    post_auto candidate = post;

    if (candidate == NULL || candidate->state != POST_PUBLISHED)
        return false;
    if (l->idea == NULL) {
        idea_auto idea = ideas_by_id(g->db, candidate->idea_id, e);
        if (idea == NULL || idea->forum_id != l->forum->id || (same_subject != NULL && !has_same_subject(same_subject, idea)))
            return false;
        l->idea = g_steal_pointer(&idea);
    }
    if (candidate->idea_id != l->idea->id)
        return false;
    l->parent = g_steal_pointer(&candidate);
    return true;
}

static void find_parent(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    if (l->route.post != 0 && take_parent(g, l, posts_by_id(g->db, l->route.post, e), NULL, e))
        return;
    for (guint i = m->in_reply_to->len; i > 0 && !failed(e); i--)
        if (take_parent(g, l, post_named(g, m->in_reply_to->pdata[i - 1], l, e), NULL, e))
            return;
    /* The last ones are the nearest; a handful is enough, the rest costs a look-up each. */
    guint lowest = m->references->len > 5 ? m->references->len - 5 : 0;
    const char *subject = l->idea == NULL ? m->subject : NULL;
    for (guint i = m->references->len; i > lowest && !failed(e); i--)
        if (take_parent(g, l, post_named(g, m->references->pdata[i - 1], l, e), subject, e))
            return;
}

static void find_forum_and_idea(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    row_id forum = 0;

    if (l->route.kind == ROUTE_FORUM) {
        l->forum = facts_find_forum(g, l->route.name, e);
        if (l->forum != NULL)
            find_parent(g, m, l, e);
    }
    if (l->route.kind == ROUTE_CONFIRM || l->route.kind == ROUTE_MODERATE) {
        l->hold = holds_by_id(g->db, l->route.hold, e);
        forum = l->hold != NULL ? l->hold->about.forum : 0;
    }
    if (l->hold != NULL && l->hold->kind == HOLD_ENTRY)
        l->shown = shown_of(g, l->hold->about.digest, e);
    if (l->route.kind == ROUTE_IDEA && l->idea == NULL) {
        l->idea = ideas_by_id(g->db, l->route.idea, e);
        forum = l->idea != NULL ? l->idea->forum_id : 0;
        if (l->idea != NULL)
            find_parent(g, m, l, e);
    }
    if (l->route.kind == ROUTE_BOUNCE && l->notice != NULL)
        forum = l->notice->about.forum;
    if (l->forum == NULL && forum != 0 && !failed(e))
        l->forum = forums_by_id(g->db, forum, e);
}

/* An answer to a digest with one discussion needs no choice; a command is about the digest itself. */
static void follow_digest(struct gateway *g, struct looked_up *l, struct err *e)
{
    enum command command = l->command.command;
    shown_auto s = shown_of(g, l->notice->about.digest, e);

    if (s == NULL || command == COMMAND_STOP || command == COMMAND_HELP)
        return;
    const struct portions_entry *last = &s->entries[s->n_entries - 1];
    if (s->entries[0].number != last->number) {
        l->shown = g_steal_pointer(&s);
        return;
    }
    l->route.kind = ROUTE_IDEA;
    l->route.idea = last->idea;
    l->route.post = last->post;
    l->route.person = s->person;
    l->route.has_token = true;
}

/* What a digest's or a leave address names, and whom it was given to. */
static void find_holder(struct gateway *g, struct looked_up *l, struct err *e)
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
static void thread_to_question(struct gateway *g, const char *from, struct looked_up *l, struct err *e)
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

/* An answer to a digest that went to its From, the forum's address or hilfe@: its own Message-ID stands in no other mail, and only
 * who was sent it gets here. It proves no more than that. */
static void thread_to_digest(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    row_id post = 0, notice = 0;
    bool is_answer = m->in_reply_to->len > 0 &&
                     route_parse_message_id(m->in_reply_to->pdata[m->in_reply_to->len - 1], g->domain, g->key, &post, &notice);

    if (!is_answer || notice == 0 || l->person == NULL || l->command.command != COMMAND_NONE)
        return;
    notice_auto n = notices_by_id(g->db, notice, e);
    if (n == NULL || n->about.digest == 0 || n->person_id != l->person->id)
        return;
    shown_auto s = shown_of(g, n->about.digest, e);
    if (s == NULL)
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
           (first != NULL && first->command == COMMAND_NAME);
}

/* The writer's own post that LÖSCHEN or ZURÜCK is about, in whatever state: the one that the answered mail was about, and
 * no other. At an idea's address, not in answer to anything, its author means the idea. */
static void find_own(struct gateway *g, const struct message *m, struct looked_up *l, struct err *e)
{
    enum command c = l->command.command;
    bool is_asked = l->route.kind == ROUTE_CONFIRM || l->route.kind == ROUTE_MODERATE;
    bool is_reviewed = l->route.kind == ROUTE_CONFIRM && l->hold != NULL && l->hold->kind == HOLD_REVIEW;

    if (l->person == NULL || (is_asked && !is_reviewed) || !is_about_own(&l->command))
        return;
    if (is_reviewed) {
        take_own(l, posts_by_id(g->db, l->hold->about.post, e));
        return;
    }
    if (l->route.post != 0) {
        take_own(l, posts_by_id(g->db, l->route.post, e));
        return;
    }
    for (guint i = m->in_reply_to->len; i > 0 && !failed(e); i--)
        if (take_own(l, post_named(g, m->in_reply_to->pdata[i - 1], l, e)))
            return;
    bool is_plain = m->in_reply_to->len == 0 && (c == COMMAND_DELETE || c == COMMAND_UNDO);
    if (is_plain && l->idea != NULL && l->idea->author_id == l->person->id && !failed(e))
        take_own(l, posts_opening(g->db, l->idea->id, e));
}

static enum role role_in(struct gateway *g, const struct forum *forum, row_id person, struct err *e)
{
    if (forum == NULL || person == 0 || failed(e))
        return ROLE_NONE;
    g_autofree struct member *member = members_find(g->db, forum->id, person, e);
    return member != NULL ? member->role : ROLE_NONE;
}

bool facts_is_trusted(struct gateway *g, const struct forum *forum, row_id person, gint64 now, bool *out, struct err *e)
{
    gint64 n_released = 0, n_refused = 0;

    *out = false;
    if (forum == NULL || forum->moderation != MODERATION_PRE)
        return true;
    if (!posts_standing(g->db, person, forum->id, now - LIMIT_TRUST_S, LIMIT_TRUST_POSTS, &n_released, &n_refused, e))
        return false;
    *out = rates_is_trusted(n_released, n_refused);
    return true;
}

static void find_author(struct gateway *g, const char *from, gint64 now, struct looked_up *l, struct err *e)
{
    struct facts *f = &l->facts;

    if (from != NULL && !failed(e)) {
        gint64 mailbox = gateway_mailbox(g, from);
        l->person = persons_by_address(g->db, from, e);
        if (l->person != NULL)
            f->n_posts = posts_count_by_person(g->db, l->person->id, now - HOUR_S + 1, now, LIMIT_POSTS_PER_HOUR, e);
        f->n_pending = holds_count_open(g->db, mailbox, false, LIMIT_HELD_PER_MAILBOX, e);
        f->n_pending_proved = holds_count_open(g->db, mailbox, true, LIMIT_HELD_PER_MAILBOX, e);
    }
    if (l->forum == NULL && l->person != NULL && !failed(e)) {
        g_autoptr(GPtrArray) all = members_of_person(g->db, l->person->id, e);
        f->is_somewhere = all != NULL && all->len > 0;
    }
    f->role = role_in(g, l->forum, l->person != NULL ? l->person->id : 0, e);
    if (l->person != NULL && !failed(e))
        facts_is_trusted(g, l->forum, l->person->id, now, &f->is_trusted, e);
}

bool facts_access(struct gateway *g, const struct hold *h, enum access_deed deed, gint64 now, enum access *out, struct err *e)
{
    hold_auto fresh = holds_by_id(g->db, h->id, e); /* somebody else may have decided meanwhile */
    forum_auto forum = fresh != NULL ? forums_by_id(g->db, h->about.forum, e) : NULL;
    idea_auto idea = forum != NULL && h->about.idea != 0 ? ideas_by_id(g->db, h->about.idea, e) : NULL;
    person_auto author = forum != NULL ? persons_by_address(g->db, h->address, e) : NULL;
    struct access_facts asked = {.deed = deed,
                                 .forum = forum,
                                 .idea = idea,
                                 .hold = fresh,
                                 .ring = h->ring,
                                 .now = now,
                                 .role = role_in(g, forum, author != NULL ? author->id : 0, e)};

    if (failed(e))
        return false;
    bool is_whole = forum != NULL && (h->about.idea == 0 || idea != NULL);
    *out = is_whole ? access_ask(&asked) : ACCESS_IDEA_NOT_OPEN;
    return true;
}

/* A number that the world does not know is no discussion to somebody who was not given its address. */
static void hide_unknown_idea(struct looked_up *l)
{
    if (l->route.kind != ROUTE_IDEA || l->route.has_token || l->is_told || l->idea == NULL || access_is_known(l->idea))
        return;
    g_clear_pointer(&l->idea, idea_free);
    g_clear_pointer(&l->parent, post_free);
    g_clear_pointer(&l->forum, forum_free);
}

/* Two names may lead to one forum. */
static bool is_same_forum(struct gateway *g, const char *a, const char *b, struct err *e)
{
    if (strcmp(a, b) == 0)
        return true;
    forum_auto x = facts_find_forum(g, a, e);
    forum_auto y = x != NULL ? facts_find_forum(g, b, e) : NULL;
    return y != NULL && x->id == y->id;
}

/* Does one of the addresses in To lead to where RECIPIENT leads? */
static bool is_addressed(struct gateway *g, const struct message *m, const char *recipient, struct err *e)
{
    struct route own, other;
    bool found = false;

    route_parse(recipient, g->domain, g->key, &own);
    for (guint i = 0; i < MIN(m->to->len, MOST_ADDRESSED) && !found && !failed(e); i++) {
        route_parse(((const struct mailbox *)m->to->pdata[i])->address, g->domain, g->key, &other);
        found = other.kind == own.kind && other.idea == own.idea && other.proposal == own.proposal &&
                other.notice == own.notice && other.ring == own.ring && other.subscription == own.subscription &&
                other.issue == own.issue && other.wish == own.wish &&
                (own.kind != ROUTE_FORUM || is_same_forum(g, own.name, other.name, e));
        route_clear(&other);
    }
    route_clear(&own);
    return found;
}

/* A newsletter's address, or a token of one of its readers or editors. */
static void find_newsletter(struct gateway *g, const char *from, struct looked_up *l, struct err *e)
{
    struct route *r = &l->route;
    row_id list = 0;

    if (r->kind == ROUTE_LIST || (r->kind == ROUTE_FORUM && l->forum == NULL))
        l->list = lists_by_name(g->db, r->name, e);
    if (r->kind == ROUTE_FORUM && l->list != NULL)
        r->kind = ROUTE_LIST;
    if (r->kind == ROUTE_SUBSCRIPTION)
        l->subscription = subscriptions_by_id(g->db, r->subscription, e);
    if (r->kind == ROUTE_ISSUE) {
        l->issue = issues_by_id(g->db, r->issue, e);
        l->editor = failed(e) ? NULL : editors_by_id(g->db, r->editor, e);
    }
    list = l->subscription != NULL ? l->subscription->list_id : l->issue != NULL ? l->issue->list_id : 0;
    if (list != 0 && !failed(e))
        l->list = lists_by_id(g->db, list, e);
    if (r->kind != ROUTE_LIST || l->list == NULL || from == NULL || failed(e))
        return;
    l->subscription = subscriptions_by_address(g->db, l->list->id, from, e);
    if (!failed(e))
        l->editor = editors_by_address(g->db, l->list->id, from, e);
}

bool facts_find_proposal(struct gateway *g, struct route *r, struct err *e)
{
    return r->proposal == 0 || proposals_discussion(g->db, r->proposal, &r->idea, e);
}

/* The subject counts if it is a command as a whole and the mail says nothing else. */
static void read_command(const struct message *m, struct looked_up *l)
{
    const char *text = message_command_text(m);
    bool is_empty = text[strspn(text, " \t\r\n")] == '\0';

    if (is_empty && (l->route.kind == ROUTE_HELP || l->route.kind == ROUTE_FORUM)) {
        command_parse(m->subject, &l->command);
        if (l->command.command == COMMAND_BLOCK)
            return;
        command_clear(&l->command);
    }
    spoken_command(m, &l->command);
}

/* Which forums the lines of a block name. */
static void find_named_forums(struct gateway *g, struct looked_up *l, struct err *e)
{
    const GPtrArray *lines = l->command.lines;

    for (guint i = 0; lines != NULL && i < lines->len && !failed(e); i++) {
        struct block_line *line = lines->pdata[i];
        if (command_row(line->command)->wants != WANTS_FORUM || line->name == NULL)
            continue;
        g_autofree char *name = route_fold_name(line->name);
        forum_auto forum = name != NULL ? facts_find_forum(g, name, e) : NULL;
        line->number = forum != NULL ? forum->id : 0;
    }
}

bool facts_find_place(struct gateway *g, const struct message *m, const char *from, const char *recipient, struct looked_up *out,
                      struct err *e)
{
    route_parse(recipient, g->domain, g->key, &out->route);
    if (!facts_find_proposal(g, &out->route, e))
        return false;
    if (out->route.kind == ROUTE_FORUM || out->route.kind == ROUTE_IDEA)
        find_forum_and_idea(g, m, out, e);
    hide_unknown_idea(out);
    if (from != NULL && !failed(e))
        out->person = persons_by_address(g->db, from, e);
    return !failed(e);
}

/* OUT's route is known. */
static bool gather(struct gateway *g, const struct message *m, const char *envelope_from, const char *from, const char *recipient,
                   gint64 now, struct looked_up *out, struct err *e)
{
    struct facts *f = &out->facts;

    find_named_forums(g, out, e);
    f->command = &out->command;
    if (out->route.kind == ROUTE_BOUNCE) {
        out->notice = notices_by_id(g->db, out->route.notice, e);
        bool is_human = (m->kind == KIND_HUMAN || m->kind == KIND_COMMAND) && *envelope_from != '\0';
        if (is_human && out->notice != NULL)
            follow_notice(out); /* some programs answer to the envelope sender */
        else if (is_human)
            out->route.kind = ROUTE_OPERATOR;
    }
    if (!failed(e) && (out->route.kind == ROUTE_DIGEST || out->route.kind == ROUTE_LEAVE))
        find_holder(g, out, e);
    if (!failed(e))
        find_forum_and_idea(g, m, out, e);
    if (!failed(e))
        find_newsletter(g, from, out, e);
    if (out->route.kind == ROUTE_WISH && !failed(e))
        out->wish = wishes_by_id(g->db, out->route.wish, e);
    hide_unknown_idea(out);
    find_author(g, from, now, out, e);
    if (out->route.kind == ROUTE_FORUM && out->notice != NULL)
        thread_to_question(g, from, out, e);
    if ((out->route.kind == ROUTE_FORUM || out->route.kind == ROUTE_HELP) && !failed(e))
        thread_to_digest(g, m, out, e);
    if (out->route.kind == ROUTE_MODERATE)
        f->token_role = role_in(g, out->forum, out->route.person, e);
    if (out->hold != NULL && !failed(e))
        facts_access(g, out->hold, out->route.kind == ROUTE_CONFIRM ? DEED_CONFIRM : DEED_RELEASE, now, &f->access, e);
    if (!failed(e))
        find_own(g, m, out, e);
    row_id proposal = 0;
    if (out->idea != NULL && !failed(e))
        proposals_of_discussion(g->db, out->idea->id, &proposal, e);
    f->is_proposal = proposal != 0;
    out->recipient = recipient;
    bool is_open = true;
    if (out->forum != NULL && !failed(e))
        phase_is_open(g, out->forum->id, phase_kind_of(out->idea, out->route.ring, f->is_proposal, false), now, &is_open, e);
    f->is_out_of_phase = !is_open;
    f->message = m;
    f->envelope_from = envelope_from;
    f->from_address = from;
    f->own_domain = g->domain;
    f->route = &out->route;
    f->forum = out->forum;
    f->idea = out->idea;
    f->parent = out->parent;
    f->own = out->own;
    f->person = out->person;
    f->holder = out->holder;
    f->hold = out->hold;
    f->list = out->list;
    f->editor = out->editor;
    f->issue = out->issue;
    f->wish = out->wish;
    f->subscription = out->subscription;
    f->is_addressed = is_addressed(g, m, recipient, e);
    f->reads_authentication = *g->settings->intake_authserv_id != '\0';
    f->now = now;
    return !failed(e);
}

bool facts_gather(struct gateway *g, const struct message *m, const char *envelope_from, const char *from, const char *recipient,
                  gint64 now, struct looked_up *out, struct err *e)
{
    route_parse(recipient, g->domain, g->key, &out->route);
    if (!facts_find_proposal(g, &out->route, e))
        return false;
    read_command(m, out);
    return gather(g, m, envelope_from, from, recipient, now, out, e);
}

bool facts_gather_entry(struct gateway *g, const struct message *m, const char *envelope_from, const char *from,
                        const char *recipient, gint64 now, const struct facts_entry *entry, struct looked_up *out, struct err *e)
{
    const struct portions_entry *x = &entry->shown->entries[entry->entry];

    out->route = (struct route){.kind = ROUTE_IDEA,
                                .idea = x->idea,
                                .post = x->post,
                                .person = entry->shown->person,
                                .has_token = entry->has_token};
    out->is_told = true;
    command_parse(entry->text, &out->command);
    if (!gather(g, m, envelope_from, from, recipient, now, out, e))
        return false;
    out->facts.text = entry->text;
    return true;
}

void looked_up_clear(struct looked_up *l)
{
    route_clear(&l->route);
    command_clear(&l->command);
    forum_free(l->forum);
    idea_free(l->idea);
    post_free(l->parent);
    post_free(l->own);
    person_free(l->person);
    person_free(l->holder);
    hold_free(l->hold);
    notice_free(l->notice);
    shown_free(l->shown);
    g_clear_pointer(&l->portions, g_ptr_array_unref);
    g_clear_pointer(&l->chosen, g_array_unref);
    g_clear_pointer(&l->beside, g_free);
    list_free(l->list);
    editor_free(l->editor);
    issue_free(l->issue);
    subscription_free(l->subscription);
    wish_free(l->wish);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Facts for one recipient: what its address names, which discussion and post that is (facts_thread.c), who wrote, how often.
 */
#include "flow/facts_private.h"
#include "flow/filed.h"

#include "flow/phase.h"
#include "flow/pose.h"
#include "flow/spoken.h"
#include "forum/command_block.h"
#include "forum/command_tail.h"
#include "forum/command_words.h"
#include "forum/rates.h"
#include "forum/when.h"
#include "mail/word/subject.h"
#include "mail/write/compose.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/issues.h"
#include "store/lists.h"
#include "store/notices.h"
#include "store/persons.h"
#include "store/posts.h"
#include "store/proposals.h"
#include "store/subscriptions.h"
#include "store/wishes.h"

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

static enum role role_in(struct gateway *g, const struct forum *forum, row_id person, struct err *e)
{
    if (forum == NULL || person == 0 || failed(e))
        return ROLE_NONE;
    g_autofree struct member *member = members_find(g->db, forum->id, person, e);
    return member != NULL ? member->role : ROLE_NONE;
}

/* Of an idea that is shown in several forums the members of each have a voice; its home alone leads it. */
static enum role role_at(struct gateway *g, const struct idea *idea, const struct forum *forum, row_id person, struct err *e)
{
    enum role role = ROLE_NONE;
    bool is_at_home = idea == NULL || idea->id == 0 || forum == NULL || forum->id != idea->forum_id;

    if (is_at_home || person == 0 || failed(e))
        return role_in(g, forum, person, e);
    return members_voice(g->db, idea, person, &role, e) ? role : ROLE_NONE;
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
        if (l->person != NULL)
            f->n_posts = posts_count_by_person(g->db, l->person->id, now - HOUR_S + 1, now, LIMIT_POSTS_PER_HOUR, e);
        f->is_own_chain = facts_is_own_chain(g, l, now, e);
        f->n_pending = holds_count_open(g->db, mailbox, false, LIMIT_HELD_PER_MAILBOX, e);
        f->n_pending_proved = holds_count_open(g->db, mailbox, true, LIMIT_HELD_PER_MAILBOX, e);
    }
    f->role = role_at(g, l->idea, l->forum, l->person != NULL ? l->person->id : 0, e);
    bool is_known = f->role != ROLE_NONE || (l->person != NULL && l->person->confirmed_at != 0);
    if ((l->forum == NULL || !is_known) && l->person != NULL && !failed(e)) {
        g_autoptr(GPtrArray) all = members_of_person(g->db, l->person->id, e);
        f->is_somewhere = all != NULL && all->len > 0;
        for (guint i = 0; all != NULL && i < all->len; i++)
            f->leads_somewhere |= l->forum == NULL && ((const struct member *)all->pdata[i])->role > ROLE_MEMBER;
    }
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
                                 .role = role_at(g, idea, forum, author != NULL ? author->id : 0, e)};

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

/* Two names may lead to one forum; NULL is none. */
static bool is_same_forum(struct gateway *g, const char *a, const char *b, struct err *e)
{
    if (a == NULL || b == NULL)
        return a == b;
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
        found = other.kind == own.kind && other.idea == own.idea && other.proposal == own.proposal && other.act == own.act &&
                other.notice == own.notice && other.ring == own.ring && other.subscription == own.subscription &&
                other.issue == own.issue && other.wish == own.wish &&
                (own.kind == ROUTE_LIST || is_same_forum(g, own.name, other.name, e));
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
    if (l->subscription != NULL) {
        gint64 since = l->subscription->state == SUBSCRIPTION_ASKED ? l->subscription->asked_at : l->subscription->changed_at;
        l->facts.subscription_until = when_days_over(since, LIMIT_SUBSCRIBE_DAYS, g->settings->zone);
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

bool facts_settle_route(struct gateway *g, struct route *r, struct err *e)
{
    row_id reworked = 0;

    if (r->kind == ROUTE_LIST && r->word != LIST_WORD_NONE) {
        list_auto list = lists_by_name(g->db, r->name, e);
        forum_auto forum = list == NULL && !failed(e) ? facts_find_forum(g, r->name, e) : NULL;
        if (forum != NULL) {
            r->kind = ROUTE_FORUM;
            r->act = r->word == LIST_WORD_SUBSCRIBE ? ACT_SUBSCRIBE : ACT_UNSUBSCRIBE;
        }
    }
    if (failed(e) || r->proposal == 0)
        return !failed(e);
    if (!proposals_discussion(g->db, r->proposal, &r->idea, e) || !proposals_public(g->db, r->proposal, &reworked, e))
        return false;
    if (reworked != 0 && r->act != ACT_INNER)
        r->idea = reworked; /* known, and takes nothing until it is back; its members discuss it beside that */
    return true;
}

/* "Abmelden" above an empty mail; "Ja" and "Löschen" need the mail that they answer. */
static bool is_said_in_subject(enum command c)
{
    return c == COMMAND_BLOCK || c == COMMAND_STOP || c == COMMAND_HELP || c == COMMAND_INSTEAD || c == COMMAND_FOLLOW;
}

/* The subject counts if it is a command as a whole and the mail says nothing else. */
static void read_words(struct gateway *g, const char *text, struct command_line *out)
{
    g_autofree char *plain = filed_text(g, text);

    command_parse(plain != NULL ? plain : text, out);
}

static void read_command(struct gateway *g, const struct message *m, struct looked_up *l)
{
    const char *text = message_command_text(m);
    bool is_empty = text[strspn(text, " \t\r\n")] == '\0';

    if (is_empty && (l->route.kind == ROUTE_HELP || l->route.kind == ROUTE_FORUM)) {
        read_words(g, m->subject, &l->command);
        if (is_said_in_subject(l->command.command))
            return;
        command_clear(&l->command);
    }
    g_autofree char *plain = filed_text(g, text);
    if (plain != NULL) /* the reader knows no file numbers */
        command_parse(plain, &l->command);
    else
        spoken_command(m, &l->command);
}

/* A mail of one line; WRITTEN is the line's from now on. */
static void make_line(struct looked_up *l, enum command ordered, char *written)
{
    struct block_line *line = g_new0(struct block_line, 1);

    line->command = ordered;
    line->written = written;
    l->command.command = COMMAND_BLOCK;
    l->command.lines = g_ptr_array_new_with_free_func((GDestroyNotify)block_line_free);
    g_ptr_array_add(l->command.lines, line);
}

/* What an address orders: the whole of what is written there is its reason or its text, and never searched for words. */
static void read_act(const struct message *m, struct looked_up *l)
{
    const char *name = NULL;
    enum command ordered = command_of_act(l->route.act, &name);
    const char *given = message_command_text(m);
    char *text = l->route.act == ACT_ANSWER ? command_words_of_office(given) : command_without_sender(given);

    command_clear(&l->command);
    l->command = (struct command_line){.command = ordered, .name = g_strdup(name), .argument = *text != '\0' ? text : NULL};
    if (l->command.argument == NULL)
        g_free(text);
    if (l->route.kind == ROUTE_FORUM) /* "mobilitaet+abo@" is the line "abonnieren" to that forum */
        make_line(l, ordered, g_strconcat(l->route.name, l->route.act == ACT_SUBSCRIBE ? "+abo" : "+abmelden", NULL));
}

/* "Abo" is said of an idea, where one is answered; to a forum it is said of that. */
static void follow_forum(const struct message *m, struct looked_up *l)
{
    if (l->route.kind != ROUTE_FORUM || l->idea != NULL || l->command.command != COMMAND_FOLLOW)
        return;
    g_autofree char *line = command_only_line(message_command_text(m));
    make_line(l, COMMAND_SUBSCRIBE, line != NULL ? g_steal_pointer(&line) : g_strdup(m->subject));
}

static bool is_forum(struct gateway *g, const char *written, struct err *e)
{
    g_autofree char *name = written != NULL ? route_fold_name(written) : NULL;
    forum_auto forum = name != NULL ? facts_find_forum(g, name, e) : NULL;

    return forum != NULL;
}

/* "Auch gut" is no order. */
static bool names_no_forum(struct gateway *g, enum command c, const char *name, struct err *e)
{
    return (c == COMMAND_ALSO || c == COMMAND_NOT_ALSO) && !is_forum(g, name, e);
}

/* "V3" is the discussion of a proposal. */
static void find_named_proposal(struct gateway *g, struct block_line *line, struct err *e)
{
    row_id discussion = 0;

    if (command_row(line->command)->wants != WANTS_IDEA || !line->is_proposal ||
        !proposals_discussion(g->db, line->number, &discussion, e))
        return;
    line->number = discussion != 0 ? discussion : -1;
}

/* Which forums and proposals the lines of a block name. */
static void find_named(struct gateway *g, struct looked_up *l, struct err *e)
{
    const GPtrArray *lines = l->command.lines;

    if (names_no_forum(g, l->command.command, l->command.name, e))
        l->command.command = COMMAND_NONE;
    for (guint i = 0; lines != NULL && i < lines->len && !failed(e); i++) {
        struct block_line *line = lines->pdata[i];
        if (names_no_forum(g, line->command, line->name, e))
            line->command = COMMAND_NONE;
    }
    for (guint i = 0; lines != NULL && i < lines->len && !failed(e); i++) {
        struct block_line *line = lines->pdata[i];
        find_named_proposal(g, line, e);
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
    if (!facts_settle_route(g, &out->route, e))
        return false;
    if (from != NULL)
        out->person = persons_by_address(g->db, from, e);
    if (out->route.kind == ROUTE_DIGEST && !failed(e))
        facts_find_holder(g, out, e);
    if ((out->route.kind == ROUTE_FORUM || out->route.kind == ROUTE_IDEA) && !failed(e))
        facts_find_idea(g, m, out, e);
    hide_unknown_idea(out);
    facts_find_written(g, out, e);
    return !failed(e);
}

/* Is the discussion a proposal's, and may it be written to today? */
static void find_phase(struct gateway *g, gint64 now, struct looked_up *l, struct err *e)
{
    row_id proposal = 0;
    bool is_open = true;

    if (l->idea != NULL && !failed(e))
        proposals_of_discussion(g->db, l->idea->id, &proposal, e);
    l->facts.is_proposal = proposal != 0;
    if (proposal != 0 && access_is_known(l->idea) && !failed(e))
        proposals_is_reworked(g->db, l->idea->id, &l->facts.is_reworked, e);
    if (l->came_at == 0)
        l->came_at = now;
    if (l->forum != NULL && !failed(e))
        phase_is_open(g, l->forum->id, phase_kind_of(l->idea, l->route.ring, proposal != 0, false), l->came_at, &is_open, e);
    l->facts.is_out_of_phase = !is_open;
}

/* What was looked up, for the rules; L keeps it. */
static void hand_over(struct looked_up *l)
{
    struct facts *f = &l->facts;

    f->route = &l->route;
    f->forum = l->forum;
    f->idea = l->idea;
    f->parent = l->parent;
    f->own = l->own;
    f->person = l->person;
    f->holder = l->holder;
    f->owner = l->owner;
    f->hold = l->hold;
    f->list = l->list;
    f->editor = l->editor;
    f->issue = l->issue;
    f->wish = l->wish;
    f->is_list = l->route.kind == ROUTE_DIGEST && l->notice != NULL && l->notice->purpose == PURPOSE_MODERATE_LIST;
    f->subscription = l->subscription;
}

/* Of an answer to a digest each part is looked at by itself. */
static void find_pose(struct gateway *g, struct looked_up *l, struct err *e)
{
    struct facts *f = &l->facts;

    pose_find(g, f->message, f->text != NULL ? f->text : f->message->text, f->person != NULL ? f->person->id : 0,
              policy_is_proved(f), &f->pose, e);
}

/* Whom the token in the address was given to, if they are somebody. */
static void find_owner(struct gateway *g, struct looked_up *l, struct err *e)
{
    const struct route *r = &l->route;
    row_id person = r->kind == ROUTE_DIGEST && l->notice != NULL ? l->notice->person_id : r->person;
    const char *asked = r->kind == ROUTE_CONFIRM && l->hold != NULL ? l->hold->address
                        : r->kind == ROUTE_WISH && l->wish != NULL  ? l->wish->address
                                                                    : NULL;

    if (!r->has_token || failed(e))
        return;
    l->owner = asked != NULL ? persons_by_address(g->db, asked, e) : person != 0 ? persons_by_id(g->db, person, e) : NULL;
}

/* OUT's route is known. */
static bool gather(struct gateway *g, const struct message *m, const char *envelope_from, const char *from, const char *recipient,
                   gint64 now, struct looked_up *out, struct err *e)
{
    struct facts *f = &out->facts;

    find_named(g, out, e);
    f->command = &out->command;
    if (from != NULL && !failed(e))
        out->person = persons_by_address(g->db, from, e);
    if (out->route.kind == ROUTE_BOUNCE) {
        out->notice = notices_by_id(g->db, out->route.notice, e);
        bool is_human = (m->kind == KIND_HUMAN || m->kind == KIND_COMMAND) && *envelope_from != '\0';
        if (is_human && out->notice != NULL)
            facts_follow_notice(out); /* some programs answer to the envelope sender */
        else if (is_human)
            out->route.kind = ROUTE_OPERATOR;
    }
    if (!failed(e) && (out->route.kind == ROUTE_DIGEST || out->route.kind == ROUTE_LEAVE))
        facts_find_holder(g, out, e);
    if (!failed(e))
        facts_find_idea(g, m, out, e);
    if (!failed(e))
        find_newsletter(g, from, out, e);
    follow_forum(m, out);
    if (out->route.kind == ROUTE_WISH && !failed(e))
        out->wish = wishes_by_id(g->db, out->route.wish, e);
    hide_unknown_idea(out);
    find_author(g, from, now, out, e);
    facts_find_written(g, out, e);
    if (out->route.kind == ROUTE_FORUM && out->notice != NULL)
        facts_thread_to_question(g, from, out, e);
    if ((out->route.kind == ROUTE_FORUM || out->route.kind == ROUTE_HELP) && !failed(e))
        facts_thread_to_digest(g, m, out, e);
    if (out->route.kind == ROUTE_IDEA && out->route.has_token && !failed(e))
        facts_thread_beside_entry(g, m, out, e);
    if (out->route.kind == ROUTE_MODERATE)
        f->token_role = role_in(g, out->forum, out->route.person, e);
    if (out->route.kind == ROUTE_MODERATE && out->hold != NULL && out->hold->about.post != 0 && out->person != NULL && !failed(e))
        posts_is_own(g->db, out->hold->about.post, out->person->id, &f->is_own_text, e);
    if (out->hold != NULL && !failed(e))
        facts_access(g, out->hold, out->route.kind == ROUTE_CONFIRM ? DEED_CONFIRM : DEED_RELEASE, now, &f->access, e);
    if (!failed(e))
        facts_find_own(g, m, out, e);
    if (!failed(e) && f->role > ROLE_MEMBER && (command_row(out->command.command)->is_order || out->command.lines != NULL))
        facts_find_seen(g, m, out, e);
    facts_find_ring(g, m, out, e);
    find_phase(g, now, out, e);
    out->recipient = recipient;
    f->message = m;
    f->envelope_from = envelope_from;
    f->from_address = from;
    f->own_domain = g->domain;
    find_owner(g, out, e);
    hand_over(out);
    if ((out->route.kind == ROUTE_FORUM || out->route.kind == ROUTE_IDEA) && m->kind == KIND_HUMAN && !failed(e)) {
        find_pose(g, out, e);
        phase_is_late(g, out->idea, f->role, now, &f->is_late, e);
    }
    f->is_addressed = is_addressed(g, m, recipient, e);
    f->answers_notice =
        out->route.kind == ROUTE_FORUM && out->notice != NULL && out->idea == NULL && subject_kind(m->subject) == MARKER_REPLY;
    f->reads_authentication = *g->settings->intake_authserv_id != '\0';
    f->now = now;
    return !failed(e);
}

bool facts_gather(struct gateway *g, const struct message *m, const char *envelope_from, const char *from, const char *recipient,
                  gint64 now, struct looked_up *out, struct err *e)
{
    route_parse(recipient, g->domain, g->key, &out->route);
    if (!facts_settle_route(g, &out->route, e))
        return false;
    if (out->route.act > ACT_INNER)
        read_act(m, out);
    else
        read_command(g, m, out);
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
    read_words(g, entry->text, &out->command);
    out->facts.text = entry->text;
    if (!gather(g, m, envelope_from, from, recipient, now, out, e))
        return false;
    facts_find_inner_words(g, m, now, out, e);
    return !failed(e);
}

bool facts_gather_held(struct gateway *g, const struct message *m, const char *envelope_from, const char *from,
                       const char *recipient, gint64 now, const struct facts_held *held, struct looked_up *out, struct err *e)
{
    out->route = (struct route){.kind = ROUTE_MODERATE, .hold = held->hold, .person = held->person, .has_token = held->has_token};
    read_words(g, held->text, &out->command);
    out->facts.text = held->text;
    return gather(g, m, envelope_from, from, recipient, now, out, e);
}

void looked_up_clear(struct looked_up *l)
{
    route_clear(&l->route);
    command_clear(&l->command);
    forum_free(l->forum);
    idea_free(l->idea);
    post_free(l->parent);
    post_free(l->own);
    g_clear_pointer(&l->written, g_ptr_array_unref);
    person_free(l->person);
    person_free(l->holder);
    person_free(l->owner);
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

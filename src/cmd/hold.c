/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost hold: what waits for its author's yes or for a moderator, and the decision at the desk.
 */
#include "base/clock.h"
#include "base/limits.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/hold_complaint.h"
#include "cmd/idea_office.h"
#include "cmd/journal.h"
#include "flow/step/content.h"
#include "flow/step/review.h"
#include "forum/given.h"
#include "forum/whys.h"
#include "store/forums.h"
#include "store/holds.h"
#include "store/ideas.h"
#include "store/persons.h"
#include "store/proposals.h"

#include <stdio.h>
#include <string.h>

/* Why nobody was asked yet; "" if they were. */
static const char *why_waiting(const struct hold *h)
{
    static const char *const sentences[] = {
        [WAIT_NONE] = "",
        [WAIT_TURN] = "  (not asked yet: one question a day)",
        [WAIT_CEILING] = "  (not asked yet: too many questions this hour)",
        [WAIT_STOPPED] = "  (not asked: they said STOPP to questions)",
        [WAIT_NO_REPLY] = "  (not asked: the mail must not be answered by a machine)",
        [WAIT_RATE] = "  (moderators not asked yet: too many texts this hour)",
        [WAIT_PHASE] = "  (not asked: no phase took it)",
    };

    return sentences[h->waits];
}

/* What time brings, in the words that scripts know. */
static const char *next_word(const struct hold *h)
{
    switch (h->next) {
    case NEXT_NONE:
        return h->state == HOLD_OPEN && h->expires_at != 0 ? "expire" : NULL;
    case NEXT_ANSWER:
    case NEXT_COMPLAINT:
        return "remind";
    case NEXT_DEPUTY:
    case NEXT_AUTHOR:
    case NEXT_DEFAULT:
        break;
    }
    return next_name(h->next);
}

/* Why it waits, as words: the moderators' reason, or what kind of question it is. */
static void print_why(JsonBuilder *b, const struct hold *h)
{
    g_autofree char *reasons = h->kind == HOLD_REVIEW ? whys_words(whys_of(h), 0, " ") : NULL;
    const char *word = h->kind == HOLD_SECOND   ? "second"
                       : h->kind == HOLD_ENTRY  ? "question"
                       : h->kind == HOLD_LETTER ? "letter"
                                                : NULL;
    g_auto(GStrv) all = g_strsplit(reasons != NULL ? reasons : word != NULL ? word : "", " ", -1);

    json_builder_set_member_name(b, "why");
    json_builder_begin_array(b);
    for (char **w = all; *w != NULL; w++)
        json_builder_add_string_value(b, *w);
    if (review_has_complaint(h))
        json_builder_add_string_value(b, "complaint");
    json_builder_end_array(b);
}

/* The roles of those who were sent the question; who wrote it has none here. */
static bool print_asked(const struct door *d, JsonBuilder *b, const struct hold *h, struct err *e)
{
    static const enum role order[] = {ROLE_MODERATOR, ROLE_LEAD, ROLE_OFFICE};
    g_autoptr(GArray) roles = holds_asked(d->gateway->db, h->id, e);
    bool is_authors = h->kind != HOLD_REVIEW && h->kind != HOLD_SECOND;

    json_builder_set_member_name(b, "asked");
    json_builder_begin_array(b);
    if (is_authors && h->asked_at != 0)
        json_builder_add_string_value(b, "author");
    for (guint i = 0; roles != NULL && i < G_N_ELEMENTS(order); i++)
        for (guint k = 0; k < roles->len; k++)
            if (g_array_index(roles, gint64, k) == (gint64)order[i])
                json_builder_add_string_value(b, role_name(order[i]));
    json_builder_end_array(b);
    return roles != NULL;
}

/* In which capacity it was decided: by its author, by somebody of the forum as they are now, by time, at the command line. */
static bool find_decider(const struct door *d, const struct hold *h, const char **out, struct err *e)
{
    person_auto p = h->decided_by != 0 ? persons_by_id(d->gateway->db, h->decided_by, e) : NULL;
    g_autofree char *address = p != NULL && p->address != NULL ? persons_key(p->address) : NULL;
    g_autofree struct member *m =
        h->decided_by != 0 && e->kind == ERR_NONE ? members_find(d->gateway->db, h->about.forum, h->decided_by, e) : NULL;
    bool is_authors = (address != NULL && strcmp(address, h->address) == 0) || h->kind == HOLD_CONFIRM || h->kind == HOLD_ENTRY;

    *out = h->decided_at == 0         ? NULL
           : h->state == HOLD_EXPIRED ? "timer"
           : is_authors               ? "author"
           : m != NULL                ? role_name(m->role)
           : h->decided_by == 0       ? "operator"
                                      : NULL;
    return e->kind == ERR_NONE;
}

static void print_object(const struct door *d, const struct hold *h, const char *forum, const char *title, bool with_text,
                         struct err *e)
{
    JsonBuilder *b = json_begin();
    row_id proposal = 0;
    const char *decider = NULL;
    bool expires = h->next == NEXT_NONE && h->state == HOLD_OPEN;

    if ((h->about.idea == 0 || proposals_of_discussion(d->gateway->db, h->about.idea, &proposal, e)) &&
        find_decider(d, h, &decider, e)) {
        json_number(b, "hold", h->id);
        json_text(b, "kind", hold_kind_name(h->kind));
        json_text(b, "state", hold_state_name(h->state));
        print_why(b, h);
        json_text(b, "forum", forum);
        json_id(b, "idea", proposal == 0 ? h->about.idea : 0);
        json_id(b, "proposal", proposal);
        json_id(b, "post", h->about.post);
        json_text(b, "ring", ring_name(h->ring));
        json_text(b, "title", title);
        if (!with_text)
            json_text(b, "text", h->text);
        else
            hold_print_about(d, b, h, e);
        json_time(b, "created_at", h->created_at, d);
        json_time(b, "asked_at", h->asked_at, d);
        json_text(b, "waits", h->waits != WAIT_NONE ? wait_name(h->waits) : NULL);
        json_time(b, "ask_at", h->ask_at, d);
        json_time(b, "expires_at", h->expires_at, d);
        json_text(b, "next", next_word(h));
        json_time(b, "next_at", expires ? h->expires_at : h->next_at, d);
        print_asked(d, b, h, e);
        json_time(b, "decided_at", h->decided_at, d);
        json_text(b, "decided_by", decider);
        json_text(b, "code", h->code);
        json_text(b, "reason", h->reason);
    }
    json_print(b);
}

static void print_hold(const struct door *d, const struct hold *h, bool with_text, struct err *e)
{
    forum_auto f = forums_by_id(d->gateway->db, h->about.forum, e);
    const char *forum = f != NULL ? f->name : "?";
    bool is_complained = review_has_complaint(h); /* what it is about has the words */
    idea_auto idea = is_complained && e->kind == ERR_NONE ? ideas_by_id(d->gateway->db, h->about.idea, e) : NULL;
    const char *title = idea != NULL ? idea->title : h->title;

    if (!d->as_json) {
        g_autofree char *since = door_time(d, h->created_at);
        printf("%6" G_GINT64_FORMAT "  %-7s %-9s %-14s since %s  %s%s\n", h->id, hold_kind_name(h->kind),
               hold_state_name(h->state), forum, since, title, is_complained ? "  (its author complains)" : why_waiting(h));
        if (with_text)
            hold_print_about(d, NULL, h, e);
        return;
    }
    print_object(d, h, forum, title, with_text, e);
}

static bool hold_list(struct door *d, struct err *e)
{
    g_autoptr(GPtrArray) open = holds_open(d->gateway->db, e);

    for (guint i = 0; open != NULL && i < open->len; i++)
        print_hold(d, open->pdata[i], false, e);
    g_autoptr(GPtrArray) complained = open != NULL ? holds_complained(d->gateway->db, e) : NULL;
    for (guint i = 0; complained != NULL && i < complained->len; i++)
        print_hold(d, complained->pdata[i], false, e);
    return open != NULL && e->kind == ERR_NONE;
}

static struct hold *find(const struct door *d, struct err *e)
{
    row_id id;
    struct hold *h = door_id(d->argv[0], "a hold", &id, e) ? holds_by_id(d->gateway->db, id, e) : NULL;

    if (h == NULL)
        err_set(e, ERR_ABSENT, "there is no hold %s; `forumpost hold list` shows what waits", d->argv[0]);
    return h;
}

static bool hold_show(struct door *d, struct err *e)
{
    hold_auto h = find(d, e);

    if (h != NULL)
        print_hold(d, h, true, e);
    return e->kind == ERR_NONE;
}

/* At the desk a moderator decides as the operator; only what waits for one, or for a second person, can be decided so. */
static struct hold *find_to_decide(const struct door *d, struct err *e)
{
    hold_auto h = find(d, e);

    if (h == NULL)
        return NULL;
    if (h->kind != HOLD_REVIEW && h->kind != HOLD_SECOND)
        err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT " waits for its author; nobody else can say yes", h->id);
    return e->kind == ERR_NONE ? g_steal_pointer(&h) : NULL;
}

/* What the deed found when it asked the rules again. */
static bool judge(const struct hold *h, enum access found, struct err *e)
{
    if (found == ACCESS_DECIDED)
        return err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT " was decided before: %s", h->id, hold_state_name(h->state));
    return found == ACCESS_GRANTED ||
           err_set(e, ERR_RULE, "hold %" G_GINT64_FORMAT " cannot be published: %s", h->id, access_sentence(found));
}

/* *OUT: whoever decides about a text that waits for a moderator, of those who may in its forum; 0: the operator does. */
static bool find_moderator(const struct door *d, const struct hold *h, row_id *out, struct err *e)
{
    const char *as = door_text(d, "as");
    person_auto by = as != NULL ? door_person(d, as, e) : NULL;
    g_autofree struct member *m = by != NULL ? members_find(d->gateway->db, h->about.forum, by->id, e) : NULL;

    *out = by != NULL ? by->id : 0;
    if (e->kind != ERR_NONE || as == NULL)
        return e->kind == ERR_NONE;
    return (m != NULL && (m->role == ROLE_MODERATOR || m->role == ROLE_LEAD || m->role == ROLE_OFFICE)) ||
           err_set(e, ERR_RULE, "%s does not moderate that forum", as);
}

static bool hold_release(struct door *d, struct err *e)
{
    row_id by;
    hold_auto h = find_to_decide(d, e);
    enum access found;

    if (h != NULL && h->kind == HOLD_SECOND)
        return hold_decide_official(d, h, NULL, e);
    if (h != NULL && review_has_complaint(h))
        return find_moderator(d, h, &by, e) && hold_decide_complaint(d, h, by, NULL, e);
    return h != NULL && find_moderator(d, h, &by, e) && content_release(d->gateway, h, by, clock_now(), &found, e) &&
           judge(h, found, e);
}

/* The reason goes to the author: a line that says something. */
static bool hold_reject(struct door *d, struct err *e)
{
    g_autofree char *reason = given_line("a reason", d->argv[1], LIMIT_REASON_CHARS, e);
    hold_auto h = reason != NULL ? find_to_decide(d, e) : NULL;
    enum access found;
    row_id by;

    if (h != NULL && h->kind == HOLD_SECOND)
        return hold_decide_official(d, h, reason, e);
    if (h != NULL && review_has_complaint(h))
        return find_moderator(d, h, &by, e) && hold_decide_complaint(d, h, by, reason, e);
    return h != NULL && find_moderator(d, h, &by, e) && content_reject(d->gateway, h, by, reason, clock_now(), &found, e) &&
           judge(h, found, e);
}

static const struct door_option options[] = {
    {"as", DOOR_TEXT, "ADDRESS", "who decides; of an official answer another one of the office, or who leads the forum", 0, 0, 0},
    {0},
};
static const struct door_verb verbs[] = {
    {"list", "", "json", DOOR_READS, hold_list, "everything that waits"},
    {"show", "ID", "json", DOOR_READS, hold_show, "one, with its text"},
    {"release", "ID", "as", DOOR_CHANGES, hold_release, "publish what waits for a moderator, or an official answer"},
    {"reject", "ID REASON", "as", DOOR_CHANGES, hold_reject, "refuse it; its author is sent the reason"},
    {0},
};
static const struct door_spec spec = {"hold", "What waits for its author or for a moderator.", verbs, options};

int cmd_hold(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From whom a mail is, to whom it goes, and where an answer to it goes.
 */
#include "flow/out/render_job.h"

#include "store/persons.h"
#include "text/wrap.h"

#define NAME_CHARS 50 /* of a sender's display name: some programs put a blank between two encoded words */

/* The initiative stands in every sender's name: a list of mails shows little more. */
static char *via_initiative(const struct job *j, const char *name)
{
    const char *initiative = j->r->g->settings->initiative_title;
    g_autofree char *long_name =
        name != NULL       ? g_strdup_printf("%s %s %s", name, templates_word(j->r->t, j->v.language, "via"), initiative)
        : j->forum != NULL ? g_strdup_printf("%s: %s", initiative, j->forum->title)
                           : g_strdup(initiative);

    return text_shorten(long_name, NAME_CHARS);
}

static bool is_from_idea(const struct job *j)
{
    return j->idea != NULL && (j->row->sender == SENDER_IDEA || j->row->sender == SENDER_AUTHOR);
}

char *job_sender_address(const struct job *j)
{
    const char *domain = j->r->g->domain;

    /* An inner discussion has no address that the world could guess: each member has their own. */
    if (is_from_idea(j) && j->idea->ring == RING_MEMBERS && j->n->person_id != 0)
        return route_reply_address(j->idea->id, RING_MEMBERS, j->n->person_id, j->n->about.post, domain, j->r->g->key);
    if (is_from_idea(j))
        return route_idea_address(j->idea->id, domain);
    if (j->row->sender == SENDER_LIST && j->list != NULL)
        return route_list_address(j->list->name, LIST_WORD_NONE, domain);
    if (j->row->sender == SENDER_POSTMASTER)
        return g_strdup_printf("postmaster@%s", domain);
    if (j->forum != NULL)
        return route_forum_address(j->forum->name, domain);
    return g_strdup_printf("hilfe@%s", domain);
}

char *job_sender_name(const struct job *j)
{
    if (j->row->sender == SENDER_LIST && j->list != NULL)
        return text_shorten(j->list->title, NAME_CHARS);
    if (j->row->sender != SENDER_AUTHOR)
        return via_initiative(j, NULL);
    const char *name = j->author != NULL ? j->author->public_name : NULL;
    return via_initiative(j, name != NULL ? name : templates_word(j->r->t, j->v.language, "somebody"));
}

/* An answer to "we did not understand you" is an answer to the question itself. */
static char *address_of_question(struct job *j)
{
    const struct gateway *g = j->r->g;

    g_autofree char *lower = j->n->address != NULL ? persons_key(j->n->address) : NULL;
    bool is_authors = j->hold->kind == HOLD_REVIEW && g_strcmp0(lower, j->hold->address) == 0;
    if ((j->hold->kind != HOLD_REVIEW && j->hold->kind != HOLD_SECOND) || is_authors)
        return route_confirm_address(j->hold->id, g->domain, g->key);
    person_auto moderator = lower != NULL ? persons_by_address(g->db, lower, j->e) : NULL;
    return moderator != NULL ? route_moderate_address(j->hold->id, moderator->id, g->domain, g->key) : NULL;
}

char *job_answer_address(struct job *j)
{
    const struct gateway *g = j->r->g;
    const struct notice *n = j->n;

    switch (j->row->answer) {
    case ANSWER_SENDER:
        return NULL;
    case ANSWER_QUESTION:
    case ANSWER_TOKEN:
        return n->about.hold != 0 ? route_confirm_address(n->about.hold, g->domain, g->key) : NULL;
    case ANSWER_WISH:
        return j->wish != NULL ? route_wish_address(j->wish->id, g->domain, g->key) : NULL;
    case ANSWER_ASKED:
        return j->hold != NULL ? address_of_question(j) : NULL;
    case ANSWER_MODERATOR:
        return route_moderate_address(n->about.hold, n->person_id, g->domain, g->key);
    case ANSWER_POST:
        return n->person_id != 0 && j->idea != NULL ? route_reply_address(j->idea->id, j->idea->ring, n->person_id,
                                                                          j->post != NULL ? j->post->id : 0, g->domain, g->key)
                                                    : NULL;
    case ANSWER_AUTHOR:
        return n->person_id != 0 ? route_author_address(j->idea->id, n->person_id, g->domain, g->key) : NULL;
    case ANSWER_DIGEST:
        return route_digest_address(n->id, g->domain, g->key);
    case ANSWER_LEAVE:
        return n->person_id != 0 ? route_leave_address(n->person_id, LEAVE_ASK, n->about.forum, g->domain, g->key) : NULL;
    case ANSWER_HELP:
        return g_strdup_printf("hilfe@%s", g->domain);
    case ANSWER_CONTACT:
        return g_strdup(g->settings->initiative_contact);
    case ANSWER_SUBSCRIBE:
        return j->subscription != NULL ? route_subscription_address(n->subscription_id, READER_CONFIRM, g->domain, g->key) : NULL;
    case ANSWER_READER:
        return j->subscription != NULL ? route_subscription_address(n->subscription_id, READER_ANSWER, g->domain, g->key) : NULL;
    case ANSWER_EDITOR:
        return j->editor != NULL ? route_issue_address(n->issue_id, j->editor->id, g->domain, g->key) : NULL;
    case ANSWER_WRITER: /* only here: the operator must be able to answer */
        return j->message != NULL && j->message->from_address != NULL && outgoing_is_address(j->message->from_address)
                   ? g_strdup(j->message->from_address)
                   : NULL;
    }
    return NULL;
}

char *job_recipient(const struct job *j)
{
    return g_strdup(j->n->address != NULL     ? j->n->address
                    : j->subscription != NULL ? j->subscription->written
                                              : j->person->address);
}

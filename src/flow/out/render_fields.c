/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The header of a mail beyond its addresses: what it answers, and what mail programs and providers read in it.
 */
#include "flow/out/render_job.h"

#include "store/messages.h"
#include "text/wrap.h"

#include <string.h>

/* ---- Threading */
/* Mails about a post have the post's id; the parent's own author knows the parent by the id of their own mail. */
static void thread_post(struct job *j, struct outgoing *o)
{
    const struct gateway *g = j->r->g;
    const struct post *parent = job_post(j, j->post->parent_id);

    o->message_id = route_post_message_id(j->post->id, g->domain, g->key);
    if (parent == NULL)
        return;
    if (parent->parent_id != 0) {
        g_autofree char *above = route_post_message_id(parent->parent_id, g->domain, g->key);
        outgoing_add_reference(o, above);
    }
    o->in_reply_to = route_post_message_id(parent->id, g->domain, g->key);
    if (parent->person_id == j->n->person_id && parent->message_id != 0) {
        stored_message_auto own = messages_by_id(g->db, parent->message_id, j->e);
        if (own != NULL && own->message_id != NULL && strchr(own->message_id, '@') != NULL) {
            g_free(o->in_reply_to);
            o->in_reply_to = g_strdup(own->message_id);
        }
    }
    outgoing_add_reference(o, o->in_reply_to);
}

void job_thread(struct job *j, struct outgoing *o)
{
    const struct gateway *g = j->r->g;

    if (j->row->thread == THREAD_POST) {
        thread_post(j, o);
        return;
    }
    o->message_id = route_notice_message_id(j->n->id, g->domain, g->key);
    if (j->row->thread == THREAD_MAIL && j->message != NULL && j->message->message_id != NULL) {
        o->in_reply_to = g_strdup(j->message->message_id);
        outgoing_add_reference(o, j->message->message_id);
    }
}

/* ---- Fields */
static char *mailto_of(const char *address, const char *query)
{
    bool needs_utf8 = false;
    g_autofree char *written = outgoing_written_address(address, &needs_utf8);

    return g_strdup_printf("<mailto:%s%s>", written != NULL && !needs_utf8 ? written : address, query);
}

static void add_angle_header(struct outgoing *o, const char *name, const char *address, const char *query)
{
    g_autofree char *value = mailto_of(address, query);

    outgoing_add_header(o, name, value);
}

/* By mail, and by one POST where there are pages (RFC 8058); the page stands first, since programs take the first they can. */
static void add_unsubscribe(struct outgoing *o, const char *address, const char *page)
{
    g_autofree char *by_mail = mailto_of(address, "?subject=STOPP&body=STOPP");
    g_autofree char *both = page != NULL ? g_strdup_printf("<%s>, %s", page, by_mail) : NULL;

    outgoing_add_header(o, "List-Unsubscribe", both != NULL ? both : by_mail);
    if (page != NULL)
        outgoing_add_header(o, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

/* RFC 2369 and 2919: only on mail that goes to many. */
static void add_list_headers(const struct job *j, struct outgoing *o)
{
    const struct settings *s = j->r->g->settings;
    bool is_post = j->row->list == LIST_IDEA;

    if (j->row->list == LIST_NEWSLETTER && j->issue != NULL)
        job_newsletter_headers(j, o);
    if (j->row->list == LIST_NONE || j->row->list == LIST_NEWSLETTER)
        return;
    g_autofree char *title = text_shorten(j->forum != NULL ? j->forum->title : s->initiative_title, 80);
    g_strdelimit(title, "<>\"", ' ');
    g_autofree char *id = g_strdup_printf("%s <%s.%s>", title, j->forum != NULL ? j->forum->name : "uebersicht", j->r->g->domain);
    g_autofree char *help = g_strdup_printf("hilfe@%s", j->r->g->domain);
    outgoing_add_header(o, "List-Id", id);
    add_angle_header(o, "List-Help", help, "?subject=HILFE");
    add_angle_header(o, "List-Owner", s->initiative_contact, "");
    if (is_post)
        add_angle_header(o, "List-Post", o->from_address, "");
    if (j->n->person_id == 0)
        return;
    /* Whatever a program writes there itself: the address alone says it, so nothing of it is ever published. */
    enum leave what = is_post ? LEAVE_IDEA : j->row->list == LIST_NEWS ? LEAVE_ASK : LEAVE_DIGESTS;
    const struct gateway *g = j->r->g;
    g_autofree char *leave = route_leave_address(j->n->person_id, what, is_post ? j->n->about.idea : 0, g->domain, g->key);
    g_autofree char *page = what == LEAVE_ASK ? NULL : job_leave_url(j, what, is_post ? j->n->about.idea : 0);
    add_unsubscribe(o, leave, page);
}

/* By it a provider's statistics tell our kinds of mail apart; of the reader there is nothing in it. */
static void add_feedback_id(const struct job *j, struct outgoing *o)
{
    g_autofree char *domain = g_hostname_to_ascii(j->r->g->domain);
    g_autofree char *id = g_strdup_printf("%s:%s:%s", j->row->word, stream_name(j->n->stream), domain);

    outgoing_add_header(o, "Feedback-ID", id);
}

void job_add_headers(const struct job *j, struct outgoing *o)
{
    add_list_headers(j, o);
    add_feedback_id(j, o);
    outgoing_add_header(o, "X-Auto-Response-Suppress", "OOF, AutoReply");
    outgoing_add_header(o, "X-Forumpost-Loop", j->r->g->installation->instance);
}

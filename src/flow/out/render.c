/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A notice to a mail; see render.h. The order: rows, is there still something to say, sender and answer address,
 * threading, text, bytes.
 */
#include "flow/out/render_job.h"

#include "store/messages.h"
#include "store/persons.h"
#include "text/wrap.h"

#include <string.h>

#define NAME_CHARS 50 /* of a sender's display name: some programs put a blank between two encoded words */

/* ---- Sender, recipient, answers */
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

static char *sender_address(const struct job *j)
{
    const char *domain = j->r->g->domain;

    /* An inner discussion has no address that the world could guess: each member has their own. */
    if (is_from_idea(j) && j->idea->ring == RING_MEMBERS && j->n->person_id != 0)
        return route_reply_address(j->idea->id, j->n->person_id, j->n->about.post, domain, j->r->g->key);
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

static char *sender_name(const struct job *j)
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

/* NULL: answers go to the sender's address. */
static char *answer_address(struct job *j)
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
        return n->person_id != 0
                   ? route_reply_address(j->idea->id, n->person_id, j->post != NULL ? j->post->id : 0, g->domain, g->key)
                   : NULL;
    case ANSWER_DIGEST:
        return route_digest_address(n->id, g->domain, g->key);
    case ANSWER_LEAVE:
        return n->person_id != 0 ? route_leave_address(n->person_id, LEAVE_ASK, n->about.forum, g->domain, g->key) : NULL;
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

static void thread(struct job *j, struct outgoing *o)
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
    enum leave what = is_post ? LEAVE_IDEA : LEAVE_DIGESTS;
    const struct gateway *g = j->r->g;
    g_autofree char *leave = route_leave_address(j->n->person_id, what, is_post ? j->n->about.idea : 0, g->domain, g->key);
    g_autofree char *page = job_leave_url(j, what, is_post ? j->n->about.idea : 0);
    add_unsubscribe(o, leave, page);
}

/* By it a provider's statistics tell our kinds of mail apart; of the reader there is nothing in it. */
static void add_feedback_id(const struct job *j, struct outgoing *o)
{
    g_autofree char *domain = g_hostname_to_ascii(j->r->g->domain);
    g_autofree char *id = g_strdup_printf("%s:%s:%s", j->row->word, stream_name(j->n->stream), domain);

    outgoing_add_header(o, "Feedback-ID", id);
}

static void add_headers(const struct job *j, struct outgoing *o)
{
    add_list_headers(j, o);
    add_feedback_id(j, o);
    outgoing_add_header(o, "X-Auto-Response-Suppress", "OOF, AutoReply");
    outgoing_add_header(o, "X-Forumpost-Loop", j->r->g->installation->instance);
}

static char *recipient_of(const struct job *j)
{
    return g_strdup(j->n->address != NULL     ? j->n->address
                    : j->subscription != NULL ? j->subscription->written
                                              : j->person->address);
}

/* Only what somebody subscribed to bears one: a question whether they want it shall be nothing but that. */
static bool shows_logo(const struct job *j)
{
    return j->r->logo != NULL && (j->row->shows & SHOW_ISSUE) != 0;
}

static struct kept *write_mail(struct job *j)
{
    struct written w = {0};
    value_auto data = job_data(j);

    if (data == NULL || !templates_write(j->r->t, j->v.language, j->row->word, data, &w, j->e))
        return NULL;
    struct kept *k = g_new0(struct kept, 1);
    g_autoptr(GString) initiative = g_string_new(NULL);
    escape_append(initiative, j->list != NULL ? j->list->title : j->r->g->settings->initiative_title, ESCAPE_LINE);
    g_autofree char *body = job_place_issue(j, w.body);
    g_autofree char *master =
        g_strdup_printf("%c%s\n\n%s", MARK_BRAND, initiative->str, body); /* the first line says who writes */
    k->text = text_flowed(master);
    k->html = text_html(master, w.language, w.subject, j->r->look, shows_logo(j) ? &j->r->logo->picture : NULL);
    k->language = g_strdup(w.language);
    k->subject = g_steal_pointer(&w.subject);
    written_clear(&w);
    return k;
}

/* Everybody who is told of one post in one language reads the same words, unless the text uses the reader's own name. */
bool render_is_alike(const struct templates *t, const struct notice *n, const struct idea *idea, const char *language)
{
    const struct purpose_row *row = purpose_row(n->purpose);
    bool has_own_address = idea != NULL && idea->ring == RING_MEMBERS && templates_uses(t, language, row->word, "idea_address");

    return row->thread == THREAD_POST && !has_own_address && !templates_uses(t, language, row->word, "public_name");
}

/* NULL: only for one. */
static char *key_of(const struct job *j)
{
    if (!render_is_alike(j->r->t, j->n, j->idea, j->v.language))
        return NULL;
    return g_strdup_printf("%" G_GINT64_FORMAT " %s", j->n->about.post, j->v.language);
}

static bool write_text(struct job *j, struct outgoing *o)
{
    g_autofree char *key = key_of(j);

    if (j->posts != NULL && j->row->about == ABOUT_DIGEST && j->n->person_id != 0) {
        o->is_flowed = true;
        return job_write_shared(j, write_mail, o);
    }
    if (key == NULL || j->r->last == NULL || g_strcmp0(j->r->last->key, key) != 0) {
        g_clear_pointer(&j->r->last, kept_free);
        j->r->last = write_mail(j);
        if (j->r->last == NULL)
            return false;
        j->r->last->key = g_steal_pointer(&key);
    }
    o->text = g_strdup(j->r->last->text);
    o->html = g_strdup(j->r->last->html);
    if (shows_logo(j))
        o->picture = g_bytes_ref(j->r->logo->entity);
    o->is_flowed = true;
    o->language = g_strdup(j->r->last->language);
    o->subject = g_strdup(j->r->last->subject);
    return true;
}

/* A domain is written so that every mail server takes it; but where the part before the @ needs SMTPUTF8, only one that knows
 * umlauts can take the address at all, and it stays as its owner writes it (RFC 6531 3.2). */
static char *envelope_address(const char *address, bool *needs_utf8_out)
{
    if (g_str_is_ascii(address) || !outgoing_is_address(address))
        return outgoing_written_address(address, needs_utf8_out);
    g_autofree char *local = g_strndup(address, (gsize)(strrchr(address, '@') - address));
    if (g_str_is_ascii(local))
        return outgoing_written_address(address, needs_utf8_out);
    *needs_utf8_out = true;
    return g_strdup(address);
}

static bool compose(struct job *j, gint64 now, struct rendered *out)
{
    const struct gateway *g = j->r->g;
    outgoing_auto o = outgoing_new();

    o->from_address = sender_address(j);
    o->from_name = sender_name(j);
    o->to_address = recipient_of(j);
    o->reply_to = answer_address(j);
    j->answers_to = o->reply_to != NULL ? o->reply_to : o->from_address;
    o->date_at = now;
    o->zone = g_time_zone_ref(g->settings->zone);
    o->auto_submitted = g_strdup(j->row->is_unasked ? "auto-generated" : "auto-replied");
    thread(j, o);
    add_headers(j, o);
    if (!write_text(j, o) || !job_enclose(j, o) || !outgoing_compose(o, out->bytes, &out->needs_utf8, j->e))
        return false;
    out->is_8bit = o->has_8bit;
    if (j->entries != NULL)
        out->entries = g_strdup(j->entries->str);
    if (j->row->is_proof)
        out->words = g_strdup_printf("%s\n\n%s", o->subject, o->text);
    g_autofree char *bounce = route_bounce_address(j->n->id, j->n->stream, g->domain, g->key);
    out->envelope_from = outgoing_written_address(bounce, &out->needs_utf8);
    out->recipient = envelope_address(o->to_address, &out->needs_utf8);
    return (out->envelope_from != NULL && out->recipient != NULL) || err_set(j->e, ERR_INPUT, "an address cannot be written");
}

static void reset(struct rendered *out)
{
    g_clear_pointer(&out->envelope_from, g_free);
    g_clear_pointer(&out->recipient, g_free);
    g_clear_pointer(&out->reason, g_free);
    g_clear_pointer(&out->words, g_free);
    out->needs_utf8 = out->is_8bit = false;
    g_clear_pointer(&out->entries, g_free);
    if (out->bytes == NULL)
        out->bytes = g_string_sized_new(16 * 1024);
    g_string_truncate(out->bytes, 0);
}

static struct job job_of(struct renderer *r, const struct notice *n, gint64 now, struct err *e)
{
    const struct purpose_row *row = purpose_row(n->purpose);

    return (struct job){.r = r,
                        .n = n,
                        .row = row,
                        .e = e,
                        .v = {.g = r->g, .t = r->t, .now = now, .reader = n->person_id, .is_for_many = row->list != LIST_NONE}};
}

enum render_outcome render_notice(struct renderer *r, const struct notice *n, gint64 now, struct rendered *out, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    enum render_outcome outcome = RENDER_FAILED;

    reset(out);
    if (job_gather(&j)) {
        const char *reason = job_reason_to_drop(&j);
        if (e->kind == ERR_NONE && reason != NULL) {
            out->reason = g_strdup(reason);
            outcome = RENDER_DROP;
        } else if (e->kind == ERR_NONE && compose(&j, now, out)) {
            outcome = RENDER_OK;
        }
    }
    job_clear(&j);
    return outcome;
}

struct value *render_values(struct renderer *r, const struct notice *n, const char *language, gint64 now, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    struct value *data = NULL;

    if (job_gather(&j)) {
        j.v.language = language;
        data = job_data(&j);
    }
    job_clear(&j);
    return data;
}

char *render_words(struct renderer *r, const struct notice *n, const char *language, gint64 now, char **html_out, struct err *e)
{
    struct job j = job_of(r, n, now, e);
    char *text = NULL;

    if (job_gather(&j)) {
        j.v.language = language;
        struct kept *k = write_mail(&j);
        if (k != NULL) {
            text = g_steal_pointer(&k->text);
            *html_out = g_steal_pointer(&k->html);
        }
        kept_free(k);
    }
    job_clear(&j);
    return text;
}

char *const *renderer_languages(const struct renderer *r)
{
    return r->g->settings->initiative_languages;
}

void rendered_clear(struct rendered *out)
{
    g_clear_pointer(&out->envelope_from, g_free);
    g_clear_pointer(&out->recipient, g_free);
    g_clear_pointer(&out->reason, g_free);
    g_clear_pointer(&out->words, g_free);
    g_clear_pointer(&out->entries, g_free);
    if (out->bytes != NULL)
        g_string_free(out->bytes, TRUE);
    out->bytes = NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One mail, completely: bytes to struct message. Reads like the sentence: take the mail apart, take over its
 * fields, choose the text, decide the kind, tell what is new in it.
 */
#include "mail/read/read.h"

#include "base/letter.h"
#include "mail/body/body.h"
#include "mail/kind/kind.h"
#include "mail/kind/kind_note.h"
#include "mail/message/defect.h"
#include "mail/message/entity.h"
#include "mail/message/message.h"
#include "mail/mime/structure.h"
#include "mail/reply/reply.h"
#include "mail/reply/reply_forward.h"
#include "mail/sender/auth.h"
#include "mail/sender/author.h"
#include "mail/sender/signature.h"
#include "mail/word/address.h"
#include "mail/word/charset.h"
#include "mail/word/date.h"
#include "mail/word/language.h"
#include "mail/word/refs.h"

#include <string.h>

static void read_addresses(const struct entity *root, const char *field, GPtrArray *list)
{
    for (guint i = 0; i < root->headers->len; i++) {
        const struct header *h = g_ptr_array_index(root->headers, i);
        if (letter_same(h->name, field))
            address_parse(h->raw, list);
    }
}

static void read_ids(const struct entity *root, const char *field, GPtrArray *ids)
{
    const char *raw = entity_raw(root, field);

    if (raw != NULL)
        refs_parse(raw, ids);
}

/* "From: [???]" beside "From: Anna <anna@example.net>": an author without an address is none if another has
 * one. */
static void drop_nameless(GPtrArray *list)
{
    bool any = false;

    for (guint i = 0; i < list->len; i++)
        any |= strchr(((const struct mailbox *)g_ptr_array_index(list, i))->address, '@') != NULL;
    for (guint i = list->len; any && i-- > 0;)
        if (strchr(((const struct mailbox *)g_ptr_array_index(list, i))->address, '@') == NULL)
            g_ptr_array_remove_index(list, i);
}

/* Where the mail came from and went to, as the machines on its way wrote it down */
static void read_trace(struct message *m, const struct entity *root)
{
    const char *path = entity_raw(root, "Return-Path");

    if (path != NULL)
        m->return_path = address_bare(path);
    m->n_received = entity_count(root, "Received");
    m->n_from = entity_count(root, "From");
    for (guint i = 0; i < root->headers->len; i++) {
        const struct header *h = g_ptr_array_index(root->headers, i);
        if (letter_same(h->name, "X-Forumpost-Loop"))
            g_ptr_array_add(m->loop_ids, g_strdup(h->value));
        if (letter_same(h->name, "Delivered-To") || letter_same(h->name, "X-Original-To") || letter_same(h->name, "Envelope-To"))
            g_ptr_array_add(m->delivered, address_bare(h->raw));
    }
}

/* Of several Date fields the first that can be read. */
static void read_date(struct message *m, const struct entity *root)
{
    for (guint i = 0; i < root->headers->len && m->date == NULL; i++) {
        const struct header *h = g_ptr_array_index(root->headers, i);
        if (letter_same(h->name, "Date"))
            m->date = date_to_rfc3339(h->raw);
    }
}

static void read_header(struct message *m, const struct entity *root)
{
    const char *subject = entity_value(root, "Subject");
    const char *id = entity_raw(root, "Message-ID");

    read_addresses(root, "From", m->from);
    drop_nameless(m->from);
    read_addresses(root, "Sender", m->sender);
    read_addresses(root, "Reply-To", m->reply_to);
    read_addresses(root, "To", m->to);
    read_addresses(root, "Cc", m->cc);
    if (subject != NULL) {
        g_free(m->subject);
        m->subject = g_strdup(subject);
    }
    read_date(m, root);
    m->message_id = id != NULL ? refs_message_id(id) : NULL;
    read_ids(root, "In-Reply-To", m->in_reply_to);
    read_ids(root, "References", m->references);
    read_trace(m, root);
}

static void clean_line(char *text)
{
    if (text != NULL)
        charset_clean_line(text);
}

static void clean_text(char *text)
{
    if (text != NULL)
        charset_clean_text(text);
}

/* What was taken from the insides of a report or from a quoted header block keeps the promise of message.h,
 * too. */
static void clean_findings(struct message *m)
{
    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(m->recipients, i);
        char *lines[] = {r->address, r->action, r->status, r->smtp};
        for (guint j = 0; j < G_N_ELEMENTS(lines); j++)
            clean_line(lines[j]);
        clean_text(r->diagnostic);
    }
    for (guint i = 0; i < m->why->len; i++)
        clean_line(g_ptr_array_index(m->why, i));
    if (m->original != NULL) {
        clean_line(m->original->message_id);
        clean_line(m->original->subject);
        clean_line(m->original->from);
        clean_line(m->original->to);
    }
    if (m->forwarded != NULL) {
        clean_line(m->forwarded->from);
        clean_line(m->forwarded->date);
        clean_line(m->forwarded->subject);
        clean_text(m->forwarded->text);
    }
}

/* The emoji that was clicked, left by kind_decide(); all the rest is a program's. */
static void read_reaction(struct message *m)
{
    g_free(m->text);
    g_free(m->elided);
    m->text = g_steal_pointer(&m->command_text);
    m->elided = g_strdup(m->body);
}

static void read_new_text(struct message *m, const struct entity *root, const struct read_options *options)
{
    struct reply reply = {0};
    struct reply_context context = reply_context_of(m, options != NULL ? options->own_domain : NULL);

    reply_split(m->kind == KIND_ENCRYPTED ? "" : m->body, &context, &reply); /* nobody here can read it */
    g_free(m->text);
    g_free(m->signature);
    g_free(m->elided);
    m->text = g_steal_pointer(&reply.text);
    m->signature = g_steal_pointer(&reply.signature);
    m->elided = g_steal_pointer(&reply.elided);
    m->forwarded = g_steal_pointer(&reply.forwarded);
    if (m->forwarded == NULL && (m->kind == KIND_HUMAN || m->kind == KIND_EMPTY || m->kind == KIND_COMMAND))
        m->forwarded = forward_attached(root);
    reply_clear(&reply);
    if (m->command_text != NULL) {
        g_autofree char *words = g_steal_pointer(&m->command_text);
        reply_split(m->kind == KIND_ENCRYPTED ? "" : words, &context, &reply);
        if (strcmp(reply.text, m->text) != 0)
            m->command_text = g_steal_pointer(&reply.text);
        reply_clear(&reply);
    }
}

/* What our mail server found about the author, unless the sender may have written it for them. */
static void read_proof(struct message *m, const struct entity *root, const struct read_options *options)
{
    g_autofree char *author = author_domain(root, m);

    if (signatures_are_plain(root))
        m->authentication = auth_read(root, options, author);
    else
        defect_add(m->defects, "odd-signature");
}

struct message *message_read(const char *bytes, gsize n_bytes, const struct read_options *options)
{
    struct message *m = message_new();
    entity_auto root = entity_parse(bytes, n_bytes, m->defects);

    read_header(m, root);
    read_proof(m, root, options);
    body_choose(m, root);
    if (options == NULL || !options->without_sums)
        body_sum_parts(m, root);
    kind_decide(m, root);
    if (m->kind == KIND_REACTION)
        read_reaction(m);
    else
        read_new_text(m, root, options);
    kind_note(m);
    clean_findings(m);
    m->language = language_guess(m->text);
    return m;
}

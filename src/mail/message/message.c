/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message: making and freeing. See message.h; variant.c does its GVariant form.
 */
#include "mail/message/message.h"

static const char *const kind_names[N_KINDS] = {
    [KIND_HUMAN] = "human",         [KIND_BOUNCE] = "bounce",       [KIND_DELAY] = "delay",
    [KIND_DELIVERED] = "delivered", [KIND_COMPLAINT] = "complaint", [KIND_AUTO_REPLY] = "auto-reply",
    [KIND_RECEIPT] = "receipt",     [KIND_CALENDAR] = "calendar",   [KIND_BULK] = "bulk",
    [KIND_COMMAND] = "command",     [KIND_ENCRYPTED] = "encrypted", [KIND_EMPTY] = "empty",
    [KIND_REACTION] = "reaction",
};

const char *message_kind_name(enum message_kind kind)
{
    return kind_names[kind];
}

const char *message_command_text(const struct message *m)
{
    return m->command_text != NULL ? m->command_text : m->text;
}

struct mailbox *mailbox_new(const char *name, const char *address)
{
    struct mailbox *b = g_new(struct mailbox, 1);

    b->name = g_strdup(name);
    b->address = g_strdup(address);
    return b;
}

void mailbox_free(struct mailbox *b)
{
    g_free(b->name);
    g_free(b->address);
    g_free(b);
}

static void attachment_free(gpointer data)
{
    struct attachment *a = data;

    g_free(a->name);
    g_free(a->type);
    g_free(a->sha256);
    g_free(a->disposition);
    g_free(a->content_id);
    g_free(a);
}

static void part_free(gpointer data)
{
    struct part *p = data;

    g_free(p->type);
    g_free(p->charset);
    g_free(p->sha256);
    g_free(p);
}

static void recipient_free(gpointer data)
{
    struct report_recipient *r = data;

    g_free(r->address);
    g_free(r->action);
    g_free(r->status);
    g_free(r->smtp);
    g_free(r->reason);
    g_free(r->diagnostic);
    g_free(r);
}

static void forwarded_free(struct forwarded *f)
{
    g_free(f->from);
    g_free(f->date);
    g_free(f->subject);
    g_free(f->text);
    g_free(f);
}

static void original_free(struct original *o)
{
    g_free(o->message_id);
    g_free(o->subject);
    g_free(o->from);
    g_free(o->to);
    g_free(o);
}

static void authentication_free(struct authentication *a)
{
    g_free(a->dmarc);
    g_free(a->dkim);
    g_free(a->spf);
    g_free(a->authserv_id);
    g_free(a->spf_domain);
    g_free(a->dkim_domain);
    g_free(a);
}

void spoken_free(struct spoken *s)
{
    if (s == NULL)
        return;
    g_free(s->argument);
    g_free(s->name);
    g_free(s);
}

struct message *message_new(void)
{
    struct message *m = g_new0(struct message, 1);
    GPtrArray **mailboxes[] = {&m->from, &m->sender, &m->reply_to, &m->to, &m->cc};
    GPtrArray **strings[] = {&m->why, &m->in_reply_to, &m->references, &m->defects, &m->loop_ids, &m->delivered};
    char **texts[] = {&m->subject, &m->body, &m->text, &m->signature, &m->elided};

    for (guint i = 0; i < G_N_ELEMENTS(mailboxes); i++)
        *mailboxes[i] = g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
    for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
        *strings[i] = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = g_strdup("");
    m->structure = g_strdup("\"text/plain\"");
    m->attachments = g_ptr_array_new_with_free_func(attachment_free);
    m->parts = g_ptr_array_new_with_free_func(part_free);
    m->recipients = g_ptr_array_new_with_free_func(recipient_free);
    m->may_reply = true;
    return m;
}

void message_free(struct message *m)
{
    if (m == NULL)
        return;
    GPtrArray *arrays[] = {m->why,        m->from,        m->sender, m->reply_to,   m->to,      m->cc,       m->in_reply_to,
                           m->references, m->attachments, m->parts,  m->recipients, m->defects, m->loop_ids, m->delivered};
    char *texts[] = {m->return_path, m->subject, m->date,      m->message_id, m->language,  m->body,
                     m->body_from,   m->text,    m->signature, m->elided,     m->structure, m->command_text};

    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_ptr_array_unref(arrays[i]);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_clear_pointer(&m->forwarded, forwarded_free);
    g_clear_pointer(&m->original, original_free);
    g_clear_pointer(&m->authentication, authentication_free);
    g_clear_pointer(&m->spoken, spoken_free);
    g_free(m);
}

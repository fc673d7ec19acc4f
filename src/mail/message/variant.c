/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message as a dictionary with the keys of `forumpost inspect --json`, which the door prints.
 */
#include "mail/message/message.h"

static void put(GVariantBuilder *b, const char *key, GVariant *value)
{
    g_variant_builder_add(b, "{sv}", key, value);
}

static void put_text(GVariantBuilder *b, const char *key, const char *text)
{
    put(b, key, g_variant_new_string(text != NULL ? text : ""));
}

static void put_maybe(GVariantBuilder *b, const char *key, const char *text)
{
    put(b, key, g_variant_new("ms", text));
}

static GVariant *strings(const GPtrArray *list)
{
    return g_variant_new_strv((const char *const *)list->pdata, list->len);
}

static GVariant *mailboxes(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("aa{ss}"));
    for (guint i = 0; i < list->len; i++) {
        const struct mailbox *m = g_ptr_array_index(list, i);
        g_variant_builder_open(&b, G_VARIANT_TYPE("a{ss}"));
        g_variant_builder_add(&b, "{ss}", "name", m->name);
        g_variant_builder_add(&b, "{ss}", "address", m->address);
        g_variant_builder_close(&b);
    }
    return g_variant_builder_end(&b);
}

static GVariant *forwarded(const struct forwarded *f)
{
    GVariantBuilder b;

    if (f == NULL)
        return g_variant_new_maybe(G_VARIANT_TYPE_VARDICT, NULL);
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    put_maybe(&b, "from", f->from);
    put_maybe(&b, "date", f->date);
    put_maybe(&b, "subject", f->subject);
    put_maybe(&b, "text", f->text);
    return g_variant_new_maybe(NULL, g_variant_builder_end(&b));
}

static GVariant *original(const struct original *o)
{
    GVariantBuilder b;

    if (o == NULL)
        return g_variant_new_maybe(G_VARIANT_TYPE_VARDICT, NULL);
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    put_maybe(&b, "message_id", o->message_id);
    put_maybe(&b, "subject", o->subject);
    put_maybe(&b, "from", o->from);
    put_maybe(&b, "to", o->to);
    return g_variant_new_maybe(NULL, g_variant_builder_end(&b));
}

static GVariant *authentication(const struct authentication *a)
{
    GVariantBuilder b;

    if (a == NULL)
        return g_variant_new_maybe(G_VARIANT_TYPE_VARDICT, NULL);
    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    put_maybe(&b, "dmarc", a->dmarc);
    put_maybe(&b, "dkim", a->dkim);
    put_maybe(&b, "spf", a->spf);
    put_maybe(&b, "authserv_id", a->authserv_id);
    put_maybe(&b, "spf_domain", a->spf_domain);
    put_maybe(&b, "dkim_domain", a->dkim_domain);
    put(&b, "dmarc_of_from", g_variant_new_boolean(a->is_dmarc_of_from));
    put(&b, "spf_of_from", g_variant_new_boolean(a->is_spf_of_from));
    put(&b, "dkim_of_from", g_variant_new_boolean(a->is_dkim_of_from));
    return g_variant_new_maybe(NULL, g_variant_builder_end(&b));
}

static GVariant *attachments(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < list->len; i++) {
        const struct attachment *a = g_ptr_array_index(list, i);
        g_variant_builder_open(&b, G_VARIANT_TYPE_VARDICT);
        put_maybe(&b, "name", a->name);
        put_text(&b, "type", a->type);
        put(&b, "bytes", g_variant_new_uint64(a->n_bytes));
        put_text(&b, "sha256", a->sha256);
        put_maybe(&b, "disposition", a->disposition);
        put_maybe(&b, "content_id", a->content_id);
        g_variant_builder_close(&b);
    }
    return g_variant_builder_end(&b);
}

static GVariant *parts(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < list->len; i++) {
        const struct part *p = g_ptr_array_index(list, i);
        g_variant_builder_open(&b, G_VARIANT_TYPE_VARDICT);
        put_text(&b, "type", p->type);
        put_maybe(&b, "charset", p->charset);
        put(&b, "bytes", g_variant_new_uint64(p->n_bytes));
        put_text(&b, "sha256", p->sha256);
        g_variant_builder_close(&b);
    }
    return g_variant_builder_end(&b);
}

static GVariant *recipients(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("aa{sv}"));
    for (guint i = 0; i < list->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(list, i);
        g_variant_builder_open(&b, G_VARIANT_TYPE_VARDICT);
        put_text(&b, "address", r->address);
        put_text(&b, "action", r->action);
        put_text(&b, "status", r->status);
        put_text(&b, "smtp", r->smtp);
        put(&b, "permanent", g_variant_new_boolean(r->is_permanent));
        put_text(&b, "reason", r->reason);
        put_text(&b, "diagnostic", r->diagnostic);
        g_variant_builder_close(&b);
    }
    return g_variant_builder_end(&b);
}

static void put_header(GVariantBuilder *b, const struct message *m)
{
    put_text(b, "kind", message_kind_name(m->kind));
    put(b, "why", strings(m->why));
    put(b, "may_reply", g_variant_new_boolean(m->may_reply));
    put(b, "from", mailboxes(m->from));
    put(b, "sender", mailboxes(m->sender));
    put(b, "reply_to", mailboxes(m->reply_to));
    put(b, "to", mailboxes(m->to));
    put(b, "cc", mailboxes(m->cc));
    if (m->return_path != NULL)
        put_text(b, "return_path", m->return_path);
    put_text(b, "subject", m->subject);
    put_maybe(b, "date", m->date);
    put_maybe(b, "message_id", m->message_id);
    put(b, "in_reply_to", strings(m->in_reply_to));
    put(b, "references", strings(m->references));
}

static void put_content(GVariantBuilder *b, const struct message *m)
{
    put_maybe(b, "language", m->language);
    put_text(b, "body", m->body);
    put_maybe(b, "body_from", m->body_from);
    put_text(b, "text", m->text);
    put_text(b, "signature", m->signature);
    put_text(b, "elided", m->elided);
    put(b, "forwarded", forwarded(m->forwarded));
    put(b, "attachments", attachments(m->attachments));
    put_text(b, "structure", m->structure);
    put(b, "parts", parts(m->parts));
    put(b, "recipients", recipients(m->recipients));
    put(b, "original", original(m->original));
    put(b, "authentication", authentication(m->authentication));
    put(b, "defects", strings(m->defects));
}

GVariant *message_to_variant(const struct message *m)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE_VARDICT);
    put_header(&b, m);
    put_content(&b, m);
    put(&b, "n_received", g_variant_new_uint32(m->n_received));
    put(&b, "n_from", g_variant_new_uint32(m->n_from));
    put(&b, "loop_ids", strings(m->loop_ids));
    put(&b, "delivered", strings(m->delivered));
    put(&b, "is_spread", g_variant_new_boolean(m->is_spread));
    put_maybe(&b, "command_text", m->command_text);
    return g_variant_builder_end(&b);
}

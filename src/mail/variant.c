/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message as a GVariant and back. The way back takes what a process says that has just read hostile bytes, so it
 * believes nothing: the value must be in normal form, every key must be there with its exact type, every string is UTF-8
 * by GVariant's own check.
 */
#include "mail/message.h"

#include <string.h>

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

    g_variant_builder_init(&b, G_VARIANT_TYPE(MESSAGE_VARIANT_TYPE));
    put_header(&b, m);
    put_content(&b, m);
    put(&b, "n_received", g_variant_new_uint32(m->n_received));
    put(&b, "n_from", g_variant_new_uint32(m->n_from));
    put(&b, "loop_ids", strings(m->loop_ids));
    put(&b, "delivered", strings(m->delivered));
    return g_variant_builder_end(&b);
}

/* The way back. Each get_ function returns false if the key is missing or of another type. */

static bool get(GVariant *dict, const char *key, const char *type, GVariant **value_out)
{
    *value_out = g_variant_lookup_value(dict, key, G_VARIANT_TYPE(type));
    return *value_out != NULL;
}

static bool get_text(GVariant *dict, const char *key, char **text_out)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "s", &v))
        return false;
    g_free(*text_out);
    *text_out = g_variant_dup_string(v, NULL);
    return true;
}

static bool get_maybe(GVariant *dict, const char *key, char **text_out)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "ms", &v))
        return false;
    g_autoptr(GVariant) text = g_variant_get_maybe(v);
    g_free(*text_out);
    *text_out = text != NULL ? g_variant_dup_string(text, NULL) : NULL;
    return true;
}

static bool get_bool(GVariant *dict, const char *key, bool *value_out)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "b", &v))
        return false;
    *value_out = g_variant_get_boolean(v);
    return true;
}

static bool get_count(GVariant *dict, const char *key, guint *value_out)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "u", &v))
        return false;
    *value_out = g_variant_get_uint32(v);
    return true;
}

static bool get_bytes(GVariant *dict, const char *key, guint64 *value_out)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "t", &v))
        return false;
    *value_out = g_variant_get_uint64(v);
    return true;
}

static bool get_strings(GVariant *dict, const char *key, GPtrArray *list)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "as", &v))
        return false;
    for (gsize i = 0, n = g_variant_n_children(v); i < n; i++) {
        char *text;
        g_variant_get_child(v, i, "s", &text);
        g_ptr_array_add(list, text);
    }
    return true;
}

static bool get_mailboxes(GVariant *dict, const char *key, GPtrArray *list)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "aa{ss}", &v))
        return false;
    for (gsize i = 0, n = g_variant_n_children(v); i < n; i++) {
        g_autoptr(GVariant) box = g_variant_get_child_value(v, i);
        const char *name, *address;
        if (!g_variant_lookup(box, "name", "&s", &name) || !g_variant_lookup(box, "address", "&s", &address))
            return false;
        g_ptr_array_add(list, mailbox_new(name, address));
    }
    return true;
}

static bool get_kind(GVariant *dict, enum message_kind *kind_out)
{
    const char *name;

    if (!g_variant_lookup(dict, "kind", "&s", &name))
        return false;
    for (int k = 0; k < N_KINDS; k++)
        if (strcmp(name, message_kind_name((enum message_kind)k)) == 0) {
            *kind_out = (enum message_kind)k;
            return true;
        }
    return false;
}

static bool read_attachment(GVariant *dict, GPtrArray *list)
{
    struct attachment *a = g_new0(struct attachment, 1);

    g_ptr_array_add(list, a);
    return get_maybe(dict, "name", &a->name) && get_text(dict, "type", &a->type) &&
           get_bytes(dict, "bytes", &a->n_bytes) && get_text(dict, "sha256", &a->sha256) &&
           get_maybe(dict, "disposition", &a->disposition) && get_maybe(dict, "content_id", &a->content_id);
}

static bool read_part(GVariant *dict, GPtrArray *list)
{
    struct part *p = g_new0(struct part, 1);

    g_ptr_array_add(list, p);
    return get_text(dict, "type", &p->type) && get_maybe(dict, "charset", &p->charset) &&
           get_bytes(dict, "bytes", &p->n_bytes) && get_text(dict, "sha256", &p->sha256);
}

static bool read_recipient(GVariant *dict, GPtrArray *list)
{
    struct report_recipient *r = g_new0(struct report_recipient, 1);

    g_ptr_array_add(list, r);
    return get_text(dict, "address", &r->address) && get_text(dict, "action", &r->action) &&
           get_text(dict, "status", &r->status) && get_text(dict, "smtp", &r->smtp) &&
           get_text(dict, "reason", &r->reason) && get_text(dict, "diagnostic", &r->diagnostic) &&
           get_bool(dict, "permanent", &r->is_permanent);
}

typedef bool read_row(GVariant *dict, GPtrArray *list);

static bool get_rows(GVariant *dict, const char *key, read_row *read, GPtrArray *list)
{
    g_autoptr(GVariant) v = NULL;

    if (!get(dict, key, "aa{sv}", &v))
        return false;
    for (gsize i = 0, n = g_variant_n_children(v); i < n; i++) {
        g_autoptr(GVariant) row = g_variant_get_child_value(v, i);
        if (!read(row, list))
            return false;
    }
    return true;
}

/* *DICT_OUT is NULL if the value is there and says "nothing". */
static bool get_dict(GVariant *dict, const char *key, GVariant **dict_out)
{
    g_autoptr(GVariant) v = NULL;

    *dict_out = NULL;
    if (!get(dict, key, "ma{sv}", &v))
        return false;
    *dict_out = g_variant_get_maybe(v);
    return true;
}

static bool get_forwarded(GVariant *dict, struct message *m)
{
    g_autoptr(GVariant) v = NULL;

    if (!get_dict(dict, "forwarded", &v))
        return false;
    if (v == NULL)
        return true;
    struct forwarded *f = m->forwarded = g_new0(struct forwarded, 1);
    return get_maybe(v, "from", &f->from) && get_maybe(v, "date", &f->date) && get_maybe(v, "subject", &f->subject) &&
           get_maybe(v, "text", &f->text);
}

static bool get_original(GVariant *dict, struct message *m)
{
    g_autoptr(GVariant) v = NULL;

    if (!get_dict(dict, "original", &v))
        return false;
    if (v == NULL)
        return true;
    struct original *o = m->original = g_new0(struct original, 1);
    return get_maybe(v, "message_id", &o->message_id) && get_maybe(v, "subject", &o->subject) &&
           get_maybe(v, "from", &o->from) && get_maybe(v, "to", &o->to);
}

static bool get_authentication(GVariant *dict, struct message *m)
{
    g_autoptr(GVariant) v = NULL;

    if (!get_dict(dict, "authentication", &v))
        return false;
    if (v == NULL)
        return true;
    struct authentication *a = m->authentication = g_new0(struct authentication, 1);
    return get_maybe(v, "dmarc", &a->dmarc) && get_maybe(v, "dkim", &a->dkim) && get_maybe(v, "spf", &a->spf) &&
           get_maybe(v, "authserv_id", &a->authserv_id);
}

static bool get_header(GVariant *v, struct message *m)
{
    get_text(v, "return_path", &m->return_path); /* may be absent */
    return get_kind(v, &m->kind) && get_strings(v, "why", m->why) && get_bool(v, "may_reply", &m->may_reply) &&
           get_mailboxes(v, "from", m->from) && get_mailboxes(v, "sender", m->sender) &&
           get_mailboxes(v, "reply_to", m->reply_to) && get_mailboxes(v, "to", m->to) &&
           get_mailboxes(v, "cc", m->cc) && get_text(v, "subject", &m->subject) && get_maybe(v, "date", &m->date) &&
           get_maybe(v, "message_id", &m->message_id) && get_strings(v, "in_reply_to", m->in_reply_to) &&
           get_strings(v, "references", m->references);
}

static bool get_content(GVariant *v, struct message *m)
{
    return get_maybe(v, "language", &m->language) && get_text(v, "body", &m->body) &&
           get_maybe(v, "body_from", &m->body_from) && get_text(v, "text", &m->text) &&
           get_text(v, "signature", &m->signature) && get_text(v, "elided", &m->elided) && get_forwarded(v, m) &&
           get_rows(v, "attachments", read_attachment, m->attachments) && get_text(v, "structure", &m->structure) &&
           get_rows(v, "parts", read_part, m->parts) && get_rows(v, "recipients", read_recipient, m->recipients) &&
           get_original(v, m) && get_authentication(v, m) && get_strings(v, "defects", m->defects) &&
           get_count(v, "n_received", &m->n_received) && get_count(v, "n_from", &m->n_from) &&
           get_strings(v, "loop_ids", m->loop_ids) && get_strings(v, "delivered", m->delivered);
}

struct message *message_from_variant(GVariant *v)
{
    if (!g_variant_is_of_type(v, G_VARIANT_TYPE(MESSAGE_VARIANT_TYPE)) || !g_variant_is_normal_form(v))
        return NULL;
    message_auto m = message_new();
    return get_header(v, m) && get_content(v, m) ? g_steal_pointer(&m) : NULL;
}

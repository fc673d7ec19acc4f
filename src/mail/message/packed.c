/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message in the form that crosses from a reader's process: a GVariant tuple of one fixed type, so that packing
 * and unpacking cost microseconds. The way back takes what a process says that has just read hostile bytes: it believes
 * nothing but the type, which it brings along itself. Members stand in the order of struct message.
 */
#include "mail/message/message.h"

#include <string.h>

static GVariant *strings(const GPtrArray *list)
{
    return g_variant_new_strv((const char *const *)list->pdata, list->len);
}

static GVariant *mailboxes(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("a(ss)"));
    for (guint i = 0; i < list->len; i++) {
        const struct mailbox *m = list->pdata[i];
        g_variant_builder_add(&b, "(ss)", m->name, m->address);
    }
    return g_variant_builder_end(&b);
}

static GVariant *attachments(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("a(mssmsmsstttu)"));
    for (guint i = 0; i < list->len; i++) {
        const struct attachment *a = list->pdata[i];
        g_variant_builder_add(&b, "(mssmsmsstttu)", a->name, a->type, a->disposition, a->content_id, a->sha256, a->n_bytes, a->at,
                              a->n_raw, a->transfer);
    }
    return g_variant_builder_end(&b);
}

static GVariant *parts(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("a(smsst)"));
    for (guint i = 0; i < list->len; i++) {
        const struct part *p = list->pdata[i];
        g_variant_builder_add(&b, "(smsst)", p->type, p->charset, p->sha256, p->n_bytes);
    }
    return g_variant_builder_end(&b);
}

static GVariant *recipients(const GPtrArray *list)
{
    GVariantBuilder b;

    g_variant_builder_init(&b, G_VARIANT_TYPE("a(ssssssb)"));
    for (guint i = 0; i < list->len; i++) {
        const struct report_recipient *r = list->pdata[i];
        g_variant_builder_add(&b, "(ssssssb)", r->address, r->action, r->status, r->smtp, r->reason, r->diagnostic,
                              r->is_permanent);
    }
    return g_variant_builder_end(&b);
}

/* Four texts, each of which may be missing, as may all of them together. */
static GVariant *quartet(bool is_there, const char *a, const char *b, const char *c, const char *d)
{
    return g_variant_new_maybe(G_VARIANT_TYPE("(msmsmsms)"), is_there ? g_variant_new("(msmsmsms)", a, b, c, d) : NULL);
}

static GVariant *authentication(const struct authentication *a)
{
    const GVariantType *type = G_VARIANT_TYPE("(msmsmsmsmsmsbbb)");

    if (a == NULL)
        return g_variant_new_maybe(type, NULL);
    return g_variant_new_maybe(type, g_variant_new("(msmsmsmsmsmsbbb)", a->dmarc, a->dkim, a->spf, a->authserv_id, a->spf_domain,
                                                   a->dkim_domain, a->is_dmarc_of_from, a->is_spf_of_from, a->is_dkim_of_from));
}

static GVariant *spoken(const struct spoken *s)
{
    return g_variant_new_maybe(G_VARIANT_TYPE("(umsmsx)"),
                               s != NULL ? g_variant_new("(umsmsx)", s->command, s->argument, s->name, s->number) : NULL);
}

static GVariant *text(const char *s)
{
    return g_variant_new_string(s);
}

static GVariant *maybe(const char *s)
{
    return g_variant_new_maybe(G_VARIANT_TYPE_STRING, s != NULL ? g_variant_new_string(s) : NULL);
}

GVariant *message_pack(const struct message *m)
{
    const struct forwarded *f = m->forwarded;
    const struct original *o = m->original;
    GVariant *members[] = {
        g_variant_new_byte((guchar)m->kind),
        strings(m->why),
        g_variant_new_boolean(m->may_reply),
        mailboxes(m->from),
        mailboxes(m->sender),
        mailboxes(m->reply_to),
        mailboxes(m->to),
        mailboxes(m->cc),
        maybe(m->return_path),
        text(m->subject),
        maybe(m->date),
        maybe(m->message_id),
        strings(m->in_reply_to),
        strings(m->references),
        maybe(m->language),
        text(m->body),
        maybe(m->body_from),
        text(m->text),
        text(m->signature),
        text(m->elided),
        f != NULL ? quartet(true, f->from, f->date, f->subject, f->text) : quartet(false, NULL, NULL, NULL, NULL),
        attachments(m->attachments),
        text(m->structure),
        parts(m->parts),
        recipients(m->recipients),
        o != NULL ? quartet(true, o->message_id, o->subject, o->from, o->to) : quartet(false, NULL, NULL, NULL, NULL),
        authentication(m->authentication),
        strings(m->defects),
        g_variant_new_uint32(m->n_received),
        g_variant_new_uint32(m->n_from),
        strings(m->loop_ids),
        strings(m->delivered),
        g_variant_new_boolean(m->is_spread),
        maybe(m->command_text),
        spoken(m->spoken),
        g_variant_new_boolean(f != NULL && f->is_of_program),
    };

    return g_variant_new_tuple(members, G_N_ELEMENTS(members));
}

/* The way back. A cursor walks over the members; which type each has is certain, as the tuple's is. */

struct cursor {
    GVariant *v;
    gsize i;
};

static GVariant *next(struct cursor *c)
{
    return g_variant_get_child_value(c->v, c->i++);
}

/* Takes out what a text of ours never holds: controls, and in a line of text also the line break. */
static char *clean(char *s, bool is_line)
{
    for (char *p = s; *p != '\0'; p++)
        if (((guchar)*p < 0x20 && *p != '\t' && (*p != '\n' || is_line)) || *p == 0x7f)
            *p = ' ';
    return s;
}

static char *dup_text(GVariant *v, bool is_line)
{
    return clean(g_variant_dup_string(v, NULL), is_line);
}

static void take(struct cursor *c, bool is_line, char **out)
{
    g_autoptr(GVariant) v = next(c);

    g_free(*out);
    *out = dup_text(v, is_line);
}

static void take_text(struct cursor *c, char **out)
{
    take(c, false, out);
}

static void take_line(struct cursor *c, char **out)
{
    take(c, true, out);
}

static void take_maybe(struct cursor *c, bool is_line, char **out)
{
    g_autoptr(GVariant) v = next(c);
    g_autoptr(GVariant) s = g_variant_get_maybe(v);

    *out = s != NULL ? dup_text(s, is_line) : NULL;
}

static void take_strings(struct cursor *c, GPtrArray *list)
{
    g_autoptr(GVariant) v = next(c);

    for (gsize i = 0, n = g_variant_n_children(v); i < n; i++) {
        g_autoptr(GVariant) s = g_variant_get_child_value(v, i);
        g_ptr_array_add(list, dup_text(s, true));
    }
}

static guint32 take_count(struct cursor *c)
{
    g_autoptr(GVariant) v = next(c);

    return g_variant_get_uint32(v);
}

static guint64 take_bytes(struct cursor *c)
{
    g_autoptr(GVariant) v = next(c);

    return g_variant_get_uint64(v);
}

static bool take_bool(struct cursor *c)
{
    g_autoptr(GVariant) v = next(c);

    return g_variant_get_boolean(v);
}

typedef void take_row(struct cursor *row, GPtrArray *list);

static void take_rows(struct cursor *c, take_row *take_one, GPtrArray *list)
{
    g_autoptr(GVariant) v = next(c);

    for (gsize i = 0, n = g_variant_n_children(v); i < n; i++) {
        g_autoptr(GVariant) row = g_variant_get_child_value(v, i);
        struct cursor inner = {row, 0};
        take_one(&inner, list);
    }
}

static void take_mailbox(struct cursor *row, GPtrArray *list)
{
    struct mailbox *b = g_new0(struct mailbox, 1);

    take_line(row, &b->name);
    take_line(row, &b->address);
    g_ptr_array_add(list, b);
}

static void take_attachment(struct cursor *row, GPtrArray *list)
{
    struct attachment *a = g_new0(struct attachment, 1);

    take_maybe(row, true, &a->name);
    take_line(row, &a->type);
    take_maybe(row, true, &a->disposition);
    take_maybe(row, true, &a->content_id);
    take_line(row, &a->sha256);
    a->n_bytes = take_bytes(row);
    a->at = take_bytes(row);
    a->n_raw = take_bytes(row);
    a->transfer = take_count(row);
    g_ptr_array_add(list, a);
}

static void take_part(struct cursor *row, GPtrArray *list)
{
    struct part *p = g_new0(struct part, 1);

    take_line(row, &p->type);
    take_maybe(row, true, &p->charset);
    take_line(row, &p->sha256);
    p->n_bytes = take_bytes(row);
    g_ptr_array_add(list, p);
}

static void take_recipient(struct cursor *row, GPtrArray *list)
{
    struct report_recipient *r = g_new0(struct report_recipient, 1);

    take_line(row, &r->address);
    take_line(row, &r->action);
    take_line(row, &r->status);
    take_line(row, &r->smtp);
    take_line(row, &r->reason);
    take_text(row, &r->diagnostic);
    r->is_permanent = take_bool(row);
    g_ptr_array_add(list, r);
}

/* False if there is none; else up to four texts, of which only the last may have several lines. */
static bool take_quartet(struct cursor *c, char *texts_out[4])
{
    g_autoptr(GVariant) v = next(c);
    g_autoptr(GVariant) four = g_variant_get_maybe(v);
    struct cursor inner = {four, 0};

    for (int i = 0; i < 4 && four != NULL; i++)
        take_maybe(&inner, i < 3, &texts_out[i]);
    return four != NULL;
}

static struct authentication *take_authentication(struct cursor *c)
{
    g_autoptr(GVariant) v = next(c);
    g_autoptr(GVariant) nine = g_variant_get_maybe(v);
    struct cursor inner = {nine, 0};

    if (nine == NULL)
        return NULL;
    struct authentication *a = g_new0(struct authentication, 1);
    char **lines[] = {&a->dmarc, &a->dkim, &a->spf, &a->authserv_id, &a->spf_domain, &a->dkim_domain};
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
        take_maybe(&inner, true, lines[i]);
    a->is_dmarc_of_from = take_bool(&inner);
    a->is_spf_of_from = take_bool(&inner);
    a->is_dkim_of_from = take_bool(&inner);
    return a;
}

static struct spoken *take_spoken(struct cursor *c)
{
    g_autoptr(GVariant) v = next(c);
    g_autoptr(GVariant) four = g_variant_get_maybe(v);
    struct cursor inner = {four, 0};

    if (four == NULL)
        return NULL;
    struct spoken *s = g_new0(struct spoken, 1);
    s->command = take_count(&inner);
    take_maybe(&inner, false, &s->argument);
    take_maybe(&inner, true, &s->name);
    g_autoptr(GVariant) number = next(&inner);
    s->number = g_variant_get_int64(number);
    return s;
}

static void take_header(struct cursor *c, struct message *m)
{
    take_strings(c, m->why);
    m->may_reply = take_bool(c);
    take_rows(c, take_mailbox, m->from);
    take_rows(c, take_mailbox, m->sender);
    take_rows(c, take_mailbox, m->reply_to);
    take_rows(c, take_mailbox, m->to);
    take_rows(c, take_mailbox, m->cc);
    take_maybe(c, true, &m->return_path);
    take_line(c, &m->subject);
    take_maybe(c, true, &m->date);
    take_maybe(c, true, &m->message_id);
    take_strings(c, m->in_reply_to);
    take_strings(c, m->references);
}

static void take_content(struct cursor *c, struct message *m)
{
    char *four[4];

    take_maybe(c, true, &m->language);
    take_text(c, &m->body);
    take_maybe(c, true, &m->body_from);
    take_text(c, &m->text);
    take_text(c, &m->signature);
    take_text(c, &m->elided);
    if (take_quartet(c, four))
        m->forwarded = g_memdup2(&(struct forwarded){four[0], four[1], four[2], four[3], false}, sizeof *m->forwarded);
    take_rows(c, take_attachment, m->attachments);
    take_line(c, &m->structure);
    take_rows(c, take_part, m->parts);
    take_rows(c, take_recipient, m->recipients);
    if (take_quartet(c, four))
        m->original = g_memdup2(&(struct original){four[0], four[1], four[2], four[3]}, sizeof *m->original);
    m->authentication = take_authentication(c);
}

struct message *message_unpack(GVariant *v)
{
    struct cursor c = {v, 0};

    if (!g_variant_is_of_type(v, G_VARIANT_TYPE(MESSAGE_PACKED_TYPE)) || !g_variant_is_normal_form(v))
        return NULL;
    g_autoptr(GVariant) kind = next(&c);
    if (g_variant_get_byte(kind) >= N_KINDS)
        return NULL;
    struct message *m = message_new();
    m->kind = g_variant_get_byte(kind);
    take_header(&c, m);
    take_content(&c, m);
    take_strings(&c, m->defects);
    m->n_received = take_count(&c);
    m->n_from = take_count(&c);
    take_strings(&c, m->loop_ids);
    take_strings(&c, m->delivered);
    m->is_spread = take_bool(&c);
    take_maybe(&c, false, &m->command_text);
    m->spoken = take_spoken(&c);
    bool is_of_program = take_bool(&c);
    if (m->forwarded != NULL)
        m->forwarded->is_of_program = is_of_program;
    return m;
}

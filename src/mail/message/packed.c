/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * struct message as it crosses from a reader's process: its members one after the other, numbers in host order, a text as its
 * length and its bytes, a list as its length and its rows. One walk does both ways, so they cannot differ. The way back takes what
 * a process says that has just read hostile bytes: it believes nothing, and what is not of our making breaks it off.
 */
#include "mail/message/message.h"

#include <string.h>

#define NO_TEXT     G_MAXUINT32
#define USUAL_BYTES 16384
#define EIGHT(byte) (G_GUINT64_CONSTANT(0x0101010101010101) * (byte))

struct crossing {
    GByteArray *out;  /* they go there; NULL: they come */
    const guint8 *at; /* what is left of them */
    gsize n_left;
    bool is_broken; /* what came is not of our making; nothing more is taken */
};

static void bytes(struct crossing *c, void *p, gsize n)
{
    if (c->out != NULL) {
        g_byte_array_append(c->out, p, (guint)n);
        return;
    }
    c->is_broken |= n > c->n_left;
    if (c->is_broken) {
        memset(p, 0, n);
        return;
    }
    memcpy(p, c->at, n);
    c->at += n;
    c->n_left -= n;
}

static void flag(struct crossing *c, bool *is_set)
{
    guint8 byte = *is_set;

    bytes(c, &byte, 1);
    c->is_broken |= byte > 1;
    *is_set = byte == 1;
}

static void count(struct crossing *c, guint *n)
{
    guint32 number = *n;

    bytes(c, &number, sizeof number);
    *n = number;
}

/* Eight bytes, none of which is a control or 0x7f? In doubt no. */
static bool is_plain(const char *p)
{
    guint64 w, del;

    memcpy(&w, p, sizeof w);
    del = w ^ EIGHT(0x7f);
    return ((((w - EIGHT(0x20)) & ~w) | ((del - EIGHT(1)) & ~del)) & EIGHT(0x80)) == 0;
}

/* Takes out what a text of ours never holds: controls, and in a line of text also the line break. */
static void clean(char *s, gsize n, bool is_line)
{
    for (char *p = s, *end = s + n; p < end; p++) {
        while (end - p >= 8 && is_plain(p))
            p += 8;
        if (p < end && (((guchar)*p < 0x20 && *p != '\t' && (*p != '\n' || is_line)) || *p == 0x7f))
            *p = ' ';
    }
}

/* A text, NULL if it MAY_MISS and does, or all is broken. */
static void take(struct crossing *c, char **s, bool is_line, bool may_miss)
{
    guint n = *s != NULL ? (guint)strlen(*s) : NO_TEXT;

    count(c, &n);
    if (c->out != NULL) {
        bytes(c, *s, n != NO_TEXT ? n : 0);
        return;
    }
    g_clear_pointer(s, g_free);
    if (n == NO_TEXT && may_miss)
        return;
    c->is_broken |= n > c->n_left || !g_utf8_validate_len((const char *)c->at, n, NULL);
    if (c->is_broken)
        return;
    *s = g_malloc((gsize)n + 1);
    bytes(c, *s, n);
    (*s)[n] = '\0';
    clean(*s, n, is_line);
}

static void text(struct crossing *c, char **s)
{
    take(c, s, false, false);
}

static void line(struct crossing *c, char **s)
{
    take(c, s, true, false);
}

static void maybe_line(struct crossing *c, char **s)
{
    take(c, s, true, true);
}

static void maybe_text(struct crossing *c, char **s)
{
    take(c, s, false, true);
}

static void lines(struct crossing *c, GPtrArray *list)
{
    guint n = list->len;

    count(c, &n);
    for (guint i = 0; i < n && !c->is_broken; i++) {
        if (c->out == NULL)
            g_ptr_array_add(list, NULL);
        line(c, (char **)&list->pdata[i]);
    }
}

typedef void cross_row(struct crossing *c, void *row);

static void rows(struct crossing *c, GPtrArray *list, gsize n_bytes, cross_row *cross)
{
    guint n = list->len;

    count(c, &n);
    for (guint i = 0; i < n && !c->is_broken; i++) {
        if (c->out == NULL)
            g_ptr_array_add(list, g_malloc0(n_bytes));
        cross(c, list->pdata[i]);
    }
}

/* What may be there or not: THERE, or what is to be filled in; NULL: it is not there. */
static void *maybe(struct crossing *c, void *there, gsize n_bytes)
{
    bool is_there = there != NULL;

    flag(c, &is_there);
    return is_there && c->out == NULL ? g_malloc0(n_bytes) : there;
}

static void mailbox(struct crossing *c, void *row)
{
    struct mailbox *b = row;

    line(c, &b->name);
    line(c, &b->address);
}

static void attachment(struct crossing *c, void *row)
{
    struct attachment *a = row;

    maybe_line(c, &a->name);
    line(c, &a->type);
    maybe_line(c, &a->disposition);
    maybe_line(c, &a->content_id);
    line(c, &a->sha256);
    bytes(c, &a->n_bytes, sizeof a->n_bytes);
    bytes(c, &a->at, sizeof a->at);
    bytes(c, &a->n_raw, sizeof a->n_raw);
    bytes(c, &a->transfer, sizeof a->transfer);
}

static void part(struct crossing *c, void *row)
{
    struct part *p = row;

    line(c, &p->type);
    maybe_line(c, &p->charset);
    line(c, &p->sha256);
    bytes(c, &p->n_bytes, sizeof p->n_bytes);
}

static void recipient(struct crossing *c, void *row)
{
    struct report_recipient *r = row;

    line(c, &r->address);
    line(c, &r->action);
    line(c, &r->status);
    line(c, &r->smtp);
    line(c, &r->reason);
    text(c, &r->diagnostic);
    flag(c, &r->is_permanent);
}

static void mailboxes(struct crossing *c, GPtrArray *list)
{
    rows(c, list, sizeof(struct mailbox), mailbox);
}

static void forwarded(struct crossing *c, struct message *m)
{
    struct forwarded *f = m->forwarded = maybe(c, m->forwarded, sizeof *f);

    if (f == NULL)
        return;
    maybe_line(c, &f->from);
    maybe_line(c, &f->date);
    maybe_line(c, &f->subject);
    maybe_text(c, &f->text);
    flag(c, &f->is_of_program);
}

static void original(struct crossing *c, struct message *m)
{
    struct original *o = m->original = maybe(c, m->original, sizeof *o);

    if (o == NULL)
        return;
    maybe_line(c, &o->message_id);
    maybe_line(c, &o->subject);
    maybe_line(c, &o->from);
    maybe_line(c, &o->to);
}

static void authentication(struct crossing *c, struct message *m)
{
    struct authentication *a = m->authentication = maybe(c, m->authentication, sizeof *a);

    if (a == NULL)
        return;
    maybe_line(c, &a->dmarc);
    maybe_line(c, &a->dkim);
    maybe_line(c, &a->spf);
    maybe_line(c, &a->authserv_id);
    maybe_line(c, &a->spf_domain);
    maybe_line(c, &a->dkim_domain);
    flag(c, &a->is_dmarc_of_from);
    flag(c, &a->is_spf_of_from);
    flag(c, &a->is_dkim_of_from);
}

static void spoken(struct crossing *c, struct message *m)
{
    struct spoken *s = m->spoken = maybe(c, m->spoken, sizeof *s);

    if (s == NULL)
        return;
    bytes(c, &s->command, sizeof s->command);
    maybe_text(c, &s->argument);
    maybe_line(c, &s->name);
    bytes(c, &s->number, sizeof s->number);
}

static void cross_header(struct crossing *c, struct message *m)
{
    guint8 kind = (guint8)m->kind;

    bytes(c, &kind, 1);
    c->is_broken |= kind >= N_KINDS;
    m->kind = c->is_broken ? KIND_EMPTY : (enum message_kind)kind;
    lines(c, m->why);
    flag(c, &m->may_reply);
    mailboxes(c, m->from);
    mailboxes(c, m->sender);
    mailboxes(c, m->reply_to);
    mailboxes(c, m->to);
    mailboxes(c, m->cc);
    maybe_line(c, &m->return_path);
    line(c, &m->subject);
    maybe_line(c, &m->date);
    maybe_line(c, &m->message_id);
    lines(c, m->in_reply_to);
    lines(c, m->references);
}

static void cross_content(struct crossing *c, struct message *m)
{
    maybe_line(c, &m->language);
    text(c, &m->body);
    maybe_line(c, &m->body_from);
    text(c, &m->text);
    text(c, &m->signature);
    text(c, &m->elided);
    forwarded(c, m);
    rows(c, m->attachments, sizeof(struct attachment), attachment);
    line(c, &m->structure);
    rows(c, m->parts, sizeof(struct part), part);
    rows(c, m->recipients, sizeof(struct report_recipient), recipient);
    original(c, m);
    authentication(c, m);
}

static void cross_rest(struct crossing *c, struct message *m)
{
    lines(c, m->defects);
    count(c, &m->n_received);
    count(c, &m->n_from);
    lines(c, m->loop_ids);
    lines(c, m->delivered);
    flag(c, &m->is_spread);
    maybe_text(c, &m->command_text);
    spoken(c, m);
}

GBytes *message_pack(const struct message *m)
{
    struct crossing c = {.out = g_byte_array_sized_new(USUAL_BYTES)};
    struct message *unchanged = (struct message *)m; /* on this way the walk only reads */

    cross_header(&c, unchanged);
    cross_content(&c, unchanged);
    cross_rest(&c, unchanged);
    return g_byte_array_free_to_bytes(c.out);
}

struct message *message_unpack(const guint8 *packed, gsize n)
{
    struct crossing c = {.at = packed, .n_left = n};
    struct message *m = message_new();

    cross_header(&c, m);
    cross_content(&c, m);
    cross_rest(&c, m);
    if (!c.is_broken && c.n_left == 0)
        return m;
    message_free(m);
    return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * forumpost message: a mail as it came, for the operator: who wrote to whom, what our mail server proved, what was
 * decided, the text, the attachments; or, with --raw, the bytes.
 */
#include "base/clock.h"
#include "cmd/commands.h"
#include "cmd/door.h"
#include "cmd/reading.h"
#include "store/messages.h"

#include <stdio.h>

struct shown { /* owned */
    struct stored_message *row;
    GPtrArray *verdicts;
    GBytes *bytes;     /* NULL: deleted, as promised */
    struct message *m; /* NULL: not read */
};

static void shown_clear(struct shown *s)
{
    stored_message_free(s->row);
    g_clear_pointer(&s->verdicts, g_ptr_array_unref);
    g_clear_pointer(&s->bytes, g_bytes_unref);
    message_free(s->m);
}

static bool look_up(const struct door *d, struct db *db, struct shown *s, struct err *e)
{
    const char *key = d->argv[0];

    s->row = messages_by_key(db, key, e);
    if (s->row == NULL)
        return err_set(e, ERR_ABSENT, "there is no message '%s'; the id stands in the log and in our 250", key);
    s->verdicts = verdicts_of(db, s->row->id, e);
    if (s->verdicts == NULL)
        return false;
    err_auto struct err gone = {0};
    s->bytes = messages_raw(db, d->settings.storage_spool, s->row->id, &gone);
    return true;
}

static char *written(const GPtrArray *mailboxes)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < mailboxes->len; i++) {
        const struct mailbox *b = mailboxes->pdata[i];
        g_string_append_printf(out, "%s%s%s<%s>", i > 0 ? ", " : "", b->name, *b->name != '\0' ? " " : "", b->address);
    }
    return g_string_free(out, FALSE);
}

static char *proof(const struct message *m)
{
    const struct authentication *a = m->authentication;

    if (a == NULL)
        return g_strdup("nothing that is believed");
    return g_strdup_printf("dmarc=%s%s dkim=%s%s spf=%s%s by %s", a->dmarc != NULL ? a->dmarc : "-",
                           a->is_dmarc_of_from ? " for From" : "", a->dkim != NULL ? a->dkim : "-",
                           a->is_dkim_of_from ? " for From" : "", a->spf != NULL ? a->spf : "-",
                           a->is_spf_of_from ? " for From" : "", a->authserv_id);
}

static void print_head(const struct door *d, const struct shown *s)
{
    g_autofree char *at = door_time(d, s->row->received_at);

    printf("%s  %s  %s, %" G_GINT64_FORMAT " bytes\nEnvelope: <%s>\n", s->row->key, at, s->row->kind, s->row->n_bytes,
           s->row->envelope_from);
    if (s->m != NULL) {
        g_autofree char *from = written(s->m->from), *to = written(s->m->to), *cc = written(s->m->cc);
        g_autofree char *proved = proof(s->m);
        printf("From: %s\nTo: %s\n", from, to);
        if (*cc != '\0')
            printf("Cc: %s\n", cc);
        printf("Proved: %s\n", proved);
    }
    printf("Subject: %s\n", s->row->subject);
    for (guint i = 0; i < s->verdicts->len; i++) {
        const struct recipient_verdict *v = s->verdicts->pdata[i];
        printf("For %s: %s, decided by %s\n", v->recipient, verdict_name(v->verdict.kind), v->verdict.reason);
    }
}

static void print_people(const struct door *d, const struct shown *s)
{
    print_head(d, s);
    if (s->m == NULL) {
        puts("\nThe mail itself was deleted, as promised.");
        return;
    }
    for (guint i = 0; i < s->m->attachments->len; i++) {
        const struct attachment *a = s->m->attachments->pdata[i];
        printf("Attachment: %s (%s, %" G_GUINT64_FORMAT " bytes)\n", a->name != NULL ? a->name : "without a name", a->type,
               a->n_bytes);
    }
    printf("\n%s\n", s->m->text);
    if (*s->m->elided != '\0')
        printf("\n---- quoted ----\n%s\n", s->m->elided);
}

static void array(JsonBuilder *b, const char *name)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
}

static void json_mailboxes(JsonBuilder *b, const char *name, const GPtrArray *mailboxes)
{
    array(b, name);
    for (guint i = 0; i < mailboxes->len; i++) {
        const struct mailbox *box = mailboxes->pdata[i];
        json_builder_begin_object(b);
        json_text(b, "name", box->name);
        json_text(b, "address", box->address);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

static void json_verdicts(JsonBuilder *b, const struct shown *s)
{
    array(b, "verdicts");
    for (guint i = 0; i < s->verdicts->len; i++) {
        const struct recipient_verdict *v = s->verdicts->pdata[i];
        json_builder_begin_object(b);
        json_text(b, "recipient", v->recipient);
        json_text(b, "verdict", verdict_name(v->verdict.kind));
        json_text(b, "reason", v->verdict.reason);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

static void json_attachments(JsonBuilder *b, const struct message *m)
{
    array(b, "attachments");
    for (guint i = 0; i < m->attachments->len; i++) {
        const struct attachment *a = m->attachments->pdata[i];
        json_builder_begin_object(b);
        json_text(b, "name", a->name);
        json_text(b, "type", a->type);
        json_number(b, "bytes", (gint64)a->n_bytes);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

static void print_json(const struct door *d, const struct shown *s)
{
    JsonBuilder *b = json_begin();

    json_text(b, "message", s->row->key);
    json_time(b, "received_at", s->row->received_at, d);
    json_text(b, "kind", s->row->kind);
    json_text(b, "envelope_from", s->row->envelope_from);
    json_text(b, "subject", s->row->subject);
    json_number(b, "bytes", s->row->n_bytes);
    json_verdicts(b, s);
    json_flag(b, "deleted", s->bytes == NULL);
    if (s->m != NULL) {
        g_autofree char *proved = proof(s->m);
        json_mailboxes(b, "from", s->m->from);
        json_mailboxes(b, "to", s->m->to);
        json_mailboxes(b, "cc", s->m->cc);
        json_text(b, "proved", proved);
        json_attachments(b, s->m);
        json_text(b, "text", s->m->text);
        json_text(b, "quoted", s->m->elided);
    }
    json_print(b);
}

static bool print_raw(struct door *d, const struct shown *s, struct err *e)
{
    gsize n_bytes;
    const char *data = s->bytes != NULL ? g_bytes_get_data(s->bytes, &n_bytes) : NULL;

    if (s->bytes == NULL)
        return err_set(e, ERR_ABSENT, "the mail %s was deleted, as promised; its verdicts are in `forumpost message show`",
                       s->row->key);
    return fwrite(data, 1, n_bytes, door_raw_output(d)) == n_bytes || err_set(e, ERR_LATER, "the mail could not be written");
}

static bool message_show(struct door *d, struct err *e)
{
    reader_pool_auto pool = door_has(d, "raw") ? NULL : reading_pool(&d->settings, e);
    gateway_auto g = e->kind == ERR_NONE ? gateway_open(&d->settings, DB_READ, e) : NULL;
    __attribute__((cleanup(shown_clear))) struct shown s = {0};

    if (g == NULL || !look_up(d, g->db, &s, e))
        return false;
    if (pool == NULL)
        return print_raw(d, &s, e);
    if (s.bytes != NULL)
        s.m = reading_one(pool, s.bytes, s.row->key, e);
    if (e->kind != ERR_NONE)
        return false;
    if (d->as_json)
        print_json(d, &s);
    else
        print_people(d, &s);
    return true;
}

static const struct door_option options[] = {
    {.name = "raw", .kind = DOOR_FLAG, .help = "the bytes as they came"},
    {0},
};
static const struct door_verb verbs[] = {
    {"show", "ID", "raw json", DOOR_SETTINGS, message_show, "sender, recipients, verdicts, text"},
    {0},
};
static const struct door_spec spec = {"message", "A mail that came in, whole. ID stands in the log and in our 250.", verbs,
                                      options};

int cmd_message(const struct cmd_context *context, int argc, char **argv)
{
    return door_run(&spec, context, argc, argv);
}

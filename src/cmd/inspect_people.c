/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See inspect_people.h. Text comes from strangers: it has no control characters (message.h), so it cannot
 * move the cursor.
 */
#include "cmd/inspect_people.h"

#include <string.h>

#define LABEL_WIDTH  12
#define FOLDED_LINES 3 /* lines shown of what was cut */

static void print_label(FILE *out, const char *label)
{
    fprintf(out, "%-*s", LABEL_WIDTH, label);
}

static void print_value(FILE *out, const char *label, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    print_label(out, label);
    fprintf(out, "%s\n", value);
}

static void print_strings(FILE *out, const char *label, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++)
        print_value(out, i == 0 ? label : "", g_ptr_array_index(list, i));
}

static void print_mailboxes(FILE *out, const char *label, const GPtrArray *list)
{
    for (guint i = 0; i < list->len; i++) {
        const struct mailbox *b = g_ptr_array_index(list, i);
        print_label(out, i == 0 ? label : "");
        if (*b->name != '\0')
            fprintf(out, "%s <%s>\n", b->name, b->address);
        else
            fprintf(out, "%s\n", b->address);
    }
}

/* A block of text, indented; of more than N_MAX lines only the first, and how many follow. 0: all. */
static void print_block(FILE *out, const char *title, const char *text, guint n_max)
{
    guint n_lines = 0, n_shown = 0;
    gsize n_bytes = strlen(text);

    if (text[strspn(text, " \t\n")] == '\0')
        return;
    fprintf(out, "\n%s\n", title);
    while (n_bytes > 0 && text[n_bytes - 1] == '\n')
        n_bytes--;
    for (const char *at = text, *end = text + n_bytes; at < end; n_lines++) {
        const char *stop = memchr(at, '\n', (gsize)(end - at));
        if (stop == NULL)
            stop = end;
        if (n_max == 0 || n_lines < n_max) {
            fprintf(out, "    %.*s\n", (int)(stop - at), at);
            n_shown++;
        }
        at = stop + 1;
    }
    if (n_lines > n_shown)
        fprintf(out, "    [%u more line%s]\n", n_lines - n_shown, n_lines - n_shown == 1 ? "" : "s");
}

static void print_size(FILE *out, guint64 n_bytes)
{
    if (n_bytes < 1024)
        fprintf(out, "%" G_GUINT64_FORMAT " bytes", n_bytes);
    else if (n_bytes < 1024 * 1024)
        fprintf(out, "%.1f KiB", (double)n_bytes / 1024);
    else
        fprintf(out, "%.1f MiB", (double)n_bytes / 1024 / 1024);
}

static void print_attachments(FILE *out, const struct message *m)
{
    if (m->attachments->len > 0)
        fprintf(out, "\nattachments\n");
    for (guint i = 0; i < m->attachments->len; i++) {
        const struct attachment *a = g_ptr_array_index(m->attachments, i);
        fprintf(out, "    %s, %s, ", a->name != NULL ? a->name : "(no name)", a->type);
        print_size(out, a->n_bytes);
        fputc('\n', out);
    }
}

static void print_forwarded(FILE *out, const struct forwarded *f)
{
    if (f == NULL)
        return;
    fprintf(out, "\nforwarded\n");
    print_value(out, "    from", f->from);
    print_value(out, "    date", f->date);
    print_value(out, "    subject", f->subject);
    if (f->text != NULL)
        print_block(out, "    its text", f->text, FOLDED_LINES);
}

static void print_report(FILE *out, const struct message *m)
{
    if (m->recipients->len > 0)
        fprintf(out, "\nreport\n");
    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(m->recipients, i);
        fprintf(out, "    %s: %s%s%s%s%s, %s%s\n", r->address, *r->action != '\0' ? r->action : "unknown",
                *r->status != '\0' ? " " : "", r->status, *r->smtp != '\0' ? " SMTP " : "", r->smtp, r->reason,
                r->is_permanent ? ", for good" : "");
        if (*r->diagnostic != '\0')
            fprintf(out, "        %s\n", r->diagnostic);
    }
    if (m->original != NULL && m->original->message_id != NULL)
        fprintf(out, "    about <%s>\n", m->original->message_id);
}

static void print_authentication(FILE *out, const struct authentication *a)
{
    if (a == NULL)
        return;
    print_label(out, "checked by");
    fprintf(out, "%s: dmarc=%s%s", a->authserv_id, a->dmarc != NULL ? a->dmarc : "-", a->is_dmarc_of_from ? " for From" : "");
    fprintf(out, " dkim=%s%s%s spf=%s%s%s\n", a->dkim != NULL ? a->dkim : "-", a->dkim_domain != NULL ? " for " : "",
            a->dkim_domain != NULL ? a->dkim_domain : "", a->spf != NULL ? a->spf : "-", a->spf_domain != NULL ? " for " : "",
            a->spf_domain != NULL ? a->spf_domain : "");
}

static void print_head(FILE *out, const struct message *m)
{
    print_label(out, "kind");
    fprintf(out, "%s%s\n", message_kind_name(m->kind), m->may_reply ? "" : " (no automatic answer may go back)");
    print_strings(out, "because", m->why);
    print_mailboxes(out, "from", m->from);
    print_mailboxes(out, "reply to", m->reply_to);
    print_mailboxes(out, "to", m->to);
    print_mailboxes(out, "cc", m->cc);
    if (m->return_path != NULL)
        print_value(out, "envelope", *m->return_path != '\0' ? m->return_path : "<>");
    print_value(out, "subject", m->subject);
    print_value(out, "date", m->date);
    print_value(out, "id", m->message_id);
    print_strings(out, "answers", m->in_reply_to);
    print_value(out, "language", m->language);
    print_value(out, "read from", m->body_from);
    print_authentication(out, m->authentication);
    print_strings(out, "defects", m->defects);
}

void inspect_people(FILE *out, const struct message *m, const char *file, guint64 index)
{
    g_autofree char *name = g_filename_display_name(file);

    if (index > 0)
        fputc('\n', out);
    fprintf(out, "== %s, message %" G_GUINT64_FORMAT "\n", name, index);
    print_head(out, m);
    print_block(out, "new text", m->text, 0);
    print_block(out, "signature", m->signature, FOLDED_LINES);
    print_block(out, "cut: quoted or forwarded text", m->elided, FOLDED_LINES);
    print_forwarded(out, m->forwarded);
    print_report(out, m);
    print_attachments(out, m);
}

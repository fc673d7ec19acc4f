/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Feeds bytes to what reads reports: as a whole mail, as the words of a mail server, as the fields of a
 * delivery status, as a notification in JSON, and as references of a mailbox. What comes out must be clean
 * UTF-8 and within its limits; a person's mail is not checked here. The first byte chooses; seeds are whole
 * mails, so most bytes mean one.
 */
#include "base/limits.h"
#include "mail/message/message.h"
#include "mail/read/read.h"
#include "mail/thread/threads.h"
#include "mail/word/refs.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(bool is_right)
{
    if (!is_right)
        abort();
}

static void check_text(const char *text)
{
    check(text != NULL && g_utf8_validate(text, -1, NULL));
}

static void check_message(const struct message *m)
{
    check(m->recipients->len <= LIMIT_REPORT_RECIPIENTS);
    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = g_ptr_array_index(m->recipients, i);

        check_text(r->address);
        check_text(r->diagnostic);
        check_text(r->status);
        check_text(r->smtp);
        check_text(r->action);
        check(strlen(r->smtp) <= 3 && strlen(r->status) < 16);
        check(!r->is_permanent || g_str_equal(r->action, "failed"));
    }
    for (guint i = 0; i < m->why->len; i++)
        check_text(m->why->pdata[i]);
}

static void read_mail(const char *head, const char *bytes, gsize n, const char *tail)
{
    g_autoptr(GString) mail = g_string_new(head);

    g_string_append_len(mail, bytes, (gssize)n);
    g_string_append(mail, tail);
    message_auto m = message_read(mail->str, mail->len, NULL);
    check_message(m);
}

/* Each line a message: its id, then its references. */
static void read_threads(const char *bytes, gsize n)
{
    g_autofree char *text = g_strndup(bytes, n);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 200);
    threads_auto threads = threads_new(n);

    for (guint i = 0; lines[i] != NULL; i++) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *id = refs_message_id(lines[i]);

        refs_parse(strchr(lines[i], '>'), ids);
        check(ids->len <= LIMIT_REFERENCES);
        check(threads_add(threads, id, ids, NULL));
    }
    threads_finish(threads);
    for (guint i = 0; i < threads_count(threads); i++) {
        struct thread_line line;

        threads_line(threads, i, &line);
        check(line.parent == NULL || line.root != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const words = "From: MAILER-DAEMON@a.example\nTo: me@own.example\nSubject: failure notice\n\n";
    static const char *const report = "From: MAILER-DAEMON@a.example\nContent-Type: multipart/report; "
                                      "report-type=delivery-status; boundary=b\n\n--b\n\neva@b.example: no\n--b\n"
                                      "Content-Type: message/delivery-status\n\n";
    const char *bytes = (const char *)data;

    if (n == 0)
        return 0;
    switch (data[0]) {
    case 1:
        read_mail(words, bytes + 1, n - 1, "");
        break;
    case 2:
        read_mail(report, bytes + 1, n - 1, "\n--b--\n");
        break;
    case 3:
        read_mail("From: no-reply@a.example\nSubject: x\n\n{", bytes + 1, n - 1, "");
        break;
    case 4:
        read_threads(bytes + 1, n - 1);
        break;
    default:
        read_mail("", bytes, n, "");
        break;
    }
    return 0;
}

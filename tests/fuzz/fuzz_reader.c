/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a mail. Checked besides memory: every text is what message.h promises, UTF-8 without
 * controls, and the message crosses to another process unchanged.
 */
#include "mail/message/message.h"
#include "mail/read/read.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static void check_text(const char *text)
{
    if (text == NULL)
        return;
    require(g_utf8_validate(text, -1, NULL));
    for (const char *p = text; *p != '\0'; p++)
        require((guchar)*p >= 0x20 || *p == '\t' || *p == '\n');
}

static void check_texts(const struct message *m)
{
    const char *texts[] = {m->return_path, m->subject, m->date,      m->message_id, m->language, m->body,
                           m->body_from,   m->text,    m->signature, m->elided,     m->structure};
    const GPtrArray *boxes[] = {m->from, m->sender, m->reply_to, m->to, m->cc};
    const GPtrArray *strings[] = {m->why, m->in_reply_to, m->references, m->defects, m->loop_ids, m->delivered};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check_text(texts[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(boxes); i++)
        for (guint n = 0; n < boxes[i]->len; n++) {
            const struct mailbox *b = boxes[i]->pdata[n];
            check_text(b->name);
            check_text(b->address);
            require(b->name != NULL && b->address != NULL);
        }
    for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
        for (guint n = 0; n < strings[i]->len; n++)
            check_text(strings[i]->pdata[n]);
}

static void check_rows(const struct message *m)
{
    for (guint i = 0; i < m->attachments->len; i++) {
        const struct attachment *a = m->attachments->pdata[i];
        check_text(a->name);
        check_text(a->type);
        check_text(a->disposition);
        check_text(a->content_id);
    }
    for (guint i = 0; i < m->parts->len; i++) {
        const struct part *p = m->parts->pdata[i];
        check_text(p->type);
        check_text(p->charset);
    }
    for (guint i = 0; i < m->recipients->len; i++) {
        const struct report_recipient *r = m->recipients->pdata[i];
        check_text(r->address);
        check_text(r->diagnostic);
    }
    if (m->forwarded != NULL) {
        check_text(m->forwarded->subject);
        check_text(m->forwarded->text);
    }
    if (m->original != NULL)
        check_text(m->original->subject);
}

static void check_crossing(const struct message *m)
{
    g_autoptr(GBytes) packed = message_pack(m);
    message_auto back = message_unpack(g_bytes_get_data(packed, NULL), g_bytes_get_size(packed));

    require(back != NULL);
    g_autoptr(GBytes) again = message_pack(back);
    require(g_bytes_equal(packed, again));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    mail_init();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct read_options options = {"beteiligung.example.org", "mx.beteiligung.example.org", 1};
    message_auto m = message_read((const char *)data, size, &options);

    require(m != NULL);
    check_texts(m);
    check_rows(m);
    check_crossing(m);
    return 0;
}

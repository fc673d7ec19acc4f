/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a subject (the first line) and a body. Checked besides memory: text, signature and elided
 * together hold every letter of the body, each as often as it was there; what was valid UTF-8 stays so.
 */
#include "mail/reply/reply.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

/* Sum over the letters and digits of TEXT, in any order: programs glue lines together, so where a word ends is not kept. */
static guint64 letter_sum(const char *text)
{
    guint64 sum = 0;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        guint64 c = g_utf8_get_char(p);
        if (g_unichar_isalnum((gunichar)c))
            sum += (c + 1) * 0x9e3779b97f4a7c15u ^ c << 40;
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *bytes = g_strndup((const char *)data, size);
    g_autofree char *input = g_utf8_make_valid(bytes, -1);
    gsize n_subject = strcspn(input, "\n");
    g_autofree char *subject = g_strndup(input, n_subject);
    const char *body = input + n_subject + (input[n_subject] == '\n');
    struct reply r;
    struct reply_context context = {.subject = subject, .is_answer = size % 2 == 0, .own_domain = "example.org"};
    reply_split(body, &context, &r);
    require(letter_sum(body) == letter_sum(r.text) + letter_sum(r.signature) + letter_sum(r.elided));
    require(g_utf8_validate(r.text, -1, NULL) && g_utf8_validate(r.signature, -1, NULL) && g_utf8_validate(r.elided, -1, NULL));
    struct forwarded *f = r.forwarded;
    require(!f || (g_utf8_validate(f->text, -1, NULL) && (!f->from || g_utf8_validate(f->from, -1, NULL)) &&
                   (!f->subject || g_utf8_validate(f->subject, -1, NULL))));
    reply_clear(&r);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer: any bytes as a subject (the first line) and a body. Checked besides memory: text, signature and elided
 * together hold every word of the body, each as often as it was there; what was valid UTF-8 stays so.
 */
#include "mail/reply/reply.h"
#include "mail/word/reply_match.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Sum over the hashes of the words of a line, in any order; 0 of a line that shows nothing. */
static guint64 line_sum(const char *line, gsize n)
{
    g_autofree char *folded = fold_line(line, n);
    guint64 sum = 0;
    if (!*folded)
        return 0;
    for (gsize i = 0; i < n;) {
        guint64 hash = 14695981039346656037u;
        gsize start = i;
        for (; i < n && !is_blank(line[i]); i++)
            hash = (hash ^ (guchar)line[i]) * 1099511628211u;
        if (i > start)
            sum += hash;
        i += i < n;
    }
    return sum;
}

static guint64 word_sum(const char *text)
{
    guint64 sum = 0;
    while (*text) {
        gsize n = strcspn(text, "\n");
        sum += line_sum(text, n);
        text += n + (text[n] == '\n');
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
    require(word_sum(body) == word_sum(r.text) + word_sum(r.signature) + word_sum(r.elided));
    require(g_utf8_validate(r.text, -1, NULL) && g_utf8_validate(r.signature, -1, NULL) &&
            g_utf8_validate(r.elided, -1, NULL));
    struct forwarded *f = r.forwarded;
    require(!f || (g_utf8_validate(f->text, -1, NULL) && (!f->from || g_utf8_validate(f->from, -1, NULL)) &&
                   (!f->subject || g_utf8_validate(f->subject, -1, NULL))));
    reply_clear(&r);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads replies; see smtp_reply.h.
 */
#include "wire/smtp_reply.h"

#include "base/limits.h"

#include <string.h>

void smtp_reply_clear(struct smtp_reply *r)
{
    g_clear_pointer(&r->status, g_free);
    g_clear_pointer(&r->text, g_free);
}

/* The code that LINE begins with, 0 if it begins with none. */
static int code_of(const char *line, gsize n)
{
    if (n < 3 || line[0] < '2' || line[0] > '5' || !g_ascii_isdigit(line[1]) || !g_ascii_isdigit(line[2]))
        return 0;
    if (n > 3 && line[3] != ' ' && line[3] != '-')
        return 0;
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
}

static gsize count_digits(const char *text, gsize n)
{
    gsize count = 0;

    while (count < n && count < 3 && g_ascii_isdigit(text[count]))
        count++;
    return count;
}

/* Length of the enhanced status TEXT begins with, whose class must be the code's; 0 if there is none. */
static gsize status_length(const char *text, gsize n, int code)
{
    gsize at = 2, digits;

    if (n < 5 || text[0] != '0' + code / 100 || text[1] != '.')
        return 0;
    digits = count_digits(text + at, n - at);
    at += digits;
    if (digits == 0 || at >= n || text[at] != '.')
        return 0;
    at++;
    digits = count_digits(text + at, n - at);
    at += digits;
    return digits > 0 && (at == n || text[at] == ' ') ? at : 0;
}

/* LINE is "250-2.1.0 text" without its end; adds the text, keeps the first status. */
static void take_line(const char *line, gsize n, GString *text, struct smtp_reply *out)
{
    gsize skip = MIN(n, 4), status = status_length(line + skip, n - skip, out->code);

    if (status > 0 && out->status == NULL)
        out->status = g_strndup(line + skip, status);
    skip += status;
    while (status > 0 && skip < n && line[skip] == ' ')
        skip++;
    if (text->len > 0)
        g_string_append_c(text, '\n');
    g_string_append_len(text, line + skip, (gssize)(n - skip));
}

static char *make_clean(GString *text)
{
    for (gsize i = 0; i < text->len; i++)
        if ((guchar)text->str[i] < 0x20 && text->str[i] != '\n')
            text->str[i] = ' ';
    return g_utf8_make_valid(text->str, (gssize)text->len);
}

enum smtp_read smtp_reply_read(const char *bytes, gsize n, struct smtp_reply *out, gsize *n_out)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct smtp_reply reply = {0};
    const char *end;

    for (gsize at = 0; (end = memchr(bytes + at, '\n', n - at)) != NULL; at = (gsize)(end - bytes) + 1) {
        const char *line = bytes + at;
        gsize length = (gsize)(end - line);
        int code;

        if (length > 0 && line[length - 1] == '\r')
            length--;
        code = code_of(line, length);
        if (code == 0 || (reply.code != 0 && code != reply.code) || at > LIMIT_SMTP_REPLY_BYTES) {
            smtp_reply_clear(&reply);
            return SMTP_READ_BAD;
        }
        reply.code = code;
        take_line(line, length, text, &reply);
        if (length > 3 && line[3] == '-')
            continue;
        reply.text = make_clean(text);
        if (reply.status == NULL)
            reply.status = g_strdup("");
        *out = reply;
        *n_out = (gsize)(end - bytes) + 1;
        return SMTP_READ_WHOLE;
    }
    smtp_reply_clear(&reply);
    return n > LIMIT_SMTP_REPLY_BYTES ? SMTP_READ_BAD : SMTP_READ_MORE;
}

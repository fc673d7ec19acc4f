/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mail that came back, where it stands as text below a report's words: its header's fields. See dsn.h.
 */
#include "mail/report/dsn.h"

#include "base/limits.h"
#include "mail/report/dsn_lines.h"
#include "mail/word/decode.h"
#include "mail/word/refs.h"

#include <string.h>

static void set_field(char **field, const char *value)
{
    if (*field == NULL)
        *field = decode_words(value, strlen(value), NULL);
}

static void take_header_line(struct original *o, const char *line)
{
    gsize n = dsn_header_name(line);
    const char *value = line + n + 1;

    value += strspn(value, " \t");
    if (n == 10 && g_ascii_strncasecmp(line, "Message-ID", n) == 0 && o->message_id == NULL)
        o->message_id = refs_message_id(value);
    else if (n == 7 && g_ascii_strncasecmp(line, "Subject", n) == 0)
        set_field(&o->subject, value);
    else if (n == 4 && g_ascii_strncasecmp(line, "From", n) == 0)
        set_field(&o->from, value);
    else if (n == 2 && g_ascii_strncasecmp(line, "To", n) == 0)
        set_field(&o->to, value);
}

/* Fields from LINES on until the empty line after them; an indented header is read without its indent. */
void dsn_read_original_lines(struct message *m, char **lines)
{
    struct original o = {0};
    gsize indent = 0;
    guint n_fields = 0;

    while (*lines != NULL && dsn_header_name(*lines + strspn(*lines, " \t>")) == 0)
        lines++;
    if (*lines != NULL)
        indent = strspn(*lines, " \t>");
    for (; *lines != NULL && strlen(*lines) > indent; lines++, n_fields++) {
        g_autoptr(GString) line = g_string_new(*lines + indent);

        while (lines[1] != NULL && strlen(lines[1]) > indent && strchr(" \t", lines[1][indent]) != NULL) {
            if (line->len < LIMIT_HEADER_BYTES)
                g_string_append(line, lines[1] + indent);
            lines++;
        }
        if (dsn_header_name(line->str) > 0)
            take_header_line(&o, line->str);
    }
    if (n_fields > 0 && (o.message_id != NULL || o.from != NULL || o.to != NULL || o.subject != NULL)) {
        m->original = g_new0(struct original, 1);
        *m->original = o;
    }
}

void dsn_read_original(struct message *m, const char *text)
{
    struct dsn_lines l = {0};

    if (m->original != NULL)
        return;
    dsn_lines_read(text, &l);
    dsn_read_original_lines(m, l.lines + l.copy_at);
    dsn_lines_clear(&l);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line, asked for what needs no class; see reply_lines.h. Below the passes that give classes.
 */
#include "mail/reply/reply_lines.h"

#include <string.h>

#include "mail/word/reply_match.h"

guint lines_skip_empty(const GArray *lines, guint i)
{
    while (i < lines->len && line_at(lines, i)->class == LINE_EMPTY)
        i++;
    return i;
}

const char *line_unquoted(const struct line *l, gsize *n_out)
{
    const char *sign = memchr(l->at, '>', l->n_bytes);
    const char *p = sign ? sign + 1 : l->at, *end = l->at + l->n_bytes;
    if (p < end && *p == ' ')
        p++;
    *n_out = (gsize)(end - p);
    return p;
}

bool line_ends_with_colon(const struct line *l)
{
    for (const char *p = l->at + l->n_bytes; p > l->at;) {
        p = g_utf8_find_prev_char(l->at, p);
        if (p == NULL)
            return false;
        gunichar c = g_utf8_get_char(p);
        bool is_closing =
            (c < 0x80 && strchr(" \t\r*_\"", (int)c) != NULL) || g_unichar_isspace(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
        if (!is_closing)
            return is_colon(c);
    }
    return false;
}

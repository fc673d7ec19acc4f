/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a value may not do where it lands; see template.h. One pass over the bytes; runs of harmless ones are copied
 * at once.
 */
#include "text/template.h"

#include <string.h>

/* What a character at P turns into: the number of its bytes in *N_OUT, and NULL where it stays as it is. */
static const char *replace_control(const guchar *p, gsize *n_out)
{
    *n_out = 1;
    if (*p == '\r')
        return p[1] == '\n' ? "" : "\n";
    if (*p == '\v' || *p == '\f')
        return " ";
    if ((*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)
        return "";
    if (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) { /* C1 */
        *n_out = 2;
        return p[1] == 0x85 ? "\n" : "";
    }
    if (*p == 0xe2 && p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae) { /* separators, bidi embedding and override */
        *n_out = 3;
        return p[2] <= 0xa9 ? "\n" : "";
    }
    if (*p == 0xe2 && p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9) { /* bidi isolates */
        *n_out = 3;
        return "";
    }
    return NULL;
}

static const char *replace_html(guchar c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    }
    return NULL;
}

/* Stays as it is, whatever stands beside it. */
static bool is_plain(guchar c, enum escape where)
{
    if (c <= ' ')
        return (c == ' ' || c == '\n' || c == '\t') && where != ESCAPE_LINE;
    if (c >= 0x7f)
        return c >= 0x80 && c != 0xc2 && c != 0xe2;
    return where != ESCAPE_HTML || replace_html(c) == NULL;
}

/* A blank between two words of a line that begins at FROM stays one. */
static bool is_lone_blank(const guchar *p, const guchar *from)
{
    return *p == ' ' && p > from && p[1] > ' ' && p[1] != 0x7f;
}

/* Appends S; in a line every run of white space becomes one blank. */
static void append_piece(GString *out, const char *s, gsize n, enum escape where, gsize start)
{
    if (where == ESCAPE_LINE && n == 1 && g_ascii_isspace(*s)) {
        if (out->len > start && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
        return;
    }
    g_string_append_len(out, s, (gssize)n);
}

void escape_append(GString *out, const char *text, enum escape where)
{
    g_autofree char *valid = NULL;
    gsize start = out->len;

    if (where == ESCAPE_NONE) {
        g_string_append(out, text);
        return;
    }
    if (!g_utf8_validate(text, -1, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    for (const guchar *p = (const guchar *)text; *p != '\0';) {
        const guchar *from = p;
        while (is_plain(*p, where) || (where == ESCAPE_LINE && is_lone_blank(p, from)))
            p++;
        if (p > from) {
            g_string_append_len(out, (const char *)from, p - from);
            continue;
        }
        gsize n;
        const char *with = replace_control(p, &n);
        if (with == NULL && where == ESCAPE_HTML)
            with = replace_html(*p);
        if (with != NULL)
            append_piece(out, with, strlen(with), where, start);
        else
            append_piece(out, (const char *)p, n, where, start);
        p += n;
    }
    if (where == ESCAPE_LINE && out->len > start && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
}

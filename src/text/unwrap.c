/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text of others on its way into our mails: cleaned, joined to logical lines, quoted, shortened; see wrap.h.
 */
#include "text/wrap.h"

#include "text/lines.h"
#include "text/template.h"

#include <string.h>

/* Clients break lines somewhere between these; a text whose longest line lies outside was not wrapped by one. */
#define WRAPPED_LEAST 50
#define WRAPPED_MOST  80

/* Width of the longest line from AT to the next blank one; *END_OUT is behind the paragraph. */
static guint paragraph_width(const char *at, const char **end_out)
{
    guint widest = 0;

    while (*at != '\0') {
        struct line l;
        const char *next = line_read(at, &l);
        if (l.kind == LINE_BLANK)
            break;
        widest = MAX(widest, text_width(l.whole, l.n_whole));
        at = next;
    }
    *end_out = at;
    return widest;
}

static void append_paragraph(GString *out, const char *at, const char *end, guint columns)
{
    struct line before = {.kind = LINE_BLANK};

    while (at < end) {
        struct line l;
        at = line_read(at, &l);
        if (before.kind != LINE_BLANK && line_is_soft_break(&before, &l, columns)) {
            g_string_append_c(out, ' ');
            g_string_append_len(out, l.text, (gssize)l.n_bytes);
        } else {
            if (before.kind != LINE_BLANK)
                g_string_append_c(out, '\n');
            g_string_append_len(out, l.whole, (gssize)l.n_whole);
        }
        /* A list item's later lines are its own. */
        if (l.kind == LINE_INDENTED && (before.kind == LINE_BULLET || before.kind == LINE_NUMBER))
            l.kind = before.kind;
        before = l;
    }
}

char *text_unwrap(const char *text)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    GString *out = g_string_new(NULL);

    escape_append(clean, text, ESCAPE_TEXT);
    for (const char *at = clean->str; *at != '\0';) {
        struct line l;
        const char *end, *next = line_read(at, &l);
        if (l.kind == LINE_BLANK) {
            at = next;
            continue;
        }
        guint widest = paragraph_width(at, &end);
        bool is_wrapped = widest >= WRAPPED_LEAST && widest <= WRAPPED_MOST;
        if (out->len > 0)
            g_string_append(out, "\n\n");
        append_paragraph(out, at, end, is_wrapped ? widest : G_MAXUINT);
        at = end;
    }
    return g_string_free(out, FALSE);
}

char *text_quote(const char *text)
{
    GString *out = g_string_new(NULL);

    while (*text != '\0') {
        struct line l;
        text = line_read(text, &l);
        g_string_append(out, l.kind == LINE_QUOTE || l.kind == LINE_BLANK ? ">" : "> ");
        g_string_append_len(out, l.whole, (gssize)l.n_whole);
        if (*text != '\0')
            g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

char *text_shorten(const char *text, guint n_chars)
{
    g_autoptr(GString) line = g_string_new(NULL);

    escape_append(line, text, ESCAPE_LINE);
    if (g_utf8_strlen(line->str, -1) <= (glong)n_chars)
        return g_string_free(g_steal_pointer(&line), FALSE);
    const char *cut = g_utf8_offset_to_pointer(line->str, n_chars > 4 ? n_chars - 4 : 0);
    const char *blank = g_utf8_strrchr(line->str, cut - line->str, ' ');
    if (blank != NULL && blank - line->str > (cut - line->str) / 2)
        cut = blank;
    g_string_truncate(line, (gsize)(cut - line->str));
    g_string_append(line, " ...");
    return g_string_free(g_steal_pointer(&line), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mail forwarded in the body: who wrote it, when, under which subject, and its text, out of the lines that
 * reply.c cut or found below a marker. Called by reply.c; the marker itself is part of the lines given.
 */
#include "mail/reply/reply_forward.h"

#include <string.h>

#include "mail/reply/reply_lines.h"

static const struct reply_context nothing_known = {0};

/* Without the marker and, if all of it is quoted, without one level of quoting. */
static char *inner_text(const char *part)
{
    g_autoptr(GArray) lines = lines_classify(part, &nothing_known);
    guint from = lines_skip_empty(lines, 0);
    if (from < lines->len && line_at(lines, from)->class == LINE_MARKER)
        from = lines_skip_empty(lines, from + 1);
    bool is_quoted = from < lines->len && line_at(lines, from)->class == LINE_QUOTE;
    GString *out = g_string_new(NULL);
    for (guint i = from; i < lines->len; i++) {
        const struct line *l = line_at(lines, i);
        gsize n = l->n_bytes;
        const char *p = is_quoted && l->class == LINE_QUOTE ? line_unquoted(l, &n) : l->at;
        g_string_append_len(out, p, (gssize)n);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static char *text_from(const GArray *lines, guint from)
{
    from = lines_skip_empty(lines, from);
    if (from >= lines->len)
        return g_strdup("");
    char *text = g_strdup(line_at(lines, from)->at);
    return g_strchomp(text);
}

struct forwarded *forward_read(const char *part)
{
    struct forwarded *f = g_new0(struct forwarded, 1);
    g_autofree char *inner = inner_text(part);
    g_autofree char *innermost = inner_text(inner); /* "> Begin forwarded message:" with its marker quoted too */
    g_autoptr(GArray) lines = lines_classify(innermost, &nothing_known);
    guint at = lines_skip_empty(lines, 0);
    guint span = at < lines->len ? head_block(lines, at, ABOVE_MARKER, f) : 0;
    f->text = text_from(lines, at + span);
    return f;
}

bool forward_is_quoted(const struct line *l)
{
    gsize n;
    const char *p = line_unquoted(l, &n);
    g_autofree char *line = g_strndup(p, n);
    g_autoptr(GArray) lines = lines_classify(line, &nothing_known);
    return lines->len && line_at(lines, 0)->class == LINE_MARKER && line_at(lines, 0)->marker == MARKER_FORWARD;
}

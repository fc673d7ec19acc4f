/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * See html_out.h. Line ends and blanks are only noted and written before the next word, so none is too many
 * and none stands at an end.
 */
#include "mail/html/html_out.h"

#include "base/limits.h"

#include <string.h>

struct html_out *html_out_new(gsize size)
{
    struct html_out *o = g_new0(struct html_out, 1);

    o->text = g_string_sized_new(size);
    o->attribution = -1;
    return o;
}

static void start_line(struct html_out *o)
{
    o->line_start = o->text->len;
    for (guint i = 0; i < MIN(o->depth, LIMIT_DEPTH); i++)
        g_string_append_c(o->text, '>');
    if (o->depth > 0)
        g_string_append_c(o->text, ' ');
    for (guint i = 0; i < o->indent; i++)
        g_string_append_c(o->text, ' ');
}

/* An empty line inside a quote keeps its marks, or it would end the quote. */
static void end_line(struct html_out *o)
{
    GString *t = o->text;

    if (strcmp(t->str + o->line_start, "-- ") != 0) /* what opens a signature keeps its blank (RFC 3676) */
        while (t->len > o->line_start && t->str[t->len - 1] == ' ')
            g_string_truncate(t, t->len - 1);
    g_string_append_c(t, '\n');
}

/* Writes what is due. Breaks at the very beginning are dropped. */
static void flush(struct html_out *o)
{
    GString *t = o->text;

    if (t->len == 0) {
        start_line(o);
    } else if (o->n_breaks > 0) {
        end_line(o);
        for (guint i = 1; i < MIN(o->n_breaks, o->is_tight ? 1 : 2); i++) {
            start_line(o);
            end_line(o);
        }
        start_line(o);
    } else if (o->cell_due) {
        g_string_append(t, "  ");
    } else if (o->space_due && t->len > o->line_start) {
        g_string_append_c(t, ' ');
    }
    o->n_breaks = 0;
    o->space_due = o->cell_due = o->is_tight = false;
}

/* Bytes of a character that has no width: 0 if it has one. U+00AD, U+200B, U+2060-2064, U+FEFF, U+E0000-E007F
 */
static guint zero_width(const guchar *p, gsize left)
{
    if (left >= 2 && p[0] == 0xc2 && p[1] == 0xad)
        return 2;
    if (left >= 3 && p[0] == 0xe2 && ((p[1] == 0x80 && p[2] == 0x8b) || (p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xa4)))
        return 3;
    if (left >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf)
        return 3;
    if (left >= 4 && p[0] == 0xf3 && p[1] == 0xa0 && (p[2] == 0x80 || p[2] == 0x81))
        return 4;
    return 0;
}

/* White space of HTML, and the no-break space, which mail programs use like any other. Bytes, 0 if none. */
static guint blank(const guchar *p, gsize left)
{
    if (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r' || *p == '\f')
        return 1;
    return left >= 2 && p[0] == 0xc2 && p[1] == 0xa0 ? 2 : 0;
}

#define ZERO_WIDTH_RUN 8 /* a stray one is an editor's habit, a run of them carries text */

void html_out_words(struct html_out *o, const char *s, gsize n, bool *hidden_out)
{
    const guchar *p = (const guchar *)s, *end = p + n;
    guint n_run = 0, skip;

    while (p < end) {
        gsize left = (gsize)(end - p);
        if ((skip = blank(p, left)) > 0) {
            o->space_due = true;
            p += skip;
        } else if (*p >= 0xc2 && (skip = zero_width(p, left)) > 0) {
            n_run++;
            *hidden_out |= skip == 4 || n_run >= ZERO_WIDTH_RUN;
            p += skip;
        } else {
            const guchar *word = p;
            while (p < end && blank(p, (gsize)(end - p)) == 0 && !(*p >= 0xc2 && zero_width(p, (gsize)(end - p)) > 0))
                p++;
            flush(o);
            g_string_append_len(o->text, (const char *)word, p - word);
            n_run = 0;
        }
    }
}

void html_out_preformatted(struct html_out *o, const char *s, gsize n)
{
    const char *end = s + n;

    while (s < end) {
        const char *stop = memchr(s, '\n', (gsize)(end - s));
        gsize n_line = (gsize)((stop != NULL ? stop : end) - s);
        if (n_line > 0) {
            flush(o);
            g_string_append_len(o->text, s, (gssize)n_line);
        }
        if (stop != NULL)
            html_out_newline(o);
        s += n_line + (stop != NULL);
    }
}

void html_out_break(struct html_out *o, guint n_breaks)
{
    o->n_breaks = MAX(o->n_breaks, n_breaks);
}

void html_out_newline(struct html_out *o)
{
    o->n_breaks++;
}

void html_out_cell(struct html_out *o)
{
    if (o->n_breaks == 0 && !html_out_at_line_start(o))
        o->cell_due = true;
}

bool html_out_at_line_start(const struct html_out *o)
{
    return o->n_breaks > 0 || o->text->len == 0;
}

void html_out_attribution(struct html_out *o)
{
    html_out_break(o, 1);
    o->attribution = (gssize)o->text->len;
}

/* Puts a mark before each line of the attribution that was just written. */
static void mark_attribution(struct html_out *o)
{
    g_autofree char *lines = g_strdup(o->text->str + o->attribution);
    const char *at = lines;

    g_string_truncate(o->text, (gsize)o->attribution);
    at += strspn(at, "\n");
    g_string_append_len(o->text, lines, at - lines);
    while (*at != '\0') {
        gsize n = strcspn(at, "\n");
        g_string_append_printf(o->text, *at == '>' ? ">%.*s" : "> %.*s", (int)n, at);
        at += n;
        if (*at == '\n')
            g_string_append_c(o->text, *at++);
    }
}

void html_out_quote(struct html_out *o)
{
    html_out_break(o, 1);
    if (o->attribution >= 0 && o->text->len - (gsize)o->attribution < 2000)
        mark_attribution(o);
    o->attribution = -1;
    o->depth++;
}

void html_out_unquote(struct html_out *o)
{
    html_out_break(o, 1);
    if (o->depth > 0)
        o->depth--;
}

char *html_out_finish(struct html_out *o)
{
    GString *t = o->text;

    while (t->len > 0 && (t->str[t->len - 1] == ' ' || t->str[t->len - 1] == '\n'))
        g_string_truncate(t, t->len - 1);
    if (t->len > 0)
        g_string_append_c(t, '\n');
    g_free(o);
    return g_string_free(t, FALSE);
}

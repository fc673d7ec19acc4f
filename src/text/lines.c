/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines of plain text; see lines.h.
 */
#include "text/lines.h"

#include "text/wrap.h"

#include <string.h>

/* Columns; bytes are looked at one by one while they are ASCII. */
guint text_width(const char *text, gsize n_bytes)
{
    const char *end = text + n_bytes;
    guint width = 0;

    while (text < end) {
        if ((guchar)*text < 0x80) {
            width += *text >= ' ';
            text++;
            continue;
        }
        gunichar c = g_utf8_get_char(text);
        width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
        text = g_utf8_next_char(text);
    }
    return width;
}

/* ">", "> >", ">> text": the quote signs, each with at most one blank behind it. */
static guint quote_depth(const char *s, gsize n, gsize *behind_out)
{
    guint depth = 0;
    gsize at = 0;

    while (at < n && s[at] == '>' && (at + 1 == n || s[at + 1] == ' ' || s[at + 1] == '>')) {
        depth++;
        at++;
        if (at < n && s[at] == ' ')
            at++;
    }
    *behind_out = at;
    return depth;
}

static gsize bullet_length(const char *s, gsize n)
{
    if (n > 2 && (s[0] == '-' || s[0] == '*') && s[1] == ' ')
        return 2;
    if (n > 4 && memcmp(s, "\xe2\x80\xa2 ", 4) == 0)
        return 4;
    return 0;
}

/* Up to two digits, so that a year at a line's start is no list. */
static gsize number_length(const char *s, gsize n, guint *number_out)
{
    gsize digits = 0;
    guint number = 0;

    while (digits < n && digits < 3 && g_ascii_isdigit(s[digits]))
        number = number * 10 + (guint)(s[digits++] - '0');
    if (digits == 0 || digits > 2 || digits + 2 > n || (s[digits] != '.' && s[digits] != ')') || s[digits + 1] != ' ')
        return 0;
    *number_out = number;
    return digits + 2;
}

static void set_kind(struct line *l, enum line_kind kind, gsize skip)
{
    l->kind = kind;
    l->text += skip;
    l->n_bytes -= skip;
}

/* The kind that a mark at the line's start says. */
static bool classify_mark(struct line *l)
{
    static const struct {
        char mark;
        enum line_kind kind;
    } marks[] = {{MARK_HEADING, LINE_HEADING},   {MARK_SUBHEADING, LINE_SUBHEADING},
                 {MARK_ENTRY, LINE_ENTRY},       {MARK_FOOTER, LINE_FOOTER},
                 {MARK_LANGUAGE, LINE_LANGUAGE}, {MARK_WORD, LINE_WORD},
                 {MARK_PEOPLE, LINE_PEOPLE},     {MARK_BUTTON, LINE_BUTTON},
                 {MARK_QUIET, LINE_QUIET},       {MARK_LINK, LINE_LINK},
                 {MARK_BRAND, LINE_BRAND},       {MARK_WAY, LINE_WAY},
                 {MARK_BLOCK, LINE_BLOCK},       {MARK_TOPIC, LINE_TOPIC}};

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (*l->text == marks[i].mark) {
            set_kind(l, marks[i].kind, marks[i].kind == LINE_FOOTER ? l->n_bytes : 1);
            return true;
        }
    return false;
}

static void classify(struct line *l)
{
    gsize skip;

    l->kind = LINE_TEXT;
    if (l->n_bytes == 0)
        set_kind(l, LINE_BLANK, 0);
    else if ((guchar)*l->text < ' ' && classify_mark(l))
        return;
    else if ((l->depth = quote_depth(l->text, l->n_bytes, &skip)) > 0)
        set_kind(l, LINE_QUOTE, skip);
    else if ((skip = bullet_length(l->text, l->n_bytes)) > 0)
        set_kind(l, LINE_BULLET, skip);
    else if ((skip = number_length(l->text, l->n_bytes, &l->number)) > 0)
        set_kind(l, LINE_NUMBER, skip);
    else if (*l->text == ' ' || *l->text == '\t')
        set_kind(l, LINE_INDENTED, strspn(l->text, " \t"));
}

const char *line_read(const char *at, struct line *out)
{
    gsize n = strcspn(at, "\n"), kept = n;

    while (kept > 0 && (at[kept - 1] == ' ' || at[kept - 1] == '\t'))
        kept--;
    *out = (struct line){.text = at, .n_bytes = kept, .whole = at, .n_whole = kept};
    classify(out);
    return at + n + (at[n] == '\n');
}

char *line_field(const struct line *l, guint index)
{
    g_autofree char *text = g_strndup(l->text, l->n_bytes);
    g_auto(GStrv) fields = g_strsplit(text, "\037", 3);

    return g_strdup(index < g_strv_length(fields) ? fields[index] : "");
}

bool line_is_soft_break(const struct line *line, const struct line *next, guint columns)
{
    gsize word = 0;

    if (line->kind != LINE_TEXT && line->kind != LINE_BULLET && line->kind != LINE_NUMBER && line->kind != LINE_INDENTED)
        return false;
    if (next->kind == LINE_INDENTED ? line->kind == LINE_TEXT : next->kind != LINE_TEXT || line->kind == LINE_INDENTED)
        return false;
    while (word < next->n_bytes && next->text[word] != ' ')
        word++;
    return text_width(line->whole, line->n_whole) + 1 + text_width(next->text, word) > columns;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Master text to accessible HTML; see wrap.h. Blocks are opened and closed by what the next line is; every character
 * of the text passes escape_append() or the linkifier, which escapes too.
 */
#include "text/wrap.h"

#include "text/links.h"
#include "text/lines.h"
#include "text/template.h"

#include <string.h>

#define QUOTE_DEPTH_MAX 8

enum block { BLOCK_NONE, BLOCK_PARAGRAPH, BLOCK_BULLETS, BLOCK_NUMBERS };

struct page {
    GString *out;
    enum block block;
    guint depth;         /* of quotes that are open */
    guint number;        /* of the last numbered item */
    guint heading_level; /* of MARK_HEADING */
    bool has_gap;        /* a blank line came since the last text */
    bool has_footer, has_language;
};

static void close_block(struct page *p)
{
    switch (p->block) {
    case BLOCK_NONE:
        break;
    case BLOCK_PARAGRAPH:
        g_string_append(p->out, "</p>\n");
        break;
    case BLOCK_BULLETS:
        g_string_append(p->out, "</li>\n</ul>\n");
        break;
    case BLOCK_NUMBERS:
        g_string_append(p->out, "</li>\n</ol>\n");
        break;
    }
    p->block = BLOCK_NONE;
}

static void set_depth(struct page *p, guint depth)
{
    depth = MIN(depth, QUOTE_DEPTH_MAX);
    if (p->depth != depth)
        close_block(p);
    for (; p->depth < depth; p->depth++)
        g_string_append(p->out, "<blockquote>\n");
    for (; p->depth > depth; p->depth--)
        g_string_append(p->out, "</blockquote>\n");
}

static void put_inline(struct page *p, const char *s, gsize n)
{
    g_autofree char *text = g_strndup(s, n);

    if (p->depth > 0)
        escape_append(p->out, text, ESCAPE_HTML);
    else
        links_append(p->out, text);
}

static void put_text(struct page *p, const char *s, gsize n)
{
    if (p->block == BLOCK_PARAGRAPH && !p->has_gap) {
        g_string_append(p->out, "<br>\n");
    } else {
        close_block(p);
        g_string_append(p->out, "<p>");
        p->block = BLOCK_PARAGRAPH;
    }
    put_inline(p, s, n);
}

static void put_item(struct page *p, const struct line *l, enum block list)
{
    if (p->block == list) {
        g_string_append(p->out, "</li>\n");
    } else {
        close_block(p);
        g_string_append(p->out, list == BLOCK_NUMBERS ? "<ol>\n" : "<ul>\n");
        p->block = list;
        p->number = 0;
    }
    p->number++;
    if (list == BLOCK_NUMBERS && l->number != p->number)
        g_string_append_printf(p->out, "<li value=\"%u\">", l->number);
    else
        g_string_append(p->out, "<li>");
    p->number = l->number;
    put_inline(p, l->text, l->n_bytes);
}

static void put_heading(struct page *p, const struct line *l, guint level)
{
    set_depth(p, 0);
    close_block(p);
    level = MIN(level, 6);
    g_string_append_printf(p->out, "<h%u>", level);
    put_inline(p, l->text, l->n_bytes);
    g_string_append_printf(p->out, "</h%u>\n", level);
}

static void close_language(struct page *p)
{
    set_depth(p, 0);
    close_block(p);
    if (p->has_language)
        g_string_append(p->out, "</div>\n");
    p->has_language = false;
}

static bool is_language_tag(const char *s, gsize n)
{
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(s[i]) && s[i] != '-')
            return false;
    return n > 0 && n <= 35;
}

static bool is_right_to_left(const char *tag, gsize n)
{
    static const char *const tags[] = {"ar", "he", "fa", "ur", "yi", "ps", "ckb"};

    for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
        gsize length = strlen(tags[i]);
        if (n >= length && g_ascii_strncasecmp(tag, tags[i], length) == 0 && (n == length || tag[length] == '-'))
            return true;
    }
    return false;
}

static void put_language(struct page *p, const struct line *l)
{
    close_language(p);
    if (!is_language_tag(l->text, l->n_bytes))
        return;
    g_string_append_printf(p->out, "<div lang=\"%.*s\" dir=\"%s\">\n", (int) l->n_bytes, l->text,
                           is_right_to_left(l->text, l->n_bytes) ? "rtl" : "ltr");
    p->has_language = true;
}

static void put_footer(struct page *p)
{
    close_language(p);
    if (!p->has_footer)
        g_string_append(p->out, "<hr>\n<div class=\"foot\">\n");
    p->has_footer = true;
}

/* A list goes on, or starts with its first number: "7. May" in the middle of a text is no list. */
static bool is_item(const struct page *p, const struct line *l)
{
    return l->kind == LINE_BULLET || (l->kind == LINE_NUMBER && (l->number == 1 || p->block == BLOCK_NUMBERS));
}

static void put_quote(struct page *p, const struct line *l)
{
    struct line inner;

    set_depth(p, l->depth);
    if (l->n_bytes > 0) {
        line_read(l->text, &inner);
        if (is_item(p, &inner))
            put_item(p, &inner, inner.kind == LINE_BULLET ? BLOCK_BULLETS : BLOCK_NUMBERS);
        else
            put_text(p, l->text, l->n_bytes);
    }
    p->has_gap = l->n_bytes == 0;
}

static void put_line(struct page *p, const struct line *l)
{
    if (l->kind != LINE_QUOTE && l->kind != LINE_BLANK)
        set_depth(p, 0);
    switch (l->kind) {
    case LINE_BLANK:
        p->has_gap = true;
        return;
    case LINE_HEADING:
        put_heading(p, l, p->heading_level);
        break;
    case LINE_SUBHEADING:
        put_heading(p, l, p->heading_level + 1);
        break;
    case LINE_ENTRY:
        put_heading(p, l, p->heading_level + 2);
        break;
    case LINE_FOOTER:
        put_footer(p);
        break;
    case LINE_LANGUAGE:
        put_language(p, l);
        break;
    case LINE_QUOTE:
        put_quote(p, l);
        return;
    case LINE_BULLET:
    case LINE_NUMBER:
        if (is_item(p, l))
            put_item(p, l, l->kind == LINE_BULLET ? BLOCK_BULLETS : BLOCK_NUMBERS);
        else
            put_text(p, l->whole, l->n_whole);
        break;
    case LINE_INDENTED:
        if (!p->has_gap && (p->block == BLOCK_BULLETS || p->block == BLOCK_NUMBERS)) {
            g_string_append(p->out, "<br>\n");
            put_inline(p, l->text, l->n_bytes);
        } else {
            put_text(p, l->text, l->n_bytes);
        }
        break;
    case LINE_TEXT:
        put_text(p, l->text, l->n_bytes);
        break;
    }
    p->has_gap = false;
}

void text_html_blocks(GString *out, const char *master, guint heading_level)
{
    struct page p = {.out = out, .heading_level = heading_level, .has_gap = true};

    while (*master != '\0') {
        struct line l;
        master = line_read(master, &l);
        put_line(&p, &l);
    }
    close_language(&p);
    if (p.has_footer)
        g_string_append(out, "</div>\n");
}

/* Colours have a contrast of at least 7:1 on their ground, light and dark. */
static const char style[] =
    "<style>\n"
    ":root{color-scheme:light dark}\n"
    "body{margin:0 auto;padding:1em;max-width:40em;font:1em/1.5 sans-serif;color:#1a1a1a;background:#fff;"
    "overflow-wrap:anywhere}\n"
    "h1{font-size:1.4em;line-height:1.25}\n"
    "h2{font-size:1.15em;line-height:1.3;margin-top:2em}\n"
    "h3{font-size:1em;margin-top:1.5em}\n"
    "a{color:#0b4a80}\n"
    "blockquote{margin:1em 0;padding:0 0 0 1em;border-left:.25em solid #707070}\n"
    "hr{margin-top:2em;border:0;border-top:1px solid #707070}\n"
    "@media (prefers-color-scheme:dark){body{color:#f0f0f0;background:#1c1c1c}a{color:#a8d1ff}}\n"
    "</style>\n";

char *text_html(const char *master, const char *language, const char *title)
{
    GString *out = g_string_sized_new(strlen(master) + strlen(master) / 4 + sizeof style + 512);
    const char *tag = language != NULL && is_language_tag(language, strlen(language)) ? language : "de";

    g_string_append_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"%s>\n<head>\n<meta charset=\"utf-8\">\n", tag,
                           is_right_to_left(tag, strlen(tag)) ? " dir=\"rtl\"" : "");
    g_string_append(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    escape_append(out, title, ESCAPE_HTML);
    g_string_append(out, "</title>\n");
    g_string_append(out, style);
    g_string_append(out, "</head>\n<body>\n");
    text_html_blocks(out, master, 1);
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free(out, FALSE);
}

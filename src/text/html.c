/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Master text to accessible HTML; see wrap.h. Blocks are opened and closed by what the next line is; every character
 * of the text passes escape_append() or the linkifier, which escapes too.
 */
#include "text/wrap.h"

#include "text/block.h"
#include "text/inline.h"
#include "text/links.h"
#include "text/lines.h"
#include "text/mail_style.h"
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
    const char *people;           /* the tag that holds somebody's words, NULL none is open */
    const struct mail_look *mail; /* tags carry their look; NULL: the page's style sheet has it */
    const char *subject;          /* of the mail, for answers */
    const GArray *places;
};

static const char *look_of(const struct page *p, enum look look)
{
    return p->mail != NULL ? mail_style(p->mail, look) : "";
}

static enum look paragraph_look(const struct page *p)
{
    return p->depth > 0 || p->people != NULL ? LOOK_PEOPLE_PARAGRAPH : p->has_footer ? LOOK_FOOT_PARAGRAPH : LOOK_PARAGRAPH;
}

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
        g_string_append_printf(p->out, "<blockquote%s>\n", look_of(p, LOOK_PEOPLE));
    for (; p->depth > depth; p->depth--)
        g_string_append(p->out, "</blockquote>\n");
}

static void put_piece(const char *text, const char *url, bool is_bold, void *user)
{
    struct page *p = user;

    if (is_bold)
        g_string_append(p->out, "<strong>");
    if (url != NULL)
        links_append_web(p->out, text, url, look_of(p, LOOK_LINK));
    else
        links_append(p->out, text, look_of(p, LOOK_LINK));
    if (is_bold)
        g_string_append(p->out, "</strong>");
}

static void put_inline(struct page *p, const char *s, gsize n)
{
    bool is_strong = n > 0 && *s == MARK_STRONG;

    if (inline_has(s, n)) {
        inline_each(s, n, put_piece, p);
        return;
    }
    g_autofree char *text = g_strndup(s + is_strong, n - is_strong);

    if (is_strong)
        g_string_append(p->out, "<strong>");
    if (p->depth > 0)
        escape_append(p->out, text, ESCAPE_HTML);
    else
        links_append(p->out, text, look_of(p, LOOK_LINK));
    if (is_strong)
        g_string_append(p->out, "</strong>");
}

static void put_text(struct page *p, const char *s, gsize n)
{
    if (p->block == BLOCK_PARAGRAPH && !p->has_gap) {
        g_string_append(p->out, "<br>\n");
    } else {
        close_block(p);
        g_string_append_printf(p->out, "<p%s>", look_of(p, paragraph_look(p)));
        p->block = BLOCK_PARAGRAPH;
    }
    put_inline(p, s, n);
}

static void begin_item(struct page *p, enum block list)
{
    if (p->block == list) {
        g_string_append(p->out, "</li>\n");
        return;
    }
    close_block(p);
    g_string_append_printf(p->out, "<%s%s>\n", list == BLOCK_NUMBERS ? "ol" : "ul", look_of(p, LOOK_LIST));
    p->block = list;
    p->number = 0;
}

static void put_item(struct page *p, const struct line *l, enum block list)
{
    begin_item(p, list);
    p->number++;
    if (list == BLOCK_NUMBERS && l->number != p->number)
        g_string_append_printf(p->out, "<li value=\"%u\"%s>", l->number, look_of(p, LOOK_ITEM));
    else
        g_string_append_printf(p->out, "<li%s>", look_of(p, LOOK_ITEM));
    p->number = l->number;
    put_inline(p, l->text, l->n_bytes);
}

static void put_heading(struct page *p, const struct line *l, guint below)
{
    static const enum look looks[] = {LOOK_HEADING, LOOK_SUBHEADING, LOOK_ENTRY};
    guint level = MIN(p->heading_level + below, 6);
    enum look look = p->people != NULL ? LOOK_FRAMED_HEADING : l->kind == LINE_TOPIC ? LOOK_TOPIC : looks[below];

    set_depth(p, 0);
    close_block(p);
    g_string_append_printf(p->out, "<h%u%s>", level, look_of(p, look));
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
    g_string_append_printf(p->out, "<div lang=\"%.*s\" dir=\"%s\">\n", (int)l->n_bytes, l->text,
                           is_right_to_left(l->text, l->n_bytes) ? "rtl" : "ltr");
    p->has_language = true;
}

static void close_people(struct page *p)
{
    close_language(p);
    if (p->people != NULL)
        g_string_append_printf(p->out, "</%s>\n", p->people);
    p->people = NULL;
}

static void put_people(struct page *p, const struct line *l)
{
    bool is_official = l->n_bytes == 8 && memcmp(l->text, "official", 8) == 0;

    close_people(p);
    if (l->n_bytes == 3 && memcmp(l->text, "end", 3) == 0)
        return;
    p->people = is_official ? "div" : "blockquote";
    g_string_append_printf(p->out, "<%s%s>\n", p->people, look_of(p, is_official ? LOOK_OFFICIAL : LOOK_PEOPLE));
}

static void put_word(struct page *p, const struct line *l)
{
    close_block(p);
    g_string_append_printf(p->out, "<p%s><strong>", look_of(p, LOOK_WORD));
    put_inline(p, l->text, l->n_bytes);
    g_string_append(p->out, "</strong></p>\n");
}

/* An answer that is filled in: `\n` in the template's text is a line end. */
static void put_button(struct page *p, const struct line *l, enum look look)
{
    g_autofree char *label = line_field(l, 0), *address = line_field(l, 1), *body = line_field(l, 2);
    g_autofree char *subject = p->subject != NULL ? g_strconcat("Re: ", p->subject, NULL) : g_strdup("");
    g_auto(GStrv) lines = g_strsplit(body, "\\n", -1);
    g_autofree char *text = g_strjoinv("\n", lines);

    close_block(p);
    if (*address == '\0')
        return;
    g_string_append(p->out, p->mail != NULL ? mail_style_button_begin(p->mail, look) : "<p>");
    links_append_mailto(p->out, label, address, subject, text, look_of(p, look));
    g_string_append(p->out, p->mail != NULL ? mail_style_button_end() : "</p>\n");
}

static void put_way(struct page *p, const struct line *l)
{
    g_autofree char *label = line_field(l, 0), *url = line_field(l, 1);

    close_block(p);
    g_string_append(p->out, p->mail != NULL ? mail_style_button_begin(p->mail, LOOK_BUTTON) : "<p>");
    links_append_web(p->out, label, url, look_of(p, LOOK_BUTTON));
    g_string_append(p->out, p->mail != NULL ? mail_style_button_end() : "</p>\n");
}

static void put_answer_link(struct page *p, const struct line *l)
{
    g_autofree char *label = line_field(l, 0), *address = line_field(l, 1), *subject = line_field(l, 2);

    close_block(p);
    if (*address == '\0')
        return;
    g_string_append_printf(p->out, "<p%s>", look_of(p, paragraph_look(p)));
    if (g_str_has_prefix(address, "https://") || g_str_has_prefix(address, "http://"))
        links_append_web(p->out, label, address, look_of(p, LOOK_LINK));
    else
        links_append_mailto(p->out, label, address, subject, "", look_of(p, LOOK_LINK));
    g_string_append(p->out, "</p>\n");
}

static void put_footer(struct page *p)
{
    close_people(p);
    if (!p->has_footer && p->mail != NULL)
        mail_style_foot(p->out);
    else if (!p->has_footer)
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

static void put_made(struct page *p, const struct line *l)
{
    const struct text_place *place = text_places_at(p->places, l->text);
    if (place == NULL)
        return;
    const struct text_block_form *form = text_block_form(place->block);

    if (form->is_item)
        begin_item(p, BLOCK_BULLETS);
    else
        close_people(p);
    text_place_put_html(p->out, place);
    p->has_gap = form->ends_blank || !form->is_item;
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
        put_heading(p, l, 0);
        break;
    case LINE_SUBHEADING:
    case LINE_TOPIC:
        put_heading(p, l, 1);
        break;
    case LINE_ENTRY:
        put_heading(p, l, 2);
        break;
    case LINE_FOOTER:
        put_footer(p);
        break;
    case LINE_LANGUAGE:
        put_language(p, l);
        break;
    case LINE_PEOPLE:
        put_people(p, l);
        break;
    case LINE_WORD:
        put_word(p, l);
        break;
    case LINE_BUTTON:
        put_button(p, l, LOOK_BUTTON);
        break;
    case LINE_QUIET:
        put_button(p, l, LOOK_QUIET_BUTTON);
        break;
    case LINE_LINK:
        put_answer_link(p, l);
        break;
    case LINE_WAY:
        put_way(p, l);
        break;
    case LINE_BRAND: /* a mail's head has it already */
        if (p->mail == NULL)
            put_text(p, l->text, l->n_bytes);
        break;
    case LINE_BLOCK:
        put_made(p, l);
        return;
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

static void put_blocks(struct page *p, const char *master)
{
    p->has_gap = true;
    while (*master != '\0') {
        struct line l;
        master = line_read(master, &l);
        put_line(p, &l);
    }
    close_people(p);
}

void text_html_blocks(GString *out, const char *master, guint heading_level)
{
    struct page p = {.out = out, .heading_level = heading_level};

    put_blocks(&p, master);
    if (p.has_footer)
        g_string_append(out, "</div>\n");
}

void text_html_mail_blocks(GString *out, const char *master, const struct mail_look *look)
{
    put_blocks(&(struct page){.out = out, .heading_level = 1, .mail = look}, master);
}

char *text_html(const char *master, const char *language, const char *title, const struct mail_look *look,
                const struct mail_picture *picture, const GArray *places)
{
    GString *out = g_string_sized_new(2 * strlen(master) + 4096);
    struct page p = {.out = out, .heading_level = 1, .mail = look, .subject = title, .places = places};
    const char *tag = language != NULL && is_language_tag(language, strlen(language)) ? language : "de";
    struct line first;

    line_read(master, &first);
    g_autofree char *brand = first.kind == LINE_BRAND ? g_strndup(first.text, first.n_bytes) : NULL;
    const struct mail_head head = {tag, is_right_to_left(tag, strlen(tag)) ? " dir=\"rtl\"" : "", title, brand, picture};
    mail_style_begin(out, look, &head);
    put_blocks(&p, master);
    mail_style_end(out, p.has_footer);
    return g_string_free(out, FALSE);
}

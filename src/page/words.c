/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody wrote, cut into what the part _words.html shows: blocks (paragraph, quote, list), in them lines, in them
 * pieces that are a link or not. The tags stand in the template; here is only where things begin and end.
 *
 *     [{is_quote|is_list|is_paragraph, lines: [{is_last, pieces: [{text, link_url}]}]}]
 *
 * A master text (text/wrap.h), which an editor wrote, has more: is_heading, is_subheading, is_numbered, is_button, and pieces that
 * are is_strong.
 */
#include "page/page.h"

#include "text/lines.h"
#include "text/links.h"
#include "text/wrap.h"

#include <string.h>

struct words {
    struct value *blocks, *lines; /* LINES of the last block; NULL none open */
    const char *kind;             /* of the open block: "is_quote" */
    struct value *last_line;
    bool may_link;
};

static struct value *add_piece_to(struct value *pieces, const char *text, gsize n, const char *href)
{
    struct value *piece = value_map();

    value_set(piece, "text", value_take(g_strndup(text, n)));
    value_set_string(piece, "link_url", href);
    value_append(pieces, piece);
    return piece;
}

static void add_piece(const char *text, gsize n, const char *href, void *user)
{
    add_piece_to(user, text, n, href);
}

static void open_block(struct words *w, const char *kind)
{
    struct value *block = value_map();

    w->kind = kind;
    w->lines = value_list();
    value_set_bool(block, kind, true);
    value_set(block, "lines", w->lines);
    value_append(w->blocks, block);
    w->last_line = NULL;
}

static void append_line(struct words *w, const char *kind, struct value *pieces)
{
    struct value *line = value_map();

    if (w->lines == NULL || strcmp(w->kind, kind) != 0)
        open_block(w, kind);
    if (w->last_line != NULL)
        value_set_bool(w->last_line, "has_next", true);
    value_set(line, "pieces", pieces);
    value_append(w->lines, line);
    w->last_line = line;
}

static void add_line(struct words *w, const char *kind, const char *text)
{
    struct value *pieces = value_list();

    if (w->may_link)
        links_each(text, add_piece, pieces);
    else
        add_piece(text, strlen(text), NULL, pieces);
    append_line(w, kind, pieces);
}

void page_set_words(struct value *data, const char *key, const char *text, bool may_link)
{
    struct words w = {.blocks = value_list(), .may_link = may_link};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **l = lines; *l != NULL; l++) {
        const char *line = g_strchomp(*l);
        if (*line == '\0')
            w.lines = NULL;
        else if (*line == '>')
            add_line(&w, "is_quote", line + 1 + strspn(line + 1, " "));
        else if (g_str_has_prefix(line, "- ") || g_str_has_prefix(line, "* ") || g_str_has_prefix(line, "• "))
            add_line(&w, "is_list", strchr(line, ' ') + 1);
        else
            add_line(&w, "is_paragraph", line);
    }
    value_set(data, key, w.blocks);
}

/* ---- What an editor wrote */
/* Up to MARK or the end of TEXT; *NEXT_OUT behind it. Caller frees. */
static char *take_to(const char *text, const char *end, char mark, const char **next_out)
{
    const char *at = memchr(text, mark, (gsize)(end - text));

    *next_out = at != NULL ? at + 1 : end;
    return g_strndup(text, (gsize)((at != NULL ? at : end) - text));
}

struct runs {
    struct value *pieces;
    bool is_strong;
    const char *prefix, *domain; /* of our pages and addresses */
};

/* Whom an address of an idea or a proposal of ours leads to, as a page; NULL: no such address. Caller frees. */
static char *page_of_address(const struct runs *r, const char *href)
{
    static const char *const kinds[][2] = {{"mailto:idee-", "idee"},
                                           {"mailto:idea-", "idee"},
                                           {"mailto:vorschlag-", "vorschlag"}};

    for (gsize i = 0; href != NULL && i < G_N_ELEMENTS(kinds); i++) {
        const char *number = href + strlen(kinds[i][0]);
        gsize n = g_str_has_prefix(href, kinds[i][0]) ? strspn(number, "0123456789") : 0;
        if (n > 0 && number[n] == '@' && g_ascii_strcasecmp(number + n + 1, r->domain) == 0)
            return g_strdup_printf("%s/%s/%.*s", r->prefix, kinds[i][1], (int)n, number);
    }
    return NULL;
}

static void add_run(const char *text, gsize n, const char *href, void *user)
{
    struct runs *r = user;
    g_autofree char *path = page_of_address(r, href);
    struct value *piece = add_piece_to(r->pieces, text, n, path != NULL ? path : href);

    value_set_bool(piece, "is_strong", r->is_strong);
}

/* A line with links that have a label, and bold words. */
static struct value *marked_pieces(const struct page *p, const char *text, gsize n)
{
    static const char marks[] = {MARK_ANCHOR, MARK_BOLD, MARK_BOLD_END, '\0'};
    struct runs r = {.pieces = value_list(), .prefix = p->prefix, .domain = p->g->domain};

    for (const char *end = text + n; text < end;) {
        gsize n_plain = MIN(strcspn(text, marks), (gsize)(end - text));
        g_autofree char *plain = g_strndup(text, n_plain);
        if (n_plain > 0)
            links_each(plain, add_run, &r);
        text += n_plain;
        if (text == end)
            break;
        char mark = *text++;
        r.is_strong = mark == MARK_ANCHOR ? r.is_strong : mark == MARK_BOLD;
        if (mark == MARK_ANCHOR) {
            g_autofree char *label = take_to(text, end, MARK_FIELD, &text);
            g_autofree char *url = take_to(text, end, MARK_ANCHOR_END, &text);
            add_run(label, strlen(label), url, &r);
        }
    }
    return r.pieces;
}

static const char *block_of(enum line_kind kind)
{
    switch (kind) {
    case LINE_HEADING:
    case LINE_SUBHEADING:
    case LINE_TOPIC:
        return "is_heading";
    case LINE_ENTRY:
        return "is_subheading";
    case LINE_QUOTE:
        return "is_quote";
    case LINE_BULLET:
        return "is_list";
    case LINE_NUMBER:
        return "is_numbered";
    case LINE_BLANK:
    case LINE_FOOTER:
    case LINE_LANGUAGE:
    case LINE_WORD:
    case LINE_PEOPLE:
    case LINE_BUTTON:
    case LINE_QUIET:
    case LINE_LINK:
    case LINE_BLOCK:
    case LINE_BRAND:
    case LINE_WAY:
    case LINE_INDENTED:
    case LINE_TEXT:
        return "is_paragraph";
    }
    return "is_paragraph";
}

static void add_button(struct words *w, const struct line *l)
{
    g_autofree char *label = line_field(l, 0), *url = line_field(l, 1);
    struct value *pieces = value_list();

    add_piece(label, strlen(label), url, pieces);
    w->lines = NULL;
    append_line(w, "is_button", pieces);
    w->lines = NULL;
}

void page_set_master(const struct page *p, struct value *data, const char *key, const char *master)
{
    struct words w = {.blocks = value_list(), .may_link = true};
    struct line l;

    for (const char *at = master; *at != '\0';) {
        at = line_read(at, &l);
        bool is_alone = l.kind == LINE_HEADING || l.kind == LINE_SUBHEADING || l.kind == LINE_ENTRY;
        bool goes_on = l.kind == LINE_INDENTED && w.lines != NULL;
        if (l.kind == LINE_BLANK || is_alone)
            w.lines = NULL;
        if (l.kind == LINE_WAY)
            add_button(&w, &l);
        else if (l.kind != LINE_BLANK)
            append_line(&w, goes_on ? w.kind : block_of(l.kind), marked_pieces(p, l.text, l.n_bytes));
        if (is_alone)
            w.lines = NULL;
    }
    value_set(data, key, w.blocks);
}
